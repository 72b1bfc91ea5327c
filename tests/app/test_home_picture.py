"""Home's chart at every depth, dragged to or opened: each line, ball and number is what the stack really gives."""

import home
import numpy as np
import plotly.graph_objects as go
import pytest
from home import DEPTHS, X, ends, stacked

SIDES = {"low": -4.0, "high": 4.0}
STACKS = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "ReLU"}
FINE = 1 / 4096  # a step of the rows that are sent, in units of the values


@pytest.fixture(scope="module")
def page():
    return home.visit(lang="en")


@pytest.fixture(scope="module")
def dragged(page):
    """``dragged(depth)``: the picture in a browser whose slider was dragged there."""
    rows, _, _ = home.followed(page)
    first = home.drawn(home.chart(page)[0])
    assert set(rows) <= set(first), "something is sent that is not in the picture"
    return lambda depth: {**first, **{name: row[depth - 1] for name, row in rows.items()}}


def opened(depth):
    return home.drawn(home.chart(home.visit(lang="en", layers=str(depth)))[0])


def squeezed(x):
    return x / 10 if x < 0 else 1 + (x - 1) / 10 if x > 1 else x


def check(picture, depth):
    """Every array of the picture is the one computed here."""
    for slug in STACKS:
        for back in range(4):
            name = f"{slug}_{back}" if back else slug
            np.testing.assert_allclose(picture[f"{name}.x"], X, atol=1e-6)
            curve = stacked(slug, X, max(depth - back, 1))
            np.testing.assert_allclose(picture[f"{name}.y"], curve, atol=FINE, err_msg=name)
        for side, value in SIDES.items():
            if (slug, side) != ("relu", "high"):  # that end lies above the picture
                off = picture[f"{slug}_{side}.y"][0] - stacked(slug, value, depth)
                assert abs(off) == pytest.approx(0.14, abs=FINE), "a number left its line"
                assert picture[f"{slug}_{side}.x"] == pytest.approx(value)
    for side, value in SIDES.items():
        upper, lower = sorted(("sigmoid", "tanh"), key=lambda slug: -stacked(slug, value, depth))
        assert picture[f"{upper}_{side}.y"][0] - picture[f"{lower}_{side}.y"][0] >= 0.28 - FINE, "over each other"
    assert picture["relu_high.x"] == picture["relu_high.y"] == 2, "beside the line"
    way = [[squeezed(stacked("sigmoid", x, layer)) for layer in range(depth + 1)] for x in SIDES.values()]
    for side, values in zip(SIDES, way, strict=True):
        fallen = np.isfinite(picture[f"fall_{side}.y"])
        assert fallen.tolist() == [layer <= depth for layer in range(21)]
        np.testing.assert_allclose(picture[f"fall_{side}.x"][fallen], values, atol=FINE)
        np.testing.assert_allclose(picture[f"fall_{side}.y"][fallen] ** 2, range(depth + 1), atol=20 * FINE)
        for name in ("ball", "tag"):
            assert picture[f"{name}_{side}.x"] == pytest.approx(values[-1], abs=FINE)
            assert picture[f"{name}_{side}.y"] ** 2 == pytest.approx(depth, abs=20 * FINE)
    assert picture["gap.x"] == pytest.approx((way[0][-1] + way[1][-1]) / 2, abs=FINE)
    assert 0.2 < picture["gap.y"][0] - depth**0.5 < 0.4
    boxes = picture["boxes.y"][np.isfinite(picture["boxes.x"] + picture["boxes.y"])]
    np.testing.assert_allclose(boxes**2, np.repeat(np.arange(depth) + 0.5, 2), atol=20 * FINE)


@pytest.mark.parametrize("depth", DEPTHS)
def test_dragged_to_a_depth_the_picture_is_true(dragged, depth):
    check(dragged(depth), depth)


@pytest.mark.parametrize("depth", DEPTHS)
def test_opened_at_a_depth_the_picture_is_the_same(dragged, depth):
    picture = opened(depth)
    check(picture, depth)
    for name, row in dragged(depth).items():
        np.testing.assert_allclose(picture[name], row, atol=4 * FINE, err_msg=name)


