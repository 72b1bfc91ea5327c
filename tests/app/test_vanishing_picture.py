"""The chart of the vanishing gradient, read back from its specification and held against chains computed apart."""

import itertools
import math

import numpy as np
import plotly.graph_objects as go
import pytest
from mpmath import log10, mpf

from pages.shared import figures
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.drawing import Drawing
from tests.oracle.fading import CASES, FORMATS, IDS, STATES, assert_number, chains, opened, title
from tests.oracle.stack import LOST
from tests.oracle.visitor import Visit

LABEL = 0.09  # share of the panel that a line of text is high
over_cases = pytest.mark.parametrize(("name", "language"), CASES, ids=IDS)


def drawn(name, language):
    return Drawing(opened(name, language).spec)


def panel(drawing, number=""):
    low, high = drawing.layout[f"yaxis{number}"]["range"]
    return low, high


def logs(chain):
    """log10 |da_L/da_l| by layer l, -inf for nothing at all."""
    return [decades(abs(chain.back(chain.depth - layer))) for layer in range(chain.depth + 1)]


def decades(size):
    return float(log10(size)) if size else -math.inf


def assert_point(y, true, ends, span):
    """A point lies where it should, or outside the panel on the same side."""
    low, high = ends
    if low <= true <= high:
        assert y == pytest.approx(true, abs=1e-5 * span)
    else:
        assert (y < low) == (true < low)
        assert (y > high) == (true > high)


@over_cases
def test_each_line_is_its_gradient_and_breaks_where_that_is_nothing(name, language):
    drawing, ends = drawn(name, language), panel(drawn(name, language))
    for slug, chain in chains(name).items():
        x, y = drawing.xy(slug)
        assert x.tolist() == list(range(51))
        true = logs(chain)
        assert np.isnan(y).tolist() == [size == -math.inf for size in true] + [True] * (50 - chain.depth)
        for size, at in zip(true, y, strict=False):
            if size > -math.inf:
                assert_point(at, size, ends, ends[1] - ends[0])
        hovers = drawing.traces[slug]["customdata"]
        assert len(hovers) == chain.depth + 1
        for layer, text in enumerate(hovers):
            assert_number(text, abs(chain.back(chain.depth - layer)), 3)


@pytest.mark.parametrize("name", ["as it opens", "tanh", "dead", "negative", "no weight", "one layer"])
def test_weight_gradients_are_those_of_the_chains(name):
    slugs, depth, w, b, x0 = STATES[name]
    stand = {"depth": str(depth), "w": str(w), "b": str(b), "input": str(x0)}
    page = Visit().go("vanishing", {"lang": "en", "f": slugs, "of": "weights", **stand})
    drawing = Drawing(page.spec)
    ends, dots = panel(drawing), page.blob.now
    for slug, chain in chains(name).items():
        _, y = drawing.xy(slug)
        true = [chain.weight(layer) for layer in range(1, depth + 1)]
        assert np.isnan(y).tolist() == [True, *(not size for size in true), *[True] * (50 - depth)]
        for size, at, text in zip(true, y[1:], drawing.traces[slug]["customdata"][1:], strict=False):
            if size:
                assert_point(at, decades(size), ends, ends[1] - ends[0])
            assert_number(text, size, 3)
        assert_number(plain(dots[f"left_{slug}"]), true[0], 3)
        if not true[0]:
            x, y = drawing.xy(f"{slug}_dead")
            assert x[1:].tolist() == [next((k for k, size in enumerate(true) if size), depth), 1]
            assert ends[0] < y[1] == y[2]
        elif ends[0] < decades(true[0]) < ends[1]:
            assert 0.98 - 0.02 * max(depth, 10) <= drawing.xy(f"{slug}_end")[0][0] <= 1
    assert "best" not in drawing.traces


