"""Log-softmax of two logits, s and s − d, written in three ways and computed in float32."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from activations.experiments import softmax
from activations.experiments.softmax import GAP, RAISED, WAYS
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import PROBE, Picture, Spec
from pages.shared.views import OWN, QUIET, Rows, Said, Stand, View, finished, keys, on, power, table

LOWEST = -130.0  # where minus infinity lies on the axis of logarithms
FLOOR = -50.0  # where 0 lies on the axis of powers
_D = GAP.grid
_COLOURS = {"textbook": figures.colour("relu"), "shifted": figures.colour("sigmoid"), "stable": OWN}
_STYLES = {"stable": (6.5, "solid"), "shifted": (3.5, "9px,7px"), "textbook": (2.5, "2px,5px")}


def frames(at: Stand) -> Rows:
    """Both logarithms by each way along all gaps, and at this one."""
    gap, raised = at["gap"][:, None], at["raised"][:, None]
    hair = np.repeat(gap, 2, axis=1)
    drawn: Rows = {"hair_right.x": hair, "hair_wrong.x": hair}
    # The lines are the same for all places that are raised as far.
    heights, which = np.unique(at["raised"], return_inverse=True)
    for way in WAYS:
        lines, here = _placed(way, _D, heights[:, None]), _placed(way, gap, raised)
        for name in ("right", "wrong"):
            drawn[f"{way}_{name}.y"] = lines[name][which]
            drawn |= {f"{way}_{name}_dot.x": gap, f"{way}_{name}_dot.y": here[name]}
    return drawn


def said(at: Stand, text: words.Words) -> Said:
    """Both logarithms by each way."""
    told = {"d": [str(int(d)) for d in at["gap"]], "s": [str(int(s)) for s in at["raised"]]}
    told["less"] = words.numbers(at["raised"] - at["gap"], 0)
    told["logits.text"] = [f"z = ({s}, {less})" for s, less in zip(told["s"], told["less"], strict=True)]
    for way in WAYS:
        found = _logs(way, at["gap"], at["raised"])
        for place, name in enumerate(("right", "wrong")):
            values = found[:, place].tolist()
            spelled = {value: spelt(value, text) for value in values}
            told[f"{way}_{name}"] = [spelled[value] for value in values]
    return told


def spelt(value: float, text: words.Words) -> str:
    """A logarithm as it is printed."""
    if math.isnan(value):
        return text["no-number"]
    if math.isinf(value):
        return "−∞"
    if value == 0 or abs(value) >= 0.001:
        return words.number(value, "3" if value else "0")
    return f"−{power(-value)}"


def _logs(way: str, gap: Array, raised: Array) -> Array:
    gap, raised = np.broadcast_arrays(gap, raised)
    # Both logits of all places lie together: sums of two numbers each take long, those of two long rows do not.
    both = np.moveaxis(np.stack([raised, raised - gap]), 0, -1)
    return np.asarray(softmax.written(way, both), dtype=np.float64)


def _placed(way: str, gap: Array, raised: Array) -> dict[str, Array]:
    """Where they are drawn: that of the larger logit, nearly 0, as a power of ten without its sign."""
    right, wrong = np.moveaxis(_logs(way, gap, raised), -1, 0)
    with np.errstate(divide="ignore"):
        return {"right": np.maximum(np.log10(-right), FLOOR), "wrong": np.maximum(wrong, LOWEST)}


def figure(picture: Picture, said: Mapping[str, str], text: words.Words, large: bool) -> figures.Finished:
    """The finished figure."""
    size, wide = (17.0, 1.5) if large else (13.0, 1.0)
    tall = {"wrong": (LOWEST, 4.0), "right": (FLOOR, 1.0)}
    still: Picture = {**picture, **{f"hair_{name}.y": np.array(ends) for name, ends in tall.items()}}
    traces = []
    for place, name in (("", "wrong"), ("2", "right")):
        drawn: list[Spec] = [figures.line(still, f"hair_{name}", PROBE, 1.4, opacity=0.7, **QUIET)]
        for way, (width, dash) in _STYLES.items():
            line: Picture = {**still, f"{way}_{name}.x": _D}
            style: Spec = {"line": {"dash": dash}, **QUIET}
            drawn.append(figures.line(line, f"{way}_{name}", _COLOURS[way], width * wide, **style))
        for way, (width, _) in _STYLES.items():
            drawn.append(figures.dots(still, f"{way}_{name}_dot", _COLOURS[way], 5 + width))
        traces += on(place, *drawn)
    named = {way: (text[f"way-{way}"], _COLOURS[way]) for way in _STYLES}
    traces += keys(named, (GAP.low + 3, -88.0), 14.0, size)
    # Raising both logits moves nothing else, until a power overflows.
    corner = {"logits.x": np.array([GAP.high - 2]), "logits.y": np.array([-10.0])}
    traces.append(figures.label(corner, "logits", said["logits.text"], PROBE, size, "middle left"))
    return finished("softmax", traces, _axes(), {"": text["panel-wrong"], "2": text["panel-right"]}, large)


def _axes() -> dict[str, Spec]:
    across = {"range": [GAP.low, GAP.high], "dtick": 20}
    powers = [FLOOR, -40, -30, -20, -10, 0]
    named = ["0", *(f"10{str(int(tick)).translate(words.SUPERSCRIPT)}" for tick in powers[1:-1]), "1"]
    depths = [LOWEST, -100, -75, -50, -25, 0]
    return {
        "xaxis": {**across, "anchor": "y", "showticklabels": False},
        "xaxis2": {**across, "anchor": "y2", "title": "d"},
        "yaxis": {"range": [LOWEST - 3, 4], "domain": [0.5, 1], "tickvals": depths}
        | {"ticktext": ["−∞", *(str(d).replace("-", "−") for d in depths[1:])]},
        "yaxis2": {"range": [FLOOR - 1, 1], "domain": [0, 0.4], "tickvals": powers, "ticktext": named},
    }


def reading(text: words.Words, marks: Mapping[str, str]) -> str:
    """Both logarithms by each way."""
    rows = [[text[f"way-{way}"], *(f"**{marks[f'{way}_{name}']}**" for name in ("right", "wrong"))] for way in WAYS]
    head = [text["head-way"], text["head-right"], text["head-wrong"]]
    return f"{words.format(text['read-log'], **marks)}\n\n{table(head, *rows)}"


VIEW = View(
    "softmax", "log", "log", ((GAP,), (RAISED,)), frames, said, figure, reading,
    {
        "fine": {"gap": 5, "raised": 0},
        "sure": {"gap": 20, "raised": 0},
        "under": {"gap": 110, "raised": 0},
        "over": {"gap": 20, "raised": 100},
    },
)  # fmt: skip
