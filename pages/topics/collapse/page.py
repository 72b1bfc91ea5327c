"""Why nonlinear at all? The page itself, from top to bottom."""

from __future__ import annotations

import streamlit as st

from pages.shared import explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.collapse import acts, choices
from pages.topics.collapse.choices import TASKS

WAYS = {"vanishing": {"f": ["sigmoid", "relu"]}, "dying": {}}


def render() -> None:
    """The act that was chosen: a stack of matrices, or a network that is taught; a question; then why it is so."""
    text = words.page("topics/collapse")
    played, between = choices.activation(text)
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag = st.container(key="drag")
            act: acts.Act
            if played in TASKS:
                act = acts.Lesson(text, choices.school(between, played, text))
            else:
                act = acts.Layers(text, between)
            with drag:
                live.section(act.controls)
            Prediction(text, choices.SHOWS).ask({})
        with picture_side:
            act.chart.draw(act.figure(state.presenting()), act.alt, figures.CONFIG)
    with curtain("text"):
        explanation.close(text, WAYS)
