"""How a function's page sets out its chart: which line is which, the panels, their axes; and its place on the map."""

import itertools
import re
from html import unescape

import numpy as np
import pytest

from activations import CATALOGUE
from pages.shared import figures
from tests.all_cases import all_cases
from tests.oracle import exact, library
from tests.oracle.drawing import KINDS, Drawing
from tests.oracle.function_page import seen, settings

TALLEST = 25  # what rises further leaves its panel
each_function = all_cases("slug", CATALOGUE)
each_language = all_cases("language", ["en", "zh"])


@each_function
@all_cases("panels", [2, 3])
def test_f_is_drawn_above_its_derivatives_each_solid_in_its_own_panel(slug, panels):
    drawing = Drawing(seen(slug, "en", second="true").spec if panels == 3 else seen(slug, "en").spec)
    assert drawing.kinds == list(KINDS[:panels])
    assert not any("dash" in drawing.traces[kind]["line"] for kind in drawing.kinds)
    domains = [drawing.axis(kind)["domain"] for kind in drawing.kinds]
    assert all(upper[0] > lower[1] for upper, lower in itertools.pairwise(domains))
    assert (domains[0][1], domains[-1][0]) == (1, 0)


@each_function
def test_lines_and_dots_are_of_one_colour_and_the_probe_of_another(slug):
    drawing = Drawing(seen(slug, "en", second="true").spec)
    colours = {drawing.traces[kind]["line"]["color"] for kind in KINDS}
    assert colours == {figures.COLOURS[slug]}
    for name in drawing.traces:
        if name.endswith(("_closed", "_open")):
            assert drawing.traces[name]["marker"]["color"] == figures.COLOURS[slug]
    probed = ("probe_value", "probe_slope", "tangent", "run", "rise", "stem", "hair_value")
    style = [drawing.traces[name].get("marker") or drawing.traces[name]["line"] for name in probed]
    assert {each["color"] for each in style} == {figures.PROBE}


@each_language
@each_function
def test_each_panel_bears_the_name_of_its_line(slug, language):
    drawing = Drawing(seen(slug, language).spec)
    for kind, note in zip(("value", "slope"), drawing.layout["annotations"], strict=True):
        assert note["text"] == f"<b>{library.labels(language)[f'panel.{kind}']}</b>"
        assert note["yref"] == f"{drawing.traces[kind]['yaxis']} domain"
        assert note["y"] == 1


@each_function
def test_each_part_stands_in_the_panel_of_its_kind(slug):
    drawing = Drawing(seen(slug, "en", second="true").spec)
    for name, trace in drawing.traces.items():
        kind = next((kind for kind in KINDS if kind in name), "slope" if name.startswith("stem") else "value")
        assert trace["yaxis"] == drawing.traces[kind]["yaxis"], name
        assert trace["xaxis"] == "x"


@each_function
def test_the_axes_hold_the_data_and_little_else(slug):
    activation = CATALOGUE[slug]
    drawing = Drawing(seen(slug, "en", second="true").spec)
    lows, highs = {}, {}
    bottom, top = drawing.axis("value")["range"]
    least = {"value": 1, "slope": min(1, (top - bottom) / 2), "bend": 0}
    for at, _ in settings(activation):
        true = exact.of(slug, **at)
        jets = [true.jet(x) for x in [*np.linspace(-6, 6, 97), *true.breaks]]
        jets += [side for x in true.breaks for side in true.sides(x)]
        for order, kind in enumerate(KINDS):
            lows[kind] = min(lows.get(kind, 0), *(float(jet[order]) for jet in jets))
            highs[kind] = max(highs.get(kind, least[kind]), *(float(jet[order]) for jet in jets))
    for kind in KINDS:
        low, high = drawing.axis(kind)["range"]
        highs[kind] = min(highs[kind], TALLEST)
        assert low < lows[kind] <= highs[kind] < high, kind
        assert high - low <= 1.25 * max(highs[kind] - lows[kind], 0.8), kind


@each_function
def test_the_axes_stay_where_they_are(slug):
    activation = CATALOGUE[slug]
    layouts = [Drawing(seen(slug, "en", tuple(at.items()), 0.35).spec).layout for at, _ in settings(activation)[-3:]]
    for name in ("xaxis", "yaxis", "yaxis2"):
        assert all(layout[name]["range"] == layouts[0][name]["range"] for layout in layouts)


@each_function
def test_previous_and_next_follow_the_teaching_order(slug):
    html, order = unescape(seen(slug, "zh").html), list(CATALOGUE)
    place = order.index(slug)
    expected = {"previous": order[place - 1 : place] if place else [], "next": order[place + 1 : place + 2]}
    for kind, slugs in expected.items():
        found = re.findall(rf"<a class='{kind}' href='(\w+)\?[^']*'>(.*?)</a>", html)
        titles = [library.parts("zh", f"functions/{slug}")["title"] for slug in slugs]
        assert [(path, name.strip("‹› ")) for path, name in found] == list(zip(slugs, titles, strict=True))


@each_function
def test_a_projectors_type_is_larger_and_its_lines_are_heavier(slug):
    plain, shown = Drawing(seen(slug, "en").spec), Drawing(seen(slug, "en", present="1").spec)
    assert shown.traces["value"]["line"]["width"] > plain.traces["value"]["line"]["width"]
    assert shown.layout["xaxis"]["tickfont"]["size"] > plain.layout["xaxis"]["tickfont"]["size"]
    assert shown.xy("value")[1] == pytest.approx(plain.xy("value")[1], nan_ok=True)
