"""The probe on a function's curves: the tangent, a triangle for its slope, dots on every line, and their labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from activations import Activation
from activations.spec import Array
from pages.shared import curves, live, words
from pages.shared.controls import Slider
from pages.shared.curves import KINDS, PROBE
from pages.shared.scene import Arrays, Part, State, Texts

_CLEARANCE = 0.06  # share of the panel's height between the triangle and the middle of its label
_LABEL, _TALL = 2.7, 0.05  # its width on a phone, in units of x, and half its height there, as such a share
_ASIDE = 0.2  # from the probe to a label on its other side, in units of x
_NEAR = 1.6  # how far from the probe its tangent counts: a little more than it is drawn
_NUMBER, _OVER = 1.25, 0.1  # width of the number at the stem, and its distance from the dot as a share of the height
_ONE, _BESIDE = 1.8, 0.15  # width of the label of the line of slope 1, and its distance from the line's end


@dataclass(frozen=True)
class Probe(Part):
    """The probe in the first ``orders`` panels: tangent, triangle, stem, dots, hairlines and their labels.

    ``file`` is the file of words of the page.
    """

    activation: Activation
    orders: int
    file: str

    @property
    def words_of(self) -> str:
        return self.file

    @property
    def params(self) -> Sequence[Slider]:
        return (PROBE, *self.activation.params)

    def arrays(self, state: State) -> Arrays:
        """What ``curves.probe`` has, a hairline through each panel, and where the labels begin."""
        return self._drawn(state, self._at_probe(state))

    def texts(self, state: State, text: words.Words) -> Texts:
        """x, f(x) and f'(x) at the probe, and the labels of the triangle and of the stem."""
        return self._printed(state, self._at_probe(state))

    def compute(self, state: State, text: words.Words) -> tuple[Arrays, Texts]:
        """Both, from the same values of the function and of its derivatives."""
        values = self._at_probe(state)
        return self._drawn(state, values), self._printed(state, values)

    def _at_probe(self, state: State) -> Arrays:
        return curves.at_probe(self.activation, state, self.orders)

    def _drawn(self, state: State, values: Arrays) -> Arrays:
        settings = {name: numbers for name, numbers in state.items() if name != PROBE.name}
        drawn = curves.probe(self.activation, state, values)
        drawn |= _hairs(self.activation, drawn, self.orders)
        return drawn | _labels(self.activation, drawn, values["slope"], settings)

    def _printed(self, state: State, values: Arrays) -> Texts:
        value, slope = values["value"][:, 0], values["slope"][:, 0]
        per_one, steep = f"\u00a0{words.ui('on.slope_per_one')}", words.numbers(slope, 2)
        return {
            "x0": words.numbers(state[PROBE.name], 2),
            "value": words.exact(value, 4),
            "slope": words.exact(slope, 4),
            "rise_label.text": [per_one.replace("{slope}", rise) for rise in steep],
            "stem_label.text": steep,
        }


def handles(orders: int) -> list[live.Handle]:
    """The probe's dots and hairlines."""
    return [live.Handle([f"{part}_{kind}" for part in ("probe", "hair") for kind in KINDS[:orders]], PROBE.name)]


def _hairs(activation: Activation, drawn: Arrays, orders: int) -> Arrays:
    """A hairline through each panel at the probe."""
    x = drawn["probe_value.x"]
    hairs: Arrays = {}
    for order, kind in enumerate(KINDS[:orders]):
        hairs[f"hair_{kind}.x"] = np.hstack([x, x])
        hairs[f"hair_{kind}.y"] = np.tile(curves.axis(activation, order), (len(x), 1))
    return hairs


def _labels(activation: Activation, drawn: Arrays, steep: Array, settings: State) -> Arrays:
    """Where the labels of the triangle, of the stem and of the line of slope 1 begin; ``steep`` is f'(x0)."""
    x0, corner = drawn["run.x"][:, :1], drawn["run.x"][:, 1:]
    level = drawn["run.y"][:, :1]
    rise = _rise_label(activation, x0, corner, level, steep, settings)
    named = {"rise_label": rise, "stem_label": _stem_label(activation, x0, steep, settings)}
    named["one_label"] = _one_label(activation, x0, level, steep, rise, settings)
    return {f"{name}.{axis}": at for name, place in named.items() for axis, at in zip("xy", place, strict=True)}


