"""A fair race: its gradients, its parameters, its data and its stored numbers, against trainings written anew."""

import itertools
import math

import numpy as np
import pytest
from scipy.integrate import dblquad, quad
from scipy.special import erf

from activations import CATALOGUE
from activations.experiments import race
from activations.experiments.race import FUNCTIONS, RATES, SEEDS, STEPS, TASKS, UNIT
from tests.all_cases import all_cases

GATES = {"geglu": "gelu", "swiglu": "swish"}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Value and derivative of each function, written anew.
F = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "relu_squared": (lambda z: np.maximum(z, 0) ** 2, lambda z: 2 * np.maximum(z, 0)),
    "gelu": (
        lambda z: z * (1 + erf(z / math.sqrt(2))) / 2,
        lambda z: (1 + erf(z / math.sqrt(2))) / 2 + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi),
    ),
    "swish": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * (1 - sigmoid(z)))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
}


def network(slug):
    return race.network(CATALOGUE, slug)


def output(slug, parts, x):
    """The output of a network, from its weights and biases one layer after the other."""
    f = F[GATES.get(slug, slug)][0]
    for place, (weight, bias) in enumerate(parts):
        z = np.einsum("ni,iu->nu", x, weight) + bias
        if place == 2:
            return z[:, 0]
        units = z.shape[1] // 2
        x = z[:, :units] * f(z[:, units:]) if slug in GATES else f(z)
    raise AssertionError


def cut(slug, theta):
    """Weights (inputs, columns) and biases (columns) of three layers, out of one row."""
    units, columns = (22, 44) if slug in GATES else (33, 33)
    parts, start = [], 0
    for rows, count in ((10, columns), (units, columns), (units, 1)):
        end = start + rows * count
        parts.append((theta[start:end].reshape(rows, count), theta[end : end + count]))
        start = end + count
    assert start == len(theta)
    return parts


def loss(task, out, y):
    if task == "friedman":
        return float(np.mean((out - y[:, 0]) ** 2))
    return float(np.mean(np.where(y[:, 0] == 1, np.logaddexp(0, -out), np.logaddexp(0, out))))


@all_cases("slug", FUNCTIONS)
def test_every_network_has_1519_parameters(slug):
    units = 22 if slug in GATES else 33
    matrices = 2 if slug in GATES else 1
    count = matrices * (10 * units + units) + matrices * (units * units + units) + units + 1
    assert count == network(slug).parameters == len(network(slug).fresh(np.random.default_rng(0))) == 1519


@all_cases(("slug", "task"), list(itertools.product(FUNCTIONS, TASKS)))
def test_the_gradient_is_that_of_central_differences(slug, task):
    net, rng = network(slug), np.random.default_rng(7)
    theta = net.fresh(rng) + 0.1 * rng.standard_normal(1519)
    x, y = TASKS[task](rng, 40)
    layers = net.layers(theta)
    passed = net.forward(layers, x)
    np.testing.assert_allclose(passed[1][-1][:, 0], output(slug, cut(slug, theta), x), rtol=1e-9)
    gradient = net.backward(layers, passed, race.LOSSES[task].derivative(passed[1][-1], y))
    for place in [0, 300, 340, 400, 484, 700, 1100, 1450, 1490, 1518, *rng.integers(0, 1519, 20)]:
        step = 1e-6 * np.eye(1, 1519, place)[0]
        ends = [loss(task, output(slug, cut(slug, theta + sign * step), x), y) for sign in (1, -1)]
        assert gradient[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-4, abs=1e-8), place


@all_cases("slug", FUNCTIONS)
def test_the_first_weights_have_the_variance_that_keeps_the_mean_square(slug):
    f = F[GATES.get(slug, slug)][0]
    mean = quad(lambda z: float(f(np.float64(z))) ** 2 * math.exp(-z * z / 2), -12, 12, points=[0])[0] / math.sqrt(
        2 * math.pi
    )
    units = 22 if slug in GATES else 33
    drawn = [cut(slug, network(slug).fresh(np.random.default_rng(seed))) for seed in range(40)]
    for place, variance in enumerate((1 / 10, 1 / (units * mean), 1 / (units * mean))):
        weights = np.concatenate([parts[place][0].ravel() for parts in drawn])
        assert np.mean(weights**2) == pytest.approx(variance, rel=5 * math.sqrt(2 / len(weights)))
        assert not any(parts[place][1].any() for parts in drawn)


