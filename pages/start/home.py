"""What this is, where to begin: one question, asked before the slider answers it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from activations.experiments import stack
from pages.shared import controls, figures, layout, live, state, words
from pages.shared.page import Page
from pages.shared.prediction import Prediction, curtain
from pages.start import figure, picture, wall

SHOWS = {stack.LAYERS.name: 5}


def render(pages: Sequence[Page]) -> None:
    """Draw the page, which leads to these rooms."""
    text = words.page("start/home")
    st.html(_hero(text))
    with layout.stage(0.74) as (picture_side, control_side):
        with control_side:
            live.section(lambda: _controls(text))
        with picture_side:
            _chart()
            st.html(wall.families())
    st.html(wall.html(text, pages))


def _hero(text: words.Words) -> str:
    """The links to the four ways into the guide, and what the picture shows."""
    told = f"<h2>{escape(text['hero'].lstrip('# '))}</h2><p>{escape(text['hero-claim'])}</p>"
    return f"{wall.doors(text)}<div class='nl-hero'>{told}</div>"


def _depth() -> int:
    return int(st.session_state[stack.LAYERS.name])


def _said() -> live.Chart:
    """What is printed at the depth where the slider stands."""
    return live.Chart("stacks", {name: texts[_depth() - 1] for name, texts in picture.printed().items()})


def _controls(text: words.Words) -> None:
    with curtain("sliders"):
        depth = controls.slider(stack.LAYERS, words.ui("layers"), alone=True)
    chart = _said()
    st.markdown(words.ui("home.reading", **chart.marks))
    chart.follow([live.Slider.of(stack.LAYERS, depth, [picture.along(words.language())])])
    Prediction(text, SHOWS).ask(chart.marks)


def _chart() -> None:
    chart = _said()
    written = {**picture.readings(), "gap.text": picture.gaps()}
    said = {name: texts[_depth() - 1] for name, texts in written.items()}
    drawn = figure.stacks(picture.still(_depth()), said, state.presenting())
    alt = words.ui("alt.layers", **chart.marks) + "; ".join(_sentences(chart))
    chart.draw(drawn, alt.replace("**", ""), figures.CONFIG)


def _sentences(chart: live.Chart) -> list[str]:
    """What each stack makes of its two inputs."""
    ends = {slug: {side: chart.marks[f"{slug}_{side}"] for side in picture.SIDES} for slug in picture.STACKS}
    names = {slug: words.page(f"functions/{slug}")["title"] for slug in picture.STACKS}
    return [words.ui("home.sentence", name=names[slug], **found) for slug, found in ends.items()]
