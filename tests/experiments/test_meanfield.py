"""Lengths and gradients in infinitely wide layers, against closed forms, mpmath and plain iteration."""

import math
from functools import partial

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import erf, expit, ndtr

from activations import CATALOGUE
from activations.experiments import cost, exploding, meanfield
from activations.spec import Activation, Latex
from tests.all_cases import all_cases
from tests.golden.make import FUNCTIONS

LENGTHS = np.array([1e-6, 0.01, 0.3, 1.0, 7.0, 250.0, 1e8])
LAM, ALPHA = 1.0507009873554805, 1.6732632423543772
SQRT2 = math.sqrt(2)
TWO_TIMES_BELL = 2 / math.sqrt(math.pi)
ERF = Activation(
    "erf", "erf", Latex("", ""), erf, lambda x: TWO_TIMES_BELL * np.exp(-np.minimum(x * x, 700)), np.zeros_like, {}
)


def elu_below(q, power):
    """E exp(power √q Z) over Z < 0."""
    return np.exp(power**2 * q / 2) * ndtr(-power * np.sqrt(q))


@np.vectorize
def hard(q):
    """Both moments of hard tanh; in floats they would cancel."""
    with mpmath.workdps(40):
        end = 1 / mpmath.sqrt(q)
        inside = 2 * mpmath.ncdf(end) - 1
        return float(q * inside - 2 * mpmath.sqrt(q) * mpmath.npdf(end) + 2 * mpmath.ncdf(-end)), float(inside)


def gelu_length(q):
    return q / 4 + q / (2 * math.pi) * (np.arcsin(q / (1 + q)) + 2 * q / (1 + q) / np.sqrt(1 + 2 * q))


CLOSED = {
    "identity": (lambda q: q, lambda q: 1 + 0 * q),
    "binary_step": (lambda q: 0.5 + 0 * q, lambda q: 0 * q),
    "relu": (lambda q: q / 2, lambda q: 0.5 + 0 * q),
    "leaky_relu": (lambda q: q * (1 + 0.01**2) / 2, lambda q: (1 + 0.01**2) / 2 + 0 * q),
    "hard_tanh": (lambda q: hard(q)[0], lambda q: hard(q)[1]),
    "relu6": (None, lambda q: ndtr(6 / np.sqrt(q)) - 0.5),  # it breaks at 6, between the powers of 2
    "gelu": (gelu_length, None),
}


@all_cases("slug", CLOSED)
def test_both_moments_are_the_closed_forms(slug):
    mean, slope = meanfield.moments(CATALOGUE[slug], LENGTHS)
    for found, closed in zip((mean, slope), CLOSED[slug], strict=True):
        if closed:
            np.testing.assert_allclose(found, closed(LENGTHS), rtol=3e-12)


def test_the_error_function_has_the_moments_of_williams():
    mean, slope = meanfield.moments(ERF, LENGTHS[:-1])
    q = LENGTHS[:-1]
    np.testing.assert_allclose(mean, 2 / math.pi * np.arcsin(2 * q / (1 + 2 * q)), rtol=1e-11)
    np.testing.assert_allclose(slope, 4 / math.pi / np.sqrt(1 + 4 * q), rtol=1e-11)


@all_cases(
    ("slug", "q"),
    [("sigmoid", 0.02), ("sigmoid", 40.0), ("tanh", 1.0), ("mish", 0.02), ("softplus", 40.0), ("swish", 1.0)],
)
def test_both_moments_are_those_of_mpmath(slug, q):
    define, size = partial(FUNCTIONS[slug][0], **CATALOGUE[slug].defaults), mpmath.sqrt(q)
    # Panels of a quarter, in which every integrand is all but a polynomial.
    nodes, weights = np.polynomial.legendre.leggauss(12)
    z = ((np.arange(-36, 36)[:, None] + (1 + nodes) / 2) / 4).ravel()
    bell = np.tile(weights, 72) / 8 * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    with mpmath.workdps(18):
        jets = [define(mpmath.mpf(place) * size) for place in z.tolist()]
        found = [(float(value), float(mpmath.fsum(slope))) for value, slope, _ in jets]
    expected = bell @ np.array(found) ** 2
    assert [float(found) for found in meanfield.moments(CATALOGUE[slug], q)] == pytest.approx(expected, rel=1e-9)


