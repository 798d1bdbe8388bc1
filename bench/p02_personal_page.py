"""P2: one's own page with fifty cases, drawn anew for each request: session, database, page.

Beside it: nginx sending the same bytes from a file; Django and SvelteKit reading the same fifty rows, eight messages and a
session from a copy of the same database, and writing the same rows within the same frame. Nothing is compressed."""

import os
import re
import secrets
import sqlite3
import subprocess
import time
import urllib.request
from contextlib import ExitStack
from hashlib import sha256

from rig import load, people, places
from rig.hall import Hall
from rig.nginx import Nginx
from rig.pairs import Rounds
from rig.report import Report, number
from rig.wrk import rate

ROWS = 50
GOALS = {"nginx": 0.12, "django": 40, "svelte": 8}


def settled(hall, seconds=120):
    """Waits until every receipt is typeset, so that the press is not measured here."""
    with sqlite3.connect(hall.sqlite, timeout=30) as database:
        for _ in range(seconds * 2):
            if database.execute("select count(*) from documents where state = 'wanted'").fetchone()[0] == 0:
                return
            time.sleep(0.5)
    raise SystemExit("✗ the receipts were not typeset in time")


def fetch(url, cookie):
    with urllib.request.urlopen(urllib.request.Request(url, headers={"accept": "text/html", "cookie": cookie})) as answer:
        return answer.read().decode()


def frame(folder, page):
    """What stands before and after the rows in our own page: the peers write it too."""
    rows = list(re.finditer(r'<li class="panel">', page))
    first, last = rows[0].start(), page.index("</li>", rows[-1].start())
    start = page.rindex("<ul", 0, first)
    end = page.index("</section>", last)
    (folder / "before.html").write_text(page[:start])
    (folder / "after.html").write_text(page[end:])
    return len(rows)


class Peer:
    """A process that answers on a port, ended by its id."""

    def __init__(self, command, env, url, cookie, log):
        self.command, self.env, self.url, self.cookie, self.log = command, {**os.environ, **env}, url, cookie, log

    def __enter__(self):
        self.process = subprocess.Popen(self.command, env=self.env, stdout=self.log, stderr=self.log)
        for _ in range(200):
            try:
                rows = fetch(self.url, self.cookie).count('<li class="panel">')
                if rows != ROWS:
                    raise SystemExit(f"✗ {self.url} shows {rows} rows instead of {ROWS}")
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"✗ {self.command[0]} did not start; its log: {self.log.name}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def rate(self):
        return rate(self.url, ["Accept: text/html", f"Cookie: {self.cookie}"], 2)


def django(folder, env):
    made = subprocess.run([places.PYTHON, "bench/django/app.py", "citizen"], cwd=places.HOUSE, env={**os.environ, **env}, capture_output=True, text=True, check=True)
    command = [places.PYTHON, "-m", "gunicorn", "-w", "2", "--worker-class", "gthread", "--threads", "4", "-b", "127.0.0.1:3813", "--chdir", places.HOUSE / "bench/django", "app:application"]
    return Peer(command, env, "http://127.0.0.1:3813/my", made.stdout.strip(), open(folder / "django.log", "wb"))


def svelte(folder, env):
    key = secrets.token_hex(16)
    with sqlite3.connect(env["BENCH_DATABASE"]) as database:
        database.execute("create table bench_sessions (id_hash text primary key, account blob not null)")
        database.execute("insert into bench_sessions select ?, id from accounts where login = 'citizen'", [sha256(key.encode()).hexdigest()])
    env = {**env, "PORT": "3814", "HOST": "127.0.0.1", "NODE_ENV": "production"}
    return Peer([places.NODE, places.PEERS / "svelte/build"], env, "http://127.0.0.1:3814/my", f"bench={key}", open(folder / "svelte.log", "wb"))


def run():
    report = Report("P2")
    with Hall("p02", 3811) as hall, ExitStack() as open_peers:
        cookies = people.sign_in(hall, people.add_accounts(hall, "citizen", ROWS // people.DRAFTS_EACH))
        drafts = people.fill_drafts(hall, cookies, ROWS)
        people.handed_in(load.closed_loop(hall.port, people.submits(drafts), 8))
        settled(hall)
        cookie = people.sign_in(hall, ["citizen"])[0]
        page = fetch(f"{hall.origin}/my", cookie)
        frame(hall.folder, page)
        copy = hall.folder / "copy.db"
        with sqlite3.connect(hall.sqlite) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        env = {"BENCH_DATABASE": str(copy), "BENCH_FRAME": str(hall.folder)}
        nginx = open_peers.enter_context(Nginx(3812, {"my.html": page.encode()}))
        ours = ["Accept: text/html", f"Cookie: {cookie}"]
        peers = {"hall": lambda: rate(f"{hall.origin}/my", ours, 2), "nginx": lambda: rate(nginx.url("my.html"), ours, 2)}
        for name, make in {"django": django, "svelte": svelte}.items():
            if (places.PEERS / "stamps" / name).is_file():
                peers[name] = open_peers.enter_context(make(hall.folder, env)).rate
        rounds = Rounds(peers)
        for name in peers:
            if name != "hall":
                found, least, most = rounds.ratio("hall", name)
                seen = f"{number(rounds.middle('hall'))}/s beside {number(rounds.middle(name))}/s, {len(page.encode()):,} bytes"
                report.say(f"÷ {name}", found, GOALS[name], unit="" if name == "nginx" else "×", between=(least, most), seen=seen)
    report.keep()
