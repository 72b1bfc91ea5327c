"""The page of the gate while it is dragged, asked and opened by hostile links."""

import numpy as np
import plotly.graph_objects as go
import pytest
from gate_page import ACTS, TIMES, X, drawn, labels, opened

from activations.experiments import gate
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
each_act = pytest.mark.parametrize("act", ACTS)
LONG = "9" * 5000


PLACES = {"x": [0, 47, 120], "t": [0, 23, 60], "n": [0, 11, 20]}


@each_act
@pytest.mark.parametrize("moved", PLACES)
def test_a_dragged_slider_draws_and_says_what_the_page_does_there(act, moved):
    page = opened(act, "zh", x=-0.5, t=30, seed=2, **{ACTS[act]: 20})
    first, key = drawn(page), ACTS[act] if moved == "n" else moved
    slider, stand = page.blob.sliders[key], {"x": -0.5, "t": 30, ACTS[act]: 20}
    grid = {"x": X.tolist(), "t": TIMES.tolist(), "n": list(gate.COUNTS)}[moved]
    assert slider.positions == len(grid)
    assert set(slider.rows) <= set(first)
    for place in PLACES[moved]:
        there = opened(act, "zh", seed=2, **{**stand, key: grid[place]})
        rest = drawn(there)
        for name, row in rest.items():
            held = slider.rows[name][place] if name in slider.rows else first[name]
            np.testing.assert_allclose(held, row, atol=2e-3, err_msg=f"{name} at {key} = {grid[place]}")
        texts = {**page.blob.now, **labels(page), **{name: lines[place] for name, lines in slider.texts.items()}}
        assert texts == {**there.blob.now, **labels(there)}


@each_act
def test_what_any_slider_moved_before_is_told_again_after_its_release(act):
    """The chart is not drawn anew on release: what differs from the first picture must be among what is sent."""
    page = opened(act, x=-0.5, t=30, seed=1)
    before = drawn(page)
    page = opened(act, x=2.0, t=7, seed=4, **{ACTS[act]: 1})
    rest, sliders = drawn(page), page.blob.sliders
    for name, row in rest.items():
        told = [s.rows[name][round((s.value - s.low) / s.step)] for s in sliders.values() if name in s.rows]
        if told:
            for rows in told:
                np.testing.assert_allclose(rows, row, atol=2e-3, err_msg=name)
        else:
            np.testing.assert_array_equal(before[name], row, err_msg=name)


@each_act
def test_each_slider_and_the_button_are_alive(act):
    page = opened(act)
    assert set(page.blob.sliders) == {"x", "t", ACTS[act]}
    assert page.blob.head["plays"]["key"] == "t"
    for slider in page.blob.sliders.values():
        assert any(np.ptp(np.nan_to_num(rows), axis=0).max() > 0.05 for rows in slider.rows.values())


@each_language
def test_before_an_answer_there_is_neither_slider_nor_mean(language):
    page = Visit().ask("gate", {"lang": language})
    words = library.parts(language, "topics/gate")
    assert not page.at.slider
    assert not page.blob.sliders
    assert not {"gelu.x", "mean.y", "output_dot.y"} & set(drawn(page))
    assert not any(words[f"why-{k}"] in page.text for k in "1234")
    assert [name for name, _ in library.quoted(words["alt-asked"], page.alt, page.blob.head["said"])]
    assert "0.3085" in plain(page.alt)


@pytest.mark.parametrize("answer", "1234")
def test_an_answer_is_drawn_as_the_curve_it_stands_for(answer):
    page = Visit().ask("gate", {"lang": "en"})
    page.at.get("button_group")[0].set_value(f"choice-{answer}")
    picture, words = drawn(page.run()), library.parts("en", "topics/gate")
    assert page.text.index(words[f"choice-{answer}"]) == min(page.text.index(words[f"choice-{k}"]) for k in "1234")
    assert all(words[f"why-{k}"] in page.text for k in "1234")
    if answer == words["right"]:
        assert "ghost.y" not in picture
        return
    x, y = picture["ghost.x"], picture["ghost.y"]
    at = {"1": np.maximum(x, 0), "3": x / 2}
    if answer in at:
        np.testing.assert_allclose(y, at[answer])
    else:
        assert set(y[np.isfinite(y)]) <= {0.0, *x[np.isfinite(x)]}
    assert labels(page)["yours.text"] == library.labels("en")["yours"]


@pytest.mark.parametrize("asked", ["nan", "", "7", "-1", LONG, "十", "1e999", "<script>", "0"])
def test_a_seed_picture_or_count_nobody_could_choose_is_the_first(asked):
    page = Visit().go("gate", {"seed": asked, "show": asked, "draws": asked, "t": asked, "x": LONG})
    default = opened()
    chosen = page.at.get("button_group")
    assert [pills.value for pills in chosen] == ["gate", "1"]
    if asked not in ("7", "0"):
        assert page.stand == default.stand
        assert page.blob.now == {**default.blob.now}


@each_act
def test_the_page_is_small_and_plotly_accepts_it(act):
    page = opened(act, "zh")
    (follower,) = page.at.get("bidi_component")
    assert len(follower.proto.bytes) < 40_000
    assert len(str(page.spec)) < 40_000
    figure = go.Figure(page.spec)
    assert len({trace.name for trace in figure.data}) == len(figure.data)
