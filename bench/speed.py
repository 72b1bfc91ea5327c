"""Nanoseconds an element of every function and slope, 10**6 float64 values on one thread: ``python -m bench.speed``.

Then those that have a bar, beside the one call of NumPy or SciPy that each needs; last, what an import costs.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import expit, ndtr

from activations import CATALOGUE

N, PASSES, MANY = 1_000_000, 5, 40
IMPORT_MS, IMPORTS = 150.0, 5
# The value's bar in nanoseconds; the call it needs, and of what.
BARS: dict[str, tuple[float, Any, Callable[[Any], Any]]] = {
    "relu": (2.0, np.maximum, lambda x: (x, 0.0)),
    "sigmoid": (12.0, expit, lambda x: (x,)),
    "tanh": (12.0, np.tanh, lambda x: (x,)),
    "elu": (12.0, np.expm1, lambda x: (np.minimum(x, 0.0),)),
    "swish": (12.0, expit, lambda x: (x,)),
    "gelu": (40.0, ndtr, lambda x: (x,)),
    "mish": (40.0, np.exp, lambda x: (np.minimum(x, 20.0),)),
}
_IMPORT = """
import time, numpy, scipy.special
start = time.perf_counter()
import activations
print(1e3 * (time.perf_counter() - start))
"""


def nanoseconds(call: Callable[[Any], Any], x: Any, passes: int = PASSES) -> float:
    """The shortest of several passes, in the processor's time of this thread."""
    best = float("inf")
    for _ in range(passes):
        start = time.thread_time()
        call(x)
        best = min(best, (time.thread_time() - start) * 1e9 / len(x))
    return best


def import_ms() -> float:
    """Milliseconds to import ``activations`` where NumPy and SciPy already are: the shortest of several."""
    runs = [subprocess.run([sys.executable, "-c", _IMPORT], check=True, capture_output=True) for _ in range(IMPORTS)]
    return min(float(each.stdout) for each in runs)


def barred(slug: str, x: Any) -> str:
    """The row of a function that has a bar."""
    bar, kernel, given = BARS[slug]
    result, arguments = np.empty_like(x), given(x)
    alone = nanoseconds(lambda _: kernel(*arguments, out=result), x, MANY)
    value = nanoseconds(CATALOGUE[slug], x, MANY)
    met = "yes" if value <= bar else "no, nor is its kernel" if alone > bar else "no"
    return f"| {slug} | {value:.1f} | {bar:g} | {met} | {kernel.__name__} {alone:.1f} |"


def main() -> None:
    """Measure and print."""
    x = np.random.default_rng(0).standard_normal(N) * 3
    print("| function | value, ns | slope, ns |\n|---|--:|--:|")
    for slug, activation in CATALOGUE.items():
        print(f"| {slug} | {nanoseconds(activation, x):.1f} | {nanoseconds(activation.derivative, x):.1f} |")
    print("\n| value, ns | | bar | met | its kernel alone |\n|---|--:|--:|---|---|")
    for slug in BARS:
        print(barred(slug, x))
    spent = import_ms()
    met = "yes" if spent <= IMPORT_MS else "no"
    print(f"\nimport activations, after numpy and scipy.special: {spent:.0f} ms, bar {IMPORT_MS:g} ms, met: {met}")


if __name__ == "__main__":
    main()
