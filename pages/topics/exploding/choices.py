"""What a reader can choose on this page beside its sliders."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import streamlit as st

from activations import Activation
from activations.experiments.exploding import DEPTH, FUNCTIONS, GAIN, NIELSEN
from pages.shared import controls, words
from pages.shared.prediction import curtain
from pages.topics.exploding import tables

STORIES: Mapping[str, Mapping[str, Any]] = {
    "fades": {"f": "relu", "clip": "off", "gain": 0.0},
    "he": {"f": "relu", "clip": "off", "gain": 0.5},
    "sigmoid": {"f": "sigmoid", "clip": "off", "gain": 2.0},
    "selu": {"f": "selu", "clip": "off", "gain": 0.0},
    "bounded": {"f": "relu", "clip": "on", "gain": 1.0},
    "helpless": {"f": "relu", "clip": "on", "gain": 0.0},
}
SHOWS: Mapping[str, float | str] = {"f": "tanh", GAIN.name: 1.0}  # twice LeCun's weights, which the question is about
CHAINS = (NIELSEN, 8.0, 4.0, 1.0)  # weights of a chain of single sigmoids
_STORY = "exploding.story"


def function(text: words.Words) -> Activation:
    """One of the functions that have a map."""
    return controls.function(text["function"], FUNCTIONS[0], FUNCTIONS)


def clip(text: words.Words) -> bool:
    """Whether the gradient is clipped."""
    return controls.choice("clip", {name: text[f"clip-{name}"] for name in ("off", "on")}, "off", text["clip"]) == "on"


def stand() -> tuple[float, int]:
    """Where the crosshair stands: log2 of the weight scale, and the depth."""
    return float(st.session_state[GAIN.name]), int(st.session_state[DEPTH.name])


def sliders(text: words.Words, marks: Mapping[str, str]) -> None:
    """The two sliders; that of the weight scale has the scale in its name, its own number would be the exponent."""
    for param in (GAIN, DEPTH):
        with curtain("sliders") if param.name in SHOWS else nullcontext():
            controls.slider(param, words.format(text[f"slider-{param.name}"], **marks))


def chain(text: words.Words) -> None:
    """Nielsen's chain, at his weight or another."""
    weights = {f"{weight:g}": text["chain-own"] if weight == NIELSEN else f"{weight:g}" for weight in CHAINS}
    st.markdown(tables.nielsen(text, float(controls.choice("chain", weights, f"{NIELSEN:g}", text["chain"]))))


def stories(text: words.Words) -> None:
    """Places worth a look, fifty layers deep."""

    def choose() -> None:
        chosen = dict(STORIES.get(st.session_state[_STORY], {}))
        for name in ("f", "clip"):
            if name in chosen:
                st.query_params[name] = chosen.pop(name)
        st.session_state.update({**chosen, DEPTH.name: int(DEPTH.high)} if chosen else {})
        st.session_state[_STORY] = None

    st.pills(
        text["stories"], list(STORIES), format_func=lambda name: text[f"story-{name}"], key=_STORY,
        on_change=choose, wrap=True,
    )  # fmt: skip
