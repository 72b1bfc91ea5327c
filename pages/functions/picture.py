"""A function as this page draws it: curves, probe, and the words and helper lines that stand on the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from activations import Activation, Trait
from activations.experiments import curve
from activations.spec import Array
from pages.parts import live, words

KINDS = ("value", "slope", "bend")
_CLEARANCE = 0.06  # share of the panel's height between the triangle and the middle of its label
_LABEL, _TALL = 2.7, 0.05  # its width on a phone, in units of x, and half its height there, as such a share
_ASIDE = 0.2  # from the probe to a label on its other side, in units of x
_NEAR = 1.6  # how far from the probe its tangent counts: a little more than it is drawn
_ROOM_FOR_A_WORD = 1.6  # least width of a shade that is labelled, in units of x


def still(act: Activation, x0: float, **settings: float) -> dict[str, Array]:
    """Every array of the picture at one setting."""
    rows = {name: array[None] for name, array in curve.still(act, x0, **settings).items()}
    hairs = _hairs(act, rows, act.slope(x0, **settings), settings)
    return {name: array[0] for name, array in {**rows, **hairs, **_words(act, rows, settings)}.items()}


def along_probe(act: Activation, orders: int, **settings: float) -> live.Pack:
    """The picture of ``orders`` panels, and what is printed about the probe, at every position of the probe."""
    return _probe(act, orders, tuple(sorted(settings.items())), words.language())


@lru_cache(maxsize=512)
def _probe(act: Activation, orders: int, stand: tuple[tuple[str, float], ...], _: str) -> live.Pack:
    # The last argument keeps the languages apart, here and below.
    settings = dict(stand)
    grid = curve.PROBE.grid
    frames = curve.along(act, curve.PROBE.name, curve.PROBE.default, **settings)
    value, slope = act(grid, **settings), act.slope(grid, **settings)
    return live.pack(_shown({**frames, **_hairs(act, frames, slope, settings)}, orders), readings(grid, value, slope))


def handle(orders: int) -> live.Handle:
    """What drags the probe: its dots and hairlines."""
    return live.Handle([f"{part}_{kind}" for part in ("probe", "hair") for kind in KINDS[:orders]], curve.PROBE.name)


def along_param(act: Activation, orders: int, name: str, x0: float, **settings: float) -> tuple[live.Pack, live.Pack]:
    """The same at every position of the slider ``name``: the curves, which do not depend on the probe, and the rest."""
    others = tuple(sorted((k, v) for k, v in settings.items() if k != name))
    return _curves(act, orders, name, others), _beside(act, orders, name, x0, others, words.language())


@lru_cache(maxsize=512)
def _beside(
    act: Activation, orders: int, name: str, x0: float, others: tuple[tuple[str, float], ...], _: str
) -> live.Pack:
    frames = curve.along(act, name, x0, **dict(others))
    probed = {key: rows for key, rows in frames.items() if key.split(".")[0] in _PROBED}
    at = _settings(act, name, others)
    slope = act.slope(x0, **at)
    rests = curve.still(act, x0, **dict(others))
    probed |= _label(act, rests["rise.x"][None], probed.get("rise.y", rests["rise.y"][None]), slope, at)
    said = readings(np.full(len(slope), x0), act(x0, **at), slope)
    return live.pack(_shown(probed, orders), said)


@lru_cache(maxsize=512)
def _curves(act: Activation, orders: int, name: str, others: tuple[tuple[str, float], ...]) -> live.Pack:
    frames = curve.along(act, name, 0.0, **dict(others))
    kept = {key: rows for key, rows in frames.items() if key.split(".")[0] not in _PROBED}
    return live.pack(_shown({**kept, **_words(act, kept, _settings(act, name, others))}, orders), {})


def _settings(act: Activation, name: str, others: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    """All positions of the slider ``name``, and where the others stand."""
    return {**dict(others), name: next(param for param in act.params if param.name == name).grid}


def _shown(frames: dict[str, Array], orders: int) -> dict[str, Array]:
    hidden = KINDS[orders:]
    return {name: rows for name, rows in frames.items() if not any(kind in name for kind in hidden)}


def readings(x0: Iterable[float], value: Iterable[float], slope: Iterable[float]) -> dict[str, list[str]]:
    """What is printed about the probe, one text a position."""
    per_one = f"\u00a0{words.ui('on.slope_per_one')}"
    return {
        "x0": words.numbers(x0, 2),
        "value": words.exact(value, 4),
        "slope": words.exact(slope, 4),
        "rise_label.text": [per_one.replace("{slope}", rise) for rise in words.numbers(slope, 2)],
    }


def _hairs(act: Activation, frames: dict[str, Array], slope: Array, settings: dict[str, Any]) -> dict[str, Array]:
    """A hairline through each panel at the probe, and the place of the triangle's label."""
    x = frames["probe_value.x"]
    run, rise = frames["rise.x"], frames["rise.y"]
    tall = {kind: np.tile(curve.axis(act, order), (len(x), 1)) for order, kind in enumerate(KINDS)}
    return {
        **{f"hair_{kind}.x": np.hstack([x, x]) for kind in KINDS},
        **{f"hair_{kind}.y": ends for kind, ends in tall.items()},
        **_label(act, run, rise, slope, settings),
    }


