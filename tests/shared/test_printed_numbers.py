"""Numbers, intervals and filled-in texts are printed as a reader expects them."""

import math

from pages.shared import words
from tests.all_cases import all_cases


@all_cases(
    ("value", "form", "printed"),
    [
        (-math.inf, "power", "0"),
        (0.0, "power", "1.00"),
        (-1.0, "power", "0.100"),
        (-3.0, "power", "0.00100"),
        (math.log10(512), "power", "512"),
        (math.log10(64), "power", "64.0"),
        (math.log10(1024), "power", "1.02·10³"),
        (math.log10(4.38e-8), "power", "4.38·10⁻⁸"),
        (-19.0000001, "power", "1.00·10⁻¹⁹"),
        (-20.0, "power", "1.00·10⁻²⁰"),
        (12345.0, "power", "1.00·10¹²³⁴⁵"),
        (7.0, "count", "7"),
        (-0.00001, "4", "0.0000"),
        (-0.0, "2", "0.00"),
        (-0.5, "0", "0"),
        (-1.2345678, "4", "−1.2346"),
        (0.25, "4", "0.2500"),
    ],
)
def test_a_number_is_printed_as_a_reader_expects_it(value, form, printed):
    assert words.number(value, form) == printed


@all_cases(
    ("ends", "closed", "printed"),
    [
        ((-math.inf, math.inf), (False, False), "(−∞, ∞)"),
        ((0.0, 1.0), (False, False), "(0, 1)"),
        ((0.0, 1.0), (True, True), "[0, 1]"),
        ((-0.16997120747990, math.inf), (True, False), "[−0.1700, ∞)"),
        ((-1.7580993408473768, math.inf), (False, False), "(−1.7581, ∞)"),
    ],
)
def test_an_interval_is_open_where_its_end_is_not_taken(ends, closed, printed):
    assert words.interval(*ends, *closed) == printed


def test_filling_leaves_the_braces_of_latex_alone():
    text = r"$\frac{a}{b}$ at {x}, $\mathrm{ReLU}_{12}$"
    assert words.format(text, x="0.5") == r"$\frac{a}{b}$ at 0.5, $\mathrm{ReLU}_{12}$"


def test_filling_takes_values_as_they_are():
    # A value with a backslash or a brace is text, not a pattern.
    assert words.format("{x} {y}", x=r"\1", y="{x}") == r"\1 {x}"
