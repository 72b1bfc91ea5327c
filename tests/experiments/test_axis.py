"""A panel that never moves while a slider does, holds what it has to hold, and wastes no space."""

import dataclasses
import itertools

import numpy as np
import pytest
from hinge import ACTS, still

from pages.shared import curves
from tests.all_cases import all_cases

over_acts = all_cases("activation", ACTS, ids=lambda activation: activation.slug)
KINDS = ("value", "slope", "bend")
TALLEST = 25  # what rises further leaves the panel


def settings(activation):
    """Each slider from end to end, the others at both of their ends and their default."""
    names = [p.name for p in activation.params]
    for moved in activation.params or [None]:
        places = [(*p.grid[:-1:12], p.high) if p is moved else (p.low, p.default, p.high) for p in activation.params]
        for some in itertools.product(*places):
            yield dict(zip(names, map(float, some), strict=True))


def landmarks(activation):
    """What the panels show in any case."""
    low, high = curves.axis(activation, 0)
    return (0, 1), (0, min(1, (high - low) / 2)), (0,)


@over_acts
def test_a_panel_holds_its_line_at_every_position(activation):
    for params in settings(activation):
        picture = still(activation, 0.0, **params)
        for order, kind in enumerate(KINDS):
            low, high = curves.axis(activation, order)
            y = picture[f"{kind}.y"][np.isfinite(picture[f"{kind}.y"])]
            # The values further out may leave the panel: the interesting region is nearer.
            inside = np.clip(y, -3.5, 6.0) if order == 0 else y
            assert low < inside.min() <= min(inside.max(), TALLEST) < high, f"{kind} at {params}"


@over_acts
def test_the_probe_leaves_no_panel_that_is_not_too_tall(activation):
    for params in settings(activation):
        for order, evaluate in enumerate((activation, activation.derivative, activation.second_derivative)):
            low, high = curves.axis(activation, order)
            y = evaluate(curves.PROBE.grid, **params)
            assert low < y.min() <= min(y.max(), TALLEST) < high, f"order {order} at {params}"


@over_acts
def test_a_panel_is_mostly_filled_by_some_setting(activation):
    pictures = [still(activation, 0.0, **params) for params in settings(activation)]
    for order, kind in enumerate(KINDS):
        low, high = curves.axis(activation, order)
        drawn = [picture[f"{kind}.y"] for picture in pictures]
        most = max(*map(np.nanmax, drawn), landmarks(activation)[order][-1])
        least = min(*map(np.nanmin, drawn), 0.0)
        assert most - least == 0 or (min(most, TALLEST) - least) / (high - low) > 0.7, kind


def test_a_dot_that_would_stand_above_its_panel_is_not_drawn():
    exponential = next(activation for activation in ACTS if activation.slug == "exponential")
    for x0, drawn in ((3.0, True), (3.5, False)):
        picture = still(exponential, x0)
        assert all(np.isfinite(picture[f"probe_{kind}.y"]).all() == drawn for kind in KINDS)


@over_acts
def test_zero_and_one_are_landmarks_of_a_derivative_only_where_its_function_spans_two(activation):
    for order, marks in enumerate(landmarks(activation)):
        low, high = curves.axis(activation, order)
        assert low < min(marks) <= max(marks) < high


@all_cases(("slug", "highest"), [("elu", 7), ("gelu", 6.6), ("selu", 7), ("tanh", 1.3)])
def test_a_function_is_not_drawn_small_for_another_ones_sake(slug, highest):
    activation = next(activation for activation in ACTS if activation.slug == slug)
    assert curves.axis(activation, 0)[1] <= highest


def test_what_a_wide_window_adds_is_cut_to_the_interesting_region():
    line = next(activation for activation in ACTS if activation.slug == "identity")
    wide = dataclasses.replace(line, window=(-20.0, 20.0))
    assert curves.axis(wide, 0) == pytest.approx(curves.axis(line, 0), abs=0.1)
    low, high = curves.axis(dataclasses.replace(wide, f=lambda x: x + np.sign(x) * np.maximum(np.abs(x) - 6, 0)), 0)
    assert (low, high) == pytest.approx(curves.axis(line, 0), abs=0.1)
