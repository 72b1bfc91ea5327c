"""What a class has handed in, counted on the page that it is pasted into: bars, sentences, addresses, CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from pages.shared import handin, layout, lesson, state, words
from pages.shared.handin import HandIn
from pages.shared.page import Page

_PASTED, _RIGHT, _NAMELESS = "tally.pasted", "tally.right", "tally.nameless"
_KEPT_AWAY = ("hide", "lock")  # What a teacher looks at is shown whole.


def render(pages: Sequence[Page]) -> None:
    """Draw the page."""
    text, by_path = words.page("tools/tally"), {page.path: page for page in pages}
    read = handin.read(str(st.session_state.get(_PASTED) or ""))
    with st.container(key="tally"):
        with st.expander(text["paste"], expanded=not read.found):
            st.markdown(f"{text['how']} [{words.ui('page.teach')}]({state.address(layout.LESSON_PAGE)})")
            hint = f'{handin.MARK} {{"n":"Ada","l":"sigmoids", …}}'
            st.text_area(
                text["lines"], key=_PASTED, height=180, max_chars=handin.LONGEST, placeholder=hint,
                persist_state="session",
            )  # fmt: skip
        nameless = _switches(read.found, by_path, text) if read.found else False
        said = "".join(
            f"<p>{_problem(problem, text)}</p>" for problem in read.problems if not (nameless and problem.name)
        )
        st.html(f"<div class='nl-problems' role='status' data-ready>{said}</div>")
        if read.found:
            _class(read.found, by_path, nameless, text)


def _problem(problem: handin.Problem, text: words.Words) -> str:
    """The sentence about a line, as HTML."""
    sentence = escape(text[f"problem-{problem.kind}"])
    return words.format(sentence, line=problem.line, name=escape(problem.name), most=handin.MOST)


def _switches(found: Sequence[HandIn], by_path: Mapping[str, Page], text: words.Words) -> bool:
    """How many lines are counted, the switches, and the table to download; whether names are hidden."""
    lessons = len({hand.lesson for hand in found})
    count = words.format(text["count"], count=len(found))
    st.markdown(f"**{count}** {words.format(text['lessons'], count=lessons) if lessons > 1 else ''}")
    right_side, names_side, csv_side = st.columns(3, vertical_alignment="center")
    right_side.toggle(text["right"], key=_RIGHT)
    nameless = names_side.toggle(text["nameless"], key=_NAMELESS)
    table = escape(handin.csv(_table(found, _asked(found, by_path), text)))
    csv_side.html(
        f"<button type='button' class='nl-tally-csv' data-name='nonlinear-tally' data-csv='{table}'>"
        f"{escape(text['csv'])}</button>"
    )
    return nameless


def _class(found: Sequence[HandIn], by_path: Mapping[str, Page], nameless: bool, text: words.Words) -> None:
    """The bars of each question, then all sentences."""
    for page, hands in _asked(found, by_path).items():
        _bars(page, hands, text)
    st.html(_sentences(found, by_path, nameless, text))


def _asked(found: Sequence[HandIn], by_path: Mapping[str, Page]) -> dict[Page, list[HandIn]]:
    """The pages with a question, each with the lines whose lesson has it or that answer it."""
    asked: dict[Page, list[HandIn]] = {}
    for hand in found:
        paths = [step.path for step in lesson.known(hand.lesson, by_path)]
        answered = ["" if page == lesson.HOME else page for page in hand.answers]
        for path in dict.fromkeys([*paths, *answered]):
            if path in by_path and "question" in words.page(by_path[path].words):
                asked.setdefault(by_path[path], []).append(hand)
    return asked


def _bars(page: Page, hands: Sequence[HandIn], text: words.Words) -> None:
    """A question, and beside each choice how many have chosen it."""
    of_page = words.page(page.words)
    counts = handin.counts(hands, page.path or lesson.HOME)
    choices = [number for number in handin.CHOICES if f"choice-{number}" in of_page]
    total = sum(counts[number] for number in choices)
    st.markdown(f"## {of_page['title']}\n\n{of_page['question']}")
    for number in choices:
        mark = "✓ " if st.session_state[_RIGHT] and number == of_page["right"] else ""
        percent = f" · {round(100 * counts[number] / total)} %" if total else ""
        label = f"{mark}**{number}.** {of_page[f'choice-{number}']}: **{counts[number]}**{percent}"
        st.progress(counts[number] / total if total else 0.0, label)
    shown = counts[handin.SHOWN]
    st.markdown(words.format(text["others"], shown=shown, none=len(hands) - total - shown))


def _sentences(found: Sequence[HandIn], by_path: Mapping[str, Page], nameless: bool, text: words.Words) -> str:
    """What was written and the settings that were handed in, with the names unless they are hidden."""
    items = []
    for hand in found:
        name = "" if nameless else f"<b>{escape(hand.name or text['no-name'])}</b> "
        parts = [f"<q>{escape(hand.sentences)}</q>"] if hand.sentences else []
        if hand.address:
            parts.append(_setting(hand.address, by_path))
        if parts:
            items.append(f"<li>{name}{' '.join(parts)}</li>")
    listed = f"<ul>{''.join(items)}</ul>" if items else f"<p>{escape(text['no-sentences'])}</p>"
    return f"<section class='nl-sentences'><h2>{escape(text['sentences'])}</h2>{listed}</section>"


def _setting(address: str, by_path: Mapping[str, Page]) -> str:
    """The link to the setting of an address on this server; what is no address of the guide, as it was written.

    Nothing of the address is kept but its page and its settings, so that it can lead nowhere else.
    """
    step = lesson.read(address)
    if step.path not in by_path or not address.lower().startswith(("http://", "https://")) or _leads_in(address):
        return f"<code>{escape(address)}</code>"
    asked: dict[str, list[str]] = {}
    for name, value in step.asked:
        if name not in _KEPT_AWAY:
            asked.setdefault(name, []).append(value)
    page = by_path[step.path]
    settings = ", ".join(f"{name} = {'+'.join(values)}" for name, values in asked.items())
    label = f"{layout.name(page)}{': ' if settings else ''}{settings}"
    return f"<a href='{escape(state.address(page.path, **asked))}'>{escape(label)}</a>"


def _leads_in(address: str) -> bool:
    """Whether an address names a user, as no address of the guide does."""
    return "@" in urlsplit(address).netloc


def _table(found: Sequence[HandIn], asked: Mapping[Page, Sequence[HandIn]], text: words.Words) -> list[list[str]]:
    """A row for each line: name, lesson, the answer on each page, sentences, address."""
    head = [text["head-name"], text["head-lesson"], *(words.page(page.words)["title"] for page in asked)]
    rows = [[*head, text["sentences"], text["head-address"]]]
    for hand in found:
        given = [hand.answers.get(page.path or lesson.HOME, "") for page in asked]
        rows.append([hand.name, hand.lesson, *given, hand.sentences, hand.address])
    return rows
