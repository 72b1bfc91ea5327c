"""What the page about derivatives draws, prints and tells is true: slopes anew by mpmath and from the definition."""

import math
import re

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from activations import CATALOGUE
from activations.experiments.finite_differences import EXPONENT, log_errors, secant_slopes
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.printed import number
from tests.oracle.tab_page import drawn
from tests.oracle.visitor import Visit

FORMULAS = {
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "gelu": lambda x: x * mpmath.ncdf(x),
    "relu": lambda x: max(x, mpf(0)),
}
SLOPES = {"sigmoid": lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2, "relu": lambda x: mpf(x > 0)}
SLOPES["gelu"] = lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x)
STANDS = [
    ("sigmoid", -1.2, 0.0),
    ("sigmoid", -1.2, -8.0),
    ("gelu", 0.75, -3.0),
    ("relu", 0.0, -16.0),
    ("relu", 2.5, -1.0),
]
STANDS += [("gelu", -6.0, -16.0), ("relu", -0.3, 0.0), ("sigmoid", 6.0, -5.0)]
each_stand = pytest.mark.parametrize(("slug", "x", "exponent"), STANDS)


def slope(slug, x, end, dtype):
    """The slope of the secant to ``end`` h away, and a bound on what rounding may do to it."""
    near, far = float(x), float(end)
    exact = (FORMULAS[slug](mpf(far)) - FORMULAS[slug](mpf(near))) / (mpf(far) - mpf(near)) if far != near else mpf(0)
    width = abs(mpf(far) - mpf(near))
    largest = max(abs(FORMULAS[slug](mpf(each))) for each in (near, far))
    return exact, width, 3 * float(np.finfo(dtype).eps) * float(largest)


@each_stand
@pytest.mark.parametrize(("name", "dtype"), [("left", "f8"), ("right", "f8"), ("single", "f4")])
def test_a_slope_is_the_rounded_difference_of_the_values_divided_by_h(slug, x, exponent, name, dtype):
    at, h = (np.asarray(each, dtype) for each in (x, 10.0**exponent))
    end = at - h if name == "left" else at + h
    steepness, width, rounding = slope(slug, at, end, dtype)
    # The points lie ``width`` apart after rounding, and the difference is divided by h.
    expected = steepness * width / mpf(float(h))
    found = secant_slopes(CATALOGUE[slug], x, 10.0**exponent)[name]
    assert abs(float(found) - float(expected)) <= rounding / float(h) + 1e-15


@each_stand
def test_what_is_printed_and_drawn_is_computed_there(slug, x, exponent):
    query = {"f": slug, "x0": str(x), "h": str(exponent)}
    page = Visit().go("derivative", query)
    now, true = page.blob.now, float(SLOPES[slug](mpf(x)))
    number(now["slope"], true, 4)
    h = 10.0**exponent
    f = CATALOGUE[slug]
    left, right = (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h
    for name, found in {"left": left, "right": right, "mean": (left + right) / 2}.items():
        number(now[name], mpf(float(found)), 4)
        spelled = now[f"{name}_error"].replace("·10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        assert float(spelled) == pytest.approx(abs(float(found) - true), rel=0.0051, abs=3e-16)
    lines = drawn(page)
    for name, found in {"tangent": true, "right": right, "left": left}.items():
        (x1, x2), (y1, y2) = lines[f"{name}.x"], lines[f"{name}.y"]
        assert (y2 - y1) / (x2 - x1) == pytest.approx(float(found), abs=1e-5)
    np.testing.assert_allclose(lines["ends.x"], [x - h, x + h], rtol=1e-6)
    np.testing.assert_allclose(lines["now.x"], [exponent] * 3, rtol=1e-6)


def test_at_the_kink_of_relu_the_two_sides_disagree_at_every_h():
    for exponent in EXPONENT.grid:
        found = secant_slopes(CATALOGUE["relu"], 0.0, 10.0**exponent)
        assert [float(found[name]) for name in ("left", "right", "mean")] == [0, 1, 0.5]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_answers_and_their_numbers_are_true(language):
    words, f, x = library.parts(language, "topics/derivative"), CATALOGUE["sigmoid"], -1.2
    true = SLOPES["sigmoid"](mpf(x))
    number(re.search(r"0\.\d{4}", words["question"])[0], true, 4)
    size = {k: 10 ** float(log_errors(f, x, 10.0**k)["right_error"]) for k in (-16, -8, -2)}
    assert x + 1e-16 == x
    assert size[-16] == pytest.approx(float(true))
    # By the last bit of exp, for which NumPy has other instructions on another processor, it is 2.6 or 2.97.
    assert size[-8] == min(size.values())
    assert round(1e9 * size[-8]) == 3
    assert "3·10⁻⁹" in words["why-2"]
    bend = mpmath.diff(FORMULAS["sigmoid"], mpf(x), 2)
    assert size[-2] == pytest.approx(4.8e-4, rel=0.01) == abs(float(bend)) * 0.01 / 2
    assert words["why-3"].count("4.8·10⁻⁴") == 2
    assert words["right"] == "2"
    assert BY_PATH["derivative"].answer_state == {"f": "sigmoid", "x0": x, "h": -8.0}


@pytest.mark.parametrize(("name", "best"), [("right", -8), ("single", -3.5), ("mean", -5)])
def test_the_errors_are_smallest_about_where_the_essay_says(name, best):
    places = np.linspace(-3, 3, 60)[:, None]
    middle = np.median(log_errors(CATALOGUE["sigmoid"], places, 10.0**EXPONENT.grid)[f"{name}_error"], axis=0)
    assert EXPONENT.grid[np.argmin(middle)] == pytest.approx(best, abs=0.7)


def test_the_errors_shrink_with_h_as_the_essay_says():
    x = mpf(-1.2)
    f = FORMULAS["sigmoid"]
    right = [abs((f(x + h) - f(x)) / h - SLOPES["sigmoid"](x)) for h in (mpf("0.01"), mpf("0.001"))]
    mean = [abs((f(x + h) - f(x - h)) / (2 * h) - SLOPES["sigmoid"](x)) for h in (mpf("0.01"), mpf("0.001"))]
    assert float(right[0] / right[1]) == pytest.approx(10, rel=0.01)
    assert float(mean[0] / mean[1]) == pytest.approx(100, rel=0.01)
    assert math.ulp(1.0) / 2 == pytest.approx(1.1e-16, rel=0.01)
