"""The chart of home: what comes out of a stack against what goes in, and beside it two inputs falling through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from activations.experiments import stack
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import Picture, Spec
from pages.start.picture import BELOW, FALLING, SIDES, STACKS, descent, place

_RANGE = (-1.3, 2.3)  # of the output; what ReLU makes of more is above the picture
_INWARDS = {"low": "middle right", "high": "middle left"}  # where a number stands from the end of its line
_FAINT = (0.55, 0.38, 0.25)  # from the youngest ghost to the oldest
_BESIDE = {"low": "middle left", "high": "middle right"}
_VALUES, _LAYERS = (-4, 0, 1, 4), (0, 1, 2, 3, 5, 10, 20)  # what is written along the falling
_MARGIN = 0.16  # beside the balls, for their names


def stacks(picture: Picture, said: Mapping[str, str], large: bool) -> figures.Finished:
    """A figure of two panels, three times as wide as high and twice as high as wide; ``said`` are its texts by name."""
    width, word = (5.0, 20.0) if large else (3.5, 15.0)
    traces = [ghost for slug in STACKS for ghost in _ghosts(picture, slug, width)]
    traces += [figures.line(picture, slug, figures.colour(slug), width) for slug in STACKS]
    traces += [_reading(picture, slug, side, said, word) for slug in STACKS for side in SIDES]
    traces += [{**part, "xaxis": "x2", "yaxis": "y2"} for part in _fall(picture, said["gap.text"], width, word)]
    margin = {"l": 64 if large else 54, "r": 14, "t": 8, "b": 60 if large else 46}
    return figures.figure(traces, {**_axes(), **_falling_axes()}, "", large, margin=margin)


def _axes() -> dict[str, Spec]:
    return {
        "xaxis": {"range": list(stack.ENDS), "title": words.ui("home.axis_in"), "domain": [0, 0.67]},
        "yaxis": {"range": list(_RANGE), "title": words.ui("home.axis_out"), "nticks": 5},
    }


def _falling_axes() -> dict[str, Spec]:
    low, high = place(np.array(stack.ENDS))
    deepest = float(descent(stack.LAYERS.grid[-1]))
    across = {"range": [low - _MARGIN, high + _MARGIN], "domain": [0.77, 1], "anchor": "y2", "zeroline": False}
    down = {"range": [deepest + 2 * BELOW, -0.5 * BELOW], "anchor": "x2", "showgrid": False, "zeroline": False}
    return {
        "xaxis2": {**across, **_ticks(_VALUES, place), "title": words.ui("home.axis_value")},
        "yaxis2": {**down, **_ticks(_LAYERS, descent), "title": words.ui("home.axis_layer")},
    }


def _ticks(numbers: Sequence[int], where: Callable[[Array], Array]) -> Spec:
    """Numbers written where they stand on an axis that is not evenly spaced."""
    return {"tickvals": where(np.array(numbers)).tolist(), "ticktext": [words.number(n, "0") for n in numbers]}


def _ghosts(picture: Picture, slug: str, width: float) -> list[Spec]:
    """The curves of the depths before, the oldest at the bottom."""
    faint = reversed(list(enumerate(_FAINT, 1)))
    style = {"hoverinfo": "skip"}
    return [
        figures.line(picture, f"{slug}_{back}", figures.colour(slug), width * 0.6, opacity=opacity, **style)
        for back, opacity in faint
    ]


def _reading(picture: Picture, slug: str, side: str, said: Mapping[str, str], word: float) -> Spec:
    """What one of the two inputs becomes, written at that end of the line."""
    name = f"{slug}_{side}"
    return figures.label(picture, name, said[f"{name}.text"], figures.colour(slug), word, _INWARDS[side])


def _fall(picture: Picture, apart: str, width: float, word: float) -> list[Spec]:
    colour = figures.colour(FALLING)
    drawn = [figures.line(picture, "boxes", figures.SHADE, 1.6 * width, hoverinfo="skip")]
    drawn += [figures.line(picture, f"fall_{side}", colour, 0.6 * width, hoverinfo="skip") for side in SIDES]
    drawn += [figures.dots(picture, f"ball_{side}", colour, 3 * width) for side in SIDES]
    for side, value in zip(SIDES, stack.ENDS, strict=True):
        drawn.append(_word(picture, f"tag_{side}", f"   {words.number(value, '0')}   ", word, _BESIDE[side]))
    return [*drawn, _word(picture, "gap", apart, word, "bottom center")]


def _word(picture: Picture, name: str, text: str, size: float, position: str) -> Spec:
    """A word in the colour of the page's text."""
    return {**figures.label(picture, name, text, "", size, position), "textfont": {"size": size}}
