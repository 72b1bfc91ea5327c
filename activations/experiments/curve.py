"""A function and its derivatives as they are drawn: kinks broken, saturated tails measured, a tangent at the probe."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations.experiments.sweep import Picture, Sweep, thin
from activations.spec import Activation, Array, Param

PROBE = Param("x0", "x_0", -1.2, -6.0, 6.0, 0.05, domain=(-math.inf, math.inf))
SATURATED = 0.05  # share of the steepest slope below which a tail counts as saturated
_POINTS = 241
_LOWEST, _HIGHEST = -3.5, 6.0  # of the value axis: the interesting region
_REACH = 1.5  # half-length of the tangent


def still(act: Activation, x0: float, **params: float) -> Picture:
    """Everything drawn and read for one setting; x, value, slope and bend have shape (points,)."""
    rows = {k: np.array([v]) for k, v in params.items()}
    return {name: row[0] for name, row in {**_curves(act, rows), **_probe(act, np.array([x0]), rows)}.items()}


def along_param(act: Activation, name: str, x0: float) -> Sweep:
    """The picture at every position of the slider of parameter ``name``, the probe standing at ``x0``."""
    at, thinned = _thinned(act, name)
    probe = _probe(act, np.full(len(at), x0), {name: at})
    return {**thinned, **{key: (at, rows) for key, rows in probe.items()}}


@lru_cache(maxsize=64)
def _thinned(act: Activation, name: str) -> tuple[Array, Sweep]:
    at = next(p for p in act.params if p.name == name).grid
    curves = _curves(act, {name: at})
    (low, high), (low_slope, high_slope), (low_bend, high_bend) = (axis(act, order) for order in range(3))
    pixel = {"value": (high - low) / 700, "slope": (high_slope - low_slope) / 400, "bend": (high_bend - low_bend) / 400}
    sweep: Sweep = {}
    for key, rows in curves.items():
        if not np.array_equal(rows, np.broadcast_to(rows[0], rows.shape), equal_nan=True):
            sweep |= thin(at, {key: rows}, {key: pixel.get(key.split(".")[0], 0.01)})
    return at, sweep


def along_probe(act: Activation, **params: float) -> Sweep:
    """Tangent, dots and readings at every position of the probe."""
    at = PROBE.grid
    rows = _probe(act, at, {k: np.array([v]) for k, v in params.items()})
    return {key: (at, frames) for key, frames in rows.items()}


@lru_cache(maxsize=128)
def axis(act: Activation, order: int) -> tuple[float, float]:
    """A range for the value (order 0), derivative (1) or second derivative (2) that holds for every slider position."""
    params = {p.name: p.grid for p in act.params}
    rows = _curves(act, params)[("value.y", "slope.y", "bend.y")[order]]
    low, high = float(np.nanmin(rows)), float(np.nanmax(rows))
    if order == 0:
        low, high = max(low, _LOWEST), min(high, _HIGHEST)
    low, high = min(low, 0.0), max(high, 0.0 if order == 2 else 1.0)
    pad = 0.08 * (high - low) or 0.5
    return low - pad, high + pad


def _curves(act: Activation, params: dict[str, Array]) -> Picture:
    """Rows over the parameter grid; each kink is three points: left limit, a gap if there is a jump, right limit."""
    x, where = _abscissae(act)
    column = {k: v[:, None] for k, v in params.items()}
    rows = max((len(v) for v in params.values()), default=1)
    picture = {"value.x": np.tile(x, (rows, 1)), "slope.x": np.tile(x, (rows, 1)), "bend.x": np.tile(x, (rows, 1))}
    for kind, evaluate in (("value", act), ("slope", act.slope), ("bend", act.bend)):
        y = np.broadcast_to(evaluate(where, **column), (rows, len(x))).copy()
        for middle in np.flatnonzero(np.isnan(where)):
            left, right = y[:, middle - 1], y[:, middle + 1]
            y[:, middle] = np.where(_same(left, right), left, math.nan)
        picture[f"{kind}.y"] = y
    return {**picture, **_ends(act, column, rows), **_saturated(x, picture["slope.y"])}


def _abscissae(act: Activation) -> tuple[Array, Array]:
    low, high = act.window
    x = np.linspace(low, high, _POINTS)
    where = x.copy()
    for kink in act.kinks:
        place = int(np.searchsorted(x, kink))
        x = np.concatenate([x[:place], [kink] * 3, x[place + (x[place] == kink) :]])
        sides = [np.nextafter(kink, -math.inf), math.nan, np.nextafter(kink, math.inf)]
        where = np.concatenate([where[:place], sides, where[place + (where[place] == kink) :]])
    return x, where


def _ends(act: Activation, column: dict[str, Array], rows: int) -> Picture:
    """Dots where a line is broken: closed at the value taken, open at the limits that are not."""
    picture: Picture = {}
    if not act.kinks:
        return picture
    kinks = np.array(act.kinks)
    for kind, evaluate in (("value", act), ("slope", act.slope)):
        here, left, right = (
            np.broadcast_to(evaluate(at, **column), (rows, len(kinks)))
            for at in (kinks, np.nextafter(kinks, -math.inf), np.nextafter(kinks, math.inf))
        )
        jump = ~_same(left, right)
        picture[f"{kind}_closed.y"] = np.where(jump, here, math.nan)
        limits = [np.where(jump & ~_same(limit, here), limit, math.nan) for limit in (left, right)]
        picture[f"{kind}_open.y"] = np.hstack(limits)
        picture[f"{kind}_closed.x"] = np.tile(kinks, (rows, 1))
        picture[f"{kind}_open.x"] = np.tile(kinks, (rows, 2))
    return picture


def _same(left: Array, right: Array) -> NDArray[np.bool_]:
    # The two sides are read at neighbouring floats, so a continuous function differs by a subnormal.
    return np.isclose(left, right, rtol=1e-9, atol=1e-12)


def _saturated(x: Array, slope: Array) -> Picture:
    """The corners (in x) of the two tails where |f'| stays below SATURATED of its maximum."""
    steep = np.abs(np.nan_to_num(slope))
    limit = SATURATED * steep.max(axis=1, keepdims=True)
    picture: Picture = {}
    reached = np.full(len(slope), -math.inf)
    for side, order in (("left", slice(None)), ("right", slice(None, None, -1))):
        line, xs = steep[:, order], x[order]
        lively = (line > 0) & (line >= limit)
        first = np.where(lively.any(axis=1), lively.argmax(axis=1), len(x) - 1)
        before, rows = np.maximum(first - 1, 0), np.arange(len(line))
        rise = line[rows, first] - line[rows, before]
        share = np.where(rise > 0, (limit[:, 0] - line[rows, before]) / np.where(rise > 0, rise, 1.0), 1.0)
        edge = np.where(first == 0, xs[0], xs[before] + np.clip(share, 0, 1) * (xs[first] - xs[before]))
        edge = reached = np.maximum(edge, reached)
        start = np.full_like(edge, xs[0])
        for kind in ("value", "slope"):
            picture[f"{kind}_{side}.x"] = np.stack([start, edge, edge, start], axis=1)
    return picture


def _probe(act: Activation, x0: Array, params: dict[str, Array]) -> Picture:
    value, slope = act(x0, **params), act.slope(x0, **params)
    bend = act.bend(x0, **params)
    # The tangent keeps its length on the screen whatever its slope.
    reach = _REACH / np.hypot(1.0, slope)
    ends = np.stack([x0 - reach, x0 + reach], axis=1)
    dots = {"value": value, "slope": slope, "bend": bend}
    return {
        "tangent.x": ends,
        "tangent.y": value[:, None] + slope[:, None] * (ends - x0[:, None]),
        **{f"probe_{kind}.x": x0[:, None] for kind in dots},
        **{f"probe_{kind}.y": y[:, None] for kind, y in dots.items()},
        "reading.x0": x0[:, None],
        "reading.value": value[:, None],
        "reading.slope": slope[:, None],
        **{f"reading.{name}": np.broadcast_to(grid[:, None], (len(x0), 1)) for name, grid in params.items()},
    }
