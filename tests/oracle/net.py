"""The small network of the page on basics, one number at a time and to many digits."""

import mpmath
from mpmath import mpf

from tests.oracle import exact

DEFAULTS = {
    "x1": "1.0", "x2": "-0.5", "w11": "0.8", "w12": "-0.6", "b1": "0.3", "w21": "-0.9", "w22": "0.8", "b2": "0.4",
    "w31": "0.5", "w32": "1.2", "b3": "0.7", "v1": "0.7", "v2": "1.2", "v3": "-0.8", "c": "-0.2",
}  # fmt: skip
TARGET = 1


class Net:
    """A network whose hidden neurons apply the function with this slug, where ``stand`` says other than by default."""

    def __init__(self, slug, stand=()):
        self.slug = slug
        self.at = {name: mpf(str(value)) for name, value in {**DEFAULTS, **dict(stand)}.items()}

    def z(self, j, **moved):
        at = {**self.at, **moved}
        return at[f"w{j}1"] * at["x1"] + at[f"w{j}2"] * at["x2"] + at[f"b{j}"]

    def f(self, z):
        return exact.of(self.slug).jet(z)[0]

    def a(self, j, **moved):
        return self.f(self.z(j, **moved))

    def output(self, **moved):
        at = {**self.at, **moved}
        return sum(at[f"v{j}"] * self.a(j, **moved) for j in (1, 2, 3)) + at["c"]

    def loss(self, **moved):
        return (self.output(**moved) - TARGET) ** 2 / 2

    def gradient(self, name):
        """The derivative of the loss by a parameter, without the chain rule: by finite differences at many digits."""
        h = mpf(10) ** -20
        with mpmath.workdps(60):
            up, down = (self.loss(**{name: self.at[name] + step}) for step in (h, -h))
            return (up - down) / (2 * h)

    def derivative(self, j):
        """f'(z) of a hidden neuron, which no test lets stand at a kink."""
        h = mpf(10) ** -20
        with mpmath.workdps(60):
            return (self.f(self.z(j) + h) - self.f(self.z(j) - h)) / (2 * h)

    def signals(self, backward):
        """What the nine edges carry, those into each hidden neuron first."""
        edges = [(f"w{j}{k}", self.at[f"x{k}"]) for j in (1, 2, 3) for k in (1, 2)]
        edges += [(f"v{j}", self.a(j)) for j in (1, 2, 3)]
        return [self.gradient(name) if backward else self.at[name] * signal for name, signal in edges]
