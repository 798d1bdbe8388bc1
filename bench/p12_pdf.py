"""P12: a one-page decision as PDF, beside Chromium printing the same words to PDF; and what an upload under way costs in memory.

Ours is asked for over HTTP, whole: session, the case, the record that a clerk looked, the page typeset (the door that shows a
decision before it is made). Every request is about another case, so that nothing already laid out is found again. Chromium
gets the words of the very same PDF, on A4, in the same typeface: once as a process per document, as a hall without a press
would do it, and once kept running, which costs a browser's memory all day."""

import html
import json
import socket
import subprocess
import time
import urllib.request

from rig import load, people, places
from rig.hall import Hall
from rig.pairs import spread
from rig.report import Report

ROUNDS, EACH = 5, 5
UPLOADS, BEFORE_PAUSE, SIZE = 100, 2 << 20, 4 << 20
PAGE = "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:25mm}body{font:12pt/1.8 'Noto Serif CJK SC'}p{margin:0}</style>"
WARM = """
const { chromium } = require(process.argv[2] + '/playwright');
(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[3], args: ['--no-sandbox', '--disable-background-networking'] });
  const page = await browser.newPage(), took = [];
  for (const file of process.argv.slice(4)) {
    const began = performance.now();
    await page.goto('file://' + file);
    await page.pdf({ format: 'A4' });
    took.push((performance.now() - began) / 1000);
  }
  console.log(JSON.stringify(took.slice(1)));
  await browser.close();
})();
"""


def cases(hall, count):
    citizen = people.sign_in(hall, people.add_accounts(hall, "citizen", -(-count // people.DRAFTS_EACH)))
    answers = people.handed_in(load.closed_loop(hall.port, people.submits(people.fill_drafts(hall, citizen, count)), 4))
    return [load.header(answer, "location").rsplit("/", 1)[1] for answer in answers.bytes]


def preview(hall, cookie, case):
    address = f"{hall.origin}/desk/cases/{case}/preview/benefit_grant.pdf"
    asked = urllib.request.Request(address, data=b"opinion=", headers={"cookie": cookie, "origin": hall.origin})
    began = time.perf_counter()
    with urllib.request.urlopen(asked) as answer:
        pdf = answer.read()
    return time.perf_counter() - began, pdf


def as_html(folder, number_, pdf):
    """The words of a PDF as a page for Chromium."""
    source, page = folder / f"{number_}.pdf", folder / f"{number_}.html"
    source.write_bytes(pdf)
    words = subprocess.run(["pdftotext", "-layout", source, "-"], capture_output=True, text=True, check=True).stdout
    page.write_text(PAGE + "".join(f"<p>{html.escape(line.strip())}</p>" for line in words.splitlines() if line.strip()))
    return page


def started_each_time(folder, page):
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer"]
    began = time.perf_counter()
    command = [places.CHROMIUM, *flags, f"--user-data-dir={folder}/chromium", f"--print-to-pdf={folder}/out.pdf", f"file://{page}"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return time.perf_counter() - began


def kept_running(folder, pages):
    script = folder / "warm.js"
    script.write_text(WARM)
    modules = places.HOUSE / "end2end/node_modules"
    said = subprocess.run(["node", script, modules, places.CHROMIUM, pages[0], *pages], capture_output=True, text=True, check=True, timeout=120)
    return json.loads(said.stdout)


def middle(values):
    return sorted(values)[len(values) // 2]


def pdf(report, hall):
    clerk = people.sign_in(hall, ["clerk"])[0]
    made = iter(cases(hall, ROUNDS * EACH + 1))
    preview(hall, clerk, next(made))  # the fonts are opened at the first
    ours, cold, warm = [], [], []
    for _ in range(ROUNDS):
        round_ = [preview(hall, clerk, next(made)) for _ in range(EACH)]
        ours.append(middle([took for took, _ in round_]))
        hall.sleep()
        pages = [as_html(hall.folder, n, pdf_) for n, (_, pdf_) in enumerate(round_)]
        cold.append(middle([started_each_time(hall.folder, page) for page in pages[:3]]))
        warm.append(middle(kept_running(hall.folder, pages)))
        hall.wake()
    for name, peer in (("started per document", cold), ("kept running", warm)):
        found, least, most = spread([theirs / our for our, theirs in zip(ours, peer)])
        seen = f"{middle(ours) * 1000:.0f} ms beside {middle(peer) * 1000:.0f} ms"
        report.say(f"one-page PDF, times faster than Chromium {name}", found, 50, unit="×", between=(least, most), seen=seen)


def uploads(report, hall):
    owners = people.sign_in(hall, [f"bench-citizen-{n}" for n in range(1, 3)]) + people.sign_in(hall, people.add_accounts(hall, "citizen2", 3))
    drafts = people.fill_drafts(hall, owners, UPLOADS)
    time.sleep(3)
    before, lines = hall.memory(), []
    for cookie, draft in drafts:
        path, body, kind = people.photo_part(draft, people.PHOTO + b"\0" * SIZE)
        line = socket.create_connection(("127.0.0.1", hall.port))
        line.sendall(load.request("POST", path, cookie, body, kind)[:BEFORE_PAUSE])
        lines.append(line)
    time.sleep(2)
    during = hall.memory()
    for line in lines:
        line.close()
    seen = f"{UPLOADS} at once, each stopped at 2 of 4 MiB; {before >> 20} MiB before, {during >> 20} MiB with them"
    report.say("memory per upload under way", (during - before) / UPLOADS / 1024, 256, at_least=False, unit=" KiB", seen=seen)


def run():
    report = Report("P12")
    with Hall("p12", 3912) as hall:
        pdf(report, hall)
        uploads(report, hall)
    report.keep()
