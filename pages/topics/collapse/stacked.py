"""The stack as it is drawn and printed: its grid over that of the one matrix, and how far the two are apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations import Activation
from activations.experiments import composed
from activations.spec import Array
from pages.shared import live, words
from pages.shared.prediction import GUESS
from pages.topics.collapse.choices import FIRST, Stack

REACH = 2.2  # half the width of the plane that is seen
UNIT = 2 * REACH / 400  # half of it is the error of a dragged place: no more than a pixel
NOUGHT = -18.0  # where the difference 0 stands on the axis of powers
GUESSES = {f"{GUESS}1": "bent", f"{GUESS}3": "tapered"}  # what the wrong answers to the question look like
_STRAIGHT = 1e-12  # difference below which all of it is rounding
_ENTRIES = {"m11": (0, 0), "m12": (0, 1), "m21": (1, 0), "m22": (1, 1)}


def still(stand: Stack) -> dict[str, Array]:
    """Every array of the picture where the sliders stand."""
    return {name: rows[0] for name, rows in _drawn(_Found.at([stand])).items()}


def printed(stand: Stack) -> dict[str, str]:
    """Every text where the sliders stand."""
    return {name: lines[0] for name, lines in _said(_Found.at([stand]), words.language()).items()}


@lru_cache(maxsize=256)
def along(stand: Stack, language: str) -> dict[str, live.Pack]:
    """What each slider moves, by its name."""
    places = [(param.name, float(x)) for param in composed.PARAMS for x in param.grid]
    found = _Found.at([stand.moved(name, x) for name, x in places])
    frames, said = _drawn(found), _said(found, language)
    fine = {name: UNIT for name in frames if name.split(".")[0] not in ("error", "here")}
    packs, end = {}, 0
    for param in composed.PARAMS:
        mine = slice(end, end := end + len(param.grid))
        rows = {name: every[mine] for name, every in frames.items()}
        packs[param.name] = live.pack(rows, {name: lines[mine] for name, lines in said.items()}, fine)
    return packs


@dataclass(frozen=True)
class _Found:
    """A stack at several settings, each at its depth: arrays (settings, …); ``largest`` is that of every depth."""

    activation: Activation
    depth: NDArray[np.int_]
    output: Array
    matrix: Array
    shift: Array
    typical: Array
    largest: Array

    @classmethod
    def at(cls, stands: Sequence[Stack]) -> _Found:
        activation, depth = stands[0].activation, np.array([stand.depth for stand in stands])
        w, v = (np.array([getattr(stand, name) for stand in stands]) for name in ("w", "v"))
        whole = composed.composed(activation, w, v, composed.grid().reshape(2, -1))
        every = np.arange(len(stands))
        output, matrix, shift = (
            np.moveaxis(rows, axis, 0)[every, depth]
            for rows, axis in ((whole.output, 2), (whole.matrix, 3), (whole.shift, 2))
        )
        return cls(activation, depth, output, matrix, shift, whole.typical.T[every, depth], whole.largest.T)

    @property
    def off(self) -> Array:
        """The largest difference at the depth of each setting."""
        return self.largest[np.arange(len(self.depth)), self.depth]


def _drawn(found: _Found) -> dict[str, Array]:
    given, settings = composed.grid(), len(found.depth)
    grid = found.output.reshape(settings, *given.shape)
    ends = given[..., [0, -1]]
    one = composed.applied(np.moveaxis(found.matrix, 0, -1), ends.reshape(2, 1, -1)) + found.shift.T[..., None]
    frames = _lines("single", np.moveaxis(one, 1, 0).reshape(settings, *ends.shape))
    middle, half = given.shape[1] // 4, given.shape[2] // 2
    # Straight lines need no more than their ends.
    points = slice(None, None, given.shape[2] - 1) if found.activation.slug == FIRST else slice(None)
    frames |= _lines("grid", grid[..., points])
    for name, line in (("first", middle + given.shape[1] // 2), ("second", middle)):
        arrow = grid[:, :, line, half:]
        arrow = arrow[..., [0, -1]] if found.activation.slug == FIRST else arrow
        frames |= {f"{name}.x": arrow[:, 0], f"{name}.y": arrow[:, 1]}
        frames |= {f"{name}_tag.x": arrow[:, 0, -1:], f"{name}_tag.y": arrow[:, 1, -1:]}
    frames |= _distance(found)
    # Beside a grid that does bend, what was expected of one that does not would mislead.
    for name, answer in GUESSES.items() if found.activation.slug == FIRST else ():
        frames |= _imagined(found, name, answer)
    return frames


def _imagined(found: _Found, name: str, answer: str) -> dict[str, Array]:
    """What a reader may have expected: every third line of the grid, under the matrices as they are."""
    given = composed.grid()[:, ::3]
    seen = composed.imagined(answer, found.depth, given.reshape(2, -1))
    moved = composed.applied(np.moveaxis(found.matrix, 0, -1), seen)
    lines = np.moveaxis(moved, 1, 0).reshape(len(found.depth), *given.shape)
    corner = lines[:, :, len(given[0]) // 2, -1:]  # the upper end of the rightmost upright line
    return _lines(name, lines) | {f"{name}_word.x": corner[:, 0], f"{name}_word.y": corner[:, 1]}


def _distance(found: _Found) -> dict[str, Array]:
    """The largest difference at every depth in powers of ten, and the depth where the slider stands."""
    with np.errstate(divide="ignore"):
        powers = np.maximum(np.log10(found.largest), NOUGHT)
    here = found.depth[:, None]
    return {"error.y": powers, "here.x": here.astype(np.float64), "here.y": np.take_along_axis(powers, here, axis=1)}


def _lines(name: str, lines: Array) -> dict[str, Array]:
    """Lines (settings, 2, lines, points) end to end, with a gap after each."""
    gap = np.full((*lines.shape[:-1], 1), np.nan)
    x, y = np.moveaxis(np.concatenate([lines, gap], axis=-1), 1, 0)
    return {f"{name}.x": x.reshape(len(x), -1), f"{name}.y": y.reshape(len(y), -1)}


def _said(found: _Found, language: str) -> dict[str, list[str]]:
    texts = {name: words.numbers(found.matrix[:, row, column], 3) for name, (row, column) in _ENTRIES.items()}
    texts |= {f"shift{row + 1}": words.numbers(found.shift[:, row], 3) for row in (0, 1)}
    for name, sizes in (("off", found.off), ("typical", found.typical)):
        texts[name] = [words.number(math.log10(size) if size else -math.inf, "power") for size in sizes]
    texts["depth"] = [words.number(depth, "count") for depth in found.depth]
    text = words.page("topics/collapse", language)
    states = np.select([found.depth < 2, found.off < _STRAIGHT], ["alone", "straight"], "bent")
    return texts | {"note": [text[f"note-{state}"] for state in states]}
