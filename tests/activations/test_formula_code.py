"""The lines to copy are the formula: NumPy's are run, PyTorch's are run on a stand-in and read."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import special

from activations.formulas import activation, code, parse

FORMULAS = [
    "x*sigmoid(a*x)",
    "where(x > 0, x, a*(exp(b*x) - 1))",
    "where(-1 < x <= b, x**3, -(a - b)*gelu(x)**2)",
    "max(-a, min(x, b)) - abs(x - 0.3)",
    "2**x - x**-2 + (1 + x**2)**a + (2 + x**2)**x",
    "-(x + 1)**2/(x*x + 1) - (a - (b - x))",
    "silu(x)/(a*(x - b)) + relu(x)*softplus(x) + Phi(x) + erf(-x)",
    "log(1 + x**2) + log1p(exp(x)) + expm1(-x) + sqrt(2 + sin(x)) + cos(x) + tanh(x) + arctan(x)/pi + e",
    "relu(tanh(pi))*x",
    "where(a > 0, 1, 2)",
    "exp(1) + a",
]
X = np.linspace(-3, 3, 60) + 0.0137
RAN = json.loads((Path(__file__).parents[1] / "golden" / "formulas_pytorch.json").read_text(encoding="utf-8"))
SETTING = {"a": 1.7, "b": -0.6}


def stand_in():
    """PyTorch's functions by NumPy's; like PyTorch's they refuse plain numbers as tensors."""

    def strict(function):
        def checked(*tensors):
            assert all(isinstance(tensor, np.ndarray) for tensor in tensors), "a plain number"
            return np.asarray(function(*tensors))

        return checked

    names = ("exp", "expm1", "log", "log1p", "sqrt", "abs", "sin", "cos", "tanh", "arctan", "maximum", "minimum")
    torch = {name: strict(getattr(np, name)) for name in names}
    torch |= {"erf": strict(special.erf), "sigmoid": strict(special.expit), "relu": strict(lambda u: np.maximum(u, 0))}
    torch |= {"where": np.where, "tensor": np.array, "special": SimpleNamespace(ndtr=strict(special.ndtr))}
    functional = {
        "softplus": strict(lambda u: np.logaddexp(0, u)),
        "silu": strict(lambda u: u * special.expit(u)),
        "gelu": strict(lambda u: u * special.ndtr(u)),
    }
    return SimpleNamespace(**torch), SimpleNamespace(**functional)


@pytest.mark.parametrize("text", FORMULAS)
def test_the_lines_for_numpy_are_the_function_and_its_derivative(text):
    read = parse(text)
    own, at = activation(read), {name: SETTING[name] for name in read.parameters}
    scope = {}
    exec(code.numpy(read, **at), scope)
    np.testing.assert_allclose(scope["f"](X), own(X, **at), rtol=1e-12)
    np.testing.assert_allclose(scope["f_slope"](X), own.derivative(X, **at), rtol=1e-9, atol=1e-12)
    assert scope["f"](X).shape == scope["f_slope"](X).shape == X.shape


@pytest.mark.parametrize("text", FORMULAS)
def test_the_lines_for_pytorch_are_the_function(text):
    read = parse(text)
    at = {name: SETTING[name] for name in read.parameters}
    torch, functional = stand_in()
    lines = re.sub(r"^import torch.*\n", "", code.torch(read, **at), flags=re.MULTILINE)
    lines = lines.replace("x.new_tensor(", "torch.tensor(")
    scope = {"torch": torch, "F": functional}
    exec(lines, scope)
    np.testing.assert_allclose(scope["f"](X), activation(read)(X, **at), rtol=1e-12)


@pytest.mark.parametrize("text", RAN["lines"])
def test_these_lines_were_run_in_pytorch(text):
    # ``make frameworks`` held their values and slopes against the catalogue's.
    read = parse(text)
    assert code.torch(read, **{name: RAN["setting"][name] for name in read.parameters}) == RAN["lines"][text]


def test_the_lines_import_what_they_use_and_nothing_else():
    assert code.numpy(parse("x")).startswith("import numpy as np\n\n\ndef f(x):\n    return x")
    assert "from scipy.special import expit, ndtr\n" in code.numpy(parse("silu(x) + gelu(x)"))
    assert code.torch(parse("tanh(x)")) == "import torch\n\n\ndef f(x):\n    return torch.tanh(x)"
    assert code.torch(parse("gelu(x)*pi")).startswith("import math\n\nimport torch\nimport torch.nn.functional as F\n")
