"""What SQLite can do at most with the writes of a submit: the very rows the hall has just written, written again into a copy
of its database from before, table by table, many to a commit, by nothing but the SQLite library (`executemany`).

Of each submit: idempotency, case, answers, document, message, event and its place in the log are inserted; the draft's key
becomes the case's, its uploads too, two serial numbers move on, the draft is deleted."""

import sqlite3
import time

INSERTED = {
    "idempotency": "select * from idempotency where act = 'cases.submit' and key = 'submit-' || :draft",
    "cases": "select * from cases where id = :case",
    "case_answers": "select * from case_answers where case_id = :case",
    "documents": "select * from documents where case_id = :case",
    "messages": "select * from messages where case_id = :case",
    "events": "select * from events where noun = 'case' and stream = :stream and seq = 1",
    "log": "select l.* from log l join events e on e.id = l.event_id where e.noun = 'case' and e.stream = :stream and e.seq = 1",
}
# as it was ordered, before the press made it
AS_ORDERED = {"state": "wanted", "blob": None, "sha256": None, "attempts": 0, "made_at": None}
CHANGED = [
    ("update data_keys set owner_noun = 'case', owner_id = ? where owner_noun = 'draft' and owner_id = ?", ("case", "draft_id")),
    ("update uploads set draft_id = null, case_id = ? where draft_id = ?", ("case", "draft_id")),
    ("update serials set next = next + 1 where area = ?", ("area",)),
    ("update serials set next = next + 1 where area = ?", ("book",)),
    ("delete from drafts where id = ?", ("draft_id",)),
]


def connect(path):
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "cache_size = -32000"):
        database.execute(f"pragma {pragma}")
    return database


class Rows:
    """The rows of some submits, as the hall wrote them."""

    def __init__(self, hall_database, submitted):
        """`submitted`: pairs of draft and case, as text."""
        self.tables = {table: [] for table in INSERTED}
        self.names = []
        with sqlite3.connect(hall_database, timeout=30) as database:
            self.columns = {t: [row[1] for row in database.execute(f"pragma table_info({t})")] for t in INSERTED}
            for draft, case in submitted:
                ids = {"draft": draft, "case": bytes.fromhex(case.replace("-", "")), "stream": case}
                for table, select in INSERTED.items():
                    row = database.execute(select, ids).fetchone()
                    if table == "documents":
                        row = tuple(AS_ORDERED.get(c, v) for c, v in zip(self.columns[table], row))
                    self.tables[table].append(row)
                self.names.append({"case": ids["case"], "draft_id": bytes.fromhex(draft.replace("-", "")), "area": "990105", "book": "mzj.receipt"})

    def write(self, path, per_commit):
        """Writes them into this database; answers submits a second."""
        statements = {t: f"insert into {t} ({', '.join(c)}) values ({', '.join('?' * len(c))})" for t, c in self.columns.items()}
        changes = [(sql, [tuple(n[w] for w in what) for n in self.names]) for sql, what in CHANGED]
        count = len(self.names)
        database = connect(path)
        began = time.perf_counter()
        for start in range(0, count, per_commit):
            group = slice(start, start + per_commit)
            database.execute("begin immediate")
            for table, statement in statements.items():
                database.executemany(statement, self.tables[table][group])
            for statement, values in changes:
                database.executemany(statement, values[group])
            database.execute("commit")
        taken = time.perf_counter() - began
        database.close()
        return count / taken
