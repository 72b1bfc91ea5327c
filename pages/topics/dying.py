"""How a ReLU dies: off or dead, in one unit; one large step of gradient descent; and a whole layer in training."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from activations import CATALOGUE, Param
from activations.experiments import dying, survival
from activations.experiments.dying import BIAS, DRAWN, FLOOR, INPUTS, LEAK, STEP, TIME
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.figures import GREY, NO_HOVER, Finished, Picture, Spec, bold, on_panel, transparent
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Part, Scene, State, Texts, index

ANSWER_STATE: dict[str, float | str] = {
    "act": "step",
    **{param.name: param.default for param in (STEP, LEAK, FLOOR)},
    TIME.name: TIME.high,
}
CHOICES = {
    "act": controls.offer(("zone", "step", "layer"), "step"),
    "rate": controls.offer(survival.RATES, "6"),
    "seed": controls.offer(survival.SEEDS, "1"),
}
_RELU = figures.colour("relu")


def render() -> None:
    """Draw the page."""
    text = words.page("topics/dying")
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, choices, reading = st.container(), st.container(key="dying-tabs"), st.container().empty()
            with choices:
                scene = _choose(text)
            with drag:
                live.section(lambda: _controls(scene, reading))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        explanation.close(text, {"exploding": {}, "leaky_relu": {}})


def _choose(text: words.Words) -> Dying:
    """The scene of the tab that is chosen here, a layer with its learning rate and seed."""
    tabs = {tab: text[f"act-{tab}"] for tab in ("zone", "step", "layer")}
    tab = controls.choice("act", tabs, "step")
    if tab != "layer":
        return Zone() if tab == "zone" else Step()
    rates = {rate: f"η = {rate}" for rate in survival.RATES}
    rate = controls.choice("rate", rates, "6", text["rate"])
    seeds = {seed: words.format(text["layer-draw"], seed=seed) for seed in survival.SEEDS}
    return Layer(rate, controls.choice("seed", seeds, "1"))


def _controls(scene: Dying, reading: Any) -> None:
    """The sliders, under that of time its button, and in ``reading`` what is printed."""
    button: Any = nullcontext()
    with curtain("controls") if isinstance(scene, Step) else nullcontext(), st.container(gap="xsmall"):
        for param in scene.params:
            controls.draw(param, scene.label(param), alone=len(scene.params) == 1)
            if param is TIME:
                button = st.container()
    reading.markdown(scene.format(scene.text[f"read-{scene.kind}"]))
    with button:
        scene.follow()


class Dying(Scene):
    """A scene of this page."""

    page, words_of = "dying", "topics/dying"
    params: Sequence[Param]

    @property
    def key(self) -> str:
        """The key of the chart."""
        return f"dying-{self.kind}"

    def finished(
        self,
        traces: list[Spec],
        axes: dict[str, Spec],
        headings: Mapping[str, str],
        size: float,
        left: float,
        large: bool,
    ) -> Finished:
        """The figure, with a heading in this ``size`` over each panel and so much space at the ``left``."""
        margin = {"l": left, "r": 14, "t": 26, "b": 60 if large else 46}
        notes = [figures.heading(self.text[name], number, size) for number, name in headings.items()]
        return figures.figure(traces, axes, self.page, large, annotations=notes, margin=margin)


def percent(share: float) -> str:
    """A share in per cent: one decimal, three within one per cent of none or all, none where it is none or all."""
    if share in (0, 1):
        return f"{100 * share:.0f}"
    return words.number(100 * share, "1" if 0.01 <= share <= 0.99 else "3")


_ENDS, _TOP = (-7.6, 5.6), 0.44  # of the panel of the density
_LOW, _HIGH = 0.05, 0.95  # of the panel of the inputs, in which a tick takes this much:
_TICK = 0.12
_GOLDEN = 0.6180339887498949  # scatters the ticks evenly over the height of their panel
_FINE = BIAS.step / 8  # the step of the places of ticks: the bias moves all of them by the same whole number of steps
_QUANTILES = dying.quantiles(DRAWN)
_SIDES = {"off": np.linspace(_ENDS[0], 0, 96), "on": np.linspace(0, _ENDS[1], 72)}
_BELL = np.concatenate([_SIDES["off"], _SIDES["on"][1:]])
_CORNERS = {"off": (_ENDS[0] + 0.15, "bottom right"), "on": (_ENDS[1] - 0.15, "bottom left")}  # of the percentages


@dataclass(frozen=True)
class Zone(Dying):
    """A unit whose pre-activations are N(b, 1): off for some inputs, and rarely for all of them."""

    kind = "zone"
    params = (BIAS,)

    def arrays(self, state: State) -> Arrays:
        """The density, its areas on both sides of 0, and a tick for each input on the side on which it lies."""
        b = state["b"][:, None]
        arrays: Arrays = {"bell.y": dying.density(_BELL - b)}
        for side, z in _SIDES.items():
            arrays[f"{side}.y"] = np.pad(dying.density(z - b), ((0, 0), (1, 1)))
        height = _LOW + (_HIGH - _LOW - _TICK) * (np.arange(DRAWN) * _GOLDEN % 1)
        ticks = np.stack([height, height + _TICK, np.full(DRAWN, np.nan)], axis=1).ravel()
        x = np.repeat(np.round(_QUANTILES / _FINE) * _FINE + b, 3, axis=1)
        on = np.repeat(_QUANTILES + b > 0, 3, axis=1)
        for side, shown in (("on", on), ("off", ~on)):
            arrays |= {f"ticks_{side}.x": x, f"ticks_{side}.y": np.where(shown, ticks, np.nan)}
        return arrays

    def texts(self, state: State, text: words.Words) -> Texts:
        """The probabilities of off and on, how many inputs the unit is on for, and how likely it is off for all."""
        b = state["b"]
        off, on = dying.probability_off(b).tolist(), dying.probability_on(b).tolist()
        shares = {"off": [percent(share) for share in off], "on": [percent(share) for share in on]}
        counts = (_QUANTILES + b[:, None] > 0).sum(axis=1).tolist()
        return {
            "probability": words.numbers(off, 5),
            "share": shares["off"],
            "passes": shares["on"],
            "mean": words.numbers([DRAWN * share for share in on], 2),
            "count": [str(count) for count in counts],
            "all": [words.number(power, "power") for power in dying.log10_all_off(b, DRAWN).tolist()],
            **{
                f"{side}_word.text": [words.format(text[f"zone-{side}"], share=share) for share in found]
                for side, found in shares.items()
            },
        }

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Heights to less than a pixel, places of ticks so that the bias moves them together."""
        fine = {name: _FINE if name.endswith(".x") else _TOP / 800 for name in arrays}
        return fine | {"ticks_on.y": 1 / 500, "ticks_off.y": 1 / 500}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> Finished:
        """The figure of one state."""
        size, width = (20.0, 4.5) if large else (15.0, 3.0)
        colours, shaded = {"off": GREY, "on": _RELU}, np.array([_ENDS[0], 0, 0, _ENDS[0]])
        still: Picture = {**arrays, "zone.x": shaded, "zone_below.x": shaded, "bell.x": _BELL}
        for side, z in _SIDES.items():
            corner = {f"{side}_word.x": np.array([_CORNERS[side][0]]), f"{side}_word.y": np.array([_TOP - 0.03])}
            still = {**still, **corner, f"{side}.x": np.concatenate([z[:1], z, z[-1:]])}
        traces = [figures.shade(still, "zone", (0, _TOP))]
        for side, opacity in (("off", 0.45), ("on", 0.55)):
            filled = {"fill": "toself", "fillcolor": transparent(colours[side], opacity)}
            traces.append(figures.trace(still, side, mode="none", **filled, **NO_HOVER))
        traces.append(figures.line(still, "bell", GREY, width, **NO_HOVER))
        for side, (_, position) in _CORNERS.items():
            name = f"{side}_word"
            traces.append(bold(figures.label(still, name, texts[f"{name}.text"], colours[side], size, position)))
        traces += on_panel(
            "2",
            figures.shade(still, "zone_below", (0, 1)),
            *(figures.line(still, f"ticks_{side}", colours[side], width / 2, **NO_HOVER) for side in ("off", "on")),
        )
        return self.finished(traces, self._axes(), {"": "zone-bell", "2": "zone-inputs"}, 0.85 * size, 14, large)

    def _axes(self) -> dict[str, Spec]:
        bare = {"showticklabels": False, "showgrid": False, "zeroline": False}
        across = {"range": list(_ENDS), "dtick": 2, "tick0": 0}
        return {
            "xaxis": {**across, "anchor": "y", "showticklabels": False},
            "xaxis2": {**across, "anchor": "y2", "title": self.text["zone-axis"]},
            "yaxis": {**bare, "domain": [0.33, 1], "range": [0, _TOP]},
            "yaxis2": {**bare, "domain": [0, 0.24], "range": [0, 1], "anchor": "x2"},
        }


