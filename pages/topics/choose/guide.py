"""Three questions that end in one function, a link to it, and the reason."""

from __future__ import annotations

import streamlit as st

from activations.experiments import pros_cons
from pages.shared import controls, state, words
from pages.topics.choose import table

QUESTIONS = {"role": pros_cons.ROLES, "want": ("any", "smooth"), "units": ("fine", "dying")}


def ask(text: words.Words) -> None:
    """The questions and, below them, the answer."""
    st.markdown(text["guide"])
    answers = {}
    for name, choices in QUESTIONS.items():
        labels = {choice: text[f"{name}-{choice}"] for choice in choices}
        answers[name] = controls.choice(name, labels, choices[0], text[name])
    st.markdown(advice(text, answers["role"], answers["want"], answers["units"]))


def advice(text: words.Words, role: str, want: str, units: str) -> str:
    """The function that follows from three answers, as a link, and why."""
    found = {
        named: pros_cons.choose(table.found(), role, want == "smooth", named == "dying") for named in QUESTIONS["units"]
    }
    slug, alike = found[units].slug, len({one.slug for one in found.values()}) == 1
    link = f"[**{words.page(f'functions/{slug}')['title']}**]({state.address(slug)})"
    why = words.format(
        text[f"advice-{slug}"], **table.quoted(), softmax=state.address("softmax"), silu=state.address("swish")
    )
    return words.format(text["advice"], link=link, why=why, same=text["units-same"] if alike else "").rstrip()
