"""The page of the three forms of GELU: what it asks, draws, says and lets a reader copy, against fifty digits."""

import base64
import re

import mpmath
import numpy as np
import plotly.graph_objects as go
import pytest

from activations.experiments import approximations as forms
from activations.experiments.curve import PROBE
from activations.experiments.libraries import stored
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.ran import SLUGS, ran
from tests.oracle.visitor import Visit

FORMS, KINDS = ("erf", "tanh", "sigmoid"), ("exact", "float16", "bfloat16")
GRID = PROBE.grid.tolist()
each_language = pytest.mark.parametrize("language", ["en", "zh"])
each_kind = pytest.mark.parametrize("kind", KINDS)


def opened(kind="exact", language="en", **query):
    return Visit().go("approximations", {"lang": language, "format": kind, **{k: str(v) for k, v in query.items()}})


def drawn(page):
    given = {f"{trace['name']}.{axis}": trace[axis]["bdata"] for trace in page.spec["data"] for axis in "xy"}
    return {name: np.frombuffer(base64.b64decode(data), "<f4").astype(float) for name, data in given.items()}


def exact(form, x, order):
    written = {
        "erf": lambda t: t * mpmath.ncdf(t),
        "tanh": lambda t: t / 2 * (1 + mpmath.tanh(mpmath.sqrt(2 / mpmath.pi) * (t + mpmath.mpf("0.044715") * t**3))),
        "sigmoid": lambda t: t / (1 + mpmath.exp(-mpmath.mpf("1.702") * t)),
    }[form]
    with mpmath.workdps(50):
        return mpmath.diff(written, mpmath.mpf(x), order)


def spelled(text):
    """A printed number: 0.0203, 4.73·10⁻⁴, −0.1383."""
    digits, _, power = text.replace("−", "-").partition("·10")
    return float(digits) * 10 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or "0")


@each_language
@each_kind
@pytest.mark.parametrize("x", [-2.7, -0.35, 2.0, 6.0])
def test_values_and_errors_at_the_probe_are_true(language, kind, x):
    page = opened(kind, language, x0=x)
    now, words = page.blob.now, library.parts(language, "topics/approximations")
    held = float(forms.rounded(x, kind))
    assert spelled(now["held"]) == pytest.approx(held, rel=1e-6)
    for form in FORMS:
        told = [spelled(now[name]) for name in (form, f"{form}_f", f"{form}_df")]
        if kind == "exact":
            f, df = (float(exact(form, x, order) - exact("erf", x, order)) for order in (0, 1))
            assert told[0] == pytest.approx(float(exact(form, x, 0)), abs=5.1e-5)
            assert told[1:] == pytest.approx([abs(f), abs(df)], rel=6e-3, abs=1e-14)
        else:
            value = float(forms.value(form, np.array(x), kind))
            assert told[0] == pytest.approx(value, abs=5.1e-5)
            assert told[1] == pytest.approx(abs(value - float(exact("erf", held, 0))), rel=6e-3, abs=1e-12)
        row = f"| {words[f'name-{form}']} | **{now[form]}** | **{now[f'{form}_f']}** | **{now[f'{form}_df']}** |"
        assert row in page.text
    quoted = dict(library.quoted(words["alt"].replace("{format}", words[f"format-{kind}"]), page.alt, [*now]))
    assert quoted == {name: now[name] for name in quoted}
    assert {"x", "tanh_f", "sigmoid_df"} <= set(quoted)


@each_kind
def test_every_place_of_the_probe_is_what_the_page_draws_there(kind):
    page = opened(kind, x0=-1.2)
    first, slider = drawn(page), page.blob.sliders["x0"]
    assert slider.positions == len(GRID)
    for k in (0, 71, 120, 240):
        there = opened(kind, x0=GRID[k])
        for name, row in drawn(there).items():
            held = slider.rows[name][k] if name in slider.rows else first[name]
            np.testing.assert_allclose(held, row, atol=2e-3, err_msg=name)
        assert {name: lines[k] for name, lines in slider.texts.items()} == there.blob.now


def test_the_curves_and_their_errors_are_true():
    picture = drawn(opened())
    for form in FORMS:
        x, y = picture[f"{form}.x"][::30], picture[f"{form}.y"][::30]
        np.testing.assert_allclose(y, [float(exact(form, t, 0)) for t in x], atol=1e-5)
        for name, order in (("f", 0), ("df", 1)):
            off = [abs(exact(form, t, order) - exact("erf", t, order)) for t in x]
            expected = [max(float(mpmath.log10(size)) if size else -99, -6.5) for size in off]
            np.testing.assert_allclose(picture[f"{form}_{name}.y"][::30], expected, atol=2e-3)


