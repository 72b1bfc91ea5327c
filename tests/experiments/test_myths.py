"""Twenty sentences: the lines behind them, computed apart, and what follows from them for each."""

import math

import numpy as np
import pytest
from mpmath import mp, mpf

from activations import CATALOGUE
from activations.experiments import myths
from tests.all_cases import all_cases
from tests.oracle import exact, stack

# Whether the sentence is true is decided by facts that share no code with the page: see each test below.
COINCIDE = ("collapse", "step", "stretch", "plus", "eight")


def found(name):
    return myths.evidence(name, CATALOGUE)


def apart(name):
    evidence = found(name)
    return float(np.nanmax(np.abs(evidence.claimed - evidence.true)))


def at(name, x):
    """(claimed, true) at the point nearest to x."""
    evidence = found(name)
    place = int(np.nanargmin(np.abs(evidence.x - x)))
    assert abs(evidence.x[place] - x) < 1e-9
    return evidence.claimed[place], evidence.true[place]


def assert_exact(name, function, every=7):
    """The line that holds is the function, computed with mpmath; gaps aside."""
    evidence = found(name)
    for x, y in list(zip(evidence.x, evidence.true, strict=True))[::every]:
        if not math.isnan(y):
            assert y == pytest.approx(float(function(mpf(float(x)))), rel=1e-11, abs=1e-14), x


@all_cases("name", myths.names())
def test_both_lines_have_a_height_at_each_place(name):
    evidence = found(name)
    assert evidence.x.shape == evidence.claimed.shape == evidence.true.shape
    assert np.isfinite(evidence.true).sum() >= 21
    assert np.isfinite(evidence.claimed).sum() >= 21
    again = found(name)
    assert all(np.array_equal(getattr(evidence, key), getattr(again, key), equal_nan=True) for key in ("x", "true"))


@all_cases("name", COINCIDE)
def test_a_true_equation_is_one_line(name):
    assert apart(name) < 2e-13


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError):
        myths.evidence("nobody", CATALOGUE)


@all_cases(
    ("name", "slug", "order", "settings"),
    [
        ("step", "binary_step", 1, {}),
        ("quarter", "sigmoid", 1, {}),
        ("stretch", "tanh", 0, {}),
        ("plus", "elu", 1, {"alpha": 1.8}),
        ("mask", "gelu", 0, {}),
        ("steep", "gelu", 1, {}),
    ],
)
def test_what_holds_is_the_function_itself(name, slug, order, settings):
    assert_exact(name, lambda x: exact.of(slug, **settings).jet(x)[order])


