"""A neuron with each of three functions as this page draws it: its plane of inputs, its curve, its loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from activations import CATALOGUE
from activations.experiments import neuron
from activations.spec import Array

FUNCTIONS = ("binary_step", "sigmoid", "relu")
SHOWN = (-0.4, 1.4)  # of either input
WINDOW = (-4.0, 4.0)  # of z; a dot beyond it stands at its end
HEIGHTS = {"binary_step": (-0.12, 1.15), "sigmoid": (-0.12, 1.15), "relu": (-0.5, 4.3)}
# Outputs from which on a plane is tinted more deeply, and the z at which each function gives them.
_SHADES = (0.1, 0.25, 0.5, 0.75, 0.9)
_BEYOND = (1.5, 2.5, 4.0)
LEVELS: Mapping[str, Mapping[float, float]] = {
    "binary_step": {1.0: 0.0},
    "sigmoid": {output: float(np.log(output / (1 - output))) for output in _SHADES},
    "relu": {output: output for output in (*_SHADES, *_BEYOND)},
}
_FINE = (SHOWN[1] - SHOWN[0]) / 320  # half a pixel on the largest screen
_CLEAR = 0.07  # from an input to its output's number
_CURVE = 81
_JUMP = np.array([WINDOW[0], np.nextafter(0, -1), np.nan, 0.0, WINDOW[1]])  # z along a curve that is torn at 0
_APART = 0.16  # share of the losses' panel between two names


def planes(weights: Mapping[str, Array]) -> dict[str, Array]:
    """Each function's tints and lines for weights of shape (settings, 3), as arrays of shape (settings, points)."""
    drawn: dict[str, Array] = {}
    for slug, rows in weights.items():
        levels = [*LEVELS[slug].values(), 0.0, neuron.YES]
        *tints, line, half = zip(*neuron.side(rows, levels), strict=True)
        for place, tint in enumerate(tints):
            drawn |= _named(f"tint_{slug}_{place}", *tint)
        drawn |= _named(f"line_{slug}", *_edge(*line))
        if slug == "relu":
            drawn |= _named("half_relu", *_edge(*half))
    return drawn


def line(name: str, weights: Sequence[float]) -> dict[str, Array]:
    """The line z = 0 of one neuron across the plane."""
    x, y = neuron.side(np.array([weights]), [0.0])
    return {name: rows[0] for name, rows in _named(name, *_edge(x[0], y[0])).items()}


def dots(weights: Array) -> dict[str, Array]:
    """Each function's output at the four inputs, on its curve."""
    z = np.clip(neuron.pre_activation(weights), *WINDOW)
    return {f"dots_{slug}.{axis}": rows for slug in FUNCTIONS for axis, rows in (("x", z), ("y", CATALOGUE[slug](z)))}


def still() -> dict[str, Array]:
    """What never moves: the four inputs, the places of their outputs' names, the curves."""
    inputs = neuron.INPUTS
    drawn: dict[str, Array] = {}
    for slug in FUNCTIONS:
        z = _JUMP if slug == "binary_step" else np.linspace(*WINDOW, _CURVE)
        drawn |= {f"inputs_{slug}.x": inputs[:, 0], f"inputs_{slug}.y": inputs[:, 1]}
        drawn |= {f"curve_{slug}.x": z, f"curve_{slug}.y": CATALOGUE[slug](z)}
        for place, (x1, x2) in enumerate(inputs):
            off = _CLEAR if x2 else -_CLEAR
            drawn |= {f"out_{slug}_{place}.x": np.array([x1]), f"out_{slug}_{place}.y": np.array([x2 + off])}
    return drawn


def losses(runs: Mapping[str, neuron.Run]) -> dict[str, Array]:
    """Each function's loss so far and its dot at every moment, of shape (moments, points)."""
    moments = neuron.MOMENT.grid
    drawn: dict[str, Array] = {}
    for slug, run in runs.items():
        each = np.tile(run.loss, (len(moments), 1))
        drawn[f"loss_{slug}.y"] = np.where(moments <= moments[:, None], each, np.nan)
        drawn |= {f"now_{slug}.x": moments[:, None], f"now_{slug}.y": run.loss[:, None]}
    return drawn


def names(runs: Mapping[str, neuron.Run]) -> tuple[dict[str, Array], float]:
    """The whole of each loss, the place of its name after its end, kept apart; and the height of the panel."""
    height = 1.08 * max(float(run.loss.max()) for run in runs.values())
    drawn: dict[str, Array] = {}
    ends = {slug: float(run.loss[-1]) for slug, run in runs.items()}
    for slug, place in _apart(ends, _APART * height, height).items():
        whole = {f"whole_{slug}.x": neuron.MOMENT.grid, f"whole_{slug}.y": runs[slug].loss}
        called = {f"name_{slug}.x": neuron.MOMENT.grid[-1:], f"name_{slug}.y": np.array([place])}
        drawn |= {f"loss_{slug}.x": neuron.MOMENT.grid, **whole, **called}
    return drawn, height


def _apart(ends: Mapping[str, float], step: float, top: float) -> dict[str, float]:
    """The heights, moved so that no two are nearer than ``step`` and none is above ``top``."""
    order = sorted(ends, key=ends.__getitem__)
    places, least = dict(ends), -step
    for slug in order:
        places[slug] = least = max(places[slug], least + step)
    most = top
    for slug in reversed(order):
        places[slug] = min(places[slug], most)
        most = places[slug] - step
    return places


def units(frames: Mapping[str, Array]) -> dict[str, float]:
    """How finely the places of a drag are told."""
    fine = {name: _FINE for name in frames if name.startswith(("tint_", "line_", "half_"))}
    for slug, (low, high) in HEIGHTS.items():
        fine |= {f"dots_{slug}.x": (WINDOW[1] - WINDOW[0]) / 400, f"dots_{slug}.y": (high - low) / 400}
    return fine


def _edge(x: Array, y: Array) -> tuple[Array, Array]:
    return x[:, :2], y[:, :2]


def _named(name: str, x: Array, y: Array) -> dict[str, Array]:
    return {f"{name}.x": x, f"{name}.y": y}
