"""The chart: left the data and the unit that learns them, right the way of its slope α and of the gradient on it."""

from __future__ import annotations

from pages.functions.training.picture import EDGE, LAST
from pages.shared import figures
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.shared.words import Words

_LEFT, _RIGHT, _UPPER, _LOWER = [0, 0.5], [0.62, 1], [0.52, 1.0], [0.0, 0.38]
_COLOUR = figures.colour("prelu")


def learning(picture: Picture, ends: tuple[float, float], told: Words, large: bool) -> figures.Finished:
    """The finished figure, with ``ends`` of what the left panel shows; ``large`` is for a projector."""
    width, word = (5.0, 18.0) if large else (3.0, 13.0)
    marker = {"color": GREY, "size": 5, "opacity": 0.7}
    traces = [figures.trace(picture, "data", mode="markers", marker=marker, hoverinfo="skip")]
    traces.append(figures.line(picture, "fit", _COLOUR, width * 1.3))
    if "aim.x" in picture:
        traces += _level(picture, "aim", told["on-aim"], "2px,4px", word, "bottom left")
    for name, number, colour in (("alpha", "2", _COLOUR), ("pull", "3", PROBE)):
        whole = figures.line(picture, f"whole_{name}", colour, width, opacity=0.25, hoverinfo="skip")
        parts = [whole, figures.line(picture, name, colour, width), figures.dots(picture, f"{name}_now", colour, 10)]
        traces += [{**part, "xaxis": f"x{number}", "yaxis": f"y{number}"} for part in parts]
    notes = [
        _note(told[f"panel-{name}"], number, word) for name, number in (("data", ""), ("alpha", "2"), ("pull", "3"))
    ]
    margin = {"l": 46 if large else 36, "r": 14, "t": 34 if large else 26, "b": 56 if large else 42}
    return figures.figure(traces, _axes(ends, told), "prelu", large, annotations=notes, margin=margin)


def _level(picture: Picture, name: str, text: str, dash: str, size: float, position: str) -> list[Spec]:
    """A value of α, as a line across."""
    line = figures.line(picture, name, GREY, 2.0, line={"dash": dash}, hoverinfo="skip")
    label = figures.label(picture, f"{name}_word", text, GREY, size, position)
    return [{**part, "xaxis": "x2", "yaxis": "y2"} for part in (line, label)]


def _axes(ends: tuple[float, float], told: Words) -> dict[str, Spec]:
    steps = {"range": [-0.03 * LAST, 1.03 * LAST], "domain": _RIGHT, "nticks": 5, "zeroline": False}
    return {
        "xaxis": {"range": [-1.05 * EDGE, 1.05 * EDGE], "domain": _LEFT, "title": told["axis-x"], "nticks": 7},
        "yaxis": {"range": [ends[0] - 0.25, ends[1] + 0.25], "nticks": 7},
        "xaxis2": {**steps, "anchor": "y2", "showticklabels": False},
        "yaxis2": {"range": [-1.3, 1.25], "domain": _UPPER, "anchor": "x2", "nticks": 6},
        "xaxis3": {**steps, "anchor": "y3", "title": told["axis-steps"]},
        "yaxis3": {"range": [-0.62, 0.62], "domain": _LOWER, "anchor": "x3", "nticks": 5},
    }


def _note(text: str, number: str, size: float) -> Spec:
    place = {"x": 0, "y": 1, "xref": f"x{number} domain", "yref": f"y{number} domain"}
    look = {"showarrow": False, "xanchor": "left", "yanchor": "bottom", "font": {"size": size + 1}}
    return {"text": f"<b>{text}</b>", **place, **look}
