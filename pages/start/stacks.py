"""The scene of home: three stacks of equal layers, and two inputs that a stack of sigmoids brings together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments.stack import INPUTS, LAYERS, layer_outputs
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import NO_HOVER, Picture, Spec, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts

_STACKS = ("sigmoid", "tanh", "relu")
_FALLING = "sigmoid"  # the stack through which the two inputs are drawn
_SIDES = ("low", "high")  # of the curves: their ends, at the two inputs
_GHOSTS = 3  # curves of the depths before
_X = np.linspace(*INPUTS, 121)
_OUT = 2.0  # height of the number of ReLU, at the line that leaves the picture
_ABOVE = 0.14  # from the end of a line to its number
_BELOW = 0.3  # from the balls to the words under them
_SQUEEZE = 0.1  # of a value's distance beyond [0, 1], where only the inputs lie


@dataclass(frozen=True)
class Stacks(Scene):
    """What stacks of sigmoid, tanh and ReLU make of their inputs at a depth."""

    page, words_of, key = "", "start/home", "stacks"
    params = (LAYERS,)

    def arrays(self, state: State) -> Arrays:
        """The curves with their ghosts and numbers, and beside them two inputs on their way through the layers."""
        depth = state[LAYERS.name].astype(int)
        arrays: Arrays = {}
        for slug in _STACKS:
            for back in range(_GHOSTS + 1):
                # At one layer all ghosts lie behind the curve.
                arrays[f"{_ghost(slug, back)}.y"] = _curves(slug)[np.maximum(depth - back, 1)]
        return arrays | _number_heights(depth) | _fall(depth)

    def texts(self, state: State, text: words.Words) -> Texts:
        """The depth, what each stack makes of both inputs, and how far apart two of these outputs are."""
        depth = state[LAYERS.name].astype(int)
        texts: Texts = {"layers": [str(layers) for layers in depth.tolist()]}
        for slug in _STACKS:
            name, named = words.title(slug), "high" if slug == "relu" else "low"
            for side, outputs in zip(_SIDES, _ends(slug)[depth].T, strict=True):
                numbers = texts[f"{slug}_{side}"] = words.numbers(outputs, 4)
                texts[f"{slug}_{side}.text"] = [f"{name} {number}" for number in numbers] if side == named else numbers
        low, high = _ends(_FALLING)[depth].T
        texts["gap"] = [words.power(gap) for gap in (high - low).tolist()]
        texts["gap.text"] = [words.ui("home.apart", gap=gap) for gap in texts["gap"]]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """Two panels, three times as wide as high and twice as high as wide."""
        width, size = (5.0, 20.0) if large else (3.5, 15.0)
        picture = {**_fixed(), **arrays}
        traces = [ghost for slug in _STACKS for ghost in _drawn_ghosts(picture, slug, width)]
        traces += [figures.line(picture, slug, figures.colour(slug), width) for slug in _STACKS]
        inwards = {"low": "middle right", "high": "middle left"}
        for slug in _STACKS:
            for side in _SIDES:
                name, colour = f"{slug}_{side}", figures.colour(slug)
                traces.append(figures.label(picture, name, texts[f"{name}.text"], colour, size, inwards[side]))
        traces += on_panel("2", *_drawn_fall(picture, texts["gap.text"], width, size))
        margin = {"l": 64 if large else 54, "r": 14, "t": 8, "b": 60 if large else 46}
        return figures.figure(traces, {**_curve_axes(), **_fall_axes()}, self.page, large, margin=margin)

    def alt(self, marks: Mapping[str, str]) -> str:
        """One sentence for each stack."""
        sentences = []
        for slug in _STACKS:
            outputs = {side: marks[f"{slug}_{side}"] for side in _SIDES}
            sentences.append(words.ui("home.sentence", name=words.title(slug), **outputs))
        return (words.ui("alt.layers", **marks) + "; ".join(sentences)).replace("**", "")

    def reading(self, marks: Mapping[str, str]) -> str:
        """How far apart the two inputs are after the last layer."""
        return words.ui("home.reading", **marks)


@lru_cache
def _curves(slug: str) -> Array:
    """The output after 0, 1 … layers along the x-axis, whose ends are the two inputs."""
    curves = layer_outputs(CATALOGUE[slug], _X)
    curves.setflags(write=False)
    return curves


def _ends(slug: str) -> Array:
    """What each depth makes of the two inputs, of shape (depths, 2)."""
    return _curves(slug)[:, [0, -1]]


def _ghost(slug: str, back: int) -> str:
    return f"{slug}_{back}" if back else slug


def _number_heights(depth: Array) -> Arrays:
    """The places of the numbers at the ends of lines: above the upper one of sigmoid and tanh, below the lower one."""
    sigmoid, tanh, relu = (_ends(slug)[depth] for slug in _STACKS)
    above = np.where(sigmoid >= tanh, _ABOVE, -_ABOVE)
    heights = {"sigmoid": sigmoid + above, "tanh": tanh - above, "relu": relu - _ABOVE}
    heights["relu"][:, 1] = _OUT
    return {f"{slug}_{side}.y": found[:, [k]] for slug, found in heights.items() for k, side in enumerate(_SIDES)}


def _fall(depth: Array) -> Arrays:
    """The way of each input through the layers, a ball at its end, and a bar for each layer."""
    layers, deepest = np.arange(LAYERS.high + 1), depth[:, None]
    ends = _ends(_FALLING)
    middle = np.repeat(layers[1:] - 0.5, 3)  # a bar lies between the values before its layer and those after it
    arrays = {
        "gap.x": _across(ends[depth].mean(axis=1, keepdims=True)),
        "gap.y": _down(deepest) + _BELOW,
        "boxes.y": np.where(middle < deepest, _down(middle), np.nan),
    }
    for side, values in zip(_SIDES, ends.T, strict=True):
        arrays[f"fall_{side}.y"] = np.where(layers <= deepest, _down(layers), np.nan)
        for name in ("ball", "tag"):
            arrays |= {f"{name}_{side}.x": _across(values[deepest]), f"{name}_{side}.y": _down(deepest)}
    return arrays


def _across(value: Array) -> Array:
    """The place of a value on its axis: in [0, 1], all that a sigmoid gives, at itself, beyond it squeezed."""
    inside = np.clip(value, 0.0, 1.0)
    return np.asarray(inside + _SQUEEZE * (value - inside))


def _down(layer: Array) -> Array:
    """The place of a layer on its axis: the first layers, which change most, are further apart than the last."""
    return np.asarray(np.sqrt(layer))


def _fixed() -> Arrays:
    """The arrays that no slider moves."""
    arrays = {f"{_ghost(slug, back)}.x": _X for slug in _STACKS for back in range(_GHOSTS + 1)}
    arrays |= {f"{slug}_{side}.x": np.array([x]) for slug in _STACKS for side, x in zip(_SIDES, INPUTS, strict=True)}
    arrays["relu_high.x"] = np.array([_OUT])
    arrays["boxes.x"] = np.tile([*_across(np.array(INPUTS)), np.nan], int(LAYERS.high))
    return arrays | {f"fall_{side}.x": _across(way) for side, way in zip(_SIDES, _ends(_FALLING).T, strict=True)}


def _curve_axes() -> dict[str, Spec]:
    return {
        "xaxis": {"range": list(INPUTS), "title": words.ui("home.axis_in"), "domain": [0, 0.67]},
        # What ReLU makes of more is above the picture.
        "yaxis": {"range": [-1.3, 2.3], "title": words.ui("home.axis_out"), "nticks": 5},
    }


def _fall_axes() -> dict[str, Spec]:
    (low, high), margin = _across(np.array(INPUTS)), 0.16  # beside the balls, for their names
    across = {"range": [low - margin, high + margin], "domain": [0.77, 1], "anchor": "y2", "zeroline": False}
    ends = [float(_down(LAYERS.grid[-1])) + 2 * _BELOW, -0.5 * _BELOW]
    down = {"range": ends, "anchor": "x2", "showgrid": False, "zeroline": False}
    return {
        "xaxis2": {**across, **_ticks((-4, 0, 1, 4), _across), "title": words.ui("home.axis_value")},
        "yaxis2": {**down, **_ticks((0, 1, 2, 3, 5, 10, 20), _down), "title": words.ui("home.axis_layer")},
    }


def _ticks(numbers: Sequence[int], where: Callable[[Array], Array]) -> Spec:
    """Numbers written at their places on an axis that is not evenly spaced."""
    return {"tickvals": where(np.array(numbers)).tolist(), "ticktext": [words.number(n, "0") for n in numbers]}


def _drawn_ghosts(picture: Picture, slug: str, width: float) -> list[Spec]:
    """The curves of the depths before, the oldest at the bottom."""
    opacities = {3: 0.25, 2: 0.38, 1: 0.55}
    return [
        figures.line(picture, _ghost(slug, back), figures.colour(slug), width * 0.6, opacity=opacity, **NO_HOVER)
        for back, opacity in opacities.items()
    ]


def _drawn_fall(picture: Picture, gap: str, width: float, size: float) -> list[Spec]:
    """The two inputs among the layers, with their names, and under them how far apart they are."""
    colour, outwards = figures.colour(_FALLING), {"low": "middle left", "high": "middle right"}
    drawn = [figures.line(picture, "boxes", figures.SHADE, 1.6 * width, **NO_HOVER)]
    drawn += [figures.line(picture, f"fall_{side}", colour, 0.6 * width, **NO_HOVER) for side in _SIDES]
    drawn += [figures.dots(picture, f"ball_{side}", colour, 3 * width) for side in _SIDES]
    for side, value in zip(_SIDES, INPUTS, strict=True):
        drawn.append(_word(picture, f"tag_{side}", f"   {words.number(value, '0')}   ", size, outwards[side]))
    return [*drawn, _word(picture, "gap", gap, size, "bottom center")]


def _word(picture: Picture, name: str, text: str, size: float, position: str) -> Spec:
    """A word in the colour of the page's text."""
    return {**figures.label(picture, name, text, "", size, position), "textfont": {"size": size}}
