"""A curve while a slider is dragged is the curve after it is released; kinks and tails are drawn where they are."""

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import curve

over_catalogue = pytest.mark.parametrize("act", CATALOGUE.values(), ids=CATALOGUE)
PARAMETRIC = [act for act in CATALOGUE.values() if act.params]
over_parametric = pytest.mark.parametrize("act", PARAMETRIC, ids=lambda act: act.slug)


def between(track, value):
    """What the browser draws: a straight line between frames, the nearer frame where a gap opens."""
    at, frames = track
    high = int(np.clip(np.searchsorted(at, value), 1, len(at) - 1))
    share = (value - at[high - 1]) / (at[high] - at[high - 1])
    first, second = frames[high - 1], frames[high]
    if share < 1e-6 or share > 1 - 1e-6:
        return first if share < 0.5 else second
    line = first + share * (second - first)
    return np.where(np.isfinite(line), line, first if share < 0.5 else second)


def tolerance(act, name):
    """A pixel of the panel that the name is drawn in; numbers are exact."""
    kind, _, axis = name.partition(".")
    if kind == "reading" or kind.startswith(("probe", "tangent")):
        return 1e-9
    if axis == "x" or kind not in ("value", "slope", "bend"):
        return 0.0101
    low, high = curve.axis(act, ("value", "slope", "bend").index(kind))
    return (high - low) / (700 if kind == "value" else 400) * 1.001


@over_parametric
@pytest.mark.parametrize("x0", [-1.2, 0.0, 3.0])
def test_dragging_a_parameter_draws_what_releasing_it_will(act, x0):
    (param,) = act.params
    sweep = curve.along_param(act, param.name, x0)
    for value in [*param.grid[::9], *param.presets.values(), param.high]:
        still = curve.still(act, x0, **{param.name: value})
        for name, track in sweep.items():
            off = tolerance(act, name)
            np.testing.assert_allclose(between(track, value), still[name], rtol=0, atol=off, err_msg=f"{name} {value}")


@over_parametric
def test_what_a_parameter_does_not_send_does_not_move(act):
    (param,) = act.params
    sweep = curve.along_param(act, param.name, -1.2)
    low, high, middle = (curve.still(act, -1.2, **{param.name: v}) for v in (param.low, param.high, param.default))
    assert set(sweep) <= set(low)
    for name in set(low) - set(sweep):
        np.testing.assert_array_equal(low[name], high[name], err_msg=name)
        np.testing.assert_array_equal(low[name], middle[name], err_msg=name)


@over_parametric
def test_frames_reach_both_ends_of_the_slider(act):
    (param,) = act.params
    for name, (at, frames) in curve.along_param(act, param.name, 0.5).items():
        assert (at[0], at[-1]) == (param.low, param.high), name
        assert (np.diff(at) > 0).all()
        assert len(at) == len(frames)


@over_catalogue
def test_dragging_the_probe_draws_what_releasing_it_will(act):
    params = {p.name: p.presets.get("sharp", p.default) for p in act.params}
    sweep = curve.along_probe(act, **params)
    for k in range(0, len(curve.PROBE.grid), 5):
        still = curve.still(act, float(curve.PROBE.grid[k]), **params)
        for name, (at, frames) in sweep.items():
            assert at[k] == curve.PROBE.grid[k]
            np.testing.assert_allclose(frames[k], still[name], rtol=1e-9, atol=1e-9, err_msg=name)


@over_catalogue
def test_the_numbers_read_are_the_functions_own(act):
    for x0 in (-6.0, -1.2, 0.0, 0.35, 6.0):
        picture = curve.still(act, x0)
        assert picture["reading.value"] == pytest.approx(act(x0), abs=1e-15)
        assert picture["reading.slope"] == pytest.approx(act.slope(x0), abs=1e-15)
        (x1, x2), (y1, y2) = picture["tangent.x"], picture["tangent.y"]
        assert (y2 - y1) / (x2 - x1) == pytest.approx(act.slope(x0), abs=1e-12)
        assert (y1 + y2) / 2 == pytest.approx(act(x0), abs=1e-12)


@over_catalogue
def test_a_curve_is_the_function_at_every_point_that_is_not_a_kink(act):
    picture = curve.still(act, 0.0)
    away = ~np.isin(picture["value.x"], act.kinks)
    for kind, evaluate in (("value", act), ("slope", act.slope), ("bend", act.bend)):
        np.testing.assert_allclose(picture[f"{kind}.y"][away], evaluate(picture["value.x"][away]), rtol=1e-12)


@over_catalogue
def test_a_line_is_broken_exactly_where_it_jumps(act):
    for value in [v for p in act.params for v in (p.low, p.default, 1.0, p.high)] or [None]:
        params = {p.name: value for p in act.params}
        picture = curve.still(act, 0.0, **params)
        for kind, evaluate in (("value", act), ("slope", act.slope)):
            far = [abs(float(evaluate(k + 1e-9, **params) - evaluate(k - 1e-9, **params))) > 1e-6 for k in act.kinks]
            gaps = np.isnan(picture[f"{kind}.y"])
            assert gaps.sum() == sum(far), f"{kind} at {params}"
            assert set(picture[f"{kind}.x"][gaps]) <= set(act.kinks)
            if act.kinks:
                assert np.isfinite(picture[f"{kind}_closed.y"]).sum() == sum(far)


@pytest.mark.parametrize("slug", ["sigmoid", "tanh"])
def test_a_tail_is_shaded_from_where_the_slope_is_a_twentieth_of_its_most(slug):
    act = CATALOGUE[slug]
    picture = curve.still(act, 0.0)
    left, right = picture["slope_left.x"][1], picture["slope_right.x"][1]
    assert left == pytest.approx(-right)
    most = act.slope(0.0)
    # The edge is read off a polyline of 241 points.
    assert act.slope(right) == pytest.approx(curve.SATURATED * most, rel=2e-3)
    np.testing.assert_array_equal(picture["value_left.x"], picture["slope_left.x"])


@pytest.mark.parametrize(
    ("slug", "left", "right"),
    [("identity", -6, 6), ("relu", 0, 6), ("elu", np.log(0.05), 6), ("selu", np.log(0.05), 6), ("binary_step", 6, 6)],
)
def test_the_shade_ends_where_the_function_wakes(slug, left, right):
    # ReLU and the step are asleep over their whole flat side; a straight line nowhere.
    picture = curve.still(CATALOGUE[slug], 0.0)
    assert picture["slope_left.x"].tolist() == pytest.approx([-6, left, left, -6], abs=2e-3)
    assert picture["slope_right.x"].tolist() == pytest.approx([6, right, right, 6], abs=2e-3)


@over_catalogue
@pytest.mark.parametrize("order", [0, 1, 2])
def test_an_axis_holds_for_every_position_of_the_slider(act, order):
    low, high = curve.axis(act, order)
    kind = ("value", "slope", "bend")[order]
    for value in [v for p in act.params for v in p.grid[::20]] or [None]:
        y = curve.still(act, 0.0, **{p.name: value for p in act.params})[f"{kind}.y"]
        finite = y[np.isfinite(y)]
        inside = np.clip(finite, -3.5, 6.0) if order == 0 else finite
        assert low < inside.min() <= inside.max() < high
