"""The question of home: the reader commits to an answer, and only then is told the reason for each."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import words

CHOICES = ("1", "2", "3")
RIGHT = "1"
KEY = "home.predicted"  # the answer, kept for the visit; never in the address
_SKIP = "0"
_PILLS = "prediction"


def ask(text: words.Page, marks: Mapping[str, str]) -> None:
    """The question with its choices or, once there is an answer or none is wanted, the reason for each."""
    if st.query_params.get("predict") == "0" or KEY in st.session_state:
        with st.container(key="reasons"):
            st.markdown(_reasons(text, marks))
        return
    labels = {choice: text[f"choice-{choice}"] for choice in CHOICES} | {_SKIP: words.ui("home.skip")}
    st.pills(text["question"], list(labels), format_func=labels.__getitem__, key=_PILLS, on_change=_commit)


def _commit() -> None:
    st.session_state[KEY] = st.session_state[_PILLS]


def _reasons(text: words.Page, marks: Mapping[str, str]) -> str:
    """The reader's own answer first, then the right one."""
    chosen = st.session_state.get(KEY)
    reasons = []
    for choice in sorted(CHOICES, key=lambda choice: (choice != chosen, choice != RIGHT)):
        answer = f"**{text[f'choice-{choice}']}**{' ✓' if choice == RIGHT else ''}"
        yours = f" ({words.ui('home.yours')})" if choice == chosen else ""
        reasons.append(f"{answer}{yours}\u2003{text[f'why-{choice}']}")
    return words.fill("\n\n".join([f"**{text['question']}**", *reasons]), **marks)
