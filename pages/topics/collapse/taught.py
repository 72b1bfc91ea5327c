"""A training as it is drawn and printed: the plane as the network sees it, its boundary, the loss up to a moment."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from activations.experiments import lesson
from activations.spec import Array
from pages.shared import live, words
from pages.topics.collapse.choices import School

SHADES = 64  # that the chance of a class is told in
LOWEST = -6.0  # power of ten below which the loss stands on the floor of its panel
_UNIT = {"field.z": 1 / SHADES} | dict.fromkeys(("boundary.x", "boundary.y"), 2 * lesson.EXTENT / 400)


def still(school: School, moment: int) -> dict[str, Array]:
    """Every array of the picture at a moment."""
    return {name: rows[moment] for name, rows in _frames(school).items()}


def printed(school: School, moment: int) -> dict[str, str]:
    """Every text at a moment."""
    return {name: lines[moment] for name, lines in _said(school, words.language()).items()}


@lru_cache(maxsize=256)
def along(school: School, language: str) -> live.Pack:
    """What the slider of time moves."""
    return live.pack(_frames(school), _said(school, language), _UNIT)


def curve(school: School) -> Array:
    """The loss after every step as a power of ten, NaN once the run diverged."""
    return np.log10(np.maximum(school.lesson.loss, 10**LOWEST))


@lru_cache(maxsize=64)
def _frames(school: School) -> dict[str, Array]:
    seen, powers, steps = school.lesson, curve(school), lesson.moments()
    shown = np.where(np.arange(len(powers)) <= steps[:, None], powers, np.nan)
    last = np.minimum(steps, len(powers) - 1 if seen.diverged is None else seen.diverged - 1)[:, None]
    return {
        "field.z": seen.chance,
        "boundary.x": seen.boundary[..., 0],
        "boundary.y": seen.boundary[..., 1],
        "loss.y": shown,
        "now.x": last.astype(np.float64),
        "now.y": powers[last],
    }


@lru_cache(maxsize=256)
def _said(school: School, language: str) -> dict[str, list[str]]:
    text, seen, steps = words.page("topics/collapse", language), school.lesson, lesson.moments()
    lost = steps >= (math.inf if seen.diverged is None else seen.diverged)
    diverged = words.format(text["diverged"], step=seen.diverged)
    all_stuck = words.format(text["all-stuck"], units=seen.units)
    texts = {"step": [words.number(step, "count") for step in steps]}
    texts["loss"] = [text["no-number"] if gone else _loss(seen.loss[at]) for gone, at in zip(lost, steps, strict=True)]
    for name, counts in (("right", seen.right), ("stuck", seen.stuck)):
        texts[name] = ["—" if gone else words.number(n, "count") for gone, n in zip(lost, counts, strict=True)]
    states = zip(lost, (seen.stuck == seen.units) & (seen.units > 0), strict=True)
    texts["state.text"] = [diverged if gone else all_stuck if dead else "" for gone, dead in states]
    return texts


def _loss(loss: float) -> str:
    return words.number(math.log10(loss) if loss else -math.inf, "power")
