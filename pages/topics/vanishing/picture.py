"""The gradient of several functions as this page draws it: lines, drops to zero, labels at the lines' ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from activations import Activation
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import Fading, Setting
from activations.spec import Array
from pages.parts import figures, words
from pages.topics.vanishing.axes import GAP, LABEL, Axes, reach

BOUNDED = "sigmoid"  # the function of whose lines the dotted one is the bound
RAISED = "bfloat16"  # the format whose name stands above its line
_CLEAR = 0.012  # share of the panel's height between a line and its name
# A label with a number is so many letters longer than the name, the margin beside the panel holds so many of them, and
# one takes this share of a panel's width.
_LONGER, _BESIDE, _LETTER = 7, 12.5, 0.027
# Steps that the heights of the two panels are cut into: 1 and 2 pixels on a wall of 1080 lines.
_FINE, _COARSE = (400, 160), (250, 90)
RIGHT, DOWN, UP = 1, 2, 3  # ways out of the panel; 0: the path ends inside
_STEEP = -1e6  # decades a layer, for w = 0
_PLACE = 0.35  # share of the panel after which the bound is labelled


def units(slugs: Iterable[str], axes: Axes, coarse: bool) -> dict[str, float]:
    """How finely the places of a drag are told, half a unit being the error: no more than a pixel on any screen."""
    upper, lower = _COARSE if coarse else _FINE
    fine: dict[str, float] = {}
    for slug in slugs:
        fine |= dict.fromkeys((f"{slug}.y", f"{slug}_dead.y", f"{slug}_end.y"), axes.height / upper)
        fine |= dict.fromkeys((f"{slug}_dead.x", f"{slug}_end.x"), axes.layers / upper / 2)
        fine[f"{slug}_forward.y"] = (axes.activations[1] - axes.activations[0]) / lower
    return fine


def is_lower(name: str) -> bool:
    """Whether an array belongs to the lower panel."""
    return name.endswith("_forward.y")


def only(here: int, rows: Array) -> Array:
    """The row at one position, gaps at all others."""
    return np.where(np.arange(len(rows))[:, None] == here, rows, math.nan)


@dataclass(frozen=True)
class Drawn:
    """Arrays of shape (settings, points) and texts, one a setting, by the names that the browser knows."""

    frames: dict[str, Array]
    said: dict[str, list[str]]


def drawn(acts: Mapping[Activation, str], fadings: Sequence[Fading], weight: Array, axes: Axes) -> Drawn:
    """The picture at each setting; ``acts`` are the functions with their names, ``weight`` the w of each setting."""
    frames = _floors(len(weight), axes)
    paths = []
    for place, (act, fading) in enumerate(zip(acts, fadings, strict=True)):
        line = np.clip(fading.back, *reach(axes.panel))
        line[fading.back == -math.inf] = math.nan
        frames[f"{act.slug}.y"] = line
        frames[f"{act.slug}_forward.y"] = np.clip(fading.forward, *reach(axes.activations))
        frames |= _drop(act.slug, line, fading, axes.shelf(place))
        paths.append(np.where(fading.back == -math.inf, axes.shelf(place), line))
    if BOUNDED in [act.slug for act in acts]:
        frames |= _bound(weight, fadings[0].depth, axes)
    placed, said = _labels(acts, fadings, paths, axes)
    return Drawn({**frames, **placed}, said)


def _floors(count: int, axes: Axes) -> dict[str, Array]:
    """Where it is written under its line that a number format ends; bfloat16 is too near to float32 for that."""
    side = np.array([1 if kind == RAISED else -1 for kind in UNDERFLOW])
    heights = np.array(list(UNDERFLOW.values())) + side * _CLEAR * axes.height
    places = {"floor_words.x": np.full(len(UNDERFLOW), axes.layers), "floor_words.y": heights}
    return {name: np.tile(row, (count, 1)) for name, row in places.items()}


def bound(where: Setting) -> tuple[float, float]:
    """Where the bound begins and ends, in decades; for w = 0, where it is 0 at once, only where it begins."""
    return 0.0, where.depth * math.log10(abs(where.w) / 4) if where.w else 0.0


def _drop(slug: str, line: Array, fading: Fading, shelf: float) -> dict[str, Array]:
    """From the last point of a line that dies down to the shelf, where a cross is drawn, and along it."""
    died, row = fading.died, np.arange(len(line))
    alive = np.isnan(died)
    last = np.where(alive, math.nan, line[row, np.where(alive, 0, died - 1).astype(int)])
    gone, end = (np.where(alive, math.nan, part) for part in (shelf, fading.depth))
    return {
        f"{slug}_dead.x": np.stack([died - 1, died, end], axis=1),
        f"{slug}_dead.y": np.stack([last, gone, gone], axis=1),
    }


def _bound(weight: Array, depth: NDArray[np.int_], axes: Axes) -> dict[str, Array]:
    """The line log10 (|w|/4)^n up to the depth, cut where it is far outside, and the place of its label."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.maximum(np.log10(np.abs(weight) / 4), _STEEP)
        out, far = (np.where(slope < 0, *ends) / slope for ends in (axes.panel, reach(axes.panel)))
    end = np.minimum(depth, np.where(slope == 0, math.inf, far))
    across = np.where(slope == 0, math.inf, out)
    word = _PLACE * np.minimum(np.minimum(depth, axes.layers), across)
    zero = np.zeros_like(end)
    return {
        "best.x": np.stack([zero, end], axis=1),
        "best.y": np.stack([zero, slope * end], axis=1),
        "best_word.x": word[:, None],
        # It is written over a falling line and under one that rises.
        "best_word.y": (slope * word - np.where(slope < 0, 0.0, LABEL * axes.height))[:, None],
    }


