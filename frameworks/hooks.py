"""The lines that /inspect shows, run in each library and held against what is computed here by hand.

They look into networks whose layers are known. What they print of three networks in PyTorch is what the page begins
with; what they print in each library of one with five functions is read by the tests.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import jax
import jax.numpy as jnp
import keras
import numpy as np
import tensorflow
import torch
from torch import nn

from activations import CATALOGUE

ROOT = Path(__file__).parents[1]
CODE = ROOT / "assets" / "code" / "inspect"
RECORDED = ROOT / "activations" / "experiments"
PRINTED = ROOT / "tests" / "golden"
STORED = CODE / "ran.json"
_VERSIONS = {"pytorch": torch.__version__, "keras": keras.__version__, "jax": jax.__version__}
_SEED, _LAYERS, _UNITS, _EXAMPLES, _INPUTS = 11, 6, 32, 1000, 8
_STEPS = 40
# Of each recorded network its function, the factor on its first weights, and the learning rate.
NETWORKS = {
    "healthy": (nn.ReLU, 1.0, 0.001),
    "dead": (nn.ReLU, 1.0, 0.1),
    "saturated": (nn.Tanh, 4.0, 0.001),
}
_FUNCTIONS = ("relu", "gelu", "swish", "tanh", "sigmoid")  # of the network that is built in each library
_MODULES = (nn.ReLU(inplace=True), nn.GELU(), nn.SiLU(), nn.Tanh(), nn.Sigmoid())
Array = np.ndarray[Any, np.dtype[np.float64]]
Layers = list[tuple[Array, Array]]  # weights of shape (inputs, outputs) and biases


def main() -> None:
    """Run the lines in every library, check what they print, and store it with which lines were run."""
    for name, (module, scale, rate) in NETWORKS.items():
        model, x, y = _trained(module, scale, rate)
        printed = _pytorch(model, x, y)
        slug = "relu" if module is nn.ReLU else "tanh"
        _check(printed, _layers(model), x.numpy(), y.numpy(), [slug] * _LAYERS)
        (RECORDED / f"recorded_{name}.jsonl").write_text(printed, encoding="utf-8")
    for library, run in (("pytorch", _of_pytorch), ("keras", _of_keras), ("jax", _of_jax)):
        (PRINTED / f"inspect_{library}.jsonl").write_text(run(), encoding="utf-8")
    _images()
    files = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(CODE.glob("*.py"))}
    versions = {name: version.partition("+")[0] for name, version in _VERSIONS.items()}
    versions["tensorflow"] = tensorflow.__version__
    found = {"versions": versions, "files": files, "dead": {steps: _dead_after(steps) for steps in (1, _STEPS)}}
    STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _run(library: str, **given: Any) -> str:
    """What the lines print if these names are defined before them."""
    lines = "\n\n".join((CODE / f"{part}.py").read_text(encoding="utf-8") for part in ("summary", library))
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(lines, library, "exec"), given)
    return printed.getvalue()


def _task() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(_EXAMPLES, _INPUTS, generator=generator)
    return x, torch.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]


def _dead_after(steps: int) -> int:
    """How many units of the network with dead units are dead after so many steps of Adam."""
    model, x, y = _trained(*NETWORKS["dead"], steps)
    return sum(len(json.loads(line)["dead"]) for line in _pytorch(model, x, y).splitlines())


def _trained(
    module: Callable[[], nn.Module], scale: float, rate: float, steps: int = _STEPS
) -> tuple[nn.Module, torch.Tensor, torch.Tensor]:
    """A network with He's initialisation, its weights times ``scale``, after steps of Adam; inputs, targets."""
    torch.manual_seed(_SEED)
    parts: list[nn.Module] = []
    for k in range(_LAYERS):
        linear = nn.Linear(_UNITS if k else _INPUTS, _UNITS)
        nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
        nn.init.zeros_(linear.bias)
        with torch.no_grad():
            linear.weight *= scale
        parts += [linear, module()]
    model, (x, y) = nn.Sequential(*parts, nn.Linear(_UNITS, 1)), _task()
    optimizer = torch.optim.Adam(model.parameters(), rate)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
    return model, x, y


