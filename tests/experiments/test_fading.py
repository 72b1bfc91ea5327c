"""The picture while a slider is dragged is the picture after it is released; a target that is found is reached."""

import dataclasses
import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain, fading

ACTS = [CATALOGUE[slug] for slug in ("sigmoid", "relu", "elu", "mish")]
STANDS = [
    fading.Setting(),
    fading.Setting(depth=20, w=1.0, b=-0.2, input=2.0),
    fading.Setting(depth=1, w=-3.3, b=0.7, input=-1.15, rate=0.01),
    fading.Setting(depth=50, w=0.0, b=0.0, input=0.0),
]
over_stands = pytest.mark.parametrize("at", STANDS, ids=str)
over_catalogue = pytest.mark.parametrize("act", CATALOGUE.values(), ids=CATALOGUE)


def padded(array, length):
    return np.concatenate([array, np.full(length - len(array), math.nan)])


def evenly(positions, count=8):
    """About ``count`` (row, position) pairs from end to end: all of them would take half a minute."""
    rows = sorted({*range(0, len(positions), -(-len(positions) // count)), len(positions) - 1})
    return [(row, float(positions[row])) for row in rows]


def assert_same(sweep, row_of, stills):
    """``row_of(name)`` yields (row, index of the still) for a track."""
    for name, (_, frames) in sweep.items():
        for row, still in row_of(name):
            expected = padded(stills[still][name], frames.shape[1])
            np.testing.assert_allclose(frames[row], expected, rtol=1e-9, atol=1e-9, err_msg=f"{name} at {still}")


@over_stands
def test_every_depth_of_the_drag_is_the_picture_at_that_depth(at):
    depths = chain.DEPTH.grid.astype(int)
    stills = [fading.still(ACTS, dataclasses.replace(at, depth=int(depth))) for depth in depths]
    sweep = fading.along_depth(ACTS, at)
    assert set(sweep) == set(stills[0])
    for positions, _ in sweep.values():
        np.testing.assert_array_equal(positions, depths)
    assert_same(sweep, lambda _: ((k, k) for k in range(len(depths))), stills)


@over_stands
@pytest.mark.parametrize("param", [chain.WEIGHT, chain.BIAS, chain.INPUT], ids=lambda p: p.name)
def test_every_frame_of_another_slider_is_the_picture_where_it_stands(at, param):
    sweep = fading.along_others(ACTS, at)[param.name]
    assert set(sweep) == set(fading.still(ACTS, at))
    rows = {name: evenly(positions) for name, (positions, _) in sweep.items()}
    needed = {x for found in rows.values() for _, x in found}
    stills = {x: fading.still(ACTS, dataclasses.replace(at, **{param.name: x})) for x in needed}
    for name, (positions, _) in sweep.items():
        assert (positions[0], positions[-1]) == (param.low, param.high), name
    assert_same(sweep, rows.get, stills)


@pytest.mark.parametrize("param", [chain.WEIGHT, chain.BIAS, chain.INPUT], ids=lambda p: p.name)
def test_numbers_are_sent_for_every_position_of_a_slider(param):
    # A line between two frames may be a pixel off; a printed number may not.
    sweep = fading.along_others(ACTS, fading.Setting())[param.name]
    readings = {name for name in sweep if name.startswith("reading.")}
    assert readings == {f"reading.{act.slug}{end}" for act in ACTS for end in ("", "_update")}
    for name in readings:
        np.testing.assert_array_equal(sweep[name][0], param.grid)


@over_catalogue
def test_the_picture_tells_the_chain(act):
    at = fading.Setting(depth=12, w=1.2, b=0.1, input=0.8, rate=0.1)
    run, picture = chain.run(act, 12, 1.2, 0.1, 0.8), fading.still([act], at)
    line = np.where(np.isinf(run.log_back), math.nan, run.log_back)
    np.testing.assert_allclose(picture[f"{act.slug}.y"], line)
    np.testing.assert_allclose(picture[f"{act.slug}_forward.y"], np.clip(run.activation, *fading.CLIP))
    assert picture[f"reading.{act.slug}"] == run.log_back[-1]
    update = abs(0.1 * run.first_weight_gradient)
    assert 10 ** picture[f"reading.{act.slug}_update"] == pytest.approx(update)


def test_the_best_case_of_sigmoid_is_a_bound_for_every_setting():
    for w in (-8.0, -1.0, 0.1, 4.0, 8.0):
        at = fading.Setting(depth=30, w=w)
        slope = fading.still([CATALOGUE["sigmoid"]], at)["best.y"][-1] / 30
        runs = chain.run(CATALOGUE["sigmoid"], 30, w, chain.BIAS.grid[:, None], chain.INPUT.grid)
        assert (runs.log_back.max(axis=(1, 2)) <= np.arange(31) * slope + 1e-9).all()


def left(act, depth, at):
    return float(chain.run(act, depth, at.w, at.b, at.input).log_back[-1])


@over_catalogue
@over_stands
@pytest.mark.parametrize("log_target", [-3.0, math.log10(4.38e-8), -20.0])
def test_the_depth_that_is_found_is_the_first_at_or_below_the_target(act, at, log_target):
    found = fading.depth_reaching(act, log_target, at)
    reached = [d for d in range(1, int(chain.DEPTH.high) + 1) if left(act, d, at) <= log_target + 1e-9]
    assert found == (reached[0] if reached else None)


@over_catalogue
@pytest.mark.parametrize("at", [fading.Setting(depth=11), fading.Setting(depth=4, w=-1.5, b=0.4)], ids=str)
@pytest.mark.parametrize("log_target", [-1.0, -3.0, math.log10(4.38e-8)])
def test_the_input_that_is_found_gives_the_target(act, at, log_target):
    found = fading.input_reaching(act, log_target, at)
    if found is None:
        fine = np.linspace(chain.INPUT.low, chain.INPUT.high, 4801)
        height = chain.run(act, at.depth, at.w, at.b, fine).log_back[-1]
        # A jump over the target is no reaching it; a continuous crossing would be.
        steps = np.abs(np.diff(np.where(np.isinf(height), -400, height)))
        crossing = np.diff(np.sign(height - log_target)) != 0
        assert (steps[crossing] > 0.05).all()
    else:
        assert chain.INPUT.low <= found <= chain.INPUT.high
        assert left(act, at.depth, dataclasses.replace(at, input=found)) == pytest.approx(log_target, abs=1e-7)


def test_the_tutorials_number_is_found_where_the_page_says():
    sigmoid, at = CATALOGUE["sigmoid"], fading.Setting(depth=11)
    assert abs(fading.input_reaching(sigmoid, math.log10(4.38e-8), at)) == pytest.approx(1.557, abs=2e-3)
    assert fading.depth_reaching(sigmoid, math.log10(4.38e-8), fading.Setting()) == 12


def test_a_target_that_every_open_relu_gives_is_found():
    # With w = 1 each x0 > 0 gives exactly 1: "no x0 gives the target" would be false.
    found = fading.input_reaching(CATALOGUE["relu"], 0.0, fading.Setting(depth=5))
    assert found is not None
    assert found > 0
