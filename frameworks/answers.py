"""The lines in PyTorch that answers to questions show, run, and held against what the answers say of them."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

CODE = Path(__file__).parents[1] / "assets" / "code" / "questions"
STORED = CODE / "ran.json"
Space = dict[str, Any]


def main() -> None:
    """Run every file, check it, and store which files were run with which version."""
    files = {}
    for name, check in CHECKS.items():
        lines = (CODE / f"{name}.py").read_text(encoding="utf-8")
        check(_run(lines))
        files[name] = hashlib.sha256(lines.encode()).hexdigest()
    found = {"version": torch.__version__.partition("+")[0], "files": files}
    STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _run(lines: str) -> Space:
    """What the lines define; what they print is "printed"."""
    torch.manual_seed(0)
    space: Space = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(lines, "lines", "exec"), space)
    return space | {"printed": printed.getvalue()}


def _dead_units(found: Space) -> None:
    _same(found["dead"], {"1": 0, "3": 0})
    # Of a layer with three units that can never be above 0 the hook finds three.
    layer = torch.nn.Sequential(torch.nn.Linear(8, 64), torch.nn.ReLU())
    with torch.no_grad():
        layer[0].bias[:3] = -100
    layer[1].register_forward_hook(found["watch"]("layer"))
    layer(torch.randn(1000, 8))
    _same(int((~found["active"]["layer"]).sum()), 3)


def _own_function(found: Space) -> None:
    x = torch.linspace(-3, 3, 13, dtype=torch.float64, requires_grad=True)
    slopes = [torch.autograd.grad(line(x).sum(), x)[0] for line in (found["squareplus"], found["Layer"]())]
    _same(found["right"], True)
    _same(torch.allclose(*slopes, rtol=1e-12), True)


def _functional_or_module(found: Space) -> None:
    x = found["x"]
    _same(found["same"], True)
    _same(found["Model"]()(x).shape, found["model"](x).shape)


def _in_place(found: Space) -> None:
    _same(found["x"].tolist(), [0.0, 2.0])
    _same(found["message"].startswith("one of the variables needed for gradient computation has been"), True)


def _softmax_loss(found: Space) -> None:
    loss, by_hand, twice = (float(found[name].detach()) for name in ("loss", "by_hand", "twice"))
    _same([round(value, 4) for value in (loss, by_hand, twice)], [0.0509, 0.0509, 0.5838])
    _same(twice > math.log(1 + 2 / math.e), True)
    expected = found["logits"].detach().softmax(dim=1) - torch.tensor([[1.0, 0.0, 0.0]])
    _same(torch.allclose(found["logits"].grad, expected), True)
    _same(math.isclose(float(found["one"]), math.log1p(math.exp(-3)), rel_tol=1e-6), True)


def _gain(found: Space) -> None:
    functional = torch.nn.functional
    gains = [found["gain"](line) for line in (torch.relu, functional.elu, functional.silu, functional.gelu)]
    for gain, quoted in zip(gains, (2**0.5, 1.245, 1.677, 1.534), strict=True):
        _same(abs(gain - quoted) < 0.01, True)
    for name in ("elu", "silu", "gelu"):
        try:
            torch.nn.init.calculate_gain(name)  # type: ignore[arg-type]
        except ValueError:
            continue
        raise AssertionError(f"calculate_gain knows {name}")


def _same(found: object, expected: object) -> None:
    if found != expected:
        raise AssertionError(f"{found!r} instead of {expected!r}")


CHECKS: dict[str, Callable[[Space], None]] = {
    "dead_units": _dead_units,
    "own_function": _own_function,
    "functional_or_module": _functional_or_module,
    "in_place": _in_place,
    "softmax_loss": _softmax_loss,
    "gain": _gain,
}

if __name__ == "__main__":
    main()
