"""What a visitor does: choose a story, a language, a projector; copy the address."""

import pytest

from activations import CATALOGUE
from pages.parts import words

STORIES = {
    "sigmoid": ("30", "1.0", "0.0"),
    "tanh": ("50", "1.0", "0.0"),
    "relu": ("50", "1.0", "0.0"),
    "explodes": ("10", "8.0", "-4.0"),
}


def press(page, key):
    next(button for button in page.at.button if button.key == key).click()
    page.at.run()
    page.check()


@pytest.mark.parametrize("story", STORIES)
def test_a_story_sets_the_sliders_and_the_address_tells_it(visit, story):
    page = visit("vanishing")
    press(page, f"story-{story}")
    found = (page.sliders["depth"].value, page.sliders["w"].value, page.sliders["b"].value)
    assert found == tuple(map(float, STORIES[story]))
    again = visit("vanishing", dict(page.at.query_params))
    assert again.check() == page.check()


def test_a_visitor_who_walks_from_home_sees_what_a_deep_link_shows(visit):
    page = visit("home", {"lang": "en"})
    page.at.switch_page("pages/topics/vanishing.py").run()
    assert page.check() == visit("vanishing", {"lang": "en"}).check()


def test_stories_can_be_told_one_after_another(visit):
    page = visit("vanishing")
    keys = [button.key for button in page.at.button if button.key.startswith("story-")]
    assert len(keys) == 5
    specs = []
    for key in keys:
        press(page, key)
        specs.append(page.at.get("plotly_chart")[0].proto.spec)
    assert len(set(specs)) == len(specs)


def test_the_exploding_story_says_a_thousandfold(visit):
    page = visit("vanishing")
    press(page, "story-explodes")
    assert "1.02·10³" in page.text()


def test_the_dead_story_says_zero(visit):
    page = visit("vanishing")
    press(page, "story-dead")
    alt = page.at.get("plotly_chart")[0].proto.alt
    assert "ReLU: 0 of 1" in alt


@pytest.mark.parametrize("slug", [act.slug for act in CATALOGUE.values() if act.params])
def test_a_preset_sets_its_parameter(visit, slug):
    page, (param,) = visit(slug), CATALOGUE[slug].params
    for name, value in param.presets.items():
        press(page, f"preset.{slug}-{name}")
        assert page.sliders[param.name].value == value


def test_an_address_draws_what_its_slider_drew(visit):
    page = visit("elu")
    before = page.check()
    page.sliders["alpha"].set_value(2.5)
    page.at.run()
    assert page.check() != before
    assert visit("elu", {"alpha": "2.5"}).check() == page.check()


def test_the_page_reads_what_the_function_gives(visit):
    page = visit("elu", {"alpha": "0.5", "x0": "-2.0"})
    act = CATALOGUE["elu"]
    assert f"{act(-2.0, alpha=0.5):.4f}".replace("-", "−") in page.text()
    assert f"{act.slope(-2.0, alpha=0.5):.4f}" in page.text()


@pytest.mark.parametrize(
    ("query", "locale", "language"),
    [
        ({}, "zh-CN", "zh"),
        ({}, "zh", "zh"),
        ({}, "en-GB", "en"),
        ({}, "fr-FR", "en"),
        ({}, None, "en"),
        ({"lang": "zh"}, "en-GB", "zh"),
        ({"lang": "en"}, "zh-CN", "en"),
        ({"lang": "xx"}, "zh-CN", "zh"),
        ({"lang": "ZH"}, None, "en"),
    ],
)
def test_the_language_of_the_link_else_of_the_browser_settles_in_the_address(visit, query, locale, language):
    page = visit("home", query, locale)
    page.check()
    assert page.at.query_params["lang"] == language
    assert page.at.session_state["language"] == language
    assert page.at.title[0].value == words._cut(language, "start/home")["title"]


def test_a_language_once_chosen_outlives_a_link_without_one(visit):
    page = visit("home", {"lang": "zh"})
    page.at.query_params.clear()
    page.at.context = {"locale": "en-GB"}
    page.at.run()
    assert page.at.query_params["lang"] == "zh"


def test_switching_the_language_leaves_the_sliders_where_they_are(visit):
    page = visit("vanishing", {"depth": "17", "w": "2.0"})
    page.at.segmented_control(key="language_choice").set_value("zh")
    page.at.run()
    page.check()
    assert page.at.query_params["lang"] == "zh"
    assert "误差信号" in page.at.title[0].value
    assert (page.sliders["depth"].value, page.sliders["w"].value) == (17, 2.0)


@pytest.mark.parametrize("place", ["home", "vanishing"])
def test_presenting_takes_the_sidebar_away_and_leaves_a_way_out(visit, place):
    page = visit(place)
    assert len(page.at.sidebar) > 0
    press(page, "present_switch")
    assert page.at.query_params["present"] == "1"
    assert len(page.at.sidebar) == 0
    press(page, "present_switch")
    assert "present" not in page.at.query_params
    assert len(page.at.sidebar) > 0


def test_a_projectors_picture_is_larger_and_its_type_heavier(visit):
    plain, shown = visit("vanishing").check(), visit("vanishing", {"present": "1"}).check()
    assert shown["layout"]["height"] > plain["layout"]["height"]
    assert shown["data"][1]["line"]["width"] > plain["data"][1]["line"]["width"]


@pytest.mark.parametrize("value", ["0", "true", "7", ""])
def test_only_one_word_turns_the_projector_on(visit, value):
    assert len(visit("home", {"present": value}).at.sidebar) > 0


def test_the_map_leads_to_every_room(visit):
    page = visit("home", {"lang": "en"})
    labels = {link.proto.label for link in page.at.sidebar.get("page_link")}
    assert {"Begin here", "Vanishing gradients", "ReLU", "GELU"} <= labels
    assert len(labels) >= len(CATALOGUE) + 2


def test_every_slider_says_what_it_does(visit):
    for page in (visit("home"), visit("vanishing"), visit("elu")):
        assert all(len(slider.label) > 3 for slider in page.at.slider)


def test_at_most_four_functions_are_drawn(visit):
    page = visit("vanishing", {"f": list(CATALOGUE)[:6]})
    lines = {trace["name"] for trace in page.check()["data"]} & set(CATALOGUE)
    assert len(lines) == 4
