"""The formulas that are shown say what is computed: their LaTeX is read and evaluated."""

import numpy as np
import pytest
from latex import read

from activations import CATALOGUE
from tests.activations.conftest import over_cases
from tests.all_cases import all_cases

pytestmark = pytest.mark.filterwarnings("error")

AROUND = np.linspace(-7.9, 7.9, 80)


def faults(activation, params, kind, change=lambda text: text):
    """What is wrong with one formula: nothing, its left side, or the places at which a right side is off."""
    x = np.concatenate([AROUND, activation.kinks_at(**params)])
    shown, symbols = (
        change(getattr(activation.latex, kind)),
        {param.symbol: params[param.name] for param in activation.params},
    )
    # A case that does not hold here may overflow here.
    with np.errstate(over="ignore"):
        left, right, holds = read(shown, x, symbols, before="" if kind == "value" else activation.latex.value)
    truth = (activation if kind == "value" else activation.derivative)(x, **params)
    found = [] if left.endswith("(x)") and left.count("'") == (kind == "derivative") else [left]
    # Constants with four decimals are right to half of the last.
    near = {"rtol": 3e-5 if "approx" in activation.latex.value else 1e-9, "atol": 1e-12}
    for side in right:
        off = holds & ~np.isclose(side, truth, **near)
        found += [(float(at), float(value)) for at, value in zip(x[off], side[off], strict=True)]
    return found if right else ["no right side"]


@all_cases("kind", ["value", "derivative"])
@over_cases
def test_what_is_shown_is_what_is_computed(case, kind):
    assert faults(*case, kind) == []


@all_cases("activation", CATALOGUE.values(), ids=CATALOGUE)
def test_the_value_is_shown_with_every_parameter(activation):
    assert [param.symbol for param in activation.params if param.symbol not in activation.latex.value] == []


FAULTS = [
    ("gelu", "value", r"\sqrt{2}", r"\sqrt{\pi}"),
    ("gelu", "value", r"x\,\Phi(x)", r"\Phi(x)"),
    ("gelu", "derivative", r"x\,\varphi(x)", r"\varphi(x)"),
    ("gelu", "derivative", "-x^2/2", "-x^2"),
    ("elu", "value", "- 1", "+ 1"),
    ("elu", "value", r"x \le 0", "x < 0"),
    ("elu", "derivative", r"\alpha\,e^{x}", r"\alpha\,e^{-x}"),
    ("selu", "value", "1.6733", "1.6732"),
    ("selu", "value", "1.0507", "1.0570"),
    ("selu", "derivative", r"\lambda", ""),
    ("relu", "value", r"\max", r"\min"),
    ("relu", "derivative", r"\le", "<"),
    ("relu6", "derivative", r"\lor\; x \ge 6", r"\lor\; x > 6"),
    ("soft_shrink", "value", r"x + \lambda", r"x - \lambda"),
    ("hard_tanh", "derivative", "|x|", "x"),
    ("tanh", "derivative", "^2", ""),
    ("softplus", "value", r"\frac{1}{\beta}", r"\frac{1}{2}"),
    ("softplus", "derivative", r"\frac{1}{1 + e^{-\beta x}}", r"\frac{1}{1 - e^{-\beta x}}"),
    ("swish", "derivative", r"\sigma(-\beta x)", r"\sigma(\beta x)"),
    ("mish", "derivative", r"\operatorname{sech}^2 s", r"\operatorname{sech} s"),
    ("sigmoid", "value", r"\sigma(x)", r"\sigma'(x)"),
    ("binary_step", "derivative", r"f'(x) = 0", r"f'(x) = 1"),
]


@all_cases(("slug", "kind", "right", "planted"), FAULTS)
def test_a_planted_fault_is_found(slug, kind, right, planted):
    activation = CATALOGUE[slug]
    assert right in getattr(activation.latex, kind)
    assert faults(activation, activation.defaults, kind, lambda text: text.replace(right, planted)) != []
