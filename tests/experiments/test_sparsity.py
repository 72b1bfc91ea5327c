"""Whether zeros save time: the same product both ways, and what was measured bears out what the page says of it."""

import itertools

import numpy as np
import pytest
from scipy import sparse

from activations.experiments import sparsity
from tests.all_cases import all_cases


@all_cases("share", sparsity.ZEROS)
def test_so_many_of_the_activations_are_zero(share):
    activations, weights = sparsity.operands(share)
    assert (activations == 0).mean() == pytest.approx(share, abs=0.002)
    assert activations.shape == weights.shape == (1024, 1024)
    assert activations.dtype == weights.dtype == np.float32


def test_both_ways_give_the_same_product():
    activations, weights = sparsity.operands(0.99)
    np.testing.assert_allclose(sparse.csr_array(activations) @ weights, activations @ weights, rtol=1e-4)


def longer():
    """A clock on which each product takes a second longer than the one before it."""
    now = 0
    for seconds in itertools.count(1):
        yield now
        now += seconds
        yield now


def test_a_measurement_takes_the_least_of_its_timings_but_the_first():
    ticks = longer()
    found = sparsity.measure(lambda: next(ticks), "here", size=8)
    assert (found.zeros, found.where) == (sparsity.ZEROS, "here")
    # The first round, of 1 to 8 seconds, only warms up.
    assert [*found.dense, *found.compressed] == [1000 * seconds for seconds in range(9, 17)]


def test_what_was_measured_is_what_the_page_says():
    found = sparsity.found()
    assert found.zeros == (0.0, 0.5, 0.9, 0.99)
    assert max(found.dense) < 1.3 * min(found.dense), "a dense product is as slow with zeros as without"
    assert found.compressed[1] > 1.3 * found.dense[1], "half zeros: the sparse format is slower"
    assert found.compressed[3] < 0.5 * found.dense[3], "almost all zeros: it pays"
    for part in ("cores", "Python 3.", "NumPy ", "SciPy ", "20"):
        assert part in found.where
