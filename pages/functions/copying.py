"""Code to copy: a function in the library that the reader chose, with the values of the sliders."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from activations import Activation
from activations.experiments import libraries
from pages.shared import code, controls, words


@dataclass(frozen=True)
class Copying:
    """The lines of ``activation`` in one library with notes on them, each in its place on the page."""

    activation: Activation
    library: str
    lines: Any
    caption: Any

    def write(self, settings: Mapping[str, float]) -> None:
        """Write both with these parameters; also from a part of the page that is drawn again alone."""
        self.lines.code(code.lines(self.activation.slug)[self.library].at(**settings), language="python")
        self.caption.markdown(_notes(self.activation, self.library, settings))


def choose(activation: Activation) -> Copying | None:
    """Ask for a library, which the address keeps; until one is chosen there is no code, nor the browser's colouring."""
    chosen = controls.library(code.LIBRARIES)
    return Copying(activation, chosen, st.empty(), st.empty()) if chosen else None


def _notes(activation: Activation, library: str, settings: Mapping[str, float]) -> str:
    if library == "numpy":
        return words.ui("code.tested")
    found = libraries.agreement(activation.slug, library)
    sentences = [words.ui("code.composed")] if code.lines(activation.slug)[library].composed else []
    for keyword, value in found.defaults.items():
        sentences.append(words.ui("code.needed" if value is None else "code.default", keyword=keyword, value=value))
    ran = "code.run_swept" if activation.params else "code.run"
    sentences.append(words.ui(ran, version=libraries.versions(library), **libraries.about()))
    sentences.append(words.ui("code.off_value", **_sizes(found.value)))
    if None in found.slope:
        sentences.append(words.ui("code.no_slope"))
    else:
        sentences.append(words.ui("code.off_slope", **_sizes(found.slope)))
        for at, slope in found.at_kinks(activation, **settings):
            sentences.append(
                words.ui("code.kink", at=words.number(at, "0" if words.whole(at) else "2"), slope=words.short(slope))
            )
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _sizes(gaps: Iterable[float | None]) -> dict[str, str]:
    double, single = (words.number(math.log10(gap) if gap else -math.inf, "power") for gap in gaps)
    return {"double": double, "single": single}
