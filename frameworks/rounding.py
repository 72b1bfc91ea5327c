"""From where on PyTorch and JAX lose a value or a slope that the number format could hold.

Judged against the catalogue, which has at least twelve digits everywhere, at numbers of few bits: exact in all formats.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from activations import CATALOGUE
from activations.experiments.formats import FORMATS
from frameworks.libraries import CPU, LIBRARIES, Array

STORED = Path(__file__).parents[1] / "activations" / "experiments" / "rounding.json"
# Quarters from 1, which leaves out where a slope has a root, up to 64, then halves up to 110.
_POSITIVE = np.concatenate([np.arange(4, 256) / 4, np.arange(128, 221) / 2])
X = np.concatenate([-_POSITIVE[::-1], _POSITIVE])
_FAR = (-math.inf, math.inf)
_SETTINGS = {"elu": {"alpha": 1.0}, "swish": {"beta": 1.0}, "softplus": {"beta": 1.0}}
_MODULES = {"pytorch": "torch", "jax": "jax"}
# What is judged: the function, 0 for its value or 1 for its slope, and the line of each library.
LINES = {
    "sigmoid_slope": ("sigmoid", 1, "torch.sigmoid(x)", "jax.nn.sigmoid(x)"),
    "tanh_slope": ("tanh", 1, "torch.tanh(x)", "jax.numpy.tanh(x)"),
    "gelu": ("gelu", 0, "torch.nn.functional.gelu(x)", "jax.nn.gelu(x, approximate=False)"),
    "gelu_slope": ("gelu", 1, "torch.nn.functional.gelu(x)", "jax.nn.gelu(x, approximate=False)"),
    "gelu_tanh": ("gelu_tanh", 0, "torch.nn.functional.gelu(x, approximate='tanh')", "jax.nn.gelu(x)"),
    "silu": ("swish", 0, "torch.nn.functional.silu(x)", "jax.nn.silu(x)"),
    "mish": ("mish", 0, "torch.nn.functional.mish(x)", "jax.nn.mish(x)"),
    "softplus": ("softplus", 0, "torch.nn.functional.softplus(x)", "jax.nn.softplus(x)"),
    "elu_slope": ("elu", 1, "torch.nn.functional.elu(x)", "jax.nn.elu(x)"),
}


def main() -> None:
    """Measure and store."""
    found: dict[str, Any] = {"versions": dict(LIBRARIES["pytorch"].versions) | dict(LIBRARIES["jax"].versions)}
    found["cpu"] = CPU
    found["lost"] = {name: _libraries(name) for name in LINES}
    STORED.write_text(json.dumps(found).replace('}}, "', '}},\n"') + "\n", encoding="utf-8")


def _libraries(name: str) -> dict[str, Any]:
    """By library and format."""
    slug, order, *lines = LINES[name]
    activation, settings = CATALOGUE[slug], _SETTINGS.get(slug, {})
    with np.errstate(under="ignore"):
        true = np.asarray((activation, activation.derivative)[order](X, **settings))
    return {
        library: {kind: _judged(library, line, order, true, kind) for kind in FORMATS}
        for library, line in zip(_MODULES, lines, strict=True)
    }


def _judged(library: str, line: str, order: int, true: Array, kind: str) -> dict[str, Any]:
    """Going out from 0 to the left and to the right, the first x at which the error is more than a tenth, and the
    first at which 0 comes out, the true value being a normal number of the format; whether there is a NaN at -inf, and
    at inf, in the middle of so many numbers that the processor takes several at once."""
    code = f"import {_MODULES[library]}\ny = {line}"
    found = LIBRARIES[library].run(code, X, kind)[order]
    normal = np.abs(true) >= 2.0 ** (FORMATS[kind].lowest + FORMATS[kind].bits - 1)
    with np.errstate(invalid="ignore"):
        off = ~(np.abs(found - true) <= 0.1 * np.abs(true))
    nans = [bool(np.isnan(LIBRARIES[library].run(code, np.full(64, end), kind)[order]).any()) for end in _FAR]
    return {"tenth": _ends(off & normal), "zero": _ends((found == 0) & normal), "nan": nans}


def _ends(holds: Array) -> list[float | None]:
    left, right = X[holds & (X < 0)], X[holds & (X > 0)]
    return [float(left.max()) if len(left) else None, float(right.min()) if len(right) else None]


if __name__ == "__main__":
    main()
