"""Every function is of one family, which is the file it is written in; and numbers that the later pages print."""

import inspect
import math
from itertools import chain

import numpy as np
import pytest

from activations import CATALOGUE
from activations.functions import FAMILIES
from tests.all_cases import all_cases

INSIDE = np.linspace(-8, 8, 16001)


def test_every_function_is_of_one_family_in_the_order_of_the_catalogue():
    assert list(chain.from_iterable(FAMILIES.values())) == list(CATALOGUE)


@all_cases("family", FAMILIES)
def test_a_family_is_the_file_it_is_written_in(family):
    module = __import__(f"activations.functions.{family}", fromlist=["*"])
    written = {name for name, value in vars(module).items() if value in CATALOGUE.values()}
    assert written == set(FAMILIES[family])
    assert inspect.getdoc(module)


def test_the_forms_of_gelu_differ_by_what_the_pages_say():
    exact = CATALOGUE["gelu"](INSIDE)
    for slug, most, at in (("gelu_tanh", 4.73e-4, 2.70), ("gelu_sigmoid", 2.03e-2, 2.27)):
        gap = np.abs(CATALOGUE[slug](INSIDE) - exact)
        assert gap.max() == pytest.approx(most, rel=5e-3)
        assert abs(INSIDE[gap.argmax()]) == pytest.approx(at, abs=0.01)


def test_numbers_of_the_later_pages():
    shown = CATALOGUE
    assert shown["hard_swish"](-1.5) == pytest.approx(-0.375)
    assert round(float(shown["rrelu"].derivative(-1)), 4) == 0.2292
    assert round(float(shown["exponential"](6))) == 403
    assert round(float(shown["tanh_shrink"](3)), 3) == 2.005
    assert (
        float(shown["squareplus"].second_derivative(0))
        == pytest.approx(0.25)
        == float(shown["softplus"].second_derivative(0))
    )
    assert float(shown["squareplus"](-6)) > 0.1 > 0.01 > float(shown["softplus"](-6))
    assert [float(shown["softsign"].derivative(x)) for x in (0, 1)] == [1, 0.25]
    assert [float(shown["isru"](math.inf, alpha=alpha)) for alpha in (4, 0.1)] == pytest.approx([0.5, 10**0.5])


def test_the_range_of_the_hard_sigmoids_ramp():
    assert [float(CATALOGUE["hard_sigmoid"](x)) for x in (-3, 0, 3)] == [0, 0.5, 1]


CONVENTIONS = [
    ("hard_sigmoid", -3.0, 0),
    ("hard_sigmoid", 3.0, 0),
    ("hard_swish", -3.0, 0),
    ("hard_swish", 3.0, 1),
    ("hard_shrink", 0.5, 0),
    ("threshold", 1.0, 0),
    ("prelu", 0.0, 0.25),
    ("rrelu", 0.0, 11 / 48),
    ("relu_squared", 0.0, 0),
    ("celu", 0.0, 1),
    ("sparse_sigmoid", -1.0, 0),
    ("sparse_sigmoid", 1.0, 0),
    ("sparse_plus", 1.0, 1),
    ("xielu", 0.0, 0.5),
]


@all_cases(("slug", "at", "slope"), CONVENTIONS)
def test_conventions_at_the_kinks_of_the_later_functions(slug, at, slope):
    assert at in CATALOGUE[slug].kinks_at()
    assert CATALOGUE[slug].derivative(at) == pytest.approx(slope, rel=1e-15)
