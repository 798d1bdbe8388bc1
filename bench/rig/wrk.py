"""wrk: a closed loop of 32 connections on one thread, the same for every peer."""

import os
import re
import subprocess

from . import places


def rate(url, headers=(), seconds=3, connections=32):
    """Answers a second. Refusals, errors and time-outs end the bench: they would be measured as speed."""
    command = [places.WRK, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
    for header in headers:
        command += ["-H", header]
    env = {**os.environ, "LD_LIBRARY_PATH": places.LIBRARIES}
    said = subprocess.run([*command, url], env=env, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"✗ {url} did not answer well:\n{said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
