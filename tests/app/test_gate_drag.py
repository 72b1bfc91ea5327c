"""The page of the gate while it is dragged, at its answer, and opened by hostile links."""

import numpy as np
import plotly.graph_objects as go
import pytest
from gate_page import TABS, drawn, labels, opened
from scipy import stats

from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
each_tab = pytest.mark.parametrize("tab", TABS)
LONG = "9" * 5000


@each_tab
def test_what_any_slider_moved_before_is_sent_again_after_its_release(tab):
    """The chart is not drawn anew on release: what differs from the first picture must be among what is sent."""
    page = opened(tab, x=-0.5, t=30, seed=1)
    before = drawn(page)
    page = opened(tab, x=2.0, t=7, seed=4, **{TABS[tab]: 1})
    rest, sliders = drawn(page), page.blob.sliders
    for name, row in rest.items():
        sent = [s.rows[name][round((s.value - s.low) / s.step)] for s in sliders.values() if name in s.rows]
        if sent:
            for rows in sent:
                np.testing.assert_allclose(rows, row, atol=2e-3, err_msg=name)
        else:
            np.testing.assert_array_equal(before[name], row, err_msg=name)


@each_tab
def test_each_slider_and_the_button_are_alive(tab):
    page = opened(tab)
    assert set(page.blob.sliders) == {"x", "t", TABS[tab]}
    assert page.blob.head["plays"]["key"] == "t"
    for slider in page.blob.sliders.values():
        assert any(np.ptp(np.nan_to_num(rows), axis=0).max() > 0.05 for rows in slider.rows.values())


@each_language
def test_a_wrong_answer_is_drawn_unseen_as_the_curve_it_stands_for(language):
    page = Visit().ask("gate", {"lang": language})
    picture, texts = drawn(page), labels(page)
    ghosts = {trace["name"]: trace for trace in page.spec["data"] if trace["name"].startswith("guess")}
    assert set(ghosts) == {f"guess_{k}{end}" for k in "134" for end in ("", "_word")}
    assert not any(trace["visible"] for trace in ghosts.values())
    open_at_first = stats.norm.cdf(-0.5)
    for answer, curve in {
        "1": lambda x: np.maximum(x, 0),
        "3": lambda x: x / 2,
        "4": lambda x: x * open_at_first,
    }.items():
        x, y = picture[f"guess_{answer}.x"], picture[f"guess_{answer}.y"]
        np.testing.assert_allclose(y, curve(x), atol=1e-6)
        assert texts[f"guess_{answer}_word.text"] == library.labels(language)["question.note_yours"]


def test_where_the_answer_is_shown_the_mean_is_what_the_right_answer_says():
    answer_state = BY_PATH["gate"].answer_state
    page = Visit().ask("gate", {"lang": "en", **{name: str(value) for name, value in answer_state.items()}})
    assert page.values["x"] == -2
    now = page.blob.now
    assert now["n"] == "10000"
    assert float(now["gelu"].replace("−", "-")) == pytest.approx(-2 * stats.norm.cdf(-2), abs=6e-5)
    assert float(now["mean"].replace("−", "-")) == pytest.approx(-0.05, abs=0.01)
    for seed in "1234":
        at = Visit().ask("gate", {"seed": seed}).blob.now
        assert float(at["mean"].replace("−", "-")) == pytest.approx(-0.15, abs=0.01), "what the question begins with"


@pytest.mark.parametrize("asked", ["nan", "", "7", "-1", LONG, "十", "1e999", "<script>", "0"])
def test_a_seed_picture_or_count_nobody_could_choose_is_the_first(asked):
    page = Visit().go("gate", {"seed": asked, "show": asked, "draws": asked, "t": asked, "x": LONG})
    default = opened()
    chosen = page.at.get("button_group")
    assert [pills.value for pills in chosen] == ["gate", "1"]
    if asked not in ("7", "0"):
        assert page.values == default.values
        assert page.blob.now == {**default.blob.now}


@each_tab
def test_the_page_is_small_and_plotly_accepts_it(tab):
    page = opened(tab, "zh")
    (follower,) = page.at.get("bidi_component")
    assert len(follower.proto.bytes) < 40_000
    assert len(str(page.spec)) < 40_000
    figure = go.Figure(page.spec)
    assert len({trace.name for trace in figure.data}) == len(figure.data)
