"""What is drawn at one setting: kinks broken, tails shaded where they are flat, a probe that reads the curve."""

import itertools
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hinge import ACTS, HINGE
from hinge import still as computed

from activations import CATALOGUE
from pages.shared import curves
from pages.shared.probe import Probe
from tests.all_cases import all_cases

over_acts = all_cases("activation", ACTS, ids=lambda activation: activation.slug)
KINDS = ("value", "slope", "bend")


@cache
def _kept(activation, x0, settings):
    return computed(activation, x0, **dict(settings))


def still(activation, x0, **params):
    """What is drawn where the probe and the parameters stand: computed once, for several tests ask for it."""
    return _kept(activation, x0, tuple(params.items()))


def orders(activation):
    return zip(KINDS, (activation, activation.derivative, activation.second_derivative), strict=True)


def settings(activation):
    """Corners of the sliders, and one between, near 1, where a kink may close without being closed."""
    names = [p.name for p in activation.params]
    for some in itertools.product(*({p.low, p.default, 0.9999, p.high} for p in activation.params)):
        yield dict(zip(names, some, strict=True))


def test_the_probe_starts_where_a_tangent_teaches():
    # Left of 0, where the functions differ, and not yet in the tail.
    assert (curves.PROBE.default, curves.PROBE.low, curves.PROBE.high, curves.PROBE.step) == (-1.2, -6, 6, 0.05)


@over_acts
def test_every_array_is_one_row(activation):
    for params in settings(activation):
        for name, array in still(activation, 0.35, **params).items():
            assert array.ndim == 1, name
        picture = still(activation, 0.35, **params)
        for kind, _ in orders(activation):
            assert len(picture[f"{kind}.x"]) == len(picture[f"{kind}.y"])


@over_acts
def test_a_curve_is_the_function_at_every_point_that_is_not_a_kink(activation):
    for params in settings(activation):
        picture = still(activation, 0.0, **params)
        for kind, evaluate in orders(activation):
            x, y = picture[f"{kind}.x"], picture[f"{kind}.y"]
            away = ~np.isin(x, activation.kinks_at(**params))
            np.testing.assert_allclose(y[away], evaluate(x[away], **params), rtol=1e-12, err_msg=f"{kind} {params}")
            assert (x[0], x[-1]) == activation.window
            assert (np.diff(x) >= 0).all()
            assert np.diff(x).max() < 0.01 * (x[-1] - x[0])


@over_acts
def test_a_line_is_broken_exactly_where_it_jumps(activation):
    for params in settings(activation):
        picture = still(activation, 0.0, **params)
        for kind, evaluate in orders(activation):
            kinks = [k for k in activation.kinks_at(**params) if activation.window[0] < k < activation.window[1]]
            sides = [[float(evaluate(k + step, **params)) for step in (-1e-9, 1e-9)] for k in kinks]
            jumps = [k for k, (left, right) in zip(kinks, sides, strict=True) if abs(left - right) > 1e-6]
            x, gaps = picture[f"{kind}.x"], np.isnan(picture[f"{kind}.y"])
            assert sorted(x[gaps]) == jumps, f"{kind} at {params}"
            if activation.kinks_at(**params):
                assert np.isfinite(picture[f"{kind}_closed.y"]).sum() == len(jumps)


@over_acts
def test_both_ends_of_a_broken_line_are_its_limits(activation):
    # Not the value taken at the kink, which would be a stroke from one side to the other.
    for params, (kind, evaluate) in itertools.product(settings(activation), list(orders(activation))):
        picture = still(activation, 0.0, **params)
        x, y = picture[f"{kind}.x"], picture[f"{kind}.y"]
        for gap in np.flatnonzero(np.isnan(y)):
            at = np.arange(len(x))
            for side, end in (((x == x[gap]) & (at < gap), -math.inf), ((x == x[gap]) & (at > gap), math.inf)):
                assert side.any()
                assert set(y[side]) == {float(evaluate(np.nextafter(x[gap], end), **params))}


@over_acts
def test_a_closed_dot_is_the_value_taken_and_open_dots_are_the_other_limits(activation):
    for params, (kind, evaluate) in itertools.product(settings(activation), list(orders(activation))):
        picture = still(activation, 0.0, **params)
        for k, kink in enumerate(activation.kinks_at(**params)):
            closed = picture[f"{kind}_closed.y"][k]
            found = {float(y) for y in picture[f"{kind}_open.y"][k :: len(activation.kinks_at())] if np.isfinite(y)}
            if np.isnan(closed):
                assert found == set()
                continue
            assert closed == evaluate(kink, **params)
            limits = {float(evaluate(np.nextafter(kink, end), **params)) for end in (-math.inf, math.inf)}
            assert found == {y for y in limits if abs(y - closed) > 1e-9}
            assert picture[f"{kind}_closed.x"][k] == kink
            assert set(picture[f"{kind}_open.x"][k :: len(activation.kinks_at())]) == {kink}


