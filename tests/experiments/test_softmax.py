"""Softmax against many digits, finite differences and what it must be by algebra."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from activations.experiments import softmax
from tests.all_cases import all_cases

LOGITS = [
    [2.0, 1.0, 0.0, -1.0],
    [0.0, 0.0, 0.0],
    [5.0],
    [800.0, 0.0, -800.0],
    [1e300, 1e300, -1e300],
    [1e5, 1e5 - 30, 1e5 - 36.9, 1e5 - 40],
    [1e-300, -1e-300],
    [-740.0, 3.0, 2.5],
    [math.pi * 1e4, math.e * 1e4, 31415.0],
]
HEATS = [1.0, 0.0625, 3.0, 64.0]
over = all_cases(("z", "heat"), [(z, heat) for z in LOGITS for heat in HEATS])


def exact(z, heat):
    """Softmax, its logarithm and its Jacobian, to so many digits that nothing cancels."""
    with mpmath.workdps(1500):
        scaled = [mpmath.mpf(x) / mpmath.mpf(heat) for x in z]
        raised = [mpmath.exp(x - max(scaled)) for x in scaled]
        p = [x / sum(raised) for x in raised]
        slopes = [[p[i] * ((i == j) - p[j]) / mpmath.mpf(heat) for j in range(len(z))] for i in range(len(z))]
        log = [x - max(scaled) - mpmath.log(sum(raised)) for x in scaled]
        return [[float(v) for v in row] for row in (p, log)] + [[[float(v) for v in row] for row in slopes]]


@over
def test_values_logarithms_and_slopes_are_those_of_many_digits(z, heat):
    p, log, slopes = exact(z, heat)
    assert softmax.softmax(z, heat) == pytest.approx(p, rel=1e-12, abs=1e-290)
    assert softmax.log_softmax(z, heat) == pytest.approx(log, rel=1e-12, abs=1e-290)
    np.testing.assert_allclose(softmax.jacobian(z, heat), slopes, rtol=1e-12, atol=1e-290)


@over
def test_probabilities_add_up_to_1_and_the_rows_and_columns_of_the_jacobian_to_0(z, heat):
    assert softmax.softmax(z, heat).sum() == pytest.approx(1, abs=1e-15)
    slopes = softmax.jacobian(z, heat)
    assert np.abs(slopes.sum(axis=1)).max() <= 1e-15 * max(np.abs(slopes).max(), 1e-300)
    np.testing.assert_array_equal(slopes, slopes.T)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=5), st.floats(0.2, 20), st.floats(-100, 100))
def test_the_jacobian_is_what_finite_differences_find_and_a_shift_changes_nothing(z, heat, shift):
    step = 1e-5 * np.eye(len(z))
    rise = softmax.softmax(z + step, heat) - softmax.softmax(z - step, heat)
    np.testing.assert_allclose(softmax.jacobian(z, heat), rise.T / 2e-5, atol=1e-7)
    np.testing.assert_allclose(softmax.softmax(np.add(z, shift), heat), softmax.softmax(z, heat), rtol=1e-11)


def test_rows_and_temperatures_broadcast():
    z, heats = np.array(LOGITS[0]) * np.arange(6).reshape(2, 3, 1), np.array([1.0, 2.0, 4.0])
    for found, one in ((softmax.softmax(z, heats), softmax.softmax), (softmax.jacobian(z, heats), softmax.jacobian)):
        assert found.shape[:2] == (2, 3)
        np.testing.assert_allclose(found[1, 2], one(z[1, 2], 4.0), rtol=1e-14)


def test_the_coldest_takes_the_largest_and_the_hottest_takes_all_alike():
    assert softmax.softmax([1, 3, 2], 1e-3).tolist() == [0, 1, 0]
    assert softmax.softmax([3, 3, 2], 1e-3).tolist() == [0.5, 0.5, 0]
    assert softmax.softmax([1, 3, 2], 1e9) == pytest.approx([1 / 3] * 3, abs=1e-8)
    assert np.abs(softmax.jacobian([0, 40.0])).max() == pytest.approx(math.exp(-40), rel=1e-12), "it vanishes"


def test_a_masked_class_gets_nothing_and_what_is_no_vector_of_numbers_gives_none():
    assert softmax.softmax([0, -math.inf, 0]).tolist() == [0.5, 0, 0.5]
    assert softmax.log_softmax([0, -math.inf]).tolist() == [0, -math.inf]
    for bad in ([math.inf, 0], [math.nan, 0], [-math.inf, -math.inf]):
        assert np.isnan(softmax.softmax(bad)).all()
    for heat in (0, -1, math.inf, math.nan):
        with pytest.raises(ValueError, match="temperature"):
            softmax.softmax([1, 2], heat)


@given(st.floats(-700, 700), st.integers(1, 9))
def test_two_classes_are_a_sigmoid_and_more_are_one_that_is_moved(z, others):
    p = float(softmax.softmax([z, *[0.0] * others])[0])
    assert p == pytest.approx(float(expit(z - math.log(others))), rel=1e-12)
    if others == 1:
        assert p == pytest.approx(float(expit(z)), rel=1e-12)


def test_what_each_way_to_write_log_softmax_loses_in_float32():
    assert softmax.written("textbook", [89, 0])[1] == -math.inf
    assert np.isnan(softmax.written("textbook", [89, 0])[0])
    assert softmax.written("textbook", [88, 0]).tolist() == [0, pytest.approx(-88, abs=1e-4)]
    assert softmax.written("shifted", [500, 500 - 103])[1] == pytest.approx(-103, abs=0.5)
    assert softmax.written("shifted", [500, 500 - 104])[1] == -math.inf
    assert softmax.written("shifted", [17, 0])[0] == 0
    for gap in (0, 1, 17, 60, 87, 104, 1e4):
        true = softmax.log_softmax([gap, 0])
        np.testing.assert_allclose(softmax.written("stable", [gap, 0]), true, rtol=3e-7, atol=1e-38)
