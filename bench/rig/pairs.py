"""Ratios of things measured side by side. Between rounds this kind of machine wanders by a factor of two, so each round
measures every peer once, in turn, and only ratios within a round are compared."""

from statistics import median


class Rounds:
    """Figures of several peers, round by round."""

    def __init__(self, peers, rounds=5):
        """`peers`: names to functions that measure one figure."""
        self.figures = {name: [] for name in peers}
        order = list(peers)
        for number in range(rounds):
            # whoever comes second finds a warmer machine: take turns at being first
            for name in order if number % 2 == 0 else reversed(order):
                self.figures[name].append(peers[name]())

    def ratio(self, one, other):
        """Median, least and most of one ÷ other."""
        return spread([a / b for a, b in zip(self.figures[one], self.figures[other])])

    def middle(self, name):
        return median(self.figures[name])


def spread(values):
    return median(values), min(values), max(values)
