"""The page every activation has: bend it, read it, know it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import chain, curve, rounding, similarity
from pages.functions import copying, figure, picture, traits
from pages.functions.answers import SHOWS
from pages.functions.rivals import rivals
from pages.shared import controls, figures, glossary, layout, live, state, words
from pages.shared.prediction import Prediction, curtain

BEND = "second"  # the switch that adds f''
_ALIKE = 5  # functions that are named as kin
# Of which function of a vector this one is a part or a relative: its page, and the view there.
_VECTORS: dict[str, tuple[str, dict[str, str]]] = {
    "sigmoid": ("softmax", {"show": "pair"}),
    "exponential": ("softmax", {}),  # where the page begins, with its question
    "log_sigmoid": ("softmax", {"show": "log"}),
    "relu": ("gated", {"show": "maxout"}),
    "gelu": ("gated", {"show": "geglu"}),
    "swish": ("gated", {"show": "swiglu"}),
}
_TOLD = ("short", "notice", "strengths", "weaknesses", "used")  # in which terms are explained, as they stand
_HEADED = ("strengths", "weaknesses", "used", "paper", "defaults")


def render(activation: Activation) -> None:
    """Draw the page of ``activation``."""
    Page(activation).draw()


@dataclass
class Page:
    """One drawing of the page: its words, where its sliders stand, and the chart with all that is printed about it."""

    activation: Activation
    text: words.Words = field(init=False)
    copied: copying.Copying | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.text = words.page(f"functions/{self.activation.slug}")

    @property
    def settings(self) -> dict[str, float]:
        """Where the sliders of the parameters stand."""
        return {param.name: float(st.session_state[param.name]) for param in self.activation.params}

    @property
    def x0(self) -> float:
        """Where the probe stands."""
        return float(st.session_state[curve.PROBE.name])

    @property
    def asks_probe(self) -> bool:
        """Whether it is the probe, and no parameter, that shows the answer to the question."""
        return not self.activation.params or set(SHOWS.get(self.activation.slug, {})) == {curve.PROBE.name}

    @property
    def orders(self) -> int:
        """How many panels are drawn: the function, its derivative and, where asked for, the second one."""
        return 3 if st.session_state.get(BEND) else 2

    def draw(self) -> None:
        """What it is in short, the chart beside its controls and the question, the facts, the code and where next."""
        if not state.presenting():
            self._in_short()
        with layout.stage() as (picture_side, control_side):
            # Under the stage, but before the picture that it decides on.
            st.toggle(words.ui("show_bend"), key=BEND, bind="query-params")
        chart = self._said()
        with picture_side, self._over_derivative():
            self._chart(chart)
        with curtain("text"):
            self._facts(chart.marks)
        st.markdown(f"## {words.ui('code.head')}")
        # What the sliders write to, in the code as well, has its place before they are drawn.
        self.copied = copying.choose(self.activation)
        with control_side:
            live.section(self._controls)
            Prediction(self.text, SHOWS.get(self.activation.slug, {})).ask(chart.marks)
        st.markdown("  \n".join(self._onward()))

    def _in_short(self) -> None:
        """Two lines that say what the function is, and links to its comparisons with others."""
        names = {slug: words.page(f"functions/{slug}")["title"] for slug in rivals(self.activation.slug)}
        links = [
            f"[{name}]({state.address('compare', f=[self.activation.slug, slug])})" for slug, name in names.items()
        ]
        compared = f"**{words.ui('short.compare')}** {' · '.join(links)}"
        with st.container(key="short"):
            with curtain("short"):
                st.markdown(f"**{words.ui('short.head')}** {glossary.explained(self.text['short'])[0]}")
            st.markdown(compared)

    def _over_derivative(self) -> AbstractContextManager[None]:
        """Where no parameter gives the answer away, what does is the derivative."""
        return curtain("derivative", figure.derivative_panel(self._ranges())) if self.asks_probe else nullcontext()

    def _said(self) -> live.Chart:
        activation, settings, x0 = self.activation, self.settings, self.x0
        probe = picture.readings([x0], [activation(x0, **settings)], [activation.derivative(x0, **settings)])
        now = {name: texts[0] for name, texts in probe.items() if "." not in name}
        return live.Chart("curve", {**now, **traits.printed(activation, settings)}, page=activation.slug)

    def _controls(self) -> None:
        activation = self.activation
        with curtain("sliders"):
            for param in activation.params:
                controls.slider(param, words.ui(f"param.{activation.slug}.{param.name}"))
                named = {name: {param.name: value} for name, value in param.presets.items()}
                controls.presets(f"preset.{activation.slug}", named, lit=True)
            if self.asks_probe:
                self._probe()
        if not self.asks_probe:
            self._probe()
        chart = self._said()
        with st.container(key="reading"):
            st.markdown(words.ui("reading", **chart.marks))
        chart.follow(self._sliders(), handles=[picture.handle(self.orders)])
        if self.copied:
            self.copied.write(self.settings)

    def _probe(self) -> None:
        controls.slider(curve.PROBE, words.ui("probe"), alone=not self.activation.params)

    def _sliders(self) -> list[live.Slider]:
        activation, settings, x0 = self.activation, self.settings, self.x0
        moved = [live.Slider.of(curve.PROBE, x0, [picture.along_probe(activation, self.orders, **settings)])]
        for param in activation.params:
            drawn = picture.along_param(activation, self.orders, param.name, x0, **settings)
            told = traits.printed_along(activation, param.name, settings)
            moved.append(live.Slider.of(param, settings[param.name], [*drawn, told]))
        return moved

    def _chart(self, chart: live.Chart) -> None:
        activation = self.activation
        drawn = picture.still(activation, self.x0, **self.settings)
        ranges = self._ranges()
        colour = figures.colour(activation.slug)
        marks = {**chart.marks, "name": self.text["title"], "steep": chart.marks["max_slope"]}
        alt = words.format(words.ui("alt.curve"), **marks)
        chart.draw(figure.curves(drawn, ranges, colour, activation.slug, state.presenting()), alt, figures.CONFIG)

    def _ranges(self) -> list[tuple[float, float]]:
        """Lower and upper end of each panel's axis."""
        return [curve.axis(self.activation, order) for order in range(self.orders)]

    def _facts(self, marks: dict[str, str]) -> None:
        text = self.text
        # What the lines at the top explain already is not explained again.
        told = dict(zip(_TOLD, glossary.explained(*(text[part] for part in _TOLD)), strict=True))
        parts = {part: words.format(told.get(part, text[part]), **marks) for part in text}
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
        """Links to what may come next: the gradient of a stack of these, its rounding, vectors, the nearest kin."""
        others = ["sigmoid", self.activation.slug] if self.activation.slug != "sigmoid" else ["sigmoid", "relu"]
        onward = f"[{words.ui('to_vanishing', name=self.text['title'])}]({state.address('vanishing', f=others)})"
        ways = [onward] if chain.stackable(self.activation) else []
        return [*ways, *self._rounded(), *self._among_others(), self._kin()]

    def _rounded(self) -> list[str]:
        """To what rounding leaves of this function, where that is told."""
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

    def _kin(self) -> str:
        """The functions whose curves lie nearest."""
        found = similarity.nearest(self.activation, tuple(CATALOGUE.values()), _ALIKE)
        named = [
            (activation.slug, words.page(f"functions/{activation.slug}")["title"], words.number(gap, "3"))
            for activation, gap in found
        ]
        links = [f"[{name}]({state.address(slug)}) ({gap})" for slug, name, gap in named]
        return words.ui("kin", links=words.ui("and").join(links))
