"""At ±inf stands the limit, or NaN where the record says there is none; on the whole line there is no warning."""

import dataclasses
import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.spec import Activation, Latex
from tests.activations.conftest import any_floats, over_cases
from tests.all_cases import all_cases

pytestmark = pytest.mark.filterwarnings("error")

FLOATS = [np.float16, np.float32, np.float64]
ENDS = np.array([-np.inf, np.inf])


def with_limits(activation):
    """Those of value, slope and bend that know where they go."""
    return [
        order
        for k, order in enumerate((activation, activation.derivative, activation.second_derivative))
        if k not in activation.no_limit
    ]


def limit(order, params):
    """Where the function was going: a value that still grows between 1e150 and 1e300 is on its way to infinity."""
    far, farther = order(np.array([-1e150, 1e150]), **params), order(np.array([-1e300, 1e300]), **params)
    return np.where(np.abs(farther) > np.abs(far) + 1e-9, np.copysign(np.inf, farther), farther)


@all_cases("dtype", FLOATS)
@over_cases
def test_infinity_is_where_the_function_was_going(case, dtype):
    activation, params = case
    for order in with_limits(activation):
        expected = limit(order, params).astype(dtype)
        np.testing.assert_allclose(order(ENDS.astype(dtype), **params), expected, rtol=0, atol=1e-100)


@over_cases
def test_a_function_without_a_limit_says_so(case):
    activation, params = case
    for k, order in enumerate((activation, activation.derivative, activation.second_derivative)):
        assert np.isnan(order(ENDS, **params)).all() == (k in activation.no_limit)


@all_cases("dtype", FLOATS)
@over_cases
def test_the_whole_line_is_computed_without_a_warning(case, dtype):
    activation, params = case
    top, least = float(np.finfo(dtype).max), float(np.finfo(dtype).smallest_subnormal)
    size = np.concatenate([[0.0], np.geomspace(least, top / 2, 400), np.linspace(0, 800, 401), [top, np.inf]])
    x = np.concatenate([-size, size]).astype(dtype)
    for order in (activation, activation.derivative, activation.second_derivative):
        assert not np.isnan(order(x[np.isfinite(x)], **params)).any()
        order(x, **params)
        for one in x[::333]:
            order(one, **params)


@over_cases
def test_no_float_is_a_trap(case):
    activation, params = case
    for order in (activation, activation.derivative, activation.second_derivative):
        assert not np.isnan(order(any_floats(800), **params)).any()
    for order in with_limits(activation):
        assert not np.isnan(order(ENDS, **params)).any()


SINE = Activation(
    slug="sine",
    name="Sine",
    latex=Latex(r"f(x) = \sin x", r"f'(x) = \cos x"),
    f=np.sin,
    df=np.cos,
    ddf=lambda x: -np.sin(x),
    claims={},
    no_limit=frozenset({0, 1, 2}),
)


@all_cases("dtype", FLOATS)
def test_what_oscillates_for_ever_is_nan_at_infinity_and_warns_nobody(dtype):
    x = np.array([-np.inf, 0.5, np.inf, np.nan], dtype=dtype)
    for order in (SINE, SINE.derivative, SINE.second_derivative):
        assert np.isnan(order(x)).tolist() == [True, False, True, True]
        assert order(x).dtype == dtype
    assert math.isnan(SINE(math.inf))


def test_each_order_has_its_own_limit():
    # A straight line with a ripple goes to infinity, and its slope nowhere.
    snake = dataclasses.replace(SINE, f=lambda x: x, df=lambda x: 1 + np.cos(x), no_limit=frozenset({1, 2}))
    assert snake(ENDS).tolist() == ENDS.tolist()
    assert np.isnan(snake.derivative(ENDS)).all()


def test_every_function_of_the_catalogue_knows_its_orders():
    assert all(activation.no_limit <= {0, 1, 2} for activation in CATALOGUE.values())
