"""What the page of the gate draws and says, against normal, binomial and geometric laws."""

import re

import numpy as np
import pytest
from gate_page import drawn, labels, number, opened, quoted
from scipy import stats

from activations.experiments import gate
from tests.oracle import library

each_language = pytest.mark.parametrize("language", ["en", "zh"])


@each_language
@pytest.mark.parametrize(("x", "t", "n", "seed"), [(-0.5, 40, 10, 1), (1.25, 0, 1, 2), (-3.0, 60, 10_000, 3)])
def test_every_number_about_the_gate_is_true(language, x, t, n, seed):
    page = opened("gate", language, x=x, t=t, draws=n, seed=seed)
    walk, phi = gate.walk(seed), stats.norm.cdf(x)
    share = gate.shares(seed)[gate.COUNTS.index(n), round((x + 3) / 0.05)]
    met = int((walk[: t + 1] <= x).sum())
    assert quoted(page, "gate", language) == {
        "x": number(x, 2),
        "walk": number(walk[t], 2),
        "side": "≤" if walk[t] <= x else ">",
        "m": str(int(walk[t] <= x)),
        "met": str(met),
        "steps": str(t + 1),
        "phi": number(phi, 4),
        "share": number(share, 4),
        "n": str(n),
        "mean": number(share * x, 4),
        "error": number(abs(x) * np.sqrt(phi * (1 - phi) / n), 4),
        "gelu": number(x * phi, 4),
    }
    assert number(phi, 2) in labels(page)["area_word.text"]
    assert number(phi, 2) in labels(page)["height_word.text"]


@each_language
def test_every_number_about_the_masks_is_true(language):
    x, t, n = 0.4, 33, 10_000
    texts = quoted(opened("masks", language, x=x, t=t, repeats=n, seed=2), "masks", language)
    inputs = gate.walk(2) + x
    value = {name: float(text.replace("−", "-")) for name, text in texts.items()}
    assert (texts["t"], texts["n"], texts["input"]) == (str(t), str(n), number(inputs[t], 3))
    assert texts["relu"] == number(max(inputs[t], 0), 3)
    five = 5 * 0.5 * abs(inputs[t]) / 100  # five standard errors at most
    assert value["gate"] == pytest.approx(inputs[t] * stats.norm.cdf(inputs[t]), abs=five)
    assert value["dropout"] == pytest.approx(inputs[t] / 2, abs=five)
    state = inputs[0]
    for entering in inputs[1 : t + 1]:
        state = state / 2 + entering / 2
    assert value["zoneout"] == pytest.approx(state, abs=5 * np.ptp(inputs) / 100)


def test_the_picture_of_the_gate_is_that_of_the_normal():
    page = opened("gate", x=0.7, t=25, draws=300, seed=3)
    picture, walk, phi = drawn(page), gate.walk(3), stats.norm.cdf(0.7)
    np.testing.assert_allclose(picture["bell.y"], stats.norm.pdf(picture["bell.x"]), atol=1e-6)
    np.testing.assert_allclose(picture["cdf.y"], stats.norm.cdf(picture["cdf.x"]), atol=1e-6)
    np.testing.assert_allclose(picture["gelu.y"], picture["gelu.x"] * stats.norm.cdf(picture["gelu.x"]), atol=1e-6)
    x, y = picture["area.x"], picture["area.y"]
    shoelace = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    assert shoelace == pytest.approx(phi, abs=2e-3), "the area is the probability"
    assert picture["height.y"] == pytest.approx([phi, phi])
    assert picture["cdf_dot.y"] == picture["target.y"][0] == pytest.approx(phi)
    assert picture["now.x"][0] == pytest.approx(walk[25])
    np.testing.assert_allclose(picture["trail.x"][:21], walk[25:4:-1], atol=1e-6)
    seen = np.isfinite(picture["mean.y"])
    assert seen.sum() == gate.COUNTS.index(300) + 1
    assert 10 ** picture["mean.x"][seen][-1] == pytest.approx(300, rel=1e-5)
    assert (picture["mean_dot.x"], picture["mean_dot.y"]) == (picture["mean.x"][seen][-1], picture["mean.y"][seen][-1])
    upper, lower = picture["band.y"][:21], picture["band.y"][21:][::-1]
    np.testing.assert_allclose((upper - lower) / 2, np.sqrt(phi * (1 - phi) / np.array(gate.COUNTS)), atol=1e-6)
    assert np.ptp(picture["error.y"]) / 2 == pytest.approx(0.7 * np.sqrt(phi * (1 - phi) / 300), rel=1e-4)
    assert picture["output_dot.y"] == pytest.approx(0.7 * picture["mean_dot.y"], rel=1e-5)


@each_language
def test_the_numbers_in_the_words_are_true(language):
    words = library.parts(language, "topics/gate")
    begun, shut = stats.norm.cdf([-0.5, -2])
    assert {f"{shut:.4f}", f"{-2 * shut:.4f}"} <= set(re.findall(r"-?\d\.\d+", words["why-2"]))
    assert "−0.15" in words["question"]
    assert round(-0.5 * begun, 2) == -0.15
    for name, true in (("choice-2", -2 * shut), ("choice-4", 4 * -0.5 * begun)):
        (number_,) = re.findall(r"−(0\.\d+)", words[name])
        assert -float(number_) == pytest.approx(true, abs=0.51 * 10 ** -len(number_[2:])), name
    assert round(100 * begun) == 31
    assert round(100 * shut) == 2
    assert "31" in words["why-4"]
    assert all(re.search(r"\b2 of 100|约有? ?2 次", words[f"why-{k}"]) for k in "14")
    numbers = [float(n) for n in re.findall(r"-?0\.\d{4}", re.search(r"\$\$.*?\$\$", words["why"], re.S)[0])]
    assert numbers == [round(begun, 4), round(1 - begun, 4), round(-0.5 * begun, 4)]
    assert all(f"{chance:.4f}" in words["why"] for chance in (begun, 1 - begun))
    assert words["right"] == "2"
