"""How a page about a question ends: why it is so, a sentence to complete, and where to go next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.shared import glossary, state, words

SAID = "said."
"""What the keys of the reader's own sentences begin with; the path of the page follows."""


def close(text: words.Words, ways: Mapping[str, Mapping[str, Any]], marks: Mapping[str, str] | None = None) -> None:
    """The words ``why``; every part whose name begins with ``fold``, folded under its first paragraph; ``say`` to
    complete, with ``model`` behind a button; all may quote ``marks``. Then links.

    ``ways`` are the paths of at most two pages, with what their links say after the question mark; the words of a link
    are ``next-<path>``. In a frame of another site nothing of this is drawn.
    """
    if state.framed():
        return
    folds = [text[part].partition("\n\n") for part in text if part.startswith("fold")]
    why, *bodies = glossary.explained(text["why"], *(body for _, _, body in folds))
    st.markdown(words.format(why, **(marks or {})))
    for (title, _, _), body in zip(folds, bodies, strict=True):
        with st.expander(title):
            st.markdown(words.format(body, **(marks or {})))
    own_words, onward = st.columns(2, gap="large")
    with own_words:
        st.markdown(f"## {words.ui('say')}")
        st.fragment(_sentence)(text, marks or {})
    links = [f"- [{text[f'next-{path}']}]({state.address(path, **asked)})" for path, asked in ways.items()]
    onward.markdown("\n".join([f"## {words.ui('onward')}", "", *links]))


def _sentence(text: words.Words, marks: Mapping[str, str]) -> None:
    key = f"{SAID}{state.page_path()}"
    st.text_area(text["say"], key=key, height=80, max_chars=400, persist_state="session")
    with st.expander(words.ui("model")):
        st.markdown(words.format(text["model"], **marks))
