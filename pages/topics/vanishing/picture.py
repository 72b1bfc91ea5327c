"""The gradient of several functions as this page draws it: lines, drops to zero, names at the lines' ends, dots."""

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
from activations.experiments.fading import ACTIVATIONS, Fading, Setting
from activations.spec import Array
from pages.shared import figures, words
from pages.topics.vanishing.axes import GAP, LABEL, Axes, first_layer, reach

BOUNDED = "sigmoid"  # the function of whose lines the dotted one is the bound
LOWERED = "float32"  # the format whose name stands below its line
_CLEAR = 0.012  # share of the panel's height between a line and its name
# A label with a number is so many letters longer than the name, the margin beside the panel holds so many of them, and
# one takes this share of a panel's width.
_LONGER, _BESIDE, _LETTER = 7, 12.5, 0.027
# Steps that the heights of the two panels are cut into: 1 and 2 pixels on a wall of 1080 lines.
_FINE, _COARSE = (400, 160), (250, 90)
DOWN, UP = 1, 2  # ways out of the panel; 0: the path ends inside
_SHADES = 16  # steps of a dot's opacity, the last of them full
_FAINTEST, _SPAN = 2.0, 3.0  # that of a gradient at the foot of the panel; the decades that are told apart at least
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
        fine[f"{slug}_dots.opacity"] = 1 / _SHADES
    return fine


def is_lower(name: str) -> bool:
    """Whether an array belongs to what lies below the gradients."""
    return name.endswith(("_forward.y", "_dots.opacity"))


def only(here: int, rows: Array) -> Array:
    """The row at one position, gaps at all others."""
    return np.where(np.arange(len(rows))[:, None] == here, rows, math.nan)


@dataclass(frozen=True)
class Drawn:
    """Arrays of shape (settings, points) and texts, one a setting, by the names that the browser knows."""

    frames: dict[str, Array]
    said: dict[str, list[str]]


def drawn(
    activations: Mapping[Activation, str], fadings: Sequence[Fading], weight: Array, axes: Axes, of: str
) -> Drawn:
    """The picture at each setting; ``activations`` are functions with their names, ``weight`` the w of each setting.

    ``of`` is the kind of gradient, as ``Fading.at_layers`` has it.
    """
    frames = _floors(len(weight), axes)
    first, paths, ends = first_layer(of), [], []
    for place, (activation, fading) in enumerate(zip(activations, fadings, strict=True)):
        sizes = fading.at_layers(of)
        line = np.clip(sizes, *reach(axes.panel))
        line[sizes == -math.inf] = math.nan
        frames[f"{activation.slug}.y"] = line
        frames[f"{activation.slug}_dots.opacity"] = _opacity(sizes, axes)
        frames[f"{activation.slug}_forward.y"] = np.clip(fading.forward, *reach(axes.activations))
        frames |= _drop(activation.slug, line, sizes, first, axes.shelf(place))
        paths.append(np.where(sizes == -math.inf, axes.shelf(place), line))
        ends.append(sizes[:, first])
    if bounded(activations, of):
        frames |= _bound(weight, fadings[0].depth, axes)
    placed, said = _labels(activations, np.stack(ends, axis=1), paths, axes, first)
    return Drawn({**frames, **placed}, said)


def bounded(activations: Iterable[Activation], of: str) -> bool:
    """Whether the bound is drawn: it is one of a sigmoid's gradient with respect to activations."""
    return of == ACTIVATIONS and any(activation.slug == BOUNDED for activation in activations)


def _opacity(sizes: Array, axes: Axes) -> Array:
    """Of a layer's dot: full for a gradient of 1 and above, less with each decade; 0 for 0, NaN where no layer is."""
    span = max(_SPAN, -axes.decades[0])
    shade = np.clip(np.rint((_SHADES - _FAINTEST) * (1 + sizes / span)), 0, _SHADES - _FAINTEST) + _FAINTEST
    return np.where(sizes == -math.inf, 0.0, shade) / _SHADES


def _floors(count: int, axes: Axes) -> dict[str, Array]:
    """Where it is written above its line that a number format ends; float32 is too near to bfloat16 for that."""
    side = np.array([-1 if kind == LOWERED else 1 for kind in UNDERFLOW])
    heights = np.array(list(UNDERFLOW.values())) + side * _CLEAR * axes.height
    places = {"floor_words.x": np.zeros(len(UNDERFLOW)), "floor_words.y": heights}
    return {name: np.tile(row, (count, 1)) for name, row in places.items()}


def bound(where: Setting) -> tuple[float, float]:
    """Where the bound begins and ends, in decades; for w = 0, where it is 0 at once, only where it begins."""
    return 0.0, where.depth * math.log10(abs(where.w) / 4) if where.w else 0.0


