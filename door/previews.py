"""What a link shows before it is opened: the page's own title, claim, language and picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from door import address, blocked, shell
from pages.parts import words
from pages.parts.room import Room

CARDS = Path(__file__).parents[1] / "assets" / "cards"
SIZE = (1200, 630)
_PAPER = {"light": "#ffffff", "dark": "#171614"}
# Without scripts nothing else will come: what is read without a connection stands there from the start.
_AT_ONCE = (
    "<style>#welcome{position:static;pointer-events:auto}#welcome .cut{display:block}#welcome i{display:none}</style>"
)
_BARE = (
    (re.compile(r":[\w-]+\[([^\]]*)\]"), r"\1"),  # Streamlit's :small[…]
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\\[a-zA-Z]+|\\."), ""),
    (re.compile(r"[*`#$_{}^]+"), ""),
    (re.compile(r"\s+"), " "),
)


def page(room: Room, code: str, asked: str, root: str) -> str:
    """The HTML of a room in a language; ``asked`` is the language its link names, if it names one."""
    text = words.page(room.words, code)
    title, claim = escape(plain(text["title"])), escape(plain(text["claim"]))
    below = blocked.block(text, code, f"./cards/{card(room).name}")
    head = [_words(f"{title.rstrip('.。')} · {words.name(code)}", claim), *_links(room, asked, root)]
    return shell.dress(
        {
            "language": words.TAGS[code],
            "head": "".join([*head, *_card(room, code, asked, root)]),
            "icon": "".join(_icons()),
            "noscript": _AT_ONCE,
            "welcome": f'<div id="welcome"><b>{title}</b>{claim}{below}</div>',
        }
    )


def plain(text: str) -> str:
    """Markdown and LaTeX as bare words."""
    for pattern, kept in _BARE:
        text = pattern.sub(kept, text)
    return text.strip()


def card(room: Room) -> Path:
    """The picture of a room; mathematics needs no translation, so there is one for all languages."""
    return CARDS / f"{room.path or 'home'}.png"


def _words(title: str, claim: str) -> str:
    named = {"name": {"description": claim, "twitter:title": title, "twitter:description": claim}}
    named["property"] = {"og:title": title, "og:description": claim}
    tags = (_meta(kind, name, text) for kind, pairs in named.items() for name, text in pairs.items())
    return f"<title>{title}</title>{''.join(tags)}"


def _links(room: Room, asked: str, root: str) -> Iterator[str]:
    yield f'<link rel="canonical" href="{escape(address.page(root, room.path, asked))}">'
    for tag, url in address.alternates(root, room.path).items():
        yield f'<link rel="alternate" hreflang="{tag}" href="{escape(url)}">'


def _card(room: Room, code: str, asked: str, root: str) -> Iterator[str]:
    picture = escape(f"{root}/cards/{card(room).name}")
    yield _meta("property", "og:type", "website")
    yield _meta("property", "og:site_name", escape(words.name(code)))
    yield _meta("property", "og:locale", words.TAGS[code].replace("-", "_"))
    yield _meta("property", "og:url", escape(address.page(root, room.path, asked)))
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
