"""Four functions side by side in one panel: a column for each, in which time runs from left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.experiments import dying
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, Picture, Spec

SLUGS = dying.FUNCTIONS
ENDS = (0.0, float(len(SLUGS)))
_EDGE = 0.07  # of a column, left and right
_LAST = len(dying.MOMENTS) - 1


def across(column: int, moment: ArrayLike) -> Array:
    """Where a moment, counted by position of the slider of time, stands along its column."""
    return np.asarray(column + _EDGE + (1 - 2 * _EDGE) * np.asarray(moment, dtype=np.float64) / _LAST)


def middle(column: int) -> float:
    """The middle of a column."""
    return float(across(column, _LAST / 2))


def cursor(moments: NDArray[np.int_], low: float, high: float) -> dict[str, Array]:
    """An upright line in each column at each of these moments, (moments, points)."""
    at = np.stack([np.stack([across(c, moments)] * 2 + [moments * np.nan], axis=1) for c in range(len(SLUGS))], axis=1)
    heights = np.tile([low, high, np.nan], (len(moments), len(SLUGS)))
    return {"cursor.x": at.reshape(len(moments), -1), "cursor.y": heights}


def hairline(picture: Picture) -> Spec:
    """The cursor as it is drawn."""
    return figures.line(picture, "cursor", figures.PROBE, 1.2, hoverinfo="skip")


def heads(height: float, size: float) -> list[Spec]:
    """The names of the functions at the top of their columns."""
    return [named(f"{slug}_name", slug, c, height, name(slug), size) for c, slug in enumerate(SLUGS)]


def named(mark: str, slug: str, column: int, height: float, text: str, size: float) -> Spec:
    """A word in the middle of a column, in the colour of its function."""
    at = {f"{mark}.x": np.array([middle(column)]), f"{mark}.y": np.array([height])}
    label = figures.label(at, mark, text, figures.colour(slug), size, "middle center")
    return {**label, "textfont": {**label["textfont"], "weight": 600}}


def name(slug: str) -> str:
    """The name of a function."""
    return words.page(f"functions/{slug}")["title"]


def axis(steps: Iterable[int], where: Callable[[int], float], title: str) -> Spec:
    """The axis of all columns: in each the same few steps are marked, at the moment that ``where`` gives."""
    marked = [(float(across(c, where(step))), str(step)) for c in range(len(SLUGS)) for step in steps]
    places, labels = zip(*marked, strict=True)
    ticks = {"tickvals": list(places), "ticktext": list(labels), "tickangle": 0, "title": title}
    return {"range": list(ENDS), "showgrid": False, "zeroline": False, **ticks}


def dividers(low: float, high: float, mark: str) -> Spec:
    """Thin lines between the columns."""
    inner = np.arange(1, len(SLUGS))
    lines = {
        f"{mark}.x": np.repeat(inner.astype(float), 3),
        f"{mark}.y": np.tile([low, high, np.nan], len(inner)),
    }
    return figures.line(lines, mark, GREY, 0.7, hoverinfo="skip", opacity=0.6)
