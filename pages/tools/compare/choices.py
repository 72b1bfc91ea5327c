"""What a reader can choose on this page, and where the sliders of the chosen functions stand."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import streamlit as st

from activations import CATALOGUE, Activation, Param
from pages.shared import controls, state, words
from pages.shared.curves import PROBE
from pages.tools.compare.stand import Stand

MOST = 6
FIRST = ["relu", "elu", "gelu", "swish"]
ORDERS = ("value", "slope", "bend")
_NOTHING = "nothing"


def own(activation: Activation) -> tuple[Param, ...]:
    """The parameters of ``activation``, each named so that no two functions share a name: ``elu.alpha``."""
    return tuple(dataclasses.replace(param, name=f"{activation.slug}.{param.name}") for param in activation.params)


SHOWN = (PROBE, *(param for slug in FIRST for param in own(CATALOGUE[slug])))
LATER = tuple(param for slug, activation in CATALOGUE.items() if slug not in FIRST for param in own(activation))


def chosen(text: words.Words) -> tuple[tuple[Activation, ...], int, str]:
    """The functions, the order of derivative, and the slug of the function that is taken away, "" for none."""
    with st.container(key="comparison"):
        picker, order, less = st.columns([0.44, 0.2, 0.36], gap="medium")
    with picker:
        activations = controls.functions(text["functions"], FIRST, MOST, tuple(CATALOGUE), "compared")
    with order:
        shown = controls.choice("order", {name: text[f"order-{name}"] for name in ORDERS}, "value", text["order"])
    with less:
        names = {activation.slug: words.page(f"functions/{activation.slug}")["title"] for activation in activations}
        away = controls.choice("less", {_NOTHING: text["nothing"], **names}, _NOTHING, text["less"])
    return tuple(activations), ORDERS.index(shown), "" if away == _NOTHING else away


def sliders(activations: tuple[Activation, ...]) -> None:
    """The probe's slider, then those of the functions."""
    controls.slider(PROBE, words.ui("probe"))
    for activation in activations:
        for param in own(activation):
            title = words.page(f"functions/{activation.slug}")["title"]
            controls.slider(param, f"{title}{words.ui('colon')}{words.ui(f'param.{param.name}')}")


def stand(activations: tuple[Activation, ...], order: int, less: str) -> Stand:
    """Where everything stands."""
    placed = []
    for param in (param for activation in activations for param in own(activation)):
        # A slider that is not drawn is forgotten by Streamlit.
        if param.name not in st.session_state:
            asked = st.query_params.get(param.name, state.remembered(param.name))
            st.session_state[param.name] = param.settle(asked)
        placed.append((param.name, float(st.session_state[param.name])))
    return _the(Stand(activations, order, less, tuple(placed), float(st.session_state[PROBE.name])))


@lru_cache(maxsize=64)
def _the(stand: Stand) -> Stand:
    """The one of all equal ones that knows already how far its picture reaches."""
    return stand
