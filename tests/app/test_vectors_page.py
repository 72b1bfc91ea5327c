"""Functions of a vector: everything drawn, printed and told on the page, against many digits."""

import math
import re

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from tests.oracle import library, many
from tests.oracle.blob import plain
from tests.oracle.fading import spelt
from tests.oracle.many import STANDS, UNITS, drawn, labels, opened, part
from tests.oracle.printed import number
from tests.oracle.visitor import Visit

PRESET = [("softmax", "en"), ("pair", "zh"), ("log", "en"), ("maxout", "zh"), ("swiglu", "en")]
each_language = pytest.mark.parametrize("language", ["en", "zh"])
each_stand = pytest.mark.parametrize(("view", "language", "query"), STANDS, ids=str)
READ = {
    "softmax": ("read-sums", "read-jacobian", "read-rows"),
    "pair": ("read-pair",),
    "log": ("read-log",),
    "maxout": ("read-maxout",),
    **{unit: ("read-product", "read-slopes", f"read-{unit}") for unit in UNITS},
}


def told(page, view, language):
    """What the sentences and the description quote, by name; each of them is where its words say."""
    words, now, said = part(language), page.blob.now, page.blob.head["said"]
    named = {"name": words.get(f"unit-{view}", ""), "g": words.get(f"gate-{view}", "")}
    beside = next(element.value for element in page.at.markdown if "\u2063" in element.value).split("\n\n")[0]
    template = "  \n".join(library.filled(words[name], named) for name in READ[view])
    found = library.quoted(template, beside, said) + library.quoted(words[f"alt-{view}"], page.alt, said)
    assert all(text == now[name] for name, text in found)
    return now


@each_stand
def test_what_is_drawn_and_said_is_true(view, language, query):
    page = opened(view, language, **query)
    picture, now = drawn(page), told(page, view, language) | labels(page)
    if view == "log":
        return check_logs(page, now, {**many.DEFAULTS[view], **query}, part(language))
    true = many.truth(view, query)
    for name, row in true.rows().items():
        np.testing.assert_allclose(picture[name], [float(v) for v in row], rtol=2e-6, atol=2e-6, err_msg=name)
    for name, (value, decimals) in true.numbers().items():
        number(now[name], value, decimals)
    rest = set(now) - set(true.numbers()) - {name for name in now if name.endswith("_key.text")}
    return globals()[f"check_{view if view not in UNITS else 'gated'}"](page, now, true, rest, part(language))


def check_softmax(page, now, true, rest, words):
    assert rest == {"largest", "rows", "all", *({"yours.text"} & rest)}
    value, error = spelt(now["largest"])
    assert abs(value - max(abs(v) for row in true.slopes for v in row)) <= error
    assert spelt(now["rows"])[0] <= 1e-15 * max(1, 1 / true.heat)
    assert now["all"] == ", ".join(now[f"p{i}.text"] for i in range(1, 5))
    assert [page.spec["layout"][axis]["ticktext"] for axis in ("xaxis2", "yaxis2")] == [
        ["z₁", "z₂", "z₃", "z₄"],
        ["p₄", "p₃", "p₂", "p₁"],
    ], "the last row of the matrix lies below"
    places = {name: tuple(float(v[0]) for v in (drawn(page)[f"{name}.x"], drawn(page)[f"{name}.y"])) for name in CELLS}
    assert places == {name: (int(name[2]), 5 - int(name[1])) for name in CELLS}


CELLS = [f"j{i}{j}" for i in range(1, 5) for j in range(1, 5)]


def check_pair(page, now, true, rest, words):
    assert rest == {"zeros", "off", "verdict"}
    assert now["zeros"] == ", ".join(["0"] * true.m)
    value, error = spelt(now["off"])
    off = abs(true.first(true.z) - many.sigma(true.z))
    assert value <= 2e-16 if true.m == 1 else abs(value - off) <= error
    if true.m == 1:
        assert now["verdict"] == words["verdict-two"]
        assert drawn(page)["off.y"].max() < -15
    else:
        number(dict(library.read(words["verdict-more"], now["verdict"]))["moved"], mpmath.log(true.m), 3)
        assert abs(many.sigma(true.z - mpmath.log(true.m)) - true.first(true.z)) < 1e-14


