"""How much of the error signal survives depth?"""

import math

import streamlit as st

from activations.experiments import chain, fading
from pages.parts import controls, figures, live, tables, words

STORIES = {
    "sigmoid": {"f": ["sigmoid", "relu"], "depth": 30, "w": 1.0, "b": 0.0, "input": 1.0},
    "tanh": {"f": ["sigmoid", "tanh", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 1.0},
    "relu": {"f": ["sigmoid", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 2.0},
    "dead": {"f": ["sigmoid", "relu"], "depth": 20, "w": 1.0, "b": 0.2, "input": -0.5},
    "explodes": {"f": ["sigmoid", "relu"], "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5},
}
RATES = [0.001, 0.01, 0.1, 0.5, 1.0]

text = words.page("topics/vanishing")
st.title(text["title"], anchor=False)
st.markdown(text["claim"])
picture_side, control_side = st.columns([0.68, 0.32], gap="medium")
controls.presets("story", STORIES)
acts = controls.functions(words.ui("functions"), ["sigmoid", "relu"])
st.markdown(text["legend"])
means_side, find_side = st.columns(2, gap="large")
with means_side:
    st.header(words.ui("meaning"), anchor=False)
    rate = st.select_slider(words.ui("rate"), RATES, 0.5, key="rate", bind="query-params")
    update, lost = st.empty(), st.empty()
with find_side:
    st.header(words.ui("find"), anchor=False)
    target = st.number_input(words.ui("target"), 1e-300, 1.0, 4.38e-8, format="%.2e", key="target", bind="query-params")
    found = st.empty()
st.header(words.ui("ledger.title"), anchor=False)
st.markdown(text["ledger"])
with st.container(height=540):
    books = [tab.empty() for tab in st.tabs([act.name for act in acts])]


def body() -> None:
    """Sliders, what they say, and the sweeps along each of them."""
    for param in chain.PARAMS:
        controls.slider(param, words.ui(f"param.{param.name}"))
    at = fading.Setting(**controls.stand(chain.PARAMS), rate=rate)
    picture = fading.still(acts, at)
    with st.container(key="gradient-reading", gap="small"):
        st.markdown(tables.numbers(acts, picture, "left_over"))
    sweeps = {chain.DEPTH.name: fading.along_depth(acts, at), **fading.along_others(acts, at)}
    readings = [(act.slug, "power") for act in acts]
    live.follow("gradient", picture, sweeps, readings, takeaway(None))
    update.markdown(tables.numbers(acts, picture, "update", suffix="_update"))
    lost.markdown(tables.lost(acts, at))
    found.markdown(tables.found(acts, math.log10(target), at))
    for book, act in zip(books, acts, strict=True):
        book.markdown(tables.ledger(chain.run(act, at.depth, at.w, at.b, at.input)))


def takeaway(picture: fading.Picture | None) -> str:
    """What the chart shows, its numbers left open when there is no picture."""
    return tables.numbers(acts, picture, "alt.gradient", "left_over").replace("**", "")


with control_side:
    live.section(body)()
with picture_side:
    picture = fading.still(acts, fading.Setting(**controls.stand(chain.PARAMS)))
    lines = {act.slug: (act.name, controls.colour(act)) for act in acts}
    axis = figures.Decades(fading.FLOOR, fading.CEILING, fading.SHELF, chain.UNDERFLOW)
    figure = figures.gradients(picture, lines, words.group("axis"), axis, controls.presenting())
    st.plotly_chart(figure, key="gradient", config=figures.CONFIG, alt=takeaway(picture))
for part in ("why", "means", "done"):
    st.markdown(text[part])