@all_cases(("slug", "task"), list(itertools.product(FUNCTIONS, TASKS)))
def test_pre_activations_of_hidden_layers_start_with_a_mean_square_of_about_1(slug, task):
    squares = []
    for seed in range(20):
        theta, data = trained(slug, task, 0, seed, 0)
        (weight, bias), (second, shift), _ = cut(slug, theta)
        z = data.training[0][:200] @ weight + bias
        f, half = F[GATES.get(slug, slug)][0], z.shape[1] // 2
        a = z[:, :half] * f(z[:, half:]) if slug in GATES else f(z)
        squares.append((np.mean(z**2), np.mean((a @ second + shift) ** 2)))
    assert np.mean(squares, axis=0) == pytest.approx([1, 1], abs=0.35)


def test_the_regression_is_friedmans_with_mean_0_and_variance_1():
    x, y = TASKS["friedman"](np.random.default_rng(3), 500)
    product = [dblquad(lambda a, b, n=n: math.sin(math.pi * a * b) ** n, 0, 1, 0, 1)[0] for n in (1, 2)]
    mean = 10 * product[0] + 20 / 12 + 10 / 2 + 5 / 2
    variance = 100 * (product[1] - product[0] ** 2) + 400 * (1 / 80 - 1 / 144) + (100 + 25) / 12
    for row, target in zip(x, y[:, 0], strict=True):
        u = row / math.sqrt(12) + 0.5
        assert ((u > 0) & (u < 1)).all()
        value = 10 * math.sin(math.pi * u[0] * u[1]) + 20 * (u[2] - 0.5) ** 2 + 10 * u[3] + 5 * u[4]
        assert target == pytest.approx((value - mean) / math.sqrt(variance), abs=1e-6)


def test_the_classes_are_two_noisy_spirals_and_eight_inputs_of_noise():
    x, y = TASKS["spirals"](np.random.default_rng(4), 20_000)
    along = np.linspace(math.sqrt(0.06), 1, 4000)
    arm = 2 * along[:, None] * np.stack([np.cos(2.5 * math.pi * along), np.sin(2.5 * math.pi * along)], axis=1)
    for kind, sign in ((0, 1), (1, -1)):
        near = x[y[:, 0] == kind, :2][:3000]
        away = np.min([np.hypot(*(near - sign * point).T) for point in arm], axis=0)
        # Across the arm lies one normal number of standard deviation 0.15.
        assert np.median(away) == pytest.approx(0.6745 * 0.15, rel=0.06)
    assert y.mean() == pytest.approx(0.5, abs=0.02)
    np.testing.assert_allclose(np.cov(x[:, 2:].T), np.eye(8), atol=0.04)
    assert np.abs(np.corrcoef(np.column_stack([x[:, 2:], y]).T)[-1, :-1]).max() < 0.03


def trained(slug, task, rate, seed, steps):
    """The parameters after so many steps of Adam, written anew for one network."""
    data, rng = race.draw(task, seed)
    theta = network(slug).fresh(rng)
    f, slope = F[GATES.get(slug, slug)]
    m, v = np.zeros(1519), np.zeros(1519)
    for step in range(steps):
        x, y = (each[data.batches[step]] for each in data.training)
        parts = cut(slug, theta)
        given, met = [x], []
        for weight, bias in parts:
            z = given[-1] @ weight + bias
            met.append(z)
            half = z.shape[1] // 2
            given.append(z[:, :half] * f(z[:, half:]) if slug in GATES else f(z))
        out = met[-1]
        error = 2 * (out - y) / len(x) if task == "friedman" else (sigmoid(out) - y) / len(x)
        found = []
        for place in (2, 1, 0):
            found = [(given[place].T @ error).ravel(), error.sum(axis=0), *found]
            if place:
                back, z = error @ parts[place][0].T, met[place - 1]
                half = z.shape[1] // 2
                if slug in GATES:
                    error = np.hstack([back * f(z[:, half:]), back * z[:, :half] * slope(z[:, half:])])
                else:
                    error = back * slope(z)
        g = np.concatenate(found)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        moved = (m / (1 - 0.9 ** (step + 1))) / (np.sqrt(v / (1 - 0.999 ** (step + 1))) + 1e-8)
        theta = theta - rate * (1 - step / 4000) * moved
    return theta, data


