"""The tables of this page: the three forms at the probe, and where each is furthest from GELU."""

from __future__ import annotations

from collections.abc import Mapping

from activations.experiments import approximations as forms
from activations.experiments import libraries
from activations.experiments.approximations import FORMS
from pages.shared import words
from pages.topics.approximations import picture

_SLUGS = {"erf": "gelu", "tanh": "gelu_tanh", "sigmoid": "gelu_sigmoid"}
_LIBRARIES = ("pytorch", "keras", "jax")


def reading(text: words.Words, kind: str, marks: Mapping[str, str]) -> str:
    """Value and errors of each form at the probe, and what of x₀ the format holds."""
    rows = [
        [text[f"name-{form}"], *(f"**{marks[key]}**" for key in (form, f"{form}_f", f"{form}_df"))] for form in FORMS
    ]
    head = [text["head-form"], "f(x₀)", text["head-f"], text["head-df"]]
    held = "" if kind == "exact" else words.format(text["held"], **marks) + "\n\n"
    return held + _table(head, rows)


def worst(text: words.Words, kind: str) -> str:
    """The largest error of f and of f' of each form in this format, where, and from where on f is exactly 0."""
    rows = []
    for form in FORMS:
        found = forms.worst(form, kind)
        places = [(found.value, found.at), (found.slope, found.slope_at)]
        flat = text["never"] if found.flat is None else words.format(text["flat"], x=words.number(found.flat, "2"))
        rows.append([text[f"name-{form}"], *(_located(text, kind, *place) for place in places), flat])
    head = [text["head-form"], text["worst-f"], text["worst-df"], text["worst-flat"]]
    intro = words.format(text["worst"], format=text[f"format-{kind}"])
    return f"{intro}\n\n{_table(head, rows)}\n\n{text[f'told-{kind}']}"


def ran(text: words.Words) -> dict[str, str]:
    """What the libraries gave when they were run: the day, how far, and each form's largest error in each of them."""
    rows = []
    for form, slug in _SLUGS.items():
        found = (libraries.agreement(slug, library).value for library in _LIBRARIES)
        rows.append([text[f"name-{form}"], *(", ".join(map(picture.size, off)) for off in found)])
    about = libraries.about()
    table = _table([text["head-form"], *map(libraries.versions, _LIBRARIES)], rows)
    return {"date": about["date"], "reach": str(about["reach"]), "agreement": table}


def _located(text: words.Words, kind: str, off: float, at: float) -> str:
    if not off:
        return text["none"]
    # Without rounding the error is the same on both sides of 0.
    place = f"±{words.number(at, '2')}" if kind == "exact" else words.number(at, "2")
    return words.format(text["located"], size=picture.size(off), x=place)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
