"""Where the controls stand and all that follows: axes, picture, what is printed, and how each slider moves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from activations import Activation
from activations.experiments import chain, fading
from pages.shared import live
from pages.topics.vanishing import axes, picture, printed, swept


@dataclass(frozen=True)
class Moment:
    """Some functions and their names, a setting, a learning rate; ``done`` is said when the challenge is met.

    ``of`` is the kind of gradient that is drawn, as ``Fading.at_layers`` has it.
    """

    activations: Mapping[Activation, str]
    where: fading.Setting
    rate: float
    done: str
    of: str = fading.ACTIVATIONS

    @cached_property
    def swept(self) -> swept.Swept:
        """This setting among all that one slider of the chain leads to."""
        return swept.around(tuple(self.activations.items()), self.where, self.rate, self.done, self.of)

    @property
    def axes(self) -> axes.Axes:
        """How far the picture reaches."""
        return self.swept.axes

    @cached_property
    def drawn(self) -> picture.Drawn:
        """The picture: a single row."""
        return picture.drawn(self.activations, self.swept.still, np.array([self.where.w]), self.axes, self.of)

    @cached_property
    def chart(self) -> live.Chart:
        """The chart and all that is printed about it."""
        return live.Chart("gradient", self.swept.said, page=f"vanishing {self.of}")

    @cached_property
    def hovers(self) -> dict[str, dict[str, list[str]]]:
        """What of each line depends on this setting beside its numbers: the texts that hovering shows."""
        return {
            name: {"customdata": texts}
            for name, texts in printed.hovers(self.activations, self.swept.still, self.of).items()
        }

    def sliders(self) -> list[live.Slider]:
        """What each slider moves; the first also restates what does not move, as a slider moved before may have."""
        stand = [getattr(self.where, param.name) for param in chain.PARAMS]
        moved = zip(chain.PARAMS, stand, self.swept.packs, strict=True)
        return [*(live.Slider.of(param, value, [pack]) for param, value, pack in moved), self._rate()]

    def _rate(self) -> live.Slider:
        """The learning rate moves nothing but the updates."""
        said: dict[str, list[str]] = {}
        for activation, still in zip(self.activations, self.swept.still, strict=True):
            said |= printed.updates(activation, still, np.array(printed.RATES))
        return live.Slider("rate", 0.0, 1.0, float(printed.RATES.index(self.rate)), [live.pack({}, said)])
