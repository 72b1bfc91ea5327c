"""One unit and the dead zone: against the normal table, closed forms of gradient descent and a loop of its own."""

import math

import mpmath
import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import dying
from tests.all_cases import all_cases

X = [(k + 0.5) / 8 for k in range(16)]
ALPHA = {"leaky_relu": 0.1, "elu": 1.0}
SLUGS = ("relu", "leaky_relu", "elu", "gelu")
each_function = all_cases("slug", SLUGS)


def phi(x):
    return math.erfc(-x / math.sqrt(2)) / 2


def jet(slug, z, alpha):
    """f and f', written anew; at 0 the left side."""
    if slug == "gelu":
        return z * phi(z), phi(z) + z * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if z > 0 or slug == "relu":
        return max(z, 0.0), float(z > 0)
    return {
        "leaky_relu": (alpha * z, alpha),
        "elu": (alpha * (math.exp(z) - 1), alpha * math.exp(z)),
    }[slug]


def run_by_loop(slug, step, alpha, steps):
    """Weight and bias after 0, 1, … steps and the first after which an input is on, by a loop over single numbers."""
    w, b, way, again = 1.5, 0.5, [], None
    for now in range(steps + 1):
        way.append((w, b))
        if now and again is None and max(w * x + b for x in X) > 0:
            again = now
        errors = [((jet(slug, w * x + b, alpha)[0] - x) * jet(slug, w * x + b, alpha)[1], x) for x in X]
        rate = 0.5 if now else step
        w, b = w - rate * sum(e * x for e, x in errors) / 16, b - rate * sum(e for e, _ in errors) / 16
    return np.array(way), again


def run(slug, step=2.0, alpha=None):
    settings = {"alpha": ALPHA[slug] if alpha is None else alpha} if slug in ALPHA else {}
    return dying.train(CATALOGUE[slug], step, **settings)


@all_cases(("bias", "share"), [(-1, 0.84), (-2, 0.977), (-3, 0.9987)])
def test_the_share_that_is_off_is_that_of_the_normal_table(bias, share):
    assert round(float(dying.probability_off(bias)), len(str(share)) - 2) == share


def test_the_probabilities_agree_with_many_digits_at_every_bias():
    for bias in dying.BIAS.grid.tolist():
        exact = mpmath.ncdf(-mpmath.mpf(bias))
        assert float(dying.probability_off(bias)) == pytest.approx(float(exact), rel=1e-13)
        assert float(dying.probability_on(bias)) == pytest.approx(float(1 - exact), rel=1e-9)
        for inputs in (1, 200):
            assert float(dying.log10_all_off(bias, inputs)) == pytest.approx(
                float(inputs * mpmath.log10(exact)), rel=1e-10
            )


def test_the_quantiles_cut_the_bell_into_equal_slices():
    found = [float(mpmath.ncdf(z)) for z in dying.quantiles(200)]
    np.testing.assert_allclose(found, (np.arange(200) + 0.5) / 200, atol=1e-12)


def test_the_density_is_the_slope_of_the_share():
    z = np.linspace(-6, 6, 25)
    np.testing.assert_allclose(
        dying.density(z), (dying.probability_on(z + 1e-5) - dying.probability_on(z - 1e-5)) / 2e-5, atol=1e-10
    )


@each_function
def test_the_gradient_is_that_of_the_loss(slug):
    def loss(w, b):
        return sum((jet(slug, w * x + b, ALPHA.get(slug))[0] - x) ** 2 for x in X) / 32

    activation, settings = CATALOGUE[slug], {"alpha": np.full((1, 1), ALPHA[slug])} if slug in ALPHA else {}
    for w, b in ((1.3, -0.4), (-0.8, -0.3), (0.7, -0.9), (-0.3, 1.1)):
        by_weight, by_bias = dying.gradient(activation, np.array([w]), np.array([b]), **settings)
        assert by_weight[0] == pytest.approx((loss(w + 1e-6, b) - loss(w - 1e-6, b)) / 2e-6, abs=1e-8)
        assert by_bias[0] == pytest.approx((loss(w, b + 1e-6) - loss(w, b - 1e-6)) / 2e-6, abs=1e-8)


