"""The stored maps of random networks: made again, and against networks computed another way."""

import math

import mpmath
import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import exploding
from activations.experiments.exploding import SEED, SEEDS, UNIT, WIDTH
from tests.all_cases import all_cases

LAYERS = np.arange(1, 51)
PLAIN = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "identity": lambda z: z,
}


def drawn(seed, depth, width):
    """The random numbers of a network in the order in which they are drawn."""
    rng = np.random.default_rng([SEED, seed])
    x, g = rng.standard_normal(width), rng.standard_normal(width)
    weights = [rng.standard_normal((width, width)) / math.sqrt(width) for _ in range(depth)]
    return x / math.sqrt((x**2).mean()), g / np.linalg.norm(g), weights


def by_complex_step(slug, gain, depth, width, seed):
    """The norm of the gradient of g·a_L with respect to the input, from forward passes alone."""
    x, g, weights = drawn(seed, depth, width)
    moved = x[:, None] + 1e-30j * np.eye(width)
    for weight in weights:
        moved = PLAIN[slug](gain * (weight @ moved))
    return math.log10(np.linalg.norm(g @ moved.imag / 1e-30))


@all_cases("slug", PLAIN)
def test_a_network_hands_back_the_derivative_of_its_forward_pass(slug):
    gains = [0.5, 1.4, 6.0]
    found, _ = exploding.network(CATALOGUE[slug], gains, 3, depth=6, width=12)
    assert found.shape == (3, 6)
    expected = [[by_complex_step(slug, gain, depth, 12, 3) for depth in range(1, 7)] for gain in gains]
    np.testing.assert_allclose(found, expected, atol=1e-9)


def weight_gradient(slug, gain, depth, width, seed, layer):
    """The norm of the gradient of g·a_L with respect to one layer's weights, from forward passes alone."""
    x, g, weights = drawn(seed, depth, width)
    moved = x
    for k, weight in enumerate(weights):
        z = gain * (weight @ moved)
        if k == layer:  # for each weight a network of its own, in which that weight has an imaginary part
            steps = np.einsum("iu,ij->iuj", np.eye(width), np.broadcast_to(moved, (width, width)))
            z = z[:, None] + 1e-30j * steps.reshape(width, -1)
        moved = PLAIN[slug](z)
    return np.linalg.norm(g @ moved.imag / 1e-30)


@all_cases("slug", PLAIN)
def test_weight_gradients_of_the_first_and_the_last_layer_are_derivatives_of_the_forward_pass(slug):
    gains = [0.5, 1.4, 6.0]
    _, found = exploding.network(CATALOGUE[slug], gains, 3, depth=6, width=12)
    assert found.shape == (3, 6)
    assert found[:, 0].tolist() == [0, 0, 0], "of one layer the first is the last"
    for row, gain in zip(found, gains, strict=True):
        for depth in (2, 6):
            first, last = (weight_gradient(slug, gain, depth, 12, 3, layer) for layer in (0, depth - 1))
            assert row[depth - 1] == pytest.approx(math.log10(first / last), abs=1e-9)


def test_a_gradient_that_is_cut_off_is_exactly_zero():
    left, weights = exploding.network(CATALOGUE["binary_step"], [1.0], 0, depth=3, width=8)
    assert (left == -math.inf).all()
    assert np.isnan(weights).all()


def at(power):
    (index,) = np.flatnonzero(exploding.GAIN.grid == power)
    return int(index)


@all_cases(
    ("slug", "powers", "depth"),
    [("sigmoid", [-2.0, 2.0], 9), ("relu", [0.0], 9), ("selu", [4.0], 6), ("tanh", [0.7], 9)],
)
def test_cells_of_the_file_are_made_again_exactly(slug, powers, depth):
    rows = [at(power) for power in powers]
    again = [exploding.network(CATALOGUE[slug], exploding.gains()[rows], seed, depth=depth) for seed in range(SEEDS)]
    stored = exploding.load(slug)
    # Stored to a whole unit; machines that add in another order differ in the last digits of a double.
    for found, map_ in zip(np.median(again, axis=0), (stored.measured, stored.weights), strict=True):
        assert np.abs(found - map_[rows, :depth]).max() <= 0.51 * UNIT


def test_the_cells_of_relu_that_are_quoted_are_made_again_exactly():
    rows = [at(0.5)]
    again = exploding.measure(CATALOGUE["relu"], exploding.gains()[rows])
    stored = exploding.load("relu")
    for found, map_ in zip(again, (stored.measured, stored.weights), strict=True):
        assert np.abs(found - map_[rows]).max() <= 0.51 * UNIT


def test_the_file_says_how_it_was_made():
    about = exploding.about()
    assert (about["seed"], about["seeds"], about["width"]) == (SEED, SEEDS, WIDTH)
    assert {"python", "numpy"} < set(about)
    assert exploding.gains()[[0, at(0.0), at(0.5), -1]] == pytest.approx([0.25, 1, math.sqrt(2), 16])
    for slug in exploding.FUNCTIONS:
        found = exploding.load(slug)
        assert found.measured.shape == found.theory.shape == found.weights.shape == (len(exploding.gains()), 50)