@pytest.mark.parametrize(("lang", "apart"), [("en", "{} apart"), ("zh", "相差 {}")])
def test_every_number_that_follows_the_thumb_is_true(lang, apart):
    page = home.visit(lang=lang)
    _, texts, head = home.followed(page)
    labels = {f"{trace['name']}.text": trace["text"][0] for trace in home.chart(page)[0]["data"] if "text" in trace}
    # What is the same at all depths is not sent for each.
    still = labels | dict(zip(head["names"], head["texts"], strict=True))
    for depth in DEPTHS:
        now = still | {name: lines[depth - 1] for name, lines in texts.items()}
        gap = home.spelled(home.distance(depth))
        expected = {"layers": str(depth), "gap": gap, "gap.text": apart.format(gap)}
        for slug, name in STACKS.items():
            low, high = ends(slug, depth)
            named = ("low", f"{name} {low}") if slug != "relu" else ("high", f"{name} {high}")
            expected |= {f"{slug}_low": low, f"{slug}_high": high}
            expected |= {f"{slug}_low.text": low, f"{slug}_high.text": high, f"{slug}_{named[0]}.text": named[1]}
        assert {name: text for name, text in now.items() if not name.startswith("tag_")} == expected
    assert set(head["names"]) == {name for name in expected if not name.endswith(".text")}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("depth", [1, 2, 5, 9, 20])
def test_what_is_printed_at_a_depth_is_true(lang, depth):
    page = home.visit(lang=lang, layers=str(depth))
    spec, alt = home.chart(page)
    texts = {trace["name"]: trace["text"][0].strip() for trace in spec["data"] if "text" in trace}
    for name, slug in (("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("ReLU", "relu")):
        low, high = ends(slug, depth)
        written = [low, f"{name} {high}"] if slug == "relu" else [f"{name} {low}", high]
        assert [texts[f"{slug}_low"], texts[f"{slug}_high"]] == written
        sentence = f"−4 becomes {low}, 4 becomes {high}" if lang == "en" else f"−4 变成 {low}，4 变成 {high}"
        assert sentence in alt.split(name)[1]
    gap = home.spelled(home.distance(depth))
    assert gap in alt
    assert f"**{gap}**" in home.printed(page)
    assert gap in texts["gap"]
    assert (texts["tag_low"], texts["tag_high"]) == ("−4", "4")
    assert home.followed(page)[2]["sliders"][0]["value"] == depth
    assert not set("{*\u2061") & set(alt)


def test_plotly_itself_accepts_the_figure(page):
    spec, _ = home.chart(page)
    figure = go.Figure(spec)
    assert figure.layout.meta == ""
    assert len({trace.name for trace in figure.data}) == len(figure.data)


@pytest.mark.parametrize("present", ["0", "1"])
def test_all_that_falls_stays_in_its_panel_and_ticks_stand_at_their_numbers(dragged, present):
    layout = home.chart(home.visit(present=present))[0]["layout"]
    assert layout["yaxis"]["range"][0] < -1 < 1 < layout["yaxis"]["range"][1], "tanh leaves the picture"
    assert layout["xaxis"]["range"] == [-4, 4]
    (left, right), (bottom, top) = layout["xaxis2"]["range"], layout["yaxis2"]["range"]
    for picture in map(dragged, DEPTHS):
        for name in ("ball_low", "ball_high", "tag_low", "tag_high", "gap", "fall_low", "fall_high"):
            x, y = (picture[f"{name}.{axis}"] for axis in "xy")
            x, y = x[np.isfinite(y)], y[np.isfinite(y)]
            assert ((left < x) & (x < right) & (top < y) & (y < bottom)).all(), name
    for axis, where in (("xaxis2", squeezed), ("yaxis2", np.sqrt)):
        numbers = [int(text.replace("−", "-")) for text in layout[axis]["ticktext"]]
        assert layout[axis]["tickvals"] == pytest.approx([where(number) for number in numbers])
        assert len(numbers) >= 4


def test_each_line_has_its_own_functions_colour_and_ghosts_are_fainter(page):
    traces = {trace["name"]: trace for trace in home.chart(page)[0]["data"]}
    colours = [traces[slug]["line"]["color"] for slug in STACKS]
    assert len(set(colours)) == 3
    order = list(traces)
    for slug, colour in zip(STACKS, colours, strict=True):
        ghosts = [traces[f"{slug}_{back}"] for back in (1, 2, 3)]
        assert {ghost["line"]["color"] for ghost in ghosts} == {colour}
        assert 1 > ghosts[0]["opacity"] > ghosts[1]["opacity"] > ghosts[2]["opacity"] > 0
        assert all(order.index(f"{slug}_{back}") < order.index(slug) for back in (1, 2, 3)), "a ghost hides its curve"
