"""What a line of NumPy costs: nanoseconds a value for each function, forwards and backwards, at several array sizes.

The clock is handed in; it should count the processor's time of this thread, so that waiting for others is not measured.
A line is called until it has had at least ``_SAMPLE`` values, which is one sample, and small samples are taken several
times in a row. Of all samples the shortest counts: whatever else happens on a machine can only make one longer.
"""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy
from scipy.special import erf, expit

from activations.spec import Array, Param

Clock = Callable[[], float]
SIZE = Param("size", r"\log_{10} n", 6.0, 3.0, 7.0, 0.2, domain=(0.0, 9.0))
LIVE = np.arange(3.0, 7.0)  # the sizes that are timed while somebody waits
BUDGET = 2.0  # seconds of a measurement while somebody waits
BACK = ".back"
COPY, RELU = "copy", "relu"
# The value, as it is usually written: x is the array, float64.
FORWARD = {
    "relu": "np.maximum(x, 0)",
    "leaky_relu": "np.maximum(x, 0.01 * x)",
    "hard_tanh": "np.clip(x, -1, 1)",
    "tanh": "np.tanh(x)",
    "sigmoid": "expit(x)",
    "swish": "x * expit(x)",
    "elu": "np.where(x > 0, x, np.expm1(np.minimum(x, 0)))",
    "selu": "scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
    "softplus": "np.logaddexp(0, x)",
    "gelu": "0.5 * x * (1 + erf(x / sqrt(2)))",
    "mish": "x * np.tanh(np.logaddexp(0, x))",
}
# The gradient g that arrives, times the slope: y is what the function gave, which a network keeps for this.
BACKWARD = {
    "relu": "g * (y > 0)",
    "leaky_relu": "g * np.where(x > 0, 1, 0.01)",
    "hard_tanh": "g * (np.abs(x) < 1)",
    "tanh": "g * (1 - y * y)",
    "sigmoid": "g * y * (1 - y)",
    "swish": "g * ((s := expit(x)) + y * (1 - s))",
    "elu": "g * np.where(x > 0, 1, y + 1)",
    "selu": "g * np.where(x > 0, scale, y + scale * alpha)",
    "softplus": "g * expit(x)",
    "gelu": "g * (0.5 * (1 + erf(x / sqrt(2))) + x * np.exp(-0.5 * x * x) / sqrt(2 * pi))",
    "mish": "g * ((t := np.tanh(np.logaddexp(0, x))) + x * (1 - t * t) * expit(x))",
}
# The same written in several ways, by what they give; ``out`` is an array that is there already.
WRITINGS = {
    "cube": {"cube_power": "x**3", "cube_product": "x * x * x"},
    "gelu_tanh": {
        "gelu_tanh_power": "0.5 * x * (1 + np.tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))",
        "gelu_tanh_product": "0.5 * x * (1 + np.tanh(sqrt(2 / pi) * (x + 0.044715 * x * x * x)))",
    },
    "sigmoid": {"sigmoid": "expit(x)", "sigmoid_exp": "1 / (1 + np.exp(-x))"},
}
LINES: Mapping[str, str] = {
    COPY: "np.copy(x)",
    **{name + part: code[name] for name in FORWARD for part, code in (("", FORWARD), (BACK, BACKWARD))},
    **{name: code for ways in WRITINGS.values() for name, code in ways.items() if name not in FORWARD},
}
_SAMPLE, _ROW = 30_000, 300_000  # values of one sample, and of those in a row
_AT_HAND = 4_000_000  # values: 32 MB, the largest block that the C library of Linux keeps
_NAMES = {"np": np, "erf": erf, "expit": expit, "sqrt": math.sqrt, "pi": math.pi}
_NAMES |= {"alpha": 1.6732632423543772, "scale": 1.0507009873554805}  # of SELU
RECORDED = Path(__file__).with_name("cost.json")


