"""Where things lie. BENCH_HALL and BENCH_SITE name another binary and its files (rigs are tried out on a debug build)."""

import os
import shutil
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
TARGET = HOUSE / Path(os.environ.get("CARGO_TARGET_DIR", "target"))
HALL = Path(os.environ.get("BENCH_HALL", TARGET / "release" / "tongban"))
SITE = Path(os.environ.get("BENCH_SITE", TARGET / "site"))
PEERS = HOUSE / "target" / "peers"
WORK = HOUSE / "target" / "bench"

WRK = PEERS / "root/usr/bin/wrk"
H2LOAD = PEERS / "root/usr/bin/h2load"
LIBRARIES = str(PEERS / "root/usr/lib/x86_64-linux-gnu")
NGINX = PEERS / "root/usr/sbin/nginx"
K6 = PEERS / "bin/k6"
NODE = PEERS / "node/bin/node"
PYTHON = PEERS / "django/bin/python"
CHROMIUM = os.environ.get("TONGBAN_CHROMIUM", "/usr/bin/chromium")
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))


def fresh(name):
    """An empty folder of this name under target/bench."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
