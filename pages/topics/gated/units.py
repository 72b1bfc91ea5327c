"""The gated units: a times g(b) over both numbers, the cut along b, and both partial derivatives."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from activations import CATALOGUE, Activation
from activations.experiments import gated
from activations.experiments.gated import GATE, GATED, VALUE
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.shared.views import QUIET, SCALE, Rows, Said, Stand, View, finished, guesses, keys, on

ENDS = (GATE.low, GATE.high)
GUESSES = {"1": (1.6, 2.4, 2.92), "3": (1.6, 2.4, 1.46)}  # where the wrong answers put the dot of the section
HEIGHT, SLOPES, STRONG = (-7.0, 10.0), (-5.0, 5.0), 5.0
_EVEN = figures.colour("tanh")  # of the line a = b, on which no gate has this colour
_SIDE = np.linspace(*ENDS, 41)
_MAP, _CUT = [0, 0.46], [0.56, 1]


def _along(activation: Activation) -> Array:
    """Where the lines along b are evaluated; at a kink just left and right of it, with a gap between."""
    b = np.linspace(*ENDS, 81)
    if not activation.kinks_at():
        return b
    return np.concatenate([b[b < 0], [-1e-9, np.nan, 1e-9], b[b > 0]])


def frames(activation: Activation, at: Stand) -> Rows:
    """The crosshair, the cut along b through it, the slope by b along it, and the dots."""
    a, b, line = at["a"][:, None], at["b"][:, None], _along(activation)
    y, (by_a, by_b) = gated.gated(activation, a, b), gated.gated_slopes(activation, a, b)
    hair = np.repeat(b, 2, axis=1)
    return {
        "down.x": hair,
        "across.y": np.repeat(a, 2, axis=1),
        "spot.x": b,
        "spot.y": a,
        "hair.x": hair,
        "hair_slope.x": hair,
        "cut.y": gated.gated(activation, a, line),
        "dot.x": b,
        "dot.y": y,
        "by_b.y": gated.gated_slopes(activation, a, line)[1],
        **{f"by_{name}_dot.x": b for name in "ab"},
        "by_a_dot.y": by_a,
        "by_b_dot.y": by_b,
    }


def said(activation: Activation, name: str, at: Stand, text: words.Words) -> Said:
    """The product, both factors and both slopes, SiLU of the one number, and what unit and gate are called."""
    a, b = at["a"], at["b"]
    by_a, by_b = gated.gated_slopes(activation, a, b)
    return {
        "a": words.numbers(a, 1),
        "b": words.numbers(b, 1),
        "y": words.numbers(gated.gated(activation, a, b), 3),
        "by_a": words.numbers(by_a, 3),
        "by_b": words.numbers(by_b, 3),
        "silu": words.numbers(CATALOGUE["swish"](b), 3),
        "name": [text[f"show-{name}"]] * len(b),
        "g": [text[f"gate-{name}"]] * len(b),
    }


def figure(
    activation: Activation, name: str,
    picture: Picture, said: Mapping[str, str], text: words.Words, large: bool,
) -> figures.Finished:  # fmt: skip
    """The finished figure."""
    size, line = (17.0 if large else 13.0), _along(activation)
    colour, across = figures.colour(activation.slug), {"range": list(ENDS), "dtick": 2}
    gate = {"g": text[f"gate-{name}"]}
    traces = [
        *_plane(activation, picture),
        *on("2", *_cut(activation, picture, line)),
        *on("3", *_slopes(activation, picture, line)),
    ]
    named = {"cut": ("a·{g}(b)", colour), "alone": ("{g}(b)", GREY), "same": ("b·{g}(b)", _EVEN)}
    slopes = {"by_a": ("∂y/∂a = {g}(b)", GREY), "by_b": ("∂y/∂b = a·{g}′(b)", colour)}
    if name == "swiglu":
        traces += on("2", *guesses(GUESSES, size))
    for place, said_of, at, step in (("2", named, (-3.8, 9.0), 1.6), ("3", slopes, (-3.8, 4.3), 1.3)):
        told = {key: (words.format(form, **gate), shade) for key, (form, shade) in said_of.items()}
        traces += on(place, *keys(told, at, step, size))
    axes = {
        "xaxis": {**across, "domain": _MAP, "title": text["axis-gate"], "showgrid": False, "zeroline": False},
        "yaxis": {**across, "title": text["axis-value"], "showgrid": False, "zeroline": False},
        "xaxis2": {**across, "domain": _CUT, "anchor": "y2", "showticklabels": False},
        "yaxis2": {"range": list(HEIGHT), "domain": [0.5, 1], "anchor": "x2", "dtick": 5},
        "xaxis3": {**across, "domain": _CUT, "anchor": "y3", "title": "b"},
        "yaxis3": {"range": list(SLOPES), "domain": [0, 0.4], "anchor": "x3", "dtick": 2, "tick0": 0},
    }
    notes = {number: words.format(text[f"panel-{panel}"], **gate) for number, panel in _PANELS.items()}
    return finished("gated", traces, axes, notes, large)


_PANELS = {"": "product", "2": "cut", "3": "slopes"}


def _plane(activation: Activation, picture: Picture) -> list[Spec]:
    """The product over both numbers, the line a = b, and the crosshair."""
    field = {"field.z": gated.gated(activation, _SIDE[:, None], _SIDE[None, :])}
    corner = np.array(ENDS)
    still: Picture = {**picture, "down.y": corner, "across.x": corner, "even.x": corner, "even.y": corner}
    return [
        figures.plane(field, "field", _SIDE, _SIDE, SCALE, (-STRONG, STRONG)),
        figures.line(still, "even", _EVEN, 2.0, line={"dash": "3px,4px"}, **QUIET),
        *(figures.line(still, name, GREY, 1.8, **QUIET) for name in ("down", "across")),
        figures.dots(still, "spot", figures.colour(activation.slug), 11),
    ]


def _cut(activation: Activation, picture: Picture, line: Array) -> list[Spec]:
    alone = {
        "alone.x": line,
        "alone.y": activation(line),
        "same.x": line,
        "same.y": gated.gated(activation, line, line),
    }
    still: Picture = {**picture, **alone, "cut.x": line, "hair.y": np.array(HEIGHT)}
    return [
        figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **QUIET),
        figures.line(still, "alone", GREY, 2.2, line={"dash": "2px,4px"}),
        figures.line(still, "same", _EVEN, 2.2, line={"dash": "3px,4px"}),
        figures.line(still, "cut", figures.colour(activation.slug), 3.5),
        figures.dots(still, "dot", figures.colour(activation.slug), 9) | {"cliponaxis": True},
    ]


def _slopes(activation: Activation, picture: Picture, line: Array) -> list[Spec]:
    still: Picture = {
        **picture,
        "by_a.x": line,
        "by_a.y": activation(line),
        "by_b.x": line,
        "hair_slope.y": np.array(SLOPES),
    }
    return [
        figures.line(still, "hair_slope", PROBE, 1.4, opacity=0.7, **QUIET),
        figures.line(still, "by_a", GREY, 2.2, line={"dash": "2px,4px"}),
        figures.line(still, "by_b", figures.colour(activation.slug), 3.0),
        figures.dots(still, "by_a_dot", GREY, 8),
        figures.dots(still, "by_b_dot", figures.colour(activation.slug), 8) | {"cliponaxis": True},
    ]


def reading(name: str, text: words.Words, marks: Mapping[str, str]) -> str:
    """The product, its slopes, and how it differs from a function of one number."""
    return "  \n".join(words.format(text[part], **marks) for part in ("read-product", "read-slopes", f"read-{name}"))


def _view(name: str) -> View:
    activation = CATALOGUE[GATED[name]]
    told, drawn = partial(said, activation, name), partial(frames, activation)
    stories = {"one": {"a": 1.0}, "closed": {"b": -4.0}, "minus": {"a": -2.0, "b": 2.0}}
    return View(
        "gated", name, "unit", ((VALUE,), (GATE,)), drawn, told, partial(figure, activation, name),
        partial(reading, name), stories,
    )  # fmt: skip


VIEWS = {name: _view(name) for name in GATED}
