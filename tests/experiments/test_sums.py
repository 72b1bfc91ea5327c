"""Sums of units against NumPy's least squares, and a training against one with derivatives by finite differences."""

import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import sums
from activations.experiments.sums import COUNT, MOST, REACH, STEPS, TARGETS, X

TRUE = {
    "sine": math.sin,
    "square": lambda x: x**2 / 4,
    "abs": abs,
    "step": lambda x: float(x >= 0),
    "bumps": lambda x: math.exp(-((x + 2) ** 2)) + 0.6 * math.exp(-2 * (x - 1.5) ** 2),
}
FITS = [
    ("relu", "sine", 1.0, [-4, -2.75, -1.25, 0, 1.25, 2.75]),
    ("relu", "abs", 0.5, [-4, 0]),
    ("tanh", "bumps", 2.0, [-3, -1, 1, 3]),
    ("binary_step", "step", 1.0, [-2, 0.25, 2]),
    ("gelu", "square", 4.0, [-4, -1, 2]),
    ("hard_shrink", "sine", 1.5, [-1, 2.5]),
]


def matrix(slug, w, places):
    """A column of ones, and one for each unit."""
    return np.column_stack([np.ones(len(X)), *(CATALOGUE[slug](w * (X - k)) for k in places)])


def fitted(slug, target, w, *places):
    wide = max(map(len, places))
    padded = np.array([[*each, *[np.nan] * (wide - len(each))] for each in places], dtype=float)
    return sums.fit(CATALOGUE[slug], target, np.full(len(places), w), padded)


def test_the_inputs_are_the_midpoints_of_equal_cells_and_no_kink_of_a_hand_is_among_them():
    edges = np.linspace(-REACH, REACH, len(X) + 1)
    np.testing.assert_allclose(X, (edges[1:] + edges[:-1]) / 2)
    assert np.abs(X[:, None] - sums.PLACES[0].grid).min() > 0.01
    for name, true in TRUE.items():
        np.testing.assert_allclose(TARGETS[name](X), [true(x) for x in X.tolist()])


@pytest.mark.parametrize(("slug", "target", "w", "places"), FITS)
def test_a_fit_is_the_least_squares_solution(slug, target, w, places):
    # Beside another setting, so that one that is taken for its neighbour shows.
    found, y = fitted(slug, target, w, [0.5], places), TARGETS[target](X)
    best, _, rank, _ = np.linalg.lstsq(matrix(slug, w, places), y, rcond=None)
    assert found.independent[1] == rank - 1 == len(places)
    np.testing.assert_allclose(found.c[1], best[0], atol=1e-5)
    np.testing.assert_allclose(found.v[1, : len(places)], best[1:], atol=1e-5)
    off = y - matrix(slug, w, places) @ best
    assert found.error[1] == pytest.approx(math.sqrt(np.mean(off**2)), abs=1e-7)
    x = np.array([-7.0, 0.3, 10.0])
    each = [[v * CATALOGUE[slug](w * (at - k)) for at in x] for v, k in zip(best[1:], places, strict=True)]
    np.testing.assert_allclose(found.shares(CATALOGUE[slug], x)[1, : len(places)], each, atol=2e-4)
    np.testing.assert_allclose(found.at(CATALOGUE[slug], x)[1], best[0] + np.sum(each, axis=0), atol=2e-4)
    np.testing.assert_allclose(found.places[1, : len(places)], places, atol=1e-12)


@pytest.mark.parametrize(
    ("slug", "count"), [("identity", 1), ("exponential", 1), ("sine", 2), ("snake", 3), ("relu", 5), ("tanh", 5)]
)
def test_units_that_are_sums_of_others_are_not_counted(slug, count):
    places = [-3.0, -1.5, 0.0, 1.5, 3.0]
    assert fitted(slug, "bumps", 1.0, places).independent == [count]
    smallest = np.linalg.svd(matrix(slug, 1.0, places), compute_uv=False)
    assert (smallest > 1e-10 * smallest[0]).sum() == count + 1


def test_units_in_one_place_are_one_and_a_unit_that_is_off_is_none():
    assert fitted("relu", "sine", 1.0, [1.0] * 6, [5.0] * 6, [0.0, 0.0, 1.0, 4.0]).independent.tolist() == [1, 0, 2]
    flat = fitted("relu", "sine", 1.0, [5.0] * 6)
    assert flat.error == pytest.approx(np.std(np.sin(X)))
    assert np.abs(flat.v).max() < 1e-6


