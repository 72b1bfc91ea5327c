"""What stacked activations make of an input, against sixty digits."""

import math

import mpmath
import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain, stack
from tests.all_cases import all_cases

LAYER = {
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "tanh": mpmath.tanh,
    "relu": lambda x: max(x, mpmath.mpf(0)),
}
X = (-4.0, -1.5, -0.25, 0.0, 0.7, 2.0, 4.0)


def passed(layer, x, layers):
    with mpmath.workdps(60):
        x = mpmath.mpf(x)
        for _ in range(layers):
            x = layer(x)
        return x


@all_cases("slug", LAYER)
def test_layer_outputs_are_the_function_applied_again_and_again(slug):
    outputs = stack.layer_outputs(CATALOGUE[slug], X)
    assert outputs.shape == (21, len(X))
    for layers, row in enumerate(outputs):
        exact = [float(passed(LAYER[slug], x, layers)) for x in X]
        np.testing.assert_allclose(row, exact, rtol=1e-14, atol=1e-15, err_msg=f"after {layers} layers")


def test_the_two_inputs_are_still_told_apart_after_twenty_sigmoids():
    low, high = stack.layer_outputs(CATALOGUE["sigmoid"], stack.INPUTS)[-1]
    exact = passed(LAYER["sigmoid"], 4, 20) - passed(LAYER["sigmoid"], -4, 20)
    assert high - low == pytest.approx(float(exact), rel=1e-3)


def test_the_slider_counts_layers_from_a_single_one():
    assert stack.LAYERS.default == 1
    np.testing.assert_array_equal(stack.LAYERS.grid, range(1, 21))
    assert stack.INPUTS == (-4.0, 4.0)


@all_cases("slug", [slug for slug, activation in CATALOGUE.items() if chain.stackable(activation)])
def test_every_function_of_the_catalogue_can_be_stacked(slug):
    outputs = stack.layer_outputs(CATALOGUE[slug], X)
    assert np.isfinite(outputs).all()
    assert outputs[1].tolist() == pytest.approx(CATALOGUE[slug](np.array(X)).tolist())
    assert math.isclose(outputs[2][0], float(CATALOGUE[slug](CATALOGUE[slug](X[0]))))
