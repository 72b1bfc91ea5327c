"""How far each library's lines are from the catalogue, what they take where nothing is said, and at a kink."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from activations import CATALOGUE, Activation
from activations.experiments.libraries import STORED, WAYS
from frameworks import backends, quoted
from frameworks.libraries import LIBRARIES, Array, Library
from pages.shared import code

REACH, STEPS = 10, 200  # from -REACH to REACH, so many to each unit
POSITIONS = 25  # of each slider
_NEAR = 1e-6  # what counts as a kink: float32 cannot always stand on it
_SAME = 1e-6
_GIVEN = r"(\w+)=\{(\w+)\}"


def main() -> None:
    """Run every line and store what was found."""
    found = {
        "about": {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "versions": {name: version for one in LIBRARIES.values() for name, version in one.versions.items()},
            "reach": REACH,
        },
        "lines": {slug: _lines(activation) for slug, activation in CATALOGUE.items()},
        "words": {slug: quoted.measured(activation, _jet_gaps) for slug, activation in CATALOGUE.items()},
        "forms": quoted.forms(_grid(CATALOGUE["gelu"], {})),
        "asides": quoted.asides(),
        "backends": backends.kinks(),
        "functions": quoted.functions(),
        "offers": quoted.offers(),
    }
    STORED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def settings(activation: Activation) -> tuple[dict[str, float], dict[str, float]]:
    """The default and another setting, at which no two parameters are equal."""
    other = {p.name: p.settle(p.low + (0.3 + 0.4 * k) * (p.high - p.low)) for k, p in enumerate(activation.params)}
    return activation.defaults, other


def positions(activation: Activation) -> list[dict[str, float]]:
    """The defaults, positions of each slider from end to end with the others at their defaults, and all corners."""
    found = [activation.defaults]
    for param in activation.params:
        values = param.grid[np.linspace(0, len(param.grid) - 1, POSITIONS).round().astype(int)]
        found += [{**activation.defaults, param.name: float(value)} for value in values]
    ends = itertools.product(*((param.low, param.high) for param in activation.params))
    return [*found, *(dict(zip(activation.defaults, corner, strict=True)) for corner in ends)]


def _lines(activation: Activation) -> dict[str, Any]:
    given = code.lines(activation.slug)
    return {name: _measured(activation, LIBRARIES[name], given[name]) for name in code.LIBRARIES if name in LIBRARIES}


def _measured(activation: Activation, library: Library, lines: code.Lines) -> dict[str, Any]:
    stands = settings(activation) if activation.params else (activation.defaults,)
    gaps = [
        _jet_gaps(activation, library, lines.at(**at), at)
        for at in (positions(activation) if activation.params else stands)
    ]
    worst = {kind: [_largest(gap[kind][k] for gap in gaps) for k in (0, 1)] for kind in ("float64", "float32")}
    slopes = [_at_kinks(activation, library, lines.at(**at), at) for at in stands]
    kinks, defaults = _conventions(activation, stands, slopes), _taken(activation, library, lines)
    return {**worst, "at": stands[-1], "kinks": kinks, "defaults": defaults}


def _grid(activation: Activation, at: Mapping[str, float]) -> Array:
    """Inputs beside the kinks."""
    x = np.arange(-REACH * STEPS, REACH * STEPS + 1) / STEPS
    return x[[all(abs(one - kink) > _NEAR for kink in activation.kinks_at(**at)) for one in x]]


def _jet_gaps(
    activation: Activation, library: Library, lines: str, at: Mapping[str, float]
) -> dict[str, list[float | None]]:
    """The largest difference of value and derivative in each format, relative where the true one is above 1."""
    gaps = {}
    for kind in ("float64", "float32"):
        x = _grid(activation, at).astype(kind).astype("float64")
        true = activation(x, **at), activation.derivative(x, **at)
        off = [np.abs(a - b) / np.maximum(1, np.abs(b)) for a, b in zip(library.run(lines, x, kind), true, strict=True)]
        gaps[kind] = [float(f"{np.max(one):.3g}") if np.isfinite(one).all() else None for one in off]
    return gaps


def _largest(gaps: Any) -> float | None:
    listed = list(gaps)
    return None if None in listed else max(listed)


def _at_kinks(activation: Activation, library: Library, lines: str, at: Mapping[str, float]) -> list[float]:
    kinks = np.array(activation.kinks_at(**at))
    return [float(slope) for slope in library.run(lines, kinks)[1]] if len(kinks) else []


def _conventions(activation: Activation, stands: Any, slopes: list[list[float]]) -> list[str]:
    """For each kink the way by which all the slopes found there come from those of its two sides; "none": by none."""
    sides = []
    for place in range(len(slopes[0])):
        fits = list(WAYS)
        for at, found in zip(stands, slopes, strict=True):
            sides = activation.sides(activation.kinks_at(**at)[place], **at)
            fits = [way for way in fits if abs(WAYS[way](sides.slope_left, sides.slope_right) - found[place]) < _SAME]
        sides.append("both" if {"left", "right"} <= set(fits) else fits[0] if fits else "none")
    return sides


def _taken(activation: Activation, library: Library, lines: code.Lines) -> dict[str, float | None]:
    """By keyword, the value that the library takes where a parameter is left out; None: it may not be."""
    keywords = dict(re.findall(_GIVEN, lines.template))
    if not keywords or lines.composed:
        return {}
    bare = re.sub(rf", {_GIVEN}", "", re.sub(rf"{_GIVEN}, ", "", lines.template))
    try:
        return dict(zip(keywords, quoted.fitted(activation, library, bare).values(), strict=True))
    except TypeError:
        return dict.fromkeys(keywords)
