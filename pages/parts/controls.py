"""What a hand can move: sliders from Params, presets, a picker of functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from activations import CATALOGUE, Activation, Param
from pages.parts import live, visit, words

MOST_FUNCTIONS = 4


def slider(param: Param, label: str, alone: bool = False) -> float:
    """A slider for ``param``, its key and its place in the URL being the parameter's name.

    A slider that is ``alone`` on its page needs no rerun at all once the browser draws.
    """
    number = int if param.whole else float
    low, high, default, step = map(number, (param.low, param.high, param.default, param.step))
    value = float(
        st.slider(
            label, low, high, default, step,
            format="%d" if param.whole else "%.2f" if param.step < 0.1 else "%.1f",
            key=param.name, bind="query-params", on_change="ignore" if alone and live.alive() else "rerun",
        )
    )  # fmt: skip
    visit.remember(param.name, value)
    return value


def presets(prefix: str, settings: Mapping[str, Mapping[str, Any]]) -> None:
    """A row of choices, each setting some sliders at once; the wording is ``<prefix>.<name>`` among the labels."""
    if not settings:
        return
    key = f"{prefix}.preset"

    def choose() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            st.session_state.update(settings[chosen])
        st.session_state[key] = None

    labels = {name: words.ui(f"{prefix}.{name}") for name in settings}
    st.pills(
        words.ui("presets"), list(settings), format_func=labels.__getitem__, key=key, on_change=choose,
        label_visibility="collapsed", wrap=True,
    )  # fmt: skip


def functions(label: str, default: list[str]) -> list[Activation]:
    """Up to four functions of the catalogue, by slug, shared through the URL as ``f``; never none."""
    slugs = st.multiselect(
        label, list(CATALOGUE), default=default, key="f", bind="query-params", max_selections=MOST_FUNCTIONS,
        format_func=lambda slug: words.page(f"functions/{slug}")["title"],
    )  # fmt: skip
    return [CATALOGUE[slug] for slug in (slugs or default)[:MOST_FUNCTIONS]]