def _labels(
    acts: Mapping[Activation, str], fadings: Sequence[Fading], paths: Sequence[Array], axes: Axes
) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """Where each line ends or leaves the picture, labels that would overlap moved apart, and what they say."""
    x, y, arrows = (np.stack(part, axis=1) for part in zip(*(_ends(path, axes) for path in paths), strict=True))
    ties = np.stack([fading.left for fading in fadings], axis=1)
    y = figures.apart(y, ties, axes.panel, LABEL * axes.height)
    leaving = arrows >= DOWN
    letters = np.array([len(name) + _LONGER for name in acts.values()])
    room = 1 - _LETTER * np.maximum(letters - _BESIDE, 0)
    x = np.where(leaving, np.minimum(x, axes.layers * room), x) + GAP * axes.layers
    frames, said = {}, {}
    for place, ((act, name), fading) in enumerate(zip(acts.items(), fadings, strict=True)):
        frames[f"{act.slug}_end.x"], frames[f"{act.slug}_end.y"] = x[:, place, None], y[:, place, None]
        powers = np.where(np.isfinite(fading.left), np.floor(fading.left), math.inf).tolist()
        said[f"{act.slug}_end.text"] = list(map(_named, repeat(name), arrows[:, place].tolist(), powers))
    return frames, said


@lru_cache(maxsize=4096)
def _named(name: str, way: int, power: float) -> str:
    if way in (0, RIGHT):
        return f"{name} →" if way else name
    size = "0" if math.isinf(power) else f"10{str(int(power)).translate(words.SUPERSCRIPT)}"
    return f"{name} {'↓' if way == DOWN else '↑'} {size}"


def _ends(path: Array, axes: Axes) -> tuple[Array, Array, NDArray[np.int_]]:
    """For each row the point at which the path ends or for the last time leaves the panel, and which way it leaves."""
    (low, high), layers = axes.panel, int(axes.layers)
    row, depth = np.arange(len(path)), (~np.isnan(path)).sum(axis=1) - 1
    last = np.minimum(depth, layers)
    end, right = path[row, last], depth > layers
    start, stop = path[:, :-1][:, :layers], path[:, 1:][:, :layers]
    with np.errstate(invalid="ignore"):
        leaves = ((stop < low) & (start >= low)) | ((stop > high) & (start <= high))
    out = (end < low) | (end > high)
    k = leaves.shape[1] - 1 - np.argmax(leaves[:, ::-1], axis=1)
    edge = np.where(stop[row, k] < low, low, high)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (edge - start[row, k]) / (stop[row, k] - start[row, k])
    arrow = np.where(out, np.where(edge == low, DOWN, UP), np.where(right, RIGHT, 0))
    return np.where(out, k + share, last), np.where(out, edge, end), arrow
