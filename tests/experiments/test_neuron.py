"""A neuron and its training, against closed forms, finite differences and a run in plain exact arithmetic."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from activations import CATALOGUE
from activations.experiments import neuron
from tests.all_cases import all_cases

TRUTH = {"and": lambda x1, x2: x1 and x2, "or": lambda x1, x2: x1 or x2}
FUNCTIONS = {
    "binary_step": (lambda z: float(z >= 0), lambda z: 0.0),
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2),
    "relu": (lambda z: max(z, 0.0), lambda z: float(z > 0)),
}
CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
everywhere = all_cases("task", TRUTH)
each_start = all_cases("start", neuron.STARTS)
tenths = st.integers(-40, 40).map(lambda k: k / 10)
weights = st.tuples(tenths, tenths, tenths)


def replayed(slug, task, start, steps):
    """Gradient descent on the mean squared error, one float at a time."""
    f, slope = FUNCTIONS[slug]
    w1, w2, b = neuron.STARTS[start]
    for _ in range(steps):
        moves = [0.0, 0.0, 0.0]
        for x1, x2 in CORNERS:
            z = w1 * x1 + w2 * x2 + b
            push = 2 / 4 * (f(z) - TRUTH[task](x1, x2)) * slope(z)
            moves = [moves[0] + push * x1, moves[1] + push * x2, moves[2] + push]
        w1, w2, b = w1 - 0.5 * moves[0], w2 - 0.5 * moves[1], b - 0.5 * moves[2]
    return w1, w2, b


def test_inputs_and_tasks_are_the_tables_of_logic():
    assert neuron.INPUTS.tolist() == [list(map(float, corner)) for corner in CORNERS]
    assert set(neuron.TASKS) == set(TRUTH)
    for task, target in neuron.TASKS.items():
        assert target.tolist() == [float(TRUTH[task](*corner)) for corner in CORNERS]


def test_a_moment_is_the_square_of_its_number_of_steps():
    assert neuron.STEPS.tolist() == [k * k for k in range(41)]
    assert neuron.RATE == 0.5


@given(weights)
@example((-0.1, -0.2, 0.3))  # in floats less than 0
def test_a_pre_activation_is_the_weighted_sum_and_exactly_zero_where_tenths_cancel(at):
    exact = [sum(Fraction(round(10 * w), 10) * x for w, x in zip(at, (*corner, 1), strict=True)) for corner in CORNERS]
    found = neuron.pre_activation(at)
    np.testing.assert_allclose(found, [float(z) for z in exact], atol=1e-12)
    assert [z >= 0 for z in found] == [z >= 0 for z in exact]


@everywhere
@given(weights)
def test_the_gradient_is_the_slope_of_the_loss(task, at):
    target, at = neuron.TASKS[task], np.array(at)
    for slug in FUNCTIONS:
        activation = CATALOGUE[slug]
        if slug != "sigmoid" and np.abs(neuron.pre_activation(at)).min() < 1e-3:
            continue
        moved = [at + sign * 1e-5 * np.eye(3) for sign in (1, -1)]
        up, down = (neuron.loss(activation, ends, target) for ends in moved)
        np.testing.assert_allclose(neuron.gradient(activation, at, target), (up - down) / 2e-5, atol=1e-8, err_msg=slug)


@everywhere
def test_the_first_step_of_a_sigmoid_from_nothing_is_known(task):
    # At w = 0 every output is 1/2 and every slope 1/4: the loss is 1/4, its gradient (1/8) sum (1/2 - y) (x1, x2, 1).
    activation, target = CATALOGUE["sigmoid"], neuron.TASKS[task]
    pushes = {"and": [0.0, 0.0, 1 / 8], "or": [-1 / 8, -1 / 8, -1 / 8]}
    push = neuron.gradient(activation, np.zeros(3), target)
    by_hand = [sum((0.5 - TRUTH[task](*c)) * x / 8 for c, x in zip(CORNERS, k, strict=True)) for k in columns()]
    assert push.tolist() == by_hand == pushes[task]
    assert neuron.loss(activation, np.zeros(3), target) == 0.25


def columns():
    return [[c[0] for c in CORNERS], [c[1] for c in CORNERS], [1] * 4]


@everywhere
@each_start
@all_cases("slug", FUNCTIONS)
def test_a_run_is_gradient_descent_one_float_at_a_time(slug, task, start):
    run = neuron.learn(CATALOGUE[slug], task, start)
    assert run.weights.shape == (41, 3)
    for moment in (0, 1, 2, 5, 13, 40):
        np.testing.assert_allclose(run.weights[moment], replayed(slug, task, start, moment**2), rtol=1e-9, atol=1e-9)
    for moment in (0, 3, 40):
        f, (w1, w2, b) = FUNCTIONS[slug][0], run.weights[moment]
        errors = [(f(w1 * x1 + w2 * x2 + b) - TRUTH[task](x1, x2)) ** 2 for x1, x2 in CORNERS]
        assert run.loss[moment] == pytest.approx(sum(errors) / 4, abs=1e-10)


@everywhere
@each_start
def test_through_a_step_nothing_moves_and_through_a_sigmoid_every_task_is_learned(task, start):
    target = neuron.TASKS[task]
    still = neuron.learn(CATALOGUE["binary_step"], task, start)
    assert (still.weights == np.array(neuron.STARTS[start])).all()
    assert (still.loss == still.loss[0]).all()
    assert still.loss[0] > 0
    learned = neuron.learn(CATALOGUE["sigmoid"], task, start)
    assert (np.diff(learned.loss) < 0).all()
    assert neuron.right(CATALOGUE["sigmoid"](neuron.pre_activation(learned.weights[-1])), target).all()


@everywhere
def test_from_the_first_start_relu_finds_the_best_neuron_there_is(task):
    # AND can be met exactly; of OR the affine least-squares fit, in which every unit is on, is a minimum.
    best = {"and": ([1, 1, -1], 0), "or": ([0.5, 0.5, 0.25], 1 / 16)}
    run = neuron.learn(CATALOGUE["relu"], task, "a")
    np.testing.assert_allclose(run.weights[-1], best[task][0], atol=1e-6)
    assert run.loss[-1] == pytest.approx(best[task][1], abs=1e-10)
    ones = np.column_stack([neuron.INPUTS, np.ones(4)])
    fitted, *_ = np.linalg.lstsq(ones, neuron.TASKS["or"], rcond=None)
    np.testing.assert_allclose(fitted, best["or"][0], atol=1e-12)


def test_the_other_start_loses_relu_on_the_way():
    activation = CATALOGUE["relu"]
    fallen = neuron.learn(activation, "and", "b").weights
    assert (neuron.pre_activation(fallen[0]) > 0).any()
    # The last input to be on draws its own z to 0 and no further: what is left of it is nothing that counts.
    assert neuron.pre_activation(fallen[-1]).max() <= 1e-12


@given(weights, st.floats(-3, 3))
def test_a_side_of_the_plane_holds_exactly_the_points_with_a_larger_sum(at, level):
    (x,), (y,) = (corners[1] for corners in neuron.side(np.array([at]), [0.0, level]))
    assert x.shape == y.shape == (4,)
    for x1, x2 in np.random.default_rng(5).uniform(-0.4, 1.4, (40, 2)):
        z = at[0] * x1 + at[1] * x2 + at[2]
        if abs(z - level) > 1e-9:
            turns = [(x[k] - x[k - 1]) * (x2 - y[k - 1]) - (y[k] - y[k - 1]) * (x1 - x[k - 1]) for k in range(4)]
            inside = all(turn > 0 for turn in turns) or all(turn < 0 for turn in turns)
            assert inside == (z > level), (x1, x2)


def test_the_first_two_corners_span_the_line():
    (x,), (y,) = neuron.side(np.array([[0.7, -0.4, 0.3], [2.0, 1.0, -1.5]]), [0.0])
    for row, (w1, w2, b) in enumerate([(0.7, -0.4, 0.3), (2.0, 1.0, -1.5)]):
        np.testing.assert_allclose(w1 * x[row, :2] + w2 * y[row, :2] + b, 0, atol=1e-12)


@all_cases("name", ["w1", "w2", "b"])
def test_along_a_slider_only_its_own_weight_moves(name):
    stand = {"w1": 1.1, "w2": -2.0, "b": 0.4}
    rows = neuron.along(stand, name)
    assert rows.shape == (61, 3)
    for k, key in enumerate(stand):
        expected = np.linspace(-3, 3, 61) if key == name else np.full(61, stand[key])
        np.testing.assert_allclose(rows[:, k], expected, atol=1e-12)


def test_sigmoids_loss_is_that_of_many_digits():
    at, target = (1.3, -2.1, 0.4), (0, 0, 0, 1)
    outputs = [
        1 / (1 + mpmath.exp(-mpmath.mpf(str(at[0])) * a - mpmath.mpf(str(at[1])) * b - mpmath.mpf("0.4")))
        for a, b in CORNERS
    ]
    exact = sum((a - y) ** 2 for a, y in zip(outputs, target, strict=True)) / 4
    assert neuron.loss(CATALOGUE["sigmoid"], at, neuron.TASKS["and"]) == pytest.approx(float(exact), rel=1e-11)
