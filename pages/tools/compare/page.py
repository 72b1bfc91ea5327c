"""Any functions side by side. The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations import Activation
from pages.shared import figures, layout, live, state, words
from pages.tools.compare import choices, figure, matrix, picture, printed
from pages.tools.compare.stand import Stand


def render() -> None:
    """Draw the page."""
    text = words.page("tools/compare")
    Page(text, *choices.chosen(text)).draw()


@dataclass
class Page:
    """One drawing of the page: its words, the functions, the order of derivative, and which one is taken away."""

    text: words.Words
    activations: tuple[Activation, ...]
    order: int
    away: str

    @property
    def stand(self) -> Stand:
        """Where everything stands now."""
        return choices.stand(self.activations, self.order, self.away)

    def draw(self) -> None:
        """The picture with its sliders and what they read, then the matrix."""
        with layout.stage() as (picture_side, control_side):
            with control_side, st.container(key="drag"):
                live.section(self._controls)
            with picture_side:
                self._picture()
        st.markdown(self.text["matrix"])
        st.fragment(matrix.draw)(self.text)

    def _controls(self) -> None:
        choices.sliders(self.activations)
        stand = self.stand
        chart = live.Chart("overlay", picture.still(stand)[1], stand.page)
        st.markdown(printed.table(stand, self.text, chart.marks))
        chart.follow(
            picture.along(stand), figure.layout(stand), figure.standing(stand), handles=[picture.handle(stand)]
        )

    def _picture(self) -> None:
        stand = self.stand
        drawn, said = picture.still(stand)
        chart = live.Chart("overlay", said, stand.page)
        title = printed.title(stand, self.text)
        alt = printed.alt(stand, self.text, chart.marks)
        chart.draw(figure.lines(stand, drawn, title, state.presenting()), alt, figures.CONFIG)
