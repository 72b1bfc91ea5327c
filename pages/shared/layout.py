"""The frame around every page: heading, stage, the map of pages beside it or, on a slide, the bar above it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st

from activations import CATALOGUE
from activations.functions import FAMILIES
from pages.shared import addressed, glyphs, lesson, state, words
from pages.shared.page import Page

_ASSETS = Path(__file__).parents[2] / "assets"
_MARK = "data:image/svg+xml," + quote((_ASSETS / "mark.svg").read_text(encoding="utf-8"), safe="/:=' ")
_PROBE = "PROBE"
LESSON_PAGE = "teach"
"""The page that lists the steps of a lesson."""
_CONTENT_LICENCE = "<a rel='license' href='https://creativecommons.org/licenses/by/4.0/' target='_blank'>CC BY 4.0</a>"
_CITATION = (_ASSETS / "citation.bib").read_text(encoding="utf-8")


def draw_frame(current: Page, pages: Sequence[Page]) -> None:
    """The heading of ``current`` and, in the sidebar, the map of ``pages``; on a slide the bar instead of the map."""
    probe = str(st.session_state.get("x0", -1.2))
    entry = state.entry(current.entries)
    asked = f"{state.query()}&{state.lesson()}&{state.lesson_place()}"
    built = _built(current, tuple(pages), words.language(), state.presenting(), asked, entry)
    leading, head = (html.replace(_PROBE, probe) for html in built)
    if state.presenting() or state.framed():
        st.html(leading)
    else:
        with st.sidebar:
            st.html(leading)
    with st.container(key="heading"):
        st.title(title(current), anchor=False)
        st.html(head + addressed.strange(current))


def draw_foot(current: Page) -> None:
    """Under a page, but not on a slide: the licences of the guide, and how it is cited."""
    if state.presenting():
        return
    licence = words.ui("foot.licence", content=_CONTENT_LICENCE)
    address = (st.context.url or "").removesuffix(current.path).rstrip("/")
    cited = escape(words.format(_CITATION, address=address))
    st.html(
        f"<footer class='nl-licence'>{licence} <details><summary>{escape(words.ui('foot.cite'))}</summary>"
        f"<pre>{cited}</pre></details></footer>"
    )


@lru_cache(maxsize=512)
def _built(current: Page, pages: tuple[Page, ...], code: str, presenting: bool, _: str, entry: str) -> tuple[str, str]:
    """Map, bar or the way out of a frame, and the HTML under the title.

    Links have ``_PROBE`` for the probe. All links have the query.
    """
    neighbours = [page for page in pages if page.kind == current.kind]
    ways = (
        ""
        if presenting or state.framed()
        else _lesson(current, pages)
        or f"<nav aria-label='{escape(words.ui('neighbours'))}'>{_neighbour_links(current, neighbours)}</nav>"
    )
    # The script that leads between pages hands the attributes on to the document.
    tags = f"lang='{words.TAGS[code]}' data-page='{current.path}' data-slide='{'yes' if presenting else 'no'}'"
    # The sentences for a server that cannot be reached have to be there before it is away.
    sentences = words.group("offline") | words.group("access")
    sentences |= {part: json.dumps(words.group(part), ensure_ascii=False) for part in ("share", "printed")}
    modes = {"frame": state.framed(), "key": state.shows_key()}
    sentences |= {mode: "yes" if on else "no" for mode, on in modes.items()}
    sentences |= {how: " ".join(state.kept_from_reader(how)) for how in ("hide", "lock")}
    tags += "".join(f" data-{name}='{escape(text)}'" for name, text in sentences.items())
    curve = f"<img class='nl-curve' src=\"{glyphs.address(current.path)}\" alt=''>" if current.path in CATALOGUE else ""
    claim = "" if entry else f"<p>{escape(words.page(current.words)['claim'])}</p>"
    head = f"<div class='nl-head' {tags}>{curve}{claim}{ways}</div>"
    if state.framed():
        return _way_out(current), head
    return (_bar(current, pages), head) if presenting else (_map(current, pages), _top(current) + head)


@lru_cache(maxsize=8)
def streamlit_pages(pages: tuple[Page, ...], code: str) -> list[Any]:
    """The pages as Streamlit knows them: what it runs is none of its pages but what ``main`` draws."""
    titles = {page.path: words.page(page.words, code)["title"] for page in pages}
    return [st.Page(_nothing, title=titles[r.path], url_path=r.path, default=not r.path) for r in pages]


def _nothing() -> None:
    # A page is drawn as part of the script: its widgets then belong to the visit and not to one page.
    pass


@contextmanager
def stage(share: float = 0.64) -> Iterator[tuple[Any, Any]]:
    """Picture, which has that share of the width, and controls beside each other; on a phone one above the other."""
    with st.container(key="stage"):
        picture_side, control_side = st.columns([share, 1 - share], gap="medium")
        with picture_side:
            picture = st.container(key="picture")
            # Where assets/export.js offers what can be taken along of the picture.
            picture.html("<div class='nl-keep'></div>")
        yield picture, control_side


def control_containers() -> tuple[Any, Any]:
    """A container for sliders, and one for choices, which is above the sliders but on a phone below."""
    return st.container(), st.container(key="choices")


def title(page: Page) -> str:
    """The title of a page, or of the entry of it that the address asks for."""
    entry = state.entry(page.entries)
    return words.page(page.words)[f"q-{entry}" if entry else "title"]


def name(page: Page) -> str:
    """A page's name on the map."""
    short = {"start": "home"}.get(page.family, page.path)
    return words.page(page.words)["title"] if page.path in CATALOGUE else words.ui(f"page.{short}")


