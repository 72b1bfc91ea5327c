"""What is drawn: colours everyone can see, traces the browser can move, kinks that do not lie."""

import itertools
import json
import math

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import chain, curve, fading, stack
from pages.parts import figures

# White, and the two dark backgrounds a reader may meet: Streamlit's stock one and its warm one.
BACKGROUNDS = ("#ffffff", "#0e1117", "#191815")
AXIS = figures.Decades(fading.FLOOR, fading.CEILING, fading.SHELF, chain.UNDERFLOW)
WORDS = {"back": "back", "layer": "layer", "dead": "exactly 0", "activation": "a", "best": "best"}
ACTS = [CATALOGUE[slug] for slug in ("sigmoid", "relu", "leaky_relu")]

over_catalogue = pytest.mark.parametrize("act", CATALOGUE.values(), ids=CATALOGUE)


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    shares = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def drawn(act, x0=-1.2, orders=3, **params):
    picture = curve.still(act, x0, **params)
    ranges = [curve.axis(act, order) for order in range(orders)]
    return figures.curve(picture, ranges, ["f", "f′", "f″"][:orders], "#0072B2")


def faded(at, acts=ACTS):
    lines = {act.slug: (act.name, figures.PALETTE[k]) for k, act in enumerate(acts)}
    return figures.gradients(fading.still(acts, at), lines, WORDS, AXIS, large=False)


def traces(figure):
    by_name = {trace.name: trace for trace in figure.data}
    assert len(by_name) == len(figure.data), "the browser finds a trace by its name"
    return by_name


def moving(sweeps):
    return {name.split(".")[0] for sweep in sweeps for name in sweep if not name.startswith("reading.")}


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_every_colour_stands_out_in_both_themes(background):
    weak = {colour: contrast(colour, background) for colour in (*figures.PALETTE, figures.GREY)}
    assert {colour: ratio for colour, ratio in weak.items() if ratio < 3} == {}


def test_every_function_has_a_colour_of_its_own():
    assert len(set(figures.PALETTE)) == len(figures.PALETTE) >= len(CATALOGUE)


def test_no_two_colours_of_the_palette_are_neighbours_to_the_eye():
    rgb = [np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) for colour in figures.PALETTE]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(rgb, 2)) > 30


@over_catalogue
@pytest.mark.parametrize("orders", [2, 3])
def test_everything_that_moves_on_a_curve_is_a_trace_with_that_name(act, orders):
    sweeps = [curve.along_probe(act), *(curve.along_param(act, p.name, 0.3) for p in act.params)]
    names = {name for name in moving(sweeps) if orders == 3 or "bend" not in name}
    assert names <= set(traces(drawn(act, orders=orders)))


@over_catalogue
def test_a_frame_of_a_curve_has_as_many_points_as_the_trace_it_replaces(act):
    figure = traces(drawn(act))
    for sweep in [curve.along_probe(act), *(curve.along_param(act, p.name, 0.3) for p in act.params)]:
        for name, (_, frames) in sweep.items():
            if not name.startswith("reading."):
                trace, axis = name.split(".")
                assert frames.shape[1] == len(figure[trace][axis]), name


def test_a_jump_is_a_gap_in_the_line_and_not_a_stroke():
    figure = traces(drawn(CATALOGUE["binary_step"], orders=2))
    y, x = np.array(figure["value"].y), np.array(figure["value"].x)
    assert np.flatnonzero(np.isnan(y)).tolist() == [int(np.flatnonzero(x == 0)[1])]
    assert y[x < 0].max() == 0
    assert y[x > 0].min() == 1


def test_a_bend_leaves_the_function_whole_and_breaks_its_derivative():
    figure = traces(drawn(CATALOGUE["relu"], orders=2))
    assert not np.isnan(figure["value"].y).any()
    assert np.isnan(figure["slope"].y).sum() == 1


@pytest.mark.parametrize(("alpha", "gaps"), [(1.0, 0), (0.99, 1), (0.0, 1), (3.0, 1)])
def test_elu_has_a_whole_derivative_only_at_alpha_one(alpha, gaps):
    assert np.isnan(traces(drawn(CATALOGUE["elu"], alpha=alpha))["slope"].y).sum() == gaps


