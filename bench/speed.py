"""Nanoseconds an element of every function and slope, 10**6 float64 values on one thread: ``python -m bench.speed``."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from activations import CATALOGUE

N, PASSES = 1_000_000, 5


def nanoseconds(call: Callable[[Any], Any], x: Any) -> float:
    """The shortest of several passes, in the processor's time of this thread."""
    best = float("inf")
    for _ in range(PASSES):
        start = time.thread_time()
        call(x)
        best = min(best, (time.thread_time() - start) * 1e9 / len(x))
    return best


def main() -> None:
    """Measure and print."""
    x = np.random.default_rng(0).standard_normal(N) * 3
    print("| function | value, ns | slope, ns |\n|---|--:|--:|")
    for slug, act in CATALOGUE.items():
        print(f"| {slug} | {nanoseconds(act, x):.1f} | {nanoseconds(act.slope, x):.1f} |")


if __name__ == "__main__":
    main()
