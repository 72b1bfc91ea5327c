"""The page of the race draws, prints and tells what was measured, read and ranked without the guide's code."""

import math
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.drawing import Drawing, held
from tests.oracle.quoted_numbers import numbers, stands_for
from tests.oracle.visitor import Visit

FILE = Path(__file__).parents[2] / "activations" / "experiments" / "race.npz"
FUNCTIONS = ("relu", "relu_squared", "gelu", "swish", "tanh", "sigmoid", "geglu", "swiglu")
GATED = ("geglu", "swiglu")
STEPS = [round(4000 * (k / 49) ** 1.7) for k in range(50)]
RATES = [10 ** (k / 2) for k in range(-7, 1)]
# (tab, task, function that stands out, moment, language)
CASES = [
    ("loss", "spirals", "swiglu", 10, "en"),
    ("loss", "spirals", "sigmoid", 49, "zh"),
    ("loss", "friedman", "swish", 49, "en"),
    ("loss", "friedman", "relu", 0, "zh"),
    ("loss", "friedman", "geglu", 20, "en"),
    ("layers", "spirals", "relu_squared", 10, "zh"),
    ("layers", "friedman", "sigmoid", 49, "en"),
    ("rates", "spirals", "geglu", 49, "en"),
    ("rates", "friedman", "relu", 33, "zh"),
]
over_cases = pytest.mark.parametrize("case", CASES, ids=str)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


@cache
def kept(task, name):
    """An array as it lies in the file: logarithms in ten-thousandths, each less the one before; 400 is a divergence."""
    with np.load(FILE) as file:
        found = file[f"{task}.{name}"].cumsum(axis=-1)
    if name == "dead":
        return found / np.array([44 if slug in GATED else 66 for slug in FUNCTIONS])[:, None, None, None]
    return np.where(found > 3_990_000, np.inf, 10.0 ** np.minimum(found / 10_000, 300))


def median(values):
    return sorted(values)[2]


def best(task, slug):
    """The index of the rate with the least median validation loss."""
    medians = [median(seeds) for seeds in kept(task, "validation")[FUNCTIONS.index(slug)].tolist()]
    return medians.index(min(medians))


def seeds(task, slug, moment):
    """The five held-out losses, ascending."""
    return sorted(kept(task, "held_out")[FUNCTIONS.index(slug), best(task, slug), :, moment].tolist())


def ranking(task, moment):
    """Slugs by median, and those of them that are not worse with every seed than the first."""
    ranked = sorted(FUNCTIONS, key=lambda slug: median(seeds(task, slug, moment)))
    first = seeds(task, ranked[0], moment)
    tied = [
        slug for slug in ranked[1:]
        if not all(one < other for one in first for other in seeds(task, slug, moment))
    ]  # fmt: skip
    return ranked, tied


def words(language):
    return library.parts(language, "topics/race")


def opened(tab, task, of, moment, language="en"):
    return Visit().go("race", {"show": tab, "task": task, "of": of, "t": str(moment), "lang": language})


def told(task, moment, language):
    ranked, tied = ranking(task, moment)
    part = words(language)
    kind = "none" if not tied else "all" if len(tied) == 7 else "some"
    others = (", " if language == "en" else "、").join(part[f"of-{slug}"] for slug in tied)
    return library.filled(part[f"told-{kind}"], {"best": part[f"of-{ranked[0]}"], "others": others})


def hold_texts(case, texts):
    """Each printed number of a tab at a moment."""
    tab, task, of, moment, language = case
    part = words(language)
    assert texts["step"] == str(STEPS[moment])
    if tab == "loss":
        ranked, _ = ranking(task, moment)
        for place, slug in enumerate(ranked):
            assert texts[f"name{place}"] == part[f"of-{slug}"]
            found = seeds(task, slug, moment)
            for name, value in (("low", found[0]), ("median", found[2]), ("high", found[4])):
                assert stands_for(texts[f"{name}{place}"], value), (slug, name)
        assert texts["told"] == told(task, moment, language)
        assert stands_for(texts["training"], median(kept(task, "training")[FUNCTIONS.index(of), :, moment].tolist()))
    elif tab == "layers":
        for layer in range(3):
            found = sorted(kept(task, "gradient")[FUNCTIONS.index(of), layer, :, moment].tolist())
            for name, value in (("low", found[0]), ("median", found[2]), ("high", found[4])):
                assert stands_for(texts[f"{name}{layer + 1}"], value), (layer, name)
    else:
        for k, slug in enumerate(FUNCTIONS):
            medians = [median(each) for each in kept(task, "held_out")[k, ..., moment].tolist()]
            assert texts[f"good_{slug}"] == str(sum(each <= 2 * min(medians) for each in medians))
            assert stands_for(texts[f"loss_{slug}"], medians[best(task, slug)])
            dead = [median(each) for each in kept(task, "dead")[k, ..., moment].tolist()]
            if "relu" in slug:
                assert float(texts[f"dead_{slug}"]) == pytest.approx(100 * dead[best(task, slug)], abs=0.501)
            else:
                assert not any(dead), "the page prints that there are none"


