"""What the page about the output layer draws, prints and tells is true: by mpmath, and by training step by step."""

import itertools
import math
import re

import numpy as np
import pytest
from mpmath import mpf

from activations.experiments import output_layer
from activations.experiments.output_layer import RATE, STEPS, TASKS, TRAINED
from pages.register import BY_PATH
from pages.topics.output import HEIGHTS, PRESETS, TOPIC, Training
from tests.oracle import library
from tests.oracle import output_layer as oracle
from tests.oracle.printed import number
from tests.oracle.tab_page import drawn
from tests.oracle.visitor import Visit

POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
STANDS = [
    ("binary", {"z": -8.0, "label": 1}),
    ("binary", {"z": 3.4, "label": 0}),
    ("one", {"z": 10.0, "k": 10}),
    ("one", {"z": -7.5, "k": 50}),
    ("several", {"z": 9.9, "m": 5}),
    ("real", {"u": -1.3, "y": 3.5}),
    ("real", {"u": 5.0, "y": -5.0}),
    ("positive", {"u": 5.0, "amount": 0.0}),
    ("positive", {"u": -3.2, "amount": 7.5}),
    ("bounded", {"z": 6.3, "share": 0.85}),
]
each_stand = pytest.mark.parametrize(("task", "query"), STANDS)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def opened(task, query):
    return Visit().go("output", {"show": task, **{name: str(value) for name, value in query.items()}})


def spelled(text):
    """The number that a text spells, with a power of ten or without."""
    return float(text.replace("·10", "e").translate(POWERS))


@each_stand
def test_each_printed_number_is_that_of_its_pairing(task, query):
    page, (z, target) = opened(task, query), query.values()
    texts, least = page.blob.now, 0.005 if task in ("real", "positive") else 0.00005
    for name in oracle.TRUE[task]:
        for panel, true in zip(oracle.PANELS, oracle.values(task, name, z, target), strict=True):
            found = spelled(texts[f"{panel}_{name}"])
            assert abs(found - true) <= max(1.01 * least if abs(true) >= least else 0, abs(true) * mpf("0.0051")), (
                name,
                panel,
            )
    number(texts["z"], mpf(z), 1)


@each_stand
def test_each_dot_and_line_is_where_its_formula_has_it(task, query):
    page, (z, target) = opened(task, query), query.values()
    lines = drawn(page)
    for name, (panel, (low, high)) in itertools.product(
        oracle.TRUE[task], zip(oracle.PANELS, HEIGHTS[task], strict=True)
    ):
        place = oracle.PANELS.index(panel)
        (x,), (y,) = lines[f"{panel}_{name}_dot.x"], lines[f"{panel}_{name}_dot.y"]
        true = float(oracle.values(task, name, z, target)[place])
        assert (x, y) == pytest.approx((z, min(max(true, low), high)), abs=1e-5 + 1e-4 * (high - low)), (name, panel)
        assert low < y < high, "a dot that is rounded beyond its panel is not drawn"
        xs, ys = lines[f"{panel}_{name}.x"], lines[f"{panel}_{name}.y"]
        for k in (0, 17, 60, len(xs) - 1):
            if math.isfinite(xs[k]):
                true = float(oracle.values(task, name, float(xs[k]), target)[place])
                seen = float(np.clip(true, 2 * low - high, 2 * high - low))
                assert ys[k] == pytest.approx(seen, rel=1e-5, abs=1e-5), (name, panel, xs[k])


@each_language
@pytest.mark.parametrize(
    ("task", "query", "beyond"),
    [
        ("positive", {"u": 4.0, "amount": 3.0}, {"over_output", "over_loss", "over_gradient"}),
        ("positive", {"u": 3.0, "amount": 8.0}, {"over_output", "over_loss", "over_gradient"}),
        ("positive", {"u": 1.6, "amount": 10.0}, {"over_loss", "under_gradient"}),
        ("bounded", {"z": -8.0, "share": 0.8}, {"under_output", "over_loss", "under_gradient"}),
        ("bounded", {"z": 0.5, "share": 0.5}, set()),
        ("binary", {"z": -8.0, "label": 1}, set()),
    ],
)
def test_a_dot_at_the_edge_of_its_panel_says_that_its_value_lies_beyond(task, query, beyond, language):
    page, (z, target) = opened(task, {**query, "lang": language}), query.values()
    expected = set()
    for name in oracle.TRUE[task]:
        for panel, true, (low, high) in zip(
            oracle.PANELS, oracle.values(task, name, z, target), HEIGHTS[task], strict=True
        ):
            expected |= {f"over_{panel}"} if true > high else {f"under_{panel}"} if true < low else set()
    assert expected == beyond
    lines = drawn(page)
    for panel, ends in zip(oracle.PANELS, HEIGHTS[task], strict=True):
        for side, end in zip(("under", "over"), ends, strict=True):
            (x,), (y,) = (lines[f"{side}_{panel}.{axis}"] for axis in "xy")
            assert x == pytest.approx(z)
            seen = f"{side}_{panel}" in beyond
            assert (
                (y == pytest.approx(end, abs=2e-4 * (ends[1] - ends[0])) and ends[0] < y < ends[1])
                if seen
                else math.isnan(y)
            )
    told = library.parts(language, "topics/output")["beyond"]
    assert page.blob.now["beyond"] == (told if beyond else "")
    assert (told in page.text) == bool(beyond)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"show": "binary", "z": "-8"}, {"factor": 1 / (2 * float(oracle.sigma(8) * oracle.sigma(-8)))}),
        ({"show": "one", "z": "1", "k": "10"}, {"limit": math.e / (math.e + 9), "sum": float(oracle.sigma(1)) + 4.5}),
        ({"show": "several", "m": "5"}, {"limit": 1 / 5}),
        ({"show": "positive", "u": "2"}, {"factor": 2 * math.exp(2)}),
    ],
)
def test_the_sentence_above_the_numbers_quotes_what_follows_from_them(query, expected):
    texts = Visit().go("output", query).blob.now
    for name, true in expected.items():
        decimals = len(texts[name].partition(".")[2])
        number(texts[name], mpf(true), decimals)


