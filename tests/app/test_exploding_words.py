"""All that the page of exploding gradients says, number by number, against what was measured or follows by hand."""

import math
import re

import pytest

from activations.experiments import exploding
from tests.oracle import explosion, library
from tests.oracle.blob import plain
from tests.oracle.explosion import CASES, cell, opened, part

each_language = pytest.mark.parametrize("language", ["en", "zh"])
TRUE = {
    "3.0 \\cdot 10^{-8}": ("why-2", 2**-25),
    "0.707": ("why-2", 0.5**0.5),
    "2.3·10⁻⁸": ("why-2", 10 ** cell("relu", 0.0, 50)),
    "2.6·10⁷": ("why-3", 10 ** cell("relu", 1.0, 50)),
    "6.6·10⁻¹¹": ("why", 10 ** cell("sigmoid", 2.0, 50)),
    "0.77": ("why", 10 ** cell("relu", 0.5, 50)),
    "0.088": ("why", 2**0.5 / 16),
    "3.9·10⁻⁸": ("why", 10 ** -cell("relu", 1.0, 50)),
    "5.2": ("table-note", 10 ** cell("selu", 0.0, 50)),
}
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@each_language
@pytest.mark.parametrize("told", TRUE)
def test_every_number_in_the_prose_is_true(told, language):
    name, true = TRUE[told]
    assert told in part(language)[name]
    digits, _, power = told.replace(" \\cdot ", "·").replace("^{", "").rstrip("}").partition("·10")
    exponent = int(power.translate(DIGITS) or 0)
    assert abs(float(digits) * 10.0**exponent - true) <= 0.5 * 10.0 ** (exponent - len(digits.partition(".")[2]))


@each_language
def test_what_is_said_of_the_critical_gains_holds(language):
    (table,) = [text for text in page_texts(language) if part(language)["column-pytorch"] in text]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    found = {row[0]: row[1:] for row in rows[2:]}
    titles = {slug: library.parts(language, f"functions/{slug}")["title"] for slug in exploding.scales()}
    assert list(found) == list(titles.values())
    relu, sigmoid, tanh = (found[titles[slug]] for slug in ("relu", "sigmoid", "tanh"))
    assert relu == ["1.414", "1.414", "0.707", "1.000", "1.000"]
    assert sigmoid[0] == "10.149"
    assert 0.2 < float(sigmoid[-1]) < 0.25
    assert tanh[:2] == ["1.000", "1.667"]
    assert tanh[-1] == "1.100"
    assert found[titles["selu"]][:2] == ["0.690", "0.750"]
    assert found[titles["gelu"]] == ["1.468", "–", "0.500", "0.707", "–"]
    assert found[titles["binary_step"]] == ["–", "–", "0.000", "0.000", "–"]
    assert "10.15" in part(language)["why"]


def page_texts(language):
    return [plain(element.value) for element in opened(language=language).at.markdown]


@each_language
@pytest.mark.parametrize(
    ("weight", "bias", "grown"),
    [
        ("100", "-50", ["25.0", "625", "9.54·10¹³"]),
        ("8", "-4", ["2.00", "4.00", "1.02·10³"]),
        ("4", "-2", ["1.00", "1.00", "1.00"]),
        ("1", "-0.5", ["0.250", "0.0625", "9.54·10⁻⁷"]),
    ],
)
def test_nielsens_chain_is_a_chain(language, weight, bias, grown):
    said = [plain(element.value) for element in opened(language=language, chain=weight).at.markdown]
    name = library.filled(part(language)["chain-centred"], {"w": weight, "b": bias})
    (table,) = [text for text in said if name in text]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert rows[0][1:] == ["1", "2", "10"]
    assert rows[2][1:] == grown
    slope = 1 / (2 + 2 * math.cosh(float(weight) / 2))
    digits, _, power = rows[3][1].partition("·10")
    assert float(digits) * 10.0 ** int(power.translate(DIGITS) or 0) == pytest.approx(float(weight) * slope, rel=6e-3)
    links = plain("\n".join(page_texts(language)))
    assert "(vanishing?" in links
    assert "w=8.0&b=-4.0&input=0.5" in links


@pytest.mark.parametrize(("slug", "clip", "power", "depth", "language"), CASES)
def test_the_reading_and_the_description_say_what_was_measured(slug, clip, power, depth, language):
    page, words = opened(slug, clip, power, depth, language), part(language)
    told = explosion.said(slug, clip, power, depth, language)
    names = ["reading", "reading-left", "reading-factor", *(["reading-clip"] if clip == "on" else [])]
    expected = [filled(words[name], told) for name in names]
    assert explosion.reading(page) == expected
    named = page.sliders["gain"].label
    assert plain(named) == filled(words["slider-gain"], told)
    assert named != plain(named), "what the browser rewrites is marked"
    alt = plain(page.alt)
    assert alt.endswith(" ".join(expected).replace("*", ""))
    assert library.parts(language, f"functions/{slug}")["title"] in alt
    assert "{" not in alt


def filled(template, told):
    for name, text in told.items():
        template = template.replace(f"{{{name}}}", text)
    return template


def test_both_languages_quote_the_same_numbers_in_the_same_sentences():
    quoted = {
        code: {name: set(re.findall(r"{(\w+)}", text)) for name, text in part(code).items()} for code in ("en", "zh")
    }
    within = {name: names for name, names in quoted["en"].items() if name.startswith(("reading", "alt", "mark"))}
    assert within == {name: quoted["zh"][name] for name in within}
    assert within["reading-left"] == {"depth", "left", "state"}
    assert within["reading-clip"] == {"clipped", "output", "rescued"}
