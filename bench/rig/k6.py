"""k6: requests that arrive at a constant rate, whether or not earlier ones were answered."""

import json
import subprocess

from . import places

SCRIPT = """
import http from 'k6/http';
import { Counter } from 'k6/metrics';

const good = new Counter('good'), bad = new Counter('bad');
export const options = {
  discardResponseBodies: true,
  summaryTrendStats: ['med', 'p(99)', 'max'],
  scenarios: { arrivals: {
    executor: 'constant-arrival-rate', rate: RATE, timeUnit: '1s', duration: 'SECONDSs', preAllocatedVUs: USERS, maxVUs: USERS,
  } },
};
export default function () {
  const said = http.get('URL', { headers: { Accept: 'text/html', Cookie: 'COOKIE' }, redirects: 0, timeout: '10s' });
  (said.status === 200 ? good : bad).add(1);
}
export function handleSummary(data) { return { stdout: JSON.stringify(data.metrics) }; }
"""


def constant(hall, cookie, a_second, seconds, path="/my", users=400):
    """`a_second` requests for `seconds`; answers milliseconds (p50, p99), and how many k6 had no user free
    for (`dropped`)."""
    script = hall.folder / "arrivals.js"
    text = SCRIPT.replace("RATE", str(int(a_second))).replace("SECONDS", str(seconds)).replace("USERS", str(users))
    script.write_text(text.replace("URL", hall.origin + path).replace("COOKIE", cookie))
    done = subprocess.run([places.K6, "run", "-q", "--no-usage-report", script], capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        raise SystemExit(f"✗ k6: {done.stderr[-800:]}")
    metrics = json.loads(done.stdout)

    def count(name):
        return int(metrics.get(name, {"values": {"count": 0}})["values"]["count"])

    if count("bad"):
        raise SystemExit(f"✗ {count('bad')} of k6's requests were not answered with 200")
    took = metrics["http_req_duration"]["values"]
    return {
        "p50": took["med"],
        "p99": took["p(99)"],
        "dropped": count("dropped_iterations"),
    }
