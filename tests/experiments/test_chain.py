"""The gradient of a stack, held against closed forms, finite differences and many-digit arithmetic."""

import math

import mpmath
import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain
from tests.all_cases import all_cases

STACKABLE = [activation for activation in CATALOGUE.values() if chain.stackable(activation)]
over_catalogue = all_cases("activation", STACKABLE, ids=lambda activation: activation.slug)
SETTINGS = [(1, 1.0, 0.0, 1.0), (3, 1.3, 0.2, 0.7), (7, -1.1, 0.4, -0.9), (20, 0.8, -0.3, 2.1)]
over_settings = all_cases("setting", SETTINGS, ids=str)
sigmoid, relu, identity = (CATALOGUE[slug] for slug in ("sigmoid", "relu", "identity"))


def product(run, layers):
    """The gradient after that many layers of travel back, from its logarithm and its sign."""
    return run.sign_back[layers] * 10 ** run.log_back[layers]


def stacked(activation, depth, weights, bias, x0):
    """The plain loop, one weight a layer: what `chain` claims to differentiate."""
    for weight in np.broadcast_to(weights, depth):
        x0 = activation(weight * x0 + bias)
    return float(x0)


def difference(g, x, h=1e-4):
    return (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)


@all_cases("w", [-1.5, 0.5, 1.0, 3.0])
def test_without_an_activation_the_gradient_is_a_power_of_the_weight(w):
    run = chain.run(identity, 12, w, 0.3, 0.7)
    assert product(run, 12) == pytest.approx(w**12)
    assert run.log_back == pytest.approx(np.arange(13) * math.log10(abs(w)))


def test_an_active_path_of_relus_multiplies_by_the_weight_alone():
    run = chain.run(relu, 9, 2.0, 0.1, 0.5)
    assert run.factor.tolist() == [2.0] * 9
    assert product(run, 9) == pytest.approx(2.0**9)


@all_cases(("w", "b", "x0"), [(1.0, 0.0, 0.0), (2.0, -1.0, 3.0), (-3.0, 0.5, 1.0)])
def test_one_sigmoid_layer_multiplies_by_the_weight_times_its_slope(w, b, x0):
    y = 1 / (1 + math.exp(-(w * x0 + b)))
    assert product(chain.run(sigmoid, 1, w, b, x0), 1) == pytest.approx(w * y * (1 - y))


@over_catalogue
@over_settings
def test_the_gradient_is_how_fast_the_whole_stack_moves(activation, setting):
    depth, w, b, x0 = setting
    run = chain.run(activation, depth, w, b, x0)
    assert run.output[-1] == pytest.approx(stacked(activation, depth, w, b, x0))
    if np.isin(run.pre_activation, activation.kinks_at()).any():
        return  # a difference quotient there is the mean of two slopes
    expected = difference(lambda t: stacked(activation, depth, w, b, t), x0)
    assert product(run, depth) == pytest.approx(expected, rel=1e-7, abs=1e-11)


@all_cases(("w", "b", "x0"), [(1.0, 0.0, 1.0), (8.0, -4.0, 0.45), (-5.0, 2.0, -3.0)])
def test_fifty_sigmoids_agree_with_many_digits(w, b, x0):
    with mpmath.workdps(60):
        a, product = mpmath.mpf(x0), mpmath.mpf(1)
        for _ in range(50):
            a = 1 / (1 + mpmath.exp(-(w * a + b)))
            product *= w * a * (1 - a)
        expected = float(mpmath.log10(abs(product)))
        assert chain.run(sigmoid, 50, w, b, x0).log_back[-1] == pytest.approx(expected, rel=1e-11)


@over_catalogue
@over_settings
def test_both_directions_multiply_the_same_factors(activation, setting):
    depth, w, b, _ = setting
    run = chain.run(activation, *setting)
    assert run.factor == pytest.approx(w * activation.derivative(run.pre_activation))
    assert run.pre_activation == pytest.approx(w * run.output[:-1] + b)
    products = [math.prod(run.factor[depth - n :].tolist()) for n in range(depth + 1)]
    assert [product(run, n) for n in range(depth + 1)] == pytest.approx(products)
    ahead = [abs(math.prod(run.factor[:n].tolist())) for n in range(depth + 1)]
    assert (10**run.log_ahead).tolist() == pytest.approx(ahead)


