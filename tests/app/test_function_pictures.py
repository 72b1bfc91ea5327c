"""The chart of a function's page, read back and held against the function: nothing is drawn there unchecked."""

import numpy as np
import pytest

from activations import CATALOGUE
from pages.shared import figures
from tests.all_cases import all_cases
from tests.oracle import exact, library
from tests.oracle.drawing import KINDS, TEXTS, Drawing, near, shaded
from tests.oracle.function_page import CASES, NAMES, seen
from tests.oracle.printed import Truth

PROBED = {"tangent", "one", "run", "rise", "stem", *(f"{part}_{kind}" for part in ("probe", "hair") for kind in KINDS)}
ENDS = {f"{kind}_{end}" for kind in KINDS for end in ("closed", "open")}
SHADES = {f"{kind}_{side}" for kind in KINDS[:2] for side in ("left", "right")}
each_case = all_cases(("slug", "language", "at", "x0"), CASES, ids=NAMES)
each_function = all_cases("slug", CATALOGUE)


def drawn(slug, language, at, x0):
    return Drawing(seen(slug, language, at, x0).spec), exact.of(slug, **dict(at))


def whole(slug):
    """All three panels of a function as it first stands."""
    return Drawing(seen(slug, "en", second="true").spec)


def assert_line(drawing, true, kind, order):
    """The line runs through the function, broken exactly where it jumps, both limits beside the gap."""
    x, y = drawing.xy(kind)
    gaps = np.flatnonzero(np.isnan(y))
    assert not np.isnan(x).any()
    jumps = [k for k in true.jumps(order) if drawing.window[0] < k < drawing.window[1]]
    assert [float(k) for k in jumps] == pytest.approx(x[gaps], abs=1e-6)
    for gap, jump in zip(gaps, jumps, strict=True):
        for point, side in zip((gap - 1, gap + 1), true.sides(jump), strict=True):
            assert (x[point], y[point]) == pytest.approx((float(jump), float(side[order])), abs=1e-5)
    for px, py in zip(x[::9], y[::9], strict=True):
        # At a kink a sample may belong to either side; elsewhere both are the same.
        beside = [float(true.jet(px + e)[order]) for e in (-1e-7, 1e-7)]
        assert np.isnan(py) or any(abs(py - v) < 2e-6 * (1 + abs(v)) for v in beside), (kind, px, py, beside)


