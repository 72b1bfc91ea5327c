"""Every text that is printed about a function, held against what is true of it; a name that is not here fails."""

import re

from mpmath import inf, mpf, nint

from tests.oracle import exact
from tests.oracle.library import labels, read

_HALF = mpf("0.5000001")
_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text, true, decimals):
    """``text`` spells ``true`` rounded to so many decimals."""
    shape = rf"−?\d+\.\d{{{decimals}}}" if decimals else r"−?\d+"
    assert re.fullmatch(shape, text), f"{text!r} is not a number with {decimals} decimals"
    value = mpf(text.replace("−", "-"))
    assert value or "−" not in text, "nothing is −0"
    assert abs(value - true) <= _HALF * mpf(10) ** -decimals, f"{text} stands for {float(true)}"


def exactly(text, true):
    """``number`` with four decimals; but only 0 is 0, and what would read so has three digits and a power of ten."""
    if abs(true) >= mpf("5e-5"):
        return number(text, true, 4)
    if abs(true) < mpf("1e-40"):
        assert text == "0", f"{text} stands for 0"
        return None
    digits, power = re.fullmatch(r"(−?\d\.\d\d)·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text).groups()
    value = mpf(digits.replace("−", "-")) * mpf(10) ** int(power.translate(_POWERS))
    assert abs(value - true) <= mpf("0.0051") * abs(true), f"{text} stands for {float(true)}"
    return None


def short(text, true):
    """Infinity as its sign, a whole number without decimals, any other with four."""
    if abs(true) == inf:
        assert text == ("∞" if true > 0 else "−∞"), f"{text} stands for {true}"
    else:
        number(text, true, 0 if abs(true - nint(true)) < 1e-12 else 4)


def optional(text, true):
    assert text == "–" if true is None else not short(text, true), f"{text} stands for {true}"


class Truth:
    """What may be printed about a function, ``settings`` and the probe being where they are."""

    def __init__(self, slug, settings, x0, language):
        self.exact, self.settings, self.x0 = exact.of(slug, **settings), settings, mpf(x0)
        self.labels = labels(language)
        self.f, self.slope, _ = self.exact.jet(x0)

    def check(self, texts):
        """AssertionError if a text is not what its name should say, or nobody knows what that name should say."""
        kinks = {name: text for name, text in texts.items() if name.startswith("kink")}
        for name, text in texts.items():
            if name in self.settings:
                number(text, mpf(self.settings[name]), 2)
            elif name not in kinks:
                getattr(self, "_" + name.replace(".", "_"))(text)
        if kinks:
            self._kinks(kinks)

    def _x0(self, text):
        number(text, self.x0, 2)

    def _value(self, text):
        exactly(text, self.f)

    def _slope(self, text):
        exactly(text, self.slope)

    def _rise_label_text(self, text):
        ((name, slope),) = read("\u00a0" + self.labels["on.slope_per_one"], text)
        assert name == "slope"
        number(slope, self.slope, 2)

    def _stem_label_text(self, text):
        number(text, self.slope, 2)

    def _infimum(self, text):
        short(text, self.exact.highest(0, -1)[0])

    _minimum = _infimum

    def _supremum(self, text):
        short(text, self.exact.highest(0)[0])

    def _argmin(self, text):
        optional(text, self.exact.highest(0, -1)[2])

    def _max_slope(self, text):
        short(text, self.exact.highest(1, size=True)[0])

    def _argmax_slope(self, text):
        optional(text, self.exact.highest(1, size=True)[2])

    def _mean(self, text):
        short(text, self.exact.mean)

    def _range(self, text):
        (low, closed_low, _), (high, closed_high, _) = self.exact.highest(0, -1), self.exact.highest(0)
        found = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", text)
        assert found, text
        assert (found[1] == "[", found[4] == "]") == (closed_low, closed_high), text
        short(found[2], low)
        short(found[3], high)

    def _cell_minimum(self, text):
        low, taken, place = self.exact.highest(0, -1)
        if taken:
            self._located(text, low, place)
        else:
            assert text == self.labels["none"]

    def _cell_steepest(self, text):
        steep, taken, place = self.exact.highest(1, size=True)
        if not taken and steep < inf:
            ((name, text),) = read(self.labels["approached"], text)
            assert name == "value"
        self._located(text, steep, place)

    def _located(self, text, value, place):
        if place is None:
            return short(text, value)
        found = dict(read(self.labels["at"], text))
        short(found.pop("value"), value)
        return number(found.pop("x"), place, 4)

    def _cell_centred(self, text):
        if abs(self.exact.mean) < 1e-9:
            assert text == self.labels["centred_yes"]
        else:
            ((name, mean),) = read(self.labels["centred_no"], text)
            assert name == "mean"
            number(mean, self.exact.mean, 4)

    def _cell_monotone(self, text):
        self._yes(text, self.exact.monotone)

    def _cell_odd(self, text):
        self._yes(text, self.exact.odd)

    def _cell_dies(self, text):
        self._yes(text, self.exact.flat_left_of_0)

    def _yes(self, text, holds):
        assert text == self.labels["yes" if holds else "no"]

    def _cell_smooth(self, text):
        assert text == self.labels[f"smooth.{self.exact.smoothness}"]

    def _cell_saturates(self, text):
        sides = [self.labels[f"side.saturates_{side}"] for side in self.exact.saturates]
        assert text == (self.labels["and"].join(sides) or self.labels["no"])

    def _kinks(self, texts):
        """Each row of a kink is true, and every kink has its row; one that has closed here may have one as well."""
        places = [text for name, text in texts.items() if name.startswith("kink_at.")]
        assert set(texts) == {f"{stem}.{k}" for k in range(len(places)) for stem in ("kink_at", "kink")}
        x = [mpf(text.replace("−", "-")) for text in places]
        assert x == sorted(x)
        met = [min(self.exact.breaks, key=lambda at, x=x: abs(at - x), default=x) for x in x]
        for k, (text, at, printed) in enumerate(zip(places, met, x, strict=True)):
            at = at if abs(at - printed) < 0.006 else printed
            number(text, at, 0 if abs(at - nint(at)) < 1e-12 else 2)
            self._kink(texts[f"kink.{k}"], at)
        assert {*self.exact.jumps(0), *self.exact.jumps(1)} <= set(met)

    def _kink(self, text, at):
        left, right = self.exact.sides(at)
        if max(abs(b - a) for a, b in zip(left[:2], right[:2], strict=True)) < 1e-12:
            assert text == self.labels["no_kink"]
            return
        found = dict(read(self.labels["kink"], text))
        for name, true in (("left", left[1]), ("right", right[1]), ("here", self.exact.jet(at)[1])):
            short(found.pop(name), true)
        assert not found
