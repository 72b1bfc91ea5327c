"""What holds for every activation at every setting: derivatives, shapes and dtypes."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from activations import CATALOGUE

pytestmark = pytest.mark.filterwarnings("error")

over_catalogue = pytest.mark.parametrize("act", CATALOGUE.values(), ids=CATALOGUE)
ON_SCREEN = st.floats(-30, 30)
ANY_SHAPE = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
FLOATS = [np.float16, np.float32, np.float64]
INTEGERS = [np.int8, np.uint16, np.int32, np.int64]


def orders(act):
    return act, act.slope, act.bend


def difference(g, x, h=1e-3):
    """Four central points, so that the step's own error is h^4 and not h^2."""
    return (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)


@given(x=ON_SCREEN)
def test_slope_is_how_fast_the_value_rises(case, x):
    act, params = case
    assume(all(abs(x - kink) > 3e-3 for kink in act.kinks_at(**params)))
    rise = difference(lambda t: act(t, **params), x)
    assert act.slope(x, **params) == pytest.approx(rise, rel=1e-8, abs=2e-8)


@given(x=ON_SCREEN)
def test_bend_is_how_fast_the_slope_rises(case, x):
    act, params = case
    assume(all(abs(x - kink) > 3e-3 for kink in act.kinks_at(**params)))
    rise = difference(lambda t: act.slope(t, **params), x)
    # The fifth derivative of a slope grows like beta^5: the step's own error at beta = 7.5 is 2e-7.
    assert act.bend(x, **params) == pytest.approx(rise, rel=1e-8, abs=5e-7)


@over_catalogue
@pytest.mark.parametrize("dtype", FLOATS)
@given(shape=ANY_SHAPE)
def test_floats_keep_shape_and_dtype(act, dtype, shape):
    x = np.linspace(-5, 5, math.prod(shape)).astype(dtype).reshape(shape)
    for order in orders(act):
        assert (order(x).shape, order(x).dtype) == (shape, dtype)


@over_catalogue
@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers_become_float64(act, dtype):
    x = np.array([0, 1, 7, 120], dtype=dtype)
    for order in orders(act):
        assert order(x).dtype == np.float64
        np.testing.assert_array_equal(order(x), order(x.astype(float)))


@over_catalogue
def test_a_scalar_gives_a_numpy_scalar(act):
    for order in orders(act):
        assert type(order(1.5)) is type(order(2)) is type(order(np.int8(2))) is np.float64
        assert type(order(np.float64(1.5))) is type(order(np.array(1.5))) is np.float64
        assert type(order(np.float32(1.5))) is np.float32
        assert type(order(np.float16(1.5))) is np.float16


@given(x=st.floats(width=64))
def test_an_array_is_its_numbers_one_by_one_and_is_left_alone(case, x):
    act, params = case
    row = np.array([x, 0.0, -1.0, x, 3.0])
    before = row.copy()
    for order in orders(act):
        wide, single = order(row, **params), order(x, **params)
        # SIMD and scalar loops may round the last digit differently.
        np.testing.assert_allclose(wide[[0, 3]], [single, single], rtol=1e-14, atol=0)
        np.testing.assert_array_equal(order(row[::-1], **params)[::-1], wide)
    np.testing.assert_array_equal(row, before)


def test_nan_passes_through(case):
    act, params = case
    for order in orders(act):
        for dtype in FLOATS:
            got = order(np.array([np.nan, 1.0], dtype=dtype), **params)
            np.testing.assert_array_equal(np.isnan(got), [True, False])
