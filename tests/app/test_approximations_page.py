"""The page of the three forms of GELU: what it asks, draws, says and lets a reader copy, against fifty digits."""

import base64
import math
import re

import mpmath
import numpy as np
import plotly.graph_objects as go
import pytest
from scipy import special

from activations.experiments import approximations as forms
from activations.experiments.libraries import stored
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.library_run import SLUGS, quoted_run
from tests.oracle.visitor import Visit

FORMS, KINDS = ("erf", "tanh", "sigmoid"), ("exact", "float16", "bfloat16")
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
        numbers = [spelled(now[name]) for name in (form, f"{form}_f", f"{form}_df")]
        if kind == "exact":
            f, df = (float(exact(form, x, order) - exact("erf", x, order)) for order in (0, 1))
            assert numbers[0] == pytest.approx(float(exact(form, x, 0)), abs=5.1e-5)
            assert numbers[1:] == pytest.approx([abs(f), abs(df)], rel=6e-3, abs=1e-14)
        else:
            value = float(forms.value(form, np.array(x), kind))
            assert numbers[0] == pytest.approx(value, abs=5.1e-5)
            assert numbers[1] == pytest.approx(abs(value - float(exact("erf", held, 0))), rel=6e-3, abs=1e-12)
        row = f"| {words[f'name-{form}']} | **{now[form]}** | **{now[f'{form}_f']}** | **{now[f'{form}_df']}** |"
        assert row in page.text
    quoted = dict(library.quoted(words["alt"].replace("{format}", words[f"format-{kind}"]), page.alt, [*now]))
    assert quoted == {name: now[name] for name in quoted}
    assert {"x", "tanh_f", "sigmoid_df"} <= set(quoted)


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
    assert words[f"worst-note-{kind}"] in page.text


@each_language
def test_the_numbers_and_claims_in_the_words_are_true(language):
    words = library.parts(language, "topics/approximations")
    tanh = forms.worst("tanh", "exact")
    assert tanh.value < 0.0005
    assert all("0.0005" in words[part] for part in ("claim", "say"))
    assert r"4.73 \cdot 10^{-4}" in words["why"] or "4.73·10⁻⁴" in words["why"]
    assert tanh.value == pytest.approx(4.73e-4, abs=0.005e-4)
    for kind in KINDS[1:]:
        assert forms.worst("erf", kind).value > tanh.value, "the format changes more than the formula"
    erf, other = (forms.worst(form, "bfloat16") for form in ("erf", "tanh"))
    assert erf.value > 10 * tanh.value
    assert other.value / erf.value < 1.2 < 2 < other.slope / erf.slope
    assert "2019-02-07" in words["why"]
    x = np.linspace(-6, 6, 2401, dtype=np.float32)
    single = np.float32(0.5) * x * (1 + special.erf(x / np.sqrt(np.float32(2))))
    rounding = np.abs(single - special.ndtr(x.astype(float)) * x).max()
    assert 500 < tanh.value / rounding < 2000, "about a thousand times smaller in float32"


@each_language
def test_the_numpy_lines_can_be_copied_and_run(language):
    numpy_lines, libraries = re.findall(
        r"```python\n(.*?)```", library.parts(language, "topics/approximations")["fold"], re.S
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
    fold = library.parts(language, "topics/approximations")["fold"]
    assert all(f"{{{mark}}}" in fold for mark in quoted_run(language))
    assert library.filled(fold.partition("\n\n")[2], quoted_run(language)) in opened("exact", language).text
    digits = [-np.log10(stored()["lines"][slug]["keras"]["float64"][0]) for slug in SLUGS.values()]
    assert list(map(int, digits)) == [8, 9, 15], "the words say how many digits Keras keeps"


@each_language
def test_each_wrong_answer_is_an_unseen_mark_at_its_error(language):
    page = Visit().ask("approximations", {"lang": language})
    ghosts = {trace["name"]: trace for trace in page.spec["data"] if trace["name"].startswith("guess")}
    assert set(ghosts) == {f"guess_{k}{end}" for k in "13" for end in ("", "_word")}
    picture, gelu = drawn(page), float(exact("erf", -4, 0))
    for answer, value in (("1", gelu), ("3", -0.00098)):
        off, mark = abs(value - gelu), ghosts[f"guess_{answer}"]
        assert picture[f"guess_{answer}.x"] == [-4]
        assert picture[f"guess_{answer}.y"] == pytest.approx([np.log10(off) if off else -6.5], abs=0.01)
        assert (mark["visible"], mark["yaxis"]) == (False, "y2")
        word = ghosts[f"guess_{answer}_word"]
        assert (word["visible"], word["text"]) == (False, [library.labels(language)["question.note_yours"]])


@each_language
def test_where_the_answer_is_shown_the_erf_form_gives_0_and_each_reason_is_true(language):
    words, answer_state = library.parts(language, "topics/approximations"), BY_PATH["approximations"].answer_state
    page = Visit().ask(
        "approximations", {"lang": language, **{name: str(value) for name, value in answer_state.items()}}
    )
    assert page.values == {"x0": -4}
    assert spelled(page.blob.now["erf"]) == 0
    assert words["right"] == "2"
    gelu, rounded = float(exact("erf", -4, 0)), np.float16(math.erf(-4 / math.sqrt(2)))
    assert f"{gelu:.6f}".replace("-", "−") in words["question"]
    assert float(np.float16(gelu)) == pytest.approx(gelu, rel=5e-4), "float16 can hold it to three digits"
    assert spelled("1.2·10⁻⁷") == pytest.approx(float(np.spacing(np.float16(-gelu))), rel=0.02)
    assert (rounded, f"{math.erf(-4 / math.sqrt(2)):.5f}") == (-1, "-0.99994")
    step = float(np.nextafter(np.float16(-1), np.float16(0))) + 1
    assert step == pytest.approx(spelled("4.9·10⁻⁴"), rel=0.01)
    assert -2 * step == pytest.approx(-0.00098, rel=0.01)
    assert "1.2·10⁻⁷" in words["why-1"]
    assert all("−0.99994" in words[part] for part in ("why-2", "why-3"))
    assert all("4.9·10⁻⁴" in words[part] for part in ("why-2", "why-3"))
    assert "−0.00098" in words["why-3"]


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
