"""Where a gradient is rounded to exactly zero, held against what numpy's casts and the bits of bfloat16 do."""

import math

import numpy as np

from activations import CATALOGUE
from activations.experiments import chain, fading
from tests.all_cases import all_cases


def bfloat16(values):
    """Round to nearest even, ties on the upper sixteen bits of a float32."""
    bits = np.asarray(values, np.float64).astype(np.float32).view(np.uint32).astype(np.uint64)
    rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return rounded.astype(np.uint32).view(np.float32)


CASTS = {"float16": np.float16, "bfloat16": bfloat16, "float32": np.float32}
SMALLEST = {"float16": 24, "bfloat16": 133, "float32": 149}  # the smallest subnormal is 2 to the minus this
over_formats = all_cases("kind", CASTS)


def lost(log, kind):
    """Whether a gradient of this decimal logarithm is 0 in the format."""
    row = np.array([[log]])
    return fading.Fading(np.array([0]), row, row, row).underflow(kind)[0] == 0


def test_every_format_that_is_shown_is_tested():
    assert set(chain.UNDERFLOW) == set(CASTS)


@over_formats
def test_half_of_the_smallest_number_is_the_first_to_be_lost(kind):
    # A tie goes to the even neighbour, which is zero.
    half = 2.0 ** -(SMALLEST[kind] + 1)
    assert CASTS[kind](np.float64(half)) == 0
    assert lost(math.log10(half), kind)
    assert CASTS[kind](np.float64(half * 1.01)) > 0
    assert not lost(math.log10(half * 1.01), kind)


@over_formats
def test_a_magnitude_is_lost_exactly_where_the_cast_gives_zero(kind):
    logs = chain.UNDERFLOW[kind] + np.linspace(-3, 3, 2000)
    for log in logs[np.abs(logs - chain.UNDERFLOW[kind]) > 1e-4]:
        assert lost(log, kind) == (CASTS[kind](np.float64(10.0**log)) == 0)


@over_formats
@all_cases("slug", ["sigmoid", "tanh", "relu", "leaky_relu"])
@all_cases(("w", "b"), [(1.0, 0.0), (0.2, 0.0), (1.0, -0.2), (4.0, 1.0)])
def test_a_gradient_is_lost_at_the_layer_where_its_cast_is_first_zero(kind, slug, w, b):
    at = fading.fade(CATALOGUE[slug], 50, w, b, 1.0)
    # Only the small end is of interest: what overflows the format is not lost.
    zero = np.flatnonzero(CASTS[kind](10 ** np.minimum(at.gradient[0, ::-1], 0)) == 0)
    (found,) = at.underflow(kind)
    assert found == zero[0] if len(zero) else math.isnan(found)


def test_a_gradient_that_stays_is_never_lost():
    assert math.isnan(fading.fade(CATALOGUE["relu"], 50, 1.0, 0.0, 1.0).underflow("float16")[0])
