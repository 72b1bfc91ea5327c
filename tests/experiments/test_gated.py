"""Maxout and gated units against fifty digits and what they must be by algebra."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activations import CATALOGUE
from activations.experiments import gated
from tests.all_cases import all_cases

numbers = st.floats(-2, 2).map(lambda x: round(x, 1))


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4))
def test_a_maxout_is_the_largest_piece_convex_and_each_piece_leads_where_it_says(pieces):
    w, b = np.array(pieces).T
    x = np.linspace(-50, 50, 2001)
    seen = gated.maxout(x, w, b)
    np.testing.assert_array_equal(seen.value, [max(m * at + c for m, c in pieces) for at in x])
    assert (np.diff(seen.derivative) >= -1e-12)[np.abs(np.diff(seen.value, 2, append=0)) > 1e-9].all()
    assert (seen.value[:-2] + seen.value[2:] - 2 * seen.value[1:-1] >= -1e-12).all(), "convex"
    low, high = gated.active_intervals(w, b)
    for i in range(len(pieces)):
        inside = (x > low[i] + 1e-6) & (x < high[i] - 1e-6)
        assert set(seen.winner[inside]) <= {i}
        if math.isnan(low[i]):
            assert (seen.value > w[i] * x + b[i] - 1e-9).all()
    alive = np.flatnonzero(~np.isnan(low))
    ends = sorted(zip(low[alive], high[alive], strict=True))
    assert (ends[0][0], ends[-1][1]) == (-math.inf, math.inf)
    assert all(one[1] == pytest.approx(other[0]) for one, other in itertools.pairwise(ends))


def test_relu_the_absolute_value_and_leaky_relu_are_maxouts_of_two_pieces():
    x = np.linspace(-6, 6, 97)
    np.testing.assert_array_equal(gated.maxout(x, [0, 1], [0, 0]).value, CATALOGUE["relu"](x))
    np.testing.assert_array_equal(gated.maxout(x, [0, 1], [0, 0]).derivative, CATALOGUE["relu"].derivative(x))
    np.testing.assert_array_equal(gated.maxout(x, [-1, 1], [0, 0]).value, np.abs(x))
    leaky = CATALOGUE["leaky_relu"](x, alpha=0.1)
    np.testing.assert_allclose(gated.maxout(x, [0.1, 1], [0, 0]).value, leaky, rtol=1e-15)
    tangents = gated.maxout(x, [-2, 0, 2], [-1, 0, -1])
    assert (tangents.value <= x * x).all()


def gate(name, b):
    b = mpmath.mpf(b)
    return {
        "glu": 1 / (1 + mpmath.exp(-b)),
        "reglu": max(b, mpmath.mpf(0)),
        "geglu": b * mpmath.ncdf(b),
        "swiglu": b / (1 + mpmath.exp(-b)),
    }[name]


@all_cases("name", gated.GATED)
def test_a_gated_unit_is_a_product_and_so_are_its_derivatives(name):
    activation = CATALOGUE[gated.GATED[name]]
    a, b = np.meshgrid([-3.0, -0.5, 0.0, 1.0, 2.5], [-40.0, -3.1, -0.2, 0.3, 1.0, 4.0])
    by_a, by_b = gated.gated_derivatives(activation, a, b)
    for k in np.ndindex(a.shape):
        g, slope = gate(name, b[k]), mpmath.diff(lambda t: gate(name, t), mpmath.mpf(b[k]))
        true = [float(v) for v in (a[k] * g, g, a[k] * slope)]
        assert [float(gated.gated(activation, a, b)[k]), by_a[k], by_b[k]] == pytest.approx(true, rel=1e-11, abs=1e-30)


def test_a_glu_of_one_projection_is_silu_and_a_swiglu_of_one_is_not():
    x = np.linspace(-6, 6, 49)
    silu = CATALOGUE["swish"]
    np.testing.assert_allclose(gated.gated(CATALOGUE["sigmoid"], x, x), silu(x), rtol=1e-15)
    np.testing.assert_allclose(gated.gated(silu, x, x), x * x / (1 + np.exp(-x)), rtol=1e-14)
    np.testing.assert_array_equal(gated.gated(silu, 1.0, x), silu(x))
    np.testing.assert_array_equal(gated.gated(CATALOGUE["relu"], x, x), CATALOGUE["relu_squared"](x))
