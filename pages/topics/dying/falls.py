"""The arrays and texts of the step's picture at every position of each of its sliders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations import CATALOGUE, Param
from activations.experiments import dying
from activations.experiments.sweep import moving, varying
from pages.shared import live, words
from pages.topics.dying import columns
from pages.topics.dying.act import Drawn, Said, place
from pages.topics.dying.columns import SLUGS, across

PARAMS = dying.LATER
RANGE = (-6.9, 5.9)  # of the pre-activations
INPUTS = len(dying.INPUTS)
MOMENTS = np.arange(len(dying.MOMENTS))
Stand = tuple[tuple[str, float], ...]
_BY_NAME = {param.name: param for param in PARAMS}
_UNDER = 3.7  # where the upright line ends, below names and counts
_APART = 0.004  # of a column, between two inputs, so that none hides the next
_FINE = (RANGE[1] - RANGE[0]) / 1200  # half of it is the error: a quarter of a pixel


@lru_cache(maxsize=128)
def frames(stand: Stand, along: int) -> Drawn:
    """The arrays of the picture by name, a row for each position of a slider: of those functions that it may move."""
    runs, moments = _shown(dict(stand), PARAMS[along])
    drawn = columns.cursor(moments, RANGE[0], _UNDER)
    for slug in _moved(PARAMS[along]):
        column = SLUGS.index(slug)
        z = dying.grid(CATALOGUE[slug]).only(runs[slug]).z
        run = np.arange(len(z))[:, None]
        so_far = np.minimum(MOMENTS, moments[:, None])  # what is still to come lies where the run is now
        low, high, now = z.min(axis=2)[run, so_far], z.max(axis=2)[run, so_far], z[run[:, 0], moments]
        x = across(column, so_far)
        drawn |= {
            f"{slug}_band.x": np.concatenate([x, x[:, ::-1]], axis=1),
            f"{slug}_band.y": np.concatenate([high, low[:, ::-1]], axis=1),
            f"{slug}_top.x": x,
            f"{slug}_top.y": high,
            # Where time has been moved, the rest of the run can be seen too.
            f"{slug}_whole.y": np.where(moments[:, None] > dying.TIME.default, z.max(axis=2)[run[:, 0]], np.nan),
            f"{slug}_dots.x": across(column, moments)[:, None] + _APART * (np.arange(INPUTS) - (INPUTS - 1) / 2),
            f"{slug}_dots.y": now,
        }
    return drawn


@lru_cache(maxsize=128)
def printed(stand: Stand, along: int, language: str) -> Said:
    """What is printed, one text a position; names with a dot are words on the picture."""
    text, (runs, moments) = words.page("topics/dying", language), _shown(dict(stand), PARAMS[along])
    said = {"now": [str(step) for step in dying.MOMENTS[moments].tolist()]}
    for name in ("step", "leak", "alpha"):
        values = PARAMS[along].grid if PARAMS[along].name == name else np.full(len(moments), dict(stand)[name])
        said[f"{name}_now"] = words.numbers(values, 1 if name == "alpha" else 2)
    for slug in _moved(PARAMS[along]):
        fall = dying.grid(CATALOGUE[slug]).only(runs[slug])
        on = (fall.z[np.arange(len(moments)), moments] > 0).sum(axis=1).tolist()
        said[f"{slug}_on"] = [str(count) for count in on]
        said[f"{slug}_count.text"] = [f"{count} / {INPUTS}" for count in on]
        said[f"{slug}_again"] = [_again(text, *at) for at in zip(fall.again.tolist(), moments.tolist(), strict=True)]
    return said


@lru_cache(maxsize=128)
def pack(stand: Stand, along: int, language: str) -> live.Pack:
    """What one slider moves."""
    units = {f"{slug}_{part}.y": _FINE for slug in SLUGS for part in ("band", "top", "whole", "dots")}
    return live.pack(moving(frames(stand, along)), varying(printed(stand, along, language)), units)


def _moved(along: Param) -> list[str]:
    """The functions that a slider may move: all, but for one that sets the parameter of one."""
    return [slug for slug, over in dying.OVER.items() if over is along] or list(SLUGS)


def _shown(stand: Mapping[str, float], along: Param) -> tuple[dict[str, NDArray[np.int_]], NDArray[np.int_]]:
    """For each position of a slider: which run of each function's grid is shown, and at which moment."""
    count = len(along.grid)
    at = {name: np.full(count, place(_BY_NAME[name], value)) for name, value in stand.items()}
    at[along.name] = np.arange(count)
    runs = {}
    for slug in SLUGS:
        over = dying.OVER.get(slug)
        runs[slug] = at["step"] * len(over.grid) + at[over.name] if over else at["step"]
    return runs, at["t"]


def _again(text: words.Words, step: float, moment: int) -> str:
    """After which step an input is on again, as far as it is known at a moment."""
    if step <= dying.MOMENTS[moment]:
        return text["step-spared"] if step == 1 else words.format(text["step-again"], step=int(step))
    return text["step-never"] if moment == MOMENTS[-1] else text["step-not-yet"]