@all_cases(("slug", "task"), list(itertools.product(FUNCTIONS, TASKS)))
def test_a_training_is_the_same_written_anew(slug, task):
    found = race.train(network(slug), task, [0.01, 0.03], [2, 3], 4)
    assert race.moments()[:4].tolist() == [0, 5, 17, 35]
    for moment, steps in ((0, 0), (3, 35)):
        theta, data = trained(slug, task, 0.03, 3, steps)
        for name, (x, y) in zip(("training", "validation", "held_out"), data[:3], strict=True):
            expected = loss(task, output(slug, cut(slug, theta), x), y)
            assert getattr(found, name)[1, 1, moment] == pytest.approx(expected, rel=1e-6), name
    x = data.training[0]
    (weight, bias), (second, shift), _ = cut(slug, theta)
    dead = 0
    if slug in ("relu", "relu_squared"):
        hidden = F[slug][0](x @ weight + bias)
        dead = ((x @ weight + bias).max(axis=0) <= 0).sum() + ((hidden @ second + shift).max(axis=0) <= 0).sum()
    assert found.dead[1, 1, 3] * 66 == pytest.approx(dead)


@all_cases(("slug", "task"), list(itertools.product(FUNCTIONS, TASKS)))
def test_the_stored_numbers_are_those_of_a_run_now(slug, task):
    """The first moments: rounding, which differs between machines, has not grown yet."""
    stored, k, seen = race.load(task), FUNCTIONS.index(slug), 4
    best = stored.best[k]
    now = race.train(network(slug), task, RATES[[best]], seen=seen)
    pairs = [(stored.held_out[k, best], now.held_out[0]), (stored.training[k], now.training[0])]
    pairs += [(stored.gradient[k, layer], now.gradient[0, ..., layer]) for layer in range(3)]
    for kept, found in pairs:
        assert kept.shape == (SEEDS, len(race.moments()))
        np.testing.assert_allclose(np.log10(kept[:, :seen]), np.log10(found), atol=1.01 * UNIT)
    np.testing.assert_array_equal(stored.dead[k, best, :, :seen], now.dead[0])


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    one, same, other = (race.train(network("gelu"), "spirals", [0.03], [seed], 3) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.held_out, same.held_out)
    assert (one.held_out != other.held_out).all()


@pytest.mark.parametrize("task", TASKS)
def test_the_best_rate_has_the_least_median_validation_loss_and_is_not_at_an_end_of_the_grid(task):
    stored = race.load(task)
    for k in range(len(FUNCTIONS)):
        medians = [sorted(row)[2] for row in stored.validation[k].tolist()]
        assert stored.best[k] == medians.index(min(medians))
        assert 0 < stored.best[k] < len(RATES) - 1
        assert stored.at_best[k].tolist() == stored.held_out[k, stored.best[k]].tolist()


def test_the_stored_arrays_are_whole():
    assert len(FUNCTIONS) == 8
    assert race.moments()[-1] == STEPS == 4000
    assert RATES.tolist() == pytest.approx([10 ** (k / 2) for k in range(-7, 1)])
    for task in TASKS:
        stored = race.load(task)
        shape = (8, 8, 5, 50)
        assert stored.held_out.shape == stored.dead.shape == shape
        assert stored.gradient.shape == (8, 3, 5, 50)
        for array in (stored.held_out, stored.training, stored.validation):
            assert (array > 0).all()
            assert not np.isnan(array).any()
        assert ((stored.dead >= 0) & (stored.dead <= 1)).all()
        assert not stored.dead[[k for k, slug in enumerate(FUNCTIONS) if "relu" not in slug]].any()


def test_a_run_that_diverges_has_an_infinite_loss_without_a_warning():
    found = race.train(network("swiglu"), "friedman", [1e60], [0], 4)
    assert np.isfinite(found.held_out[0, 0, 0])
    assert (found.held_out[0, 0, 1:] == math.inf).all()


def test_functions_whose_ranges_overlap_that_of_the_best_are_tied():
    rng = np.random.default_rng(5)
    losses = np.round(rng.lognormal(size=(200, 6, 5)) * rng.choice([1, 4, 30], size=(200, 6, 1)), 1)
    losses[:20, 3, :2] = math.inf
    found = race.standing(losses)
    ties = 0
    for n, functions in enumerate(losses.tolist()):
        ranked = sorted(range(6), key=lambda k: sorted(functions[k])[2])
        assert found.order[n].tolist() == ranked
        best = functions[ranked[0]]
        for place, k in enumerate(ranked):
            assert found.median[n, place] == sorted(functions[k])[2]
            assert (found.low[n, place], found.high[n, place]) == (min(functions[k]), max(functions[k]))
            apart = all(one < other for one in best for other in functions[k])
            assert found.tied[n, place] == (not apart)
            ties += not apart
    assert 300 < ties < 1100
