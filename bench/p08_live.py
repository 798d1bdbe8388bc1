"""P8: two thousand live pages: memory for each, and how long one event takes to reach them all.

An account may hold eight streams, so 250 clerks listen from eight browsers each. An event is a submit; it was saved when its
receipt arrived, and each page's share of time is counted from the moment the submit was sent. The listener is one process
of Python on the same two cores: what it needs to read two thousand lines is in the figures."""

import selectors
import socket
import time

from rig import load, people
from rig.hall import Hall
from rig.report import Report

PAGES, SEATS, EVENTS = 2000, 8, 20


class Listeners:
    def __init__(self, hall, cookies):
        self.selector = selectors.DefaultSelector()
        self.lines = []
        for cookie in cookies:
            for _ in range(SEATS):
                line = socket.create_connection(("127.0.0.1", hall.port))
                line.sendall(load.request("GET", "/live", cookie, accept="text/event-stream"))
                head = line.recv(4096)
                if b"200 OK" not in head[:20]:
                    raise SystemExit(f"✗ a live page was refused: {head[:200]}")
                line.setblocking(False)
                self.selector.register(line, selectors.EVENT_READ)
                self.lines.append(line)

    def hear(self, topic, sent, limit=5.0):
        """Seconds until each page heard of this topic; those that did not are missing."""
        took, seen = [], set()
        while len(seen) < len(self.lines) and time.perf_counter() - sent < limit:
            for key, _ in self.selector.select(timeout=0.5):
                if topic in key.fileobj.recv(1 << 16) and key.fileobj not in seen:
                    seen.add(key.fileobj)
                    took.append(time.perf_counter() - sent)
        return took

    def close(self):
        for line in self.lines:
            line.close()


def run():
    report = Report("P8")
    with Hall("p08", 3881) as hall:
        cookies = people.sign_in(hall, people.add_accounts(hall, "clerk", PAGES // SEATS))
        citizen = people.sign_in(hall, people.add_accounts(hall, "citizen", 1))
        drafts = people.fill_drafts(hall, citizen, EVENTS)
        before = hall.memory()
        listeners = Listeners(hall, cookies)
        time.sleep(2)
        after = hall.memory()
        took, lost = [], 0
        sender = socket.create_connection(("127.0.0.1", hall.port))
        for request in people.submits(drafts):
            sent = time.perf_counter()
            sender.sendall(request)
            answer = sender.recv(1 << 16)
            case = load.header(answer, "location").rsplit("/", 1)[1]
            heard = listeners.hear(f"case:{case}".encode(), sent)
            took += heard
            lost += PAGES - len(heard)
        listeners.close()
    took.sort()
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    seen = f"{PAGES:,} pages, {before >> 20} MiB before, {after >> 20} MiB with them"
    report.say("memory per live page", (after - before) / PAGES / 1024, 16, at_least=False, unit=" KiB", seen=seen)
    report.say("one event to all pages, p99", p99, 1, at_least=False, unit=" s", seen=f"p50 {p50 * 1000:.0f} ms, slowest {took[-1] * 1000:.0f} ms, {EVENTS} events")
    report.say("lost", lost, 0, at_least=False, seen=f"of {PAGES * EVENTS:,}")
    report.keep()
