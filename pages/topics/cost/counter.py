"""The counter at which a visitor has this server measured, and sees what it measured last."""

from __future__ import annotations

from typing import Any

import streamlit as st

from activations.experiments import cost
from pages.shared import controls, words
from pages.topics.cost import picture, printed
from pages.topics.cost.desk import DESK, Result


def view(place: Any, text: words.Words) -> str:
    """Which lines of code are shown, chosen at ``place``."""
    with place:
        return controls.choice("view", {view: text[f"view-{view}"] for view in picture.VIEWS}, picture.FUNCTIONS)


def measuring(text: words.Words, here: Result | None) -> None:
    """A button, the progress of a measurement, and the result that this page shows."""
    with st.container(key="measuring"):
        if st.button(text["measure"], key="measure"):
            bar = st.progress(0.0, text["measuring"])
            DESK.ask(lambda share: bar.progress(share, text["measuring"]))
            st.rerun()
        found = printed.result(text, here.timings, DESK.age(here)) if here else text["never"]
        st.markdown(f"{found}\n\n{words.format(text['recorded'], **printed.quoted())}")


def results(text: words.Words, here: Result | None) -> str:
    """What was measured here beside what was recorded, or nothing."""
    if not here:
        return ""
    return words.format(text["beside"], versions=cost.versions()) + "\n\n" + printed.beside(text, here.timings)
