"""The scene of a function's page: its curves, the probe on them, and what is printed about both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from activations import Activation, Trait
from pages.functions import traits
from pages.shared import curves, figures, live, panels, words
from pages.shared.controls import Slider
from pages.shared.curves import PROBE
from pages.shared.probe import Probe, handles
from pages.shared.scene import Arrays, Composite, Part, State, Texts

_LABELLED = 1.6  # least width of a shade that is labelled, in units of x


@dataclass(frozen=True)
class Curves(Part):
    """The function and its derivatives in the first ``orders`` panels, and its traits: all that the probe leaves."""

    activation: Activation
    orders: int

    @property
    def words_of(self) -> str:
        return f"functions/{self.activation.slug}"

    @property
    def params(self) -> Sequence[Slider]:
        return self.activation.params

    def arrays(self, state: State) -> Arrays:
        """What ``curves.lines`` has, and where "saturated" is written in a tail."""
        drawn = curves.lines(self.activation, state, self.orders)
        drawn |= _tints(drawn)
        return drawn | _saturated(self.activation, drawn, state)

    def texts(self, state: State, text: words.Words) -> Texts:
        """What sentences quote, and the cells of the table of traits."""
        return traits.texts(self.activation, state)


@dataclass(frozen=True)
class Function(Composite):
    """A function over its derivative and, with ``orders`` 3, its second derivative."""

    activation: Activation
    orders: int = 2
    key = "curve"

    @property
    def page(self) -> str:
        return self.activation.slug

    @property
    def words_of(self) -> str:
        return f"functions/{self.activation.slug}"

    @property
    def params(self) -> Sequence[Slider]:
        return (PROBE, *self.activation.params)

    @property
    def parts(self) -> Sequence[Part]:
        """The curves do not depend on the probe, so that moving the probe computes none of them anew."""
        return (Probe(self.activation, self.orders, self.words_of), Curves(self.activation, self.orders))

    @property
    def handles(self) -> Sequence[live.Handle]:
        """The probe's dots and hairlines."""
        return handles(self.orders)

    @property
    def ranges(self) -> list[tuple[float, float]]:
        """Lower and upper end of each panel's axis."""
        return [curves.axis(self.activation, order) for order in range(self.orders)]

    def figure(self, arrays: figures.Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The panels below each other."""
        return panels.curves(arrays, texts, self.ranges, figures.colour(self.activation.slug), self.meta, large)

    def alt(self, marks: Mapping[str, str]) -> str:
        """The name, and what the curves show at the probe."""
        return words.ui("alt.curve", **marks, name=self.text["title"], steep=marks["max_slope"])


def _tints(drawn: Arrays) -> Arrays:
    """The corners of the tails that are tinted, left out where a tail has no width, because its edge would be drawn."""
    tails = {name: drawn[name] for name in ("slope_left.x", "slope_right.x")}
    return {name: np.where(np.ptp(x, axis=1, keepdims=True) > 0, x, np.nan) for name, x in tails.items()}


def _saturated(activation: Activation, drawn: Arrays, settings: State) -> Arrays:
    """Where "saturated" is written in a tail, left out where its slope stays small for ever or it is too narrow.

    In the panel of f it stands at the foot, or above the curve where that is at the foot.
    """
    placed = {}
    for side, tail, inward, end in (
        ("left", Trait.SATURATES_LEFT, 0.12, 0),
        ("right", Trait.SATURATES_RIGHT, -0.12, -1),
    ):
        corners, level = np.broadcast_arrays(drawn[f"slope_{side}.x"], drawn["value.y"][:, end, None])
        wide = np.abs(corners[:, 1] - corners[:, 0]) > _LABELLED  # nor where there is none
        written = wide & (tail in activation.claims and activation.claims[tail](**settings))
        (low, high), (least, most) = curves.axis(activation, 0), curves.axis(activation, 1)
        foot, clear = low + 0.1 * (high - low), 0.1 * (high - low)
        above = np.where(np.abs(level[:, 0] - foot) > clear, foot, level[:, 0] + clear)
        for kind, y in (("value", above), ("slope", least + 0.9 * (most - least))):
            placed[f"word_{kind}_{side}.x"] = np.where(written, corners[:, 0] + inward, np.nan)[:, None]
            placed[f"word_{kind}_{side}.y"] = np.where(written, y, np.nan)[:, None]
    return placed
