"""Where the controls stand and all that follows: arrays and texts by name, still and along each slider."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from activations import Activation
from activations.experiments import exploding
from activations.experiments.chain import UNDERFLOW
from activations.experiments.exploding import DEPTH, GAIN, OVERFLOW
from activations.spec import Array
from pages.parts import live, words

SPAN = 16.0  # decades to either side of 1 that the line and the colours tell apart
BELOW = SPAN + 2  # where lines end that have left the panel
GUESSES = {"1": 0.0, "2": -8.0, "3": 8.0}  # decades that each answer stands for
SIDES = {"right": 1, "left": -1}  # of the dot, on which its number is clear of the line: one of the two is empty
_EMPTY = "\u00a0"  # what is nothing at all would not be drawn, and so could not be written later
LAYERS = np.arange(1, DEPTH.high + 1)
_BESIDE = 1.2  # decades between the dot and its number
_UNITS = {f"{name}.x": 0.04 for name in ("cut", "theory", "raw", "output")}
_KEPT = 1.0  # decades up or down within which a gradient counts as kept


@dataclass(frozen=True)
class Moment:
    """A function, whether its gradient is clipped, and where the sliders stand: log2 of the weight scale, and depth."""

    act: Activation
    clip: bool
    power: float
    depth: int

    @cached_property
    def map(self) -> exploding.Map:
        """The kept map of the function."""
        return exploding.load(self.act.slug)

    @property
    def row(self) -> int:
        """The row of the map."""
        return int(np.argmin(np.abs(GAIN.grid - self.power)))

    @cached_property
    def picture(self) -> dict[str, Array]:
        """Every array that a slider moves, at rest."""
        return {name: rows[0] for name, rows in self._frames(*self._here).items()}

    @cached_property
    def said(self) -> dict[str, str]:
        """Every text that a slider changes, at rest."""
        return {name: texts[0] for name, texts in self._texts(*self._here).items()}

    @property
    def printed(self) -> dict[str, str]:
        """What of it is printed beside the chart."""
        return {name: text for name, text in self.said.items() if "." not in name}

    def sliders(self) -> list[live.Slider]:
        """What each slider moves, and where it stands."""
        rows, depths = np.arange(len(GAIN.grid)), LAYERS.astype(int)
        along = (rows, np.full_like(rows, self.depth)), (np.full_like(depths, self.row), depths)
        stand = (self.power, float(self.depth))
        return [
            live.Slider.of(param, value, [live.pack(self._frames(*at), self._texts(*at), _UNITS)])
            for param, value, at in zip((GAIN, DEPTH), stand, along, strict=True)
        ]

    @property
    def _here(self) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        return np.array([self.row]), np.array([self.depth])

    def _frames(self, rows: NDArray[np.int_], depths: NDArray[np.int_]) -> dict[str, Array]:
        """The crosshair, the dots, the cut and its number, of shape (positions, points)."""
        powers, cut = GAIN.grid[rows][:, None], self.map.measured[rows]
        raw = np.clip(cut, -BELOW, BELOW)
        line = exploding.clipped(raw) if self.clip else raw
        layer = depths[:, None].astype(float)
        dot = np.clip(np.take_along_axis(line, depths[:, None] - 1, axis=1), -SPAN, SPAN)
        ends = np.array([[DEPTH.low - 0.5, DEPTH.high + 0.5]]), np.array([[GAIN.low, GAIN.high]])
        theory = np.clip(self.map.theory[rows], -BELOW, BELOW)
        beside = {"raw.x": raw, "output.x": exploding.rescaled(raw)} if self.clip else {"theory.x": theory}
        frames = {"cut.x": line, **beside}
        for name in ("down", "down_edge"):
            frames |= {f"{name}.x": np.repeat(powers, 2, axis=1), f"{name}.y": np.repeat(ends[0], len(rows), axis=0)}
        for name in ("across", "across_edge"):
            frames |= {f"{name}.x": np.repeat(ends[1], len(rows), axis=0), f"{name}.y": np.repeat(layer, 2, axis=1)}
        frames |= {"level.x": np.tile([-SPAN, SPAN], (len(rows), 1)), "level.y": np.repeat(layer, 2, axis=1)}
        frames |= {"spot.x": powers, "spot.y": layer, "dot.x": dot, "dot.y": layer}
        frames |= {f"{side}.x": dot + sign * _BESIDE for side, sign in SIDES.items()}
        return {**frames, **{f"{side}.y": layer for side in SIDES}}

    def _texts(self, rows: NDArray[np.int_], depths: NDArray[np.int_]) -> dict[str, list[str]]:
        """What is printed at each position."""
        text = words.page("topics/exploding")
        decades, gains = self.map.measured[rows, depths - 1], self.map.gains[rows]
        ahead = np.concatenate([np.zeros((len(self.map.gains), 1)), self.map.theory], axis=1)
        factors = ahead[rows, depths] - ahead[rows, depths - 1]
        shown = exploding.clipped(decades) if self.clip else decades
        said = {
            "gain": [words.number(float(g), "2") for g in gains],
            "deviation": [words.number(float(g), "4") for g in gains / np.sqrt(exploding.WIDTH)],
            "depth": [str(depth) for depth in depths.tolist()],
            "left": [words.number(float(d), "power") for d in decades],
            "state": [text[f"state-{state(float(d))}"] for d in decades],
            "factor": [words.number(float(d), "power") for d in factors],
            "right.text": [words.number(float(d), "power") if d <= 0 else _EMPTY for d in shown],
            "left.text": [words.number(float(d), "power") if d > 0 else _EMPTY for d in shown],
        }
        if self.clip:
            said["clipped"] = [words.number(float(d), "power") for d in exploding.clipped(decades)]
            said["output"] = [words.number(float(d), "power") for d in exploding.rescaled(decades)]
            said["rescued"] = [text[f"clip-{rescue(float(d))}"] for d in decades]
        return said


def state(decades: float) -> str:
    """What has become of a gradient of 1: zero, faded, kept, grown, infinite; zero and infinite as float32 has it."""
    if decades <= UNDERFLOW["float32"]:
        return "zero"
    if decades > OVERFLOW:
        return "infinite"
    return "kept" if abs(decades) <= _KEPT else "faded" if decades < 0 else "grown"


def rescue(decades: float) -> str:
    """What clipping to 1 can do: nothing about what is small, a bound for what is large, nothing about infinity."""
    return "nothing" if decades <= 0 else "infinite" if decades > OVERFLOW else "bounded"
