"""The numbers of a function's table, held against many-digit constants and integrals."""

import math

import pytest
from scipy.integrate import quad

from activations import CATALOGUE
from activations.experiments.portrait import portrait

over_catalogue = pytest.mark.parametrize("act", CATALOGUE.values(), ids=CATALOGUE)
INF = math.inf
SELU_FLOOR = -1.7580993408473768
# infimum, supremum, and whether each is taken.
RANGES = {
    "identity": (-INF, INF, False, False),
    "binary_step": (0, 1, True, True),
    "sigmoid": (0, 1, False, False),
    "tanh": (-1, 1, False, False),
    "relu": (0, INF, True, False),
    "leaky_relu": (-INF, INF, False, False),
    "elu": (-1, INF, False, False),
    "selu": (SELU_FLOOR, INF, False, False),
    "gelu": (-0.16997120747990, INF, True, False),
    "swish": (-0.27846454276107380, INF, True, False),
    "softplus": (0, INF, False, False),
    "mish": (-0.30884341301725041, INF, True, False),
}
MINIMA = {"gelu": -0.75179152469356, "swish": -1.27846454276107380, "mish": -1.19243121451549521}
# Largest |f'| and where, or None where it is taken on a whole side or everywhere.
STEEPEST = {
    "identity": (1, None),
    "sigmoid": (0.25, 0),
    "tanh": (1, 0),
    "relu": (1, None),
    "leaky_relu": (1, None),
    "gelu": (1.1289042, math.sqrt(2)),
    "swish": (1.0998393, 2.3993573),
}


@over_catalogue
def test_the_range_is_the_known_one_and_says_whether_its_ends_are_taken(act):
    found, (low, high, takes_low, takes_high) = portrait(act), RANGES[act.slug]
    assert (found.infimum, found.supremum) == pytest.approx((low, high), abs=1e-12)
    assert (found.has_infimum, found.has_supremum) == (takes_low, takes_high)


@over_catalogue
def test_a_minimum_is_named_only_where_the_function_turns(act):
    found = portrait(act).argmin
    assert found == (pytest.approx(MINIMA[act.slug], abs=1e-6) if act.slug in MINIMA else None)


@pytest.mark.parametrize("slug", STEEPEST)
def test_the_steepest_place_is_the_known_one(slug):
    found, (steep, where) = portrait(CATALOGUE[slug]), STEEPEST[slug]
    assert found.max_slope == pytest.approx(steep, abs=1e-7)
    assert found.argmax_slope == (None if where is None else pytest.approx(where, abs=1e-5))


@over_catalogue
def test_nothing_is_steeper_than_the_steepest(act):
    steep = portrait(act).max_slope
    assert all(abs(act.slope(x / 100)) <= steep + 1e-12 for x in range(-4000, 4001, 7))


def test_selu_is_steepest_just_left_of_its_kink():
    assert portrait(CATALOGUE["selu"]).max_slope == pytest.approx(1.0507009873554805 * 1.6732632423543772, rel=1e-9)


@over_catalogue
@pytest.mark.parametrize("end", ["low", "default", "high"])
def test_the_mean_is_the_integral_over_a_normal_input(act, end):
    params = {p.name: getattr(p, end) for p in act.params}

    def weighted(z):
        return float(act(z, **params)) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

    expected = sum(quad(weighted, *side, epsabs=1e-12, limit=200)[0] for side in ((-12, -1), (-1, 0), (0, 1), (1, 12)))
    assert portrait(act, **params).mean == pytest.approx(expected, abs=1e-9)


def test_selu_keeps_normal_input_centred():
    assert portrait(CATALOGUE["selu"]).mean == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("slug", "params", "low", "taken"),
    [
        ("elu", {"alpha": 0.3}, -0.3, False),
        ("elu", {"alpha": 0.0}, 0.0, True),
        ("leaky_relu", {"alpha": 0.0}, 0.0, True),
        ("swish", {"beta": 0.0}, -INF, False),
        ("swish", {"beta": 2.0}, -0.27846454276107380 / 2, True),
        ("softplus", {"beta": 5.0}, 0.0, False),
    ],
)
def test_the_floor_follows_the_parameter(slug, params, low, taken):
    act = CATALOGUE[slug]
    if all(p.low <= params[p.name] <= p.high for p in act.params):
        found = portrait(act, **params)
        assert found.infimum == pytest.approx(low, abs=1e-9)
        assert found.has_infimum is taken
