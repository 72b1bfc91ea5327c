"""Why zero-centred helps: gradient descent of two weights on a loss that is a narrow valley if inputs have a mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from activations import CATALOGUE
from activations.experiments import centring
from activations.experiments.centring import MINIMUM, POINTS, RATE, SHIFT, TIME
from activations.spec import Array
from pages.shared import controls, figures, live, words
from pages.shared.figures import GREY, NO_HOVER, PROBE, SHADE, VECTOR, Picture, Spec, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts
from pages.shared.topic import Topic

LEVELS = (1.0, 0.5, 0.2, 0.05, centring.GOAL)  # of the contours, as shares of the loss at the start
FAR = 10.0  # from the minimum, well outside the picture; a path is drawn to its first point beyond
LOSSES = (-8.0, 4.0)  # decades between which the line of the loss is drawn; the panel shows fewer
_SHOWN = (-5.2, 1.4)
_REACH = 2.1  # of the plane of weights, from the minimum to each side
# The lowest and the highest input of either kind at any position of the slider, and a margin.
_INPUTS = {"identity": (-1.6, 3.6), "sigmoid": (-2.0, 1.0), "tanh": (-3.1, 1.1), "relu": (-2.3, 1.6)}
_EMPTY = "\u00a0"
_WORDS = {1: "positive", 0: "mixed", -1: "negative"}
_LEFT, _RIGHT, _UPPER, _LOWER = (0.0, 0.54), (0.64, 1.0), (0.37, 1.0), (0.0, 0.19)


class Run(NamedTuple):
    """Gradient descent in n states: inputs (n, points, 2), Hessians, learning rates, distances from the minimum at each
    step (n, steps + 1, 2), and losses as shares of the first."""

    x: Array
    matrix: Array
    rate: Array
    offsets: Array
    losses: Array
    start: Array


@dataclass(frozen=True)
class Descent(Scene):
    """The loss over both weights with the path of gradient descent, the inputs, and the loss after each step."""

    function: str  # what the inputs went through; of the identity they are as measured
    by: str = "all"  # the examples in each step; or "one"
    page, words_of, key, kind, plays = "centred", "topics/centred", "centred", "path", TIME.name
    params = (SHIFT, RATE, TIME)
    rows = ((SHIFT, TIME), (RATE,))
    choices = MappingProxyType({"by": ("all", "one")})
    handles = (live.Handle(["mean"], SHIFT.name), live.Handle(["loss_now"], TIME.name))

    @property
    def variant(self) -> str:
        """Both choices."""
        return f"{self.function} {self.by}"

    @property
    def colour(self) -> str:
        """The colour of the function; inputs that went through none have another."""
        return VECTOR if self.function == "identity" else figures.colour(self.function)

    @property
    def centre(self) -> float:
        """The position of the slider that is nearest to the mean of the inputs."""
        return float(SHIFT.settle(centring.inputs(CATALOGUE[self.function], [0.0]).mean()))

    @property
    def presets(self) -> Mapping[str, Mapping[str, float]]:
        """The inputs as they come and centred, and learning rates."""
        centred = {"centred": {SHIFT.name: self.centre}} if self.centre else {}
        rates = {"half": 0.5, "best": 1.0, "large": 1.2}
        return {"given": {SHIFT.name: 0.0}, **centred, **{name: {RATE.name: rate} for name, rate in rates.items()}}

    def label(self, param: controls.Slider) -> str:
        """That of the learning rate says of what it is a multiple."""
        return self.text[f"slider-{param.name}-{self.by}"] or super().label(param)

    def arrays(self, state: State) -> Arrays:
        """Contours, the whole path and as much of it as has been walked, the inputs, and the loss after each step."""
        run, now = self._run(state), state[TIME.name].astype(int)
        path = MINIMUM + _within(run.offsets)
        walked = np.take_along_axis(path, np.minimum(np.arange(path.shape[1]), now[:, None])[..., None], axis=1)
        with np.errstate(divide="ignore"):
            losses = np.clip(np.log10(run.losses), *LOSSES)
        passed = np.minimum(np.arange(path.shape[1]), now[:, None])
        mean = run.x.mean(axis=1)
        goal = np.nan_to_num(centring.steps_to_goal(run.losses), nan=2 * TIME.high)
        drawn: Arrays = {
            **_pair("path", path),
            **_pair("walked", walked),
            **_pair("now", walked[:, -1:]),
            **_pair("points", run.x),
            **_pair("mean", mean[:, None]),
            **_pair("offset", np.stack([np.zeros_like(mean), mean], axis=1)),
            "loss.y": losses,
            "loss_walked.x": passed.astype(float),
            "loss_walked.y": np.take_along_axis(losses, passed, axis=1),
            "loss_now.x": now[:, None].astype(float),
            "loss_now.y": np.take_along_axis(losses, now[:, None], axis=1),
            "goal.x": goal[:, None],
        }
        for k, level in enumerate(LEVELS):
            drawn |= _pair(f"level_{k}", MINIMUM + centring.contour(run.matrix, level * run.start))
        if self.by == "one":
            next_one = run.x[np.arange(len(now)), now % POINTS]
            drawn |= _pair("example", next_one[:, None])
            drawn |= _pair("quadrants", _quadrants(walked[:, -1], centring.common_sign(run.x) != 0))
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """The inputs, the curvatures of the loss, the learning rate, and how far descent has come."""
        run, now = self._run(state), state[TIME.name].astype(int)
        low, high = centring.curvatures(run.matrix).T
        row, mean, limit = np.arange(len(now)), run.x.mean(axis=1), 2 / high
        offset, goal = run.offsets[row, now], centring.steps_to_goal(run.losses)
        # With one example in each step no single number tells whether the loss will shrink.
        grows = run.rate > limit if self.by == "all" else run.losses[:, -1] > 1
        fates = np.where(grows, "grows", np.where(np.isnan(goal), "later", "reached"))
        steps = [str(int(step)) for step in np.nan_to_num(goal, nan=TIME.high)]
        reached = np.where(fates == "reached", steps, "–").tolist()
        away = (np.abs(offset) > _REACH).any(axis=1)
        weights = MINIMUM + offset
        return {
            "m1": words.numbers(mean[:, 0], 2),
            "m2": words.numbers(mean[:, 1], 2),
            "signs": [text[f"signs-{_WORDS[sign]}"] for sign in centring.common_sign(run.x).tolist()],
            "low": [*map(words.power, low)],
            "high": [*map(words.power, high)],
            "kappa": [*map(words.power, high / low)],
            "eta": [*map(words.power, run.rate)],
            "limit": [*map(words.power, limit)],
            "t": [str(step) for step in now.tolist()],
            "w1": words.numbers(weights[:, 0], 2),
            "w2": words.numbers(weights[:, 1], 2),
            "away": [text["away"] if gone else "" for gone in away.tolist()],
            "loss": [*map(words.power, (run.losses[row, now] * run.start).tolist())],
            "opposite": [str(count) for count in centring.opposite_moves(run.offsets)[row, now].tolist()],
            "fate": [words.format(text[f"fate-{f}"], steps=n) for f, n in zip(fates.tolist(), steps, strict=True)],
            "goal_word.text": [words.format(text["label-goal"], steps=n) for n in reached],
            **({"quadrants_key.text": self._key(run, text)} if self.by == "one" else {}),
        }

    def _key(self, run: Run, text: words.Words) -> list[str]:
        """What is written in the corner: nothing where the next step can go anywhere."""
        return [text["key-quadrants"] if sign else _EMPTY for sign in centring.common_sign(run.x).tolist()]

    def _run(self, state: State) -> Run:
        x = centring.inputs(CATALOGUE[self.function], state[SHIFT.name])
        matrix, single = centring.hessian(x), self.by == "one"
        rate = state[RATE.name] * centring.reference_rate(matrix, single)
        offsets = centring.descend(x, rate, single)
        losses = centring.loss(matrix, offsets)
        return Run(x, matrix, rate, offsets, losses / losses[:, :1], losses[:, 0])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What descent has come to; only with all examples in each step there is a limit to the learning rate."""
        lines = self.text["read-path"].split("\n")
        lines.insert(2, self.text[f"read-rate-{self.by}"])
        return words.format("  \n".join(lines), **marks)

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Half a pixel on the plane of weights, and a hundredth of a decade."""
        plane = ("path", "walked", "now", "quadrants", *(f"level_{k}" for k in range(len(LEVELS))))
        fine = {f"{name}.{axis}": 0.005 for name in plane for axis in "xy"}
        return fine | dict.fromkeys(("loss.y", "loss_walked.y", "loss_now.y"), 0.01)

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The plane of weights beside the inputs and the loss."""
        text, size, wide = self.text, 17.0 if large else 13.0, 1.5 if large else 1.0
        traces = self._plane(arrays, texts, size, wide)
        traces += on_panel("2", *self._inputs(arrays, size, wide))
        traces += on_panel("3", *self._losses(arrays, texts, size, wide))
        headings = {number: text[f"panel-{name}"] for number, name in (("", "weights"), ("2", "inputs"), ("3", "loss"))}
        return figures.panels(traces, self._axes(), self.meta, headings, large)

    def _plane(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """Where the loss is equal, and the path from the start to the minimum."""
        ends = {"start": centring.START, "minimum": MINIMUM}
        still = {**arrays, **{k: v for name, at in ends.items() for k, v in _pair(name, at[None]).items()}}
        drawn: list[Spec] = []
        if self.by == "one":
            drawn.append(figures.trace(still, "quadrants", mode="none", fill="toself", fillcolor=SHADE, **NO_HOVER))
        for k in range(len(LEVELS)):
            goal = k == len(LEVELS) - 1
            width, look = (2.2, {"dash": "5px,4px"}) if goal else (1.2, {})
            drawn.append(figures.line(still, f"level_{k}", GREY, width * wide, line=look, **NO_HOVER))
        drawn += [
            figures.line(still, "path", self.colour, 1.4 * wide, opacity=0.45, **NO_HOVER),
            figures.line(still, "walked", self.colour, 3 * wide, **NO_HOVER),
            figures.dots(still, "start", self.colour, 9, "circle-open"),
            figures.dots(still, "minimum", GREY, 9, "x-thin"),
            figures.dots(still, "now", PROBE, 9),
        ]
        if self.by == "all":
            return drawn
        corner = _pair("quadrants_key", MINIMUM[None] + 0.93 * _REACH)
        key = figures.label(corner, "quadrants_key", texts["quadrants_key.text"], GREY, size, "middle left")
        return [*drawn, figures.bold(key)]

    def _inputs(self, arrays: Picture, size: float, wide: float) -> list[Spec]:
        """The inputs of the neuron and how far their mean is from 0."""
        small = {"size": 6 * wide, "color": self.colour, "opacity": 0.75}
        drawn = [
            figures.line(arrays, "offset", PROBE, 2.2 * wide, **NO_HOVER),
            figures.dots(arrays, "points", self.colour, 6) | {"marker": small},
        ]
        if self.by == "one":
            drawn.append(figures.dots(arrays, "example", self.colour, 13, "circle-open"))
        return [*drawn, figures.dots(arrays, "mean", PROBE, 9)]

    def _losses(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """The loss after each step, and the first at which it stays at the goal or below."""
        level = float(np.log10(centring.GOAL))
        still = {"loss.x": TIME.grid, "limit.x": TIME.grid[[0, -1]], "limit.y": np.full(2, level), **arrays}
        still |= {"goal.y": np.full(1, level), "goal_word.x": TIME.grid[-1:], "goal_word.y": np.array([0.8])}
        return [
            figures.line(still, "limit", GREY, 2.2 * wide, line={"dash": "5px,4px"}, **NO_HOVER),
            figures.line(still, "loss", self.colour, 1.4 * wide, opacity=0.45, **NO_HOVER),
            figures.line(still, "loss_walked", self.colour, 3 * wide, **NO_HOVER),
            figures.dots(still, "goal", GREY, 10, "circle-open"),
            figures.bold(figures.label(still, "goal_word", texts["goal_word.text"], GREY, size, "middle left")),
            figures.dots(still, "loss_now", PROBE, 9),
        ]

    def _axes(self) -> dict[str, Spec]:
        (left, bottom), ends = MINIMUM - _REACH, list(_INPUTS[self.function])
        square = {"constrain": "domain", "constraintoward": "left", "showgrid": False, "dtick": 1}
        steps = {"range": [-0.5, TIME.high + 0.5], "dtick": 5, "title": self.text["axis-step"]}
        powers = {"tickvals": [-4, -2, 0], "ticktext": ["10⁻⁴", "0.01", "1"]}
        return {
            "xaxis": {"range": [left, left + 2 * _REACH], "domain": _LEFT, "title": "w₁", **square},
            "yaxis": {
                "range": [bottom, bottom + 2 * _REACH],
                "domain": _UPPER,
                "title": "w₂",
                **square,
                **_upright("x"),
            },
            "xaxis2": {"range": ends, "domain": _RIGHT, "anchor": "y2", "title": "x₁", **square},
            "yaxis2": {"range": ends, "domain": _UPPER, "anchor": "x2", "title": "x₂", **square, **_upright("x2")},
            "xaxis3": {"anchor": "y3", **steps},
            "yaxis3": {"anchor": "x3", "range": list(_SHOWN), "domain": _LOWER, **powers},
        }


def _upright(axis: str) -> Spec:
    """One scale for both axes of a panel, whose heading stays at its top."""
    return {"scaleanchor": axis, "constraintoward": "top"}


def _pair(name: str, points: Array) -> Arrays:
    """Points (n, count, 2) as the arrays of a trace."""
    return {f"{name}.x": points[..., 0], f"{name}.y": points[..., 1]}


def _within(offsets: Array) -> Array:
    """Distances from the minimum, each of which stays at the first that is beyond ``FAR`` once it is met."""
    gone = np.hypot(*np.moveaxis(offsets, -1, 0)) > FAR
    last = np.where(gone.any(axis=1), gone.argmax(axis=1), offsets.shape[1] - 1)
    kept = np.minimum(np.arange(offsets.shape[1]), last[:, None])
    return np.asarray(np.take_along_axis(offsets, kept[..., None], axis=1))


def _quadrants(corner: Array, shown: Array) -> Array:
    """Two squares (n, 11, 2) from the corners (n, 2) up to the right and down to the left; a point if not ``shown``."""
    square = 2 * FAR * np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    both = np.concatenate([square, -square])
    return np.asarray(corner[:, None] + both * shown[:, None, None])


_FUNCTIONS = ("identity", "sigmoid", "tanh", "relu")
TOPIC = Topic(
    {function: Descent(function) for function in _FUNCTIONS}, tab="f",
    answer_state={"f": "identity", "by": "all", SHIFT.name: centring.OFFSET, RATE.name: 1.0, TIME.name: TIME.high},
    links={"tanh": {}, "exploding": {}}, examples=[Descent(function, "one") for function in _FUNCTIONS],
)  # fmt: skip
