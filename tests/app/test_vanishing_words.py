"""All that the page of the vanishing gradient says, read back and held against chains computed apart from it."""

import itertools
import re

import pytest
from mpmath import floor, log10, mp, mpf

from tests.oracle import library, stack
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
FORMATS = ("float16", "bfloat16", "float32")
STAND = {
    "as it opens": (["sigmoid", "relu"], 30, 1.0, 0.0, 1.0),
    "tanh": (["sigmoid", "tanh", "relu"], 50, 1.0, 0.0, 1.0),
    "dead": (["sigmoid", "relu"], 20, 1.0, 0.2, -0.5),
    "explodes": (["sigmoid", "relu"], 10, 8.0, -4.0, 0.5),
    "grows": (["selu", "identity", "leaky_relu", "softplus"], 12, 1.5, 0.3, 2.0),
    "negative": (["elu", "tanh", "mish", "sigmoid"], 7, -1.3, 0.4, -2.1),
    "no weight": (["sigmoid", "gelu"], 5, 0.0, 0.5, 1.0),
    "saturated": (["tanh", "sigmoid", "relu6", "relu"], 50, 8.0, 8.0, 6.0),
    "one layer": (["swish", "binary_step", "hard_tanh"], 1, 2.0, -1.0, 0.7),
}
CASES = [
    (name, language)
    for k, name in enumerate(STAND)
    for language in (("en", "zh") if k < 2 else ("en", "zh")[k % 2 :][:1])
]
over_cases = pytest.mark.parametrize(("name", "language"), CASES, ids=[" ".join(case) for case in CASES])
pages = {}


def opened(name, language):
    """The page at a setting; it is only looked at, so each is opened once."""
    if (name, language) not in pages:
        slugs, depth, w, b, x0 = STAND[name]
        stand = {"depth": str(depth), "w": str(w), "b": str(b), "input": str(x0)}
        pages[name, language] = Visit().go("vanishing", {"lang": language, "f": slugs, "rate": "0.1", **stand})
    return pages[name, language]


def chains(name):
    slugs, *at = STAND[name]
    return {slug: stack.of(slug, *at) for slug in slugs}


def title(slug, language):
    return library.parts(language, f"functions/{slug}")["title"]


def spelt(text):
    """The number that a text spells, and how far what it stands for may be from it."""
    found = re.fullmatch(r"(−?)(\d+(?:\.(\d+))?)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", text)
    assert found, f"{text!r} is no number"
    size = mpf(10) ** int((found[4] or "0").translate(SUPERSCRIPT))
    return (-1 if found[1] else 1) * mpf(found[2]) * size, mpf("0.50001") * mpf(10) ** -len(found[3] or "") * size


def assert_number(text, true, digits):
    """``text`` spells ``true`` with so many digits, or 0 if it is nothing at all."""
    value, error = spelt(text)
    if true == 0:
        assert text == "0", f"{text} stands for nothing at all"
    else:
        assert value, f"{text} stands for {mp.nstr(true, 5)}"
        assert abs(value - true) <= error, f"{text} stands for {mp.nstr(true, 8)}"
        told = re.sub(r"·.*|[−.]", "", text).lstrip("0")
        assert digits is None or len(told) == digits, f"{text} has not {digits} digits"


def paragraphs(page):
    return [plain(element.value) for element in page.at.markdown]


def only(page, start):
    """The one piece of Markdown that begins like this."""
    (found,) = [text for text in paragraphs(page) if text.startswith(start)]
    return found


def rows(table):
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]


def assert_left(sentence, slug, language, chain):
    """What of the gradient reaches the input, in words."""
    ui = library.labels(language)
    state = (
        "gone"
        if chain.left == 0
        else "whole"
        if abs(log10(chain.left)) < 1e-9
        else "kept"
        if chain.left < 1
        else "grown"
    )
    found = dict(library.read(ui[state], sentence))
    assert found.pop("name") == title(slug, language)
    if state in ("kept", "grown"):
        (number,) = found.values()
        assert_number(number, 1 / chain.left if state == "kept" else chain.left, 3)


@over_cases
def test_each_sentence_says_what_of_the_gradient_reaches_the_input(name, language):
    page, truth = opened(name, language), chains(name)
    (told,) = [
        text.split("  \n") for text in paragraphs(page) if len(text.split("  \n")) == len(truth) and "**" in text
    ][:1]
    alt = plain(page.alt)
    assert alt.startswith(library.labels(language)["alt.gradient"])
    described = alt.removeprefix(library.labels(language)["alt.gradient"]).split("; ")
    for sentence, spoken, (slug, chain) in zip(told, described, truth.items(), strict=True):
        assert_left(sentence, slug, language, chain)
        assert spoken == sentence.replace("**", "")


