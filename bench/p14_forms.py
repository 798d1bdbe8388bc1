"""P14: forms beside SurveyJS, the form library most used, showing the same questions with the same rules in the same browser: when a page
of 200 questions is seen, and how long a keystroke takes until it is drawn; the same in a form of 5,000 answers (twenty lists of fifty
entries of five). And on the server: saving while 64 people save.

SurveyJS comes from files that lie beside its page and asks no server for anything; ours draws the page, reads the draft and checks who is
asking. Both pages are opened a second time, so that scripts come from the browser's own store."""

import json

from p13_form import EACH, PAGES, large_form, plant
from rig import load, people, places
from rig.hall import Hall
from rig.nginx import Nginx
from rig.report import Report
from rig.typing import AWAKE, OURS, type_into

LONG = 200
LISTS, ENTRIES, OF = 20, 50, 5
PEOPLE, TURNS = 64, 10
THEIRS = ".sd-root-modern input[type=text], .sd-root-modern input[type=number]"
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>表</title><link rel="stylesheet" href="survey-core.min.css">
<body><div id="survey"></div><script src="survey.core.min.js"></script><script src="survey-js-ui.min.js"></script><script>
const model = new Survey.Model(%s); model.data = %s; model.currentPageNo = 0; model.render(document.getElementById('survey'));
</script></html>"""


def question(number):
    """One of 200: every fifth hangs on the one before it."""
    name, before = f"q{number}", f"q{number - 1}"
    field = {"id": name, "label": f"问题 {number}", "label_en": f"Question {number}", "kind": {"text": {"max": 50}}, "optional": True}
    if number % 5 == 4:
        field["kind"] = {"choice": {"options": [{"value": v, "label": v, "label_en": v} for v in ("yes", "no")]}}
    elif number and number % 5 == 0:
        field["when"] = f"{before} = 'yes'"
    return field


def long_page():
    title = "很长的一页"
    return [{"id": "long", "title": title, "title_en": "Long", "heading": title, "heading_en": "Long", "blocks": [{"field": question(n)} for n in range(LONG)]}]


def lists():
    """Twenty pages, each with a list of entries of five questions; the last hangs on the one before it."""
    pages = []
    for n in range(LISTS):
        fields = [{"id": f"l{n}_{f}", "label": f"第 {f} 问", "label_en": f"Question {f}", "kind": {"text": {"max": 50}}, "optional": True} for f in range(OF)]
        fields[-1]["when"] = f"filled(l{n}_{OF - 2})"
        words = {"label": "名单", "label_en": "List", "legend": "第 {n} 位", "legend_en": "No. {n}", "noun": "位", "noun_en": "people", "add_label": "再加一位", "add_label_en": "Add one"}
        group = {"id": f"list{n}", **words, "min": 0, "max": ENTRIES, "fields": fields}
        title = f"第 {n + 1} 份名单"
        pages.append({"id": f"p{n}", "title": title, "title_en": title, "heading": title, "heading_en": title, "blocks": [{"group": group}]})
    return pages


def survey(elements_by_page, data):
    """The page of SurveyJS for these questions."""
    model = {"textUpdateMode": "onTyping", "showProgressBar": False, "pages": [{"name": f"page{n}", "elements": elements} for n, elements in enumerate(elements_by_page)]}
    return (PAGE % (json.dumps(model, ensure_ascii=False), json.dumps(data, ensure_ascii=False))).encode()


def their_question(number):
    theirs = {"type": "text", "name": f"q{number}", "title": f"问题 {number}", "maxLength": 50}
    if number % 5 == 4:
        theirs = {"type": "radiogroup", "name": f"q{number}", "title": f"问题 {number}", "choices": ["yes", "no"]}
    elif number and number % 5 == 0:
        theirs["visibleIf"] = f"{{q{number - 1}}} = 'yes'"
    return theirs


def their_list(n):
    elements = [{"type": "text", "name": f"l{n}_{f}", "title": f"第 {f} 问", "maxLength": 50} for f in range(OF)]
    elements[-1]["visibleIf"] = f"{{panel.l{n}_{OF - 2}}} notempty"
    return [{"type": "paneldynamic", "name": f"list{n}", "title": "名单", "templateTitle": "第 {panelIndex} 位", "maxPanelCount": ENTRIES, "templateElements": elements}]


def filled_in(hall, cookie):
    """The draft of the lists, every box of it filled."""
    path = people.begin(hall, cookie)
    for n in range(LISTS):
        fields = [("page", f"p{n}"), ("act", "save")]
        for row in range(1, ENTRIES + 1):
            fields += [(f"rows.list{n}", row), ("open", f"list{n}.{row}"), *((f"f.l{n}_{f}.{row}", f"答 {row}") for f in range(OF))]
        people.said(load.closed_loop(hall.port, [load.request("POST", f"{path}/p{n}", cookie, people.form(fields))], 1))
    return path


def beside(report, name, ours, theirs):
    report.say(f"{name}: seen, ours ÷ SurveyJS", ours.paint / max(theirs.paint, 0.1), 1.0, at_least=False, seen=f"{ours.paint:.0f} ms beside {theirs.paint:.0f} ms")
    report.say(f"{name}: a keystroke until drawn, p95, ours ÷ SurveyJS", ours.at(0.95) / theirs.at(0.95), 1.0, at_least=False, seen=f"{ours.at(0.95):.1f} ms ({ours.told()}) beside {theirs.at(0.95):.1f} ms ({theirs.told()})")


def crowd(report, hall):
    """Saves of 64 people, each into a draft of their own."""
    cookies = people.sign_in(hall, people.add_accounts(hall, "citizen", PEOPLE))
    paths = [people.begin(hall, cookie) for cookie in cookies]
    saves = []
    for turn in range(TURNS):
        page = turn % PAGES
        for cookie, path in zip(cookies, paths):
            fields = {f"f.q{page}_{n}": "yes" if n % 5 == 4 else f"回答 {turn}" for n in range(EACH)}
            saves.append(load.request("POST", f"{path}/p{page}", cookie, people.form({**fields, "act": "save"})))
    answers = people.said(load.closed_loop(hall.port, saves, PEOPLE))
    took = sorted(answers.took[PEOPLE:])
    seen = f"median {took[len(took) // 2] * 1000:.0f} ms, {answers.rate():.0f} saves a second of {EACH} answers"
    report.say(f"draft save while {PEOPLE} people save, p95", took[int(len(took) * 0.95)] * 1000, 1000, at_least=False, unit=" ms", seen=seen)


def run():
    report = Report("P14")
    library = places.PEERS / "survey" / "node_modules"
    files = {name: (library / folder / name).read_bytes() for folder, name in (
        ("survey-core", "survey-core.min.css"), ("survey-core", "survey.core.min.js"), ("survey-js-ui", "survey-js-ui.min.js"))}
    values = {f"list{n}": [{f"l{n}_{f}": f"答 {row}" for f in range(OF)} for row in range(1, ENTRIES + 1)] for n in range(LISTS)}
    pages = {"long.html": survey([[their_question(n) for n in range(LONG)]], {}), "lists.html": survey([their_list(n) for n in range(LISTS)], values)}
    with Nginx(3916, {**pages, **files}) as peer:
        with Hall("p14", 3915) as hall:
            pass
        plant(hall, long_page())
        with hall:
            cookie = people.sign_in(hall, ["citizen"])[0]
            url = f"{hall.origin}{people.begin(hall, cookie)}/long"
            ours = type_into(hall.folder, url, AWAKE, OURS, cookie)
        beside(report, f"{LONG} questions on a page", ours, type_into(hall.folder, peer.url("long.html"), THEIRS, THEIRS))
        plant(hall, lists())
        with hall:
            cookie = people.sign_in(hall, ["citizen"])[0]
            url = f"{hall.origin}{filled_in(hall, cookie)}/p7"
            ours = type_into(hall.folder, url, AWAKE, OURS, cookie)
        beside(report, f"{LISTS * ENTRIES * OF:,} answers, {ENTRIES * OF} on the page", ours, type_into(hall.folder, peer.url("lists.html"), THEIRS, THEIRS))
        plant(hall, large_form())
        with hall:
            crowd(report, hall)
    report.keep()
