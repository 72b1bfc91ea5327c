"""The chart: a dot for each function, its cost to the right and the gradient it keeps upwards."""

from __future__ import annotations

import math

from pages.shared import figures, words
from pages.shared.figures import GREY, Picture, Spec
from pages.topics.choose.table import found

_COSTS = (1, 2, 5, 10, 20)
_HEIGHT = (-14.5, 1.6)
_BELOW = {"hard_tanh", "sigmoid", "elu", "swish", "gelu"}  # whose names would lie on a neighbour's above the dots


def merits(picture: Picture, text: words.Words, large: bool) -> figures.Finished:
    """The finished figure; ``large`` is for a projector."""
    size = 17.0 if large else 13.0
    traces = [figures.line(picture, "stems", GREY, 1.2, opacity=0.6, hoverinfo="skip")]
    traces += [_dot(picture, one.slug, size) for one in found()]
    margin = {"l": 74 if large else 58, "r": 14, "t": 14, "b": 60 if large else 44}
    return figures.figure(traces, _axes(text), "choose", large, margin=margin)


def _dot(picture: Picture, slug: str, size: float) -> Spec:
    name, colour = words.page(f"functions/{slug}")["title"], figures.colour(slug)
    position = "bottom center" if slug in _BELOW else "top center"
    named = {"mode": "markers+text", "text": [name], "textposition": position}
    return {**figures.dots(picture, slug, colour, 11), **named, "textfont": {"color": colour, "size": size}}


def _axes(text: words.Words) -> dict[str, Spec]:
    powers = list(range(-14, 1, 2))
    named = [f"10{str(power).translate(words.SUPERSCRIPT)}" if power else "1" for power in powers]
    costs = {"tickvals": [math.log10(cost) for cost in _COSTS], "ticktext": [str(cost) for cost in _COSTS]}
    return {
        "xaxis": {"range": [-0.12, 1.62], "title": text["axis-cost"], **costs},
        "yaxis": {"range": list(_HEIGHT), "title": text["axis-left"], "tickvals": powers, "ticktext": named},
    }
