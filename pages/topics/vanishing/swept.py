"""A setting among all that one slider of the chain leads to, computed in one pass and kept for the next who asks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from activations import Activation
from activations.experiments import chain, fading
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.shared import live
from pages.topics.vanishing import axes, picture, printed

_MOST = 34_000  # bytes of a drag beyond which less of it is told
_COARSE = 1.3  # times as large is what is not told coarsely
_Rows = dict[str, Array]
_Texts = dict[str, list[str]]


@dataclass(frozen=True)
class Swept:
    """At the setting itself each function (a single row), the axes and what is printed; for each slider of the chain a
    pack of what it moves, no larger together than a release may be."""

    still: Sequence[fading.Fading]
    axes: axes.Axes
    said: Mapping[str, str]
    packs: Sequence[live.Pack]


@lru_cache(maxsize=256)
def around(
    activations: tuple[tuple[Activation, str], ...], where: fading.Setting, rate: float, done: str, of: str
) -> Swept:
    """What is swept from here. The names, and what is said when the challenge is met, tell the languages apart."""
    names = dict(activations)
    along = [fading.along(activation, where, of) for activation in names]
    still = [fading.standing(rows, where) for rows in along]
    reach = axes.fitted(still, of, picture.bound(where) if picture.bounded(names, of) else ())
    drawn = picture.drawn(names, along, fading.settings(where)[1], reach, of)
    told = printed.told(names, along, rate, done, of)
    here = fading.place(where)
    said = {name: texts[here] for name, texts in told.items()}
    told |= drawn.said

    def packed(thrift: int) -> list[live.Pack]:
        units = picture.units([activation.slug for activation in names], reach, thrift > 0)
        return _packs(drawn.frames, told, units, where, thrift)

    packs = packed(0)
    for thrift, most in ((1, _COARSE * _MOST), (2, math.inf)):
        if _MOST < sum(len(pack.data) for pack in packs) <= most:
            packs = packed(thrift)
    return Swept(still, reach, said, packs)


def _packs(
    frames: Mapping[str, Array], said: Mapping[str, list[str]], units: Mapping[str, float],
    where: fading.Setting, thrift: int,
) -> list[live.Pack]:  # fmt: skip
    """What each slider moves: with ``thrift`` 1 coarsely and without what stands far below the picture, with 2
    without the activations too. What is left out becomes dots or a gap, nothing old."""
    packs = []
    for param in chain.PARAMS:
        span, whole = fading.SPANS[param.name], param == chain.DEPTH
        rows = {name: array[span] if whole else _cut(array[span], where.depth) for name, array in frames.items()}
        texts = {name: lines[span] for name, lines in said.items()}
        here = fading.place(where, param) - span.start
        if thrift > 0:
            texts |= {name: printed.only(here, lines) for name, lines in texts.items() if printed.is_below(name)}
        if thrift > 1:
            rows |= {name: picture.only(here, array) for name, array in rows.items() if picture.is_lower(name)}
        level = live.HARDER if thrift > 1 else live.LEVEL
        packs.append(live.pack(*((rows, texts) if whole else (moving(rows), varying(texts))), units, level))
    return packs


def _cut(rows: Array, depth: int) -> Array:
    """Lines without the layers that this depth does not have; other things as they are."""
    return rows[:, : depth + 1] if rows.shape[1] > fading.DEEPEST else rows
