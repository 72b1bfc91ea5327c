"""A fair race: eight functions in one network with equally many parameters, each at its own best learning rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

import numpy as np

from activations.experiments import race
from activations.experiments.gated import GATED
from activations.experiments.race import FUNCTIONS, PARAMETERS, RATES, SEEDS, STEPS, TASKS, TIME, UNITS
from activations.spec import Array
from pages.shared import figures, live, words
from pages.shared.figures import NO_HOVER, PROBE, Picture, Spec, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts, index
from pages.shared.topic import Topic
from pages.shared.words import table

MOMENTS = race.moments().astype(np.float64)
LANES = np.arange(len(FUNCTIONS))[::-1].astype(np.float64)  # the height of each function's lane, the first on top
DYING = ("relu", "relu_squared")
BEYOND = 2.0  # a loss off the scale is drawn at this many decades above the panel, where nobody sees it
_UPPER, _LOWER = (0.56, 1.0), (0.0, 0.38)
_TOP = {"spirals": 0.3, "friedman": 0.9}  # of the losses that are shown, in decades
_GOOD = 2.0  # a rate is good if its loss is at most so many times the least
_KEYS = -4.4  # where names begin, left of the smallest rate, in decades
_LAYERS = {"1": ("solid", "circle"), "2": ("9px,4px", "diamond"), "3": ("2px,4px", "square")}
_SIGNS = {"circle": "●", "diamond": "◆", "square": "■"}
_UPPER_OF_RATES = (0.5, 1.0)


def colour(slug: str) -> str:
    """The colour of a function; a gated unit has that of its gate's function, as on /gated."""
    return figures.colour(GATED.get(slug, slug))


def dash(slug: str) -> Spec:
    """The lines of gated units are dashed, which tells them from their gates' functions."""
    return {"dash": "6px,4px"} if slug in GATED else {}


def decades(numbers: Array, low: float, high: float) -> Array:
    """Logarithms that a chart can hold: what is off the scale lies just so far beyond it."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(np.log10(numbers), low - BEYOND, high + BEYOND))


@dataclass(frozen=True)
class Training(Scene):
    """What all scenes share: a task, a function that stands out, and the time of the training."""

    task: str = "spirals"
    of: str = "swiglu"
    page, words_of = "race", "topics/race"
    params = (TIME,)
    plays = TIME.name
    end = float(STEPS)  # of the axis of steps
    choices = MappingProxyType({"task": tuple(TASKS), "of": FUNCTIONS})

    @property
    def key(self) -> str:
        """The key of the chart."""
        return f"race-{self.kind}"

    @property
    def variant(self) -> str:
        """Both choices."""
        return f"{self.task} {self.of}"

    @property
    def race(self) -> race.Race:
        """What was measured on the task."""
        return race.load(self.task)

    @property
    def place(self) -> int:
        """The index of the function that stands out."""
        return FUNCTIONS.index(self.of)

    def name(self, slug: str) -> str:
        """What a function is called."""
        return self.text[f"of-{slug}"]

    def label(self, param: object) -> str:
        """It has the step, because the number of its slider is only the moment."""
        return self.format(self.text["slider-t"])

    def moved(self, numbers: Array, state: State) -> Array:
        """Numbers whose last axis are the moments, at each state's moment, which becomes the first axis."""
        return np.moveaxis(numbers[..., index(TIME, state[TIME.name])], -1, 0)

    def hairline(self, state: State) -> Arrays:
        """The line at the step of each state."""
        return {"hair.x": np.repeat(MOMENTS[index(TIME, state[TIME.name])][:, None], 2, axis=1)}

    def steps_so_far(self, state: State) -> list[str]:
        """The step of each state, as it is printed."""
        return [str(int(step)) for step in MOMENTS[index(TIME, state[TIME.name])]]

    def drawn_over(self, arrays: Picture, traces: list[Spec], height: tuple[float, float]) -> list[Spec]:
        """The hairline under these traces, from bottom to top of the panel."""
        still: Picture = {**arrays, "hair.y": np.array(height)}
        return [figures.line(still, "hair", PROBE, 1.6, opacity=0.8, **NO_HOVER), *traces]

    def lane(self, arrays: Picture, slug: str, kind: str, wide: float, **marker: object) -> Spec:
        """The dots of a function on its lane, with a line from the first to the last."""
        at = arrays[f"{slug}_{kind}.x"]
        still: Picture = {**arrays, f"{slug}_{kind}.y": np.full(len(at), LANES[FUNCTIONS.index(slug)])}
        strong = slug == self.of
        look = {"color": colour(slug), "width": (4.0 if strong else 2.0) * wide, **dash(slug)}
        dots = {"color": colour(slug), "line": {"width": 0}, **marker}
        style: Spec = {"mode": "lines+markers", "line": look, "marker": dots, "cliponaxis": True}
        return figures.trace(still, f"{slug}_{kind}", **style, opacity=1.0 if strong else 0.75, **NO_HOVER)

    def axes(self, ends: tuple[float, float], title: str) -> dict[str, Spec]:
        """Numbers over steps above, and lanes below, on which the same numbers lie from left to right."""
        names = [f"<b>{self.name(slug)}</b>" if slug == self.of else self.name(slug) for slug in FUNCTIONS]
        lanes = {"tickvals": LANES.tolist(), "ticktext": names, "range": [-0.6, len(FUNCTIONS) - 0.4]}
        bare = {"zeroline": False}
        return {
            "xaxis": {"range": [0, self.end], "tickvals": [*range(0, STEPS + 1, 1000)], **bare},
            "yaxis": {"range": list(ends), "domain": _UPPER, **powers(ends), **bare},
            "xaxis2": {"range": list(ends), "anchor": "y2", "title": title, **powers(ends), **bare},
            "yaxis2": {**lanes, "domain": _LOWER, "anchor": "x2", "showgrid": False, **bare},
        }

    def finished(
        self, traces: list[Spec], axes: dict[str, Spec], headings: Sequence[str], large: bool
    ) -> figures.Finished:
        """The figure with a heading over both panels, and room for the names of the lanes beside them."""
        size = 17 if large else 13
        notes = [
            figures.heading(f"<b>{text}</b>", number, size) for number, text in zip(("", "2"), headings, strict=True)
        ]
        margin = {"l": 104 if large else 80, "r": 14, "t": 34 if large else 26, "b": 62 if large else 48}
        return figures.figure(traces, axes, self.meta, large, annotations=notes, margin=margin)