def test_a_hundred_affine_layers_are_one_affine_map():
    evidence = found("collapse")
    steps = np.diff(evidence.true)
    assert np.ptp(steps) < 1e-12
    # Not a trivial one: it neither vanished nor explodes, nor passes through the origin.
    assert 0.1 < abs(steps[0] / np.diff(evidence.x)[0]) < 10
    assert abs(evidence.true[len(steps) // 2]) > 0.1


def test_the_formula_without_its_square_is_a_half_at_zero():
    assert at("quarter", 0) == (0.5, 0.25)
    assert_exact("quarter", lambda x: mp.exp(-x) / (1 + mp.exp(-x)) ** 2)


@all_cases(("name", "w", "b", "x0"), [("one", 1.5, 0, 1), ("eight", 8, -4, 0.5)])
def test_the_chains_are_those_of_the_definition(name, w, b, x0):
    chain = stack.of("sigmoid", 20, w, b, x0)
    for layers, decades in enumerate(found(name).true):
        assert decades == pytest.approx(float(mp.log10(abs(chain.back(layers)))), abs=1e-12)


def test_where_the_claim_about_layers_ends():
    assert apart("one") > 14
    claimed, true = at("bound", 10)
    assert claimed == -6 > true == pytest.approx(10 * math.log10(0.25))
    assert at("bound", 9)[1] > -6, "nine are not enough"
    assert 10 ** at("eight", 10)[1] == pytest.approx(1024)


def test_relu_with_weights_of_lecun_loses_half_of_the_square_in_each_layer():
    # A layer of n units: E|W^T (m g)|^2 = n * (1/n) * |m g|^2, and half of the mask m is 1.
    rng = np.random.default_rng(0)
    squares = [
        float(np.sum((rng.normal(0, 1 / 16, (256, 256)).T @ (g * (rng.random(256) < 0.5))) ** 2)) for g in np.eye(256)
    ]
    assert np.mean(squares) == pytest.approx(0.5, abs=0.1)
    evidence = found("he")
    assert evidence.true[50] == pytest.approx(math.log10(2**-25))
    assert np.all(evidence.claimed == 0)


def test_a_unit_is_off_for_a_share_and_never_for_all():
    assert_exact("dead", lambda b: mp.ncdf(-b))
    assert [round(float(at("dead", b)[1]), 4) for b in (-1, -2, -3)] == [0.8413, 0.9772, 0.9987]
    assert found("dead").true.max() < 1


def test_zeros_save_no_multiplication_of_a_dense_product():
    evidence = found("zeros")
    assert np.all(evidence.true == 1)
    assert evidence.claimed == pytest.approx(1 - evidence.x)


def test_the_three_defaults_differ():
    evidence = found("defaults")
    left = evidence.true[np.abs(evidence.x + 4) < 1e-9] / -4
    assert left == pytest.approx([0.01, 0.2, 0.3])
    assert np.isfinite(evidence.claimed).sum() == len(evidence.x) // 3 - 1


def test_the_slope_of_elu_jumps_unless_alpha_is_one():
    evidence = found("kink")
    gap = int(np.flatnonzero(np.isnan(evidence.x))[0])
    assert (evidence.x[gap - 1], evidence.true[gap - 1]) == (0, 2)
    assert evidence.true[gap + 1] == 1
    assert evidence.claimed[gap + 1] == pytest.approx(2, abs=0.05)


def test_half_of_a_standard_normal_lies_below_zero_not_below_a_half():
    assert_exact("half", mp.ncdf)
    evidence = found("half")
    assert np.nanmax(evidence.x[np.isfinite(evidence.claimed)]) == pytest.approx(0.5)
    assert np.interp(0.5, evidence.x, evidence.true) == pytest.approx(0.6915, abs=1e-4)


def test_a_mask_jumps_where_gelu_does_not():
    evidence = found("mask")
    passed = evidence.claimed != 0
    assert np.all((evidence.claimed == 0) | (evidence.claimed == evidence.x))
    assert 0.35 < passed.mean() < 0.65
    assert passed[evidence.x > 0].mean() > passed[evidence.x < 0].mean()


def test_a_scaled_tanh_is_not_erf():
    assert_exact("scaled", mp.erf)
    assert apart("scaled") == pytest.approx(float(2 / mp.sqrt(mp.pi) * mp.tanh(4) - mp.erf(4)), abs=1e-9)


def test_the_tanh_form_stays_within_a_thousandth():
    def form(x):
        return x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)))

    assert_exact("forms", lambda x: abs(form(x) - x * mp.ncdf(x)))
    assert np.all(found("forms").claimed == 0.001)
    assert 4.7e-4 < found("forms").true.max() < 4.73e-4 + 1e-6


def test_gelu_is_steeper_than_one_in_places():
    evidence = found("steep")
    assert np.all(evidence.claimed == 1)
    assert 1.128 < evidence.true.max() < 1.1289041


def test_three_functions_dip():
    evidence = found("monotone")
    ends = np.flatnonzero(np.isnan(evidence.x))
    dips = [evidence.true[start:end].min() for start, end in zip([0, *ends[:-1] + 1], ends, strict=True)]
    assert dips == pytest.approx([-0.16997, -0.27846, -0.30884], abs=1e-4)


def test_zoneout_keeps_where_dropout_clears():
    evidence = found("zoneout")
    cleared = np.flatnonzero(evidence.claimed == 0)
    assert len(cleared) >= 3
    for step in cleared:
        assert evidence.true[step] == (evidence.true[step - 1] if step else evidence.true[0])
    others = np.setdiff1d(np.arange(len(evidence.x)), cleared)
    assert np.array_equal(evidence.true[others], evidence.claimed[others])
    assert evidence.true.min() > 0
