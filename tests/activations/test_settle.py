"""Whatever an address or a session holds, a slider can stand on what becomes of it."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activations import Param
from tests.all_cases import all_cases

ANYWHERE = (-math.inf, math.inf)


@st.composite
def params(draw):
    whole = draw(st.booleans())
    step = draw(st.integers(1, 3) if whole else st.sampled_from([0.01, 0.05, 0.1, 0.25]))
    low = draw(st.integers(-9, 9)) * step
    steps = draw(st.integers(1, 300))
    default = low + step * draw(st.integers(0, steps))
    return Param("p", "p", round(default, 10), low, round(low + steps * step, 10), step, domain=ANYWHERE, whole=whole)


anything = (
    st.floats()
    | st.floats(-4, 4)
    | st.integers()
    | st.text()
    | st.floats(-4, 4).map(str)
    | st.none()
    | st.booleans()
    | st.fractions()
    | st.binary()
    | st.complex_numbers()
    | st.lists(st.floats(-4, 4))
    | st.floats(-4, 4, width=32).map(np.float32)
)


@given(param=params(), value=anything)
def test_what_settles_is_a_position_of_the_slider(param, value):
    settled = param.settle(value)
    assert settled in param.grid
    assert type(settled) is (int if param.whole else float)
    assert param.settle(settled) == settled


def test_nobody_can_write_into_what_every_slider_shares():
    param = Param("p", "p", 0.25, 0.0, 2.0, 0.25, domain=ANYWHERE)
    with pytest.raises(ValueError, match="read-only"):
        param.grid[0] = 1.0


@given(param=params(), share=st.floats(0, 1))
def test_a_number_in_reach_goes_to_the_nearest_position(param, share):
    number = min(param.low + share * (param.high - param.low), param.high)
    nearest = np.min(np.abs(param.grid - number))
    for form in (number, str(number), np.float64(number), Fraction(number)):
        assert abs(param.settle(form) - number) == pytest.approx(nearest, abs=1e-12)


@given(param=params(), beyond=st.floats(1e-6, allow_infinity=True))
def test_a_number_out_of_reach_goes_home(param, beyond):
    assert param.settle(param.high + beyond) == param.settle(param.low - beyond) == param.default


@all_cases("value", [None, "", "x", "nan", "inf", math.nan, b"1", 1j, [1.0], object(), 10**400, "1e999"])
def test_what_is_no_number_goes_home(value):
    assert Param("p", "p", 0.25, 0.0, 2.0, 0.25, domain=ANYWHERE).settle(value) == 0.25


def test_a_param_says_in_which_domain_it_means_anything():
    with pytest.raises(TypeError, match="domain"):
        Param("p", "p", 0.25, 0.0, 2.0, 0.25)


@all_cases(("domain", "opens", "interval"), [((0, 1), False, "[0, 1]"), ((0, math.inf), True, "(0, inf)")])
def test_an_error_shows_which_ends_belong_to_the_domain(domain, opens, interval):
    with pytest.raises(ValueError, match=re.escape(interval)):
        Param("p", "p", 1.0, 0.5, 1.0, 0.25, domain=domain, domain_open_low=opens).check(-1)