def powers(ends: tuple[float, float]) -> Spec:
    """The marks of an axis that holds logarithms: all powers of ten, every second one if there are many."""
    low, high = math.ceil(ends[0]), math.floor(ends[1])
    marks = [*range(low, high + 1, 1 if high - low < 6 else 2)]
    return {"tickvals": marks, "ticktext": [_power(mark) for mark in marks]}


def _power(mark: int) -> str:
    return f"{10.0**mark:g}" if mark > -4 else f"10{str(mark).translate(words.SUPERSCRIPT)}"


def around(numbers: Array, top: float | None = None) -> tuple[float, float]:
    """Between which logarithms numbers lie, with a margin."""
    low, high = (float(np.log10(end)) for end in (numbers.min(), numbers.max()))
    high = high if top is None else min(high, top)
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def band(low: Array, high: Array) -> tuple[Array, Array]:
    """The outline of the area between two lines over the steps."""
    return np.concatenate([MOMENTS, MOMENTS[::-1]]), np.concatenate([low, high[::-1]])


@dataclass(frozen=True)
class Loss(Training):
    """The held-out losses of all functions over the steps, and those of their five seeds at one step."""

    kind = "loss"
    end = 1.16 * STEPS  # behind the lines stand their names
    handles = (live.Handle(["now"], TIME.name),)

    @property
    def range(self) -> tuple[float, float]:
        """Between which logarithms the losses are shown."""
        return around(self.race.at_best, _TOP[self.task])

    def losses(self, state: State) -> Array:
        """The losses at each state's moment (n, functions, seeds)."""
        return self.moved(self.race.at_best, state)

    def arrays(self, state: State) -> Arrays:
        """The step, the dot of the function that stands out, the seeds on their lanes, and the range of the best."""
        losses = self.losses(state)
        found = np.sort(decades(losses, *self.range), axis=-1)
        best = race.standing(losses)
        ends = decades(np.stack([best.low[:, 0], best.high[:, 0]], axis=1), *self.range)
        hair = self.hairline(state)
        return {
            **hair,
            "now.x": hair["hair.x"][:, :1],
            "now.y": found[:, self.place, SEEDS // 2, None],
            "best.x": np.concatenate([ends, ends[:, ::-1]], axis=1),
            **{f"{slug}_seeds.x": found[:, k] for k, slug in enumerate(FUNCTIONS)},
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """The table by place, what it says of the best, and the training loss of the function that stands out."""
        standing = race.standing(self.losses(state))
        training = np.median(self.moved(self.race.training, state)[:, self.place], axis=1)
        texts: Texts = {"step": self.steps_so_far(state), "training": [*map(words.power, training.tolist())]}
        names = [[text[f"of-{FUNCTIONS[k]}"] for k in order] for order in standing.order.tolist()]
        for place in range(len(FUNCTIONS)):
            texts[f"name{place}"] = [each[place] for each in names]
            for kind in ("median", "low", "high"):
                texts[f"{kind}{place}"] = [*map(words.power, getattr(standing, kind)[:, place].tolist())]
        texts["told"] = [self._told(text, *each) for each in zip(names, standing.tied.tolist(), strict=True)]
        return texts

    @staticmethod
    def _told(text: words.Words, names: list[str], tied: list[bool]) -> str:
        """Which functions cannot be told from the best."""
        others = [name for name, same in zip(names[1:], tied[1:], strict=True) if same]
        kind = "none" if not others else "all" if len(others) == len(names) - 1 else "some"
        listed = reduce(lambda one, other: words.format(text["listed"], one=one, other=other), others or [""])
        return words.format(text[f"told-{kind}"], best=names[0], others=listed)

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text, wide = self.text, 1.5 if large else 1.0
        traces: list[Spec] = []
        # What stands out is drawn last.
        for slug in sorted(FUNCTIONS, key=lambda slug: slug == self.of):
            traces += self._line(slug, wide)
        traces += [*self._names(17.0 if large else 13.0), figures.dots(arrays, "now", PROBE, 9 * wide)]
        lanes = [figures.shade(arrays, "best", (-0.6, len(FUNCTIONS) - 0.4))]
        sizes = [6.0 * wide, 6.0 * wide, 11.0 * wide, 6.0 * wide, 6.0 * wide]
        lanes += [self.lane(arrays, slug, "seeds", wide, size=sizes) for slug in FUNCTIONS]
        drawn = [*self.drawn_over(arrays, traces, self.range), *on_panel("2", *lanes)]
        axes = self.axes(self.range, text[f"axis-{self.task}"])
        return self.finished(drawn, axes, (text["panel-loss"], text["panel-seeds"]), large)

    def _names(self, size: float) -> list[Spec]:
        """The name of each line at its end, as near to it as the others allow."""
        ends = decades(np.median(self.race.at_best[..., -1], axis=1), *self.range)[None]
        low, high = self.range
        heights = figures.apart(ends, -LANES[None], self.range, 0.095 * (high - low))[0]
        drawn = []
        for slug, height in zip(FUNCTIONS, heights, strict=True):
            place = {f"{slug}_word.x": np.array([1.01 * STEPS]), f"{slug}_word.y": np.array([height])}
            word = figures.label(place, f"{slug}_word", self.name(slug), colour(slug), size, "middle right")
            drawn.append(figures.bold(word) if slug == self.of else word)
        return drawn

    def _line(self, slug: str, wide: float) -> list[Spec]:
        """The median of a function over the steps, and the area between its best and its worst seed."""
        losses = decades(self.race.at_best[FUNCTIONS.index(slug)], *self.range)
        strong = slug == self.of
        x, y = band(losses.min(axis=0), losses.max(axis=0))
        still = {f"{slug}_band.x": x, f"{slug}_band.y": y}
        still |= {f"{slug}.x": MOMENTS, f"{slug}.y": np.median(losses, axis=0)}
        fill = figures.transparent(colour(slug), 0.35 if strong else 0.07)
        return [
            figures.trace(still, f"{slug}_band", mode="none", fill="toself", fillcolor=fill, **NO_HOVER),
            figures.line(
                still, slug, colour(slug), (4.0 if strong else 1.8) * wide, line=dash(slug), **NO_HOVER,
                opacity=1.0 if strong else 0.8,
            ),
        ]  # fmt: skip

    def reading(self, marks: Mapping[str, str]) -> str:
        """The table, what it says of the best, and what the function that stands out was given."""
        head = [self.text[f"head-{name}"] for name in ("function", "median", "seeds")]
        rows = [
            [
                marks[f"name{k}"],
                f"**{marks[f'median{k}']}**",
                f"{marks[f'low{k}']} – {marks[f'high{k}']}",
            ]
            for k in range(len(FUNCTIONS))
        ]
        told, given = (words.format(self.text[f"read-{part}"], **marks, **self.given) for part in ("told", "given"))
        return f"{told}\n\n{table(head, *rows)}\n\n{given}"

    @property
    def given(self) -> dict[str, str]:
        """The name, the units, the parameters and the learning rate of the function that stands out."""
        rate = float(RATES[self.race.best[self.place]])
        units = UNITS[self.of in GATED]
        return {"name": self.name(self.of), "units": str(units), "count": str(PARAMETERS), "rate": words.power(rate)}


@dataclass(frozen=True)
class Layers(Training):
    """The root mean square of the gradient of each layer, over the steps for one function, at one step for all."""

    kind = "layers"

    @property
    def range(self) -> tuple[float, float]:
        """Between which logarithms the gradients are shown."""
        return around(self.race.gradient)

    def arrays(self, state: State) -> Arrays:
        """The step, and the gradients of all functions by layer on their lanes."""
        medians = np.median(self.moved(self.race.gradient, state), axis=-1)
        found = decades(medians, *self.range)
        return {**self.hairline(state), **{f"{slug}_layers.x": found[:, k] for k, slug in enumerate(FUNCTIONS)}}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The gradients of the function that stands out: median and range of each layer, and their ratio."""
        found = np.sort(self.moved(self.race.gradient[self.place], state), axis=-1)
        texts: Texts = {"step": self.steps_so_far(state)}
        for layer, name in enumerate(_LAYERS):
            for kind, seed in (("low", 0), ("median", SEEDS // 2), ("high", SEEDS - 1)):
                texts[f"{kind}{name}"] = [*map(words.power, found[:, layer, seed].tolist())]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text, wide, shade = self.text, 1.5 if large else 1.0, colour(self.of)
        traces: list[Spec] = []
        for layer, (name, (style, symbol)) in enumerate(_LAYERS.items()):
            seeds = decades(self.race.gradient[self.place, layer], *self.range)
            middle = np.median(seeds, axis=0)
            x, y = band(seeds.min(axis=0), seeds.max(axis=0))
            still = {f"layer_{name}_band.x": x, f"layer_{name}_band.y": y}
            still |= {f"layer_{name}.x": MOMENTS, f"layer_{name}.y": middle}
            still |= {f"layer_{name}_mark.x": MOMENTS[::12], f"layer_{name}_mark.y": middle[::12]}
            fill = figures.transparent(shade, 0.16)
            traces += [
                figures.trace(still, f"layer_{name}_band", mode="none", fill="toself", fillcolor=fill, **NO_HOVER),
                figures.line(still, f"layer_{name}", shade, 2.6 * wide, line={"dash": style}, **NO_HOVER),
                figures.dots(still, f"layer_{name}_mark", shade, 7 * wide, symbol),
            ]
        low, high = self.range
        keys = {
            f"layer_{name}": (f"{_SIGNS[symbol]} {text[f'layer-{name}']}", shade)
            for name, (_, symbol) in _LAYERS.items()
        }
        traces += figures.keys(
            keys, (0.66 * STEPS, high - 0.08 * (high - low)), 0.09 * (high - low), 17.0 if large else 13.0
        )
        symbols = [symbol for _, symbol in _LAYERS.values()]
        lanes = [self.lane(arrays, slug, "layers", wide, size=9 * wide, symbol=symbols) for slug in FUNCTIONS]
        drawn = [*self.drawn_over(arrays, traces, self.range), *on_panel("2", *lanes)]
        axes = self.axes(self.range, text["axis-gradient"])
        over = words.format(text["panel-layers"], name=self.name(self.of))
        return self.finished(drawn, axes, (over, text["panel-all-layers"]), large)

    def reading(self, marks: Mapping[str, str]) -> str:
        """A row for each layer."""
        head = [self.text[f"head-{name}"] for name in ("layer", "gradient", "seeds")]
        rows = [
            [self.text[f"layer-{k}"], f"**{marks[f'median{k}']}**", f"{marks[f'low{k}']} – {marks[f'high{k}']}"]
            for k in _LAYERS
        ]
        return f"{words.format(self.text['read-layers'], **marks, name=self.name(self.of))}\n\n{table(head, *rows)}"


@dataclass(frozen=True)
class Rates(Training):
    """The held-out loss of all functions over the learning rate at one step, and the share of dead units."""

    kind = "rates"

    @property
    def range(self) -> tuple[float, float]:
        """Between which logarithms the losses are shown."""
        return around(self.race.held_out, _TOP[self.task])

    def medians(self, state: State) -> Array:
        """The median losses at each state's moment, (n, functions, rates)."""
        return np.sort(self.moved(self.race.held_out, state), axis=-1)[..., SEEDS // 2]

    def arrays(self, state: State) -> Arrays:
        """The losses of all functions, a ring around the rate that was chosen, the range of the seeds of the function
        that stands out, and the dead units."""
        found = decades(self.medians(state), *self.range)
        seeds = decades(self.moved(self.race.held_out[self.place], state), *self.range)
        chosen = found[:, np.arange(len(FUNCTIONS)), self.race.best]
        dead = 100 * np.median(self.moved(self.race.dead, state), axis=-1)
        return {
            "band.y": np.concatenate([seeds.min(axis=-1), seeds.max(axis=-1)[:, ::-1]], axis=1),
            "chosen.y": chosen,
            **{f"{slug}.y": found[:, k] for k, slug in enumerate(FUNCTIONS)},
            **{f"{slug}_dead.y": dead[:, FUNCTIONS.index(slug)] for slug in DYING},
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """For each function how many rates are good and how many units are dead, at its own rate."""
        medians = self.medians(state)
        good = (medians <= _GOOD * medians.min(axis=-1, keepdims=True)).sum(axis=-1)
        dead = 100 * np.median(self.moved(self.race.dead, state), axis=-1)
        texts: Texts = {"step": self.steps_so_far(state)}
        for k, slug in enumerate(FUNCTIONS):
            texts[f"good_{slug}"] = [str(count) for count in good[:, k].tolist()]
            texts[f"loss_{slug}"] = [*map(words.power, medians[:, k, self.race.best[k]].tolist())]
            if slug in DYING:
                texts[f"dead_{slug}"] = words.numbers(dead[:, k, self.race.best[k]], 0)
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text, wide, rates = self.text, 1.5 if large else 1.0, np.log10(RATES)
        low, high = self.range
        still: Picture = {
            **arrays,
            "band.x": np.concatenate([rates, rates[::-1]]),
            "chosen.x": rates[self.race.best],
            **{f"{slug}.x": rates for slug in FUNCTIONS},
            **{f"{slug}_dead.x": rates for slug in DYING},
        }
        fill = figures.transparent(colour(self.of), 0.3)
        traces = [figures.trace(still, "band", mode="none", fill="toself", fillcolor=fill, **NO_HOVER)]
        for slug in sorted(FUNCTIONS, key=lambda slug: slug == self.of):
            strong = slug == self.of
            traces.append(
                figures.line(
                    still, slug, colour(slug), (4.0 if strong else 1.8) * wide, line=dash(slug), **NO_HOVER,
                    opacity=1.0 if strong else 0.8,
                )
            )  # fmt: skip
        rings = {"color": [colour(slug) for slug in FUNCTIONS], "size": 10 * wide, "symbol": "circle"}
        traces.append(figures.trace(still, "chosen", mode="markers", marker=rings, **NO_HOVER))
        lower = []
        for slug in DYING:
            lower.append(figures.line(still, f"{slug}_dead", colour(slug), 3.0 * wide, **NO_HOVER))
        size = 17.0 if large else 13.0
        keys = {slug: (self.name(slug), colour(slug)) for slug in FUNCTIONS}
        traces += figures.keys(keys, (_KEYS, high - 0.08 * (high - low)), 0.115 * (high - low), size)
        dying = {f"{slug}_dead": (self.name(slug), colour(slug)) for slug in DYING}
        lower += figures.keys(dying, (_KEYS, 60.0), 30.0, size)
        across = {"range": [_KEYS - 0.03, 0.1], **powers((-3.5, 0.1)), "zeroline": False}
        axes = {
            "xaxis": {**across, "showticklabels": False},
            "yaxis": {"range": [low, high], "domain": _UPPER_OF_RATES, **powers((low, high)), "zeroline": False},
            "xaxis2": {**across, "anchor": "y2", "title": text["axis-rate"]},
            "yaxis2": {"range": [0, 103], "domain": _LOWER, "anchor": "x2", "dtick": 50, "ticksuffix": " %"},
        }
        return self.finished([*traces, *on_panel("2", *lower)], axes, (text["panel-rates"], text["panel-dead"]), large)

    def reading(self, marks: Mapping[str, str]) -> str:
        """A row for each function."""
        head = [self.text[f"head-{name}"] for name in ("function", "rate", "loss", "good", "dead")]
        rows = [
            [
                self.name(slug),
                words.power(float(RATES[self.race.best[k]])),
                f"**{marks[f'loss_{slug}']}**",
                marks[f"good_{slug}"],
                f"{marks[f'dead_{slug}']} %" if slug in DYING else "–",
            ]
            for k, slug in enumerate(FUNCTIONS)
        ]
        return f"{words.format(self.text['read-rates'], **marks)}\n\n{table(head, *rows)}"


TOPIC = Topic(
    {"loss": Loss(), "layers": Layers(), "rates": Rates()},
    answer_state={"show": "loss", "task": "friedman", "of": "swiglu", TIME.name: TIME.high},
    links={"gated": {"show": "swiglu"}, "choose": {}},
    examples=(Loss("friedman", "relu"), Layers("friedman", "sigmoid"), Rates("friedman", "relu")),
)
