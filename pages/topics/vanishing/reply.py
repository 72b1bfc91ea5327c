"""A text that two fragments write: the one of its own choice, drawn above it, and the one of the page's sliders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import streamlit as st

from activations.experiments.fading import Setting

Chosen = TypeVar("Chosen")


@dataclass
class Reply(Generic[Chosen]):
    """``choose`` draws the choice, ``text`` says what follows from it at a setting of the sliders.

    Neither rerun draws the other's part. A fragment may write into a container outside it only if it wrote there
    during the last run of the whole page as well; so both write the text each time, the choice's fragment at the
    setting that ``setting`` reads from the session. While a thumb is held the style sheet hides what stands under
    ``key``.
    """

    key: str
    choose: Callable[[], Chosen]
    text: Callable[[Chosen, Setting], str]
    setting: Callable[[], Setting]
    place: Any = field(init=False, default=None)
    chosen: Any = field(init=False, default=None)

    def lay_out(self, height: int | None = None) -> None:
        """Draw the choice, and below it the text, which scrolls if it has a ``height``."""
        choice = st.container(key=f"{self.key}-choice")
        self.place = st.container(key=self.key, height=height or "content").empty()
        with choice:
            st.fragment(self._choose)()

    def write(self, setting: Setting) -> None:
        """Say what holds at this setting."""
        self.place.markdown(self.text(self.chosen, setting))

    def _choose(self) -> None:
        self.chosen = self.choose()
        self.write(self.setting())
