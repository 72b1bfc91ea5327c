"""What is drawn during a drag is what Python would draw there: every function, every slider, every position."""

import numpy as np
import pytest
from mpmath import mpf, tanh

from activations import CATALOGUE
from pages.functions import picture
from pages.shared import curves, live
from tests.oracle.blob import Moved
from tests.oracle.printed import exactly, number

WIDE, HIGH = 600, 350  # pixels of a panel
PROBE = 0.85
SLIDERS = [
    (slug, name) for slug, activation in CATALOGUE.items() for name in ("x0", *(p.name for p in activation.params))
]
each_slider = pytest.mark.parametrize(("slug", "name"), SLIDERS)


def unpacked(packs):
    """What the browser makes of packs."""
    places, body = [], b""
    for pack in packs:
        told = {"positions": pack.positions, "tracks": pack.tracks, "texts": pack.texts}
        places.append({"start": len(body), "size": len(pack.data), **told})
        body += pack.data
    return Moved({"key": "", "low": 0, "step": 1, "value": 0, "packs": places}, body)


def dragged(slug, name, settings, orders=3):
    activation = CATALOGUE[slug]
    if name == "x0":
        return unpacked([picture.along_probe(activation, orders, **settings)])
    return unpacked(picture.along_param(activation, orders, name, PROBE, **settings))


def pixels(activation, name):
    """How many pixels a step of 1 is, along the axis of an array."""
    if name.endswith(".x"):
        low, high = activation.window
        return WIDE / (high - low)
    order = next((k for k, kind in enumerate(picture.KINDS) if kind in name), 1 if name.startswith("word") else 0)
    low, high = curves.axis(activation, order)
    return HIGH / (high - low)


def assert_same(activation, name, shown, true):
    assert shown.shape == true.shape, name
    assert np.array_equal(np.isnan(shown), np.isnan(true)), name
    off = np.nanmax(np.abs(shown - true), initial=0) * pixels(activation, name)
    assert off <= 1, f"{name} is {off:.2f} pixels off"


def positions(slug, name):
    activation = CATALOGUE[slug]
    return next(p for p in (*activation.params, curves.PROBE) if p.name == name).grid


@each_slider
def test_every_picture_of_a_drag_is_the_one_that_python_draws(slug, name):
    activation = CATALOGUE[slug]
    moved = dragged(slug, name, activation.defaults)
    base = picture.still(activation, PROBE, **activation.defaults)
    grid = positions(slug, name)
    assert moved.positions == len(grid)
    stills = [
        picture.still(activation, **{**activation.defaults, "x0": PROBE, name: value}) for value in map(float, grid)
    ]
    for part in base:
        true = np.array([still[part] for still in stills])
        # What is not sent must not move: it stays as it was drawn.
        assert_same(activation, part, moved.rows.get(part, np.broadcast_to(base[part], true.shape)), true)
    assert set(moved.rows) <= set(base)


@pytest.mark.parametrize(("slug", "name"), [s for s in SLIDERS if CATALOGUE[s[0]].params])
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_drag_starts_from_where_the_other_sliders_stand(slug, name, end):
    activation = CATALOGUE[slug]
    settings = {p.name: getattr(p, end) for p in activation.params}
    moved = dragged(slug, name, settings)
    base = picture.still(activation, PROBE, **settings)
    for k, value in [*enumerate(map(float, positions(slug, name)))][::40]:
        for part, true in picture.still(activation, **{**settings, "x0": PROBE, name: value}).items():
            assert_same(activation, part, moved.rows[part][k] if part in moved.rows else base[part], true)


@each_slider
def test_a_hidden_panel_is_not_sent(slug, name):
    two, three = (dragged(slug, name, CATALOGUE[slug].defaults, orders) for orders in (2, 3))
    assert {part for part in three.rows if "bend" not in part} == set(two.rows)
    assert set(two.texts) == set(three.texts)


def test_a_jump_that_moves_stays_a_jump():
    activation = CATALOGUE["soft_shrink"]
    rows = dragged("soft_shrink", "lam", activation.defaults).rows
    x, y = rows["slope.x"], rows["slope.y"]
    for k, lam in enumerate(positions("soft_shrink", "lam")):
        gaps = x[k][np.isnan(y[k])]
        expected = [-lam, lam] if lam else []
        assert gaps == pytest.approx(expected, abs=2e-3)


def test_every_reading_along_the_probe_is_the_functions_own():
    moved = dragged("tanh", "x0", {})
    for k, x in enumerate(positions("tanh", "x0")):
        texts = {name: texts[k] for name, texts in moved.texts.items()}
        number(texts["x0"], float(x), 2)
        exactly(texts["value"], tanh(mpf(float(x))))
        exactly(texts["slope"], 1 - tanh(mpf(float(x))) ** 2)


def test_equal_drags_are_packed_alike():
    one, two = (picture.along_param(CATALOGUE["elu"], 2, "alpha", 0.3, alpha=a) for a in (1.0, 2.0))
    assert [pack.data for pack in one] == [pack.data for pack in two]
    assert all(isinstance(pack, live.Pack) for pack in one)