def _pytorch(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> str:
    printed = _run("pytorch", model=model, x=x, y=y, loss_function=nn.functional.mse_loss)
    assert not any(module._forward_pre_hooks for module in model.modules()), "a hook was left behind"
    return printed


def _layers(model: nn.Module) -> Layers:
    """Weights and biases of the linear layers."""
    linear = [module for module in model.modules() if isinstance(module, nn.Linear)]
    return [(m.weight.detach().double().numpy().T, m.bias.detach().double().numpy()) for m in linear]


def _five() -> tuple[Layers, Array, Array]:
    """A network with a layer of each of the five functions, inputs and targets.

    Of its first layer two units are dead, and of its tanh one is saturated whatever the input.
    """
    rng = np.random.default_rng(5)
    sizes = [_INPUTS, *[12] * len(_FUNCTIONS), 1]
    layers = [(rng.normal(size=(n, m)) * np.sqrt(2 / n), np.zeros(m)) for n, m in itertools.pairwise(sizes)]
    layers[0][1][[3, 8]] = -50.0
    layers[3][1][5] = 7.0
    return layers, rng.normal(size=(200, _INPUTS)), rng.normal(size=(200, 1))


def _of_pytorch() -> str:
    layers, x, y = _five()
    parts = [part for module in _MODULES for part in (nn.Linear(1, 1), module)]
    model = nn.Sequential(*parts, nn.Linear(1, 1))
    linear = [module for module in model if isinstance(module, nn.Linear)]
    for module, (weights, bias) in zip(linear, layers, strict=True):
        module.weight, module.bias = (nn.Parameter(torch.tensor(each).float()) for each in (weights.T, bias))
    printed = _pytorch(model, torch.tensor(x).float(), torch.tensor(y).float())
    _check(printed, layers, x, y, _FUNCTIONS)
    return printed


def _of_keras() -> str:
    layers, x, y = _five()
    names = ("relu", "gelu", "silu", "tanh", "sigmoid", None)
    dense = [keras.layers.Dense(weights.shape[1], activation=f) for (weights, _), f in zip(layers, names, strict=True)]
    model = keras.Sequential([keras.Input((_INPUTS,)), *dense])
    for layer, (weights, bias) in zip(dense, layers, strict=True):
        layer.set_weights([weights, bias])
    before = [layer.activation for layer in dense]
    x32, y32 = x.astype("float32"), y.astype("float32")
    printed = _run("keras", model=model, x=x32, y=y32, loss_function=keras.losses.MeanSquaredError())
    assert [layer.activation for layer in dense] == before, "a function was not given back"
    _check(printed, layers, x, y, _FUNCTIONS)
    return printed


def _of_jax() -> str:
    layers, x, y = _five()
    functions = (jax.nn.relu, jax.nn.gelu, jax.nn.silu, jnp.tanh, jax.nn.sigmoid)

    def loss(parameters: Any, x: Any, y: Any, act: Any) -> Any:
        *hidden, (weights, bias) = parameters
        for k, ((w, b), function) in enumerate(zip(hidden, functions, strict=True), 1):
            x = act(f"hidden {k}", function, x @ w + b)
        return jnp.mean((x @ weights + bias - y) ** 2)

    parameters = [(jnp.asarray(w, jnp.float32), jnp.asarray(b, jnp.float32)) for w, b in layers]
    printed = _run("jax", loss=loss, parameters=parameters, x=jnp.asarray(x), y=jnp.asarray(y))
    # JAX takes the formula with tanh unless it is told otherwise.
    _check(printed, layers, x, y, ["gelu_tanh" if slug == "gelu" else slug for slug in _FUNCTIONS])
    return printed


def _images() -> None:
    """Of images the channels are the units, and a channel is off at every position."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(1, 6, 3), nn.ReLU(), nn.Flatten(), nn.Linear(6 * 36, 1))
    with torch.no_grad():
        model[0].bias[2] = -50  # type: ignore[index, operator]
    (line,) = map(json.loads, _pytorch(model, torch.randn(20, 1, 8, 8), torch.randn(20, 1)).splitlines())
    assert (line["units"], line["inputs"], line["dead"]) == (6, 20 * 36, [2]), line


def _check(printed: str, layers: Layers, x: Array, y: Array, slugs: Sequence[str]) -> None:
    """Fail unless the printed lines say what forward and backward pass give, written out with NumPy."""
    found = [json.loads(line) for line in printed.splitlines()]
    assert len(found) == len(slugs), f"{len(found)} lines"
    for line, slug, (z, slope, gradient) in zip(found, slugs, _by_hand(layers, x, y, slugs), strict=True):
        if slug == "tanh":
            # Its slope is rounded to 0 where its value is rounded to 1, which libraries do from somewhere here on.
            assert np.mean(np.abs(z) > 9.1) <= line["off"] <= np.mean(np.abs(z) > 7.5), line["off"]
        else:
            _same(line["off"], np.mean(slope == 0), 2e-3)
        _same(line["inputs"], len(z))
        _same(line["units"], z.shape[1])
        _same(line["dead"], np.flatnonzero((slope == 0).all(axis=0)).tolist())
        is_flat = np.abs(slope) < 0.01
        _same(line["off"] + line["saturated"], np.mean(is_flat), 2e-3)
        stuck = is_flat.all(axis=0) & ~(slope == 0).all(axis=0)
        _same(line["saturated_units"], np.flatnonzero(stuck).tolist())
        size = np.abs(z)
        _same(line["median"], np.median(size), 1e-3 * float(np.median(size)))
        _same(line["largest"], z.flat[size.argmax()], 1e-4 * float(size.max()))
        rms = float(np.sqrt(np.mean(gradient**2)))
        _same(line["gradient_rms"], rms, 2e-3 * rms)
        _same(sum(line["counts"]) + line["below"] + line["above"], z.size)
        middle, is_outlier = sum(line["edges"]) / 2, size > 30 * np.median(size)
        _same(sum(line["counts"][:20]) + line["below"], int((z < middle).sum()), 1e-3 * z.size)
        _same(line["below"] + line["above"], int(is_outlier.sum()), 1)


def _by_hand(layers: Layers, x: Array, y: Array, slugs: Sequence[str]) -> list[tuple[Array, Array, Array]]:
    """Pre-activations, slopes and gradients of the mean squared error, by layer."""
    *hidden, (last, last_bias) = layers
    at, seen = np.asarray(x, float), []
    for (weights, bias), slug in zip(hidden, slugs, strict=True):
        z = at @ weights + bias
        at = np.asarray(CATALOGUE[slug](z), float)
        seen.append((z, np.asarray(CATALOGUE[slug].derivative(z), float)))
    back = 2 * (at @ last + last_bias - y) / y.size @ last.T
    found = []
    for (z, slope), (weights, _) in zip(reversed(seen), reversed(hidden), strict=True):
        gradient = back * slope
        found.append((z, slope, gradient))
        back = gradient @ weights.T
    return found[::-1]


def _same(found: Any, expected: Any, tolerance: float = 0.0) -> None:
    if not (abs(found - expected) <= tolerance if tolerance else found == expected):
        raise AssertionError(f"{found!r} instead of {expected!r}")


if __name__ == "__main__":
    main()
