"""What a reader can choose on this page, and where the sliders of the chosen functions stand."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import streamlit as st

from activations import CATALOGUE, Activation, Param
from activations.experiments.curve import PROBE
from pages.parts import controls, visit, words
from pages.tools.compare.stand import Stand

MOST = 6
FIRST = ["relu", "elu", "gelu", "swish"]
ORDERS = ("value", "slope", "bend")
_NOTHING = "nothing"


def own(act: Activation) -> tuple[Param, ...]:
    """The parameters of ``act``, each named so that no two functions share a name: ``elu.alpha``."""
    return tuple(dataclasses.replace(param, name=f"{act.slug}.{param.name}") for param in act.params)


SHOWN = (PROBE, *(param for slug in FIRST for param in own(CATALOGUE[slug])))
LATER = tuple(param for slug, act in CATALOGUE.items() if slug not in FIRST for param in own(act))


def chosen(text: words.Page) -> tuple[tuple[Activation, ...], int, str]:
    """The functions, the order of derivative, and the slug of the function that is taken away, "" for none."""
    with st.container(key="comparison"):
        picker, order, less = st.columns([0.44, 0.2, 0.36], gap="medium")
    with picker:
        acts = controls.functions(text["functions"], FIRST, MOST, tuple(CATALOGUE), "compared")
    with order:
        shown = controls.choice("order", {name: text[f"order-{name}"] for name in ORDERS}, "value", text["order"])
    with less:
        names = {act.slug: words.page(f"functions/{act.slug}")["title"] for act in acts}
        away = controls.choice("less", {_NOTHING: text["nothing"], **names}, _NOTHING, text["less"])
    return tuple(acts), ORDERS.index(shown), "" if away == _NOTHING else away


def sliders(acts: tuple[Activation, ...]) -> None:
    """The probe's slider, then those of the functions."""
    controls.slider(PROBE, words.ui("probe"))
    for act in acts:
        for param in own(act):
            title = words.page(f"functions/{act.slug}")["title"]
            controls.slider(param, f"{title}{words.ui('colon')}{words.ui(f'param.{param.name}')}")


def stand(acts: tuple[Activation, ...], order: int, less: str) -> Stand:
    """Where everything stands."""
    placed = []
    for param in (param for act in acts for param in own(act)):
        # A slider that is not drawn is forgotten by Streamlit.
        if param.name not in st.session_state:
            asked = st.query_params.get(param.name, visit.remembered(param.name))
            st.session_state[param.name] = param.settle(asked)
        placed.append((param.name, float(st.session_state[param.name])))
    return _the(Stand(acts, order, less, tuple(placed), float(st.session_state[PROBE.name])))


@lru_cache(maxsize=64)
def _the(stand: Stand) -> Stand:
    """The one of all equal ones that knows already how far its picture reaches."""
    return stand
