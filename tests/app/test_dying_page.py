"""How a ReLU dies: in three tabs, in both languages; every number that is read is true."""

import math
import re

import plotly.graph_objects as go
import pytest

from activations import CATALOGUE
from activations.experiments import survival
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.dying_page import (
    DEFAULTS,
    SLUGS,
    STEPS,
    X,
    again,
    alpha,
    drawn,
    labels,
    opened,
    part,
    phi,
    share,
    thrown,
)
from tests.oracle.visitor import Visit

TABS = ("zone", "step", "layer")
SLIDERS = {"zone": {"b"}, "step": {"t", "step", "leak", "alpha"}, "layer": {"t"}}
each_language = pytest.mark.parametrize("language", ["en", "zh"])
each_tab = pytest.mark.parametrize("tab", TABS)
LONG = "9" * 5000


def pills(page, key):
    return next((group for group in page.at.get("button_group") if group.key == key), None)


def rows(page):
    """The cells of the table beside the picture, a list a row."""
    (table,) = [text for text in map(plain, (e.value for e in page.at.markdown)) if "| GELU |" in text]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines]


@each_language
def test_the_page_opens_right_after_the_large_step_with_every_tab_and_slider_there(language):
    page = Visit().ask("dying", {"lang": language})
    assert page.values == DEFAULTS
    assert pills(page, "choice.act").value == "step"
    assert [option.content for option in pills(page, "choice.act").proto.options] == [
        part(language)[f"act-{tab}"] for tab in TABS
    ]
    assert part(language)["why"].splitlines()[0] in page.text


@each_language
def test_what_a_wrong_answer_foretells_is_drawn_unseen(language):
    page = Visit().ask("dying", {"lang": language})
    ghosts = {trace["name"]: trace for trace in page.spec["data"] if trace["name"].startswith("guess")}
    assert set(ghosts) == {f"guess_{k}{end}" for k in "124" for end in ("", "_word")}
    assert not any(trace["visible"] for trace in ghosts.values())
    for answer, back in {"1": [0, 1, 1, 1], "2": [0, 1, 0, 0], "4": [0, 0, 0, 0]}.items():
        ends = drawn(page)[f"guess_{answer}.y"].reshape(4, 3)
        assert [bool(end > 0) for end in ends[:, 1]] == back
        assert (ends[:, 0] < 0).all()
        assert labels(page)[f"guess_{answer}_word.text"] == library.labels(language)["question.note_yours"]


@each_language
def test_the_last_moment_shows_who_is_on_again_and_the_first_does_not(language):
    answer_state, words = BY_PATH["dying"].answer_state, part(language)
    before = Visit().go("dying", {"lang": language})
    assert {row[2] for row in rows(before)[2:]} == {words["step-not-yet"]}
    assert max(drawn(before)[f"{slug}_top.y"][1:].max() for slug in SLUGS) < -1.5, "nothing of what is to come"
    after = Visit().go("dying", {"lang": language, **{name: str(value) for name, value in answer_state.items()}})
    assert [row[2] != words["step-never"] for row in rows(after)[2:]] == [False, True, True, False]
    assert [drawn(after)[f"{slug}_dots.y"].max() > 0 for slug in SLUGS] == [False, True, True, False]


def test_the_answer_called_right_is_the_right_one():
    seen = {slug: thrown(slug, 2.0, alpha(slug, DEFAULTS)) for slug in SLUGS}
    assert all(-1.6 < z[1].max() < -1.5 for z in seen.values()), "below −1.5 for every input, as the question says"
    assert all("−1.5" in part(language)["question"] for language in ("en", "zh"))
    back = [again(z) is not None for z in seen.values()]
    assert back == [False, True, True, False]
    assert part("en")["right"] == part("zh")["right"] == "3"
    for language in ("en", "zh"):
        assert "Leaky ReLU" in part(language)["choice-3"]
        assert " ELU" in part(language)["choice-3"]


@each_language
def test_every_number_of_the_reasons_is_true(language):
    words, gelu = part(language), thrown("gelu", 2.0, None)
    highest = gelu.max(axis=1)
    numbers = [f"{highest[1]:.2f}".replace("-", "−"), f"{highest[600]:.2f}".replace("-", "−"), "600", "−0.75", "1.25"]
    assert all(number in words["why-1"] for number in numbers)
    assert again(thrown("gelu", 1.25, None)) is not None
    elu, leaky = thrown("elu", 2.0, 1.0), thrown("leaky_relu", 2.0, 0.1)
    top = elu[1].max()
    assert f"{top:.2f}" in words["why-2"].replace("−", "-")
    assert f"{math.exp(top):.2f}" in words["why-2"]
    for why in ("why-2", "why-3"):
        assert {str(again(elu)), str(again(leaky))} <= set(re.findall(r"\d+", words[why]))
    assert f"{1e5 * math.exp(-10):.1f} \\cdot 10^{{-5}}" in words["why"]


