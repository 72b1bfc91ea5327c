"""Which activation function to use: what models use, three questions, cost against gradient, and a table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from activations import CATALOGUE, Trait
from activations.experiments import cost, dying, exploding, pros_cons, survival
from activations.experiments.pros_cons import CHAIN, GATE, LAYERS, ProsCons
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec
from pages.shared.prediction import Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts, index

PARAMS = (LAYERS,)
ANSWER_STATE: Mapping[str, float | str] = {"role": GATE, LAYERS.name: LAYERS.high}
QUESTIONS = {"role": pros_cons.ROLES, "want": ("any", "smooth"), "units": ("fine", "dying")}
QUOTED = ("relu", "gelu", "tanh", "sigmoid")
ORDERS = ("cost", "left", "taught")
CHOICES = {
    **{name: controls.offer(options, options[0]) for name, options in QUESTIONS.items()},
    "by": controls.offer(ORDERS, "cost"),
}
COLUMNS = ("left", "dies", "saturates", "smooth", "centred", "bounds", "gain", "forward", "backward", "learns")
_USED = ("relu", "gelu", "sigmoid", "tanh", "identity", "softmax")
_COSTS = (1, 2, 5, 10, 20)
_HEIGHT = (-14.5, 1.6)
_BELOW = {"hard_tanh", "sigmoid", "elu", "swish", "gelu"}  # whose names would lie on a neighbour's above the dots


def render() -> None:
    """Draw the page: what models use beside three questions, cost against gradient, the table, and why it is so."""
    text = words.page("topics/choose")
    # A slide begins with its picture.
    for part in (_picture, _advice) if state.presenting() else (_advice, _picture):
        part(text)
    st.markdown(text["table"])
    by = controls.choice("by", {key: text[f"by-{key}"] for key in ORDERS}, "cost", text["by"])
    st.html(html(by))
    with st.expander(text["measured-head"]):
        st.markdown(words.format(text["measured"], **quoted()))
    with curtain("text"):
        explanation.close(text, {"cost": {}, "myths": {}}, quoted())


def _advice(text: words.Words) -> None:
    """What models use, and three questions that end in one function."""
    with st.container(key="choice"):
        used, asked = st.columns([0.62, 0.38], gap="large")
        links = {path: state.address(path) for path in _USED}
        used.markdown(words.format(text["use"], swiglu=state.address("gated", show="swiglu"), **links))
        with asked:
            st.fragment(_ask)(text)
        st.markdown(text["picture"])


def _ask(text: words.Words) -> None:
    """The questions and, below them, the answer."""
    st.markdown(text["guide"])
    answers = {}
    for name, choices in QUESTIONS.items():
        labels = {choice: text[f"{name}-{choice}"] for choice in choices}
        answers[name] = controls.choice(name, labels, choices[0], text[name])
    st.markdown(advice(text, answers["role"], answers["want"], answers["units"]))


def advice(text: words.Words, role: str, want: str, units: str) -> str:
    """The function that follows from three answers, as a link, and why."""
    found = {
        answer: pros_cons.choose(timed(), role, want == "smooth", answer == "dying") for answer in QUESTIONS["units"]
    }
    slug, same = found[units].slug, len({one.slug for one in found.values()}) == 1
    link = f"[**{words.title(slug)}**]({state.address(slug)})"
    links = {"softmax": state.address("softmax"), "silu": state.address("swish")}
    why = words.format(text[f"advice-{slug}"], **quoted(), **links)
    return words.format(text["advice"], link=link, why=why, same=text["units-same"] if same else "").rstrip()


def _picture(text: words.Words) -> None:
    scene = CostAndGradient()
    with layout.stage() as (picture_side, control_side):
        with control_side:
            live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()


def _controls(scene: CostAndGradient) -> None:
    with curtain("sliders"):
        controls.slider(LAYERS, scene.text["layers"])
    st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


@dataclass(frozen=True)
class CostAndGradient(Scene):
    """A dot for each function, its cost to the right and the gradient that a chain of layers keeps upwards."""

    page, words_of, key = "choose", "topics/choose", "merits"
    params = PARAMS

    def arrays(self, state: State) -> Arrays:
        """Every dot, and a stem from the gradient 1 to it; axes hold powers of ten."""
        at = index(LAYERS, state[LAYERS.name])
        relu = next(one.total for one in timed() if one.slug == "relu")
        drawn: Arrays = {}
        stems = []
        for one in timed():
            left = pros_cons.left(CATALOGUE[one.slug])[at, None]
            across, gap = np.full_like(left, np.log10(one.total / relu)), np.full_like(left, np.nan)
            drawn |= {f"{one.slug}.x": across, f"{one.slug}.y": left}
            stems.append((np.hstack([across, across, gap]), np.hstack([0 * left, left, gap])))
        x, y = zip(*stems, strict=True)
        return drawn | {"stems.x": np.hstack(x), "stems.y": np.hstack(y)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The number of layers, and the gradients that are quoted."""
        at = index(LAYERS, state[LAYERS.name])
        texts = {"n": [str(int(count)) for count in state[LAYERS.name]]}
        for slug in QUOTED:
            left = pros_cons.left(CATALOGUE[slug])[at].tolist()
            texts[f"left_{slug}"] = [words.number(power, "power") for power in left]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        size = 17.0 if large else 13.0
        traces = [figures.line(arrays, "stems", GREY, 1.2, opacity=0.6, **NO_HOVER)]
        traces += [_dot(arrays, one.slug, size) for one in timed()]
        margin = {"l": 74 if large else 58, "r": 14, "t": 14, "b": 60 if large else 44}
        return figures.figure(traces, self._axes(), self.page, large, margin=margin)

    def _axes(self) -> dict[str, Spec]:
        powers = list(range(-14, 1, 2))
        named = [f"10{str(power).translate(words.SUPERSCRIPT)}" if power else "1" for power in powers]
        costs = {"tickvals": [math.log10(cost) for cost in _COSTS], "ticktext": [str(cost) for cost in _COSTS]}
        return {
            "xaxis": {"range": [-0.12, 1.62], "title": self.text["axis-cost"], **costs},
            "yaxis": {"range": list(_HEIGHT), "title": self.text["axis-left"], "tickvals": powers, "ticktext": named},
        }

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        return words.format(self.text["alt"], **marks)

    def reading(self, marks: Mapping[str, str]) -> str:
        """What is left of the gradient."""
        return words.format(self.text["reading"], **marks)


