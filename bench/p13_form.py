"""P13: a form of 1,000 questions, ten pages of a hundred; every fifth hangs on the one before it, every tenth is reckoned from
its neighbours. In the browser: how long the rules hold up one keystroke. On the server: saving a page over HTTP, one at a time.
And the fullest page of the forms that are shipped, on a phone whose processor is six times slower: from the keystroke until it
is drawn.

The form takes the place of a demonstration form in the hall's own database before the hall is opened a second time."""

import json
import sqlite3
import subprocess

from rig import load, people, places
from rig.hall import Hall
from rig.report import Report

PAGES, EACH, SAVES = 10, 100, 200
SHIPPED = ("spjyxk", "operator")
BROWSER = """
const { chromium } = require(process.argv[2] + '/playwright');
(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[3], args: ['--no-sandbox', '--disable-background-networking'] });
  const context = await browser.newContext({ baseURL: process.argv[4] });
  const [name, value] = process.argv[6].split('=');
  await context.addCookies([{ name, value, url: process.argv[4] }]);
  const page = await context.newPage();
  await page.goto(process.argv[5]);
  await page.waitForSelector('html[data-hydrated]', { timeout: 60000 });
  const slower = Number(process.argv[7]);
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const took = await page.evaluate(async (drawn) => {
    const boxes = [...document.querySelectorAll('form input[type=text], form input:not([type])')].filter((box) => box.name.startsWith('f.'));
    const took = [];
    for (let turn = 0; turn < 300; turn += 1) {
      const box = boxes[turn % boxes.length];
      box.value += '字';
      const began = performance.now();
      box.dispatchEvent(new InputEvent('input', { bubbles: true, data: '字' }));
      // effects of the rules run after the handler, before anything is drawn
      if (drawn) await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
      took.push(performance.now() - began);
    }
    return took;
  }, slower > 1);
  console.log(JSON.stringify(took));
  await browser.close();
})();
"""


def type_into(hall, page, cookie, slower):
    """Milliseconds of each keystroke, sorted; the first twenty are the browser warming up."""
    script = hall.folder / "keys.js"
    script.write_text(BROWSER)
    words = [places.HOUSE / "end2end/node_modules", places.CHROMIUM, hall.origin, page, cookie, str(slower)]
    done = subprocess.run(["node", script, *words], capture_output=True, text=True, timeout=180)
    if done.returncode:
        raise SystemExit(f"✗ the browser: {done.stderr[-800:]}")
    return sorted(json.loads(done.stdout)[20:])


def slow_phone(report):
    code, page = SHIPPED
    with Hall("p13-phone", 3914) as hall:
        cookie = people.sign_in(hall, ["enterprise"])[0]
        draft = people.begin(hall, cookie, code, **{"f.situation": "new"})
        keys = type_into(hall, f"{draft}/{page}", cookie, 6)
    seen = f"{code}, page {page}; median {keys[len(keys) // 2]:.1f} ms, slowest {keys[-1]:.1f} ms of {len(keys)} keystrokes"
    report.say("one keystroke until drawn, six times slower, p95", keys[int(len(keys) * 0.95)], 100, at_least=False, unit=" ms", seen=seen)


def question(page, number):
    name = f"q{page}_{number}"
    before = f"q{page}_{number - 1}"
    field = {"id": name, "label": f"问题 {page}-{number}", "label_en": f"Question {page}-{number}", "kind": {"text": {"max": 50}}, "optional": True}
    if number % 5 == 4:
        options = [{"value": value, "label": value, "label_en": value} for value in ("yes", "no")]
        field["kind"] = {"choice": {"options": options}}
    elif number and number % 5 == 0:
        field["when"] = f"{before} = 'yes'"
    elif number % 10 == 7:
        field["kind"] = {"computed": {"value": f"{before}"}}
        del field["optional"]
    return {"field": field}


def large_form():
    pages = []
    for page in range(PAGES):
        title = f"第 {page + 1} 页"
        pages.append({"id": f"p{page}", "title": title, "title_en": title, "heading": title, "heading_en": title, "blocks": [question(page, n) for n in range(EACH)]})
    return pages


def plant(database):
    """Puts the large form where the demonstration's was."""
    with sqlite3.connect(database) as open_:
        body = json.loads(open_.execute("select body from procedures where code = ?", [people.ITEM]).fetchone()[0])
        body["form"]["pages"] = large_form()
        body["form"].pop("situations", None)
        open_.execute("update procedures set body = ? where code = ?", [json.dumps(body, ensure_ascii=False), people.ITEM])


def run():
    report = Report("P13")
    with Hall("p13", 3913) as hall:
        pass
    plant(hall.sqlite)
    with hall:
        cookie = people.sign_in(hall, ["citizen"])[0]
        path = people.begin(hall, cookie)
        saves = []
        for number in range(SAVES):
            page = number % PAGES
            fields = {f"f.q{page}_{n}": "yes" if n % 5 == 4 else f"回答 {number}" for n in range(EACH)}
            saves.append(load.request("POST", f"{path}/p{page}", cookie, people.form({**fields, "act": "save"})))
        took = sorted(people.said(load.closed_loop(hall.port, saves, 1)).took[PAGES:])
        seen = f"median {took[len(took) // 2] * 1000:.1f} ms of {len(took)} saves of {EACH} answers into {PAGES * EACH:,}"
        report.say("draft save, p95", took[int(len(took) * 0.95)] * 1000, 50, at_least=False, unit=" ms", seen=seen)
        keys = type_into(hall, f"{path}/p5", cookie, 1)
        seen = f"median {keys[len(keys) // 2]:.1f} ms, slowest {keys[-1]:.1f} ms of {len(keys)} keystrokes"
        report.say("one keystroke's rules, p95", keys[int(len(keys) * 0.95)], 8, at_least=False, unit=" ms", seen=seen)
    slow_phone(report)
    report.keep()