def _rise_label(
    activation: Activation, x0: Array, corner: Array, level: Array, steep: Array, settings: State
) -> tuple[Array, Array]:
    """The first place beside the triangle that curve and tangent leave free, else the freest.

    The places: outside the right angle, inside it, both twice as far, and the same four on the probe's other side.
    """
    low, high = curves.axis(activation, 0)
    back = corner < x0
    sides = np.hstack([np.where(back, corner - _LABEL, corner), np.where(back, x0 + _ASIDE, x0 - _ASIDE - _LABEL)])
    away = np.where((steep >= 0) ^ back, -_CLEARANCE, _CLEARANCE) * (high - low)
    x, y = np.repeat(sides, 4, axis=1), level + away * np.array([1, -1, 2, -2] * 2)
    ends = _crossed(activation, sides, _LABEL, settings, (x0, level, steep))
    return _first_free(activation, 0, x, y, _LABEL, [np.repeat(end, 4, axis=1) for end in ends])


def _stem_label(activation: Activation, x0: Array, steep: Array, settings: State) -> tuple[Array, Array]:
    """The first place at the upper end of the stem that the derivative leaves free, else the freest.

    The places: above the dot on the right and on the left, below it there, and the same four twice as far.
    """
    low, high = curves.axis(activation, 1)
    sides = np.hstack([x0 + _ASIDE, x0 - _ASIDE - _NUMBER])
    x, y = np.tile(sides, 4), steep + _OVER * (high - low) * np.repeat([1, -1, 2, -2], 2)
    ends = _crossed(activation.derivative, sides, _NUMBER, settings)
    at, height = _first_free(activation, 1, x, y, _NUMBER, [np.tile(end, 4) for end in ends])
    return at, np.where(steep < high, height, np.nan)


def _one_label(
    activation: Activation, x0: Array, level: Array, steep: Array, rise: tuple[Array, Array], settings: State
) -> tuple[Array, Array]:
    """The first place at an end of the line of slope 1 that curve, tangent and triangle leave free, NaN without one.

    The places: right and left of the upper end, left and right of the lower one; then the same four further from the
    line. An end outside the panel counts as the place where the line leaves it.
    """
    low, high = curves.axis(activation, 0)
    margin, whole = 0.06 * (high - low), curves.REACH / np.sqrt(2)
    up, down = np.minimum(whole, high - margin - level), np.minimum(whole, level - low - margin)
    x = np.hstack([x0 + up + _BESIDE, x0 + up - _BESIDE - _ONE, x0 - down - _BESIDE - _ONE, x0 - down + _BESIDE])
    y = np.hstack([level + up, level + up, level - down, level - down])
    y = np.hstack([y, y + 1.5 * margin * np.array([-1, 1, 1, -1])])
    ends = [np.tile(end, 2) for end in _crossed(activation, x, _ONE, settings, (x0, level, steep))]
    x = np.tile(x, 2)
    # The triangle's label is in the way as well.
    meets = (np.abs(y - rise[1]) < 2 * margin) & (x < rise[0] + _LABEL) & (rise[0] < x + _ONE)
    short = np.tile(np.repeat(np.hstack([up, down]), 2, axis=1), 2) < 2 * _BESIDE
    return _first_free(activation, 0, x, np.where(meets | short, np.nan, y), _ONE, ends, clearly=True)


def _first_free(
    activation: Activation, order: int, x: Array, y: Array, wide: float, crossed: Sequence[Array], clearly: bool = False
) -> tuple[Array, Array]:
    """In each row the first of the places that no line crosses; else the one furthest from them, or ``clearly`` none.

    NaN means no place, also if none is inside the panel.
    """
    low, high = curves.axis(activation, order)
    lowest, highest = crossed
    fits = (low < y) & (y < high) & (activation.window[0] <= x) & (x + wide <= activation.window[1])
    free = np.where(fits, np.maximum(lowest - y, y - highest) / (high - low), -1.0)
    clear = free > _TALL
    chosen = np.where(clear.any(axis=1), clear.argmax(axis=1), free.argmax(axis=1))
    rows = np.arange(len(chosen))
    fits &= clear | (not clearly)
    at, height = (np.where(fits, place, np.nan)[rows, chosen][:, None] for place in (x, y))
    return at, height


def _crossed(
    line: Callable[..., Array],
    starts: Array,
    wide: float,
    settings: State,
    tangent: tuple[Array, Array, Array] | None = None,
) -> tuple[Array, Array]:
    """Between which heights the line, and the tangent at a point of a slope, pass a label at each of its starts."""
    across = starts[..., None] + np.linspace(0, wide, 27 if wide > _ONE else 19)
    y = line(across, **{name: np.reshape(value, (-1, 1, 1)) for name, value in settings.items()})
    if tangent is None:
        return y.min(axis=2), y.max(axis=2)
    x0, level, steep = (part[..., None] for part in tangent)
    near = np.abs(across - x0) < _NEAR / np.hypot(1, steep)
    beside = np.where(near, level + steep * (across - x0), y)
    return np.minimum(y, beside).min(axis=2), np.maximum(y, beside).max(axis=2)
