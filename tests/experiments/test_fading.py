"""Every position of every slider is the stack that stands there; a target that is found is reached."""

import dataclasses
import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain, fading
from tests.all_cases import all_cases

STANDS = [
    fading.Stack(),
    fading.Stack(depth=20, w=1.0, b=-0.2, input=2.0),
    fading.Stack(depth=1, w=-3.3, b=0.7, input=-1.1),
    fading.Stack(depth=50, w=0.0, b=0.0, input=0.0),
    fading.Stack(depth=50, w=8.0, b=-4.0, input=0.5),
]
over_stands = all_cases("at", STANDS, ids=str)
STACKABLE = [activation for activation in CATALOGUE.values() if chain.stackable(activation)]
over_catalogue = all_cases("activation", STACKABLE, ids=lambda activation: activation.slug)
# Every function as the page opens and at one other stand: each stand meets every fourth function.
PAIRS = [(activation, at) for k, activation in enumerate(STACKABLE) for at in (STANDS[0], STANDS[1 + k % 4])]
# Every function at one stand: each stand meets every fifth function.
ONCE = [(activation, STANDS[k % 5]) for k, activation in enumerate(STACKABLE)]
over_once = all_cases(("activation", "at"), ONCE, ids=[f"{activation.slug}-{at}" for activation, at in ONCE])


def moved(at, param, value):
    return dataclasses.replace(at, **{param.name: int(value) if param.whole else float(value)})


def fade(activation, at):
    return fading.fade(activation, at.depth, at.w, at.b, at.input)


@over_once
def test_each_row_is_the_stack_that_stands_there(activation, at):
    # Both ends, the middle and every 13th position between of each slider.
    stacks = [
        moved(at, param, param.grid[place])
        for param in chain.PARAMS
        for place in sorted({*range(0, len(param.grid), 13), len(param.grid) // 2, len(param.grid) - 1})
    ]
    found = fading.fade(activation, *np.array([dataclasses.astuple(stack) for stack in stacks]).T)
    assert found.depth.tolist() == [stack.depth for stack in stacks]
    for k, stack in enumerate(stacks):
        alone, none = chain.run(activation, *dataclasses.astuple(stack)), [math.nan] * (50 - stack.depth)
        with np.errstate(divide="ignore"):
            local = np.log10(np.abs(alone.output[:-1] * alone.slope))
        back = alone.log_back[::-1]
        expected = {
            "gradient": [*back, *none],
            "weight_gradient": [math.nan, *(back[1:] + local), *none],
            "forward": [*alone.output, *none],
        }
        for name, row in expected.items():
            np.testing.assert_allclose(getattr(found, name)[k], row, rtol=1e-12, atol=1e-11, err_msg=f"{name}, {stack}")


def test_another_depth_needs_no_formula_again():
    calls, relu = [], CATALOGUE["relu"]
    counted = dataclasses.replace(relu, f=lambda x: calls.append(x) or relu.f(x))
    rows = [fading.fade(counted, depth, [0.5, 1.0], 0.0, 1.0).gradient for depth in (3, 50, 3)]
    assert len(calls) == fading.DEEPEST
    np.testing.assert_array_equal(rows[0], rows[2])


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
        assert 10 ** fade(activation, short).first_weight[0] == pytest.approx(abs(slope), rel=1e-6, abs=1e-9 + doubt)


def test_what_is_left_is_the_gradient_at_the_input_and_exactly_0_behind_a_unit_that_is_off():
    dead = fade(CATALOGUE["relu"], fading.Stack(depth=20, w=1.0, b=-0.2, input=2.0))
    # 2 falls by 0.2 a layer: the tenth pre-activation is 0, and all after it are negative.
    assert dead.at_input[0] == -math.inf
    assert np.flatnonzero(dead.gradient[0] == -math.inf).tolist() == list(range(20))
    assert np.isfinite(fade(CATALOGUE["sigmoid"], fading.Stack()).gradient[0, :31]).all()


def left(activation, depth, at):
    return float(chain.run(activation, depth, at.w, at.b, at.input).log_back[-1])


@all_cases(("activation", "at"), PAIRS[::3])
def test_the_depth_that_is_found_is_the_first_at_or_below_the_target(activation, at):
    depths = range(1, int(chain.DEPTH.high) + 1)
    logs = [left(activation, depth, at) for depth in depths]
    for log_target in (-3.0, math.log10(4.38e-8), -20.0):
        reached = [depth for depth, log in zip(depths, logs, strict=True) if log <= log_target + 1e-9]
        assert fading.depth_reaching(activation, log_target, at) == (reached[0] if reached else None)


@over_catalogue
@all_cases("at", [fading.Stack(depth=11), fading.Stack(depth=4, w=-1.5, b=0.4)], ids=str)
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
    sigmoid, at = CATALOGUE["sigmoid"], fading.Stack(depth=11)
    assert abs(fading.input_reaching(sigmoid, math.log10(4.38e-8), at)) == pytest.approx(1.557, abs=2e-3)
    assert fading.depth_reaching(sigmoid, math.log10(4.38e-8), fading.Stack()) == 12


def test_a_target_that_every_open_relu_gives_is_found():
    # With w = 1 each x0 > 0 gives exactly 1: "no x0 gives the target" would be false.
    found = fading.input_reaching(CATALOGUE["relu"], 0.0, fading.Stack(depth=5))
    assert found is not None
    assert found > 0
