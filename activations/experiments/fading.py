"""The gradient on its way back through a stack, drawn for several functions at once, and the search for a target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from activations.experiments.chain import BIAS, DEPTH, INPUT, WEIGHT, Chain, run
from activations.experiments.sweep import Picture, Sweep
from activations.spec import Activation, Array

FLOOR, CEILING = -50.0, 20.0  # decades on the gradient's axis
SHELF = FLOOR + 2.0  # where exact zeros are drawn
_MOST = int(DEPTH.high)
LABEL = 4.0  # decades that a label is high
CLIP = (-9.0, 9.0)  # activations beyond leave the picture anyway


@dataclass(frozen=True)
class Setting:
    """Where the four sliders stand, and the learning rate that turns a gradient into an update."""

    depth: int = int(DEPTH.default)
    w: float = WEIGHT.default
    b: float = BIAS.default
    input: float = INPUT.default
    rate: float = 0.5


def still(acts: Sequence[Activation], at: Setting) -> Picture:
    """Everything drawn and read for one setting."""
    rows = _best(np.array([at.w]), at.depth)
    for act in acts:
        rows |= _lines(act.slug, run(act, at.depth, [at.w], at.b, at.input), at.rate)
    return {name: row[0] for name, row in _spread(rows).items()}


def along_depth(acts: Sequence[Activation], at: Setting) -> Sweep:
    """The picture at every depth, all of them cut from one run through the deepest stack."""
    depths = DEPTH.grid
    frames = {"best.x": np.stack([np.zeros_like(depths), depths], axis=1)}
    frames["best.y"] = _bound(np.full(len(depths), at.w)) * frames["best.x"]
    for act in acts:
        deepest = run(act, _MOST, at.w, at.b, at.input)
        with np.errstate(divide="ignore"):
            frames |= _cut(act.slug, deepest, np.log10(np.abs(deepest.factor)), at)
    return {name: (depths, rows) for name, rows in _spread(frames).items()}


def along_others(acts: Sequence[Activation], at: Setting) -> dict[str, Sweep]:
    """One sweep for the weight, one for the bias, one for the input, computed in a single pass through the stack."""
    grids = {param.name: param.grid for param in (WEIGHT, BIAS, INPUT)}
    columns = np.array([[at.w], [at.b], [at.input]]).repeat(sum(map(len, grids.values())), axis=1)
    starts = np.cumsum([0, *map(len, grids.values())])
    for row, grid in enumerate(grids.values()):
        columns[row, starts[row] : starts[row + 1]] = grid
    frames = _best(columns[0], at.depth)
    for act in acts:
        frames |= _lines(act.slug, run(act, at.depth, *columns), at.rate)
    frames = _spread(frames)
    # Numbers at every position of a slider; lines at fewer, which the eye cannot tell and the network can.
    spacing = max(2, -(-len(acts) * at.depth // 40))
    return {
        name: _spaced(
            grid, {k: v[start : start + len(grid)] for k, v in frames.items()}, spacing * (1 + (name == INPUT.name))
        )
        for (name, grid), start in zip(grids.items(), starts, strict=False)
    }


def _spread(frames: Picture) -> Picture:
    """The same, with labels that would overlap moved down one below the other."""
    names = [name for name in frames if name.endswith("_end.y")]
    heights = np.hstack([frames[name] for name in names])
    order = np.argsort(-heights, axis=1, kind="stable")
    sorted_ = np.take_along_axis(heights, order, axis=1)
    for k in range(1, len(names)):
        sorted_[:, k] = np.minimum(sorted_[:, k], sorted_[:, k - 1] - LABEL)
    np.put_along_axis(heights, order, sorted_, axis=1)
    return {**frames, **{name: heights[:, k : k + 1] for k, name in enumerate(names)}}


def _spaced(at: Array, frames: Picture, spacing: int) -> Sweep:
    drawn = np.unique([*range(0, len(at), spacing), len(at) - 1])
    return {k: (at, v) if k.startswith("reading.") else (at[drawn], v[drawn]) for k, v in frames.items()}


def _bound(weight: Array) -> Array:
    # A sigmoid layer multiplies by |w| / 4 at the very most.
    return np.log10(np.maximum(np.abs(weight), 1e-9) / 4)[:, None]


def _best(weight: Array, depth: int) -> Picture:
    x = np.tile([0.0, float(depth)], (len(weight), 1))
    return {"best.x": x, "best.y": _bound(weight) * x}


def _lines(slug: str, chain: Chain, rate: float) -> Picture:
    """Rows over the chain's grid."""
    with np.errstate(divide="ignore"):
        update = np.log10(np.abs(rate * chain.first_weight_gradient))
    depth = np.full(len(update), len(chain.factor))
    return _drawn(slug, chain.log_back.T, chain.activation.T, depth, update)


