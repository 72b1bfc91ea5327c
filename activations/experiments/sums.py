"""A sum c + Σ v f(w x + b) of a few units that approximates a curve: fitted by least squares, or trained.

That such sums come as close as wanted to every continuous function on an interval: Cybenko, Mathematics of Control,
Signals, and Systems 2, 1989, for sigmoids; Leshno, Lin, Pinkus & Schocken, Neural Networks 6, 1993, for all piecewise
continuous f but polynomials. Parameters of f are at their defaults.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations.experiments.descent import Descent
from activations.spec import Activation, Array, Param, Trait

REACH, MOST = 4.0, 12
"""The training range is [-REACH, REACH]; so many units at most."""
AFAR = 10.0  # where a sum is asked what it says far outside
_REAL = (-math.inf, math.inf)
COUNT = Param("n", "n", 6, 1, MOST, 1, domain=(1, math.inf), whole=True)
WEIGHT = Param("w", "w", 1.0, 0.5, 4.0, 0.5, domain=(0, math.inf), domain_open_low=True)
# Six evenly spread units from left to right, then the middles of their gaps.
_HELD = (-4.0, -2.6, -1.4, 0.0, 1.4, 2.6, 0.6, -2.0, 3.4, -0.6, -3.4, 2.0)
PLACES = tuple(
    Param(f"k{j}", f"k_{j}", place, -REACH, REACH, 0.2, domain=_REAL) for j, place in enumerate(_HELD, start=1)
)
"""Where each unit that is moved by hand has w x + b = 0."""

TARGETS: Mapping[str, Callable[[Array], Array]] = {
    "sine": np.sin,
    "square": lambda x: x * x / 4,
    "abs": np.abs,
    "step": lambda x: np.where(x >= 0, 1.0, 0.0),
    "bumps": lambda x: np.exp(-((x + 2) ** 2)) + 0.6 * np.exp(-2 * (x - 1.5) ** 2),
}
_POINTS = 64
X = -REACH + 2 * REACH * (np.arange(_POINTS) + 0.5) / _POINTS
"""The inputs of the training range: odd multiples of 1/16, so that none lies where a hand can put a jump."""

_RIDGE = 1e-9  # of the largest eigenvalue: keeps the output weights of units that are nearly dependent finite
_INDEPENDENT = 1e-12  # the same, for eigenvalues, which are squares: six digits
EXACT = 1e-7  # an error below this is that of the ridge and of rounding
_NEAR, _FAR, _HARDLY = 8.0, 1e6, 1.2
_ENDS = np.concatenate([-np.linspace(0.5, 1, 101), np.linspace(0.5, 1, 101)])
_WIDEST = WEIGHT.high * (13 + REACH)  # the largest input of a unit that is drawn
_STEEPEST, _LARGEST = 1e4, 1e30
_TURNS = 40  # in [-20, 20]; sin x has 12
FIRST = 6  # the number of units from which on the slope of the error is measured


@dataclass(frozen=True)
class Sum:
    """A sum of units for each of n settings: ``w``, ``b`` and ``v`` of shape (n, units), NaN for a unit that is not
    there, ``c`` and the RMS ``error`` in the training range of shape (n,)."""

    w: Array
    b: Array
    v: Array
    c: Array
    error: Array

    @property
    def places(self) -> Array:
        """Where w x + b = 0, of shape (n, units); infinite where w = 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(-self.b / self.w)

    def shares(self, activation: Activation, x: Array) -> Array:
        """v f(w x + b) of each unit, of shape (n, units, points), where x broadcasts against that."""
        return np.asarray(self.v[..., None] * activation(self.w[..., None] * x + self.b[..., None]))

    def at(self, activation: Activation, x: Array) -> Array:
        """The sums at x of shape (points,) or (n, points)."""
        if x.ndim == 2:
            return np.asarray(self.c[:, None] + np.nansum(self.shares(activation, x[:, None]), axis=1))
        # The same unit is met in many settings of a slider: it is computed once.
        there = ~np.isnan(self.v)
        known, which = np.unique(np.stack([self.w[there], self.b[there]], axis=-1), axis=0, return_inverse=True)
        outputs = np.zeros((*self.v.shape, len(x)))
        outputs[there] = activation(known[:, :1] * x + known[:, 1:])[which.ravel()]
        return np.asarray(self.c[:, None] + np.einsum("nu,nup->np", np.where(there, self.v, 0.0), outputs))


