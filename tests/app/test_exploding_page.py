"""The page of exploding gradients shows everything from the start and draws what was measured."""

import math

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.register import BY_PATH
from tests.oracle import explosion, library
from tests.oracle.drawing import Drawing, decoded
from tests.oracle.explosion import GUESSED, POWERS, SLUGS, cell, opened, part, stored_map
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])


def asked(language, **query):
    return Visit().ask("exploding", {"lang": language, **query})


@each_language
def test_map_sliders_and_text_are_there_before_any_answer(language):
    page = asked(language)
    assert set(page.sliders) == {"gain", "depth"}
    assert {"field", "cut", "critical", "weights"} <= {trace["name"] for trace in page.spec["data"]}
    assert page.blob.now == explosion.crosshair_texts("relu", "off", 0.0, 50, language)


@each_language
def test_each_wrong_answer_is_drawn_unseen_where_it_is_asked_about(language):
    drawing = Drawing(asked(language, f="tanh", gain="1").spec)
    guesses = {name: trace for name, trace in drawing.traces.items() if name.startswith("guess_")}
    assert set(guesses) == {f"guess_{k}" for k in GUESSED if k != part(language)["right"]}
    for name, trace in guesses.items():
        x, y = drawing.xy(name)
        assert (x[0], y[0], x[-1], y[-1]) == (0, 0, GUESSED[name[-1]], 50)
        assert trace["visible"] is False
        assert trace["text"][1].strip() == library.labels(language)["drawn.guess"]
    for other in ({"f": "relu"}, {"f": "tanh", "clip": "on"}):
        assert not [trace for trace in asked(language, **other).spec["data"] if trace["name"].startswith("guess_")]


def test_the_right_answer_is_what_was_measured_where_the_answer_is_shown():
    assert BY_PATH["exploding"].answer_state == {"f": "tanh", "gain": 1.0}
    page = asked("en", f="tanh", gain="1")
    left = page.blob.now["left"]
    decades = cell("tanh", 1.0, 50)
    assert left == explosion.spelt(decades)
    assert min(GUESSED, key=lambda k: abs(GUESSED[k] - decades)) == part("en")["right"] == part("zh")["right"]


def test_the_colours_of_the_map_have_numbers():
    drawing = Drawing(opened("relu").spec)
    numbers = {note["x"]: note["text"] for note in drawing.layout["annotations"] if note.get("xref") == "x2"}
    assert numbers == {-10: "10⁻¹⁰", 0: "1", 10: "10¹⁰"}
    decades, (field, key) = drawing.xy("key")[0], (drawing.traces[name] for name in ("field", "key"))
    np.testing.assert_allclose(decoded_cells(key)[0], decades, atol=1e-5)
    for name in ("colorscale", "zmin", "zmax"):
        assert key[name] == field[name]


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
    assert page.values == {"gain": power, "depth": 50}
    assert page.blob.now == explosion.crosshair_texts(slug, clip, power, 50, "en")
    chosen = [page.at.query_params.get(name, "off") for name in ("f", "clip")]
    assert [value if isinstance(value, str) else value[0] for value in chosen] == [slug, clip]


@pytest.mark.parametrize("value", ["evil", "", "mish", "9" * 5000, "<script>", "中文"])
def test_a_choice_nobody_could_make_is_dropped(value):
    page = Visit().go("exploding", {"lang": "en", "f": value, "clip": value, "gain": value, "depth": value})
    assert page.blob.now == explosion.crosshair_texts("relu", "off", 0.0, 50, "en")


@pytest.mark.parametrize("clip", ["off", "on"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_map_is_the_one_that_was_measured_and_weighs_little(slug, clip):
    page = opened(slug, clip)
    spec = page.spec
    (field,) = [trace for trace in spec["data"] if trace["name"] == "field"]
    shown = np.minimum(stored_map(slug), 0) if clip == "on" else stored_map(slug)
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


def test_the_page_has_the_two_sliders():
    assert [param.name for param in BY_PATH["exploding"].params] == ["gain", "depth"]


@each_language
@pytest.mark.parametrize("slug", SLUGS)
def test_the_marks_stand_where_the_literature_and_the_quadrature_put_them(slug, language):
    drawing, words = Drawing(opened(slug, language=language).spec), part(language)
    critical = dict(zip(SLUGS, (2**0.5, 10.14926371, 1, 1.46801126, 0.69048608, 1), strict=True))[slug]
    assert drawing.xy("critical")[0] == pytest.approx(math.log2(critical), abs=1e-6)
    across = drawing.xy("marks")[0]
    assert set(across[np.isfinite(across)]) == {0, 0.5}, "gains 1 and √2"
    notes = {note["text"]: note["x"] for note in drawing.layout["annotations"] if "xref" not in note}
    mark = words["mark-critical"].replace("{gain}", f"{critical:.3f}")
    expected = {words["mark-lecun"]: 0, words["mark-he"]: 0.5, f"<b>{mark}</b>": math.log2(critical)}
    assert notes == pytest.approx(expected, abs=1e-6)
    axis = drawing.layout["xaxis"]
    fractions = {"¼": 0.25, "½": 0.5}
    for place, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        assert 2**place == fractions.get(text) or 2**place == float(text)
