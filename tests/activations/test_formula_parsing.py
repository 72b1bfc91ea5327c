"""A formula is read, or what is wrong with it is explained and pointed at, whatever somebody types."""

import builtins
import random
import time

import mpmath
import pytest

from activations.formulas import FormulaError, parse
from activations.formulas.parsing import FUNCTIONS, LONGEST, MOST_NODES

# By text the kind of the mistake and the place of the caret, counted by hand.
MISTAKES = {
    "": ("empty", 0),
    "  ": ("empty", 0),
    "x" * 201: ("long", 200),
    "2x": ("operator", 1),
    "x + 3 (x)": ("operator", 6),
    "(x)(x)": ("operator", 3),
    "x y": ("operator", 2),
    "x(2)": ("operator", 1),
    "2*x^2": ("caret", 3),
    "f(x) = x": ("equals", 5),
    "x + é": ("character", 4),
    "x; y": ("character", 1),
    "x**2 + [1]": ("character", 7),
    "__import__('os')": ("character", 0),
    "x if x else 1": ("name", 2),
    "where(x > 0 and x < 1, x, 0)": ("name", 12),
    "x*sigmod(x)": ("name", 2),
    "open(x)": ("name", 0),
    "eval(x)": ("name", 0),
    "1 + y": ("name", 4),
    "True": ("name", 0),
    "x + tanh": ("call", 4),
    "max(x)": ("argument", 0),
    "1 + exp(x, 2)": ("argument", 4),
    "where(x > 0, 1)": ("argument", 0),
    "x + (x > 0)": ("comparison", 5),
    "where(x, 1, 2)": ("condition", 6),
    "where(x == 0, 1, 2)": ("equality", 6),
    "where(x != 0, 1, 2)": ("character", 8),
    "(x + 1": ("bracket", 0),
    "exp(2*(x)": ("bracket", 3),
    "x + 1)": ("bracket", 5),
    "x +": ("end", 3),
    "x > ": ("end", 3),
    "max(x,": ("end", 6),
    "x.real": ("syntax", 1),
    "x//2": ("syntax", 0),
    "(x, 1)": ("syntax", 0),
    "max(*x, 1)": ("syntax", 4),
    "x**65": ("power", 3),
    "x**-65": ("power", 4),
    "x*1e999": ("number", 2),
    "1j*x": ("operator", 1),
    "0x10": ("operator", 1),
    "1_0": ("character", 1),
    "(" * 150 + "x": ("bracket", 149),
    "-" * 199 + "x": ("nodes", 0),
    "x" + "+x" * 30: ("nodes", 0),
}
KINDS = {kind for kind, _ in MISTAKES.values()}
RIGHT = {
    " x ": "x",
    "2*x": "2 * x",
    "x**-1": "x ** (-1)",
    "+x": "+x",
    "where(-1<x<=b,x,-x)": "where(-1 < x <= b, x, -x)",
    "ｘ".replace("ｘ", "x") + "－１": "x - 1",
    "（x＋１）×a÷2": "(x + 1) * a / 2",
    "(" * 90 + "x" + ")" * 90: "x",
    "1e5*x": "100000.0 * x",
    "log1p(x) + expm1(x)": "log1p(x) + expm1(x)",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_named_and_pointed_at(text):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.kind, caught.value.place) == MISTAKES[text]


@pytest.mark.parametrize("text", RIGHT)
def test_a_formula_has_one_spelling(text):
    assert parse(text).text == RIGHT[text]
    assert parse(RIGHT[text]) == parse(text)


def test_a_formula_at_every_bound_is_read():
    assert len(parse("x" + "+x" * ((MOST_NODES - 2) // 2)).steps) > 10
    assert parse("1" * LONGEST).text == "1" * LONGEST
    assert parse("x**64 + x**-64").parameters == ()


def test_numbers_take_the_place_of_letters():
    read = parse("where(x > a, a - b, x**b) + relu(x - a)")
    filled = read.with_numbers(a=-1.5, b=2.0)
    assert filled == "where(x>-1.5,-1.5-2,x**2)+relu(x+1.5)"
    assert parse(filled).parameters == ()
    assert parse("a**2").with_numbers(a=-3.0) == "(-3)**2"
    assert read.parameters == ("a", "b")


ALPHABET = "xab0123456789.+-*/(),<>=eEpi ^_'\"\\[]{}:;@!&|~%$#`\n\t\u0000é中（＋"
GOOD = (
    "where(x > 0, x, a*(exp(b*x) - 1))",
    "x*sigmoid(a*x)",
    "max(-a, min(x, b))",
    "1/(x - a)**2",
    "+",
    "*",
    *(f"{name}(x)" for name in FUNCTIONS),
)


def strings(count, seed):
    """Random strings of the grammar's letters, and good formulas that are changed in some places."""
    chance = random.Random(seed)
    for _ in range(count):
        if chance.random() < 0.4:
            yield "".join(chance.choice(ALPHABET) for _ in range(chance.randrange(240)))
            continue
        letters = list("".join(chance.choice(GOOD) for _ in range(chance.choice([1, 1, 3]))))
        for _ in range(chance.randrange(5)):
            place = chance.randrange(len(letters) + 1)
            letters[place : place + chance.randrange(2)] = chance.choice([*ALPHABET, *GOOD, "((((", "**", "1e9", "--"])
        yield "".join(letters)


def mistake(text):
    """The mistake in a text, None if it is a formula."""
    try:
        parse(text)
    except FormulaError as wrong:
        return wrong
    return None


def hold(count, seed):
    """How many of so many strings are formulas, and the longest time; in each other one a place is pointed at."""
    read, slowest = 0, 0.0
    for text in strings(count, seed):
        began = time.process_time()
        wrong = mistake(text)
        slowest = max(slowest, time.process_time() - began)
        read += wrong is None
        assert wrong is None or (0 <= wrong.place <= len(text) and wrong.kind in KINDS), text
    return read, slowest


def test_whatever_is_typed_is_a_formula_or_a_mistake():
    read, slowest = hold(2000, 1)
    assert read > 20
    assert slowest < 0.2


def test_no_name_beyond_the_list_is_reached():
    # Whatever Python knows by a name that could be typed: only the names of the grammar are read.
    known = {"x", "a", "b", "pi", "e", *FUNCTIONS}
    for name in {*dir(builtins), *dir(mpmath), *dir(object)} - known:
        for text in (name, f"{name}(x)", f"x.{name}"):
            with pytest.raises(FormulaError):
                parse(text)
