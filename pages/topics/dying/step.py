"""The step: one unit in four dresses is thrown into the dead zone by the same large step, and trained on from there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np

from activations.experiments import dying
from pages.shared import figures, live, words
from pages.shared.figures import GREY, Spec
from pages.shared.prediction import GUESS, curtain
from pages.topics.dying import columns, falls
from pages.topics.dying.act import Act, Drawn, clear, note, place, shaded
from pages.topics.dying.columns import SLUGS, across

# Which functions come back, by the wrong answers to the page's question.
FORETOLD: Mapping[str, tuple[str, ...]] = {f"{GUESS}1": SLUGS[1:], f"{GUESS}2": SLUGS[1:2], f"{GUESS}4": ()}
_NAMES, _COUNTS = 5.3, 4.2  # heights
_OFF, _ON = -0.9, 1.0  # between which a unit is foretold to rise, or stay
_STEPS = (1, 10, 100)


@dataclass
class Step(Act):
    """Sixteen inputs to one unit, up to a moment; what a reader may have foretold is drawn too."""

    name = "step"
    params = falls.PARAMS

    def cover(self) -> AbstractContextManager[None]:
        return curtain("controls")

    def said(self) -> dict[str, str]:
        texts, here = falls.printed(self._stand, 0, words.language()), place(dying.TIME, self.stand["t"])
        return {name: lines[here] for name, lines in texts.items() if "." not in name}

    def packs(self) -> list[live.Pack]:
        return [falls.pack(self._stand, along, words.language()) for along in range(len(self.params))]

    def figure(self, large: bool) -> figures.Finished:
        here = place(dying.TIME, self.stand["t"])
        picture = {name: rows[here] for name, rows in falls.frames(self._stand, 0).items()}
        word, said = 18.0 if large else 13.5, self.said()
        traces = [shaded("zone", *columns.ENDS, falls.RANGE[0], 0), columns.dividers(*falls.RANGE, "dividers")]
        for column, slug in enumerate(SLUGS):
            count = f"{said[f'{slug}_on']} / {falls.INPUTS}"
            traces += _run(picture, column, slug, large)
            traces.append(columns.named(f"{slug}_count", slug, column, _COUNTS, count, word))
        traces += [part for name in FORETOLD for part in _guess(name, word)]
        traces += [columns.hairline(picture), *columns.heads(_NAMES, word)]
        axes = {
            "xaxis": columns.axis(_STEPS, _moment, self.text["step-axis"]),
            "yaxis": {"range": list(falls.RANGE), "zeroline": False, "tickvals": [-6, -4, -2, 0, 2, 4]},
        }
        margin = {"l": 44 if large else 34, "r": 14, "t": 26, "b": 60 if large else 46}
        notes = [note(self.text["step-panel"], "", word)]
        return figures.figure(traces, axes, "dying", large, annotations=notes, margin=margin)

    @property
    def _stand(self) -> falls.Stand:
        return tuple(self.stand.items())


def _guess(name: str, size: float) -> list[Spec]:
    """What a reader may have foretold of each unit."""
    ends = [[_OFF, _ON if slug in FORETOLD[name] else _OFF, math.nan] for slug in SLUGS]
    at = [[*across(column, falls.MOMENTS[[1, -1]]), math.nan] for column in range(len(SLUGS))]
    line = {f"{name}.x": np.ravel(at), f"{name}.y": np.ravel(ends)}
    label = {f"{name}_word.x": across(0, 3)[None], f"{name}_word.y": np.array([_OFF + 0.4])}
    drawn = [
        figures.line(line, name, GREY, 2.5, line={"dash": "6px,5px"}, hoverinfo="skip"),
        figures.label(label, f"{name}_word", words.ui("question.note_yours"), GREY, size, "middle right"),
    ]
    return [{**part, "visible": False} for part in drawn]


def _moment(step: int) -> float:
    return float(np.interp(step, dying.MOMENTS, falls.MOMENTS))


def _run(picture: Drawn, column: int, slug: str, large: bool) -> list[Spec]:
    """Between which pre-activations the inputs lay up to now, where each of them is, and faintly the whole run."""
    colour, width = figures.colour(slug), 4.0 if large else 2.5
    fill = {"fill": "toself", "fillcolor": clear(colour, 0.28), "hoverinfo": "skip"}
    dots = figures.dots(picture, f"{slug}_dots", colour, 4.5)
    whole = {f"{slug}_whole.x": across(column, falls.MOMENTS), f"{slug}_whole.y": picture[f"{slug}_whole.y"]}
    return [
        figures.line(whole, f"{slug}_whole", colour, width, hoverinfo="skip", opacity=0.25),
        figures.trace(picture, f"{slug}_band", mode="none", **fill),
        figures.line(picture, f"{slug}_top", colour, width, hoverinfo="skip"),
        {**dots, "marker": {"color": colour, "size": 8.0 if large else 5.5}},
    ]