@dataclass(frozen=True, eq=False)
class Timings:
    """Nanoseconds a value of each line, at arrays of 10**size values for each of ``sizes``; NaN: not measured.

    ``spent`` are the seconds that it took, ``passes`` how often each line was timed at each size, and ``about`` says on
    what it was measured, with what, and when.
    """

    sizes: Array
    nanoseconds: Mapping[str, Array]
    spent: float = 0.0
    passes: int = 0
    about: Mapping[str, str] | None = None

    def at(self, line: str, size: float) -> float:
        """Nanoseconds a value at 10**size values; NaN if that was not measured."""
        found = np.flatnonzero(np.abs(self.sizes - size) < 1e-6)
        return float(self.nanoseconds[line][found[0]]) if len(found) else math.nan

    def ratio(self, line: str, size: float, to: str = RELU) -> float:
        """How many times the cost of another line this one has."""
        return self.at(line, size) / self.at(to, size)


def measure(clock: Clock, sizes: Array = LIVE, budget: float = BUDGET, passes: int = 99) -> Iterator[Timings]:
    """Time every line at every size, again and again; yields what is known after each size.

    Stops after so many ``passes`` or, earlier, before the sample that would carry the ``clock`` beyond ``budget``
    seconds. How long one takes is estimated from the same line's last; the very first ones, at few values, are short.
    """
    start = clock()
    best = {line: np.full(len(sizes), math.nan) for line in LINES}
    given = np.random.default_rng(0).standard_normal((3, round(10 ** max(sizes))))
    # Memory that was given back once stays at hand; otherwise the first samples would wait for the system's.
    np.ones(_AT_HAND)
    for done in range(passes):
        for place, size in enumerate(sizes):
            whole = _time_lines(clock, given[:, : round(10**size)], best, place, start + budget)
            known = {line: found.copy() for line, found in best.items()}
            yield Timings(sizes, known, clock() - start, done + (place + 1 == len(sizes)) * whole)
            if not whole:
                return


def _time_lines(clock: Clock, given: Array, best: dict[str, Array], place: int, end: float) -> bool:
    """Time every line once; False if the time is up."""
    x, g, out = given
    y, n = x, len(x)
    calls = max(1, _SAMPLE // n)
    for line, call in _compiled().items():
        for _ in range(max(1, _ROW // (calls * n))):
            last = best[line][place] if math.isfinite(best[line][place]) else best[line][place - 1] if place else 0.0
            before = clock()
            if before + np.nan_to_num(last) * 1e-9 * n * calls > end:
                return False
            for _ in range(calls):
                result = call(x, g, y, out)
            best[line][place] = np.fmin(best[line][place], (clock() - before) * 1e9 / n / calls)
        y = result if line in FORWARD else y
    return True


@lru_cache(maxsize=1)
def _compiled() -> dict[str, Callable[..., Array]]:
    return {line: eval(f"lambda x, g, y, out: {code}", _NAMES) for line, code in LINES.items()}


def evaluate(line: str, x: Array, g: Array, y: Array) -> Array:
    """What a line gives, for those who want to know whether it is right."""
    return np.asarray(_compiled()[line](x, g, y, np.empty_like(x)))


def versions() -> str:
    """With what is measured."""
    return f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"


def store(timings: Timings, about: Mapping[str, str], path: Path = RECORDED) -> None:
    """Store the timings, three digits of each, with the facts about the measurement."""
    rows = {line: [float(f"{cost:.3g}") for cost in costs] for line, costs in timings.nanoseconds.items()}
    record = {"about": dict(about), "passes": timings.passes, "spent": round(timings.spent)}
    text = json.dumps({**record, "sizes": timings.sizes.tolist(), "nanoseconds": rows})
    path.write_text(text.replace("], ", "],\n") + "\n", encoding="utf-8")


@lru_cache(maxsize=4)
def recorded(path: Path = RECORDED) -> Timings:
    """The timings that came with the guide; ``python -m bench.cost`` takes them anew."""
    record = json.loads(path.read_text(encoding="utf-8"))
    rows = {line: np.array(costs) for line, costs in record["nanoseconds"].items()}
    return Timings(np.array(record["sizes"]), rows, record["spent"], record["passes"], record["about"])
