"""Any functions side by side. The page itself, from top to bottom."""

from __future__ import annotations

import streamlit as st

from activations import CATALOGUE, Activation
from pages.shared import controls, layout, live, words
from pages.shared.curves import PROBE
from pages.tools.compare import matrix
from pages.tools.compare.scene import FIRST, Comparison, own

MOST = 6
ORDERS = ("value", "slope", "bend")
_NOTHING = "nothing"
CHOICES = {
    "f": controls.offer(CATALOGUE, *FIRST),
    "order": controls.offer(ORDERS, "value"),
    "less": controls.offer((_NOTHING, *CATALOGUE), _NOTHING),
    **matrix.CHOICES,
}


def render() -> None:
    """Draw the page: the picture with its sliders and what they read, then the matrix."""
    text = words.page("tools/compare")
    activations, order, less = _chosen(text)
    with layout.stage() as (picture_side, control_side):
        with control_side, st.container(key="drag"):
            live.section(lambda: _controls(activations, order, less))
        with picture_side:
            Comparison.of(activations, order, less).draw()
    st.markdown(text["matrix"])
    st.fragment(matrix.draw)(text)


def _chosen(text: words.Words) -> tuple[tuple[Activation, ...], int, str]:
    """The functions, the order of derivative, and the slug of the function that is subtracted, "" for none."""
    with st.container(key="comparison"):
        picker, orders, subtracted = st.columns([0.44, 0.2, 0.36], gap="medium")
    with picker:
        activations = controls.functions(text["functions"], FIRST, MOST, tuple(CATALOGUE), "compared", _any)
    with orders:
        order = controls.choice("order", {name: text[f"order-{name}"] for name in ORDERS}, "value", text["order"])
    with subtracted:
        names = {_NOTHING: text["nothing"], **{each.slug: words.title(each.slug) for each in activations}}
        less = controls.choice("less", names, _NOTHING, text["less"])
    return tuple(activations), ORDERS.index(order), "" if less == _NOTHING else less


def _any(_: Activation) -> bool:
    """Any formula can be compared."""
    return True


def _controls(activations: tuple[Activation, ...], order: int, less: str) -> None:
    controls.slider(PROBE, words.ui("probe"))
    for activation in activations:
        for param in own(activation):
            label = f"{words.title(activation.slug)}{words.ui('colon')}{words.ui(f'param.{param.name}')}"
            controls.slider(param, label)
    scene = Comparison.of(activations, order, less)
    st.markdown(scene.reading(scene.chart.marks))
    # The panel may have another height than when the chart was drawn.
    scene.follow(layout={"yaxis": scene.heights}, traces={"hair": {"y": list(scene.panel)}})
