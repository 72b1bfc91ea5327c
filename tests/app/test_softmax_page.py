"""Softmax: everything drawn, printed and described on the page, against many digits."""

import re

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from tests.oracle import library
from tests.oracle.fading import SUPERSCRIPT, spelt
from tests.oracle.printed import number
from tests.oracle.softmax import DEFAULTS, STANDS, opened, part, sigma, truth
from tests.oracle.tab_page import drawn, labels, quoted

READ = {"softmax": ("read-sums", "read-jacobian"), "pair": ("read-pair",), "log": ("read-log",)}


@pytest.mark.parametrize(("view", "language", "query"), STANDS, ids=str)
def test_what_is_drawn_and_printed_is_true(view, language, query):
    page, words = opened(view, language, **query), part(language)
    picture, now = drawn(page), quoted(page, [words[name] for name in READ[view]], words[f"alt-{view}"]) | labels(page)
    if view == "log":
        return check_logs(page, now, {**DEFAULTS[view], **query}, words)
    true = truth(view, query)
    for name, row in true.rows().items():
        np.testing.assert_allclose(picture[name], [float(v) for v in row], rtol=2e-6, atol=2e-6, err_msg=name)
    for name, (value, decimals) in true.numbers().items():
        number(now[name], value, decimals)
    rest = set(now) - set(true.numbers()) - {name for name in now if name.endswith("_key.text")}
    return {"softmax": check_softmax, "pair": check_pair}[view](page, now, true, rest, words)


def check_softmax(page, now, true, rest, words):
    assert rest == {"largest", "all", *(f"{name}.text" for name in CELLS + BARS)}
    for i, p in enumerate(true.p):
        short(now[f"p{i + 1}.text"], p, 3)
        for j, slope in enumerate(true.slopes[i]):
            short(now[f"j{i + 1}{j + 1}.text"], slope, 2 if abs(slope) >= 0.005 else 3)
    value, error = spelt(now["largest"])
    assert abs(value - max(abs(v) for row in true.slopes for v in row)) <= error
    assert now["all"] == ", ".join(now[f"p{i}.text"] for i in range(1, 5))
    assert [page.spec["layout"][axis]["ticktext"] for axis in ("xaxis2", "yaxis2")] == [
        ["z₁", "z₂", "z₃", "z₄"],
        ["p₄", "p₃", "p₂", "p₁"],
    ], "the last row of the matrix lies below"
    places = {name: tuple(float(v[0]) for v in (drawn(page)[f"{name}.x"], drawn(page)[f"{name}.y"])) for name in CELLS}
    assert places == {name: (int(name[2]), 5 - int(name[1])) for name in CELLS}


CELLS = [f"j{i}{j}" for i in range(1, 5) for j in range(1, 5)]


BARS = [f"p{i}" for i in range(1, 5)]


def short(text, true, decimals):
    """Decimals or, where these would say 0 of what is not, the nearest power of ten; a cell holds no more than that."""
    assert true, "no entry of softmax, nor of its Jacobian, is 0"
    assert re.search("[1-9]", text), "it is not 0"
    assert text.startswith("−") == (true < 0)
    power = re.fullmatch(r"−?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if power:
        assert abs(true) < 0.0005
        assert abs(mpmath.log10(abs(true)) - int(power[1].translate(SUPERSCRIPT))) <= 0.5
        assert len(text) <= 8
    else:
        number(text, true, decimals)


def check_pair(page, now, true, rest, words):
    assert rest == {"zeros", "off", "verdict"}
    assert now["zeros"] == ", ".join(["0"] * true.m)
    value, error = spelt(now["off"])
    off = abs(true.first(true.z) - sigma(true.z))
    assert value <= 2e-16 if true.m == 1 else abs(value - off) <= error
    if true.m == 1:
        assert now["verdict"] == words["verdict-two"]
        assert drawn(page)["off.y"].max() < -15
    else:
        number(dict(library.read(words["verdict-more"], now["verdict"]))["moved"], mpmath.log(true.m), 3)
        assert abs(sigma(true.z - mpmath.log(true.m)) - true.first(true.z)) < 1e-14


def check_logs(page, now, stand, words):
    gap, raised = stand["gap"], stand["raised"]
    assert (now["d"], now["s"], now["less"]) == (str(gap), str(raised), str(raised - gap).replace("-", "−"))
    assert now["logits.text"] == f"z = ({now['s']}, {now['less']})"
    right, wrong = -mpmath.log1p(mpmath.exp(-gap)), -gap - mpmath.log1p(mpmath.exp(-gap))
    found = {way: [now[f"{way}_{name}"] for name in ("right", "wrong")] for way in ("textbook", "shifted", "stable")}
    for way, pair in found.items():
        lost = raised > 88.7 and way == "textbook"
        for text, true, least in zip(pair, (right, wrong), (-mpf("3e-8"), -104), strict=True):
            if lost:
                assert text == (words["no-number"] if least > -1 else "−∞")
            elif way != "stable" and (true > least if least > -1 else true < least):
                assert text == ("0" if least > -1 else "−∞")
            elif true > -(mpf(2) ** -150):
                assert text == "0"
            else:
                value, error = spelt(text.removeprefix("−")) if "·" in text else (-mpf(text.replace("−", "-")), 6e-4)
                assert abs(value + true) <= error + (1e-6 if way != "stable" else 0)
        assert f"| {words[f'way-{way}']} | **{pair[0]}** | **{pair[1]}** |" in page.text
    check_lines(drawn(page), gap, raised)


def check_lines(picture, gap, raised):
    gaps = np.arange(121.0)
    np.testing.assert_allclose(picture["stable_wrong.y"], -gaps - np.log1p(np.exp(-gaps)), rtol=1e-5)
    np.testing.assert_allclose(picture["stable_right.y"][:87], np.log10(np.log1p(np.exp(-gaps[:87]))), atol=1e-4)
    assert (picture["shifted_wrong.y"] > -129).tolist() == (gaps < 104).tolist()
    assert (picture["shifted_right.y"][:16] > -10).all()
    assert (picture["shifted_right.y"][18:] == -50).all()
    over = np.isnan(picture["textbook_right.y"])
    assert over.tolist() == [raised > 88.7] * 121
    for name, reading in picture.items():
        if name.endswith("_dot.x"):
            assert reading.tolist() == [gap]
            line = picture[name.replace("_dot.x", ".y")]
            np.testing.assert_array_equal(picture[f"{name[:-1]}y"], line[[gap]])
