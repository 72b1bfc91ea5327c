"""The numbers of a function's table, held against many-digit constants and integrals."""

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hinge import ACTS, HINGE
from scipy.integrate import quad

from activations import CATALOGUE, Activation
from activations.experiments.summary import summaries, summary
from activations.spec import Latex
from tests.all_cases import all_cases

over_acts = all_cases("activation", ACTS, ids=lambda activation: activation.slug)
SLIDERS = [(activation, param.name) for activation in ACTS for param in activation.params]
over_sliders = all_cases(
    ("activation", "name"), SLIDERS, ids=[f"{activation.slug}-{name}" for activation, name in SLIDERS]
)
INF = math.inf
SILU, SWISH_TOP = (-1.27846454276107380, -0.27846454276107380), (2.39935728051546767, 1.09983932012886692)
# Infimum, whether it is taken, and the single place of it.
FLOORS = [
    ("identity", {}, -INF, False, None),
    ("binary_step", {}, 0, True, None),
    ("sigmoid", {}, 0, False, None),
    ("tanh", {}, -1, False, None),
    ("hard_tanh", {}, -1, True, None),
    ("relu", {}, 0, True, None),
    ("leaky_relu", {"alpha": 0.0}, 0, True, None),
    ("relu6", {}, 0, True, None),
    ("elu", {}, -1, False, None),
    ("elu", {"alpha": 0.3}, -0.3, False, None),
    ("elu", {"alpha": 0.0}, 0, True, None),
    ("selu", {}, -1.7580993408473768, False, None),
    ("gelu", {}, -0.16997120747990, True, -0.75179152469356),
    ("swish", {}, SILU[1], True, SILU[0]),
    ("swish", {"beta": 0.0}, -INF, False, None),
    ("swish", {"beta": 0.05}, SILU[1] / 0.05, True, SILU[0] / 0.05),
    ("swish", {"beta": 5.0}, SILU[1] / 5, True, SILU[0] / 5),
    ("softplus", {"beta": 5.0}, 0, False, None),
    ("mish", {}, -0.30884341301725041, True, -1.19243121451549521),
]
# Largest |f'|, whether it is taken, and the single place of it.
STEEPEST = [
    ("identity", {}, 1, True, None),
    ("binary_step", {}, 0, True, None),
    ("sigmoid", {}, 0.25, True, 0),
    ("tanh", {}, 1, True, 0),
    ("relu", {}, 1, True, None),
    ("elu", {}, 1, True, None),
    ("elu", {"alpha": 3.0}, 3, True, 0),
    ("selu", {}, 1.0507009873554805 * 1.6732632423543772, True, 0),
    ("gelu", {}, 1.12890414518515484, True, math.sqrt(2)),
    ("swish", {}, SWISH_TOP[1], True, SWISH_TOP[0]),
    ("swish", {"beta": 0.05}, SWISH_TOP[1], True, SWISH_TOP[0] / 0.05),
    ("swish", {"beta": 0.0}, 0.5, True, None),
    ("softplus", {"beta": 0.2}, 1, False, None),
    ("softplus", {"beta": 5.0}, 1, False, None),
]


@all_cases(("slug", "params", "low", "taken", "where"), FLOORS)
def test_the_floor_is_the_known_one(slug, params, low, taken, where):
    found = summary(CATALOGUE[slug], **params)
    assert found.infimum == pytest.approx(low, abs=2e-14)
    assert math.copysign(1, found.infimum) == (-1 if low else 1), "minus zero"
    assert found.has_infimum is found.has_minimum is taken
    assert found.argmin == (where if where is None else pytest.approx(where, rel=1e-12))


@all_cases(("slug", "params", "steep", "taken", "where"), STEEPEST)
def test_the_steepest_place_is_the_known_one(slug, params, steep, taken, where):
    found = summary(CATALOGUE[slug], **params)
    assert found.max_slope == pytest.approx(steep, rel=1e-14)
    assert found.max_slope_taken is taken
    assert found.argmax_slope == (where if where is None else pytest.approx(where, rel=1e-12, abs=0))


@all_cases(
    ("slug", "high", "taken"), [("sigmoid", 1, False), ("tanh", 1, False), ("binary_step", 1, True), ("relu6", 6, True)]
)
def test_the_ceiling_is_the_known_one(slug, high, taken):
    found = summary(CATALOGUE[slug])
    assert (found.supremum, found.has_supremum) == (high, taken)


def drawn(**formulas):
    """A function of its own making, for what the catalogue does not have."""
    blank = Activation("drawn", "Drawn", Latex("", ""), np.abs, np.sign, np.zeros_like, {})
    return dataclasses.replace(blank, **formulas)


