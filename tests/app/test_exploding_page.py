"""The page of exploding gradients asks before it tells, draws what was measured, and says only what is true."""

import math
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from activations import CATALOGUE
from pages.rooms import BY_PATH
from tests.oracle import explosion, library
from tests.oracle.blob import plain
from tests.oracle.drawing import Drawing, decoded
from tests.oracle.explosion import CASES, GUESSED, POWERS, SLUGS, cell, kept, opened, part
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
CHOICES = ("1", "2", "3")


def asked(language, **query):
    return Visit().ask("exploding", {"lang": language, **query})


def pills(page):
    return next(group for group in page.at.get("button_group") if group.key == "prediction")


@each_language
def test_before_an_answer_there_is_neither_map_nor_slider_nor_reason(language):
    page = asked(language)
    group = pills(page)
    assert group.proto.label == part(language)["question"]
    assert [option.content for option in group.proto.options][:-1] == [part(language)[f"choice-{k}"] for k in CHOICES]
    assert not page.sliders
    names = [trace["name"] for trace in page.spec["data"]]
    assert not {"field", "cut", "critical"} & set(names)
    assert {f"ghost_{k}" for k in CHOICES} <= set(names), "where each answer would lead"
    assert all(part(language)[f"why-{k}"] not in page.text for k in CHOICES)
    assert "2.30" not in page.text + page.alt
    assert page.alt == part(language)["alt-ask"]


@each_language
@pytest.mark.parametrize("answer", CHOICES)
def test_an_answer_opens_the_map_and_is_drawn_into_it(language, answer):
    page = asked(language)
    pills(page).set_value(f"choice-{answer}")
    page.run()
    assert set(page.sliders) == {"gain", "depth"}
    told = page.text
    places = {k: told.index(f"**{part(language)[f'choice-{k}']}**") for k in CHOICES}
    assert min(places, key=places.get) == answer
    assert all(part(language)[f"why-{k}"] in told for k in CHOICES)
    drawing = Drawing(page.spec)
    x, y = drawing.xy("ghost")
    assert (x.tolist(), y.tolist()) == ([0, GUESSED[answer]], [0, 50])
    assert drawing.traces["yours"]["text"][0].strip() == library.labels(language)["yours"]
    assert "predicted" not in str(page.at.query_params)
    assert "ghost" not in [trace["name"] for trace in opened(language=language).spec["data"]]


def test_a_link_to_a_place_on_the_map_asks_nothing():
    assert asked("en", gain="0.5").stand == {"gain": 0.5, "depth": 50}
    assert not asked("en", f="tanh").sliders


def test_the_right_answer_is_what_was_measured():
    decades = cell("relu", 0.0, 50)
    assert min(GUESSED, key=lambda k: abs(GUESSED[k] - decades)) == part("en")["right"] == part("zh")["right"]
    assert decades == pytest.approx(-25 * math.log10(2), abs=0.3)


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
    titles = {slug: library.parts(language, f"functions/{slug}")["title"] for slug in CATALOGUE}
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
def test_nielsens_chain_is_a_chain(language):
    (table,) = [text for text in page_texts(language) if part(language)["chain-centred"] in text]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert rows[0][1:] == ["1", "2", "5", "10"]
    assert rows[2][1:] == ["25.0", "625", "9.77·10⁶", "9.54·10¹³"]
    assert (25**5, 25**10) == (9765625, 95367431640625)
    assert rows[3][1].endswith("·10⁻²⁰"), "100 · sigmoid'(50)"
    links = plain("\n".join(page_texts(language)))
    assert "(vanishing?" in links
    assert "w=8.0&b=-4.0&input=0.5" in links


@pytest.mark.parametrize("story", ["fades", "he", "sigmoid", "selu", "bounded", "helpless"])
def test_each_story_leads_where_its_name_says(story):
    page = opened("tanh", "off", 3.0, 7)
    group = next(group for group in page.at.get("button_group") if group.key == "exploding.story")
    group.set_value(story)
    page.run()
    slug, clip, power = {
        "fades": ("relu", "off", 0.0), "he": ("relu", "off", 0.5), "sigmoid": ("sigmoid", "off", 2.0),
        "selu": ("selu", "off", 0.0), "bounded": ("relu", "on", 1.0), "helpless": ("relu", "on", 0.0),
    }[story]  # fmt: skip
    assert page.stand == {"gain": power, "depth": 50}
    assert page.blob.now == explosion.said(slug, clip, power, 50, "en")
    chosen = [page.at.query_params.get(name, "off") for name in ("f", "clip")]
    assert [value if isinstance(value, str) else value[0] for value in chosen] == [slug, clip]


