"""A trait is claimed exactly where it is true: each is decided here from numbers alone, then compared."""

from functools import lru_cache

import numpy as np
import pytest

from activations import CATALOGUE, Trait
from tests.activations.conftest import over_cases
from tests.all_cases import all_cases
from tests.oracle import exact

pytestmark = pytest.mark.filterwarnings("error")

FAR = np.geomspace(1e-300, 1e300, 301)
NEAR = np.linspace(0, 40, 1001)
LINE = np.unique(np.concatenate([-FAR, -NEAR, NEAR, FAR]))
NODES = np.polynomial.legendre.leggauss(160)
# A smooth piece changes by less than this share between neighbours 1e-13 apart; every kink here jumps by more.
JUMP = 1e-6


@lru_cache(maxsize=8)
def jumps(g, kinks):
    """Halve every cell of a grid, keeping the half that changes more: only a jump survives the shrinking.

    A jump smaller than what its cell changes anyway would be lost; at a kink both sides are asked as well.
    """
    edges = np.linspace(-20.0, 20.0, 162)  # 0 lies inside a cell, as an unlisted kink would
    cells = np.array([edges[:-1], edges[1:]])
    ends = g(cells)
    for _ in range(44):
        middle = cells.mean(axis=0)
        here = g(middle)
        # The end that is given up for the middle.
        left = np.abs(here - ends[0]) >= np.abs(ends[1] - here)
        given = np.array([~left, left])
        cells, ends = np.where(given, middle, cells), np.where(given, here, ends)
    low, high = cells
    low, high = (np.append(side, np.nextafter(kinks, end)) for side, end in ((low, -np.inf), (high, np.inf)))
    return bool(np.max(np.abs(g(high) - g(low)) / (1 + np.abs(g(low)))) > JUMP)


@lru_cache(maxsize=8)
def breaks(g):
    """Whether g has a corner, a place at which its derivative jumps: the same by differences of neighbouring slopes.

    Every cell is halved, keeping the left, the middle or the right half, whichever bends most for its size. A corner
    keeps its difference of slopes; that of a smooth piece shrinks with the cell.
    """
    low, width = np.linspace(-20.0, 20.0, 302)[:-1], 40 / 301
    for _ in range(22):
        width /= 2
        halves = low + np.array([[0.0], [0.5], [1.0]]) * width
        best = np.argmax(corner(g, halves, width), axis=0)
        low = np.take_along_axis(halves, best[None], axis=0)[0]
    middle = low + width / 2
    scales = np.array([np.abs(g(middle + d) - g(middle)) / d for d in np.geomspace(width, 1, 25)]).max(axis=0)
    return bool(np.any(corner(g, low, width) > 1e-3 * scales + 1e-6))


def corner(g, low, width):
    """By how much the slope of g differs between the two halves of each cell."""
    return np.abs(g(low) - 2 * g(low + width / 2) + g(low + width)) / (width / 2)


def finite(y):
    """Beyond the largest float every true result is as far as the next: the float itself stands for it."""
    return np.clip(y, -np.finfo(float).max, np.finfo(float).max)


def continuous(f, slope, bend, kinks):
    return not jumps(f, kinks)


def c1(f, slope, bend, kinks):
    return not (jumps(f, kinks) or jumps(slope, kinks))


def c2(f, slope, bend, kinks):
    return not (jumps(f, kinks) or jumps(slope, kinks) or jumps(bend, kinks))


def smooth(f, slope, bend, kinks):
    # Each function is made of analytic pieces; where two do not join smoothly, the third derivative shows it at last.
    return c2(f, slope, bend, kinks) and not breaks(bend)


def monotone(f, slope, bend, kinks):
    # Rounding may take back an ULP of a plateau; a true dip is deeper by eleven orders of magnitude.
    y = finite(f(LINE))
    return bool(np.all(np.diff(y) >= -4e-16 * np.abs(y[1:])))


def odd(f, slope, bend, kinks):
    return bool(np.allclose(f(-LINE), -f(LINE), rtol=1e-15, atol=0))


def bounded_below(f, slope, bend, kinks):
    return bool(np.min(f(LINE)) > -1e6 and f(-np.inf) != -np.inf and f(np.inf) != -np.inf)


def bounded_above(f, slope, bend, kinks):
    return bool(np.max(f(LINE)) < 1e6 and f(-np.inf) != np.inf and f(np.inf) != np.inf)


def zero_centred(f, slope, bend, kinks):
    # Gauss-Legendre on either side of the kink; beyond 12 the density is below 1e-31.
    nodes, weights = NODES
    z = np.concatenate([6 * nodes - 6, 6 * nodes + 6])
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return bool(abs(np.sum(6 * np.tile(weights, 2) * density * f(z))) < 1e-13)


def flattens(f, slope, side):
    # By differences of the value too, so that a slope that underflows cannot vote for itself.
    far = side * np.geomspace(1e8, 1e150, 50)
    rise = (finite(f(2 * far)) - finite(f(far))) / far
    return bool(np.all(np.abs(rise) < 1e-7) and np.all(np.abs(slope(far)) < 1e-7))


