"""Home says only what is true, and leads everywhere."""

import re
from pathlib import Path

import home
import numpy as np
import pytest
from home import distance

from activations import CATALOGUE
from pages.register import BY_PATH
from pages.shared import words

LANGUAGES = ("en", "zh")
PATH = ["basics", "neuron", "collapse", "vanishing", "dying", "exploding", "gate", "softmax", "choose", "myths"]
each_language = pytest.mark.parametrize("lang", LANGUAGES)
LONG = "9" * 5000
NONSENSE = ["nan", "inf", "-inf", "1e999", "abc", "", LONG, "0", "21", "-1", "十", "½", "0x10", "<script>", ["2", "3"]]


def text(lang):
    return words.page("start/home", lang)


def depth(at):
    (slider,) = at.slider
    return slider.value


def test_the_right_answer_is_the_first_depth_at_which_the_two_are_a_hundredth_apart():
    first = next(layers for layers in home.DEPTHS if distance(layers) < 0.01)
    assert first == 5
    assert [text(code)[f"choice-{text(code)['right']}"] for code in ("en", "zh")] == ["Five", "五层"]


@each_language
def test_the_title_counts_the_functions_and_the_topics_that_have_sliders(lang):
    still = {"myths"}
    topics = {path.stem for path in Path("pages/topics").iterdir() if not path.name.startswith("_")} - still
    assert re.findall(r"\d+", home.visit(lang=lang).title[0].value) == [str(len(CATALOGUE)), str(len(topics))]


@each_language
def test_every_number_in_the_reasons_is_true(lang):
    five, twenty, never = (text(lang)[f"why-{k}"] for k in "123")
    assert f"{float(distance(5)):.4f}" in five
    bound = float(re.search(r"0\.\d+", five)[0])
    assert 8 * 0.25**5 < bound == 0.008
    share = float(re.search(r"(\d+) ?%", twenty)[1]) / 100
    assert round((0.01 / 8) ** (1 / 20), 2) == share
    assert float(distance(20)) == pytest.approx(5e-13, rel=0.05)
    assert "5·10⁻¹³" in twenty
    equal = next(n for n in range(1, 60) if home.stacked("sigmoid", -4.0, n) == home.stacked("sigmoid", 4.0, n))
    assert int(re.search(r"\d+", never)[0]) == equal
    slopes = [np.diff(home.stacked("sigmoid", x, 1)) / np.diff(x) for x in (np.linspace(-9, 9, 2001),)]
    assert max(map(np.max, slopes)) <= 0.25


@pytest.mark.parametrize("layers", NONSENSE, ids=str)
@each_language
def test_home_takes_no_notice_of_a_stack_nobody_could_choose(layers, lang):
    at = home.visit(layers=layers, lang=lang)
    home.chart(at)
    assert depth(at) in (1, 2, 3) if isinstance(layers, list) else depth(at) == 1


def test_a_link_to_a_depth_opens_there():
    assert [depth(home.visit(layers=str(layers))) for layers in (1, 2, 13, 20)] == [1, 2, 13, 20]


@each_language
def test_four_doors_lead_along_a_path_to_answers_to_teaching_and_to_every_function_by_family(lang):
    at, links = home.visit(lang=lang), r"<a href='(\w*)(?:\./)?\?lang=(\w+)[^']*'>(.*?)</a>"
    page = home.wall(at)
    sections = next(html.proto.body for html in at.main.get("html") if "nl-sections" in html.proto.body)
    places = re.findall("<section id='(.*?)'", page)
    assert sorted(re.findall(r"<a href='#(.*?)'>", sections)) == sorted(places)
    assert len(places) == 4
    parts = {place: page.split(f"id='{place}'")[1].split("</section>")[0] for place in places}
    path = [step for step, _, _ in re.findall(links, parts["nl-learn"])]
    assert path == [step for step in PATH if step in BY_PATH]
    assert 8 <= len(path) <= 10
    assert "questions" in [there for there, _, _ in re.findall(links, parts["nl-find-answer"])]
    assert {"present=1", "predict=1"} <= set(re.findall(r"\w+=1", parts["nl-teach"]))
    tiles = re.findall(links, parts["nl-look-up"])
    assert [slug for slug, _, _ in tiles] == list(CATALOGUE)
    assert {code for _, code, _ in re.findall(links, page)} == {lang}
    for slug, _, inside in tiles:
        assert f"<span>{words.page(f'functions/{slug}', lang)['title']}</span>" in inside
        assert '<img src="data:image/svg+xml,' in inside
        assert "alt=''" in inside, "beside its name a curve is decoration"
    families = next(html.proto.body for html in at.main.get("html") if "nl-families" in html.proto.body)
    assert re.findall("href='#(.*?)'", families) == re.findall("<h3 id='(.*?)'", page)


def messages(block):
    """A block's own and those of all inside it."""
    return 1 + sum(map(messages, getattr(block, "children", {}).values()))


def test_few_messages_make_the_page_and_they_are_small():
    at = home.visit()
    _, *ours, foot = at.main.children.values()
    assert "nl-licence" in foot.proto.body
    assert sum(map(messages, ours)) <= 17, "beside the frame's title and foot, and with the question"
    assert len(at.get("bidi_component")[0].proto.bytes) < 20_000
