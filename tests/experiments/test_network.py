"""The network and its backpropagation, held against closed forms, difference quotients and solved problems."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize

from activations import CATALOGUE
from activations.experiments import network
from activations.experiments.descent import Descent, logistic, squared
from activations.experiments.network import Network, train
from tests.all_cases import all_cases

identity, sigmoid, tanh, relu = (CATALOGUE[slug] for slug in ("identity", "sigmoid", "tanh", "relu"))
draw = np.random.default_rng(5)
X, Y = draw.normal(size=(40, 3)), draw.normal(size=(40, 2))
LABELS = (X @ [1.0, -2.0, 0.5] + draw.normal(size=40) > 0.3).astype(float)[:, None]
# An exponential of an exponential is too steep for a quotient of differences.
ACTS = [activation for slug, activation in CATALOGUE.items() if slug != "exponential"]
over_catalogue = all_cases("activation", ACTS, ids=lambda activation: activation.slug)


def one_layer(*outputs):
    """No hidden layer, weights and biases of 0."""
    return Network(identity, (3, *outputs), np.zeros(4 * outputs[0]))


@over_catalogue
@all_cases("loss", [logistic, squared])
def test_the_gradient_is_how_fast_the_loss_moves(activation, loss):
    net = Network.fresh(activation, (3, 5, 4, 2), "he", 11)
    net = Network(activation, net.widths, net.theta + 0.1 * np.random.default_rng(2).normal(size=net.theta.size))
    target = (Y > 0).astype(float)
    value, gradient = net.gradient(X, target, loss)
    h, met = 1e-6, net.forward(X).pre_activations[:-1]
    nearest = min((abs(z - kink).min() for z in met for kink in activation.kinks_at()), default=1.0)
    assert nearest > 20 * h, "the difference quotient must not step over a kink"
    # A network for each weight, moved ahead and moved back.
    ahead, behind = (
        Network(activation, net.widths, net.theta + s * np.eye(net.theta.size)).gradient(X, target, loss)[0]
        for s in (h, -h)
    )
    assert ((ahead - behind) / (2 * h)).tolist() == pytest.approx(gradient.tolist(), rel=1e-5, abs=1e-8)
    assert value == pytest.approx((ahead[-1] + behind[-1]) / 2, rel=1e-9)


def test_two_linear_layers_have_the_gradient_of_matrix_calculus():
    net = Network.fresh(identity, (3, 4, 2), "xavier", 3)
    (first, _), (second, _) = net.layers
    error = (X @ first @ second - Y) / len(X)
    _, gradient = net.gradient(X, Y, squared)
    (by_first, first_bias), (by_second, second_bias) = Network(identity, net.widths, gradient).layers
    np.testing.assert_allclose(by_first, X.T @ error @ second.T, atol=1e-14)
    np.testing.assert_allclose(by_second, (X @ first).T @ error, atol=1e-14)
    np.testing.assert_allclose(first_bias, (error @ second.T).sum(axis=0), atol=1e-14)
    np.testing.assert_allclose(second_bias, error.sum(axis=0), atol=1e-14)


def test_one_layer_is_logistic_regression():
    theta = np.array([0.3, -0.7, 1.1, 0.2])
    value, gradient = Network(relu, (3, 1), theta).gradient(X, LABELS, logistic)
    chance = 1 / (1 + np.exp(-(X @ theta[:3] + theta[3])))
    expected = -np.mean(np.where(LABELS[:, 0] == 1, np.log(chance), np.log(1 - chance)))
    assert value == pytest.approx(expected)
    error = chance - LABELS[:, 0]
    np.testing.assert_allclose(gradient, [*(X.T @ error / 40), error.mean()], rtol=1e-12)


def test_one_hidden_layer_of_sigmoids_written_out():
    net = Network.fresh(sigmoid, (3, 4, 2), "lecun", 8)
    (first, _), (second, _) = net.layers
    passed = net.forward(X)
    hidden = 1 / (1 + np.exp(-X @ first))
    np.testing.assert_allclose(passed.pre_activations[0], X @ first, atol=1e-14)
    np.testing.assert_allclose(passed.activations[1], hidden, atol=1e-14)
    np.testing.assert_allclose(passed.output, hidden @ second, atol=1e-14)
    assert passed.output is passed.pre_activations[1]
    assert passed.activations[0] is X


@all_cases(("scheme", "variance"), [("lecun", 1 / 300), ("xavier", 2 / 500), ("he", 2 / 300)])
def test_an_initialisation_has_its_variance(scheme, variance):
    (weight, bias), (last, _) = Network.fresh(relu, (300, 200, 10), scheme, 0).layers
    assert weight.shape == (300, 200)
    assert not bias.any()
    # The estimate of a normal variance from n numbers is off by sqrt(2/n) of it.
    assert weight.var() == pytest.approx(variance, rel=5 * math.sqrt(2 / weight.size))
    assert abs(weight.mean()) < 5 * math.sqrt(variance / weight.size)
    outwards = {"lecun": 1 / 200, "xavier": 2 / 210, "he": 2 / 200}[scheme]
    assert last.var() == pytest.approx(outwards, rel=5 * math.sqrt(2 / last.size))


def test_a_seed_is_a_network_and_an_unknown_name_is_none():
    same = [Network.fresh(relu, (2, 3, 1), "he", seed).theta for seed in (4, 4, 5)]
    np.testing.assert_array_equal(same[0], same[1])
    assert (same[0] != same[2]).any()
    with pytest.raises(KeyError, match="glorot"):
        Network.fresh(relu, (2, 3, 1), "glorot", 0)


@over_catalogue
def test_many_networks_at_once_are_each_as_alone(activation):
    alone = [Network.fresh(activation, (3, 6, 2), "he", seed) for seed in range(4)]
    together = Network(activation, (3, 6, 2), np.stack([net.theta for net in alone]))
    values, gradients = together.gradient(X, Y, squared)
    for place, net in enumerate(alone):
        value, gradient = net.gradient(X, Y, squared)
        assert values[place] == pytest.approx(value, rel=1e-13)
        np.testing.assert_allclose(gradients[place], gradient, atol=1e-13)
        np.testing.assert_allclose(together.forward(X).output[place], net.forward(X).output, atol=1e-13)


@all_cases("momentum", [0.0, 0.6])
def test_descent_on_a_parabola_is_the_recurrence_of_a_matrix_power(momentum):
    # With x = ±1 and targets ±c the loss is (w − c)²/2 + b²/2: each step is the same linear map of (w − c, velocity).
    c, w, rate = 2.0, 0.5, 0.3
    x, y = np.array([[1.0], [-1.0]]), np.array([[c], [-c]])
    run = train(Network(identity, (1, 1), np.array([w, 0.0])), x, y, squared, Descent(rate, momentum), [0, 1, 5, 20])
    step = np.array([[1 - rate, -rate * momentum], [1.0, momentum]])
    for place, steps in enumerate((0, 1, 5, 20)):
        error = (np.linalg.matrix_power(step, steps) @ [w - c, 0.0])[0]
        assert run.networks.theta[place, 0] - c == pytest.approx(error, abs=1e-14)
        assert run.loss[steps] == pytest.approx(error**2 / 2, abs=1e-14)
    assert run.loss.shape == (21,)
    assert run.diverged is None


def test_adam_is_its_papers_algorithm_on_a_slope():
    # Far from the minimum of (w − c)²/2 for a huge c the gradient is −c at every step, so each step is the rate.
    x, y = np.array([[1.0], [-1.0]]), np.array([[1e9], [-1e9]])
    net = Network(identity, (1, 1), np.zeros(2))
    theta = train(net, x, y / 1e4, squared, Descent(0.25, adam=True), range(9)).networks.theta[:, 0]
    np.testing.assert_allclose(theta, 0.25 * np.arange(9), rtol=1e-4)


def test_adam_remembers_as_written_out_by_hand():
    x, y = np.array([[1.0], [-1.0]]), np.array([[1.0], [-1.0]])
    theta = train(
        Network(identity, (1, 1), np.zeros(2)), x, y, squared, Descent(0.4, adam=True), range(30)
    ).networks.theta
    w, m, v = 0.0, 0.0, 0.0
    for step in range(1, 30):
        m, v = 0.9 * m + 0.1 * (w - 1), 0.999 * v + 0.001 * (w - 1) ** 2
        w -= 0.4 * (m / (1 - 0.9**step)) / (math.sqrt(v / (1 - 0.999**step)) + 1e-8)
        assert theta[step, 0] == pytest.approx(w, rel=1e-12)


def test_least_squares_and_logistic_regression_end_where_other_methods_do():
    ones = np.column_stack([X, np.ones(len(X))])
    best, *_ = np.linalg.lstsq(ones, Y, rcond=None)
    run = train(one_layer(2), X, Y, squared, Descent(0.3, 0.9), [0, 400])
    np.testing.assert_allclose(run.networks.theta[-1], np.concatenate([best[:3].ravel(), best[3]]), atol=1e-9)

    def entropy(theta):
        z = ones @ theta
        return float(np.mean(np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0) - LABELS[:, 0] * z))

    found = minimize(entropy, np.zeros(4), tol=1e-12)
    run = train(one_layer(1), X, LABELS, logistic, Descent(1.0, 0.9), [0, 3000])
    np.testing.assert_allclose(run.networks.theta[-1], found.x, atol=1e-4)
    assert run.loss[-1] == pytest.approx(found.fun, rel=1e-8)


def test_what_is_kept_is_the_network_of_that_step():
    net = Network.fresh(tanh, (3, 6, 1), "xavier", 1)
    long = train(net, X, LABELS, logistic, Descent(0.5), [0, 3, 10])
    short = train(net, X, LABELS, logistic, Descent(0.5), range(4))
    np.testing.assert_array_equal(long.networks.theta[0], net.theta)
    np.testing.assert_array_equal(long.networks.theta[1], short.networks.theta[3])
    for place, step in enumerate((0, 3, 10)):
        stored = Network(tanh, net.widths, long.networks.theta[place])
        assert stored.gradient(X, LABELS, logistic)[0] == pytest.approx(long.loss[step], rel=1e-13)


def test_a_step_longer_than_two_over_the_curvature_diverges_and_says_when():
    x, y = np.array([[1.0], [-1.0]]), np.array([[1.0], [-1.0]])
    run = train(Network(identity, (1, 1), np.zeros(2)), x, y, squared, Descent(3.0), [0, 10, 40])
    # The error doubles in size at each step: its half square passes the bound after so many.
    first = next(step for step in range(100) if 4.0**step / 2 > network.LOST)
    assert run.diverged == first
    assert np.isfinite(run.loss[:first]).all()
    assert np.isnan(run.loss[first:]).all()
    assert np.isnan(run.networks.theta).any(axis=1).tolist() == [False, False, True]


@over_catalogue
@all_cases("rate", [1e3, 1e300])
def test_no_rate_is_so_large_that_it_warns(activation, rate):
    for how in (Descent(rate, 0.9), Descent(rate, adam=True)):
        run = train(Network.fresh(activation, (3, 6, 6, 2), "he", 0), X, Y, squared, how, [0, 5, 12])
        ended = 13 if run.diverged is None else run.diverged
        assert (np.flatnonzero(np.isfinite(run.loss)) == range(ended)).all()
        assert np.isnan(run.networks.theta[-1]).all() == (ended < 13)
        run.networks.forward(X)
