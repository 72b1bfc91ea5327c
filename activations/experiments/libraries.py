"""What PyTorch, TensorFlow, Keras and JAX give for each function, as ``make frameworks`` found and stored it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from activations.spec import Activation

# How the slope that a library takes at a kink comes from those of the two sides; "both" are the same there.
WAYS: Mapping[str, Callable[[float, float], float]] = {
    "left": lambda left, right: left,
    "right": lambda left, right: right,
    "both": lambda left, right: right,
    "mean": lambda left, right: (left + right) / 2,
    "sum": lambda left, right: left + right,
    "zero": lambda left, right: 0.0,
}
_RUN = {"pytorch": ("PyTorch",), "keras": ("Keras", "TensorFlow"), "jax": ("JAX",)}
STORED = Path(__file__).with_name("libraries.json")


@dataclass(frozen=True)
class Agreement:
    """How a library's lines compare with the catalogue, for inputs between -reach and reach.

    ``value`` and ``slope`` are the largest differences in float64 and in float32, relative where the true number is
    above 1; None where the library has no derivative. ``kinks`` says for each kink in which of ``WAYS`` its slope there
    comes from those of the sides, and ``defaults``, by keyword, the value it takes where none is given (None: something
    must be).
    """

    value: tuple[float, float]
    slope: tuple[float | None, float | None]
    kinks: tuple[str, ...]
    defaults: Mapping[str, float | None]

    def at_kinks(self, activation: Activation, **settings: float) -> list[tuple[float, float]]:
        """Each kink and the slope that the library takes there at these parameters; nothing where two have met."""
        kinks = activation.kinks_at(**settings)
        if len(set(kinks)) < len(kinks):
            return []
        sides = [activation.sides(at, **settings) for at in kinks]
        slopes = [WAYS[way](side.slope_left, side.slope_right) for way, side in zip(self.kinks, sides, strict=True)]
        return list(zip(kinks, slopes, strict=True))


@lru_cache(maxsize=256)
def agreement(slug: str, library: str) -> Agreement:
    """What was found for this function and library."""
    found = stored()["lines"][slug][library]
    value, slope = zip(found["float64"], found["float32"], strict=True)
    return Agreement(value, slope, tuple(found["kinks"]), found["defaults"])


def about() -> Mapping[str, Any]:
    """The ``date`` of the run, the ``versions`` by library and how far it went: from -``reach`` to ``reach``."""
    return stored()["about"]  # type: ignore[no-any-return]


def versions(library: str) -> str:
    """Whose version ran it: PyTorch 2.13.0."""
    ran = about()["versions"]
    return " · ".join(f"{name} {ran[name]}" for name in _RUN[library])


@lru_cache
def stored() -> Mapping[str, Any]:
    """All that was stored: ``about`` says with which versions, when and how far."""
    return json.loads(STORED.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
