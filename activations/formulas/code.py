"""A formula as lines of Python to copy: for NumPy with its derivative in forward mode, for PyTorch to differentiate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from activations.formulas.parsing import Expression, Step

_SIGNS = {"add": " + ", "subtract": " - ", "multiply": " * ", "divide": " / ", "power": " ** "}
_BINDS = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "negative": 3, "power": 4}
_ATOM = 5
_NUMPY = MappingProxyType(
    {
        **{name: f"np.{name}({{0}})" for name in ("exp", "expm1", "log", "log1p", "sqrt", "abs", "sin", "cos", "tanh")},
        "arctan": "np.arctan({0})",
        "erf": "erf({0})",
        "sigmoid": "expit({0})",
        "softplus": "np.logaddexp(0, {0})",
        "relu": "np.maximum({0}, 0)",
        "silu": "silu({0})",
        "gelu": "gelu({0})",
        "Phi": "ndtr({0})",
        "max": "np.maximum({0}, {1})",
        "min": "np.minimum({0}, {1})",
        "pi": "np.pi",
        "e": "np.e",
    }
)
_BODIES = {"silu": "def silu(u):\n    return u * expit(u)", "gelu": "def gelu(u):\n    return u * ndtr(u)"}
_TORCH = MappingProxyType(
    {
        **{name: f"torch.{name}({{0}})" for name in ("exp", "expm1", "log", "log1p", "sqrt", "abs", "sin", "cos")},
        **{name: f"torch.{name}({{0}})" for name in ("tanh", "arctan", "erf", "sigmoid", "relu")},
        "softplus": "F.softplus({0})",
        "silu": "F.silu({0})",
        "gelu": "F.gelu({0})",
        "Phi": "torch.special.ndtr({0})",
        "max": "torch.maximum({0}, {1})",
        "min": "torch.minimum({0}, {1})",
        "pi": "math.pi",
        "e": "math.e",
    }
)
# By name the derivative where the argument is {u} and the result {v}.
_SLOPES = MappingProxyType(
    {
        "exp": "{v}",
        "expm1": "np.exp({u})",
        "log": "1 / {u}",
        "log1p": "1 / (1 + {u})",
        "sqrt": "0.5 / {v}",
        "abs": "np.sign({u})",
        "sin": "np.cos({u})",
        "cos": "-np.sin({u})",
        "tanh": "1 / np.cosh({u}) ** 2",
        "arctan": "1 / (1 + {u} ** 2)",
        "erf": "2 / np.sqrt(np.pi) * np.exp(-{u} ** 2)",
        "sigmoid": "{v} * expit(-{u})",
        "softplus": "expit({u})",
        "relu": "({u} > 0)",
        "silu": "expit({u}) * (1 + {u} * expit(-{u}))",
        "gelu": "(ndtr({u}) + {u} * np.exp(-{u} ** 2 / 2) / np.sqrt(2 * np.pi))",
        "Phi": "np.exp(-{u} ** 2 / 2) / np.sqrt(2 * np.pi)",
    }
)


@dataclass(frozen=True)
class _Part:
    """Code, how strongly its last operation binds, and whether in PyTorch it is a tensor."""

    code: str
    binds: int = _ATOM
    is_tensor: bool = False

    def within(self, binds: int) -> str:
        """The code as an operand of an operation that binds so."""
        return self.code if self.binds >= binds else f"({self.code})"


def numpy(expression: Expression, **values: float) -> str:
    """Two functions of NumPy, ``f`` and ``f_slope``, with these values of a and b as defaults."""
    moves, last = expression.moving[-1], len(expression.steps) - 1
    parts = _parts(expression, _NUMPY, apart=True)
    steps = [line for place in range(last + 1) if expression.moving[place] for line in _lines(expression, place, parts)]
    result = f"d{last}" if moves else "np.zeros_like(x)"
    functions = [
        f"def f({_signature(values)}):\n    return {_whole(expression, _NUMPY)}",
        "\n    ".join([f"def f_slope({_signature(values)}):", *(steps if moves else []), f"return {result}"]),
    ]
    called = {step.does for step in expression.steps}
    helpers = [body for name, body in _BODIES.items() if name in called]
    text = "\n\n\n".join([*helpers, *functions])
    special = [name for name in ("erf", "expit", "ndtr") if f"{name}(" in text]
    head = ["import numpy as np"] + ([f"from scipy.special import {', '.join(special)}"] if special else [])
    return "\n".join(head) + "\n\n\n" + text


def torch(expression: Expression, **values: float) -> str:
    """A function ``f`` of PyTorch, which autograd can differentiate, with these values of a and b as defaults."""
    code = _whole(expression, _TORCH)
    head = ["import math", ""] if "math." in code else []
    head += ["import torch", *(["import torch.nn.functional as F"] if "F." in code else [])]
    return "\n".join([*head, "", "", f"def f({_signature(values)}):", f"    return {code}"])


def _signature(values: Mapping[str, float]) -> str:
    return ", ".join(["x", *(f"{name}={round(float(value), 10)!r}" for name, value in values.items())])


def _whole(expression: Expression, calls: Mapping[str, str]) -> str:
    """The whole formula in one expression; one without x is given the shape of x."""
    part = _parts(expression, calls)[-1]
    return part.code if expression.moving[-1] else f"{part.within(_BINDS['add'])} + 0 * x"


def _parts(expression: Expression, calls: Mapping[str, str], apart: bool = False) -> list[_Part]:
    """The code of each step; ``apart`` one that depends on x is the name of a variable in the others."""
    parts: list[_Part] = []
    for place, step in enumerate(expression.steps):
        args = [
            _Part(_variable(expression, arg), is_tensor=True) if apart and expression.moving[arg] else parts[arg]
            for arg in step.args
        ]
        parts.append(_part(step, args, calls, place))
    return parts


def _variable(expression: Expression, place: int) -> str:
    return "x" if expression.steps[place].does == "x" else f"v{place}"


def _part(step: Step, args: list[_Part], calls: Mapping[str, str], place: int) -> _Part:
    is_tensor = step.does == "x" or any(arg.is_tensor for arg in args)
    if step.does in ("x", "a", "b"):
        return _Part(step.does, is_tensor=is_tensor)
    if step.does == "number":
        return _Part(str(int(step.number)) if step.number == int(step.number) < 1e15 else repr(step.number))
    if step.does in ("pi", "e"):
        return _Part(calls[step.does])
    if step.does == "negative":
        return _Part(f"-{args[0].within(_BINDS['negative'])}", _BINDS["negative"], is_tensor)
    if step.does in _SIGNS:
        binds = _BINDS[step.does]
        # A power is read from the right, and may have a sign there; every other operation is read from the left.
        left, right = (binds + 1, _BINDS["negative"]) if step.does == "power" else (binds, binds + 1)
        return _Part(f"{args[0].within(left)}{_SIGNS[step.does]}{args[1].within(right)}", binds, is_tensor)
    if step.does == "where":
        name = "np.where" if calls is _NUMPY else "torch.where"
        condition = _condition(step, args, calls)
        return _Part(f"{name}({condition}, {args[0].code}, {args[1].code})", is_tensor=True)
    return _Part(calls[step.does].format(*(_argument(arg, calls) for arg in args)), is_tensor=True)


def _argument(part: _Part, calls: Mapping[str, str]) -> str:
    """The code as an argument; PyTorch's functions take no plain numbers."""
    return part.code if part.is_tensor or calls is _NUMPY else f"x.new_tensor({part.code})"


