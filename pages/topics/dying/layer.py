"""The layer: 256 units of each function in training, and how many of them are off for every input of the data."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from activations.experiments import dying, survival
from pages.shared import controls, figures, live, words
from pages.shared.figures import Spec
from pages.topics.dying import columns, fates
from pages.topics.dying.act import Act, Drawn, clear, note, place, shaded
from pages.topics.dying.columns import SLUGS, across

_NAMES, _COUNTS = 19.6, 17.6  # heights, in rows of cells
_FAINT = 0.35  # of a unit that is on for a single input
_STEPS = (1, 10, 50)


@dataclass
class Layer(Act):
    """A layer at a learning rate and with a seed, both of which are chosen."""

    name = "layer"
    params = (dying.TIME,)

    rate: str = field(init=False, default="6")
    seed: str = field(init=False, default="1")

    def choose(self) -> None:
        """What makes another run: drawn where a choice draws the picture anew."""
        rates = {rate: f"η = {rate}" for rate in survival.RATES}
        self.rate = controls.choice("rate", rates, self.rate, self.text["param-rate"])
        seeds = {seed: words.format(self.text["layer-draw"], seed=seed) for seed in survival.SEEDS}
        self.seed = controls.choice("seed", seeds, self.seed)

    def said(self) -> dict[str, str]:
        texts, here = fates.printed(self.rate, self.seed, words.language()), place(dying.TIME, self.stand["t"])
        return {name: lines[here] for name, lines in texts.items() if "." not in name}

    def packs(self) -> list[live.Pack]:
        return [fates.pack(self.rate, self.seed, words.language())]

    def figure(self, large: bool) -> figures.Finished:
        here = place(dying.TIME, self.stand["t"])
        picture = {name: rows[here] for name, rows in fates.frames(self.rate, self.seed).items()}
        word, said = 18.0 if large else 13.5, self.said()
        traces = [part for c, slug in enumerate(SLUGS) for part in _units(picture, c, slug)]
        traces += columns.heads(_NAMES, word)
        for column, slug in enumerate(SLUGS):
            count = fates.count(said[f"{slug}_dead"])
            traces.append(columns.named(f"{slug}_count", slug, column, _COUNTS, count, word))
        lower = [columns.dividers(0, 100, "dividers"), columns.hairline(picture)]
        for column, slug in enumerate(SLUGS):
            lower += self._course(column, slug, word)
        traces += [{**trace, "xaxis": "x2", "yaxis": "y2"} for trace in lower]
        margin = {"l": 50 if large else 38, "r": 14, "t": 26, "b": 60 if large else 46}
        notes = [note(self.text["layer-units"], "", word), note(self.text["layer-courses"], "2", word)]
        return figures.figure(traces, self._axes(), "dying", large, annotations=notes, margin=margin)

    def _axes(self) -> dict[str, Spec]:
        bare = {"showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}
        return {
            "xaxis": {**bare, "range": list(columns.ENDS), "anchor": "y"},
            "yaxis": {**bare, "range": [0, 20.6], "domain": [0.5, 1]},
            "xaxis2": {**columns.axis(_STEPS, fates.moment, self.text["layer-axis"]), "anchor": "y2"},
            "yaxis2": {"range": [-3, 103], "domain": [0, 0.41], "anchor": "x2", "tickvals": [0, 50, 100]},
        }

    def _course(self, column: int, slug: str, size: float) -> list[Spec]:
        """The shares of all moments: of units that are off for all inputs, and of all pairs of a unit and an input."""
        course = fates.course(slug, self.rate, self.seed)
        colour, ends = figures.colour(slug), {"hoverinfo": "skip"}
        at = across(column, np.arange(len(survival.MOMENTS)))
        dead = {f"{slug}_line.x": at, f"{slug}_line.y": course.dead}
        off = {f"{slug}_off.x": at, f"{slug}_off.y": course.off}
        drawn = [
            figures.line(dead, f"{slug}_line", colour, 3.0, **ends),
            figures.line(off, f"{slug}_off", colour, 2.0, line={"dash": "2px,4px"}, **ends),
        ]
        if course.diverged is None:
            return drawn
        lost = {f"{slug}_lost.x": at[[course.last]], f"{slug}_lost.y": course.dead[[course.last]]}
        cross = figures.dots(lost, f"{slug}_lost", colour, 11, "x-thin")
        return [*drawn, cross]


def _units(picture: Drawn, column: int, slug: str) -> list[Spec]:
    """A cell for each unit, the fainter the fewer inputs it is on for, and empty where it is on for none."""
    side, colour = fates.SIDE, figures.colour(slug)
    left, right = across(column, 0), across(column, len(survival.MOMENTS) - 1)
    half = (right - left) / side / 2
    least = 1 / survival.EXAMPLES
    scale = [(0.0, clear(colour, 0)), (0.9 * least, clear(colour, 0)), (least, clear(colour, _FAINT))]
    scale.append((1.0, clear(colour, 1)))
    x, y = np.linspace(left + half, right - half, side), np.arange(side) + 0.5
    return [
        shaded(f"{slug}_layer", float(left), float(right), 0, side),
        figures.plane(picture, slug, x, y, scale, (0, 1), smooth=False),
    ]
