"""Cancellation: one value written two ways, and what a number format leaves of each; and functions in eight bits."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import eight_bits, framework_losses, rounding
from activations.experiments.formats import FORMATS
from activations.experiments.rounding import BEST, CAREFUL, FORMS, GRID, PAIRS, PLAIN, Ends, X
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Part, Scene, State, Texts, rows
from pages.shared.words import table

PARAMS, LATER = (X,), eight_bits.PARAMS
ASKED = ("sigmoid", "float32", 20.0)  # of what, in which format and where the question asks for right digits
ANSWER_STATE: Mapping[str, float | str] = {"show": "digits", "pair": ASKED[0], "format": ASKED[1], X.name: ASKED[2]}
GUESSES = {"1": 7.0, "2": 2.0}  # right digits that wrong answers stand for
_FORMAT = "float64"  # in which the page opens: not the one that the question is about
CHOICES = {
    "show": controls.offer(("digits", "eight"), "digits"),
    "pair": controls.offer(PAIRS, ASKED[0]),
    "format": controls.offer(FORMATS, _FORMAT),
    "f": controls.offer(eight_bits.FUNCTIONS, eight_bits.FUNCTIONS[0]),
    "bits": controls.offer(eight_bits.FORMATS, next(iter(eight_bits.FORMATS))),
}
LINES = (BEST, CAREFUL, PLAIN)  # from the lowest to the one on top; a line that lies on another one lets it through
_WIDTHS, _FAINT = {BEST: 8.0, CAREFUL: 4.0, PLAIN: 2.0}, 0.5
_DOTS = {BEST: 12.0, CAREFUL: 9.0, PLAIN: 5.0}
_PLAIN = "#D55E00"
_SLUGS = {"logistic": "sigmoid"}
_MARGIN = {"l": 58, "r": 14, "t": 24, "b": 32}
# Decades of the value: below the lower end of pair and format only 0 is drawn, and the upper end stands for inf.
_FLOORS = {"sigmoid": -19.0, "tanh": -36.0, "gelu": -48.0, "softplus": -19.0, "logistic": -19.0}
_FORMAT_FLOORS = {"float16": -9.0}
_CEILINGS = {"softplus": 4.0, "gelu": 4.0}
_KEYS = 0.45  # of the height between 0 and inf: the room above for the names of the lines
_CLEAR = 0.03  # of the same, that words stand under a line
_DIGITS = {"float16": 4, "bfloat16": 3, "float32": 8, "float64": 16}  # significant ones that are printed
_LOWER: Spec = {"yaxis": "y2"}


def render() -> None:
    """Draw the page: picture and slider, the question, and why."""
    text = words.page("topics/rounding")
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, choices = layout.control_containers()
            with choices:
                scene = _chosen(text)
            with drag:
                live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        pair, number_format = (scene.pair, scene.number_format) if isinstance(scene, Digits) else (ASKED[0], _FORMAT)
        tables = {"lost": lost(text, Digits(pair, number_format)), "frameworks": measured(text, number_format)}
        explanation.close(text, {"vanishing": {}, "approximations": {}}, tables)


def _chosen(text: words.Words) -> Digits | Eight:
    tabs = {name: text[f"show-{name}"] for name in ("digits", "eight")}
    if controls.choice("show", tabs, "digits") == "eight":
        functions = {slug: words.title(slug) for slug in eight_bits.FUNCTIONS}
        slug = controls.choice("f", functions, eight_bits.FUNCTIONS[0], text["function"])
        kinds = {kind: text[f"bits-{kind}"] for kind in eight_bits.FORMATS}
        return Eight(slug, controls.choice("bits", kinds, next(iter(kinds)), text["bits"]))
    with curtain("choices"):
        pairs = {pair: text[f"pair-{pair}"] for pair in PAIRS}
        pair = controls.choice("pair", pairs, ASKED[0], text["pair"])
        formats = {number_format: number_format for number_format in FORMATS}
        return Digits(pair, controls.choice("format", formats, _FORMAT, text["format"]))


def _controls(scene: Digits | Eight) -> None:
    if isinstance(scene, Digits):
        with curtain("sliders"):
            controls.slider(X, scene.text["x"], alone=True)
    else:
        for param in scene.params:
            controls.slider(param, scene.label(param))
    st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


@dataclass(frozen=True)
class Computed:
    """A value written two ways, one of ``PAIRS``, in one of ``FORMATS``."""

    pair: str
    number_format: str

    @property
    def ends(self) -> tuple[float, float]:
        """Where 0 and inf are drawn, in decades."""
        floor = max(_FLOORS[self.pair], _FORMAT_FLOORS.get(self.number_format, -99.0))
        return floor, _CEILINGS.get(self.pair, 2.0)

    @property
    def overflows(self) -> bool:
        """Whether the picture has an inf."""
        return bool(np.isinf(rounding.outcome(self.pair, PLAIN, self.number_format).value).any())

    @property
    def lines(self) -> Arrays:
        """The size and the right digits of every line, at each x of ``GRID``."""
        drawn: Arrays = {}
        for line in (BEST, *FORMS):
            drawn[f"{line}.y"] = self._decades(line)
            drawn[f"{line}_digits.y"] = rounding.outcome(self.pair, line, self.number_format).digits
        return drawn

    def _decades(self, line: str) -> Array:
        """log10 of the magnitude; 0 and inf at the ends, where 0 is not true, and nothing else below the lower one."""
        (low, high), true = self.ends, rounding.truth(self.pair)
        if line == BEST:
            return np.where(true.decades < low, math.nan, true.decades)
        found = np.abs(rounding.outcome(self.pair, line, self.number_format).value)
        with np.errstate(divide="ignore"):
            size = np.minimum(np.log10(found), high)
        lost = (found == 0) & (true.high != 0)
        return np.where(lost, low, np.where(size < low, math.nan, size))


@dataclass(frozen=True)
class Lines(Computed, Part):
    """The lines of the picture, which no slider moves."""

    words_of = "topics/rounding"
    params = ()

    def arrays(self, state: State) -> Arrays:
        """Each line."""
        drawn = {name: line[None] for name, line in self.lines.items()}
        return drawn | {name.replace(".y", ".x"): GRID[None] for name in drawn}

    def texts(self, state: State, text: words.Words) -> Texts:
        """None."""
        return {}


@dataclass(frozen=True)
class Digits(Computed, Scene):
    """The size of the value and how many of its digits are right: what is true, and both ways to write it."""

    page, words_of, key = "rounding", "topics/rounding", "rounded"
    params = PARAMS
    handles = (
        live.Handle(
            [*(f"{line}{part}_dot" for line in (BEST, *FORMS) for part in ("", "_digits")), "hair", "hair_digits"],
            X.name,
        ),
    )

    @property
    def parts(self) -> tuple[Part, ...]:
        """The lines, and what the slider moves."""
        return (Lines(self.pair, self.number_format), self)

    def arrays(self, state: State) -> Arrays:
        """A hairline in both panels, and a dot on each line."""
        x = state[X.name]
        column, at = x[:, None], np.searchsorted(GRID, x)
        tall = {"hair": self.ends, "hair_digits": (0.0, FORMATS[self.number_format].digits)}
        drawn = {f"{name}.x": np.hstack([column, column]) for name in tall}
        drawn |= {f"{name}.y": rows(ends, len(x)) for name, ends in tall.items()}
        for name, line in self.lines.items():
            dot = name.removesuffix(".y") + "_dot"
            drawn |= {f"{dot}.x": column, f"{dot}.y": line[at][:, None]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """The true value; value, right digits and units in the last place of each form."""
        x, digits = state[X.name], _DIGITS[self.number_format]
        at = np.searchsorted(GRID, x)
        texts = {"x": words.numbers(x, 1), "true": [spelled(_true(self.pair, int(k)), digits) for k in at]}
        for form in FORMS:
            found = rounding.outcome(self.pair, form, self.number_format)
            texts[f"{form}_value"] = [spelled(float(value), digits) for value in found.value[at]]
            texts[f"{form}_digits"] = words.numbers(found.digits[at], 1)
            texts[f"{form}_ulps"] = [ulps(float(off)) for off in found.ulps[at]]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        size = 18 if large else 13
        traces = [*self._sizes(arrays, size), *self._digits(arrays), *self._guesses(size)]
        titles = {
            "": words.format(self.text["panel-size"], value=self.text[f"value-{self.pair}"]),
            "2": self.text["panel-digits"],
        }
        margin = {side: edge * (1.3 if large else 1) for side, edge in _MARGIN.items()}
        headings = [figures.heading(f"<b>{title}</b>", number, size, paper=True) for number, title in titles.items()]
        return figures.figure(traces, self._axes(), self.page, large, annotations=headings, margin=margin)

    @property
    def colours(self) -> dict[str, str]:
        """The colour of each line of the picture."""
        return {BEST: GREY, CAREFUL: figures.colour(_SLUGS.get(self.pair, self.pair)), PLAIN: _PLAIN}

    def _axes(self) -> dict[str, Spec]:
        (low, high), held = self.ends, FORMATS[self.number_format].digits
        step = next(step for step in (2, 5, 10, 20) if (high - low) / step < 6)
        powers = [power for power in range(-9 * step, int(high), step) if low + step / 3 < power]
        ticks = {low: "0"} | {float(p): f"10{str(p).translate(words.SUPERSCRIPT)}" if p else "1" for p in powers}
        if self.overflows:
            ticks[high] = "∞"
        reach = [low - 0.03 * (high - low), high + _KEYS * (high - low)]
        upper: Spec = {"range": reach, "tickvals": list(ticks), "ticktext": list(ticks.values())}
        across: Spec = {"range": [X.low, X.high], "anchor": "y2", "dtick": 10}
        whole = next(step for step in (1, 2, 4) if held / step < 5)
        lower = {"range": [-0.03 * held, 1.08 * held], "domain": (0.0, 0.36), "dtick": whole}
        return {"xaxis": across, "yaxis": {**upper, "domain": (0.46, 1.0)}, "yaxis2": lower}

    def _sizes(self, arrays: Picture, size: float) -> list[Spec]:
        """What is true, and on it both forms."""
        (low, high), colours = self.ends, self.colours
        traces = [figures.line(arrays, "hair", figures.PROBE, 1.4, opacity=0.7, **NO_HOVER)]
        for place, line in enumerate(LINES):
            opacity = _FAINT if line == BEST else 1.0
            traces.append(figures.line(arrays, line, colours[line], _WIDTHS[line], opacity=opacity))
            name = self.text["key-true" if line == BEST else f"{line}-{self.pair}"]
            height = high + (high - low) * (_KEYS - 0.06 - 0.13 * place)
            traces += figures.keys({line: (name, colours[line])}, (X.low + 1, height), 0.0, size)
        traces += self._losses(size)
        return traces + [figures.dots(arrays, f"{line}_dot", colours[line], _DOTS[line]) for line in LINES]

    def _losses(self, size: float) -> list[Spec]:
        """A label wherever, within the picture, the plain form becomes 0, inf or NaN."""
        low, high = self.ends
        labels = []
        for name, find in (("zero", rounding.zero), ("broken", rounding.broken)):
            found = find(self.pair, PLAIN, self.number_format)
            last = "zero" if name == "zero" else "inf" if self.overflows else "nan"
            height = {"zero": low, "inf": high, "nan": 0.0}[last] - _CLEAR * (high - low)
            for side, x in (("left", found.left), ("right", found.right)):
                if x is None or not X.low <= x <= X.high:
                    continue
                outward = side if abs(x) < X.high / 2 else {"left": "right", "right": "left"}[side]
                label = f"\u00a0{words.format(self.text[f'lost-{last}'], x=words.number(x, '2'))}\u00a0"
                at = {f"{name}_{side}.x": np.array([x]), f"{name}_{side}.y": np.array([height])}
                labels.append(figures.label(at, f"{name}_{side}", label, _PLAIN, size, f"bottom {outward}"))
        return labels

    def _digits(self, arrays: Picture) -> list[Spec]:
        traces = [figures.line(arrays, "hair_digits", figures.PROBE, 1.4, opacity=0.7, **NO_HOVER)]
        for line in LINES:
            style = {"opacity": _FAINT if line == BEST else 1.0, **NO_HOVER}
            traces.append(figures.line(arrays, f"{line}_digits", self.colours[line], _WIDTHS[line], **style))
        traces += [figures.dots(arrays, f"{line}_digits_dot", self.colours[line], _DOTS[line]) for line in LINES]
        return [{**trace, **_LOWER} for trace in traces]

    def _guesses(self, size: float) -> list[Spec]:
        """How many digits readers expected where the question asks."""
        if (self.pair, self.number_format) != ASKED[:2]:
            return []
        drawn = []
        for answer, digits in GUESSES.items():
            name = f"{GUESS}{answer}"
            at = {f"{name}.x": np.array(ASKED[2:]), f"{name}.y": np.array([digits])}
            label = {"text": [words.ui("drawn.guess")], "textposition": "top right", "visible": False}
            font = {"mode": "markers+text", "textfont": {"color": GREY, "size": size}}
            drawn.append({**figures.dots(at, name, GREY, 11, "diamond-open"), **_LOWER, **label, **font})
        return drawn

    @property
    def names(self) -> dict[str, str]:
        """What is computed, and how its two forms are written."""
        return {name: self.text[f"{name}-{self.pair}"] for name in ("value", *FORMS)}

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        return words.format(self.text["alt"], **marks, **self.names, format=self.number_format)

    def reading(self, marks: Mapping[str, str]) -> str:
        """The true value and both forms."""
        return words.format(self.text["reading"], **marks, **self.names)


def spelled(value: float | Decimal, digits: int) -> str:
    """A value with so many significant digits; nothing else is 0, inf or NaN."""
    if value == 0 or not math.isfinite(value):
        return "NaN" if math.isnan(value) else "0" if value == 0 else "−∞" if value < 0 else "∞"
    mantissa, _, power = f"{value:.{digits - 1}e}".replace("-", "−", value < 0).partition("e")
    tens = int(power)
    if tens not in range(-3, digits):
        return f"{mantissa}·10{str(tens).translate(words.SUPERSCRIPT)}"
    return f"{value:.{digits - 1 - tens}f}".replace("-", "−")


def _true(pair: str, index: int) -> Decimal:
    """All stored digits of the true value."""
    true = rounding.truth(pair)
    with localcontext(prec=40):
        mantissa = Decimal(float(true.high[index])) + Decimal(float(true.low[index]))
        return mantissa * Decimal(2) ** int(true.exponent[index])


def ulps(off: float) -> str:
    """A number of units in the last place; of NaN there is none."""
    if not math.isfinite(off):
        return "–" if math.isnan(off) else "∞"
    return words.number(off, "1") if off < 99.95 else words.power(off)


def lost(text: words.Words, scene: Digits) -> str:
    """Format by format: where not one digit is right, where 0 comes out, where inf or NaN, and where the true value
    itself rounds to 0."""
    pair = scene.pair
    finds: dict[str, Callable[[str], Ends]] = {
        "dim": lambda number_format: rounding.under_one_digit(pair, PLAIN, number_format),
        "zero": lambda number_format: rounding.zero(pair, PLAIN, number_format),
        "broken": lambda number_format: rounding.broken(pair, PLAIN, number_format),
        "careful": lambda number_format: rounding.zero(pair, CAREFUL, number_format),
        "gone": lambda number_format: rounding.gone(pair, number_format),
    }
    cells = [
        [words.format(text[f"lost-head-{name}"], **scene.names), *(_outside(find(each)) for each in FORMATS)]
        for name, find in finds.items()
    ]
    found = table([text["lost-head"], *FORMATS], *cells)
    return f"{words.format(text['lost'], **scene.names)}\n\n{found}\n\n{text['lost-note']}"


def measured(text: words.Words, number_format: str) -> str:
    """What PyTorch and JAX lose in this format, as stored, and where they give NaN."""
    head = [number_format]
    names = framework_losses.measured()
    cells = [[text[f"line-{name}"]] for name in names]
    for library, title in framework_losses.LIBRARIES.items():
        head += [f"{title}: {text[f'head-{column}']}" for column in ("tenth", "zero")]
        for name, row in zip(names, cells, strict=True):
            found = framework_losses.by(library, name, number_format)
            row += [_outside(found.tenth), _outside(found.zero)]
    versions = words.ui("and").join(" ".join(pair) for pair in framework_losses.versions().items())
    about = {"versions": versions, "cpu": framework_losses.cpu(), "format": number_format}
    nans = [_nans(text, library, number_format, side) for side in (0, 1) for library in framework_losses.LIBRARIES]
    parts = [words.format(text["frameworks"], **about), table(head, *cells), text["frameworks-why"], *nans]
    return "\n\n".join(filter(None, parts))


def _nans(text: words.Words, library: str, number_format: str, side: int) -> str:
    """Of what a library gives NaN at -inf (side 0) or at inf (side 1); empty where there is none."""
    names = framework_losses.measured()
    found = [text[f"line-{name}"] for name in names if framework_losses.by(library, name, number_format).nan[side]]
    template, lines = text["nan-right" if side else "nan"], words.ui("and").join(found)
    return words.format(template, library=framework_losses.LIBRARIES[library], lines=lines) if found else ""


def _outside(ends: Ends) -> str:
    """x ≤ −9.01, x ≥ 9.01, both, or a dash."""
    left, right = (None if at is None else words.number(at, "2") for at in (ends.left, ends.right))
    if left and right and left == f"−{right}":
        return f"\\|x\\| ≥ {right}"
    texts = [f"x ≤ {left}"] if left else []
    return ", ".join(texts + ([f"x ≥ {right}"] if right else [])) or "–"


_INPUTS = np.linspace(eight_bits.X.low, eight_bits.X.high, 401)
_STORED_AS = {"value": "solid", "slope": "solid", "apart": "4px,4px"}


@dataclass(frozen=True)
class Eight(Scene):
    """A function and its derivative in eight bits, at a scale that the largest value of the tensor sets; and the
    function computed as a product whose factor is rounded on its own."""

    slug: str
    bits: str
    page, words_of, key, kind = "rounding", "topics/rounding", "eight", "eight"
    params = eight_bits.PARAMS

    @property
    def activation(self) -> Activation:
        """The function."""
        return CATALOGUE[self.slug]

    @property
    def variant(self) -> str:
        """The function and the format."""
        return f"{self.slug} {self.bits}"

    @property
    def is_product(self) -> bool:
        """Whether the function can be computed as a product of x and a factor."""
        return self.slug in eight_bits.FACTOR

    def _stored(self, x: Array, largest: Array) -> Arrays:
        """What is stored of f, of f' and of the product, by name."""
        found = {
            "value": eight_bits.value(self.activation, self.bits, x, largest),
            "slope": eight_bits.derivative(self.activation, self.bits, x, largest),
        }
        if self.is_product:
            found["apart"] = eight_bits.apart(self.slug, self.bits, x, largest)
        return found

    def arrays(self, state: State) -> Arrays:
        """What is stored of f and of f', along x and at the chosen x."""
        x, largest = (state[param.name][:, None] for param in self.params)
        drawn: Arrays = {f"hair_{name}.x": np.hstack([x, x]) for name in ("value", "slope")}
        # The lines are the same wherever x is.
        sizes, which = np.unique(state["largest"], return_inverse=True)
        for name, line in self._stored(_INPUTS, sizes[:, None]).items():
            drawn[f"{name}_stored.y"] = line[which]
        for name, dot in self._stored(x, largest).items():
            drawn |= {f"{name}_dot.x": x, f"{name}_dot.y": dot}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """x, what is stored of it, of f and of f', the true values, the errors, and how many numbers are near 0."""
        x, largest = (state[param.name] for param in self.params)
        held = eight_bits.FORMATS[self.bits]
        true = {"value": self.activation(x), "slope": self.activation.derivative(x)}
        texts = {
            "x": words.numbers(x, 1),
            "largest": words.numbers(largest, 0),
            "stored": words.numbers(held.quantise(x, largest), 4),
            "levels": [str(count) for count in eight_bits.levels(self.bits, largest).tolist()],
            **{f"{name}_true": words.numbers(exact, 4) for name, exact in true.items()},
        }
        for name, found in self._stored(x, largest).items():
            texts[name] = words.numbers(found, 4)
            texts[f"{name}_error"] = words.numbers(np.abs(found - true["slope" if name == "slope" else "value"]), 4)
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """f above f', each with what is stored of it."""
        text, size, wide = self.text, 17.0 if large else 13.0, 1.5 if large else 1.0
        colour, ends = figures.colour(self.slug), {"value": self._heights, "slope": (-0.4, 1.4)}
        still: Picture = {
            **arrays,
            "value.x": _INPUTS,
            "slope.x": _INPUTS,
            "value.y": self.activation(_INPUTS),
            "slope.y": self.activation.derivative(_INPUTS),
            **{f"hair_{name}.y": np.array(span) for name, span in ends.items()},
            **{f"{name}_stored.x": _INPUTS for name in _STORED_AS},
        }
        colours = {"value": colour, "slope": colour, "apart": _PLAIN}
        traces: list[Spec] = []
        for panel, names in (("", ["value", *(["apart"] if self.is_product else [])]), ("2", ["slope"])):
            drawn = [figures.line(still, f"hair_{names[0]}", figures.PROBE, 1.4, opacity=0.7, **NO_HOVER)]
            drawn.append(figures.line(still, names[0], GREY, 6 * wide, opacity=_FAINT))
            for name in names:
                dash = {"dash": _STORED_AS[name]}
                drawn.append(figures.line(still, f"{name}_stored", colours[name], 2.5 * wide, line=dash))
            drawn += [figures.dots(still, f"{name}_dot", colours[name], 9) for name in names]
            traces += figures.on_panel(panel, *drawn)
        low, high = self._heights
        named = {"value": (text["key-exact"], GREY), "value_stored": (text["key-stored"], colour)}
        named |= {"apart_stored": (text[f"key-apart-{self.slug}"], _PLAIN)} if self.is_product else {}
        traces += figures.keys(named, (-5.8, high - 0.08 * (high - low)), 0.1 * (high - low), size)
        headings = {"": text["panel-eight"], "2": text["panel-eight-slope"]}
        return figures.panels(traces, self._eight_axes(), self.meta, headings, large)

    @property
    def _heights(self) -> tuple[float, float]:
        return (-1.3, 1.3) if self.slug == "tanh" else (-1.5, 6.3)

    def _eight_axes(self) -> dict[str, Spec]:
        across: Spec = {"range": [eight_bits.X.low, eight_bits.X.high], "dtick": 2}
        return {
            "xaxis": {**across, "anchor": "y", "showticklabels": False},
            "xaxis2": {**across, "anchor": "y2", "title": "x"},
            "yaxis": {"range": list(self._heights), "domain": [0.42, 1], "nticks": 6},
            "yaxis2": {"range": [-0.4, 1.4], "domain": [0, 0.34], "dtick": 0.5},
        }

    @property
    def _about(self) -> dict[str, str]:
        return {
            "f": words.title(self.slug),
            "format": self.text[f"bits-{self.bits}"],
            "count": str(len(eight_bits.all_numbers(self.bits))),
        }

    def reading(self, marks: Mapping[str, str]) -> str:
        """How fine the format is near 0, and a row for f, for the product, and for f'."""
        quoted = {**marks, **self._about}
        lines = [[self._about["f"], marks["value_true"], f"**{marks['value']}**", marks["value_error"]]]
        if self.is_product:
            lines.append([self.text[f"key-apart-{self.slug}"], "", f"**{marks['apart']}**", marks["apart_error"]])
        lines.append([f"{self._about['f']}′", marks["slope_true"], f"**{marks['slope']}**", marks["slope_error"]])
        head = [self.text[f"head-{name}"] for name in ("at", "exact", "stored", "error")]
        parts = [words.format(self.text[f"read-{name}"], **quoted) for name in ("eight", "eight-x")]
        return "\n\n".join([*parts, table(head, *lines)])

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        also = words.format(self.text["alt-apart"], **marks) if self.is_product else ""
        return words.format(self.text["alt-eight"], **marks, **self._about, apart_too=also)


# Every pair and every format; of eight bits each format, with a product and without.
SCENES: tuple[Scene, ...] = (
    *itertools.starmap(Digits, zip(PAIRS, itertools.cycle(FORMATS), strict=False)),
    *itertools.starmap(Eight, (("swish", "int8"), ("gelu", "e4m3"), ("relu", "e5m2"), ("tanh", "int8"))),
)
