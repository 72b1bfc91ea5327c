"""Below the picture of home: small curves that lead to the families, and the four ways into the guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from activations.functions import FAMILIES
from pages.shared import glyphs, layout, state, words
from pages.shared.page import Page

PATH = ("basics", "neuron", "collapse", "vanishing", "dying", "exploding", "gate", "softmax", "choose", "myths")
"""The pages to learn from, in order."""
SECTIONS = ("learn", "look-up", "find-answer", "teach")
_EXAMPLES = {"bends": "softplus", "gates": "gelu", "rectifiers": "relu", "squashers": "sigmoid"}
_LINE = 1.1  # as large as they are here, the curves of the map would look like logs


def section_links(text: words.Words) -> str:
    """The links to the four ways, which are above the picture."""
    links = "".join(f"<a href='#nl-{name}'>{escape(_heading(text, name))}</a>" for name in SECTIONS)
    return f"<nav class='nl-sections' aria-label='{escape(text['sections'])}'>{links}</nav>"


def html(text: words.Words, pages: Sequence[Page]) -> str:
    """The families, the path, how an answer is found, how one teaches with it, and all functions."""
    found = {page.path: page for page in pages}
    ways = (("learn", _path(text, found)), ("find-answer", _answers(text, found)), ("teach", _teaching(text)))
    sections = "".join(_section(text, name, inside) for name, inside in ways)
    look_up = _section(text, "look-up", f"<p>{escape(text['look-up-text'])}</p>{_wall()}")
    return f"<div class='nl-begin'><div class='nl-ways'>{sections}</div>{look_up}</div>"


def families() -> str:
    """One small curve a family, which leads to its part of the wall."""
    items = "".join(
        f"<li><a href='#nl-{family}'>{_curve(_EXAMPLES.get(family, slugs[0]))}<span>{_family(family)}</span></a></li>"
        for family, slugs in FAMILIES.items()
    )
    return f"<ul class='nl-families'>{items}</ul>"


def _heading(text: words.Words, name: str) -> str:
    return text[name].lstrip("# ")


def _section(text: words.Words, name: str, inside: str) -> str:
    return f"<section id='nl-{name}' tabindex='-1'><h2>{escape(_heading(text, name))}</h2>{inside}</section>"


def _path(text: words.Words, pages: Mapping[str, Page]) -> str:
    steps = "".join(_item(pages[path]) for path in PATH if path in pages)
    hints = " ".join(f"data-{hint}='{escape(text[hint])}'" for hint in ("start", "continue"))
    return f"<p>{escape(text['learn-text'])}</p><ol class='nl-path' {hints}>{steps}</ol>"


def _answers(text: words.Words, pages: Mapping[str, Page]) -> str:
    links = "".join(_item(pages[path]) for path in ("questions", "glossary", "compare") if path in pages)
    search = f"<button type='button' class='nl-find' data-search>{escape(text['search'])}</button>"
    return f"<p>{escape(text['find-answer-text'])} {search}</p><ul class='nl-places'>{links}</ul>"


def _teaching(text: words.Words) -> str:
    links = {
        "lessons": ("page.teach", state.address(layout.LESSON_PAGE)),
        "slides": ("present", state.address("", present=1)),
        "ask": ("ask_first", state.address("", predict=1)),
    }
    named = {name: f"<a href='{escape(link)}'>{escape(words.ui(label))}</a>" for name, (label, link) in links.items()}
    return f"<p>{words.format(escape(text['teach-text']), **named)}</p>"


def _wall() -> str:
    """All functions, by family."""
    query = escape(state.query())
    return "".join(
        f"<h3 id='nl-{family}' tabindex='-1'>{_family(family)}</h3>"
        f"<ul class='nl-wall'>{''.join(_tile(slug, query) for slug in slugs)}</ul>"
        for family, slugs in FAMILIES.items()
    )


def _tile(slug: str, query: str) -> str:
    return f"<li><a href='{slug}?{query}'>{_curve(slug)}<span>{escape(words.title(slug))}</span></a></li>"


def _item(page: Page) -> str:
    return f"<li><a href='{escape(state.address(page.path))}'>{escape(layout.name(page))}</a></li>"


def _curve(slug: str) -> str:
    return f"<img src=\"{glyphs.address(slug, _LINE)}\" alt=''>"


def _family(family: str) -> str:
    return escape(words.ui(f"map.{family}"))
