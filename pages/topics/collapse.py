"""Why a network needs nonlinear functions: linear layers, which act as one matrix, and networks that learn classes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from activations import CATALOGUE, Activation
from activations.experiments import chain, classification, composed
from activations.experiments.classification import TIME
from activations.experiments.composed import CROSS, DEEPEST, DEPTH, WEIGHT
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.figures import GREY, NO_HOVER, PROBE, Picture, Spec, on_panel
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts, index

STACK, TASKS = "stack", ("xor", "spirals")
LINEAR = "identity"  # with it between the layers they are all linear
ANSWER_STATE: Mapping[str, float | str] = {"act": STACK, "f": LINEAR, DEPTH.name: 6}
HIDDEN, RATES, SEEDS = ("0", "1", "2"), ("0.1", "0.5", "10"), ("1", "2", "3")
CHOICES = {
    "act": controls.offer((STACK, *TASKS), STACK),
    "f": controls.offer(controls.stackable(), LINEAR),
    "hidden": controls.offer(HIDDEN, "1"),
    "rate": controls.offer(RATES, "0.5"),
    "seed": controls.offer(SEEDS, "1"),
}


def render() -> None:
    """Draw the page: a tab and a function to choose, the picture beside its sliders, the question, and why it is so."""
    text = words.page("topics/collapse")
    tab, between = _tab_and_function(text)
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag = st.container(key="drag")
            scene = _training(between, tab, text) if tab in TASKS else Stack(between)
            with drag:
                live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        explanation.close(text, {"vanishing": {"f": ["sigmoid", "relu"]}, "dying": {}})


def _tab_and_function(text: words.Words) -> tuple[str, Activation]:
    with st.container(key="tabs"):
        tabs, picker = st.columns([0.64, 0.36], gap="medium")
    with tabs:
        tab = controls.choice("act", {name: text[f"act-{name}"] for name in (STACK, *TASKS)}, STACK)
    with picker:
        return tab, controls.function(text["between"], LINEAR, controls.stackable(), chain.computable)


def _training(between: Activation, task: str, text: words.Words) -> Training:
    """The settings of the training, which are below the slider."""
    hidden = controls.choice("hidden", {name: text[f"hidden-{name}"] for name in HIDDEN}, "1", text["hidden"])
    rates, seeds = st.columns([0.56, 0.44])
    with rates:
        rate = controls.choice("rate", {name: name for name in RATES}, "0.5", text["rate"])
    with seeds:
        seed = controls.choice("seed", {name: name for name in SEEDS}, "1", text["seed"])
    return Training(between, task, int(hidden), float(rate), int(seed))


def _controls(scene: Stack | Training) -> None:
    """The sliders with what has come of them."""
    for param in scene.params:
        with curtain("sliders") if param.name in ANSWER_STATE else nullcontext():
            controls.draw(param, scene.label(param), alone=len(scene.params) == 1)
    if scene.plays:  # Its button stands right under the slider.
        scene.follow()
    st.markdown(scene.reading(scene.chart.marks))
    if not scene.plays:
        scene.follow()


REACH = 2.2  # half the width of the plane that is seen
UNIT = 2 * REACH / 400  # half of it is the error of a dragged position: no more than a pixel
ZERO = -18.0  # the place of the difference 0 on the axis of powers
_POWERS = (-16, -12, -8, -4, 0)
_STRAIGHT = 1e-12  # difference below which all of it is rounding
_ENTRIES = {"m11": (0, 0), "m12": (0, 1), "m21": (1, 0), "m22": (1, 1)}
_GUESSES = {f"{GUESS}1": "bent", f"{GUESS}3": "tapered"}  # what the wrong answers to the question look like


@dataclass(frozen=True)
class Stack(Scene):
    """A grid behind a stack of layers over that of the one matrix that does the same or comes nearest, and their
    difference by depth."""

    activation: Activation
    page, words_of = "collapse", "topics/collapse"
    key = "plane"
    params = (DEPTH, WEIGHT, CROSS)
    handles = (live.Handle(["here"], DEPTH.name),)

    @property
    def kind(self) -> str:
        """Whether the layers are one matrix."""
        return "linear" if self.activation.slug == LINEAR else "bent"

    def arrays(self, state: State) -> Arrays:
        """Both grids, the unit vectors, the difference at every depth, and what the wrong answers look like."""
        found, given = _behind(self.activation, state), composed.grid()
        ends = given[..., [0, -1]]
        one = composed.applied(np.moveaxis(found.matrix, 0, -1), ends.reshape(2, 1, -1)) + found.shift.T[..., None]
        drawn = _lines("single", np.moveaxis(one, 1, 0).reshape(-1, *ends.shape))
        grid = found.output.reshape(-1, *given.shape)
        # Straight lines need no more than their ends.
        drawn |= _lines("grid", grid[..., [0, -1]] if self.kind == "linear" else grid)
        middle, half = given.shape[1] // 4, given.shape[2] // 2
        for name, line in (("first", middle + given.shape[1] // 2), ("second", middle)):
            arrow = grid[:, :, line, half:]
            arrow = arrow[..., [0, -1]] if self.kind == "linear" else arrow
            drawn |= {f"{name}.x": arrow[:, 0], f"{name}.y": arrow[:, 1]}
            drawn |= {f"{name}_tag.x": arrow[:, 0, -1:], f"{name}_tag.y": arrow[:, 1, -1:]}
        with np.errstate(divide="ignore"):
            powers = np.maximum(np.log10(found.largest), ZERO)
        depth = found.depth[:, None]
        drawn |= {"error.y": powers, "here.x": depth.astype(float), "here.y": np.take_along_axis(powers, depth, axis=1)}
        # Beside a grid that does bend, what was expected of one that does not would mislead.
        for name, answer in _GUESSES.items() if self.kind == "linear" else ():
            drawn |= _imagined(found, name, answer)
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """The one matrix with its shift, and how far it is from the stack."""
        found = _behind(self.activation, state)
        off = np.take_along_axis(found.largest, found.depth[:, None], axis=1)[:, 0]
        texts = {name: words.numbers(found.matrix[:, row, column], 3) for name, (row, column) in _ENTRIES.items()}
        texts |= {f"shift{row + 1}": words.numbers(found.shift[:, row], 3) for row in (0, 1)}
        texts |= {"off": [words.power(size) for size in off], "typical": [words.power(size) for size in found.typical]}
        notes = np.select([found.depth < 2, off < _STRAIGHT], ["alone", "straight"], "bent")
        return texts | {"depth": list(map(str, found.depth)), "note": [text[f"note-{note}"] for note in notes]}

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """A pixel for all that lies on the plane."""
        return {name: UNIT for name in arrays if name.split(".")[0] not in ("error", "here")}

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        return words.format(self.text[f"alt-{self.kind}"], name=words.title(self.activation.slug), **marks)

    def reading(self, marks: Mapping[str, str]) -> str:
        """The one matrix, with a function between the layers also its shift, and its difference from the stack."""
        rows = [
            [self.text[f"one-{self.kind}"], "x₁", "x₂", self.text["shift"]],
            ["y₁", *(f"**{marks[name]}**" for name in ("m11", "m12", "shift1"))],
            ["y₂", *(f"**{marks[name]}**" for name in ("m21", "m22", "shift2"))],
        ]
        columns = 3 if self.kind == "linear" else 4
        verdict = words.format(self.text[f"verdict-{self.kind}"], **marks)
        return f"{words.table(*(row[:columns] for row in rows))}\n\n{verdict}"

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The grid over that of the one matrix, the unit vectors, and the difference by depth."""
        text, colour, width = self.text, figures.colour(self.activation.slug), 1.5 if large else 1.0
        traces = [figures.line(arrays, "single", GREY, 3.5 * width, opacity=0.35, **NO_HOVER)]
        for name in _GUESSES if self.kind == "linear" else ():
            traces += _guess(arrays, name, width)
        traces.append(figures.line(arrays, "grid", colour, 2.4 if large else 1.6, **NO_HOVER))
        for name, label in (("first", "<b>e₁</b>"), ("second", "<b>e₂</b>")):
            traces.append(figures.line(arrays, name, colour, 4.5 * width, **NO_HOVER))
            traces.append(_label(arrays, f"{name}_tag", label, "top right", size=20 if large else 15))
        curve = figures.line({"error.x": DEPTH.grid, **arrays}, "error", colour, 2.5 * width, **NO_HOVER)
        curve |= {"mode": "lines+markers", "marker": {"size": 7}}
        traces += on_panel("2", curve, figures.dots(arrays, "here", PROBE, 11 * width))
        ticks = {"tickvals": [ZERO, *_POWERS], "ticktext": ["0", *map(_power, _POWERS)]}
        layers = {"range": [-0.4, DEEPEST + 0.4], "tickvals": DEPTH.grid[::2].tolist(), "title": text["axis-layers"]}
        axes = _plane(REACH) | {
            "xaxis2": {"domain": _CURVE, "anchor": "y2", "zeroline": False, **layers},
            "yaxis2": {"anchor": "x2", "range": [ZERO - 1, 1.5], "zeroline": False, **ticks},
        }
        return _finished(traces, axes, (text[f"on-{self.kind}"], text["on-difference"]), large)


