"""Gradient descent of a linear neuron, against its definition, example by example, and against what theory says."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from activations import CATALOGUE
from activations.experiments import centring

FUNCTIONS = ("identity", "sigmoid", "tanh", "relu")
each_function = pytest.mark.parametrize("slug", FUNCTIONS)
SHIFTS = [0.0, 0.45, 2.0]


def found(slug, shift):
    x = centring.inputs(CATALOGUE[slug], [shift])
    return x, centring.hessian(x)


def loss(x, w):
    """Half the mean squared error, with the targets that the weights (1.5, −0.5) give."""
    return sum(((w[0] - 1.5) * a + (w[1] + 0.5) * b) ** 2 for a, b in x.tolist()) / 2 / len(x)


def walk(x, rate, single):
    """Weights after each step; the gradient is read off the loss by central differences, exact for a quadratic."""
    w, met = [0.0, 0.0], [[0.0, 0.0]]
    for step in range(30):
        seen = x[[step % 16]] if single else x
        slopes = [
            (loss(seen, [w[0] + (k == 0), w[1] + (k == 1)]) - loss(seen, [w[0] - (k == 0), w[1] - (k == 1)])) / 2
            for k in (0, 1)
        ]
        w = [w[k] - rate * slopes[k] for k in (0, 1)]
        met.append(w)
    return np.array(met)


def test_pre_activations_have_mean_0_variance_1_and_correlation_02():
    z = centring.PRE_ACTIVATIONS
    np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(np.cov(z.T, bias=True), [[1, 0.2], [0.2, 1]], rtol=1e-14)
    np.testing.assert_array_equal(z[::2], -z[1::2])
    assert centring.POINTS == len(z) == 16


@each_function
@pytest.mark.parametrize("shift", SHIFTS)
def test_the_hessian_is_the_covariance_plus_the_outer_product_of_the_mean(slug, shift):
    x, matrix = found(slug, shift)
    mean = x[0].mean(axis=0)
    np.testing.assert_allclose(matrix[0], np.cov(x[0].T, bias=True) + np.outer(mean, mean), rtol=1e-13, atol=1e-15)
    plain = found(slug, 0.0)[0]
    np.testing.assert_allclose(np.cov(x[0].T, bias=True), np.cov(plain[0].T, bias=True), rtol=1e-12)
    np.testing.assert_allclose(np.sort(np.roots([1, -np.trace(matrix[0]), np.linalg.det(matrix[0])])),
                               centring.curvatures(matrix)[0], rtol=1e-9)  # fmt: skip


@each_function
@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("single", [False, True])
def test_descent_follows_the_slope_of_the_loss(slug, shift, single):
    x, matrix = found(slug, shift)
    rate = 1.1 * centring.reference_rate(matrix, single)
    offsets = centring.descend(x, rate, single)
    expected = walk(x[0], float(rate[0]), single)
    size = np.abs(expected).max()
    np.testing.assert_allclose(centring.MINIMUM + offsets[0], expected, atol=1e-9 * size)
    losses = [loss(x[0], w) for w in expected[:12]]
    np.testing.assert_allclose(centring.loss(matrix, offsets)[0, :12], losses, rtol=1e-6, atol=1e-12)


@each_function
@pytest.mark.parametrize("shift", SHIFTS)
def test_the_best_rate_shrinks_the_worse_of_both_errors_the_most(slug, shift):
    _, matrix = found(slug, shift)
    low, high = np.linalg.eigvalsh(matrix[0])
    best = minimize_scalar(
        lambda rate: max(abs(1 - rate * low), abs(1 - rate * high)), bounds=(0, 2 / high), method="bounded",
        options={"xatol": 1e-10},
    )  # fmt: skip
    rate = float(centring.reference_rate(matrix, False)[0])
    assert rate == pytest.approx(best.x, rel=1e-6)
    kappa = high / low
    assert best.fun == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-6)


@pytest.mark.parametrize(("share", "grows"), [(0.99, False), (1.01, True)])
def test_descent_diverges_where_the_rate_is_above_2_over_the_largest_curvature(share, grows):
    x, matrix = found("identity", 0.0)
    rate = share * 2 / centring.curvatures(matrix)[:, 1]
    losses = centring.loss(matrix, centring.descend(x, rate, False))[0]
    assert (losses[-1] > losses[-2]) == grows


def test_a_single_example_is_learned_at_once_at_one_over_its_squared_length():
    x, matrix = found("identity", 0.0)
    first = x[0, 0]
    w = centring.MINIMUM + centring.descend(x, np.array([1 / (first @ first)]), True)[0, 1]
    assert w @ first == pytest.approx(centring.MINIMUM @ first, rel=1e-13)
    mean_square = (x[0] ** 2).sum(axis=1).mean()
    assert centring.reference_rate(matrix, True)[0] == pytest.approx(1 / mean_square, rel=1e-13)


@each_function
def test_a_step_for_one_example_never_moves_weights_apart_where_inputs_have_one_sign(slug):
    x = centring.inputs(CATALOGUE[slug], centring.SHIFT.grid)
    matrix, sign = centring.hessian(x), centring.common_sign(x)
    assert set(sign.tolist()) >= {1 if slug != "tanh" else 0, -1 if slug in ("sigmoid", "tanh", "relu") else 0}
    for k, (each, way) in enumerate(zip(x, sign, strict=True)):
        assert way == (int(each.min() >= 0) - int(each.max() <= 0)), k
    moves = np.diff(centring.descend(x, centring.reference_rate(matrix, True), True), axis=1)
    apart = ((moves[..., 0] > 0) & (moves[..., 1] < 0)) | ((moves[..., 0] < 0) & (moves[..., 1] > 0))
    assert not apart[sign != 0].any()
    assert apart[sign == 0].any()


def test_contours_have_the_level_that_is_asked_for_and_move_little_with_the_shift():
    x = centring.inputs(CATALOGUE["sigmoid"], centring.SHIFT.grid)
    rings = centring.contour(centring.hessian(x), np.full(len(x), 0.07))
    for each, ring in zip(x[::8], rings[::8], strict=True):
        assert [loss(each, centring.MINIMUM + at) for at in ring[::6]] == pytest.approx([0.07] * 13, rel=1e-9)
    np.testing.assert_allclose(rings[:, 0], rings[:, -1], atol=1e-12)
    assert np.abs(np.diff(rings, axis=0)).max() < 0.5


def test_the_goal_is_where_the_loss_stays_at_a_hundredth():
    losses = np.array([[1, 0.5, 0.009, 0.02, 0.01, 0.001], [2, 1, 0.5, 0.2, 0.05, 0.0201], [1, 0.01, 0, 0, 0, 0]])
    steps = centring.steps_to_goal(losses)
    assert steps[0] == 4
    assert math.isnan(steps[1])
    assert steps[2] == 1


def test_moves_apart_are_counted_from_the_first_step_on():
    path = np.array([[[0.0, 0], [1, -1], [2, 0], [1, 1], [1, 2], [0, 1]]])
    assert centring.opposite_moves(path).tolist() == [[0, 1, 1, 2, 2, 2]]
