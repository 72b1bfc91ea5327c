"""What the three acts of this page have in common: controls, a chart that follows them, and what is printed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from activations import Param
from activations.spec import Array
from pages.shared import controls, figures, live, state, words

Drawn = dict[str, Array]
Said = dict[str, list[str]]


@dataclass
class Act(ABC):
    """One act: ``text`` are the words of the page, ``stand`` says where its sliders stand once they are drawn."""

    text: words.Words
    name: ClassVar[str]
    params: ClassVar[tuple[Param, ...]]
    stand: dict[str, float] = field(init=False, default_factory=dict)

    def control(self, reads: DeltaGenerator) -> None:
        """The sliders, in ``reads`` what is printed about the place where they stand, and what follows them."""
        alone = len(self.params) == 1
        with self.cover(), st.container(gap="xsmall"):
            for param in self.params:
                self.stand[param.name] = controls.slider(param, self.text[f"param-{param.name}"], alone)
                if param.name == "t":
                    button = st.container()
        chart = self.chart()
        reads.markdown(words.format(self.text[f"{self.name}-reads"], **chart.marks))
        moved = zip(self.params, self.packs(), strict=True)
        sliders = [live.Slider.of(param, self.stand[param.name], [pack]) for param, pack in moved]
        if "t" not in self.stand:
            chart.follow(sliders)
            return
        with button:
            chart.follow(sliders, plays=controls.play("t"))

    def draw(self) -> None:
        """The chart, described in words."""
        chart = self.chart()
        alt = words.format(self.text[f"{self.name}-alt"], **chart.marks)
        chart.draw(self.figure(state.presenting()), alt, figures.CONFIG)

    def chart(self) -> live.Chart:
        """The chart and all that is printed about it now."""
        return live.Chart(f"dying-{self.name}", self.said(), page="dying")

    def cover(self) -> AbstractContextManager[None]:
        """What lies over the sliders where the reader is asked first."""
        return nullcontext()

    @abstractmethod
    def said(self) -> Mapping[str, str]:
        """What is printed where the sliders stand, by the name of its mark."""

    @abstractmethod
    def packs(self) -> list[live.Pack]:
        """What each slider moves."""

    @abstractmethod
    def figure(self, large: bool) -> figures.Finished:
        """The picture where the sliders stand; ``large`` is for a projector."""


def place(param: Param, value: float) -> int:
    """Which position of its slider a value is."""
    return round((value - param.low) / param.step)


def shaded(name: str, left: float, right: float, low: float, high: float) -> figures.Spec:
    """A grey rectangle."""
    corners = {f"{name}.x": np.array([left, right, right, left]), f"{name}.y": np.array([low, low, high, high])}
    return figures.trace(corners, name, mode="none", fill="toself", fillcolor=figures.SHADE, hoverinfo="skip")


def note(text: str, number: str, size: float) -> figures.Spec:
    """A heading over the panel with these axes."""
    ends = {"x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    axes = {"xref": f"x{number} domain", "yref": f"y{number} domain"}
    return {"text": text, "showarrow": False, "font": {"size": size}, **ends, **axes}


def clear(colour: str, opacity: float) -> str:
    """A colour written #rrggbb, let through."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def percent(share: float) -> str:
    """A share in per cent: one decimal, three where it is within one per cent of none or all, none where it is that."""
    if share in (0, 1):
        return f"{100 * share:.0f}"
    return words.number(100 * share, "1" if 0.01 <= share <= 0.99 else "3")