def _label(act: Activation, run: Array, rise: Array, slope: Array, settings: dict[str, Any]) -> dict[str, Array]:
    """Where the triangle's label begins: the first place that curve and tangent leave free, else the freest.

    The places: outside the right angle, inside it, both twice as far, and the same four on the probe's other side.
    """
    low, high = curve.axis(act, 0)
    x0, corner, level, steep = run[:, :1], run[:, 1:2], rise[:, :1], np.reshape(slope, (-1, 1))
    back = corner < x0
    sides = np.hstack([np.where(back, corner - _LABEL, corner), np.where(back, x0 + _ASIDE, x0 - _ASIDE - _LABEL)])
    lowest, highest = _crossed(act, sides, x0, level, steep, settings)
    away = np.where((steep >= 0) ^ back, -_CLEARANCE, _CLEARANCE) * (high - low)
    x, y = np.repeat(sides, 4, axis=1), level + away * np.array([1, -1, 2, -2] * 2)
    fits = (low < y) & (y < high) & (act.window[0] <= x) & (x + _LABEL <= act.window[1])
    free = np.where(fits, np.maximum(lowest - y, y - highest) / (high - low), -1.0)
    clear = free > _TALL
    chosen = np.where(clear.any(axis=1), clear.argmax(axis=1), free.argmax(axis=1))
    rows = np.arange(len(chosen))
    return {
        f"rise_label.{axis}": np.broadcast_to(at, free.shape)[rows, chosen][:, None]
        for axis, at in zip("xy", (x, y), strict=True)
    }


def _crossed(
    act: Activation, starts: Array, x0: Array, level: Array, steep: Array, settings: dict[str, Any]
) -> tuple[Array, Array]:
    """Between which heights curve and tangent pass a label of each start, four times over, once for each height."""
    across = starts[..., None] + np.linspace(0, _LABEL, 27)
    line = act(across, **{name: np.reshape(value, (-1, 1, 1)) for name, value in settings.items()})
    step = across - x0[..., None]
    near = np.abs(step) < _NEAR / np.hypot(1, steep[..., None])
    tangent = np.where(near, level[..., None] + steep[..., None] * step, line)
    ends = (np.minimum(line, tangent).min(axis=2), np.maximum(line, tangent).max(axis=2))
    lowest, highest = (np.repeat(end, 4, axis=1) for end in ends)
    return lowest, highest


def _words(act: Activation, frames: dict[str, Array], settings: Mapping[str, Any]) -> dict[str, Array]:
    """Where "saturated" is written in a tail, left out where its slope stays small for ever or it is too narrow."""
    low, high = curve.axis(act, 1)
    placed = {}
    for side, tail, inward in (("left", Trait.SATURATES_LEFT, 0.12), ("right", Trait.SATURATES_RIGHT, -0.12)):
        corners = frames.get(f"slope_{side}.x")
        if corners is not None:
            wide = np.abs(corners[:, 1] - corners[:, 0]) > _ROOM_FOR_A_WORD
            said = wide & (tail in act.claims and act.claims[tail](**settings))
            placed[f"word_{side}.x"] = np.where(said, corners[:, 0] + inward, np.nan)[:, None]
            placed[f"word_{side}.y"] = np.where(said, low + 0.9 * (high - low), np.nan)[:, None]
    return placed


_PROBED = {"tangent", "rise", "one", "rise_label", *(f"{part}_{kind}" for part in ("probe", "hair") for kind in KINDS)}
