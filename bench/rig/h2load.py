"""h2load over HTTP/1.1: a crowd of connections, each asking so often a second, whatever comes back."""

import os
import re
import subprocess

from . import places


def crowd(url, cookie, a_second, seconds, connections=1200):
    """Answers how many a second were sent, answered well (2xx), and turned away (5xx)."""
    each = max(a_second / connections, 0.01)
    command = [places.H2LOAD, "--h1", "-t1", f"-c{connections}", f"--rps={each:.3f}", f"-D{seconds}", "--warm-up-time=2"]
    command += ["-H", "accept: text/html", "-H", f"cookie: {cookie}", url]
    env = {**os.environ, "LD_LIBRARY_PATH": places.LIBRARIES}
    said = subprocess.run(command, env=env, capture_output=True, text=True, timeout=seconds + 60).stdout
    codes = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", said)
    failed = re.search(r"(\d+) errored, (\d+) timeout", said)
    if not codes:
        raise SystemExit(f"✗ h2load said:\n{said}")
    good, moved, wrong, turned = (int(n) for n in codes.groups())
    if moved or wrong:
        raise SystemExit(f"✗ {url}: {moved} moved, {wrong} refused; neither is a page nor a 503")
    return {"good": good / seconds, "turned": turned / seconds, "broken": int(failed[1]) + int(failed[2]) if failed else 0}
