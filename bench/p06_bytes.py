"""P6: what a browser has to fetch before a page is alive: script and WASM, brotli as they lie in the release's site.
That nothing of it is needed to read or to submit is proved elsewhere: the browser tests walk both matters without JavaScript."""

import re

from rig import load, people, places
from rig.hall import Hall
from rig.report import Report

KIB = 1024


def fetched(hall, path, cookie=""):
    """Addresses of the scripts, modules and WASM that a page names."""
    got = load.closed_loop(hall.port, [load.request("GET", path, cookie)], 1).bytes[0]
    page = load.body(got).decode()
    names = set(re.findall(r"/pkg/[\w.-]+\.(?:js|wasm)", page)) | set(re.findall(r'src="(/[\w./-]+\.js)"', page))
    return sorted(names)


def size(name):
    small = places.SITE / (name.lstrip("/") + ".br")
    if not small.is_file():
        raise SystemExit(f"✗ {small} is missing: this is not a release site (make release)")
    return small.stat().st_size


def run():
    report = Report("P6")
    with Hall("p06", 3861) as hall:
        citizen, clerk = people.sign_in(hall, ["citizen", "clerk"])
        citizens = {"/": "", "/items/gljt": "", "/my": citizen}
        worst = {}
        for path, cookie in citizens.items():
            names = fetched(hall, path, cookie)
            worst[path] = {name: size(name) for name in names}
        most = max(worst, key=lambda path: sum(worst[path].values()))
        told = ", ".join(f"{name.rsplit('.', 1)[1]} {bytes_ / KIB:.0f}" for name, bytes_ in sorted(worst[most].items()))
        report.say("citizen pages", sum(worst[most].values()) / KIB, 230, at_least=False, unit=" KiB", seen=f"largest is {most}: {told}")
        names = fetched(hall, "/desk", clerk)
        desk = {name: size(name) for name in names}
        told = ", ".join(f"{name.rsplit('.', 1)[1]} {bytes_ / KIB:.0f}" for name, bytes_ in sorted(desk.items()))
        report.say("workbench in all", sum(desk.values()) / KIB, 420, at_least=False, unit=" KiB", seen=told)
    report.keep()
