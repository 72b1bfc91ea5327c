"""Timings as this page draws them at every array size: a row of dots for each line, right of its floor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations.experiments import cost
from activations.experiments.cost import BACK, COPY, FORWARD, RELU, SIZE, WRITINGS, Timings
from activations.spec import Array
from pages.shared import live, words
from pages.shared.prediction import GUESS

FUNCTIONS, WRITING = "functions", "writing"
VIEWS = (FUNCTIONS, WRITING)
GUESSES = {"1": 26.0, "3": 100.0}  # times ReLU, by wrong answer
ASKED = "gelu"
ENDS = (-1.0, 2.6)  # decades of nanoseconds a value
RIGHT = 2.56  # where the ratios stand
_AWAY = -3.0  # left of the panel, where what was not measured waits
_APART = 0.6  # between two groups, in rows
_POSITIONS = len(SIZE.grid)
COMPARED = {"cube": "cube_product", "gelu_tanh": "gelu_tanh_product", "sigmoid": "sigmoid"}


@dataclass(frozen=True)
class Row:
    """A line of code, what it is called, whose cost it is compared with, and the function whose colour it has."""

    line: str
    name: str
    to: str
    slug: str


@dataclass(frozen=True)
class Seen:
    """What the page shows: one of ``VIEWS``, and what was measured here."""

    view: str
    here: Timings | None
    language: str


@lru_cache(maxsize=8)
def rows(view: str, _language: str) -> tuple[Row, ...]:
    """From the cheapest function to the dearest; or the ways of writing, group by group."""
    if view == FUNCTIONS:
        costs = {slug: cost.recorded().at(slug, SIZE.default) for slug in FORWARD}
        return tuple(
            Row(slug, words.page(f"functions/{slug}")["title"], RELU, slug)
            for slug in sorted(FORWARD, key=costs.__getitem__)
        )
    text = words.page("topics/cost")
    return tuple(
        Row(line, text[f"write-{line}"], COMPARED[group], "gelu" if group == "gelu_tanh" else group)
        for group, ways in WRITINGS.items()
        for line in ways
    )


def heights(view: str) -> Array:
    """Where the rows stand, downwards; the groups of the second view apart from each other."""
    if view == FUNCTIONS:
        return np.arange(len(FORWARD), dtype=np.float64)
    groups = np.repeat(np.arange(len(WRITINGS)), [len(ways) for ways in WRITINGS.values()])
    return np.arange(len(groups)) + _APART * groups


def place(size: float) -> int:
    """The position of the slider that stands at ``size``."""
    return int(np.argmin(np.abs(SIZE.grid - size)))


@lru_cache(maxsize=32)
def along(seen: Seen) -> live.Pack:
    """What moves and what is printed at every position of the slider."""
    moving = {name: array for name, array in frames(seen).items() if name.endswith(".x") and "_ratio" not in name}
    shown = {f"{line}_ratio.text": texts for line, texts in _ratios(seen.view, seen.language).items()}
    return live.pack(moving, {**printed(), **shown, "floor_word.text": floor(seen.language)})


def still(seen: Seen, place: int) -> dict[str, Array]:
    """The picture at one position."""
    return {name: array[place] for name, array in frames(seen).items()}


@lru_cache(maxsize=32)
def frames(seen: Seen) -> dict[str, Array]:
    """Every array by name, of shape (positions, points)."""
    lines = [row.line for row in rows(seen.view, seen.language)]
    found = far = _logs(lines)
    down = np.tile(heights(seen.view), (_POSITIONS, 1))
    drawn = {"forward.x": found, "forward.y": down, **_floors(down[0, -1])}
    if seen.view == FUNCTIONS:
        back = _logs([line + BACK for line in lines])
        drawn |= {"backward.x": back, "backward.y": down}
        far = np.maximum(found, back)
    drawn |= _stems(far, down)
    for k, line in enumerate(lines):
        drawn |= {f"{line}_ratio.x": np.full((_POSITIONS, 1), RIGHT), f"{line}_ratio.y": down[:, k : k + 1]}
    if seen.here:
        drawn |= {"here.x": _here(lines, seen.here), "here.y": down}
    if seen.view == FUNCTIONS:
        for answer, ratio in GUESSES.items():
            drawn |= _guess(f"{GUESS}{answer}", ratio, lines.index(ASKED))
    return drawn


@lru_cache(maxsize=1)
def printed() -> dict[str, list[str]]:
    """How many values, each line's nanoseconds a value and how many times ReLU's: a text a position, by mark."""
    told = {"n": [f"{round(10**size):,}".replace(",", "\u202f") for size in SIZE.grid]}
    kept = cost.recorded()
    for line, costs in kept.nanoseconds.items():
        told[f"ns_{mark(line)}"] = [digits(value) for value in costs]
        told[f"x_{mark(line)}"] = [times(value) for value in costs / kept.nanoseconds[RELU]]
    return told


def mark(line: str) -> str:
    """A line's name as sentences quote it."""
    return line.replace(".", "_")


