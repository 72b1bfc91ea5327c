"""What is printed about the network, one text a setting, by the names of the marks; and the labels in the picture."""

from __future__ import annotations

from collections.abc import Mapping

from activations.experiments import feedforward
from activations.experiments.feedforward import HIDDEN, NEURONS, Pass
from activations.spec import Array
from pages.shared import words
from pages.topics.basics import picture

Texts = dict[str, list[str]]
INPUTS = ("x₁", "x₂")
ACTIVATIONS = ("a₁", "a₂", "a₃")


def said(done: Pass, at: Mapping[str, Array], neuron: str, backward: bool) -> Texts:
    """All numbers by the name of their mark."""
    texts = {f"x{k + 1}": words.numbers(done.x[:, k], 1) for k in (0, 1)}
    texts |= {"output": words.numbers(done.output, 2), "error": words.numbers(done.error, 2)}
    texts["loss"] = words.numbers(done.loss, 3)
    for j in range(3):
        texts[f"z{j + 1}"] = words.numbers(done.z[:, j], 2)
        texts[f"a{j + 1}"] = words.numbers(done.a[:, j], 2)
        if backward:
            texts[f"slope{j + 1}"] = words.numbers(done.slope[:, j], 2)
            texts[f"dz{j + 1}"] = words.numbers(done.dz[:, j], 2)
    for k, edge in enumerate(picture.signals(done, backward).T):
        texts[f"edge{k + 1}"] = words.numbers(edge, 2)
    factors = [at[param.name] for param in NEURONS[neuron]]
    inputs = done.x if neuron in HIDDEN else done.a
    texts |= {f"weight{k + 1}": _bracketed(factor, 1) for k, factor in enumerate(factors[:-1])}
    texts |= {f"in{k + 1}": _bracketed(values, 1 if neuron in HIDDEN else 2) for k, values in enumerate(inputs.T)}
    texts |= {"bias": _bracketed(factors[-1], 1)}
    if neuron in HIDDEN:
        j = HIDDEN.index(neuron)
        texts |= {"z": words.numbers(done.z[:, j], 2), "zin": _bracketed(done.z[:, j], 2)}
        texts |= {"a": words.numbers(done.a[:, j], 2), "slope": _bracketed(done.slope[:, j], 3)}
        texts |= {"v": _bracketed(done.v[:, j], 1), "errorin": _bracketed(done.error, 3)}
        texts |= {"dz": words.numbers(done.dz[:, j], 3), "dzin": _bracketed(done.dz[:, j], 3)}
        texts |= {f"dw{k + 1}": words.numbers(done.dw[:, j, k], 3) for k in (0, 1)}
    else:
        texts |= {"errorin": _bracketed(done.error, 3)}
        texts |= {f"dw{k + 1}": words.numbers(done.dv[:, k], 3) for k in range(3)}
    return texts


def labels(texts: Mapping[str, list[str]], text: words.Words, backward: bool) -> Texts:
    """The texts that stand in the picture, by the name of their trace."""
    count = len(texts["output"])

    def filled(part: str, **names: str) -> list[str]:
        chosen = {name: texts[mark] for name, mark in names.items()}
        return [words.format(text[part], **{name: each[k] for name, each in chosen.items()}) for k in range(count)]

    found = {f"value_{k}.text": [f"{INPUTS[k - 1]} = {one}" for one in texts[f"x{k}"]] for k in (1, 2)}
    for k in range(1, 10):
        found[f"edge_{k}.text"] = texts[f"edge{k}"]
    for j in (1, 2, 3):
        names = {"slope": f"slope{j}", "dz": f"dz{j}"} if backward else {"z": f"z{j}", "a": f"a{j}"}
        found[f"state_{j}.text"] = filled("state-backward" if backward else "state-forward", **names)
    found["result.text"] = texts["output"]
    if backward:
        found["error.text"] = filled("error-label", error="error")
    return found


def _bracketed(values: Array, decimals: int) -> list[str]:
    """Numbers as they stand among factors and terms: a negative one in brackets."""
    return [f"({one})" if one.startswith("−") else one for one in words.numbers(values, decimals)]


def reading(neuron: str, function: str, text: words.Words, marks: Mapping[str, str], backward: bool) -> str:
    """What the chosen neuron computes, with its numbers."""
    kind = "hidden" if neuron in HIDDEN else "out"
    name = f"read-{kind}-{'backward' if backward else 'forward'}"
    place = str(HIDDEN.index(neuron) + 1).translate(_LOW) if neuron in HIDDEN else ""
    return words.format(text[name], **marks, j=place, f=function, y=f"{feedforward.TARGET:.0f}")


_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