# In the pictures of one large step and of a layer each function has a column, in which time runs from left to right.
SLUGS = dying.FUNCTIONS
TIMES = np.arange(len(TIME.grid))
_COLUMNS = (0.0, float(len(SLUGS)))
_EDGE = 0.07  # of a column, left and right


def across(column: int, time: ArrayLike) -> Array:
    """The place along x of a time, a position of its slider."""
    return np.asarray(column + _EDGE + (1 - 2 * _EDGE) * np.asarray(time, dtype=np.float64) / TIMES[-1])


def _cursor(t: NDArray[np.intp], low: float, high: float) -> Arrays:
    """An upright line in each column at each of these times, of shape (n, points)."""
    x = np.stack([np.stack([across(c, t)] * 2 + [t * np.nan], axis=1) for c in range(len(SLUGS))], axis=1)
    return {"cursor.x": x.reshape(len(t), -1), "cursor.y": np.tile([low, high, np.nan], (len(t), len(SLUGS)))}


def _draw_cursor(arrays: Picture) -> Spec:
    return figures.line(arrays, "cursor", figures.PROBE, 1.2, **NO_HOVER)


def _titles(height: float, size: float) -> list[Spec]:
    """The name of each function at the top of its column."""
    return [_word(f"{slug}_name", slug, height, words.title(slug), size) for slug in SLUGS]


