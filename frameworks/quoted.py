"""What the words say of the libraries, run: each call that a page quotes, as it stands there."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from activations import CATALOGUE, Activation
from frameworks.libraries import LIBRARIES, Array, Library

_TEXT = Path(__file__).parents[1] / "assets" / "text"
_NAMES = {"PyTorch": "pytorch", "TensorFlow": "tensorflow", "Keras": "keras", "JAX": "jax"}
_LONG = {"tf": "tensorflow", "jnp": "jax.numpy"}
_DOTTED = re.compile(r"\b(?:torch|tf|keras|jax|jnp)(?:\.\w+)+")
_PRELUDE = """
import torch, keras, jax, jax.numpy as jnp, tensorflow as tf
input = features = x1 = x
keras.config.set_floatx(str(x.dtype).split("'")[-2] if "'" in str(x.dtype) else "float64")
values = x2 = 1.0 if "tensorflow" not in type(x).__module__ and not torch.is_tensor(x) else x * 0 + 1
"""
_MODULE = """
if isinstance(y, torch.nn.Module): y = y.to(x.dtype)
if callable(y): y = y(x)
"""
_ASIDE = {
    "torch.clamp(x, min=0)": ("pytorch", 0.0),
    "torch.maximum(x, torch.zeros_like(x))": ("pytorch", 0.0),
    "tf.maximum(x, tf.zeros_like(x))": ("tensorflow", 0.0),
    "torch.nn.functional.softplus(x)": ("pytorch", 20.001),
}
_MODULES = ("torch.nn", "torch.nn.functional", "tensorflow.nn", "keras.activations", "keras.layers", "jax.nn")


def _section(path: Path, part: str) -> str:
    found = re.search(rf"<!-- {part} -->\n(.*?)(?=\n<!-- |\Z)", path.read_text(encoding="utf-8"), re.DOTALL)
    return found[1] if found else ""


def calls(slug: str) -> dict[str, str]:
    """The first call that the page of a function quotes for each library."""
    listed = re.findall(
        r"^- \*\*(\w+)\*\*: (.*)$", _section(_TEXT / "en" / "functions" / f"{slug}.md", "defaults"), re.M
    )
    spans = {_NAMES[name]: re.findall(r"`([^`]*\([^`]*)`", line) for name, line in listed}
    return {name: found[0] for name, found in spans.items() if found}


def fitted(activation: Activation, library: Library, lines: str) -> dict[str, float]:
    """The position of the function's slider at which the catalogue says what these lines say; {} if it has none.

    Raises TypeError where the lines leave out what the library wants to be given, ValueError where no position fits.
    """
    x = np.linspace(-5, 5, 41)
    value = library.run(lines, x)[0]
    if len(activation.params) != 1:
        return {}
    (param,) = activation.params
    gaps = [np.max(np.abs(activation(x, **{param.name: at}) - value)) for at in param.grid]
    if min(gaps) > 1e-6:
        raise ValueError(f"{activation.slug}: no {param.name} gives what {lines} gives")
    return {param.name: float(param.grid[np.argmin(gaps)])}


def measured(activation: Activation, gaps: Callable[..., Any]) -> dict[str, Any]:
    """For each library what is quoted, at which parameters it is the function, and how near it comes."""
    found = {}
    for name, call in calls(activation.slug).items():
        lines, at = _assumed(activation, LIBRARIES[name], call)
        found[name] = {
            "call": call,
            "at": at,
            **gaps(activation, LIBRARIES[name], lines, at),
            "kinks": _slopes(LIBRARIES[name], lines, activation, at),
        }
    return found


def kinks(activation: Activation, name: str) -> list[float | None]:
    """The slopes at the kinks that the quoted call of one library takes; nothing where none is quoted."""
    call = calls(activation.slug).get(name)
    if call is None or not activation.kinks_at():
        return []
    lines, at = _assumed(activation, LIBRARIES[name], call)
    return _slopes(LIBRARIES[name], lines, activation, at)


def _assumed(activation: Activation, library: Library, call: str) -> tuple[str, Mapping[str, float]]:
    """The lines that run a quoted call, and the parameters at which the catalogue has the same function."""
    own = {param for param in activation.defaults if re.search(rf"\b{param}\b", call.partition("(")[2])}
    assumed = {
        **activation.defaults,
        "value": activation.defaults.get("below"),
        "default_value": activation.defaults.get("below"),
    }
    given = "".join(f"{key} = {value}\n" for key, value in assumed.items() if value is not None)
    lines = f"{given}{_PRELUDE}y = {call}\n{_MODULE}"
    return lines, activation.defaults if own or not activation.params else fitted(activation, library, lines)


def _slopes(library: Library, lines: str, activation: Activation, at: Mapping[str, float]) -> list[float | None]:
    kinks = activation.kinks_at(**at)
    slopes = library.run(lines, np.array(kinks))[1] if kinks else ()
    return [None if np.isnan(slope) else float(slope) for slope in slopes]


def asides() -> dict[str, list[float]]:
    """The derivative, at one place, of what the words mention in passing."""
    slopes = {
        line: LIBRARIES[name].run(f"{_PRELUDE}y = {line}", np.array([x]))[1] for line, (name, x) in _ASIDE.items()
    }
    return {line: [_ASIDE[line][1], float(slope[0])] for line, slope in slopes.items()}


def forms(x: Array) -> dict[str, str]:
    """For each call of GELU that a library offers, which form of the catalogue it is."""
    truths = {slug: CATALOGUE[slug](x) for slug in ("gelu", "gelu_tanh")}
    block = _section(_TEXT / "en" / "topics" / "approximations.md", "why")
    nearest = {}
    for call in re.findall(r"^((?:torch|tf|jax)\S*gelu\(x.*?\))", block, re.M):
        name = {"torch": "pytorch", "tf": "tensorflow", "jax": "jax"}[call.partition(".")[0]]
        for line in (call, re.sub(r", approximate=[^)]*", "", call)):
            value = LIBRARIES[name].run(f"{_PRELUDE}y = {line}", x)[0]
            nearest[line] = min(truths, key=lambda slug: float(np.max(np.abs(truths[slug] - value))))
    return nearest


def functions() -> dict[str, Any]:
    """Every name that the words quote: its parameters' defaults as the library states them, None if it is not there."""
    pages = [path for code in ("en", "zh") for path in sorted((_TEXT / code).rglob("*.md"))]
    names = sorted({name for path in pages for name in _DOTTED.findall(path.read_text(encoding="utf-8"))})
    return {name: _stated(name) for name in names}


def _stated(name: str) -> dict[str, str] | None:
    try:
        thing = _resolved(name)
    except AttributeError:
        return None
    try:
        parameters = inspect.signature(thing).parameters.values()
    except (ValueError, TypeError):
        return dict(_documented(thing))
    return {p.name: repr(p.default) for p in parameters if p.default is not inspect.Parameter.empty}


def _documented(thing: Any) -> Iterator[tuple[str, str]]:
    """Of a function without a signature, what the first line of its documentation says."""
    first = (thing.__doc__ or "").strip().partition("\n")[0]
    return ((key, value) for key, value in re.findall(r"(\w+) ?= ?([^,()]+)", first))


def _resolved(name: str) -> Any:
    """The thing of this name, as a page writes it."""
    head, _, rest = name.partition(".")
    thing: Any = importlib.import_module(_LONG.get(head, head))
    for part in rest.split("."):
        thing = getattr(thing, part)
    return thing


def offers() -> Mapping[str, list[str]]:
    """The public names of the modules that hold activations."""
    return {name: [word for word in dir(_resolved(name)) if not word.startswith("_")] for name in _MODULES}