@over_cases
def test_updates_and_lost_formats_are_those_of_the_chains(name, language):
    ui, truth = library.labels(language), chains(name)
    meaning = only(opened(name, language), f"## {ui['meaning']}")
    moves, table = meaning.split("\n\n")[1:3]
    for move, (slug, chain) in zip(moves.split("  \n"), truth.items(), strict=True):
        found = dict(library.read(ui["update"], move))
        assert found["name"] == title(slug, language)
        assert_number(found["value"], mpf("0.1") * chain.first, 2)
    head, _, *lines = rows(table)
    assert head == [ui["lost.head"], *FORMATS]
    for line, (slug, chain) in zip(lines, truth.items(), strict=True):
        assert line[0] == title(slug, language)
        for cell, kind in zip(line[1:], FORMATS, strict=True):
            back = chain.lost(kind)
            if back is None:
                assert cell == ui["lost.never"]
            else:
                # The row of the ledger that holds da_L/da_{L-n}.
                assert dict(library.read(ui["lost.layer"], cell)) == {
                    "layer": str(chain.depth - back + 1),
                    "back": str(back),
                }


def assert_ledger(text, slug, language, chain, at):
    ui, (depth, w, b, x0) = library.labels(language), at
    stand = f"L = {depth}, w = {w:.1f}, b = {b:.1f}, x₀ = {x0:.1f}".replace("-", "−")
    lead, _ = text.split("\n\n", 1)
    assert lead == f"**{title(slug, language)}**: {stand}"
    head, _, *lines = rows(text)
    assert head == [ui[f"ledger.{column}"] for column in ("layer", "z", "slope", "w", "factor", "product")]
    assert [line[0] for line in lines] == [str(layer) for layer in range(depth, 0, -1)]
    for back, (layer, *cells) in enumerate(lines, start=1):
        k = int(layer) - 1
        true = (chain.z[k], chain.slope[k], chain.w, chain.factor[k], chain.back(back))
        for cell, number in zip(cells, true, strict=True):
            assert_number(cell, number, None)
            assert len(re.sub(r"·.*|[−.]", "", cell).lstrip("0")) <= 5


@over_cases
def test_every_row_of_every_ledger_can_be_checked_by_hand(name, language):
    slugs, *at = STAND[name]
    page = Visit().go("vanishing", dict(opened(name, language).at.query_params))
    for slug, chain in chains(name).items():
        page.at.get_by_key("ledger").set_value(slug)
        page.run()
        (table,) = [text for text in paragraphs(page) if f"| {library.labels(language)['ledger.product']} |" in text]
        assert_ledger(table, slug, language, chain, at)
    assert len(slugs) > 1


@over_cases
def test_what_is_found_is_the_target(name, language):
    ui, (slugs, depth, w, b, x0) = library.labels(language), STAND[name]
    (text,) = [text for text in paragraphs(opened(name, language)) if text.startswith("- **") and " — " in text]
    target = mpf("4.38e-8")
    for line, slug in zip(text.splitlines(), slugs, strict=True):
        named, said = line.removeprefix("- **").split("** — ", 1)
        assert named == title(slug, language)
        first = next((d for d in range(1, 51) if stack.of(slug, d, w, b, x0).left <= target), None)
        by_depth = ui["found.depth"] if first else ui["found.no_depth"]
        place = f"{x0:.1f}".replace("-", "−")
        begins = by_depth.replace("{depth}", str(first)).replace("{x0}", place)
        assert said.startswith(f"{begins} ")
        by_input = said.removeprefix(f"{begins} ")
        if by_input != ui["found.no_input"]:
            found = dict(library.read(ui["found.input"], by_input))
            assert found["depth"] == str(depth)
            x, step = mpf(found["x0"].replace("−", "-")), mpf("0.00005001")
            ends = [stack.Stack(slug, depth, w, b, end).left for end in (x - step, x, x + step)]
            assert min(ends) <= target <= max(ends)
        else:
            sizes = [stack.Stack(slug, depth, w, b, mpf(k) / 4).left for k in range(-24, 25)]
            crossed = [(a - target) * (b - target) < 0 for a, b in itertools.pairwise(sizes)]
            assert not any(crossed) or slug in ("relu", "relu6", "hard_tanh", "leaky_relu", "binary_step")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_challenge_notices_when_it_is_met(language):
    done = library.parts(language, "topics/vanishing")["challenge-done"]

    def noticed(depth, w, b, x0, f=("sigmoid", "relu")):
        query = {"lang": language, "f": list(f), "depth": str(depth), "w": str(w), "b": str(b), "input": str(x0)}
        page = Visit().go("vanishing", query)
        told = [text for text in paragraphs(page) if done in text]
        assert (plain(page.blob.now["challenge"]) == done) == bool(told)
        return bool(told)

    assert noticed(50, 4.0, -2.0, 0.5)
    assert noticed(50, -4.0, 2.0, 0.5)
    assert not noticed(49, 4.0, -2.0, 0.5)
    assert not noticed(50, 4.0, -2.0, 0.5, f=("relu",))
    assert not noticed(50, 8.0, -4.0, 0.5)
    assert not noticed(50, 1.0, 0.0, 1.0)
    assert noticed(50, 4.1, -2.1, 0.5) == (mpf("0.1") <= stack.of("sigmoid", 50, 4.1, -2.1, 0.5).left <= 10)