def _word(name: str, slug: str, height: float, text: str, size: float) -> Spec:
    """A word in the middle of the column of a function, in its colour."""
    at = {f"{name}.x": across(SLUGS.index(slug), [TIMES[-1] / 2]), f"{name}.y": np.array([height])}
    return bold(figures.label(at, name, text, figures.colour(slug), size, "middle center"))


def _time_axis(shown: Iterable[int], taken: NDArray[Any], title: str) -> Spec:
    """The axis of all columns, on which the same few steps of training are marked in each; ``taken`` are the steps
    taken by each time."""
    ticks = [(float(across(c, np.interp(step, taken, TIMES))), str(step)) for c in range(len(SLUGS)) for step in shown]
    places, labels = zip(*ticks, strict=True)
    marked = {"tickvals": list(places), "ticktext": list(labels), "tickangle": 0, "title": title}
    return {"range": list(_COLUMNS), "showgrid": False, "zeroline": False, **marked}


def _dividers(low: float, high: float) -> Spec:
    """Thin lines between the columns."""
    inner = np.arange(1, len(SLUGS))
    at = {"dividers.x": np.repeat(inner.astype(float), 3), "dividers.y": np.tile([low, high, np.nan], len(inner))}
    return figures.line(at, "dividers", GREY, 0.7, opacity=0.6, **NO_HOVER)


