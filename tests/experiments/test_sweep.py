"""Frames that are left out can be put back by a straight line."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from activations.experiments.sweep import thin

NUMBERS = st.floats(-4, 4, width=32)
SHAPES = st.tuples(st.integers(2, 30), st.integers(1, 4))


@st.composite
def sweeps(draw):
    """Positions, and rows that are smooth in parts, with jumps and gaps."""
    rows, points = draw(SHAPES)
    at = np.cumsum(draw(hnp.arrays(float, rows, elements=st.floats(0.05, 1))))
    smooth = np.sin(at[:, None] * draw(hnp.arrays(float, points, elements=NUMBERS)))
    jump = np.where(at[:, None] > draw(st.floats(0, 20)), 1.0, 0.0)
    gaps = draw(hnp.arrays(bool, (rows, points), elements=st.sampled_from([False, False, False, True])))
    return at, np.where(gaps & draw(st.booleans()), np.nan, smooth + jump * draw(st.integers(0, 1)))


def put_back(at, kept_at, kept):
    """Rows at ``at`` by straight lines between kept rows; a row that was kept is itself."""
    rows = []
    for value in at:
        high = int(np.clip(np.searchsorted(kept_at, value), 1, len(kept_at) - 1))
        share = (value - kept_at[high - 1]) / (kept_at[high] - kept_at[high - 1])
        left, right = kept[high - 1], kept[high]
        # A gap in a neighbour must not reach a row that was kept itself.
        rows.append({0: left, 1: right}.get(share, (1 - share) * left + share * right))
    return np.array(rows)


@given(sweep=sweeps(), tolerance=st.floats(1e-3, 0.5))
def test_every_row_left_out_is_within_tolerance_of_the_line(sweep, tolerance):
    at, rows = sweep
    kept_at, kept = thin(at, {"a": rows}, {"a": tolerance})["a"]
    back = put_back(at, kept_at, kept)
    np.testing.assert_array_equal(np.isnan(back), np.isnan(rows))
    np.testing.assert_allclose(back, rows, rtol=0, atol=tolerance * (1 + 1e-6))


@given(sweep=sweeps())
def test_rows_kept_are_untouched_and_include_both_ends(sweep):
    at, rows = sweep
    kept_at, kept = thin(at, {"a": rows}, {"a": 0.1})["a"]
    assert (kept_at[0], kept_at[-1]) == (at[0], at[-1])
    np.testing.assert_array_equal(kept, rows[np.isin(at, kept_at)])


@given(sweep=sweeps())
def test_all_names_keep_the_rows_that_any_of_them_needs(sweep):
    at, rows = sweep
    thinned = thin(at, {"a": rows, "straight": at[:, None]}, {"a": 0.05, "straight": 0.05})
    np.testing.assert_array_equal(thinned["a"][0], thinned["straight"][0])
    np.testing.assert_array_equal(thinned["a"][0], thin(at, {"a": rows}, {"a": 0.05})["a"][0])


def test_what_is_straight_needs_only_its_ends():
    at = np.linspace(0, 3, 301)
    thinned = thin(at, {"a": np.outer(at, [1.0, -2.0])}, {"a": 1e-6})
    assert thinned["a"][0].tolist() == [0, 3]


def test_a_gap_that_opens_keeps_the_rows_on_both_sides():
    at, rows = np.arange(11.0), np.ones((11, 2))
    rows[5, 0] = np.nan
    assert {4, 5, 6} <= set(thin(at, {"a": rows}, {"a": 10.0})["a"][0])
