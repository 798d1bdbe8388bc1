"""P6: what a browser fetches before a page is alive: script and WASM, brotli as they lie in the release's site. A real browser
opens each page and says what it fetched, the code of the room the page is in included.
That nothing of it is needed to read or to submit is proved elsewhere: the browser tests walk both matters without JavaScript."""

import json
import re
import subprocess
from urllib.parse import urlsplit

from rig import people, places
from rig.hall import Hall
from rig.report import Report

KIB = 1024
BROWSER = """
const { chromium } = require(process.argv[2] + '/playwright');
(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[3], args: ['--no-sandbox', '--disable-background-networking'] });
  const context = await browser.newContext({ baseURL: process.argv[4] });
  const [name, value] = process.argv[6].split('=');
  if (value) await context.addCookies([{ name, value, url: process.argv[4] }]);
  const page = await context.newPage();
  await page.goto(process.argv[5]);
  await page.waitForSelector('html[data-hydrated]', { timeout: 60000 });
  await page.waitForLoadState('networkidle');
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  console.log(JSON.stringify(fetched));
  await browser.close();
})();
"""


def fetched(hall, path, cookie):
    """Paths of the scripts and WASM files that the page made the browser fetch."""
    script = hall.folder / "fetched.js"
    script.write_text(BROWSER)
    words = [places.HOUSE / "end2end/node_modules", places.CHROMIUM, hall.origin, path, cookie]
    done = subprocess.run(["node", script, *words], capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(f"✗ the browser: {done.stderr[-800:]}")
    paths = {urlsplit(address).path for address in json.loads(done.stdout)}
    return sorted(path for path in paths if path.endswith((".js", ".wasm")))


def size(name):
    # /pkg/{edition}/{file} lies in pkg
    small = places.SITE / (re.sub("^/pkg/[0-9a-f]{16}/", "pkg/", name).lstrip("/") + ".br")
    if not small.is_file():
        raise SystemExit(f"✗ {small} is missing: this is not a release site (make release)")
    return small.stat().st_size


def weigh(hall, path, cookie=""):
    """KiB by ending, and how many files."""
    files = {name: size(name) for name in fetched(hall, path, cookie)}
    if not any(name.endswith(".wasm") for name in files):
        raise SystemExit(f"✗ {path} fetched no WASM: nothing was measured")
    by = {end: sum(bytes_ for name, bytes_ in files.items() if name.endswith(end)) / KIB for end in ("js", "wasm")}
    told = f"js {by['js']:.0f}, wasm {by['wasm']:.0f} in {len(files)} files"
    return sum(by.values()), told


def run():
    report = Report("P6")
    with Hall("p06", 3861) as hall:
        citizen, clerk = people.sign_in(hall, ["citizen", "clerk"])
        draft = people.begin(hall, citizen)
        reading = {path: weigh(hall, path) for path in ("/", "/items", f"/items/{people.ITEM}", "/track")}
        reading["/my"] = weigh(hall, "/my", citizen)
        most = max(reading, key=lambda path: reading[path][0])
        report.say("citizen pages", reading[most][0], 230, at_least=False, unit=" KiB", seen=f"largest is {most}: {reading[most][1]}")
        kib, told = weigh(hall, f"{draft}/who", citizen)
        report.say("a form being filled in", kib, 230, at_least=False, unit=" KiB", seen=told)
        kib, told = weigh(hall, "/desk", clerk)
        report.say("workbench in all", kib, 420, at_least=False, unit=" KiB", seen=told)
    report.keep()
