"""GELU as the average of a random gate, which a standard normal X opens or shuts; and three other masks beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from activations import CATALOGUE
from activations.experiments import gate
from activations.experiments.gate import COUNTS, MASKS, TIME, X
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.controls import Options, Slider
from pages.shared.figures import GREY, NO_HOVER, PROBE, Finished, Picture, Spec, on_panel
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts, index

ANSWER_STATE: dict[str, float | str] = {"show": "gate", X.name: -2.0}
SEEDS = ("1", "2", "3", "4")
CHOICES = {"show": controls.offer(("gate", "masks"), "gate"), "seed": controls.offer(SEEDS, SEEDS[0])}
_COUNTS = np.array(COUNTS)
_GELU, _OTHER = figures.colour("gelu"), figures.colour("identity")
_MARGIN = {"l": 42, "r": 12, "t": 26, "b": 32}


def render() -> None:
    """Draw the page."""
    text = words.page("topics/gate")
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, choices = st.container(key="drag"), st.container(key="choices")
            with choices:
                scene = _choose(text)
            with drag:
                live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        explanation.close(text, {"approximations": {}, "gelu": {"x0": -0.5}})


def _choose(text: words.Words) -> Gate:
    """The scene of the tab and of the seed that are chosen here."""
    tabs = {"gate": RandomGate, "masks": Masks}
    tab = controls.choice("show", {name: text[f"show-{name}"] for name in tabs}, "gate")
    seed = controls.choice("seed", {seed: f"{text['seed']} {seed}" for seed in SEEDS}, SEEDS[0])
    return tabs[tab](int(seed))


def _controls(scene: Gate) -> None:
    for param in scene.params:
        with curtain("sliders") if param.name in ANSWER_STATE else nullcontext():
            controls.draw(param, scene.label(param))
    scene.follow()
    st.markdown(scene.format(scene.text[f"read-{scene.kind}"]))


@dataclass(frozen=True)
class Gate(Scene):
    """What both scenes have in common: sliders of the input x, the time t and the number N of draws, and the seed."""

    seed: int
    page, words_of = "gate", "topics/gate"
    key = "drawn"  # of both, which are never drawn together
    plays = TIME.name
    number: ClassVar[Options]
    """The slider of N."""

    @property
    def params(self) -> Sequence[Slider]:
        """The sliders."""
        return (X, TIME, self.number)

    def label(self, param: Slider) -> str:
        """What is written over a slider."""
        return self.text[f"{'n' if param is self.number else param.name}-{self.kind}"]

    def indices(self, state: State) -> tuple[NDArray[np.intp], ...]:
        """Which position of its slider each x, each t and each N is."""
        return tuple(index(param, state[param.name]) for param in self.params)

    def finished(self, traces: list[Spec], axes: dict[str, Spec], panels: Mapping[str, str], large: bool) -> Finished:
        """The figure with a heading over each of ``panels``, which are named by their axes."""
        size = 17 if large else 13
        notes = [
            figures.heading(f"<b>{self.text[f'panel-{name}']}</b>", axes_of, size) for name, axes_of in panels.items()
        ]
        margin = {side: padding * (1.3 if large else 1) for side, padding in _MARGIN.items()}
        return figures.figure(traces, axes, self.page, large, annotations=notes, margin=margin)


WIDE = 3.2  # of x on each side of 0
PAST = 20  # steps of the walk that are still seen
TOP, OUTPUTS = 0.44, (-0.75, 3.0)  # of the panel of the density, and of that of the output
_LINE = np.linspace(-WIDE, WIDE, 81)
_LOGS = np.log10(_COUNTS)
_AREA = 41  # points along the area
_WORD = np.array([-3.1])  # where words on the picture begin
_PANELS = {"walk": "", "bell": "/2", "cdf": "/3", "output": "2/4", "mean": "3/5"}


@dataclass(frozen=True)
class RandomGate(Gate):
    """X wanders and is compared with x; the area and Φ; and the mean of m and of m·x over N draws."""

    kind = "gate"
    number = Options("draws", COUNTS, 10_000)

    handles = (
        live.Handle(("cdf_dot", "output_dot", "hair_walk", "hair_bell", "hair_cdf", "hair_output"), X.name),
        live.Handle(("mean_dot",), number.name),
    )

    def arrays(self, state: State) -> Arrays:
        """All that depends on x, on the time or on N."""
        walk, x = gate.walk(self.seed), state["x"][:, None]
        column, t, n = self.indices(state)
        then = t[:, None] - np.arange(PAST + 1)
        area = np.linspace(np.full_like(state["x"], -WIDE), state["x"], _AREA, axis=1)
        hair, phi = np.repeat(x, 2, axis=1), gate.phi(x)
        shares = gate.shares(self.seed)[:, column].T
        share = np.take_along_axis(shares, n[:, None], axis=1)
        mean, error = share * x, gate.error(x, _COUNTS[n][:, None])
        spread = gate.mask_error(x, _COUNTS)
        return {
            "hair_walk.x": hair,
            "hair_bell.x": hair,
            "hair_cdf.x": hair,
            "hair_output.x": hair,
            "trail.x": np.where(then >= 0, walk[np.maximum(then, 0)], np.nan),
            "now.x": walk[t][:, None],
            "area.x": np.hstack([area, x, np.full_like(x, -WIDE)]),
            "area.y": np.hstack([gate.density(area), np.zeros_like(hair)]),
            "height.x": np.hstack([x, np.full_like(x, WIDE)]),
            "height.y": np.repeat(phi, 2, axis=1),
            "cdf_dot.x": x,
            "cdf_dot.y": phi,
            "mean.y": np.where(np.arange(len(COUNTS)) <= n[:, None], shares, np.nan),
            "mean_dot.x": _LOGS[n][:, None],
            "mean_dot.y": share,
            "band.y": np.hstack([phi + spread, (phi - spread)[:, ::-1]]),
            "target.y": np.repeat(phi, 2, axis=1),
            "error.x": hair,
            "error.y": np.hstack([mean - error, mean + error]),
            "output_dot.x": x,
            "output_dot.y": mean,
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """X now and what m is, both means, the standard error, and the limits Φ(x) and GELU(x)."""
        x, walk = state["x"], gate.walk(self.seed)
        column, t, n = self.indices(state)
        share, phi, counts = gate.shares(self.seed)[n, column], gate.phi(x), _COUNTS[n]
        opened = gate.walk_gate(self.seed, x)
        so_far, now = np.arange(len(walk)) <= t[:, None], opened[np.arange(len(t)), t].tolist()
        shown = words.numbers(phi, 2)
        return {
            "x": words.numbers(x, 2),
            "walk": words.numbers(walk[t], 2),
            "side": ["≤" if yes else ">" for yes in now],
            "m": ["1" if yes else "0" for yes in now],
            "met": [str(count) for count in (opened & so_far).sum(axis=1).tolist()],
            "steps": [str(count) for count in (t + 1).tolist()],
            "phi": words.numbers(phi, 4),
            "share": words.numbers(share, 4),
            "n": [str(count) for count in counts.tolist()],
            "mean": words.numbers(share * x, 4),
            "error": words.numbers(gate.error(x, counts), 4),
            "gelu": words.numbers(CATALOGUE["gelu"](x), 4),
            "area_word.text": [words.format(text["on-area"], phi=number) for number in shown],
            "height_word.text": [words.format(text["on-height"], phi=number) for number in shown],
        }

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> Finished:
        """The figure of one state."""
        size = 17 if large else 13
        ends = {"walk": (0.0, float(PAST)), "bell": (0.0, TOP), "cdf": (0.0, 1.0), "output": OUTPUTS}
        still: Picture = {**arrays, **{f"hair_{name}.y": np.array(span) for name, span in ends.items()}}
        traces = [*self._walk(still), *self._density(still, texts, size), *self._height(still, texts, size)]
        traces += [*self._output(still, size), *self._means(still)]
        return self.finished(traces, self._axes(), _PANELS, large)

    def _walk(self, still: Picture) -> list[Spec]:
        """Where X is, and where it came from, which rises as it grows older."""
        still = {**still, "trail.y": np.arange(PAST + 1.0), "now.y": np.zeros(1)}
        return on_panel(
            _PANELS["walk"],
            _hair(still, "hair_walk"),
            figures.line(still, "trail", GREY, 1.6, **NO_HOVER),
            figures.dots(still, "now", GREY, 10),
        )

    def _density(self, still: Picture, texts: Mapping[str, str], size: float) -> list[Spec]:
        """The density of N(0, 1), and its area up to x with a word that says how large it is."""
        still = {**still, "bell.x": _LINE, "bell.y": gate.density(_LINE)}
        still = {**still, "area_word.x": _WORD, "area_word.y": np.array([0.85 * TOP])}
        filled = {"mode": "none", "fill": "toself", "fillcolor": "rgba(122,107,216,0.28)", **NO_HOVER}
        return on_panel(
            _PANELS["bell"],
            figures.trace(still, "area", **filled),
            figures.line(still, "bell", GREY, 2.4, **NO_HOVER),
            _hair(still, "hair_bell"),
            figures.label(still, "area_word", texts["area_word.text"], _GELU, size, "middle right"),
        )

    def _height(self, still: Picture, texts: Mapping[str, str], size: float) -> list[Spec]:
        """Φ, its height at x, and the line from there to the means."""
        still = {**still, "cdf.x": _LINE, "cdf.y": gate.phi(_LINE)}
        still = {**still, "height_word.x": _WORD, "height_word.y": np.array([0.85])}
        return on_panel(
            _PANELS["cdf"],
            _hair(still, "hair_cdf"),
            figures.line(still, "height", PROBE, 1.4, line={"dash": "4px,3px"}, **NO_HOVER),
            figures.line(still, "cdf", _GELU, 2.6),
            figures.dots(still, "cdf_dot", PROBE, 9),
            figures.label(still, "height_word", texts["height_word.text"], _GELU, size, "middle right"),
        )

    def _output(self, still: Picture, size: float) -> list[Spec]:
        """GELU, at x the mean of m·x with a standard error on each side, and the curves of wrong answers, unseen."""
        still = {**still, "gelu.x": _LINE, "gelu.y": CATALOGUE["gelu"](_LINE)}
        return on_panel(
            _PANELS["output"],
            *({**trace, "visible": False} for trace in _guesses(size)),
            _hair(still, "hair_output"),
            figures.line(still, "gelu", _GELU, 3.0),
            figures.line(still, "error", _OTHER, 4.0, **NO_HOVER),
            figures.dots(still, "output_dot", _OTHER, 9),
        )

    def _means(self, still: Picture) -> list[Spec]:
        """The mean of m over the first draws, up to N, and one standard error on each side of Φ(x)."""
        still = {**still, "mean.x": _LOGS, "band.x": np.hstack([_LOGS, _LOGS[::-1]])}
        still = {**still, "target.x": np.array([0.0, _LOGS[-1]])}
        return on_panel(
            _PANELS["mean"],
            figures.trace(still, "band", mode="none", fill="toself", fillcolor=figures.SHADE, **NO_HOVER),
            figures.line(still, "target", PROBE, 1.4, line={"dash": "4px,3px"}, **NO_HOVER),
            figures.line(still, "mean", _OTHER, 2.4, **NO_HOVER),
            figures.dots(still, "mean_dot", _OTHER, 9),
        )

    def _axes(self) -> dict[str, Spec]:
        left, right, span = [0, 0.46], [0.57, 1], [-WIDE, WIDE]
        powers = [f"10{str(power).translate(words.SUPERSCRIPT)}" if power else "1" for power in range(5)]
        return {
            "xaxis": {"range": span, "domain": left, "anchor": "y3", "zeroline": False, "dtick": 1},
            "yaxis": {"range": [-1.5, PAST], "domain": [0.84, 1], "showticklabels": False, "showgrid": False},
            "yaxis2": {"range": [0, TOP], "domain": [0.43, 0.75], "nticks": 3},
            "yaxis3": {"range": [0, 1], "domain": [0, 0.34], "nticks": 3},
            "xaxis2": {"range": span, "domain": right, "anchor": "y4", "dtick": 1},
            "xaxis3": {"range": [0, 1.02 * math.log10(COUNTS[-1])], "domain": right, "anchor": "y5", "zeroline": False}
            | {"tickvals": list(range(5)), "ticktext": powers},
            "yaxis4": {"range": list(OUTPUTS), "domain": [0.53, 1], "anchor": "x2", "dtick": 1},
            "yaxis5": {"range": [0, 1], "domain": [0, 0.34], "anchor": "x3", "nticks": 3},
        }


def _hair(still: Picture, name: str) -> Spec:
    return figures.line(still, name, PROBE, 1.4, opacity=0.7, **NO_HOVER)


def _guesses(size: float) -> list[Spec]:
    """The curve that each wrong answer to the question stands for."""
    ends, asked = np.array([-WIDE, WIDE]), -0.5
    curves = {
        "1": (np.array([-WIDE, 0.0, WIDE]), np.array([0.0, 0.0, WIDE])),  # the gate of ReLU, which depends on the sign
        "3": (ends, ends / 2),
        "4": (ends, ends * gate.phi(asked)),  # a gate that is open as often as at the x of the question
    }
    drawn = []
    for answer, (x, y) in curves.items():
        name = f"{GUESS}{answer}"
        # Right of the curve there is room under every line that an answer stands for.
        at = {f"{name}.x": x, f"{name}.y": y, f"{name}_word.x": x[-1:] - 0.1, f"{name}_word.y": np.array([0.25])}
        drawn.append(figures.line(at, name, GREY, 2.2, line={"dash": "7px,5px"}, **NO_HOVER))
        drawn.append(figures.label(at, f"{name}_word", words.ui("question.note_yours"), GREY, size, "middle left"))
    return drawn


HIGHEST = 5.9  # of inputs and outputs that are seen: as far as the walk gets when all of it is shifted by 3
_COLOURS = {"relu": figures.colour("relu"), "gate": _GELU, "dropout": _OTHER, "zoneout": _OTHER}


@dataclass(frozen=True)
class Masks(Gate):
    """The same inputs through four masks, each output the mean over N repeats."""

    kind = "masks"
    number = Options("repeats", COUNTS, 1)

    def arrays(self, state: State) -> Arrays:
        """Inputs and outputs up to now, and a dot at each output now."""
        _, t, n = self.indices(state)
        so_far, inputs = np.arange(len(TIME.grid)) <= t[:, None], gate.inputs(self.seed, state["x"])
        arrays: Arrays = {}
        for name, outputs in gate.outputs(self.seed, state["x"], n).items():
            arrays[f"{name}_in.y"] = np.where(so_far, inputs, np.nan)
            arrays[f"{name}_out.y"] = np.where(so_far, outputs, np.nan)
            arrays[f"{name}_now.x"] = state["t"][:, None]
            arrays[f"{name}_now.y"] = np.take_along_axis(outputs, t[:, None], axis=1)
        return arrays

    def texts(self, state: State, text: words.Words) -> Texts:
        """The input now, and the output of each mask."""
        _, t, n = self.indices(state)
        states, inputs = np.arange(len(t)), gate.inputs(self.seed, state["x"])
        outputs = gate.outputs(self.seed, state["x"], n)
        return {
            "x": words.numbers(state["x"], 2),
            "t": [str(step) for step in t.tolist()],
            "n": [str(count) for count in _COUNTS[n].tolist()],
            "input": words.numbers(inputs[states, t], 3),
            **{name: words.numbers(output[states, t], 3) for name, output in outputs.items()},
        }

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> Finished:
        """The figure of one state."""
        traces, axes, panels = [], {}, {}
        # Half of a dot at the first or the last time lies beyond them.
        span, height = [TIME.low - 1.5, TIME.high + 1.5], [-HIGHEST, HIGHEST]
        for k, name in enumerate(MASKS):
            panels[name] = number = str(k + 1) if k else ""
            across, up = ([0, 0.47], [0.55, 1])[k % 2], ([0.56, 1], [0, 0.42])[k // 2]
            axes[f"xaxis{number}"] = {"range": span, "domain": across, "anchor": f"y{number}", "zeroline": False}
            axes[f"yaxis{number}"] = {"range": height, "domain": up, "anchor": f"x{number}", "dtick": 2}
            still: Picture = {**arrays, f"{name}_in.x": TIME.grid, f"{name}_out.x": TIME.grid}
            traces += on_panel(
                number,
                figures.line(still, f"{name}_in", GREY, 1.5, line={"dash": "2px,3px"}, **NO_HOVER),
                figures.line(still, f"{name}_out", _COLOURS[name], 4.0 if large else 2.6),
                {**figures.dots(still, f"{name}_now", _COLOURS[name], 9), "cliponaxis": True},
            )
        return self.finished(traces, axes, panels, large)


SCENES = (RandomGate(1), RandomGate(3), Masks(1), Masks(4))
