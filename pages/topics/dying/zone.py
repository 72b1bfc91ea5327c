"""The zone: how much of a bell of pre-activations lies where a ReLU is off, as the bias pushes it there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations.experiments import dying
from activations.experiments.sweep import moving, varying
from pages.shared import figures, live, words
from pages.shared.figures import GREY, Spec
from pages.topics.dying.act import Act, Drawn, Said, clear, note, percent, place, shaded

_ENDS, _TOP = (-7.6, 5.6), 0.44  # of the upper panel
_LOW, _HIGH = 0.05, 0.95  # of the lower panel, in which a tick takes this much:
_TICK = 0.12
_GOLDEN = 0.6180339887498949  # scatters the ticks evenly over the height of their panel
_FINE = dying.BIAS.step / 8  # a step of the ticks' places: the bias moves all by the same whole number of them
_CORNERS = {"off": (_ENDS[0], "bottom right"), "on": (_ENDS[1], "bottom left")}
_CLEAR, _INSET = 0.03, 0.15  # of the percentages from the top and the side


@dataclass
class Zone(Act):
    """A unit whose pre-activations are N(b, 1): off for some inputs, and rarely for all of them."""

    name = "zone"
    params = (dying.BIAS,)

    def said(self) -> dict[str, str]:
        return {name: texts[self._here] for name, texts in _printed(words.language()).items() if "." not in name}

    def packs(self) -> list[live.Pack]:
        return [_pack(words.language())]

    def figure(self, large: bool) -> figures.Finished:
        picture = {name: rows[self._here] for name, rows in frames().items()}
        texts = {name: texts[self._here] for name, texts in _printed(words.language()).items()}
        word, width = (20.0, 4.5) if large else (15.0, 3.0)
        relu = figures.colour("relu")
        upper = [
            shaded("zone", _ENDS[0], 0, 0, _TOP),
            _area(picture, "off", clear(GREY, 0.45)),
            _area(picture, "on", clear(relu, 0.55)),
            figures.line(picture, "bell", GREY, width, hoverinfo="skip"),
            *(_word(picture, f"{side}_word", texts, word) for side in _CORNERS),
        ]
        lower = [
            shaded("zone_below", _ENDS[0], 0, 0, 1),
            figures.line(picture, "ticks_off", GREY, width / 2, hoverinfo="skip"),
            figures.line(picture, "ticks_on", relu, width / 2, hoverinfo="skip"),
        ]
        traces = [*upper, *({**trace, "xaxis": "x2", "yaxis": "y2"} for trace in lower)]
        notes = [note(self.text["zone-bell"], "", 0.85 * word), note(self.text["zone-inputs"], "2", 0.85 * word)]
        margin = {"l": 14, "r": 14, "t": 26, "b": 60 if large else 46}
        return figures.figure(traces, self._axes(), "dying", large, annotations=notes, margin=margin)

    @property
    def _here(self) -> int:
        return place(dying.BIAS, self.stand["b"])

    def _axes(self) -> dict[str, Spec]:
        bare = {"showticklabels": False, "showgrid": False, "zeroline": False}
        across = {"range": list(_ENDS), "dtick": 2, "tick0": 0}
        return {
            "xaxis": {**across, "anchor": "y", "showticklabels": False},
            "xaxis2": {**across, "anchor": "y2", "title": self.text["zone-axis"]},
            "yaxis": {**bare, "domain": [0.33, 1], "range": [0, _TOP]},
            "yaxis2": {**bare, "domain": [0, 0.24], "range": [0, 1], "anchor": "x2"},
        }


@lru_cache(maxsize=1)
def frames() -> Drawn:
    """Every array of the picture by name, of shape (biases, points)."""
    biases = dying.BIAS.grid[:, None]
    left, right = np.linspace(_ENDS[0], 0, 96), np.linspace(0, _ENDS[1], 72)
    each = np.ones((len(biases), 1))
    drawn: Drawn = {}
    for side, z in (("off", left), ("on", right)):
        drawn[f"{side}.x"] = each * np.concatenate([z[:1], z, z[-1:]])
        drawn[f"{side}.y"] = np.pad(dying.density(z - biases), ((0, 0), (1, 1)))
        at, _ = _CORNERS[side]
        drawn |= {f"{side}_word.x": each * (at - np.sign(at) * _INSET), f"{side}_word.y": each * (_TOP - _CLEAR)}
    bell = np.concatenate([left, right[1:]])
    return {**drawn, "bell.x": each * bell, "bell.y": dying.density(bell - biases), **_ticks()}


def _ticks() -> Drawn:
    """A tick for each input, those in the zone apart from those beyond it."""
    z = np.round(dying.spread(dying.DRAWN) / _FINE) * _FINE + dying.BIAS.grid[:, None]
    height = _LOW + (_HIGH - _LOW - _TICK) * (np.arange(dying.DRAWN) * _GOLDEN % 1)
    gap = np.full(dying.DRAWN, np.nan)
    ticks = np.stack([height, height + _TICK, gap], axis=1).ravel()
    x = np.repeat(z, 3, axis=1)
    on = np.repeat(dying.spread(dying.DRAWN) + dying.BIAS.grid[:, None] > 0, 3, axis=1)
    drawn: Drawn = {}
    for side, shown in (("on", on), ("off", ~on)):
        drawn |= {f"ticks_{side}.x": x, f"ticks_{side}.y": np.where(shown, ticks, np.nan)}
    return drawn


@lru_cache(maxsize=4)
def _pack(language: str) -> live.Pack:
    rows, said = moving(frames()), varying(_printed(language))
    units = {name: _FINE if name.endswith(".x") else _TOP / 800 for name in rows}
    units |= {"ticks_on.y": 1 / 500, "ticks_off.y": 1 / 500}
    return live.pack(rows, said, units)


@lru_cache(maxsize=4)
def _printed(language: str) -> Said:
    """What is printed, one text a bias; names with a dot are words on the picture."""
    text, biases = words.page("topics/dying", language), dying.BIAS.grid
    off, on = dying.off(biases).tolist(), dying.passing(biases).tolist()
    passed = (dying.spread(dying.DRAWN) + biases[:, None] > 0).sum(axis=1).tolist()
    said = {
        "probability": words.numbers(off, 5),
        "share": [percent(share) for share in off],
        "passes": [percent(share) for share in on],
        "mean": words.numbers([dying.DRAWN * share for share in on], 2),
        "count": [str(count) for count in passed],
        "all": [words.number(power, "power") for power in dying.all_off(biases, dying.DRAWN).tolist()],
    }
    said["off_word.text"] = [words.format(text["zone-off"], share=share) for share in said["share"]]
    said["on_word.text"] = [words.format(text["zone-on"], share=share) for share in said["passes"]]
    return said


def _area(picture: Drawn, name: str, colour: str) -> Spec:
    return figures.trace(picture, name, mode="none", fill="toself", fillcolor=colour, hoverinfo="skip")


def _word(picture: Drawn, name: str, texts: dict[str, str], size: float) -> Spec:
    side = name.partition("_")[0]
    colour = figures.colour("relu") if side == "on" else GREY
    label = figures.label(picture, name, f"{texts[f'{name}.text']}", colour, size, _CORNERS[side][1])
    return {**label, "textfont": {**label["textfont"], "weight": 600}}
