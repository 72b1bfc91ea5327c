"""Each function leads to a comparison with its neighbours and named rivals, and they lead back."""

import re
from urllib.parse import parse_qs, urlsplit

from activations import CATALOGUE
from pages.functions.rivals import PAIRS, rivals
from tests.all_cases import all_cases
from tests.oracle.function_page import opened, seen
from tests.oracle.visitor import Visit

NAMED = [
    ("elu", "selu"),
    ("elu", "celu"),
    ("swish", "gelu"),
    ("swish", "mish"),
    ("relu", "leaky_relu"),
    ("relu", "gelu"),
]
NAMED += [("tanh", "sigmoid"), ("tanh", "softsign"), ("leaky_relu", "prelu"), ("softplus", "relu"), ("sine", "snake")]


def test_each_pair_is_named_once_and_is_of_two_functions():
    assert len({frozenset(pair) for pair in PAIRS}) == len(PAIRS)
    assert all(len(set(pair)) == 2 and set(pair) <= set(CATALOGUE) for pair in PAIRS)


@all_cases("slug", CATALOGUE)
def test_the_links_compare_a_function_with_each_of_its_rivals(slug):
    (line,) = [text.value for text in seen(slug, "en").at.markdown if "](compare?" in text.value]
    asked = [parse_qs(urlsplit(link).query)["f"] for link in re.findall(r"\]\(([^)]*)\)", line)]
    assert asked
    assert asked == [[slug, other] for other in rivals(slug)]
    assert all(slug in rivals(other) for other in rivals(slug))
    assert {other for pair in NAMED if slug in pair for other in pair} - {slug} <= set(rivals(slug))


def test_a_link_opens_the_comparison_of_both():
    page = Visit().ask("compare", {"lang": "en", "f": ["elu", "selu"]})
    assert page.at.multiselect(key="compared").value == ["elu", "selu"]


def test_a_slide_leaves_the_comparisons_out():
    assert not [text for text in opened("elu", "en", present="1").at.markdown if "](compare?" in text.value]
