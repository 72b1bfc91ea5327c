"""What each picture shows and says where the sliders stand, and at every place of each slider."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from activations.experiments import gate
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.shared import live, words
from pages.topics.gate import masks, wander
from pages.topics.gate.stands import MOVED, Stands

Rows = dict[str, Array]
PICTURES: dict[str, tuple[Callable[[Stands], Rows], Callable[[Stands], dict[str, list[str]]]]] = {
    "gate": (wander.frames, wander.said),
    "masks": (masks.frames, masks.said),
}
SEEDS = ("1", "2", "3", "4")
AT_X: Mapping[str, Sequence[str]] = {
    "gate": ("cdf_dot", "output_dot", "hair_walk", "hair_bell", "hair_cdf", "hair_output"),
    "masks": (),
}
DRAWN = {"gate": ("draws", 10_000), "masks": ("repeats", 1)}
"""The slider of n of each picture, and where it first stands."""


def still(act: str, x: float, t: int, n: int, seed: int) -> tuple[Rows, dict[str, str]]:
    """Every array and every text of a picture at one place."""
    frames, said = PICTURES[act]
    at = Stands.at(x, t, n, seed)
    return {k: rows[0] for k, rows in frames(at).items()}, {k: texts[0] for k, texts in said(at).items()}


def sliders(act: str, x: float, t: int, n: int, seed: int) -> list[live.Slider]:
    """What each slider moves."""
    packs = [_along(name, act, (x, t, n), seed, words.language()) for name in MOVED]
    moved = [live.Slider.of(param, at, [pack]) for param, at, pack in zip(gate.PARAMS, (x, t), packs, strict=False)]
    return [*moved, live.Slider(DRAWN[act][0], 0.0, 1.0, float(n), packs[2:], float(gate.COUNTS.index(DRAWN[act][1])))]


def handles(act: str) -> list[live.Handle]:
    """What can be dragged in the picture: all that stands at x, and the mean along the number of draws."""
    return [live.Handle(AT_X[act], gate.X.name), *([live.Handle(["mean_dot"], DRAWN[act][0])] if act == "gate" else [])]


def _along(name: str, act: str, stand: tuple[float, int, int], seed: int, language: str) -> live.Pack:
    # Where the slider itself stands makes no difference to what it moves.
    others = tuple(None if moved == name else value for moved, value in zip(MOVED, stand, strict=True))
    return _packed(name, act, others, seed, language)


@lru_cache(maxsize=512)
def _packed(name: str, act: str, others: tuple[float | None, ...], seed: int, _language: str) -> live.Pack:
    x, t, n = (0 if value is None else value for value in others)
    at = Stands.at(x, int(t), int(n), seed).along(name)
    frames, said = PICTURES[act]
    return live.pack(moving(frames(at)), varying(said(at)))
