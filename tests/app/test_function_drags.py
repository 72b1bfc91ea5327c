"""What is printed while a slider of a function's page is dragged is true there, and what a reload would print."""

import pytest

from activations import CATALOGUE
from tests.all_cases import all_cases
from tests.oracle import exact, library
from tests.oracle.drawing import held
from tests.oracle.function_page import seen
from tests.oracle.printed import Truth

LABELS = ("rise_label", "stem_label")
LABELLED = tuple(f"{label}.text" for label in LABELS)
PROBED = {"x0", "value", "slope", *LABELLED}
SLIDERS = [(slug, param.name) for slug, activation in CATALOGUE.items() for param in activation.params]
EVERY = [
    (slug, name) for slug, activation in CATALOGUE.items() for name in ("x0", *(p.name for p in activation.params))
]
each_parameter = all_cases(("slug", "name"), SLIDERS)
each_slider = all_cases(("slug", "name"), EVERY)


def param(slug, name):
    return next(p for p in CATALOGUE[slug].params if p.name == name)


def places(moved):
    """Every position of a slider, as a browser counts them."""
    return [round(moved.low + k * moved.step, 10) for k in range(moved.positions)]


def printed(page, name):
    """All texts at every position of a slider: what it does not move stays."""
    return [{key: texts[key] for key in (*page.blob.now, *LABELLED)} for _, texts in held(page, name)]


@each_slider
def test_every_position_of_a_slider_is_sent(slug, name):
    page = seen(slug, "zh")
    moved, slider = page.blob.sliders[name], page.sliders[name]
    assert (moved.low, moved.step, moved.value) == (slider.min, slider.step, slider.value)
    assert moved.low + (moved.positions - 1) * moved.step == pytest.approx(slider.max)
    head = page.blob.head
    assert (head["chart"], head["page"]) == ("curve", slug)
    assert set(page.blob.sliders) == set(page.sliders)
    assert page.at.get_by_key("curve").proto.spec


@all_cases("slug", CATALOGUE)
def test_the_probe_is_read_right_along_its_slider(slug):
    at, page = CATALOGUE[slug].defaults, seen(slug, "en")
    moved = page.blob.sliders["x0"]
    assert set(moved.texts) <= PROBED
    # Every third position, and those beside the corners: the sweep itself is one array of numbers.
    positions = list(zip(places(moved), printed(page, "x0"), strict=True))
    for x0, texts in (*positions[::3], *((x0, texts) for x0, texts in positions if abs(x0) < 0.11 or abs(x0) > 5.9)):
        Truth(slug, at, x0, "en").check({key: texts[key] for key in PROBED})


@each_parameter
def test_everything_printed_is_true_along_the_slider_of_a_parameter(slug, name):
    at, page = CATALOGUE[slug].defaults, seen(slug, "zh", x0=-0.65)
    moved = page.blob.sliders[name]
    for k, (value, texts) in enumerate(zip(places(moved), printed(page, name), strict=True)):
        # What takes a search over the whole line is asked for at every fifteenth position and at both ends; the rest
        # at every third, beside the ends, and beside the default.
        whole = k % 15 == 0 or k == moved.positions - 1
        if not (whole or k % 3 == 0 or k in (1, moved.positions - 2) or abs(value - at[name]) < 1.1 * moved.step):
            continue
        texts = texts if whole else {key: texts[key] for key in (*PROBED, name)}
        Truth(slug, {**at, name: value}, -0.65, "zh").check(texts)


@each_parameter
@all_cases("language", ["en", "zh"])
def test_texts_are_dragged_in_the_readers_language(slug, name, language):
    page = seen(slug, language)
    smooth = {label for key, label in library.labels(language).items() if key.startswith("smooth.")}
    assert {texts["cell.smooth"] for texts in printed(page, name)} <= smooth
    for key in page.blob.sliders:
        for texts in printed(page, key):
            library.read("\u00a0" + library.labels(language)["on.slope_per_one"], texts["rise_label.text"])


@each_parameter
def test_a_kink_closes_in_the_table_exactly_where_it_closes(slug, name):
    page = seen(slug, "en")
    moved = page.blob.sliders[name]
    if "kink.0" not in page.blob.now:
        assert not any("kink.0" in texts for texts in moved.texts)
        return
    closed = [k for k, texts in enumerate(printed(page, name)) if texts.get("kink.0") == "no kink here"]
    at = CATALOGUE[slug].defaults
    bent = [exact.of(slug, **{**at, name: value}).smoothness in ("jump", "continuous") for value in places(moved)]
    expected = [k for k, still_bent in enumerate(bent) if not still_bent]
    assert closed == expected


def test_one_sliders_drag_keeps_what_the_other_set():
    page = seen("elu", "en", (("alpha", 2.5),), 0.4)
    x0, texts = places(page.blob.sliders["x0"]), printed(page, "x0")
    for k in (0, 100, 200):
        Truth("elu", {"alpha": 2.5}, x0[k], "en").check({key: texts[k][key] for key in PROBED})