def _cut(slug: str, deepest: Chain, log_factor: Array, at: Setting) -> Picture:
    """Rows over the depths 1 .. deepest: the backward sum of a shorter stack is a difference of the longest one's."""
    alive = np.isfinite(log_factor)
    total = np.concatenate([[0.0], np.cumsum(np.where(alive, log_factor, 0.0))])
    zeros = np.concatenate([[0], np.cumsum(~alive)])
    depths, back = np.arange(1, _MOST + 1)[:, None], np.arange(_MOST + 1)[None, :]
    start = np.maximum(depths - back, 0)
    log_back = np.where(zeros[depths] > zeros[start], -math.inf, total[depths] - total[start])
    log_back = np.where(back <= depths, log_back, math.nan)
    forward = np.where(back <= depths, deepest.activation[None, :], math.nan)
    later = np.where(zeros[1:] > zeros[1], -math.inf, total[1:] - total[1])
    with np.errstate(divide="ignore"):
        first = np.log10(np.abs(at.rate * deepest.activation[0] * deepest.slope[0]))
    return _drawn(slug, log_back, forward, depths[:, 0], first + later)


def _drawn(slug: str, back: Array, forward: Array, depth: NDArray[np.int_], update: Array) -> Picture:
    """Gradient, its exact zeros, the label at the line's end, activations, numbers; one row a setting."""
    last = back[np.arange(len(back)), depth]
    dead = back == -math.inf
    first_dead = np.where(dead.any(axis=1), dead.argmax(axis=1), math.nan)
    line = np.where(dead, math.nan, back)
    return {
        f"{slug}.y": line,
        f"{slug}_dead.x": np.stack([first_dead, np.where(np.isnan(first_dead), math.nan, depth)], axis=1),
        f"{slug}_end.x": depth[:, None].astype(np.float64),
        f"{slug}_end.y": np.clip(last, SHELF, CEILING - 2)[:, None],
        f"{slug}_forward.y": np.clip(forward, *CLIP),
        f"reading.{slug}": last[:, None],
        f"reading.{slug}_update": update[:, None],
    }


def depth_reaching(act: Activation, log_target: float, at: Setting) -> int | None:
    """The smallest depth up to the slider's end at which |da_L/dx0| is at or below 10**log_target; None if none is."""
    # The gradient of a shorter stack is a prefix of the longer one's product.
    with np.errstate(divide="ignore"):
        factors = np.log10(np.abs(run(act, _MOST, at.w, at.b, at.input).factor))
    below = np.flatnonzero(np.cumsum(factors) <= log_target)
    return int(below[0]) + 1 if len(below) else None


def input_reaching(act: Activation, log_target: float, at: Setting) -> float | None:
    """The x0 nearest to 0 within the slider's range at which |da_L/dx0| is 10**log_target; None if there is none."""

    def excess(x0: Array | float) -> Array:
        return np.asarray(run(act, at.depth, at.w, at.b, x0).log_back[-1] - log_target)

    grid = INPUT.grid
    height = excess(grid)
    finite = np.isfinite(height[:-1]) & np.isfinite(height[1:])
    crossing = np.flatnonzero(finite & (np.sign(height[:-1]) * np.sign(height[1:]) < 0))
    roots = [float(x) for x in grid[height == 0]]
    roots += [brentq(lambda t: float(excess(t)), grid[k], grid[k + 1]) for k in crossing]
    # A jump over the target changes the sign as well, without ever taking the value.
    reached = [x0 for x0 in roots if abs(float(excess(x0))) < 1e-6]
    return min(reached, key=abs) if reached else None
