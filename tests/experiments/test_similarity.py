"""Distances between functions against adaptive quadrature of the definition, and against closed forms."""

import math

import pytest
from scipy.integrate import quad

from activations import CATALOGUE
from activations.experiments.similarity import distance, nearest
from tests.all_cases import all_cases

ALL = tuple(CATALOGUE.values())


def by_quadrature(one, other):
    def density(z):
        return (float(one(z)) - float(other(z))) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

    return math.sqrt(sum(quad(density, *ends, limit=200)[0] for ends in ((-12, -3), (-3, 0), (0, 3), (3, 12))))


@all_cases("slugs", [("gelu", "swish"), ("relu", "softplus"), ("tanh", "sigmoid"), ("elu", "selu")])
def test_the_distance_is_that_of_the_definition(slugs):
    one, other = (CATALOGUE[slug] for slug in slugs)
    assert distance(one, other) == pytest.approx(by_quadrature(one, other), rel=2e-3)
    assert distance(one, other) == distance(other, one)


def test_half_of_the_line_lies_away_from_relu():
    # E (min(Z, 0))² is half the variance.
    assert distance(CATALOGUE["identity"], CATALOGUE["relu"]) == pytest.approx(math.sqrt(0.5), rel=1e-3)


GELUS = {"gelu", "gelu_tanh", "gelu_sigmoid"}


def test_the_nearest_come_first_and_never_the_function_itself():
    for activation in ALL[::4]:
        found = nearest(activation, ALL, 3)
        gaps = [gap for _, gap in found]
        left_out = {activation.slug, *(other.slug for other, _ in found)}
        left_out |= set() if activation.slug in GELUS else GELUS - {"gelu"}
        assert activation not in [other for other, _ in found]
        assert gaps == sorted(gaps)
        assert max(gaps) <= min(distance(activation, other) for other in ALL if other.slug not in left_out)


def test_kin_that_readers_ask_for_are_named():
    named = {slug: {other.slug for other, _ in nearest(CATALOGUE[slug], ALL, 5)} for slug in ("isrlu", "swish", "gelu")}
    # SELU lies nearer to ISRLU than to ELU, so ELU is no longer among its five; its page links to ELU as a rival.
    assert {"elu", "celu"} <= named["isrlu"]
    assert distance(CATALOGUE["selu"], CATALOGUE["isrlu"]) < distance(CATALOGUE["selu"], CATALOGUE["elu"])
    assert named["swish"] & GELUS == {"gelu"}
    assert {"gelu_tanh", "gelu_sigmoid", "swish"} <= named["gelu"]
