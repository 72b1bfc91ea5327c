"""A curve while a slider is dragged is the curve after it is released."""

import numpy as np
import pytest
from hinge import ACTS, HINGE

from activations import CATALOGUE
from activations.experiments.sweep import moving
from pages.shared import curves

SLIDERS = [(activation, param) for activation in ACTS for param in (*activation.params, curves.PROBE)]
over_sliders = pytest.mark.parametrize(
    ("activation", "slider"), SLIDERS, ids=[f"{activation.slug}-{slider.name}" for activation, slider in SLIDERS]
)
CHANGED = {"alpha": 0.3, "knee": -0.75, "beta": 1.7}


def stand(activation, slider, x0=-0.65):
    """Every other slider away from its default."""
    return {"x0": x0, **{p.name: CHANGED.get(p.name, p.high) for p in activation.params if p is not slider}}


def released(activation, slider, value, others):
    return curves.still(activation, **{**others, slider.name: float(value)})


@over_sliders
@pytest.mark.parametrize("x0", [-1.2, 4.55])
def test_dragging_draws_what_releasing_will(activation, slider, x0):
    others = stand(activation, slider, x0)
    sweep = curves.along(activation, slider.name, **others)
    places = sorted({*range(0, len(slider.grid), 17), len(slider.grid) - 1})
    stills = [released(activation, slider, slider.grid[k], others) for k in places]
    for name, rows in sweep.items():
        true = [still[name] for still in stills]
        np.testing.assert_allclose(rows[places], true, rtol=1e-12, atol=1e-12, err_msg=name)


@over_sliders
def test_what_is_not_sent_does_not_move(activation, slider):
    others = stand(activation, slider)
    sweep = curves.along(activation, slider.name, **others)
    stills = [released(activation, slider, value, others) for value in slider.grid[::6]]
    assert set(sweep) <= set(stills[0])
    for name in set(stills[0]) - set(sweep):
        np.testing.assert_array_equal([still[name] for still in stills], [stills[0][name]] * len(stills), err_msg=name)


@over_sliders
def test_what_is_sent_moves_and_has_a_row_for_each_position(activation, slider):
    others = stand(activation, slider)
    still = released(activation, slider, slider.default, others)
    for name, rows in curves.along(activation, slider.name, **others).items():
        assert rows.shape == (len(slider.grid), len(still[name])), name
        assert not np.array_equal(rows, np.broadcast_to(rows[0], rows.shape), equal_nan=True), name


@pytest.mark.parametrize("activation", ACTS, ids=lambda activation: activation.slug)
def test_the_probe_moves_only_what_belongs_to_it(activation):
    ours = {"tangent", "one", "run", "rise", "stem", "probe_value", "probe_slope", "probe_bend"}
    assert {name.split(".")[0] for name in curves.along(activation, "x0", 0.0)} <= ours


def test_a_slider_of_two_leaves_the_other_where_it_stands():
    before = curves.along(HINGE, "knee", 0.0)["value.y"].copy()
    assert not np.array_equal(curves.along(HINGE, "knee", 0.0, alpha=2.5)["value.y"], before)
    # Where the slider itself stood does not matter to its sweep.
    swept = curves.along(HINGE, "knee", 0.0, alpha=1.0, knee=1.5)["value.y"]
    np.testing.assert_array_equal(swept, before)
    assert swept is curves.along(HINGE, "knee", 3.0, alpha=1.0, knee=-2.0)["value.y"], "computed again"


def test_a_kink_that_moves_takes_its_line_with_it():
    sweep, knees = curves.along(HINGE, "knee", 0.0, alpha=2.0), HINGE.params[1].grid
    for x, y, knee in zip(sweep["value.x"], sweep["value.y"], knees, strict=True):
        assert (np.diff(x) >= 0).all()
        assert set(x[np.isnan(y)]) <= {knee}


def test_a_shared_sweep_cannot_be_spoilt():
    sweep = curves.along(CATALOGUE["elu"], "alpha", 0.0)
    with pytest.raises(ValueError, match="read-only"):
        sweep["value.y"][0, 0] = 7
    sweep.clear()
    assert curves.along(CATALOGUE["elu"], "alpha", 0.0)


@pytest.mark.parametrize("ask", [lambda: curves.along(HINGE, "depth", 0.0), lambda: curves.along(HINGE, "beta", 0.0)])
def test_a_slider_that_is_not_there_is_named(ask):
    with pytest.raises(ValueError, match=r"hinge has no slider (depth|beta)"):
        ask()


def test_a_setting_that_is_not_there_or_out_of_its_domain_is_named():
    with pytest.raises(ValueError, match="gamma"):
        curves.along(CATALOGUE["elu"], "alpha", 0.0, gamma=1.0)
    with pytest.raises(ValueError, match="alpha"):
        curves.along(CATALOGUE["elu"], "x0", 0.0, alpha=-1.0)


def test_what_moves_is_what_is_not_the_same_in_every_row():
    gap, none = np.array([[1.0, np.nan, 3.0]] * 4), np.array([[0.0], [-0.0], [0.0]])
    still = {"gap": gap, "none": none, "one row": np.eye(1, 3)}
    moved = {"a gap": np.where(np.eye(4, 3, dtype=bool), np.nan, 1.0), "last": np.array([[1.0], [1.0], [2.0]])}
    assert list(moving(still | moved)) == list(moved)
