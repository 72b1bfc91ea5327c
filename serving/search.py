"""What the search of the map looks through: one list of documents in all languages, and the library that searches it.

The browser fetches both when somebody searches for the first time (``assets/search.js``).
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pages.register import PAGES
from pages.shared import words
from pages.shared.page import Page
from serving import blocked, names

_ASSETS = Path(__file__).parents[1] / "assets"
VENDOR = _ASSETS / "vendor"
_LIBRARY = VENDOR / "minisearch-7.2.0.js"
_SYNONYMS = _ASSETS / "synonyms.toml"
# The parts of a page that are searched, in the order in which lines are taken from them.
_PARTS = (
    "short", "claim", "question", "notice", "strengths", "weaknesses", "used", "means", "why", "fold", "fold-more",
    "defaults", "paper",
)  # fmt: skip
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_BULLET = re.compile(r"^(?:#+|-|\d\.) ", re.MULTILINE)
_LINE = re.compile(r"\n\s*\n|\n(?=- |#|\d\. )")


@lru_cache
def made() -> dict[str, bytes]:
    """The library and the documents by address below the guide's own path; the name changes with the content."""
    return {library(): _LIBRARY.read_bytes(), address(): _documents()}


def library() -> str:
    """Where the library lies, its version in the name."""
    return f"assets/{_LIBRARY.name}"


@lru_cache
def address() -> str:
    """Where the documents lie."""
    return f"assets/search.{hashlib.sha256(_documents()).hexdigest()[:12]}.json"


@lru_cache
def _documents() -> bytes:
    """JSON: ``documents``, the names of pages at one setting, and ``synonyms``."""
    found = {
        "documents": [document for code in words.LANGUAGES for page in PAGES for document in _of(page, code)],
        "settings": dict(_settings()),
        "synonyms": tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))["groups"],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _of(page: Page, code: str) -> Iterator[dict[str, Any]]:
    """The documents of a page in a language: the page itself and each of its entries."""
    text = words.page(page.words, code)
    whole = "\n\n".join(text[part] for part in _PARTS if text[part])
    yield {
        "path": page.path,
        "kind": page.kind,
        "lang": code,
        "title": blocked.readable(text["title"]),
        "names": list(_names(page, text, code)),
        "heads": [blocked.readable(head) for head in _HEADING.findall(whole)],
        "lines": _lines(whole),
    }
    for entry in page.entries:
        yield {
            "path": page.path,
            "entry": entry,
            "kind": "question" if page.path == "questions" else "term",
            "lang": code,
            "title": blocked.readable(text[f"q-{entry}"]),
            "names": [*filter(None, text[f"names-{entry}"].split(" | ")), text[f"also-{entry}"]],
            "heads": [],
            "lines": _lines(f"{text[f'a-{entry}']}\n\n{text[f'see-{entry}']}"),
        }


def _names(page: Page, text: Mapping[str, str], code: str) -> Iterator[str]:
    """Other names of a page: on the map, in the table of names, and the words by which it is found."""
    yield page.path.replace("_", " ")
    label = f"page.{'home' if not page.path else page.path}"
    if words.has(label):
        yield words.label_in(code, label)
    for target, listed in names.table().items():
        if target.partition("?")[0] == page.path:
            yield from (name.strip() for name in listed.split(","))
    # Of "silu?beta=1" the first half is the name.
    yield " ".join(word.partition("?")[0] for word in text["find"].split())


def _settings() -> Iterator[tuple[str, str]]:
    """The names of a page at one setting, with the address of that page."""
    for page, listed in names.table().items():
        if "?" in page:
            yield from ((name.strip(), page) for name in listed.split(","))


def _lines(text: str) -> list[str]:
    """The sentences of a text, each as it can be read; without those that quote what only the live page measures."""
    pieces = (_BULLET.sub("", piece) for piece in _LINE.split(text) if "|" not in piece)
    return [line for piece in pieces for line in blocked.sentences(piece)]