@dataclass(frozen=True)
class _Behind:
    """What n stacks, each of its ``depth`` (n,), make of the grid: ``output`` (n, 2, points), the one ``matrix``
    (n, 2, 2) with its ``shift`` (n, 2) and the ``typical`` difference (n,); ``largest`` (n, depths) is of every depth.
    """

    depth: NDArray[np.intp]
    output: Array
    matrix: Array
    shift: Array
    typical: Array
    largest: Array


def _behind(activation: Activation, state: State) -> _Behind:
    # Both the arrays and the texts of a state ask for it.
    return _cached_behind(activation, *(tuple(state[param.name].tolist()) for param in Stack.params))


@lru_cache(maxsize=8)
def _cached_behind(activation: Activation, *state: tuple[float, ...]) -> _Behind:
    depth, w, v = (np.array(values) for values in state)
    deep, every = depth.astype(np.intp), np.arange(len(depth))
    whole = composed.composed(activation, w, v, composed.grid().reshape(2, -1))
    output, matrix, shift = (
        np.moveaxis(rows, axis, 0)[every, deep]
        for rows, axis in ((whole.output, 2), (whole.matrix, 3), (whole.shift, 2))
    )
    return _Behind(deep, output, matrix, shift, whole.typical.T[every, deep], whole.largest.T)


