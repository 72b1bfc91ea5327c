"""The glossary: every term with its meaning and, above them, the one that the address asks for."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.shared import glossary, state, words

ENTRIES = tuple(glossary.SHOWN)


def render() -> None:
    """Draw the page."""
    text = words.page(glossary.WORDS)
    asked = state.entry(ENTRIES)
    if asked:
        with st.container(key="term"):
            st.markdown(f"{text[f'a-{asked}']}\n\n→ [{glossary.title(asked)}]({_shown(asked)})")
    elif st.query_params.get("q"):
        st.markdown(text["unknown"])
    st.html(_listed(asked, text))


def _shown(term: str) -> str:
    path, says = glossary.SHOWN[term]
    return state.address(path, **says)


def _listed(current: str, text: words.Words) -> str:
    """All terms with their meanings, in the order of their names."""
    order = sorted(ENTRIES, key=lambda term: text[f"q-{term}"].lower()) if words.language() == "en" else ENTRIES
    every = f"<p><a href='{escape(state.address('glossary', q=''))}'>{escape(text['all'])}</a></p>" if current else ""
    entries = "".join(_entry(term, term == current, text) for term in order)
    return f"<div class='nl-glossary' data-ready>{every}<dl>{entries}</dl></div>"


def _entry(term: str, current: bool, text: words.Words) -> str:
    mark = " aria-current='true'" if current else ""
    name = f"<a href='{escape(state.address('glossary', q=term))}'{mark}>{escape(text[f'q-{term}'])}</a>"
    shown = f"<a href='{escape(_shown(term))}'>{escape(glossary.title(term))}</a>"
    return f"<div><dt>{name}</dt><dd>{escape(text[f'a-{term}'])} <span>→ {shown}</span></dd></div>"
