"""Layers on the plane: against plain arithmetic, exact fractions, sixty digits, and NumPy's own least squares."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from mpmath import mpf

from activations import CATALOGUE
from activations.experiments import composed
from activations.experiments.chain import stackable
from tests.all_cases import all_cases
from tests.oracle import exact

identity, relu = CATALOGUE["identity"], CATALOGUE["relu"]
GRID = composed.grid().reshape(2, -1)
SETTINGS = [(1.0, 0.5), (-1.2, 1.2), (0.3, -0.7), (0.0, 1.0)]
over_settings = all_cases(("w", "v"), SETTINGS)
ON_OFFER = {slug: activation for slug, activation in CATALOGUE.items() if stackable(activation)}
over_catalogue = all_cases("activation", ON_OFFER.values(), ids=ON_OFFER)
DEPTHS = range(7)


def layer(number, w, v):
    return [[w, v], [0, w]] if number % 2 else [[w, 0], [-v, w]]


def times(left, right):
    return [[sum(left[i][k] * right[k][j] for k in (0, 1)) for j in range(len(right[0]))] for i in (0, 1)]


def multiplied(depth, w, v):
    """The product of the matrices, in whatever numbers ``w`` and ``v`` are."""
    found = [[w * 0 + 1, w * 0], [w * 0, w * 0 + 1]]
    for number in range(1, depth + 1):
        found = times(layer(number, w, v), found)
    return found


def passed(define, depth, w, v, x, y):
    """One point through the layers, one after another."""
    for number in range(1, depth + 1):
        if number > 1:
            x, y = define(x), define(y)
        ((x,), (y,)) = times(layer(number, w, v), [[x], [y]])
    return x, y


def test_the_grid_is_seven_upright_and_seven_flat_lines():
    lines = composed.grid()
    assert lines.shape == (2, 14, 17)
    thirds = np.arange(-3, 4) / 3
    for lines_of, across, along in ((lines[:, :7], 0, 1), (lines[:, 7:], 1, 0)):
        np.testing.assert_allclose(lines_of[across], np.repeat(thirds, 17).reshape(7, 17), atol=1e-15)
        np.testing.assert_allclose(lines_of[along], np.tile(np.arange(-8, 9) / 8, (7, 1)), atol=1e-15)


@over_settings
def test_the_one_matrix_is_the_product_in_exact_fractions(w, v):
    found = composed.composed(identity, w, v, GRID)
    for depth in DEPTHS:
        expected = multiplied(depth, Fraction(w), Fraction(v))
        np.testing.assert_allclose(found.matrix[depth], np.array(expected, dtype=float), atol=1e-14)
    assert not found.shift.any()


@over_settings
def test_the_difference_is_what_plain_arithmetic_measures_to_the_last_bit(w, v):
    found = composed.composed(identity, w, v, GRID)
    for depth in DEPTHS:
        (a, b), (c, d) = multiplied(depth, w, v)
        off = []
        for x, y in GRID.T.tolist():
            one, other = passed(lambda z: z, depth, w, v, x, y)
            off += [(one - (a * x + b * y), other - (c * x + d * y))]
        assert found.largest[depth] == max(abs(part) for pair in off for part in pair)
        assert found.typical[depth] == pytest.approx(np.sqrt(np.mean([p**2 + q**2 for p, q in off])), rel=1e-12)
        assert found.largest[depth] < 1e-14


@over_catalogue
def test_layers_with_a_function_between_them_agree_with_many_digits(activation):
    define = exact.of(activation.slug, **activation.defaults)
    for w, v in SETTINGS[:2]:
        output = composed.composed(activation, w, v, GRID).output
        for depth, place in product((2, 3, 6), (5, 100, 237)):
            x, y = map(mpf, GRID[:, place].tolist())
            expected = passed(lambda z: define.jet(z)[0], depth, mpf(w), mpf(v), x, y)
            np.testing.assert_allclose(output[depth, :, place], np.array(expected, dtype=float), rtol=1e-12, atol=1e-12)


@over_catalogue
@all_cases(("w", "v"), SETTINGS[1:3])
def test_the_nearest_map_is_the_one_that_least_squares_finds(activation, w, v):
    found = composed.composed(activation, w, v, GRID)
    design = np.column_stack([GRID.T, np.ones(GRID.shape[1])])
    for depth in DEPTHS:
        best, *_ = np.linalg.lstsq(design, found.output[depth].T, rcond=None)
        np.testing.assert_allclose(found.matrix[depth], best[:2].T, atol=1e-12)
        np.testing.assert_allclose(found.shift[depth], best[2], atol=1e-12)
        off = design @ best - found.output[depth].T
        assert found.largest[depth] == pytest.approx(np.abs(off).max(), abs=1e-12)
        assert found.typical[depth] == pytest.approx(np.sqrt((off**2).sum(axis=1).mean()), abs=1e-12)


@over_catalogue
def test_with_fewer_than_two_layers_nothing_stands_between_them(activation):
    found = composed.composed(activation, 0.7, -0.4, GRID)
    assert found.largest[:2].tolist() == [0, 0]
    np.testing.assert_array_equal(found.matrix[1], [[0.7, -0.4], [0, 0.7]])


def test_only_what_is_straight_over_the_grid_is_one_matrix_at_every_depth():
    for slug, activation in ON_OFFER.items():
        off = composed.composed(activation, 1.0, 0.5, GRID).largest[2:]
        # The hard sigmoid is a line between -3 and 3. Others may in the end make a single point of the whole grid.
        if slug in ("identity", "hard_sigmoid"):
            assert (off < 1e-15).all(), slug
        else:
            assert (off[:2] > 1e-5).all(), slug


def test_a_function_that_meets_only_a_straight_piece_of_itself_does_not_bend_the_grid():
    off = composed.composed(CATALOGUE["hard_tanh"], 0.5, 0.3, GRID).largest
    assert (off < 1e-15).all()


def test_many_settings_at_once_are_each_as_alone():
    w, v = np.array(SETTINGS).T
    together = composed.composed(relu, w, v, GRID)
    for place, setting in enumerate(SETTINGS):
        alone = composed.composed(relu, *setting, GRID)
        np.testing.assert_array_equal(together.output[:, :, place], alone.output)
        np.testing.assert_allclose(together.matrix[..., place], alone.matrix, atol=1e-14)
        np.testing.assert_allclose(together.shift[..., place], alone.shift, atol=1e-14)
        np.testing.assert_allclose(together.largest[:, place], alone.largest, atol=1e-14)


def test_two_shears_against_each_other_turn_the_plane_and_keep_its_area():
    found = composed.composed(identity, 1.0, 0.5, GRID).matrix
    assert np.trace(found[2]) == pytest.approx(2 - 0.5**2)
    assert [np.linalg.det(one) for one in found] == pytest.approx([1] * 7)


def test_points_that_are_not_centred_or_correlated_are_refused():
    for points in (GRID + 0.1, np.stack([GRID[0], GRID[0] + GRID[1]])):
        with pytest.raises(ValueError, match="centred"):
            composed.composed(identity, 1.0, 0.5, points)


def crooked(lines):
    """How far the middle of each line lies from the line through its ends."""
    (x0, y0), (x1, y1), (x2, y2) = lines[..., 0], lines[..., lines.shape[-1] // 2], lines[..., -1]
    return np.abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))


@all_cases("answer", ["bent", "tapered"])
def test_up_to_the_first_layer_what_is_true_is_expected(answer):
    for depth in (0, 1):
        np.testing.assert_array_equal(composed.imagined(answer, depth, GRID), GRID)
    many = composed.imagined(answer, np.arange(7), GRID)
    np.testing.assert_array_equal(many[:, 4], composed.imagined(answer, 4, GRID))


def test_an_answer_looks_like_what_it_says():
    quarters = composed.grid()[:, ::3][..., :9]
    bends = [crooked(composed.imagined("bent", d, quarters.reshape(2, -1)).reshape(quarters.shape)) for d in DEPTHS[1:]]
    assert (np.diff([bend.max() for bend in bends]) > 0.01).all(), "each further layer bends a little more"
    tapered = composed.imagined("tapered", 6, GRID).reshape(composed.grid().shape)
    assert crooked(tapered).max() < 1e-12
    slopes = (tapered[0, :7, -1] - tapered[0, :7, 0]) / (tapered[1, :7, -1] - tapered[1, :7, 0])
    assert np.ptp(slopes) > 0.1, "no longer parallel"
    with pytest.raises(KeyError):
        composed.imagined("twisted", 1, GRID)


def test_the_right_answer_is_right():
    """After six layers each line is straight, the lines of a family are parallel, and their distances equal."""
    for w, v in SETTINGS[:3]:
        lines = composed.composed(identity, w, v, GRID).output[-1].reshape(composed.grid().shape)
        assert crooked(lines).max() < 1e-12
        steps = np.diff(lines, axis=-1)
        for family in (steps[:, :7], steps[:, 7:]):
            np.testing.assert_allclose(family, np.broadcast_to(family[:, :1, :1], family.shape), atol=1e-13)
        for family in (lines[:, :7, 0], lines[:, 7:, 0]):
            np.testing.assert_allclose(np.diff(family, n=2), 0, atol=1e-12)
