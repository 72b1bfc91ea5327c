"""A layer in training: against a training written anew, and what the page says of all its settings."""

import math

import numpy as np
import pytest
from scipy.special import erf

from activations import CATALOGUE
from activations.experiments import descent, network, survival
from tests.all_cases import all_cases

SLUGS = ("relu", "leaky_relu", "elu", "gelu")
RATES, SEEDS = tuple(survival.RATES.values()), tuple(int(seed) for seed in survival.SEEDS)


def value(slug, z):
    left = {"relu": 0 * z, "leaky_relu": 0.1 * z, "elu": np.expm1(np.minimum(z, 0))}
    return z * (1 + erf(z / math.sqrt(2))) / 2 if slug == "gelu" else np.where(z > 0, z, left[slug])


def slope(slug, z):
    left = {"relu": 0.0, "leaky_relu": 0.1, "elu": np.exp(np.minimum(z, 0))}
    if slug == "gelu":
        return (1 + erf(z / math.sqrt(2))) / 2 + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return np.where(z > 0, 1.0, left[slug])


def trained(slug, rate, seed, steps):
    """The pre-activations (32, 256) after each step, unit by unit as the chain rule says; and the loss."""
    x, y = survival.data(seed)
    (first, bias), (last, shift) = network.Network.fresh(CATALOGUE[slug], (4, 256, 1), "he", seed).layers
    first, bias, last, shift = first.copy(), bias.copy(), last.copy(), shift.copy()
    seen, losses = [], []
    for _ in range(steps + 1):
        z = np.einsum("nd,du->nu", x, first) + bias
        a = value(slug, z)
        logit = (a * last[:, 0]).sum(axis=1) + shift[0]
        seen.append(z)
        p = 1 / (1 + np.exp(-logit))
        losses.append(float(np.mean(np.log1p(np.exp(-np.abs(logit))) + np.maximum(logit, 0) - y[:, 0] * logit)))
        error = (p - y[:, 0]) / len(x)
        back = error[:, None] * last[:, 0] * slope(slug, z)
        last[:, 0] -= rate * (error[:, None] * a).sum(axis=0)
        shift -= rate * error.sum()
        first -= rate * np.einsum("nd,nu->du", x, back)
        bias -= rate * back.sum(axis=0)
    return seen, losses


@all_cases("slug", SLUGS)
def test_a_layer_fares_as_in_a_training_written_anew(slug):
    fate = survival.fate(CATALOGUE[slug], 3.0, 2)
    seen, losses = trained(slug, 3.0, 2, 12)
    for k, z in enumerate(seen):
        assert survival.MOMENTS[k] == k
        np.testing.assert_array_equal(fate.on[k], (z > 0).mean(axis=0))
        assert fate.dead[k] == (z.max(axis=0) <= 0).sum()
        assert fate.off[k] == pytest.approx((z <= 0).mean())
    np.testing.assert_allclose(fate.loss[:13], losses, rtol=1e-6)


def test_what_is_stored_is_what_a_training_gives_and_another_setting_is_trained_anew():
    for slug, rate, seed in (("relu", 6.0, 3), ("leaky_relu", 20.0, 1), ("relu", 5.0, 1)):
        stored, trained = (found(CATALOGUE[slug], rate, seed) for found in (survival.fate, survival.trained))
        assert stored.diverged == trained.diverged
        np.testing.assert_array_equal(stored.on, trained.on)
        np.testing.assert_allclose(stored.loss, trained.loss, rtol=1e-9)
    with np.load(survival._FILE) as file:
        assert len(file.files) == 3 * len(SLUGS) * len(RATES) * len(SEEDS)


@all_cases("seed", SEEDS)
@all_cases("rate", RATES)
def test_no_dead_relu_ever_comes_back(rate, seed):
    fate = survival.fate(CATALOGUE["relu"], rate, seed)
    alive = ~np.isnan(fate.dead)
    for before, after in zip(fate.on[alive], fate.on[alive][1:], strict=False):
        assert (after[before == 0] == 0).all()
    assert (np.diff(fate.dead[alive]) >= 0).all()


def test_the_weights_of_a_dead_relu_do_not_move_while_others_do():
    x, y = survival.data(1)
    net = network.Network.fresh(CATALOGUE["relu"], (4, 256, 1), "he", 1)
    run = network.train(net, x, y, descent.logistic, descent.Descent(6.0), [20, 60])
    (weights, biases), _ = run.networks.layers
    dead = survival.fate(CATALOGUE["relu"], 6.0, 1).on[20] == 0
    assert survival.MOMENTS[20] == 20
    assert dead.sum() > 100
    np.testing.assert_array_equal(weights[0][:, dead], weights[1][:, dead])
    np.testing.assert_array_equal(biases[0][dead], biases[1][dead])
    assert (weights[0][:, ~dead] != weights[1][:, ~dead]).any(axis=0).all()


@all_cases("slug", SLUGS)
def test_in_a_fresh_layer_a_unit_is_off_for_about_half_of_the_inputs_and_none_is_off_for_all(slug):
    for seed in SEEDS:
        fate = survival.fate(CATALOGUE[slug], 1.0, seed)
        assert fate.off[0] == pytest.approx(0.5, abs=0.05)
        assert fate.dead[0] == 0


def test_as_many_units_are_off_for_all_inputs_over_ten_draws_as_the_page_says():
    means = {slug: np.mean([survival.fate(CATALOGUE[slug], 6.0, s).dead[-1] for s in range(1, 11)]) for slug in SLUGS}
    assert {slug: round(float(mean)) for slug, mean in means.items()} == {
        "relu": 123, "leaky_relu": 34, "elu": 51, "gelu": 43,
    }  # fmt: skip


def test_a_run_that_diverges_is_no_number_from_there_on_and_some_relus_do_not():
    fates = {(slug, seed): survival.fate(CATALOGUE[slug], 20.0, seed) for slug in SLUGS for seed in SEEDS}
    diverged = {key: fate.diverged for key, fate in fates.items() if fate.diverged is not None}
    assert any(slug == "leaky_relu" for slug, _ in diverged)
    assert any(slug == "relu" for slug, _ in fates.keys() - diverged.keys())
    for key, step in diverged.items():
        lost = step <= survival.MOMENTS
        assert np.isnan(fates[key].dead).tolist() == np.isnan(fates[key].loss).tolist() == lost.tolist()


def test_the_data_have_both_labels_and_no_two_draws_are_the_same():
    drawn = [survival.data(seed) for seed in SEEDS]
    for x, y in drawn:
        assert x.shape == (32, 4)
        assert set(y[:, 0]) == {0, 1}
        assert abs(x.mean()) < 0.3
    assert len({x[0, 0] for x, _ in drawn}) == len(SEEDS)


def test_the_moments_are_as_many_as_the_slider_has_positions():
    assert len(survival.MOMENTS) == 41
    assert (np.diff(survival.MOMENTS) > 0).all()
