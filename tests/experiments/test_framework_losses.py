"""What the libraries lose, as it was measured: whole, and such as their own formulas must lose it."""

import pytest

from activations.experiments import framework_losses, rounding
from activations.experiments.formats import FORMATS
from activations.experiments.rounding import Ends
from tests.all_cases import all_cases


def test_everything_was_measured_in_every_format_by_both():
    assert set(framework_losses.LIBRARIES.values()) == set(framework_losses.versions())
    found = [
        framework_losses.by(library, name, kind)
        for library in framework_losses.LIBRARIES
        for name in framework_losses.measured()
        for kind in FORMATS
    ]
    assert len(found) == 2 * 9 * 4
    assert all(-110 <= end.left <= -1 for one in found for end in (one.tenth, one.zero) if end.left is not None)
    assert all(1 <= end.right <= 110 for one in found for end in (one.tenth, one.zero) if end.right is not None)


@all_cases("kind", FORMATS)
def test_zero_comes_after_the_last_digit(kind):
    for library in framework_losses.LIBRARIES:
        for name in framework_losses.measured():
            found = framework_losses.by(library, name, kind)
            assert found.zero.right is None or found.tenth.right <= found.zero.right
            assert found.zero.left is None or found.tenth.left >= found.zero.left


@all_cases("kind", FORMATS)
def test_pytorch_loses_where_its_formulas_must(kind):
    for name, pair in (("sigmoid_slope", "sigmoid"), ("tanh_slope", "tanh")):
        zero = rounding.zero(pair, "plain", kind).right
        assert framework_losses.by("pytorch", name, kind).zero.right == pytest.approx(zero, abs=0.7)
    assert framework_losses.by("pytorch", "gelu", "float64").zero.left == pytest.approx(
        rounding.zero("gelu", "plain", "float64").left, abs=0.25
    )


@all_cases("kind", FORMATS)
def test_softplus_is_careful_and_the_slopes_of_sigmoid_and_tanh_are_not(kind):
    for library in framework_losses.LIBRARIES:
        assert framework_losses.by(library, "softplus", kind) == framework_losses.Lost(
            Ends(None, None), Ends(None, None), (False, False)
        )
        for name in ("sigmoid_slope", "tanh_slope"):
            assert framework_losses.by(library, name, kind).zero.right < rounding.gone(name.split("_")[0], kind).right
        assert framework_losses.by("jax", "elu_slope", kind).zero.left is not None
        assert framework_losses.by("pytorch", "elu_slope", kind).zero.left is None
