"""The numbers in the answers to questions, computed anew."""

import math

import mpmath
import pytest

from tests.oracle import library


def sigma(x):
    return 1 / (1 + mpmath.exp(-x))


def gain(f):
    """1 / √E[f(z)²] for a standard normal z."""
    mean = mpmath.quad(lambda z: f(z) ** 2 * mpmath.npdf(z), [-12, -4, 0, 4, 12])
    return f"{float(1 / mpmath.sqrt(mean)):.3f}"


def first(limit):
    """The first number with one decimal whose exponential is above ``limit``."""
    return f"{math.ceil(math.log(limit) * 10) / 10:.1f}"


def silu(x):
    return x * sigma(x)


def gelu(x):
    return x * mpmath.ncdf(x)


def furthest_forms():
    def tanh_form(x):
        return x / 2 * (1 + mpmath.tanh(mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x**3)))

    places = [mpmath.mpf(k) / 100 for k in range(601)]
    gaps = [abs(tanh_form(x) - gelu(x)) for x in places]
    worst = max(gaps)
    return f"{float(worst) * 1e4:.2f}·10⁻⁴", f"±{float(places[gaps.index(worst)]):.2f}"


LOWEST = mpmath.findroot(lambda x: mpmath.diff(silu, x), -1.3)
HELD = {
    "overflow": [first(65504), first((2 - 2**-23) * 2.0**127), first(math.ldexp(2 - 2**-52, 1023))],
    "polynomials": ["100", "10¹⁶"],
    "cross-entropy": [f"{float(sigma(-6) * sigma(6)):.4f}"],
    "tanh-squared-error": [f"{float(1 - mpmath.tanh(3) ** 2):.4f}"],
    "softmax-loss": [f"{math.log(1 + 2 / math.e):.2f}"],
    "gelu-forms": furthest_forms(),
    "int8": [f"−{abs(float(silu(LOWEST))):.2f}", f"{(50 + 0.28) / 255:.1f}", "256"],
    "gain": [gain(lambda z: max(z, mpmath.expm1(z) if z < 0 else z)), gain(silu), gain(gelu), "√2"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", HELD)
def test_an_answer_quotes_what_is_computed(slug, language):
    answer = library.parts(language, "tools/questions")[f"a-{slug}"]
    for number in HELD[slug]:
        assert number in answer


def test_the_other_numbers_are_what_they_are_called():
    # x² once, and in three layers more; the levels that are left for the negative part of SiLU.
    squares = [10**2**layers for layers in range(5)]
    assert (squares[1], squares[1 + 3]) == (100, 10**16)
    assert 1 <= 0.28 / ((50 + 0.28) / 255) <= 2
    # He's gain for ReLU is √2 because half of the mean square is lost.
    assert gain(lambda z: max(z, 0)) == f"{math.sqrt(2):.3f}"
