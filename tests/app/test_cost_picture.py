"""The picture of the page of costs: at every position of its slider each dot and number is what was recorded."""

import costs
import numpy as np
import plotly.graph_objects as go
import pytest
from costs import NS, SIZES, each_language, measured, opened, rows, text, three, title, twice

from tests.oracle.drawing import Drawing

__all__ = ["measured"]
FINE = 4 / 8192 * 3.6  # decades: four steps of what is sent
each_view = pytest.mark.parametrize("view", ["functions", "writing"])


def at_rest(picture):
    """Each array of a chart by name."""
    return {f"{name}.{axis}": picture.xy(name)["xy".index(axis)] for name in picture.traces for axis in "xy"}


def dragged(page, k):
    """The picture in a browser whose slider was dragged to position ``k``."""
    rows, still = page.blob.sliders["size"].rows, at_rest(Drawing(page.spec))
    assert set(rows) <= set(still), "something is sent that is not in the picture"
    return {**still, **{name: array[k] for name, array in rows.items()}}


def check(picture, view, k):
    """Every dot stands at the decimal logarithm of its recorded cost."""
    lines = list(rows(view))
    found = {"forward": [NS[line][k] for line in lines]}
    if view == "functions":
        found["backward"] = [NS[f"{line}.back"][k] for line in lines]
    for name, true in found.items():
        np.testing.assert_allclose(picture[f"{name}.x"], np.log10(true), atol=FINE, err_msg=name)
        assert (np.diff(picture[f"{name}.y"]) >= 1).all()
    floor = np.log10(NS["copy"][k])
    assert picture["floor.x"] == pytest.approx([floor, floor], abs=FINE)
    assert picture["floor_word.x"] == pytest.approx([floor], abs=FINE)
    far = np.max(list(found.values()), axis=0)
    stems = picture["stems.x"].reshape(-1, 3)
    np.testing.assert_allclose(stems[:, 0], floor, atol=FINE)
    np.testing.assert_allclose(stems[:, 1], np.log10(far), atol=FINE)
    assert np.isnan(stems[:, 2]).all()
    for line, y in zip(lines, picture["forward.y"], strict=True):
        assert picture[f"{line}_ratio.y"] == pytest.approx([y])
    return {f"{line}_ratio": f"{twice(NS[line][k] / NS[to][k])} ×" for line, to in rows(view).items()}


@each_view
@each_language
def test_dragged_anywhere_every_dot_and_number_is_what_was_recorded(view, language):
    page = opened(language, view=view)
    texts = page.blob.sliders["size"].texts
    assert page.blob.sliders["size"].positions == 21
    at_rest_texts = page.blob.now | {
        f"{name}.text": trace["text"][0] for name, trace in Drawing(page.spec).traces.items() if "_ratio" in name
    }
    for k, size in enumerate(SIZES):
        ratios = check(dragged(page, k), view, k)
        now = at_rest_texts | {name: lines[k] for name, lines in texts.items()}
        assert {f"{name}.text": ratio for name, ratio in ratios.items()}.items() <= now.items()
        assert now["n"].replace("\u202f", "") == str(round(10**size))
        assert three(NS["copy"][k]) in now["floor_word.text"]
        for line in NS:
            mark = line.replace(".", "_")
            assert now[f"ns_{mark}"] == three(NS[line][k])
            assert now[f"x_{mark}"] == twice(NS[line][k] / NS["relu"][k])
    assert set(page.blob.now) == {name for name in texts if not name.endswith(".text")} | {"x_relu"}


@each_view
@pytest.mark.parametrize("k", [4])
def test_at_rest_the_picture_is_the_same(view, k):
    page = opened(view=view, size=str(SIZES[k]))
    picture, moved = Drawing(page.spec), dragged(page, k)
    still = at_rest(picture)
    ratios = check(still, view, k)
    for name, row in moved.items():
        np.testing.assert_allclose(still[name], row, atol=FINE, err_msg=name)
    shown = {name: trace["text"][0] for name, trace in picture.traces.items() if "text" in trace}
    assert ratios.items() <= shown.items()
    assert three(NS["copy"][k]) in shown["floor_word"]
    for name, texts in page.blob.sliders["size"].texts.items():
        now = page.blob.now.get(name, shown.get(name.removesuffix(".text"), "").strip())
        assert now == texts[k].strip(), name


@each_language
def test_rows_are_named_in_order_and_everything_fits(language):
    for view in ("functions", "writing"):
        layout = opened(language, view=view).spec["layout"]
        names = [
            title(line, language) if view == "functions" else text(language)[f"write-{line}"] for line in rows(view)
        ]
        assert layout["yaxis"]["ticktext"] == names
        low, high = layout["xaxis"]["range"]
        assert low < np.log10(min(found.min() for found in NS.values()))
        assert np.log10(max(found.max() for found in NS.values())) < high - 0.4, "a dot would hide a ratio"
        bottom, top = layout["yaxis"]["range"]
        assert top < -0.7
        assert bottom > layout["yaxis"]["tickvals"][-1]
        ticks = zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True)
        assert all(10**place == pytest.approx(float(name)) for place, name in ticks)
    order = [NS[line][15] for line in rows("functions")]
    assert order == sorted(order)


@pytest.mark.parametrize(("answer", "ratio"), [("1", 26), ("3", 100)])
def test_each_wrong_answer_is_drawn_unseen_where_it_would_be_and_follows(answer, ratio):
    page = opened()
    row, name = costs.FUNCTIONS.index("gelu"), f"guess_{answer}"
    for k in range(21):
        picture = dragged(page, k)
        guess = np.log10(ratio * NS["relu"][k])
        assert picture[f"{name}.x"] == pytest.approx([guess, guess], abs=FINE)
        assert picture[f"{name}.y"][0] < row < picture[f"{name}.y"][1]
    drawn = Drawing(page.spec).traces
    assert drawn[name]["visible"] is False
    assert drawn[name]["text"] == ["your guess", ""]
    assert {trace for trace in drawn if trace.startswith("guess_")} == {"guess_1", "guess_3"}
    page.set("choice.view", "writing")
    assert name not in Drawing(page.spec).traces


@each_view
def test_what_was_measured_here_stands_at_its_sizes_and_nowhere_else(measured, view):
    page = opened(view=view)
    for k, size in enumerate(SIZES):
        x = dragged(page, k)["here.x"]
        if size in (3.0, 4.0, 5.0):
            true = [np.log10(measured.timings.nanoseconds[line][round(size) - 3]) for line in rows(view)]
            np.testing.assert_allclose(x, true, atol=FINE)
        else:
            assert (x < page.spec["layout"]["xaxis"]["range"][0]).all()
            assert np.isfinite(x).all(), "their number may not change"
    assert Drawing(page.spec).traces["here"]["cliponaxis"]


def test_plotly_itself_accepts_the_figure(measured):
    for present in ("0", "1"):
        figure = go.Figure(opened(present=present).spec)
        assert figure.layout.meta == "cost"


@each_view
def test_the_page_is_small(measured, view):
    page = opened(view=view)
    assert len(page.at.get("bidi_component")[0].proto.bytes) < 12_000
    assert len(page.at.get("plotly_chart")[0].proto.spec) < 20_000
