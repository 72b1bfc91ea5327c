"""What the page on rounding draws and prints, against mpmath; what is computed is tested beside the experiment."""

import math
import re

import numpy as np
import pytest
from mpmath import mp, mpf
from rounding_page import CASES, LETTERS, assert_says, drawn, opened, seen, spelled, true

from activations.experiments import framework_losses, rounding
from activations.experiments.formats import FORMATS
from activations.experiments.rounding import FORMS, X
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.nearest import DIGITS

each_case = pytest.mark.parametrize(("pair", "kind", "x", "language"), CASES)


@each_case
def test_what_is_printed_at_the_slider_is_true(pair, kind, x, language):
    page, words = seen(pair, kind, x, language), library.parts(language, "topics/rounding")
    now, (bits, lowest), exact = page.blob.now, DIGITS[kind], true(pair, x)
    assert_says(now["true"], exact, LETTERS[kind])
    for form in FORMS:
        value = float(rounding.value(pair, form, kind, np.array(x)))
        text, digits, ulps = (now[f"{form}_{what}"] for what in ("value", "digits", "ulps"))
        if not math.isfinite(value):
            assert (text, digits) == ("NaN" if math.isnan(value) else "∞", "0.0")
            assert ulps == ("–" if math.isnan(value) else "∞")
            continue
        assert_says(text, mpf(value), LETTERS[kind])
        off = abs(mpf(value) - exact)
        right = min(max(float(-mp.log10(off / abs(exact))) if off else 99, 0), bits * math.log10(2))
        assert float(digits) == pytest.approx(right, abs=0.051)
        last = mpf(2) ** max(mp.frexp(exact)[1] - bits, lowest)
        assert float(spelled(ulps)) == pytest.approx(float(off / last), rel=6e-3, abs=0.051)
    names = {name: words[f"{name}-{pair}"] for name in ("value", *FORMS)}
    assert library.filled(words["reading"], {**now, **names}) in page.text
    alt = library.filled(words["alt"], {**names, "format": kind})
    assert {"x", "true", "plain_value", "careful_digits"} <= {name for name, _ in library.quoted(alt, page.alt, [*now])}


@each_case
def test_the_lines_are_true(pair, kind, x, language):
    page = seen(pair, kind, x, language)
    picture, axis = drawn(page), page.spec["layout"]["yaxis"]
    ticks = dict(zip(axis["ticktext"], axis["tickvals"], strict=True))
    np.testing.assert_array_equal(picture["plain.x"], np.arange(-160, 161) / 4)
    for k in range(4, 321, 24):
        exact = true(pair, picture["best.x"][k])
        size = float(mp.log10(abs(exact))) if exact else math.nan
        np.testing.assert_allclose(picture["best.y"][k], size if size >= ticks["0"] else math.nan, atol=1e-4)
        for form in FORMS:
            value, y = float(rounding.value(pair, form, kind, picture["plain.x"][k])), picture[f"{form}.y"][k]
            if value == 0:
                assert y == ticks["0"] if exact else math.isnan(y)
            elif math.isinf(value):
                assert y == ticks["∞"]
            else:
                assert math.isnan(y) or y == pytest.approx(math.log10(abs(value)), abs=1e-4)
                assert math.isnan(y) == (math.isnan(value) or math.log10(abs(value)) < ticks["0"])
            found = rounding.outcome(pair, form, kind).digits[k]
            assert picture[f"{form}_digits.y"][k] == pytest.approx(found, abs=1e-5)
    for text, place in ticks.items():
        if text not in "0∞":
            assert spelled(text if text == "1" else f"1·{text}") == pytest.approx(mpf(10) ** place)


