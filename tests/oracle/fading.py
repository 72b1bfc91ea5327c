"""The page of the vanishing gradient as it is opened, and how what is printed on it is read."""

import re

from mpmath import mp, mpf

from tests.oracle import library, stack
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
FORMATS = ("float16", "bfloat16", "float32")
STATES = {
    "as it opens": (["sigmoid", "relu"], 30, 1.0, 0.0, 1.0),
    "tanh": (["sigmoid", "tanh", "relu"], 50, 1.0, 0.0, 1.0),
    "dead": (["sigmoid", "relu"], 20, 1.0, 0.2, -0.5),
    "explodes": (["sigmoid", "relu"], 10, 8.0, -4.0, 0.5),
    "grows": (["selu", "identity", "leaky_relu", "softplus"], 12, 1.5, 0.3, 2.0),
    "negative": (["elu", "tanh", "mish", "sigmoid"], 7, -1.3, 0.4, -2.1),
    "no weight": (["sigmoid", "gelu"], 5, 0.0, 0.5, 1.0),
    "saturated": (["tanh", "sigmoid", "relu6", "relu"], 50, 8.0, 8.0, 6.0),
    "one layer": (["swish", "binary_step", "hard_tanh"], 1, 2.0, -1.0, 0.7),
}
CASES = [
    (name, language)
    for k, name in enumerate(STATES)
    for language in (("en", "zh") if k < 2 else ("en", "zh")[k % 2 :][:1])
]
IDS = [" ".join(case) for case in CASES]
_pages = {}


def opened(name, language):
    """The page at a setting; it is only looked at, so each is opened once."""
    if (name, language) not in _pages:
        slugs, depth, w, b, x0 = STATES[name]
        stand = {"depth": str(depth), "w": str(w), "b": str(b), "input": str(x0)}
        _pages[name, language] = Visit().go("vanishing", {"lang": language, "f": slugs, "rate": "0.1", **stand})
    return _pages[name, language]


def chains(name):
    slugs, *at = STATES[name]
    return {slug: stack.of(slug, *at) for slug in slugs}


def title(slug, language):
    return library.parts(language, f"functions/{slug}")["title"]


def spelt(text):
    """The number that a text spells, and how far what it stands for may be from it."""
    found = re.fullmatch(r"(−?)(\d+(?:\.(\d+))?)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", text)
    assert found, f"{text!r} is no number"
    size = mpf(10) ** int((found[4] or "0").translate(SUPERSCRIPT))
    return (-1 if found[1] else 1) * mpf(found[2]) * size, mpf("0.50001") * mpf(10) ** -len(found[3] or "") * size


def assert_number(text, true, digits):
    """``text`` spells ``true`` with so many digits, or 0 if it is nothing at all."""
    value, error = spelt(text)
    if true == 0:
        assert text == "0", f"{text} stands for nothing at all"
    else:
        assert value, f"{text} stands for {mp.nstr(true, 5)}"
        assert abs(value - true) <= error, f"{text} stands for {mp.nstr(true, 8)}"
        significant = re.sub(r"·.*|[−.]", "", text).lstrip("0")
        assert digits is None or len(significant) == digits, f"{text} has not {digits} digits"


def paragraphs(page):
    return [plain(element.value) for element in page.at.markdown]


def only(page, start):
    """The one piece of Markdown that begins like this."""
    (found,) = [text for text in paragraphs(page) if text.startswith(start)]
    return found


def rows(table):
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]
