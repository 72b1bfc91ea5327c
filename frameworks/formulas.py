"""The lines in PyTorch that /formula shows, run for formulas with all of its functions, and which lines were run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from activations.formulas import activation, code, parse

STORED = Path(__file__).parents[1] / "tests" / "golden" / "formulas_pytorch.json"
SETTING = {"a": 1.7, "b": -0.6}
X = np.linspace(-3, 3, 60) + 0.0137
FORMULAS = (
    "x*sigmoid(a*x)",
    "where(x > 0, x, a*(exp(b*x) - 1))",
    "where(-1 < x <= b, x**3, -(a - b)*gelu(x)**2)",
    "max(-a, min(x, b)) - abs(x - 0.3)",
    "2**x - x**-2 + (1 + x**2)**a + (2 + x**2)**x",
    "silu(x)/(a*(x - b)) + relu(x)*softplus(x) + Phi(x) + erf(-x)",
    "log(1 + x**2) + log1p(exp(x)) + expm1(-x) + sqrt(2 + sin(x)) + cos(x) + tanh(x) + arctan(x)/pi + e",
    "relu(tanh(pi))*x",
    "where(a > 0, 1, 2)",
    "exp(1) + a",
)


def main() -> None:
    """Run the lines of each formula, hold value and slope against the catalogue's, and store the lines."""
    lines = {text: _checked(text) for text in FORMULAS}
    found = {"version": torch.__version__.partition("+")[0], "setting": SETTING, "lines": lines}
    STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _checked(text: str) -> str:
    expression = parse(text)
    own, values = activation(expression), {name: SETTING[name] for name in expression.parameters}
    lines = code.torch(expression, **values)
    space: dict[str, object] = {}
    exec(compile(lines, "lines", "exec"), space)
    x = torch.tensor(X, requires_grad=True)
    y = space["f"](x)  # type: ignore[operator]
    (slope,) = torch.autograd.grad(y.sum(), x)
    np.testing.assert_allclose(y.detach().numpy(), own(X, **values), rtol=1e-12, err_msg=text)
    np.testing.assert_allclose(slope.numpy(), own.derivative(X, **values), rtol=1e-9, atol=1e-12, err_msg=text)
    return lines


if __name__ == "__main__":
    main()
