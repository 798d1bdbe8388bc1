"""P3: applications handed in over HTTP by 32 connections, each durable before it is answered.

Beside SQLite: the very same rows written by the bare library, 64 submits to a commit and one to a commit, round by round
with the hall standing still meanwhile. Beside PostgreSQL: pgbench writing such rows in one statement with 32 clients and
with one, on the same server. The drafts are filled in beforehand and not timed; the receipts that submits order are typeset
by the hall while it takes further ones, and that is timed."""

import shutil
import sqlite3

from rig import load, people
from rig.hall import Hall
from rig.pairs import Rounds
from rig.postgres import Postgres
from rig.raw_sqlite import Rows
from rig.report import Report, number

ROUNDS, EACH = 5, 1200


def prepared(hall, count):
    logins = people.add_accounts(hall, "citizen", -(-count // people.DRAFTS_EACH))
    return people.fill_drafts(hall, people.sign_in(hall, logins), count)


class Submitting:
    """Hands in one batch of drafts after another."""

    def __init__(self, hall, drafts):
        self.hall, self.drafts, self.rates, self.slowest = hall, drafts, [], []
        self.submitted = []

    def round(self):
        self.hall.wake()
        batch, self.drafts = self.drafts[:EACH], self.drafts[EACH:]
        answers = people.handed_in(load.closed_loop(self.hall.port, people.submits(batch)))
        self.slowest.append(sorted(answers.took)[int(EACH * 0.99)])
        cases = [load.header(answer, "location").rsplit("/", 1)[1] for answer in answers.bytes]
        self.submitted = [(draft, case) for (_, draft), case in zip(batch, cases)]
        self.hall.sleep()
        return answers.rate()


def sqlite(report):
    with Hall("p03-sqlite", 3821) as hall:
        drafts = prepared(hall, ROUNDS * EACH)
        with sqlite3.connect(hall.sqlite, timeout=30) as source, sqlite3.connect(hall.folder / "one.db") as copy:
            source.backup(copy)
        shutil.copy(hall.folder / "one.db", hall.folder / "many.db")
        submitting = Submitting(hall, drafts)
        figures = {"hall": [], "64": [], "1": []}
        for _ in range(ROUNDS):
            # the raw writers copy what the hall wrote, so the hall is always first
            figures["hall"].append(submitting.round())
            rows = Rows(hall.sqlite, submitting.submitted)
            figures["64"].append(rows.write(hall.folder / "many.db", 64))
            figures["1"].append(rows.write(hall.folder / "one.db", 1))
    told(report, "sqlite", figures, submitting, {"64": 0.50, "1": 1.00}, {"64": "÷ raw, 64 per commit", "1": "÷ raw, 1 per commit"})


def postgres(report):
    with Postgres() as server:
        with Hall("p03-postgres", 3822, server.create("hall")) as hall:
            submitting = Submitting(hall, prepared(hall, (ROUNDS + 1) * EACH))
            submitting.round()
            script = server.submit_script("hall", submitting.submitted[0][1])
            rounds = Rounds({
                "hall": submitting.round,
                "32": lambda: server.pgbench("hall", script, 32, 3),
                "1": lambda: server.pgbench("hall", script, 1, 2),
            }, ROUNDS)
    told(report, "postgres", rounds.figures, submitting, {"32": 0.60, "1": 1.00}, {"32": "÷ pgbench, 32 clients", "1": "÷ pgbench, 1 client"})


def told(report, name, figures, submitting, goals, words):
    rounds = Rounds({})
    rounds.figures = figures
    for peer, goal in goals.items():
        found, least, most = rounds.ratio("hall", peer)
        slow = sorted(submitting.slowest)[len(submitting.slowest) // 2]
        seen = f"{number(rounds.middle('hall'))} submits/s (p99 {slow * 1000:.0f} ms) beside {number(rounds.middle(peer))}/s"
        report.say(f"{name} {words[peer]}", found, goal, between=(least, most), seen=seen)


def run():
    report = Report("P3")
    sqlite(report)
    report.keep()
    postgres(report)
    report.keep()