@over_cases
def test_a_dot_a_layer_is_the_fainter_the_smaller_the_gradient(name, language):
    drawing, (low, _) = drawn(name, language), panel(drawn(name, language))
    has_zeros = library.labels(language)["axis.dead"] in drawing.layout["yaxis"]["ticktext"]
    rows = []
    for slug, chain in chains(name).items():
        (x, y), opacity = drawing.xy(f"{slug}_dots"), drawing.traces[f"{slug}_dots"]["marker"]["opacity"]
        assert x.tolist() == list(range(51))
        assert len(set(y)) == 1
        rows.append(y[0])
        assert [shade > 0 for shade in opacity] == [size > -math.inf for size in logs(chain)] + [False] * (
            50 - chain.depth
        )
        assert opacity[chain.depth] == 1, "at the output the gradient is 1"
        seen = [(size, shade) for size, shade in zip(logs(chain), opacity, strict=False) if size > -math.inf]
        for (size, shade), (other, fainter) in itertools.pairwise(sorted(seen)):
            assert shade <= fainter, (size, other)
        foot = low if not has_zeros else min(drawing.layout["yaxis"]["tickvals"][1:])
        if min(size for size, _ in seen) < min(foot, -3) * 0.95:
            assert min(shade for _, shade in seen) <= 0.25
    low, high = drawing.layout["yaxis3"]["range"]
    assert low < min(rows) <= max(rows) < high
    assert len(set(rows)) == len(rows)


@over_cases
def test_below_it_are_the_activations_in_a_panel_that_is_never_empty(name, language):
    drawing = drawn(name, language)
    low, high = panel(drawing, "2")
    for slug, chain in chains(name).items():
        trace = drawing.traces[f"{slug}_forward"]
        assert trace["yaxis"] == "y2"
        assert "xaxis" not in trace, "one axis of layers for all"
        _, y = drawing.xy(f"{slug}_forward")
        for at, a, text in zip(y, chain.a, trace["customdata"], strict=False):
            assert_point(at, float(a), (low, high), high - low)
            assert_number(text, a, 3)
        assert np.isnan(y[chain.depth + 1 :]).all()
        assert low <= y[0] <= high
    seen = [float(min(max(a, -10), 10)) for chain in chains(name).values() for a in chain.a]
    assert high - low <= max(1.0, (max(seen) - min(seen))) * 1.13


@over_cases
def test_a_line_that_dies_drops_to_a_shelf_with_a_cross(name, language):
    drawing, (low, _) = drawn(name, language), panel(drawn(name, language))
    ticks = dict(zip(drawing.layout["yaxis"]["ticktext"], drawing.layout["yaxis"]["tickvals"], strict=True))
    dead = library.labels(language)["axis.dead"]
    died = {slug: logs(chain).count(-math.inf) - 1 for slug, chain in chains(name).items() if -math.inf in logs(chain)}
    assert (dead in ticks) == bool(died)
    for slug in chains(name):
        x, y = drawing.xy(f"{slug}_dead")
        if slug not in died:
            assert np.isnan(y).all()
            continue
        assert x.tolist() == [died[slug] + 1, died[slug], 0]
        assert y[0] == pytest.approx(drawing.xy(slug)[1][died[slug] + 1])
        assert low < y[1] == y[2] < min(tick for text, tick in ticks.items() if text != dead)
        assert drawing.traces[f"{slug}_dead"]["marker"]["size"] == [0, 9, 0]
        assert "lines" in drawing.traces[f"{slug}_dead"]["mode"]
        assert abs(ticks[dead] - y[1]) < 0.08 * (panel(drawing)[1] - low)


def expected_end(chain, drawing, slug):
    """Where a line ends inside the panel; None if it leaves."""
    low, high = panel(drawing)
    end = logs(chain)[0]
    if end == -math.inf:
        return drawing.xy(f"{slug}_dead")[1][2]
    return end if low <= end <= high else None


@over_cases
def test_each_line_is_named_where_it_ends_and_no_name_covers_another(name, language):
    drawing, truth = drawn(name, language), chains(name)
    low, high = panel(drawing)
    heights, true = [], []
    for slug, chain in truth.items():
        trace, (x,), (y,) = drawing.traces[f"{slug}_end"], *drawing.xy(f"{slug}_end")
        end = expected_end(chain, drawing, slug)
        left = "0" if not chain.left else str(math.floor(log10(chain.left)))
        if end is None:
            arrow = "↓" if log10(chain.left) < low else "↑"
            power = "10" + left.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) if chain.left else "0"
            assert trace["text"] == [f"{title(slug, language)} {arrow} {power}"]
            assert y < low + 0.4 * (high - low) if arrow == "↓" else y > high - 0.4 * (high - low)
        else:
            assert trace["text"] == [title(slug, language)]
            assert -0.02 * drawing.layout["xaxis"]["range"][1] <= x <= 0
            assert abs(y - end) <= 3 * LABEL * (high - low)
        heights.append(y)
        true.append(end if end is not None else (-math.inf if log10(chain.left) < low else math.inf))
        assert trace["textfont"]["color"] == figures.COLOURS[slug] == drawing.traces[slug]["line"]["color"]
    assert np.diff(sorted(heights)).min(initial=math.inf) >= 0.999 * LABEL * (high - low)
    assert low < min(heights) < max(heights) < high
    for one, other in ((a, b) for a in range(len(true)) for b in range(len(true))):
        assert true[one] <= true[other] or heights[one] > heights[other]


