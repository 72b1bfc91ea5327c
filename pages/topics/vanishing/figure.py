"""The chart: the gradient at each layer, in decades; below it a strip of dots, one a layer, and the activations."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from activations import Activation
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import DEEPEST, WEIGHTS, Fading
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec, bold

GAP = 0.01  # share of the x-axis between a line's end and its label
LABEL = 0.09  # share of the upper panel's height that a line of text takes, on a phone as well
BELOW_LINE = "float32"  # the number format whose name stands below its line
_LOWEST, _HIGHEST = -60.0, 60.0  # decades; float32 holds nothing but 0 long before
_FEWEST_LAYERS, _FEWEST_DECADES = 10, 2.0
_TICK_STEPS, _MOST_TICKS = (0.5, 1, 2, 5, 10, 20, 50), 6
_SHELF = 0.17  # share of the decades' height that is added below them for exact zeros
_BEYOND = 1.5  # heights of a panel up to which values outside it are distinguished
_LARGEST = 10.0  # activation that the lower panel still shows
_LEAST_HALF = 0.5  # of the lower panel's height


@dataclass(frozen=True)
class Axes:
    """``layers`` is the last layer on the axis; ``activations`` are the ends of the lower panel.

    ``decades`` are the ends of the upper panel's scale, below which a shelf for exact zeros is added if it has any.
    """

    layers: float
    decades: tuple[float, float]
    has_zeros: bool
    activations: tuple[float, float]

    @classmethod
    def fitted(cls, fadings: Sequence[Fading], of: str, bound: Iterable[float]) -> Axes:
        """Axes for one stack, a row of each function; ``bound`` are further decades to be shown."""
        layers = max(_FEWEST_LAYERS, int(fadings[0].depth[0]))
        decades = np.concatenate([[0.0], *(fading.at_layers(of)[0] for fading in fadings)])
        zeros = any(fading.at_layers(of)[0, first_layer(of)] == -math.inf for fading in fadings)
        shown = np.clip([*decades[np.isfinite(decades)], *bound], _LOWEST, _HIGHEST)
        outputs = np.concatenate([fading.forward[0] for fading in fadings])
        return cls(float(layers), _decades(float(min(shown)), float(max(shown))), zeros, _activations(outputs))

    @property
    def across(self) -> tuple[float, float]:
        """Both ends of the axis of layers, with a little margin beside the first and the last one."""
        return -1.5 * GAP * self.layers, (1 + GAP) * self.layers

    @property
    def height(self) -> float:
        """Decades from the lower to the upper end of the upper panel."""
        return self.panel[1] - self.panel[0]

    @property
    def panel(self) -> tuple[float, float]:
        """Both ends of the upper panel."""
        low, high = self.decades
        return low - _SHELF * (high - low) * self.has_zeros, high

    def shelf(self, number: int) -> float:
        """Where zeros of function 0, 1 … are drawn: below the panel if the stack at rest has none."""
        low, high = self.decades
        below = 0.05 + 0.028 * number if self.has_zeros else 1.0
        return low - below * (high - low)

    @property
    def ticks(self) -> list[float]:
        """Whole powers of ten, at most seven."""
        low, high = self.decades
        step = max(1.0, _tick_step(high - low))
        first = math.ceil(low / step - 1e-9)
        return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]

    @property
    def layout(self) -> dict[str, Spec]:
        """What the layout of the chart says of these axes."""
        places, names = list(self.ticks), [_power(tick) for tick in self.ticks]
        if self.has_zeros:
            places = [(self.shelf(0) + self.shelf(3)) / 2, *places]
            names = [words.ui("axis.dead"), *names]
        layers = {"range": list(self.across), "dtick": 5 if self.layers > 25 else 2 if self.layers > 12 else 1}
        return {
            "xaxis": layers,
            "yaxis": {"range": list(self.panel), "tickvals": places, "ticktext": names},
            "yaxis2": {"range": list(self.activations)},
        }


def first_layer(of: str) -> int:
    """The layer at which the lines of a kind of gradient end."""
    return 1 if of == WEIGHTS else 0


def reach(panel: tuple[float, float]) -> tuple[float, float]:
    """The heights between which things are drawn where they are; those further outside are drawn at the nearer one."""
    low, high = panel
    return low - _BEYOND * (high - low), high + _BEYOND * (high - low)


def _decades(low: float, high: float) -> tuple[float, float]:
    low = min(low, high - _FEWEST_DECADES)
    step = _tick_step(high - low)
    low = math.floor(low / step + 1e-9) * step
    margin = LABEL * (high - low)
    # The name of a number format is below its line; neither is shown without the other.
    for floor in sorted(UNDERFLOW.values(), reverse=True):
        if abs(low - floor) < margin:
            low = floor - margin
    return low, high + 0.7 * margin


def _tick_step(span: float) -> float:
    return next((step for step in _TICK_STEPS if span / step <= _MOST_TICKS), _TICK_STEPS[-1])


def _activations(outputs: Array) -> tuple[float, float]:
    low, high = (float(end) for end in np.clip([np.nanmin(outputs), np.nanmax(outputs)], -_LARGEST, _LARGEST))
    middle, half = (low + high) / 2, max((high - low) / 2, _LEAST_HALF)
    return middle - 1.12 * half, middle + 1.12 * half


def _power(decades: float) -> str:
    return f"10{str(round(decades)).translate(words.SUPERSCRIPT)}" if decades else "1"


# By the number of the function, so that a line which lies on another one lets it through: widths and dashes.
_STYLES = ((4.5, "solid"), (3.5, "16px,7px"), (3.0, "8px,8px"), (2.5, "3px,5px"))
_UPPER, _STRIP, _LOWER = (0.37, 1.0), (0.25, 0.31), (0.0, 0.17)
_ROWS = 4  # of dots that the strip holds
_LAYERS = np.arange(DEEPEST + 1, dtype=np.float64)
_MARGIN = {"l": 92, "r": 62, "t": 26, "b": 48}


def gradients(
    activations: Sequence[Activation], of: str, axes: Axes, hovers: Mapping[str, Mapping[str, Any]],
    arrays: Picture, texts: Mapping[str, str], large: bool,
) -> figures.Finished:  # fmt: skip
    """The figure of one stack; ``hovers`` are the texts by layer that the line of that name shows."""
    traces, shades = _floors(arrays, large), figures.colours([activation.slug for activation in activations])
    for number, activation in enumerate(activations):
        key, colour = activation.key, shades[activation.slug]
        traces += [
            _line(key, activation, colour, number, arrays, hovers, large),
            _drop(arrays, f"{key}_dead", colour),
            bold(
                figures.label(
                    arrays, f"{key}_end", texts[f"{key}_end.text"], colour, 18 if large else 13, "middle left"
                )
            ),
            _dots(arrays, f"{key}_dots", colour, (len(activations) - 1) / 2 - number, large),
        ]
    if "best.x" in arrays:
        traces.append(figures.line(arrays, "best", GREY, 2.5, line={"dash": "2px,4px"}, **NO_HOVER))
        traces.append(figures.label(arrays, "best_word", words.ui("on.best"), GREY, 15 if large else 12, "top left"))
    for number, activation in enumerate(activations):
        line = _line(f"{activation.key}_forward", activation, shades[activation.slug], number, arrays, hovers, large)
        traces.append({**line, "yaxis": "y2"})
    margin = {side: size * (1.25 if large else 1) for side, size in _MARGIN.items()}
    notes = _notes(of, large)
    return figures.figure(traces, _axes(axes), f"vanishing {of}", large, annotations=notes, margin=margin)


def _axes(axes: Axes) -> dict[str, Spec]:
    fitted = axes.layout
    return {
        "xaxis": {"title": words.ui("axis.layer"), "anchor": "y2", "zeroline": False, **fitted["xaxis"]},
        "yaxis": {"domain": _UPPER, "side": "right", "zeroline": False, **fitted["yaxis"]},
        "yaxis2": {"domain": _LOWER, "side": "right", "nticks": 4, **fitted["yaxis2"]},
        "yaxis3": {"domain": _STRIP, "visible": False, "range": [-_ROWS / 2, _ROWS / 2]},
    }


def _notes(of: str, large: bool) -> list[Spec]:
    """The headings of both panels; over the strip which way the error goes, beside it the input and the output."""
    size = 18 if large else 14
    headings = [
        {**figures.heading(f"<b>{words.ui(f'axis.{name}')}</b>", number, size), "xref": "x domain"}
        for name, number in ((of, ""), ("activation", "2"))
    ]
    font = {"size": 15 if large else 12, "color": GREY}
    middle = {"yref": "y3 domain", "y": 0.5, "yanchor": "middle", "xref": "paper", "showarrow": False, "font": font}
    return [
        *headings,
        {**middle, "text": words.ui("axis.back"), "x": 0.5, "y": 1, "yanchor": "bottom"},
        {**middle, "text": words.ui("axis.input"), "x": 0, "xanchor": "right"},
        {**middle, "text": words.ui("axis.output"), "x": 1, "xanchor": "left"},
    ]


def _floors(arrays: Picture, large: bool) -> list[Spec]:
    """Below these lines a number format holds only 0, as is written on each."""
    heights = np.array(list(UNDERFLOW.values()))
    ends = np.stack([np.zeros(3), np.full(3, float(DEEPEST)), np.full(3, math.nan)], axis=1)
    lines = {"floors.x": ends.ravel(), "floors.y": np.repeat(heights, 3)}
    text = [words.ui("on.format", format=kind) for kind in UNDERFLOW]
    corners = ["bottom right" if kind == BELOW_LINE else "top right" for kind in UNDERFLOW]
    names = figures.label(arrays, "floor_words", "", GREY, 15 if large else 12, "")
    return [
        figures.line(lines, "floors", GREY, 1.0, line={"dash": "4px,3px"}, opacity=0.8, **NO_HOVER),
        {**names, "text": text, "textposition": corners, "cliponaxis": True},
    ]


def _line(
    name: str,
    activation: Activation,
    colour: str,
    number: int,
    arrays: Picture,
    hovers: Mapping[str, Mapping[str, Any]],
    large: bool,
) -> Spec:
    """A line over the layers, whose numbers are shown to a pointer."""
    width, dash = _STYLES[number % len(_STYLES)]
    value = "%{customdata}<extra></extra>"
    hover = words.ui("on.hover_layer", name=words.title(activation.slug), layer="%{x:d}", value=value)
    style = {"line": {"dash": dash}, "hovertemplate": hover, **hovers[name]}
    return figures.line({f"{name}.x": _LAYERS, **arrays}, name, colour, width * (1.5 if large else 1), **style)


def _drop(arrays: Picture, name: str, colour: str) -> Spec:
    """The drop of a line to exact zero, with a cross."""
    drop = figures.line(arrays, name, colour, 2.5, line={"dash": "3px,3px"}, **NO_HOVER)
    cross = {"symbol": "x-thin", "size": [0, 9, 0], "line": {"color": colour, "width": [0, 2.5, 0]}}
    return {**drop, "mode": "lines+markers", "marker": cross}


def _dots(arrays: Picture, name: str, colour: str, height: float, large: bool) -> Spec:
    """A dot a layer, the fainter the smaller the gradient there."""
    opacity = np.nan_to_num(arrays[f"{name}.opacity"]).tolist()
    place = {f"{name}.x": _LAYERS, f"{name}.y": np.full(len(_LAYERS), height)}
    dots = figures.dots(place, name, colour, 8 if large else 5)
    marker = {**dots["marker"], "opacity": opacity, "line": {"width": 0}}
    return {**dots, "marker": marker, "cliponaxis": True, "yaxis": "y3"}