def logs(values, top=20):
    return [math.log10(value) if value < 10**top else top for value in values]


def hold_rows(case, rows, tolerance):
    """Each array of a tab at a moment that moves; what is off the scale is drawn outside its panel."""
    tab, task, of, moment, _ = case
    if tab in ("loss", "layers"):
        np.testing.assert_allclose(rows["hair.x"], [STEPS[moment]] * 2, atol=1)
    if tab == "loss":
        for k, slug in enumerate(FUNCTIONS):
            np.testing.assert_allclose(rows[f"{slug}_seeds.x"], logs(seeds(task, slug, moment)), atol=tolerance)
            assert set(rows[f"{slug}_seeds.y"]) == {7 - k}
        leader = seeds(task, ranking(task, moment)[0][0], moment)
        ends = logs([leader[0], leader[-1], leader[-1], leader[0]])
        np.testing.assert_allclose(rows["best.x"], ends, atol=tolerance)
        np.testing.assert_allclose(rows["now.x"], STEPS[moment], atol=1)
        np.testing.assert_allclose(rows["now.y"], logs([seeds(task, of, moment)[2]]), atol=tolerance)
    elif tab == "layers":
        for k, slug in enumerate(FUNCTIONS):
            medians = [median(each) for each in kept(task, "gradient")[k, ..., moment].tolist()]
            np.testing.assert_allclose(rows[f"{slug}_layers.x"], logs(medians), atol=tolerance)
    else:
        for k, slug in enumerate(FUNCTIONS):
            medians = logs([median(each) for each in kept(task, "held_out")[k, ..., moment].tolist()])
            for found, value in zip(rows[f"{slug}.y"], medians, strict=True):
                assert found == pytest.approx(value, abs=tolerance) or (1 < found <= value)
            chosen = rows["chosen.y"][k]
            assert chosen == pytest.approx(medians[best(task, slug)], abs=tolerance)
            if "relu" in slug:
                dead = [100 * median(each) for each in kept(task, "dead")[k, ..., moment].tolist()]
                np.testing.assert_allclose(rows[f"{slug}_dead.y"], dead, atol=0.02)
        every = kept(task, "held_out")[FUNCTIONS.index(of), ..., moment].tolist()
        ends = logs([*map(min, every), *map(max, every[::-1])])
        for found, value in zip(rows["band.y"], ends, strict=True):
            assert found == pytest.approx(value, abs=tolerance) or (1 < found <= value)


@over_cases
def test_all_that_is_printed_and_drawn_is_what_was_measured(case):
    page = opened(*case)
    hold_texts(case, page.blob.now)
    drawing = Drawing(page.spec)
    rows = {f"{name}.{axis}": drawing.xy(name)["xy".index(axis)] for name in drawing.order for axis in "xy"}
    hold_rows(case, rows, 1e-4)
    label = library.filled(words(case[-1])["slider-t"], {"step": str(STEPS[case[-2]])})
    assert plain(page.sliders["t"].label) == label


@over_cases
def test_every_position_of_the_slider_is_what_was_measured_there(case):
    tab, task, of, _, language = case
    page = opened(*case)
    assert list(page.blob.sliders) == ["t"]
    assert page.blob.sliders["t"].positions == 50
    for moment, (rows, texts) in enumerate(held(page, "t")):
        there = (tab, task, of, moment, language)
        hold_rows(there, rows, 0.002)
        hold_texts(there, texts)


@pytest.mark.parametrize("task", ["spirals", "friedman"])
def test_lines_and_bands_over_the_steps_are_medians_and_ranges(task):
    drawing = Drawing(opened("loss", task, "gelu", 5).spec)
    for slug in FUNCTIONS:
        every = [seeds(task, slug, moment) for moment in range(50)]
        np.testing.assert_allclose(drawing.xy(slug), [STEPS, logs(each[2] for each in every)], atol=1e-4)
        x, y = drawing.xy(f"{slug}_band")
        assert x.tolist() == [*STEPS, *STEPS[::-1]]
        ends = logs([*(each[0] for each in every), *(each[4] for each in every[::-1])])
        np.testing.assert_allclose(y, ends, atol=1e-4)
        low, high = drawing.layout["yaxis"]["range"]
        assert low < y.min() < y.max() < high, "nothing is off the scale"
    drawing = Drawing(opened("layers", task, "gelu", 5).spec)
    for layer in range(3):
        every = [sorted(each) for each in kept(task, "gradient")[2, layer].T.tolist()]
        np.testing.assert_allclose(
            drawing.xy(f"layer_{layer + 1}"), [STEPS, logs(each[2] for each in every)], atol=1e-4
        )
        ends = logs([*(each[0] for each in every), *(each[4] for each in every[::-1])])
        np.testing.assert_allclose(drawing.xy(f"layer_{layer + 1}_band")[1], ends, atol=1e-4)


