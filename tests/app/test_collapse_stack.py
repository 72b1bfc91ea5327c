"""A stack of layers on a grid: dragged or opened, its picture and its numbers are those of the layers."""

import math
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from activations.experiments import composed
from pages.register import BY_PATH
from tests.oracle import folding, library
from tests.oracle.drawing import Drawing, held
from tests.oracle.fading import spelt
from tests.oracle.visitor import Visit

PIXEL = 4.4 / 400
CASES = [("identity", 3, 1.0, 0.5), ("identity", 6, -1.2, 1.1), ("relu", 3, 1.0, 0.5), ("tanh", 6, 1.2, -0.9)]
CASES += [("sigmoid", 6, 1.0, 0.5), ("hard_tanh", 4, 0.5, 0.3), ("relu", 1, 0.0, 0.0), ("tanh", 0, 0.4, 1.2)]
over_cases = pytest.mark.parametrize("case", CASES, ids=str)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def opened(case, language="en", **query):
    slug, depth, w, v = case
    return Visit().go("collapse", {"lang": language, "f": slug, "depth": str(depth), "w": str(w), "v": str(v), **query})


def moved(case, name, value):
    slug, *stand = case
    stand = dict(zip(("depth", "w", "v"), stand, strict=True)) | {name: int(value) if name == "depth" else float(value)}
    return folding.at(slug, *stand.values())


def assert_lines(rows, truth):
    for name, points in truth.drawn().items():
        drawn = np.stack([rows[f"{name}.x"], rows[f"{name}.y"]], axis=-1)
        there = np.isfinite(drawn[:, 0])
        np.testing.assert_allclose(drawn[there], points, atol=0.51 * PIXEL, err_msg=name)
        if name in ("grid", "single"):
            every = len(points) // 14 + 1
            assert (np.flatnonzero(~there) % every == every - 1).all(), "a gap after each line and nowhere else"


def assert_difference(rows, case, truth):
    at = {d: folding.at(case[0], d, *case[1:]).largest for d in range(7)}
    for depth, power in enumerate(rows["error.y"]):
        # Rounding errors are compared by their size alone: another order of sums rounds elsewhere.
        assert power == pytest.approx(math.log10(at[depth]), abs=0.005) if at[depth] > 1e-13 else -18.01 < power < -13
    assert (rows["here.x"][0], rows["here.y"][0]) == pytest.approx(
        (truth.depth, rows["error.y"][truth.depth]), abs=0.01
    )


def assert_texts(texts, truth, parts):
    for name, true in zip(("m11", "m12", "m21", "m22"), truth.matrix.ravel(), strict=True):
        assert float(texts[name].replace("−", "-")) == pytest.approx(true, abs=5.1e-4), name
    for name, true in zip(("shift1", "shift2"), truth.shift, strict=True):
        assert float(texts[name].replace("−", "-")) == pytest.approx(true, abs=5.1e-4), name
    for name, true in (("off", truth.largest), ("typical", truth.typical)):
        value, error = spelt(texts[name]) if texts[name] != "0" else (0, 0)
        assert abs(value - true) <= error * 1.01 if true > 1e-13 else value < 1e-13, (name, texts[name], true)
    assert texts["depth"] == str(truth.depth)
    note = "alone" if truth.depth < 2 else "straight" if truth.largest < 1e-13 else "bent"
    assert texts["note"] == parts[f"note-{note}"]


@over_cases
def test_every_position_of_every_slider_is_what_the_layers_do_there(case):
    page, parts = opened(case), library.parts("en", "topics/collapse")
    assert set(page.blob.sliders) == {"depth", "w", "v"}
    for param in composed.PARAMS:
        slider = page.blob.sliders[param.name]
        assert slider.positions == len(param.grid)
        for value, (rows, texts) in zip(param.grid, held(page, param.name), strict=True):
            truth = moved(case, param.name, value)
            assert_lines(rows, truth)
            stand = {"w": case[2], "v": case[3]} | {param.name: value}
            assert_difference(rows, (case[0], stand["w"], stand["v"]), truth)
            assert_texts(texts, truth, parts)
        assert not set(slider.texts) - {
            *("m11", "m12", "m21", "m22", "shift1", "shift2", "off", "typical", "depth", "note"),
        }


@over_cases
def test_at_rest_the_page_draws_and_says_what_the_browser_would(case):
    page = opened(case)
    drawn = Drawing(page.spec)
    for slider in page.blob.sliders.values():
        here = round((slider.value - slider.low) / slider.step)
        for name, rows in slider.rows.items():
            trace, axis = name.split(".")
            still = drawn.xy(trace)["xy".index(axis)]
            np.testing.assert_allclose(still, rows[here], atol=0.51 * PIXEL, err_msg=name)
        assert page.blob.now.items() >= {name: lines[here] for name, lines in slider.texts.items()}.items()
    go.Figure(page.spec)


