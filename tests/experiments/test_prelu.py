"""The slope that a PReLU learns: its gradient against finite differences, its end against least squares."""

import numpy as np
import pytest

from activations.experiments import prelu
from tests.all_cases import all_cases

SLOPES = {"abs": -1.0, "relu": 0.0, "leaky": 0.5, "line": 1.0}
each_target = all_cases("target", SLOPES)


def loss(x, y, alpha, w, b):
    z = w * x + b
    return np.mean(((z + np.abs(z)) / 2 + alpha * (z - np.abs(z)) / 2 - y) ** 2) / 2


@each_target
@all_cases("at", [(0.25, 0.6, 0.4), (-0.7, 1.3, -0.2), (0.0, -0.8, 0.5)])
def test_the_gradient_is_that_of_finite_differences(target, at):
    (x, y), stand = prelu.data(target), dict(zip(("alpha", "w", "b"), at, strict=True))
    found, slope = prelu.gradient(x, y, **stand)
    assert found == pytest.approx(loss(x, y, **stand), rel=1e-12)
    for name in stand:
        ends = [loss(x, y, **{**stand, name: stand[name] + step}) for step in (-1e-6, 1e-6)]
        assert slope[name] == pytest.approx((ends[1] - ends[0]) / 2e-6, rel=1e-6, abs=1e-9)


@each_target
def test_the_data_are_a_bent_line_and_noise(target):
    x, y = prelu.data(target)
    assert (np.diff(x) > 0).all()
    assert -3 <= x[0] < x[-1] <= 3
    off = y - np.where(x > 0, x, SLOPES[target] * x)
    assert 0.08 < off.std() < 0.12
    again = prelu.data(target)
    np.testing.assert_array_equal(again, (x, y))


@each_target
def test_training_is_gradient_descent_from_the_papers_start(target):
    (x, y), run = prelu.data(target), prelu.train(target)
    alpha, w, b = 0.25, 0.6, 0.4
    seen = dict(zip(prelu.STEPS.tolist(), zip(run.alpha, run.w, run.b, run.loss, strict=True), strict=True))
    for step in range(121):
        if step in seen:
            assert seen[step] == pytest.approx((alpha, w, b, loss(x, y, alpha, w, b)), rel=1e-9, abs=1e-12)
        z = w * x + b
        error = ((z + np.abs(z)) / 2 + alpha * (z - np.abs(z)) / 2 - y) / len(x)
        moved = [error @ ((z - np.abs(z)) / 2), (error * np.where(z > 0, 1, alpha)) @ x]
        moved.append((error * np.where(z > 0, 1, alpha)).sum())
        alpha, w, b = (value - 0.2 * slope for value, slope in zip((alpha, w, b), moved, strict=True))
    assert len(seen) == 49


@each_target
def test_it_ends_where_least_squares_does(target):
    (x, y), run = prelu.data(target), prelu.train(target)
    # With the points divided as they are at the end, (α w, α b, w, b) are two fitted lines that meet at the kink.
    grid = np.linspace(-1.3, 1.3, 261)
    fits = []
    for alpha in grid:
        bent = np.where(run.w[-1] * x + run.b[-1] > 0, 1, alpha)
        design = np.stack([bent * x, bent], axis=1)
        fits.append(np.linalg.lstsq(design, y, rcond=None)[1][0])
    assert run.alpha[-1] == pytest.approx(grid[np.argmin(fits)], abs=0.011)
    assert run.alpha[-1] == pytest.approx(SLOPES[target], abs=0.03)
    assert abs(run.alpha_gradient[-1]) < 1e-3 < abs(run.alpha_gradient[0])


def test_moments_come_ever_later_and_the_loss_falls():
    assert (np.diff(prelu.STEPS) >= 1).all()
    assert (prelu.STEPS[0], prelu.STEPS[-1]) == (0, 120)
    for target in SLOPES:
        assert (np.diff(prelu.train(target).loss) < 0).all()


def test_an_unknown_target_is_named():
    with pytest.raises(ValueError, match="abs, relu, leaky, line, got 'evil'"):
        prelu.train("evil")
