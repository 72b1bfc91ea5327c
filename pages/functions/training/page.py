"""The page of PReLU, which has a second view: how its slope α is learned."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations import CATALOGUE
from activations.experiments.prelu import TARGETS, TIME
from pages.functions import page as function_page
from pages.functions.training import figure, picture
from pages.shared import controls, figures, layout, live, state, words
from pages.shared.curves import PROBE

_ACT = CATALOGUE["prelu"]
_CURVE, _TRAINING = {"show": "curve"}, {"show": "training"}


def render() -> None:
    """Draw the view that the address names; below each, a link leads to the other."""
    # Streamlit would forget where a slider stood that the other view does not draw.
    for param in (*_ACT.params, PROBE, TIME):
        settled = param.settle(state.remembered(param.name))
        st.session_state[param.name] = st.session_state.get(param.name, settled)
    told = words.page("topics/prelu_training")
    if _TRAINING.items() <= st.query_params.to_dict().items():
        Training(told).draw()
        st.markdown(f"{told['why']}\n\n[{told['back']}]({state.address(_ACT.slug, **_CURVE)})")
    else:
        function_page.render(_ACT)
        st.markdown(f"{told['why']}\n\n[{told['watch']}]({state.address(_ACT.slug, **_TRAINING)})")


@dataclass
class Training:
    """One drawing of the view: the data, the unit that is fitted to them, and α with its gradient over time."""

    told: words.Words
    target: str = "abs"

    @property
    def now(self) -> int:
        """The moment at which the slider stands."""
        return int(st.session_state[TIME.name])

    @property
    def chart(self) -> live.Chart:
        """The chart and what is printed about it at this moment."""
        printed = picture.printed(self.target)
        return live.Chart("learning", {name: texts[self.now] for name, texts in printed.items()}, page=_ACT.slug)

    def draw(self) -> None:
        """The picture, the slider of time, and the slope of the data that is to be learned."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, choices = layout.ranks()
                labels = {target: self.told[f"target-{target}"] for target in TARGETS}
                with choices:
                    self.target = controls.choice("target", labels, self.target, self.told["target"])
                with drag:
                    live.section(self._controls)
            with picture_side:
                self._picture()

    def _controls(self) -> None:
        time = controls.slider(TIME, self.told["time"])
        chart = self.chart
        slider = live.Slider.of(TIME, time, [picture.along(self.target)])
        handle = live.Handle(["alpha_now", "pull_now"], TIME.name)
        chart.follow([slider], plays=controls.play(TIME.name), handles=[handle])
        st.markdown(words.format(self.told["reading"], **chart.marks))

    def _picture(self) -> None:
        chart, drawn = self.chart, picture.still(self.target, self.now)
        spec = figure.learning(drawn, picture.height(self.target), self.told, state.presenting())
        chart.draw(spec, words.format(self.told["alt"], **chart.marks), figures.CONFIG)