def test_nearly_dependent_units_keep_finite_weights():
    for slug in ("softplus", "sigmoid", "exponential", "log_sigmoid"):
        found = sums.fit(CATALOGUE[slug], "bumps", np.full(MOST, 0.25), sums.spread(CATALOGUE[slug], COUNT.grid))
        assert np.nanmax(np.abs(found.v)) < 1e6
        assert (np.diff(found.error) < 1e-3).all()


@pytest.mark.parametrize(("slug", "start"), [("relu", 0.0), ("tanh", 0.5), ("gelu", 0.0), ("gaussian", 0.5)])
def test_units_are_spread_evenly(slug, start):
    found = sums.spread(CATALOGUE[slug], np.array([1.0, 3.0, 12.0]))
    for row, count in zip(found, (1, 3, 12), strict=True):
        np.testing.assert_allclose(row[:count], [-4 + 8 * (j + start) / count for j in range(count)])
        assert np.isnan(row[count:]).all()


def test_the_errors_over_the_number_of_units_are_those_of_each_fit():
    for w in (0.5, 2.0):
        row = sums.errors(CATALOGUE["relu"], "square", w)
        for n in (1, 5, 12):
            places = [-4 + 8 * j / n for j in range(n)]
            rest = np.linalg.lstsq(matrix("relu", w, places), X**2 / 4, rcond=None)[1][0]
            assert row[n - 1] == pytest.approx(math.sqrt(rest / len(X)), rel=1e-5)


def test_the_slope_is_that_of_a_straight_line_through_logarithms():
    found = sums.errors(CATALOGUE["gelu"], "square", 1.0)[None]
    slope, height = sums.slopes(found)
    line = np.polyfit(np.log10(np.arange(6, 13)), np.log10(found[0, 5:]), 1)
    np.testing.assert_allclose([slope[0], height[0]], line)
    exact = sums.errors(CATALOGUE["relu"], "abs", 1.0)[None]
    assert (exact[0, 1::2] < sums.EXACT).all(), "with an even number a kink lies at 0"
    assert np.isnan(sums.slopes(exact)[0]).all()


def error_of(slug, target, at):
    w, b, v = at[:-1].reshape(3, -1)
    out = at[-1] + sum(vj * CATALOGUE[slug](wj * X + bj) for wj, bj, vj in zip(w, b, v, strict=True))
    return np.mean((out - np.array([TRUE[target](x) for x in X.tolist()])) ** 2)


@pytest.mark.parametrize(("slug", "target", "units"), [("tanh", "sine", 3), ("gelu", "square", 2), ("sine", "abs", 4)])
def test_training_is_adam_on_the_mean_squared_error(slug, target, units):
    at = np.concatenate([*sums.start(units), [0.0]])
    mean, square, met = np.zeros_like(at), np.zeros_like(at), [at]
    for step in range(1, 11):
        nudges = 1e-6 * np.eye(len(at))
        slope = np.array([error_of(slug, target, at + d) - error_of(slug, target, at - d) for d in nudges]) / 2e-6
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        at = at - 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        met.append(at)
    run = sums.train(CATALOGUE[slug], target, units)
    for moment, steps in enumerate(STEPS[STEPS <= 10].tolist()):
        found = np.concatenate([run.w[moment], run.b[moment], run.v[moment], run.c[moment : moment + 1]])
        np.testing.assert_allclose(found, met[steps], atol=2e-5)
        assert run.error[moment] ** 2 == pytest.approx(error_of(slug, target, met[steps]), abs=1e-4)
    assert STEPS[0] == 0
    assert STEPS[-1] == 400
    assert (np.diff(STEPS) > 0).all()


def test_a_training_starts_with_a_unit_in_each_cell_and_weights_of_one():
    for units in (3, 6, 12):
        w, b, _ = sums.start(units)
        assert set(np.abs(w)) == {1.0}
        cells = np.floor((np.sort(-b / w) + REACH) / (2 * REACH / units))
        np.testing.assert_array_equal(cells, np.arange(units))


def test_the_step_trains_only_its_output():
    run = sums.train(CATALOGUE["binary_step"], "sine", 6)
    assert (run.w == run.w[0]).all()
    assert (run.b == run.b[0]).all()
    assert np.ptp(run.v, axis=0).min() > 0
