"""The three forms of GELU against fifty digits, and the number formats against exact fractions."""

import dataclasses
import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from activations.experiments import approximations as forms
from activations.experiments import formats
from tests.all_cases import all_cases
from tests.oracle.nearest import nearest

X = np.array([-5.9, -3.0, -1.2, -0.3, 0.0, 1e-9, 0.75, 2.02, 2.7, 6.0])


def written(form, x):
    """The formulas of the paper."""
    if form == "erf":
        return x / 2 * (1 + mpmath.erf(x / mpmath.sqrt(2)))
    if form == "tanh":
        return x / 2 * (1 + mpmath.tanh(mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x**3)))
    return x / (1 + mpmath.exp(-mpmath.mpf("1.702") * x))


@all_cases("form", forms.FORMS)
def test_values_and_slopes_are_those_of_the_written_formulas(form):
    with mpmath.workdps(50):
        for x in X:
            exact = mpmath.mpf(float(x))
            value, slope = written(form, exact), mpmath.diff(lambda t: written(form, t), exact)
            assert float(forms.value(form, np.array(x))) == pytest.approx(float(value), rel=1e-11, abs=1e-18)
            assert float(forms.derivative(form, np.array(x))) == pytest.approx(float(slope), rel=1e-11, abs=1e-15)


def peak(form, order):
    """Where the exact error is largest for x > 0, by its derivative's root, from a coarse search."""
    with mpmath.workdps(40):

        def off(x):
            return mpmath.diff(lambda t: written(form, t) - written("erf", t), x, order)

        start = max((mpmath.mpf(k) / 20 for k in range(1, 100)), key=lambda x: abs(off(x)))
        at = mpmath.findroot(lambda x: mpmath.diff(off, x), start)
        return float(abs(off(at))), float(at)


@all_cases(("form", "value", "at"), [("tanh", 4.73e-4, 2.70), ("sigmoid", 2.03e-2, 2.27)])
def test_the_largest_errors_are_those_of_the_literature_to_many_digits(form, value, at):
    worst = forms.worst(form, "exact")
    assert (worst.value, worst.at) == pytest.approx(peak(form, 0), rel=1e-6)
    assert (worst.slope, worst.slope_at) == pytest.approx(peak(form, 1), rel=1e-6)
    assert (float(f"{worst.value:.2e}"), round(worst.at, 2)) == (value, at)
    if form == "tanh":
        assert (float(f"{worst.slope:.2e}"), round(worst.slope_at, 2)) == (8.68e-4, 2.02)


SAMPLES = [0.1, -1.2, 1 / 3, 1.00390625, 1.01171875, 255.5, 3.3895e38, -1e-40, 6e-8, 2.0**-24, 1.5 * 2.0**-24, 65504.0]
SAMPLES += np.random.default_rng(0).normal(0, 3, 300).astype(np.float32).tolist()


def test_bfloat16_is_the_nearest_fraction_with_eight_bits_and_float16_that_with_eleven():
    for x in SAMPLES:
        single = float(np.float32(x))
        assert Fraction(float(formats.bfloat16(single))) == nearest(Fraction(single), 8, -133), x
        if abs(x) <= 65504:
            assert Fraction(float(formats.float16(x))) == nearest(Fraction(x), 11, -24), x


def test_what_is_no_number_stays_so_and_what_is_too_large_overflows():
    assert np.isnan(formats.bfloat16([math.nan, -math.nan])).all()
    assert formats.bfloat16([math.inf, -math.inf, 3.4e38]).tolist() == [math.inf, -math.inf, math.inf]
    assert formats.float16([1e6, -1e6]).tolist() == [math.inf, -math.inf]


@all_cases(("kind", "digits", "lowest"), [("float16", 11, -24), ("bfloat16", 8, -133)])
def test_each_step_of_a_formula_is_rounded(kind, digits, lowest):
    def r(x):
        return nearest(Fraction(float(np.float32(float(x)))) if kind == "bfloat16" else Fraction(x), digits, lowest)

    for x in (-2.5, -0.3125, 0.75, 3.0):
        half, gate = r(Fraction(x) / 2), 1 + r(Fraction(math.erf(float(r(Fraction(x) * r(Fraction(math.sqrt(0.5))))))))
        assert Fraction(float(forms.value("erf", np.array(x), kind))) == r(half * r(gate))
        fall = r(Fraction(math.exp(-float(r(r(Fraction(1.702)) * Fraction(x))))))
        assert Fraction(float(forms.value("sigmoid", np.array(x), kind))) == r(Fraction(x) * r(1 / r(1 + fall)))


@all_cases("kind", forms.FORMATS)
@all_cases("form", forms.FORMS)
def test_what_is_stored_of_the_worst_is_what_is_found_anew(form, kind):
    stored, found = dataclasses.astuple(forms.worst(form, kind)), dataclasses.astuple(forms.search(form, kind))
    assert [type(each) for each in stored] == [type(each) for each in found]
    assert [each or 0 for each in stored] == pytest.approx([each or 0 for each in found], rel=1e-6)


@all_cases("kind", ["float16", "bfloat16"])
@all_cases("form", forms.FORMS)
def test_the_worst_is_the_worst_of_all_numbers_of_the_format(form, kind):
    x, worst = formats.numbers(kind, *forms.ENDS), forms.worst(form, kind)
    assert (x[0], x[-1]) == (-6, 6)
    np.testing.assert_array_equal(forms.rounded(x, kind), x)
    assert 2**15 < len(x) < 2**16
    exact = np.array([float(written("erf", mpmath.mpf(v))) for v in x[::97]])
    off = np.abs(forms.value(form, x[::97], kind) - exact)
    assert off.max() <= worst.value * (1 + 1e-9)
    at = np.array(worst.at)
    assert abs(float(forms.value(form, at, kind)) - float(written("erf", mpmath.mpf(worst.at)))) == pytest.approx(
        worst.value
    )
    if worst.flat is not None:
        left = x[(x <= worst.flat)]
        assert (forms.value(form, left[-5:], kind) == 0).any()
        assert (forms.value(form, x[(x > worst.flat) & (x < -0.1)], kind) != 0).all()
        assert (forms.value(form, left, kind) == 0).all(), "from there on it is 0"
