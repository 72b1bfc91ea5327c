"""What the browser is sent of dying units for every position of a slider is true, and is little."""

import numpy as np
import pytest

from tests.oracle.dying_page import DEFAULTS, SLUGS, STEPS, alpha, drawn, opened, phi, thrown

BIASES = [round(-4 + 0.1 * k, 1) for k in range(61)]
POSITIONS = {
    "step": [round(0.5 + 0.25 * k, 2) for k in range(11)],
    "leak": [round(0.01 * k, 2) for k in range(31)],
    "alpha": [round(0.1 * k, 1) for k in range(21)],
}


def test_the_areas_under_the_bell_are_the_shares_at_every_bias():
    page = opened("zone")
    rows, rest = page.blob.sliders["b"].rows, drawn(page)
    for place, bias in enumerate(BIASES):
        for side, share in (("off", phi(-bias)), ("on", phi(bias))):
            x, y = rest[f"{side}.x"], rows[f"{side}.y"][place]
            area = abs(np.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2))
            assert area == pytest.approx(share, abs=0.005), (side, bias)
            assert y[0] == pytest.approx(0, abs=0.001), "the area is closed along the axis"
            assert y[-1] == pytest.approx(0, abs=0.001)


def test_each_input_is_a_tick_in_the_zone_or_beyond_it_never_both():
    rows = opened("zone").blob.sliders["b"].rows
    counts = opened("zone").blob.sliders["b"].texts["count"]
    for place in range(len(BIASES)):
        shown = {side: ~np.isnan(rows[f"ticks_{side}.y"][place]).reshape(-1, 3)[:, 0] for side in ("on", "off")}
        assert (shown["on"] ^ shown["off"]).all()
        assert shown["on"].sum() == int(counts[place])
        z = rows["ticks_on.x"][place].reshape(-1, 3)[:, 0]
        assert (z[shown["on"]] > -0.01).all()
        assert (z[shown["off"]] < 0.01).all()


def test_every_position_of_the_step_is_what_a_loop_finds_there():
    page = opened("step", t=17)
    for name, values in POSITIONS.items():
        moved = page.blob.sliders[name]
        for place in range(0, len(values), 5):
            stand = {**DEFAULTS, "t": 17, name: values[place]}
            for slug in SLUGS if name == "step" else ("leaky_relu",) if name == "leak" else ("elu",):
                seen = thrown(slug, stand["step"], alpha(slug, stand))
                so_far = seen[[min(step, STEPS[17]) for step in STEPS]]
                band = np.concatenate([so_far.max(axis=1), so_far.min(axis=1)[::-1]])
                np.testing.assert_allclose(moved.rows[f"{slug}_band.y"][place], band, atol=0.01)
                np.testing.assert_allclose(moved.rows[f"{slug}_dots.y"][place], seen[STEPS[17]], atol=0.01)


RUNS = [{"tab": "layer", "rate": rate, "seed": seed} for rate in ("3", "6", "20") for seed in "123"]


@pytest.mark.parametrize("query", [{"tab": "zone"}, {"tab": "step"}, *RUNS], ids=str)
def test_a_release_sends_at_most_60_kilobytes(query):
    page = opened(**query)
    (follower,) = page.at.get("bidi_component")
    (chart,) = page.at.get("plotly_chart")
    assert len(follower.proto.bytes) < 40_000
    assert len(follower.proto.bytes) + len(chart.proto.spec) < 100_000
