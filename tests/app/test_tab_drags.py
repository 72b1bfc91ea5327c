"""What pages with several tabs send to the browser after a slider was released, and how much that is."""

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.oracle import gated, softmax
from tests.oracle.tab_page import drawn

PAGES = {view: page for page in (softmax, gated) for view in page.DEFAULTS}
DEFAULTS = softmax.DEFAULTS | gated.DEFAULTS


def opened(view, language="en", **query):
    return PAGES[view].opened(view, language, **query)


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
    assert set(page.blob.sliders) == set(page.sliders) == set(DEFAULTS[view])
    assert go.Figure(page.spec).layout.meta == PAGES[view].__name__.split(".")[-1]
    follower, chart = page.at.get("bidi_component")[0].proto.bytes, page.at.get("plotly_chart")[0].proto.spec
    print(view, len(follower), len(chart))
    assert len(follower) < 45_000
    assert len(follower) + len(chart) < 75_000
