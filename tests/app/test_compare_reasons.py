"""What each cell of the matrix gives as its reason: true by mpmath, and the reason for what the cell says."""

import re
from functools import reduce
from html import unescape

import pytest
from comparing import COLUMNS, LANGUAGES, matrix_body, text
from mpmath import inf, mpf

from activations import CATALOGUE
from tests.oracle import exact, library
from tests.oracle.printed import short
from tests.oracle.visitor import Visit


@pytest.fixture(scope="module")
def every():
    """By language and function the reason in each column."""
    found = {}
    for language in LANGUAGES:
        body = matrix_body(Visit().go("compare", {"lang": language}))
        (listed,) = re.findall(r"<ol class='nl-reasons' hidden>(.*?)</ol>", body)
        reasons = re.findall(r"<li>(.*?)</li>", unescape(listed))
        rows = [re.findall(r"data-why='(.*?)'", row) for row in re.findall(r"<tr>(<th scope='row'>.*?)</tr>", body)]
        for slug, row in zip(CATALOGUE, rows, strict=True):
            found[language, slug] = dict(zip(COLUMNS, (reasons[int(place)] for place in row), strict=True))
    return found


class Reasons:
    """The words of one language, and what is true of one function; each method holds one column against it."""

    def __init__(self, language, slug):
        self.words, self.known = text(language), exact.of(slug, **CATALOGUE[slug].defaults)

    def read(self, part, reason):
        return dict(library.read(self.words[f"because-{part}"], reason))

    def place(self, spelt, true=None):
        x = mpf(spelt.replace("−", "-"))
        assert true is None or abs(x - true) <= mpf("0.000051")
        return x

    def jumps(self, none, reason):
        if not self.known.breaks:
            assert reason == self.words[f"because-{none}"]
            return
        templates = [self.words["because-jump"]] * len(self.known.breaks)
        joint = self.words["because-joint"]
        template = reduce(lambda before, after: library.filled(joint, {"before": before, "after": after}), templates)
        texts = [value for _, value in library.read(template, reason)]
        for x, (place, what, left, right) in zip(self.known.breaks, zip(*[iter(texts)] * 4, strict=True), strict=True):
            order = next(k for k in range(3) if x in self.known.jumps(k))
            self.place(place, x)
            assert what == ("f", "f′", "f″")[order]
            for spelt, side in zip((left, right), self.known.sides(x), strict=True):
                short(spelt, side[order])

    def smooth(self, reason):
        self.jumps("c2" if self.known.smoothness == "c2" else "smooth", reason)

    def kinks(self, reason):
        self.jumps("whole", reason)

    def monotone(self, reason):
        if self.known.monotone:
            assert reason == self.words["because-rises"]
        else:
            self.sloped("falls", reason, lambda slope: slope < mpf("-0.05"))

    def dies(self, reason):
        if self.known.flat_left_of_0:
            assert reason == self.words["because-dies"]
        else:
            assert self.sloped("lives", reason, lambda slope: abs(slope) > mpf("0.001")) < 0

    def sloped(self, part, reason, shows):
        texts = self.read(part, reason)
        x = self.place(texts["x"])
        slope = self.known.jet(x)[1]
        assert shows(slope)
        short(texts["slope"], slope)
        return x

    def odd(self, reason):
        pairs = library.read(self.words["because-odd" if self.known.odd else "because-not-odd"], reason)
        (x,) = {self.place(value) for name, value in pairs if name == "x"}
        minus, *negated = (value for name, value in pairs if name != "x")
        assert x > 0
        short(minus, self.known.jet(-x)[0])
        assert len(negated) == (not self.known.odd)
        for value in negated:
            short(value, -self.known.jet(x)[0])
            assert value != minus

    def saturates(self, reason):
        if self.known.oscillates(1):
            assert reason == self.words["because-swings"]
            return
        texts, ends = self.read("tails", reason), self.known.limits(1)[0]
        for side, end in zip(("left", "right"), ends, strict=True):
            short(texts[side], end)

    def end(self, side, sign):
        """The sentence about one end of the values."""
        height, taken, _ = self.known.highest(0, sign)
        return self.bound(side, height, taken), height

    def bound(self, name, height, taken):
        return f"{name}-{'none' if abs(height) == inf else 'taken' if taken else 'near'}"

    def range(self, reason):
        (low, lowest), (high, highest) = self.end("low", -1), self.end("high", 1)
        both = {"before": self.words[f"because-{low}"], "after": self.words[f"because-{high}"]}
        texts = dict(library.read(library.filled(self.words["because-joint"], both), reason))
        assert set(texts) == {end for end, height in (("low", lowest), ("high", highest)) if abs(height) < inf}
        for end, height in (("low", lowest), ("high", highest)):
            if end in texts:
                short(texts[end], height)

    def minimum(self, reason):
        height, taken, place = self.known.highest(0, -1)
        if taken:
            self.taken("minimum", "low", height, place, reason)
        else:
            texts = self.read(self.end("low", -1)[0], reason)
            assert not texts or not short(texts["low"], height)

    def steepest(self, reason):
        height, taken, place = self.known.highest(1, size=True)
        if taken and height < inf:
            self.taken("steepest", "steep", height, place, reason)
        else:
            texts = self.read(self.bound("steepest", height, False), reason)
            assert not texts or not short(texts["steep"], height)

    def taken(self, column, name, height, place, reason):
        texts = self.read(f"{column}-many" if place is None else f"{column}-at", reason)
        short(texts[name], height)
        assert ("x" in texts) == (place is not None)
        if place is not None:
            self.place(texts["x"], place)

    def mean(self, reason):
        short(self.read("mean", reason)["mean"], self.known.mean)

    centred = mean


@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_reason_is_true_and_gives_the_property_its_due(every, slug):
    for language in LANGUAGES:
        reasons = Reasons(language, slug)
        for column, reason in every[language, slug].items():
            getattr(reasons, column)(reason)
