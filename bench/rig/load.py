"""A closed loop over raw sockets: a few connections, each sending its next request when the last is answered.
It exists beside wrk because a submit cannot be sent twice: every request here is another one, and all are counted."""

import re
import selectors
import socket
import time
from collections import Counter

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.I)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: chunked", re.I)


class Answers:
    """What came back: heads with their bodies by number of request, seconds each took, seconds in all."""

    def __init__(self, count):
        self.bytes = [b""] * count
        self.took = [0.0] * count
        self.seconds = 0.0

    def statuses(self):
        return Counter(answer[9:12].decode() for answer in self.bytes)

    def rate(self):
        return len(self.bytes) / self.seconds


def complete(answer):
    """Whether all of an answer is there."""
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return False
    if length := LENGTH.search(answer, 0, head + 2):
        return len(answer) >= head + 4 + int(length[1])
    return not CHUNKED.search(answer, 0, head + 2) or answer.endswith(b"\r\n0\r\n\r\n")


def closed_loop(port, requests, connections=32, limit=300):
    """Sends every request once; fails when that takes longer than `limit` seconds."""
    answers, waiting = Answers(len(requests)), enumerate(requests)
    selector, open_lines = selectors.DefaultSelector(), 0
    began = time.perf_counter()

    def send_next(line):
        for number, request in waiting:
            line.settimeout(30)
            started = time.perf_counter()
            line.sendall(request)
            line.setblocking(False)
            selector.modify(line, selectors.EVENT_READ, [number, b"", started])
            return True
        selector.unregister(line)
        line.close()
        return False

    for _ in range(min(connections, len(requests))):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(line, selectors.EVENT_READ, None)
        open_lines += send_next(line)
    while open_lines:
        if time.perf_counter() - began > limit:
            raise SystemExit(f"✗ {len(requests)} requests were not answered within {limit} s")
        for key, _ in selector.select(timeout=30):
            state = key.data
            got = key.fileobj.recv(1 << 18)
            state[1] += got
            if complete(state[1]) or not got:
                answers.bytes[state[0]] = state[1]
                answers.took[state[0]] = time.perf_counter() - state[2]
                open_lines -= not send_next(key.fileobj)
    answers.seconds = time.perf_counter() - began
    return answers


def request(method, path, cookie="", body=b"", kind="application/x-www-form-urlencoded", accept="text/html"):
    """A request as bytes."""
    head = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: {accept}\r\n"
    if cookie:
        head += f"cookie: {cookie}\r\n"
    if method == "POST":
        # as a browser says of our own pages; who hides where a request comes from is refused
        head += f"sec-fetch-site: same-origin\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def header(answer, name):
    """A header of an answer, or nothing."""
    found = re.search(rb"\r\n" + name.encode() + rb": ([^\r]*)", answer.split(b"\r\n\r\n")[0], re.I)
    return found[1].decode() if found else None


def body(answer):
    """The body of an answer, put together if it came in chunks."""
    head, _, rest = answer.partition(b"\r\n\r\n")
    if not CHUNKED.search(head + b"\r\n"):
        return rest
    out = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        size = int(size, 16)
        out, rest = out + rest[:size], rest[size + 2 :]
    return out
