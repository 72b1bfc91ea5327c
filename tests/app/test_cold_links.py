"""A link that sets one parameter opens the page at which a visitor arrives who moves it there."""

import pytest

from pages.topics import bends, gated, output, softmax
from tests.oracle.kinds import EACH_KIND
from tests.oracle.visitor import Visit

ENDS = ("default", "low", "high")
# Choices of a page that bring the sliders which it does not show at first.
CHOICES = {
    "neuron": [{"act": "learn"}],
    "collapse": [{"act": "xor"}],
    "dying": [{"act": activation} for activation in ("step", "layer", "zone")],
    "prelu": [{"show": "training"}],
    "bends": [{"show": tab, "n": "12"} for tab in bends.TOPIC.scenes],
    "normalise": [{"show": "layers"}],
    "output": [{"show": tab} for tab in output.TOPIC.scenes],
    "rounding": [{"show": "eight"}],
    "softmax": [{"show": tab} for tab in softmax.TOPIC.scenes],
    "gated": [{"show": tab} for tab in gated.TOPIC.scenes],
}  # fmt: skip
PARAMS = [
    pytest.param(page, param, id=f"{page.path or 'home'}-{param.name}")
    for page in EACH_KIND
    for param in (*page.params, *page.later)
]


def choices(page, param):
    """What a link to this page has to choose for the slider of ``param`` to be there."""
    if param in page.params:
        return {}
    if page.path == "compare":
        return {"f": param.name.split(".")[0]}
    return next(chosen for chosen in CHOICES[page.path] if param.name in Visit().ask(page.path, chosen).sliders)


def shown(page):
    """All that a page draws, prints and tells."""
    return page.values, page.spec, page.alt, page.text, [slider.label for slider in page.sliders.values()]


@pytest.mark.parametrize(("page", "param"), PARAMS)
def test_a_cold_link_shows_what_moving_there_shows(page, param):
    chosen = choices(page, param)
    plain, moved = (Visit().ask(page.path, chosen) for _ in range(2))
    assert param.name in plain.sliders, "the slider is there before anything is set"
    number = int if param.whole else float
    for end in ENDS:
        value = number(getattr(param, end))
        # Away first: a slider that stands there already would not move.
        moved.set(param.name, number(param.high if value == param.low else param.low))
        moved.set(param.name, value)
        cold = Visit().ask(page.path, {**chosen, param.name: f"{value:g}"})
        assert shown(cold) == shown(moved), end
        assert shown(cold) == shown(plain) or end != "default"