def _drop(slug: str, line: Array, sizes: Array, first: int, shelf: float) -> dict[str, Array]:
    """From the last point of a line that dies down to the shelf, where a cross is drawn, and along it to the end."""
    zero = sizes[:, first:] == -math.inf
    all_zero, most = zero.all(axis=1), line.shape[1] - 1
    count = np.where(all_zero, zero.shape[1], zero.argmin(axis=1))
    last = np.where(all_zero, math.nan, line[np.arange(len(line)), np.minimum(first + count, most)])
    dies = count > 0
    alive = np.where(dies & ~np.isnan(last), first + count, math.nan)
    died, end, gone = (np.where(dies, part, math.nan) for part in (first + count - 1, first, shelf))
    return {
        f"{slug}_dead.x": np.stack([alive, died, end], axis=1),
        f"{slug}_dead.y": np.stack([np.where(dies, last, math.nan), gone, gone], axis=1),
    }


def _bound(weight: Array, depth: NDArray[np.int_], axes: Axes) -> dict[str, Array]:
    """The line log10 (|w|/4)^n from the output back, cut where it is far outside, and the place of its label."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.maximum(np.log10(np.abs(weight) / 4), _STEEP)
        out, far = (np.where(slope < 0, *ends) / slope for ends in (axes.panel, reach(axes.panel)))
    end = np.minimum(depth, np.where(slope == 0, math.inf, far))
    across = np.where(slope == 0, math.inf, out)
    hidden = np.maximum(depth - axes.layers, 0)  # layers of travel before the line comes into the panel
    word = hidden + _PLACE * np.maximum(np.minimum(depth, across) - hidden, 0)
    return {
        "best.x": np.stack([depth, depth - end], axis=1),
        "best.y": np.stack([np.zeros_like(end), slope * end], axis=1),
        "best_word.x": (depth - word)[:, None],
        # It is written over a falling line and under one that rises.
        "best_word.y": (slope * word - np.where(slope < 0, 0.0, LABEL * axes.height))[:, None],
    }


def _labels(
    activations: Mapping[Activation, str], ends: Array, paths: Sequence[Array], axes: Axes, first: int
) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """Where each line ends or leaves the picture, labels that would overlap moved apart, and what they say."""
    x, y, arrows = (np.stack(part, axis=1) for part in zip(*(_ends(path, axes, first) for path in paths), strict=True))
    y = figures.apart(y, ends, axes.panel, LABEL * axes.height)
    letters = np.array([len(name) + _LONGER for name in activations.values()])
    page = _LETTER * np.maximum(letters - _BESIDE, 0)
    x = np.where(arrows > 0, np.maximum(x, axes.layers * page), x) - GAP * axes.layers
    powers = np.where(np.isfinite(ends), np.floor(ends), math.inf)
    frames, said = {}, {}
    for place, (activation, name) in enumerate(activations.items()):
        frames[f"{activation.slug}_end.x"], frames[f"{activation.slug}_end.y"] = x[:, place, None], y[:, place, None]
        told = map(_named, repeat(name), arrows[:, place].tolist(), powers[:, place].tolist())
        said[f"{activation.slug}_end.text"] = list(told)
    return frames, said


@lru_cache(maxsize=4096)
def _named(name: str, way: int, power: float) -> str:
    if not way:
        return name
    size = "0" if math.isinf(power) else f"10{str(int(power)).translate(words.SUPERSCRIPT)}"
    return f"{name} {'↓' if way == DOWN else '↑'} {size}"


def _ends(path: Array, axes: Axes, first: int) -> tuple[Array, Array, NDArray[np.int_]]:
    """For each row the point at which the path ends or for the last time leaves the panel, and which way it leaves.

    A path goes from the output back, so it ends at the ``first`` layer.
    """
    (low, high), row = axes.panel, np.arange(len(path))
    path = np.concatenate([path[:, first:], np.full((len(path), 1), math.nan)], axis=1)
    end, start, stop = path[:, 0], path[:, 1:], path[:, :-1]
    leaves = ((stop < low) & (start >= low)) | ((stop > high) & (start <= high))
    out = (end < low) | (end > high)
    k = np.argmax(leaves, axis=1)
    edge = np.where(end < low, low, high)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (edge - start[row, k]) / (stop[row, k] - start[row, k])
    # What never was in the panel is named where the axis ends.
    across = np.where(leaves.any(axis=1), first + k + 1 - share, axes.layers)
    x = np.where(out, np.minimum(across, axes.layers), first)
    return x, np.where(out, edge, end), np.where(out, np.where(end < low, DOWN, UP), 0)