def check_logs(page, now, stand, words):
    gap, raised = stand["gap"], stand["raised"]
    assert (now["d"], now["s"], now["less"]) == (str(gap), str(raised), str(raised - gap).replace("-", "−"))
    right, wrong = -mpmath.log1p(mpmath.exp(-gap)), -gap - mpmath.log1p(mpmath.exp(-gap))
    found = {way: [now[f"{way}_{name}"] for name in ("right", "wrong")] for way in ("textbook", "shifted", "stable")}
    for way, pair in found.items():
        lost = raised > 88.7 and way == "textbook"
        for text, true, least in zip(pair, (right, wrong), (-mpf("3e-8"), -104), strict=True):
            if lost:
                assert text == (words["no-number"] if least > -1 else "−∞")
            elif way != "stable" and (true > least if least > -1 else true < least):
                assert text == ("0" if least > -1 else "−∞")
            elif true > -(mpf(2) ** -150):
                assert text == "0"
            else:
                value, error = spelt(text.removeprefix("−")) if "·" in text else (-mpf(text.replace("−", "-")), 6e-4)
                assert abs(value + true) <= error + (1e-6 if way != "stable" else 0)
        assert f"| {words[f'way-{way}']} | **{pair[0]}** | **{pair[1]}** |" in page.text
    picture = drawn(page)
    gaps = np.arange(121.0)
    np.testing.assert_allclose(picture["stable_wrong.y"], -gaps - np.log1p(np.exp(-gaps)), rtol=1e-5)
    np.testing.assert_allclose(picture["stable_right.y"][:87], np.log10(np.log1p(np.exp(-gaps[:87]))), atol=1e-4)
    assert (picture["shifted_wrong.y"] > -129).tolist() == (gaps < 104).tolist()
    assert (picture["shifted_right.y"][:16] > -10).all()
    assert (picture["shifted_right.y"][18:] == -50).all()
    over = np.isnan(picture["textbook_right.y"])
    assert over.tolist() == [raised > 88.7] * 121
    for name, reading in picture.items():
        if name.endswith("_dot.x"):
            assert reading.tolist() == [gap]
            line = picture[name.replace("_dot.x", ".y")]
            np.testing.assert_array_equal(picture[f"{name[:-1]}y"], line[[gap]])


def check_maxout(page, now, true, rest, words):
    lives = {f"lives{i}" for i in (1, 2, 3)}
    assert rest == {"winner", *lives}
    assert now["winner"] == str(true.lead(true.x) + 1)
    alive = {true.lead(mpf(k) / 64 + mpf(1) / 999) for k in range(-2000, 2000)}
    for i in range(3):
        assert now[f"lives{i + 1}"] == words["piece-alive" if i in alive else "piece-dead"]
        row = " | ".join(now[f"{name}{i + 1}"] for name in ("v", "gw", "gb", "lives"))
        assert f"| {i + 1} | {row} |" in page.text
    x, y = drawn(page)["max.x"], drawn(page)["max.y"]
    assert (x[0], x[-1]) == (-3, 3)
    everywhere = np.linspace(-3, 3, 241)
    np.testing.assert_allclose(np.interp(everywhere, x, y), [float(true.height(t)) for t in everywhere], atol=1e-5)
    at, slope = drawn(page)["slope.x"], drawn(page)["slope.y"]
    for left, right, height in zip(at[::3], at[1::3], slope[::3], strict=True):
        if right > left:
            assert height == pytest.approx(float(true.pieces[true.lead((left + right) / 2)][0]))


def check_gated(page, now, true, rest, words):
    assert rest == set()
    picture = drawn(page)
    for name in ("cut", "alone", "same", "by_a", "by_b"):
        x, y = picture[f"{name}.x"], picture[f"{name}.y"]
        here = [k for k in range(0, len(x), 5) if not np.isnan(x[k])]
        expected = [float(true.lines(float(x[k]))[name]) for k in here]
        np.testing.assert_allclose(y[here], expected, rtol=3e-6, atol=3e-6, err_msg=name)
        torn = true.unit == "reglu"
        assert np.isnan(y).sum() == torn, "a slope that jumps is broken there"
    texts = [trace["text"][0] for trace in page.spec["data"] if trace["name"].endswith("_key")]
    g = words[f"gate-{true.unit}"]
    assert texts == [f"a·{g}(b)", f"{g}(b)", f"b·{g}(b)", f"∂y/∂a = {g}(b)", f"∂y/∂b = a·{g}′(b)"]


