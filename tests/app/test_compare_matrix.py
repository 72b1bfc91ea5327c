"""The matrix of all functions: true in both languages, sorted and sifted as was asked, every cell with its way on."""

import re
from html import unescape

import pytest
from comparing import COLUMNS, LANGUAGES, each_language, matrix, matrix_body, text, title

from activations import CATALOGUE
from activations.functions import FAMILIES
from tests.oracle import exact, library
from tests.oracle.printed import Truth, short
from tests.oracle.visitor import Visit

NUMBERS = ("kinks", "range", "minimum", "steepest", "mean")


def opened(language="en", **query):
    return Visit().go("compare", {"lang": language, **query})


def cells(page):
    """Rows by slug, cells by column."""
    return {row[0][1]: dict(zip(COLUMNS, row[1:], strict=True)) for row in matrix(page)[1]}


@pytest.fixture(scope="module")
def every():
    return {language: cells(opened(language)) for language in LANGUAGES}


def spelt(number):
    return float(number.replace("−", "-").replace("∞", "inf"))


@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_number_is_that_of_the_function(every, slug):
    row, defaults = every["en"][slug], CATALOGUE[slug].defaults
    known = Truth(slug, defaults, 0, "en")
    known.check({"range": row["range"], "max_slope": row["steepest"], "mean": row["mean"]})
    low, taken, _ = known.exact.highest(0, -1)
    if taken:
        short(row["minimum"], low)
    else:
        assert row["minimum"] == "–"
    broken = [] if row["kinks"] == "–" else [spelt(x) for x in row["kinks"].split(", ")]
    assert broken == [float(x) for x in known.exact.breaks]


@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_word_is_true_in_both_languages(every, slug):
    known = exact.of(slug, **CATALOGUE[slug].defaults)
    sides = {2: "both", 0: "none"}.get(len(known.saturates)) or known.saturates[0]
    for language in LANGUAGES:
        part, ui, row = text(language), library.labels(language), every[language][slug]
        yes = {True: ui["yes"], False: ui["no"]}
        assert row["smooth"] == part[f"smooth-{known.smoothness}"]
        assert row["saturates"] == part[f"saturates-{sides}"]
        assert row["monotone"] == yes[known.monotone]
        assert row["odd"] == yes[known.odd]
        assert row["dies"] == yes[known.flat_left_of_0]
        assert row["centred"] == yes[bool(abs(known.mean) < 1e-9)]
        assert [row[name] for name in NUMBERS] == [every["en"][slug][name] for name in NUMBERS]


@each_language
def test_every_row_leads_to_the_page_of_its_function_and_every_heading_is_explained(language):
    count, rows, meant = matrix(opened(language))
    assert meant == {text(language)[f"col-{name}"]: text(language)[f"means-{name}"] for name in COLUMNS}
    markup = unescape(opened(language).html)
    assert all(
        f"<li><b>{name}</b>{library.labels(language)['colon']}{why}</li>" in markup for name, why in meant.items()
    )
    assert f"<summary>{text(language)['meanings']}</summary>" in markup
    assert all(len(why) > 3 for why in meant.values())
    assert [row[0][1] for row in rows] == list(CATALOGUE)
    for row in rows:
        assert row[0][0] == title(row[0][1], language)
        assert row[0][2]["lang"] == [language]
    assert count == library.filled(text(language)["count"], {"count": str(len(rows)), "all": str(len(CATALOGUE))})


@each_language
def test_a_dot_stands_for_yes_a_faint_one_for_no_and_a_bar_for_the_largest_slope(language):
    body, ui, part = matrix_body(opened(language)), library.labels(language), text(language)
    seen = re.findall(r"<a data-why='\d+' class='(\w+)'>(.*?)</a>", body)
    assert set(seen) == {
        ("yes", ui["yes"]), ("yes", part["smooth-smooth"]), ("no", ui["no"]), ("no", part["saturates-none"]),
    }  # fmt: skip
    steepest = [row["steepest"] for row in cells(opened(language)).values()]
    longest = max(spelt(slope) for slope in steepest if slope != "∞")
    bars = [int(share) for share in re.findall(r"<td style='--bar:(\d+)%'>", body)]
    assert len(bars) == len(steepest)
    for slope, share in zip(steepest, bars, strict=True):
        assert share == pytest.approx(100 if slope == "∞" else 100 * spelt(slope) / longest, abs=0.51)


@each_language
def test_families_head_their_functions_in_the_order_of_the_guide_only(language):
    body, labels = matrix_body(opened(language)), library.labels(language)
    named = re.findall(r"<tbody><tr class='nl-family'>.*?<span>(.*?)</span>.*?</tr>(.*?)</tbody>", body)
    assert [(name, re.findall(r"scope='row'><a href='(\w+)", rows)) for name, rows in named] == [
        (labels[f"map.{family}"], list(slugs)) for family, slugs in FAMILIES.items()
    ]
    assert "nl-family" not in matrix_body(opened(language, by="mean"))


HAS = {
    "monotone": lambda row: row["monotone"] == "yes",
    "smooth": lambda row: row["smooth"] == "yes",
    "c1": lambda row: row["smooth"] in ("yes", "twice", "once"),
    "c2": lambda row: row["smooth"] in ("yes", "twice"),
    "continuous": lambda row: row["smooth"] != "a jump",
    "odd": lambda row: row["odd"] == "yes",
    "bounded_below": lambda row: not row["range"].startswith("(−∞"),
    "bounded_above": lambda row: not row["range"].endswith("∞)"),
    "zero_centred": lambda row: row["mean"] == "0",
    "saturates_left": lambda row: row["saturates"] in ("left", "both sides"),
    "saturates_right": lambda row: row["saturates"] in ("right", "both sides"),
    "can_die": lambda row: row["dies"] == "yes",
}
ASKED = [[name] for name in HAS] + [["monotone", "smooth", "bounded_below"], ["odd", "can_die"], list(HAS)]


def test_only_functions_with_all_traits_asked_for_are_left(every):
    page = opened()
    for wanted in ASKED:
        page.set("wanted", wanted)
        fit = [slug for slug, row in every["en"].items() if all(HAS[name](row) for name in wanted)]
        assert list(cells(page)) == fit, wanted
        assert page.at.query_params["has"] in (wanted, wanted[0])
    assert set(cells(opened(has=["monotone", "smooth", "bounded_below"]))) >= {"softplus", "sigmoid", "exponential"}
    assert list(cells(opened(has=["evil", "9" * 5000]))) == list(CATALOGUE)


KEYS = {
    "steepest": lambda slug, row: spelt(row["steepest"]),
    "mean": lambda slug, row: spelt(row["mean"]),
    "minimum": lambda slug, row: spelt(row["range"][1:].split(",")[0]),
    "kinks": lambda slug, row: 0 if row["kinks"] == "–" else len(row["kinks"].split(",")),
    "name": lambda slug, row: CATALOGUE[slug].name.lower(),
    "taught": lambda slug, row: list(CATALOGUE).index(slug),
    "evil": lambda slug, row: list(CATALOGUE).index(slug),
}


@pytest.mark.parametrize("by", KEYS)
def test_the_matrix_is_sorted_as_was_asked(by):
    keys = [KEYS[by](slug, row) for slug, row in cells(opened(by=by)).items()]
    assert len(keys) == len(CATALOGUE)
    assert keys == sorted(keys)
    assert list(cells(opened(by=by, last="true"))) == list(cells(opened(by=by)))[::-1]
