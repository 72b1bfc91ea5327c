"""Kinks, jumps, poles and ends of a formula are found where they are, at every setting, and are told apart."""

import math

import numpy as np
import pytest

from activations.formulas import A, activation, parse
from activations.formulas.measured import measure
from activations.formulas.switches import KINDS, MOST, bound, places

# By text what happens where at a = 1.3 and b = -0.7, by hand.
KNOWN = {
    "relu(x - a)": {1.3: "kink"},
    "abs(x)": {0: "kink"},
    "max(0, min(x + 3, 6))/6": {-3: "kink", 3: "kink"},
    "where(x > 0, x, a*(exp(x) - 1))": {0: "kink"},
    "where(x > 0, x, exp(x) - 1)": {0: "bend"},
    "where(x > 0, x**3, -x**3)": {},
    "where(x >= b, 1, 0)": {-0.7: "jump"},
    "where(b < x < a, x, 0)": {-0.7: "jump", 1.3: "jump"},
    "1/(x - a)": {1.3: "pole"},
    "1/x**2": {0: "pole"},
    "log(x)": {0: "pole"},
    "log(abs(x))": {0: "pole"},
    "sqrt(x - a)": {1.3: "edge"},
    "sqrt(abs(x))": {0: "steep"},
    "sin(x)/x": {0: "hole"},
    "x**a": {0: "edge"},
    "tan(x)".replace("tan(x)", "sin(x)/cos(x)"): {k * math.pi / 2: "pole" for k in (-3, -1, 1, 3)},
    "abs(sin(a*x))": {k * math.pi / 1.3: "kink" for k in (-2, -1, 0, 1, 2)},
    "where(x > 0, x, x)": {},
    "x*sigmoid(a*x)": {},
    "max(x + 1000, 1000)": {0: "kink"},
    "relu(x)**2": {0: "bend"},
    "relu(x)**3": {},
}


def found(text, a=1.3, b=-0.7):
    """By x the kind of each place."""
    there = places(parse(text), np.array([a]), np.array([b]))
    return {float(x): KINDS[kind] for x, kind in zip(there.x[0], there.kinds[0], strict=True) if math.isfinite(x)}


@pytest.mark.parametrize("text", KNOWN)
def test_each_place_is_found_and_named(text):
    kinds = found(text)
    assert list(kinds.values()) == list(KNOWN[text].values())
    np.testing.assert_allclose(list(kinds), list(KNOWN[text]), rtol=1e-15, atol=1e-13)


def test_places_follow_the_parameters_and_their_number_is_the_same_at_every_setting():
    read, a = parse("relu(x - a) + abs(sin(b*x))"), A.grid
    there = places(read, a, np.full(61, 0.5))
    assert there.x.shape == (61, bound(read)) == (61, MOST)
    for row, place in enumerate(a.tolist()):
        assert np.isclose(there.x[row], place, rtol=0, atol=1e-14).any()
        assert there.count[row] == len({round(place, 9), 0.0})
        alone = places(read, a[row : row + 1], np.array([0.5]))
        np.testing.assert_array_equal(alone.x[0], there.x[row])


def test_of_many_places_those_nearest_to_zero_are_given_and_all_are_counted():
    there = places(parse("abs(sin(9*x))"), np.zeros(1), np.zeros(1))
    assert there.count[0] == 2 * int(6 * 9 / math.pi) + 1 == 35
    steps = there.x[0] / (math.pi / 9)
    np.testing.assert_allclose(sorted(np.abs(steps)), [0, 1, 1, 2, 2, 3, 3, 4], atol=1e-12)
    assert sorted(steps) == steps.tolist()


@pytest.mark.parametrize(
    "text", ["x + abs(x - 0.1)", "where(x > 1/3, x, a)", "max(sin(x), 0.3)", "relu(tanh(x) - 0.2)"]
)
def test_the_record_is_read_on_the_right_sides_of_its_kinks(text):
    one = activation(parse(text))
    for kink in one.kinks_at():
        if abs(kink) <= 6:
            sides, far = one.sides(kink), 1e-7
            np.testing.assert_allclose(sides.value_left, one(kink - far), atol=1e-5)
            np.testing.assert_allclose(sides.value_right, one(kink + far), atol=1e-5)
            np.testing.assert_allclose(sides.slope_left, one.derivative(kink - far), atol=1e-5)
            np.testing.assert_allclose(sides.slope_right, one.derivative(kink + far), atol=1e-5)


def measured(text, a=1.0, b=1.0):
    """What is measured at one setting."""
    return measure(parse(text), np.array([a]), np.array([b]))[0]


def test_what_is_measured_of_known_functions_is_known():
    silu, relu, pole = measured("x*sigmoid(x)"), measured("relu(x)"), measured("1/(x - 0.31)")
    assert (silu.low, silu.at_low) == pytest.approx((-0.2784645427610738, -1.2784645427610738), abs=2e-5)
    assert silu.steepest == pytest.approx(1.0998393194085, abs=1e-5)
    assert (silu.rises, silu.odd, silu.flat, silu.whole) == (False, False, False, True)
    assert (relu.low, relu.high, relu.ends, relu.rises, relu.flat) == (0, 6, (0, 1), True, True)
    assert relu.mean == pytest.approx(1 / math.sqrt(2 * math.pi), rel=1e-12)
    assert (relu.forward, relu.backward) == pytest.approx((math.sqrt(2), math.sqrt(2)), rel=1e-12)
    assert (pole.low, pole.high, pole.steepest) == (-math.inf, math.inf, math.inf)
    assert all(map(math.isnan, (pole.mean, pole.forward, pole.backward)))
    assert (measured("tanh(a*x)").odd, measured("tanh(x)").rises) == (True, True)
    assert measured("tanh(-x)").rises is False
    assert measured("where(x > 0, 1, 2)").rises is False
    assert measured("where(x > 0, 2, 1)").rises is True
    assert measured("exp(a*x)", a=2.0).mean == pytest.approx(math.exp(2), rel=1e-9)
    assert math.isnan(measured("exp(x**2)").mean)
    assert math.isnan(measured("log(-1 - x**2)").low)
    # A place at which f only ends is one at which its mean ends as well.
    assert math.isnan(measured("sqrt(x)").mean)


def test_many_settings_are_measured_as_one_by_one():
    read, a = parse("where(x > b, x, a*sin(x))"), np.linspace(-3, 3, 7)
    b = np.full(7, 0.4)
    together = measure(read, a, b)
    assert together == [measure(read, a[k : k + 1], b[:1])[0] for k in range(7)]