@all_cases("kinks", [(0.0,), (0.0, 0.0)], ids=["one", "two that met"])
def test_a_minimum_at_a_kink_is_a_single_place(kinks):
    found = summary(drawn(kinks=lambda: kinks))
    assert (found.infimum, found.has_infimum, found.argmin) == (0, True, 0)


def test_a_limit_beside_a_kink_is_not_taken():
    # 1 - x on the left of 0, x + 1/2 on the right, and 2 at 0 itself: nothing takes the 1/2.
    found = summary(
        drawn(
            f=lambda x: np.where(x < 0, 1 - x, np.where(x > 0, x + 0.5, 2.0)),
            df=lambda x: np.where(x <= 0, -1.0, 1.0),
            kinks=lambda: (0.0,),
        )
    )
    assert (found.infimum, found.has_infimum, found.argmin) == (0.5, False, None)


def test_steepness_is_a_size():
    found = summary(drawn(f=lambda x: -2 * x, df=lambda x: np.full_like(x, -2.0)))
    assert (found.max_slope, found.max_slope_taken) == (2, True)
    assert (found.infimum, found.supremum) == (-INF, INF)


def test_what_oscillates_for_ever_takes_its_ends_again_and_again():
    sine = drawn(f=np.sin, df=np.cos, ddf=lambda x: -np.sin(x), no_limit=frozenset({0, 1, 2}))
    found = summary(sine)
    assert (found.infimum, found.supremum, found.max_slope) == pytest.approx((-1, 1, 1), abs=1e-12)
    assert [found.has_infimum, found.has_supremum, found.max_slope_taken] == [True] * 3
    assert found.argmin is found.argmax_slope is None
    assert found.mean == 0


@over_acts
def test_nothing_is_lower_or_steeper_anywhere(activation):
    x = np.concatenate([np.linspace(-100, 100, 20011), np.geomspace(100, 1e12, 999), -np.geomspace(100, 1e12, 999)])
    for params in ({p.name: max(end, p.domain[0]) for p in activation.params} for end in (0.35, 1.0, 1.95)):
        found = summary(activation, **params)
        values, slopes = activation(x, **params), np.abs(activation.derivative(x, **params))
        assert found.infimum <= values.min() + 1e-12
        assert values.max() <= found.supremum + 1e-12
        assert slopes.max() <= found.max_slope + 1e-12


@all_cases(
    ("activation", "end"),
    [(a, end) for a in ACTS for end in (("low", "default", "high") if a.params else ("default",))],
)
def test_the_mean_is_the_integral_over_a_normal_input(activation, end):
    params = {p.name: getattr(p, end) for p in activation.params}

    def weighted(z):
        return float(activation(z, **params)) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

    edges = sorted({-12, -1, 0, 1, 12, *activation.kinks_at(**params)})
    expected = sum(quad(weighted, *side, epsabs=1e-13, limit=200)[0] for side in itertools.pairwise(edges))
    assert summary(activation, **params).mean == pytest.approx(expected, abs=1e-11)


@all_cases("slug", ["identity", "tanh", "hard_tanh", "selu", "soft_shrink"])
def test_a_mean_of_zero_is_printed_without_the_dust_of_summing(slug):
    assert summary(CATALOGUE[slug]).mean == 0


@over_sliders
def test_the_summaries_along_a_slider_are_those_at_each_position(activation, name):
    others = {p.name: 0.7 for p in activation.params if p.name != name}
    grid = next(p.grid for p in activation.params if p.name == name)
    state = {name: grid, **{other: np.full(len(grid), value) for other, value in others.items()}}
    measured = summaries(activation, state)
    assert len(measured) == len(grid)
    # Both ends, 0 and 1, where traits change, and every ninth position.
    places = sorted({*range(0, len(grid), 9), len(grid) - 1, *np.flatnonzero(np.isin(grid, (0, 1))).tolist()})
    alone, measured = [summary(activation, **{**others, name: grid[k]}) for k in places], [measured[k] for k in places]
    for field in dataclasses.fields(alone[0]):
        ones, found = ([getattr(each, field.name) for each in each_one] for each_one in (alone, measured))
        assert [type(one) for one in found] == [type(one) for one in ones], field.name
        indices = [k for k, one in enumerate(ones) if one is not None]
        true, got = ([values[k] for k in indices] for values in (ones, found))
        np.testing.assert_allclose(got, true, rtol=1e-12, atol=1e-15, err_msg=field.name)


def test_a_summary_refuses_what_it_does_not_know():
    for ask in (lambda: summary(HINGE, gamma=1), lambda: summaries(HINGE, {"gamma": np.ones(2)})):
        with pytest.raises(ValueError, match="gamma"):
            ask()
