"""How much of the error signal survives depth? The page itself, read from top to bottom."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from activations.experiments import chain, fading
from pages.parts import controls, figures, frame, live, visit, words
from pages.topics.vanishing import figure, printed, tables
from pages.topics.vanishing.moment import RATE, Moment

STYLE = (Path(__file__).parents[3] / "assets" / "vanishing.css").read_text(encoding="utf-8")
FIRST = ["sigmoid", "relu"]
STORIES = {
    "sigmoid": {"f": ["sigmoid", "relu"], "depth": 30, "w": 1.0, "b": 0.0, "input": 1.0},
    "tanh": {"f": ["sigmoid", "tanh", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 1.0},
    "relu": {"f": ["sigmoid", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 2.0},
    "dead": {"f": ["sigmoid", "relu"], "depth": 20, "w": 1.0, "b": 0.2, "input": -0.5},
    "explodes": {"f": ["sigmoid", "relu"], "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5},
}


def render() -> None:
    """Draw the page."""
    text = words.page("topics/vanishing")
    st.html(f"<style>{STYLE}</style>")
    st.markdown(f"**{words.ui('try')}** {text['question']}")
    with st.container(key="stories"):
        stories, picker = st.columns([0.64, 0.36], gap="medium", vertical_alignment="top")
    with stories:
        controls.presets("story", STORIES)
    with picker:
        if st.session_state.get("f") == []:
            st.session_state["f"] = FIRST
        acts = {a: words.page(f"functions/{a.slug}")["title"] for a in controls.functions(words.ui("functions"), FIRST)}
    with frame.stage() as (picture_side, control_side), control_side:
        drag = st.container(key="drag", gap=None)
        with st.expander(words.ui("answer")):
            st.markdown(text["answer"])

    def now() -> Moment:
        where = fading.Setting.of({param.name: st.session_state[param.name] for param in chain.PARAMS})
        return Moment(acts, where, st.session_state.get(RATE, printed.RATES[3]), text["challenge-done"])

    def dragged() -> None:
        for param in chain.PARAMS:
            controls.slider(param, words.ui(f"param.{param.name}"))
        st.select_slider(words.ui("rate"), printed.RATES, printed.RATES[3], key=RATE, bind="query-params")
        moment = now()
        st.markdown("  \n".join(printed.sentences(acts, moment.chart.marks)))
        moment.chart.follow(moment.sliders(), figure.layout(moment.axes))

    with drag:
        live.section(dragged)
    moment = now()
    marks = moment.chart.marks
    with picture_side:
        picture = {name: rows[0] for name, rows in moment.drawn.frames.items()}
        said = {name: texts[0] for name, texts in moment.drawn.said.items()}
        drawn = figure.gradients(acts, picture, said, moment.axes, visit.presenting())
        alt = words.ui("alt.gradient") + "; ".join(printed.sentences(acts, marks)).replace("**", "")
        moment.chart.draw(drawn, alt, figures.CONFIG)
    st.markdown(text["legend"])
    st.markdown(tables.lost(acts, marks))
