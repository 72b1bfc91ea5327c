"""The scene of a formula: its curves in panels, the probe on them, its kinks, and what is measured of it."""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations import Activation
from activations.formulas import A, B, Expression, activation, parse
from activations.formulas.measured import measure
from activations.formulas.switches import places
from activations.spec import Array
from pages.shared import curves, figures, live, panels, probe, words
from pages.shared.controls import Slider
from pages.shared.curves import KINDS, PROBE
from pages.shared.scene import Arrays, Composite, Part, State, Texts
from pages.tools.formula import findings

FILE = "tools/formula"
PARAMS = (A, B, PROBE)
FIRST = "where(x > 0, x, a*(exp(b*x) - 1))"
_OUTSIDE = 1.5  # heights of its panel beyond which a line is cut off
# Steps that the height of each panel is cut into, by how many panels there are: what is lower shows fewer.
_FINE = {2: (500, 350), 3: (400, 200, 200)}
_TURNS, _LEAST = 12, 0.2  # turns of a line beyond which its steps are larger, because it compresses badly; least share
# What the probe draws in the panels beside its dots and hairlines.
_MARKS = {"value": ("tangent", "one", "one_label", "run", "rise", "rise_label"), "slope": ("stem", "stem_label")}


@dataclass(frozen=True)
class Curves(Part):
    """The lines of a formula and of its derivatives, and all that is printed of them but at the probe."""

    expression: Expression
    orders: int
    words_of = FILE

    @property
    def activation(self) -> Activation:
        """The record of the formula."""
        return activation(self.expression)

    @property
    def params(self) -> Sequence[Slider]:
        return self.activation.params

    def arrays(self, state: State) -> Arrays:
        """What ``curves.lines`` has but tails, and the word that f is not defined where there is nothing to draw."""
        with np.errstate(all="ignore"):
            drawn = curves.lines(self.activation, state, self.orders)
        drawn = {name: row for name, row in drawn.items() if not name.endswith(("_left.x", "_right.x"))}
        nothing = np.isnan(drawn["value.y"]).all(axis=1, keepdims=True)
        low, high = curves.axis(self.activation, 0)
        drawn["nothing.x"] = np.where(nothing, 0.0, math.nan)
        drawn["nothing.y"] = np.where(nothing, (low + high) / 2, math.nan)
        return _within(self.activation, drawn, self.orders)

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Of heights a share of their panel's."""
        return _fine(self.activation, arrays, self.orders)

    def texts(self, state: State, text: words.Words) -> Texts:
        """The places where a piece ends, in one line, and the cells of the table of what is measured."""
        a, b = _both(state)
        measured = measure(self.expression, a, b)
        found = findings.places(places(self.expression, a, b), measured, text)
        return {"places": found, **findings.cells(measured, text)}


@dataclass(frozen=True)
class Probe(probe.Probe):
    """The probe on a formula, which may be undefined there or beyond the picture."""

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Of heights a share of their panel's."""
        return _fine(self.activation, arrays, self.orders)

    def _at_probe(self, state: State) -> Arrays:
        with np.errstate(all="ignore"):
            return super()._at_probe(state)

    def _drawn(self, state: State, values: Arrays) -> Arrays:
        with np.errstate(all="ignore"):
            drawn = super()._drawn(state, values)
        return _within(self.activation, drawn, self.orders)

    def _printed(self, state: State, values: Arrays) -> Texts:
        texts, text = super()._printed(state, values), words.page(FILE)
        for name in ("value", "slope"):
            texts[name] = [findings.number(each, text, 4) for each in values[name][:, 0].tolist()]
        undefined = np.isnan(values["slope"][:, 0]).tolist()
        for name in ("rise_label.text", "stem_label.text"):
            texts[name] = ["" if none else each for each, none in zip(texts[name], undefined, strict=True)]
        return texts


