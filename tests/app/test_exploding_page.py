"""The page of exploding gradients asks before it tells, draws what was measured, and says only what is true."""

import math

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.rooms import BY_PATH
from tests.oracle import explosion, library
from tests.oracle.drawing import Drawing, decoded
from tests.oracle.explosion import GUESSED, POWERS, SLUGS, cell, kept, opened, part
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
