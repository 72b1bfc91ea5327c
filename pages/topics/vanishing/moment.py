"""Where the controls stand and all that follows: axes, picture, what is printed, and how each slider moves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from activations import Activation
from activations.experiments import chain, fading
from activations.spec import Array
from pages.parts import live
from pages.topics.vanishing import axes, picture, printed

RATE = "rate"


@dataclass(frozen=True)
class Moment:
    """Some functions and their names, a setting, a learning rate; ``done`` is said when the challenge is met."""

    acts: Mapping[Activation, str]
    where: fading.Setting
    rate: float
    done: str

    @cached_property
    def still(self) -> list[fading.Fading]:
        """Each function at this setting: a single row."""
        return [fading.at(act, self.where) for act in self.acts]

    @cached_property
    def axes(self) -> axes.Axes:
        """How far the picture reaches."""
        bounded = any(act.slug == picture.BOUNDED for act in self.acts)
        return axes.fitted(self.still, picture.bound(self.where) if bounded else ())

    @cached_property
    def drawn(self) -> picture.Drawn:
        """The picture: a single row."""
        return picture.drawn(self.acts, self.still, np.array([self.where.w]), self.axes)

    @cached_property
    def chart(self) -> live.Chart:
        """The chart and all that is printed about it."""
        told = printed.told(self.acts, self.still, self.rate, self.done)
        return live.Chart("gradient", {name: texts[0] for name, texts in told.items()}, room="vanishing")

    def sliders(self) -> list[live.Slider]:
        """What each slider moves. The first also restates what does not move, as a slider moved before may have."""
        along = [fading.along(act, self.where) for act in self.acts]
        moved = []
        for param in chain.PARAMS:
            weight = param.grid if param == chain.WEIGHT else np.full(len(param.grid), self.where.w)
            fadings = [each[param.name] for each in along]
            drawn = picture.drawn(self.acts, fadings, weight, self.axes)
            said = printed.told(self.acts, fadings, self.rate, self.done) | drawn.said
            pack = live.pack(drawn.frames, said) if param == chain.DEPTH else live.pack(*_moving(drawn.frames, said))
            moved.append(live.Slider.of(param, getattr(self.where, param.name), [pack]))
        return [*moved, self._rate()]

    def _rate(self) -> live.Slider:
        """The learning rate moves nothing but the updates."""
        told = [printed.told(self.acts, self.still, rate, self.done) for rate in printed.RATES]
        said = {name: [texts[name][0] for texts in told] for name in told[0] if name.startswith("update_")}
        return live.Slider(RATE, 0.0, 1.0, float(printed.RATES.index(self.rate)), [live.pack({}, said)])


def _moving(
    frames: Mapping[str, Array], said: Mapping[str, list[str]]
) -> tuple[dict[str, Array], dict[str, list[str]]]:
    still = {
        name for name, rows in frames.items() if np.array_equal(rows, rows[:1].repeat(len(rows), 0), equal_nan=True)
    }
    frames = {name: rows for name, rows in frames.items() if name not in still}
    return frames, {name: texts for name, texts in said.items() if any(text != texts[0] for text in texts)}
