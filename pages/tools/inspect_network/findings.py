"""What is seen in a network, in sentences with links to the pages that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from activations.experiments.recorded import REACH, Layer, Network
from pages.shared import state, words
from pages.tools.inspect_network import named

SATURATED = 0.25  # share of saturated pre-activations from which on a layer is named
FALLS, GROWS = 0.8, 1.25  # factor on the gradient from layer to layer, beyond which it is named
# By finding the page that explains it, and what its address says.
SHOWN: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "broken": ("exploding", {}),
        "dead": ("dying", {}),
        "zero": ("vanishing", {}),
        "saturated": ("normalise", {"f": "sigmoid"}),
        "falls": ("vanishing", {}),
        "grows": ("exploding", {}),
        "outliers": ("rounding", {"show": "eight"}),
    }
)


def sentences(network: Network, text: words.Words) -> list[str]:
    """A line for each finding, or the one that nothing was found."""
    found = [_line(name, values, text) for name, values in _found(network)]
    found = found or [words.format(text["found-nothing"], **_limits())]
    if unknown := _where(network.layers, [not named.activation(layer.function) for layer in network.layers]):
        found.append(words.format(text["found-unknown"], layers=unknown))
    return found


def _found(network: Network) -> Iterator[tuple[str, dict[str, str]]]:
    layers = network.layers
    if broken := _where(layers, [layer.broken > 0 for layer in layers]):
        yield "broken", {"layers": broken}
    if dead := _where(layers, [bool(layer.dead) for layer in layers]):
        yield "dead", {
            "layers": dead, "count": str(sum(len(layer.dead) for layer in layers)),
            "units": str(sum(layer.units for layer in layers)),
        }  # fmt: skip
    if zero := _where(layers, [layer.gradient == 0 for layer in layers]):
        yield "zero", {"layers": zero}
    if saturated := _where(layers, [layer.saturated >= SATURATED for layer in layers]):
        yield "saturated", {"layers": saturated}
    factor = network.factor
    if factor is not None and not FALLS <= factor <= GROWS:
        yield "falls" if factor < FALLS else "grows", {"factor": words.number(factor, "2")}
    if outliers := _where(layers, [layer.outliers > 0 for layer in layers]):
        yield "outliers", {"layers": outliers}


def _line(name: str, values: Mapping[str, str], text: words.Words) -> str:
    path, asked = SHOWN[name]
    link = f"[{words.ui(f'page.{path}')}]({state.address(path, **asked)})"
    return f"{words.format(text[f'found-{name}'], **values, **_limits())} {link}"


def _limits() -> dict[str, str]:
    return {
        "share": f"{100 * SATURATED:g} %", "low": f"{FALLS:g}", "high": f"{GROWS:g}", "reach": str(REACH),
    }  # fmt: skip


def _where(layers: Sequence[Layer], holds: Sequence[bool]) -> str:
    """The numbers of the layers where something holds, neighbours joined, as in 1–4, 6; "" if there are none."""
    runs: list[list[int]] = []
    for number, there in enumerate(holds, 1):
        if there and runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        elif there:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
