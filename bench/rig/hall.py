"""A hall of its own for one budget: fresh demonstration data, a port of its own, no line of log per request
(nginx keeps no log either). It is started from the release build and ended by its process id."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from . import places

PASSWORD = "bench"


class Hall:
    def __init__(self, name, port, database=None):
        self.folder = places.fresh(name)
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self.sqlite = None if database else self.folder / "hall.db"
        self.postgres = database
        self.process = None

    def __enter__(self):
        if not places.HALL.is_file():
            raise SystemExit(f"✗ {places.HALL} is not built: make release")
        settings = {
            "TONGBAN_DEMO": "1",
            "TONGBAN_DEMO_PASSWORD": PASSWORD,
            "TONGBAN_LOG": "warn,tower_sessions_core=error",
            "LISTEN_ADDR": f"127.0.0.1:{self.port}",
            "PUBLIC_URL": self.origin,
            "DATABASE_URL": self.postgres or f"sqlite://{self.sqlite}",
            "FILES_URL": f"file://{self.folder}/files",
            "KEYS_URL": f"file://{self.folder}/keys",
            "CHECKPOINT_FILE": f"{self.folder}/checkpoints.jsonl",
            "LEPTOS_SITE_ROOT": str(places.SITE),
        }
        log = open(self.folder / "hall.log", "ab")
        self.process = subprocess.Popen(
            [places.HALL, "serve"], cwd=self.folder, env={**os.environ, **settings}, stdout=log, stderr=log
        )
        for _ in range(600):
            if self.process.poll() is not None:
                raise SystemExit(f"✗ the hall did not open; its log: {self.folder}/hall.log")
            try:
                urllib.request.urlopen(f"{self.origin}/readyz", timeout=2).close()
                return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SystemExit(f"✗ the hall is not ready after a minute; its log: {self.folder}/hall.log")

    def __exit__(self, *_):
        self.wake()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def sleep(self):
        """Stand still while a peer is measured: what the hall still has to typeset must not slow the peer down."""
        self.process.send_signal(signal.SIGSTOP)

    def wake(self):
        self.process.send_signal(signal.SIGCONT)

    def memory(self):
        """Resident bytes of the process that are its own (no shared files)."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
        return 0

    def busy_seconds(self):
        """Processor time used so far."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
