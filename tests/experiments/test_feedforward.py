"""The small network forward and backward, against many digits and finite differences of its loss."""

import numpy as np

from activations import CATALOGUE
from activations.experiments import feedforward
from tests.all_cases import all_cases
from tests.oracle.net import DEFAULTS, Net


@all_cases("slug", [slug for slug, activation in CATALOGUE.items() if not activation.params])
def test_both_passes_are_those_of_the_network(slug):
    rng = np.random.default_rng(7)
    rows = np.round(rng.uniform(-2, 2, (2, len(DEFAULTS))), 3).tolist()
    stands = [{}, *(dict(zip(DEFAULTS, row, strict=True)) for row in rows)]
    at = {name: np.array([float(stand.get(name, DEFAULTS[name])) for stand in stands]) for name in DEFAULTS}
    done = feedforward.run(CATALOGUE[slug], at)
    for n, stand in enumerate(stands):
        net = Net(slug, stand)
        close = {"rtol": 1e-11, "atol": 1e-12}
        np.testing.assert_allclose(float(net.output()), done.output[n], **close)
        np.testing.assert_allclose(float(net.loss()), done.loss[n], **close)
        np.testing.assert_allclose([float(net.z(j)) for j in (1, 2, 3)], done.z[n], **close)
        np.testing.assert_allclose([float(net.a(j)) for j in (1, 2, 3)], done.a[n], **close)
        np.testing.assert_allclose([float(net.derivative(j)) for j in (1, 2, 3)], done.derivative[n], **close)
        np.testing.assert_allclose([float(net.gradient(f"b{j}")) for j in (1, 2, 3)], done.dz[n], **close)
        found = np.concatenate([done.dw[n].ravel(), done.dv[n]])
        np.testing.assert_allclose([float(slope) for slope in net.signals(True)], found, **close)
        np.testing.assert_allclose(float(net.gradient("c")), done.error[n], **close)


def test_the_sliders_stand_where_the_page_says():
    assert {param.name: param.default for param in feedforward.PARAMS} == {k: float(v) for k, v in DEFAULTS.items()}
    assert all((param.low, param.high, param.step) == (-2, 2, 0.1) for param in feedforward.PARAMS)


def test_tenths_that_add_up_to_nothing_are_nothing():
    at = {param.name: np.zeros(1) for param in feedforward.PARAMS}
    at |= {"x1": np.array([0.1]), "w11": np.array([1.0]), "x2": np.array([0.2]), "w12": np.array([1.0])}
    at |= {"b1": np.array([-0.3])}
    assert 0.1 + 0.2 - 0.3 != 0
    assert feedforward.run(CATALOGUE["relu"], at).derivative[0, 0] == 0
