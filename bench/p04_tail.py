"""P4: how long the slowest hundredth waits when requests arrive at half the rate the hall can bear, whether or not earlier
ones were answered (k6, constant arrival: a closed loop would hide the waiting).

What is asked for is one’s own page: the dearest that citizens open often."""

from rig import k6, load, people
from rig.hall import Hall
from rig.report import Report, number
from rig.wrk import rate

GOAL = 8


def run():
    report = Report("P4")
    with Hall("p04", 3841) as hall:
        cookie = people.sign_in(hall, people.add_accounts(hall, "citizen", 1))[0]
        people.handed_in(load.closed_loop(hall.port, people.submits(people.fill_drafts(hall, [cookie], 10)), 4))
        most = sorted(rate(f"{hall.origin}/my", ["Accept: text/html", f"Cookie: {cookie}"], 3) for _ in range(3))[1]
        found = []
        for _ in range(5):
            found.append(k6.constant(hall, cookie, most / 2, 8))
    ratios = sorted(f["p99"] / f["p50"] for f in found)
    middle = sorted(found, key=lambda f: f["p99"] / f["p50"])[2]
    seen = f"p50 {middle['p50']:.1f} ms, p99 {middle['p99']:.1f} ms at {number(most / 2)}/s, half of what a closed loop got; {sum(f['dropped'] for f in found)} not sent in time"
    report.say("one's own page, p99 ÷ p50", ratios[2], GOAL, at_least=False, between=(ratios[0], ratios[-1]), seen=seen)
    report.keep()