@each_language
@pytest.mark.parametrize("case", [CASES[1], CASES[2], CASES[5], CASES[7]], ids=str)
def test_the_matrix_and_its_distance_are_printed_and_described(case, language):
    page, parts = opened(case, language), library.parts(language, "topics/collapse")
    now, linear = page.blob.now, case[0] == "identity"
    heads = [parts[f"one-{'linear' if linear else 'bent'}"], "x₁", "x₂", *([] if linear else [parts["shift"]])]
    assert f"| {' | '.join(heads)} |" in page.text
    for row, name in ((1, "y₁"), (2, "y₂")):
        cells = [now[f"m{row}1"], now[f"m{row}2"], *([] if linear else [now[f"shift{row}"]])]
        assert f"| {name} | {' | '.join(f'**{cell}**' for cell in cells)} |" in page.text
    kind = "linear" if linear else "bent"
    name = library.parts(language, f"functions/{case[0]}")["title"]
    for template, text in ((parts[f"verdict-{kind}"], page.text), (parts[f"alt-{kind}"], page.alt)):
        expected = re.sub(r"\{(\w+)\}", lambda mark: {**now, "name": name}.get(mark[1], mark[0]), template)
        assert expected in re.sub("[\u2061-\u2064]", "", text)
    assert not set("{*\u2063") & set(re.sub("\u2063[\u2061-\u2064]{4}|\u2063", "", page.alt))


def test_the_colour_is_the_functions_and_the_one_map_lies_below_the_grid():
    drawn = Drawing(opened(("tanh", 3, 1.0, 0.5)).spec)
    assert {drawn.traces[name]["line"]["color"] for name in ("grid", "first", "second", "error")} == {"#009E73"}
    assert drawn.order.index("single") < drawn.order.index("grid")
    assert drawn.traces["single"]["opacity"] < 0.5
    layout = drawn.layout
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"] == [-2.2, 2.2]
    assert layout["yaxis"]["scaleanchor"] == "x", "the turns of the plane are seen as they are"
    low, high = layout["yaxis2"]["range"]
    assert low < -18
    assert high > math.log10(20), "no difference leaves the panel"
    named = dict(zip(layout["yaxis2"]["tickvals"], layout["yaxis2"]["ticktext"], strict=True))
    assert named == {-18: "0", -16: "10⁻¹⁶", -12: "10⁻¹²", -8: "10⁻⁸", -4: "10⁻⁴", 0: "1"}


def test_each_wrong_answer_is_drawn_unseen_beside_what_is_true():
    page = Visit().go("collapse", {"lang": "en"})
    slider, drawn = page.blob.sliders["depth"], Drawing(page.spec)
    assert {name for name in drawn.traces if name.startswith("guess")} == {
        *("guess_1", "guess_1_word"),
        *("guess_3", "guess_3_word"),
    }
    x, y = folding.GRID[::3].reshape(-1, 2).T
    for depth in range(7):
        much = 0.1 * max(depth - 1, 0)
        far = 1 + much * (x + y) / 2
        bent = (x + much * np.sin(np.pi * y), y + much * np.sin(np.pi * x))
        for name, seen in (("guess_1", bent), ("guess_3", (x / far, y / far))):
            expected = np.stack(seen, axis=-1) @ folding.at("identity", depth, 1.0, 0.5).matrix.T
            points = np.stack([slider.rows[f"{name}.{axis}"][depth] for axis in "xy"], axis=-1)
            np.testing.assert_allclose(points[np.isfinite(points[:, 0])], expected, atol=0.51 * PIXEL)


@each_language
def test_a_guess_is_unseen_and_labelled_at_an_end_of_one_of_its_lines(language):
    drawn = Drawing(Visit().go("collapse", {"lang": language}).spec)
    for name in ("guess_1", "guess_3"):
        assert not drawn.traces[name]["visible"]
        assert not drawn.traces[f"{name}_word"]["visible"]
        assert drawn.traces[f"{name}_word"]["text"] == [library.labels(language)["question.note_yours"]]
        line, word = np.stack(drawn.xy(name), axis=-1), np.ravel(drawn.xy(f"{name}_word"))
        (at,) = np.flatnonzero((line == word).all(axis=-1))
        assert np.isnan(line[at + 1]).all()


def test_beside_a_grid_that_does_bend_no_guess_is_drawn():
    page = opened(("relu", 6, 1.0, 0.5))
    assert not [name for name in Drawing(page.spec).traces if name.startswith("guess")]


def test_where_the_answer_is_shown_the_grid_is_one_matrix_after_six_layers():
    answer_state = BY_PATH["collapse"].answer_state
    page = Visit().go("collapse", {"lang": "en", **{name: str(value) for name, value in answer_state.items()}})
    now = page.blob.now
    assert now["depth"] == "6"
    assert spelt(now["off"])[0] < 1e-13
    truth = folding.at("identity", 6, page.values["w"], page.values["v"])
    assert truth.largest < 1e-13, "still straight, parallel and even: the second answer"
    assert {library.parts(language, "topics/collapse")["right"] for language in ("en", "zh")} == {"2"}
