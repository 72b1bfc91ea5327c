"""What is printed about the three neurons, one text a setting, by the names of the marks."""

from __future__ import annotations

from collections.abc import Mapping

from activations import CATALOGUE
from activations.experiments import neuron
from activations.spec import Array
from pages.shared import words
from pages.topics.neuron.picture import FUNCTIONS

WRONG = "\u00a0✗"
_Texts = dict[str, list[str]]


def answers(weights: Mapping[str, Array], task: str) -> _Texts:
    """For each function its output at each input, crossed out where it is wrong, and how many are right."""
    texts: _Texts = {}
    for slug, rows in weights.items():
        outputs = CATALOGUE[slug](neuron.pre_activation(rows))
        right = neuron.right(outputs, neuron.TASKS[task])
        for place, (column, fine) in enumerate(zip(outputs.T, right.T.tolist(), strict=True)):
            told = zip(words.numbers(column, 0 if slug == "binary_step" else 2), fine, strict=True)
            texts[f"{slug}_{place}"] = [number if yes else number + WRONG for number, yes in told]
        texts[f"{slug}_right"] = [str(count) for count in right.sum(axis=1).tolist()]
    return texts


def sums(weights: Array) -> _Texts:
    """z at each input."""
    return {f"z_{place}": words.numbers(z, 1) for place, z in enumerate(neuron.pre_activation(weights).T)}


def progress(runs: Mapping[str, neuron.Run]) -> _Texts:
    """For each moment the steps done; for each function its weights and its loss."""
    texts: _Texts = {"steps": [str(steps) for steps in neuron.STEPS]}
    for slug, run in runs.items():
        for param, column in zip(neuron.WEIGHTS, run.weights.T, strict=True):
            texts[f"{slug}_{param.name}"] = words.numbers(column, 2)
        texts[f"{slug}_loss"] = words.numbers(run.loss, 3)
    return texts


def labels(texts: Mapping[str, list[str]]) -> _Texts:
    """The same answers as they stand on the picture."""
    return {f"out_{slug}_{k}.text": texts[f"{slug}_{k}"] for slug in FUNCTIONS for k in range(len(neuron.INPUTS))}


def table(rows: list[list[str]]) -> str:
    """A table of Markdown, its first row the head."""
    head, *rest = rows
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def name(slug: str) -> str:
    """What a function is called."""
    return words.page(f"functions/{slug}")["title"]


def short(text: words.Words) -> list[str]:
    """The same as a column has room for."""
    return [text["short-step"] if slug == "binary_step" else name(slug) for slug in FUNCTIONS]