@pytest.mark.parametrize(("z", "inside"), [("-0.1", False), ("0", True), ("1", True), ("1.1", False)])
def test_without_an_output_function_the_output_is_said_to_be_in_or_out_of_range(z, inside):
    page = Visit().go("output", {"show": "bounded", "z": z, "lang": "en"})
    assert page.blob.now["inside"] == ("inside" if inside else "outside")


def test_the_target_line_of_tanh_is_minus_one_for_no():
    values = drawn(opened("binary", {"z": 0, "label": 0}))["target.y"]
    assert [values[0], values[-1]] == [0, -1]
    assert drawn(opened("one", {"z": 0, "k": 4}))["target.y"][0] == 1


@pytest.mark.parametrize(("start", "t"), [(-6.0, 4), (-8.0, 20), (0.0, 12)])
def test_training_is_drawn_and_printed_as_a_loop_trains_it(start, t):
    page = opened("train", {"w0": start, "t": t})
    texts, lines = page.blob.now, drawn(page)
    x, y = map(list, output_layer.examples())
    assert texts["steps"] == str(t * t)
    for name in TRAINED:
        w, b = next(itertools.islice(oracle.trained(name, x, y, start, RATE), t * t, None))
        number(texts[f"w_{name}"], mpf(w), 2)
        number(texts[f"b_{name}"], mpf(b), 2)
        assert texts[f"right_{name}"] == str(oracle.right(x, y, w, b))
        steep = 2 if name == "tanh_se" else 1
        p = [float(oracle.sigma(steep * (w * each + b))) for each in x]
        error = np.mean([abs(each - label) for each, label in zip(p, y, strict=True)])
        assert spelled(texts[f"error_{name}"]) == pytest.approx(error, abs=6e-4)
        assert lines[f"now_{name}.y"][0] == pytest.approx(error, abs=2e-4)
        course = lines[f"wrong_{name}.y"]
        assert np.isfinite(course).sum() == t + 1, "of the course only what has been trained"
        for k in (0, 30, 60):
            at = float(lines[f"curve_{name}.x"][k])
            assert lines[f"curve_{name}.y"][k] == pytest.approx(float(oracle.sigma(steep * (w * at + b))), abs=2e-4)


def test_the_button_that_plays_moves_the_steps():
    assert opened("train", {"w0": -6.0, "t": 3}).blob.head["plays"]["key"] == "t"
    assert opened("binary", {"z": 1.0, "label": 1}).blob.head["plays"] is None


def test_each_preset_is_a_position_of_the_sliders_of_its_tab():
    for task, presets in {**PRESETS, "train": Training.presets}.items():
        params = {param.name: param for param in TOPIC.scenes[task].params}
        for setting in presets.values():
            assert all(value in params[name].grid for name, value in setting.items())


@each_language
def test_the_answers_and_their_numbers_are_true(language):
    words = library.parts(language, "topics/output")
    (p, _, entropy), (_, _, square) = (oracle.values("binary", name, -8, 1) for name in ("sigmoid_ce", "sigmoid_se"))
    number("0.0003", p, 4)
    assert "0.0003" in words["question"]
    number(re.search(r"−0\.\d{4}", words["why-3"])[0], entropy, 4)
    assert spelled(re.search(r"−\d\.\d\d·10⁻⁴", words["why-3"])[0]) == pytest.approx(float(square), rel=0.001)
    slope = oracle.sigma(-8) * oracle.sigma(8)
    number(re.search(r"0\.000\d{3}", words["why-2"])[0], slope, 6)
    assert float(entropy / square) == pytest.approx(1500, rel=0.01)
    assert "1500" in words["choice-3"]
    assert words["right"] == "3"
    assert BY_PATH["output"].answer_state == {"show": "binary", "z": -8.0, "label": 1.0}


@each_language
def test_the_numbers_of_the_explanation_are_true(language):
    why, (x, y) = library.parts(language, "topics/output")["why"], map(list, output_layer.examples())
    for name, steps in {"sigmoid_ce": 13, "sigmoid_se": 484, "tanh_se": 683}.items():
        run = enumerate(oracle.trained(name, x, y, -6.0, RATE))
        assert next(step for step, (w, b) in run if oracle.right(x, y, w, b) >= 37) == steps
        assert re.search(rf"\b{steps} ?(steps|步)|, and tanh {steps}|error {steps},", why), steps
    assert len(x) == 40
    number("0.232", mpf(math.e / (math.e + 9)), 3)
    least = math.log(1 + 9 / math.e)
    assert 1.46 < least < 1.465
    assert "0.232" in why
    assert "1.46" in why
    assert STEPS[-1] == 1600


def test_with_softmax_twice_the_loss_of_ten_classes_stays_above_what_the_explanation_says():
    twice = TASKS["one"].pairings["twice_ce"]
    assert float(twice.loss(np.array(700.0), np.array(10.0))) == pytest.approx(math.log(1 + 9 / math.e), abs=1e-12)
