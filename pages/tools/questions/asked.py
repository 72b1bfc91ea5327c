"""The questions: their headings, the pages that show the answers, and the lines of code that belong to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CODE = Path(__file__).parents[3] / "assets" / "code" / "questions"
GROUPS = ("why", "output", "relu", "functions", "around", "code")


@dataclass(frozen=True)
class Question:
    """A question by its name in the address: ``page`` and ``asked`` are the page that shows the answer and what its
    address says, ``code`` is the name of the file with the lines that belong to the answer, if any."""

    slug: str
    group: str
    page: str
    asked: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    code: str = ""

    @property
    def lines(self) -> str:
        """The lines of code that belong to the answer."""
        return (CODE / f"{self.code}.py").read_text(encoding="utf-8").strip()


def _compared(*slugs: str, **asked: Any) -> tuple[str, dict[str, Any]]:
    return "compare", {"f": list(slugs), **asked}


def _softmax(view: str, **asked: Any) -> tuple[str, dict[str, Any]]:
    return "softmax", {"show": view, **asked}


QUESTIONS = (
    Question("nonlinear", "why", "collapse", {"act": "stack", "f": "identity", "depth": 6}),
    Question("bias", "why", "neuron", {"act": "hand", "task": "and", "w1": 1, "w2": 1, "b": -1.5}),
    Question("relu-nonlinear", "why", "collapse", {"act": "stack", "f": "relu", "depth": 2}),
    Question("curves", "why", "bends", {"f": "relu", "target": "sine", "n": 12}),
    Question("outside", "why", "bends", {"f": "relu", "view": "outside", "n": 12}),
    Question("polynomials", "why", "relu_squared", {"x0": 6}),
    Question("monotone", "why", *_compared("gelu", "swish", "mish", order="slope", x0=-2)),
    Question("mixing", "why", "choose", {"role": "gate"}),
    Question("output-layer", "output", "output", {"show": "binary"}),
    Question("two-classes", "output", *_softmax("pair", z=2, others=1)),
    Question("softmax-shares", "output", *_softmax("softmax", shift=3)),
    Question("softmax-python", "output", *_softmax("log", raised=120), code="softmax"),
    Question("overflow", "output", "rounding", {"pair": "logistic", "format": "float16", "x": 12}, "stable_sigmoid"),
    Question("softmax-derivative", "output", *_softmax("softmax", z1=1, z2=1), code="softmax_jacobian"),
    Question("softmax-loss", "output", "output", {"show": "one", "z": 10, "k": 3}, "softmax_loss"),
    Question("cross-entropy", "output", "output", {"show": "binary", "z": -6, "label": 1}),
    Question("tanh-squared-error", "output", "output", {"show": "train", "w0": -6, "t": 20}),
    Question("relu-sigmoid", "relu", "vanishing", {"f": ["sigmoid", "relu"], "depth": 20}),
    Question("relu-faster", "relu", *_compared("relu", "tanh", "sigmoid", order="slope", x0=3)),
    Question("dying", "relu", "dying", {"act": "zone", "b": -3}),
    Question("dead-units", "relu", "dying", {"act": "layer", "rate": 6, "t": 40}, "dead_units"),
    Question("learn-relu", "relu", "dying", {"act": "step", "step": 2, "t": 40}),
    Question("at-zero", "relu", "relu", {"x0": 0}),
    Question("second-derivative", "relu", *_compared("relu", "gelu", "softplus", order="bend", x0=0)),
    Question("nan", "relu", "exploding", {"f": "relu", "gain": 3, "depth": 50}),
    Question("sparse", "relu", "dying", {"act": "zone", "b": -1}),
    Question("zero-centred", "functions", "centred", {"f": "sigmoid", "by": "one"}),
    Question("lstm", "functions", *_compared("sigmoid", "tanh", x0=2)),
    Question("gelu-bert", "functions", "gelu", {"x0": -0.75}),
    Question("gelu-forms", "functions", "approximations", {"format": "exact", "x0": 2.7}),
    Question("swiglu", "functions", "gated", {"show": "swiglu", "a": 2, "b": 1}),
    Question("best-function", "functions", "race", {"show": "loss", "task": "friedman", "of": "swish", "t": 49}),
    Question("int8", "functions", "rounding", {"show": "eight", "bits": "int8", "largest": 52}),
    Question("gain", "around", "exploding", {"f": "sigmoid", "gain": 0, "depth": 50}, "gain"),
    Question("batch-norm-order", "around", "dying", {"act": "zone", "b": 0}),
    Question("batch-norm-vanishing", "around", "normalise", {"f": "sigmoid", "layer": "before", "norm": "batch"}),
    Question("residual", "around", "normalise", {"f": "relu", "layer": "skip", "gain": 0.5, "depth": 50}),
    Question("dropout", "around", "gate", {"show": "masks"}),
    Question(
        "own-function", "code", "formula", {"formula": "(x + sqrt(x**2 + 4))/2", "code": "pytorch"}, "own_function"
    ),
    Question("diagnose", "code", "inspect", {"net": "dead", "at": 4}),
    Question("functional-or-module", "code", "relu", {"code": "pytorch"}, "functional_or_module"),
    Question("in-place", "code", "relu", {"x0": -2}, "in_place"),
)
BY_SLUG = {question.slug: question for question in QUESTIONS}


@lru_cache
def ran() -> Mapping[str, str]:
    """By file of code that needs PyTorch, the version that ``make frameworks`` last ran it with."""
    stored = json.loads((CODE / "ran.json").read_text(encoding="utf-8"))
    return dict.fromkeys(stored["files"], stored["version"])
