"""A PostgreSQL of its own in /tmp, on a socket, with its usual durability; stopped and removed at the end.

pgbench writes the rows one submit writes, in one statement, so that its 32 clients do nothing but that."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import places

# What differs from row to row; all else is copied from a real submit.
FRESH = {
    "idempotency": {"key": "n.one::text"},
    "cases": {"id": "n.one", "number": "'B' || n.one", "query_code_hash": "md5(n.one::text) || md5(n.two::text)"},
    "case_answers": {"case_id": "n.one"},
    "documents": {"id": "n.two", "case_id": "n.one", "number": "'D' || n.one", "state": "'wanted'", "blob": "null", "sha256": "null", "made_at": "null"},
    "messages": {"id": "n.three", "event_id": "n.two", "case_id": "n.one"},
    "events": {"id": "n.two", "stream": "n.one::text", "origin_id": "n.two::text"},
    "pending": {"event_id": "n.two", "stream": "n.one::text"},
}
# Where the row of one case is found.
WHERE = {
    "idempotency": "act = 'cases.submit' and answer ->> 'case' = '{case}'",
    "cases": "id = '{case}'",
    "case_answers": "case_id = '{case}'",
    "documents": "case_id = '{case}'",
    "messages": "case_id = '{case}'",
    "events": "noun = 'case' and stream = '{case}'",
}
IDS = "n as materialized (select gen_random_uuid() as one, gen_random_uuid() as two, gen_random_uuid() as three)"


def literal(quoted):
    """A quoted value without colons, which pgbench would take for names of its variables."""
    if ":" not in quoted:
        return quoted
    return ("" if quoted.startswith("E") else "E") + quoted.replace(":", "\\x3a")


class Postgres:
    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tongban-bench-pg-", dir="/tmp"))
        self.as_user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.as_user = ["runuser", "-u", "postgres", "--"]
        data = self.folder / "data"
        self.tool("initdb", "-D", data, "-U", "hall", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = f"-k {self.folder} -c listen_addresses= -c shared_buffers=256MB -c max_connections=100"
        self.tool("pg_ctl", "-D", data, "-l", self.folder / "server.log", "-w", "-o", options, "start")
        return self

    def __exit__(self, *_):
        self.tool("pg_ctl", "-D", self.folder / "data", "-m", "fast", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def tool(self, name, *words):
        done = subprocess.run([*self.as_user, places.POSTGRES / name, *words], cwd="/tmp", capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"✗ {name}: {done.stderr or done.stdout}")
        return done.stdout

    def create(self, name):
        """A new empty database; answers its address."""
        self.tool("createdb", "-h", self.folder, "-U", "hall", name)
        return f"postgres://hall@{str(self.folder).replace('/', '%2F')}/{name}"

    def ask(self, database, sql):
        return self.tool("psql", "-h", self.folder, "-U", "hall", "-d", database, "-qXAtc", sql).strip()

    def submit_script(self, database, case):
        """One statement that writes the rows the submit of this case wrote, under new ids."""
        inserts = []
        for table, fresh in FRESH.items():
            columns = self.ask(database, f"select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped").split(",")
            if table == "pending":  # the sequencer took the real one away long ago
                row = {"noun": "'case'", "seq": "1"}
            else:
                literals = ", ".join(f"quote_nullable({column}::text)" for column in columns)
                found = self.ask(database, f"select array_to_string(array[{literals}], E'\\x01') from {table} where {WHERE[table].format(case=case)} limit 1")
                row = dict(zip(columns, found.split("\x01")))
            kinds = dict(line.split("|") for line in self.ask(database, f"select attname || '|' || format_type(atttypid, null) from pg_attribute where attrelid = '{table}'::regclass and attnum > 0").splitlines())
            values = ", ".join(fresh.get(column) or f"{literal(row[column])}::{kinds[column]}" for column in columns)
            inserts.append(f"{table}_ as (insert into {table} ({', '.join(columns)}) select {values} from n)")
        script = self.folder / "submit.sql"
        script.write_text(f"with {IDS}, {', '.join(inserts)} select 1;\n")
        script.chmod(0o644)
        return script

    def pgbench(self, database, script, clients, seconds):
        """Transactions a second."""
        said = self.tool("pgbench", "-n", "-M", "prepared", "-h", self.folder, "-U", "hall", "-f", script, "-c", str(clients), "-j", "1", "-T", str(seconds), database)
        return float(re.search(r"tps = ([\d.]+)", said)[1])