@dataclass(frozen=True)
class Fitted(Sum):
    """Sums whose output weights are best; ``independent`` of shape (n,) counts the units that no sum of the others and
    a constant is equal to, to six digits."""

    independent: NDArray[np.intp]


def begins(activation: Activation) -> bool:
    """Whether units begin at the left end of their cell, because f is not bounded on both sides.

    A ReLU has something to say only to the right of its kink. A bounded function changes around its middle.
    """
    if activation.claims:
        return not {Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE} <= activation.traits
    # Of a formula nothing is claimed: it counts as bounded if it is hardly larger far outside than near 0.
    near, far = (float(np.max(np.abs(activation(reach * _ENDS)))) for reach in (_NEAR, _FAR))
    return not far <= _HARDLY * near


@lru_cache(maxsize=256)
def computable(activation: Activation) -> bool:
    """Whether f and f' are finite at every input of every sum, f' is not as steep as beside a pole, and f does not turn
    so often that the points at which a sum is drawn miss its turns."""
    inner, outer = np.linspace(-_NEAR, _NEAR, 4001), np.linspace(-_WIDEST, _WIDEST, 2001)
    slopes, values = activation.derivative(inner), activation(outer)
    signs = np.sign(activation.derivative(np.linspace(-20.0, 20.0, 8001)))
    turns = np.count_nonzero(np.diff(signs[signs != 0]))
    return bool(
        turns <= _TURNS
        and np.isfinite(activation(inner)).all()
        and (np.abs(slopes) <= _STEEPEST).all()
        and (np.abs(values) <= _LARGEST).all()
        and np.isfinite(activation.derivative(outer)).all()
    )


def spread(activation: Activation, counts: Array) -> Array:
    """The places of evenly spread units, of shape (n, MOST) for ``counts`` of shape (n,), NaN beyond the count.

    The training range is cut into as many equal cells; a unit lies at the left end of its cell or in its middle.
    """
    cell = np.arange(MOST) + (0.0 if begins(activation) else 0.5)
    counts = np.asarray(counts, dtype=np.float64)[:, None]
    return np.where(np.arange(MOST) < counts, -REACH + 2 * REACH * cell / counts, np.nan)


def fit(activation: Activation, target: str, w: Array, places: Array) -> Fitted:
    """The sums of f(w (x - place)) that come nearest to the target, for w of shape (n,) and places (n, units).

    Output weights by least squares with a ridge so small that it matters only to units that are nearly dependent.
    KeyError for an unknown target.
    """
    y, there = TARGETS[target](X), ~np.isnan(places)
    # The same column is met in many settings of a slider: it is computed once.
    pairs = np.stack([np.broadcast_to(w[:, None], places.shape)[there], places[there]], axis=-1)
    known, which = np.unique(pairs, axis=0, return_inverse=True)
    columns = np.zeros((*places.shape, _POINTS))
    columns[there] = activation(known[:, :1] * (X - known[:, 1:]))[which.ravel()]
    means = columns.mean(axis=2)
    centred = columns - means[..., None]
    # Normal equations in the basis of their eigenvectors, in which three steps of ridge regression have a formula.
    values, vectors = np.linalg.eigh(centred @ centred.transpose(0, 2, 1) / _POINTS)
    largest = np.maximum(values[:, -1:], np.finfo(float).tiny)
    ridge = _RIDGE * largest
    kept = ridge / (values + ridge)
    along = np.einsum("nuk,nu->nk", vectors, centred @ (y - y.mean()) / _POINTS)
    v = np.einsum("nuk,nk->nu", vectors, along * (1 + kept + kept * kept) / (values + ridge))
    c = y.mean() - (means * v).sum(axis=1)
    off = y - c[:, None] - np.einsum("nu,nup->np", v, columns)
    weights = np.where(there, w[:, None], np.nan)
    independent = (values > _INDEPENDENT * largest).sum(axis=1)
    return Fitted(weights, -weights * places, np.where(there, v, np.nan), c, _rms(off), independent)


