"""Why nonlinear at all? The page itself, from top to bottom."""

from __future__ import annotations

import streamlit as st

from pages.parts import essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.collapse import acts, choices
from pages.topics.collapse.choices import TASKS

WAYS = {"vanishing": {"f": ["sigmoid", "relu"]}, "dying": {}}


def render() -> None:
    """A question, then the act that was chosen: a stack of matrices, or a network that is taught; then why it is so."""
    text = words.page("topics/collapse")
    guess = Prediction("collapse", text, choices.DECISIVE)
    played, between = choices.act(text) if guess.open else ("", choices.nothing())
    with frame.stage() as (picture_side, control_side):
        with control_side:
            guess.ask()
            drag = st.container(key="drag")
            act: acts.Act
            if played in TASKS:
                act = acts.Lesson(text, choices.school(between, played, text))
            elif guess.open:
                act = acts.Layers(text, between, guess.chosen)
            else:
                act = acts.Before(text)
            with drag:
                live.section(act.controls)
            if played not in TASKS:
                guess.tell({}, picture_side)
        with picture_side:
            act.chart.draw(act.figure(visit.presenting()), act.alt, figures.CONFIG)
    essay.close(text, WAYS, told=guess.open)
