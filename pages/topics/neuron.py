"""A neuron and its threshold: three neurons, one for each function, whose weights are set by hand or trained."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import streamlit as st

from activations import CATALOGUE
from activations.experiments import neuron
from activations.experiments.neuron import INPUTS, MOMENT, STARTS, STEPS, TASKS, WEIGHTS
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec, on_panel
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts, index

FUNCTIONS = ("binary_step", "sigmoid", "relu")
ASKED = ("and", "a")  # task and start that the question is about
ANSWER_STATE: Mapping[str, float | str] = {"act": "learn", "task": ASKED[0], "start": ASKED[1], "t": MOMENT.high}
CHOICES = {
    "act": controls.offer(("hand", "learn"), "hand"),
    "task": controls.offer(TASKS, "and"),
    "start": controls.offer(STARTS, "a"),
}


def render() -> None:
    """Draw the page: a tab and a task to choose, the picture beside its sliders, the question, and why it is so."""
    text = words.page(Neurons.words_of)
    with st.container(key="neuron-tabs", horizontal=True):
        scene = _chosen(text)
    with layout.stage() as (picture_side, control_side):
        with control_side:
            live.section(lambda: _controls(scene))
            st.markdown(text[f"legend-{scene.kind}"])
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        explanation.close(text, {"collapse": {}, "vanishing": {"f": ["sigmoid", "relu"]}})


def _chosen(text: words.Words) -> Neurons:
    def choose(name: str, options: Iterable[str], default: str) -> str:
        return controls.choice(name, {option: text[f"{name}-{option}"] for option in options}, default)

    with curtain("choices"):
        tab = choose("act", ("hand", "learn"), "hand")
    task = choose("task", TASKS, "and")
    return Hand(task) if tab == "hand" else Training(task, choose("start", STARTS, "a"))


def _controls(scene: Neurons) -> None:
    """The sliders, and what the neurons answer."""
    for param in scene.params:
        with curtain("sliders") if param.name in ANSWER_STATE else nullcontext():
            controls.draw(param, scene.label(param), alone=len(scene.params) == 1)
    if scene.plays:  # Its button stands right under the slider.
        scene.follow()
    with st.container(key="answers"):
        st.markdown(scene.reading(scene.chart.marks))
    if not scene.plays:
        scene.follow()


SHOWN = (-0.4, 1.4)  # of either input
# Outputs from which on a plane is tinted more deeply, and the z at which each function gives them.
_SHADES = (0.1, 0.25, 0.5, 0.75, 0.9)
_BEYOND = (1.5, 2.5, 4.0)
LEVELS: Mapping[str, Mapping[float, float]] = {
    "binary_step": {1.0: 0.0},
    "sigmoid": {output: float(np.log(output / (1 - output))) for output in _SHADES},
    "relu": {output: output for output in (*_SHADES, *_BEYOND)},
}
_DEEPEST, _DEEPER = 0.55, 0.2  # opacity where the output is 1, and how much more where it is far above
_FINE = (SHOWN[1] - SHOWN[0]) / 320  # half a pixel on the largest screen
_CLEAR = 0.07  # from an input to the number of its output
_WRONG = "\u00a0✗"
_COLUMNS = ((0.0, 0.29), (0.355, 0.645), (0.71, 1.0))
_UPPER, _LOWER, _LOSSES = (0.57, 1.0), (0.0, 0.41), (0.0, 0.8)
_MARGIN = {"l": 44, "r": 8, "t": 26, "b": 46}
_INK, _PAPER = "#15181d", "#ffffff"


@dataclass(frozen=True)
class Neurons(Scene):
    """Three neurons with the same task: for each its plane of inputs, shaded by its output."""

    task: str
    page, words_of = "neuron", "topics/neuron"

    @abstractmethod
    def weights(self, state: State) -> Mapping[str, Array]:
        """The weights of each neuron, of shape (n, 3)."""

    def arrays(self, state: State) -> Arrays:
        """What lies beyond each level of an output, and the lines where z is 0 and where the ReLU's output is ½."""
        drawn: Arrays = {}
        for slug, weights in self.weights(state).items():
            x, y = neuron.side(weights, [*LEVELS[slug].values(), 0.0, neuron.YES])
            for k in range(len(LEVELS[slug])):
                drawn |= {f"tint_{slug}_{k}.x": x[k], f"tint_{slug}_{k}.y": y[k]}
            # The first two corners of a side span its edge.
            drawn |= {f"line_{slug}.x": x[-2, :, :2], f"line_{slug}.y": y[-2, :, :2]}
            if slug == "relu":  # The other two pass ½ where z is 0.
                drawn |= {"half_relu.x": x[-1, :, :2], "half_relu.y": y[-1, :, :2]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """The output of each neuron at each input, crossed out where it is wrong, and how many are right."""
        texts: Texts = {}
        for slug, weights in self.weights(state).items():
            outputs = CATALOGUE[slug](neuron.pre_activation(weights))
            right = neuron.right(outputs, TASKS[self.task])
            for k, (column, correct) in enumerate(zip(outputs.T, right.T.tolist(), strict=True)):
                numbers = zip(words.numbers(column, 0 if slug == "binary_step" else 2), correct, strict=True)
                texts[f"{slug}_{k}"] = [number if yes else number + _WRONG for number, yes in numbers]
            texts[f"{slug}_right"] = [str(count) for count in right.sum(axis=1).tolist()]
        return texts | {f"out_{slug}_{k}.text": texts[f"{slug}_{k}"] for slug in FUNCTIONS for k in range(len(INPUTS))}

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Half a pixel for whatever lies on a plane."""
        return {name: _FINE for name in arrays if name.startswith(("tint_", "line_", "half_"))}

    @property
    def names(self) -> dict[str, str]:
        """What each function is called where there is little room."""
        return {slug: self.text["short-step"] if slug == "binary_step" else words.title(slug) for slug in FUNCTIONS}

    def lines(self, slug: str, arrays: Picture, large: bool) -> list[Spec]:
        """The lines across a plane."""
        width, colour = 5.0 if large else 3.0, figures.colour(slug)
        drawn = [figures.line(arrays, f"line_{slug}", colour, width, **NO_HOVER)]
        if slug == "relu":
            dashed = {"dash": "5px,4px"}
            drawn.append(figures.line(arrays, "half_relu", colour, width * 0.6, line=dashed, **NO_HOVER))
        return drawn

    def discs(self, name: str, arrays: Picture, size: float) -> Spec:
        """Black where the answer should be 1, white where it should be 0; either is seen on any tint."""
        fill = [_INK if target else _PAPER for target in TASKS[self.task]]
        edge = [_PAPER if target else _INK for target in TASKS[self.task]]
        marker = {"size": size, "color": fill, "line": {"width": 2, "color": edge}}
        return {**figures.dots(arrays, name, _INK, size), "marker": marker}

    def planes(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> tuple[list[Spec], dict[str, Spec]]:
        """The planes of inputs side by side, as traces and axes."""
        traces: list[Spec] = []
        axes: dict[str, Spec] = {}
        both = {"range": list(SHOWN), "tickvals": [0, 0.5, 1], "zeroline": False, "showgrid": False}
        for column, slug in enumerate(FUNCTIONS):
            number = str(column + 1) if column else ""
            inputs = self._inputs(slug, texts, large)
            traces += on_panel(number, *_tints(slug, arrays), *self.lines(slug, arrays, large), *inputs)
            across = {"domain": _COLUMNS[column], "anchor": f"y{number}", "ticktext": ["0", "x<sub>1</sub>", "1"]}
            up = {"domain": _UPPER, "anchor": f"x{number}", "ticktext": ["0", "x<sub>2</sub>", "1"]}
            axes |= {f"xaxis{number}": {**both, **across}, f"yaxis{number}": {**both, **up}}
        return traces, axes

    def _inputs(self, slug: str, texts: Mapping[str, str], large: bool) -> list[Spec]:
        """The four inputs, each with the output beside it."""
        places = {f"inputs_{slug}.x": INPUTS[:, 0], f"inputs_{slug}.y": INPUTS[:, 1]}
        drawn = [self.discs(f"inputs_{slug}", places, 15 if large else 11)]
        for k, (x1, x2) in enumerate(INPUTS):
            name, beside = f"out_{slug}_{k}", "top center" if x2 else "bottom center"
            place = {f"{name}.x": np.array([x1]), f"{name}.y": np.array([x2 + (_CLEAR if x2 else -_CLEAR)])}
            drawn.append(figures.label(place, name, texts[f"{name}.text"], _INK, 20 if large else 14, beside))
        return drawn

    def finished(self, traces: list[Spec], axes: dict[str, Spec], below: str, large: bool) -> figures.Finished:
        """The figure with the names of the functions over the planes and a heading ``below`` them."""
        size = 19 if large else 14
        notes = [
            figures.heading(f"<b>{words.title(slug)}</b>", str(k) if k > 1 else "", size, color=figures.colour(slug))
            for k, slug in enumerate(FUNCTIONS, 1)
        ]
        notes.append(figures.heading(f"<b>{below}</b>", "4", size, color=_INK))
        margin = {side: padding * (1.3 if large else 1) for side, padding in _MARGIN.items()}
        return figures.figure(traces, axes, self.page, large, annotations=notes, margin=margin)


def _tints(slug: str, arrays: Picture) -> list[Spec]:
    """One half of the plane over the other, so that together they are as deep as the output is high."""
    tints, under = [], 0.0
    for k, output in enumerate(LEVELS[slug]):
        deep = _DEEPEST * min(output, 1.0) + _DEEPER * max(0.0, 1 - 1 / output)
        fill = figures.transparent(figures.colour(slug), round(1 - (1 - deep) / (1 - under), 3))
        tints.append(figures.trace(arrays, f"tint_{slug}_{k}", mode="none", fill="toself", fillcolor=fill, **NO_HOVER))
        under = deep
    return tints


WINDOW = (-4.0, 4.0)  # of z; a dot beyond it is drawn at its end
HEIGHTS = {"binary_step": (-0.12, 1.15), "sigmoid": (-0.12, 1.15), "relu": (-0.5, 4.3)}
_CURVES = {slug: np.linspace(*WINDOW, 81) for slug in ("sigmoid", "relu")}
_CURVES["binary_step"] = np.array([WINDOW[0], np.nextafter(0, -1), np.nan, 0.0, WINDOW[1]])  # torn at the jump


@dataclass(frozen=True)
class Hand(Neurons):
    """Neurons with the same weights, set by hand: below the planes the three curves with a dot for each input."""

    key, kind = "neuron-set", "hand"
    params = WEIGHTS

    def weights(self, state: State) -> Mapping[str, Array]:
        """The values of the sliders, for all three neurons."""
        return dict.fromkeys(FUNCTIONS, np.stack([state[param.name] for param in WEIGHTS], axis=-1))

    def arrays(self, state: State) -> Arrays:
        """Beside the planes each output on its curve."""
        drawn = super().arrays(state)
        z = np.clip(self._pre_activation(state), *WINDOW)
        return drawn | {
            f"dots_{slug}.{axis}": r for slug in FUNCTIONS for axis, r in (("x", z), ("y", CATALOGUE[slug](z)))
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """Beside the outputs z at each input."""
        z = {f"z_{k}": words.numbers(column, 1) for k, column in enumerate(self._pre_activation(state).T)}
        return z | super().texts(state, text)

    def _pre_activation(self, state: State) -> Array:
        return neuron.pre_activation(self.weights(state)[FUNCTIONS[0]])

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """For dots a 400th of their panel."""
        fine = dict(super().steps(arrays))
        for slug, (low, high) in HEIGHTS.items():
            fine |= {f"dots_{slug}.x": (WINDOW[1] - WINDOW[0]) / 400, f"dots_{slug}.y": (high - low) / 400}
        return fine

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """Planes over curves."""
        traces, axes = self.planes(arrays, texts, large)
        for column, slug in enumerate(FUNCTIONS):
            number, z = str(column + 4), _CURVES[slug]
            curve = {f"curve_{slug}.x": z, f"curve_{slug}.y": CATALOGUE[slug](z)}
            line = figures.line(curve, f"curve_{slug}", figures.colour(slug), 4 if large else 2.5, **NO_HOVER)
            traces += on_panel(number, line, self.discs(f"dots_{slug}", arrays, 12 if large else 9))
            across = {"domain": _COLUMNS[column], "range": list(WINDOW), "title": self.text["axis-z"], "nticks": 5}
            up = {"domain": _LOWER, "range": list(HEIGHTS[slug]), "nticks": 4}
            axes |= {f"xaxis{number}": {"anchor": f"y{number}", **across}}
            axes |= {f"yaxis{number}": {"anchor": f"x{number}", **up}}
        return self.finished(traces, axes, self.text["panel-curve"], large)

    def reading(self, marks: Mapping[str, str]) -> str:
        """A table of the inputs with z and the outputs."""
        rows = [
            [
                f"{x1:.0f}\u2009{x2:.0f} → **{target:.0f}**",
                marks[f"z_{k}"],
                *(marks[f"{slug}_{k}"] for slug in FUNCTIONS),
            ]
            for k, ((x1, x2), target) in enumerate(zip(INPUTS, TASKS[self.task], strict=True))
        ]
        score = [f"**{marks[f'{slug}_right']}**/4" for slug in FUNCTIONS]
        head = [self.text["table-input"], "z", *self.names.values()]
        return words.table(head, *rows, [self.text["table-right"], "", *score])


# Dashes and symbols tell the losses apart where colours do not.
_DASHES = {"binary_step": "solid", "sigmoid": "solid", "relu": "8px,6px"}
_SYMBOLS = {"binary_step": "circle-open", "sigmoid": "circle", "relu": "circle"}
_DOTS = {"binary_step": 14, "sigmoid": 9, "relu": 7}
_APART = 0.16  # share of the panel of the losses between two names
_HIGH = 0.62  # the height at which "your answer" is written along its line
# Where a wrong answer says that a function's line ends: at the line that answers AND, or where it started.
_GUESSES: Mapping[str, Mapping[str, tuple[float, float, float]]] = {
    "1": {"binary_step": neuron.HALFWAY["and"]},
    "3": {"relu": STARTS["a"]},
    "4": {"binary_step": neuron.HALFWAY["and"], "sigmoid": STARTS["a"], "relu": STARTS["a"]},
}


@dataclass(frozen=True)
class Training(Neurons):
    """Neurons that start alike and are trained: below the planes the losses."""

    start: str
    key, kind, plays = "neuron-learns", "learn", MOMENT.name
    params = (MOMENT,)
    handles = (live.Handle([f"now_{slug}" for slug in FUNCTIONS], MOMENT.name),)

    @property
    def runs(self) -> dict[str, neuron.Run]:
        """The training of each neuron."""
        return {slug: neuron.learn(CATALOGUE[slug], self.task, self.start) for slug in FUNCTIONS}

    def weights(self, state: State) -> Mapping[str, Array]:
        """What training has made of the weights by then."""
        return {slug: run.weights[index(MOMENT, state["t"])] for slug, run in self.runs.items()}

    def arrays(self, state: State) -> Arrays:
        """Beside the planes each loss so far, and a dot at its end."""
        drawn, moment = super().arrays(state), state["t"][:, None]
        for slug, run in self.runs.items():
            drawn[f"loss_{slug}.y"] = np.where(MOMENT.grid <= moment, run.loss, np.nan)
            drawn |= {f"now_{slug}.x": moment, f"now_{slug}.y": run.loss[index(MOMENT, moment)]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """Beside the outputs the steps done, and the weights and the loss of each neuron."""
        moment = index(MOMENT, state["t"])
        texts: Texts = {"steps": [str(steps) for steps in STEPS[moment]]}
        for slug, run in self.runs.items():
            for param, column in zip(WEIGHTS, run.weights[moment].T, strict=True):
                texts[f"{slug}_{param.name}"] = words.numbers(column, 2)
            texts[f"{slug}_loss"] = words.numbers(run.loss[moment], 3)
        return texts | super().texts(state, text)

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """Planes over losses."""
        traces, axes = self.planes(arrays, texts, large)
        top = 1.08 * max(float(run.loss.max()) for run in self.runs.values())
        traces += on_panel("4", *self._losses(arrays, top, large))
        tens = range(0, int(MOMENT.high) + 1, 10)
        ticks = {"tickvals": list(tens), "ticktext": [str(t * t) for t in tens], "title": self.text["axis-steps"]}
        axes["xaxis4"] = {"domain": _LOSSES, "anchor": "y4", "range": [0, tens[-1]], "zeroline": False, **ticks}
        axes["yaxis4"] = {"domain": _LOWER, "anchor": "x4", "range": [0, top], "nticks": 4}
        return self.finished(traces, axes, self.text["panel-loss"], large)

    def lines(self, slug: str, arrays: Picture, large: bool) -> list[Spec]:
        """Beside the lines of now that of the start, and the lines that wrong answers stand for."""
        name = f"start_{slug}"
        begun = figures.line(_line(name, STARTS[self.start]), name, GREY, 2.0, line={"dash": "2px,4px"}, **NO_HOVER)
        asked = (self.task, self.start) == ASKED
        guessed = {k: lines[slug] for k, lines in _GUESSES.items() if slug in lines} if asked else {}
        drawn = [*super().lines(slug, arrays, large), begun]
        for answer, weights in guessed.items():
            drawn += _guess(f"{GUESS}{answer}_{slug}", weights, large)
        return drawn

    def _losses(self, arrays: Picture, top: float, large: bool) -> list[Spec]:
        """The whole of each loss faintly, the part that was seen over it, and its name at its end."""
        drawn, width, t = [], 5.0 if large else 3.0, MOMENT.grid
        ends = np.array([[run.loss[-1] for run in self.runs.values()]])
        # Seen upside down: of two names that would overlap the one of the higher loss moves.
        step = _APART * top
        places = np.abs(figures.apart(-ends, -np.arange(len(FUNCTIONS))[None], (-top - step / 2, step / 2), step)[0])
        for (slug, run), place in zip(self.runs.items(), places, strict=True):
            colour, dash, size = figures.colour(slug), {"dash": _DASHES[slug]}, _DOTS[slug] * (1.4 if large else 1)
            still = {f"whole_{slug}.x": t, f"whole_{slug}.y": run.loss, f"loss_{slug}.x": t, **arrays}
            named = {f"name_{slug}.x": t[-1:], f"name_{slug}.y": np.array([place])}
            title = f"\u2003{self.names[slug]}"
            drawn += [
                figures.line(still, f"whole_{slug}", colour, width * 0.6, opacity=0.35, **NO_HOVER),
                figures.line(still, f"loss_{slug}", colour, width, line=dash, **NO_HOVER),
                figures.dots(still, f"now_{slug}", colour, size, _SYMBOLS[slug]),
                figures.bold(figures.label(named, f"name_{slug}", title, colour, 18 if large else 13, "middle right")),
            ]
        return drawn

    def reading(self, marks: Mapping[str, str]) -> str:
        """The steps done, and a table of the weights and losses."""
        rows = [
            [name, *(marks[f"{slug}_{what}"] for what in ("w1", "w2", "b", "loss")), f"**{marks[f'{slug}_right']}**/4"]
            for slug, name in self.names.items()
        ]
        head = ["", "w₁", "w₂", "b", self.text["table-loss"], self.text["table-right"]]
        return f"{words.format(self.text['done'], **marks)}\n\n{words.table(head, *rows)}"


def _line(name: str, weights: tuple[float, float, float]) -> Arrays:
    """The line z = 0 of one neuron across the plane."""
    x, y = neuron.side(np.array([weights]), [0.0])
    return {f"{name}.x": x[0, 0, :2], f"{name}.y": y[0, 0, :2]}


def _guess(name: str, weights: tuple[float, float, float], large: bool) -> list[Spec]:
    """The line of a wrong answer with its label, which stands where there is more room beside it."""
    w1, w2, b = weights
    word, x = f"{name}_word", -(w2 * _HIGH + b) / w1
    place = {f"{word}.x": np.array([x]), f"{word}.y": np.array([_HIGH])}
    yours = f"\u00a0{words.ui('question.note_yours')}\u00a0"
    beside = "middle left" if x > INPUTS.mean() else "middle right"
    dashed = {"dash": "7px,6px"}
    guess = [
        figures.line(_line(name, weights), name, GREY, 5.0 if large else 3.0, line=dashed, **NO_HOVER),
        figures.label(place, word, yours, _INK, 17 if large else 12, beside),
    ]
    return [{**part, "visible": False} for part in guess]


SCENES: tuple[Neurons, ...] = (Hand("and"), Hand("or"), Training("and", "a"), Training("or", "b"))
