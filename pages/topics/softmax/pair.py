"""Softmax of one logit against others that are 0: a sigmoid if there is one other, a shifted one if there are more."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from activations import CATALOGUE
from activations.experiments import softmax
from activations.experiments.softmax import LOGIT, OTHERS
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.shared.views import OWN, QUIET, Rows, Said, Stand, View, finished, keys, on, power

FLOOR = -18.0  # where the difference 0 lies on the axis of powers
_Z = np.linspace(LOGIT.low, LOGIT.high, 129)
_TALL = (0.0, 1.08)
_SIGMA = CATALOGUE["sigmoid"]


def first(z: Array, others: Array) -> Array:
    """The first probability of softmax([z, 0, …, 0]) with so many zeros, for arrays that broadcast."""
    z, others = np.broadcast_arrays(z, others)
    logits = np.zeros((*z.shape, int(OTHERS.high) + 1))
    logits[..., 0] = z
    logits[..., 1:] = np.where(np.arange(int(OTHERS.high)) < others[..., None], 0.0, -math.inf)
    return np.asarray(softmax.softmax(logits)[..., 0])


def frames(at: Stand) -> Rows:
    """The curve, the dots at z, and how far softmax is from the sigmoid in powers of ten."""
    z, others = at["z"][:, None], at["others"][:, None]
    # The curve is the same for all places with as many others.
    counts, which = np.unique(at["others"], return_inverse=True)
    line, here = first(_Z, counts[:, None])[which], first(z, others)
    hair = np.repeat(z, 2, axis=1)
    return {
        "hair.x": hair,
        "hair_off.x": hair,
        "line.y": line,
        "dot.x": z,
        "dot.y": here,
        "sigma_dot.x": z,
        "sigma_dot.y": _SIGMA(z),
        "off.y": _decades(line - _SIGMA(_Z)),
        "off_dot.x": z,
        "off_dot.y": _decades(here - _SIGMA(z)),
    }


def said(at: Stand, text: words.Words) -> Said:
    """Both values, how far they are apart, and by how much the sigmoid is moved."""
    z, others = at["z"], at["others"]
    here, there = first(z, others), _SIGMA(z)
    zeros = [", ".join(["0"] * int(m)) for m in others]
    moved = words.numbers(np.log(others), 3)
    found = zip(others.tolist(), moved, strict=True)
    return {
        "z": words.numbers(z, 1),
        "zeros": zeros,
        "m": [str(int(m)) for m in others],
        "softmax": words.numbers(here, 4),
        "sigmoid": words.numbers(there, 4),
        "off": [power(abs(size)) for size in (here - there).tolist()],
        "verdict": [words.format(text["verdict-two" if m == 1 else "verdict-more"], moved=by) for m, by in found],
    }


def _decades(off: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(np.abs(off)), FLOOR)


def figure(picture: Picture, said: Mapping[str, str], text: words.Words, large: bool) -> figures.Finished:
    """The finished figure."""
    size, wide = (17.0, 1.5) if large else (13.0, 1.0)
    sigmoid = figures.colour("sigmoid")
    still: Picture = {**picture, "line.x": _Z, "sigma.x": _Z, "sigma.y": _SIGMA(_Z), "off.x": _Z}
    ends = {"hair.y": np.array(_TALL), "hair_off.y": np.array([FLOOR, 0.0])}
    still = {**still, **ends}
    named = {"line": (text["key-first"], OWN), "sigma": (text["key-sigma"], sigmoid)}
    traces = [
        figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **QUIET),
        figures.line(still, "line", OWN, 6 * wide),
        figures.line(still, "sigma", sigmoid, 3 * wide, line={"dash": "8px,7px"}),
        figures.dots(still, "dot", OWN, 11),
        figures.dots(still, "sigma_dot", sigmoid, 7),
        *keys(named, (LOGIT.low + 0.3, 0.98), 0.09, size),
        *on(
            "2",
            figures.line(still, "hair_off", PROBE, 1.4, opacity=0.7, **QUIET),
            figures.line(still, "off", GREY, 2.5 * wide, **QUIET),
            figures.dots(still, "off_dot", PROBE, 9),
        ),
    ]
    return finished("softmax", traces, _axes(), {"": text["panel-first"], "2": text["panel-off"]}, large)


def _axes() -> dict[str, Spec]:
    ticks = [FLOOR, -16, -12, -8, -4, 0]
    powers = ["0", *(f"10{str(int(tick)).translate(words.SUPERSCRIPT)}" for tick in ticks[1:-1]), "1"]
    across = {"range": [LOGIT.low, LOGIT.high], "dtick": 2}
    return {
        "xaxis": {**across, "anchor": "y", "showticklabels": False},
        "xaxis2": {**across, "anchor": "y2", "title": "z"},
        "yaxis": {"range": list(_TALL), "domain": [0.46, 1], "nticks": 5},
        "yaxis2": {"range": [FLOOR - 0.5, 0.5], "domain": [0, 0.36], "tickvals": ticks, "ticktext": powers},
    }


def reading(text: words.Words, marks: Mapping[str, str]) -> str:
    """Both values and their difference."""
    return words.format(text["read-pair"], **marks)


VIEW = View(
    "softmax", "pair", "pair", ((LOGIT,), (OTHERS,)), frames, said, figure, reading,
    {"two": {"others": 1}, "three": {"others": 2}, "ten": {"others": 9}},
)  # fmt: skip
