"""Where the controls stand and all that follows: arrays and texts by name, still and along each slider."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from activations import Activation
from activations.experiments import exploding
from activations.experiments.chain import UNDERFLOW
from activations.experiments.exploding import DEPTH, GAIN, OVERFLOW, PARAMS
from activations.spec import Array
from pages.shared import live, words

SPAN = 16.0  # decades to either side of 1 that the line and the colours tell apart
BELOW = SPAN + 2  # where lines end that have left the panel
GUESSES = {"1": -8.0, "2": 0.0}  # decades that each wrong answer stands for
SIDES = {"right": 1, "left": -1}  # of the dot, on which its number is clear of the line: one of the two is empty
_EMPTY = "\u00a0"  # what is nothing at all would not be drawn, and so could not be written later
LAYERS = np.arange(1, DEPTH.high + 1)
HANDLES = (live.Handle(["spot"], GAIN.name, DEPTH.name), live.Handle(["dot"], y=DEPTH.name))
Rows = NDArray[np.int_]
_BESIDE = 1.2  # decades between the dot and its number
_UNITS = {f"{name}.x": 0.04 for name in ("cut", "theory", "raw", "output", "weights")}
_FIXED = {
    "level.x": np.array([-SPAN, SPAN]),
    **dict.fromkeys(("down.y", "down_edge.y"), np.array([DEPTH.low - 0.5, DEPTH.high + 0.5])),
    **dict.fromkeys(("across.x", "across_edge.x"), np.array([GAIN.low, GAIN.high])),
}
_KEPT = 1.0  # decades up or down within which a gradient counts as kept


@dataclass(frozen=True)
class Moment:
    """A function, whether its gradient is clipped, and where the sliders stand: log2 of the weight scale, and depth."""

    activation: Activation
    clip: bool
    power: float
    depth: int

    @cached_property
    def map(self) -> exploding.Map:
        """The kept map of the function."""
        return exploding.load(self.activation.slug)

    @property
    def row(self) -> int:
        """The row of the map."""
        return int(np.argmin(np.abs(GAIN.grid - self.power)))

    @cached_property
    def picture(self) -> dict[str, Array]:
        """Every array of the crosshair and the cut, at rest."""
        row, depth = np.array([self.row]), np.array([self.depth])
        moved = self._by_gain(row) | self._by_depth(depth) | self._by_both(row, depth)
        return {**_FIXED, **{name: rows[0] for name, rows in moved.items()}}

    @cached_property
    def said(self) -> dict[str, str]:
        """Every text that a slider changes, at rest."""
        return {name: texts[0] for name, texts in self._texts(np.array([self.row]), np.array([self.depth])).items()}

    @property
    def printed(self) -> dict[str, str]:
        """What of it is printed beside the chart."""
        return {name: text for name, text in self.said.items() if "." not in name}

    def sliders(self) -> list[live.Slider]:
        """What each slider moves, and where it stands."""
        packs = _packs(self, words.language())
        return [
            live.Slider.of(param, value, [pack])
            for param, value, pack in zip(PARAMS, (self.power, float(self.depth)), packs, strict=True)
        ]

    def packs(self) -> tuple[live.Pack, live.Pack]:
        """All that moves with the weight scale, and all that moves with the depth."""
        rows, depths = np.arange(len(GAIN.grid)), LAYERS.astype(int)
        across, down = (rows, np.full_like(rows, self.depth)), (np.full_like(depths, self.row), depths)
        return (
            live.pack(self._by_gain(rows) | self._by_both(*across), self._texts(*across), _UNITS),
            live.pack(self._by_depth(depths) | self._by_both(*down), self._texts(*down), _UNITS),
        )

    def _by_gain(self, rows: Rows) -> dict[str, Array]:
        """The upright hairline and the lines of the cut, of shape (positions, points)."""
        powers, raw = GAIN.grid[rows][:, None], np.clip(self.map.measured[rows], -BELOW, BELOW)
        weights = np.clip(self.map.weights[rows], -BELOW, BELOW)
        frames = {
            "weights.x": weights,
            "spot.x": powers,
            "down.x": np.repeat(powers, 2, axis=1),
            "down_edge.x": np.repeat(powers, 2, axis=1),
        }
        if self.clip:
            return {**frames, "cut.x": exploding.clipped(raw), "raw.x": raw, "output.x": exploding.rescaled(raw)}
        return {**frames, "cut.x": raw, "theory.x": np.clip(self.map.theory[rows], -BELOW, BELOW)}

    def _by_depth(self, depths: Rows) -> dict[str, Array]:
        """The level hairline, and the height of the dots."""
        layer = depths[:, None].astype(float)
        heights = dict.fromkeys(("spot.y", "dot.y", *(f"{side}.y" for side in SIDES)), layer)
        return heights | dict.fromkeys(("across.y", "across_edge.y", "level.y"), np.repeat(layer, 2, axis=1))

    def _by_both(self, rows: Rows, depths: Rows) -> dict[str, Array]:
        """The dot on the cut, and where its number begins."""
        decades = self.map.measured[rows, depths - 1][:, None]
        dot = np.clip(exploding.clipped(decades) if self.clip else decades, -SPAN, SPAN)
        return {"dot.x": dot, **{f"{side}.x": dot + sign * _BESIDE for side, sign in SIDES.items()}}

    def _texts(self, rows: Rows, depths: Rows) -> dict[str, list[str]]:
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
            "ratio": [words.number(float(d), "power") for d in self.map.weights[rows, depths - 1]],
            "factor": [words.number(float(d), "power") for d in factors],
            "right.text": [words.number(float(d), "power") if d <= 0 else _EMPTY for d in shown],
            "left.text": [words.number(float(d), "power") if d > 0 else _EMPTY for d in shown],
        }
        if self.clip:
            said["clipped"] = [words.number(float(d), "power") for d in exploding.clipped(decades)]
            said["output"] = [words.number(float(d), "power") for d in exploding.rescaled(decades)]
            said["rescued"] = [text[f"clip-{rescue(float(d))}"] for d in decades]
        return said


@lru_cache(maxsize=1024)
def _packs(now: Moment, _language: str) -> tuple[live.Pack, live.Pack]:
    return now.packs()


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
