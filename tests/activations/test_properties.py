"""What holds for every activation at every setting: derivatives, shapes and dtypes."""

import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.applied import PIECE
from tests.activations.conftest import any_floats, over_cases
from tests.all_cases import all_cases

pytestmark = pytest.mark.filterwarnings("error")

over_catalogue = all_cases("activation", CATALOGUE.values(), ids=CATALOGUE)
SHAPES = [(), (0,), (1,), (3,), (2, 3), (3, 0, 2), (2, 1, 3)]
FLOATS = [np.float16, np.float32, np.float64]
INTEGERS = [np.int8, np.uint16, np.int32, np.int64]


def orders(activation):
    return activation, activation.derivative, activation.second_derivative


ON_SCREEN = np.unique(np.concatenate([np.random.default_rng(7).uniform(-30, 30, 400), np.linspace(-9, 9, 181)]))


def difference(g, x, h=1e-3):
    """Four central points, so that the step's own error is h^4 and not h^2."""
    return (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)


def estimate(g, x):
    """How fast g rises, and what half the step changes about it: the fifth derivative may be anything."""
    finer = difference(g, x, 5e-4)
    return finer, abs(difference(g, x) - finer)


def away_from_kinks(activation, params):
    kinks = np.array(activation.kinks_at(**params))
    return ON_SCREEN[(np.abs(ON_SCREEN[:, None] - kinks) > 3e-3).all(axis=1)]


def assert_near(got, true, doubt):
    np.testing.assert_array_less(np.abs(got - true), 1e-8 * np.abs(true) + 2e-8 + doubt)


@over_cases
def test_slope_is_how_fast_the_value_rises(case):
    activation, params = case
    x = away_from_kinks(activation, params)
    rise, doubt = estimate(lambda t: activation(t, **params), x)
    assert_near(activation.derivative(x, **params), rise, doubt)


@over_cases
def test_bend_is_how_fast_the_slope_rises(case):
    activation, params = case
    x = away_from_kinks(activation, params)
    rise, doubt = estimate(lambda t: activation.derivative(t, **params), x)
    assert_near(activation.second_derivative(x, **params), rise, doubt)


@over_catalogue
@all_cases("dtype", FLOATS)
def test_floats_keep_shape_and_dtype(activation, dtype):
    for shape in SHAPES:
        x = np.linspace(-5, 5, math.prod(shape)).astype(dtype).reshape(shape)
        for order in orders(activation):
            assert (order(x).shape, order(x).dtype) == (shape, dtype)


@over_catalogue
@all_cases("dtype", INTEGERS)
def test_integers_become_float64(activation, dtype):
    x = np.array([0, 1, 7, 120], dtype=dtype)
    for order in orders(activation):
        assert order(x).dtype == np.float64
        np.testing.assert_array_equal(order(x), order(x.astype(float)))


@over_catalogue
def test_a_scalar_gives_a_numpy_scalar(activation):
    for order in orders(activation):
        assert type(order(1.5)) is type(order(2)) is type(order(np.int8(2))) is np.float64
        assert type(order(np.float64(1.5))) is type(order(np.array(1.5))) is np.float64
        assert type(order(np.float32(1.5))) is np.float32
        assert type(order(np.float16(1.5))) is np.float16


@over_cases
def test_an_array_is_its_numbers_one_by_one_and_is_left_alone(case):
    activation, params = case
    row = np.concatenate([any_floats(12), [0.0, -0.0, -1.0, 3.0, np.inf, -np.inf]])
    before = row.copy()
    for order in orders(activation):
        wide, single = order(row, **params), [order(x, **params) for x in row.tolist()]
        # SIMD and scalar loops may round the last digit differently.
        np.testing.assert_allclose(wide, single, rtol=1e-14, atol=0)
        np.testing.assert_array_equal(order(row[::-1], **params)[::-1], wide)
        assert not np.may_share_memory(wide, row)
    np.testing.assert_array_equal(row, before)


# Three functions show that pieces keep every dtype.
LARGE = [(a, np.float64) for a in CATALOGUE.values()]
LARGE += [(CATALOGUE[slug], dtype) for slug in ("relu", "gelu", "softplus") for dtype in FLOATS[:2]]


@all_cases(("activation", "dtype"), LARGE)
def test_many_numbers_are_what_each_row_of_them_is(activation, dtype):
    # Together they are computed in pieces, each row alone is not.
    rows = np.random.default_rng(5).normal(0, 6, (3, PIECE // 2 - 1000)).astype(dtype)
    rows[:, :3] = np.nan, -np.inf, np.inf
    before = rows.copy()
    for order in orders(activation):
        whole = order(rows.T).T
        assert (whole.shape, whole.dtype) == (rows.shape, dtype)
        assert not np.may_share_memory(whole, rows)
        np.testing.assert_allclose(whole, [order(row) for row in rows], rtol=max(1e-14, np.finfo(dtype).eps), atol=0)
    np.testing.assert_array_equal(rows, before)


def test_many_numbers_may_each_have_a_setting_of_its_own():
    x, alpha = np.linspace(-6, 6, PIECE + 7), np.linspace(0, 3, PIECE + 7)
    np.testing.assert_allclose(CATALOGUE["elu"](x, alpha=alpha), CATALOGUE["elu"](x) * np.where(x > 0, 1, alpha))


@over_cases
def test_nan_passes_through(case):
    activation, params = case
    for order in orders(activation):
        for dtype in FLOATS:
            got = order(np.array([np.nan, 1.0], dtype=dtype), **params)
            np.testing.assert_array_equal(np.isnan(got), [True, False])


@over_catalogue
@all_cases("given", [1 + 1j, np.complex64(2), np.array([1.0, 1j]), [0.5, 1j]])
def test_complex_numbers_are_refused_and_not_cut_to_their_real_part(activation, given):
    for order in orders(activation):
        with pytest.raises(TypeError, match=rf"{activation.slug} takes real numbers, got complex"):
            order(given)
