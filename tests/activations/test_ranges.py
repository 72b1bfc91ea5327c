"""Range and steepest slope of every function, held against its golden numbers: no table to keep."""

import numpy as np
import pytest
from golden import columns, over_settings

from activations import CATALOGUE
from activations.experiments.summary import summary
from tests.oracle import exact

pytestmark = pytest.mark.filterwarnings("error")


def close(slug, params):
    """The least and the largest value and the largest slope near 0, each with whether it is met more than once."""
    return exact.close(slug, exact.named(params)).values()


def plateau(end, met, many):
    """Whether the end is met as one and the same number more than once; what comes near it does so ever closer."""
    return many and abs(met - end) <= 4e-16 * abs(end) < np.inf


@over_settings
def test_the_values_fill_the_range_and_nothing_lies_outside(slug, params):
    found, everywhere = summary(CATALOGUE[slug], **params), columns(slug, params)["f"]
    assert found.infimum - 1e-12 <= everywhere.min()
    assert everywhere.max() <= found.supremum + 1e-12
    # Half steps and the tails come near every extreme; an unbounded side passes every bound.
    for end, met in ((found.infimum, everywhere.min()), (found.supremum, everywhere.max())):
        assert abs(met) > 1e300 if np.isinf(end) else met == pytest.approx(end, abs=0.02)


@over_settings
def test_an_end_of_the_range_counts_as_taken_exactly_where_it_is(slug, params):
    activation, (least, most, _) = CATALOGUE[slug], close(slug, params)
    found = summary(activation, **params)
    if 0 in activation.no_limit:  # comes back for ever, to places that no grid has
        assert [found.has_infimum, found.has_supremum, found.argmin] == [True, True, None]
        return
    if found.argmin is not None:
        assert found.has_infimum
        assert activation(found.argmin, **params) == pytest.approx(found.infimum, abs=1e-15)
        assert found.infimum <= least[0] + 1e-15
    else:
        # Taken by no single point is taken by many, or by none.
        assert found.has_infimum == plateau(found.infimum, *least)
    assert found.has_supremum == (most[0] >= found.supremum)
    assert found.has_minimum == found.has_infimum


@over_settings
def test_no_slope_exceeds_the_steepest_and_it_is_taken_at_its_argmax(slug, params):
    activation, (_, _, steepest) = CATALOGUE[slug], close(slug, params)
    found, everywhere = summary(activation, **params), np.abs(columns(slug, params)["df"])
    assert everywhere.max() <= found.max_slope + 1e-12
    if found.argmax_slope is not None:
        assert found.max_slope_taken
        assert abs(activation.derivative(found.argmax_slope, **params)) == pytest.approx(found.max_slope, abs=1e-15)
    elif 1 not in activation.no_limit:
        assert found.max_slope_taken == plateau(found.max_slope, *steepest)
        assert everywhere.max() == pytest.approx(found.max_slope, rel=1e-12)
