"""Where the controls stand, and how far the picture then reaches."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from activations import Activation
from activations.spec import Array
from pages.shared.curves import PROBE
from pages.tools.compare import lines
from pages.tools.compare.lines import Member

_FARTHEST = 6.5  # of heights that are shown
GAP = 0.05  # share of the panel's width between a line's end and its name, which a thin line joins
_NOTHING = 1e-9
_ROOM = 0.08  # share of the height that is left free above and below


@dataclass(frozen=True)
class Stand:
    """Functions, the ``order`` of derivative that is drawn, the slug of the one taken away (or ""), the parameters by
    ``slug.name``, and the probe."""

    activations: tuple[Activation, ...]
    order: int
    away: str
    settings: tuple[tuple[str, float], ...]
    x0: float

    @cached_property
    def less(self) -> Activation | None:
        """The function that is taken away from each."""
        return next((activation for activation in self.activations if activation.slug == self.away), None)

    @property
    def page(self) -> str:
        """The page and what of it no slider changes: a picture of other functions or another order is another one."""
        return " ".join(
            ["compare", str(self.order), *(activation.slug for activation in self.activations), f"-{self.away}"]
        )

    @property
    def read(self) -> tuple[int, ...]:
        """The orders of derivative that are read at the probe: all, or that of which a difference is taken."""
        return (self.order,) if self.away else (0, 1, 2)

    @cached_property
    def window(self) -> tuple[float, float]:
        """The x that are drawn: every window of the functions."""
        return min(activation.window[0] for activation in self.activations), max(
            activation.window[1] for activation in self.activations
        )

    @cached_property
    def panel(self) -> tuple[float, float]:
        """Lower and upper end of the picture, at every position of every slider; of differences only as they stand."""
        if self.less:
            return self._fitted
        ends = [lines.extent(self.order, activation, self.window) for activation in self.activations]
        low, high = min(0.0, *(low for low, _ in ends)), max(0.0, *(high for _, high in ends))
        return _padded(max(low, -_FARTHEST), min(high, _FARTHEST))

    @cached_property
    def _fitted(self) -> tuple[float, float]:
        members = self.members()
        less = members[self.less] if self.less else None
        drawn = [lines.line(self.order, member, less, self.window)["line.y"] for member in members.values()]
        return _padded(
            -_round(-min(float(np.nanmin(y)) for y in drawn)), _round(max(float(np.nanmax(y)) for y in drawn))
        )

    @property
    def width(self) -> tuple[float, float]:
        """Both ends of the x-axis, with room between a line's end and its name."""
        low, high = self.window
        return low, high + 1.2 * GAP * (high - low)

    def columns(self, activation: Activation, moved: str = "", grid: Array | None = None) -> Mapping[str, Array]:
        """The parameters of ``activation``; the one that is ``moved`` takes all of ``grid``."""
        values = dict(self.settings)
        fixed = {p.name: np.full((1, 1), values[f"{activation.slug}.{p.name}"]) for p in activation.params}
        slug, _, name = moved.partition(".")
        return {**fixed, name: grid[:, None]} if grid is not None and slug == activation.slug else fixed

    def members(self, moved: str = "") -> dict[Activation, Member]:
        """Every function, at each position of the slider that is ``moved``."""
        grid, slug = self.grid(moved), moved.partition(".")[0]
        there = {
            activation: Member(activation, self.columns(activation, moved, grid))
            for activation in self.activations
            if activation.slug == slug
        }
        return {**self._resting, **there}

    @cached_property
    def _resting(self) -> dict[Activation, Member]:
        return {activation: Member(activation, self.columns(activation)) for activation in self.activations}

    def only(self, activation: Activation, moved: str) -> Stand:
        """All that the line of ``activation`` depends on while the slider ``moved`` is, wherever that one stands."""
        activations = tuple(dict.fromkeys([activation, self.less] if self.less else [activation]))
        slugs = {one.slug for one in activations}
        kept = ((k, 0.0 if k == moved else value) for k, value in self.settings if k.partition(".")[0] in slugs)
        return Stand(activations, self.order, self.away, tuple(kept), 0.0 if moved == PROBE.name else self.x0)

    def grid(self, moved: str) -> Array | None:
        """The positions of a slider."""
        if moved == PROBE.name:
            return PROBE.grid
        return next(
            (
                p.grid
                for activation in self.activations
                for p in activation.params
                if f"{activation.slug}.{p.name}" == moved
            ),
            None,
        )


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = _ROOM * (high - low) or 1.0
    return low - pad, high + pad


def _round(size: float) -> float:
    """The next of 1, 2, 5, 10 …, so that the picture keeps its scale at most releases; 0 where there is nothing."""
    if size < _NOTHING:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(size))
    return min(_FARTHEST, next(step * decade for step in (1, 2, 5, 10) if size <= step * decade * (1 + _NOTHING)))