def test_a_name_alone_stands_at_its_line():
    drawing = drawn("as it opens", "en")
    half = LABEL / 2 * (panel(drawing)[1] - panel(drawing)[0])
    assert drawing.xy("sigmoid_end")[1][0] == pytest.approx(logs(chains("as it opens")["sigmoid"])[0], abs=half)
    assert drawing.xy("relu_end")[1][0] == 0


@over_cases
def test_formats_end_where_they_do_and_the_bound_is_a_power_of_a_quarter(name, language):
    drawing, (_, depth, w, _, _) = drawn(name, language), STATES[name]
    x, y = drawing.xy("floors")
    assert y[::3].tolist() == pytest.approx([float(-LOST[kind] * log10(2)) for kind in FORMATS])
    assert x.reshape(3, 3)[:, :2].tolist() == [[0, 50]] * 3
    words = library.labels(language)["on.format"]
    assert drawing.traces["floor_words"]["text"] == [words.replace("{format}", kind) for kind in FORMATS]
    off = (drawing.xy("floor_words")[1] - y[::3]) / (panel(drawing)[1] - panel(drawing)[0])
    assert np.sign(off).tolist() == [1, 1, -1]
    assert np.abs(off).max() < 0.02
    assert drawing.traces["floor_words"]["textposition"] == ["top right", "top right", "bottom right"]
    assert ("best" in drawing.traces) == ("sigmoid" in STATES[name][0])
    if "best" in drawing.traces and w:
        (x0, x1), (y0, y1) = drawing.xy("best")
        assert (x0, y0) == (depth, 0)
        assert y1 / (x0 - x1) == pytest.approx(float(log10(abs(mpf(w)) / 4)), rel=1e-5, abs=1e-9)
        assert x1 == 0 or not panel(drawing)[0] <= y1 <= panel(drawing)[1]


@over_cases
def test_axes_hold_the_data_and_little_else(name, language):
    page, drawing = opened(name, language), drawn(name, language)
    depth, (low, high) = STATES[name][1], panel(drawing)
    left, right = drawing.layout["xaxis"]["range"]
    assert -0.02 * max(depth, 10) <= left <= 0
    assert max(depth, 10) <= right <= max(depth, 10) * 1.03
    assert "xaxis2" not in drawing.layout
    found = [size for chain in chains(name).values() for size in logs(chain) if size > -math.inf]
    shown = [min(max(size, -60), 60) for size in found]
    assert low <= min(shown) + 1e-9
    assert max(shown) <= high
    if "best" not in drawing.traces:
        assert max(shown) - min(shown) >= 0.6 * (high - low) or high - low < 3
    powers = [text for text in drawing.layout["yaxis"]["ticktext"] if text != library.labels(language)["axis.dead"]]
    assert 2 <= len(powers) <= 8
    # What a release sends of the axes is what the chart was drawn with.
    for axis, sent in page.blob.head["layout"].items():
        assert {key: drawing.layout[axis][key] for key in sent} == sent
    for slug, sent in page.blob.head["traces"].items():
        assert sent == {"customdata": drawing.traces[slug]["customdata"]}


@over_cases
def test_lines_that_lie_on_each_other_are_told_apart(name, language):
    drawing, slugs = drawn(name, language), STATES[name][0]
    dashes = [drawing.traces[slug]["line"]["dash"] for slug in slugs]
    widths = [drawing.traces[slug]["line"]["width"] for slug in slugs]
    assert dashes[0] == "solid"
    assert len({*dashes, "2px,4px", "4px,3px"}) == len(slugs) + 2
    assert widths == sorted(widths, reverse=True)
    assert min(widths) >= 2.5
    assert [name for name in drawing.order if name in slugs] == slugs
    go.Figure(opened(name, language).spec)
