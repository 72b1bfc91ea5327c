"""The page of PReLU, which has a second view: how its slope α is learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from activations import CATALOGUE
from activations.experiments import prelu
from activations.experiments.prelu import STEPS, TARGETS, TIME
from activations.spec import Array
from pages.functions import page as function_page
from pages.shared import controls, figures, layout, live, state, words
from pages.shared.figures import GREY, NO_HOVER, PROBE, Finished, Picture, Spec, heading, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts, index

_SHOW = "show"  # in the address: which view is shown
CHOICES = {
    **function_page.CHOICES,
    _SHOW: controls.offer(("curve", "training"), "curve"),
    "target": controls.offer(TARGETS, "abs"),
}
_INPUTS = 3.0  # of the panel of the data, on each side of 0
_STEPS = STEPS.astype(np.float64)
_COLOUR = figures.colour("prelu")


def render() -> None:
    """Draw the view that the address names; below each, a link leads to the other."""
    text = words.page("topics/prelu_training")
    if st.query_params.get(_SHOW) == "training":
        _draw(text)
        label, other = text["back"], "curve"
    else:
        function_page.render(CATALOGUE["prelu"])
        label, other = text["watch"], "training"
    st.markdown(f"{text['why']}\n\n[{label}]({state.address('prelu', **{_SHOW: other})})")


def _draw(text: words.Words) -> None:
    """The picture, the slider of time, and the slope of the data that is to be learned."""
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, choices = layout.control_containers()
            with choices:
                targets = {target: text[f"target-{target}"] for target in TARGETS}
                scene = Training(controls.choice("target", targets, "abs", text["target"]))
            with drag:
                live.section(lambda: _controls(scene))
        with picture_side:
            scene.draw()


def _controls(scene: Training) -> None:
    controls.draw(TIME, scene.label(TIME))
    scene.follow()
    st.markdown(scene.format(scene.text["reading"]))


@dataclass(frozen=True)
class Training(Scene):
    """A PReLU in training on data whose left side has the slope of ``target``: the unit, α and the gradient on α."""

    target: str
    page, words_of = "prelu", "topics/prelu_training"
    key, kind = "learning", "training"
    params, plays = (TIME,), TIME.name
    handles = (live.Handle(("alpha_now", "pull_now"), TIME.name),)

    @property
    def run(self) -> prelu.Training:
        """The whole training."""
        return prelu.train(self.target)

    @property
    def lines(self) -> dict[str, Array]:
        """What is drawn over the steps of training, at all times."""
        return {"alpha": self.run.alpha, "pull": self.run.alpha_gradient}

    def unit(self) -> tuple[Array, Array]:
        """The unit's output from end to end with its kink between, x and y of shape (times, 3)."""
        run = self.run
        ends = np.full_like(run.b, _INPUTS)
        x = np.stack([-ends, -run.b / run.w, ends], axis=1)
        return x, prelu.response(x, *(part[:, None] for part in (run.alpha, run.w, run.b)))

    def arrays(self, state: State) -> Arrays:
        """The unit now, and α and its gradient up to now."""
        t, (x, y) = index(TIME, state["t"]), self.unit()
        so_far = np.arange(len(STEPS)) <= t[:, None]
        arrays: Arrays = {"fit.x": x[t], "fit.y": y[t]}
        for name, line in self.lines.items():
            arrays[f"{name}.y"] = np.where(so_far, line, np.nan)
            arrays |= {f"{name}_now.x": _STEPS[t][:, None], f"{name}_now.y": line[t][:, None]}
        return arrays

    def texts(self, state: State, text: words.Words) -> Texts:
        """How many steps were taken, α, the gradient on it, the loss, and how far the next step moves α."""
        t, run = index(TIME, state["t"]), self.run
        return {
            "step": [str(step) for step in STEPS[t].tolist()],
            "alpha": words.numbers(run.alpha[t], 3),
            "pull": words.numbers(run.alpha_gradient[t], 4),
            "loss": words.numbers(run.loss[t], 4),
            "moves": words.numbers(-prelu.RATE * run.alpha_gradient[t], 4),
        }

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> Finished:
        """The figure of one state: left the data and the unit, right α and its gradient over the steps."""
        text, (width, size) = self.text, ((5.0, 18.0) if large else (3.0, 13.0))
        (x, y), slope = prelu.data(self.target), TARGETS[self.target]
        still: Picture = {
            **arrays,
            "data.x": x,
            "data.y": y,
            "aim.x": np.array([0.0, _STEPS[-1]]),
            "aim.y": np.full(2, slope),
            "aim_word.x": np.array([0.92 * _STEPS[-1]]),
            "aim_word.y": np.array([slope - 0.06]),
        }
        traces = [
            figures.trace(still, "data", mode="markers", marker={"color": GREY, "size": 5, "opacity": 0.7}, **NO_HOVER),
            figures.line(still, "fit", _COLOUR, width * 1.3),
            *on_panel(
                "2",
                figures.line(still, "aim", GREY, 2.0, line={"dash": "2px,4px"}, **NO_HOVER),
                figures.label(still, "aim_word", text["on-aim"], GREY, size, "bottom left"),
            ),
            *on_panel("2", *self._line(arrays, "alpha", _COLOUR, width)),
            *on_panel("3", *self._line(arrays, "pull", PROBE, width)),
        ]
        panels = {"": "panel-data", "2": "panel-alpha", "3": "panel-pull"}
        notes = [heading(f"<b>{text[name]}</b>", number, size + 1) for number, name in panels.items()]
        margin = {"l": 46 if large else 36, "r": 14, "t": 34 if large else 26, "b": 56 if large else 42}
        return figures.figure(traces, self._axes(), self.page, large, annotations=notes, margin=margin)

    def _line(self, arrays: Picture, name: str, colour: str, width: float) -> list[Spec]:
        """Faintly the whole training, and on it a line up to now with a dot at its end."""
        whole: Picture = {f"whole_{name}.x": _STEPS, f"whole_{name}.y": self.lines[name]}
        return [
            figures.line(whole, f"whole_{name}", colour, width, opacity=0.25, **NO_HOVER),
            figures.line({**arrays, f"{name}.x": _STEPS}, name, colour, width),
            figures.dots(arrays, f"{name}_now", colour, 10),
        ]

    def _axes(self) -> dict[str, Spec]:
        right, last = [0.62, 1], _STEPS[-1]
        heights = np.concatenate([prelu.data(self.target)[1], self.unit()[1].ravel()])
        steps = {"range": [-0.03 * last, 1.03 * last], "domain": right, "nticks": 5, "zeroline": False}
        inputs = {"range": [-1.05 * _INPUTS, 1.05 * _INPUTS], "domain": [0, 0.5], "nticks": 7}
        return {
            "xaxis": {**inputs, "title": self.text["axis-x"]},
            "yaxis": {"range": [float(heights.min()) - 0.25, float(heights.max()) + 0.25], "nticks": 7},
            "xaxis2": {**steps, "anchor": "y2", "showticklabels": False},
            "yaxis2": {"range": [-1.3, 1.25], "domain": [0.52, 1.0], "anchor": "x2", "nticks": 6},
            "xaxis3": {**steps, "anchor": "y3", "title": self.text["axis-steps"]},
            "yaxis3": {"range": [-0.62, 0.62], "domain": [0.0, 0.38], "anchor": "x3", "nticks": 5},
        }


SCENES = (Training("abs"), Training("leaky"))
