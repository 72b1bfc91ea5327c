"""While a slider of the vanishing gradient is held, the browser draws and says what Python would there."""

import itertools

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain, fading
from activations.experiments.chain import stackable
from pages.shared import words
from pages.topics.vanishing.scene import RATES, Gradients
from tests.oracle.visitor import Visit

# Of an opacity, a step of which is half of what may be off.
PIXELS = {"opacity": 32, "": 450, "_forward": 145, "x": 960}  # of the panels' heights and width on the largest screen
CASES = {
    "the page as it opens": (["sigmoid", "relu"], 30, 1.0, 0.0, 1.0),
    "four functions, fifty layers": (["sigmoid", "relu", "gelu", "mish"], 50, 1.0, 0.0, 1.0),
    "a dead ReLU": (["sigmoid", "relu", "tanh", "leaky_relu"], 20, 1.0, 0.2, -0.5),
    "an explosion": (["sigmoid", "relu", "selu", "identity"], 50, 8.0, -4.0, 0.5),
    "no weight": (["sigmoid", "tanh", "elu", "relu6"], 50, 0.0, 0.0, 0.0),
    "one layer": (["binary_step", "hard_tanh", "swish", "soft_shrink"], 1, -3.3, 0.7, -1.1),
    "chaos": (["gelu", "softplus", "swish", "mish"], 50, -4.7, 0.0, 0.1),
    "a corner": (["relu", "elu", "mish", "softplus"], 50, -8.0, 8.0, -6.0),
    "weight gradients": (["sigmoid", "relu", "tanh", "elu"], 12, 1.3, -0.2, 0.4, "weights"),
}
# Where all of a drag would weigh too much, some lines and texts are not sent.
THRIFTY = ("four functions, fifty layers", "chaos", "a corner")
over_cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr(words, "language", lambda: "en")


def opened(case):
    slugs, *stand = case[:5]
    query = {param.name: str(value) for param, value in zip(chain.PARAMS, stand, strict=True)}
    return Visit().go("vanishing", {"lang": "en", "f": slugs, "of": kind(case), **query})


def kind(case):
    """The kind of gradient that is drawn."""
    return (*case, "activations")[5]


def scene(case):
    """The scene around where the page opens."""
    slugs, *stand = case[:5]
    return Gradients(tuple(CATALOGUE[slug] for slug in slugs), kind(case), fading.Stack(*stand))


def state_of(case, **moved):
    """The values of all sliders, of which some have moved."""
    values = dict(zip((param.name for param in chain.PARAMS), case[1:5], strict=True))
    return {**values, "rate": float(RATES.index(0.5)), **moved}


def rest(page):
    """What the browser holds before anything moves: what no slider moves, and each slider's row at its value."""
    rows = {name: array for name, array in page.blob.unmoved.items() if not isinstance(array, str)}
    texts = page.blob.now | {name: text for name, text in page.blob.unmoved.items() if isinstance(text, str)}
    for slider in page.blob.sliders.values():
        here = round((slider.value - slider.low) / slider.step)
        rows |= {name: array[here] for name, array in slider.rows.items()}
        texts |= {name: lines[here] for name, lines in slider.texts.items()}
    return rows, texts


def assert_drawn(axes, rows, arrays, at):
    """Each array is the one expected, to a pixel, with the same gaps."""
    heights = {"opacity": 1.0, "": axes.height, "_forward": axes.activations[1] - axes.activations[0], "x": axes.layers}
    for name, row in arrays.items():
        gaps = np.isnan(row)
        assert np.array_equal(np.isnan(rows[name]), gaps), f"{name} at {at}"
        size = "x" if name.endswith(".x") else "_forward" if "_forward" in name else ""
        size = "opacity" if name.endswith(".opacity") else size
        off = np.abs(rows[name] - row)[~gaps] / heights[size] * PIXELS[size]
        assert off.max(initial=0) <= 1, f"{name} is {off.max():.2f} pixels off at {at}"