@each_case
def test_where_the_plain_form_is_lost_is_written_there(pair, kind, x, language):
    page, words = seen(pair, kind, x, language), library.parts(language, "topics/rounding")
    texts = {
        t["name"]: plain(t["text"][0]).strip("\u00a0") for t in page.spec["data"] if re.match("zero|broken", t["name"])
    }
    picture, ways = drawn(page), {"zero": rounding.zero, "broken": rounding.broken}
    expected = {}
    for name, find in ways.items():
        ends = find(pair, "plain", kind)
        for side, at in (("left", ends.left), ("right", ends.right)):
            if at is not None and abs(at) <= 40:
                beyond = float(rounding.value(pair, "plain", kind, np.array(1.001 * at)))
                last = "nan" if math.isnan(beyond) else "inf" if math.isinf(beyond) else "zero"
                expected[f"{name}_{side}"] = words[f"lost-{last}"].replace("{x}", f"{at:.2f}".replace("-", "−"))
                assert picture[f"{name}_{side}.x"][0] == pytest.approx(at, rel=1e-6)
    assert texts == expected


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("pair", "kind"), [("sigmoid", "float32"), ("tanh", "float64"), ("softplus", "float64")])
def test_what_is_written_of_it_is_not_cut_on_a_phone(pair, kind, language):
    page, wide = opened(pair, kind, language), 390 - 2 * 16
    margin = page.spec["layout"]["margin"]
    for trace in (t for t in page.spec["data"] if re.match("zero|broken", t["name"])):
        text, size = plain(trace["text"][0]), trace["textfont"]["size"]
        at = drawn(page)[f"{trace['name']}.x"][0]
        start = margin["l"] + (at - X.low) / (X.high - X.low) * (wide - margin["l"] - margin["r"])
        length = sum(1.0 if letter > "\u2e7f" else 0.25 if letter.isspace() else 0.55 for letter in text) * size
        end = start + length * (1 if trace["textposition"].endswith("right") else -1)
        assert 0 <= end <= wide, text


def outside(left, right):
    left, right = (None if at is None else f"{at:.2f}".replace("-", "−") for at in (left, right))
    if left and right and left == f"−{right}":
        return rf"\|x\| ≥ {right}"
    return ", ".join([f"x ≤ {left}"] * bool(left) + [f"x ≥ {right}"] * bool(right)) or "–"


@each_case
def test_the_table_says_where_each_form_is_lost(pair, kind, x, language):
    page = seen(pair, kind, x, language)
    words = library.parts(language, "topics/rounding")
    finds = {
        "dim": lambda kind: rounding.under_one_digit(pair, "plain", kind),
        "zero": lambda kind: rounding.zero(pair, "plain", kind),
        "broken": lambda kind: rounding.broken(pair, "plain", kind),
        "careful": lambda kind: rounding.zero(pair, "careful", kind),
        "gone": lambda kind: rounding.gone(pair, kind),
    }
    forms = {form: words[f"{form}-{pair}"] for form in FORMS}
    for name, find in finds.items():
        cells = [outside(ends.left, ends.right) for ends in map(find, FORMATS)]
        assert f"| {library.filled(words[f'lost-head-{name}'], forms)} | {' | '.join(cells)} |" in page.text
    assert f"| {words['lost-head']} | {' | '.join(FORMATS)} |" in page.text


@each_case
def test_the_table_of_the_libraries_says_what_was_measured(pair, kind, x, language):
    page, words = seen(pair, kind, x, language), library.parts(language, "topics/rounding")
    for name in framework_losses.measured():
        ends = [
            end
            for by in ("pytorch", "jax")
            for end in (framework_losses.by(by, name, kind).tenth, framework_losses.by(by, name, kind).zero)
        ]
        row = f"| {words[f'line-{name}']} | {' | '.join(outside(end.left, end.right) for end in ends)} |"
        assert row in page.text
    for versions in framework_losses.versions().items():
        assert " ".join(versions) in page.text
    for by, title in framework_losses.LIBRARIES.items():
        for side, template in enumerate((words["nan"], words["nan-right"])):
            nans = [
                words[f"line-{name}"]
                for name in framework_losses.measured()
                if framework_losses.by(by, name, kind).nan[side]
            ]
            joined = library.labels(language)["and"].join(nans)
            sentence = template.replace("{library}", title)
            assert (sentence.partition("{lines}")[0] in page.text) == bool(nans)
            assert sentence.replace("{lines}", joined if nans else "") in page.text or not nans
    assert framework_losses.cpu() in page.text
