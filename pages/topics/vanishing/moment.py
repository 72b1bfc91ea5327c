"""Where the controls stand and all that follows: axes, picture, what is printed, and how each slider moves them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from activations import Activation
from activations.experiments import chain, fading
from activations.spec import Array
from pages.parts import live
from pages.topics.vanishing import axes, picture, printed

_MOST = 30_000  # bytes of a drag beyond which less of it is told


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

    def sliders(self, hidden: Collection[str] = ()) -> list[live.Slider]:
        """What each slider moves, but those that are ``hidden``.

        The first also restates what does not move, as a slider moved before may have.
        """
        packs = _along(tuple(self.acts.items()), self.where, self.rate, self.done)
        stand = [getattr(self.where, param.name) for param in chain.PARAMS]
        moved = zip(chain.PARAMS, stand, packs, strict=True)
        shown = [live.Slider.of(param, value, [pack]) for param, value, pack in moved if param.name not in hidden]
        return [*shown, self._rate()]

    def along(self) -> list[live.Pack]:
        """A pack for each slider of the chain, no larger together than a release may be."""
        along = [fading.along(act, self.where) for act in self.acts]
        drawn = picture.drawn(self.acts, along, fading.settings(self.where)[1], self.axes)
        said = printed.told(self.acts, along, self.rate, self.done) | drawn.said
        for thrift in range(3):
            packs = self._packs(drawn.frames, said, thrift)
            if sum(len(pack.data) for pack in packs) <= _MOST:
                break
        return packs

    def _packs(self, frames: Mapping[str, Array], said: Mapping[str, list[str]], thrift: int) -> list[live.Pack]:
        """What each slider moves: with ``thrift`` 1 coarsely and without what stands far below the picture, with 2
        without the activations too. What is left out becomes dots or a gap, nothing old."""
        units = picture.units([act.slug for act in self.acts], self.axes, thrift > 0)
        packs = []
        for param in chain.PARAMS:
            span, whole = fading.SPANS[param.name], param == chain.DEPTH
            rows = {name: array[span] if whole else self._cut(array[span]) for name, array in frames.items()}
            texts = {name: lines[span] for name, lines in said.items()}
            here = int(np.argmin(np.abs(param.grid - getattr(self.where, param.name))))
            if thrift > 0:
                texts |= {name: printed.only(here, lines) for name, lines in texts.items() if printed.is_below(name)}
            if thrift > 1:
                rows |= {name: picture.only(here, array) for name, array in rows.items() if picture.is_lower(name)}
            level = live.HARDER if thrift > 1 else live.LEVEL
            packs.append(live.pack(*((rows, texts) if whole else _moving(rows, texts)), units, level))
        return packs

    def _cut(self, rows: Array) -> Array:
        """Lines without the layers that this depth does not have; other things as they are."""
        return rows[:, : self.where.depth + 1] if rows.shape[1] > fading.DEEPEST else rows

    def _rate(self) -> live.Slider:
        """The learning rate moves nothing but the updates."""
        said: dict[str, list[str]] = {}
        for act, fading_ in zip(self.acts, self.still, strict=True):
            told = [printed.updates(act, fading_, rate) for rate in printed.RATES]
            said |= {name: [texts[name][0] for texts in told] for name in told[0]}
        return live.Slider("rate", 0.0, 1.0, float(printed.RATES.index(self.rate)), [live.pack({}, said)])


@lru_cache(maxsize=256)
def _along(acts: tuple[tuple[Activation, str], ...], where: fading.Setting, rate: float, done: str) -> list[live.Pack]:
    # The names and what is said when the challenge is met tell the languages apart.
    return Moment(dict(acts), where, rate, done).along()


def _moving(
    frames: Mapping[str, Array], said: Mapping[str, list[str]]
) -> tuple[dict[str, Array], dict[str, list[str]]]:
    # Bits are compared, as a gap equals no other gap.
    bits = {name: rows.view(np.int64) for name, rows in frames.items()}
    moved = {name: rows for name, rows in frames.items() if (bits[name] != bits[name][:1]).any()}
    return moved, {name: texts for name, texts in said.items() if len(set(texts)) > 1}