def _self_link(current: Page, **asked: object) -> str:
    """The link to this page, or to the entry of it that is open, with other values in its query."""
    return state.address(current.path, q=state.entry(current.entries) or None, **asked)


def _addresses(pages: Sequence[Page]) -> dict[str, str]:
    """The links to these pages, by path; that to a page with a probe sets the probe."""
    plain, probed = state.query(), state.query(x0=_PROBE)
    queries = {page.path: probed if any(p.name == "x0" for p in page.params) else plain for page in pages}
    return {path: escape(f"{path or './'}?{query}") for path, query in queries.items()}


def _neighbour_links(current: Page, pages: Sequence[Page]) -> str:
    place = [page.path for page in pages].index(current.path)
    ways, links = [], _addresses(pages)
    for kind, step, arrow in (("previous", -1, "‹ {}"), ("next", 1, "{} ›")):
        if 0 <= place + step < len(pages):
            page = pages[place + step]
            ways.append(f"<a class='{kind}' href='{links[page.path]}'>{arrow.format(escape(name(page)))}</a>")
    return "".join(ways)


def _lesson(current: Page, pages: Sequence[Page]) -> str:
    """Where in its lesson a page stands: the steps before and after it, and the list of all; "" without a lesson.

    On a page that is none of the lesson's, one link leads back to the step that was open last.
    """
    by_path = {page.path: page for page in pages}
    found = lesson.known(state.lesson(), by_path)
    if not found or current.path == LESSON_PAGE:
        return ""
    number = min(state.lesson_place(), len(found))
    titles = [words.page(by_path[step.path].words)["title"] for step in found]
    links = [escape(step_address(step, k)) for k, step in enumerate(found, 1)]
    place = words.ui("lesson.place", number=number, count=len(found))
    if found[number - 1].path != current.path:
        back = words.ui("lesson.back", place=place, title=titles[number - 1])
        return f"<nav class='nl-lesson'><a href='{links[number - 1]}'>{escape(back)}</a></nav>"
    end = escape(state.address(LESSON_PAGE, place=""))
    before = f"<a class='previous' href='{links[number - 2]}'>‹ {escape(titles[number - 2])}</a>" if number > 1 else ""
    href, after = (links[number], titles[number]) if number < len(found) else (end, words.ui("lesson.end"))
    listed = "".join(
        f"<li><a href='{href}'{' aria-current=step' * (k == number)}>{escape(title)}</a></li>"
        for k, (href, title) in enumerate(zip(links, titles, strict=True), 1)
    )
    return (
        f"<nav class='nl-lesson' aria-label='{escape(words.ui('lesson.label'))}'>{before}"
        f"<details><summary>{escape(place)}</summary><ol>{listed}</ol></details>"
        f"<a class='next' href='{href}'>{escape(after)} ›</a></nav>"
    )


def step_address(step: lesson.Step, number: int) -> str:
    """The link to a step of the lesson, in the reader's language and mode.

    The code of a lesson that is none of the ready ones may be long; the script that leads between pages adds it.
    """
    asked: dict[str, Any] = {"lesson": state.lesson()} if state.lesson() in lesson.READY else {}
    for name, value in step.asked:
        asked.setdefault(name, []).append(value)
    return state.address(step.path, place=number, **asked)


def _links(current: Page, pages: Sequence[Page]) -> str:
    items, links = [], _addresses(pages)
    for page in pages:
        mark = " aria-current='page'" if page.path == current.path else ""
        curve = f"<img src=\"{glyphs.address(page.path)}\" alt=''>" if page.path in CATALOGUE else ""
        find = f" data-find='{escape(_search_text(page.words, words.language()))}'"
        items.append(f"<li><a href='{links[page.path]}'{mark}{find}>{curve}{escape(name(page))}</a></li>")
    look = " class='nl-curves'" if all(page.path in CATALOGUE for page in pages) else ""
    return f"<ul{look}>{''.join(items)}</ul>"


@lru_cache(maxsize=256)
def _search_text(name: str, code: str) -> str:
    """What the search finds a page by beside its name, until its engine has come: titles in every language, and the
    search words of this one."""
    titles = [words.page(name, each)["title"] for each in words.LANGUAGES]
    return " ".join(filter(None, dict.fromkeys([*titles, words.page(name, code)["find"]])))