@dataclass(frozen=True)
class Formula(Composite):
    """A formula over its derivative and, with ``orders`` 3, its second derivative."""

    expression: Expression
    orders: int = 2
    page, words_of, key = "formula", FILE, "curve"

    @property
    def variant(self) -> str:
        """A short name of the formula: the picture of another one is another picture."""
        return f"{zlib.crc32(self.expression.text.encode()):08x} {self.orders}"

    @property
    def activation(self) -> Activation:
        """The record of the formula."""
        return activation(self.expression)

    @property
    def params(self) -> Sequence[Slider]:
        return (PROBE, *self.activation.params)

    @property
    def rows(self) -> Sequence[Sequence[Slider]]:
        """a and b beside each other, below them the probe."""
        return [row for row in (list(self.activation.params), [PROBE]) if row]

    @property
    def parts(self) -> Sequence[Part]:
        """The curves do not depend on the probe."""
        return (Probe(self.activation, self.orders, FILE), Curves(self.expression, self.orders))

    @property
    def handles(self) -> Sequence[live.Handle]:
        """The probe's dots and hairlines."""
        return probe.handles(self.orders)

    def figure(self, arrays: figures.Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The panels below each other."""
        ranges = [curves.axis(self.activation, order) for order in range(self.orders)]
        colour = figures.colour(self.activation.slug)
        nothing = figures.label(
            arrays, "nothing", self.text["nothing"], figures.GREY, 20 if large else 15, "middle center"
        )
        return panels.curves(arrays, texts, ranges, colour, self.meta, large, (nothing,))

    def reading(self, marks: Mapping[str, str]) -> str:
        """Value and slope at the probe, and the places where a piece ends."""
        return words.ui("reading", **marks) + "\n\n" + marks["places"]

    def alt(self, marks: Mapping[str, str]) -> str:
        """The formula, its kinks and what the curves show at the probe."""
        return words.format(self.text["alt-curve"], formula=self.expression.text, **marks)


def _both(state: State) -> tuple[Array, Array]:
    """The values of a and b, the default of one that does not stand in the formula."""
    count = max((len(values) for values in state.values()), default=1)
    a, b = (state.get(param.name, np.full(count, param.default)) for param in (A, B))
    return a, b


def _fine(activation: Activation, arrays: Arrays, orders: int) -> dict[str, float]:
    """The step to which heights are rounded, by name of the array."""
    steps: dict[str, float] = {}
    share = min(1.0, max(_LEAST, _TURNS / max(_turns(activation), 1)))
    for order, (kind, count) in enumerate(zip(KINDS, _FINE[orders], strict=False)):
        low, high = curves.axis(activation, order)
        names = {kind, *_MARKS.get(kind, ()), *(f"{part}_{kind}" for part in ("probe", "hair"))}
        names |= {f"{kind}_{ending}" for ending in ("closed", "open")}
        steps |= {f"{name}.y": (high - low) / (share * count) for name in names if f"{name}.y" in arrays}
    return steps


@lru_cache(maxsize=64)
def _turns(activation: Activation) -> int:
    """How often the line of f turns at most, where its parameters stand at their ends."""
    ends = np.array(list(itertools.product(*((p.low, p.high) for p in activation.params))), dtype=np.float64)
    values = {param.name: ends[:, k, None] for k, param in enumerate(activation.params)}
    slope = np.sign(activation.derivative(np.linspace(*activation.window, 241)[None, :], **values))
    return int(np.max(np.sum(slope[:, 1:] * slope[:, :-1] < 0, axis=1)))


def _within(activation: Activation, drawn: Arrays, orders: int) -> Arrays:
    """The arrays with no dot beside its panel, and no line further from it than its own height or so."""
    for order, kind in enumerate(KINDS[:orders]):
        low, high = curves.axis(activation, order)
        edge = 0.02 * (high - low)
        for name in (f"{kind}_closed.y", f"{kind}_open.y", f"probe_{kind}.y"):
            if name in drawn:
                inside = (drawn[name] >= low - edge) & (drawn[name] <= high + edge)
                drawn[name] = np.where(inside, drawn[name], math.nan)
        if f"{kind}_open.y" in drawn:
            # Beside a vertical slope the next float is further away than a continuous line would tell.
            closed, opened = np.tile(drawn[f"{kind}_closed.y"], 2), drawn[f"{kind}_open.y"]
            drawn[f"{kind}_open.y"] = np.where(np.abs(opened - closed) < edge / 10, math.nan, opened)
        reach = _OUTSIDE * (high - low)
        for name in (kind, *_MARKS.get(kind, ())):
            if f"{name}.y" in drawn:
                drawn[f"{name}.y"] = np.clip(drawn[f"{name}.y"], low - reach, high + reach)
    return drawn


SCENES = (
    Formula(parse(FIRST)),
    Formula(parse("1/(x - a) + sqrt(x + b)"), 3),
    Formula(parse("abs(sin(a*x))")),
    Formula(parse("gelu(x)")),
)