@pytest.mark.parametrize("value", ["evil", "", "mish", "9" * 5000, "<script>", "中文"])
def test_a_choice_nobody_could_make_is_dropped(value):
    page = Visit().go("exploding", {"lang": "en", "f": value, "clip": value, "gain": value, "depth": value})
    assert page.blob.now == explosion.said("relu", "off", 0.0, 50, "en")


@pytest.mark.parametrize("clip", ["off", "on"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_map_is_the_one_that_was_measured_and_weighs_little(slug, clip):
    page = opened(slug, clip)
    spec = page.spec
    (field,) = [trace for trace in spec["data"] if trace["name"] == "field"]
    shown = np.minimum(kept(slug), 0) if clip == "on" else kept(slug)
    np.testing.assert_allclose(decoded_cells(field), np.clip(shown, -16, 16).T, atol=1e-5)
    np.testing.assert_allclose(decoded(field["x"]), POWERS, atol=1e-6)
    assert decoded(field["y"]).tolist() == list(range(1, 51))
    go.Figure(spec)
    (follower,) = page.at.get("bidi_component")
    (chart,) = page.at.get("plotly_chart")
    assert len(follower.proto.bytes) <= 10_000
    assert len(chart.proto.spec) + len(follower.proto.bytes) <= 50_000


def decoded_cells(field):
    rows, columns = map(int, field["z"]["shape"].split(","))
    return decoded({k: v for k, v in field["z"].items() if k != "shape"}).reshape(rows, columns)


def test_the_room_has_the_two_sliders():
    assert [param.name for param in BY_PATH["exploding"].params] == ["gain", "depth"]


@pytest.mark.parametrize(("slug", "clip", "power", "depth", "language"), CASES)
def test_the_reading_and_the_description_say_what_was_measured(slug, clip, power, depth, language):
    page, words = opened(slug, clip, power, depth, language), part(language)
    told = explosion.said(slug, clip, power, depth, language)
    names = ["reading", "reading-left", "reading-factor", *(["reading-clip"] if clip == "on" else [])]
    expected = [filled(words[name], told) for name in names]
    assert explosion.reading(page) == expected
    alt = plain(page.alt)
    assert alt.endswith(" ".join(expected).replace("*", ""))
    assert library.parts(language, f"functions/{slug}")["title"] in alt
    assert "{" not in alt


def filled(template, told):
    for name, text in told.items():
        template = template.replace(f"{{{name}}}", text)
    return template


@each_language
@pytest.mark.parametrize("slug", SLUGS)
def test_the_marks_stand_where_the_literature_and_the_quadrature_put_them(slug, language):
    drawing, words = Drawing(opened(slug, language=language).spec), part(language)
    critical = dict(zip(SLUGS, (2**0.5, 10.14926371, 1, 1.46801126, 0.69048608, 1), strict=True))[slug]
    assert drawing.xy("critical")[0] == pytest.approx(math.log2(critical), abs=1e-6)
    across = drawing.xy("marks")[0]
    assert set(across[np.isfinite(across)]) == {0, 0.5}, "gains 1 and √2"
    notes = {note["text"]: note["x"] for note in drawing.layout["annotations"]}
    told = words["mark-critical"].replace("{gain}", f"{critical:.3f}")
    expected = {words["mark-lecun"]: 0, words["mark-he"]: 0.5, f"<b>{told}</b>": math.log2(critical)}
    assert notes == pytest.approx(expected, abs=1e-6)
    axis = drawing.layout["xaxis"]
    fractions = {"¼": 0.25, "½": 0.5}
    for place, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        assert 2**place == fractions.get(text) or 2**place == float(text)


def test_both_languages_quote_the_same_numbers_in_the_same_sentences():
    quoted = {
        code: {name: set(re.findall(r"{(\w+)}", text)) for name, text in part(code).items()} for code in ("en", "zh")
    }
    within = {name: names for name, names in quoted["en"].items() if name.startswith(("reading", "alt", "mark"))}
    assert within == {name: quoted["zh"][name] for name in within}
    assert within["reading-left"] == {"depth", "left", "state"}
    assert within["reading-clip"] == {"clipped", "output", "rescued"}
