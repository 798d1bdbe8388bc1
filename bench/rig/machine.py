"""The machine a figure belongs to: processor, memory, kernel, load, and how long its disk takes to keep a promise."""

import os
import platform
import re
import subprocess
import time

from . import places


def when():
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())


def load_average():
    return f"{os.getloadavg()[0]:.1f}"


def fsync():
    """Microseconds fdatasync takes, by PostgreSQL's own probe."""
    probe = places.POSTGRES / "pg_test_fsync"
    if not probe.is_file():
        return "not probed"
    places.WORK.mkdir(parents=True, exist_ok=True)
    said = subprocess.run([probe, "-s", "1", "-f", places.WORK / "fsync-probe"], capture_output=True, text=True).stdout
    found = re.search(r"fdatasync\s+([\d.]+) ops/sec\s+(\d+) usecs/op", said)
    return f"{found[2]} µs ({float(found[1]):,.0f}/s)" if found else "not probed"


def commit():
    said = subprocess.run(["git", "-C", places.HOUSE, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return said.stdout.strip() or "?"


def lines():
    """The machine as a list for the page."""
    model = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read())
    memory = re.search(r"MemTotal:\s+(\d+)", open("/proc/meminfo").read())
    return [
        f"- Machine: {os.cpu_count()} cores ({model[1] if model else platform.machine()}), {int(memory[1]) >> 20} GiB, Linux {platform.release()}",
        f"- One fdatasync of 8 KiB: {fsync()}",
        f"- Written {when()}, load average {load_average()}, commit {commit()}",
    ]
