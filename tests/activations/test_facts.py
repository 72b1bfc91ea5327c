"""Numbers and identities the pages print; the constants come from mpmath or from the papers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from activations import CATALOGUE
from tests.all_cases import all_cases

pytestmark = pytest.mark.filterwarnings("error")

MINIMA = {
    "gelu": (-0.75179152469356, -0.16997120747990),
    "swish": (-1.27846454276107380, -0.27846454276107380),
    "mish": (-1.19243121451549521, -0.30884341301725041),
}
LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772
LINE = np.linspace(-40, 40, 16001)
# The decimals of facts.md end after fourteen.
PRINTED = 2e-14


@all_cases(("slug", "at", "least"), [(slug, *pair) for slug, pair in MINIMA.items()])
def test_the_gates_dip_where_the_pages_say(slug, at, least):
    activation = CATALOGUE[slug]
    assert brentq(activation.derivative, -2, -0.5, xtol=1e-15) == pytest.approx(at, abs=PRINTED)
    assert activation(at) == pytest.approx(least, abs=PRINTED)
    assert activation(LINE).min() >= least - PRINTED
    assert activation.second_derivative(at) > 0


def test_the_minimum_of_silu_lies_one_left_of_its_depth():
    at, least = MINIMA["swish"]
    assert at + 1 == pytest.approx(least, abs=1e-15)


def test_the_slope_of_gelu_exceeds_one():
    slope, bend, root = CATALOGUE["gelu"].derivative, CATALOGUE["gelu"].second_derivative, math.sqrt(2)
    assert [round(float(slope(x)), 4) for x in (root, -root)] == [1.1289, -0.1289]
    assert bend(root) == pytest.approx(0, abs=1e-15)
    assert slope(LINE).max() <= slope(root)
    assert round(float(CATALOGUE["gelu"](1)), 4) == 0.8413


def test_selu_jumps_at_zero_by_its_two_constants():
    sides = CATALOGUE["selu"].sides(0.0)
    assert sides.slope_left == pytest.approx(LAMBDA * ALPHA, rel=1e-15)
    assert sides.slope_right == pytest.approx(LAMBDA, rel=1e-15)
    assert (round(sides.slope_left, 4), round(sides.slope_right, 4)) == (1.7581, 1.0507)
    assert CATALOGUE["selu"](-np.inf) == pytest.approx(-1.7580993408473768, rel=1e-15)


def test_selu_keeps_mean_zero_and_variance_one():
    nodes, weights = np.polynomial.legendre.leggauss(160)
    z = np.concatenate([6 * nodes - 6, 6 * nodes + 6])
    weight = 6 * np.tile(weights, 2) * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    y = CATALOGUE["selu"](z)
    assert [np.sum(weight * y), np.sum(weight * y * y)] == pytest.approx([0, 1], abs=1e-13)


def test_the_slope_of_sigmoid_is_at_most_a_quarter():
    slope = CATALOGUE["sigmoid"].derivative
    assert slope(0) == slope(LINE).max() == 0.25
    assert round(brentq(lambda x: slope(x) - 4.38e-8, 0, 40), 2) == 16.94
    assert 0.25**12 > 4.38e-8 > 0.25**13


def test_eleven_stacked_sigmoids_reach_the_famous_tiny_gradient():
    activation, x, product = CATALOGUE["sigmoid"], 1.557, 1.0
    for _ in range(11):
        x, product = activation(x), product * activation.derivative(x)
    assert product == pytest.approx(4.38e-8, rel=2e-3)


def test_the_slope_of_sigmoid_outlives_its_textbook_form():
    s = CATALOGUE["sigmoid"](37.43)
    assert s * (1 - s) == 0
    assert CATALOGUE["sigmoid"].derivative(37.43) == pytest.approx(5.55e-17, rel=1e-2)


def test_a_constant_scale_of_tanh_is_not_erf():
    # One of the sources claims erf(x) = (2/sqrt(pi)) tanh(x); erf must tend to 1.
    assert 2 / math.sqrt(math.pi) * CATALOGUE["tanh"](math.inf) == pytest.approx(1.128, abs=1e-3)


# The slope that PyTorch takes at a kink.
CONVENTIONS = [
    ("binary_step", 0.0, {}, 0),
    ("relu", 0.0, {}, 0),
    ("leaky_relu", 0.0, {}, 0.01),
    ("leaky_relu", -0.0, {"alpha": 0.2}, 0.2),
    ("elu", 0.0, {}, 1),
    ("elu", 0.0, {"alpha": 0.3}, 0.3),
    ("selu", 0.0, {}, LAMBDA * ALPHA),
    ("relu6", 0.0, {}, 0),
    ("relu6", 6.0, {}, 0),
    ("hard_tanh", -1.0, {}, 0),
    ("hard_tanh", 1.0, {}, 0),
    ("soft_shrink", -0.5, {}, 0),
    ("soft_shrink", 0.3, {"lam": 0.3}, 0),
]


@all_cases(("slug", "at", "params", "slope"), CONVENTIONS)
def test_conventions_at_the_kinks(slug, at, params, slope):
    assert at in CATALOGUE[slug].kinks_at(**params)
    assert CATALOGUE[slug].derivative(at, **params) == pytest.approx(slope, rel=1e-15)


def test_the_step_is_up_at_zero():
    assert CATALOGUE["binary_step"](0.0) == CATALOGUE["binary_step"](-0.0) == 1


def test_a_function_is_found_by_its_slug():
    assert [activation.slug for activation in CATALOGUE.values()] == list(CATALOGUE)


@given(x=st.floats(-700, 700), beta=st.floats(0, 20))
def test_opposite_slopes_of_a_symmetric_gate_add_to_one(x, beta):
    swish, gelu = CATALOGUE["swish"], CATALOGUE["gelu"]
    assert swish.derivative(x, beta=beta) + swish.derivative(-x, beta=beta) == pytest.approx(1, abs=1e-15)
    assert gelu.derivative(x) + gelu.derivative(-x) == pytest.approx(1, abs=1e-15)


def test_mish_does_not_share_that_symmetry():
    mish = CATALOGUE["mish"]
    assert abs(mish.derivative(1.0) + mish.derivative(-1.0) - 1) > 0.05


@given(x=st.floats(-700, 700))
def test_sigmoid_bends_by_its_slope_times_tanh(x):
    activation = CATALOGUE["sigmoid"]
    assert activation.second_derivative(x) == pytest.approx(
        -math.tanh(x / 2) * activation.derivative(x), rel=1e-12, abs=1e-290
    )


@given(x=st.floats(-300, 300), beta=st.floats(0.01, 20))
def test_the_families_are_relatives(x, beta):
    activation = CATALOGUE
    near = {"rel": 1e-12, "abs": 1e-13}
    assert activation["tanh"](x) == pytest.approx(2 * activation["sigmoid"](2 * x) - 1, **near)
    assert activation["swish"](x, beta=beta) == pytest.approx(x * activation["sigmoid"](beta * x), **near)
    assert activation["softplus"].derivative(x, beta=beta) == pytest.approx(activation["sigmoid"](beta * x), **near)
    assert activation["softplus"](x, beta=beta) - activation["softplus"](-x, beta=beta) == pytest.approx(x, **near)
    assert activation["mish"](x) == pytest.approx(x * activation["tanh"](activation["softplus"](x)), **near)
    assert activation["selu"](x) == pytest.approx(LAMBDA * activation["elu"](x, alpha=ALPHA), **near)
    assert activation["leaky_relu"](x, alpha=0.0) == activation["relu"](x) == activation["elu"](x, alpha=0.0)


@given(x=st.floats(max_value=0, allow_infinity=False), alpha=st.floats(0, 3))
def test_left_of_zero_elu_has_the_slope_its_value_promises(x, alpha):
    elu = CATALOGUE["elu"]
    assert elu.derivative(x, alpha=alpha) == pytest.approx(elu(x, alpha=alpha) + alpha, rel=1e-12, abs=1e-15)


def test_elu_is_tiny_but_not_dead_far_left():
    assert CATALOGUE["elu"].derivative(-10.0, alpha=0.3) == pytest.approx(0.3 * 4.5e-5, rel=1e-2)
    assert CATALOGUE["elu"].derivative(-700.0) > 0
