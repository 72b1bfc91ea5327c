"""The planes, curves and losses of the neuron, dragged to or opened: each is what a neuron with these weights does."""

import neuron
import numpy as np
import plotly.graph_objects as go
import pytest
from neuron import CORNERS, FUNCTIONS, STARTS, TRUTH

from tests.oracle.drawing import shown

SHADES = (0.1, 0.25, 0.5, 0.75, 0.9)
TINTS = {"binary_step": (1.0,), "sigmoid": SHADES, "relu": (*SHADES, 1.5, 2.5, 4.0)}
PIXEL = 1.8 / 320  # of a plane on the largest screen
STANDS = [(0.7, -0.4, 0.3), (1.5, 2.0, -2.5), (-3.0, 3.0, 0.0), (0.0, 0.0, 0.0), (0.0, -2.0, 3.0), (3.0, 3.0, 3.0)]
RANDOM = np.random.default_rng(3).uniform(-0.38, 1.38, (12, 2)).tolist()
PLACES = {"w1": 0, "w2": 1, "b": 2}
each_run = pytest.mark.parametrize(("task", "start"), [(task, start) for task in TRUTH for start in STARTS])


def check_plane(rows, slug, weights):
    """The tints are as deep as the output is high, and the line is where z is 0."""
    w1, w2, b = weights
    for x1, x2 in [*RANDOM, *CORNERS]:
        output = FUNCTIONS[slug](w1 * x1 + w2 * x2 + b)
        shapes = [(rows[f"tint_{slug}_{k}.x"], rows[f"tint_{slug}_{k}.y"]) for k in range(len(TINTS[slug]))]
        under = [neuron.inside(*shape, (x1, x2)) for shape in shapes]
        for covered, level in zip(under, TINTS[slug], strict=True):
            assert covered is None or covered == (output >= level), (slug, weights, x1, x2, level)
    check_line(rows, f"line_{slug}", weights, 0.0)
    if slug == "relu":
        check_line(rows, "half_relu", weights, 0.5)


def check_line(rows, name, weights, level):
    """From edge to edge where the level is, or wholly outside the picture if it is nowhere in it."""
    ends = np.stack([rows[f"{name}.x"], rows[f"{name}.y"]], axis=1)
    w, size = np.array(weights[:2]), np.hypot(*weights[:2])
    if size and abs(w.sum() / 2 + weights[2] - level) / size < 2.9:
        assert np.abs(ends @ w + weights[2] - level).max() / size <= PIXEL, (name, weights)
        assert np.hypot(*(ends[1] - ends[0])) == pytest.approx(6, abs=2 * PIXEL)
        assert abs((ends.mean(axis=0) - 0.5) @ (ends[1] - ends[0])) / 6 <= PIXEL
    else:
        along = [ends[0] + share * (ends[1] - ends[0]) for share in np.linspace(0, 1, 61)]
        assert min(np.hypot(*(point - 0.5)) for point in along) > 2


def check_hand(rows, weights):
    for slug, f in FUNCTIONS.items():
        check_plane(rows, slug, weights)
        z = np.clip(neuron.sums(weights), -4, 4)
        np.testing.assert_allclose(rows[f"dots_{slug}.x"], z, atol=8 / 800 + 1e-6)
        np.testing.assert_allclose(rows[f"dots_{slug}.y"], [f(each) for each in z], atol=4.8 / 800 + 1e-6)


def check_labels(texts, task, of):
    for slug in FUNCTIONS:
        expected, _ = neuron.answers(slug, task, of[slug])
        assert [texts[f"out_{slug}_{k}.text"] for k in range(4)] == expected


@pytest.mark.parametrize("weights", STANDS, ids=str)
@pytest.mark.parametrize("task", TRUTH)
def test_opened_by_hand_the_picture_is_true(weights, task):
    page = neuron.at_hand(*weights, task=task)
    rows, texts = shown(page)
    check_hand(rows, weights)
    check_labels(texts, task, dict.fromkeys(FUNCTIONS, weights))
    for key, value in zip(PLACES, weights, strict=True):
        slider = page.blob.sliders[key]
        assert slider.value == value
        held_rows, held_texts = neuron.held(page, key, round((value - slider.low) / slider.step))
        assert held_texts == texts
        for name, row in held_rows.items():
            np.testing.assert_allclose(row, rows[name], atol=0.0125, err_msg=name)


@pytest.mark.parametrize("key", PLACES)
def test_while_a_weight_is_dragged_the_picture_and_its_numbers_are_those_of_the_neuron_there(key):
    weights = [1.5, -2.0, 0.5]
    page = neuron.at_hand(*weights, task="or")
    assert page.blob.sliders[key].positions == 61
    for position in range(0, 61, 3):
        there = [*weights]
        there[PLACES[key]] = round(-3 + position / 10, 1)
        rows, texts = neuron.held(page, key, position)
        check_hand(rows, there)
        check_labels(texts, "or", dict.fromkeys(FUNCTIONS, there))
        assert [texts[f"z_{k}"] for k in range(4)] == [neuron.spelled(z, 1) for z in neuron.sums(there)]
        for slug in FUNCTIONS:
            expected, right = neuron.answers(slug, "or", there)
            assert ([texts[f"{slug}_{k}"] for k in range(4)], texts[f"{slug}_right"]) == (expected, right)
    assert set(page.blob.now) == {name for name in texts if "." not in name}


