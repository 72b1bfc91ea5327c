"""The critical gain of every function beside what is recommended, and Nielsen's chain."""

from __future__ import annotations

import math

from activations import CATALOGUE
from activations.experiments import exploding
from pages.shared import words

_LAYERS = (1, 2, 10)
_NONE = "–"


def scales(text: words.Words) -> str:
    """A row a function: its critical gain, PyTorch's, and what a layer deep inside multiplies by at three gains."""
    head = [text[f"column-{name}"] for name in ("function", "critical", "pytorch", "lecun", "he", "there")]
    rows = [head, ["---", *["--:"] * (len(head) - 1)]]
    for slug, found in exploding.scales().items():
        told = exploding.RECOMMENDED.get(slug)
        cells = (found.critical, told, found.lecun, found.he, found.recommended)
        title = words.page(f"functions/{CATALOGUE[slug].slug}")["title"]
        rows.append([title, *(_number(cell) for cell in cells)])
    return _table(rows)


def nielsen(text: words.Words, weight: float) -> str:
    """What is left of a gradient in his chain at this weight, with its biases and without."""
    sigmoid = CATALOGUE["sigmoid"]
    rows = [[text["column-layers"], *map(str, _LAYERS)], ["---", *["--:"] * len(_LAYERS)]]
    for name, centred in (("centred", True), ("plain", False)):
        run = exploding.single(sigmoid, _LAYERS[-1], centred, weight)
        said = words.format(text[f"chain-{name}"], w=f"{weight:g}", b=f"{exploding.centring(sigmoid, weight):g}")
        rows.append([said, *(words.number(float(run[n - 1]), "power") for n in _LAYERS)])
    return _table(rows)


def _number(value: float | None) -> str:
    return _NONE if value is None or math.isnan(value) else words.number(value, "3")


def _table(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
