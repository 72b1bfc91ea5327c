"""Every line, dot and area of every picture has a name in both languages, for the table of its numbers."""

import pytest

from activations import CATALOGUE
from pages.shared import words
from tests.all_cases import all_cases
from tests.oracle import library
from tests.scenes import describe

OWN, OF_FUNCTIONS = (
    [case for case in describe.SCENES if describe.of_function(*case) == shared] for shared in (False, True)
)


def name(page, scene):
    """What a test of a scene is called."""
    return f"{page.path or 'home'}-{describe.title(page, scene)[1:-1]}"


def names(language):
    """Each word or sign that a name may be made of."""
    labels = {text for label, text in library.labels(language).items() if label.startswith("drawn.")}
    return labels | {library.parts(language, f"functions/{slug}")["title"] for slug in CATALOGUE}


def hold_names(scene, language):
    """Each trace has a name made of known words, and no two have the same."""
    words.speak(language)
    shown = scene.at({param.name: describe.default_of(param) for param in scene.params})
    spec = scene.figure(shown.arrays, shown.texts, False).to_dict()
    drawn = {trace["name"]: trace["meta"] for trace in spec["data"] if trace.get("mode") != "text"}
    known = names(language)
    assert drawn
    for trace, called in drawn.items():
        assert all(piece in known or piece.isdecimal() for piece in called.split(" · ")), (trace, called)
    assert len(set(drawn.values())) == len(drawn), "two are called the same"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scene", [pytest.param(scene, id=name(page, scene)) for page, scene in OWN])
def test_all_that_is_drawn_is_called_something(scene, language):
    hold_names(scene, language)


@pytest.mark.parametrize("language", ["en", "zh"])
@all_cases("scene", [scene for _, scene in OF_FUNCTIONS if scene.orders == 3])
def test_all_that_is_drawn_of_a_function_is_called_something(scene, language):
    hold_names(scene, language)
