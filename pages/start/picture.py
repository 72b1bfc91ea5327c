"""The stacks as home draws them at every depth: curves with their ghosts, and two inputs on their way down."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments import stack
from activations.experiments.sweep import moving
from activations.spec import Array
from pages.shared import live, words

STACKS = ("sigmoid", "tanh", "relu")
OUT = 2.0  # where the label of ReLU stands, at the line that leaves the picture
FALLING = "sigmoid"
SIDES = ("low", "high")
GHOSTS = 3
BELOW = 0.3  # from the balls to the words under them
ABOVE = 0.14  # from the end of a line to the number that is read there
SQUEEZE = 0.1  # of a value's distance beyond [0, 1]: only the inputs lie there
_DEPTHS = stack.LAYERS.grid.astype(int)
_POINTS = 121


def still(depth: int) -> dict[str, Array]:
    """Every array of the picture at one depth."""
    return {name: rows[depth - 1] for name, rows in frames().items()}


@lru_cache
def along(_language: str) -> live.Pack:
    """What moves, and what is printed in the reader's language, at every position of the slider."""
    return live.pack(moving(frames()), {**printed(), **readings(), "gap.text": gaps()})


@lru_cache
def frames() -> dict[str, Array]:
    """Every array of the picture by name, of shape (depths, points)."""
    drawn: dict[str, Array] = {}
    for slug in STACKS:
        drawn |= _curves(slug)
    return {**drawn, **_ends(), **_fall(), **_boxes()}


@lru_cache
def printed() -> dict[str, list[str]]:
    """The depth, what each stack makes of its two inputs and how far apart they have come, one text a depth."""
    said = {"layers": [words.number(float(depth), "count") for depth in _DEPTHS]}
    for slug in STACKS:
        outputs = stack.journey(CATALOGUE[slug], stack.ENDS)[1:]
        for side, values in zip(SIDES, outputs.T, strict=True):
            said[f"{slug}_{side}"] = [words.number(float(y), "4") for y in values]
        if slug == FALLING:
            said["gap"] = [words.number(math.log10(high - low), "power") for low, high in outputs]
    return said


def readings() -> dict[str, list[str]]:
    """What is written at both ends of each line, one text a depth; the name of the function stands at one of them."""
    said = printed()
    texts = {f"{slug}_{side}.text": said[f"{slug}_{side}"] for slug in STACKS for side in SIDES}
    for slug in STACKS:
        end = f"{slug}_{'high' if slug == 'relu' else 'low'}.text"
        texts[end] = [f"{words.page(f'functions/{slug}')['title']} {value}" for value in texts[end]]
    return texts


def gaps() -> list[str]:
    """The words under the balls, one text a depth."""
    return [words.ui("home.apart", gap=gap) for gap in printed()["gap"]]


def place(value: Array) -> Array:
    """Where a value stands across the falling: in [0, 1], all that a sigmoid gives, at itself, beyond it squeezed."""
    inside = np.clip(value, 0.0, 1.0)
    return np.asarray(inside + SQUEEZE * (value - inside))


def descent(layer: Array) -> Array:
    """How deep a layer lies in the picture: the first, where everything happens, have more room than the last."""
    return np.asarray(np.sqrt(layer))


def _curves(slug: str) -> dict[str, Array]:
    """The curve at each depth, and the curves of the depths before it: at one layer they hide behind it."""
    x = np.linspace(*stack.ENDS, _POINTS)
    y = stack.journey(CATALOGUE[slug], x)
    drawn: dict[str, Array] = {}
    for back in range(GHOSTS + 1):
        name = f"{slug}_{back}" if back else slug
        drawn |= {f"{name}.x": _each(x), f"{name}.y": y[np.maximum(_DEPTHS - back, 1)]}
    return drawn


def _ends() -> dict[str, Array]:
    """Where the numbers at the ends of lines stand: above the upper one of sigmoid and tanh, below the lower one."""
    outputs = {slug: stack.journey(CATALOGUE[slug], stack.ENDS)[_DEPTHS] for slug in STACKS}
    above = np.where(outputs["sigmoid"] >= outputs["tanh"], ABOVE, -ABOVE)
    heights = {"sigmoid": outputs["sigmoid"] + above, "tanh": outputs["tanh"] - above, "relu": outputs["relu"] - ABOVE}
    places = {slug: np.tile(stack.ENDS, (len(_DEPTHS), 1)) for slug in STACKS}
    places["relu"][:, 1] = heights["relu"][:, 1] = OUT
    return {
        f"{slug}_{side}.{axis}": found[slug][:, [k]]
        for slug in STACKS
        for k, side in enumerate(SIDES)
        for axis, found in (("x", places), ("y", heights))
    }


def _fall() -> dict[str, Array]:
    """The way of each input through the layers, the ball at the end of it, below the balls how far apart they are."""
    layers, down = np.arange(len(_DEPTHS) + 1.0), descent(_DEPTHS[:, None])
    journey = stack.journey(CATALOGUE[FALLING], stack.ENDS)
    middle = journey[1:].mean(axis=1, keepdims=True)
    drawn = {"gap.x": place(middle), "gap.y": down + BELOW}
    for side, values in zip(SIDES, journey.T, strict=True):
        fallen = layers <= _DEPTHS[:, None]
        drawn |= {f"fall_{side}.x": _each(place(values)), f"fall_{side}.y": np.where(fallen, descent(layers), np.nan)}
        for name in ("ball", "tag"):
            drawn |= {f"{name}_{side}.x": place(values)[_DEPTHS, None], f"{name}_{side}.y": down}
    return drawn


def _boxes() -> dict[str, Array]:
    """A bar across for each layer of the stack, between the values before it and those after it."""
    middle = np.repeat(_DEPTHS - 0.5, 3)
    return {
        "boxes.x": _each(np.tile([*place(np.array(stack.ENDS)), np.nan], len(_DEPTHS))),
        "boxes.y": np.where(middle < _DEPTHS[:, None], descent(middle), np.nan),
    }


def _each(row: Array) -> Array:
    return np.tile(row, (len(_DEPTHS), 1))
