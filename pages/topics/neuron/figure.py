"""The chart: three planes of inputs side by side; below them the three curves, or the losses of training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from activations.experiments import neuron
from pages.shared import figures, words
from pages.shared.figures import GREY, Picture, Spec
from pages.shared.prediction import GUESS
from pages.topics.neuron.picture import FUNCTIONS, HEIGHTS, LEVELS, SHOWN, WINDOW
from pages.topics.neuron.printed import name, short

_COLUMNS = ((0.0, 0.29), (0.355, 0.645), (0.71, 1.0))
_UPPER, _LOWER, _LOSSES = (0.57, 1.0), (0.0, 0.41), (0.0, 0.8)
_INK, _PAPER = "#15181d", "#ffffff"
_DEEPEST, _DEEPER = 0.55, 0.2  # opacity where the output is 1, and how much more where it is far above
_QUIET = {"hoverinfo": "skip"}


@dataclass(frozen=True)
class Drawing:
    """A picture, what is printed about it, the task, the words of the page; ``large`` is for a projector."""

    picture: Picture
    said: Mapping[str, str]
    task: str
    text: words.Words
    large: bool

    def curves(self) -> figures.Finished:
        """The neuron set by hand: planes over curves."""
        traces, axes = self._planes()
        for place, slug in enumerate(FUNCTIONS):
            number = str(place + 4)
            curve = figures.line(
                self.picture, f"curve_{slug}", figures.colour(slug), 4 if self.large else 2.5, **_QUIET
            )
            traces += _on(number, [curve, self._discs(f"dots_{slug}", 12 if self.large else 9)])
            across = {"domain": _COLUMNS[place], "range": list(WINDOW), "title": self.text["axis-z"], "nticks": 5}
            axes[f"xaxis{number}"] = {"anchor": f"y{number}", **across}
            axes[f"yaxis{number}"] = {
                "anchor": f"x{number}",
                "domain": _LOWER,
                "range": list(HEIGHTS[slug]),
                "nticks": 4,
            }
        return self._finished(traces, axes, self.text["panel-curve"])

    def losses(self, height: float) -> figures.Finished:
        """The neurons while they are trained: planes over losses, which reach up to ``height``."""
        traces, axes = self._planes()
        traces += _on("4", [trace for slug in FUNCTIONS for trace in self._loss(slug)])
        tens = range(0, int(neuron.MOMENT.high) + 1, 10)
        ticks = {"tickvals": list(tens), "ticktext": [str(t * t) for t in tens], "title": self.text["axis-steps"]}
        axes["xaxis4"] = {"domain": _LOSSES, "anchor": "y4", "range": [0, tens[-1]], "zeroline": False, **ticks}
        axes["yaxis4"] = {"domain": _LOWER, "anchor": "x4", "range": [0, height], "nticks": 4}
        return self._finished(traces, axes, self.text["panel-loss"])

    def _planes(self) -> tuple[list[Spec], dict[str, Spec]]:
        traces: list[Spec] = []
        axes: dict[str, Spec] = {}
        both = {"range": list(SHOWN), "tickvals": [0, 0.5, 1], "zeroline": False, "showgrid": False}
        for place, slug in enumerate(FUNCTIONS):
            number = str(place + 1) if place else ""
            traces += _on(number, [*self._tints(slug), *self._lines(slug), *self._inputs(slug)])
            across = {"domain": _COLUMNS[place], "anchor": f"y{number}", "ticktext": ["0", "x<sub>1</sub>", "1"]}
            up = {"domain": _UPPER, "anchor": f"x{number}", "ticktext": ["0", "x<sub>2</sub>", "1"]}
            axes |= {f"xaxis{number}": {**both, **across}, f"yaxis{number}": {**both, **up}}
        return traces, axes

    def _tints(self, slug: str) -> list[Spec]:
        """One half of the plane over the other, so that together they are as deep as the output is high."""
        tints, under = [], 0.0
        for place, output in enumerate(LEVELS[slug]):
            deep = _DEEPEST * min(output, 1.0) + _DEEPER * max(0.0, 1 - 1 / output)
            fill = _faint(figures.colour(slug), 1 - (1 - deep) / (1 - under))
            style = {"mode": "none", "fill": "toself", "fillcolor": fill, **_QUIET}
            tints.append(figures.trace(self.picture, f"tint_{slug}_{place}", **style))
            under = deep
        return tints

    def _lines(self, slug: str) -> list[Spec]:
        width, size, colour = 5.0 if self.large else 3.0, 17 if self.large else 12, figures.colour(slug)
        drawn = [figures.line(self.picture, f"line_{slug}", colour, width, **_QUIET)]
        if slug == "relu":
            drawn.append(
                figures.line(self.picture, "half_relu", colour, width * 0.6, line={"dash": "5px,4px"}, **_QUIET)
            )
        if f"start_{slug}.x" in self.picture:
            drawn.append(figures.line(self.picture, f"start_{slug}", GREY, 2.0, line={"dash": "2px,4px"}, **_QUIET))
        for name_ in (key[:-2] for key in self.picture if key.startswith(GUESS) and key.endswith(f"_{slug}.x")):
            beside = "middle left" if self.picture[f"{name_}_word.x"][0] > neuron.INPUTS.mean() else "middle right"
            yours = f"\u00a0{words.ui('question.note_yours')}\u00a0"
            guess = [
                figures.line(self.picture, name_, GREY, width, line={"dash": "7px,6px"}, **_QUIET),
                figures.label(self.picture, f"{name_}_word", yours, _INK, size, beside),
            ]
            drawn += [{**part, "visible": False} for part in guess]
        return drawn

    def _inputs(self, slug: str) -> list[Spec]:
        drawn = [self._discs(f"inputs_{slug}", 15 if self.large else 11)]
        for place, (_, x2) in enumerate(neuron.INPUTS):
            label = f"out_{slug}_{place}"
            beside = "top center" if x2 else "bottom center"
            trace = figures.label(
                self.picture, label, self.said[f"{slug}_{place}"], _INK, 20 if self.large else 14, beside
            )
            drawn.append(trace)
        return drawn

    def _discs(self, name_: str, size: float) -> Spec:
        """Black where the answer should be 1, white where it should be 0; either is seen on any tint."""
        fill = [_INK if target else _PAPER for target in neuron.TASKS[self.task]]
        edge = [_PAPER if target else _INK for target in neuron.TASKS[self.task]]
        return {
            **figures.dots(self.picture, name_, _INK, size),
            "marker": {"size": size, "color": fill, "line": {"width": 2, "color": edge}},
        }

    def _loss(self, slug: str) -> list[Spec]:
        colour, width = figures.colour(slug), 5.0 if self.large else 3.0
        said = f"\u2003{dict(zip(FUNCTIONS, short(self.text), strict=True))[slug]}"
        called = figures.label(self.picture, f"name_{slug}", said, colour, 18 if self.large else 13, "middle right")
        return [
            figures.line(self.picture, f"whole_{slug}", colour, width * 0.6, opacity=0.35, **_QUIET),
            figures.line(self.picture, f"loss_{slug}", colour, width, line={"dash": _DASHES[slug]}, **_QUIET),
            figures.dots(self.picture, f"now_{slug}", colour, _DOTS[slug] * (1.4 if self.large else 1), _SYMBOLS[slug]),
            {**called, "textfont": {**called["textfont"], "weight": 600}},
        ]

    def _finished(self, traces: list[Spec], axes: dict[str, Spec], below: str) -> figures.Finished:
        named = {(str(k + 1) if k else ""): (name(slug), figures.colour(slug)) for k, slug in enumerate(FUNCTIONS)}
        notes = [self._note(text, number, colour) for number, (text, colour) in named.items()]
        size = 1.3 if self.large else 1
        margin = {side: page * size for side, page in {"l": 44, "r": 8, "t": 26, "b": 46}.items()}
        return figures.figure(
            traces, axes, "neuron", self.large, annotations=[*notes, self._note(below, "4", _INK)], margin=margin
        )

    def _note(self, text: str, number: str, colour: str) -> Spec:
        font = {"size": 19 if self.large else 14, "color": colour}
        place = {"x": 0, "y": 1, "xref": f"x{number} domain", "yref": f"y{number} domain"}
        anchor = {"xanchor": "left", "yanchor": "bottom", "showarrow": False}
        return {"text": f"<b>{text}</b>", "font": font, **place, **anchor}


# Dashes and symbols tell the losses apart where colours do not.
_DASHES = {"binary_step": "solid", "sigmoid": "solid", "relu": "8px,6px"}
_SYMBOLS = {"binary_step": "circle-open", "sigmoid": "circle", "relu": "circle"}
_DOTS = {"binary_step": 14, "sigmoid": 9, "relu": 7}


def _on(number: str, traces: list[Spec]) -> list[Spec]:
    return [{**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"} for trace in traces]


def _faint(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.3f})"
