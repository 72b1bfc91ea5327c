"""The names in an address: those that every page understands, and what is said of one that a page does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from html import escape
from types import MappingProxyType

import streamlit as st

from pages.shared import lesson, state, words
from pages.shared.page import Page

PATH = "addresses"
"""The page that lists all names."""
EVERYWHERE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lang": tuple(words.LANGUAGES),
        "present": ("1",),
        "predict": ("1", "0"),
        "key": ("1",),
        "frame": ("1",),
        "embed": ("true",),
        "hide": (),
        "lock": (),
        "lesson": tuple(lesson.READY),
        "place": (),
        "q": (),
    }
)
"""The names that every page understands, and their values; without values it takes names, numbers or addresses."""
# What sites that lead here, Streamlit and other servers add to an address.
_OF_OTHERS = re.compile(r"(utm_|mc_|embed|_|streamlit).*|[a-z]*clk?id|ref|source|igshid", re.IGNORECASE)
_MOST, _LONGEST = 3, 30  # names that are said, and characters of each


def strange(page: Page) -> str:
    """One line of HTML about the names in the address that ``page`` does not know, "" if it knows all of them.

    Only the page at which the visit began says it: a link of the guide may carry a name on for a moment.
    """
    if state.first_page() != page.path:
        return ""
    unknown = [name for name in st.query_params if not is_known(name, page)]
    if not unknown:
        return ""
    said = [about(name, page) for name in unknown[:_MOST]]
    link = f"<a href='{escape(state.address(PATH, q=page.path or lesson.HOME))}'>{escape(words.ui('names.all'))}</a>"
    return f"<p class='nl-strange' role='status'>{' '.join([*said, link])}</p>"


def is_known(name: str, page: Page) -> bool:
    """Whether ``page`` understands a name in the address, or leaves it to others."""
    return name in EVERYWHERE or name in page.names or bool(_OF_OTHERS.fullmatch(name))


def nearest(name: str, page: Page) -> str:
    """The name that ``page`` knows and that was probably meant, "" if none is like it."""
    known = {each.lower(): each for each in (*EVERYWHERE, *page.names)}
    if name == "x0" and "input" in page.names:  # what the label of this slider calls x₀
        return "input"
    found = get_close_matches(name[:_LONGEST].lower(), known, 1)
    return known[found[0]] if found else ""


def about(name: str, page: Page) -> str:
    """HTML that says that ``page`` does not know a name, and which one was probably meant."""
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    said, meant = [words.ui("names.strange", name=_code(short))], nearest(name, page)
    if meant:
        said.append(words.ui("names.meant", name=_code(meant)))
    return " ".join(said)


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
