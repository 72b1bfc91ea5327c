"""What can be chosen on the page of the vanishing gradient, and what the page finds, is true."""

import itertools

import pytest
from mpmath import floor, log10, mpf

from pages.topics.vanishing import page as vanishing
from pages.topics.vanishing.scene import Gradients
from tests.oracle import library, stack
from tests.oracle.blob import plain
from tests.oracle.fading import CASES, IDS, STATES, assert_number, opened, paragraphs, spelt, title
from tests.oracle.visitor import Visit

over_cases = pytest.mark.parametrize(("name", "language"), CASES, ids=IDS)


@over_cases
def test_what_is_found_is_the_target(name, language):
    ui, (slugs, depth, w, b, x0) = library.labels(language), STATES[name]
    (text,) = [text for text in paragraphs(opened(name, language)) if text.startswith("- **") and " — " in text]
    target = mpf("1e-8")
    for line, slug in zip(text.splitlines(), slugs, strict=True):
        named, sentence = line.removeprefix("- **").split("** — ", 1)
        assert named == title(slug, language)
        first = next((d for d in range(1, 51) if stack.of(slug, d, w, b, x0).left <= target), None)
        by_depth = ui["found.depth"] if first else ui["found.no_depth"]
        place = f"{x0:.1f}".replace("-", "−")
        begins = by_depth.replace("{depth}", str(first)).replace("{x0}", place)
        assert sentence.startswith(f"{begins} ")
        by_input = sentence.removeprefix(f"{begins} ")
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
@pytest.mark.parametrize(
    ("depth", "w", "b", "x0", "met"),
    [
        (50, 4.0, -2.0, 0.5, True),
        (50, -4.0, 2.0, 0.5, True),
        (49, 4.0, -2.0, 0.5, False),
        (50, 8.0, -4.0, 0.5, False),
        (50, 1.0, 0.0, 1.0, False),
        # At z = 0 the factor is w/4: 1.05 and 0.95 to the fiftieth are 11.5 and 0.077.
        (50, 4.2, -2.1, 0.5, False),
        (50, 3.8, -1.9, 0.5, False),
    ],
)
def test_an_address_proves_whether_the_challenge_is_met(language, depth, w, b, x0, met):
    words = library.parts(language, "topics/vanishing")
    gradient = stack.of("sigmoid", depth, w, b, x0).left
    assert met == (depth == 50 and mpf("0.1") <= gradient <= 10), "the case itself"
    query = {"lang": language, "depth": str(depth), "w": str(w), "b": str(b), "input": str(x0)}
    page = Visit().go("vanishing", query)
    shown = "\n".join(paragraphs(page))
    verdict = words["challenge-done" if met else "challenge-open"]
    (now,) = [line for line in shown.splitlines() if line.endswith(f"**{verdict}**")]
    said = dict(library.read(words["challenge-now"], now.removesuffix(f" **{verdict}**")))
    assert said["depth"] == str(depth)
    assert_number(said["left"], gradient, 3)
    assert words["challenge-open" if met else "challenge-done"] not in shown
    assert words["challenge-choose"] not in shown
    # While a slider is dragged the browser writes the same.
    assert plain(page.blob.now["challenge"]) == verdict
    without = "\n".join(paragraphs(Visit().go("vanishing", {**query, "f": ["relu"]})))
    assert words["challenge-choose"] in without
    assert words["challenge-done"] not in without
    assert words["challenge-open"] not in without


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
    assert [page.values[name] for name in ("depth", "w", "b", "input")] == stand
    assert page.at.multiselect[0].value == slugs
    assert page.at.query_params["f"] == slugs
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
    for option, code in zip(target.options, vanishing.TARGETS, strict=True):
        assert spelt(option.replace("10⁻", "1·10⁻") if option.startswith("10⁻") else option)[0] == mpf(code)
    assert target.value == "1e-8"
    page.set("target", "0.01")
    (text,) = [text for text in paragraphs(page) if text.startswith("- **") and " — " in text]
    first = next(d for d in range(1, 51) if stack.of("sigmoid", d, 1.0, 0.0, 1.0).left <= mpf("0.01"))
    assert f" {first}." in text.splitlines()[0]
    assert floor(log10(stack.of("sigmoid", first, 1.0, 0.0, 1.0).left)) < -2


def test_functions_that_are_all_taken_away_are_drawn_by_default():
    page = Visit().go("vanishing")
    before = page.spec
    page.set("functions", ["tanh"])
    assert page.spec != before
    page.set("functions", [])
    assert page.spec == before
    page.set("functions", [])
    assert page.spec == before


def test_a_link_with_a_learning_rate_opens_its_fold_and_computes_the_picture_once(monkeypatch):
    computed, real = [], Gradients.compute
    monkeypatch.setattr(Gradients, "compute", lambda *asked: (computed.append(asked[0]), real(*asked))[1])
    # A weight that no other test opens, so that nothing of the picture has been cached.
    page = Visit().go("vanishing", {"rate": "0.01", "w": "-3.7"})
    assert len(computed) == 1
    (fold,) = [fold for fold in page.at.expander if fold.label == library.labels("en")["more"]]
    assert fold.proto.expanded
    assert page.at.session_state["rate"] == 0.01