def test_elu_bends_by_a_jump_and_shows_it():
    picture = still(CATALOGUE["elu"], 0.0)
    assert np.isnan(picture["bend.y"]).sum() == 1
    assert picture["bend_closed.y"].tolist() == [1]
    assert np.isnan(picture["slope_closed.y"]).all()


def test_a_kink_outside_the_window_is_not_drawn():
    picture = still(HINGE, 0.0, knee=9.0)
    assert np.isfinite(picture["value.y"]).all()
    assert np.isnan(picture["value_closed.y"]).all()


@over_acts
def test_the_probe_reads_the_function(activation):
    for x0, params in itertools.product((-6.0, -1.2, 0.0, 0.35, 6.0), settings(activation)):
        picture = still(activation, x0, **params)
        for kind, evaluate in orders(activation):
            assert picture[f"probe_{kind}.x"] == [x0]
            y = evaluate(x0, **params)
            assert picture[f"probe_{kind}.y"] == pytest.approx(y, abs=1e-15) or (
                np.isnan(picture[f"probe_{kind}.y"]).all() and y > 25
            )


@over_acts
def test_tangent_and_unit_slope_are_as_long_as_each_other_about_the_probe(activation):
    for x0, params in itertools.product((-6.0, -1.2, 0.35, 6.0), settings(activation)):
        picture = still(activation, x0, **params)
        for name, slope in (("tangent", activation.derivative(x0, **params)), ("one", 1.0)):
            (x1, x2), (y1, y2) = picture[f"{name}.x"], picture[f"{name}.y"]
            assert (y2 - y1) / (x2 - x1) == pytest.approx(slope, rel=1e-9, abs=1e-12)
            assert math.hypot(x2 - x1, y2 - y1) == pytest.approx(3)
            assert [(x1 + x2) / 2, (y1 + y2) / 2] == pytest.approx([x0, activation(x0, **params)], rel=1e-12, abs=1e-12)


@over_acts
@all_cases("x0", [-6.0, 0.35, 6.0])
def test_the_rise_is_one_step_aside_and_the_slope_up(activation, x0):
    picture, value, slope = still(activation, x0), activation(x0), activation.derivative(x0)
    aside = -1 if x0 > activation.window[1] - 4 else 1
    assert picture["run.x"].tolist() == [x0, x0 + aside]
    assert picture["run.y"].tolist() == [value, value]
    assert picture["rise.x"].tolist() == [x0 + aside, x0 + aside]
    assert picture["rise.y"] == pytest.approx([value, value + aside * slope], abs=1e-15)
    assert activation.window[0] <= picture["run.x"].min() <= picture["run.x"].max() <= activation.window[1]


@over_acts
@all_cases("x0", [-6.0, -1.2, 0.35, 6.0])
def test_the_stem_is_the_derivative_from_0_up_and_ends_where_its_panel_does(activation, x0):
    picture = still(activation, x0)
    assert picture["stem.x"].tolist() == [x0, x0]
    assert picture["stem.y"].tolist() == [0, min(activation.derivative(x0), curves.axis(activation, 1)[1])]


@all_cases(("x0", "corner"), [(2.0, 3.0), (2.05, 1.05)])
def test_the_rise_turns_round_where_page_ends(x0, corner):
    assert still(CATALOGUE["tanh"], x0)["run.x"][1] == pytest.approx(corner)


@all_cases("slug", ["sigmoid", "tanh"])
def test_a_tail_is_shaded_from_where_the_slope_is_a_twentieth_of_its_most(slug):
    activation = CATALOGUE[slug]
    picture = still(activation, 0.0)
    left, right = picture["slope_left.x"][1], picture["slope_right.x"][1]
    assert left == pytest.approx(-right)
    # The edge is read off a polyline of 241 points.
    assert activation.derivative(right) == pytest.approx(0.05 * activation.derivative(0.0), rel=2e-3)
    np.testing.assert_array_equal(picture["value_left.x"], picture["slope_left.x"])


@all_cases(
    ("slug", "left", "right"),
    [("identity", -6, 6), ("relu", 0, 6), ("elu", np.log(0.05), 6), ("selu", np.log(0.05), 6), ("binary_step", 6, 6)],
)
def test_the_shade_ends_where_the_function_wakes(slug, left, right):
    # ReLU and the step are asleep over their whole flat side; a straight line nowhere.
    picture = still(CATALOGUE[slug], 0.0)
    assert picture["slope_left.x"].tolist() == pytest.approx([-6, left, left, -6], abs=2e-3)
    assert picture["slope_right.x"].tolist() == pytest.approx([6, right, right, 6], abs=2e-3)


@over_acts
def test_the_derivative_at_the_probe_is_computed_once(activation):
    asked = []

    def counted(x, **params):
        asked.append(np.shape(x))
        return activation.df(x, **params)

    watched = replace(activation, df=counted)
    curves.axis(watched, 0), curves.axis(watched, 1)
    asked.clear()
    Probe(watched, 2, "functions/elu").at({"x0": 0.35, **activation.defaults})
    assert sum(math.prod(shape) == 1 for shape in asked) == 1
