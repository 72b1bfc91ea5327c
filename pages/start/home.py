"""Home: what the guide is, where to begin, and a question that the slider answers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from activations.experiments.stack import LAYERS
from pages.shared import controls, layout, live, words
from pages.shared.page import Page
from pages.shared.prediction import Prediction, curtain
from pages.start import wall
from pages.start.stacks import Stacks

ANSWER_STATE = {LAYERS.name: 5}
SCENES = (Stacks(),)


def render(pages: Sequence[Page]) -> None:
    """Draw the page, which leads to these ``pages``."""
    text, scene = words.page(Stacks.words_of), Stacks()
    st.html(_hero(text))
    with layout.stage(0.74) as (picture_side, control_side):
        with control_side:
            live.section(lambda: _controls(scene))
        with picture_side:
            scene.draw()
            st.html(wall.families())
    st.html(wall.html(text, pages))


def _hero(text: words.Words) -> str:
    """The links to the four ways into the guide, and what the picture shows."""
    shown = f"<h2>{escape(text['hero'].lstrip('# '))}</h2><p>{escape(text['hero-claim'])}</p>"
    return f"{wall.section_links(text)}<div class='nl-hero'>{shown}</div>"


def _controls(scene: Stacks) -> None:
    """The slider, how far apart the two inputs are, and the question."""
    with curtain("sliders"):
        controls.draw(LAYERS, words.ui("layers"), alone=True)
    marks = scene.chart.marks
    st.markdown(scene.reading(marks))
    scene.follow()
    Prediction(scene.text, ANSWER_STATE).ask(marks)