@each_language
@pytest.mark.parametrize("of", FUNCTIONS)
def test_units_parameters_and_rate_of_each_function_are_printed(of, language):
    for task in ("spirals", "friedman"):
        page = opened("loss", task, of, 49, language)
        units, matrices = (22, 2) if of in GATED else (33, 1)
        count = matrices * (11 * units + (units + 1) * units) + units + 1
        assert count == 1519
        line = next(plain(each.value) for each in page.at.markdown if "1519" in each.value).split("\n")[-1]
        rate, training = RATES[best(task, of)], median(kept(task, "training")[FUNCTIONS.index(of), :, 49].tolist())
        printed = numbers(line.replace(words(language)[f"of-{of}"], ""))
        assert printed[:2] == [str(units), "1519"]
        assert stands_for(printed[2], rate)
        assert stands_for(printed[3], training)


@each_language
def test_the_table_names_functions_by_place_and_marks_what_has_no_dead_units(language):
    page = opened("rates", "spirals", "relu", 49, language)
    table = next(plain(each.value) for each in page.at.markdown if "| ReLU" in plain(each.value))
    lines = [line for line in table.split("\n") if line.startswith("| ")][2:]
    for slug, line in zip(FUNCTIONS, lines, strict=True):
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        assert cells[0] == words(language)[f"of-{slug}"]
        assert stands_for(cells[1], RATES[best("spirals", slug)])
        assert cells[4].endswith("%") if "relu" in slug else cells[4] == "–"


def test_a_picture_and_a_release_weigh_little():
    for case in CASES:
        page = opened(*case)
        (follower,) = page.at.get("bidi_component")
        (chart,) = page.at.get("plotly_chart")
        assert len(follower.proto.bytes) <= 25_000
        assert len(chart.proto.spec) + len(follower.proto.bytes) <= 90_000


@each_language
def test_the_right_answer_is_right_and_is_where_the_page_moves(language):
    assert BY_PATH["race"].answer_state == {"show": "loss", "task": "friedman", "of": "swiglu", "t": 49}
    silu, swiglu = seeds("friedman", "swish", 49), seeds("friedman", "swiglu", 49)
    assert max(silu) < min(swiglu)
    assert words(language)["right"] == "2"
    state = {name: str(value) for name, value in BY_PATH["race"].answer_state.items()}
    now = Visit().go("race", {**state, "lang": language}).blob.now
    assert now["name0"] == "SiLU"


REGRESSION = {slug: seeds("friedman", slug, 49) for slug in FUNCTIONS}
LOWER = kept("friedman", "held_out")[3, best("friedman", "swish") - 2, :, 49]
# By number the parts that say it, and what it stands for.
TRUE = {
    "8.40·10⁻⁵": ("why-1 why-2", REGRESSION["swish"][2]),
    "1.64·10⁻⁴": ("why-1 why-2", REGRESSION["swiglu"][2]),
    "1.01·10⁻⁴": ("why-3", REGRESSION["swish"][4]),
    "1.52·10⁻⁴": ("why-3", REGRESSION["swiglu"][0]),
    "22": ("why-1 why", 22),
    "33": ("why-1 why", 33),
    "1519": ("why", 11 * 33 + 34 * 33 + 34),
    "3.16·10⁻⁴": ("why", RATES[0]),
    "1.11·10⁻⁴": ("why", median(kept("spirals", "training")[2, :, 49].tolist())),
    "0.0460": ("why", median(seeds("spirals", "gelu", 49))),
    "252": ("why", math.comb(10, 5)),
    "19": ("why", REGRESSION["relu"][2] / REGRESSION["swish"][2]),
    "20": ("why", median(LOWER.tolist()) / REGRESSION["swish"][2]),
    "872": ("why", STEPS[20]),
    "640": ("fold-numbers", 2 * 8 * 8 * 5),
}


@each_language
@pytest.mark.parametrize("number", TRUE)
def test_every_number_in_the_words_is_true(number, language):
    names, true = TRUE[number]
    assert stands_for(number, true), true
    assert all(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d·])", words(language)[name]) for name in names.split())


def test_no_function_wins_both_tasks():
    """The claim, and what the explanation tells of the end of both races."""
    ranked, tied = ranking("friedman", 49)
    assert ranked[0] == "swish"
    assert tied == ["gelu"]
    assert (STEPS[20], len(ranking("friedman", 20)[1])) == (872, 5)
    ranked, tied = ranking("spirals", 49)
    assert ranked[0] == "sigmoid"
    assert len(tied) == 7
    for task in ("spirals", "friedman"):
        assert all(0 < best(task, slug) < 7 for slug in FUNCTIONS)


@pytest.mark.parametrize("value", ["evil", "", "mish", "9" * 5000, "<script>", "中文", "nan"])
def test_a_choice_nobody_could_make_is_dropped(value):
    page = Visit().go("race", {"lang": "en", **dict.fromkeys(("show", "task", "of", "t"), value)})
    hold_texts(("loss", "spirals", "swiglu", 10, "en"), page.blob.now)
