"""What is seen in a network, in sentences with links to the pages that explain it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
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
        "unbounded": ("exploding", {}),
        "saturated": ("normalise", {"f": "sigmoid"}),
        "falls": ("vanishing", {}),
        "grows": ("exploding", {}),
        "outliers": ("rounding", {"show": "eight"}),
    }
)


def sentences(network: Network, text: words.Words) -> list[str]:
    """A line for each finding, perhaps the one that nothing is wrong; then how the gradient changes with depth."""
    found = [_line(name, values, text) for name, values in _found(network, text)]
    found = found or [words.format(text["found-nothing"], **_limits())]
    if network.factor is not None and FALLS <= network.factor <= GROWS:
        found.append(words.format(text["found-steady"], factor=words.number(network.factor, "2"), **_limits()))
    if unknown := _where([not named.activation(layer.function) for layer in network.layers], text):
        found.append(words.format(text["found-unknown"], layers=unknown))
    return found


def _found(network: Network, text: words.Words) -> Iterator[tuple[str, dict[str, str]]]:
    def where(holds: Callable[[Layer], bool]) -> str:
        return _where([holds(layer) for layer in layers], text)

    layers = network.layers
    if broken := where(lambda layer: layer.broken > 0):
        yield "broken", {"layers": broken}
    if dead := where(lambda layer: bool(layer.dead)):
        count, units = sum(len(layer.dead) for layer in layers), sum(layer.units for layer in layers)
        yield "dead", {"layers": dead, "count": str(count), "units": str(units)}
    if zero := where(lambda layer: layer.gradient == 0):
        yield "zero", {"layers": zero}
    if unbounded := where(lambda layer: math.isnan(layer.gradient or 0.0)):
        yield "unbounded", {"layers": unbounded}
    if saturated := where(lambda layer: layer.saturated >= SATURATED):
        yield "saturated", {"layers": saturated}
    factor = network.factor
    if factor is not None and not FALLS <= factor <= GROWS:
        yield "falls" if factor < FALLS else "grows", {"factor": words.number(factor, "2")}
    if outliers := where(lambda layer: layer.outliers > 0):
        yield "outliers", {"layers": outliers}


def _line(name: str, values: Mapping[str, str], text: words.Words) -> str:
    path, asked = SHOWN[name]
    link = f"[{words.ui(f'page.{path}')}]({state.address(path, **asked)})"
    return f"{words.format(text[f'found-{name}'], **values, **_limits())} {link}"


def _limits() -> dict[str, str]:
    return {
        "share": f"{100 * SATURATED:g} %", "low": f"{FALLS:g}", "high": f"{GROWS:g}", "reach": str(REACH),
    }  # fmt: skip


def _where(holds: Sequence[bool], text: words.Words) -> str:
    """The layers in which something holds, neighbours joined, as in “layers 1–4, 6”; "" if there are none."""
    runs: list[list[int]] = []
    for number, there in enumerate(holds, 1):
        if there and runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        elif there:
            runs.append([number])
    listed = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return words.format(text["layer-one" if sum(holds) == 1 else "layer-many"], layers=listed) if runs else ""