def saturates_left(f, slope, bend, kinks):
    return flattens(f, slope, -1)


def saturates_right(f, slope, bend, kinks):
    return flattens(f, slope, 1)


def can_die(f, slope, bend, kinks):
    # Down to -30 only: further left a slope may be 0 because float64 ends, not because mathematics says so.
    x = -np.concatenate([np.geomspace(1e-300, 1, 200), np.linspace(1, 30, 200)])
    return bool(np.all(slope(x) == 0) and np.ptp(f(x)) == 0)


DECIDE = {
    Trait.CONTINUOUS: continuous,
    Trait.C1: c1,
    Trait.C2: c2,
    Trait.SMOOTH: smooth,
    Trait.MONOTONE: monotone,
    Trait.ODD: odd,
    Trait.BOUNDED_BELOW: bounded_below,
    Trait.BOUNDED_ABOVE: bounded_above,
    Trait.ZERO_CENTRED: zero_centred,
    Trait.SATURATES_LEFT: saturates_left,
    Trait.SATURATES_RIGHT: saturates_right,
    Trait.CAN_DIE: can_die,
}


def test_every_trait_can_be_decided():
    assert set(DECIDE) == set(Trait)


@over_cases
def test_a_trait_is_claimed_exactly_where_it_is_true(case):
    activation, params = case
    parts = [lambda x, g=g: g(x, **params) for g in (activation, activation.derivative, activation.second_derivative)]
    true = {trait for trait, decide in DECIDE.items() if decide(*parts, activation.kinks_at(**params))}
    assert activation.traits_at(**params) == true


@all_cases("trait", Trait, ids=lambda trait: trait.name)
def test_the_catalogue_can_tell_each_trait_from_its_absence(trait):
    # A trait that all or none of the twelve had would say nothing, and its decision would go untested.
    assert {trait in activation.traits for activation in CATALOGUE.values()} == {True, False}


@all_cases("activation", CATALOGUE.values(), ids=CATALOGUE)
def test_traits_are_those_at_the_defaults(activation):
    assert (
        activation.traits
        == activation.traits_at()
        == activation.traits_at(**{param.name: param.default for param in activation.params})
    )
    assert isinstance(activation.traits, frozenset)


def test_traits_follow_the_parameter():
    leaky, elu, swish = CATALOGUE["leaky_relu"], CATALOGUE["elu"], CATALOGUE["swish"]
    assert leaky.traits_at(alpha=1.0) == CATALOGUE["identity"].traits
    assert leaky.traits_at(alpha=0.0) == elu.traits_at(alpha=0.0) == CATALOGUE["relu"].traits
    assert swish.traits_at(beta=0.0) == CATALOGUE["identity"].traits
    assert CATALOGUE["soft_shrink"].traits_at(lam=0.0) == CATALOGUE["identity"].traits
    assert Trait.C1 in elu.traits_at(alpha=1.0)
    assert Trait.C1 not in elu.traits_at(alpha=0.3)
    assert Trait.SMOOTH not in elu.traits_at(alpha=1.0)


@all_cases(
    ("slug", "settings"),
    [("isrlu", {"alpha": 1}), ("isrlu", {"alpha": 0.1}), ("isru", {"alpha": 1}), ("elu", {"alpha": 1})]
    + [("xielu", {"alpha_p": p, "alpha_n": 2 * p}) for p in (0.25, 0.4, 1.0)]
    + [("xielu", {"alpha_p": 0.8, "alpha_n": 0.8})],
)
def test_how_often_a_function_can_be_differentiated_is_what_its_third_derivative_says(slug, settings):
    activation, asked = CATALOGUE[slug], (Trait.SMOOTH, Trait.C2, Trait.C1)
    smoothness = next(trait.value for trait in asked if trait in activation.traits_at(**settings))
    assert smoothness == exact.of(slug, **settings).smoothness
    parts = [lambda x, g=g: g(x, **settings) for g in (activation, activation.derivative, activation.second_derivative)]
    assert smoothness == next(trait.value for trait in asked if DECIDE[trait](*parts, activation.kinks_at(**settings)))


def test_the_third_derivative_of_isrlu_jumps_by_three_times_alpha():
    for alpha in (0.1, 1, 4):
        assert exact.of("isrlu", alpha=alpha).third_jumps == list(CATALOGUE["isrlu"].joints(alpha=alpha)) == [0]
        assert CATALOGUE["isrlu"].second_derivative([-1e-9, 1e-9], alpha=alpha) == pytest.approx(
            [3e-9 * alpha, 0], rel=1e-12
        )


def test_the_three_that_dip_are_not_monotone():
    dip = {slug for slug, activation in CATALOGUE.items() if Trait.MONOTONE not in activation.traits}
    assert dip >= {"gelu", "swish", "mish"}