@all_cases(("slug", "share"), [("identity", 1.0), ("relu", 0.5)])
def test_homogeneous_maps_are_powers_but_for_the_chance_of_256_units(slug, share):
    """The log of a layer's factor has a variance of about (2/share - 1 + 2)/256 / 4 and half of that as its loss."""
    expected = LAYERS * np.log10(exploding.gains() * math.sqrt(share))[:, None]
    off = exploding.load(slug).measured - expected
    sigma = np.sqrt(LAYERS * (2 / share + 1) / WIDTH) / 2 / math.log(10)
    assert (np.abs(off) < 3 * sigma / math.sqrt(SEEDS) * 1.25 + 0.01 * LAYERS).all()


@all_cases("slug", exploding.FUNCTIONS)
def test_measured_maps_are_near_those_of_infinite_width(slug):
    found = exploding.load(slug)
    assert np.abs(found.measured - found.theory).max() < (1.8 if slug == "tanh" else 0.7)
    assert np.abs(found.measured - found.theory)[:, :5].max() < 0.3


def test_other_networks_of_another_width_end_near_the_kept_cells():
    """Written out for one column of the map: fresh seeds, float32, 400 units, gradients by Jacobians."""
    rng = np.random.default_rng(99)
    for slug, power, depth in (("relu", 0.0, 20), ("sigmoid", 2.0, 8), ("tanh", 1.0, 10)):
        ends = []
        for _ in range(5):
            a, back = rng.standard_normal((2, 400)).astype("f4")
            jacobians = []
            for _ in range(depth):
                weight = (2**power / 20 * rng.standard_normal((400, 400))).astype("f4")
                z = weight @ a
                a = PLAIN[slug](z)
                slope = {"relu": z > 0, "sigmoid": a * (1 - a), "tanh": 1 - a * a}[slug]
                jacobians.append(slope[:, None] * weight)
            norm = np.linalg.norm(back)
            for jacobian in reversed(jacobians):
                back = back @ jacobian
            ends.append(math.log10(np.linalg.norm(back) / norm))
        stored = exploding.load(slug).measured[at(power), depth - 1]
        assert np.median(ends) == pytest.approx(stored, abs=0.25), slug


def test_scales_of_the_catalogue_are_those_of_the_closed_forms():
    scales = exploding.scales()
    assert set(scales) <= set(CATALOGUE)
    relu, step, leaky = scales["relu"], scales["binary_step"], scales["leaky_relu"]
    assert (relu.critical, relu.lecun, relu.he, relu.recommended) == pytest.approx((2**0.5, 0.5**0.5, 1, 1))
    assert leaky.critical == pytest.approx(exploding.RECOMMENDED["leaky_relu"])
    assert math.isnan(step.critical)
    assert (step.lecun, step.he, step.recommended) == (0, 0, None)
    assert scales["gelu"].lecun == pytest.approx(0.5)
    assert scales["swish"].he == pytest.approx(0.5**0.5)
    assert {slug for slug, scale in scales.items() if scale.recommended is not None} == set(exploding.RECOMMENDED)


def test_clipping_divides_both_ends_by_the_same_number():
    norms = np.array([1e-9, 0.5, 1.0, 3.0, 1e20])
    first, output = 10.0 ** exploding.clipped(np.log10(norms)), 10.0 ** exploding.rescaled(np.log10(norms))
    np.testing.assert_allclose(first, [1e-9, 0.5, 1, 1, 1])
    np.testing.assert_allclose(first / output, norms)


def test_a_level_is_crossed_between_two_depths():
    rows = np.array([[-1.0, -2, -4], [0.5, 1, 1.5], [3, 5, 20]])
    np.testing.assert_allclose(exploding.crossing(rows, 4.0), [np.nan, np.nan, 1.5])
    np.testing.assert_allclose(exploding.crossing(rows, -3.0), [2.5, np.nan, np.nan])
    np.testing.assert_allclose(exploding.crossing(rows, 1.5), [np.nan, 3, 0.5])
    assert pytest.approx(38.5318394) == exploding.OVERFLOW


def test_nielsens_chain_grows_by_25_a_layer_and_without_its_bias_dies_at_once():
    activation = CATALOGUE["sigmoid"]
    np.testing.assert_allclose(exploding.single(activation, 10, True), np.arange(1, 11) * math.log10(25), rtol=1e-12)
    with mpmath.workdps(60):
        a, log, expected = mpmath.mpf(0.5), mpmath.mpf(0), []
        for _ in range(10):
            y = 1 / (1 + mpmath.exp(-100 * a))
            log += mpmath.log10(100 * y * (1 - y))
            a = y
            expected.append(float(log))
    np.testing.assert_allclose(exploding.single(activation, 10, False), expected, rtol=1e-12)