def _condition(step: Step, args: list[_Part], calls: Mapping[str, str]) -> str:
    tests = []
    for left, sign, right in zip(args[2::2], step.compared, args[3::2], strict=True):
        first = left.code if left.is_tensor or right.is_tensor else _argument(left, calls)
        tests.append(f"{first} {sign} {right.code}")
    return tests[0] if len(tests) == 1 else " & ".join(f"({test})" for test in tests)


def _lines(expression: Expression, place: int, parts: list[_Part]) -> list[str]:
    """The lines for one step that depends on x: its value and its derivative."""
    step = expression.steps[place]
    if step.does == "x":
        return [f"d{place} = np.ones_like(x)"]
    moving = [expression.moving[arg] for arg in step.args]
    args = [
        _Part(_variable(expression, arg)) if moves else parts[arg] for arg, moves in zip(step.args, moving, strict=True)
    ]
    slopes = [f"d{arg}" if moves else "0" for arg, moves in zip(step.args, moving, strict=True)]
    return [f"v{place} = {parts[place].code}", f"d{place} = {_slope(step, args, slopes, f'v{place}')}"]


def _slope(step: Step, args: list[_Part], slopes: list[str], result: str) -> str:
    d = slopes
    match step.does:
        case "negative":
            return f"-{d[0]}"
        case "add":
            return " + ".join(each for each in d if each != "0")
        case "subtract":
            return d[0] if d[1] == "0" else f"-{d[1]}" if d[0] == "0" else f"{d[0]} - {d[1]}"
        case "multiply":
            parts = [f"{d[k]} * {args[1 - k].within(_BINDS['multiply'] + 1)}" for k in (0, 1) if d[k] != "0"]
            return " + ".join(parts)
        case "divide":
            bottom = args[1].within(_BINDS["divide"] + 1)
            if d[1] == "0":
                return f"{d[0]} / {bottom}"
            top = f"-{result} * {d[1]}" if d[0] == "0" else f"{d[0]} - {result} * {d[1]}"
            return f"({top}) / {bottom}"
        case "power":
            base, exponent = args[0].within(_BINDS["power"] + 1), args[1].within(_BINDS["power"] + 1)
            if d[1] == "0":
                return f"{args[1].within(_BINDS['multiply'] + 1)} * {_lowered(base, args[1])} * {d[0]}"
            rise = f"{d[1]} * np.log({args[0].code})"
            return f"{result} * ({rise}" + (")" if d[0] == "0" else f" + {exponent} * {d[0]} / {base})")
        case "max" | "min":
            sign = ">" if step.does == "max" else "<"
            return f"np.where({args[0].code} {sign} {args[1].code}, {d[0]}, {d[1]})"
        case "where":
            return f"np.where({_condition(step, args, _NUMPY)}, {d[0]}, {d[1]})"
    return f"{_SLOPES[step.does].format(u=args[0].within(_ATOM), v=result)} * {d[0]}"


def _lowered(base: str, exponent: _Part) -> str:
    """The power with an exponent that is 1 less."""
    try:
        less = float(exponent.code) - 1
    except ValueError:
        return f"{base} ** ({exponent.code} - 1)"
    return base if less == 1 else f"{base} ** {int(less) if less == int(less) else less!r}"
