"""Every line, dot and area of every picture has a name in both languages, for the table of its numbers."""

import pytest

from activations import CATALOGUE
from pages.register import PAGES
from tests.oracle import library
from tests.oracle.visitor import Visit

# What shows pictures of other things than the page opens with.
OTHERS = {
    "softmax": [{"show": name} for name in ("pair", "log")],
    "gated": [{"show": "maxout"}],
    "gate": [{"show": "masks"}],
    "basics": [{"pass": "backward"}],
    "collapse": [{"act": name} for name in ("xor", "spirals")],
    "dying": [{"act": name} for name in ("step", "layer")],
    "neuron": [{"act": "hand"}, {"act": "learn", "predict": "0"}],
    "cost": [{"view": "writing"}],
    "compare": [{"order": "slope", "less": "elu", "f": ["relu", "elu", "threshold"]}],
    "elu": [{"second": "true"}],
    "prelu": [{"show": "training"}],
}
CASES = [(page, query) for page in PAGES if page.pictured for query in ({}, *OTHERS.get(page.path, []))]


def names(language):
    """Each word or sign that a name may be made of."""
    words = {text for label, text in library.labels(language).items() if label.startswith("drawn.")}
    return words | {library.parts(language, f"functions/{slug}")["title"] for slug in CATALOGUE}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("page", "query"), CASES, ids=[f"{page.path or 'home'}{[*query.values()]}" for page, query in CASES]
)
def test_all_that_is_drawn_is_called_something(page, query, language):
    spec = Visit().go(page.path, {"predict": "0", **query, "lang": language}).spec
    drawn = {trace["name"]: trace["meta"] for trace in spec["data"] if trace.get("mode") != "text"}
    assert len(drawn) >= 2
    for name, called in drawn.items():
        assert all(piece in names(language) or piece.isdecimal() for piece in called.split(" · ")), (name, called)
    assert len(set(drawn.values())) == len(drawn), "two are called the same"
