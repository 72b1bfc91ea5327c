"""A formula and both derivatives, computed in one pass, are what mpmath finds; written formulas and random ones."""

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from activations import CATALOGUE
from activations.formulas import activation, named, parse, slug
from activations.formulas.jets import evaluate
from activations.formulas.switches import places
from tests.oracle.formula import derivatives

WRITTEN = [
    "x*sigmoid(a*x)",
    "where(x > 0, x, a*(exp(b*x) - 1))",
    "x*tanh(softplus(x))",
    "max(-a, min(x, b))**3 - abs(x*x - 2)",
    "x + a*sin(b*x)**2/(1 + x**2)",
    "exp(-a*x**2)*cos(b*x) + arctan(x)/pi",
    "sqrt(1 + x**2) - log(2 + x*x) + log1p(exp(x))*expm1(-x)",
    "erf(x)*Phi(a*x) + gelu(x) - silu(b*x)",
    "relu(x - a)**2 + relu(b - x)",
    "2**x + (1 + x**2)**a + (2 + sin(x))**x",
    "1/(x - a) + x**-2 - (-x)**3",
    "where(-1 < x <= 2, x**2, where(x > 3, e, tanh(x)))",
]
# Where nothing of the written formulas changes, but close to where something does.
POINTS = [-5.3, -2.01, -0.7, -1e-3, 2e-3, 0.49, 1.01, 2.13, 4.9]


def near(found, true, scale):
    assert abs(found - float(true)) <= 1e-10 * max(abs(float(true)), scale), (found, true)


@pytest.mark.parametrize("text", WRITTEN)
def test_the_derivatives_of_a_formula_are_those_of_mpmath(text):
    for a, b in ((1.0, 1.0), (-0.71, 1.93)):
        known = [derivatives(text, x, a, b) for x in POINTS]
        found = np.array(evaluate(parse(text), POINTS, {"a": a, "b": b}, 3)).T
        for row, true in zip(found, known, strict=True):
            for order in range(3):
                near(row[order], true[order], 1.0)


def test_only_as_many_orders_are_computed_as_are_asked_for():
    for orders in (1, 2, 3):
        found = evaluate(parse("x*sigmoid(a*x)"), np.zeros((2, 3)), {"a": np.ones((2, 1))}, orders)
        assert [each.shape for each in found] == [(2, 3)] * orders


@pytest.mark.parametrize(
    ("text", "slug_", "at"),
    [
        ("x*sigmoid(a*x)", "swish", {"beta": 1.7}),
        ("where(x > 0, x, a*expm1(x))", "elu", {"alpha": 1.7}),
        ("gelu(x)", "gelu", {}),
        ("softplus(a*x)/a", "softplus", {"beta": 1.7}),
        ("1.7159*tanh(2*x/3)", "lecun_tanh", {}),
        ("max(0, min(x + 3, 6))/6", "hard_sigmoid", {}),
    ],
)
def test_a_function_of_the_catalogue_that_is_written_is_that_function(text, slug_, at):
    x, own, known = np.linspace(-6, 6, 240), activation(parse(text)), CATALOGUE[slug_]
    settings_ = {"a": next(iter(at.values()))} if own.params else {}
    for one, other in (
        (own(x, **settings_), known(x, **at)),
        (own.derivative(x, **settings_), known.derivative(x, **at)),
        (own.second_derivative(x, **settings_), known.second_derivative(x, **at)),
    ):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)


def test_the_branch_that_is_not_taken_leaves_no_trace():
    text = "where(x > 0, log(x), where(x < -1, sqrt(-1 - x), exp(1e6*x)/(x - 1)))"
    for found in evaluate(parse(text), [2.0, -5.0, -0.5], {}, 3):
        assert np.isfinite(found).all()


SIDES = {
    "relu(x)": [0, 0, 1],
    "abs(x)": [-1, -1, 1],
    "max(x, 0)": [0, 0, 1],
    "min(2*x, x)": [2, 2, 1],
    "where(x > 0, x, 0)": [0, 0, 1],
    "where(x >= 0, x, 0)": [0, 1, 1],
    "max(x + 1000, 1000)": [0, 0, 1],
    "abs(x**2)": [-2, 0, 2],
    "relu(-x)": [-1, -1, 0],
    "abs(-x)": [-1, -1, 1],
}


