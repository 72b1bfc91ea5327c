"""What a link shows before it is opened: the page's own title, claim, language and picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from pages.shared import words
from pages.shared.page import Page
from serving import address, blocked, shell

CARDS = Path(__file__).parents[1] / "assets" / "cards"
SIZE = (1200, 630)
_PAPER = {"light": "#ffffff", "dark": "#171614"}
# Without scripts nothing else will come, so the text for readers without a connection is visible at once.
_AT_ONCE = (
    "<style>#welcome{position:static;pointer-events:auto}#welcome .cut{display:block}#welcome i{display:none}</style>"
)
_LONGEST = 300  # characters of a description
_SENTENCE = re.compile(r"(?<=[.?!] )(?=[A-Z])|(?<=[。？！])")
_BARE = (
    (re.compile(r":[\w-]+\[([^\]]*)\]"), r"\1"),  # Streamlit's :small[…]
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\\[a-zA-Z]+|\\."), ""),
    (re.compile(r"[*`#$_{}^]+"), ""),
    (re.compile(r"\s+"), " "),
)


def render(page: Page, code: str, asked: str, root: str, entry: str = "") -> str:
    """The HTML of a page, or of an entry of it, in a language; ``asked`` is the language its link names, if any."""
    text = words.page(page.words, code)
    name, claim = _title_and_text(text, entry)
    title = escape(name)
    below = blocked.block(text, code, f"./cards/{card(page).name}")
    shown = f"{title.rstrip('.。')} · {words.name(code)}"
    head = [_words(shown, escape(_short(claim))), *_links(page, asked, root, entry)]
    return shell.dress(
        {
            "language": words.TAGS[code],
            "head": "".join([*head, *_card(page, code, asked, root, entry)]),
            "icon": "".join(_icons()),
            "noscript": _AT_ONCE,
            "welcome": f'<div id="welcome"><b>{title}</b>{escape(claim)}{below}</div>',
        }
    )


def _title_and_text(text: words.Words, entry: str) -> tuple[str, str]:
    """The title of a page, or of an entry of it, and its first text."""
    if entry:
        return blocked.readable(text[f"q-{entry}"]), blocked.readable(text[f"a-{entry}"])
    return plain(text["title"]), plain(text["claim"])


def _short(text: str) -> str:
    """As many whole sentences, at least one, as previews have room for."""
    sentences = _SENTENCE.split(text)
    while len(sentences) > 1 and sum(map(len, sentences)) > _LONGEST:
        sentences.pop()
    return "".join(sentences).strip()


def plain(text: str) -> str:
    """Markdown and LaTeX as bare words."""
    for pattern, replacement in _BARE:
        text = pattern.sub(replacement, text)
    return text.strip()


def card(page: Page) -> Path:
    """The picture of a page; mathematics needs no translation, so there is one for all languages."""
    return CARDS / f"{page.path or 'home'}.png"


def _words(title: str, claim: str) -> str:
    named = {"name": {"description": claim, "twitter:title": title, "twitter:description": claim}}
    named["property"] = {"og:title": title, "og:description": claim}
    tags = (_meta(kind, name, text) for kind, pairs in named.items() for name, text in pairs.items())
    return f"<title>{title}</title>{''.join(tags)}"


def _links(page: Page, asked: str, root: str, entry: str) -> Iterator[str]:
    yield f'<link rel="canonical" href="{escape(address.page(root, page.path, asked, entry))}">'
    for tag, url in address.alternates(root, page.path, entry).items():
        yield f'<link rel="alternate" hreflang="{tag}" href="{escape(url)}">'


def _card(page: Page, code: str, asked: str, root: str, entry: str) -> Iterator[str]:
    picture = escape(f"{root}/cards/{card(page).name}")
    yield _meta("property", "og:type", "website")
    yield _meta("property", "og:site_name", escape(words.name(code)))
    yield _meta("property", "og:locale", words.TAGS[code].replace("-", "_"))
    yield _meta("property", "og:url", escape(address.page(root, page.path, asked, entry)))
    yield _meta("property", "og:image", picture)
    for side, pixels in zip(("width", "height"), SIZE, strict=True):
        yield _meta("property", f"og:image:{side}", str(pixels))
    yield _meta("name", "twitter:card", "summary_large_image")
    yield _meta("name", "twitter:image", picture)


def _icons() -> Iterator[str]:
    yield '<link rel="icon" type="image/png" sizes="64x64" href="./favicon.png">'
    yield '<link rel="icon" type="image/svg+xml" sizes="any" href="./mark.svg">'
    for theme, colour in _PAPER.items():
        yield f'<meta name="theme-color" media="(prefers-color-scheme: {theme})" content="{colour}">'


def _meta(kind: str, name: str, text: str) -> str:
    return f'<meta {kind}="{name}" content="{text}">'