@each_language
def test_before_an_answer_there_are_the_bars_alone_and_each_answer_brings_its_reason(language):
    words = part(language)
    for answer in "123":
        page = Visit().ask("vectors", {"lang": language})
        (asked,) = [group for group in page.at.button_group if group.key == "prediction"]
        assert asked.label == words["question"]
        assert not page.sliders
        assert not any(trace["name"] in ("jacobian", "each") for trace in page.spec["data"])
        assert plain(page.alt) == library.filled(words["alt-asked"], page.blob.now)
        asked.set_value(asked.options[int(answer) - 1])
        page.run()
        places = {k: page.text.index(words[f"why-{k}"]) for k in "123"}
        assert min(places, key=places.get) == answer
        assert f"**{words['choice-1']}** ✓" in page.text
        guessed = float(re.search(r"0\.\d+", words[f"choice-{answer}"])[0])
        np.testing.assert_allclose(drawn(page)["ghost.y"], [guessed] * 2, rtol=1e-6)
        assert set(page.sliders) == set(many.DEFAULTS["softmax"])


@each_language
def test_the_answers_and_their_numbers_are_true(language):
    words = part(language)
    logits, raised = [2, 1, 0, -1], [5, 4, 3, 2]
    first = [many.shares(z)[0] for z in (logits, raised)]
    assert abs(first[0] - first[1]) < 1e-14
    for place, true in (("1", first[1]), ("2", many.sigma(5)), ("3", mpf(5) / 14)):
        number(re.search(r"0\.\d+", words[f"choice-{place}"])[0], true, 2)
    number(re.search(r"σ\(5\) = (0\.\d+)", words["why-2"])[1], many.sigma(5), 3)
    number(re.search(r"3\.81", words["why-2"])[0], sum(map(many.sigma, raised)), 2)
    number(re.search(r"5/14 = (0\.\d+)", words["why-3"])[1], mpf(5) / sum(raised), 3)
    assert words["right"] == "1"
    assert all(str(z).replace("-", "−") in words["question"] for z in logits)


@each_language
def test_the_numbers_and_links_of_the_essay_are_true(language):
    words, page = part(language), opened("maxout", language)
    single = np.finfo(np.float32)
    assert math.log(single.max) == pytest.approx(88.72, abs=0.005)
    assert "$z = 88.72$" in words["why"] or "$88.72$" in words["why"]
    assert float(single.smallest_subnormal) == pytest.approx(1.4e-45, rel=0.01)
    assert np.float32(1 - 2.9e-8) == 1 != np.float32(1 - 3.1e-8)
    assert all(text in words["why"] for text in (r"1.4 \cdot 10^{-45}", r"3 \cdot 10^{-8}"))
    links = re.findall(r"\]\(((?!http)[^)]+)\)", "\n".join(element.value for element in page.at.markdown))
    assert [link.split("?")[0] for link in links] == ["sigmoid", "swish"]
    for link in links:
        assert Visit().follow(link).title


@pytest.mark.parametrize(("view", "language"), PRESET)
def test_each_preset_moves_the_sliders_and_every_word_is_there(view, language):
    words, page = part(language), opened(view, language)
    kind = "gated" if view in UNITS else view
    (pills,) = [group for group in page.at.button_group if group.key == f"vectors.{kind}"]
    assert pills.options == [words[name] for name in words if name.startswith(f"{kind}-")]
    for option in pills.options:
        before = page.stand
        next(group for group in page.at.button_group if group.key == f"vectors.{kind}").set_value(option)
        page.run()
        assert page.stand != before or option in (words.get("pair-two"), words.get("log-sure"), words["softmax-start"])
    assert all(note["text"] for note in page.spec["layout"]["annotations"])
    assert not re.search(r"\{[a-z][\w-]*\}", re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", page.text + page.alt))


HOSTILE = [{"show": "evil"}, {"show": ["maxout", "log"]}, {"show": "gated", "gate": "9" * 5000, "a": "nan", "b": "inf"}]
HOSTILE += [{"show": "log", "gap": "-1", "raised": "½"}, {"show": "pair", "others": "2.5", "z": "1e999"}]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: str(query)[:50])
def test_what_nobody_could_choose_is_not_chosen(query):
    page = Visit().go("vectors", query)
    for name, value in page.stand.items():
        assert math.isfinite(value)
        assert page.sliders[name].min <= value <= page.sliders[name].max
    assert len(page.alt) > 40


def test_what_a_slider_of_another_view_says_is_kept():
    page = opened("softmax", z1=4)
    for view in ("maxout", "softmax"):
        next(group for group in page.at.button_group if group.key == "choice.show").set_value(
            part("en")[f"show-{view}"]
        )
        page.run()
    assert page.stand["z1"] == 4
