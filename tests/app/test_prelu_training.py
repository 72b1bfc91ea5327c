"""The learning PReLU at every moment, dragged, played or opened: line, dots and numbers are those of the training."""

import re

import numpy as np
import plotly.graph_objects as go
import pytest
from training import (
    SLOPES,
    at_rest,
    each_language,
    each_target,
    moment_texts,
    opened,
    signed,
    steps,
    trained,
)
from training import text as parts

from tests.oracle import library
from tests.oracle.blob import plain

FINE = 3e-3


def dragged(page, t):
    rows, still = page.blob.sliders["t"].rows, at_rest(page)
    assert set(rows) <= set(still), "something is sent that is not in the picture"
    return {**still, **{name: array[t] for name, array in rows.items()}}


def check(picture, target, t):
    """Everything that moves is where the training is."""
    alpha, w, b, _, pull = trained(target)[steps(t)]
    assert picture["fit.x"] == pytest.approx([-3, -b / w, 3], abs=FINE)
    assert picture["fit.y"] == pytest.approx([alpha * (b - 3 * w), 0, 3 * w + b], abs=FINE)
    for name, column, now in (("alpha", 0, alpha), ("pull", 4, pull)):
        assert picture[f"{name}_now.x"] == pytest.approx([steps(t)], abs=0.05)
        assert picture[f"{name}_now.y"] == pytest.approx([now], abs=FINE)
        moments = [steps(k) for k in range(49)]
        np.testing.assert_allclose(picture[f"{name}.x"], moments, atol=0.05)
        past = trained(target)[moments[: t + 1], column]
        np.testing.assert_allclose(picture[f"{name}.y"][: t + 1], past, atol=FINE)
        assert np.isnan(picture[f"{name}.y"][t + 1 :]).all()


@each_target
def test_dragged_to_any_moment_the_picture_is_the_training(target):
    page = opened(target=target)
    assert page.blob.sliders["t"].positions == 49
    assert page.blob.head["plays"]["key"] == "t"
    for t in range(49):
        check(dragged(page, t), target, t)
        assert {name: texts[t] for name, texts in page.blob.sliders["t"].texts.items()} == moment_texts(target, t)


@pytest.mark.parametrize(("target", "t"), [("abs", 0), ("relu", 7), ("leaky", 23), ("line", 48)])
def test_opened_at_a_moment_the_picture_and_the_numbers_are_the_same(target, t):
    page = opened(target=target, t=str(t))
    picture = at_rest(page)
    check(picture, target, t)
    for name, row in dragged(page, t).items():
        np.testing.assert_allclose(picture[name], row, atol=0.05 if name.endswith(".x") else FINE, err_msg=name)
    assert page.blob.now == moment_texts(target, t)


@each_language
@each_target
def test_sentence_and_description_say_where_the_training_is(language, target):
    page = opened(language, target=target, t="9")
    assert library.filled(parts(language)["reading"], moment_texts(target, 9)) in page.text
    assert plain(page.alt) == library.filled(parts(language)["alt-training"], moment_texts(target, 9))


@each_target
def test_all_of_a_training_stays_within_its_panels(target):
    layout, picture = opened(target=target).spec["layout"], at_rest(opened(target=target))
    run = trained(target)
    for axis, column in (("yaxis2", 0), ("yaxis3", 4)):
        low, high = layout[axis]["range"]
        assert low < run[:, column].min() <= run[:, column].max() < high
    low, high = layout["yaxis"]["range"]
    assert low < picture["data.y"].min() < picture["data.y"].max() < high
    assert picture["aim.y"] == pytest.approx([SLOPES[target]] * 2)
    assert len(picture["data.x"]) == 80


@each_language
def test_the_numbers_of_the_text_are_those_of_the_training_and_each_view_leads_to_the_other(language):
    part, run = parts(language), trained("abs")[:, 0]
    prose = re.sub(r"\(.*?\)|（.*?）|\$.*?\$", "", part["why"], flags=re.S)
    start, passes, ends = "0.25", str(np.argmax(run < 0)), signed(run[120], 2)
    order = {"en": ["0", passes, ends, "120"], "zh": [passes, "0", "120", ends]}
    numbers = ["0", "−1", start, *order[language], start, "0"]
    assert re.findall(r"−?\d+(?:\.\d+)?", prose.partition("\n\n")[2]) == numbers
    curve = opened(language, show="curve")
    assert set(curve.sliders) == {"alpha", "x0"}
    training = curve.follow(re.search(rf"\[{part['watch']}\]\(([^)]+)\)", curve.text)[1])
    assert set(training.sliders) == {"t"}
    back = training.follow(re.search(rf"\[{part['back']}\]\(([^)]+)\)", training.text)[1])
    assert set(back.sliders) == {"alpha", "x0"}
    assert all(part["why"] in page.text for page in (curve, training))


def test_the_sliders_of_one_view_are_kept_while_the_other_is_shown():
    page = opened(show="curve", alpha="-0.5")
    page.at.query_params["show"] = "training"
    page.run().set("t", 12)
    page.at.query_params["show"] = "curve"
    assert page.run().values["alpha"] == -0.5
    page.at.query_params["show"] = "training"
    assert page.run().values["t"] == 12


def test_plotly_accepts_the_figure_and_it_is_small():
    for present in ("0", "1"):
        page = opened(present=present)
        assert go.Figure(page.spec).layout.meta == "prelu"
        assert len(page.at.get("bidi_component")[0].proto.bytes) < 6000
        assert len(page.at.get("plotly_chart")[0].proto.spec) < 12_000
