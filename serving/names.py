"""Names by which a page may be asked for, beside its own: those in ``assets/names.toml``."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from pages.register import PAGES
from pages.shared import words

_ASSETS = Path(__file__).parents[1] / "assets"
_LONGEST = 60  # characters of a name that are looked at


def plain(name: str) -> str:
    """A name as it is compared: of a path or a dotted name the last part, of that its letters and digits."""
    name = unicodedata.normalize("NFKC", name[-_LONGEST:]).casefold()
    name = re.sub(r"\.html?$", "", name.strip(" ./"))
    return "".join(filter(str.isalnum, re.split(r"[./]", name)[-1]))


def target(name: str) -> str | None:
    """The page of a name with the query that the name sets; None if no page has that name."""
    return _targets().get(plain(name))


def moved(path: str, query: str) -> tuple[str, str] | None:
    """Where the address of a page that is gone leads, and which settings it takes along; None for any other."""
    asked = parse_qsl(query, keep_blank_values=True)
    for old, new in gone().items():
        page, _, settings = old.partition("?")
        replaced = dict(parse_qsl(settings))
        if plain(path) == plain(page) and replaced.items() <= set(asked):
            return new, urlencode([pair for pair in asked if pair[0] not in replaced])
    return None


def near(name: str, count: int = 5) -> list[str]:
    """Pages with names like this one, the likeliest first, each as ``target`` gives it."""
    name, known = plain(name), {**_found(), **_targets()}
    alike = difflib.get_close_matches(name, known, n=4 * count, cutoff=0.6)
    parts = [each for each in known if min(len(name), len(each)) > 2 and (name in each or each in name)]
    by_page: dict[str, str] = {}
    for each in (*alike, *sorted(parts, key=len, reverse=True)):
        by_page.setdefault(known[each].partition("?")[0], known[each])
    return list(by_page.values())[:count]


@lru_cache
def table() -> dict[str, str]:
    """The other names of each page, separated by commas."""
    return tomllib.loads((_ASSETS / "names.toml").read_text(encoding="utf-8"))


@lru_cache
def gone() -> dict[str, str]:
    """Where the addresses of pages that are gone lead, each with settings that are replaced; the first that fits."""
    return tomllib.loads((_ASSETS / "moved.toml").read_text(encoding="utf-8"))


@lru_cache
def _targets() -> dict[str, str]:
    """What each name leads to: a page's own names come first, then those of the table, then its title."""
    targets = {plain(page.path): page.path for page in PAGES if page.path}
    for target, names in table().items():
        for name in names.split(","):
            targets.setdefault(plain(name), target)
    for page in PAGES:
        for code in words.LANGUAGES:
            targets.setdefault(plain(words.page(page.words, code)["title"]), page.path)
    return targets


@lru_cache
def _found() -> dict[str, str]:
    """The words by which the map's search finds a page, too many and too loose to lead there unasked."""
    texts = ((page.path, words.page(page.words, code)["find"]) for page in PAGES for code in words.LANGUAGES)
    return {plain(word): path for path, text in texts for word in text.split() if len(plain(word)) > 2}
