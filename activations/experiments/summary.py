"""The numbers of a function's table: range, minimum, steepest slope, mean output for normal input.

An extreme of f is a root of f', the value at a kink, or a limit: at ±inf, or on one side of a kink. So f' and f'' are
sampled on the whole line, between kinks and joints, and each change of sign is narrowed down to its root.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from activations.spec import Activation, Array

Formula = Callable[..., Any]

_FAR = np.geomspace(1e-2, 1e8, 161)
_SAMPLES = np.unique(np.concatenate([-_FAR, np.linspace(-8, 8, 129), _FAR]))
_CUTS, _ROUNDS = 16, 12  # of an interval around a root: 16 ** 12 is 2 ** 48
_ALMOST = 1e-12  # two extremes this near are one
_NODE, _WEIGHT = np.polynomial.legendre.leggauss(64)
_TAIL = 10.0  # beyond it the normal density is below 1e-22
_WITHIN = np.array([0.11, 0.37, 0.62, 0.93])  # of a piece: where it is asked whether it is flat


@dataclass(frozen=True)
class Summary:
    """Facts about one function at one setting; x in pre-activation units.

    ``infimum`` and ``supremum`` bound the values (±inf if unbounded); ``has_infimum``, ``has_supremum`` tell whether
    they are taken, and ``argmin`` where, None unless at a single point. ``max_slope`` is the supremum of |f'|, taken or
    not (at a kink f' is what the convention says), ``argmax_slope`` its single place. ``mean`` is E f(Z), Z ~ N(0, 1).
    """

    infimum: float
    supremum: float
    has_infimum: bool
    has_supremum: bool
    argmin: float | None
    max_slope: float
    max_slope_taken: bool
    argmax_slope: float | None
    mean: float

    @property
    def has_minimum(self) -> bool:
        """Whether the infimum is taken, and so is the minimum."""
        return self.has_infimum


def summary(activation: Activation, **settings: float) -> Summary:
    """Measure ``activation`` on the whole line; ValueError for an unknown parameter or one outside its domain."""
    return _summary(activation, tuple((name, float(value)) for name, value in activation.checked(settings).items()))


@lru_cache(maxsize=256)
def _summary(activation: Activation, settings: tuple[tuple[str, float], ...]) -> Summary:
    return summaries(activation, {name: np.array([value]) for name, value in settings})[0]


def summaries(activation: Activation, state: Mapping[str, Array]) -> list[Summary]:
    """The summary at each of n states; ``state`` has an array of shape (n,) for each parameter, n = 1 without any.

    Raises ValueError as ``summary`` does.
    """
    columns = {name: values[:, None] for name, values in activation.checked(state).items()} if state else {}
    return list(_measure(activation, columns, max((len(column) for column in columns.values()), default=1)))


def _measure(activation: Activation, columns: dict[str, Array], rows: int) -> tuple[Summary, ...]:
    met = (*activation.kinks(**columns), *activation.joints(**columns))
    kinks = np.hstack([np.empty((rows, 0)), *(np.broadcast_to(k, (rows, 1)) for k in met)])
    values = _candidates(activation, activation.derivative, kinks, columns)
    slopes = _candidates(activation.derivative, activation.second_derivative, kinks, columns)
    low, has_low, at_low = _highest(-values.height, values)
    high, has_high, _ = _highest(values.height, values)
    steep, has_steep, at_steep = _highest(np.abs(slopes.height), slopes)
    mean = _mean(activation, kinks, columns)
    # Not -low, which would turn 0 into -0.
    measured = (0.0 - low, high, has_low, has_high, at_low, steep, has_steep, at_steep, mean)
    return tuple(_of(*facts) for facts in zip(*(column.tolist() for column in measured), strict=True))


def _of(*facts: Any) -> Summary:
    known: list[Any] = [None if math.isnan(fact) else fact for fact in facts]
    return Summary(*known)


@dataclass(frozen=True)
class _Candidates:
    """Where a function may be highest or lowest, of shape (rows, candidates); NaN heights are none.

    ``place`` is NaN where the height is taken on a whole piece, or not ``taken`` at all.
    """

    height: Array
    taken: NDArray[np.bool_]
    place: Array


def _candidates(g: Formula, dg: Formula, kinks: Array, columns: dict[str, Array]) -> _Candidates:
    rows = len(kinks)
    met = np.hstack([_roots(dg, kinks, columns), kinks])
    sides = [np.nextafter(kinks, end) for end in (-math.inf, math.inf)]
    approached = np.hstack([*sides, np.tile([-math.inf, math.inf], (rows, 1))])
    flat = _flat(g, kinks, columns)
    return _Candidates(
        np.hstack([g(np.hstack([met, approached]), **columns), flat]),
        np.hstack([np.isfinite(met), np.zeros(approached.shape, dtype=bool), np.isfinite(flat)]),
        np.hstack([met, np.full(approached.shape, math.nan), np.full(flat.shape, math.nan)]),
    )


def _highest(height: Array, among: _Candidates) -> tuple[Array, NDArray[np.bool_], Array]:
    """For each row the supremum, whether it is taken, and where: NaN if not at a single point."""
    top = np.nanmax(height, axis=1)
    near = np.isclose(height, top[:, None], rtol=_ALMOST, atol=_ALMOST) & among.taken
    taken = near.any(axis=1)
    height = np.where(taken, np.where(near, height, -math.inf).max(axis=1), top)
    first = np.where(near, among.place, math.inf).min(axis=1)
    last = np.where(near, among.place, -math.inf).max(axis=1)
    # A place that is NaN, a whole piece, spoils the comparison and is meant to.
    single = taken & (last - first <= _ALMOST * (1 + np.abs(first)))
    return height, taken, np.where(single, first, math.nan)


def _roots(g: Formula, kinks: Array, columns: dict[str, Array]) -> Array:
    """Where g changes its sign on a piece between kinks, one row a setting, padded with NaN."""
    x = np.sort(
        np.hstack([np.tile(_SAMPLES, (len(kinks), 1)), *(np.nextafter(kinks, e) for e in (-math.inf, math.inf))])
    )
    sign = np.sign(g(x, **columns))
    # Neighbours of opposite signs, or those on both sides of a sample that is itself the root.
    low, high = np.hstack([x[:, :-1], x[:, :-2]]), np.hstack([x[:, 1:], x[:, 2:]])
    change = np.hstack([sign[:, :-1] * sign[:, 1:] < 0, (sign[:, 1:-1] == 0) & (sign[:, :-2] * sign[:, 2:] < 0)])
    for kink in kinks.T[:, :, None]:
        change &= (low > kink) | (high < kink)
    row, cell = np.nonzero(change)
    roots = np.full((len(kinks), max(change.sum(axis=1), default=0)), math.nan)
    here = {name: np.broadcast_to(value, (len(kinks), 1))[row, 0] for name, value in columns.items()}
    roots[row, (np.cumsum(change, axis=1) - 1)[row, cell]] = _narrowed(g, low[row, cell], high[row, cell], here)
    return roots


def _narrowed(g: Formula, low: Array, high: Array, settings: dict[str, Array]) -> Array:
    """The root of g in each interval (low, high) at whose ends its signs differ; exact where g is exactly 0."""
    start, each = np.sign(g(low, **settings))[:, None], np.arange(len(low))
    column = {name: value[:, None] for name, value in settings.items()}
    for _ in range(_ROUNDS if len(low) else 0):
        x = np.linspace(low, high, _CUTS + 1, axis=1)
        first = (np.sign(g(x[:, 1:], **column)) != start).argmax(axis=1)
        low, high = x[each, first], x[each, first + 1]
    return high


def _flat(g: Formula, kinks: Array, columns: dict[str, Array]) -> Array:
    """The height of each piece between kinks on which g is constant, NaN for the others."""
    edge = np.full((len(kinks), 1), math.inf)
    left, right = np.hstack([-edge, kinks]), np.hstack([kinks, edge])
    low = np.where(np.isfinite(left), left, np.where(np.isfinite(right), right - 1, -0.5))
    high = np.where(np.isfinite(right), right, low + 1)
    x = low[:, :, None] + (high - low)[:, :, None] * _WITHIN
    # A piece is one formula: constant here, it is constant throughout.
    y = g(x.reshape(len(kinks), -1), **columns).reshape(x.shape)
    return np.where((y == y[:, :, :1]).all(axis=2) & (high > low), y[:, :, 0], math.nan)


def _mean(activation: Activation, kinks: Array, columns: dict[str, Array]) -> Array:
    ends = np.tile([-_TAIL, 0.0, _TAIL], (len(kinks), 1))
    edges = np.sort(np.hstack([ends, np.clip(kinks, -_TAIL, _TAIL)]), axis=1)
    half = np.diff(edges, axis=1)[:, :, None] / 2
    z = edges[:, :-1, None] + half * (1 + _NODE)
    weight = half * _WEIGHT * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    value = activation(z.reshape(len(kinks), -1), **columns).reshape(z.shape)
    mean = np.sum(weight * value, axis=(1, 2))
    return np.where(np.abs(mean) < _ALMOST, 0.0, mean)
