"""Whether zeros save time: the same product with ever more zeros, as a dense kernel and from a sparse format.

``python -m bench.sparsity`` measures anew; what it found is stored beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

SIZE = 1024
ZEROS = (0.0, 0.5, 0.9, 0.99)
REPEATS = 24
FILE = Path(__file__).with_name("sparsity.json")


@dataclass(frozen=True)
class Spared:
    """Milliseconds of CPU of the product by share of zeros, from dense arrays and from rows in compressed form.

    ``where`` says on which machine, with which versions and on which day it was measured.
    """

    zeros: tuple[float, ...]
    dense: tuple[float, ...]
    compressed: tuple[float, ...]
    where: str


def operands(share: float, size: int = SIZE) -> tuple[Any, Any]:
    """Activations (size, size) of which this share are zeros, and weights (size, size), in single precision."""
    draw = np.random.default_rng(0)
    activations, weights = draw.random((size, size), np.float32) + 0.5, draw.random((size, size), np.float32)
    activations[draw.random((size, size)) < share] = 0
    return activations, weights


def measure(clock: Callable[[], float], where: str, size: int = SIZE) -> Spared:
    """The least of ``REPEATS`` timings of each product, taken in turns so that a busy moment strikes all alike."""
    pairs = [operands(share, size) for share in ZEROS]
    products = [(a, w) for a, w in pairs] + [(sparse.csr_array(a), w) for a, w in pairs]
    taken = [[_milliseconds(clock, *product) for product in products] for _ in range(REPEATS)]
    least = [round(time, 2) for time in np.min(taken[1:], axis=0).tolist()]
    return Spared(ZEROS, tuple(least[: len(ZEROS)]), tuple(least[len(ZEROS) :]), where)


def store(spared: Spared) -> None:
    """Keep what was measured."""
    FILE.write_text(json.dumps(asdict(spared), indent=1) + "\n", encoding="utf-8")


@lru_cache(maxsize=1)
def found() -> Spared:
    """What was measured last."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    zeros, dense, compressed = (tuple(stored[name]) for name in ("zeros", "dense", "compressed"))
    return Spared(zeros, dense, compressed, stored["where"])


def _milliseconds(clock: Callable[[], float], left: Any, right: Any) -> float:
    start = clock()
    left @ right
    return 1000 * (clock() - start)
