"""All chosen functions in one panel, each with its name at its end, and dots at the probe."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from activations import CATALOGUE, Activation, Param, find
from activations.spec import Array
from pages.shared import controls, figures, live, words
from pages.shared.curves import PROBE
from pages.shared.figures import NO_HOVER, Picture, Spec
from pages.shared.scene import Arrays, Composite, Part, State, Texts, rows
from pages.tools.compare import lines
from pages.tools.compare.lines import Member

Ends = tuple[float, float]
FIRST = ["relu", "elu", "gelu", "swish"]
SYMBOLS = ("f", "f′", "f″")
LABEL = 0.062  # share of the panel's height that a name takes, on a phone as well
GAP = 0.05  # share of the panel's width between a line's end and its name, which a thin line joins
_FARTHEST = 6.5  # of heights that are shown
_NOTHING = 1e-9
_PADDING = 0.08  # share of the height that is left free above and below
_FINE = 400  # steps that the panel's height is cut into
_FAR = 15_000  # steps from the middle of the panel beyond which all heights are sent as one
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


@lru_cache(maxsize=256)
def own(activation: Activation) -> tuple[Param, ...]:
    """The parameters of ``activation``, each named so that no two functions share a name: ``elu.alpha``."""
    return tuple(dataclasses.replace(param, name=f"{activation.slug}.{param.name}") for param in activation.params)


PARAMS = (PROBE, *(param for slug in FIRST for param in own(CATALOGUE[slug])))
LATER = tuple(param for slug, activation in CATALOGUE.items() if slug not in FIRST for param in own(activation))


@dataclass(frozen=True)
class InPanel(Part):
    """A part of the picture whose panel has these lower and upper ends."""

    panel: Ends
    words_of = "tools/compare"

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Of heights a share of the panel's."""
        return dict.fromkeys(_heights(arrays), (self.panel[1] - self.panel[0]) / _FINE)

    def bounds(self, arrays: Arrays) -> Mapping[str, Ends]:
        """Heights far outside the panel are clipped to one bound."""
        far, middle = _FAR * (self.panel[1] - self.panel[0]) / _FINE, sum(self.panel) / 2
        return dict.fromkeys(_heights(arrays), (middle - far, middle + far))


