"""The random gate and its rivals, against the laws they follow: normal, binomial, geometric."""

import mpmath
import numpy as np
import pytest
from scipy import stats

from activations.experiments import gate
from tests.all_cases import all_cases

SEEDS = (1, 2, 3, 4)
COUNTS, X = np.array(gate.COUNTS), gate.X.grid
ALPHA = 1e-4  # of a test of chance; the seeds are fixed


def test_counts_rise_to_ten_thousand_about_evenly_in_their_logarithm():
    assert (COUNTS[0], COUNTS[-1]) == (1, 10_000)
    ratio = COUNTS[1:] / COUNTS[:-1]
    assert ratio.min() > 1.3
    assert ratio.max() <= 2


@all_cases("moment", [0, 1, 17, 60])
def test_the_walk_is_standard_normal_at_every_moment(moment):
    found = [gate.walk(seed)[moment] for seed in range(3000)]
    assert stats.kstest(found, "norm").pvalue > ALPHA


def test_the_walk_leaves_each_place_for_one_that_hangs_together_with_it_and_with_nothing_before():
    walks = np.array([gate.walk(seed) for seed in range(3000)])
    residue = walks[:, 1:] - 0.85 * walks[:, :-1]
    assert stats.kstest(residue.ravel() / np.sqrt(1 - 0.85**2), "norm").pvalue > ALPHA
    assert abs(np.corrcoef(residue[:, 30], walks[:, 30])[0, 1]) < 4 / np.sqrt(3000)
    assert abs(np.corrcoef(walks[:, 20], walks[:, 25])[0, 1] - 0.85**5) < 0.05


def test_a_seed_is_the_same_walk_again_and_another_is_another():
    np.testing.assert_array_equal(gate.walk(3), gate.walk(3))
    assert len({gate.walk(seed)[0] for seed in SEEDS}) == len(SEEDS)


@all_cases("x", [-3.0, -0.5, 0.0, 1.3, 3.0])
def test_area_and_error_are_those_of_the_definition(x):
    with mpmath.workdps(40):
        area = mpmath.quad(lambda s: mpmath.exp(-s * s / 2) / mpmath.sqrt(2 * mpmath.pi), [-mpmath.inf, x])
        assert float(gate.phi(x)) == pytest.approx(float(area), rel=1e-12)
        assert float(gate.density(x)) == pytest.approx(float(mpmath.diff(mpmath.ncdf, x)), rel=1e-12)
        # The variance of m·x, which is x with this probability and else 0.
        variance = area * mpmath.mpf(x) ** 2 - (area * x) ** 2
        for n in (1, 10, 10_000):
            assert float(gate.error(x, n)) == pytest.approx(float(mpmath.sqrt(variance / n)), rel=1e-12)


@all_cases("seed", SEEDS)
def test_each_share_is_a_binomial_count_that_grows_with_n_and_with_x(seed):
    shares = gate.shares(seed)
    assert shares.shape == (len(COUNTS), len(X))
    opened = shares * COUNTS[:, None]
    np.testing.assert_allclose(opened, np.round(opened), atol=1e-8)
    assert (np.diff(opened, axis=0) >= -1e-9).all()
    assert (np.diff(opened, axis=0) <= np.diff(COUNTS)[:, None] + 1e-9).all()
    assert (np.diff(shares, axis=1) >= 0).all()
    for n, row in zip(COUNTS, opened, strict=True):
        phi = stats.norm.cdf(X)
        tails = stats.binom.cdf(np.round(row), n, phi), stats.binom.sf(np.round(row) - 1, n, phi)
        # Of thousands that hang together the rarest is looked at.
        assert np.min(tails) > ALPHA / 100


def test_the_mean_of_the_product_closes_on_gelu_as_fast_as_its_error_says():
    phi = stats.norm.cdf(X)
    off = np.array([(gate.shares(seed) - phi) * X for seed in range(40)]) / np.where(X, gate.error(X, 1), 1)
    scaled = off * np.sqrt(COUNTS)[:, None]
    # Between −2.5 and 2.5, where no gate is nearly always open or shut, the squared ratio is 1 in the mean.
    inside = (np.abs(X) <= 2.5) & (X != 0)
    assert (scaled[:, :, inside] ** 2).mean(axis=(0, 2)) == pytest.approx(np.ones(len(COUNTS)), abs=0.5)


@all_cases("seed", SEEDS[:2])
def test_the_four_masks_are_what_their_papers_say(seed):
    masks, inputs = gate.masks(seed), gate.walk(seed)
    times, half = len(inputs), stats.binom
    for column in (0, 50, 60, 120):
        chance = stats.norm.cdf(inputs + X[column])
        spread = np.sqrt(chance * (1 - chance) / 10_000)
        assert (np.abs(masks.gate[-1, column] - chance) <= 4.5 * spread + 1e-9).all()
    assert half.cdf(np.round(masks.dropout[-1] * 10_000), 10_000, 0.5).min() > ALPHA
    assert half.sf(np.round(masks.dropout[-1] * 10_000), 10_000, 0.5).min() > ALPHA
    # The state at time t is the input of time s if it was taken at s and kept ever since.
    t, s = np.arange(times)[:, None], np.arange(times)[None, :]
    expected = np.where(s > t, 0.0, np.where(s == 0, 0.5 ** t.astype(float), 0.5 ** (t - s + 1.0)))
    np.testing.assert_allclose(masks.zoneout[-1], expected, atol=4.5 * 0.5 / 100)
    np.testing.assert_allclose(masks.zoneout.sum(axis=2), 1.0, atol=1e-12)


def test_a_single_repeat_opens_or_shuts_keeps_or_takes():
    masks = gate.masks(1)
    for single in (masks.gate[0], masks.dropout[0], masks.zoneout[0]):
        assert set(np.unique(single)) <= {0.0, 1.0}
    state = masks.zoneout[0].argmax(axis=1)
    moved = np.diff(state) != 0
    assert state[0] == 0
    assert (state[1:][moved] == np.arange(1, len(state))[moved]).all()
    assert 0.2 < moved.mean() < 0.8