def floor(_language: str) -> list[str]:
    """What is written on the floor."""
    text = words.page("topics/cost")["on-floor"]
    return [f"\u00a0{words.format(text, value=value)}" for value in printed()[f"ns_{COPY}"]]


def ratios(seen: Seen, place: int) -> list[str]:
    """The column at the right at one position, from top to bottom."""
    return [texts[place] for texts in _ratios(seen.view, seen.language).values()]


def digits(value: float) -> str:
    """Three digits of a cost."""
    return f"{value:.3g}" if value >= 100 else f"{value:#.3g}"


def times(ratio: float) -> str:
    """Two digits of a ratio, whole from 10 on."""
    return f"{ratio:.0f}" if ratio >= 9.95 else f"{ratio:.1f}" if ratio >= 0.095 else f"{ratio:.2f}"


@lru_cache(maxsize=8)
def _ratios(view: str, language: str) -> dict[str, list[str]]:
    kept = cost.recorded().nanoseconds
    return {row.line: [f"{times(r)} ×" for r in kept[row.line] / kept[row.to]] for row in rows(view, language)}


def _logs(lines: Sequence[str]) -> Array:
    kept = cost.recorded().nanoseconds
    return np.log10(np.stack([kept[line] for line in lines], axis=1))


def _floors(last: float) -> dict[str, Array]:
    """Where copying stands, down to below the ``last`` row."""
    found, ends = _logs([COPY]), np.tile([-0.7, last + 0.5], (_POSITIONS, 1))
    return {
        "floor.x": np.hstack([found, found]), "floor.y": ends, "floor_word.x": found, "floor_word.y": ends[:, :1],
    }  # fmt: skip


def _stems(far: Array, down: Array) -> dict[str, Array]:
    """From the floor to the last dot of each row."""
    start, gap = np.broadcast_to(_logs([COPY]), far.shape), np.full(far.shape, math.nan)
    ends = {"stems.x": (start, far, gap), "stems.y": (down, down, gap)}
    return {name: np.stack(parts, axis=2).reshape(_POSITIONS, -1) for name, parts in ends.items()}


def _here(lines: Sequence[str], timings: Timings) -> Array:
    """What was measured here. A size that was not has its dots beyond the edge: their number has to stay the same."""
    found = np.array([[timings.at(line, size) for line in lines] for size in SIZE.grid])
    return np.where(np.isfinite(found), np.log10(np.where(found > 0, found, 1.0)), _AWAY)


def _guess(name: str, ratio: float, row: int) -> dict[str, Array]:
    """Where an answer puts the asked function."""
    guess = _logs([RELU]) + math.log10(ratio)
    ends = np.tile([row - 0.42, row + 0.42], (_POSITIONS, 1))
    return {f"{name}.x": np.hstack([guess, guess]), f"{name}.y": ends}
