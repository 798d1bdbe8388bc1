"""P5: three times more requests than the hall can bear. Those it takes it must answer as fast as without the crowd; the
rest must be turned away at once with 503; memory must not grow with the crowd.

1,200 browsers ask for one's own page at a fixed rate (h2load), more than the hall has places for (512)."""

from rig import people
from rig.h2load import crowd
from rig.hall import Hall
from rig.pairs import spread
from rig.report import Report, number
from rig.wrk import rate


def run():
    report = Report("P5")
    with Hall("p05", 3851) as hall:
        cookie = people.sign_in(hall, ["citizen"])[0]
        page = f"{hall.origin}/my"
        alone = lambda: rate(page, ["Accept: text/html", f"Cookie: {cookie}"], 3)  # noqa: E731
        alone()
        most, ratios, seen = [], [], []
        before = hall.memory()
        for _ in range(5):
            most.append(alone())
            seen.append(crowd(page, cookie, most[-1] * 3, 5))
            ratios.append(seen[-1]["good"] / most[-1])
        after = hall.memory()
    found, least, highest = spread(ratios)
    middle = sorted(seen, key=lambda f: f["good"])[len(seen) // 2]
    words = f"{number(middle['good'])}/s answered, {number(middle['turned'])}/s turned away, {middle['broken']} broken; alone {number(sorted(most)[2])}/s"
    report.say("goodput at three times the load", found, 0.90, between=(least, highest), seen=words)
    report.say("memory after ÷ before the crowd", after / before, 1.3, at_least=False, seen=f"{before >> 20} MiB, then {after >> 20} MiB")
    report.keep()
