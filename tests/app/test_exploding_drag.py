"""While a slider of the exploding gradients is held, the browser draws and says what Python would there."""

import numpy as np
import pytest

from tests.oracle.drawing import Drawing
from tests.oracle.explosion import CASES, POWERS, cell, crosshair_texts, opened, spelt, stored_map

SPAN, OUT = 16, 18
PIXEL = 2 * SPAN / 500  # decades a pixel of the cut on a large screen
over_cases = pytest.mark.parametrize("case", CASES, ids=str)


def truth(slug, clip, power, depth):
    """Every array and label that moves."""
    cut = np.clip(stored_map(slug)[np.argmin(np.abs(POWERS - power))], -OUT, OUT)
    theory = np.clip(stored_map(slug, "theory")[np.argmin(np.abs(POWERS - power))], -OUT, OUT)
    shown = np.minimum(cut, 0) if clip == "on" else cut
    decades = cell(slug, power, depth)
    decades = min(decades, 0) if clip == "on" else decades
    dot = float(np.clip(decades, -SPAN, SPAN))
    weights = np.clip(stored_map(slug, "weights")[np.argmin(np.abs(POWERS - power))], -OUT, OUT)
    rows = {
        "weights.x": weights,
        "cut.x": shown,
        "dot.x": [dot],
        "dot.y": [depth],
        "spot.x": [power],
        "spot.y": [depth],
    }
    rows |= {"raw.x": cut, "output.x": np.minimum(-cut, 0)} if clip == "on" else {"theory.x": theory}
    for edge in ("", "_edge"):
        rows |= {f"down{edge}.x": [power, power], f"down{edge}.y": [0.5, 50.5]}
        rows |= {f"across{edge}.x": [-2, 4], f"across{edge}.y": [depth, depth]}
    rows |= {"level.x": [-SPAN, SPAN], "level.y": [depth, depth]}
    rows |= {"right.x": [dot + 1.2], "left.x": [dot - 1.2], "right.y": [depth], "left.y": [depth]}
    number = spelt(decades)
    return rows, {"right.text": number if decades <= 0 else "\u00a0", "left.text": "\u00a0" if decades <= 0 else number}


def at_rest(page, names):
    """The rows with these names in the chart, which stay as they are while a slider moves that sweeps others."""
    drawing = Drawing(page.spec)
    return {name: drawing.xy(name.split(".")[0])["xy".index(name[-1])] for name in names}


def assert_rows(held, expected, at):
    for name, row in expected.items():
        pixel = (
            PIXEL
            if name.split(".")[0] in ("cut", "raw", "output", "theory", "weights", "dot", "right", "left")
            else 0.02
        )
        np.testing.assert_allclose(held[name], row, rtol=0, atol=pixel, err_msg=f"{name} at {at}")


@over_cases
def test_every_position_of_every_slider_is_what_was_measured_there(case):
    slug, clip, power, depth, language = case
    page = opened(*case)
    assert list(page.blob.sliders) == ["gain", "depth"]
    rows, labels = truth(slug, clip, power, depth)
    still, printed = at_rest(page, rows), {**page.blob.now, **labels}
    for key, places in (("gain", POWERS.tolist()), ("depth", range(1, 51))):
        moved = page.blob.sliders[key]
        assert set(moved.rows) <= set(rows)
        assert moved.positions == len(places)
        assert moved.low + round((moved.value - moved.low) / moved.step) * moved.step == pytest.approx(moved.value)
        for k, place in enumerate(places):
            at = {"power": power, "depth": depth, {"gain": "power"}.get(key, key): place}
            rows, labels = truth(slug, clip, **at)
            assert_rows({**still, **{name: array[k] for name, array in moved.rows.items()}}, rows, at)
            texts = {**printed, **{name: lines[k] for name, lines in moved.texts.items()}}
            assert texts == {**crosshair_texts(slug, clip, at["power"], at["depth"], language), **labels}, at


@over_cases
@pytest.mark.parametrize("moved", [("gain", -2.0), ("gain", 1.3), ("depth", 17)])
def test_at_rest_the_page_draws_what_was_measured(case, moved):
    slug, clip, power, depth, language = case
    page = opened(*case)
    page.set(*moved)
    at = {"power": power, "depth": depth, {"gain": "power"}.get(moved[0], moved[0]): moved[1]}
    # A release of a slider whose browser has not drawn yet runs the whole page.
    drawing, (rows, labels) = Drawing(page.spec), truth(slug, clip, **at)
    for name, row in rows.items():
        trace, axis = name.split(".")
        np.testing.assert_allclose(drawing.xy(trace)["xy".index(axis)], row, atol=1e-4, err_msg=name)
    for name, text in labels.items():
        assert drawing.traces[name.split(".")[0]]["text"] == [text]
    assert page.blob.now == crosshair_texts(slug, clip, at["power"], at["depth"], language)
    assert drawing.xy("cut")[1].tolist() == drawing.xy("weights")[1].tolist() == list(range(1, 51))


def test_what_float32_cannot_hold_is_drawn_as_lost():
    drawing = Drawing(opened("relu").spec)
    x, y = drawing.xy("infinite")
    assert (x.max(), y.max()) == (4, 50.5)
    top = y[: len(y) // 2]
    for power, depth in zip(x[: len(top)], top, strict=True):
        row = stored_map("relu")[np.argmin(np.abs(POWERS - power))]
        assert np.interp(depth, np.arange(1, 51), row) == pytest.approx(38.53, abs=0.35) or depth == 50.5
    assert "zero" not in drawing.traces, "the smallest number of ReLU's map is 10⁻³⁸"
    assert {"zero"} <= set(Drawing(opened("sigmoid").spec).traces)
    assert "infinite" not in Drawing(opened("sigmoid").spec).traces