LANDINGS = {
    "sigmoid": (["sigmoid", "relu"], 30, 1.0, 0.0, 1.0),
    "tanh": (["sigmoid", "tanh", "relu"], 50, 1.0, 0.0, 1.0),
    "relu": (["sigmoid", "relu"], 50, 1.0, 0.0, 2.0),
    "dead": (["sigmoid", "relu"], 20, 1.0, 0.2, -0.5),
    "explodes": (["sigmoid", "relu"], 10, 8.0, -4.0, 0.5),
}


@pytest.mark.parametrize("story", LANDINGS)
def test_a_story_sets_all_four_sliders_and_the_functions(story):
    page = Visit().go("vanishing", {"w": "3.3", "b": "-1", "depth": "7", "input": "-4", "f": ["gelu"]})
    page.set("story.preset", story)
    slugs, *stand = LANDINGS[story]
    assert [page.stand[name] for name in ("depth", "w", "b", "input")] == stand
    assert page.at.multiselect[0].value == slugs
    assert {trace["name"] for trace in page.spec["data"]} >= set(slugs)


def test_each_story_keeps_its_word():
    landed = {story: {slug: stack.of(slug, *at) for slug in slugs} for story, (slugs, *at) in LANDINGS.items()}
    assert landed["sigmoid"]["sigmoid"].left < 1e-15
    assert landed["tanh"]["sigmoid"].left < landed["tanh"]["tanh"].left < 0.1
    assert landed["relu"]["relu"].left == 1
    (at_one,) = [z for z in landed["dead"]["relu"].z if z <= 0]
    assert at_one < 0
    assert landed["dead"]["relu"].left == 0
    assert landed["explodes"]["sigmoid"].left == 1024


def test_a_picker_that_is_cleared_shows_what_is_drawn():
    page = Visit().go("vanishing", {"f": ["gelu", "mish"]})
    page.at.multiselect[0].set_value([])
    page.run()
    assert page.at.multiselect[0].value == ["sigmoid", "relu"]
    assert {"sigmoid", "relu"} <= {trace["name"] for trace in page.spec["data"]}


@pytest.mark.parametrize(
    "asked", [["evil"], ["x" * 5000], ["sigmoid", "evil"], ["sigmoid", "tanh", "relu", "elu", "gelu"], [""]], ids=str
)
def test_the_picker_shows_what_is_drawn_whatever_the_address_asks(asked):
    page = Visit().go("vanishing", {"f": asked})
    drawn = [
        trace["name"] for trace in page.spec["data"] if f"{trace['name']}_end" in {t["name"] for t in page.spec["data"]}
    ]
    assert page.at.multiselect[0].value == drawn
    assert 1 <= len(drawn) <= 4


def test_the_target_can_only_be_one_that_is_printed():
    page = Visit().go("vanishing", {"target": "nan"})
    target = page.at.get_by_key("target")
    for option in target.options:
        assert spelt(option)[0] > 0
    assert target.value == "4.38e-8"
    page.set("target", "0.01")
    (text,) = [text for text in paragraphs(page) if text.startswith("- **") and " — " in text]
    first = next(d for d in range(1, 51) if stack.of("sigmoid", d, 1.0, 0.0, 1.0).left <= mpf("0.01"))
    assert f" {first}." in text.splitlines()[0]
    assert floor(log10(stack.of("sigmoid", first, 1.0, 0.0, 1.0).left)) < -2
