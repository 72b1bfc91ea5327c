"""What is true of a function, computed apart from the guide: mpmath on the definitions of the golden numbers.

Extremes and means at the settings of the golden numbers are stored, since they take seconds; ``make golden`` computes
them anew, and so does a test for some of them.
"""

import csv
import itertools
from collections import Counter
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from mpmath import inf, mp, mpf

from tests.golden.make import FUNCTIONS, KINKS, grid
from tests.golden.make import settings as golden_settings

mp.dps = 60
FAR, BESIDE = mpf(10) ** 40, mpf(10) ** -40
NEAR = 6.5  # within it a value that is only approached still differs from its limit by more than TINY
TINY = mpf(10) ** -30
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(14)
_GOLDEN = (mp.sqrt(5) - 1) / 2
STORED = Path(__file__).with_name("facts.csv")
HEADER = ("function", "settings", "fact", "value", "taken", "place")
# The arguments of Exact.highest whose answers are stored, by the name of the fact.
EXTREMES = {
    "highest": (0, 1, False),
    "lowest": (0, -1, False),
    "steepest up": (1, 1, False),
    "steepest down": (1, -1, False),
    "steepest": (1, 1, True),
}
# Half steps, which hold every joint, and the float beside each root and kink; smaller x would only repeat 0.
CLOSE = [x for x in grid() if abs(x) <= 15 and (x == 0 or abs(x) > 1e-4)]
CLOSE_DIGITS = 160  # so many that they tell a limit from what only comes near it
CLOSE_FACTS = ("close least", "close most", "close steepest")


@lru_cache
def _stored():
    with STORED.open(newline="") as file:
        return {tuple(row[:3]): row[3:] for row in csv.reader(file)}


def computed(slug, settings):
    """The facts that are stored of one function at one setting, by name: value, taken and place as they are written."""
    exact = Exact(slug, settings)
    exact.name = "computed anew"
    found = {name: exact.highest(*asked) for name, asked in EXTREMES.items()}
    found["mean"] = exact.mean, False, None
    # Three digits more than are computed give the same number back.
    digits = mp.dps + 3
    written = {
        fact: [mp.nstr(value, digits), "1" if taken else "", "" if place is None else mp.nstr(place, digits)]
        for fact, (value, taken, place) in found.items()
    }
    with mp.workdps(CLOSE_DIGITS):
        for fact, (value, many) in zip(CLOSE_FACTS, _close(slug, settings), strict=True):
            written[fact] = [mp.nstr(value, CLOSE_DIGITS + 3), "1" if many else "", ""]
    return written


def _close(slug, settings):
    """The least and the largest value and the largest slope among those at ``CLOSE``, each with whether it is met more
    than once: what is only come near to is met ever closer."""
    found = [FUNCTIONS[slug][0](mpf(x), **{name: mpf(v) for name, v in settings.items()}) for x in CLOSE]
    values, slopes = [jet[0] for jet in found], [abs(mp.fsum(jet[1])) for jet in found]
    for end, near in ((min(values), values), (max(values), values), (max(slopes), slopes)):
        met = Counter(value for value in near if abs(value - end) <= 4e-16 * abs(end))
        yield end, max(met.values()) > 1


@lru_cache
def close(slug, settings):
    """The same as they are stored, by the name of the fact; ``settings`` as ``named`` writes them."""
    with mp.workdps(CLOSE_DIGITS):
        rows = {fact: _stored()[slug, settings, fact] for fact in CLOSE_FACTS}
        return {fact: (mpf(value), many == "1") for fact, (value, many, _) in rows.items()}


def named(settings):
    """How the stored facts name a setting."""
    return " ".join(f"{name}={float(value)!r}" for name, value in sorted(settings.items()))


def main():
    """Store the facts anew."""
    with STORED.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADER)
        for slug in FUNCTIONS:
            for settings in golden_settings(slug):
                for fact, cells in computed(slug, settings).items():
                    rows.writerow([slug, named(settings), fact, *cells])


@lru_cache(maxsize=2000)
def at(slug, settings):
    """The facts about a function at ``settings``, a sorted tuple of pairs."""
    return Exact(slug, dict(settings))


def of(slug, **settings):
    return at(slug, tuple(sorted(settings.items())))