@lru_cache(maxsize=4096)
def errors(activation: Activation, target: str, w: float) -> Array:
    """The error of 1 to MOST evenly spread units with this input weight, of shape (MOST,)."""
    return fit(activation, target, np.full(MOST, w), spread(activation, COUNT.grid)).error


def slopes(found: Array) -> tuple[Array, Array]:
    """Slope and height of the line through log10 error over log10 n from ``FIRST`` units on, for errors (n, MOST).

    NaN where a fit is exact: the logarithm of what is left would be that of rounding.
    """
    x = np.log10(COUNT.grid[FIRST - 1 :])
    with np.errstate(divide="ignore"):
        y = np.where(found[:, FIRST - 1 :] > EXACT, np.log10(found[:, FIRST - 1 :]), np.nan)
    off = x - x.mean()
    slope = (y * off).sum(axis=1) / (off * off).sum()
    return slope, y.mean(axis=1) - slope * x.mean()


def _rms(off: Array) -> Array:
    return np.asarray(np.sqrt(np.mean(off * off, axis=-1)))


DESCENT, SEED, LAST = Descent(0.05, adam=True), 12, 400
STEPS = np.unique(np.round(np.geomspace(1, LAST + 1, 49)) - 1).astype(int)
"""How many steps each moment of the training comes after: more and more, as less and less happens."""
MOMENT = Param("t", "t", 0, 0, len(STEPS) - 1, 1, domain=(0, math.inf), whole=True)


def start(units: int) -> tuple[Array, Array, Array]:
    """Input weights, biases and output weights before training: w = ±1, one place at random in each cell."""
    random = np.random.default_rng(SEED)
    w = random.permutation(np.where(np.arange(units) % 2, -1.0, 1.0))
    places = REACH * (2 * (np.arange(units) + random.uniform(size=units)) / units - 1)
    return w, -w * places, random.normal(0, 0.5 / math.sqrt(units), units)


@lru_cache(maxsize=64)
def train(activation: Activation, target: str, units: int) -> Sum:
    """A sum at each moment while Adam moves all of its numbers to make the mean squared error smaller.

    From ``start``, with all of ``X`` in each step; NaN from where on it is not finite. KeyError for an unknown target.
    """
    y, given = TARGETS[target](X), activation.defaults
    at = np.concatenate([*start(units), [0.0]])
    first, second, gradient = np.zeros_like(at), np.zeros_like(at), np.empty_like(at)
    met, errors = np.full((len(STEPS), len(at)), np.nan), np.full(len(STEPS), np.nan)
    moment = 0
    for step in range(LAST + 1):
        w, b, v = at[:-1].reshape(3, units)
        z = np.multiply.outer(w, X) + b[:, None]
        outputs = activation.f(z, **given)
        off = v @ outputs + at[-1] - y
        if not np.isfinite(off).all():
            break
        if step == STEPS[moment]:
            met[moment], errors[moment] = at, _rms(off)
            moment += 1
        off *= 2 / _POINTS
        through = activation.df(z, **given) * off * v[:, None]
        gradient[:units] = through @ X
        gradient[units : 2 * units] = through.sum(axis=1)
        gradient[2 * units : -1] = outputs @ off
        gradient[-1] = off.sum()
        at = at - DESCENT.move(gradient, first, second, step + 1)
    w, b, v = (met[:, k * units : (k + 1) * units] for k in range(3))
    return Sum(w, b, v, met[:, -1], errors)
