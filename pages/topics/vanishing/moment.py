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

    @cached_property
    def hovers(self) -> dict[str, dict[str, list[str]]]:
        """What of each line depends on this setting beside its numbers: the texts that hovering shows."""
        return {name: {"customdata": texts} for name, texts in printed.hovers(self.acts, self.still).items()}

    def sliders(self) -> list[live.Slider]:
        """What each slider moves. The first also restates what does not move, as a slider moved before may have."""
        along = [fading.along(act, self.where) for act in self.acts]
        drawn = picture.drawn(self.acts, along, fading.settings(self.where)[1], self.axes)
        said = printed.told(self.acts, along, self.rate, self.done) | drawn.said
        fine = picture.units([act.slug for act in self.acts], self.axes)
        moved = []
        for param in chain.PARAMS:
            span, whole = fading.SPANS[param.name], param == chain.DEPTH
            points = fading.DEEPEST + 1 if whole else self.where.depth + 1
            frames = {name: rows[span, :points] for name, rows in drawn.frames.items()}
            texts = {name: lines[span] for name, lines in said.items()}
            pack = live.pack(*((frames, texts) if whole else _moving(frames, texts)), fine)
            moved.append(live.Slider.of(param, getattr(self.where, param.name), [pack]))
        return [*moved, self._rate()]

    def _rate(self) -> live.Slider:
        """The learning rate moves nothing but the updates."""
        told = [printed.told(self.acts, self.still, rate, self.done) for rate in printed.RATES]
        said = {name: [texts[name][0] for texts in told] for name in told[0] if name.startswith("update_")}
        return live.Slider("rate", 0.0, 1.0, float(printed.RATES.index(self.rate)), [live.pack({}, said)])


def _moving(
    frames: Mapping[str, Array], said: Mapping[str, list[str]]
) -> tuple[dict[str, Array], dict[str, list[str]]]:
    moved = {name: rows for name, rows in frames.items() if not np.array_equal(rows[1:], rows[:-1], equal_nan=True)}
    return moved, {name: texts for name, texts in said.items() if len(set(texts)) > 1}
