"""All names that an address can hold: those of every page, and page by page its sliders and choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

import streamlit as st

from activations import CATALOGUE, Param
from pages.shared import addressed, layout, lesson, state, words
from pages.shared.controls import Choice
from pages.shared.page import Page

_SHARED = ("x0", "code")  # names that mean the same on each page that has them
_MANY = 12  # options from which on they are folded
# Where the label of a setting is found: among those of all pages, or in the words of its page under another name.
_LABELS = {
    "code": "code.ask",
    "second": "show_bend",
    "x0": "probe",
    ".layers": "layers",
    "vanishing.f": "functions",
    "vanishing.of": "of.label",
    "vanishing.ledger": "ledger.title",
    "vanishing.target": "target",
    "vanishing.rate": "rate",
}
_PARTS = {"f": ("f", "function", "between", "functions"), "has": ("wanted",), "formula": ("line",), "card": ("cards",)}


def render(pages: Sequence[Page]) -> None:
    """Draw the page: the names of the page that the address asks for, those of every page, and those of each."""
    text = words.page("tools/addresses")
    by_name = {page.path or lesson.HOME: page for page in pages if page.names}
    asked = by_name.get(state.entry(by_name))
    parts = [_of_page(asked, text)] if asked else []
    parts += [f"<h2>{escape(text['everywhere'])}</h2>", _table(_everywhere(text), text)]
    parts += [f"<h2>{escape(text['each'])}</h2><p>{escape(text['each-text'])}</p>", *_families(by_name.values(), text)]
    with st.container(key="addresses"):
        st.html(f"<div class='nl-names' data-ready>{''.join(parts)}</div>")


def _everywhere(text: words.Words) -> Iterator[tuple[str, str, str, str]]:
    for name, values in addressed.EVERYWHERE.items():
        yield name, escape(text[f"about-{name}"]), _codes(values), ""
    for name in _SHARED:
        yield name, escape(text[f"about-{name}"]), "", ""


def _families(pages: Iterable[Page], text: words.Words) -> Iterator[str]:
    """Under the heading of each part of the map, its pages, folded; what all pages of functions have, only once."""
    listed = list(pages)
    functions = [page for page in listed if page.path in CATALOGUE]
    common = [name for name in functions[0].names if all(name in page.names for page in functions)]
    family = ""
    for page in listed:
        if page is functions[0]:
            yield f"<h3>{escape(text['functions'])}</h3>{_table(_rows(page, common), text)}"
        own = [name for name in page.names if page not in functions or name not in common]
        if not own:
            continue
        if page.family != family:
            family = page.family
            yield f"<h3>{escape(words.ui(f'map.{family}'))}</h3>"
        summary = f"{escape(layout.name(page))} <span>{escape(', '.join(own))}</span>"
        yield f"<details><summary>{summary}</summary>{_link(page, text)}{_table(_rows(page, own), text)}</details>"


def _of_page(page: Page, text: words.Words) -> str:
    title = words.format(text["of-page"], name=layout.name(page))
    return f"<h2>{escape(title)}</h2>{_link(page, text)}{_table(_rows(page, page.names, whole=True), text)}"


def _link(page: Page, text: words.Words) -> str:
    return f"<p><a href='{escape(state.address(page.path))}'>{escape(text['open'])}</a></p>"


def _linked(page: Page, count: int, text: words.Words) -> str:
    """The number of options, as a link to their list."""
    said = words.format(text["many"], count=count)
    return f"<a href='{escape(state.address(addressed.PATH, q=page.path or lesson.HOME))}'>{escape(said)}</a>"


def _table(rows: Iterable[tuple[str, str, str, str]], text: words.Words) -> str:
    """HTML of rows of a name and, as HTML, its meaning, its values and its default."""
    head = "".join(f"<th scope='col'>{escape(text[f'head-{column}'])}</th>" for column in ("name", "means", "values"))
    lines = "".join(
        f"<tr><th scope='row'>{_code(name)}</th><td>{means}</td><td>{values}{_default(default, text)}</td></tr>"
        for name, means, values, default in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _default(default: str, text: words.Words) -> str:
    return f"<p>{words.format(escape(text['default']), value=default)}</p>" if default else ""


def _rows(page: Page, names: Iterable[str], whole: bool = False) -> Iterator[tuple[str, str, str, str]]:
    """A row for each of these names of a page; many options are listed if the rows are ``whole``, else linked."""
    text = words.page("tools/addresses")
    for name in names:
        if name in page.sliders:
            param = page.sliders[name]
            ends = {end: _code(f"{getattr(param, end):g}") for end in ("low", "high", "step")}
            yield (
                name,
                escape(slider_label(page, param)),
                words.format(text["span"], **ends),
                _code(f"{param.default:g}"),
            )
        else:
            choice = page.all_choices[name]
            many = len(choice.options) >= _MANY and not whole
            values = _linked(page, len(choice.options), text) if many else _options(page, name, choice, text)
            yield name, escape(choice_label(page, name)), values, _codes(choice.defaults)


def _options(page: Page, name: str, choice: Choice, text: words.Words) -> str:
    """The options with their words, folded if they are many."""
    if not choice.options:
        return escape(text["any"])
    said = [(option, option_label(page, name, option)) for option in choice.options]
    listed = "".join(
        f"<li>{_code(option)}{'' if label == option else f' {escape(label)}'}</li>" for option, label in said
    )
    if len(said) < _MANY:
        return f"<ul>{listed}</ul>"
    summary = words.format(text["many"], count=len(said))
    return f"<details><summary>{escape(summary)}</summary><ul>{listed}</ul></details>"


def slider_label(page: Page, param: Param) -> str:
    """What is written over a slider, with … for a number in it."""
    slug, _, own = param.name.rpartition(".")
    label = _label(page, own, (f"param.{page.path}.{own}", f"param.{own}"))
    if slug:
        label = f"{words.title(slug)}{words.ui('colon')}{words.ui(f'param.{param.name}')}"
    return words.format(label or _drawn_label(page, param.name), gain="…", step="…")


def choice_label(page: Page, name: str) -> str:
    """What is written over a choice, or what it is, where nothing is written over it."""
    return _label(page, name) or _drawn_label(page, name) or words.page("tools/addresses")[f"of-{name}"]


def option_label(page: Page, name: str, option: str) -> str:
    """What an option is called on the page; the option itself, where it has no other name."""
    parts = [f"{name}-{option}", f"trait-{option}", *([option] if name in ("neuron", "less") else [])]
    title = words.title(option) if option in CATALOGUE else ""
    return _part(page, parts) or title or _ui(f"{name}.{option}") or option


def _label(page: Page, name: str, labels: Iterable[str] = ()) -> str:
    """The label of a setting, as far as it lies among the words under a name that can be told."""
    known = next((_LABELS[key] for key in (f"{page.path}.{name}", name) if key in _LABELS), "")
    return _part(page, [f"slider-{name}"]) or _ui(known, *labels) or _part(page, _PARTS.get(name, (name,)))


def _drawn_label(page: Page, name: str) -> str:
    """The label that the scene with this slider gives it, "" if there is none."""
    drawn = ((scene, param) for scene in page.scenes for param in scene.params)
    return next((scene.label(param) for scene, param in drawn if param.name == name), "")


def _part(page: Page, parts: Iterable[str]) -> str:
    """The first of these parts that the words of the page or of its scenes have, "" if there is none."""
    texts = [words.page(name) for name in dict.fromkeys((page.words, *(scene.words_of for scene in page.scenes)))]
    return next((text[part] for part in parts for text in texts if part in text), "")


def _ui(*labels: str) -> str:
    """The first of these labels of all pages that there is, else ""."""
    return next((words.ui(label) for label in labels if words.has(label)), "")


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _codes(values: Iterable[str]) -> str:
    return ", ".join(map(_code, values))