def _imagined(found: _Behind, name: str, answer: str) -> Arrays:
    """What a reader may have expected: every third line of the grid, under the matrices as they are."""
    given = composed.grid()[:, ::3]
    seen = composed.imagined(answer, found.depth, given.reshape(2, -1))
    moved = composed.applied(np.moveaxis(found.matrix, 0, -1), seen)
    lines = np.moveaxis(moved, 1, 0).reshape(-1, *given.shape)
    corner = lines[:, :, len(given[0]) // 2, -1:]  # the upper end of the rightmost upright line
    return _lines(name, lines) | {f"{name}_word.x": corner[:, 0], f"{name}_word.y": corner[:, 1]}


def _lines(name: str, lines: Array) -> Arrays:
    """Lines (n, 2, lines, points) end to end, with a gap after each."""
    gap = np.full((*lines.shape[:-1], 1), np.nan)
    x, y = np.moveaxis(np.concatenate([lines, gap], axis=-1), 1, 0)
    return {f"{name}.x": x.reshape(len(x), -1), f"{name}.y": y.reshape(len(y), -1)}


def _guess(arrays: Picture, name: str, width: float) -> list[Spec]:
    """What a reader may have expected, dotted, and its label."""
    drawn = figures.line(arrays, name, PROBE, 2.5 * width, line={"dash": "1px,4px"}, **NO_HOVER)
    label = figures.label(arrays, f"{name}_word", words.ui("question.note_yours"), PROBE, 13 * width, "top center")
    return [{**part, "visible": False} for part in (drawn, label)]


SHADES = 64  # that the probability of a class is rounded to
LOWEST = -6.0  # power of ten below which the loss is drawn at the lower end of its panel
_AWAY = 0.02  # share of the height of that panel
_CLASSES = ("#2F6FD6", "#E07B00")
_SCALE = [(0.0, "rgba(47,111,214,0.5)"), (0.5, "rgba(127,135,147,0.05)"), (1.0, "rgba(224,123,0,0.5)")]


@dataclass(frozen=True)
class Training(Scene):
    """A small network that learns to tell two classes apart: its output over the plane, and the loss by step."""

    activation: Activation
    task: str
    hidden: int
    rate: float
    seed: int
    page, words_of = "collapse", "topics/collapse"
    key, kind, plays = "plane", "training", TIME.name
    params = (TIME,)
    handles = (live.Handle(["now"], TIME.name),)

    @property
    def run(self) -> classification.Run:
        """The whole training."""
        return classification.train(self.activation, self.task, self.hidden, self.rate, self.seed)

    @property
    def powers(self) -> Array:
        """The loss after every step as a power of ten, NaN once the run diverged."""
        return np.log10(np.maximum(self.run.loss, 10**LOWEST))

    def arrays(self, state: State) -> Arrays:
        """The output over the plane, the boundary of the classes, and the loss so far."""
        run, powers, moment = self.run, self.powers, index(TIME, state["t"])
        steps = classification.moments()[moment][:, None]
        last = np.minimum(steps, len(powers) - 1 if run.diverged is None else run.diverged - 1)
        return {
            "field.z": run.probability[moment],
            "boundary.x": run.boundary[moment, :, 0],
            "boundary.y": run.boundary[moment, :, 1],
            "loss.y": np.where(np.arange(len(powers)) <= steps, powers, np.nan),
            "now.x": last.astype(np.float64),
            "now.y": powers[last],
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """The loss, how many examples are classified correctly, and how many hidden units cannot learn."""
        run, moment = self.run, index(TIME, state["t"])
        steps, stuck = classification.moments()[moment], run.stuck[moment]
        diverged = steps >= (math.inf if run.diverged is None else run.diverged)
        texts = {"step": list(map(str, steps))}
        losses = zip(diverged, run.loss[steps], strict=True)
        texts["loss"] = [text["no-number"] if gone else words.power(loss) for gone, loss in losses]
        texts["right"] = np.where(diverged, "—", run.right[moment].astype(str)).tolist()
        texts["stuck"] = np.where(diverged, "—", stuck.astype(str)).tolist()
        notes = [words.format(text["diverged"], step=run.diverged), words.format(text["all-stuck"], units=run.units)]
        texts["state.text"] = np.select([diverged, (stuck == run.units) & (run.units > 0)], notes, "").tolist()
        return texts

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Shades for the output, a pixel for the boundary."""
        return {"field.z": 1 / SHADES} | dict.fromkeys(("boundary.x", "boundary.y"), 2 * classification.EXTENT / 400)

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words, and what is printed about it."""
        chosen = {"name": words.title(self.activation.slug), "task": self.text[f"act-{self.task}"]}
        seen = words.format(self.text["alt-training"], hidden=self.hidden, **chosen)
        return " ".join([seen, *self._sentences(marks)]).replace("**", "")

    def reading(self, marks: Mapping[str, str]) -> str:
        """How far the network has come."""
        return "  \n".join(self._sentences(marks))

    def _sentences(self, marks: Mapping[str, str]) -> list[str]:
        units, points = self.run.units, len(classification.examples(self.task)[0])
        parts = ["progress", "hidden-stuck"] if units else ["progress"]
        return [words.format(self.text[part], points=points, units=units, **marks) for part in parts]

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The plane as the network sees it with the examples on it, and the loss by step."""
        text, colour, width = self.text, figures.colour(self.activation.slug), 1.5 if large else 1.0
        middle = {"state.x": np.zeros(1), "state.y": np.full(1, 1.98)}
        note = {"size": 20 if large else 15, "weight": 700}
        powers = self.powers
        low, high = min(float(np.nanmin(powers)), -0.95) - 0.15, max(float(np.nanmax(powers)), 0.1) + 0.15
        traces = [
            figures.plane(arrays, "field", classification.SIDE, classification.SIDE, _SCALE, (0.0, 1.0)),
            figures.line(arrays, "boundary", colour, 3.5 * width, **NO_HOVER),
            *_examples(self.task, 8 * width),
            _label(middle, "state", texts["state.text"], "middle center", **note),
            *on_panel("2", *self._losses(arrays, high - low, large)),
        ]
        step = 1 if high - low < 5 else 2 if high - low < 9 else 4
        ticks = [tick for tick in range(-8, 13, step) if low <= tick <= high]
        steps = {
            "range": [-8, classification.STEPS + 8],
            "tickvals": [0, classification.STEPS // 2, classification.STEPS],
        }
        shown = {"range": [low, high], "tickvals": ticks, "ticktext": [_power(tick) for tick in ticks]}
        axes = _plane(classification.EXTENT) | {
            "xaxis2": {"domain": _CURVE, "anchor": "y2", "zeroline": False, "title": text["axis-steps"], **steps},
            "yaxis2": {"anchor": "x2", "zeroline": False, **shown},
        }
        return _finished(traces, axes, (text["on-plane"], text["on-loss"]), large)

    def _losses(self, arrays: Picture, height: float, large: bool) -> list[Spec]:
        """The whole run faintly, the part that was seen over it, and the least that a straight line can do."""
        colour, width, powers = figures.colour(self.activation.slug), 1.5 if large else 1.0, self.powers
        steps, level = np.arange(len(powers), dtype=float), math.log10(classification.linear_loss(self.task))
        # Where the run ends above the line, its name stands below; either way clear of a dot on the line.
        side, away = ("bottom", -_AWAY) if powers[np.isfinite(powers)][-1] > level + 0.01 else ("top", _AWAY)
        word = {"word.x": np.full(1, classification.STEPS), "word.y": np.full(1, level + away * height)}
        line = {"line.x": np.array([0.0, classification.STEPS]), "line.y": np.full(2, level)}
        return [
            figures.line(line, "line", GREY, 2 * width, line={"dash": "2px,4px"}, **NO_HOVER),
            figures.label(word, "word", self.text["on-line"], GREY, 15 if large else 12, f"{side} left"),
            figures.line({"all.x": steps, "all.y": powers}, "all", colour, 2 * width, opacity=0.3, **NO_HOVER),
            figures.line({"loss.x": steps, **arrays}, "loss", colour, 3 * width, **NO_HOVER),
            figures.dots(arrays, "now", PROBE, 11 * width),
        ]


def _examples(task: str, size: float) -> list[Spec]:
    """Both classes, which differ in shape as well as in colour."""
    x, y = classification.examples(task)
    traces = []
    for kind, symbol in enumerate(("circle", "diamond")):
        name, points = f"class{kind}", x[y[:, 0] == kind]
        dots = figures.dots({f"{name}.x": points[:, 0], f"{name}.y": points[:, 1]}, name, "", 0)
        look = {"color": _CLASSES[kind], "size": size, "symbol": symbol, "line": {"width": 1, "color": "#ffffff"}}
        traces.append({**dots, "marker": look})
    return traces


_PLANE, _CURVE = (0.0, 0.66), (0.79, 1.0)
_MARGIN = {"l": 44, "r": 14, "t": 28, "b": 50}


def _plane(reach: float) -> dict[str, Spec]:
    """Both axes of the plane, of one scale."""
    common = {"range": [-reach, reach], "constrain": "domain", "showgrid": False, "zeroline": False}
    common |= {"tickvals": [-2, -1, 0, 1, 2]}
    return {
        "xaxis": {**common, "domain": _PLANE, "title": "x₁"},
        "yaxis": {**common, "scaleanchor": "x", "constraintoward": "top", "title": "x₂"},
    }


def _power(decades: int) -> str:
    return f"10{str(decades).translate(words.SUPERSCRIPT)}" if decades else "1"


def _label(place: Picture, name: str, text: str, position: str, **font: float) -> Spec:
    """A label in the colour of the text of the page."""
    return {**figures.label(place, name, text, "", 0, position), "textfont": font}


def _finished(traces: list[Spec], axes: dict[str, Spec], above: tuple[str, str], large: bool) -> figures.Finished:
    """The figure with a line of text above each panel: above the second, which is narrow, it ends where the panel
    does."""
    size, (left, right) = 18 if large else 13, above
    notes = [figures.heading(left, "", size), {**figures.heading(right, "2", size), "x": 1, "xanchor": "right"}]
    margin = {side: padding * (1.3 if large else 1) for side, padding in _MARGIN.items()}
    return figures.figure(traces, axes, Stack.page, large, annotations=notes, margin=margin)


SCENES: tuple[Scene, ...] = (
    Stack(CATALOGUE[LINEAR]),
    Stack(CATALOGUE["tanh"]),
    Training(CATALOGUE["relu"], "xor", 1, 0.5, 1),
    Training(CATALOGUE["tanh"], "spirals", 2, 0.1, 2),
    Training(CATALOGUE[LINEAR], "xor", 0, 0.5, 1),
    Training(CATALOGUE[LINEAR], "spirals", 1, 10.0, 2),
)