RANGE = (-6.9, 5.9)  # of the pre-activations
_NO_GUESS, _GUESS = -0.9, 1.0  # where a unit stays, or to which it rises, by a wrong answer
# The functions that come back by the wrong answers to the page's question.
GUESSES: Mapping[str, tuple[str, ...]] = {f"{GUESS}1": SLUGS[1:], f"{GUESS}2": SLUGS[1:2], f"{GUESS}4": ()}


@dataclass(frozen=True)
class Unit(Part):
    """Sixteen inputs to one unit with the activation ``slug``, which one large step moves and small ones train."""

    slug: str
    words_of = "topics/dying"

    @property
    def params(self) -> Sequence[Param]:
        """Time, the large step and, where the activation has a parameter, its slider."""
        return (TIME, STEP, *([dying.OVER[self.slug]] if self.slug in dying.OVER else []))

    def arrays(self, state: State) -> Arrays:
        """Between which pre-activations the inputs lie up to now, and where each of them is."""
        slug, column, t = self.slug, SLUGS.index(self.slug), index(TIME, state["t"])
        z = dying.runs_at(CATALOGUE[slug], state).z
        least, largest = z.min(axis=2), z.max(axis=2)
        so_far = np.minimum(TIMES, t[:, None])  # what is still to come lies where the run is now
        x, high = across(column, so_far), np.take_along_axis(largest, so_far, axis=1)
        low = np.take_along_axis(least, so_far, axis=1)
        apart = 0.004 * (np.arange(len(INPUTS)) - (len(INPUTS) - 1) / 2)  # so that no input hides the next
        return {
            f"{slug}_band.x": np.concatenate([x, x[:, ::-1]], axis=1),
            f"{slug}_band.y": np.concatenate([high, low[:, ::-1]], axis=1),
            f"{slug}_top.x": x,
            f"{slug}_top.y": high,
            # Where time has been moved, the rest of the run can be seen too.
            f"{slug}_whole.y": np.where(t[:, None] > TIME.default, largest, np.nan),
            f"{slug}_dots.x": across(column, t)[:, None] + apart,
            f"{slug}_dots.y": z[np.arange(len(t)), t],
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """For how many inputs the unit is on, and since when again."""
        runs, t = dying.runs_at(CATALOGUE[self.slug], state), index(TIME, state["t"])
        counts = [str(count) for count in (runs.z[np.arange(len(t)), t] > 0).sum(axis=1).tolist()]
        return {
            f"{self.slug}_on": counts,
            f"{self.slug}_count.text": [f"{count} / {len(INPUTS)}" for count in counts],
            f"{self.slug}_again": [_again(text, *at) for at in zip(runs.again.tolist(), t.tolist(), strict=True)],
        }

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Pre-activations to a quarter of a pixel."""
        return {name: (RANGE[1] - RANGE[0]) / 1200 for name in arrays if name.endswith(".y")}

    def traces(self, arrays: Picture, large: bool) -> list[Spec]:
        """The band of all inputs and its upper end up to now, faintly that of the whole run, and a dot for each."""
        slug, colour, width = self.slug, figures.colour(self.slug), 4.0 if large else 2.5
        still = {**arrays, f"{slug}_whole.x": across(SLUGS.index(slug), TIMES)}
        fill = {"fill": "toself", "fillcolor": transparent(colour, 0.28), **NO_HOVER}
        dots = figures.dots(still, f"{slug}_dots", colour, 4.5)
        return [
            figures.line(still, f"{slug}_whole", colour, width, opacity=0.25, **NO_HOVER),
            figures.trace(still, f"{slug}_band", mode="none", **fill),
            figures.line(still, f"{slug}_top", colour, width, **NO_HOVER),
            {**dots, "marker": {"color": colour, "size": 8.0 if large else 5.5}},
        ]


def _again(text: words.Words, step: float, t: int) -> str:
    """After which step an input is on again, as far as it is known at a time."""
    if step <= dying.MOMENTS[t]:
        return text["step-spared"] if step == 1 else words.format(text["step-again"], step=int(step))
    return text["step-never"] if t == TIMES[-1] else text["step-not-yet"]


@dataclass(frozen=True)
class Step(Dying):
    """Four units, one for each function, which the same large step moves to where they are off for every input."""

    kind, plays = "step", TIME.name
    params = dying.LATER

    @property
    def parts(self) -> Sequence[Part]:
        """Beside what all have in common the units, of which none depends on the parameter of another."""
        return (self, *(Unit(slug) for slug in SLUGS))

    def arrays(self, state: State) -> Arrays:
        """The cursor, which ends below names and counts."""
        return _cursor(index(TIME, state["t"]), RANGE[0], 3.7)

    def texts(self, state: State, text: words.Words) -> Texts:
        """The values of the sliders."""
        taken = dying.MOMENTS[index(TIME, state["t"])]
        decimals = {"step": 2, "leak": 2, "alpha": 1}
        texts = {"now": [str(step) for step in taken.tolist()]}
        return texts | {f"{name}_now": words.numbers(state[name], count) for name, count in decimals.items()}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> Finished:
        """The figure of one state, with the expectations of wrong answers, hidden."""
        size = 18.0 if large else 13.5
        zone = {"zone.x": np.array([_COLUMNS[k] for k in (0, 1, 1, 0)])}
        traces = [figures.shade(zone, "zone", (RANGE[0], 0)), _dividers(*RANGE)]
        for slug in SLUGS:
            traces += Unit(slug).traces(arrays, large)
            traces.append(_word(f"{slug}_count", slug, 4.2, texts[f"{slug}_count.text"], size))
        traces += [{**trace, "visible": False} for name in GUESSES for trace in _guess(name, size)]
        traces += [_draw_cursor(arrays), *_titles(5.3, size)]
        axes = {
            "xaxis": _time_axis((1, 10, 100), dying.MOMENTS, self.text["step-axis"]),
            "yaxis": {"range": list(RANGE), "zeroline": False, "tickvals": [-6, -4, -2, 0, 2, 4]},
        }
        return self.finished(traces, axes, {"": "step-panel"}, size, 44 if large else 34, large)


def _guess(name: str, size: float) -> list[Spec]:
    """Where each unit would go by a wrong answer."""
    y = [[_NO_GUESS, _GUESS if slug in GUESSES[name] else _NO_GUESS, math.nan] for slug in SLUGS]
    x = [[*across(column, TIMES[[1, -1]]), math.nan] for column in range(len(SLUGS))]
    line = {f"{name}.x": np.ravel(x), f"{name}.y": np.ravel(y)}
    label = {f"{name}_word.x": across(0, [3]), f"{name}_word.y": np.array([_NO_GUESS + 0.4])}
    return [
        figures.line(line, name, GREY, 2.5, line={"dash": "6px,5px"}, **NO_HOVER),
        figures.label(label, f"{name}_word", words.ui("question.note_yours"), GREY, size, "middle right"),
    ]


_SIDE = math.isqrt(survival.UNITS)  # of the square of a layer's cells
_FAINT = 0.35  # opacity of a unit that is on for a single input
_DIVERGED = "×"  # printed instead of a number once a run has diverged


@dataclass(frozen=True)
class Layer(Dying):
    """A layer of 256 units of each function in training at one learning rate, and how many of them are dead."""

    rate: str
    seed: str
    kind, plays = "layer", TIME.name
    params = (TIME,)

    def run(self, slug: str) -> survival.Fate:
        """The training of the layer of one function."""
        return survival.fate(CATALOGUE[slug], survival.RATES[self.rate], int(self.seed))

    def arrays(self, state: State) -> Arrays:
        """The cursor, and for how many inputs each unit is on."""
        t = index(TIME, state["t"])
        return _cursor(t, 0, 100) | {f"{slug}.z": self.run(slug).on[t] for slug in SLUGS}

    def texts(self, state: State, text: words.Words) -> Texts:
        """Steps taken; of each function how many units are off for every input, and how many pairs are off."""
        t = index(TIME, state["t"])
        texts = {"now": [str(step) for step in survival.MOMENTS[t].tolist()]}
        for slug in SLUGS:
            run = self.run(slug)
            diverged = words.format(text["layer-diverged"], step=run.diverged)
            dead = [_DIVERGED if math.isnan(n) else str(round(n)) for n in run.dead[t].tolist()]
            texts[f"{slug}_dead"] = dead
            texts[f"{slug}_off"] = [diverged if math.isnan(n) else f"{percent(n)} %" for n in run.off[t].tolist()]
            texts[f"{slug}_count.text"] = [n if n == _DIVERGED else f"{n} / {survival.UNITS}" for n in dead]
        return texts

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Shares of the inputs."""
        return {f"{slug}.z": 1 / survival.EXAMPLES for slug in SLUGS}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> Finished:
        """The figure of one state."""
        size = 18.0 if large else 13.5
        traces = [trace for slug in SLUGS for trace in _cells(arrays, slug)]
        traces += _titles(19.6, size)
        traces += [_word(f"{slug}_count", slug, 17.6, texts[f"{slug}_count.text"], size) for slug in SLUGS]
        traces += on_panel(
            "2", _dividers(0, 100), _draw_cursor(arrays), *(trace for slug in SLUGS for trace in self._shares(slug))
        )
        headings = {"": "layer-units", "2": "layer-courses"}
        return self.finished(traces, self._axes(), headings, size, 50 if large else 38, large)

    def _axes(self) -> dict[str, Spec]:
        bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}
        return {
            "xaxis": {**bare, "range": list(_COLUMNS), "anchor": "y"},
            "yaxis": {**bare, "range": [0, 20.6], "domain": [0.5, 1]},
            "xaxis2": {**_time_axis((1, 10, 50), survival.MOMENTS, self.text["layer-axis"]), "anchor": "y2"},
            "yaxis2": {"range": [-3, 103], "domain": [0, 0.41], "anchor": "x2", "tickvals": [0, 50, 100]},
        }

    def _shares(self, slug: str) -> list[Spec]:
        """In per cent at all times: units that are off for every input, and pairs of a unit and an input that are off.

        A cross marks the last time before the run diverged, if it did.
        """
        run, colour, x = self.run(slug), figures.colour(slug), across(SLUGS.index(slug), TIMES)
        dead = 100 * run.dead / survival.UNITS
        last = np.flatnonzero(~np.isnan(dead))[-1:]
        still = {f"{slug}_line.x": x, f"{slug}_line.y": dead, f"{slug}_off.x": x, f"{slug}_off.y": 100 * run.off}
        still |= {f"{slug}_lost.x": x[last], f"{slug}_lost.y": dead[last]}
        lines = [
            figures.line(still, f"{slug}_line", colour, 3.0, **NO_HOVER),
            figures.line(still, f"{slug}_off", colour, 2.0, line={"dash": "2px,4px"}, **NO_HOVER),
        ]
        return lines if run.diverged is None else [*lines, figures.dots(still, f"{slug}_lost", colour, 11, "x-thin")]


def _cells(arrays: Picture, slug: str) -> list[Spec]:
    """A cell for each unit, the fainter the fewer inputs it is on for, and empty where it is on for none."""
    colour, least = figures.colour(slug), 1 / survival.EXAMPLES
    left, right = across(SLUGS.index(slug), TIMES[[0, -1]])
    half = (right - left) / _SIDE / 2
    opacities = ((0.0, 0), (0.9 * least, 0), (least, _FAINT), (1.0, 1))
    scale = [(share, transparent(colour, opacity)) for share, opacity in opacities]
    x, y = np.linspace(left + half, right - half, _SIDE), np.arange(_SIDE) + 0.5
    return [
        figures.shade({f"{slug}_layer.x": np.array([left, right, right, left])}, f"{slug}_layer", (0, _SIDE)),
        figures.plane(arrays, slug, x, y, scale, (0, 1), smooth=False),
    ]


SCENES = (Zone(), Step(), Layer("6", "1"), Layer("20", "2"))
