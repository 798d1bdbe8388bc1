"""One line per ratio, said at once and kept; and the page that holds them all.

Kept figures lie in target/bench/figures.json, so that one budget can be measured again without the others. Of
docs/benchmarks.md only what stands between the two marks is written here: what figures mean is written by hand below."""

import json

from . import machine, places

FIGURES = places.WORK / "figures.json"
PAGE = places.HOUSE / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def number(value):
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.4f}"


class Report:
    """What one budget found."""

    def __init__(self, budget):
        self.budget = budget
        self.lines = []

    def say(self, what, found, goal, at_least=True, unit="", between=None, seen=""):
        """`found` against `goal`; `between`: least and most of the rounds; `seen`: the figures behind it."""
        met = found >= goal if at_least else found <= goal
        goal_words = f"{'≥' if at_least else '≤'} {number(goal)}{unit}"
        print(f"{self.budget} {what} {number(found)}{unit} (goal {goal_words}){'' if met else ' — missed'}", flush=True)
        between = f"{number(between[0])} – {number(between[1])}" if between else ""
        self.lines.append([self.budget, what, f"{number(found)}{unit}", between, goal_words, "met" if met else "**missed**", seen])

    def keep(self):
        FIGURES.parent.mkdir(parents=True, exist_ok=True)
        kept = json.loads(FIGURES.read_text()) if FIGURES.is_file() else {}
        kept[self.budget] = {"lines": self.lines, "when": machine.when(), "load": machine.load_average()}
        FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1))


def write_page():
    """The figures and what they were measured on, into docs/benchmarks.md."""
    kept = json.loads(FIGURES.read_text())
    out = [BEGIN, "", *machine.lines(), "", "| | what | found | rounds between | goal | | figures behind it |", "|---|---|---|---|---|---|---|"]
    for budget in sorted(kept, key=lambda name: int(name[1:])):
        out += ["| " + " | ".join(line) + " |" for line in kept[budget]["lines"]]
    out += ["", "Load average of the last minute when each was done: " + ", ".join(
        f"{budget} {kept[budget]['load']} ({kept[budget]['when']})" for budget in sorted(kept, key=lambda name: int(name[1:]))) + "."]
    out += ["", END]
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    PAGE.write_text(before + "\n".join(out) + rest.split(END)[1])
