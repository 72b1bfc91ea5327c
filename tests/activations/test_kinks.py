"""Kinks stand exactly where something jumps, and have a value on either side."""

import itertools

import numpy as np
import pytest

from activations import CATALOGUE
from tests.activations.conftest import over_cases
from tests.all_cases import all_cases

pytestmark = pytest.mark.filterwarnings("error")

over_catalogue = all_cases("activation", CATALOGUE.values(), ids=CATALOGUE)


def places_of_jumps(activation, params):
    """Halve every cell of a grid, keeping the half that changes more: only a jump survives the shrinking."""
    found = []
    for order in (activation, activation.derivative, activation.second_derivative):
        edges = np.linspace(-10.0, 10.0, 162)  # 0 lies strictly inside a cell
        cells = np.array([edges[:-1], edges[1:]])
        ends = order(cells, **params)
        for _ in range(36):
            middle = cells.mean(axis=0)
            here = order(middle, **params)
            # The end that is given up for the middle.
            left = np.abs(here - ends[0]) >= np.abs(ends[1] - here)
            given = np.array([~left, left])
            cells, ends = np.where(given, middle, cells), np.where(given, here, ends)
        found += list(cells[1, np.abs(ends[1] - ends[0]) > 1e-6])
    return np.array(found)


def corners(activation):
    names = [param.name for param in activation.params]
    for some in itertools.product(*({p.low, p.default, p.high} for p in activation.params)):
        yield dict(zip(names, some, strict=True))


@over_cases
def test_nothing_jumps_but_at_a_kink(case):
    activation, params = case
    for place in places_of_jumps(activation, params):
        assert np.min(np.abs(np.array(activation.kinks_at(**params)) - place), initial=np.inf) < 1e-9


@over_catalogue
def test_at_every_kink_something_jumps_at_some_setting(activation):
    awake = set()
    for params in corners(activation):
        jumps = places_of_jumps(activation, params)
        kinks = enumerate(activation.kinks_at(**params))
        awake |= {place for place, kink in kinks if np.min(np.abs(jumps - kink), initial=np.inf) < 1e-9}
    assert awake == set(range(len(activation.kinks_at())))


@over_cases
def test_there_are_as_many_kinks_at_every_setting_in_ascending_order(case):
    activation, params = case
    kinks = activation.kinks_at(**params)
    assert len(kinks) == len(activation.kinks_at())
    assert list(kinks) == sorted(kinks)
    assert {type(kink) for kink in kinks} <= {float}


@over_catalogue
def test_a_kink_refuses_what_the_function_refuses(activation):
    with pytest.raises(ValueError, match="gamma"):
        activation.kinks_at(gamma=0.5)


@over_cases
def test_away_from_a_kink_both_sides_agree(case):
    activation, params = case
    # Sides are read at the neighbouring floats, so the floats next to a kink see the kink itself.
    for at in {*np.linspace(-30, 30, 5).tolist(), 1e-300, -0.3, 1.0} - {*activation.kinks_at(**params)}:
        sides = activation.sides(at, **params)
        near = pytest.approx(activation(at, **params), rel=1e-12, abs=1e-12)
        assert sides.value_left == near == sides.value_right
        steep = pytest.approx(activation.derivative(at, **params), rel=1e-12, abs=1e-12)
        assert sides.slope_left == steep == sides.slope_right


@over_cases
def test_at_a_kink_each_side_is_what_its_neighbours_say(case):
    activation, params = case
    for kink in activation.kinks_at(**params):
        sides = activation.sides(kink, **params)
        for step, value, slope in (
            (-1e-12, sides.value_left, sides.slope_left),
            (1e-12, sides.value_right, sides.slope_right),
        ):
            assert value == pytest.approx(activation(kink + step, **params), abs=1e-11)
            near = 1e-11 * (1 + abs(activation.second_derivative(kink + step, **params)))
            assert slope == pytest.approx(activation.derivative(kink + step, **params), abs=near)
