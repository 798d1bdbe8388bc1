"""P1: a page that is the same for everybody, beside nginx sending the very same bytes from a file.

As browsers ask for it (brotli) and as it is (no encoding): the first is nearly all work per request, the second mostly
copying."""

import urllib.request

from rig.hall import Hall
from rig.nginx import Nginx
from rig.pairs import Rounds
from rig.report import Report, number
from rig.wrk import rate

PAGES = {"home": "/", "item list": "/items", "guide": "/items/gljt"}
GOAL = 0.80


def headers(encoding):
    return ["Accept: text/html", f"Accept-Encoding: {encoding}"]


def fetch(url, encoding):
    asked = urllib.request.Request(url, headers={"accept": "text/html", "accept-encoding": encoding})
    with urllib.request.urlopen(asked) as answer:
        return answer.read()


def run():
    report = Report("P1")
    with Hall("p01", 3801) as hall:
        files = {}
        for name, path in PAGES.items():
            files[f"{name[:4]}.br"] = fetch(hall.origin + path, "br")
            files[f"{name[:4]}.html"] = fetch(hall.origin + path, "identity")
        with Nginx(3802, files) as nginx:
            for encoding, ending in (("br", "br"), ("identity", "html")):
                for name, path in PAGES.items():
                    file = f"{name[:4]}.{ending}"
                    rounds = Rounds({
                        "hall": lambda: rate(hall.origin + path, headers(encoding), 2),
                        "nginx": lambda: rate(nginx.url(file), headers(encoding), 2),
                    })
                    found, least, most = rounds.ratio("hall", "nginx")
                    seen = f"{number(rounds.middle('hall'))}/s beside {number(rounds.middle('nginx'))}/s, {len(files[file]):,} bytes"
                    report.say(f"{name}, {encoding}", found, GOAL, between=(least, most), seen=seen)
    report.keep()
