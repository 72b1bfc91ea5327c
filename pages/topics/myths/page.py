"""True or false? The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.shared import controls, explanation, layout, state, words
from pages.topics.myths import answers
from pages.topics.myths.cards import AT_A_TIME, BY_NAME, CARDS, Card, Evidence, beside

CHOICES = {"card": controls.offer((card.name for card in CARDS), CARDS[0].name)}


def render() -> None:
    """Draw the page: a sentence, an answer, the verdict with the line that settles it; then the list to take away."""
    text = words.page("topics/myths")
    with layout.stage() as (picture_side, control_side), control_side:
        sentence = st.container(key="card")
        card = BY_NAME[controls.choice("card", _labels(), CARDS[0].name, text["cards"])]
        scene = Evidence(card.name, answers.revealed(card), score(text))
        _others(card, text)
        with sentence:
            _ask(scene)
        answers.keep()
        scene.follow()
    with picture_side:
        scene.draw()
    with st.container(key="record"):
        st.markdown(record(text))
    if answers.given():
        st.button(text["over"], on_click=answers.forget)
    explanation.close(text, {"vanishing": {}, "choose": {}})


def _labels() -> dict[str, str]:
    """The cards that are offered together with the one in the address."""
    marks = {True: " ✓", False: " ×", None: ""}
    asked = BY_NAME.get(str(st.query_params.get("card", state.remembered("card"))), CARDS[0])
    return {card.name: f"{CARDS.index(card) + 1}{marks[answers.right(card)]}" for card in beside(asked)}


def _others(card: Card, text: words.Words) -> None:
    """A button for each other group of cards."""
    for first in range(0, len(CARDS), AT_A_TIME):
        group = beside(CARDS[first])
        if card not in group:
            label = words.format(text["turn"], first=first + 1, last=first + len(group))
            st.button(label, key=f"cards.{first}", type="tertiary", on_click=answers.turn, args=(group[0],))


def _ask(scene: Evidence) -> None:
    """The sentence, and either the buttons to answer or the verdict."""
    card, text = scene.card, scene.text
    lead = words.format(text["card"], **scene.numbers, **scene.chart.marks)
    st.markdown(f"{lead}\n\n**{text[f'says-{card.name}']}**")
    if scene.revealed:
        st.markdown(verdict(card, text))
        st.button(text["next"], on_click=answers.turn, args=(answers.following(card),))
        return
    with st.container(horizontal=True, key="answers"):
        for answer, word in ((True, "say-true"), (False, "say-false")):
            st.button(text[word], key=f"{card.name}.{answer}", on_click=answers.give, args=(card, answer))
        with st.container(key="shown"):
            reveal = words.ui("question.reveal")
            st.button(reveal, key=f"{card.name}.shown", type="tertiary", on_click=answers.give, args=(card, None))


def score(text: words.Words) -> str:
    """How many answers were right so far."""
    found = [answers.right(card) for card in CARDS if answers.right(card) is not None]
    return words.format(text["score"], right=found.count(True), answered=len(found)) if found else text["score-none"]


def verdict(card: Card, text: words.Words) -> str:
    """True or false, whether the reader said so, and why."""
    right = answers.right(card)
    verdict = "" if right is None else f" {text['knew' if right else 'missed']}"
    return f"**{_truth(card, text)}{verdict}** {text[f'because-{card.name}']}\n\n{_link(card, text)}"


def record(text: words.Words) -> str:
    """The list below: what to look at again and what was known or, where every verdict is shown, all cards."""
    if state.questions_off():
        return f"## {text['all']}\n\n{_reasons(CARDS, text)}"
    missed = [card for card in CARDS if card.name in answers.given() and not answers.right(card)]
    known = [card for card in CARDS if answers.right(card)]
    chapters = [f"## {text['again']}\n\n{_reasons(missed, text) or text['none']}"]
    if known:
        lines = [f"- {text[f'says-{card.name}']} **{_truth(card, text)}**" for card in known]
        chapters.append("\n".join([f"## {text['known']}", "", *lines]))
    return "\n\n".join(chapters)


def _reasons(cards: Iterable[Card], text: words.Words) -> str:
    return "\n".join(
        f"- {text[f'says-{card.name}']} **{_truth(card, text)}** {text[f'because-{card.name}']} {_link(card, text)}"
        for card in cards
    )


def _truth(card: Card, text: words.Words) -> str:
    return text["is-true" if card.true else "is-false"]


def _link(card: Card, text: words.Words) -> str:
    return f"[{text[f'look-{card.name}']} →]({state.address(card.page, **card.asked)})"