@all_cases("slug", SLUGS[:3])
@all_cases("step", [0.5, 1.25, 3.0])
def test_the_large_step_has_a_closed_form_and_is_the_same_for_all_that_are_the_identity_there(slug, step):
    mean, square = sum(X) / 16, sum(x * x for x in X) / 16
    found = run(slug, step)
    assert found.weight[0, 1] == pytest.approx(1.5 - step * (0.5 * square + 0.5 * mean), rel=1e-14)
    assert found.bias[0, 1] == pytest.approx(0.5 - step * (0.5 * mean + 0.5), rel=1e-14)


@each_function
@all_cases("step", [0.5, 1.25, 2.0, 3.0])
def test_a_run_is_what_a_loop_over_single_numbers_finds(slug, step):
    way, again = run_by_loop(slug, step, ALPHA.get(slug), 100)
    early = dying.MOMENTS <= 100
    found = run(slug, step)
    np.testing.assert_allclose(found.weight[0, early], way[dying.MOMENTS[early], 0], rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(found.bias[0, early], way[dying.MOMENTS[early], 1], rtol=1e-9, atol=1e-11)
    assert (again is None) == (math.isnan(found.again[0]) or found.again[0] > 100)
    assert again is None or found.again[0] == again


def test_a_dead_relu_never_moves_again():
    for step in (1.5, 2.0, 3.0):
        found = run("relu", step)
        assert (found.z[0, 1:] <= 0).all()
        assert len(set(found.weight[0, 1:].tolist())) == len(set(found.bias[0, 1:].tolist())) == 1
        assert math.isnan(found.again[0])


def test_below_zero_a_leaky_relu_follows_a_power_of_one_matrix():
    alpha, found = 0.02, run("leaky_relu", 3.0, 0.02)
    second = np.array([[sum(x * x for x in X), sum(X)], [sum(X), 16]]) / 16
    step = np.eye(2) - 0.5 * alpha**2 * second
    rest = np.array([1 / alpha, 0.0])
    start = np.array([found.weight[0, 1], found.bias[0, 1]])
    below = [k for k, moment in enumerate(dying.MOMENTS) if 1 <= moment < found.again[0]]
    assert len(below) > 20
    for k in below:
        expected = rest + np.linalg.matrix_power(step, int(dying.MOMENTS[k]) - 1) @ (start - rest)
        np.testing.assert_allclose([found.weight[0, k], found.bias[0, k]], expected, rtol=1e-9)


def test_without_a_slope_both_are_a_relu():
    for slug in ALPHA:
        np.testing.assert_array_equal(run(slug, 2.0, 0.0).z, run("relu", 2.0).z)


def test_left_of_its_minimum_gelu_sinks_and_right_of_it_comes_back():
    lowest = -0.75179152469356
    deep, mild = run("gelu", 2.0), run("gelu", 1.25)
    assert deep.z[0, 1].max() < lowest < mild.z[0, 1].max() < 0
    assert (np.diff(deep.z[0, 1:].max(axis=1)) < 0).all()
    assert math.isnan(deep.again[0])
    assert mild.again[0] == 5


def test_the_small_steps_are_stable_up_to_the_rate_that_is_named():
    second = np.array([[sum(x * x for x in X), sum(X)], [sum(X), 16]]) / 16
    assert 0.91 < 2 / np.linalg.eigvalsh(second)[-1] < 0.92
    assert dying.RATE < 0.91


def test_the_moments_are_as_many_as_the_slider_has_positions():
    assert len(dying.MOMENTS) == len(dying.TIME.grid) == 41
    assert (dying.MOMENTS[[0, 1, -1]] == [0, 1, 600]).all()


@each_function
def test_the_grid_holds_each_run_at_its_place(slug):
    over, stored = dying.OVER.get(slug), dying.stored_runs(CATALOGUE[slug])
    inner = over.grid.tolist() if over else [None]
    for place in {0, len(stored.again) // 3, len(stored.again) - 1}:
        step, value = dying.STEP.grid[place // len(inner)], inner[place % len(inner)]
        one = run(slug, step, value)
        for part in ("weight", "bias"):
            np.testing.assert_allclose(
                getattr(stored, part)[place], getattr(one, part)[0], rtol=0, atol=0.51 * dying.UNIT
            )
        np.testing.assert_array_equal(stored.z[place] > 0, one.z[0] > 0)
        np.testing.assert_array_equal(stored.again[place], one.again[0])


def test_a_parameter_that_a_function_does_not_have_is_refused():
    with pytest.raises(ValueError, match="alpha"):
        dying.train(CATALOGUE["relu"], 2.0, alpha=0.1)
