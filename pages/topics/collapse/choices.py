"""What a reader can choose on this page: an act, the function between the layers, and how a network is trained."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

import streamlit as st

from activations import Activation, Param
from activations.experiments import composed, lesson
from pages.shared import controls, state, words
from pages.shared.prediction import curtain

STACK, TASKS = "stack", ("xor", "spirals")
FIRST = "identity"
SHOWS: dict[str, float | str] = {"act": STACK, "f": FIRST, composed.DEPTH.name: 6}  # what the question is about
HIDDEN, RATES, SEEDS = ("0", "1", "2"), ("0.1", "0.5", "10"), ("1", "2", "3")
_LAYERS, _RATE, _SEED = "1", "0.5", "1"


@dataclass(frozen=True)
class School:
    """What is taught to which network, and how."""

    activation: Activation
    task: str
    hidden: int
    rate: float
    seed: int

    @property
    def lesson(self) -> lesson.Lesson:
        """How it went."""
        return lesson.learned(self.activation, self.task, self.hidden, self.rate, self.seed)


@dataclass(frozen=True)
class Stack:
    """Where the sliders of a stack stand."""

    activation: Activation
    depth: int
    w: float
    v: float

    def moved(self, name: str, value: float) -> Stack:
        """The same with one slider elsewhere."""
        stand = {"depth": float(self.depth), "w": self.w, "v": self.v, name: value}
        return Stack(self.activation, int(stand["depth"]), stand["w"], stand["v"])


def activation(text: words.Words) -> tuple[str, Activation]:
    """Which act is played, and the function between the layers."""
    with st.container(key="acts"):
        activations, picker = st.columns([0.64, 0.36], gap="medium")
    with activations:
        played = controls.choice("act", {name: text[f"act-{name}"] for name in (STACK, *TASKS)}, STACK)
    with picker:
        return played, controls.function(text["between"], FIRST, controls.stackable())


def stack(between: Activation, text: words.Words) -> Stack:
    """The sliders of the stack."""
    stand = {}
    for param in composed.PARAMS:
        with curtain("sliders") if param.name in SHOWS else nullcontext():
            stand[param.name] = _slider(param, text)
    return Stack(between, int(stand["depth"]), stand["w"], stand["v"])


def school(between: Activation, task: str, text: words.Words) -> School:
    """How the network is trained."""
    hidden = controls.choice("hidden", {name: text[f"hidden-{name}"] for name in HIDDEN}, _LAYERS, text["hidden"])
    rates, seeds = st.columns([0.56, 0.44])
    with rates:
        rate = controls.choice("rate", {name: name for name in RATES}, _RATE, text["rate"])
    with seeds:
        seed = controls.choice("seed", {name: name for name in SEEDS}, _SEED, text["seed"])
    return School(between, task, int(hidden), float(rate), int(seed))


def moment(text: words.Words) -> int:
    """The slider of time."""
    return int(_slider(lesson.TIME, text, alone=True))


def _slider(param: Param, text: words.Words, alone: bool = False) -> float:
    # A slider that another act took off the page comes back where it stood.
    st.session_state.setdefault(param.name, param.settle(state.remembered(param.name)))
    return controls.slider(param, text[f"param-{param.name}"], alone)
