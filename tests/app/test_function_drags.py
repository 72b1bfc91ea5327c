"""What is printed while a slider of a function's page is dragged is true there, and what a reload would print."""

import pytest

from activations import CATALOGUE
from tests.oracle import exact, library
from tests.oracle.drawing import Drawing
from tests.oracle.printed import Truth
from tests.oracle.sheet import opened, seen

LABELS = ("rise_label", "stem_label")
PROBED = {"x0", "value", "slope", *(f"{label}.text" for label in LABELS)}
SLIDERS = [(slug, param.name) for slug, activation in CATALOGUE.items() for param in activation.params]
EVERY = [
    (slug, name) for slug, activation in CATALOGUE.items() for name in ("x0", *(p.name for p in activation.params))
]
each_parameter = pytest.mark.parametrize(("slug", "name"), SLIDERS)
each_slider = pytest.mark.parametrize(("slug", "name"), EVERY)


def param(slug, name):
    return next(p for p in CATALOGUE[slug].params if p.name == name)


def places(moved):
    """Every position of a slider, as a browser counts them."""
    return [round(moved.low + k * moved.step, 10) for k in range(moved.positions)]


def texts_at(moved, k):
    return {name: texts[k] for name, texts in moved.texts.items()}


@each_slider
def test_a_slider_is_told_of_every_position(slug, name):
    page = seen(slug, "zh")
    moved, slider = page.blob.sliders[name], page.sliders[name]
    assert (moved.low, moved.step, moved.value) == (slider.min, slider.step, slider.value)
    assert moved.low + (moved.positions - 1) * moved.step == pytest.approx(slider.max)
    head = page.blob.head
    assert (head["chart"], head["page"]) == ("curve", slug)
    assert set(page.blob.sliders) == set(page.sliders)
    assert page.at.get_by_key("curve").proto.spec


@pytest.mark.parametrize("slug", CATALOGUE)
def test_the_probe_is_read_right_at_every_position(slug):
    at = CATALOGUE[slug].defaults
    moved = seen(slug, "en").blob.sliders["x0"]
    assert set(moved.texts) == PROBED
    for k, x0 in enumerate(places(moved)):
        Truth(slug, at, x0, "en").check(texts_at(moved, k))


@each_parameter
def test_everything_printed_is_true_at_every_position_of_a_parameter(slug, name):
    at, page = CATALOGUE[slug].defaults, seen(slug, "zh", x0=-0.65)
    moved, now = page.blob.sliders[name], page.blob.now
    assert set(moved.texts) == {*now, *(f"{label}.text" for label in LABELS)}
    for k, value in enumerate(places(moved)):
        texts = texts_at(moved, k)
        # What takes a search over the whole line is asked for at every fifteenth position and at both ends.
        whole = k % 15 == 0 or k == moved.positions - 1
        texts = texts if whole else {said: texts[said] for said in (*PROBED, name)}
        Truth(slug, {**at, name: value}, -0.65, "zh").check(texts)


# The probe of a function is read at every position above: here it stands at one place, a parameter at three.
STANDS = [(slug, name, share) for slug, name in EVERY for share in ((0.13,) if name == "x0" else (0.0, 0.77, 1.0))]


@pytest.mark.parametrize(("slug", "name", "share"), STANDS)
def test_a_page_opened_where_the_thumb_stands_prints_the_same(slug, name, share):
    page = seen(slug, "en")
    moved = page.blob.sliders[name]
    k = round(share * (moved.positions - 1))
    value = places(moved)[k]
    there = opened(slug, "en", {} if name == "x0" else {name: value}, value if name == "x0" else -1.2)
    texts = texts_at(moved, k)
    traces = Drawing(there.spec).traces
    assert [[texts.pop(f"{label}.text")] for label in LABELS] == [traces[label]["text"] for label in LABELS]
    assert {**page.blob.now, **texts} == there.blob.now


@each_parameter
@pytest.mark.parametrize("language", ["en", "zh"])
def test_texts_are_dragged_in_the_readers_language(slug, name, language):
    sliders = opened(slug, language).blob.sliders
    smooth = {label for key, label in library.labels(language).items() if key.startswith("smooth.")}
    assert set(sliders[name].texts["cell.smooth"]) <= smooth
    for moved in sliders.values():
        for text in moved.texts["rise_label.text"]:
            library.read("\u00a0" + library.labels(language)["on.slope_per_one"], text)


@each_parameter
def test_a_kink_closes_in_the_table_exactly_where_it_closes(slug, name):
    moved = seen(slug, "en").blob.sliders[name]
    closed = [k for k, text in enumerate(moved.texts.get("kink.0", [])) if text == "no kink here"]
    at = CATALOGUE[slug].defaults
    bent = [exact.of(slug, **{**at, name: value}).smoothness in ("jump", "continuous") for value in places(moved)]
    expected = [k for k, still_bent in enumerate(bent) if not still_bent]
    assert closed == (expected if "kink.0" in moved.texts else [])


def test_one_sliders_drag_keeps_what_the_other_set():
    page = seen("elu", "en", (("alpha", 2.5),), 0.4)
    moved = page.blob.sliders["x0"]
    for k in (0, 100, 200):
        Truth("elu", {"alpha": 2.5}, places(moved)[k], "en").check(texts_at(moved, k))