@over_cases
def test_every_position_of_every_slider_is_what_python_draws_and_says_there(case):
    page, still = opened(case), scene(case)
    rows, texts = rest(page)
    thrifty = any(CASES[name] is case for name in THRIFTY)
    for param in chain.PARAMS:
        moved = page.blob.sliders[param.name]
        assert moved.positions == len(param.grid)
        for k, value in enumerate(param.grid.tolist()):
            there = still.at(state_of(case, **{param.name: value}))
            shown = {**texts, **{name: lines[k] for name, lines in moved.texts.items()}}
            held = {**rows, **{name: array[k] for name, array in moved.rows.items()}}
            dots = {name for name in there.texts if shown.get(name) == "…"} if thrifty else set()
            assert all(name.startswith(("update_", "lost_")) for name in dots)
            assert {name: shown[name] for name in there.texts if name not in dots} == {
                name: text for name, text in there.texts.items() if name not in dots
            }, f"{param.name} = {value}"
            arrays = there.arrays
            if thrifty:
                lower = ("_forward.y", "_dots.opacity")
                arrays = {n: row for n, row in arrays.items() if not (n.endswith(lower) and np.isnan(held[n]).all())}
            assert_drawn(still.axes, held, arrays, f"{param.name} = {value}")


@over_cases
def test_at_rest_the_browser_holds_what_the_chart_was_drawn_from_and_every_text(case):
    page, still = opened(case), scene(case).at(state_of(case))
    rows, texts = rest(page)
    assert_drawn(scene(case).axes, rows, still.arrays, "rest")
    assert page.blob.now == still.page_texts
    assert texts == still.texts


def test_the_learning_rate_moves_the_updates():
    case = CASES["four functions, fifty layers"]
    moved = opened(case).blob.sliders["rate"]
    assert (moved.low, moved.step, moved.value) == (0, 1, RATES.index(0.5))
    for k in range(len(RATES)):
        texts = scene(case).at(state_of(case, rate=k)).page_texts
        updates = {name: text for name, text in texts.items() if name.startswith("update_")}
        assert {name: lines[k] for name, lines in moved.texts.items()} == updates


# The worst that a search over all sets of four functions and thousands of settings has found, and what a visitor opens.
HEAVY = [
    (["gelu", "softplus", "swish", "mish"], 50, -4.7, 0.0, 0.1),
    (["gelu", "softplus", "swish", "mish"], 50, -3.7, -0.4, 0.9),
    (["gelu", "softplus", "swish", "mish"], 50, -5.9, 0.0, 0.4),
    (["mish", "swish", "selu", "tanh"], 50, -4.4, 0.2, -0.9),
    (["leaky_relu", "mish", "selu", "swish"], 50, -5.5, -0.8, 2.2),
    (["selu", "sigmoid", "elu", "mish"], 50, -4.0, -1.2, 1.9),
]


def weights(case):
    return sum(len(sweep.data) for sweep in scene(case).sweeps(state_of(case)).values())


@pytest.mark.parametrize("case", [*HEAVY, *CASES.values()], ids=str)
def test_a_release_sends_at_most_60_kilobytes(case):
    page = opened(case)
    (follower,) = page.at.get("bidi_component")
    markdown = sum(len(element.value.encode()) for element in page.at.markdown if "|" in element.value)
    assert weights(case) <= 52_000
    assert len(follower.proto.bytes) + markdown <= 60_000


def test_no_four_functions_at_any_setting_send_more():
    rng = np.random.default_rng(11)
    families = list(
        itertools.combinations([slug for slug, activation in CATALOGUE.items() if stackable(activation)], 4)
    )
    for k in rng.integers(len(families), size=40):
        w, b, x = np.round(rng.uniform([-8, -8, -6], [8, 8, 6]), 1).tolist()
        case = (list(families[k]), 50, w, b if k % 2 else round(b / 10, 1), x)
        assert weights(case) <= 52_000, case


def test_the_page_as_it_opens_sends_less_than_a_third_of_that():
    assert weights(CASES["the page as it opens"]) <= 20_000
