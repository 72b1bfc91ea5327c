"""True or false: nothing is shown before the answer, then the verdict and its reason, and nothing stays behind."""

import base64
import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from pages.register import BY_PATH
from pages.topics.myths import answers
from pages.topics.myths.cards import BY_NAME, CARDS
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
OTHERS = library.filled(library.parts("en", "topics/myths")["turn"], {"first": "11", "last": "20"})
HOSTILE = ["", "nobody", "0", "21", "quarter ", "9" * 5000, "<script>", ["one", "evil"]]


def text(language):
    return library.parts(language, "topics/myths")


def opened(language="en", **query):
    return Visit().ask("myths", {"lang": language, **query})


def asked_for(page, name):
    """What the address says, as one text."""
    value = page.at.query_params[name]
    return value if isinstance(value, str) else value[-1]


def answer(page, card, choice):
    page.at.get_by_key(f"{card.name}.{choice}").click()
    return page.run()


def buttons(page):
    return [button.label for button in page.at.button]


def press(page, label):
    next(button for button in page.at.button if button.label == label).click()
    return page.run()


def lines(page):
    return [trace["name"] for trace in page.spec["data"] if trace["mode"] == "lines"]


@each_language
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_card_tells_nothing_before_the_answer_and_everything_after(card, language):
    page, words = opened(language, card=card.name), text(language)
    assert f"**{words[f'says-{card.name}']}**" in page.text
    assert words[f"because-{card.name}"] not in page.text
    assert lines(page) == ["claimed"]
    assert words["alt-true"][:4] not in page.alt
    answer(page, card, card.true)
    assert (
        f"**{words['is-true' if card.true else 'is-false']} {words['knew']}** {words[f'because-{card.name}']}"
        in page.text
    )
    assert lines(page) == ["true", "claimed"]
    assert asked_for(page, "card") == card.name
    assert set(page.at.query_params) <= {"lang", "card"}, "an answer is never in the address"


@each_language
def test_the_score_counts_and_the_list_holds_what_was_missed(language):
    page, words = opened(language), text(language)
    assert words["score-none"] in page.text
    assert words["none"] in page.text
    asked = {card.name: card.true if k % 3 else not card.true for k, card in enumerate(CARDS[:7])}
    for place, card in enumerate(CARDS[:7]):
        assert library.parts(language, "topics/myths")[f"says-{card.name}"] in page.text, "the next one is asked"
        answer(page, card, asked[card.name])
        right = sum(asked[one.name] == one.true for one in CARDS[: place + 1])
        assert words["score"].replace("{right}", str(right)).replace("{answered}", str(place + 1)) in page.text
        press(page, words["next"])
    again, known = page.text.split(f"## {words['again']}")[1].split(f"## {words['known']}")
    for k, card in enumerate(CARDS[:7]):
        assert (words[f"because-{card.name}"] in again) == (k % 3 == 0)
        assert (words[f"says-{card.name}"] in known) == (k % 3 != 0)
    press(page, words["over"])
    assert words["score-none"] in page.text
    assert words["over"] not in buttons(page)


def test_what_was_answered_is_not_asked_again():
    page = answer(opened(card=CARDS[1].name), CARDS[1], True)
    answer(page.ask("myths", {"lang": "en", "card": CARDS[0].name}), CARDS[0], True)
    press(page, text("en")["next"])
    assert asked_for(page, "card") == CARDS[2].name
    answer(page.ask("myths", {"lang": "en", "card": CARDS[-1].name}), CARDS[-1], True)
    press(page, text("en")["next"])
    assert asked_for(page, "card") == CARDS[10].name, "first among the ten that are offered together"
    for card in CARDS[10:-1]:
        assert asked_for(page, "card") == card.name
        answer(page, card, True)
        press(page, text("en")["next"])
    assert asked_for(page, "card") == CARDS[2].name


def test_ten_cards_are_offered_at_a_time_and_a_button_leads_to_the_others():
    page = press(opened(card=CARDS[4].name), OTHERS)
    assert asked_for(page, "card") == CARDS[10].name
    (pills,) = page.at.button_group
    assert [option.content for option in pills.proto.options] == [str(k) for k in range(11, 21)]
    assert library.filled(text("en")["turn"], {"first": "1", "last": "10"}) in buttons(page)


def test_the_first_answer_counts_and_stands_while_the_visit_lasts():
    page = answer(opened(card="one"), CARDS[5], True)
    assert buttons(page) == [text("en")["next"], OTHERS, text("en")["over"]]
    page.ask("tanh").ask("myths", {"lang": "zh", "card": "one"})
    assert text("zh")["missed"] in page.text
    assert text("zh")["because-one"] in page.text
    (pills,) = page.at.button_group
    assert [option.content for option in pills.proto.options] == [f"{k}{' ×' if k == 6 else ''}" for k in range(1, 11)]


