"""Pre-activations of the small network, normalised here once more from its weights by loops."""

import numpy as np
import pytest
from scipy import stats

from activations import CATALOGUE
from activations.experiments import gate, normalised

GELU = CATALOGUE["gelu"]
SEEDS = (1, 2, 3, 4)


def gelu(z):
    return z * stats.norm.cdf(z)


def by_hand(seed, moment):
    """The second layer's pre-activations on the batch, each column shifted and scaled."""
    theta, z = normalised.trained(GELU, seed).kept.theta[moment], []
    w1, b1, w2, b2 = np.split(theta[: 2 * 16 + 16 + 256 + 16], [32, 48, 304])
    batch = np.random.default_rng(seed + 1_000).uniform(-np.sqrt(3), np.sqrt(3), (625, 2))
    for x in batch:
        z.append(gelu(x @ w1.reshape(2, 16) + b1) @ w2.reshape(16, 16) + b2)
    z = np.array(z)
    return np.column_stack(
        [(column - column.mean()) / np.sqrt(((column - column.mean()) ** 2).mean()) for column in z.T]
    )


@pytest.mark.parametrize("moment", [0, 20, 60])
def test_all_pre_activations_are_there_with_mean_0_and_variance_1(moment):
    found = normalised.pre_activations(GELU, 2)[moment]
    assert found.shape == (10_000,)
    np.testing.assert_allclose(np.sort(found), np.sort(by_hand(2, moment).ravel()), atol=1e-9)
    assert found.mean() == pytest.approx(0, abs=1e-12)
    assert (found**2).mean() == pytest.approx(1, rel=1e-12)
    # Shuffled: the first thousand are no single unit's.
    assert stats.ks_2samp(found[:1000], found[1000:]).pvalue > 1e-3


@pytest.mark.parametrize("seed", SEEDS)
def test_the_network_learns_its_task(seed):
    loss = normalised.trained(GELU, seed).loss
    assert loss[0] > 0.5
    assert loss[-1] < 0.05
    assert len(loss) == 61


def test_shares_are_counted():
    shares, found = normalised.shares(GELU, 3), normalised.pre_activations(GELU, 3)
    assert shares.shape == (len(gate.COUNTS), 161, 61)
    for k, n in ((0, 1), (8, 50), (20, 10_000)):
        for edge in (0, 60, 80, 160):
            place = -4 + edge / 20
            counted = (found[:, :n] <= place + 1e-12).mean(axis=1)
            np.testing.assert_allclose(shares[k, edge], counted, atol=1e-12)
