"""P7: Lighthouse on five public pages as a phone on a slow line sees them. Medians of three runs: single runs wander."""

import json
import os
import subprocess

from rig import places
from rig.hall import Hall
from rig.report import Report

PAGES = ["/", "/items", "/items/gljt", "/sign-in", "/track"]
RUNS = 3
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"


def scores(url):
    command = [places.NODE, places.PEERS / "lighthouse/node_modules/lighthouse/cli/index.js", url, "--quiet", "--output=json"]
    command += ["--only-categories=performance,accessibility", f"--chrome-flags={FLAGS}"]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": places.CHROMIUM}, capture_output=True, text=True, timeout=180)
    if done.returncode:
        raise SystemExit(f"✗ lighthouse: {done.stderr[-600:]}")
    said = json.loads(done.stdout)["categories"]
    return said["performance"]["score"], said["accessibility"]["score"]


def run():
    report = Report("P7")
    with Hall("p07", 3871) as hall:
        found = {path: [scores(hall.origin + path) for _ in range(RUNS)] for path in PAGES}
    for number, (name, goal) in enumerate((("performance", 0.95), ("accessibility", 1.00))):
        middles = {path: sorted(run[number] for run in runs)[RUNS // 2] for path, runs in found.items()}
        worst = min(middles, key=middles.get)
        seen = ", ".join(f"{path} {score:.2f}" for path, score in middles.items())
        report.say(f"{name}, lowest of five pages ({worst})", middles[worst], goal, seen=seen)
    report.keep()
