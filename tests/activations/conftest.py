"""Every activation at every setting worth a test: `over_cases` gives each as `case`, (activation, parameters)."""

import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray

from activations import CATALOGUE, Activation, Param
from tests.all_cases import all_cases

# The same examples on every machine and every run: a red build can be repeated.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, max_examples=25)
settings.load_profile("repeatable")

# Beyond presets and ends of the slider: where a trait flips (0, 1), and values only the domain allows.
ALSO = (-1.0, 0.0, 0.3, 1.0, 7.5)


def any_floats(count: int) -> NDArray[np.float64]:
    """So many finite floats of any size, as often near 0 as far out; the same at every call."""
    bits = np.random.default_rng(count).integers(0, 2**64, 2 * count, dtype=np.uint64).view(np.float64)
    return bits[np.isfinite(bits)][:count]


def values(param: Param) -> list[float]:
    named = {param.default, param.low, param.high, *param.presets.values()}
    low, high = param.domain
    above = [value for value in ALSO if low < value <= high or (value == low and not param.domain_open_low)]
    return sorted(named.union(above))


def cases() -> list[tuple[Activation, dict[str, float]]]:
    return [
        (activation, dict(some)) for activation in CATALOGUE.values() for some in dict.fromkeys(settings_of(activation))
    ]


def settings_of(activation: Activation) -> Iterator[tuple[tuple[str, float], ...]]:
    """Each parameter at all its values, the others at their defaults; then the corners of all sliders."""
    for param in activation.params:
        yield from (tuple({**activation.defaults, param.name: value}.items()) for value in values(param))
    ends = itertools.product(*((param.low, param.high) for param in activation.params))
    yield from (tuple(zip(activation.defaults, some, strict=True)) for some in ends)


def label(case: tuple[Activation, dict[str, float]]) -> str:
    activation, params = case
    return "-".join([activation.slug, *(f"{name}={value:g}" for name, value in params.items())])


over_cases = all_cases("case", cases(), ids=label)
