"""What the page of costs says is what was recorded or measured, in both languages, and follows from it."""

import json
import math
import re

import costs
import numpy as np
import pytest
from costs import LANGUAGES, NS, RECORD, each_language, measured, opened, rows, text, three, title, twice

from activations.experiments import sparsity
from pages.register import BY_PATH
from pages.topics.cost import measurement
from serving import settings
from tests.oracle import library
from tests.oracle.blob import plain

__all__ = ["measured"]
MILLION = 15
LETTERS = {"k": 0, "m": 15, "t": 20}


def quote(name):
    """What a name in the words stands for: m_gelu, kx_gelu, m_gelu_to_relu, or a fact about the record."""
    if name in ("date", "machine", "versions"):
        return RECORD["about"][name]
    if name == "passes":
        return str(RECORD["passes"])
    letter, times, line = re.fullmatch(r"([kmt])(x?)_(\w+)", name).groups()
    k, (line, _, to) = LETTERS[letter], line.partition("_to_")
    found = NS[re.sub("_back$", ".back", line)][k]
    return twice(found / NS[to or "relu"][k]) if times or to else three(found)


def filled(template):
    return re.sub(r"\{(\w+)\}", lambda name: quote(name[1]), template)


@each_language
def test_the_essay_quotes_the_record(language):
    page = opened(language)
    for part in ("why", "model", "recorded"):
        assert filled(text(language)[part]) in page.text, part


@each_language
@pytest.mark.parametrize("k", [0, 15, 20])
def test_what_is_read_beside_the_slider_is_recorded_at_that_size(language, k):
    for view, page in ((view, opened(language, view=view, size=str(costs.SIZES[k]))) for view in costs.VIEWS):
        marks = {f"ns_{line.replace('.', '_')}": three(found[k]) for line, found in NS.items()}
        marks |= {"x_gelu": twice(NS["gelu"][k] / NS["relu"][k]), "n": f"{round(10 ** costs.SIZES[k]):,}"}
        marks["n"] = marks["n"].replace(",", "\u202f")
        template = text(language)[f"reading-{view}"]
        sentence = re.sub(r"\{(\w+)\}", lambda name, marks=marks: marks[name[1]], template)
        assert sentence in page.text


@each_language
def test_the_description_tells_every_cost_that_is_drawn(language):
    for view in costs.VIEWS:
        alt = plain(opened(language, view=view).alt)
        for line in rows(view):
            name = title(line, language) if view == "functions" else text(language)[f"write-{line}"]
            pair = dict(
                library.read(
                    text(language)["alt-row" if view == "functions" else "alt-writing"], description_of(alt, name)
                )
            )
            assert pair["forward"] == three(NS[line][MILLION])
            if view == "functions":
                assert pair["backward"] == three(NS[f"{line}.back"][MILLION])
        assert re.search(rf"(takes |要 ){three(NS['copy'][MILLION])}[.。]", alt)


def description_of(alt, name):
    """The part of the description that begins with a name."""
    (found,) = [
        part
        for part in re.split(r"; |axis; copying takes [\d.]+\. |要 [\d.]+。 ?", alt)
        if part.startswith((f"{name}:", f"{name}："))
    ]
    return found


def test_the_right_answer_is_the_nearest_and_shown_where_the_page_moves_to():
    ratio = NS["gelu"][0] / NS["relu"][0]
    guesses = {"1": 26, "2": 5, "3": 100}
    nearest = min(guesses, key=lambda k: abs(math.log(guesses[k] / ratio)))
    assert {text(language)["right"] for language in LANGUAGES} == {nearest}
    assert BY_PATH["cost"].answer_state == {"view": "functions", "size": 3.0}
    assert opened(size="3").blob.now["x_gelu"] == twice(ratio) == "5.4"
    numbers = [three(NS[line][k]) for line in ("relu", "gelu") for k in (0, MILLION)]
    for language in LANGUAGES:
        assert [re.search(r"\d+|$", text(language)[f"choice-{k}"])[0] for k in "123"] == ["26", "5", "100"]
        assert re.findall(r"\d+(?:\.\d+)?", text(language)["why-2"]) == [*numbers, "5.4"]
        assert twice(NS["gelu"][MILLION] / NS["relu"][MILLION]) in text(language)["question"]


def test_what_the_words_compare_is_so_in_the_record():
    at = {line: found[MILLION] for line, found in NS.items()}
    forward = {line: at[line] for line in costs.FUNCTIONS}
    assert at["copy"] < at["relu"] < 2 * at["copy"], "the floor, and little more"
    assert at["tanh"] < at["gelu"] < at["mish"] == max(forward.values())
    assert 2 < at["tanh"] / at["relu"] < 5, "about three times"
    assert at["sigmoid.back"] < at["sigmoid"]
    assert at["gelu.back"] > at["gelu"]
    assert at["cube_power"] > 20 * at["cube_product"]
    assert at["gelu_tanh_power"] > max(forward.values()), "written badly it is dearer than any other"
    assert at["gelu_tanh_product"] < at["gelu"]
    assert NS["gelu"][0] / NS["relu"][0] < 0.5 * at["gelu"] / at["relu"]
    assert NS["relu"][0] > 2 * at["relu"]


