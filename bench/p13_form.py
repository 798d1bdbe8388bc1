"""P13: a form of 1,000 questions, ten pages of a hundred; every fifth hangs on the one before it, every tenth is reckoned from
its neighbours. In the browser: how long the rules hold up one keystroke. On the server: saving a page over HTTP, one at a time.
And the fullest page of the forms that are shipped, on a phone whose processor is six times slower: from the keystroke until it
is drawn.

The form takes the place of a demonstration form in the hall's own database before the hall is opened a second time."""

import json
import sqlite3

from rig import load, people
from rig.hall import Hall
from rig.report import Report
from rig.typing import AWAKE, OURS, type_into

PAGES, EACH, SAVES = 10, 100, 200
SHIPPED = ("spjyxk", "operator")


def slow_phone(report):
    code, page = SHIPPED
    with Hall("p13-phone", 3914) as hall:
        cookie = people.sign_in(hall, ["enterprise"])[0]
        draft = people.begin(hall, cookie, code, **{"f.situation": "new"})
        keys = type_into(hall.folder, f"{hall.origin}{draft}/{page}", AWAKE, OURS, cookie, slower=6, turns=300)
    seen = f"{code}, page {page}; {keys.told()}"
    report.say("one keystroke until drawn, six times slower, p95", keys.at(0.95), 100, at_least=False, unit=" ms", seen=seen)


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


def plant(hall, pages):
    """Puts a form of these pages where the demonstration's was."""
    with sqlite3.connect(hall.sqlite) as open_:
        body = json.loads(open_.execute("select body from procedures where code = ?", [people.ITEM]).fetchone()[0])
        body["form"]["pages"] = pages
        body["form"].pop("situations", None)
        open_.execute("update procedures set body = ? where code = ?", [json.dumps(body, ensure_ascii=False), people.ITEM])


def run():
    report = Report("P13")
    with Hall("p13", 3913) as hall:
        pass
    plant(hall, large_form())
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
        keys = type_into(hall.folder, f"{hall.origin}{path}/p5", AWAKE, OURS, cookie, turns=300, drawn=False)
        report.say("one keystroke's rules, p95", keys.at(0.95), 8, at_least=False, unit=" ms", seen=keys.told())
    slow_phone(report)
    report.keep()
