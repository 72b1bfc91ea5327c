"""The page about gated units and maxout as a reader meets it: what must be drawn and printed there, to many digits."""

import mpmath
import numpy as np
from mpmath import mpf

from tests.oracle import library
from tests.oracle.softmax import sigma
from tests.oracle.visitor import Visit

UNITS = ("swiglu", "geglu", "reglu", "glu")
# Each view as its address says it, with the reader's language; where a slider is not named it stands at its default.
STANDS = [
    ("maxout", "en", {}),
    ("maxout", "zh", {"w1": 0, "b1": 0, "w2": 1, "b2": 0, "w3": 1, "b3": -1, "x": -0.4}),
    ("glu", "zh", {}),
    ("reglu", "en", {"a": -1.5, "b": 2.2}),
    ("geglu", "zh", {"a": 0.7, "b": -0.8}),
    ("swiglu", "en", {}),
    ("swiglu", "zh", {"a": 1, "b": 3}),
]
DEFAULTS = {
    **{unit: {"a": 2, "b": 1} for unit in UNITS},
    "maxout": {"x": 1.6, "w1": -1, "b1": -0.5, "w2": 0.2, "b2": 0.4, "w3": 1.5, "b3": -1},
}


def part(language):
    return library.parts(language, "topics/gated")


def opened(view, language="en", **query):
    """The page at one of its views, with nothing asked."""
    return Visit().go("gated", {"lang": language, "show": view, **{name: str(value) for name, value in query.items()}})


def gate(unit, b):
    b = mpf(b)
    return {"glu": sigma(b), "reglu": max(b, 0), "geglu": b * mpmath.ncdf(b), "swiglu": b * sigma(b)}[unit]


def steep(unit, b):
    """The derivative of the gate; 0 at ReLU's kink."""
    return mpf(b > 0) if unit == "reglu" else mpmath.diff(lambda t: gate(unit, t), mpf(b))


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
        numbers = {f"v{i + 1}": (w * self.x + b, 2) for i, (w, b) in enumerate(self.pieces)}
        numbers |= {f"gw{i + 1}": (self.x if i == led else 0, 1) for i in range(3)}
        numbers |= {f"gb{i + 1}": (int(i == led), 0) for i in range(3)} | {"x": (self.x, 1)}
        alive = {self.lead(mpf(k) / 64 + mpf(1) / 999) for k in range(-2000, 2000)}
        return numbers | {"h": (self.height(self.x), 2), "slope": (self.pieces[led][0], 1), "alive": (len(alive), 0)}


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
        numbers = {
            "a": (self.a, 1),
            "b": (self.b, 1),
            "y": (self.a * g, 3),
            "by_a": (g, 3),
            "by_b": (self.a * slope, 3),
        }
        return numbers | {"silu": (self.b * sigma(self.b), 3)}


def truth(view, query):
    """What must be drawn and printed."""
    stand = {**DEFAULTS[view], **query}
    return Maxout(stand) if view == "maxout" else Gated(view, stand)
