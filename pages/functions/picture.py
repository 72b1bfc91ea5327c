"""A function as this page draws it: curves, probe, and the words and helper lines that stand on the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from activations import Activation, Trait
from activations.experiments import curve
from activations.experiments.sweep import moving
from activations.spec import Array
from pages.shared import live, words

KINDS = ("value", "slope", "bend")
_CLEARANCE = 0.06  # share of the panel's height between the triangle and the middle of its label
_LABEL, _TALL = 2.7, 0.05  # its width on a phone, in units of x, and half its height there, as such a share
_ASIDE = 0.2  # from the probe to a label on its other side, in units of x
_NEAR = 1.6  # how far from the probe its tangent counts: a little more than it is drawn
_NUMBER, _OVER = 1.25, 0.1  # width of the number at the stem, and its distance from the dot as a share of the height
_ONE, _BESIDE = 1.8, 0.15  # width of the label of the line of slope 1, and its distance from the line's end
_ROOM_FOR_A_WORD = 1.6  # least width of a shade that is labelled, in units of x


def still(activation: Activation, x0: float, **settings: float) -> dict[str, Array]:
    """Every array of the picture at one setting."""
    rows = {name: array[None] for name, array in curve.still(activation, x0, **settings).items()}
    rows |= _tints(rows)
    beside = _hairs(activation, rows) | _labels(activation, rows, activation.derivative(x0, **settings), settings)
    return {name: array[0] for name, array in {**rows, **beside, **_words(activation, rows, settings)}.items()}


def along_probe(activation: Activation, orders: int, **settings: float) -> live.Pack:
    """The picture of ``orders`` panels, and what is printed about the probe, at every position of the probe."""
    return _probe(activation, orders, tuple(sorted(settings.items())), words.language())


@lru_cache(maxsize=512)
def _probe(activation: Activation, orders: int, stand: tuple[tuple[str, float], ...], _: str) -> live.Pack:
    # The last argument keeps the languages apart, here and below.
    settings = dict(stand)
    grid = curve.PROBE.grid
    frames = curve.along(activation, curve.PROBE.name, curve.PROBE.default, **settings)
    value, slope = activation(grid, **settings), activation.derivative(grid, **settings)
    frames |= _hairs(activation, frames) | _labels(activation, frames, slope, settings)
    return live.pack(_shown(frames, orders), readings(grid, value, slope))


def handle(orders: int) -> live.Handle:
    """What drags the probe: its dots and hairlines."""
    return live.Handle([f"{part}_{kind}" for part in ("probe", "hair") for kind in KINDS[:orders]], curve.PROBE.name)


def along_param(
    activation: Activation, orders: int, name: str, x0: float, **settings: float
) -> tuple[live.Pack, live.Pack]:
    """The same at every position of the slider ``name``: the curves, which do not depend on the probe, and the rest."""
    others = tuple(sorted((k, v) for k, v in settings.items() if k != name))
    return _curves(activation, orders, name, others), _beside(activation, orders, name, x0, others, words.language())


@lru_cache(maxsize=512)
def _beside(
    activation: Activation, orders: int, name: str, x0: float, others: tuple[tuple[str, float], ...], _: str
) -> live.Pack:
    frames = curve.along(activation, name, x0, **dict(others))
    probed = {key: rows for key, rows in frames.items() if key.split(".")[0] in _PROBED}
    at = _settings(activation, name, others)
    slope = activation.derivative(x0, **at)
    rests = {key: row[None] for key, row in curve.still(activation, x0, **dict(others)).items()}
    probed |= _labels(activation, {**rests, **probed}, slope, at)
    said = readings(np.full(len(slope), x0), activation(x0, **at), slope)
    return live.pack(_shown(probed, orders), said)


@lru_cache(maxsize=512)
def _curves(activation: Activation, orders: int, name: str, others: tuple[tuple[str, float], ...]) -> live.Pack:
    frames = curve.along(activation, name, 0.0, **dict(others))
    kept = {key: rows for key, rows in frames.items() if key.split(".")[0] not in _PROBED}
    kept |= _tints(kept)
    # Where a tail ends may rest while its height moves.
    rests = {key: row[None] for key, row in curve.still(activation, 0.0, **dict(others)).items()}
    placed = moving(_words(activation, {**rests, **kept}, _settings(activation, name, others)))
    return live.pack(_shown({**kept, **placed}, orders), {})


def _settings(activation: Activation, name: str, others: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    """All positions of the slider ``name``, and where the others stand."""
    return {**dict(others), name: next(param for param in activation.params if param.name == name).grid}


def _shown(frames: dict[str, Array], orders: int) -> dict[str, Array]:
    hidden = KINDS[orders:]
    return {name: rows for name, rows in frames.items() if not any(kind in name for kind in hidden)}


def readings(x0: Iterable[float], value: Iterable[float], slope: Iterable[float]) -> dict[str, list[str]]:
    """What is printed about the probe, one text a position."""
    per_one, steep = f"\u00a0{words.ui('on.slope_per_one')}", words.numbers(slope, 2)
    return {
        "x0": words.numbers(x0, 2),
        "value": words.exact(value, 4),
        "slope": words.exact(slope, 4),
        "rise_label.text": [per_one.replace("{slope}", rise) for rise in steep],
        "stem_label.text": steep,
    }


def _hairs(activation: Activation, frames: dict[str, Array]) -> dict[str, Array]:
    """A hairline through each panel at the probe."""
    x = frames["probe_value.x"]
    tall = {kind: np.tile(curve.axis(activation, order), (len(x), 1)) for order, kind in enumerate(KINDS)}
    return {
        **{f"hair_{kind}.x": np.hstack([x, x]) for kind in KINDS},
        **{f"hair_{kind}.y": ends for kind, ends in tall.items()},
    }


def _tints(frames: Mapping[str, Array]) -> dict[str, Array]:
    """The corners of the tails that are tinted, left out where a tail has no width, lest its edge be drawn."""
    tails = {name: frames[name] for name in ("slope_left.x", "slope_right.x") if name in frames}
    return {name: np.where(np.ptp(x, axis=1, keepdims=True) > 0, x, np.nan) for name, x in tails.items()}


def _labels(
    activation: Activation, frames: dict[str, Array], slope: Array, settings: dict[str, Any]
) -> dict[str, Array]:
    """Where the labels of the triangle, of the stem and of the line of slope 1 begin."""
    steep = np.reshape(slope, (-1, 1))
    x0, corner = frames["run.x"][:, :1], frames["run.x"][:, 1:]
    level = np.broadcast_to(frames["run.y"][:, :1], steep.shape)
    rise = _rise_label(activation, x0, corner, level, steep, settings)
    named = {"rise_label": rise, "stem_label": _stem_label(activation, x0, steep, settings)}
    named["one_label"] = _one_label(activation, x0, level, steep, rise, settings)
    return {f"{name}.{axis}": at for name, place in named.items() for axis, at in zip("xy", place, strict=True)}


def _rise_label(
    activation: Activation, x0: Array, corner: Array, level: Array, steep: Array, settings: dict[str, Any]
) -> tuple[Array, Array]:
    """The first place beside the triangle that curve and tangent leave free, else the freest.

    The places: outside the right angle, inside it, both twice as far, and the same four on the probe's other side.
    """
    low, high = curve.axis(activation, 0)
    back = corner < x0
    sides = np.hstack([np.where(back, corner - _LABEL, corner), np.where(back, x0 + _ASIDE, x0 - _ASIDE - _LABEL)])
    away = np.where((steep >= 0) ^ back, -_CLEARANCE, _CLEARANCE) * (high - low)
    x, y = np.repeat(sides, 4, axis=1), level + away * np.array([1, -1, 2, -2] * 2)
    ends = _crossed(activation, sides, _LABEL, settings, (x0, level, steep))
    return _first_free(activation, 0, x, y, _LABEL, [np.repeat(end, 4, axis=1) for end in ends])


def _stem_label(activation: Activation, x0: Array, steep: Array, settings: dict[str, Any]) -> tuple[Array, Array]:
    """The first place at the upper end of the stem that the derivative leaves free, else the freest.

    The places: above the dot on the right and on the left, below it there, and the same four twice as far.
    """
    low, high = curve.axis(activation, 1)
    sides = np.hstack([x0 + _ASIDE, x0 - _ASIDE - _NUMBER])
    x, y = np.tile(sides, 4), steep + _OVER * (high - low) * np.repeat([1, -1, 2, -2], 2)
    ends = _crossed(activation.derivative, sides, _NUMBER, settings)
    at, height = _first_free(activation, 1, x, y, _NUMBER, [np.tile(end, 4) for end in ends])
    return at, np.where(steep < high, height, np.nan)


def _one_label(
    activation: Activation, x0: Array, level: Array, steep: Array, rise: tuple[Array, Array], settings: dict[str, Any]
) -> tuple[Array, Array]:
    """The first place at an end of the line of slope 1 that curve, tangent and triangle leave free, NaN without one.

    The places: right and left of the upper end, left and right of the lower one; then the same four further from the
    line. An end outside the panel counts as the place where the line leaves it.
    """
    low, high = curve.axis(activation, 0)
    margin, whole = 0.06 * (high - low), curve.REACH / np.sqrt(2)
    up, down = np.minimum(whole, high - margin - level), np.minimum(whole, level - low - margin)
    x = np.hstack([x0 + up + _BESIDE, x0 + up - _BESIDE - _ONE, x0 - down - _BESIDE - _ONE, x0 - down + _BESIDE])
    y = np.hstack([level + up, level + up, level - down, level - down])
    y = np.hstack([y, y + 1.5 * margin * np.array([-1, 1, 1, -1])])
    ends = [np.tile(end, 2) for end in _crossed(activation, x, _ONE, settings, (x0, level, steep))]
    x = np.tile(x, 2)
    # The triangle's label is in the way as well.
    meets = (np.abs(y - rise[1]) < 2 * margin) & (x < rise[0] + _LABEL) & (rise[0] < x + _ONE)
    short = np.tile(np.repeat(np.hstack([up, down]), 2, axis=1), 2) < 2 * _BESIDE
    return _first_free(activation, 0, x, np.where(meets | short, np.nan, y), _ONE, ends, clearly=True)


def _first_free(
    activation: Activation, order: int, x: Array, y: Array, wide: float, crossed: Sequence[Array], clearly: bool = False
) -> tuple[Array, Array]:
    """In each row the first of the places that no line crosses; else the one furthest from them, or ``clearly`` none.

    NaN stands for no place, also where none is inside the panel.
    """
    low, high = curve.axis(activation, order)
    lowest, highest = crossed
    fits = (low < y) & (y < high) & (activation.window[0] <= x) & (x + wide <= activation.window[1])
    free = np.where(fits, np.maximum(lowest - y, y - highest) / (high - low), -1.0)
    clear = free > _TALL
    chosen = np.where(clear.any(axis=1), clear.argmax(axis=1), free.argmax(axis=1))
    rows = np.arange(len(chosen))
    fits &= clear | (not clearly)
    at, height = (np.where(fits, place, np.nan)[rows, chosen][:, None] for place in (x, y))
    return at, height


def _crossed(
    line: Callable[..., Array],
    starts: Array,
    wide: float,
    settings: dict[str, Any],
    tangent: tuple[Array, Array, Array] | None = None,
) -> tuple[Array, Array]:
    """Between which heights the line, and the tangent at a point of a slope, pass a label at each of its starts."""
    across = starts[..., None] + np.linspace(0, wide, 27 if wide > _ONE else 19)
    y = line(across, **{name: np.reshape(value, (-1, 1, 1)) for name, value in settings.items()})
    if tangent is None:
        return y.min(axis=2), y.max(axis=2)
    x0, level, steep = (part[..., None] for part in tangent)
    near = np.abs(across - x0) < _NEAR / np.hypot(1, steep)
    beside = np.where(near, level + steep * (across - x0), y)
    return np.minimum(y, beside).min(axis=2), np.maximum(y, beside).max(axis=2)


def _words(activation: Activation, frames: dict[str, Array], settings: Mapping[str, Any]) -> dict[str, Array]:
    """Where "saturated" is written in a tail, left out where its slope stays small for ever or it is too narrow.

    In the panel of f it stands at the foot, or above the curve where that is at the foot.
    """
    placed = {}
    for side, tail, inward, end in (
        ("left", Trait.SATURATES_LEFT, 0.12, 0),
        ("right", Trait.SATURATES_RIGHT, -0.12, -1),
    ):
        corners, level = np.broadcast_arrays(frames[f"slope_{side}.x"], frames["value.y"][:, end, None])
        wide = np.abs(corners[:, 1] - corners[:, 0]) > _ROOM_FOR_A_WORD  # nor where there is none
        said = wide & (tail in activation.claims and activation.claims[tail](**settings))
        (low, high), (least, most) = curve.axis(activation, 0), curve.axis(activation, 1)
        foot, clear = low + 0.1 * (high - low), 0.1 * (high - low)
        above = np.where(np.abs(level[:, 0] - foot) > clear, foot, level[:, 0] + clear)
        for kind, y in (("value", above), ("slope", least + 0.9 * (most - least))):
            placed[f"word_{kind}_{side}.x"] = np.where(said, corners[:, 0] + inward, np.nan)[:, None]
            placed[f"word_{kind}_{side}.y"] = np.where(said, y, np.nan)[:, None]
    return placed


_PROBED = {"tangent", "run", "rise", "stem", "one", "rise_label", "stem_label", "one_label"}
_PROBED |= {f"{part}_{kind}" for part in ("probe", "hair") for kind in KINDS}
