"""Three questions that end in one function, a link to it, and the reason."""

from __future__ import annotations

import streamlit as st

from activations.experiments import merits
from pages.parts import controls, visit, words
from pages.topics.choose import table

QUESTIONS = {"role": merits.ROLES, "want": ("any", "smooth"), "units": ("fine", "dying")}


def ask(text: words.Page) -> None:
    """The questions and, below them, the answer."""
    st.markdown(text["guide"])
    answers = {}
    for name, choices in QUESTIONS.items():
        labels = {choice: text[f"{name}-{choice}"] for choice in choices}
        answers[name] = controls.choice(name, labels, choices[0], text[name])
    st.markdown(advice(text, answers["role"], answers["want"], answers["units"]))


def advice(text: words.Page, role: str, want: str, units: str) -> str:
    """The function that follows from three answers, as a link, and why."""
    found = {
        named: merits.choose(table.found(), role, want == "smooth", named == "dying") for named in QUESTIONS["units"]
    }
    slug, alike = found[units].slug, len({one.slug for one in found.values()}) == 1
    link = f"[**{words.page(f'functions/{slug}')['title']}**]({visit.address(slug)})"
    why = words.fill(
        text[f"advice-{slug}"], **table.quoted(), softmax=visit.address("softmax"), silu=visit.address("swish")
    )
    return words.fill(text["advice"], link=link, why=why, same=text["units-same"] if alike else "").rstrip()
