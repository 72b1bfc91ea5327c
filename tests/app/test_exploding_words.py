"""All that the page of exploding gradients says, number by number, against what was measured or follows by hand."""

import math
import re

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import exploding
from tests.oracle import explosion, library
from tests.oracle.blob import plain
from tests.oracle.explosion import CASES, cell, opened, part, stored_map

each_language = pytest.mark.parametrize("language", ["en", "zh"])
TRUE = {
    "1.28·10³": ("why-3", 10 ** cell("tanh", 1.0, 50)),
    "1.15": ("why-3", 10 ** (cell("tanh", 1.0, 50) / 50)),
    "0.707": ("why", 0.5**0.5),
    "2.3·10⁻⁸": ("why", 10 ** cell("relu", 0.0, 50)),
    "6.6·10⁻¹¹": ("why", 10 ** cell("sigmoid", 2.0, 50)),
    "0.77": ("why", 10 ** cell("relu", 0.5, 50)),
    "0.088": ("why", 2**0.5 / 16),
    "1.65·10³": ("why", 10 ** cell("tanh", 1.0, 50, "weights")),
    "76.4": ("table-note", 100 * (1 - exploding.scales()["sigmoid"].recommended)),
    "5.2": ("table-note", 10 ** cell("selu", 0.0, 50)),
}
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@each_language
@pytest.mark.parametrize("number", TRUE)
def test_every_number_in_the_prose_is_true(number, language):
    name, true = TRUE[number]
    assert number in part(language)[name]
    digits, _, power = number.replace(" \\cdot ", "·").replace("^{", "").rstrip("}").partition("·10")
    exponent = int(power.translate(DIGITS) or 0)
    assert abs(float(digits) * 10.0**exponent - true) <= 0.5 * 10.0 ** (exponent - len(digits.partition(".")[2]))


def ratios(slug, gain):
    """The first layer's weight gradient by the last one's, in each of the nine networks."""
    found = [exploding.network(CATALOGUE[slug], [gain], seed)[1][0, -1] for seed in range(exploding.SEEDS)]
    return [10.0**decades for decades in found]


@each_language
def test_what_is_stated_of_weight_gradients_holds_in_each_network(language):
    prose = part(language)["why"]
    relu, tanh = ratios("relu", 1.0), ratios("tanh", 5 / 3)
    assert (f"{min(relu):.2f}", f"{max(relu):.2f}") == ("0.36", "2.14")
    assert math.floor(min(tanh)) == 44
    assert math.ceil(max(tanh)) == 212
    assert all(number in prose for number in ("0.36", "2.14", "44", "212"))
    weights = stored_map("relu", "weights")
    assert np.ptp(weights, axis=0).max() <= 2e-4, "whatever g is"


@pytest.mark.parametrize(("size", "end"), [(1.0, 0.0), (5.0, math.inf)])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_relu_squared_sends_a_small_input_to_0_and_a_large_one_beyond_all_doubles(size, end, seed):
    rng = np.random.default_rng(seed)
    a = rng.standard_normal(256)
    a *= size / math.sqrt(np.mean(a * a))
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(12):
            before, a = a, np.maximum(0.5 / 16 * rng.standard_normal((256, 256)) @ a, 0) ** 2
            if not np.isfinite(a).all():
                break
    assert (a.max() if np.isfinite(before).all() else math.nan) == end
    assert all(text in part(code)["why"] for code, text in (("en", "twelve layers of ReLU²"), ("zh", "十二层 ReLU²")))


@each_language
def test_what_is_stated_of_the_critical_gains_holds(language):
    (table,) = [text for text in page_texts(language) if f"| {part(language)['column-pytorch']} |" in text]
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
    paragraphs = [plain(element.value) for element in opened(language=language, chain=weight).at.markdown]
    name = library.filled(part(language)["chain-centred"], {"w": weight, "b": bias})
    (table,) = [text for text in paragraphs if name in text]
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
    texts = explosion.crosshair_texts(slug, clip, power, depth, language)
    names = [
        "reading",
        "reading-left",
        "reading-factor",
        "reading-weights",
        *(["reading-clip"] if clip == "on" else []),
    ]
    expected = [filled(words[name], texts) for name in names]
    assert explosion.reading(page) == expected
    named = page.sliders["gain"].label
    assert plain(named) == filled(words["slider-gain"], texts)
    assert named != plain(named), "what the browser rewrites is marked"
    alt = plain(page.alt)
    assert alt.endswith(" ".join(expected).replace("*", ""))
    assert library.parts(language, f"functions/{slug}")["title"] in alt
    assert "{" not in alt


def filled(template, texts):
    for name, text in texts.items():
        template = template.replace(f"{{{name}}}", text)
    return template


def test_both_languages_quote_the_same_numbers_in_the_same_sentences():
    quoted = {
        code: {name: set(re.findall(r"{(\w+)}", text)) for name, text in part(code).items()} for code in ("en", "zh")
    }
    within = {name: names for name, names in quoted["en"].items() if name.startswith(("reading", "alt", "mark"))}
    assert within == {name: quoted["zh"][name] for name in within}
    assert within["reading-weights"] == {"ratio", "depth"}
    assert within["reading-left"] == {"depth", "left", "state"}
    assert within["reading-clip"] == {"clipped", "output", "rescued"}