class Exact:
    """One function at one setting: value and slopes anywhere, its limits, extremes, mean and claims."""

    def __init__(self, slug, settings):
        self.slug, self.name = slug, named(settings)
        self.define, self.settings = FUNCTIONS[slug][0], {name: mpf(v) for name, v in settings.items()}
        sizes = {mpf(0), *map(mpf, KINKS), *self.settings.values()}
        self.places = sorted({sign * size for sign in (-1, 1) for size in sizes})
        self.breaks = [
            x for x in self.places if any(abs(r - left) > TINY for left, r in zip(*self.sides(x), strict=True))
        ]

    def jet(self, x):
        """f, f' and f'' at x."""
        f, df, ddf = self.define(mpf(x), **self.settings)
        return f, mp.fsum(df), mp.fsum(ddf)

    def sides(self, x):
        """The one-sided limits of f, f' and f'': those from the left, those from the right."""
        return self.jet(mpf(x) - BESIDE), self.jet(mpf(x) + BESIDE)

    def jumps(self, order):
        """Where the derivative of this order jumps."""
        return [x for x in self.breaks if abs(self.sides(x)[0][order] - self.sides(x)[1][order]) > TINY]

    @cached_property
    def points(self):
        """(x, f, f') all over the line, ascending, the breaks among them."""
        far = np.geomspace(8, 60, 40)
        x = sorted({*map(mpf, [*-far, *np.arange(-64, 65) / 8, *far]), *self.breaks})
        return [(p, *self.jet(p)[:2]) for p in x]

    def oscillates(self, order):
        """Whether it has no limit far out, not even an infinite one."""
        met = [self.jet(FAR + k)[order] for k in range(6)]
        return max(map(abs, met)) < 1000 and max(met) - min(met) > TINY

    def limits(self, order):
        ends = [self.jet(x)[order] for x in (-FAR, FAR)]
        beside = [side[order] for x in self.breaks for side in self.sides(x)]
        return [mp.sign(end) * inf if abs(end) > 1000 else end for end in ends], beside

    def highest(self, order, sign=1, size=False):
        """(supremum, whether taken, its single place or None) of ±f or ±f', or of the magnitude."""
        fact = next((name for name, asked in EXTREMES.items() if asked == (order, sign, size)), "")
        if stored := _stored().get((self.slug, self.name, fact)):
            value, taken, place = stored
            return mpf(value), taken == "1", mpf(place) if place else None
        if self.oscillates(order):
            return self._again_and_again(order, sign, size)

        def height(value):
            return abs(value) if size else sign * value

        limit = max(height(v) for ends in self.limits(order) for v in ends)
        values = [(height(row[1 + order]), row[0]) for row in self.points]
        best = max(values)[0]
        if limit > best + TINY or limit == inf:
            return sign * limit, False, None
        at_top = [x for v, x in values if v >= best - TINY and abs(x) <= NEAR]
        if len(at_top) > 1:
            # A plateau, or tops of one height beside each other.
            best = max(best, self._refined(lambda x: height(self.jet(x)[order]), at_top[0])[0])
            return sign * best, best >= limit - TINY, None
        top, place = self._refined(lambda x: height(self.jet(x)[order]), max(values)[1])
        taken = top > limit or (abs(place) <= NEAR and top >= limit)
        return sign * max(top, limit), taken, place if taken else None

    def _again_and_again(self, order, sign, size):
        """The same where the extremes come back for ever: a whole period, whose settings are the only ones known."""
        ((_, rate),) = self.settings.items()
        x = [mp.pi * k / rate for k in range(-8, 9)]
        values = [(abs if size else mpf)(self.jet(p / 4)[order]) for p in x]
        return (max(values) if sign > 0 else min(values)), True, None

    def _refined(self, g, x):
        """The maximum of g between the neighbours of the point x of the grid."""
        grid = [p for p, *_ in self.points]
        k = grid.index(x)
        found = [(g(x), x)]
        for low, high in ((grid[max(k - 1, 0)], x), (x, grid[min(k + 1, len(grid) - 1)])):
            for _ in range(60):
                step = _GOLDEN * (high - low)
                low, high = (low, low + step) if g(high - step) >= g(low + step) else (high - step, high)
            found.append((g((low + high) / 2), (low + high) / 2))
        return max(found)

    @cached_property
    def mean(self):
        """E f(Z) for a standard normal Z."""
        if stored := _stored().get((self.slug, self.name, "mean")):
            return mpf(stored[0])
        with mp.workdps(20):
            edges = sorted({*map(mpf, np.arange(-8, 9) * 1.25), *(x for x in self.breaks if abs(x) < 10)})
            parts = []
            for low, high in itertools.pairwise(edges):
                half = (high - low) / 2
                for node, weight in zip(_NODES, _WEIGHTS, strict=True):
                    z = low + half * (1 + node)
                    parts.append(half * weight * mp.exp(-z * z / 2) * self.define(z, **self.settings)[0])
            return mp.fsum(parts) / mp.sqrt(2 * mp.pi)

    @property
    def monotone(self):
        """It never decreases."""
        return all(after[1] >= before[1] for before, after in zip(self.points, self.points[1:], strict=False))

    @property
    def odd(self):
        return all(abs(self.jet(-x)[0] + f) < TINY for x, f, _ in self.points[::3])

    @property
    def smoothness(self):
        for order, name in enumerate(("jump", "continuous", "c1")):
            if self.jumps(order):
                return name
        return "c2" if self.third_jumps else "smooth"

    @cached_property
    def third_jumps(self):
        """Where the third derivative jumps, of a function whose second does not."""
        both = [[mp.diff(lambda t: self.jet(t)[2], x, direction=side) for side in (-1, 1)] for x in self.places]
        return [x for x, (left, right) in zip(self.places, both, strict=True) if abs(left - right) > mpf("1e-6")]

    @property
    def saturates(self):
        """The sides on which the slope fades."""
        ends = [abs(self.jet(x)[1]) for x in (-FAR, FAR)]
        return [side for side, end in zip(("left", "right"), ends, strict=True) if end < 1e-9]

    @property
    def flat_left_of_0(self):
        return all(df == 0 for x, _, df in self.points if x < 0)


if __name__ == "__main__":
    main()
