"""What is drawn: colours everyone can tell apart, figures that Plotly takes, traces that the browser can move."""

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

from activations import CATALOGUE
from pages.functions.scene import Function
from pages.shared import figures
from tests.all_cases import all_cases
from tests.oracle.drawing import Drawing

# White, and the two dark backgrounds a reader may meet: Streamlit's stock one and its warm one.
BACKGROUNDS = ("#ffffff", "#0e1117", "#191815")
OKABE_ITO = {"sigmoid": "#0072B2", "tanh": "#009E73", "relu": "#D55E00"}
# Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}
# Björn Ottosson's OKLab.
TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566]])
TO_LMS = np.vstack([TO_LMS, [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = np.array([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099]])
TO_LAB = np.vstack([TO_LAB, [0.0259040371, 0.7827717662, -0.808675766]])
APART = 0.05  # in OKLab: two lines of this difference are told apart side by side

over_catalogue = all_cases("activation", CATALOGUE.values(), ids=CATALOGUE)


def linear(colour):
    shares = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    return linear(colour) @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def seen(colour, sight):
    """A colour in OKLab, as an eye of that kind sees it."""
    light = np.clip(np.asarray(BLINDNESS[sight]) @ linear(colour), 0, 1)
    return TO_LAB @ np.cbrt(TO_LMS @ light)


@all_cases("background", BACKGROUNDS)
def test_every_colour_stands_out_in_both_themes(background):
    formulas = dict(zip("123", figures.FORMULAS, strict=True))
    used = {**figures.COLOURS, **formulas, "grey": figures.GREY, "probe": figures.PROBE}
    weak = {name: round(contrast(colour, background), 2) for name, colour in used.items()}
    assert {name: ratio for name, ratio in weak.items() if ratio < 3} == {}


@all_cases("background", BACKGROUNDS)
def test_a_name_in_the_colour_of_its_function_can_be_read_in_both_themes(background):
    sheet = (Path(__file__).parents[2] / "assets" / "inks.css").read_text(encoding="utf-8")
    rule = r'text\[style\*="rgb\((\d+), (\d+), (\d+)\)"\] { fill: light-dark\((#\w{6}), (#\w{6})\)'
    inks = {f"#{int(r):02X}{int(g):02X}{int(b):02X}": pair for r, g, b, *pair in re.findall(rule, sheet)}
    assert list(inks) == [*figures.COLOURS.values(), *figures.FORMULAS], "run make cards"
    theme = int(luminance(background) < 0.5)
    weak = {colour: pair for colour, pair in inks.items() if contrast(pair[theme], background) < 4.5}
    assert not weak


def test_every_function_has_a_colour_of_its_own():
    assert list(figures.COLOURS) == list(CATALOGUE)
    taken = {*figures.COLOURS.values(), *figures.FORMULAS, figures.GREY, figures.PROBE}
    assert len(taken) == len(CATALOGUE) + len(figures.FORMULAS) + 2
    assert {slug: figures.colour(slug) for slug in OKABE_ITO} == OKABE_ITO


@all_cases("sight", BLINDNESS)
def test_neighbours_in_the_list_are_told_apart(sight):
    near = {
        (one, other): round(float(np.linalg.norm(seen(a, sight) - seen(b, sight))), 3)
        for (one, a), (other, b) in pairwise(figures.COLOURS.items())
    }
    assert {pair: distance for pair, distance in near.items() if distance < APART} == {}


@all_cases("sight", BLINDNESS)
def test_the_probe_differs_from_every_line(sight):
    # It is also the only round dot with a hairline, so less will do.
    near = {s: float(np.linalg.norm(seen(c, sight) - seen(figures.PROBE, sight))) for s, c in figures.COLOURS.items()}
    assert {slug: distance for slug, distance in near.items() if distance < 0.03} == {}


def drawn(activation, orders=3, large=False):
    scene = Function(activation, orders)
    snapshot = scene.at({**activation.defaults, "x0": -1.2})
    return scene.figure(snapshot.arrays, snapshot.texts, large), snapshot.arrays


# Every function once, and one with jumps in both sizes with both numbers of panels.
FORMS = [(activation, 3, False) for activation in CATALOGUE.values()]
FORMS += [(CATALOGUE["elu"], orders, large) for orders in (2, 3) for large in (False, True)]


# That each array is drawn in the trace of its name, and as long when it is dragged, is held for every page in
# tests/scenes.
@all_cases(("activation", "orders", "large"), FORMS)
def test_a_finished_figure_names_only_axes_that_it_has(activation, orders, large):
    finished, _ = drawn(activation, orders, large)
    spec = finished.to_dict()
    assert isinstance(finished, go.Figure)
    for trace in spec["data"]:
        assert {axis.replace("axis", "") for axis in spec["layout"] if "axis" in axis} >= {
            trace["xaxis"],
            trace["yaxis"],
        }


@all_cases(("orders", "large"), [(2, False), (2, True), (3, True)])
def test_a_finished_figure_is_one_that_plotly_takes(orders, large):
    spec = drawn(CATALOGUE["threshold"], orders, large)[0].to_dict()
    assert len(go.Figure(spec).data) == len(spec["data"])


@over_catalogue
def test_a_finger_on_the_picture_scrolls_the_page(activation):
    layout = drawn(activation, 2)[0].to_dict()["layout"]
    axes = {name: axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))}
    assert layout["dragmode"] is False
    assert set(axes) == {"xaxis", "yaxis", "yaxis2"}
    assert all(axis["fixedrange"] for axis in axes.values())
    assert figures.CONFIG["scrollZoom"] is False


def test_a_line_is_broken_where_an_array_is_nan():
    spec = figures.line({"a.x": np.arange(3.0), "a.y": np.array([0, np.nan, 1])}, "a", "#123456", 2, hoverinfo="skip")
    drawing = Drawing({"data": [spec], "layout": {}})
    assert np.isnan(drawing.xy("a")[1]).tolist() == [False, True, False]
    assert spec["line"]["simplify"] is False
    assert spec.get("connectgaps", False) is False


def page_with(spec):
    from pages.shared import figures, live

    live.Chart("curve", {}, page="elu").draw(figures.Finished(spec), "described", figures.CONFIG)


def test_a_finished_figure_is_handed_over_as_it_is():
    spec = drawn(CATALOGUE["elu"])[0].to_dict()
    at = AppTest.from_function(page_with, args=(spec,)).run()
    (chart,) = at.get("plotly_chart")
    assert json.loads(chart.proto.spec)["data"] == spec["data"]
