"""What holds for every activation at every setting: derivatives, shapes, dtypes, limits, kinks and errors."""

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
# Limits that no formula has to be evaluated for: f(-inf), f(inf), f'(-inf), f'(inf) at the defaults.
LIMITS = {
    "identity": (-math.inf, math.inf, 1, 1),
    "binary_step": (0, 1, 0, 0),
    "sigmoid": (0, 1, 0, 0),
    "tanh": (-1, 1, 0, 0),
    "relu": (0, math.inf, 0, 1),
    "leaky_relu": (-math.inf, math.inf, 0.01, 1),
    "elu": (-1, math.inf, 0, 1),
    "selu": (-1.7580993408473768, math.inf, 0, 1.0507009873554805),
    "gelu": (0, math.inf, 0, 1),
    "swish": (0, math.inf, 0, 1),
    "softplus": (0, math.inf, 0, 1),
    "mish": (0, math.inf, 0, 1),
}


def orders(act):
    return act, act.slope, act.bend


def difference(g, x, h=1e-3):
    """Four central points, so that the step's own error is h^4 and not h^2."""
    return (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)


@given(x=ON_SCREEN)
def test_slope_is_how_fast_the_value_rises(case, x):
    act, params = case
    assume(all(abs(x - kink) > 3e-3 for kink in act.kinks))
    rise = difference(lambda t: act(t, **params), x)
    assert act.slope(x, **params) == pytest.approx(rise, rel=1e-8, abs=2e-8)


@given(x=ON_SCREEN)
def test_bend_is_how_fast_the_slope_rises(case, x):
    act, params = case
    assume(all(abs(x - kink) > 3e-3 for kink in act.kinks))
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


@over_catalogue
def test_limits_at_the_defaults(act):
    ends = np.array([-np.inf, np.inf])
    np.testing.assert_allclose([*act(ends), *act.slope(ends)], LIMITS[act.slug], rtol=1e-15, atol=0)
    np.testing.assert_array_equal(act.bend(ends), [0, 0])


@pytest.mark.parametrize("dtype", FLOATS)
def test_infinity_is_where_the_function_was_going(case, dtype):
    act, params = case
    ends, far = np.array([-np.inf, np.inf], dtype=dtype), np.array([-1e300, 1e300])
    going = act(far, **params)
    limit = np.where(np.abs(going) > 1e200, np.copysign(np.inf, going), going)
    np.testing.assert_array_equal(act(ends, **params), limit.astype(dtype))
    np.testing.assert_array_equal(act.slope(ends, **params), act.slope(far, **params).astype(dtype))
    np.testing.assert_array_equal(act.bend(ends, **params), [0, 0])


@pytest.mark.parametrize("dtype", FLOATS)
def test_the_whole_line_is_computed_without_a_warning(case, dtype):
    act, params = case
    top, least = float(np.finfo(dtype).max), float(np.finfo(dtype).smallest_subnormal)
    size = np.concatenate([[0.0], np.geomspace(least, top / 2, 2000), np.linspace(0, 800, 2001), [top, np.inf]])
    x = np.concatenate([-size, size]).astype(dtype)
    for order in orders(act):
        assert not np.isnan(order(x, **params)).any()
        for one in x[::211]:
            assert not np.isnan(order(one, **params))


@given(x=st.floats(allow_nan=False))
def test_no_float_is_a_trap(case, x):
    act, params = case
    for order in orders(act):
        assert not math.isnan(order(x, **params))


def cells_with_a_jump(act, params):
    """Cells of a fine grid whose change in f or f' is not what its derivative there accounts for."""
    edges = np.linspace(-10.0, 10.0, 2560)  # 0 lies strictly inside a cell
    jumped = np.zeros(len(edges) - 1, dtype=bool)
    for g, dg in ((act, act.slope), (act.slope, act.bend)):
        explained = np.diff(edges) * (dg(edges, **params)[1:] + dg(edges, **params)[:-1]) / 2
        # The trapezium rule is off by 2e-5 where beta = 7.5 bends hardest, and by 8e-3 at a kink of the bend.
        jumped |= np.abs(np.diff(g(edges, **params)) - explained) > 0.05
    return edges[:-1][jumped], edges[1:][jumped]


@over_catalogue
def test_kinks_are_exactly_where_something_jumps_for_some_setting(act):
    params = [{p.name: value} for p in act.params for value in (p.low, p.default, p.high)] or [{}]
    found = [cells_with_a_jump(act, setting) for setting in params]
    cells = {cell for lows, highs in found for cell in zip(lows, highs, strict=True)}
    assert len(cells) == len(act.kinks)
    assert all(any(low < kink < high for low, high in cells) for kink in act.kinks)


@given(at=ON_SCREEN)
def test_away_from_a_kink_both_sides_agree(case, at):
    act, params = case
    # Sides are read at the neighbouring floats, so the floats next to a kink see the kink itself.
    assume(at not in act.kinks)
    sides = act.sides(at, **params)
    near = pytest.approx(act(at, **params), rel=1e-12, abs=1e-12)
    assert sides.value_left == near == sides.value_right
    steep = pytest.approx(act.slope(at, **params), rel=1e-12, abs=1e-12)
    assert sides.slope_left == steep == sides.slope_right


def test_at_a_kink_each_side_is_what_its_neighbours_say(case):
    act, params = case
    for kink in act.kinks:
        sides = act.sides(kink, **params)
        for step, value, slope in (
            (-1e-12, sides.value_left, sides.slope_left),
            (1e-12, sides.value_right, sides.slope_right),
        ):
            assert value == pytest.approx(act(kink + step, **params), abs=1e-11)
            assert slope == pytest.approx(act.slope(kink + step, **params), abs=1e-11)