@each_language
@each_kind
def test_the_table_of_the_worst_says_what_was_found(language, kind):
    words, page = library.parts(language, "topics/approximations"), opened(kind, language)
    (table,) = (element.value for element in page.at.markdown if words["worst-f"] in element.value)
    for form in FORMS:
        worst = forms.worst(form, kind)
        (row,) = re.findall(rf"^\| {words[f'name-{form}']} \| ([^|*]*) \| ([^|*]*) \| ([^|*]*) \|$", table, re.M)
        for cell, size, at in zip(row, (worst.value, worst.slope), (worst.at, worst.slope_at), strict=False):
            if size == 0:
                assert cell == words["none"]
                continue
            found = dict(library.read(words["located"], cell))
            assert spelled(found["size"]) == pytest.approx(size, rel=6e-3)
            assert spelled(found["x"].removeprefix("±")) == pytest.approx(at, abs=0.0051)
            assert found["x"].startswith("±") == (kind == "exact")
        if worst.flat is None:
            assert row[2] == words["never"]
        else:
            assert spelled(dict(library.read(words["flat"], row[2]))["x"]) == pytest.approx(worst.flat, abs=0.0051)
    assert words[f"told-{kind}"] in page.text


@each_language
def test_the_numbers_and_claims_in_the_words_are_true(language):
    words = library.parts(language, "topics/approximations")
    tanh, sigmoid = forms.worst("tanh", "exact"), forms.worst("sigmoid", "exact")
    assert tanh.value < 0.0005 < 0.001
    assert all(part in words["why-2"] for part in ("4.73·10⁻⁴", "±2.70", "8.68·10⁻⁴", "±2.02"))
    assert all(part in words["why-3"] for part in ("2.03·10⁻²", "±2.27", str(round(sigmoid.value / tanh.value))))
    signs = {mpmath.sign(exact("tanh", x, 0) - exact("erf", x, 0)) for x in (1.85, 1.95)}
    assert len(signs) == 2, "the two agree near 1.9"
    for kind in KINDS[1:]:
        assert forms.worst("erf", kind).value > tanh.value, "the format changes more than the formula"
    erf, other = (forms.worst(form, "bfloat16") for form in ("erf", "tanh"))
    assert erf.value > 10 * tanh.value
    assert other.value / erf.value < 1.2 < 2 < other.slope / erf.slope
    assert "2019-02-07" in words["why"]


@each_language
def test_the_numpy_lines_can_be_copied_and_run(language):
    numpy_lines, libraries = re.findall(
        r"```python\n(.*?)```", library.parts(language, "topics/approximations")["why"], re.S
    )
    space = {}
    exec(numpy_lines, space)
    x = np.linspace(-5, 6, 23)
    for name, form in (("gelu", "erf"), ("gelu_tanh", "tanh"), ("gelu_sigmoid", "sigmoid")):
        np.testing.assert_allclose(space[name](x), [float(exact(form, t, 0)) for t in x], atol=1e-12)
    for call in ('torch.nn.functional.gelu(x, approximate="none")', "tf.nn.gelu(x, approximate=False)"):
        assert call in libraries
    assert "jax.nn.gelu(x, approximate=True)" in libraries


@each_language
def test_what_the_libraries_gave_is_quoted_as_it_was_stored(language):
    why = library.parts(language, "topics/approximations")["why"]
    assert all(f"{{{mark}}}" in why for mark in ran(language))
    assert library.filled(why, ran(language)) in opened("exact", language).text
    kept = [-np.log10(stored()["lines"][slug]["keras"]["float64"][0]) for slug in SLUGS.values()]
    assert list(map(int, kept)) == [8, 9, 15], "the words say how many digits Keras keeps"


@each_language
def test_before_an_answer_there_is_neither_probe_nor_error(language):
    page, words = Visit().ask("approximations", {"lang": language}), library.parts(language, "topics/approximations")
    assert not page.at.slider
    assert not [name for name in drawn(page) if "_f." in name or "_df." in name or "dot" in name]
    assert plain(page.alt) == words["alt-asked"]
    assert not any(words[f"why-{k}"] in page.text for k in "1234")
    assert "4.73" not in page.text.replace(library.filled(words["why"], ran(language)), "")


@pytest.mark.parametrize(("answer", "height"), [("1", None), ("2", 0.001), ("3", 0.02), ("4", 0.1)])
def test_an_answer_is_drawn_as_the_error_it_stands_for(answer, height):
    page = Visit().ask("approximations", {"lang": "en"})
    page.at.get("button_group")[0].set_value(f"choice-{answer}")
    picture = drawn(page.run())
    if height is None:
        assert "ghost.y" not in picture
    else:
        np.testing.assert_allclose(10 ** picture["ghost.y"], height, rtol=1e-5)


@pytest.mark.parametrize("asked", ["nan", "", "float32", "9" * 5000, "半精度"])
def test_a_format_nobody_offers_is_the_exact_one(asked):
    assert opened(asked).blob.now == opened().blob.now


@each_kind
def test_the_page_is_small_and_plotly_accepts_it(kind):
    page = opened(kind, "zh")
    (follower,) = page.at.get("bidi_component")
    assert len(follower.proto.bytes) < 30_000
    assert len(str(page.spec)) < 70_000
    figure = go.Figure(page.spec)
    assert len({trace.name for trace in figure.data}) == len(figure.data)
