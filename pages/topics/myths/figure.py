"""The chart of a card: dashed what is claimed and, once there is an answer, what holds."""

from __future__ import annotations

import math

import numpy as np

from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Spec
from pages.topics.myths import picture
from pages.topics.myths.deck import Card

_MARGIN = {"l": 62, "r": 16, "t": 30, "b": 44}


def evidence(card: Card, text: words.Words, told: bool, large: bool) -> figures.Finished:
    """The finished figure; ``told`` draws what holds, ``large`` is for a projector."""
    drawn = picture.drawn(card.name)
    width, size = (5.0, 20) if large else (3.0, 15)
    traces = []
    if told:
        colour = figures.colour(card.slug) if card.slug else PROBE
        traces.append(figures.line(drawn, "true", colour, width * 1.3, hoverinfo="skip"))
        traces.append(_word(drawn, "true", text["as-is"], colour, size))
    traces.append(figures.line(drawn, "claimed", GREY, width, line={"dash": "9px,6px"}, hoverinfo="skip"))
    traces.append(_word(drawn, "claimed", text["as-claimed"], GREY, size))
    margin = {side: size * (1.3 if large else 1) for side, size in _MARGIN.items()}
    up = text[f"axis-{card.up}"]
    return figures.figure(
        traces, _axes(card, text, drawn), "myths", large, annotations=[_name(up, large)], margin=margin
    )


def _word(drawn: dict[str, Array], line: str, text: str, colour: str, size: int) -> Spec:
    word = figures.label(drawn, f"{line}_word", text, colour, size, "middle center")
    return {**word, "textfont": {**word["textfont"], "weight": 600}}


def _axes(card: Card, text: words.Words, drawn: dict[str, Array]) -> dict[str, Spec]:
    x = drawn["true.x"]
    low, high = picture.extent(drawn)
    across = {"range": [float(np.nanmin(x)), float(np.nanmax(x))], "title": text[f"axis-{card.across}"]}
    up: Spec = {"range": [low, high], "nticks": 6}
    if card.decades:
        places = [place for place in range(math.ceil(low), math.floor(high) + 1) if place % 2 == 0]
        up |= {"tickvals": places, "ticktext": [_power(place) for place in places]}
    return {"xaxis": {**across, "zeroline": not card.decades}, "yaxis": up}


def _power(decades: int) -> str:
    return f"10{str(decades).translate(words.SUPERSCRIPT)}" if decades else "1"


def _name(text: str, large: bool) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": 18 if large else 14}, **place}
