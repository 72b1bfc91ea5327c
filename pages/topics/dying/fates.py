"""The arrays and texts of the layer's picture at every moment of a run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments import survival
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.shared import live, words
from pages.topics.dying import columns
from pages.topics.dying.act import Drawn, Said, percent
from pages.topics.dying.columns import SLUGS

SIDE = math.isqrt(survival.UNITS)
_LOST = "×"  # printed instead of a number once a run has diverged


@dataclass(frozen=True)
class Course:
    """In per cent at each moment: units off for all inputs, pairs of unit and input that are off.

    ``last`` is the last moment before the run ``diverged``.
    """

    dead: Array
    off: Array
    diverged: int | None
    last: int


def course(slug: str, rate: str, seed: str) -> Course:
    """What became of the layer of one function."""
    fate = _fate(slug, rate, seed)
    last = int(np.flatnonzero(~np.isnan(fate.dead))[-1])
    return Course(100 * fate.dead / survival.UNITS, 100 * fate.off, fate.diverged, last)


@lru_cache(maxsize=16)
def frames(rate: str, seed: str) -> Drawn:
    """What moves in the picture by name, a row for each moment."""
    drawn = columns.cursor(np.arange(len(survival.MOMENTS)), 0, 100)
    return drawn | {f"{slug}.z": _fate(slug, rate, seed).on for slug in SLUGS}


@lru_cache(maxsize=32)
def printed(rate: str, seed: str, language: str) -> Said:
    """What is printed, one text a moment; names with a dot are words on the picture."""
    text = words.page("topics/dying", language)
    said = {"now": [str(step) for step in survival.MOMENTS.tolist()]}
    for slug in SLUGS:
        fate = _fate(slug, rate, seed)
        lost = np.isnan(fate.dead).tolist()
        word = words.format(text["layer-diverged"], step=fate.diverged)
        dead = [_LOST if gone else str(round(n)) for gone, n in zip(lost, fate.dead.tolist(), strict=True)]
        off = [word if gone else f"{percent(n)} %" for gone, n in zip(lost, fate.off.tolist(), strict=True)]
        said |= {f"{slug}_dead": dead, f"{slug}_off": off, f"{slug}_count.text": [count(n) for n in dead]}
    return said


def count(dead: str) -> str:
    """How many units are off for all inputs, as it is written over them."""
    return dead if dead == _LOST else f"{dead} / {survival.UNITS}"


@lru_cache(maxsize=32)
def pack(rate: str, seed: str, language: str) -> live.Pack:
    """What the slider of time moves."""
    units = {f"{slug}.z": 1 / survival.EXAMPLES for slug in SLUGS}
    return live.pack(moving(frames(rate, seed)), varying(printed(rate, seed, language)), units)


def moment(step: int) -> float:
    """The position of the slider of time at which so many steps are done."""
    return float(np.interp(step, survival.MOMENTS, np.arange(len(survival.MOMENTS))))


def _fate(slug: str, rate: str, seed: str) -> survival.Fate:
    return survival.fate(CATALOGUE[slug], survival.RATES[rate], int(seed))
