"""The page of costs as a reader meets it, and the record of timings read straight from its file."""

import json

import numpy as np
import pytest

from activations.experiments import cost
from pages.topics.cost import measurement
from tests.oracle import library
from tests.oracle.source import ROOT
from tests.oracle.visitor import Visit

RECORD = json.loads((ROOT / "activations/experiments/cost.json").read_text(encoding="utf-8"))
NS = {line: np.array(found) for line, found in RECORD["nanoseconds"].items()}
SIZES = [round(3 + k / 5, 1) for k in range(21)]
LANGUAGES = ("en", "zh")
VIEWS = ("functions", "writing")
each_language = pytest.mark.parametrize("language", LANGUAGES)
WAYS = {
    "cube_power": "cube_product",
    "cube_product": "cube_product",
    "gelu_tanh_power": "gelu_tanh_product",
    "gelu_tanh_product": "gelu_tanh_product",
    "sigmoid": "sigmoid",
    "sigmoid_exp": "sigmoid",
}
FUNCTIONS = sorted((line.removesuffix(".back") for line in NS if line.endswith(".back")), key=lambda f: NS[f][15])


def opened(language="en", **query):
    """The page, asking nothing."""
    return Visit().go("cost", {"lang": language, **query})


def text(language):
    return library.parts(language, "topics/cost")


def title(slug, language):
    return library.parts(language, f"functions/{slug}")["title"]


def rows(view):
    """The lines of the picture from top to bottom, with those that they are compared with."""
    return dict.fromkeys(FUNCTIONS, "relu") if view == "functions" else WAYS


def three(value):
    """Three digits."""
    return f"{value:.2f}" if value < 9.995 and value >= 0.9995 else f"{value:.3f}" if value < 1 else f"{value:.1f}"


def twice(ratio):
    """Two digits."""
    return f"{ratio:.0f}" if ratio >= 9.95 else f"{ratio:.1f}"


@pytest.fixture
def measured(monkeypatch):
    """A server that measured a moment ago, by a clock of which each reading is later than the one before."""
    ticks = iter(np.linspace(1e-5, 2e-5, 10**6).cumsum())
    monkeypatch.setattr(cost, "_ROW", 30_000)
    *_, timings = cost.measure(lambda: next(ticks), sizes=np.array([3.0, 4.0, 5.0]), passes=2)
    result = measurement.Result(timings, measurement.SHARED.now())
    monkeypatch.setattr(measurement.SHARED, "last", result)
    return result