@pytest.mark.parametrize("text", SIDES)
def test_at_a_kink_the_slope_is_that_of_the_left_side_or_of_the_branch(text):
    assert evaluate(parse(text), [-1.0, 0.0, 1.0], {}, 2)[1].tolist() == SIDES[text]


def test_what_is_not_finite_is_no_number_of_the_function():
    one = activation(parse("1/x + log(x + 1)"))
    assert np.isnan(one([0.0, -1.0, -2.0, np.nan, np.inf])).all()
    assert np.isnan(one.derivative([0.0, -1.0, -2.0])).all()
    assert np.isfinite(one([1.0, -0.5])).all()


def test_the_name_in_an_address_gives_the_formula_at_its_setting():
    read = parse("x*sigmoid(a*x) + b")
    found, x = named(slug(read, a=1.7, b=-2.0)), np.linspace(-3, 3, 7)
    np.testing.assert_array_equal(found(x), activation(read)(x, a=1.7, b=-2.0))
    assert found.slug == "=x*sigmoid(1.7*x)-2"
    assert named(found.slug) is found
    assert [named(each) for each in ("relu", "=", "=evil(x)", "==x", "=" + "9" * 5000, "=x;x")] == [None] * 6


PARTIAL = ("sqrt", "**0.5", "**-1", "/", "log")
NUMBER = st.sampled_from(["0.5", "1", "2", "3", "1.7", "0.1", "pi", "e"])
LEAF = st.sampled_from(["x", "x", "x", "a", "b"]) | NUMBER
SMOOTH = ["exp", "sin", "cos", "tanh", "arctan", "erf", "sigmoid", "softplus", "silu", "gelu", "Phi", "expm1"]
ANY = [*SMOOTH, "abs", "relu", "sqrt", "log", "log1p"]


def grow(inner):
    """Formulas one operation larger."""
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(pair, st.sampled_from("+-*/")).map(lambda t: f"({t[0][0]} {t[1]} {t[0][1]})"),
        st.tuples(st.sampled_from(ANY), inner).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(["max", "min"]), pair).map(lambda t: f"{t[0]}({t[1][0]}, {t[1][1]})"),
        st.tuples(inner, st.sampled_from(["2", "3", "-1", "0.5"])).map(lambda t: f"({t[0]})**{t[1]}"),
        st.tuples(pair, st.sampled_from(["<", "<=", ">", ">="]), pair).map(
            lambda t: f"where({t[0][0]} {t[1]} {t[0][1]}, {t[2][0]}, {t[2][1]})"
        ),
        inner.map(lambda inside: f"-({inside})"),
    )


FORMULA = st.recursive(LEAF, grow, max_leaves=7).filter(lambda text: len(text) <= 200 and "x" in text)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(FORMULA, st.integers(-550, 550), st.sampled_from([-1.3, 0.6, 2.1]), st.sampled_from([-0.4, 1.2]))
def test_any_formula_of_the_grammar_is_differentiated_as_mpmath_does(text, hundredths, a, b):
    x, read = hundredths / 97, parse(text)
    # Beside a kink the difference quotients of mpmath would reach over it.
    beside = places(read, np.array([a]), np.array([b])).x
    assume(not (np.abs(beside - x) < 1e-6).any())
    try:
        true = derivatives(text, x, a, b)
    except (TypeError, ZeroDivisionError, ValueError, OverflowError):
        assume(False)
    assume(all(mpmath.isfinite(each) and abs(each) < 1e8 for each in true))
    found = [float(each) for each in evaluate(read, x, {"a": a, "b": b}, 3)]
    # A constant 0 under a root, or in a divisor that is cut off, has no derivative here, and has one for mpmath.
    assume(np.isfinite(found).all() or not any(part in text for part in PARTIAL))
    scale = max(1.0, *(abs(float(each)) for each in true))
    for one, other in zip(found, true, strict=True):
        assert abs(one - float(other)) <= 1e-8 * scale, (text, x, found, true)
