"""The chart: all functions in one panel, each with its name at its end."""

from __future__ import annotations

from typing import Any

from activations import Activation
from pages.shared import figures, words
from pages.shared.figures import PROBE, Picture, Spec
from pages.tools.compare.stand import Stand

# By place in the picture, so that a line which lies on another one lets it through: widths and dashes.
_STYLES = (
    (4.5, "solid"),
    (4.0, "16px,7px"),
    (3.5, "8px,8px"),
    (3.0, "3px,5px"),
    (3.0, "14px,4px,3px,4px"),
    (2.5, "5px,9px"),
)
_FONT = 13
_LETTER = 0.56  # of the height of a font, that a Latin letter is wide
_MARGIN = {"l": 56, "r": 92, "t": 26, "b": 34}


def lines(stand: Stand, picture: Picture, title: str, large: bool) -> figures.Finished:
    """The finished figure; ``large`` is for a projector."""
    names = [words.page(f"functions/{activation.slug}")["title"] for activation in stand.activations]
    font = 18 if large else _FONT
    traces = [figures.line(picture, "hair", PROBE, 1.2, hoverinfo="skip", opacity=0.6)]
    for place, (activation, name) in enumerate(zip(stand.activations, names, strict=True)):
        traces += _line(activation, name, place, picture, large)
    for activation, name in zip(stand.activations, names, strict=True):
        label = figures.label(
            picture, f"{activation.slug}_end", name, figures.colour(activation.slug), font, "middle right"
        )
        traces += [
            figures.dots(picture, f"{activation.slug}_dot", figures.colour(activation.slug), 9) | {"cliponaxis": True}
        ]
        traces += [{**label, "textfont": {**label["textfont"], "weight": 600}}]
        traces += [
            figures.line(picture, f"{activation.slug}_lead", figures.colour(activation.slug), 1.0, hoverinfo="skip")
        ]
    axes = {
        "xaxis": {"range": list(stand.width), "zeroline": True},
        "yaxis": {**layout(stand)["yaxis"], "nticks": 7},
    }
    margin = {**_MARGIN, "r": 14 + max(_width(name) for name in names) * font}
    return figures.figure(traces, axes, stand.page, large, annotations=[_note(title, font + 1)], margin=margin)


def layout(stand: Stand) -> dict[str, Spec]:
    """What of the axes may change with a slider."""
    return {"yaxis": {"range": list(stand.panel)}}


def standing(stand: Stand) -> dict[str, Spec]:
    """What of the traces changes with the axes."""
    return {"hair": {"y": list(stand.panel)}}


def _line(activation: Activation, name: str, place: int, picture: Picture, large: bool) -> list[Spec]:
    width, dash = _STYLES[place]
    colour = figures.colour(activation.slug)
    style: dict[str, Any] = {"line": {"dash": dash}, "hovertemplate": f"{name} {figures.HOVER}"}
    drawn = [figures.line(picture, activation.slug, colour, width * (1.4 if large else 0.8), **style)]
    for ending, symbol in (("closed", "circle"), ("open", "circle-open")):
        if f"{activation.slug}_{ending}.y" in picture:
            drawn.append(figures.dots(picture, f"{activation.slug}_{ending}", colour, 6, symbol) | {"cliponaxis": True})
    return drawn


def _width(name: str) -> float:
    """How wide a name is, in heights of its font."""
    return sum(_LETTER if letter.isascii() else 1.0 for letter in name)


def _note(text: str, size: float) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "y domain", "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": size}, **place}