@all_cases(
    ("slug", "expected"),
    {
        "identity": 1.0,
        "tanh": 1.0,
        "hard_tanh": 1.0,
        "elu": 1.0,
        "relu": SQRT2,
        "relu6": SQRT2,
        "softplus": SQRT2,
        "leaky_relu": math.sqrt(2 / (1 + 0.01**2)),
        "selu": math.sqrt(2 / (1 + ALPHA**2)) / LAM,
        # Lengths between a vanishing and an exploding branch stay only if the first one already does.
        "gelu": brentq(lambda g: gelu_length(g * g) - 1, 1.2, 1.9, xtol=1e-14),
    }.items(),
)
def test_the_critical_gain_is_the_one_that_follows_by_hand(slug, expected):
    assert meanfield.critical(CATALOGUE[slug]) == pytest.approx(expected, rel=1e-7)


def test_at_the_critical_gain_of_sigmoid_nothing_grows_and_nothing_fades():
    g = meanfield.critical(CATALOGUE["sigmoid"])

    def mean(part, q):
        return quad(lambda z: part(expit(math.sqrt(q) * z)) ** 2 * math.exp(-z * z / 2), -9, 9, points=[0])[0]

    q = 1.0
    for _ in range(80):
        q = g * g * mean(lambda y: y, q) / math.sqrt(2 * math.pi)
    assert g * g * mean(lambda y: y * (1 - y), q) / math.sqrt(2 * math.pi) == pytest.approx(1, rel=1e-6)


def test_a_step_has_no_critical_gain():
    assert math.isnan(meanfield.critical(CATALOGUE["binary_step"]))


@all_cases("slug", sorted({*exploding.FUNCTIONS, *cost.FORWARD}))  # those whose gain a page prints
def test_below_the_critical_gain_gradients_fade_and_above_it_they_do_not(slug):
    activation = CATALOGUE[slug]
    g = meanfield.critical(activation)
    if not math.isnan(g):
        assert all(meanfield.factor(activation, g * share) < 1 for share in (0.4, 0.99))
        assert all(meanfield.factor(activation, g * share) > 1 - 1e-6 for share in (1.01, 3))


@all_cases("gain", [0.4, 1.6, 12.0])
@all_cases("slug", ["sigmoid", "tanh", "selu", "hard_tanh", "relu6"])
def test_the_factor_is_where_plain_iteration_ends(slug, gain):
    activation, q = CATALOGUE[slug], gain * gain
    for _ in range(3000):
        before, (mean, slope) = q, meanfield.moments(activation, q)
        q = min(gain * gain * float(mean), 1e200)
        if abs(q - before) < 1e-13 * q or not 1e-60 < q < 1e60:
            break
    # Lengths of tanh at 1 fade like 1/L.
    assert meanfield.factor(activation, gain) == pytest.approx(gain * math.sqrt(slope), rel=4e-4)


def test_selu_at_lecuns_gain_stays_at_length_one_and_grows_a_little():
    expected = LAM * math.sqrt(0.5 + ALPHA**2 * elu_below(1.0, 2.0))
    assert meanfield.factor(CATALOGUE["selu"], 1.0) == pytest.approx(expected, rel=1e-9)


def test_fading_of_homogeneous_functions_is_a_power():
    gains, layers = np.array([0.25, 1.0, SQRT2, 16.0]), np.arange(1, 51)
    for slug, share in {"identity": 1.0, "relu": 1 / SQRT2}.items():
        expected = layers * np.log10(gains * share)[:, None]
        np.testing.assert_allclose(meanfield.fading(CATALOGUE[slug], gains, 50), expected, atol=1e-10)
    assert (meanfield.fading(CATALOGUE["binary_step"], gains, 3) == -math.inf).all()
