"""Gated units and maxout: everything drawn, printed and described on the page, against many digits."""

import numpy as np
import pytest
from mpmath import mpf

from tests.oracle.gated import STANDS, opened, part, truth
from tests.oracle.printed import number
from tests.oracle.tab_page import drawn, labels, quoted


@pytest.mark.parametrize(("view", "language", "query"), STANDS, ids=str)
def test_what_is_drawn_and_printed_is_true(view, language, query):
    page, words = opened(view, language, **query), part(language)
    read = ["read-maxout"] if view == "maxout" else ["read-product", "read-slopes", f"read-{view}"]
    alt = words["alt-maxout" if view == "maxout" else "alt-unit"]
    picture, now = drawn(page), quoted(page, [words[name] for name in read], alt) | labels(page)
    true = truth(view, query)
    for name, row in true.rows().items():
        np.testing.assert_allclose(picture[name], [float(v) for v in row], rtol=2e-6, atol=2e-6, err_msg=name)
    for name, (value, decimals) in true.numbers().items():
        number(now[name], value, decimals)
    rest = set(now) - set(true.numbers()) - {name for name in now if name.endswith("_key.text")}
    (check_maxout if view == "maxout" else check_gated)(page, now, true, rest, words)


def check_maxout(page, now, true, rest, words):
    lives = {f"lives{i}" for i in (1, 2, 3)}
    assert rest == {"winner", *lives}
    assert now["winner"] == str(true.lead(true.x) + 1)
    alive = {true.lead(mpf(k) / 64 + mpf(1) / 999) for k in range(-2000, 2000)}
    for i in range(3):
        assert now[f"lives{i + 1}"] == words["piece-alive" if i in alive else "piece-dead"]
        row = " | ".join(now[f"{name}{i + 1}"] for name in ("v", "gw", "gb", "lives"))
        assert f"| {i + 1} | {row} |" in page.text
    x, y = drawn(page)["max.x"], drawn(page)["max.y"]
    assert (x[0], x[-1]) == (-3, 3)
    everywhere = np.linspace(-3, 3, 241)
    np.testing.assert_allclose(np.interp(everywhere, x, y), [float(true.height(t)) for t in everywhere], atol=1e-5)
    at, slope = drawn(page)["slope.x"], drawn(page)["slope.y"]
    for left, right, height in zip(at[::3], at[1::3], slope[::3], strict=True):
        if right > left:
            assert height == pytest.approx(float(true.pieces[true.lead((left + right) / 2)][0]))


def check_gated(page, now, true, rest, words):
    assert rest == {"g", "name"}
    assert (now["g"], now["name"]) == (words[f"gate-{true.unit}"], words[f"show-{true.unit}"])
    picture = drawn(page)
    for name in ("cut", "alone", "same", "by_a", "by_b"):
        x, y = picture[f"{name}.x"], picture[f"{name}.y"]
        here = [k for k in range(0, len(x), 5) if not np.isnan(x[k])]
        expected = [float(true.lines(float(x[k]))[name]) for k in here]
        np.testing.assert_allclose(y[here], expected, rtol=3e-6, atol=3e-6, err_msg=name)
        torn = true.unit == "reglu"
        assert np.isnan(y).sum() == torn, "a slope that jumps is broken there"
    texts = [trace["text"][0] for trace in page.spec["data"] if trace["name"].endswith("_key")]
    g = words[f"gate-{true.unit}"]
    assert texts == [f"a·{g}(b)", f"{g}(b)", f"b·{g}(b)", f"∂y/∂a = {g}(b)", f"∂y/∂b = a·{g}′(b)"]