def _map(current: Page, pages: Sequence[Page]) -> str:
    families = dict.fromkeys(page.family for page in pages)
    by_family = {family: [page for page in pages if page.family == family] for family in families}
    sections = {
        family: f"<section><h2>{escape(words.ui(f'map.{family}'))}</h2>{_links(current, found)}</section>"
        for family, found in by_family.items()
    }
    forget = f"<button type='button' class='nl-forget' hidden>{escape(words.ui('forget'))}</button>"
    listed = f"{_tabs(current, sections)}<p class='nl-foot'>{forget}</p>"
    switches = [
        _other_languages(current),
        f"<a href='{escape(_self_link(current, present=1))}'>{escape(words.ui('present'))}</a>",
        f"<button type='button' class='nl-ask-first' role='switch'>{escape(words.ui('ask_first'))}</button>",
        f"<button type='button' class='nl-share'>{escape(words.ui('keep.share'))}</button>",
    ]
    mark = f"<div class='nl-name'>{_mark()}{escape(words.ui('name'))}</div>"
    return f"<nav class='nl-map'>{mark}<div class='nl-switches'>{''.join(switches)}</div>{_search()}{listed}</nav>"


def _search() -> str:
    """The field of the search, and the empty list that its script fills; with it come the words that the script needs.

    A button anywhere on a page with the attribute ``data-search`` opens the map and leads to this field.
    """
    look, none = (escape(words.ui(f"search.{label}"), quote=True) for label in ("field", "none"))
    labels = " ".join(f"data-{name}='{escape(text, quote=True)}'" for name, text in words.group("search").items())
    field = (
        f"<input type='search' placeholder='{look}' aria-label='{look}' role='combobox' autocomplete='off' "
        "aria-autocomplete='list' aria-expanded='false' aria-controls='nl-found'>"
    )
    found = f"<div id='nl-found' class='nl-found' role='listbox' aria-label='{look}' {labels} hidden></div>"
    return f"{field}<p class='nl-count' role='status'></p>{found}<p class='nl-none'>{none}</p>"


def _tabs(current: Page, sections: Mapping[str, str]) -> str:
    """Topics and functions, one tab each, of which that of this page is open."""
    opened = "functions" if current.path in CATALOGUE else "topics"
    held = {
        "topics": "".join(section for family, section in sections.items() if family not in FAMILIES),
        "functions": "".join(sections.get(family, "") for family in FAMILIES),
    }
    tabs = "".join(
        f"<button type='button' role='tab' id='nl-tab-{tab}' aria-controls='nl-{tab}' tabindex='{-(tab != opened)}' "
        f"aria-selected='{str(tab == opened).lower()}'>{escape(words.ui(f'map.tab_{tab}'))}</button>"
        for tab in held
    )
    panels = "".join(
        f"<div role='tabpanel' id='nl-{tab}' aria-labelledby='nl-tab-{tab}'{' hidden' * (tab != opened)}>{inside}</div>"
        for tab, inside in held.items()
    )
    return f"<div class='nl-tabs' role='tablist'>{tabs}</div>{panels}"


def _top(current: Page) -> str:
    """The bar of a phone: the button that opens the map, the guide's name, which leads home, and the language."""
    menu = escape(words.ui("menu"))
    button = f"<button type='button' class='nl-menu' aria-expanded='false' aria-controls='stSidebar'>{menu}</button>"
    name = f"<a href='{escape(state.address(''))}'>{_mark()}<strong>{escape(words.ui('name'))}</strong></a>"
    return f"<nav class='nl-top' aria-label='{menu}'>{button}{name}{_other_languages(current)}</nav>"


def _other_languages(current: Page) -> str:
    """The links to this page in each other language."""
    return "".join(
        f"<a href='{escape(_self_link(current, lang=code))}' lang='{words.TAGS[code]}'>{language}</a>"
        for code, language in words.LANGUAGES.items()
        if code != words.language()
    )


def _mark() -> str:
    return f"<img src=\"{_MARK}\" alt=''>"


def _way_out(current: Page) -> str:
    """The link from a frame to the page itself, to which its script gives the settings."""
    href = escape(_self_link(current, frame=None))
    return f"<nav class='nl-bar'><a class='nl-out' href='{href}' target='_blank'>{escape(words.ui('out'))} ↗</a></nav>"


def _bar(current: Page, pages: Sequence[Page]) -> str:
    menu = f"<details><summary>{escape(words.ui('menu'))}</summary>{_links(current, pages)}</details>"
    leave = f"<a class='leave' href='{escape(_self_link(current, present=None))}'>{escape(words.ui('leave'))} ✕</a>"
    timer = f"<output class='nl-timer' data-over='{escape(words.ui('slide.over'))}'></output>"
    ways = _lesson(current, pages) or _neighbour_links(current, pages)
    return f"<nav class='nl-bar'>{ways}{menu}{leave}</nav>{timer}"
