"""The acts of this page: each draws its controls with what is printed by them, and knows its chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import streamlit as st

from activations import Activation
from activations.experiments import composed, lesson
from pages.shared import controls, figures, live, words
from pages.topics.collapse import choices, figure, stacked, taught
from pages.topics.collapse.choices import FIRST, School, Stack


class Act(Protocol):
    """What the page needs of an act; ``chart`` and ``alt`` are there once the controls are drawn."""

    chart: live.Chart

    @property
    def alt(self) -> str: ...

    def controls(self) -> None: ...

    def figure(self, large: bool) -> figures.Finished: ...


def _chart(said: Mapping[str, str]) -> live.Chart:
    """All but the labels in the chart can be quoted."""
    return live.Chart("plane", {k: v for k, v in said.items() if not k.endswith(".text")}, page=figure.ROOM)


@dataclass
class Layers:
    """A stack of layers on the plane, and the one matrix that does the same or comes nearest."""

    text: words.Words
    between: Activation
    stand: Stack = field(init=False)
    chart: live.Chart = field(init=False)

    @property
    def _kind(self) -> str:
        return "linear" if self.between.slug == FIRST else "bent"

    def controls(self) -> None:
        """Three sliders, the matrix, and how far it is from the stack."""
        self.stand = choices.stack(self.between, self.text)
        self.chart = _chart(stacked.printed(self.stand))
        verdict = words.format(self.text[f"verdict-{self._kind}"], **self.chart.marks)
        st.markdown(f"{self._table()}\n\n{verdict}")
        packs = stacked.along(self.stand, words.language())
        sliders = [live.Slider.of(p, getattr(self.stand, p.name), [packs[p.name]]) for p in composed.PARAMS]
        self.chart.follow(sliders, handles=[live.Handle(["here"], composed.PARAMS[0].name)])

    def _table(self) -> str:
        """The one matrix; with a function between the layers also the shift."""
        marks, shift = self.chart.marks, self._kind == "bent"
        rows = [[self.text[f"one-{self._kind}"], "x₁", "x₂"], ["---", "--:", "--:"]]
        rows += [
            [f"y{sub}", *(f"**{marks[f'm{row}{column}']}**" for column in (1, 2))] for row, sub in ((1, "₁"), (2, "₂"))
        ]
        if shift:
            last = [self.text["shift"], "--:", f"**{marks['shift1']}**", f"**{marks['shift2']}**"]
            rows = [[*row, cell] for row, cell in zip(rows, last, strict=True)]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    @property
    def alt(self) -> str:
        """The picture in words."""
        said = self.text[f"alt-{self._kind}"]
        return words.format(said, name=_name(self.between), **self.chart.marks)

    def figure(self, large: bool) -> figures.Finished:
        """The picture."""
        return figure.stack(stacked.still(self.stand), self.between, self.text, large)


@dataclass
class Lesson:
    """A small network that is taught to tell two classes apart."""

    text: words.Words
    school: School
    moment: int = field(init=False)
    chart: live.Chart = field(init=False)

    def controls(self) -> None:
        """The slider of time with its button, and how far the network has come."""
        self.moment = choices.moment(self.text)
        self.chart = _chart(taught.printed(self.school, self.moment))
        moved = live.Slider.of(lesson.TIME, self.moment, [taught.along(self.school, words.language())])
        self.chart.follow(
            [moved], plays=controls.play(lesson.TIME.name), handles=[live.Handle(["now"], lesson.TIME.name)]
        )
        st.markdown("  \n".join(self._sentences()))

    def _sentences(self) -> list[str]:
        seen = self.school.lesson
        points = len(lesson.examples(self.school.task)[0])
        parts = ["progress", "hidden-stuck"] if seen.units else ["progress"]
        return [words.format(self.text[part], points=points, units=seen.units, **self.chart.marks) for part in parts]

    @property
    def alt(self) -> str:
        """The picture in words."""
        title = self.text[f"act-{self.school.task}"]
        said = words.format(
            self.text["alt-lesson"], name=_name(self.school.activation), task=title, hidden=self.school.hidden
        )
        return " ".join([said, *self._sentences()]).replace("**", "")

    def figure(self, large: bool) -> figures.Finished:
        """The picture."""
        state = taught.printed(self.school, self.moment)["state.text"]
        return figure.school(taught.still(self.school, self.moment), self.school, self.text, state, large)


def _name(act: Activation) -> str:
    return words.page(f"functions/{act.slug}")["title"]
