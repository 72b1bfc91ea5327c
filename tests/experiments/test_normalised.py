"""What normalisation and skips leave of a gradient: against naive networks, their Jacobians, and quadrature."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from activations import CATALOGUE
from activations.experiments import chain, normalised
from activations.experiments.normalised import ARRANGEMENTS, BATCH, GAIN, NORMS, SEED, SEEDS, UNIT, WIDTH
from activations.spec import Trait
from tests.all_cases import all_cases

CASES = [(arrangement, norm) for arrangement in ARRANGEMENTS for norm in NORMS]
EVERY = normalised.functions()


def tamed(a, norm):
    """Activations of shape (batch, units), normalised number by number."""
    out = np.zeros_like(a)
    for group in range(a.shape[norm == "batch"]):
        place = np.index_exp[:, group] if norm == "batch" else np.index_exp[group]
        mean = sum(a[place]) / len(a[place])
        variance = sum((each - mean) ** 2 for each in a[place]) / len(a[place])
        out[place] = [(each - mean) / math.sqrt(variance) for each in a[place]]
    return out


def naive(f, arrangement, norm, weights, a):
    """The activations after the last layer, for inputs of shape (batch, units), one arrangement after the other."""
    for w in weights:
        if arrangement == "plain":
            a = f(a @ w.T)
        elif arrangement == "before":
            a = f(tamed(a @ w.T, norm))
        elif arrangement == "after":
            a = tamed(f(a @ w.T), norm)
        elif arrangement == "skip":
            a = a + f(a @ w.T)
        elif arrangement == "pre":
            a = a + f(tamed(a, norm) @ w.T)
        else:
            a = tamed(a + f(a @ w.T), norm)
    return a


def drawn(seed, depth, width, batch, scale):
    """Inputs and direction of shape (batch, units), and weights, from the random numbers in their order."""
    rng = np.random.default_rng([SEED, seed])
    a, v = rng.standard_normal((2, width, batch)).transpose(0, 2, 1)
    weights = scale * rng.standard_normal((depth, width, width)) / math.sqrt(width)
    return a / np.sqrt(np.mean(a**2, axis=1, keepdims=True)), v / np.linalg.norm(v), weights


def jacobian(f, arrangement, norm, weights, a):
    """By central differences: of all outputs of the batch with respect to all its inputs."""
    columns, h = [], 1e-6
    for k in range(a.size):
        step = h * np.eye(1, a.size, k).reshape(a.shape)
        ends = (naive(f, arrangement, norm, weights, a + sign * step) for sign in (1, -1))
        columns.append(np.subtract(*ends).ravel() / (2 * h))
    return np.stack(columns, axis=1)


@all_cases(("arrangement", "norm"), CASES)
def test_the_tangent_is_the_jacobian_times_the_direction_at_every_depth(arrangement, norm):
    for slug, f, scale in (("tanh", np.tanh, 0.7), ("sigmoid", lambda z: 1 / (1 + np.exp(-z)), 3.0)):
        a, v, weights = drawn(4, 3, 5, 4, scale)
        found = normalised.network(CATALOGUE[slug], arrangement, norm, [1.0, scale], 4, depth=3, width=5, batch=4)
        for depth in (1, 2, 3):
            through = jacobian(f, arrangement, norm, weights[:depth], a) @ v.ravel()
            assert 10 ** found[0][1, depth - 1] == pytest.approx(np.linalg.norm(through), rel=1e-6)
            out = naive(f, arrangement, norm, weights[:depth], a)
            assert 10 ** found[1][1, depth - 1] == pytest.approx(math.sqrt(np.mean(out**2)), rel=1e-9)


@all_cases(("arrangement", "norm"), CASES)
def test_what_arrives_at_a_layer_has_come_back_through_the_jacobian_of_all_that_follow(arrangement, norm):
    for slug, f, scale in (("tanh", np.tanh, 0.7), ("sigmoid", lambda z: 1 / (1 + np.exp(-z)), 3.0)):
        a, u, weights = drawn(4, 3, 5, 4, scale)
        found = normalised.arriving(CATALOGUE[slug], arrangement, norm, [1.0, scale], 4, depth=3, width=5, batch=4)
        for layer in (1, 2, 3):
            behind = naive(f, arrangement, norm, weights[: layer - 1], a)
            back = jacobian(f, arrangement, norm, weights[layer - 1 :], behind).T @ u.ravel()
            assert 10 ** found[1, layer - 1] == pytest.approx(np.linalg.norm(back), rel=1e-6)


def test_forward_and_backward_through_a_jacobian_lengths_have_one_distribution():
    """As the docstring says: a random direction forward, a random gradient backward, here of a batch-normalised net."""
    a, _, weights = drawn(1, 4, 5, 4, 2.0)
    through = jacobian(np.tanh, "before", "batch", weights, a)
    vectors = np.random.default_rng(8).standard_normal((2, len(through), 20_000))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs = zip((through, through.T), vectors, strict=True)
    forward, backward = (np.linalg.norm(matrix @ each, axis=0) for matrix, each in pairs)
    assert stats.ks_2samp(forward, backward).pvalue > 0.01
    assert np.mean(backward**2) == pytest.approx(np.sum(through**2) / len(through), rel=0.03)


def test_a_step_passes_a_gradient_only_by_a_skip_that_is_not_normalised():
    for arrangement, norm in CASES:
        gradient = normalised.load("binary_step", arrangement, norm).gradient
        if arrangement in ("skip", "pre"):
            np.testing.assert_allclose(gradient, 0, atol=UNIT / 2)
        elif arrangement != "post":
            assert (gradient == -np.inf).all()
        else:
            assert np.isfinite(gradient).all()
            assert np.abs(gradient[:, -1]).max() > 0.5


def test_what_does_not_vary_becomes_0_and_passes_no_tangent():
    both = np.zeros((2, 3, 1, 4))
    both[0] = 0.1 + np.array([[[0.0, 0, 0, 0]], [[0.0, 1, 2, 3]], [[1e-14, 0, 0, 0]]])
    both[1] = np.random.default_rng(1).standard_normal((3, 1, 4))
    found = normalised.normalise(both, -1)
    assert not found[:, [0, 2]].any()
    assert found[0, 1, 0].tolist() == pytest.approx([(k - 1.5) / math.sqrt(1.25) for k in range(4)])


@all_cases(
    ("slug", "arrangement", "norm"),
    [("sigmoid", "after", "layer"), ("snake", "post", "batch"), ("relu", "skip", "batch")],
)
def test_a_stored_map_is_what_the_networks_give(slug, arrangement, norm):
    rows = [4, 17]
    ends = [
        normalised.network(CATALOGUE[slug], arrangement, norm, 2.0 ** GAIN.grid[rows], k, depth=12)
        for k in range(SEEDS)
    ]
    stored = normalised.load(slug, arrangement, norm)
    for kind, table in enumerate((stored.gradient, stored.activation)):
        expected = np.median([end[kind] for end in ends], axis=0)
        np.testing.assert_allclose(table[rows, :12], expected, atol=UNIT)
    ends = [
        normalised.arriving(CATALOGUE[slug], arrangement, norm, 2.0 ** GAIN.grid[rows], k)[:, 38:] for k in range(SEEDS)
    ]
    np.testing.assert_allclose(stored.arriving[rows, 38:], np.median(ends, axis=0), atol=UNIT)


def test_every_function_that_can_be_stacked_was_measured():
    assert set(EVERY) == {slug for slug, activation in CATALOGUE.items() if chain.stackable(activation)}
    assert (WIDTH, BATCH, SEEDS) == (64, 32, 3), "the page says so"
    for slug in EVERY:
        for arrangement, norm in CASES:
            found = normalised.load(slug, arrangement, norm)
            assert not np.isnan(found.gradient).any()
            assert not np.isnan(found.activation).any()
            assert not np.isnan(found.arriving).any()


@pytest.mark.parametrize("slug", ["sigmoid", "relu", "tanh", "binary_step"])
def test_what_arrives_at_layer_1_is_about_what_fifty_layers_leave(slug):
    for arrangement, norm in CASES:
        found = normalised.load(slug, arrangement, norm)
        one, other = found.arriving[:, 0], found.gradient[:, -1]
        assert (np.isneginf(one) == np.isneginf(other)).all()
        seen = np.isfinite(one)
        # Chaotic networks differ from direction to direction, by some decades of hundreds.
        assert np.abs(one[seen] - other[seen]).max(initial=0) < 0.6 + 0.06 * np.abs(other)[seen].max(initial=0)


@pytest.mark.parametrize("slug", EVERY)
def test_the_weight_scale_changes_nothing_where_a_normalisation_stands_before_the_function(slug):
    for norm in NORMS:
        one, other = (normalised.network(CATALOGUE[slug], "before", norm, [g], 0, 6, 16, 8) for g in (0.25, 16.0))
        np.testing.assert_allclose(one[0], other[0], atol=1e-9)
        np.testing.assert_allclose(one[1], other[1], atol=1e-9)


def factor(slug, norm):
    """What a wide layer does to a gradient, its pre-activations normal and normalised, by quadrature."""
    f = CATALOGUE[slug]

    def mean(of):
        kinks = sorted({0.0, *(kink for kink in f.kinks_at() if abs(kink) < 9)})
        ends = [-9, *kinks, 9]

        def weighted(z):
            return float(of(z)) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

        return sum(quad(weighted, low, high, limit=200)[0] for low, high in itertools.pairwise(ends))

    spread = mean(lambda z: f(z) ** 2) - (mean(f) ** 2 if norm == "batch" else 0)
    return math.sqrt(mean(lambda z: f.derivative(z) ** 2) / spread)


@pytest.mark.parametrize("slug", ["sigmoid", "relu", "tanh", "gelu", "softplus", "identity"])
@pytest.mark.parametrize("norm", NORMS)
def test_measured_gradients_are_near_those_of_wide_layers(slug, norm):
    found = normalised.load(slug, "before", norm).gradient[0] / np.arange(1, 51)
    assert found[-1] == pytest.approx(math.log10(factor(slug, norm)), abs=0.02)


@all_cases("slug", CATALOGUE)
def test_batch_normalisation_before_a_continuous_function_shrinks_no_gradient(slug):
    found = factor(slug, "batch")
    if Trait.CONTINUOUS in CATALOGUE[slug].traits:
        assert found >= 1 - 1e-6
        assert (found < 1 + 1e-6) == (slug == "identity")
