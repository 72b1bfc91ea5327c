"""All that a function's page says, read back and held against what is true: nothing stands there unchecked."""

import re
from functools import cache
from html import unescape
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from scipy.special import ndtri

from activations import CATALOGUE
from activations.experiments import chain
from tests.all_cases import all_cases
from tests.oracle import library
from tests.oracle.asked import highlighted_preset
from tests.oracle.function_page import CASES, NAMES, opened, place_onward, seen, templates
from tests.oracle.printed import Truth

KINDS = {"title", "html", "plotly_chart", "slider", "button_group", "markdown", "bidi_component", "toggle"}
KINDS |= {"flex_container", "column", "expander", "main", "sidebar", "event"}
each_language = all_cases("language", ["en", "zh"])
LEADING_ON = [slug for slug, activation in CATALOGUE.items() if chain.stackable(activation)]
each_function = all_cases("slug", CATALOGUE)


def kinds(node):
    for child in node.children.values():
        yield child.type
        if hasattr(child, "children"):
            yield from kinds(child)


@all_cases(("slug", "language", "at", "x0"), CASES, ids=NAMES)
def test_every_text_on_the_page_is_true(slug, language, at, x0):
    page = seen(slug, language, at, x0)
    now = page.blob.now
    Truth(slug, dict(at), x0, language).check(now)
    texts = [element.value for element in page.at.markdown][: place_onward(slug)]
    for template, text in zip(templates(slug, language, list(now)), texts, strict=True):
        for name, quote in library.quoted(template, text, list(now)):
            assert quote == now[name]


@all_cases(("slug", "language", "at", "x0"), CASES, ids=NAMES)
def test_the_picture_is_described_as_it_is(slug, language, at, x0):
    page = seen(slug, language, at, x0)
    title, now = library.parts(language, f"functions/{slug}")["title"], page.blob.now
    template = library.labels(language)["alt.curve"].replace("{name}", title).replace("{steep}", "{max_slope}")
    quotes = library.quoted(template, page.alt, list(now))
    assert {name for name, _ in quotes} == {"range", "max_slope", "value", "slope"}
    assert all(quote == now[name] for name, quote in quotes)


@each_language
@each_function
def test_nothing_else_is_on_the_page(slug, language):
    page = seen(slug, language)
    assert set(kinds(page.at._tree)) <= KINDS
    part, ui = library.parts(language, f"functions/{slug}"), library.labels(language)
    assert page.title == part["title"]
    heading = [html.proto.body for html in page.at.main.get("html")][:1]
    assert re.findall(r"<p>(.*?)</p>", unescape(heading[0])) == [part["claim"]]
    sliders = [ui[f"param.{slug}.{param.name}"] for param in CATALOGUE[slug].params]
    assert [slider.label for slider in page.at.slider] == [*sliders, ui["probe"]]
    assert [toggle.label for toggle in page.at.toggle] == [ui["show_bend"]]


@each_language
@each_function
def test_no_placeholder_is_left_standing(slug, language):
    # Braces of LaTeX are between dollars or follow a command.
    for text in seen(slug, language).text.split("$")[::2]:
        assert re.findall(r"\{[a-z_0-9.]+\}", text) == []


@cache
def outputs(slug):
    """The function at evenly likely standard normal inputs."""
    return CATALOGUE[slug](ndtri((np.arange(200_000) + 0.5) / 200_000))


def apart(one, other):
    return float(np.sqrt(np.mean((outputs(one) - outputs(other)) ** 2)))


def nearest(slug):
    """How far the five nearest lie; approximations of a function are kin of its own forms only."""
    forms = {"gelu", "gelu_tanh", "gelu_sigmoid"}
    left_out = {slug} if slug in forms else {slug, "gelu_tanh", "gelu_sigmoid"}
    return sorted(apart(slug, other) for other in CATALOGUE if other not in left_out)[:5]


@each_language
@all_cases("slug", LEADING_ON)
def test_the_way_on_leads_to_the_gradient_of_this_function(slug, language):
    page = seen(slug, language)
    title, label = library.parts(language, f"functions/{slug}")["title"], library.labels(language)["to_vanishing"]
    onward, *_, alike = page.at.markdown[place_onward(slug)].value.split("  \n")
    link = re.fullmatch(r"\[(.*)\]\((.*)\)", onward)
    assert link[1] == label.replace("{name}", title)
    address = urlsplit(link[2])
    compared = "relu" if slug == "sigmoid" else slug
    assert (address.path, parse_qs(address.query)) == (
        "vanishing",
        {"lang": [language], "f": ["sigmoid", compared]},
    )
    shown = re.findall(r"\[([^]]+)\]\((\w+)\?[^)]*\) \(([\d.]+)\)", alike)
    assert len({path for _, path, _ in shown} - {slug}) == len(shown) == 5
    # ReLU and ReLU6 differ beyond 6 only: who of two is nearer may be too close to tell.
    assert [apart(slug, path) for _, path, _ in shown] == pytest.approx(nearest(slug), abs=2e-3)
    for name, path, gap in shown:
        assert name == library.parts(language, f"functions/{path}")["title"]
        assert abs(float(gap) - apart(slug, path)) < 2e-3


PRESET = [activation.slug for activation in CATALOGUE.values() if activation.params]


# The languages take turns.
@all_cases(("slug", "language"), [(slug, ("en", "zh")[k % 2]) for k, slug in enumerate(PRESET)])
def test_a_preset_lands_where_its_label_says(slug, language):
    page = opened(slug, language, x0=0.85)
    offered = [param for param in CATALOGUE[slug].params if param.presets]
    groups = [group for group in page.at.button_group if group.key != "choice.code"]
    for param, pills in zip(offered, groups, strict=True):
        landed = []
        for label in pills.options:
            page.set(pills.key, label)
            assert page.values[param.name] == float(re.match(r"−?[\d.]+", label)[0].replace("−", "-"))
            assert page.values["x0"] == 0.85
            # It is lit while it is met.
            assert highlighted_preset(page, pills.key) == pills.options.index(label) + 1
            landed.append(page.values[param.name])
            Truth(slug, {**CATALOGUE[slug].defaults, param.name: landed[-1]}, 0.85, language).check(page.blob.now)
        assert landed == list(param.presets.values())
        away = next(value for value in param.grid.tolist() if value not in landed)
        page.set(param.name, away)
        assert highlighted_preset(page, pills.key) == 0


@each_language
@each_function
def test_no_text_calls_a_line_dashed_that_is_drawn_solid(slug, language):
    assert not re.findall(r"dashed|虚线", "".join(library.parts(language, f"functions/{slug}").values()))
