"""A reply that two hands write: a choice of its own above it, and the sliders of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import streamlit as st

from pages.topics.vanishing.moment import Moment

Chosen = TypeVar("Chosen")


@dataclass
class Reply(Generic[Chosen]):
    """``choose`` draws the choice, ``tell`` says what follows from it where the sliders stand.

    Neither rerun draws the other's part. While a thumb is held the style sheet hides what stands under ``key``.
    """

    key: str
    choose: Callable[[], Chosen]
    tell: Callable[[Chosen, Moment], str]
    place: Any = field(init=False, default=None)
    chosen: Any = field(init=False, default=None)
    now: Moment | None = field(init=False, default=None)

    def lay_out(self, height: int | None = None) -> None:
        """Draw the choice, and below it an empty place, which scrolls if it has a ``height``."""
        choice = st.container(key=f"{self.key}-choice")
        self.place = st.container(key=self.key, height=height or "content").empty()
        with choice:
            st.fragment(self._ask)()

    def write(self, now: Moment) -> None:
        """Say what holds now."""
        self.now = now
        self.place.markdown(self.tell(self.chosen, now))

    def _ask(self) -> None:
        self.chosen = self.choose()
        if self.now:
            self.write(self.now)
