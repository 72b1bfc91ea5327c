"""What a reader can choose on this page, and where the choices stand."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import chain
from activations.experiments.fading import KINDS, Setting
from pages.shared import controls, words
from pages.shared.prediction import curtain
from pages.topics.vanishing import tables
from pages.topics.vanishing.printed import RATES

FIRST = ["sigmoid", "relu"]
STORIES = {
    "sigmoid": {"f": ["sigmoid", "relu"], "depth": 30, "w": 1.0, "b": 0.0, "input": 1.0},
    "tanh": {"f": ["sigmoid", "tanh", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 1.0},
    "relu": {"f": ["sigmoid", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 2.0},
    "dead": {"f": ["sigmoid", "relu"], "depth": 20, "w": 1.0, "b": 0.2, "input": -0.5},
    "explodes": {"f": ["sigmoid", "relu"], "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5},
}
SHOWS = {chain.WEIGHT.name: 4.0}  # the setting that the question is about
RATE, TARGET, BOOK = "rate", "target", "ledger"


def functions() -> dict[Activation, str]:
    """A picker of functions; those chosen with their names."""
    chosen = controls.functions(words.ui("functions"), FIRST)
    return {activation: words.page(f"functions/{activation.slug}")["title"] for activation in chosen}


def of() -> str:
    """What the gradient is taken with respect to: activations or weights."""
    return controls.choice("of", {kind: words.ui(f"of.{kind}") for kind in KINDS}, KINDS[0], words.ui("of.label"))


def sliders() -> tuple[Setting, float, Any]:
    """The sliders of the chain and that of the learning rate: where they stand, and the fold that holds the last three.

    The fold is open while one of its sliders is away from its default.
    """
    first, last = chain.PARAMS[:2], chain.PARAMS[2:]
    for param in first:
        with curtain("sliders") if param.name in SHOWS else nullcontext():
            controls.slider(param, words.ui(f"param.{param.name}"))
    moved = any(st.session_state.get(param.name) != param.default for param in last)
    moved = moved or st.session_state.get(RATE, RATES[3]) != RATES[3]
    fold = st.expander(words.ui("more"), expanded=moved)
    with fold:
        for param in last:
            controls.slider(param, words.ui(f"param.{param.name}"))
        rate = st.select_slider(words.ui("rate"), RATES, RATES[3], key=RATE, bind="query-params")
    return setting(), float(rate), fold


def setting() -> Setting:
    """Where the sliders of the chain stand, whether they have been drawn in this run or not."""
    return Setting.of({param.name: float(st.session_state[param.name]) for param in chain.PARAMS})


def target() -> str:
    """The gradient that is looked for."""
    return str(st.select_slider(
        words.ui("target"), tables.TARGETS, tables.TARGETS[10], tables.amount, key=TARGET, bind="query-params",
    ))  # fmt: skip


def book(activations: Mapping[Activation, str]) -> Activation:
    """The function whose ledger is open."""
    names = {activation.slug: name for activation, name in activations.items()}
    return CATALOGUE[controls.choice(BOOK, names, next(iter(names)), words.ui("ledger.title"), visible=False)]
