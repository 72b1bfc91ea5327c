"""A function and its derivatives as they are drawn: kinks broken, saturated tails measured, a tangent at the probe."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations.spec import Activation, Array, Param

Arrays = dict[str, Array]

PROBE = Param("x0", "x_0", -1.2, -6.0, 6.0, 0.05, domain=(-math.inf, math.inf))
KINDS = ("value", "slope", "bend")  # the names of f, f' and f'' in arrays
SATURATED = 0.05  # share of the steepest slope below which a tail counts as saturated
_FLAT = 0.2  # but a slope above this is not flat, however steep the function gets elsewhere
_POINTS = 241
_LOWEST, _HIGHEST = -3.5, 6.0  # of values that the probe does not reach: the interesting region
_TALLEST = 25.0  # of any panel: higher values are cut off, because the rest would look flat
REACH = 1.5  # half-length of the tangent
_PADDING = 4.0  # right of the probe, without which the rise and its label are shown on its left


def lines(activation: Activation, state: Mapping[str, Array], orders: int = 3) -> Arrays:
    """The lines of f and of its derivatives below ``orders``, arrays of shape (n, points) for n states.

    ``state`` has an array of shape (n,) for each parameter; one without parameters gives one row. ``value``, ``slope``
    and ``bend`` are the lines, ``…_closed`` and ``…_open`` the dots where a line is broken; ``value_left`` to
    ``slope_right`` hold the corners of saturated tails (x only).
    """
    columns = _columns(state)
    return _lines(activation, columns, max((len(column) for column in columns.values()), default=1), orders)


def at_probe(activation: Activation, state: Mapping[str, Array], orders: int = 3) -> Arrays:
    """f and its derivatives below ``orders`` at the probe by kind, of shape (n, 1); ``state`` as for ``probe``."""
    columns = _columns(state)
    x0 = columns.pop(PROBE.name)
    return {kind: evaluate(x0, **columns) for kind, evaluate in _formulas(activation, orders).items()}


def probe(activation: Activation, state: Mapping[str, Array], values: Arrays) -> Arrays:
    """The tangent and the other marks at the probe, arrays of shape (n, points).

    ``state`` has the probe's ``x0`` and each parameter, ``values`` are those of ``at_probe``. The probe has its
    ``tangent``, as long a line ``one`` of slope 1, a ``run`` of one step aside and a ``rise`` of f'(x0) from there, the
    same height as a ``stem`` from 0 to f'(x0) in the panel of the derivative, and a dot ``probe_…`` on each line.
    """
    x0 = _columns(state)[PROBE.name]
    value, slope = values["value"], values["slope"]
    step = np.where(x0 > activation.window[1] - _PADDING, -1.0, 1.0)
    foot = np.zeros_like(slope)
    arrays = {
        "run.x": np.hstack([x0, x0 + step]),
        "run.y": np.hstack([value, value]),
        "rise.x": np.hstack([x0 + step, x0 + step]),
        "rise.y": np.hstack([value, value + step * slope]),
        "stem.x": np.hstack([x0, x0]),
        "stem.y": np.hstack([foot, np.minimum(slope, axis(activation, 1)[1])]),
    }
    for name, steepness in (("tangent", slope), ("one", np.ones_like(slope))):
        # A line keeps its length on the screen whatever its slope.
        reach = REACH / np.hypot(1.0, steepness)
        arrays[f"{name}.x"] = np.hstack([x0 - reach, x0 + reach])
        arrays[f"{name}.y"] = np.hstack([value - steepness * reach, value + steepness * reach])
    for order, (kind, y) in enumerate(values.items()):
        arrays |= {f"probe_{kind}.x": x0, f"probe_{kind}.y": np.where(y < axis(activation, order)[1], y, math.nan)}
    return arrays


@lru_cache(maxsize=256)
def axis(activation: Activation, order: int) -> tuple[float, float]:
    """A range (low, high) for the value (order 0), derivative (1) or second derivative (2).

    It holds at every position of every slider, so that it never moves, and keeps the probe's dot inside below 25.
    """
    if activation.shown:
        return activation.shown[order]
    corners = itertools.product(*(dict.fromkeys((p.low, p.default, p.high)) for p in activation.params))
    grids = np.array(list(corners), dtype=np.float64)
    columns = {p.name: grids[:, k : k + 1] for k, p in enumerate(activation.params)}
    arrays, kind = _lines(activation, columns, len(grids), 3), KINDS[order]
    x, y = arrays[f"{kind}.x"], arrays[f"{kind}.y"]
    # The probe stays inside wherever it goes; of the value, what lies beyond its reach may leave.
    reached = (order > 0) | ((x >= PROBE.low) & (x <= PROBE.high))
    y = np.minimum(np.where(reached, y, np.clip(y, _LOWEST, _HIGHEST)), _TALLEST)
    low, high = min(float(np.nanmin(y)), 0.0), max(float(np.nanmax(y)), landmark(activation, order))
    pad = 0.08 * (high - low) or 0.5
    return low - pad, high + pad


def landmark(activation: Activation, order: int) -> float:
    """The height that a panel shows in any case: 1, and of a derivative at most half of what the function spans.

    So a function that moves little leaves room to draw its derivative to the same scale.
    """
    if order == 1:
        low, high = axis(activation, 0)
        return min(1.0, (high - low) / 2)
    return 1.0 if order == 0 else 0.0


def _columns(state: Mapping[str, Array]) -> dict[str, Array]:
    return {name: np.reshape(values, (-1, 1)) for name, values in state.items()}


def _formulas(activation: Activation, orders: int) -> dict[str, Callable[..., Array]]:
    formulas = (activation, activation.derivative, activation.second_derivative)
    return dict(zip(KINDS, formulas[:orders], strict=False))


def _lines(activation: Activation, columns: dict[str, Array], rows: int, orders: int) -> Arrays:
    """Lines, their ends and the tails; each kink is three points: left limit, a gap if there is a jump, right limit."""
    kinks = _kinks(activation, columns, rows)
    x, where = abscissae(activation.window, kinks)
    arrays: Arrays = {}
    gaps, middle = np.nonzero(np.isnan(where))
    for kind, evaluate in _formulas(activation, orders).items():
        y = evaluate(where, **columns)
        left, right = y[gaps, middle - 1], y[gaps, middle + 1]
        y[gaps, middle] = np.where(same(left, right), left, math.nan)
        arrays |= {f"{kind}.x": x, f"{kind}.y": y, **ends(kind, evaluate, kinks, columns)}
    # What oscillates for ever has no tails.
    share = 0.0 if 1 in activation.no_limit else SATURATED
    return arrays | _saturated(x, arrays["slope.y"], share)


def _kinks(activation: Activation, columns: dict[str, Array], rows: int) -> Array:
    kinks = [np.broadcast_to(kink, (rows, 1)) for kink in activation.kinks(**columns)]
    # One that left the window is no kink at the window's edge, and draws nothing there.
    return np.asarray(np.clip(np.hstack([np.empty((rows, 0)), *kinks]), *activation.window))


def abscissae(window: tuple[float, float], kinks: Array, points: int = _POINTS) -> tuple[Array, Array]:
    """Where a point is drawn and where it is evaluated, of shape (rows, points), whatever the kinks."""
    even = np.tile(np.linspace(*window, points), (len(kinks), 1))
    # A sample that meets a kink joins its left side, because the value at the kink itself would be drawn as a stroke.
    left = np.where((even[:, :, None] == kinks[:, None, :]).any(axis=2), np.nextafter(even, -math.inf), even)
    sides = [np.nextafter(kinks, -math.inf), np.full_like(kinks, math.nan), np.nextafter(kinks, math.inf)]
    x = np.hstack([even, np.repeat(kinks, 3, axis=1)])
    where = np.hstack([left, np.stack(sides, axis=2).reshape(len(kinks), -1)])
    order = np.argsort(x, axis=1, kind="stable")
    return np.take_along_axis(x, order, axis=1), np.take_along_axis(where, order, axis=1)


def ends(kind: str, evaluate: Callable[..., Array], kinks: Array, columns: dict[str, Array]) -> Arrays:
    """Dots where a line is broken: closed at the value taken, open at the limits that are not."""
    if not kinks.size:
        return {}
    beside = (np.nextafter(kinks, end) for end in (-math.inf, math.inf))
    here, left, right = (evaluate(at, **columns) for at in (kinks, *beside))
    jump = ~same(left, right)
    return {
        f"{kind}_closed.x": kinks,
        f"{kind}_closed.y": np.where(jump, here, math.nan),
        f"{kind}_open.x": np.hstack([kinks, kinks]),
        f"{kind}_open.y": np.hstack([np.where(jump & ~same(y, here), y, math.nan) for y in (left, right)]),
    }


def same(left: Array, right: Array) -> NDArray[np.bool_]:
    # The two sides are read at neighbouring floats, so a continuous function differs by a subnormal.
    return np.asarray((left == right) | (np.abs(left - right) <= 1e-12 + 1e-9 * np.abs(right)))


def _saturated(x: Array, slope: Array, share: float) -> Arrays:
    """The corners (in x) of the two tails where |f'| stays below that share of its maximum, or below _FLAT."""
    steep = np.abs(np.nan_to_num(slope))
    limit = np.minimum(share * steep.max(axis=1), _FLAT)
    arrays: Arrays = {}
    reached, rows = np.full(len(x), -math.inf), np.arange(len(x))
    for side, order in (("left", slice(None)), ("right", slice(None, None, -1))):
        line, xs = steep[:, order], x[:, order]
        lively = (line > 0) & (line >= limit[:, None])
        first = np.where(lively.any(axis=1), lively.argmax(axis=1), x.shape[1] - 1)
        before = np.maximum(first - 1, 0)
        rise = line[rows, first] - line[rows, before]
        way = np.where(rise > 0, (limit - line[rows, before]) / np.where(rise > 0, rise, 1.0), 1.0)
        reached = np.maximum(xs[rows, before] + np.clip(way, 0, 1) * (xs[rows, first] - xs[rows, before]), reached)
        corners = np.stack([xs[:, 0], reached, reached, xs[:, 0]], axis=1)
        arrays |= {f"value_{side}.x": corners, f"slope_{side}.x": corners}
    return arrays
