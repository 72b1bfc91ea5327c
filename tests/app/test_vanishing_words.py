"""All that the page of the vanishing gradient says, read back and held against chains computed apart from it."""

import re

import pytest
from mpmath import mpf

from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.fading import (
    CASES,
    FORMATS,
    IDS,
    STATES,
    assert_number,
    chains,
    only,
    opened,
    paragraphs,
    rows,
    title,
)
from tests.oracle.visitor import Visit

over_cases = pytest.mark.parametrize(("name", "language"), CASES, ids=IDS)


def assert_left(sentence, slug, language, chain):
    """The gradient at the input, in words."""
    found = dict(library.read(library.labels(language)["arrives.activations"], sentence))
    assert found.pop("name") == title(slug, language)
    assert_number(found["value"], chain.left, 3)


@over_cases
def test_each_sentence_says_how_large_the_gradient_is_at_the_input(name, language):
    page, truth = opened(name, language), chains(name)
    begins = library.filled(
        library.labels(language)["arrives.activations"], {"name": title(next(iter(truth)), language)}
    )
    sentences = only(page, begins.partition("{")[0]).split("  \n")
    alt = plain(page.alt)
    assert alt.startswith(library.labels(language)["alt.activations"])
    described = alt.removeprefix(library.labels(language)["alt.activations"]).split("; ")
    for sentence, spoken, (slug, chain) in zip(sentences, described, truth.items(), strict=True):
        assert_left(sentence, slug, language, chain)
        assert spoken == sentence.replace("**", "")


@over_cases
def test_updates_and_lost_formats_are_those_of_the_chains(name, language):
    ui, truth = library.labels(language), chains(name)
    page = opened(name, language)
    begins = library.filled(ui["update"], {"name": title(next(iter(truth)), language)}).partition("{")[0]
    moves = only(page, begins)
    (table,) = [text for text in paragraphs(page) if f"| {ui['lost.head']} |" in text]
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
    slugs, *at = STATES[name]
    page = Visit().go("vanishing", dict(opened(name, language).at.query_params))
    for slug, chain in chains(name).items():
        page.at.get_by_key("choice.ledger").set_value(slug)
        page.run()
        assert page.at.query_params.get("ledger", slugs[0]) == slug
        (table,) = [text for text in paragraphs(page) if f"| {library.labels(language)['ledger.product']} |" in text]
        assert_ledger(table, slug, language, chain, at)
    assert len(slugs) > 1
