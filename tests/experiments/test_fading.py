"""Every position of every slider is the stack that stands there; a target that is found is reached."""

import dataclasses
import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain, fading
from tests.all_cases import all_cases

STANDS = [
    fading.Setting(),
    fading.Setting(depth=20, w=1.0, b=-0.2, input=2.0),
    fading.Setting(depth=1, w=-3.3, b=0.7, input=-1.1),
    fading.Setting(depth=50, w=0.0, b=0.0, input=0.0),
    fading.Setting(depth=50, w=8.0, b=-4.0, input=0.5),
]
over_stands = all_cases("at", STANDS, ids=str)
STACKABLE = [activation for activation in CATALOGUE.values() if chain.stackable(activation)]
over_catalogue = all_cases("activation", STACKABLE, ids=lambda activation: activation.slug)
# Every function as the page opens and at one other stand: each stand meets every fourth function.
PAIRS = [(activation, at) for k, activation in enumerate(STACKABLE) for at in (STANDS[0], STANDS[1 + k % 4])]
over_pairs = all_cases(("activation", "at"), PAIRS, ids=[f"{activation.slug}-{at}" for activation, at in PAIRS])


def moved(at, param, value):
    return dataclasses.replace(at, **{param.name: int(value) if param.whole else float(value)})


def test_who_keeps_the_row_that_stands_does_not_keep_all_of_them():
    row = fading.standing(fading.along(CATALOGUE["sigmoid"], STANDS[0]), STANDS[0])
    assert [field.name for field in dataclasses.fields(row) if getattr(row, field.name).base is not None] == []


