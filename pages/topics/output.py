"""The output layer: for each kind of target an output function with its loss, beside pairings that train badly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from activations.experiments import output_layer
from activations.experiments.output_layer import LABEL, LOGIT, START, STEPS, TASKS, TIME, TRAINED, Task
from activations.spec import Array, Param
from pages.shared import figures, live, words
from pages.shared.controls import Slider
from pages.shared.figures import GREY, NO_HOVER, PROBE, VECTOR, Picture, Spec, colour, on_panel
from pages.shared.prediction import guesses
from pages.shared.scene import Arrays, Scene, State, Texts, index
from pages.shared.topic import Topic

PANELS = ("output", "loss", "gradient")
GUESSES = {"1": (-9.0, -7.0, -1.0), "2": (-9.0, -7.0, -2.0)}  # the gradient of squared error by the wrong answers
# In each panel from which value to which; a line that goes further leaves the panel, and a dot stays at its edge with a
# triangle on it.
HEIGHTS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "binary": ((-1.15, 1.15), (-0.4, 10.4), (-2.6, 2.6)),
    "one": ((-0.06, 1.08), (-0.4, 12.4), (-1.08, 0.1)),
    "several": ((-0.06, 1.08), (-0.4, 12.4), (-1.08, 0.1)),
    "real": ((-5.5, 5.5), (-2.0, 52.0), (-21.0, 21.0)),
    "positive": ((-0.6, 12.5), (-12.0, 62.0), (-26.0, 26.0)),
    "bounded": ((-0.6, 1.6), (-0.15, 4.15), (-2.1, 2.1)),
}
DECIMALS = {"real": 2, "positive": 2}  # of what is printed; four where outputs are probabilities
_COLOURS = {
    "sigmoid_ce": colour("sigmoid"),
    "tanh_se": colour("tanh"),
    "once_ce": VECTOR,
    "identity_se": colour("identity"),
    "exponential_poisson": colour("exponential"),
    "softplus_se": VECTOR,
}
_WRONG = colour("relu")  # of the second pairing of a task, which trains badly
_DASHES, _WIDTHS = ("solid", "10px,6px", "2px,5px"), (4.5, 3.0, 3.5)
_SMALL = 0.01  # gradient below which it is printed with three digits
_INSIDE = 1e-4  # share of a panel by which a dot at its edge is inside: rounded beyond it, it would not be drawn
_TIGHT = 1e-9  # from a kink to the points beside it, between which a line is broken
_UNSEEN: Spec = {"visible": False, "showgrid": False, "zeroline": False}
_STRIP, _SAMPLE = (0.84, 1.0), np.array([0.0, 0.055])  # of the key, above the panels
_DOMAINS = ((0.595, 0.775), (0.35, 0.515), (0.0, 0.27))


def _looks(task: str, names: Mapping[str, object]) -> dict[str, tuple[str, str, float]]:
    """By pairing colour, dash and width of its lines."""
    looks = {}
    for k, name in enumerate(names):
        grey = GREY if (task, name) == ("bounded", "sigmoid_se") else _COLOURS.get(name, GREY)
        looks[name] = (_WRONG if k == 1 else grey, _DASHES[k], _WIDTHS[k])
    return looks


def _key(looks: Mapping[str, tuple[str, str, float]], text: words.Words, number: str, large: bool) -> list[Spec]:
    """What the lines are called, one below the other, each behind a piece of its line."""
    drawn, size = [], 17.0 if large else 13.0
    for row, (name, (shade, dash, width)) in enumerate(looks.items()):
        height = len(_DASHES) - 0.5 - row
        sample = {f"{name}_lead.x": _SAMPLE, f"{name}_lead.y": np.full(2, height)}
        place = {f"{name}_key.x": np.array([0.065]), f"{name}_key.y": np.array([height])}
        drawn.append(figures.line(sample, f"{name}_lead", shade, width, line={"dash": dash}, **NO_HOVER))
        drawn.append(
            figures.bold(figures.label(place, f"{name}_key", text[f"pair-{name}"], shade, size, "middle right"))
        )
    return on_panel(number, *drawn)


def _strip(number: str) -> dict[str, Spec]:
    """The axes of the key."""
    return {
        f"xaxis{number}": {"range": [0, 1], "domain": [0, 1], "anchor": f"y{number}", **_UNSEEN},
        f"yaxis{number}": {"range": [0, len(_DASHES)], "domain": list(_STRIP), "anchor": f"x{number}", **_UNSEEN},
    }


@dataclass(frozen=True)
class Pairings(Scene):
    """Output, loss and gradient over the logit for each pairing of a task, with dots at the logit of the slider."""

    name: str
    page, words_of = "output", "topics/output"

    @property
    def task(self) -> Task:
        """The task: its pairings and its sliders."""
        return TASKS[self.name]

    @property
    def key(self) -> str:
        """The key of the chart."""
        return f"output-{self.name}"

    @property
    def kind(self) -> str:
        """The name of the task, with which its words begin."""
        return self.name

    @property
    def params(self) -> tuple[Slider, ...]:
        """The target and the logit."""
        return self.task.target, self.task.z

    @property
    def presets(self) -> Mapping[str, Mapping[str, float]]:
        """Settings worth a look."""
        return PRESETS[self.name]

    @property
    def handles(self) -> tuple[live.Handle, ...]:
        """Each dot moves the logit."""
        return (
            live.Handle([f"{panel}_{name}_dot" for panel in PANELS for name in self.task.pairings], self.task.z.name),
        )

    @cached_property
    def line(self) -> Array:
        """Where the lines are evaluated: broken at 0 where the gradient of ReLU jumps."""
        z = np.linspace(self.task.z.low, self.task.z.high, 121)
        if self.name != "real":
            return z
        return np.concatenate([z[z < 0], [-_TIGHT, np.nan, _TIGHT], z[z > 0]])

    @property
    def compares_outputs(self) -> bool:
        """Whether the target is a value of the output; else it is the number of classes, or of right labels."""
        return self.name not in ("one", "several")

    def arrays(self, state: State) -> Arrays:
        """The lines and the dots of each pairing, what the output should be, and the hairlines."""
        z, target = state[self.task.z.name][:, None], state[self.task.target.name][:, None]
        hair = np.repeat(z, 2, axis=1)
        drawn: Arrays = {f"cursor_{panel}.x": hair for panel in PANELS}
        for panel, ends in self._beyond(z, target).items():
            drawn |= {f"{side}_{panel}.{axis}": each for side, y in ends.items() for axis, each in (("x", z), ("y", y))}
        for name, pairing in self.task.pairings.items():
            formulas = (pairing.output, pairing.loss, pairing.gradient)
            for panel, formula, (low, high) in zip(PANELS, formulas, HEIGHTS[self.name], strict=True):
                span, one = high - low, np.ones_like(target)
                if panel != "output" or not self.compares_outputs:
                    drawn[f"{panel}_{name}.y"] = np.clip(formula(self.line * one, target), low - span, high + span)
                drawn[f"{panel}_{name}_dot.x"] = z
                drawn[f"{panel}_{name}_dot.y"] = np.clip(
                    formula(z, target), low + _INSIDE * span, high - _INSIDE * span
                )
        if self.compares_outputs:
            # The target of tanh is -1 where that of a sigmoid is 0.
            other = 2 * target - 1 if self.name == "binary" else target
            drawn["target.y"] = np.hstack([target, target, np.full_like(target, np.nan), other, other])
        return drawn

    def _beyond(self, z: Array, target: Array) -> dict[str, dict[str, Array]]:
        """By panel and side the height of its edge, NaN unless a dot would lie beyond it; z and target are columns."""
        found = {}
        for panel, (low, high) in zip(PANELS, HEIGHTS[self.name], strict=True):
            values = np.hstack([getattr(pairing, panel)(z, target) for pairing in self.task.pairings.values()])
            above = np.greater(values, high).any(axis=1, keepdims=True)
            below = np.less(values, low).any(axis=1, keepdims=True)
            inside = _INSIDE * (high - low)
            found[panel] = {
                "over": np.where(above, high - inside, np.nan), "under": np.where(below, low + inside, np.nan)
            }  # fmt: skip
        return found

    def texts(self, state: State, text: words.Words) -> Texts:
        """Output, loss and gradient of each pairing, and what the sentence above them quotes."""
        z, target = state[self.task.z.name], state[self.task.target.name]
        decimals = DECIMALS.get(self.name, 4)
        texts = {"z": words.numbers(z, 1), "target": words.numbers(target, _decimals(self.task.target))}
        for name, pairing in self.task.pairings.items():
            for panel, formula in zip(PANELS, (pairing.output, pairing.loss, pairing.gradient), strict=True):
                found = formula(z, target)
                # Of a gradient that is nearly 0 the digits are what is compared.
                texts[f"{panel}_{name}"] = (
                    _spelled(found, decimals) if panel == "gradient" else words.exact(found, decimals)
                )
        edges = self._beyond(z[:, None], target[:, None]).values()
        beyond = np.asarray(np.isfinite(np.hstack([each for ends in edges for each in ends.values()])).any(axis=1))
        texts["beyond"] = [text["beyond"] if each else "" for each in beyond.tolist()]
        return texts | self._quoted(z, target, text)

    def _quoted(self, z: Array, target: Array, text: words.Words) -> Texts:
        pairings = self.task.pairings
        if self.name == "binary":
            ratio = pairings["sigmoid_ce"].gradient(z, target) / pairings["sigmoid_se"].gradient(z, target)
            return {"factor": [words.number(each, "1" if each < 10 else "0") for each in ratio.tolist()]}
        if self.name == "one":
            total = pairings["sigmoid_ce"].output(z, target) + (target - 1) / 2
            return {"limit": words.numbers(output_layer.largest_after_two(target), 4), "sum": words.numbers(total, 2)}
        if self.name == "several":
            return {"limit": words.numbers(1 / target, 4)}
        if self.name == "bounded":
            inside = (z >= 0) & (z <= 1)
            return {"inside": [text["range-inside" if each else "range-outside"] for each in inside.tolist()]}
        return {"factor": words.exact(2 * np.exp(z), 2)} if self.name == "positive" else {}

    def label(self, param: Slider) -> str:
        """What is written over a slider; where many classes are, the logit is that of a right one."""
        own = f"slider-{self.name}-{param.name}"
        return self.text[own] if own in self.text else super().label(param)

    def reading(self, marks: Mapping[str, str]) -> str:
        """A sentence on the numbers, and a row of them for each pairing."""
        head = [self.text["head-pair"], *(self.text[f"head-{panel}"] for panel in PANELS)]
        rows = [
            [self.text[f"pair-{name}"], *(marks[f"{panel}_{name}"] for panel in PANELS)] for name in self.task.pairings
        ]
        rows = [[*row[:-1], f"**{row[-1]}**"] for row in rows]
        return f"{super().reading(marks)}\n\n{words.table(head, *rows)}\n\n{marks['beyond']}"

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        values = [
            words.format(self.text["alt-pair"], pair=self.text[f"pair-{name}"], **self._marks_of(marks, name))
            for name in self.task.pairings
        ]
        beginning = words.format(self.text["alt-pairs"], z=marks["z"], target=marks["target"])
        return " ".join([beginning, *values])

    def _marks_of(self, marks: Mapping[str, str], name: str) -> dict[str, str]:
        return {panel: marks[f"{panel}_{name}"] for panel in PANELS}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """Three panels over one axis: output, loss and gradient."""
        task, text, wide = self.task, self.text, 1.5 if large else 1.0
        looks = _looks(self.name, task.pairings)
        traces = _key(looks, text, "4", large)
        for number, panel, ends in zip(("", "2", "3"), PANELS, HEIGHTS[self.name], strict=True):
            still: Picture = {**self._still(panel), f"cursor_{panel}.y": np.array(ends), **arrays}
            drawn = [figures.line(still, f"cursor_{panel}", PROBE, 1.4, opacity=0.7, **NO_HOVER)]
            if panel == "output":
                drawn.append(figures.line(still, "target", GREY, 1.8, line={"dash": "6px,4px"}, **NO_HOVER))
            lines = [
                figures.line(still, f"{panel}_{name}", shade, width * wide, line={"dash": dash})
                for name, (shade, dash, width) in looks.items()
            ]
            dots = [
                figures.dots(still, f"{panel}_{name}_dot", shade, size)
                for size, (name, (shade, _, _)) in zip((13, 10, 8), looks.items(), strict=False)
            ]
            triangles = [_triangle(still, f"{side}_{panel}", way) for side, way in (("over", "up"), ("under", "down"))]
            traces += on_panel(number, *drawn, *lines, *dots, *triangles)
        if self.name == "binary":
            traces += on_panel("3", *guesses(GUESSES, 17.0 if large else 13.0))
        headings = {"": text["panel-output"], "2": text["panel-loss"], "3": text["panel-gradient"]}
        return figures.panels(traces, self._axes(), self.meta, headings, large)

    def _still(self, panel: str) -> dict[str, Array]:
        """The arrays of a panel that no slider moves."""
        still = {f"{panel}_{name}.x": self.line for name in self.task.pairings}
        if panel != "output":
            return still
        low, high = self.task.z.low, self.task.z.high
        still |= {"target.x": np.array([low, high, np.nan, low, high]), "target.y": np.ones(5)}
        bottom, top = HEIGHTS[self.name][0]
        for name, pairing in self.task.pairings.items() if self.compares_outputs else ():
            values = pairing.output(self.line, np.zeros_like(self.line))
            still[f"output_{name}.y"] = np.clip(values, 2 * bottom - top, 2 * top - bottom)
        return still

    def _axes(self) -> dict[str, Spec]:
        across = {"range": [self.task.z.low, self.task.z.high], "dtick": 2 if self.task.z is LOGIT else 1}
        axes = _strip("4")
        for number, ends, domain in zip(("", "2", "3"), HEIGHTS[self.name], _DOMAINS, strict=True):
            last = number == "3"
            axes[f"xaxis{number}"] = {**across, "anchor": f"y{number}", "showticklabels": last}
            axes[f"yaxis{number}"] = {"range": list(ends), "domain": list(domain), "anchor": f"x{number}", "nticks": 4}
        axes["xaxis3"]["title"] = self.text["axis-z"]
        return axes


def _triangle(picture: Picture, name: str, way: str) -> Spec:
    """A triangle on the dots at an edge of a panel, which points to where they are."""
    dots = figures.dots(picture, name, "#ffffff", 7, f"triangle-{way}")
    return {**dots, "marker": {**dots["marker"], "line": {"width": 0, "color": "#ffffff"}}}


def _spelled(gradients: Array, decimals: int) -> list[str]:
    """Numbers with so many decimals, those below 0.01 with three digits."""
    sizes = map(words.power, np.abs(gradients).tolist())
    signs = np.where(gradients < 0, "−", "").tolist()
    texts = zip(gradients.tolist(), words.numbers(gradients, decimals), signs, sizes, strict=True)
    return [text if abs(value) >= _SMALL else sign + size for value, text, sign, size in texts]


def _decimals(param: Param) -> int:
    return 0 if param.whole else 2 if param.step < 0.1 else 1


_FAR = {"wrong": -8.0, "unsure": 0.0, "sure": 8.0}  # logits of an output that is wrong, undecided and right
PRESETS: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "binary": {name: {"z": z, "label": 1} for name, z in _FAR.items()},
    "one": {"ten": {"z": 10.0, "k": 10}, "two": {"z": 10.0, "k": 2}, "wrong": {"z": -8.0}},
    "several": {"one": {"z": 8.0, "m": 1}, "two": {"z": 8.0, "m": 2}, "five": {"z": 8.0, "m": 5}},
    "real": {"below": {"u": -3.0, "y": -2.0}, "stuck": {"u": -1.0, "y": 3.0}, "beyond": {"u": 4.0, "y": 4.0}},
    "positive": {"small": {"u": -4.0, "amount": 3.0}, "large": {"u": 4.0, "amount": 3.0}},
    "bounded": {
        "wrong": {"z": -8.0, "share": 0.8},
        "outside": {"z": 2.0, "share": 0.8},
        "edge": {"z": 6.0, "share": 1.0},
    },
}

_REACH, _POINTS = 2.6, 61  # how far from 0 inputs are drawn; points of a curve
_X = np.linspace(-_REACH, _REACH, _POINTS)
_CLASS_COLOURS = ("rgba(127,135,147,0)", GREY)


@dataclass(frozen=True)
class Training(Scene):
    """A logistic regression that three pairings train from the same weights: the curves over the data, and errors."""

    page, words_of = "output", "topics/output"
    key, kind, plays = "output-train", "train", TIME.name
    params = (START, TIME)
    handles = (live.Handle([f"now_{name}" for name in TRAINED], TIME.name),)
    presets = MappingProxyType(
        {"far": {"w0": -8.0, "t": 40}, "wrong": {"w0": -6.0, "t": 10}, "zero": {"w0": 0.0, "t": 10}}
    )

    def arrays(self, state: State) -> Arrays:
        """Each curve, the whole course of its error, and the course so far with a dot at its end."""
        start, moment = index(START, state["w0"]), state["t"][:, None]
        drawn: Arrays = {}
        for name, met in output_layer.load().items():
            course = output_layer.judged(name, met)[0][start]
            now = index(TIME, moment)
            drawn[f"curve_{name}.y"] = output_layer.probability(name, met[start, now[:, 0]], _X)
            drawn |= {f"whole_{name}.y": course, f"wrong_{name}.y": np.where(TIME.grid <= moment, course, np.nan)}
            drawn |= {f"now_{name}.x": moment, f"now_{name}.y": np.take_along_axis(course, now, axis=1)}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """The steps, and of each pairing weight, bias, error and how many examples are right."""
        start, moment = index(START, state["w0"]), index(TIME, state["t"])
        texts: Texts = {"start": words.numbers(state["w0"], 1), "steps": [str(count) for count in STEPS[moment]]}
        for name, met in output_layer.load().items():
            error, right = (each[start, moment] for each in output_layer.judged(name, met))
            texts |= {f"w_{name}": words.numbers(met[start, moment, 0], 2)}
            texts |= {f"b_{name}": words.numbers(met[start, moment, 1], 2)}
            texts |= {f"error_{name}": words.numbers(error, 3), f"right_{name}": [str(count) for count in right]}
        return texts

    def reading(self, marks: Mapping[str, str]) -> str:
        """The steps done, and a row for each pairing."""
        text, count = self.text, str(2 * output_layer.HALF)
        head = [text["head-pair"], "w", "b", text["head-error"], text["head-right"]]
        cells = {name: [marks[f"{what}_{name}"] for what in ("w", "b", "error", "right")] for name in TRAINED}
        rows = [[text[f"pair-{name}"], *of[:3], f"**{of[3]}**/{count}"] for name, of in cells.items()]
        return f"{super().reading(marks)}\n\n{words.table(head, *rows)}"

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The data with the curves, above the errors over the steps."""
        text, wide, t = self.text, 1.5 if large else 1.0, TIME.grid
        looks = _looks("binary", TRAINED)
        x, y = output_layer.examples()
        traces = _key(looks, text, "3", large)
        for k in (0, 1):
            dots = figures.dots({f"class_{k}.x": x[y == k], f"class_{k}.y": y[y == k]}, f"class_{k}", GREY, 9 * wide)
            ring = {"color": _CLASS_COLOURS[k], "line": {"width": 1.8, "color": GREY}}
            traces.append({**dots, "marker": {**dots["marker"], **ring}})
        courses: list[Spec] = []
        for size, (name, (shade, dash, width)) in zip((12, 10, 8), looks.items(), strict=True):
            still: Picture = {f"curve_{name}.x": _X, f"whole_{name}.x": t, f"wrong_{name}.x": t, **arrays}
            style = {"line": {"dash": dash}}
            traces.append(figures.line(still, f"curve_{name}", shade, width * wide, **style))
            courses.append(figures.line(still, f"whole_{name}", shade, 1.5 * wide, opacity=0.35, **NO_HOVER))
            courses.append(figures.line(still, f"wrong_{name}", shade, width * wide, **style))
            courses.append(figures.dots(still, f"now_{name}", shade, size))
        traces += on_panel("2", *courses)
        tens = range(0, int(TIME.high) + 1, 10)
        ticks = {"tickvals": list(tens), "ticktext": [str(k * k) for k in tens], "title": text["axis-steps"]}
        axes: dict[str, Spec] = {
            "xaxis": {"range": [-_REACH, _REACH], "anchor": "y", "dtick": 1},
            "yaxis": {"range": [-0.08, 1.08], "domain": [0.5, 0.775], "tickvals": [0, 0.5, 1]},
            "xaxis2": {"range": [0, TIME.high + 1.5], "anchor": "y2", "zeroline": False, **ticks},
            "yaxis2": {"range": [-0.04, 1.08], "domain": [0, 0.32], "anchor": "x2", "tickvals": [0, 0.5, 1]},
            **_strip("3"),
        }
        headings = {"": text["panel-data"], "2": text["panel-error"]}
        return figures.panels(traces, axes, self.meta, headings, large)


TOPIC = Topic(
    {**{name: Pairings(name) for name in TASKS}, "train": Training()},
    answer_state={"show": "binary", LABEL.name: 1.0, LOGIT.name: -8.0},
    links={"softmax": {"show": "log", "gap": 110}, "choose": {}},
)
