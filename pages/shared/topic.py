"""The page of a topic: tabs of scenes, the picture beside its sliders, the question, and why it is so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import streamlit as st

from pages.shared import controls, explanation, layout, live, state, words
from pages.shared.controls import Choice, Slider, offer
from pages.shared.prediction import Prediction, curtain
from pages.shared.scene import Scene


@dataclass(frozen=True)
class Topic:
    """A page with these scenes by the name of their tab, of which the first is shown unless the address names another.

    ``answer_state`` is the setting that shows the answer to the page's question. ``links`` are the pages to which its
    end leads, with what their addresses say. Words: ``slider-<name>`` or those that a scene gives, ``show-<tab>``, and
    ``<kind>-<preset>``, ``kind`` being that of the scene; for each choice of a scene its name, and
    ``<choice>-<option>``; ``<tab>`` is the label over the tabs, if they have any. ``examples`` are further scenes that
    a reader's choices lead to, for the tests.
    """

    scenes: Mapping[str, Scene]
    answer_state: Mapping[str, float | str]
    links: Mapping[str, Mapping[str, Any]]
    tab: str = "show"
    examples: Sequence[Scene] = ()

    @property
    def text(self) -> words.Words:
        """The words of the page."""
        return next(iter(self.scenes.values())).text

    @property
    def choices(self) -> dict[str, Choice]:
        """The tab and what else the reader chooses in any of the scenes, by name in the address."""
        scenes = (*self.scenes.values(), *self.examples)
        options: dict[str, dict[str, None]] = {}
        for scene in scenes:
            for name, offered in scene.choices.items():
                options.setdefault(name, {}).update(dict.fromkeys(offered))
        # The scenes of the tabs come first, and have the defaults.
        defaults = {name: getattr(scene, name) for scene in reversed(scenes) for name in scene.choices}
        tabs = {self.tab: offer(self.scenes, next(iter(self.scenes)))} if len(self.scenes) > 1 else {}
        return tabs | {name: offer(offered, defaults[name]) for name, offered in options.items()}

    def draw(self) -> None:
        """Draw the page."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, above = layout.control_containers()
                with above:
                    scene = self._chosen()
                with drag:
                    live.section(lambda: self._controls(scene))
                with curtain("choices"):
                    self._presets(scene)
                Prediction(self.text, self.answer_state).ask({})
            with picture_side:
                scene.draw()
        with curtain("text"):
            explanation.close(self.text, self.links)

    def _chosen(self) -> Scene:
        scene = self.scenes[self._tab()]
        drawn: set[str] = set()
        places: dict[str, Any] = {}
        # What is chosen first may decide what else there is to choose.
        while name := next((name for name in scene.choices if name not in drawn), ""):
            drawn.add(name)
            row = next((row for row in scene.choice_rows if name in row), {})
            if row and name not in places:
                places |= dict(zip(row, st.columns(list(row.values()), gap="small"), strict=True))
            with places.get(name, nullcontext()):
                scene = scene.chosen(**{name: self._choice(scene, name)})
        return scene

    def _tab(self) -> str:
        first = next(iter(self.scenes))
        if len(self.scenes) == 1:
            return first
        labels = {name: self.text[f"{self.tab}-{name}"] for name in self.scenes}
        return controls.choice(self.tab, labels, first, self.text[self.tab])

    def _choice(self, scene: Scene, name: str) -> str:
        options, default = scene.choices[name], getattr(scene, name)
        if name == "f":
            return controls.function(self.text[name], default, options, scene.takes).slug
        labels = {option: self.text[f"{name}-{option}"] for option in options}
        return controls.choice(name, labels, default, self.text[name])

    def _presets(self, scene: Scene) -> None:
        """Settings of the sliders that are worth a look."""
        if not scene.presets:
            return
        key = f"{scene.page}.{scene.kind}"

        def choose() -> None:
            st.session_state.update(state.movable(scene.presets.get(st.session_state[key], {})))
            st.session_state[key] = None

        labels = {name: self.text[f"{scene.kind}-{name}"] for name in scene.presets}
        st.pills(
            words.ui("presets"), list(labels), format_func=labels.__getitem__, key=key, on_change=choose,
            label_visibility="collapsed", wrap=True,
        )  # fmt: skip

    def _controls(self, scene: Scene) -> None:
        with st.container(key="topic-drag"):
            for covered, rows in groupby(scene.rows, self._is_covered):
                with curtain("sliders") if covered else nullcontext():
                    self._rows(scene, list(rows))
        if scene.plays:  # Its button stands right under the slider.
            scene.follow()
        with st.container(key="topic-read"):
            st.markdown(scene.reading(scene.chart.marks))
        if not scene.plays:
            scene.follow()

    def _is_covered(self, row: Sequence[Slider]) -> bool:
        """Whether a slider of this row shows the answer."""
        return any(param.name in self.answer_state for param in row)

    def _rows(self, scene: Scene, rows: Sequence[Sequence[Slider]]) -> None:
        for row in rows:
            for param, column in zip(row, st.columns(len(row), gap="small"), strict=True):
                with column:
                    controls.draw(param, scene.label(param))