@over_pairs
def test_a_row_is_the_stack_where_the_slider_stands(activation, at):
    along = fading.along(activation, at)
    for param in chain.PARAMS:
        span, grid = fading.SPANS[param.name], param.grid
        assert span.stop - span.start == len(grid)
        # Both ends, the middle and some between.
        places = np.unique([*range(0, len(grid), 25), len(grid) // 2, len(grid) - 1])
        wheres = [moved(at, param, value) for value in grid[places]]
        ones = [fading.at(activation, where) for where in wheres]
        assert along.depth[span.start + places].tolist() == [where.depth for where in wheres]
        for name in ("gradient", "forward", "first"):
            rows = np.atleast_2d(getattr(along, name).T).T[span.start + places]
            true = np.full(rows.shape, math.nan)
            for k, one in enumerate(ones):
                still = np.ravel(getattr(one, name))
                true[k, : len(still)] = still
            np.testing.assert_allclose(rows, true, rtol=1e-12, atol=1e-11, err_msg=f"{name} along {param.name}")


@over_pairs
def test_the_row_of_a_setting_is_the_stack_that_stands_there(activation, at):
    along, alone = fading.standing(fading.along(activation, at), at), fading.at(activation, at)
    for name in ("depth", "gradient", "forward", "first"):
        np.testing.assert_array_equal(getattr(along, name), getattr(alone, name), err_msg=name)
    for param in chain.PARAMS:
        assert fading.settings(at)[:, fading.place(at, param)].tolist() == list(dataclasses.astuple(at))


@over_stands
def test_the_settings_of_the_rows_are_those_of_the_sliders(at):
    settings = fading.settings(at)
    for k, param in enumerate(chain.PARAMS):
        span = fading.SPANS[param.name]
        np.testing.assert_array_equal(settings[k, span], param.grid)
        others = np.delete(settings, np.r_[span], axis=1)[k]
        assert set(others[others != getattr(at, param.name)]) == set()
    assert settings.shape[1] == sum(len(param.grid) for param in chain.PARAMS)


@over_catalogue
@over_stands
def test_the_gradient_of_the_first_weight_is_how_the_output_moves_with_it(activation, at):
    short = dataclasses.replace(at, depth=min(at.depth, 6))

    def output(first):
        a = float(activation(first * short.input + short.b))
        for _ in range(short.depth - 1):
            a = float(activation(short.w * a + short.b))
        return a

    def rise(h):
        near, far = (output(short.w + k * h) - output(short.w - k * h) for k in (1, 2))
        return (8 * near - far) / 12 / h

    slope, doubt = rise(5e-5), abs(rise(5e-5) - rise(1e-4))
    run = chain.run(activation, short.depth, short.w, short.b, short.input)
    # At a kink a difference quotient is the mean of two slopes, and beyond it rounding is all that is left.
    if not np.isclose(run.pre_activation[:, None], activation.kinks_at(), atol=1e-3).any() and abs(slope) < 1e6:
        assert 10 ** fading.at(activation, short).first[0] == pytest.approx(abs(slope), rel=1e-6, abs=1e-9 + doubt)


def test_what_is_left_is_the_gradient_at_the_input_and_exactly_0_behind_a_unit_that_is_off():
    dead = fading.at(CATALOGUE["relu"], fading.Setting(depth=20, w=1.0, b=-0.2, input=2.0))
    # 2 falls by 0.2 a layer: the tenth pre-activation is 0, and all after it are negative.
    assert dead.left[0] == -math.inf
    assert np.flatnonzero(dead.gradient[0] == -math.inf).tolist() == list(range(20))
    assert np.isfinite(fading.at(CATALOGUE["sigmoid"], fading.Setting()).gradient).all()


def left(activation, depth, at):
    return float(chain.run(activation, depth, at.w, at.b, at.input).log_back[-1])


@all_cases(("activation", "at"), PAIRS[::3])
def test_the_depth_that_is_found_is_the_first_at_or_below_the_target(activation, at):
    depths = range(1, int(chain.DEPTH.high) + 1)
    kept = [left(activation, depth, at) for depth in depths]
    for log_target in (-3.0, math.log10(4.38e-8), -20.0):
        reached = [depth for depth, log in zip(depths, kept, strict=True) if log <= log_target + 1e-9]
        assert fading.depth_reaching(activation, log_target, at) == (reached[0] if reached else None)


@over_catalogue
@all_cases("at", [fading.Setting(depth=11), fading.Setting(depth=4, w=-1.5, b=0.4)], ids=str)
@all_cases("log_target", [-1.0, -3.0, math.log10(4.38e-8)])
def test_the_input_that_is_found_gives_the_target(activation, at, log_target):
    found = fading.input_reaching(activation, log_target, at)
    fine = np.linspace(chain.INPUT.low, chain.INPUT.high, 4801)
    height = chain.run(activation, at.depth, at.w, at.b, fine).log_back[-1]
    # A jump over the target is no reaching it; a continuous crossing would be.
    with np.errstate(invalid="ignore"):
        steps = np.abs(np.diff(np.where(np.isinf(height), -400, height)))
        crossing = (np.diff(np.sign(height - log_target)) != 0) & (steps < 0.05)
    if found is None:
        assert not crossing.any()
    else:
        assert chain.INPUT.low <= found <= chain.INPUT.high
        assert left(activation, at.depth, dataclasses.replace(at, input=found)) == pytest.approx(log_target, abs=1e-7)
        # And none is nearer to 0.
        assert (np.abs(fine[:-1][crossing]) > abs(found) - 0.006).all()


def test_the_tutorials_number_is_found_where_the_page_says():
    sigmoid, at = CATALOGUE["sigmoid"], fading.Setting(depth=11)
    assert abs(fading.input_reaching(sigmoid, math.log10(4.38e-8), at)) == pytest.approx(1.557, abs=2e-3)
    assert fading.depth_reaching(sigmoid, math.log10(4.38e-8), fading.Setting()) == 12


def test_a_target_that_every_open_relu_gives_is_found():
    # With w = 1 each x0 > 0 gives exactly 1: "no x0 gives the target" would be false.
    found = fading.input_reaching(CATALOGUE["relu"], 0.0, fading.Setting(depth=5))
    assert found is not None
    assert found > 0