@pytest.mark.parametrize(
    ("slug", "kind", "taken", "approached"),
    [("relu", "slope", [0], [1]), ("elu", "slope", [0.5], [1]), ("leaky_relu", "slope", [0.01], [1])],
)
def test_the_value_taken_is_a_full_dot_and_the_one_approached_is_open(slug, kind, taken, approached):
    params = {"alpha": 0.5} if slug == "elu" else {}
    figure = traces(drawn(CATALOGUE[slug], **params))
    closed, opened = figure[f"{kind}_closed"], figure[f"{kind}_open"]
    assert (closed.marker.symbol, opened.marker.symbol) == ("circle", "circle-open")
    assert np.array(closed.y)[~np.isnan(closed.y)] == pytest.approx(taken)
    assert np.array(opened.y)[~np.isnan(opened.y)] == pytest.approx(approached)


def test_the_step_takes_one_end_of_its_jump():
    act = CATALOGUE["binary_step"]
    figure = traces(drawn(act))
    assert np.array(figure["value_closed"].y).tolist() == [act(0.0)]
    opened = np.array(figure["value_open"].y)
    assert opened[~np.isnan(opened)].tolist() == [1 - act(0.0)]


@pytest.mark.parametrize("slug", ["elu", "gelu", None])
def test_a_finger_on_the_picture_scrolls_the_page(slug):
    figure = drawn(CATALOGUE[slug], orders=2) if slug else faded(fading.Setting())
    layout = json.loads(figure.to_json())["layout"]
    axes = [value for name, value in layout.items() if name.startswith(("xaxis", "yaxis"))]
    assert layout["dragmode"] is False
    assert len(axes) >= 4
    assert all(axis["fixedrange"] for axis in axes)


def test_everything_that_moves_on_the_gradient_chart_is_a_trace_with_that_name():
    at = fading.Setting()
    sweeps = [fading.along_depth(ACTS, at), *fading.along_others(ACTS, at).values()]
    names = set(traces(faded(at)))
    assert moving(sweeps) <= names
    assert {f"{act.slug}{part}" for act in ACTS for part in ("", "_dead", "_end", "_forward")} <= names


@pytest.mark.parametrize("depth", [1, 7, 50])
def test_no_frame_is_longer_than_the_layers_it_is_drawn_over(depth):
    # plotly.js draws only as many points as the shorter of x and y has: a deeper stack would lose its end.
    at = fading.Setting(depth=depth)
    figure = traces(faded(at))
    for sweep in (fading.along_depth(ACTS, at), *fading.along_others(ACTS, at).values()):
        for name, (_, frames) in sweep.items():
            trace, axis = name.split(".")
            if trace != "reading" and axis == "y":
                assert len(figure[trace].x) >= frames.shape[1], name


def test_gradients_are_drawn_in_decades():
    acts = [CATALOGUE["sigmoid"], CATALOGUE["identity"]]
    figure = traces(faded(fading.Setting(depth=10, input=0.0), acts))
    assert np.array(figure["identity"].y) == pytest.approx(np.zeros(11))
    first = math.log10(acts[0].slope(chain.run(acts[0], 10, 1, 0, 0).pre_activation[-1]))
    assert figure["sigmoid"].y[1] == pytest.approx(first)
    assert figure["best"].y[1] == pytest.approx(10 * math.log10(0.25))


def test_an_exact_zero_lies_on_the_shelf_with_a_cross():
    at = fading.Setting(depth=20, b=-0.2, input=2.0)
    figure = traces(faded(at, [CATALOGUE["relu"], CATALOGUE["leaky_relu"]]))
    dead, line = figure["relu_dead"], np.array(figure["relu"].y)
    assert dead.marker.symbol == "x"
    assert np.array(dead.y).tolist() == [fading.SHELF] * 2
    assert np.array(dead.x).tolist() == [int(np.isnan(line).argmax()), 20]
    assert np.isnan(figure["leaky_relu_dead"].x).all()


@pytest.mark.parametrize("depth", [1, 4, 20])
def test_everything_that_moves_on_the_home_chart_is_a_trace_with_that_name(depth):
    acts = {CATALOGUE["sigmoid"]: -4.0, CATALOGUE["relu"]: 2.0}
    lines = {act.slug: (act.name, "#0072B2", "top right") for act in acts}
    figure = traces(figures.layers(stack.still(acts, depth), lines, ("in", "out")))
    assert moving([stack.along_depth(acts)]) <= set(figure)
