"""What each function costs and how much of a gradient it keeps, at every number of layers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments import pros_cons
from activations.experiments.pros_cons import LAYERS
from activations.spec import Array
from pages.shared import live, words
from pages.topics.choose.table import found

QUOTED = ("relu", "gelu", "tanh", "sigmoid")


@lru_cache(maxsize=1)
def frames() -> dict[str, Array]:
    """Every array by name, of shape (numbers of layers, points); axes hold powers of ten."""
    relu = next(one.total for one in found() if one.slug == "relu")
    drawn: dict[str, Array] = {}
    stems = []
    for one in found():
        left = pros_cons.left(CATALOGUE[one.slug])[:, None]
        drawn |= {f"{one.slug}.x": np.full_like(left, np.log10(one.total / relu)), f"{one.slug}.y": left}
        gap = np.full_like(left, np.nan)
        stems.append((np.hstack([drawn[f"{one.slug}.x"]] * 2 + [gap]), np.hstack([0 * left, left, gap])))
    return drawn | {f"stems.{axis}": np.hstack(rows) for axis, rows in zip("xy", zip(*stems, strict=True), strict=True)}


@lru_cache(maxsize=1)
def printed() -> dict[str, list[str]]:
    """The number of layers and the gradients that are told, a text a position, by mark."""
    told = {"n": [str(int(count)) for count in LAYERS.grid]}
    for slug in QUOTED:
        told[f"left_{slug}"] = [words.number(power, "power") for power in pros_cons.left(CATALOGUE[slug]).tolist()]
    return told


@lru_cache(maxsize=1)
def along() -> live.Pack:
    """What moves and what is printed at every position of the slider."""
    return live.pack({name: rows for name, rows in frames().items() if name.endswith(".y")}, printed())


def place(layers: float) -> int:
    """The position of the slider at a number of layers."""
    return round(layers - LAYERS.low)


def still(layers: float) -> dict[str, Array]:
    """The picture at a number of layers."""
    return {name: rows[place(layers)] for name, rows in frames().items()}
