"""What hooks recorded of a network, a line of JSON for each layer: read from text that anybody may have written.

Three such texts are kept here, which ``frameworks/hooks.py`` recorded from networks in PyTorch.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from activations.spec import Param

LAYER = Param(
    "at", "l", 1, 1, 6, 1, domain=(1, math.inf), whole=True
)  # of a recorded network; ``layer`` is another page's choice
LONGEST = 200_000  # characters of a text
MOST_LAYERS, MOST_BINS, MOST_UNITS = 100, 512, 10**6
REACH = 30  # medians of |z| from 0; a pre-activation further out is an outlier
FLAT = 0.01  # a slope nearer to 0 is saturated
NETWORKS = ("healthy", "dead", "saturated")
_LONGEST_NAME = 40
_LARGEST, _MOST = 1e30, 10**12  # numbers and counts that are read
_SMALLEST = 1e-300  # width of a histogram
_SHOWN = 24  # characters of what is wrong
_FOLDER = Path(__file__).parent


class RecordError(ValueError):
    """What is wrong with a text: the ``kind`` of the mistake, the ``line`` counted from 1, the ``key`` and the value
    that is wrong, as ``word``."""

    def __init__(self, kind: str, line: int = 0, key: str = "", word: str = "") -> None:
        super().__init__(f"{kind} in line {line}: {key} {word}")
        self.kind, self.line, self.key, self.word = kind, line, key, word


@dataclass(frozen=True)
class Layer:
    """What was recorded of a layer: a pre-activation z for each of ``units`` and each of ``inputs``.

    ``counts`` is their histogram in bins of equal width from ``low`` to ``high``; ``below`` and ``above`` lie outside.
    ``off`` is the share with a slope of 0, ``saturated`` that with another slope nearer to 0 than ``FLAT``. Units are
    ``dead`` if their slope is 0 for every input, and ``stuck`` if for every input it is nearer to 0 than ``FLAT`` and
    sometimes not 0. ``median`` is that of \\|z\\|, ``gradient`` the root mean square of the gradient at z, NaN where it
    is no number, None where it was not recorded. If ``broken`` many z are NaN or infinite, all else is empty.
    """

    name: str
    function: str
    inputs: int
    units: int
    broken: int = 0
    low: float = 0.0
    high: float = 1.0
    counts: tuple[int, ...] = ()
    below: int = 0
    above: int = 0
    off: float = 0.0
    dead: tuple[int, ...] = ()
    saturated: float = 0.0
    stuck: tuple[int, ...] = ()
    median: float = 0.0
    largest: float = 0.0
    gradient: float | None = None

    @property
    def outliers(self) -> int:
        """How many pre-activations lie outside of the histogram."""
        return self.below + self.above


@dataclass(frozen=True)
class Network:
    """The layers, from the input to the output, and how many lines of the text were ``skipped``."""

    layers: tuple[Layer, ...]
    skipped: int = 0

    @property
    def factor(self) -> float | None:
        """The factor by which the gradient changes from a layer to the one before it, a geometric mean over all layers.

        None with fewer than two gradients, and where one of them is 0 or no number.
        """
        found = [layer.gradient for layer in self.layers if layer.gradient is not None]
        if len(found) < 2 or not all(0 < each < math.inf for each in found):
            return None
        return float((found[0] / found[-1]) ** (1 / (len(found) - 1)))


def parse(text: str) -> Network:
    """The network of a text; lines that do not begin with a brace are skipped. RecordError if it is none."""
    if len(text) > LONGEST:
        raise RecordError("long", word=str(math.ceil(len(text) / 1000)))
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    records = [(number, line) for number, line in lines if line.startswith("{")]
    if not records:
        raise RecordError("nothing" if lines else "empty")
    if len(records) > MOST_LAYERS:
        raise RecordError("layers", word=str(len(records)))
    return Network(tuple(_layer(number, line) for number, line in records), len(lines) - len(records))


@lru_cache
def recorded(name: str) -> Network:
    """One of ``NETWORKS``."""
    return parse((_FOLDER / f"recorded_{name}.jsonl").read_text(encoding="utf-8"))


def _layer(line: int, text: str) -> Layer:
    try:
        # Numbers of a thousand digits and brackets of a thousand levels are refused as well.
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise RecordError("json", line) from None
    if not isinstance(found, dict):
        raise RecordError("json", line)
    return _Reader(found, line).layer()


class _Reader:
    """A record of which each value is checked as it is read."""

    def __init__(self, found: Mapping[str, Any], line: int) -> None:
        self.found, self.line = found, line

    def layer(self) -> Layer:
        """The layer that it describes."""
        inputs, units = self._whole("inputs", 1, _MOST), self._whole("units", 1, MOST_UNITS)
        every = inputs * units
        base = self._name("layer"), self._name("function"), inputs, units
        if self.found.get("not_finite"):
            return Layer(*base, broken=self._whole("not_finite", 0, every))
        low, high = self._ends()
        off, saturated = self._number("off", 0, 1), self._number("saturated", 0, 1)
        if off + saturated > 1 + 1e-9:
            self._fail("sum", "saturated", saturated)
        counts = self._wholes("counts", MOST_BINS, every + 1)
        if not counts:
            self._fail("bins", "counts", [])
        return Layer(
            *base, low=low, high=high, counts=counts,
            below=self._whole("below", 0, every), above=self._whole("above", 0, every),
            off=off, dead=self._wholes("dead", units, units),
            saturated=saturated, stuck=self._wholes("saturated_units", units, units),
            median=self._number("median", 0), largest=self._number("largest"), gradient=self._gradient(),
        )  # fmt: skip

    def _fail(self, kind: str, key: str, value: Any) -> NoReturn:
        if isinstance(value, list | dict):
            word = "[…]" if isinstance(value, list) else "{…}"
        else:
            word = json.dumps(value, ensure_ascii=False)
        raise RecordError(kind, self.line, key, word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…")

    def _value(self, key: str) -> Any:
        if key not in self.found:
            self._fail("missing", key, None)
        return self.found[key]

    def _name(self, key: str) -> str:
        value = self._value(key)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MOST:
            value = str(value)
        if not isinstance(value, str):
            self._fail("text", key, value)
        return " ".join(value.split())[:_LONGEST_NAME]

    def _number(self, key: str, low: float = -_LARGEST, high: float = _LARGEST) -> float:
        return self._checked(key, self._value(key), low, high)

    def _whole(self, key: str, low: int, high: int) -> int:
        return self._checked_whole(key, self._value(key), low, high)

    def _wholes(self, key: str, longest: int, end: int) -> tuple[int, ...]:
        """A list of whole numbers from 0 to below ``end``."""
        return tuple(self._checked_whole(key, each, 0, end - 1) for each in self._list(key, longest))

    def _checked_whole(self, key: str, value: Any, low: int, high: int) -> int:
        number = self._checked(key, value, low, high)
        if number != int(number):
            self._fail("whole", key, value)
        return int(number)

    def _checked(self, key: str, value: Any, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._fail("number", key, value)
        if value != value or not low <= value <= high:
            self._fail("range", key, value)
        return float(value)

    def _list(self, key: str, longest: int) -> list[Any]:
        value = self._value(key)
        if not isinstance(value, list):
            self._fail("list", key, value)
        if len(value) > longest:
            self._fail("bins" if key == "counts" else "entries", key, value)
        return value

    def _ends(self) -> tuple[float, float]:
        found = self._list("edges", MOST_BINS + 1)
        ends = [self._checked("edges", each, -_LARGEST, _LARGEST) for each in found]
        if len(ends) < 2 or not ends[-1] - ends[0] > max(1e-12 * max(map(abs, ends)), _SMALLEST):
            self._fail("edges", "edges", found)
        return ends[0], ends[-1]

    def _gradient(self) -> float | None:
        value = self.found.get("gradient_rms")
        if value is None:
            return None
        if isinstance(value, float) and not math.isfinite(value):
            return math.nan
        return self._number("gradient_rms", 0)
