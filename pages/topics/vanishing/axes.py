"""How far the two panels reach: fitted to the picture at rest, and standing still while a slider is dragged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import WEIGHTS, Fading
from activations.spec import Array

GAP = 0.01  # share of the x-axis between a line's end and its label
LABEL = 0.09  # share of the upper panel's height that a line of text takes, on a phone as well
_LOWEST, _HIGHEST = -60.0, 60.0  # decades; float32 holds nothing but 0 long before
_FEWEST_LAYERS, _FEWEST_DECADES = 10, 2.0
_STEPS = (0.5, 1, 2, 5, 10, 20, 50)
_MOST_TICKS = 6
_SHELF = 0.17  # share of the decades' height that is added below them for exact zeros
_BEYOND = 1.5  # heights of a panel up to which what lies outside it is told apart
_LARGEST = 10.0  # activation that the lower panel still shows
_QUIET = 0.5  # least half-height of the lower panel


@dataclass(frozen=True)
class Axes:
    """``layers`` is the last layer on the axis; ``activations`` are the ends of the lower panel.

    ``decades`` are the ends of the upper panel's scale, below which a shelf for exact zeros is added if it has any.
    """

    layers: float
    decades: tuple[float, float]
    has_zeros: bool
    activations: tuple[float, float]

    @property
    def across(self) -> tuple[float, float]:
        """Both ends of the axis of layers, with a little room beside the first and the last one."""
        return -1.5 * GAP * self.layers, (1 + GAP) * self.layers

    @property
    def height(self) -> float:
        """Decades from the lower to the upper end of the upper panel."""
        return self.panel[1] - self.panel[0]

    @property
    def panel(self) -> tuple[float, float]:
        """Both ends of the upper panel."""
        low, high = self.decades
        return low - _SHELF * (high - low) * self.has_zeros, high

    def shelf(self, place: int) -> float:
        """Where zeros of the first (place 0), second … function are drawn: below the panel if none are at rest."""
        low, high = self.decades
        below = 0.05 + 0.028 * place if self.has_zeros else 1.0
        return low - below * (high - low)

    @property
    def ticks(self) -> list[float]:
        """Whole powers of ten, or halves of them, at most seven."""
        low, high = self.decades
        step = _step(high - low)
        first = math.ceil(low / step - 1e-9)
        return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]


def first_layer(of: str) -> int:
    """The layer at which the lines of a kind of gradient end."""
    return 1 if of == WEIGHTS else 0


def reach(panel: tuple[float, float]) -> tuple[float, float]:
    """The heights between which things are drawn where they are; those further outside are drawn at the nearer one."""
    low, high = panel
    return low - _BEYOND * (high - low), high + _BEYOND * (high - low)


def fitted(fadings: Sequence[Fading], of: str, bound: Iterable[float]) -> Axes:
    """Axes for the pictures at rest (one row each); ``bound`` are further decades to be shown."""
    layers = max(_FEWEST_LAYERS, int(fadings[0].depth[0]))
    lines = [np.ravel(fading.at_layers(of)) for fading in fadings]
    decades, first = np.concatenate([[0.0], *lines]), first_layer(of)
    zeros = any(line[first] == -math.inf for line in lines)
    shown = np.clip([*decades[np.isfinite(decades)], *bound], _LOWEST, _HIGHEST)
    met = np.concatenate([np.ravel(fading.forward) for fading in fadings])
    return Axes(float(layers), _decades(float(min(shown)), float(max(shown))), zeros, _activations(met))


def _decades(low: float, high: float) -> tuple[float, float]:
    low = min(low, high - _FEWEST_DECADES)
    step = _step(high - low)
    low = math.floor(low / step + 1e-9) * step
    page = LABEL * (high - low)
    # The name of a number format stands below its line and is neither cut off nor left without it.
    for floor in sorted(UNDERFLOW.values(), reverse=True):
        if abs(low - floor) < page:
            low = floor - page
    return low, high + 0.7 * page


def _step(span: float) -> float:
    return next((step for step in _STEPS if span / step <= _MOST_TICKS), _STEPS[-1])


def _activations(met: Array) -> tuple[float, float]:
    low, high = (float(end) for end in np.clip([np.nanmin(met), np.nanmax(met)], -_LARGEST, _LARGEST))
    middle, half = (low + high) / 2, max((high - low) / 2, _QUIET)
    return middle - 1.12 * half, middle + 1.12 * half