@each_run
def test_at_every_moment_of_training_picture_and_numbers_are_those_of_the_weights_then(task, start):
    page = neuron.learning(task, start)
    assert page.blob.sliders["t"].positions == 41
    assert page.blob.head["plays"]["key"] == "t"
    for moment in (0, 1, 2, 3, 5, 8, 13, 21, 30, 40):
        rows, texts = neuron.held(page, "t", moment)
        assert texts["steps"] == str(moment**2)
        weights = {slug: neuron.trained(slug, task, start, moment) for slug in FUNCTIONS}
        for slug, at in weights.items():
            check_plane(rows, slug, at)
            expected, right = neuron.answers(slug, task, tuple(round(w, 12) for w in at))
            assert ([texts[f"{slug}_{k}"] for k in range(4)], texts[f"{slug}_right"]) == (expected, right)
            assert [texts[f"{slug}_{w}"] for w in PLACES] == [neuron.spelled(w, 2) for w in at]
            assert texts[f"{slug}_loss"] == neuron.spelled(neuron.loss(slug, task, at), 3)
        check_losses(rows, task, start, moment)
    assert set(page.blob.now) == {name for name in texts if "." not in name}


def check_losses(rows, task, start, moment):
    for slug in FUNCTIONS:
        true = [neuron.loss(slug, task, neuron.trained(slug, task, start, k)) for k in range(moment + 1)]
        line = rows[f"loss_{slug}.y"]
        np.testing.assert_allclose(line[: moment + 1], true, atol=1e-3)
        assert np.isnan(line[moment + 1 :]).all(), "the future is not drawn yet"
        assert (rows[f"now_{slug}.x"][0], rows[f"now_{slug}.y"][0]) == pytest.approx((moment, true[-1]), abs=1e-2)


@each_run
def test_a_link_to_a_moment_opens_on_the_picture_that_was_dragged_to(task, start):
    dragged = neuron.learning(task, start)
    for moment in (0, 17, 40):
        rows, texts = shown(neuron.learning(task, start, moment))
        held_rows, held_texts = neuron.held(dragged, "t", moment)
        for name, row in held_rows.items():
            np.testing.assert_allclose(row, rows[name], atol=0.0125, err_msg=f"{name} at {moment}")
        check_labels(texts, task, {slug: neuron.trained(slug, task, start, moment) for slug in FUNCTIONS})
        assert {name: text for name, text in held_texts.items() if "." in name}.items() <= texts.items()
        assert neuron.learning(task, start, moment).blob.now == {n: t for n, t in held_texts.items() if "." not in n}


@pytest.mark.parametrize("present", ["0", "1"])
def test_plotly_itself_accepts_the_figures(present):
    for query in ({"act": "hand"}, {"act": "learn", "t": "9"}):
        page = neuron.opened(lang="en", predict="0", present=present, **query)
        assert go.Figure(page.spec).layout.meta == "neuron"


@pytest.mark.parametrize("task", TRUTH)
def test_discs_tell_what_should_be_answered_and_opacities_add_up_to_the_output(task):
    drawing = neuron.drawing(neuron.at_hand(0.7, -0.4, 0.3, task=task))
    for slug in FUNCTIONS:
        for kind in ("inputs", "dots"):
            fills = drawing.traces[f"{kind}_{slug}"]["marker"]["color"]
            dark = fills[CORNERS.index((1, 1))]
            assert [fill == dark for fill in fills] == [bool(TRUTH[task](*corner)) for corner in CORNERS]
        x, y = drawing.xy(f"inputs_{slug}")
        assert list(zip(x, y, strict=True)) == CORNERS
        through, depths = 1.0, []
        for k in range(len(TINTS[slug])):
            through *= 1 - float(drawing.traces[f"tint_{slug}_{k}"]["fillcolor"].rstrip(")").split(",")[3])
            depths.append(1 - through)
        below = [depth / level for depth, level in zip(depths, TINTS[slug], strict=True) if level <= 1]
        assert below == pytest.approx([0.55] * len(below), abs=0.01)
        assert depths == sorted(depths)
        assert depths[-1] < 0.8, "a number could not be read on it"


def test_the_curves_are_those_of_the_functions_and_the_step_is_torn_where_it_jumps():
    drawing = neuron.drawing(neuron.at_hand(0.7, -0.4, 0.3))
    for slug, f in FUNCTIONS.items():
        z, y = drawing.xy(f"curve_{slug}")
        there = ~np.isnan(z)
        # At its jump the step has both ends; single precision does not tell them apart.
        inner = there & (np.abs(z) > 1e-6)
        np.testing.assert_allclose(y[inner], [f(at) for at in z[inner]], atol=1e-6)
        assert (z[there].min(), z[there].max()) == (-4, 4)
    z, y = drawing.xy("curve_binary_step")
    (gap,) = np.flatnonzero(np.isnan(z))
    assert (y[gap - 1], y[gap + 1]) == (0, 1)
    assert abs(z[gap - 1]) < 1e-6
    assert z[gap + 1] == 0
