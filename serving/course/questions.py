"""The questions of the guide with a reason for each choice: what every format for a course site is written from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from pages.register import PAGES
from pages.shared import words
from pages.shared.page import Page
from serving import blocked

_MARKDOWN = (
    (re.compile(r":[\w-]+\[([^\]]*)\]"), r"\1"),  # Streamlit's :small[…]
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![*\w])\*(?=\w)(.+?)(?<=\w)\*(?![*\w])"), r"<i>\1</i>"),
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"[ \t\n]+"), " "),  # A space that does not break stays.
)


@dataclass(frozen=True)
class Choice:
    """An answer to choose, in Markdown, the reason why it is right or wrong, and whether it is right."""

    text: str
    reason: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question in Markdown, or a sentence that is ``judged`` true or false, with what a course site shows beside it.

    ``id`` is the same in every language and version of the guide. ``page`` is the title of its page, ``group`` the part
    of the map in which the page is. ``link`` leads to the picture that shows the answer; it is "" where the address of
    the guide is not known.
    """

    id: str
    title: str
    group: str
    page: str
    text: str
    choices: tuple[Choice, ...]
    link: str
    judged: bool = False


def collect(code: str, root: str) -> tuple[Question, ...]:
    """All questions in a language, in the order of the register: those of pages, then the sentences to judge."""
    judged = [each for page in PAGES for each in _judged(page, code, root)]
    return (*(_asked(page, code, root) for page in PAGES if "question" in _text(page, code)), *judged)


def html(text: str, formula: Callable[[str], str]) -> str:
    """A text as HTML that is also XML; ``formula`` turns the LaTeX between dollar signs into HTML."""
    pieces = re.split(r"\$+", text)
    pieces[1::2] = map(formula, pieces[1::2])
    pieces[::2] = map(_prose, pieces[::2])
    return "".join(pieces).strip()


def tex(formula: str) -> str:
    r"""A formula for MathJax, as Moodle and Anki have it: between \( and \)."""
    return rf"\({escape(formula, quote=False)}\)"


def see(question: Question, code: str) -> str:
    """The link to the picture that shows the answer as HTML, "" if there is none."""
    label = escape(words.label_in(code, "course.see", page=question.page), quote=False)
    return f'<a href="{escape(question.link)}">{label}</a>' if question.link else ""


def _asked(page: Page, code: str, root: str) -> Question:
    text, title = _text(page, code), _title(page, code)
    choices = tuple(
        Choice(text[f"choice-{number}"], blocked.without_marks(text[f"why-{number}"]), number == text["right"])
        for number in "1234"
        if f"choice-{number}" in text
    )
    group = words.label_in(code, f"map.{page.family}")
    link = _link(root, page, code, page.answer_state)
    return Question(f"nonlinear-{page.path or 'home'}", title, group, title, text["question"], choices, link)


def _judged(page: Page, code: str, root: str) -> Iterator[Question]:
    text, title = _text(page, code), _title(page, code)
    for number, (name, true) in enumerate(page.statements.items(), 1):
        reason = text[f"because-{name}"]
        choices = tuple(Choice(text[f"say-{str(says).lower()}"], reason, says == true) for says in (True, False))
        link = _link(root, page, code, {"card": name})
        place = f"nonlinear-{page.path}-{name}", f"{title} {number}", title
        yield Question(*place, title, text[f"says-{name}"], choices, link, judged=True)


def _title(page: Page, code: str) -> str:
    """The title of a page; home has the name that it has on the map, as its title says how much there is."""
    return blocked.readable(_text(page, code)["title"]) if page.path else words.label_in(code, "page.home")


def _text(page: Page, code: str) -> words.Words:
    return words.page(page.words, code)


def _link(root: str, page: Page, code: str, asked: Mapping[str, Any]) -> str:
    values = {name: f"{value:g}" if isinstance(value, float) else value for name, value in asked.items()}
    return f"{root}/{page.path}?{urlencode({**values, 'lang': code}, doseq=True)}" if root else ""


def _prose(text: str) -> str:
    text = escape(text, quote=False)
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return text