def _dot(arrays: Picture, slug: str, size: float) -> Spec:
    colour, position = figures.colour(slug), "bottom center" if slug in _BELOW else "top center"
    named = {"mode": "markers+text", "text": [words.title(slug)], "textposition": position}
    return {**figures.dots(arrays, slug, colour, 11), **named, "textfont": {"color": colour, "size": size}}


@lru_cache(maxsize=1)
def timed() -> tuple[ProsCons, ...]:
    """The pros and cons of every function that was timed, in teaching order."""
    return tuple(pros_cons.of(activation) for slug, activation in CATALOGUE.items() if slug in cost.FORWARD)


def html(by: str) -> str:
    """The table of pros and cons, from the best to the worst ``by`` cost or gradient left, or as it is taught: a row a
    function, a column an advantage or disadvantage, and each cell leads to the page where it can be seen."""
    return _html(by, words.language(), state.query())


@lru_cache(maxsize=32)
def _html(by: str, _language: str, _query: str) -> str:
    # What every link of the visit says is part of the key.
    text = words.page("topics/choose")
    keys = {"cost": lambda one: one.total, "left": lambda one: abs(one.left), "taught": lambda one: 0}
    head = "".join(f"<th scope='col'>{escape(text[f'col-{name}'])}</th>" for name in ("function", *COLUMNS))
    rows = "".join(_row(text, one) for one in sorted(timed(), key=keys[by]))
    name = escape(text["table-name"])
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<div class='nl-merits' role='region' tabindex='0' aria-label='{name}'>{table}</div>"


@lru_cache(maxsize=1)
def quoted() -> dict[str, str]:
    """The numbers that sentences quote, by what and whose: ``left_sigmoid``, ``forward_gelu``, ``gain_relu``."""
    kinds = ("left", "gain", "forward", "backward")
    values = {f"{name}_{one.slug}": _number(one, name) for one in timed() for name in kinds}
    return {**values, "units": str(survival.UNITS), "rate": f"{pros_cons.RATE:g}"}


def _row(text: words.Words, one: ProsCons) -> str:
    cells = "".join(f"<td>{_link(_cell(text, one, name), one.slug, name)}</td>" for name in COLUMNS)
    return f"<tr><th scope='row'>{_link(words.title(one.slug), one.slug, 'function')}</th>{cells}</tr>"


def _link(shown: str, slug: str, column: str) -> str:
    chain = {"f": slug, "depth": CHAIN.depth, "w": CHAIN.w, "b": CHAIN.b, "input": CHAIN.input}
    ended = {dying.TIME.name: int(dying.TIME.high)}
    layer = {"act": "layer", "rate": f"{pros_cons.RATE:g}", "seed": pros_cons.SEED, **ended}
    gain = {"f": slug} if slug in exploding.FUNCTIONS else {}
    size = {"size": pros_cons.SIZE}
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        "left": ("vanishing", chain),
        "gain": ("exploding", gain),
        **dict.fromkeys(("forward", "backward"), ("cost", size)),
    }
    if slug in dying.FUNCTIONS:
        pages["dies"] = ("dying", layer)
    path, asked = pages.get(column, (slug, {}))
    return f"<a href='{escape(state.address(path, **asked))}'>{escape(shown)}</a>"


def _cell(text: words.Words, one: ProsCons, column: str) -> str:
    has = one.traits.__contains__
    both = {"saturates": (Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT)}
    both["bounds"] = (Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE)
    if column in both:
        left, right = map(has, both[column])
        return text[f"{column}-{'both' if left and right else 'left' if left else 'none'}"]
    if column == "smooth":
        return text[f"smooth-{'smooth' if has(Trait.SMOOTH) else 'c1' if has(Trait.C1) else 'kink'}"]
    if column == "dies":
        some = words.format(text["dies-yes"], least=min(one.dead), most=max(one.dead)) if one.dead else words.ui("yes")
        return some if one.dies else words.ui("no")
    if column == "centred":
        return words.ui("yes" if has(Trait.ZERO_CENTRED) else "no")
    if column == "learns":
        return text[f"learns-{one.slug}" if f"learns-{one.slug}" in text else "learns-none"]
    return _number(one, column)


def _number(one: ProsCons, column: str) -> str:
    if column == "left":
        return words.number(one.left, "power")
    if column == "gain":
        return "–" if one.critical is None or math.isnan(one.critical) else words.number(one.critical, "2")
    ratio = float(getattr(one, column))
    return words.number(ratio, "0" if ratio >= 9.95 else "1")


SCENES = (CostAndGradient(),)
