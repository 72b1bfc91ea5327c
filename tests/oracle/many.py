"""The page of functions of a vector as a reader meets it, and what must be drawn and said there, to many digits."""

import math

import mpmath
import numpy as np
from mpmath import mpf

from tests.oracle import library
from tests.oracle.drawing import decoded
from tests.oracle.visitor import Visit

UNITS = ("glu", "reglu", "geglu", "swiglu")
# Each view as its address says it, with the reader's language; where a slider is not named it stands at its default.
STANDS = [
    ("softmax", "en", {}),
    ("softmax", "zh", {"z1": -1.4, "z3": 4.6, "shift": 3, "heat": -2}),
    ("softmax", "en", {"z1": 5, "z2": -5, "z3": -5, "z4": -5, "heat": -4}),
    ("softmax", "zh", {"heat": 6, "z4": 3}),
    ("pair", "en", {}),
    ("pair", "zh", {"z": -2.3, "others": 9}),
    ("log", "zh", {}),
    ("log", "en", {"gap": 110}),
    ("log", "zh", {"raised": 100}),
    ("log", "en", {"gap": 5, "raised": 30}),
    ("maxout", "en", {}),
    ("maxout", "zh", {"w1": 0, "b1": 0, "w2": 1, "b2": 0, "w3": 1, "b3": -1, "x": -0.4}),
    ("glu", "zh", {}),
    ("reglu", "en", {"a": -1.5, "b": 2.2}),
    ("geglu", "zh", {"a": 0.7, "b": -0.8}),
    ("swiglu", "en", {}),
    ("swiglu", "zh", {"a": 1, "b": 3}),
]
DEFAULTS = {
    "softmax": {"z1": 2, "z2": 1, "z3": 0, "z4": -1, "shift": 0, "heat": 0},
    "pair": {"z": 1, "others": 1},
    "log": {"gap": 20, "raised": 0},
    "maxout": {"x": 1.6, "w1": -1, "b1": -0.5, "w2": 0.2, "b2": 0.4, "w3": 1.5, "b3": -1},
    **{unit: {"a": 2, "b": 1} for unit in UNITS},
}


def part(language):
    return library.parts(language, "topics/vectors")


def opened(view, language="en", **query):
    """The page at one of its views, with nothing asked."""
    shown = {"show": "gated", "gate": view} if view in UNITS else {"show": view}
    return Visit().go("vectors", {"lang": language, **shown, **{name: str(value) for name, value in query.items()}})


def drawn(page):
    """Each array of the chart by name; a heat map lies end to end."""
    found = {}
    for trace in page.spec["data"]:
        for axis in ("x", "y", "z") if "z" in trace else ("x", "y"):
            given = {key: value for key, value in trace[axis].items() if key != "shape"}
            found[f"{trace['name']}.{axis}"] = decoded(given)
    return found


def labels(page):
    return {f"{trace['name']}.text": trace["text"][0] for trace in page.spec["data"] if trace.get("mode") == "text"}


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


def gate(unit, b):
    b = mpf(b)
    return {"glu": sigma(b), "reglu": max(b, 0), "geglu": b * mpmath.ncdf(b), "swiglu": b * sigma(b)}[unit]


def steep(unit, b):
    """The derivative of the gate; 0 at ReLU's kink."""
    return mpf(b > 0) if unit == "reglu" else mpmath.diff(lambda t: gate(unit, t), mpf(b))


class Softmax:
    def __init__(self, stand):
        self.heat = mpf(2) ** mpf(stand["heat"])
        self.z = [mpf(stand[f"z{i}"]) + mpf(stand["shift"]) for i in range(1, 5)]
        self.p, self.each = shares(self.z, self.heat), [sigma(z / self.heat) for z in self.z]
        self.slopes = slopes(self.p, self.heat)

    def rows(self):
        cells = [value for row in self.slopes[::-1] for value in row]
        bars = [value for p in self.p for value in (0, p, p, 0, math.nan)]
        return {"bars.y": bars, "each.y": self.each, "jacobian.z": cells, "each.x": [1, 2, 3, 4]}

    def numbers(self):
        """(true, decimals) of each number by the name of its mark or label."""
        return {"total": (1, 3), "t": (self.heat, 2 if self.heat >= 1 else 3), "sigmoids": (sum(self.each), 3)}


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


class Maxout:
    def __init__(self, stand):
        self.pieces = [(mpf(stand[f"w{i}"]), mpf(stand[f"b{i}"])) for i in (1, 2, 3)]
        self.x = mpf(stand["x"])

    def lead(self, x):
        heights = [w * x + b for w, b in self.pieces]
        return heights.index(max(heights))

    def height(self, x):
        return max(w * x + b for w, b in self.pieces)

    def rows(self):
        ends = {f"piece{i + 1}.y": [w * x + b for x in (-3, 3)] for i, (w, b) in enumerate(self.pieces)}
        slope = self.pieces[self.lead(self.x)][0]
        return ends | {"dot.y": [self.height(self.x)], "slope_dot.y": [slope], "dot.x": [self.x]}

    def numbers(self):
        led = self.lead(self.x)
        told = {f"v{i + 1}": (w * self.x + b, 2) for i, (w, b) in enumerate(self.pieces)}
        told |= {f"gw{i + 1}": (self.x if i == led else 0, 1) for i in range(3)}
        told |= {f"gb{i + 1}": (int(i == led), 0) for i in range(3)} | {"x": (self.x, 1)}
        alive = {self.lead(mpf(k) / 64 + mpf(1) / 999) for k in range(-2000, 2000)}
        return told | {"h": (self.height(self.x), 2), "slope": (self.pieces[led][0], 1), "alive": (len(alive), 0)}


class Gated:
    def __init__(self, unit, stand):
        self.unit, self.a, self.b = unit, mpf(stand["a"]), mpf(stand["b"])

    def rows(self):
        side = np.linspace(-4, 4, 41)
        gates = [gate(self.unit, x) for x in side]
        found = {"field.z": [a * g for a in side for g in gates], "spot.x": [self.b], "spot.y": [self.a]}
        by_a, by_b = gate(self.unit, self.b), self.a * steep(self.unit, self.b)
        return found | {"dot.y": [self.a * by_a], "by_a_dot.y": [by_a], "by_b_dot.y": [by_b], "dot.x": [self.b]}

    def lines(self, x):
        """What each line is at one x."""
        g, slope = gate(self.unit, x), steep(self.unit, x)
        return {"cut": self.a * g, "alone": g, "same": x * g, "by_a": g, "by_b": self.a * slope}

    def numbers(self):
        g, slope = gate(self.unit, self.b), steep(self.unit, self.b)
        told = {"a": (self.a, 1), "b": (self.b, 1), "y": (self.a * g, 3), "by_a": (g, 3), "by_b": (self.a * slope, 3)}
        return told | {"silu": (self.b * sigma(self.b), 3)}


def truth(view, query):
    """What must be drawn and said, of every view but that of the logarithms."""
    stand = {**DEFAULTS[view], **query}
    kind = {"softmax": Softmax, "pair": Pair, "maxout": Maxout}.get(view)
    return kind(stand) if kind else Gated(view, stand)
