"""The gradient of a stack, held against closed forms, finite differences and many-digit arithmetic."""

import math

import mpmath
import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain

over_catalogue = pytest.mark.parametrize("act", CATALOGUE.values(), ids=CATALOGUE)
SETTINGS = [(1, 1.0, 0.0, 1.0), (3, 1.3, 0.2, 0.7), (7, -1.1, 0.4, -0.9), (20, 0.8, -0.3, 2.1)]
over_settings = pytest.mark.parametrize("setting", SETTINGS, ids=str)
sigmoid, relu, identity = (CATALOGUE[slug] for slug in ("sigmoid", "relu", "identity"))


def stacked(act, depth, weights, bias, x0):
    """The plain loop, one weight a layer: what `chain` claims to differentiate."""
    for weight in np.broadcast_to(weights, depth):
        x0 = act(weight * x0 + bias)
    return float(x0)


def difference(g, x, h=1e-4):
    return (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)


@pytest.mark.parametrize("w", [-1.5, 0.5, 1.0, 3.0])
def test_without_an_activation_the_gradient_is_a_power_of_the_weight(w):
    run = chain.run(identity, 12, w, 0.3, 0.7)
    assert run.backward[0] == pytest.approx(w**12)
    assert run.log_back == pytest.approx(np.arange(13) * math.log10(abs(w)))


def test_an_active_path_of_relus_multiplies_by_the_weight_alone():
    run = chain.run(relu, 9, 2.0, 0.1, 0.5)
    assert run.backward.tolist() == [2.0**n for n in range(9, 0, -1)]


@pytest.mark.parametrize(("w", "b", "x0"), [(1.0, 0.0, 0.0), (2.0, -1.0, 3.0), (-3.0, 0.5, 1.0)])
def test_one_sigmoid_layer_multiplies_by_the_weight_times_its_slope(w, b, x0):
    y = 1 / (1 + math.exp(-(w * x0 + b)))
    assert chain.run(sigmoid, 1, w, b, x0).backward[0] == pytest.approx(w * y * (1 - y))


@over_catalogue
@over_settings
def test_the_gradient_is_how_fast_the_whole_stack_moves(act, setting):
    depth, w, b, x0 = setting
    run = chain.run(act, depth, w, b, x0)
    assert run.activation[-1] == pytest.approx(stacked(act, depth, w, b, x0))
    expected = difference(lambda t: stacked(act, depth, w, b, t), x0)
    assert run.backward[0] == pytest.approx(expected, rel=1e-7, abs=1e-11)


@over_catalogue
@over_settings
def test_the_first_weights_gradient_is_how_the_output_moves_with_that_weight_only(act, setting):
    depth, w, b, x0 = setting

    def output(first):
        return stacked(act, depth, [first, *[w] * (depth - 1)], b, x0)

    run = chain.run(act, depth, w, b, x0)
    assert run.first_weight_gradient == pytest.approx(difference(output, w), rel=1e-7, abs=1e-11)


@pytest.mark.parametrize(("w", "b", "x0"), [(1.0, 0.0, 1.0), (8.0, -4.0, 0.45), (-5.0, 2.0, -3.0)])
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
def test_the_product_is_the_same_in_both_directions(act, setting):
    depth, *at = setting
    run = chain.run(act, depth, *at)
    assert run.forward[-1] == pytest.approx(run.backward[0])
    assert run.forward[:-1] * run.backward[1:] == pytest.approx(np.full(depth - 1, run.backward[0]))
    assert run.factor == pytest.approx(at[0] * act.slope(run.pre_activation))


@over_catalogue
@over_settings
def test_logarithms_say_the_same_as_the_products(act, setting):
    run = chain.run(act, *setting)
    assert run.log_back[0] == 0
    back = np.abs(run.backward[::-1])
    np.testing.assert_array_equal(run.log_back[1:] == -math.inf, back == 0)
    assert run.log_back[1:][back > 0] == pytest.approx(np.log10(back[back > 0]), abs=1e-12)


def test_a_logarithm_is_minus_infinity_only_when_a_factor_is_exactly_zero():
    # The product of these factors underflows any double; the gradient is small, not zero.
    small = chain.run(sigmoid, 50, 1e-7, 0.0, 1.0)
    assert small.backward[0] == 0
    assert small.log_back[-1] == pytest.approx(50 * math.log10(1e-7 / 4), rel=1e-6)
    dead = chain.run(relu, 20, 1.0, -0.2, 2.0)
    layers = 20 - int(np.flatnonzero(dead.factor == 0)[-1])
    assert np.isfinite(dead.log_back[:layers]).all()
    assert (dead.log_back[layers:] == -math.inf).all()


@over_catalogue
def test_a_grid_of_settings_equals_one_run_after_another(act):
    w, b, x0 = np.meshgrid([-2.0, 0.0, 1.5], [-0.5, 0.5], [-1.0, 0.0, 2.0])
    grid = chain.run(act, 6, w, b, x0)
    for place in np.ndindex(w.shape):
        one = chain.run(act, 6, w[place], b[place], x0[place])
        for name in ("pre_activation", "activation", "slope", "factor", "forward", "backward", "log_back"):
            np.testing.assert_array_equal(getattr(grid, name)[:, *place], getattr(one, name), err_msg=name)
        np.testing.assert_array_equal(grid.first_weight_gradient[place], one.first_weight_gradient)


@over_catalogue
def test_the_corners_of_the_sliders_are_computed_without_a_warning(act):
    ends = [np.array([p.low, p.high]) for p in (chain.WEIGHT, chain.BIAS, chain.INPUT)]
    run = chain.run(act, int(chain.DEPTH.high), *np.meshgrid(*ends))
    assert not np.isnan(run.log_back).any()


@pytest.mark.parametrize("depth", [0, -3])
def test_a_stack_has_at_least_one_layer(depth):
    with pytest.raises(ValueError, match="depth"):
        chain.run(sigmoid, depth, 1.0, 0.0, 1.0)


def test_an_unknown_parameter_is_named():
    with pytest.raises(ValueError, match="gamma"):
        chain.run(sigmoid, 3, 1.0, 0.0, 1.0, gamma=2.0)


def test_eleven_sigmoids_shrink_the_gradient_to_the_small_number_of_the_tutorials():
    assert f"{chain.run(sigmoid, 11, 1.0, 0.0, 1.557).backward[0]:.2e}" == "4.38e-08"


def test_a_quarter_a_layer_passes_that_number_at_the_thirteenth():
    best = [0.25**n for n in (12, 13)]
    assert best[0] > 4.38e-8 >= best[1]
    # And no sigmoid with w = 1 does better than a quarter a layer.
    assert (chain.run(sigmoid, 13, 1.0, np.linspace(-8, 8, 81), 0.5).backward[0] <= best[1]).all()


def test_a_sigmoid_explodes_when_bias_keeps_a_large_weight_in_the_middle():
    run = chain.run(sigmoid, 10, 8.0, -4.0, 0.5)
    assert run.factor.tolist() == [2.0] * 10
    assert run.backward[0] == 1024