@over_catalogue
def test_a_cut_is_the_shorter_stack(activation):
    w = np.array([-1.1, 0.4, 2.0])
    cut, short = (chain.run(activation, depth, w, 0.2, 0.7) for depth in (9, 4))
    cut = cut.cut(4)
    for name in ("pre_activation", "output", "slope", "factor", "log_back"):
        np.testing.assert_array_equal(getattr(cut, name), getattr(short, name), err_msg=name)


def test_a_logarithm_is_minus_infinity_only_when_a_factor_is_exactly_zero():
    # The product of these factors underflows any double; the gradient is small, not zero.
    small = chain.run(sigmoid, 50, 1e-7, 0.0, 1.0)
    assert math.prod(small.factor.tolist()) == 0
    assert small.log_back[-1] == pytest.approx(50 * math.log10(1e-7 / 4), rel=1e-6)
    dead = chain.run(relu, 20, 1.0, -0.2, 2.0)
    layers = 20 - int(np.flatnonzero(dead.factor == 0)[-1])
    assert np.isfinite(dead.log_back[:layers]).all()
    assert (dead.log_back[layers:] == -math.inf).all()


@over_catalogue
def test_a_grid_of_settings_equals_one_run_after_another(activation):
    w, b, x0 = np.meshgrid([-2.0, 0.0, 1.5], [-0.5, 0.5], [-1.0, 0.0, 2.0])
    grid = chain.run(activation, 6, w, b, x0)
    for place in np.ndindex(w.shape):
        one = chain.run(activation, 6, w[place], b[place], x0[place])
        for name in (
            "pre_activation",
            "output",
            "slope",
            "factor",
            "log_factor",
            "log_back",
            "sign_back",
            "log_ahead",
        ):
            np.testing.assert_array_equal(getattr(grid, name)[:, *place], getattr(one, name), err_msg=name)


@over_catalogue
def test_the_corners_of_the_sliders_are_computed_without_a_warning(activation):
    ends = [np.array([p.low, p.high]) for p in (chain.WEIGHT, chain.BIAS, chain.INPUT)]
    run = chain.run(activation, int(chain.DEPTH.high), *np.meshgrid(*ends))
    assert not np.isnan(run.log_back).any()


@all_cases("depth", [0, -3])
def test_a_stack_has_at_least_one_layer(depth):
    with pytest.raises(ValueError, match="depth"):
        chain.run(sigmoid, depth, 1.0, 0.0, 1.0)


def test_an_unknown_parameter_is_named():
    with pytest.raises(ValueError, match="gamma"):
        chain.run(sigmoid, 3, 1.0, 0.0, 1.0, gamma=2.0)


def test_eleven_sigmoids_shrink_the_gradient_to_the_small_number_of_the_tutorials():
    assert f"{product(chain.run(sigmoid, 11, 1.0, 0.0, 1.557), 11):.2e}" == "4.38e-08"


def test_a_quarter_a_layer_passes_that_number_at_the_thirteenth():
    best = [0.25**n for n in (12, 13)]
    assert best[0] > 4.38e-8 >= best[1]
    # And no sigmoid with w = 1 does better than a quarter a layer.
    assert (product(chain.run(sigmoid, 13, 1.0, np.linspace(-8, 8, 81), 0.5), 13) <= best[1]).all()


def test_a_sigmoid_explodes_when_bias_keeps_a_large_weight_in_the_middle():
    run = chain.run(sigmoid, 10, 8.0, -4.0, 0.5)
    assert run.factor.tolist() == [2.0] * 10
    assert product(run, 10) == pytest.approx(1024)


def test_only_what_grows_faster_than_a_line_cannot_be_stacked():
    # Twice the slope far out at twice the input, or worse: a parabola, an exponential.
    assert {activation.slug for activation in CATALOGUE.values()} - {activation.slug for activation in STACKABLE} == {
        "relu_squared",
        "xielu",
        "exponential",
    }
