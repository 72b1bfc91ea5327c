"""Every activation at every setting worth a test, as the fixture `case`: (activation, parameters)."""

import itertools

import pytest
from hypothesis import settings

from activations import CATALOGUE, Activation, Param

# The same examples on every machine and every run: a red build can be repeated.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, max_examples=40)
settings.load_profile("repeatable")

# Beyond presets and ends of the slider: where a trait flips (0, 1), and values only the domain allows.
ALSO = (-1.0, 0.0, 1e-3, 0.3, 1.0, 1.702, 2.0, 7.5)


def values(param: Param) -> list[float]:
    named = {param.default, param.low, param.high, *param.presets.values()}
    low, high = param.domain
    above = [value for value in ALSO if low < value <= high or (value == low and not param.domain_open_low)]
    return sorted(named.union(above))


def cases() -> list[tuple[Activation, dict[str, float]]]:
    found = []
    for act in CATALOGUE.values():
        names = [param.name for param in act.params]
        found += [(act, dict(zip(names, some, strict=True))) for some in itertools.product(*map(values, act.params))]
    return found


def label(case: tuple[Activation, dict[str, float]]) -> str:
    act, params = case
    return "-".join([act.slug, *(f"{name}={value:g}" for name, value in params.items())])


@pytest.fixture(params=cases(), ids=label, scope="session")
def case(request: pytest.FixtureRequest) -> tuple[Activation, dict[str, float]]:
    return request.param
