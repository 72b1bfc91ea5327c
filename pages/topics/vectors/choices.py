"""What a reader can choose on this page beside its sliders: the view, of the gated units which one, and presets."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext

import streamlit as st

from activations.experiments.vectors import (
    AFFINE,
    GAP,
    GATE,
    GATED,
    HEAT,
    INPUT,
    LOGIT,
    LOGITS,
    OTHERS,
    RAISED,
    SHIFT,
    VALUE,
)
from pages.parts import controls, visit, words
from pages.parts.prediction import curtain
from pages.topics.vectors import gates, logs, pair, pieces, scores
from pages.topics.vectors.view import View

SHOWN = (*LOGITS, SHIFT, HEAT)
LATER = (LOGIT, OTHERS, GAP, RAISED, INPUT, *AFFINE, VALUE, GATE)
VIEWS = {view.name: view for view in (scores.VIEW, pair.VIEW, logs.VIEW, pieces.VIEW)}
GATES = "gated"
SHOWS: Mapping[str, float | str] = {"show": scores.VIEW.name, SHIFT.name: 3.0}  # what the question asks for


def view(text: words.Page) -> View:
    """The view that is shown."""
    _keep()
    names = (*VIEWS, GATES)
    shown = controls.choice("show", {name: text[f"show-{name}"] for name in names}, "softmax")
    if shown == GATES:
        unit = controls.choice("gate", {name: text[f"unit-{name}"] for name in GATED}, "swiglu")
        chosen = gates.VIEWS[unit]
    else:
        chosen = VIEWS[shown]
    return chosen


def stories(shown: View, text: words.Page) -> None:
    """Places worth a look."""
    kind = GATES if shown.name in GATED else shown.name
    key = f"vectors.{kind}"

    def choose() -> None:
        st.session_state.update(shown.stories.get(st.session_state[key], {}))
        st.session_state[key] = None

    labels = {name: text[f"{kind}-{name}"] for name in shown.stories}
    st.pills(
        words.ui("presets"), list(labels), format_func=labels.__getitem__, key=key, on_change=choose,
        label_visibility="collapsed", wrap=True,
    )  # fmt: skip


def sliders(shown: View, text: words.Page) -> dict[str, float]:
    """The sliders of a view in their rows, and where they stand."""
    stand = {}
    with st.container(key="vectors-drag"):
        for row in shown.sliders:
            with curtain("sliders") if SHIFT in row else nullcontext():
                for param, column in zip(row, st.columns(len(row), gap="small"), strict=True):
                    with column:
                        stand[param.name] = controls.slider(param, text[f"slider-{param.name}"])
    return stand


def _keep() -> None:
    # Streamlit would forget where a slider stood that another view does not draw.
    for param in (*SHOWN, *LATER):
        st.session_state[param.name] = st.session_state.get(param.name, param.settle(visit.remembered(param.name)))