@each_language
def test_a_verdict_that_is_only_shown_does_not_count_and_is_to_be_looked_at_again(language):
    page, words = opened(language, card="one"), text(language)
    press(page, library.labels(language)["question.reveal"])
    assert f"**{words['is-false']}** {words['because-one']}" in page.text
    assert lines(page) == ["true", "claimed"]
    assert words["score-none"] in page.text
    assert words["because-one"] in page.text.split(f"## {words['again']}")[1]
    answer(page.ask("myths", {"lang": language, "card": "quarter"}), BY_NAME["quarter"], False)
    assert words["score"].replace("{right}", "1").replace("{answered}", "1") in page.text


MESSAGE = '{"session": "now", "given": {"one": false, "quarter": true, "he": null}, "at": 1}'


def test_what_a_browser_has_kept_is_taken_only_by_the_session_that_it_speaks_to():
    assert answers.parsed(MESSAGE, "now") == {"one": False, "quarter": True, "he": None}
    assert answers.parsed(MESSAGE, "before") is None
    assert answers.parsed(MESSAGE, None) is None


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("{}", {}), ('{"one": "yes", "he": 2, "evil": true, "dead": [], "zeros": {}}', {}),
        ("[]", None), ("null", None), ('"one"', None), ("7", None),
    ],
)  # fmt: skip
def test_of_what_a_browser_says_only_answers_to_cards_are_taken(given, taken):
    assert answers.parsed(f'{{"session": "now", "given": {given}}}', "now") == taken


@pytest.mark.parametrize("message", [None, "", "{", "[]", "{}", 7, "null", '"now"'])
def test_a_browser_that_says_nothing_of_the_kind_changes_nothing(message):
    assert answers.parsed(message, "now") is None


@each_language
def test_a_teacher_sees_every_verdict_at_once(language):
    page, words = opened(language, predict="0"), text(language)
    listed = page.text.split(f"## {words['all']}")[1]
    for card in CARDS:
        verdict = words["is-true" if card.true else "is-false"]
        assert f"- {words[f'says-{card.name}']} **{verdict}** {words[f'because-{card.name}']} [" in listed
    assert buttons(page) == [words["next"], library.filled(words["turn"], {"first": "11", "last": "20"})]
    assert lines(page) == ["true", "claimed"]
    for card in CARDS[1:]:
        press(page, words["next"])
        assert asked_for(page, "card") == card.name


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: str(value)[:12])
def test_a_card_nobody_wrote_is_the_first_one(value):
    page = opened(card=value)
    assert any(f"**{text('en')[f'says-{card.name}']}**" in page.text for card in (CARDS[0], CARDS[5]))
    assert len(page.spec["data"]) == 2


@each_language
def test_the_picture_is_described_with_numbers(language):
    page, words = opened(language, card="quarter", predict="0"), text(language)
    template = f"{words['alt']} {words['alt-true']}"
    values = dict(library.read(template.replace("{from}", "{a}", 1).replace("{to}", "{b}", 1), plain(page.alt)))
    assert (values["place"], values["all"], values["says"]) == ("3", str(len(CARDS)), words["says-quarter"])
    assert (values["a"], values["b"], values["from"], values["to"]) == ("0.9975", "0.0025", "0.0025", "0.0025")


def test_powers_of_ten_are_spelt_out():
    assert "0.25" not in opened(card="eight", predict="0").alt
    assert "from 1.00 to 1.05·10⁶" in opened(card="eight", predict="0").alt


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_the_page_that_shows_it_opens_as_its_link_says(card):
    page = answer(opened(card=card.name), card, True)
    link = urlsplit(re.search(rf"{re.escape(text('en')[f'look-{card.name}'])} →\]\(([^)]*)\)", page.text)[1])
    query = parse_qs(link.query)
    assert "predict" not in query, "what was not asked for would be shown as well"
    page.ask(link.path, query)
    assert page.title == library.parts("en", BY_PATH[link.path].words)["title"]
    for name in {*query} - {"lang", "f"}:
        if name in page.values:
            assert page.values[name] == float(query[name][0])
        else:
            assert asked_for(page, name) == query[name][0], "a choice keeps what it was asked to be"


def shares(spec):
    """Each trace in shares of its panel, with points between its points; NaN is a gap."""
    (left, right), (low, high) = (spec["layout"][f"{axis}axis"]["range"] for axis in "xy")
    for trace in spec["data"]:
        x, y = (np.frombuffer(base64.b64decode(trace[axis]["bdata"]), "<f4").astype(float) for axis in "xy")
        x, y = (x - left) / (right - left), (y - low) / (high - low)
        dense = [np.linspace(a[:-1], a[1:], 30).T.ravel() if len(a) > 1 else a for a in (x, y)]
        yield trace["mode"], *dense


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_names_of_lines_are_in_the_picture_and_clear_of_lines_and_of_each_other(card):
    drawn = list(shares(opened(card=card.name, predict="0").spec))
    names = [(float(x[0]), float(y[0])) for mode, x, y in drawn if mode == "text"]
    assert len(names) == 2
    assert abs(names[0][0] - names[1][0]) > 0.2 or abs(names[0][1] - names[1][1]) > 0.05
    for across, up in names:
        assert 0.1 < across < 0.9
        assert 0.02 < up < 0.98
        for mode, x, y in drawn:
            if mode == "lines":
                assert not ((np.abs(x - across) < 0.1) & (np.abs(y - up) < 0.025)).any()
