"""Softmax of four logits: a bar for each, a sigmoid of each beside it, and the Jacobian as a heat map of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments import softmax
from activations.experiments.softmax import CLASSES
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import Picture, Spec
from pages.shared.views import OWN, QUIET, SCALE, Rows, Said, Stand, View, finished, guesses, keys, on, power

GUESSES = {"2": (0.45, 1.55, 0.99), "3": (0.45, 1.55, 0.36)}  # where the wrong answers end the first bar
TOP, STRONG = 1.32, 0.3  # of the panel; slope from which on a cell has its full colour
_HALF, _FILL = 0.3, "rgba(178,87,174,0.32)"
_INK = "#1f2328"  # on the cells; the style sheet turns it light in the dark theme
_LEAST = 0.0005  # of what has a digit among three decimals
_PLACES = np.arange(1.0, CLASSES + 1)
_CELLS = [(i, j) for i in range(1, CLASSES + 1) for j in range(1, CLASSES + 1)]


def frames(at: Stand) -> Rows:
    """Bars, the heights of their numbers, a sigmoid of each logit, and the Jacobian with its last row first."""
    p, each, slopes = _found(at)
    none = np.zeros_like(p)
    bars = np.stack([none, p, p, none, np.full_like(p, np.nan)], axis=-1)
    drawn = {"bars.y": bars.reshape(len(p), -1), "each.y": each, "jacobian.z": slopes[:, ::-1].reshape(len(p), -1)}
    return drawn | {f"p{i}.y": p[:, i - 1, None] for i in range(1, CLASSES + 1)}


def said(at: Stand, text: words.Words) -> Said:
    """The numbers on bars and cells, both sums, and how large the Jacobian is."""
    p, each, slopes = _found(at)
    shares = [_short(share, 3) for share in p.T]
    told = {
        "t": words.numbers(at["temperature"], 1),
        "total": words.numbers(p.sum(axis=1), 3),
        "sigmoids": words.numbers(each.sum(axis=1), 3),
        "largest": [power(size) for size in np.abs(slopes).max(axis=(1, 2)).tolist()],
        "all": [", ".join(row) for row in zip(*shares, strict=True)],
    }
    told |= {f"p{i}.text": share for i, share in enumerate(shares, start=1)}
    return told | {f"j{i}{j}.text": _short(slopes[:, i - 1, j - 1], 2) for i, j in _CELLS}


def _short(values: Array, decimals: int) -> list[str]:
    """These numbers with so many decimals; what would falsely read as 0 has three, or is the nearest power of ten."""
    texts, sizes = np.array(words.numbers(values, decimals), dtype=object), np.abs(values)
    lost = (sizes > 0) & (sizes < 0.5 * 10.0**-decimals)
    fine, tiny = lost & (sizes >= _LEAST), lost & (sizes < _LEAST)
    texts[fine] = words.numbers(values[fine], 3)
    exponents = np.rint(np.log10(sizes[tiny])).astype(int).tolist()
    texts[tiny] = list(map(_ten, exponents, (values[tiny] < 0).tolist()))
    return list(texts)


@lru_cache(maxsize=1024)
def _ten(exponent: int, negative: bool) -> str:
    return f"{'−' if negative else ''}10{str(exponent).translate(words.SUPERSCRIPT)}"


def _found(at: Stand) -> tuple[Array, Array, Array]:
    z = np.stack([at[param.name] for param in softmax.LOGITS], axis=-1) + at["shift"][:, None]
    heat = at["temperature"]
    return softmax.softmax(z, heat), CATALOGUE["sigmoid"](z / heat[:, None]), softmax.jacobian(z, heat)


def figure(picture: Picture, said: Mapping[str, str], text: words.Words, large: bool) -> figures.Finished:
    """The finished figure."""
    size = 17.0 if large else 13.0
    sigmoid = figures.colour("sigmoid")
    dots = figures.dots({"each.x": _PLACES, **picture}, "each", sigmoid, 9, "circle-open")
    named = {"bars": (text["key-softmax"], OWN), "each": (text["key-sigmoid"], sigmoid)}
    traces = [*_bars(picture, said, size), *guesses(GUESSES, size), dots]
    traces += keys(named, (0.5, 1.25), 0.085, size)
    axes = _axes()
    axes["xaxis2"] = {"domain": [0.62, 1], "anchor": "y2", "range": [0.5, CLASSES + 0.5], **_ticks("z")}
    axes["yaxis2"] = {"anchor": "x2", "range": [0.5, CLASSES + 0.5], **_ticks("p", down=True)}
    traces += on("2", *_plane(picture, said, size))
    return finished("softmax", traces, axes, {"": text["panel-bars"], "2": text["panel-jacobian"]}, large)


def _axes() -> dict[str, Spec]:
    across = {"range": [0.4, CLASSES + 0.6], "domain": [0, 0.52], **_ticks("z")}
    return {"xaxis": across, "yaxis": {"range": [0, TOP], "tickvals": [0, 0.25, 0.5, 0.75, 1]}}


def _ticks(letter: str, down: bool = False) -> Spec:
    named = [f"{letter}{sub}" for sub in "₁₂₃₄"]
    shown = named[::-1] if down else named
    return {"tickvals": _PLACES.tolist(), "ticktext": shown, "showgrid": False, "zeroline": False}


def _bars(picture: Picture, said: Mapping[str, str], size: float) -> list[Spec]:
    corners = np.stack([_PLACES - _HALF] * 2 + [_PLACES + _HALF] * 2 + [np.full(CLASSES, np.nan)], axis=-1)
    look = {"mode": "lines", "fill": "toself", "fillcolor": _FILL, "line": {"color": OWN, "width": 2}}
    drawn = [figures.trace({"bars.x": corners.ravel(), **picture}, "bars", **look, **QUIET)]
    for i, place in enumerate(_PLACES, start=1):
        at = {**picture, f"p{i}.x": np.array([place])}
        drawn.append(figures.label(at, f"p{i}", said[f"p{i}.text"], OWN, size, "top center"))
    return drawn


def _plane(picture: Picture, said: Mapping[str, str], size: float) -> list[Spec]:
    drawn = [figures.plane(picture, "jacobian", _PLACES, _PLACES, SCALE, (-STRONG, STRONG), smooth=False)]
    for i, j in _CELLS:
        name = f"j{i}{j}"
        place = {f"{name}.x": np.array([float(j)]), f"{name}.y": np.array([float(CLASSES + 1 - i)])}
        drawn.append(figures.label(place, name, said[f"{name}.text"], _INK, size - 1, "middle center"))
    return drawn


def reading(text: words.Words, marks: Mapping[str, str]) -> str:
    """What the sliders have come to."""
    return "  \n".join(words.format(text[name], **marks) for name in ("read-sums", "read-jacobian"))


VIEW = View(
    "softmax", "softmax", "softmax",
    (softmax.LOGITS[:2], softmax.LOGITS[2:], (softmax.SHIFT, softmax.TEMPERATURE)),
    frames, said, figure, reading,
    {
        "cold": {"temperature": 0.1},
        "hot": {"temperature": 10.0},
        "raised": {"shift": 3.0, "temperature": 1.0},
        "sure": {"z1": 5.0, "z2": -5.0, "z3": -5.0, "z4": -5.0, "temperature": 1.0},
        "start": {param.name: param.default for param in (*softmax.LOGITS, softmax.SHIFT, softmax.TEMPERATURE)},
    },
)  # fmt: skip