@each_language
def test_the_code_that_was_timed_is_shown_with_its_costs(language):
    page = opened(language, size="4.0")
    table = next(part for part in page.text.split("\n\n") if "np.maximum(x, 0)" in part and part.startswith("|"))
    lines = [line for line in table.splitlines()[2:] if line.startswith("|")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [cells[0] for cells in found] == [title(slug, language) for slug in costs.FUNCTIONS]
    for slug, (_, _, forward, _, backward) in zip(costs.FUNCTIONS, found, strict=True):
        assert (forward, backward) == (three(NS[slug][5]), three(NS[f"{slug}.back"][5]))


@each_language
def test_what_was_measured_here_stands_beside_the_record(measured, language):
    page = opened(language)
    mine = measured.timings.nanoseconds
    for slug in costs.FUNCTIONS:
        pairs = [f"**{three(mine[slug][k])}** ({three(NS[slug][5 * k])})" for k in range(3)]
        assert f"| {title(slug, language)} | {' | '.join(pairs)} | **–** ({three(NS[slug][15])}) |" in page.text
    ratio = twice(mine["gelu"][2] / mine["relu"][2])
    template = text(language)["result"].replace("{gelu}", ratio).replace("{n}", "10⁵").replace("{passes}", "2")
    pattern = re.escape(template.replace("{recorded}", twice(NS["gelu"][10] / NS["relu"][10])))
    pattern = pattern.replace(r"\{age\}", ".+?").replace(r"\{spent\}", r"\d+\.\d")
    assert re.search(pattern, page.text)


@each_language
def test_a_press_of_the_button_measures_and_shows_it(monkeypatch, language):
    ticks = iter(np.full(10**5, 0.001).cumsum())
    monkeypatch.setattr(measurement.SHARED, "clock", lambda: next(ticks))
    monkeypatch.setattr(measurement.SHARED, "last", None)
    page = opened(language)
    assert text(language)["never"] in page.text
    page.at.get_by_key("measure").click()
    page.run()
    assert measurement.SHARED.last.timings.spent <= 2.003
    assert text(language)["never"] not in page.text
    assert "here" in {trace["name"] for trace in page.spec["data"]}
    assert text(language)["result-stopped"].split("{")[2].split("}")[1][:6] in page.text


@each_language
def test_where_measuring_is_switched_off_the_page_says_so_and_shows_the_record(monkeypatch, language):
    monkeypatch.setattr(settings, "current", lambda: settings.Settings(cost=False))
    monkeypatch.setattr(measurement.SHARED, "last", None)
    page = opened(language)
    assert text(language)["off"] in page.text
    assert text(language)["never"] not in page.text
    assert filled(text(language)["recorded"]) in page.text
    assert "measure" not in {button.key for button in page.at.button}


@each_language
def test_what_zeros_cost_is_printed_as_it_was_measured(language):
    text, record = opened(language).text, json.loads(sparsity.FILE.read_text(encoding="utf-8"))
    for zeros, dense, compressed in zip(record["zeros"], record["dense"], record["compressed"], strict=True):
        assert f"| {round(100 * zeros)} % | {dense:.1f} | {compressed:.1f} |" in text
    assert record["where"] in text
    half, most = (record["zeros"].index(share) for share in (0.5, 0.9))
    assert record["compressed"][half] > record["dense"][half], "slower while half are zeros"
    assert record["dense"][most] / record["compressed"][most] == pytest.approx(2, abs=0.1), "twice as fast at 90 %"


@pytest.mark.parametrize("query", [{"view": "evil"}, {"view": "9" * 5000}, {"size": "1e99", "view": ["writing", "x"]}])
def test_an_address_nobody_could_choose_opens_the_page_all_the_same(query):
    page = opened(**query)
    assert page.values == {"size": 6.0}
    assert page.at.get_by_key("choice.view").value in costs.VIEWS


@pytest.mark.parametrize("page", ["cost", "choose"])
def test_both_languages_quote_the_same_numbers(page):
    english, chinese = (library.parts(language, f"topics/{page}") for language in LANGUAGES)
    assert set(english) == set(chinese)
    for part in english:
        quotes = [sorted(re.findall(r"\{(\w+)\}", words[part])) for words in (english, chinese)]
        assert quotes[0] == quotes[1], part
