"""Every page opens in both languages, whatever the address asks of it."""

import math

import pytest

from activations import CATALOGUE
from activations.experiments import chain, curve, stack

LANGUAGES = ("en", "zh")
LONG = "9" * 5000
NONSENSE = ("nan", "inf", "-inf", "1e999", "abc", "", "99", "-99", LONG, "α≤½", "1;DROP", "<script>", "0x10")
MANY = [*CATALOGUE] * 3
HOSTILE = {
    "depth below": {"depth": "-3"},
    "depth beyond": {"depth": "1e9"},
    "depth broken": {"depth": "2.5"},
    "function unknown": {"f": "evil"},
    "functions half known": {"f": ["sigmoid", "evil"]},
    "functions all": {"f": MANY},
    "function long": {"f": "x" * 5000},
    "language unknown": {"lang": "xx"},
    "languages two": {"lang": ["zh", "en"]},
    "present odd": {"present": "7"},
    "target zero": {"target": "0"},
    "target nan": {"target": "nan"},
    "target tiny": {"target": "1e-320"},
    "target infinite": {"target": "-inf"},
    "rate unknown": {"rate": "7"},
    "weight nan": {"w": "nan", "b": "inf", "input": "abc"},
    "unicode": {"w": "½", "f": "激活", "depth": "十", "lang": "中文", "present": "是"},
    "long": {"w": LONG, "depth": LONG, "target": LONG, "rate": LONG, "lang": LONG},
    "twice": {"w": ["1", "2"], "depth": ["5", "6"]},
    "stranger": {"__proto__": "1", "alive": "true", "rooms": "x", "browser_is_alive": "1", "story-dead": "true"},
}
QUOTED = ("infimum", "supremum", "minimum", "argmin", "max_slope", "argmax_slope", "mean", "value", "slope", "symbol")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def assert_safe(visit, params):
    """Each slider of ``params`` is there with its own bounds and stands at a finite value between them."""
    assert set(visit.sliders) == {param.name for param in params}
    for param in params:
        slider = visit.sliders[param.name]
        assert (slider.min, slider.max, slider.step) == (param.low, param.high, param.step)
        assert math.isfinite(slider.value)
        assert param.low <= slider.value <= param.high


def assert_default(visit, params):
    assert_safe(visit, params)
    assert {param.name: visit.sliders[param.name].value for param in params} == {p.name: p.default for p in params}


@each_language
@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_function_has_a_page_with_its_picture_and_sliders(visit, slug, language):
    page, act = visit(slug, language=language), CATALOGUE[slug]
    names = {trace["name"] for trace in page.check()["data"]}
    assert {"value", "slope", "tangent", "probe_value", "probe_slope"} <= names
    assert_default(page, [*act.params, curve.PROBE])
    assert len(page.at.title) == 1
    assert ("Strengths" if language == "en" else "长处") in [heading.value for heading in page.at.header]
    assert len(page.blob) > 1000
    open_marks = [f"{{{name}}}" for name in QUOTED if f"{{{name}}}" in page.text()]
    assert open_marks == []


@pytest.mark.parametrize(
    ("slug", "value"), [*(("elu", v) for v in NONSENSE), ("softplus", "nan"), ("softplus", "0"), ("swish", "-1")]
)
def test_a_parameter_nobody_could_choose_is_dropped(visit, slug, value):
    act = CATALOGUE[slug]
    page = visit(slug, {act.params[0].name: value})
    page.check()
    assert_default(page, [*act.params, curve.PROBE])


@pytest.mark.parametrize("value", ["nan", "abc", "-6.1", "1e999"])
def test_a_probe_nobody_could_place_stands_where_it_began(visit, value):
    page = visit("gelu", {"x0": value})
    page.check()
    assert_default(page, [curve.PROBE])


@pytest.mark.parametrize("slug", [act.slug for act in CATALOGUE.values() if act.params])
@pytest.mark.parametrize("end", ["low", "high"])
def test_both_ends_of_a_slider_draw_a_picture(visit, slug, end):
    (param,) = CATALOGUE[slug].params
    value = getattr(param, end)
    page = visit(slug, {param.name: str(value), "x0": "6.0", "second": "true"})
    assert "bend" in {trace["name"] for trace in page.check()["data"]}
    assert page.sliders[param.name].value == value
    assert page.sliders["x0"].value == 6


@pytest.mark.parametrize("query", [{"second": "maybe"}, {"second": LONG}, {"x0": ["1", "2"]}, {"lang": "xx"}], ids=str)
def test_a_page_of_a_function_takes_no_notice_of_nonsense(visit, query):
    page = visit("gelu", query)
    page.check()
    assert_safe(page, [curve.PROBE])


@each_language
def test_home_opens_with_its_picture_and_slider(visit, language):
    page = visit("home", {"lang": language})
    assert {trace["name"] for trace in page.check()["data"]} == {
        f"{slug}{part}" for slug in ("sigmoid", "tanh", "relu") for part in ("", "_end")
    }
    assert_default(page, [stack.LAYERS])


@pytest.mark.parametrize("layers", ["nan", "1e999", "abc", "", LONG, "0", "21"])
def test_home_takes_no_notice_of_a_stack_nobody_could_choose(visit, layers):
    page = visit("home", {"layers": layers})
    page.check()
    assert_default(page, [stack.LAYERS])


@pytest.mark.parametrize("name", ["language unknown", "languages two", "present odd", "unicode", "long", "stranger"])
def test_home_survives_any_address(visit, name):
    page = visit("home", HOSTILE[name])
    page.check()
    assert_default(page, [stack.LAYERS])


@each_language
@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_vanishing_survives_any_address(visit, query, language):
    page = visit("vanishing", {"lang": language, **query})
    spec = page.check()
    lines = {trace["name"] for trace in spec["data"]} & set(CATALOGUE)
    assert 1 <= len(lines) <= 4
    assert_safe(page, chain.PARAMS)
    assert 0 < page.at.number_input[0].value <= 1
    assert page.at.select_slider[0].value in (0.001, 0.01, 0.1, 0.5, 1.0)


@pytest.mark.parametrize("first", [0, 4, 8])
@pytest.mark.parametrize("end", ["low", "high"])
def test_vanishing_draws_every_function_at_the_corners_of_its_sliders(visit, first, end):
    slugs = list(CATALOGUE)[first : first + 4]
    corner = {param.name: str(getattr(param, end)) for param in chain.PARAMS}
    page = visit("vanishing", {**corner, "f": slugs})
    assert {trace["name"] for trace in page.check()["data"]} & set(CATALOGUE) == set(slugs)
    assert {key: slider.value for key, slider in page.sliders.items()} == {k: float(v) for k, v in corner.items()}
    assert "nan" not in page.text()


def test_the_arrays_of_a_chart_are_single_precision(visit):
    # The browser is sent the same numbers for a dragged picture, so a reload draws the same path.
    lines = [trace for trace in visit("elu").check()["data"] if trace["mode"] == "lines"]
    assert len(lines) == 3
    assert {trace[axis]["dtype"] for trace in lines for axis in ("x", "y")} == {"f4"}
