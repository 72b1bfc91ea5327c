"""A parameter is described once, and a wrong one is refused by name, whatever is asked."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activations import CATALOGUE
from tests.all_cases import all_cases

pytestmark = pytest.mark.filterwarnings("error")

over_catalogue = all_cases("activation", CATALOGUE.values(), ids=CATALOGUE)
PARAMS = [(activation, param) for activation in CATALOGUE.values() for param in activation.params]
over_params = all_cases(
    ("activation", "param"), PARAMS, ids=[f"{activation.slug}-{param.name}" for activation, param in PARAMS]
)
# What papers and libraries use, and what the pages tell a story with: a default, the slider's ends, presets.
PROMISED = {
    ("leaky_relu", "alpha"): (0.01, 0, 1, {"paper": 0.01, "seed_low": 0.1, "tensorflow": 0.2, "keras": 0.3}),
    ("elu", "alpha"): (1, 0, 3, {"seed_low": 0.1, "seed_high": 0.3, "paper": 1}),
    ("swish", "beta"): (1, 0, 5, {"half_line": 0, "silu": 1, "gelu_like": 1.7, "sharp": 5}),
    ("softplus", "beta"): (1, 0.2, 5, {"soft": 0.5, "paper": 1, "sharp": 5}),
    ("soft_shrink", "lam"): (0.5, 0, 2, {"zero": 0, "pytorch": 0.5}),
}


def asks(activation, **params):
    return [
        lambda: activation(1.0, **params),
        lambda: activation.derivative(1.0, **params),
        lambda: activation.second_derivative(1.0, **params),
        lambda: activation.sides(1.0, **params),
        lambda: activation.traits_at(**params),
    ]


def outside(param):
    low, high = param.domain
    yield from (math.nan, math.inf, -math.inf)
    if math.isfinite(low):
        yield low if param.domain_open_low else math.nextafter(low, -math.inf)
        yield low - 1.0
    if math.isfinite(high):
        yield math.nextafter(high, math.inf)


@all_cases(("slug", "name"), PROMISED)
def test_a_slider_is_the_promised_one(slug, name):
    param = next(p for p in CATALOGUE[slug].params if p.name == name)
    assert (param.default, param.low, param.high, dict(param.presets)) == PROMISED[slug, name]
    # Below 0 a "leak" turns the function over and a gate opens the wrong way: none of the papers means that.
    assert param.domain == (0, math.inf)
    assert param.domain_open_low == (slug == "softplus")  # which divides by beta


@over_catalogue
def test_an_unknown_parameter_is_named(activation):
    for ask in asks(activation, gamma=0.5):
        with pytest.raises(ValueError, match="gamma"):
            ask()


@over_params
def test_a_value_outside_the_domain_is_refused_by_name(activation, param):
    for value in outside(param):
        for ask in asks(activation, **{param.name: value}):
            with pytest.raises(ValueError, match=rf"\b{param.name}\b"):
                ask()


@over_params
def test_every_offered_value_is_on_the_slider_and_in_the_domain(activation, param):
    low, high = param.domain
    assert low <= param.low < param.high <= high
    assert 0 < param.step < param.high - param.low
    for value in (param.default, param.high, *param.presets.values()):
        assert param.low <= value <= param.high
        steps = (value - param.low) / param.step
        assert steps == pytest.approx(round(steps), abs=1e-9), "the slider cannot stand on it"


@over_params
def test_the_default_is_what_you_get(activation, param):
    x = np.linspace(-9, 9, 181)
    defaults = {param.name: param.default}
    for order in ("__call__", "derivative", "second_derivative"):
        ask = getattr(activation, order)
        np.testing.assert_array_equal(ask(x), ask(x, **defaults))
    assert activation.sides(0.0) == activation.sides(0.0, **defaults)


@over_params
@given(data=st.data())
def test_any_valid_value_gives_numbers_over_the_whole_line(activation, param, data):
    low, high = param.domain
    value = data.draw(st.floats(low, high, exclude_min=param.domain_open_low, allow_infinity=False))
    # A parameter that is next to nothing, or beyond all measure, is still a number.
    x = np.array([-1e300, -750.0, -40.0, -1.0, -1e-300, 0.0, 1e-300, 1.0, 40.0, 750.0, 1e300])
    for order in (activation, activation.derivative, activation.second_derivative):
        assert not np.isnan(order(x, **{param.name: value})).any()


@over_params
def test_float32_is_not_widened_by_a_parameter(activation, param):
    x = np.linspace(-3, 3, 7, dtype=np.float32)
    for value in (param.high, np.float64(param.high), np.float32(param.high)):
        for order in (activation, activation.derivative, activation.second_derivative):
            assert order(x, **{param.name: value}).dtype == np.float32


@over_params
def test_a_complex_parameter_is_refused_by_name(activation, param):
    for ask in asks(activation, **{param.name: param.default + 0j}):
        with pytest.raises(TypeError, match=rf"\b{param.name}\b must be real"):
            ask()
