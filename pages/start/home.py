"""What this is, where to begin: one question, asked before the slider answers it."""

from __future__ import annotations

import streamlit as st

from activations.experiments import stack
from pages.parts import controls, figures, frame, live, visit, words
from pages.parts.prediction import Prediction, curtain
from pages.start import figure, picture, wall

SHOWS = {stack.LAYERS.name: 5}


def render() -> None:
    """Draw the page."""
    text = words.page("start/home")
    with frame.stage() as (picture_side, control_side):
        with control_side:
            live.section(lambda: _controls(text))
        with picture_side:
            _chart()
    st.html(wall.html(text))


def _depth() -> int:
    return int(st.session_state[stack.LAYERS.name])


def _said() -> live.Chart:
    """What is printed at the depth where the slider stands."""
    return live.Chart("stacks", {name: texts[_depth() - 1] for name, texts in picture.printed().items()})


def _controls(text: words.Page) -> None:
    with curtain("sliders"):
        depth = controls.slider(stack.LAYERS, words.ui("layers"), alone=True)
    chart = _said()
    st.markdown(_table(chart))
    chart.follow([live.Slider.of(stack.LAYERS, depth, [picture.along(words.language())])])
    Prediction(text, SHOWS).ask(chart.marks)


def _chart() -> None:
    chart = _said()
    drawn = figure.stacks(picture.still(_depth()), picture.gaps()[_depth() - 1], visit.presenting())
    alt = words.ui("alt.layers", **chart.marks) + "; ".join(_sentences(chart))
    chart.draw(drawn, alt.replace("**", ""), figures.CONFIG)


def _table(chart: live.Chart) -> str:
    """What each stack makes of its two inputs."""
    ends = [words.number(end, "0") for end in stack.ENDS]
    rows = [[words.ui("home.axis_in"), *ends], ["---", "--:", "--:"]]
    rows += [
        [_name(slug), *(f"**{chart.marks[f'{slug}_{side}']}**" for side in picture.SIDES)] for slug in picture.LABELS
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _sentences(chart: live.Chart) -> list[str]:
    """The same as sentences."""
    ends = {slug: {side: chart.marks[f"{slug}_{side}"] for side in picture.SIDES} for slug in picture.LABELS}
    return [words.ui("home.sentence", name=_name(slug), **found) for slug, found in ends.items()]


def _name(slug: str) -> str:
    return words.page(f"functions/{slug}")["title"]