@each_case
def test_the_lines_are_the_function_and_its_derivative(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    assert drawing.kinds == ["value", "slope"]
    for order, kind in enumerate(drawing.kinds):
        assert_line(drawing, true, kind, order)
        x, _ = drawing.xy(kind)
        assert (x[0], x[-1]) == tuple(drawing.window)
        assert (np.diff(x) >= 0).all()
        assert np.diff(x).max() < 0.07
    assert drawing.window[0] <= -6
    assert drawing.window[1] >= 6


@each_function
def test_the_second_derivative_is_drawn_where_it_is_asked_for(slug):
    drawing, true = whole(slug), exact.of(slug, **CATALOGUE[slug].defaults)
    assert drawing.kinds == ["value", "slope", "bend"]
    assert_line(drawing, true, "bend", 2)
    assert_ends(drawing, true, "bend", 2)
    assert drawing.xy("probe_bend")[1] == pytest.approx([float(true.jet(-1.2)[2])], abs=1e-6)


def assert_ends(drawing, true, kind, order):
    """A full dot at the value taken where the line breaks, an empty one at each limit that is not taken."""
    taken, missed = set(), set()
    for k in true.jumps(order):
        here = true.jet(k)[order]
        taken.add((float(k), float(here)))
        missed |= {(float(k), float(side[order])) for side in true.sides(k) if abs(side[order] - here) > 1e-12}
    for end, symbol, expected in (("closed", "circle", taken), ("open", "circle-open", missed)):
        name = f"{kind}_{end}"
        dots = np.array(drawing.xy(name)).T if name in drawing.traces else np.empty((0, 2))
        shown = sorted(map(tuple, dots[~np.isnan(dots[:, 1])]))
        assert np.array(shown).ravel() == pytest.approx(np.array(sorted(expected)).ravel(), abs=1e-5)
        assert name not in drawing.traces or drawing.traces[name]["marker"]["symbol"] == symbol


@each_case
def test_dots_say_which_value_is_taken_at_a_kink(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    for order, kind in enumerate(drawing.kinds):
        # f'' is what the convention of its left side says and has no one value to be held against.
        assert_ends(drawing, true, kind, order)


@each_case
def test_what_stands_at_the_probe_touches_the_function(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    f, slope, _ = map(float, true.jet(x0))
    for kind, y in (("value", f), ("slope", slope)):
        dot = np.ravel(drawing.xy(f"probe_{kind}"))
        above = y > drawing.axis(kind)["range"][1]
        assert dot == pytest.approx([x0, np.nan if above else y], rel=1e-6, abs=1e-6, nan_ok=True)
        hair_x, hair_y = drawing.xy(f"hair_{kind}")
        assert hair_x == pytest.approx([x0, x0], abs=1e-6)
        assert hair_y == pytest.approx(drawing.axis(kind)["range"], abs=1e-5)
    for name, steepness in (("tangent", slope), ("one", 1)):
        (x1, x2), (y1, y2) = drawing.xy(name)
        assert (x1 + x2, y1 + y2) == pytest.approx((2 * x0, 2 * f), rel=1e-6, abs=1e-5)
        assert y2 - y1 == pytest.approx(steepness * (x2 - x1), rel=1e-6, abs=1e-5 + 1e-6 * abs(f))
        assert np.hypot(x2 - x1, y2 - y1) == pytest.approx(3, abs=1e-5 + 1e-6 * abs(f))


@each_case
def test_the_triangle_rises_by_the_slope_over_a_step_of_one(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    f, slope, _ = map(float, true.jet(x0))
    (x, corner), run = drawing.xy("run")
    step = corner - x
    assert (x, abs(step)) == pytest.approx((x0, 1), abs=1e-6)
    assert run == pytest.approx([f, f], rel=1e-6, abs=1e-5)
    assert drawing.window[0] <= corner <= drawing.window[1]
    rise_x, rise = drawing.xy("rise")
    assert rise_x == pytest.approx([corner, corner], abs=1e-6)
    assert rise == pytest.approx([f, f + step * slope], rel=1e-6, abs=1e-5)
    (text,) = drawing.traces["rise_label"]["text"]
    Truth(slug, dict(at), x0, language).check({"rise_label.text": text})


@each_case
def test_the_stem_is_as_high_as_the_slope_and_bears_its_number(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    slope, highest = float(true.jet(x0)[1]), drawing.axis("slope")["range"][1]
    x, y = drawing.xy("stem")
    assert x == pytest.approx([x0, x0], abs=1e-6)
    assert y == pytest.approx([0, min(slope, highest)], rel=1e-6, abs=1e-6)
    (text,) = drawing.traces["stem_label"]["text"]
    Truth(slug, dict(at), x0, language).check({"stem_label.text": text})
    (start,), (height,) = drawing.xy("stem_label")
    span = highest - drawing.axis("slope")["range"][0]
    assert np.isnan(height) == (slope > highest)
    assert (
        np.isnan(height)
        or abs(height - slope) / span == pytest.approx(0.1, abs=1e-4)
        or (abs(height - slope) / span == pytest.approx(0.2, abs=1e-4))
    )
    assert np.isnan(start) or min(abs(start - x0 - 0.2), abs(start + 1.25 - x0 + 0.2)) < 1e-5


# Those that would otherwise leave a panel too low are not.
TO_SCALE = {"sparse_sigmoid", "relu_squared", "elu", "exponential", "hard_swish"}
TO_SCALE |= {"binary_step", "sigmoid", "hard_sigmoid", "tanh", "lecun_tanh", "hard_tanh", "softsign", "arctan", "erf"}


@each_function
@all_cases("panels", [2, 3])
def test_the_rise_and_the_stem_are_equally_long_where_both_panels_have_room(slug, panels):
    drawing = whole(slug) if panels == 3 else Drawing(seen(slug, "en").spec)
    scales = []
    for kind in KINDS[:2]:
        (low, high), (bottom, top) = drawing.axis(kind)["range"], drawing.axis(kind)["domain"]
        scales.append((top - bottom) / (high - low))
    assert (scales[0] == pytest.approx(scales[1], rel=2e-3)) == (slug in TO_SCALE)
    assert drawing.traces["rise"]["line"]["width"] == drawing.traces["stem"]["line"]["width"] > 3


@each_case
def test_the_line_of_slope_1_says_so_at_one_of_its_ends(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    (start,), (y,) = drawing.xy("one_label")
    f, (low, high) = float(true.jet(x0)[0]), drawing.axis("value")["range"]
    if np.isnan(y):
        return
    assert low < y < high
    assert drawing.traces["one_label"]["text"] == [library.labels(language)["on.one"]]
    # Beside the line: at the height of its end, or a little off.
    aside = [y - f + off * (high - low) for off in (0, 0.09, -0.09)]
    starts = [x0 + step + left for step in aside for left in (0.15, -0.15 - 1.8)]
    assert min(abs(start - place) for place in starts) < 1e-4
    assert abs(y - f) <= 1.5 / np.sqrt(2) + 0.09 * (high - low) + 1e-5


@each_function
def test_nothing_crosses_the_label_of_slope_1_while_the_probe_is_dragged(slug):
    page = seen(slug, "en")
    drawing, rows = Drawing(page.spec), page.blob.sliders["x0"].rows
    named = zip(*(rows[f"{name}.{axis}"] for name in ("one_label", "tangent") for axis in "xy"), strict=True)
    shown = [(x[0], y[0], tangent) for x, y, *tangent in named if not np.isnan(y[0])]
    crossed = [free(drawing, x, y, tangent, 1.8) < 0.04 for x, y, tangent in shown]
    assert len(shown) > 0.5 * len(rows["one_label.y"])
    assert sum(crossed) <= (0.3 * len(shown) if slug == "sine" else 0)


LONG = 2.7  # a label on a phone, in units of x


def free(drawing, start, y, tangent, long=LONG):
    """How far the curve and the tangent stay from a label, as a share of the panel; -1 where the panel ends."""
    low, high = drawing.axis("value")["range"]
    if not (low < y < high and drawing.window[0] <= start and start + long <= drawing.window[1] + 1e-5):
        return -1
    across = np.linspace(start, start + long, 200)
    lines = [np.interp(across, *drawing.xy("value")), np.interp(across, *tangent, left=np.nan, right=np.nan)]
    return max(np.nanmin(lines) - y, y - np.nanmax(lines)) / (high - low)


@each_case
def test_the_label_of_the_triangle_stands_in_the_first_place_that_is_free(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    f, slope, _ = map(float, true.jet(x0))
    corner, (low, high) = drawing.xy("run")[0][1], drawing.axis("value")["range"]
    # Outside the right angle, inside it, both twice as far; then the same on the other side of the probe.
    right = corner > x0
    away = (-0.06 if (slope >= 0) == right else 0.06) * (high - low)
    starts = (corner, x0 - LONG - 0.2) if right else (corner - LONG, x0 + 0.2)
    places = [(start, f + far * away) for start in starts for far in (1, -1, 2, -2)]
    (found,) = zip(*drawing.xy("rise_label"), strict=True)
    pages = [free(drawing, *place, drawing.xy("tangent")) for place in places]
    if np.isnan(found).any():
        assert max(pages) == -1, "there is a place inside the panel"
        return
    (chosen,) = [k for k, place in enumerate(places) if found == pytest.approx(place, rel=1e-5, abs=1e-5)]
    assert max([-1, *pages[:chosen]]) < 0.065, "an earlier place is free"
    assert pages[chosen] > 0.045 or pages[chosen] > max(pages) - 0.02


@each_function
def test_nothing_crosses_the_label_of_the_triangle_while_the_probe_is_dragged(slug):
    page = seen(slug, "en")
    drawing, rows = Drawing(page.spec), page.blob.sliders["x0"].rows
    low, high = drawing.axis("value")["range"]
    at = [k for k in range(0, len(rows["run.y"]), 4) if low < rows["run.y"][k][0] < high]
    named = zip(*(rows[f"{name}.{axis}"][at] for name in ("rise_label", "tangent") for axis in "xy"), strict=True)
    crossed = [free(drawing, x[0], y[0], tangent) < 0.04 for x, y, *tangent in named]
    assert sum(crossed) <= (0.3 * len(at) if slug == "sine" else 0)  # between its waves there is little room


@each_case
def test_shades_reach_to_where_the_slope_is_a_twentieth_of_its_maximum(slug, language, at, x0):
    drawing, true = drawn(slug, language, at, x0)
    left, right = shaded(true, drawing.window)
    for name in SHADES:
        x, y = drawing.xy(name)
        start, end = (drawing.window[0], left) if name.endswith("left") else (drawing.window[1], right)
        low, high = drawing.axis(name)["range"]
        tall = high - low
        if name.startswith("slope"):
            # Beyond the panel, where its edges are not seen; a tail of no width has no edge at all.
            ends, corners = (low - 0.02 * tall, high + 0.02 * tall), [start, end, end, start]
            expected = corners if start != end else [np.nan] * 4
        else:
            ends, expected = (low, low + 0.025 * tall), [start, end, end, start]
        assert x == pytest.approx(expected, abs=0.004, nan_ok=True)
        assert y == pytest.approx([ends[0], ends[0], ends[1], ends[1]], abs=1e-5)
        assert drawing.traces[name]["fill"] == "toself"
    for side, edge in (("left", left), ("right", right)):
        for kind in KINDS[:2]:
            x, y = drawing.xy(f"word_{kind}_{side}")
            start, (low, high) = drawing.window[0 if side == "left" else 1], drawing.axis(kind)["range"]
            assert np.isnan(x[0]) == (abs(edge - start) < 1.6 or side not in true.saturates)
            assert np.isnan(x[0]) or min(start, edge) < x[0] < max(start, edge)
            assert np.isnan(x[0]) or low < y[0] < high
            level = drawing.xy("value")[1][0 if side == "left" else -1]
            assert np.isnan(x[0]) or kind == "slope" or abs(y[0] - level) > 0.09 * (high - low)


@all_cases("beta", CATALOGUE["swish"].params[0].grid[1:40:3].tolist())
def test_a_tail_too_narrow_for_a_word_bears_none(beta):
    drawing, true = drawn("swish", "en", (("beta", beta),), -1.2)
    width = shaded(true, drawing.window)[0] - drawing.window[0]
    assert np.isnan(drawing.xy("word_slope_left")[0][0]) == (width < 1.6)


@each_function
def test_nothing_else_is_drawn(slug):
    drawing = whole(slug)
    assert set(drawing.traces) <= {*KINDS, *PROBED, *ENDS, *SHADES, *TEXTS}
    assert {name for name, trace in drawing.traces.items() if "text" in trace} == TEXTS
    assert set(drawing.layout) <= {
        *("template", "meta", "showlegend", "dragmode", "hovermode", "hoversubplots", "margin", "annotations"),
        *("xaxis", "yaxis", "yaxis2", "yaxis3"),
    }
    assert drawing.layout["meta"] == slug
    # Hovering tells of all panels at once.
    assert (drawing.layout["hovermode"], drawing.layout["hoversubplots"]) == ("x unified", "axis")
    assert near(drawing.window[0], drawing.xy("value")[0][0])
    assert drawing.traces["one"]["line"]["color"] == figures.GREY
