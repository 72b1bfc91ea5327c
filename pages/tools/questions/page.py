"""Questions people ask: all of them by heading and, above them, the answer to the one that the address asks for."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.shared import glossary, state, words
from pages.tools.questions.asked import BY_SLUG, GROUPS, QUESTIONS, Question, ran


def render() -> None:
    """Draw the page."""
    text = words.page("tools/questions")
    asked = BY_SLUG.get(state.entry(tuple(BY_SLUG)))
    if asked:
        with st.container(key="answer"):
            _answer(asked, text)
    elif st.query_params.get("q"):
        st.markdown(text["unknown"])
    st.html(_listed(asked, text))


def _answer(question: Question, text: words.Words) -> None:
    shown = state.address(question.page, **question.asked)
    (answer,) = glossary.explained(text[f"a-{question.slug}"])
    st.markdown(f"{answer}\n\n→ [{text[f'see-{question.slug}']}]({shown})")
    if not question.code:
        return
    st.code(question.lines, language="python")
    version = ran().get(question.code)
    st.caption(words.ui("questions.ran", version=version) if version else words.ui("questions.tested"))


def _listed(current: Question | None, text: words.Words) -> str:
    """All questions as links, below their headings."""
    sections = []
    for group in GROUPS:
        links = "".join(_link(one, one is current, text) for one in QUESTIONS if one.group == group)
        sections.append(f"<section><h2>{escape(text[f'group-{group}'])}</h2><ul>{links}</ul></section>")
    every = f"<p><a href='{escape(state.address('questions', q=''))}'>{escape(text['all'])}</a></p>" if current else ""
    return f"<div class='nl-questions' data-ready>{every}{''.join(sections)}</div>"


def _link(question: Question, current: bool, text: words.Words) -> str:
    mark = " aria-current='true'" if current else ""
    address = escape(state.address("questions", q=question.slug))
    return f"<li><a href='{address}'{mark}>{escape(text[f'q-{question.slug}'])}</a></li>"
