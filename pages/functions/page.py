"""The page every activation has: bend it, read it, know it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import chain, rounding, similarity
from pages.functions import copying, traits
from pages.functions.answers import ANSWER_STATE
from pages.functions.rivals import rivals
from pages.functions.scene import Function
from pages.shared import code, controls, glossary, layout, live, panels, state, words
from pages.shared.curves import PROBE
from pages.shared.prediction import Prediction, curtain

SECOND = "second"  # the switch that adds f''
CHOICES = {SECOND: controls.SWITCH, "code": controls.offer(code.LIBRARIES)}
_ALIKE = 5  # functions that are named as similar
# Of which function of a vector this one is a part or a relative: its page, and the view there.
_VECTORS: dict[str, tuple[str, dict[str, str]]] = {
    "sigmoid": ("softmax", {"show": "pair"}),
    "exponential": ("softmax", {}),  # where the page begins, with its question
    "log_sigmoid": ("softmax", {"show": "log"}),
    "relu": ("gated", {"show": "maxout"}),
    "gelu": ("gated", {"show": "geglu"}),
    "swish": ("gated", {"show": "swiglu"}),
}
_EXPLAINED = ("short", "notice", "strengths", "weaknesses", "used")  # texts in which terms are explained
_HEADED = ("strengths", "weaknesses", "used", "paper", "defaults")


def render(activation: Activation) -> None:
    """Draw the page of ``activation``."""
    Page(activation).draw()


@dataclass
class Page:
    """The page of an activation, drawn once."""

    activation: Activation
    text: words.Words = field(init=False)
    scene: Function = field(init=False)
    code: copying.Copying | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.text = words.page(f"functions/{self.activation.slug}")

    @property
    def asks_probe(self) -> bool:
        """Whether it is the probe, and no parameter, that shows the answer to the question."""
        answer = ANSWER_STATE.get(self.activation.slug, {})
        return not self.activation.params or set(answer) == {PROBE.name}

    def draw(self) -> None:
        """What it is in short, the chart beside its controls and the question, the facts, the code and where next."""
        if not state.presenting():
            self._in_short()
        with layout.stage() as (picture_side, control_side):
            # Under the stage, but before the picture that it decides on.
            st.toggle(words.ui("show_bend"), key=SECOND, bind="query-params")
        self.scene = Function(self.activation, 3 if st.session_state.get(SECOND) else 2)
        with picture_side, self._over_derivative():
            self.scene.draw()
        marks = self.scene.chart.marks
        with curtain("text"):
            self._facts(marks)
        st.markdown(f"## {words.ui('code.head')}")
        # What the sliders write to, in the code as well, has its place before they are drawn.
        self.code = copying.choose(self.activation)
        with control_side:
            live.section(self._controls)
            Prediction(self.text, ANSWER_STATE.get(self.activation.slug, {})).ask(marks)
        st.markdown("  \n".join(self._onward()))

    def _in_short(self) -> None:
        """Two lines that say what the function is, and links to its comparisons with others."""
        links = [
            f"[{words.title(slug)}]({state.address('compare', f=[self.activation.slug, slug])})"
            for slug in rivals(self.activation.slug)
        ]
        with st.container(key="short"):
            with curtain("short"):
                st.markdown(f"**{words.ui('short.head')}** {glossary.explained(self.text['short'])[0]}")
            st.markdown(f"**{words.ui('short.compare')}** {' · '.join(links)}")

    def _over_derivative(self) -> AbstractContextManager[None]:
        """Where no parameter gives the answer away, what does is the derivative."""
        if not self.asks_probe:
            return nullcontext()
        return curtain("derivative", panels.derivative_panel(self.scene.ranges))

    def _controls(self) -> None:
        activation = self.activation
        with curtain("sliders"):
            for param in activation.params:
                controls.slider(param, words.ui(f"param.{activation.slug}.{param.name}"))
                named = {name: {param.name: value} for name, value in param.presets.items()}
                controls.presets(f"preset.{activation.slug}", named, highlight=True)
            if self.asks_probe:
                self._probe()
        if not self.asks_probe:
            self._probe()
        with st.container(key="reading"):
            st.markdown(words.ui("reading", **self.scene.chart.marks))
        self.scene.follow()
        if self.code:
            self.code.write({param.name: self.scene.state[param.name] for param in activation.params})

    def _probe(self) -> None:
        controls.slider(PROBE, words.ui("probe"), alone=not self.activation.params)

    def _facts(self, marks: dict[str, str]) -> None:
        text = self.text
        # What the lines at the top explain already is not explained again.
        explained = dict(zip(_EXPLAINED, glossary.explained(*(text[part] for part in _EXPLAINED)), strict=True))
        parts = {part: words.format(explained.get(part, text[part]), **marks) for part in text}
        formulas = [
            f"$\\displaystyle {latex}$" for latex in (self.activation.latex.value, self.activation.latex.derivative)
        ]
        headed = {part: f"## {words.ui(part)}\n\n{parts[part]}" for part in _HEADED}
        story, facts = st.columns(2, gap="large")
        left = [
            f"**{words.ui('notice')}** {parts['notice']}",
            *formulas,
            headed["strengths"],
            headed["weaknesses"],
        ]
        story.markdown("\n\n".join(left))
        known = [
            traits.table(self.activation, marks),
            headed["used"],
            headed["paper"],
            headed["defaults"],
            words.ui("versions"),
        ]
        facts.markdown("\n\n".join(known))

    def _onward(self) -> list[str]:
        """Links to the gradient of a stack of this function, its rounding, vectors, and the most similar functions."""
        others = ["sigmoid", self.activation.slug] if self.activation.slug != "sigmoid" else ["sigmoid", "relu"]
        onward = f"[{words.ui('to_vanishing', name=self.text['title'])}]({state.address('vanishing', f=others)})"
        ways = [onward] if chain.stackable(self.activation) else []
        return [*ways, *self._rounded(), *self._among_others(), self._similar()]

    def _rounded(self) -> list[str]:
        """The link to the rounding of this function, if the guide has a page on it."""
        if self.activation.slug not in rounding.PAIRS:
            return []
        # The question there is about the sigmoid, so whoever comes from it is asked.
        asked = {"pair": self.activation.slug} if self.activation.slug != "sigmoid" else {}
        return [f"[{words.ui('to_rounding')}]({state.address('rounding', **asked)})"]

    def _among_others(self) -> list[str]:
        """To the function of a vector that this one belongs to or is a part of, where there is one."""
        slug = self.activation.slug
        if slug not in _VECTORS:
            return []
        path, asked = _VECTORS[slug]
        return [f"[{words.ui(f'to_vectors.{slug}')}]({state.address(path, **asked)})"]

    def _similar(self) -> str:
        """The functions whose curves lie nearest."""
        found = similarity.nearest(self.activation, tuple(CATALOGUE.values()), _ALIKE)
        named = [
            (activation.slug, words.page(f"functions/{activation.slug}")["title"], words.number(gap, "3"))
            for activation, gap in found
        ]
        links = [f"[{name}]({state.address(slug)}) ({gap})" for slug, name, gap in named]
        return words.ui("similar", links=words.ui("and").join(links))
