"""Pairings of output function and loss against mpmath, and the training of a logistic regression against a loop."""

import itertools
import math

import numpy as np
import pytest

from activations.experiments import output_layer
from activations.experiments.output_layer import RATE, START, STEPS, TASKS, TRAINED, UNIT
from tests.all_cases import all_cases
from tests.oracle import output_layer as oracle

CASES = [(task, name) for task, found in TASKS.items() for name in found.pairings]


def test_the_tasks_and_pairings_are_those_that_are_written_out():
    assert {task: list(found.pairings) for task, found in TASKS.items()} == {k: list(v) for k, v in oracle.TRUE.items()}


@all_cases(("task", "name"), CASES)
def test_output_loss_and_gradient_keep_their_digits(task, name):
    found = TASKS[task]
    pairing, targets = found.pairings[name], found.target.grid[[0, len(found.target.grid) // 2, -1]]
    for z, target in itertools.product((found.z.low, -2.5, 0.0, 1.3, found.z.high), targets):
        at = np.array([z]), np.array([target])
        got = [float(each(*at)[0]) for each in (pairing.output, pairing.loss, pairing.gradient)]
        for value, true in zip(got, oracle.values(task, name, z, target), strict=True):
            assert value == pytest.approx(float(true), rel=2e-12, abs=1e-14 * (1 + abs(target) * abs(z)))


@all_cases("task", ["real", "positive", "bounded", "binary"])
def test_the_gradient_of_the_recommended_pairing_is_output_minus_target(task):
    pairing = next(iter(TASKS[task].pairings.values()))
    z, target = TASKS[task].z.grid, TASKS[task].target.grid[:, None]
    factor = 2 if task == "real" else 1
    np.testing.assert_allclose(pairing.gradient(z, target), factor * (pairing.output(z, target) - target), atol=1e-15)


def test_of_one_class_or_several_the_recommended_gradient_is_output_minus_one():
    for task in ("one", "several"):
        pairing = next(iter(TASKS[task].pairings.values()))
        z, target = TASKS[task].z.grid, TASKS[task].target.grid[:, None]
        np.testing.assert_allclose(pairing.gradient(z, target), pairing.output(z, target) - 1, atol=1e-14)


def test_softmax_twice_approaches_its_limit_and_never_passes_it():
    k = output_layer.CLASSES.grid
    twice = TASKS["one"].pairings["twice_ce"].output
    assert (twice(np.full_like(k, 10.0), k) < output_layer.largest_after_two(k)).all()
    np.testing.assert_allclose(twice(np.full_like(k, 60.0), k), output_layer.largest_after_two(k), rtol=1e-12)
    assert float(output_layer.largest_after_two(2)) == pytest.approx(1 / (1 + math.exp(-1)))


@pytest.mark.parametrize("name", TRAINED)
def test_training_is_gradient_descent_step_by_step(name):
    x, y = map(list, output_layer.examples())
    stored = output_layer.load()[name]
    assert stored.shape == (len(START.grid), len(STEPS), 2)
    for place in (0, 4, 10, 16):
        steps = oracle.trained(name, x, y, float(START.grid[place]), RATE)
        expected = {step: next(steps) for step in range(257)}
        found = stored[place][STEPS <= 256]
        np.testing.assert_allclose(found, [expected[step] for step in STEPS if step <= 256], atol=UNIT)


def test_the_stored_weights_are_those_of_a_training_now():
    again = output_layer.train(START.grid[[2, 14]])
    for row, stored in zip(again, output_layer.load().values(), strict=True):
        np.testing.assert_allclose(stored[[2, 14]], row, atol=UNIT)


@pytest.mark.parametrize("name", TRAINED)
def test_what_is_judged_is_the_probability_of_the_wrong_label(name):
    x, y = output_layer.examples()
    for w, b in ((-6.0, 0.0), (1.5, -0.2)):
        error, right = output_layer.judged(name, np.array([w, b]))
        outputs = [math.tanh(w * each + b) if name == "tanh_se" else 1 / (1 + math.exp(-w * each - b)) for each in x]
        p = [(a + 1) / 2 for a in outputs] if name == "tanh_se" else outputs
        expected = np.mean([1 - q if label else q for q, label in zip(p, y, strict=True)])
        assert float(error) == pytest.approx(expected, rel=1e-12)
        assert int(right) == oracle.right(x, y, w, b)