@each_language
@each_tab
def test_each_tab_has_its_sliders_and_a_picture_plotly_accepts_in_both_modes(language, tab):
    for present in ("0", "1"):
        page = opened(tab, language, present=present)
        assert set(page.sliders) == SLIDERS[tab]
        assert set(page.blob.sliders) == SLIDERS[tab]
        figure = go.Figure(page.spec)
        assert figure.layout.meta == "dying"
        assert len({trace.name for trace in figure.data}) == len(figure.data)
        assert page.blob.head["plays"] is None if tab == "zone" else page.blob.head["plays"]["key"] == "t"
        assert not set("{}*") & set(plain(page.alt))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("bias", [-4.0, -3.0, -2.0, -1.0, 0.0, 2.0])
def test_what_is_printed_of_the_zone_is_true(language, bias):
    page = opened("zone", language, b=bias)
    off, on = phi(-bias), phi(bias)
    power = 200 * math.log10(off)
    chance = f"{10**power:#.3g}".rstrip(".") if power >= -3 else f"{10 ** (power % 1):.2f}·10"
    for number in (f"{off:.5f}", f"{200 * on:.2f}", chance):
        assert f"**{number}" in page.text
    assert f"{share(off)} %" in plain(page.alt)
    assert labels(page)["off_word.text"] == part(language)["zone-off"].replace("{share}", share(off))
    assert labels(page)["on_word.text"] == part(language)["zone-on"].replace("{share}", share(on))


@each_language
@pytest.mark.parametrize(
    "stand",
    [{}, {"t": 3}, {"step": 3.0, "t": 12}, {"step": 1.0}, {"leak": 0.0, "alpha": 0.0, "t": 20}, {"t": 40}, {"t": 0}],
)
def test_what_is_printed_of_the_step_is_true(language, stand):
    page, words, here = opened("step", language, **stand), part(language), {**DEFAULTS, **stand}
    head, _, *found = rows(page)
    assert str(STEPS[here["t"]]) in head[0]
    for slug, (name, on, back) in zip(SLUGS, found, strict=True):
        seen = thrown(slug, here["step"], alpha(slug, here))
        first = again(seen)
        assert name == library.parts(language, f"functions/{slug}")["title"]
        assert int(on) == (seen[STEPS[here["t"]]] > 0).sum()
        now, later = STEPS[here["t"]], words["step-never" if here["t"] == 40 else "step-not-yet"]
        known = words["step-spared"] if first == 1 else words["step-again"]
        expected = known if first is not None and first <= now else later
        assert back == expected.replace("{step}", str(first))
        assert labels(page)[f"{slug}_count.text"] == f"{on} / 16"
        assert f"{back}" in plain(page.alt)


@each_language
@pytest.mark.parametrize(
    "stand", [{"t": 40}, {"t": 10, "rate": "3", "seed": "2"}, {"t": 40, "rate": "20", "seed": "2"}]
)
def test_what_is_printed_of_the_layer_is_true(language, stand):
    page, words = opened("layer", language, **stand), part(language)
    head, _, *found = rows(page)
    at = int(stand.get("t", 1))
    assert str(survival.MOMENTS[at]) in head[0]
    for slug, (_, dead, off) in zip(SLUGS, found, strict=True):
        fate = survival.fate(CATALOGUE[slug], float(stand.get("rate", 6)), int(stand.get("seed", 1)))
        if math.isnan(fate.dead[at]):
            assert (dead, off) == ("×", words["layer-diverged"].replace("{step}", str(fate.diverged)))
            assert f"{slug}_lost" in [trace["name"] for trace in page.spec["data"]]
        else:
            assert (dead, off) == (f"{fate.dead[at]:.0f}", f"{share(fate.off[at])} %")
        assert off in plain(page.alt)
        assert labels(page)[f"{slug}_count.text"] == (dead if dead == "×" else f"{dead} / 256")


@each_language
def test_the_words_name_the_numbers_of_the_experiments(language):
    words = part(language)
    assert str(len(X)) in words["step-panel"]
    assert str(survival.EXAMPLES) in words["read-layer"]
    assert str(survival.UNITS) in words["layer-units"]
    assert {"0.1", "1"} <= set(re.findall(r"α = ([\d.]*\d)", words["read-layer"]))


@pytest.mark.parametrize("value", ["evil", "", "nan", "1e999", LONG, "½", "<script>", "十"])
def test_no_address_breaks_a_tab(value):
    for tab in (*TABS, value):
        asked = dict.fromkeys(("t", "step", "leak", "alpha", "b", "rate", "seed"), value)
        page = Visit().ask("dying", {"lang": "en", "predict": "0", **asked, "act": tab})
        assert set(page.sliders) == SLIDERS.get(tab, SLIDERS["step"])
        assert all(page.values[name] == at for name, at in {**DEFAULTS, "b": 0}.items() if name in page.values)
        assert page.alt


def test_a_tab_that_one_comes_back_to_stands_as_it_was_left():
    page = opened("step", t=7, leak=0.2)
    pills(page, "choice.act").set_value("zone")
    page.run().set("b", -2.5)
    pills(page, "choice.act").set_value("step")
    assert page.run().values == {**DEFAULTS, "t": 7, "leak": 0.2}
    pills(page, "choice.act").set_value("zone")
    assert page.run().values == {"b": -2.5}
