"""The two charts of this page: the gate, and four masks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from activations.experiments import gate
from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.topics.gate import masks, wander

Texts = Mapping[str, str]
_GELU, _OTHER = figures.colour("gelu"), figures.colour("identity")
_QUIET: Spec = {"hoverinfo": "skip"}
_COLOURS = {"relu": figures.colour("relu"), "gate": _GELU, "dropout": _OTHER, "zoneout": _OTHER}
_FILL = "rgba(122,107,216,0.28)"  # GELU's colour, thin
_CHART = {"l": 42, "r": 12, "t": 26, "b": 32}


def wandering(picture: Picture, said: Texts, text: words.Words, large: bool) -> Any:
    """X against x, area and height, and what the draws give."""
    word = 17 if large else 13
    traces = [*_walked(picture), *_bell(picture, said, word), *_height(picture, said, word)]
    traces += [*_output(picture, word), *_means(picture)]
    notes = {"walk": ("x", "y"), "bell": ("x", "y2"), "cdf": ("x", "y3"), "output": ("x2", "y4"), "mean": ("x3", "y5")}
    return _finished(traces, _wandering_axes(), text, notes, large)


def masking(picture: Picture, said: Texts, text: words.Words, large: bool) -> Any:
    """The inputs in grey and what each mask makes of them."""
    traces, notes, axes = [], {}, {}
    # The dots at the first and the last moment are whole.
    span, height = [gate.TIME.low - 1.5, gate.TIME.high + 1.5], [-masks.HIGHEST, masks.HIGHEST]
    for place, name in enumerate(masks.NAMES):
        number = str(place + 1) if place else ""
        across, up = ([0, 0.47], [0.55, 1])[place % 2], ([0.56, 1], [0, 0.42])[place // 2]
        axes[f"xaxis{number}"] = {"range": span, "domain": across, "anchor": f"y{number}", "zeroline": False}
        axes[f"yaxis{number}"] = {"range": height, "domain": up, "anchor": f"x{number}", "dtick": 2}
        on = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        traces += [
            figures.line(picture, f"{name}_in", GREY, 1.5, line={"dash": "2px,3px"}, **_QUIET, **on),
            figures.line(picture, f"{name}_out", _COLOURS[name], 4.0 if large else 2.6, **on),
            {**figures.dots(picture, f"{name}_now", _COLOURS[name], 9), **on, "cliponaxis": True},
        ]
        notes[name] = (on["xaxis"], on["yaxis"])
    return _finished(traces, axes, text, notes, large)


CHARTS: dict[str, Callable[..., Any]] = {"gate": wandering, "masks": masking}


def _wandering_axes() -> dict[str, Spec]:
    left, right = [0, 0.46], [0.57, 1]
    span = [-wander.WIDE, wander.WIDE]
    last = math.log10(gate.COUNTS[-1])
    powers = [f"10{str(power).translate(words.SUPERSCRIPT)}" if power else "1" for power in range(5)]
    return {
        "xaxis": {"range": span, "domain": left, "anchor": "y3", "zeroline": False, "dtick": 1},
        "yaxis": {"range": [-1.5, wander.PAST], "domain": [0.84, 1], "showticklabels": False, "showgrid": False},
        "yaxis2": {"range": [0, wander.TOP], "domain": [0.43, 0.75], "nticks": 3},
        "yaxis3": {"range": [0, 1], "domain": [0, 0.34], "nticks": 3},
        "xaxis2": {"range": span, "domain": right, "anchor": "y4", "dtick": 1},
        "xaxis3": {"range": [0, 1.02 * last], "domain": right, "anchor": "y5", "zeroline": False}
        | {"tickvals": list(range(5)), "ticktext": powers},
        "yaxis4": {"range": list(wander.ENDS), "domain": [0.53, 1], "anchor": "x2", "dtick": 1},
        "yaxis5": {"range": [0, 1], "domain": [0, 0.34], "anchor": "x3", "nticks": 3},
    }


def _hair(picture: Picture, name: str) -> Spec:
    return figures.line(picture, name, PROBE, 1.4, opacity=0.7, **_QUIET)


def _on(place: str, *traces: Spec) -> list[Spec]:
    """The traces on the panel whose axes have these numbers, e.g. 2 and 4 for "24"."""
    x, y = ("" if number == "1" else number for number in place)
    return [{**trace, "xaxis": f"x{x}", "yaxis": f"y{y}"} for trace in traces]


def _walked(picture: Picture) -> list[Spec]:
    return _on(
        "11",
        _hair(picture, "hair_walk"),
        figures.line(picture, "trail", GREY, 1.6, **_QUIET),
        figures.dots(picture, "now", GREY, 10),
    )


def _bell(picture: Picture, said: Texts, word: float) -> list[Spec]:
    filled = {"mode": "none", "fill": "toself", "fillcolor": _FILL, **_QUIET}
    return _on(
        "12",
        figures.trace(picture, "area", **filled),
        figures.line(picture, "bell", GREY, 2.4, **_QUIET),
        _hair(picture, "hair_bell"),
        figures.label(picture, "area_word", said["area_word.text"], _GELU, word, "middle right"),
    )


def _height(picture: Picture, said: Texts, word: float) -> list[Spec]:
    return _on(
        "13",
        _hair(picture, "hair_cdf"),
        figures.line(picture, "height", PROBE, 1.4, line={"dash": "4px,3px"}, **_QUIET),
        figures.line(picture, "cdf", _GELU, 2.6),
        figures.dots(picture, "cdf_dot", PROBE, 9),
        figures.label(picture, "height_word", said["height_word.text"], _GELU, word, "middle right"),
    )


def _means(picture: Picture) -> list[Spec]:
    filled = {"mode": "none", "fill": "toself", "fillcolor": figures.SHADE, **_QUIET}
    return _on(
        "35",
        figures.trace(picture, "band", **filled),
        figures.line(picture, "target", PROBE, 1.4, line={"dash": "4px,3px"}, **_QUIET),
        figures.line(picture, "mean", _OTHER, 2.4, **_QUIET),
        figures.dots(picture, "mean_dot", _OTHER, 9),
    )


def _output(picture: Picture, word: float) -> list[Spec]:
    drawn = [
        part
        for name, guess in wander.guesses().items()
        for part in (
            figures.line(guess, name, GREY, 2.2, line={"dash": "7px,5px"}, **_QUIET),
            # Right of the curve there is room under every line that an answer stands for.
            figures.label(
                {f"{name}_word.x": guess[f"{name}.x"][-1:] - 0.1, f"{name}_word.y": np.array([0.25])},
                f"{name}_word", words.ui("question.note_yours"), GREY, word, "middle left",
            ),
        )
    ]  # fmt: skip
    drawn = [{**part, "visible": False} for part in drawn]
    drawn += [
        _hair(picture, "hair_output"),
        figures.line(picture, "gelu", _GELU, 3.0),
        figures.line(picture, "error", _OTHER, 4.0, **_QUIET),
        figures.dots(picture, "output_dot", _OTHER, 9),
    ]
    return _on("24", *drawn)


def _finished(
    traces: list[Spec], axes: dict[str, Spec], text: words.Words, notes: Mapping[str, tuple[str, str]], large: bool
) -> Any:
    """The figure with a name over each panel."""
    font = {"size": 17 if large else 13}
    named = [
        {"text": f"<b>{text[f'panel-{name}']}</b>", "showarrow": False, "font": font, "x": 0, "y": 1}
        | {"xref": f"{x} domain", "yref": f"{y} domain", "xanchor": "left", "yanchor": "bottom"}
        for name, (x, y) in notes.items()
    ]
    margin = {side: size * (1.3 if large else 1) for side, size in _CHART.items()}
    return figures.figure(traces, axes, "gate", large, annotations=named, margin=margin)
