"""Formats of eight bits, bit for bit against ml_dtypes, and what a scale for the whole tensor leaves of a function."""

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import eight_bits
from tests.all_cases import all_cases
from tests.oracle.eight_bits import DTYPES, silu, silu_slope, store


@all_cases("kind", DTYPES)
def test_a_format_has_the_numbers_of_ml_dtypes(kind):
    every = np.arange(256, dtype=np.uint8).view(DTYPES[kind]).astype(np.float64)
    finite = np.unique(every[np.isfinite(every)])
    np.testing.assert_array_equal(eight_bits.all_numbers(kind), finite)
    assert finite[-1] == eight_bits.FORMATS[kind].largest


@all_cases("kind", DTYPES)
def test_rounding_is_that_of_ml_dtypes_bit_for_bit(kind):
    rng, held, numbers = np.random.default_rng(8), eight_bits.FORMATS[kind], eight_bits.all_numbers(kind)
    x = rng.standard_normal(50_000) * 10.0 ** rng.uniform(-9, 4, 50_000)
    x = np.concatenate([x[np.abs(x) <= held.largest], numbers, (numbers[1:] + numbers[:-1]) / 2])
    np.testing.assert_array_equal(held.round(x), x.astype(DTYPES[kind]).astype(np.float64))
    np.testing.assert_array_equal(held.round([1e9, -1e9]), [held.largest, -held.largest])


def test_int8_rounds_ties_to_even_and_keeps_within_127():
    assert eight_bits.FORMATS["int8"].round([0.5, 1.5, -2.5, 126.6, 127.5, -300.0]).tolist() == [
        0,
        2,
        -2,
        127,
        127,
        -127,
    ]
    np.testing.assert_array_equal(eight_bits.all_numbers("int8"), range(-127, 128))


@pytest.mark.parametrize("kind", eight_bits.FORMATS)
@pytest.mark.parametrize("largest", [8.0, 60.0, 128.0])
def test_silu_is_stored_as_one_operation_and_as_two(kind, largest):
    activation, steepest = CATALOGUE["swish"], max(silu_slope(k / 1000) for k in range(-8000, 8001))
    for x in (-5.7, -1.3, -0.2, 0.0, 0.4, 2.9, 5.9):
        stored = store(kind, x, largest)
        once = store(kind, silu(stored), silu(largest))
        twice = store(kind, stored * store(kind, 1 / (1 + np.exp(-stored)), 1.0), largest)
        slope = store(kind, silu_slope(stored), steepest)
        found = eight_bits.value(activation, kind, x, largest), eight_bits.apart("swish", kind, x, largest)
        assert found == (pytest.approx(once, abs=1e-12), pytest.approx(twice, abs=1e-12)), x
        assert eight_bits.derivative(activation, kind, x, largest) == pytest.approx(slope, rel=1e-6, abs=1e-12)
    with pytest.raises(KeyError):
        eight_bits.apart("relu", kind, 1.0, largest)


def test_one_large_value_leaves_int8_one_number_near_0_and_fp8_most_of_its_own():
    assert eight_bits.levels("int8", [8.0, 128.0]).tolist() == [31, 1]
    counted = [sum(abs(n * m / 448) <= 1 for n in eight_bits.all_numbers("e4m3")) for m in (8.0, 128.0)]
    assert eight_bits.levels("e4m3", [8.0, 128.0]).tolist() == counted == [205, 141]


@all_cases("slug", eight_bits.FUNCTIONS)
def test_no_value_of_a_function_is_larger_than_its_scale_says(slug):
    x = np.linspace(-128, 128, 4001)
    assert np.abs(CATALOGUE[slug](x)).max() <= CATALOGUE[slug](128.0)
