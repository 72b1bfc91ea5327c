"""While a slider of a page with views is held, the browser is sent what the page draws and says at rest there."""

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.oracle import gated, softmax
from tests.oracle.views import drawn, labels

PAGES = {view: page for page in (softmax, gated) for view in page.DEFAULTS}
DEFAULTS = softmax.DEFAULTS | gated.DEFAULTS
FIRST = {view: (language, query) for view, language, query in (softmax.STANDS + gated.STANDS)[::-1]}


def opened(view, language="en", **query):
    return PAGES[view].opened(view, language, **query)


@pytest.mark.parametrize("view", DEFAULTS)
def test_what_is_sent_for_a_place_is_what_the_page_shows_there(view):
    language, query = FIRST[view]
    page, there = opened(view, language, **query), opened(view, language, **query)
    still, said = drawn(page), page.blob.now | labels(page)
    assert set(page.blob.sliders) == set(page.sliders) == set(DEFAULTS[view])
    for key, moved in page.blob.sliders.items():
        slider = page.sliders[key]
        assert moved.positions == round((slider.max - slider.min) / slider.step) + 1
        assert set(moved.rows) <= set(still), "something is sent that is not in the picture"
        for k in (0, moved.positions // 3, moved.positions - 1):
            there.set(key, type(slider.value)(round(slider.min + k * slider.step, 6)))
            for name, row in drawn(there).items():
                held = moved.rows[name][k] if name in moved.rows else still[name]
                span = np.ptp(moved.rows[name][np.isfinite(moved.rows[name])]) if name in moved.rows else 1
                np.testing.assert_allclose(held, row, atol=span / 8000 + 1e-6, err_msg=f"{name} {key} {k}")
            now = {name: moved.texts[name][k] if name in moved.texts else text for name, text in said.items()}
            assert now == there.blob.now | labels(there)
        there.set(key, slider.value)


@pytest.mark.parametrize("view", DEFAULTS)
def test_after_a_release_the_others_move_what_stands_there_then(view):
    page, key = opened(view), next(iter(DEFAULTS[view]))
    before, slider = page.blob.sliders, page.sliders[key]
    page.set(key, slider.max)
    after, still = page.blob.sliders, drawn(page)
    assert after[key].texts == before[key].texts, "where a slider stands makes no difference to what it moves"
    for other in set(after) - {key}:
        place = round((page.sliders[other].value - page.sliders[other].min) / page.sliders[other].step)
        for name, rows in after[other].rows.items():
            span = np.ptp(rows[np.isfinite(rows)])
            np.testing.assert_allclose(rows[place], still[name], atol=span / 8000 + 1e-6, err_msg=f"{name} {other}")


@pytest.mark.parametrize("view", DEFAULTS)
def test_a_view_weighs_little_and_plotly_accepts_it(view):
    page = opened(view)
    assert go.Figure(page.spec).layout.meta == PAGES[view].__name__.split(".")[-1]
    follower, chart = page.at.get("bidi_component")[0].proto.bytes, page.at.get("plotly_chart")[0].proto.spec
    print(view, len(follower), len(chart))
    assert len(follower) < 45_000
    assert len(follower) + len(chart) < 75_000
