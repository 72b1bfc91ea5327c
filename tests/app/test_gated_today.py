"""The unit of gpt-oss and the shares of zeros on the page about gated units, against many digits."""

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from tests.oracle.gated import opened, part
from tests.oracle.printed import number
from tests.oracle.softmax import sigma
from tests.oracle.tab_page import drawn, quoted

CLAMPED = [("en", {}), ("zh", {"up": 9, "gate": 9}), ("en", {"up": -8.5, "gate": 3, "limit": 2.5}), ("zh", {"gate": 7})]
SHARES = [("en", {}), ("zh", {"threshold": 0, "mean": -0.5}), ("en", {"threshold": 0.3, "mean": -1})]
SPARSE = ("relu", "relu_squared", "gelu", "swiglu")


def product(up, gate, limit):
    """The lines of OpenAI's code, one number at a time."""
    up, gate = min(max(mpf(up), -limit), limit), min(mpf(gate), limit)
    return (up + 1) * gate * sigma(mpf("1.702") * gate)


@pytest.mark.parametrize(("language", "query"), CLAMPED, ids=str)
def test_the_unit_of_gpt_oss_is_what_its_code_says(language, query):
    page, words = opened("clamped", language, **query), part(language)
    at = {name: mpf({"up": 2, "gate": 2, "limit": 7, **query}[name]) for name in ("up", "gate", "limit")}
    up, gate, limit = at.values()
    now = quoted(page, [words["read-clamped"]], words["alt-clamped"])
    by_up = mpmath.diff(lambda u: product(u, gate, limit), up) if abs(up) < limit else 0
    by_gate = mpmath.diff(lambda g: product(up, g, limit), gate, direction=-1) if gate <= limit else 0
    plain = up * gate * sigma(gate)
    expected = {"y": product(up, gate, limit), "plain": plain, "by_up": by_up, "by_gate": by_gate}
    for name, value in expected.items():
        number(now[name], value, 3)
    for name, value in {**at, "left_up": max(-limit, min(up, limit)), "left_gate": min(gate, limit)}.items():
        number(now[name], value, 1 if name == "limit" else 2)
    beyond = {(False, False): "none", (False, True): "gate", (True, False): "up", (True, True): "both"}
    kind = beyond[bool(abs(up) > limit), bool(gate > limit)]
    assert now["which"] == words[f"clamped-{kind}"].replace("{limit}", now.get("limit", ""))
    picture = drawn(page)
    np.testing.assert_allclose(picture["dot.y"], [float(expected["y"])], rtol=1e-6)
    np.testing.assert_allclose(picture["by_gate_dot.y"], [float(by_gate)], rtol=1e-6)
    side = np.linspace(-10, 10, 41)
    field = [max(min(float(product(u, g, limit)), 40), -40) for u in side[::5] for g in side[::5]]
    np.testing.assert_allclose(picture["field.z"].reshape(41, 41)[::5, ::5].ravel(), field, rtol=1e-5, atol=1e-5)
    for x, y in list(zip(picture["cut.x"], picture["cut.y"], strict=True))[::6]:
        assert y == pytest.approx(float(product(up, x, limit)), rel=1e-5, abs=1e-6)
    for x, y in list(zip(picture["by_gate.x"], picture["by_gate.y"], strict=True))[2::6]:
        if abs(x - float(limit)) > 1e-6:
            slope = mpmath.diff(lambda g: product(up, g, limit), mpf(float(x)))
            assert y == pytest.approx(float(slope), rel=1e-5, abs=1e-5)
    assert np.isnan(picture["by_gate.y"]).sum() == 1, "the slope jumps at the limit, and is broken there"
    for x, y in list(zip(side, picture["plain.y"], strict=True))[::4]:
        assert y == pytest.approx(float(up * x * sigma(mpf(x))), rel=1e-5, abs=1e-6)


def share(name, mean, threshold):
    """How many of a hundred outputs are at most the threshold, by the definition of each function."""
    m, t = mpf(str(mean)), mpf(str(threshold))
    if name in ("relu", "relu_squared"):
        return 100 * mpmath.ncdf((t if name == "relu" else mpmath.sqrt(t)) - m)
    if t == 0:
        return mpf(0)
    if name == "gelu":
        gelu = lambda x: x * mpmath.ncdf(x)  # noqa: E731
        lowest = mpmath.findroot(lambda x: mpmath.diff(gelu, x), -0.75)
        below = mpf(0)
        if -gelu(lowest) > t:
            ends = [
                mpmath.findroot(lambda x: gelu(x) + t, span, solver="anderson") for span in ((-30, lowest), (lowest, 0))
            ]
            below = mpmath.ncdf(ends[1] - m) - mpmath.ncdf(ends[0] - m)
        return 100 * (mpmath.ncdf(mpmath.findroot(lambda x: gelu(x) - t, (0, t + 1), solver="anderson") - m) - below)
    inner = lambda b: mpmath.npdf(b - m) * mpmath.erf(t / abs(b * sigma(b)) / mpmath.sqrt(2))  # noqa: E731
    return 100 * mpmath.quad(inner, [-12, -4, -1, -t, 0, t, 1, 4, 10])


@pytest.mark.parametrize(("language", "query"), SHARES, ids=str)
def test_the_shares_of_zeros_and_of_small_outputs_are_those_of_normal_pre_activations(language, query):
    page, words = opened("sparsity", language, **query), part(language)
    mean, threshold = query.get("mean", 0), query.get("threshold", 0.1)
    now = quoted(page, [words["read-sparsity"]], words["alt-sparsity"])
    picture = drawn(page)
    for name in SPARSE:
        small, zero = share(name, mean, threshold), share(name, mean, 0)
        number(now[f"{name}_small"], small, 1)
        cells = f"| {float(zero):.1f} % | **{now[f'{name}_small']} %** |"
        assert cells in page.text, (name, cells)
        assert picture[f"{name}_dot.y"][0] == pytest.approx(float(small), abs=2e-3)
        for k in (0, 5, 40, 100):
            assert picture[f"{name}.y"][k] == pytest.approx(float(share(name, mean, round(k / 100, 2))), abs=2e-3)
    number(now["relu_zero"], share("relu", mean, 0), 1)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_page_says_of_the_limit_is_true(language):
    assert "8 \\cdot 7 = 56" in part(language)["why"]
    at_most = max(product(u, g, 7) for u in range(-40, 41) for g in range(-40, 41))
    assert 55.99 < at_most < 56
    assert product(0, mpf("1.3"), 7) == mpf("1.3") * sigma(mpf("1.702") * mpf("1.3"))
