"""One value written two ways: what is called true against mpmath, each step against exact fractions, and every end
against its neighbours in the format."""

import math
from functools import cache

import numpy as np
import pytest
from mpmath import mp, mpf

from activations.experiments import formats, rounding
from activations.experiments.rounding import FORMS, GRID, PAIRS
from tests.all_cases import all_cases
from tests.oracle.nearest import DIGITS, held

TRUE = {
    "sigmoid": lambda x: mp.sech(x / 2) ** 2 / 4,
    "tanh": lambda x: 4 / (mp.exp(x) + mp.exp(-x)) ** 2,
    "gelu": lambda x: x * mp.ncdf(x),
    "softplus": lambda x: mp.log(1 + mp.exp(x)),
    "logistic": lambda x: mp.exp(x) / (1 + mp.exp(x)),
}
PLACES = range(3, len(GRID), 12)
EVEN = ("sigmoid", "tanh")
each_pair = all_cases("pair", PAIRS)
each_kind = all_cases("kind", formats.FORMATS)


@cache
def true(pair, x):
    with mp.workdps(400):  # enough for 1 + exp(-745)
        return TRUE[pair](mpf(x))


def written(pair, form, x, kind):
    """The formulas as the page shows them, each step rounded to the format."""

    def r(y):
        return held(mpf(y), kind)

    def sigma(y):
        return r(1 / (1 + mp.exp(-y)))

    x = mpf(x)
    s, t, e, far = sigma(x), r(mp.tanh(x)), r(mp.exp(x)), r(mp.exp(-abs(x)))
    half = r(r(x / 2) * r(1 + r(mp.erf(r(x * r(mp.sqrt(mpf(1) / 2)))))))
    return {
        "sigmoid plain": lambda: r(s * r(1 - s)),
        "sigmoid careful": lambda: r(s * sigma(-x)),
        "tanh plain": lambda: r(1 - r(t * t)),
        "tanh careful": lambda: r(r(4 * sigma(2 * x)) * sigma(-2 * x)),
        "gelu plain": lambda: half,
        "gelu careful": lambda: r(x * r(mp.ncdf(x))),
        "softplus plain": lambda: r(mp.log(r(1 + e))),
        "softplus careful": lambda: r(max(x, mpf(0)) + r(mp.log1p(far))),
        "logistic plain": lambda: r(e / r(1 + e)),
        "logistic careful": lambda: r((far if x < 0 else 1) / r(1 + far)),
    }[f"{pair} {form}"]()


@each_pair
def test_what_is_called_true_has_thirty_digits(pair):
    stored = rounding.truth(pair)
    for k in PLACES:
        exact = true(pair, float(GRID[k]))
        with mp.workdps(60):
            value = (mpf(stored.high[k]) + mpf(stored.low[k])) * mpf(2) ** int(stored.exponent[k])
            assert abs(value - exact) <= mpf("1e-31") * abs(exact), GRID[k]
            assert not value or 0.5 <= abs(stored.high[k]) <= 1
            if value:
                assert stored.decades[k] == pytest.approx(float(mp.log10(abs(exact))), abs=1e-12)


@each_pair
@each_kind
def test_it_is_gone_at_half_the_smallest_number(pair, kind):
    gone, lowest = rounding.gone(pair, kind), DIGITS[kind][1]
    with mp.workdps(400):
        size = mp.log(abs(true(pair, gone.left)), 2)
    assert float(size) == pytest.approx(lowest - 1, abs=1e-9)
    assert gone.right == (-gone.left if pair in EVEN else None)


@each_pair
@all_cases("form", FORMS)
@all_cases("kind", ["float16", "bfloat16", "float32"])
def test_each_step_of_a_formula_is_rounded(pair, form, kind):
    x = GRID[5::13]
    with mp.workdps(60):
        expected = [float(written(pair, form, mpf(v), kind)) for v in x.tolist()]
    np.testing.assert_array_equal(rounding.value(pair, form, kind, x), expected)


@each_pair
@all_cases("form", [*FORMS, "best"])
@each_kind
def test_right_digits_and_units_in_the_last_place_are_those_of_the_error(pair, form, kind):
    found, (bits, lowest) = rounding.outcome(pair, form, kind), DIGITS[kind]
    assert ((found.digits >= 0) & (found.digits <= bits * math.log10(2))).all()
    for k in PLACES:
        exact, value = true(pair, float(GRID[k])), found.value[k]
        if not np.isfinite(value):
            assert found.digits[k] == 0
            continue
        with mp.workdps(60):
            off = abs(mpf(value) - exact)
            last = mpf(2) ** max(mp.frexp(exact)[1] - bits, lowest)
            right = -mp.log10(off / abs(exact)) if off else mp.inf
        assert found.ulps[k] == pytest.approx(float(off / last), rel=1e-9)
        assert found.digits[k] == pytest.approx(min(max(float(right), 0), bits * math.log10(2)), abs=1e-9)
        if form == "best":
            assert found.ulps[k] <= 0.5


def neighbour(x, kind):
    """The next number of the format towards 0."""
    if kind == "float64":
        return x * (1 - 1e-9)  # nobody prints more; the last bits of a library's exp may waver
    if kind == "float32":
        return float(np.nextafter(np.float32(x), np.float32(0)))
    half = formats.numbers(kind, -1000.0, 1000.0)
    return float(half[np.searchsorted(half, x) - int(np.sign(x))])


@each_pair
@all_cases("form", FORMS)
@each_kind
def test_an_end_is_the_first_number_of_the_format_and_all_beyond_is_the_same(pair, form, kind):
    ways = {rounding.zero: lambda y: y == 0, rounding.broken: lambda y: ~np.isfinite(y)}
    for ends, lost in ways.items():
        found = ends(pair, form, kind)
        for side, at in ((-1, found.left), (1, found.right)):
            beyond = side * np.geomspace(abs(at or 999.0), 999.0, 200)
            holds = lost(rounding.value(pair, form, kind, beyond))
            if at is None:
                assert not holds.any()
                continue
            assert holds.all()
            assert math.copysign(1, at) == side
            assert not lost(rounding.value(pair, form, kind, np.array([neighbour(at, kind)]))).any(), at


@each_pair
def test_the_page_reaches_what_it_tells_of_each_pair(pair):
    lost = rounding.under_one_digit(pair, "plain", "float16")
    digits = rounding.outcome(pair, "plain", "float16").digits
    assert {lost.left, lost.right} != {None}
    for at in (lost.left, lost.right):
        if at is not None:
            k = int(np.searchsorted(GRID, at))
            assert digits[k] < 1 <= digits[k - int(np.sign(at))]


def test_half_the_formats_are_those_of_numpy():
    for kind, dtype in (("float16", np.float16), ("float32", np.float32), ("float64", np.float64)):
        info = np.finfo(dtype)
        held_ = formats.FORMATS[kind]
        assert (2.0 ** (1 - held_.bits), 2.0**held_.lowest) == (info.eps, info.smallest_subnormal)
