"""The chart: left the data and the unit that learns them, right the way of its slope α and of the gradient on it."""

from __future__ import annotations

from pages.parts import figures, words
from pages.parts.figures import GREY, PROBE, Picture, Spec
from pages.parts.prediction import GUESS
from pages.topics.choose.picture import EDGE, LAST

_LEFT, _RIGHT, _UPPER, _LOWER = [0, 0.5], [0.62, 1], [0.52, 1.0], [0.0, 0.38]
_COLOUR = figures.colour("leaky_relu")


def learning(picture: Picture, text: words.Page, large: bool) -> figures.Finished:
    """The finished figure; ``large`` is for a projector."""
    width, word = (5.0, 18.0) if large else (3.0, 13.0)
    marker = {"color": GREY, "size": 5, "opacity": 0.7}
    traces = [figures.trace(picture, "data", mode="markers", marker=marker, hoverinfo="skip")]
    traces.append(figures.line(picture, "fit", _COLOUR, width * 1.3))
    if "aim.x" in picture:
        traces += _level(picture, "aim", text["on-aim"], "2px,4px", word, "bottom left")
    traces += [_guess(picture, name[:-2], word) for name in picture if name.startswith(GUESS) and name.endswith(".x")]
    for name, number, colour in (("alpha", "2", _COLOUR), ("pull", "3", PROBE)):
        parts = [figures.line(picture, name, colour, width), figures.dots(picture, f"{name}_now", colour, 10)]
        traces += [{**part, "xaxis": f"x{number}", "yaxis": f"y{number}"} for part in parts]
    notes = [
        _note(text[f"panel-{name}"], number, word) for name, number in (("data", ""), ("alpha", "2"), ("pull", "3"))
    ]
    margin = {"l": 46 if large else 36, "r": 14, "t": 34 if large else 26, "b": 56 if large else 42}
    return figures.figure(traces, _axes(text), "choose", large, annotations=notes, margin=margin)


def _level(picture: Picture, name: str, text: str, dash: str, size: float, position: str) -> list[Spec]:
    """A value of α, as a line across."""
    line = figures.line(picture, name, GREY, 2.0, line={"dash": dash}, hoverinfo="skip")
    label = figures.label(picture, f"{name}_word", text, GREY, size, position)
    return [{**part, "xaxis": "x2", "yaxis": "y2"} for part in (line, label)]


def _guess(picture: Picture, name: str, size: float) -> Spec:
    line = figures.line(picture, name, GREY, 2.0, line={"dash": "8px,6px"}, hoverinfo="skip", xaxis="x2", yaxis="y2")
    said = {"text": ["", words.ui("drawn.guess"), ""], "textposition": "top center", "visible": False}
    return {**line, **said, "mode": "lines+text", "textfont": {"color": GREY, "size": size}}


def _axes(text: words.Page) -> dict[str, Spec]:
    steps = {"range": [-0.03 * LAST, 1.03 * LAST], "domain": _RIGHT, "nticks": 5, "zeroline": False}
    return {
        "xaxis": {"range": [-1.05 * EDGE, 1.05 * EDGE], "domain": _LEFT, "title": text["axis-x"], "nticks": 7},
        "yaxis": {"range": [-3.6, 3.6], "nticks": 7},
        "xaxis2": {**steps, "anchor": "y2", "showticklabels": False},
        "yaxis2": {"range": [-1.3, 1.25], "domain": _UPPER, "anchor": "x2", "nticks": 6},
        "xaxis3": {**steps, "anchor": "y3", "title": text["axis-steps"]},
        "yaxis3": {"range": [-0.62, 0.62], "domain": _LOWER, "anchor": "x3", "nticks": 5},
    }


def _note(text: str, number: str, size: float) -> Spec:
    place = {"x": 0, "y": 1, "xref": f"x{number} domain", "yref": f"y{number} domain"}
    look = {"showarrow": False, "xanchor": "left", "yanchor": "bottom", "font": {"size": size + 1}}
    return {"text": f"<b>{text}</b>", **place, **look}