@dataclass(frozen=True)
class Hair(InPanel):
    """The hairline at the probe."""

    params = (PROBE,)

    def arrays(self, state: State) -> Arrays:
        """A line from the bottom of the panel to its top."""
        x0 = state[PROBE.name]
        return {"hair.x": np.repeat(x0[:, None], 2, axis=1), "hair.y": rows(self.panel, len(x0))}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The probe."""
        return {"x0": words.numbers(state[PROBE.name], 2)}


@dataclass(frozen=True)
class Line(InPanel):
    """The line of one function, or of its difference from the function ``less``."""

    activation: Activation
    less: Activation | None
    order: int
    window: Ends

    @property
    def params(self) -> tuple[Param, ...]:
        """The parameters of both functions."""
        return _params([self.activation, self.less])

    def arrays(self, state: State) -> Arrays:
        """The line, and dots where it jumps."""
        one, less = _members([self.activation, self.less], state)
        drawn = lines.line(self.order, one, less, self.window)
        return _every({name.replace("line", self.activation.key, 1): row for name, row in drawn.items()}, state)

    def texts(self, state: State, text: words.Words) -> Texts:
        """None."""
        return {}


@dataclass(frozen=True)
class Dot(InPanel):
    """The dot on the line of one function at the probe, and what is printed about it."""

    activation: Activation
    less: Activation | None
    order: int

    @property
    def params(self) -> tuple[Param, ...]:
        """The probe, and the parameters of both functions."""
        return (PROBE, *_params([self.activation, self.less]))

    def arrays(self, state: State) -> Arrays:
        """The dot."""
        (one, less), x0 = _members([self.activation, self.less], state), _column(state[PROBE.name])
        height = lines.height(self.order, one, less, x0)
        return _every({f"{self.activation.key}_dot.x": x0, f"{self.activation.key}_dot.y": height}, state)

    def texts(self, state: State, text: words.Words) -> Texts:
        """Value and derivatives at the probe; where a function is subtracted, only those of which it is."""
        (one, less), x0, key = (
            _members([self.activation, self.less], state),
            _column(state[PROBE.name]),
            self.activation.key,
        )
        read = {f"{key}_{order}": one.at(order, x0) for order in ((self.order,) if less else range(3))}
        texts = {name: words.exact(each[:, 0].tolist(), 4) for name, each in _every(read, state).items()}
        if less:
            # Of a difference the last digits of both are left: near 0 it is not told from 0.
            difference = _every({"less": lines.height(self.order, one, less, x0)}, state)["less"]
            texts[f"{key}_less"] = words.numbers(difference[:, 0], 4)
        # A formula may be undefined there.
        return {name: ["–" if line == "nan" else line for line in lines] for name, lines in texts.items()}


@dataclass(frozen=True)
class Names(InPanel):
    """The places of the names of the lines, and for each a thin line from the end of its line to its name."""

    activations: tuple[Activation, ...]
    less: Activation | None
    order: int
    window: Ends

    @property
    def params(self) -> tuple[Param, ...]:
        """The parameters of all functions."""
        return _params(self.activations)

    def arrays(self, state: State) -> Arrays:
        """The names, moved so that none covers another, and the lines to them."""
        low, high = self.window
        members = dict(zip(self.activations, _members(self.activations, state), strict=True))
        less, end = members[self.less] if self.less else None, np.array([[high]])
        ends = [lines.height(self.order, member, less, end) for member in members.values()]
        heights = np.hstack(np.broadcast_arrays(*ends))
        # The line of a formula may end before the edge: its name stands in the middle.
        heights = np.where(np.isnan(heights), sum(self.panel) / 2, heights)
        placed = figures.apart(heights, np.zeros_like(heights), self.panel, LABEL * (self.panel[1] - self.panel[0]))
        begun, gap = np.clip(heights, *self.panel), GAP * (high - low)
        drawn: Arrays = {}
        for k, activation in enumerate(self.activations):
            drawn |= {f"{activation.key}_end.x": end + gap, f"{activation.key}_end.y": placed[:, k, None]}
            drawn[f"{activation.key}_lead.x"] = np.array([[high, high + 0.9 * gap]])
            drawn[f"{activation.key}_lead.y"] = np.column_stack([begun[:, k], placed[:, k]])
        return _every(drawn, state)

    def texts(self, state: State, text: words.Words) -> Texts:
        """None."""
        return {}


@dataclass(frozen=True)
class Comparison(Composite):
    """Functions, or their derivatives of an ``order``, each perhaps less the one with the slug ``away``, "" for none.

    ``panel`` has the lower and upper end of the picture.
    """

    activations: tuple[Activation, ...]
    order: int
    away: str
    panel: Ends
    page, words_of, key = "compare", "tools/compare", "overlay"

    @classmethod
    def of(cls, activations: tuple[Activation, ...], order: int, away: str) -> Comparison:
        """The scene whose panel fits the values of the sliders in this visit."""
        settings = tuple((param.name, controls.value(param)) for param in _params(activations))
        return cls(activations, order, away, fitted(activations, order, away, settings))

    @property
    def variant(self) -> str:
        """What no slider changes: a picture of other functions or another order is another one."""
        return " ".join([str(self.order), *(activation.slug for activation in self.activations), f"-{self.away}"])

    @property
    def less(self) -> Activation | None:
        """The function that is subtracted from each."""
        return find(self.away)

    @property
    def window(self) -> Ends:
        """The x that are drawn."""
        return _window(self.activations)

    @property
    def params(self) -> Sequence[Param]:
        """The probe, and the parameters of all functions."""
        return (PROBE, *_params(self.activations))

    @property
    def parts(self) -> Sequence[Part]:
        """Each line and each dot depends on few of the sliders."""
        return [
            Hair(self.panel),
            Names(self.panel, self.activations, self.less, self.order, self.window),
            *(Line(self.panel, each, self.less, self.order, self.window) for each in self.activations),
            *(Dot(self.panel, each, self.less, self.order) for each in self.activations),
        ]

    @property
    def handles(self) -> Sequence[live.Handle]:
        """The dots on the curves, and the hairline."""
        return [live.Handle([*(f"{each.key}_dot" for each in self.activations), "hair"], PROBE.name)]

    @property
    def heights(self) -> Spec:
        """What of the vertical axis may change with a slider."""
        return {"range": list(self.panel)}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        names = {each: words.title(each.slug) for each in self.activations}
        shades = figures.colours([each.slug for each in self.activations])
        size = 18 if large else _FONT
        traces = [figures.line(arrays, "hair", figures.PROBE, 1.2, opacity=0.6, **NO_HOVER)]
        for (each, name), style in zip(names.items(), _STYLES, strict=False):
            traces += _line(each.key, name, shades[each.slug], style, arrays, large)
        for each, name in names.items():
            key, colour = each.key, shades[each.slug]
            traces.append(figures.dots(arrays, f"{key}_dot", colour, 9) | {"cliponaxis": True})
            traces.append(figures.bold(figures.label(arrays, f"{key}_end", name, colour, size, "middle right")))
            traces.append(figures.line(arrays, f"{key}_lead", colour, 1.0, **NO_HOVER))
        low, high = self.window
        # Between a line's end and its name there is room.
        across = {"range": [low, high + 1.2 * GAP * (high - low)], "zeroline": True}
        axes: dict[str, Spec] = {"xaxis": across, "yaxis": {**self.heights, "nticks": 7}}
        margin = {**_MARGIN, "r": 14 + max(map(_width, names.values())) * size}
        heading = figures.heading(f"<b>{self.title}</b>", "", size + 1, paper=True)
        return figures.figure(traces, axes, self.meta, large, annotations=[heading], margin=margin)

    @property
    def title(self) -> str:
        """What is drawn: a function or a derivative, perhaps less that of another function."""
        shown = f"{SYMBOLS[self.order]}(x)"
        return words.format(self.text["title-less"], shown=shown, name=words.title(self.away)) if self.away else shown

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        part, joint = "less" if self.away else str(self.order), self.text["joint"]
        names = [words.title(each.slug) for each in self.activations]
        values = [marks[f"{each.key}_{part}"] for each in self.activations]
        at = joined([f"{name} {value}" for name, value in zip(names, values, strict=True)], joint)
        quoted = {"shown": self.title, "names": joined(names, joint), "x0": marks["x0"], "values": at}
        return words.format(self.text["alt"], **quoted)

    def reading(self, marks: Mapping[str, str]) -> str:
        """A table of every function at the probe."""
        read = (self.order,) if self.away else (0, 1, 2)
        names = [*map(str, read), *(["less"] if self.away else [])]
        head = [words.format(self.text["at"], x0=marks["x0"]), *(SYMBOLS[order] for order in read)]
        head += [self.text["difference"]] if self.away else []
        cells = ([words.title(e.slug), *(marks[f"{e.key}_{name}"] for name in names)] for e in self.activations)
        return words.table(head, *cells)


def joined(parts: list[str], joint: str) -> str:
    """All of them in one: each two as ``joint`` says, with its marks ``before`` and ``after``."""
    return reduce(lambda before, after: words.format(joint, before=before, after=after), parts)


@lru_cache(maxsize=64)
def fitted(activations: tuple[Activation, ...], order: int, away: str, settings: tuple[tuple[str, float], ...]) -> Ends:
    """Lower and upper end of the picture, at every position of every slider; of differences only at these settings."""
    window = _window(activations)
    if not away:
        ends = [lines.extent(order, activation, window) for activation in activations]
        low, high = min(0.0, *(low for low, _ in ends)), max(0.0, *(high for _, high in ends))
        return _padded(max(low, -_FARTHEST), min(high, _FARTHEST))
    state = {name: np.array([value]) for name, value in settings}
    members = _members(activations, state)
    less = members[[activation.slug for activation in activations].index(away)]
    drawn = [lines.line(order, member, less, window)["line.y"] for member in members]
    low, high = min(float(np.nanmin(y)) for y in drawn), max(float(np.nanmax(y)) for y in drawn)
    return _padded(-_round(-low), _round(high))


def _padded(low: float, high: float) -> Ends:
    padding = _PADDING * (high - low) or 1.0
    return low - padding, high + padding


def _round(size: float) -> float:
    """The next of 1, 2, 5, 10 …, so that the picture keeps its scale at most releases; 0 where there is nothing."""
    if size < _NOTHING:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(size))
    return min(_FARTHEST, next(step * decade for step in (1, 2, 5, 10) if size <= step * decade * (1 + _NOTHING)))


def _window(activations: Sequence[Activation]) -> Ends:
    """Every window of the functions."""
    return min(each.window[0] for each in activations), max(each.window[1] for each in activations)


def _params(activations: Sequence[Activation | None]) -> tuple[Param, ...]:
    """The parameters of these functions, of each once."""
    return tuple(param for activation in dict.fromkeys(activations) if activation for param in own(activation))


def _members(activations: Sequence[Activation | None], state: State) -> list[Any]:
    """These functions with their parameters; one that is there twice is one member, by which it is known to be."""
    found = {
        each: Member(each, {p.name: _column(state[f"{each.slug}.{p.name}"]) for p in each.params})
        for each in activations
        if each
    }
    return [each and found[each] for each in activations]


def _column(values: Array) -> Array:
    """One value a row; a single row where all are the same, so that what follows from it is computed once."""
    return values[:1, None] if (values == values[0]).all() else values[:, None]


def _every(arrays: Arrays, state: State) -> Arrays:
    """A row for every state, also of what is the same in all."""
    count = max((len(values) for values in state.values()), default=1)
    return {name: np.broadcast_to(each, (count, each.shape[1])) for name, each in arrays.items()}


def _heights(arrays: Arrays) -> list[str]:
    return [name for name in arrays if name.endswith(".y")]


def _line(key: str, name: str, colour: str, style: tuple[float, str], arrays: Picture, large: bool) -> list[Spec]:
    width, dash = style
    look: Spec = {"line": {"dash": dash}, "hovertemplate": f"{name} {figures.HOVER}"}
    drawn = [figures.line(arrays, key, colour, width * (1.4 if large else 0.8), **look)]
    for ending, symbol in (("closed", "circle"), ("open", "circle-open")):
        if f"{key}_{ending}.y" in arrays:
            drawn.append(figures.dots(arrays, f"{key}_{ending}", colour, 6, symbol) | {"cliponaxis": True})
    return drawn


def _width(name: str) -> float:
    """How wide a name is, in heights of its font."""
    return sum(_LETTER if letter.isascii() else 1.0 for letter in name)


def _example(slugs: str, order: int, away: str) -> Comparison:
    activations = tuple(CATALOGUE[slug] for slug in slugs.split())
    settings = tuple((param.name, param.default) for param in _params(activations))
    return Comparison(activations, order, away, fitted(activations, order, away, settings))


SCENES = (
    _example("relu elu gelu swish", 0, ""),
    _example("threshold binary_step celu", 1, ""),
    _example("snake hard_shrink", 2, ""),
    _example("elu celu threshold", 0, "elu"),
    _example("binary_step threshold soft_shrink", 0, "threshold"),
)
