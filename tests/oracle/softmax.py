"""The page about softmax as a reader meets it, and what must be drawn and printed there, to many digits."""

import math

import mpmath
from mpmath import mpf

from tests.oracle import library
from tests.oracle.visitor import Visit

# Each view as its address says it, with the reader's language; where a slider is not named it stands at its default.
STANDS = [
    ("softmax", "en", {}),
    ("softmax", "zh", {"z1": -1.4, "z3": 4.6, "shift": 3, "temperature": 0.3}),
    ("softmax", "en", {"z1": 5, "z2": -5, "z3": -5, "z4": -5, "temperature": 0.1}),
    ("softmax", "zh", {"temperature": 10, "z4": 3}),
    ("pair", "en", {}),
    ("pair", "zh", {"z": -2.3, "others": 9}),
    ("log", "zh", {}),
    ("log", "en", {"gap": 110}),
    ("log", "zh", {"raised": 100}),
    ("log", "en", {"gap": 5, "raised": 30}),
]
DEFAULTS = {
    "softmax": {"z1": 2, "z2": 1, "z3": 0, "z4": -1, "shift": 0, "temperature": 1},
    "pair": {"z": 1, "others": 1},
    "log": {"gap": 20, "raised": 0},
}


def part(language):
    return library.parts(language, "topics/softmax")


def opened(view, language="en", **query):
    """The page at one of its views, with nothing asked."""
    return Visit().go(
        "softmax", {"lang": language, "show": view, **{name: str(value) for name, value in query.items()}}
    )


def sigma(x):
    return 1 / (1 + mpmath.exp(-mpf(x)))


def shares(z, heat=1):
    with mpmath.workdps(400):
        raised = [mpmath.exp(mpf(x) / heat) for x in z]
        return [x / sum(raised) for x in raised]


def slopes(p, heat):
    with mpmath.workdps(400):
        whole = [value / sum(p) for value in p]
        return [[x * ((i == j) - y) / heat for j, y in enumerate(whole)] for i, x in enumerate(whole)]


class Softmax:
    def __init__(self, stand):
        self.heat = mpf(str(stand["temperature"]))
        self.z = [mpf(stand[f"z{i}"]) + mpf(stand["shift"]) for i in range(1, 5)]
        self.p, self.each = shares(self.z, self.heat), [sigma(z / self.heat) for z in self.z]
        self.slopes = slopes(self.p, self.heat)

    def rows(self):
        cells = [value for row in self.slopes[::-1] for value in row]
        bars = [value for p in self.p for value in (0, p, p, 0, math.nan)]
        return {"bars.y": bars, "each.y": self.each, "jacobian.z": cells, "each.x": [1, 2, 3, 4]}

    def numbers(self):
        """(true, decimals) of each number by the name of its mark or label."""
        return {"total": (1, 3), "t": (self.heat, 1), "sigmoids": (sum(self.each), 3)}


class Pair:
    def __init__(self, stand):
        self.z, self.m = mpf(stand["z"]), stand["others"]

    def first(self, z):
        return shares([z, *[0] * self.m])[0]

    def rows(self):
        z = [-8 + k / 8 for k in range(129)]
        here = {"dot.y": [self.first(self.z)], "sigma_dot.y": [sigma(self.z)], "dot.x": [self.z]}
        drawn = {"line.y": [self.first(x) for x in z], "sigma.y": list(map(sigma, z)), "line.x": z, **here}
        if self.m > 1:
            drawn["off.y"] = [mpmath.log10(abs(self.first(x) - sigma(x))) for x in z]
        return drawn

    def numbers(self):
        return {"z": (self.z, 1), "m": (self.m, 0), "softmax": (self.first(self.z), 4), "sigmoid": (sigma(self.z), 4)}


def truth(view, query):
    """What must be drawn and printed, of every view but that of the logarithms."""
    return {"softmax": Softmax, "pair": Pair}[view]({**DEFAULTS[view], **query})
