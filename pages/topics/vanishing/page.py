"""Vanishing gradients: the page, from top to bottom."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, Generic, TypeVar

import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import chain, fading
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import KINDS, Stack
from pages.shared import controls, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.vanishing.scene import RATE, Gradients

PRESETS = {
    "sigmoid": {"f": ["sigmoid", "relu"], "depth": 30, "w": 1.0, "b": 0.0, "input": 1.0},
    "tanh": {"f": ["sigmoid", "tanh", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 1.0},
    "relu": {"f": ["sigmoid", "relu"], "depth": 50, "w": 1.0, "b": 0.0, "input": 2.0},
    "dead": {"f": ["sigmoid", "relu"], "depth": 20, "w": 1.0, "b": 0.2, "input": -0.5},
    "explodes": {"f": ["sigmoid", "relu"], "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5},
}
ANSWER_STATE = {chain.WEIGHT.name: 4.0}
_DEFAULT = ["sigmoid", "relu"]
TARGETS = (
    *("10", "1", "0.1", "0.01", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "4.38e-8", "1e-8"),
    *("1e-10", "1e-15", "1e-20", "1e-30", "1e-40"),
)
CHOICES = {
    "f": controls.offer(controls.stackable(), *_DEFAULT),
    "of": controls.offer(KINDS, KINDS[0]),
    "ledger": controls.offer(controls.stackable(), _DEFAULT[0]),
    "target": controls.offer(TARGETS, TARGETS[10]),
}


def render() -> None:
    """Draw the page."""
    text = words.page(Gradients.words_of)
    with st.container(key="chain"):
        st.html(_diagram(text["drawing"]))
        st.markdown(text["chain"])
    with st.container(key="stories"):
        controls.presets("story", PRESETS)
    with layout.stage() as (picture_side, control_side), control_side:
        sliders = st.container(key="drag")
        with st.container(key="chosen"):
            of, activations = _kind(), tuple(controls.functions(words.ui("functions"), _DEFAULT))
        Prediction(text, ANSWER_STATE).ask({})
    st.markdown(text["legend"])
    marks = Gradients.at_rest(activations, of).chart.marks
    with curtain("text"):
        why, meaning = st.columns(2, gap="large")
        meaning.markdown(f"{text['weights']}\n\n{text['means']}")
        with why:
            st.markdown(text["why"])
            _challenge(text, marks)
    with st.expander(words.ui("ledger.title")):
        st.markdown(text["ledger"])
        ledger = Reply("book", lambda: _ledger_function(activations), _ledger, height=420)
    with st.expander(words.ui("find")):
        st.markdown(text["target"])
        search = Reply("found", _target, lambda target, stack: _found(activations, target, stack))
    with st.expander(words.ui("formats")):
        st.markdown(f"{text['formats']}\n\n{_formats(activations, marks)}")
    with st.expander(words.ui("about_numbers")):
        st.markdown(text["done"])
    # A released slider rewrites the ledger and what is found, and Streamlit lets its fragment write only into what has
    # been laid out before it: so the sliders are drawn last, and after them the chart that they move.
    with sliders:
        live.section(lambda: _sliders(activations, of, ledger, search))
    with picture_side:
        Gradients.at_rest(activations, of).draw()


def _kind() -> str:
    """What the gradient is taken with respect to: activations or weights."""
    return controls.choice("of", {kind: words.ui(f"of.{kind}") for kind in KINDS}, KINDS[0], words.ui("of.label"))


def _sliders(activations: tuple[Activation, ...], of: str, *replies: Reply[Any]) -> None:
    """The sliders, those that few need in a fold, and the texts about the stack at their values."""
    first, more = chain.PARAMS[:2], chain.PARAMS[2:]
    for param in first:
        with curtain("sliders") if param.name in ANSWER_STATE else nullcontext():
            controls.draw(param, words.ui(f"param.{param.name}"))
    moved = any(controls.value(param) != param.default for param in more) or controls.value(RATE) != controls.first(
        RATE
    )
    fold = st.expander(words.ui("more"), expanded=moved)
    with fold:
        for param in more:
            controls.draw(param, words.ui(f"param.{param.name}"))
        controls.draw(RATE, words.ui("rate"))
    scene = Gradients.at_rest(activations, of)
    marks = scene.chart.marks
    fold.markdown(scene.updates(marks))
    st.markdown(scene.reading(marks))
    scene.follow()
    for reply in replies:
        reply.write(scene.rest)


def _challenge(text: words.Words, marks: Mapping[str, str]) -> None:
    """To keep the gradient of fifty sigmoids between 0.1 and 10, and whether the sliders do."""
    if "challenge" in marks:
        left = marks.get("challenge_left") or marks["left_sigmoid"]
        stands = words.format(text["challenge-now"], depth=marks["challenge_depth"], left=left)
        stands = f"{stands} **{marks['challenge']}**"
    else:
        stands = text["challenge-choose"]
    st.markdown(f"{text['challenge']}\n\n{stands}")
    with st.expander(words.ui("hint")):
        st.markdown(text["challenge-hint"])


def _diagram(alt: str) -> str:
    """The units of the chain in a row, between them what each does on the way forward and, below, on the way back."""

    def indexed(symbol: str, number: str) -> str:
        return f"<i>{symbol}</i><sub>{number}</sub>"

    def unit(symbol: str, number: str) -> str:
        return f"<span class='nl-unit'><span>{indexed(symbol, number)}</span></span>"

    def link(before: str, layer: str) -> str:
        ahead = f"<span class='nl-ahead'><i>f</i>(<i>w</i>{before} + <i>b</i>)</span>"
        back = f"<span class='nl-back'>× <i>w</i> <i>f</i>′({indexed('z', layer)})</span>"
        return f"<span class='nl-link'>{ahead}{back}</span>"

    first = unit("x", "0") + link(indexed("x", "0"), "1") + unit("a", "1") + link(indexed("a", "1"), "2")
    rest = f"{unit('a', '2')}<b>…</b>{unit('a', '<i>L</i>')}"
    return f"<div class='nl-chain' role='img' aria-label='{escape(alt, quote=True)}'>{first}{rest}</div>"


Chosen = TypeVar("Chosen")


@dataclass
class Reply(Generic[Chosen]):
    """A choice, and below it the text that follows from it for a stack.

    The choice and the sliders are drawn by two fragments, of which neither draws the other's part, and both write the
    text: the choice's fragment for the stack of the session. They do so each time, because a fragment may write into a
    container outside it only if it wrote there during the last run of the whole page as well. ``choose`` draws the
    choice; the text scrolls if it has a ``height``. While a thumb is held the style sheet hides the text.
    """

    key: str
    choose: Callable[[], Chosen]
    text: Callable[[Chosen, Stack], str]
    height: int | None = None
    _place: Any = field(init=False)
    _chosen: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        choice = st.container(key=f"{self.key}-choice")
        self._place = st.container(key=self.key, height=self.height or "content").empty()
        with choice:
            st.fragment(self._choose)()

    def write(self, stack: Stack) -> None:
        """Write the text for a stack."""
        self._place.markdown(self.text(self._chosen, stack))

    def _choose(self) -> None:
        self._chosen = self.choose()
        self.write(Stack.of({param.name: controls.value(param) for param in chain.PARAMS}))


_COLUMNS = ("layer", "z", "slope", "w", "factor", "product")


def _ledger_function(activations: tuple[Activation, ...]) -> Activation:
    """The function whose ledger is open."""
    names = {activation.slug: words.title(activation.slug) for activation in activations}
    chosen = controls.choice("ledger", names, next(iter(names)), words.ui("ledger.title"), visible=False)
    return next(activation for activation in activations if activation.slug == chosen)


def _ledger(activation: Activation, stack: Stack) -> str:
    """One row a layer, from the output back to the input, so that each product can be checked by hand."""
    return _ledger_in(words.language(), activation, stack)


@lru_cache(maxsize=64)
def _ledger_in(_language: str, activation: Activation, stack: Stack) -> str:
    run = fading.deepest(activation, stack.w, stack.b, stack.input).cut(stack.depth)
    signs, logs = run.sign_back[1:], run.log_back[1:]
    rows = []
    for back in range(stack.depth):
        k = stack.depth - 1 - back
        cells = [significant(float(x)) for x in (run.pre_activation[k], run.slope[k], stack.w, run.factor[k])]
        rows.append(_row(str(k + 1), *cells, _signed(float(signs[back]), float(logs[back]))))
    head = _row(*(words.ui(f"ledger.{name}") for name in _COLUMNS))
    values = (str(stack.depth), *(words.number(value, "1") for value in (stack.w, stack.b, stack.input)))
    setting = ", ".join(f"{symbol} = {value}" for symbol, value in zip(("L", "w", "b", "x₀"), values, strict=True))
    lead = f"**{words.title(activation.slug)}**: {setting}"
    return "\n".join([lead, "", head, "|" + "--:|" * len(_COLUMNS), *rows])


def _target() -> str:
    """The gradient that is looked for."""
    target = controls.Options("target", TARGETS, TARGETS[10])
    return str(controls.select(target, words.ui("target"), _amount))


def _found(activations: tuple[Activation, ...], target: str, stack: Stack) -> str:
    """The depth at which, and the input for which, each function's gradient is the target."""
    log_target = math.log10(float(target))
    lines = []
    for activation in activations:
        depth = fading.depth_reaching(activation, log_target, stack)
        x0 = fading.input_reaching(activation, log_target, stack)
        at = words.number(stack.input, "1")
        by_depth = words.ui("found.depth", depth=depth, x0=at) if depth else words.ui("found.no_depth")
        there = "" if x0 is None else words.number(x0, "4")
        by_input = words.ui("found.input", depth=stack.depth, x0=there) if there else words.ui("found.no_input")
        lines.append(f"- **{words.title(activation.slug)}** — {by_depth} {by_input}")
    return "\n".join(lines)


def _amount(target: str) -> str:
    """A target as it is printed: 0.01, 10⁻³, 4.38·10⁻⁸."""
    digits, exponent = f"{float(target):.2e}".split("e")
    power = f"10{str(int(exponent)).translate(words.SUPERSCRIPT)}"
    if digits != "1.00":
        return f"{digits}·{power}"
    return power if int(exponent) < -2 else target


def _formats(activations: tuple[Activation, ...], marks: Mapping[str, str]) -> str:
    """After how many layers each number format would hold exactly zero, a row a function; what else is lost."""
    rows = [
        _row(words.title(each.slug), *(marks[f"lost_{each.key}_{kind}"] for kind in UNDERFLOW)) for each in activations
    ]
    table = "\n".join([_row(words.ui("lost.head"), *UNDERFLOW), "|---|" + "---|" * len(UNDERFLOW), *rows])
    return f"{table}\n\n[{words.ui('to_rounding')}]({state.address('rounding')})"


_LARGE = math.log10(99999.5)  # from here on five digits do not reach the decimal point


def significant(value: float) -> str:
    """Five significant digits, an exact zero as 0."""
    return _signed(math.copysign(1.0, value), math.log10(abs(value)) if value else -math.inf, abs(value))


def _signed(sign: float, log: float, size: float | None = None) -> str:
    if log == -math.inf:
        return "0"
    minus = "−" if sign < 0 else ""
    if -4 <= log < _LARGE:
        return f"{minus}{10**log if size is None else size:.5g}"
    exponent = math.floor(log)
    digits = f"{10 ** (log - exponent):.4f}"
    if digits == "10.0000":
        digits, exponent = "1.0000", exponent + 1
    return f"{minus}{digits}·10{str(exponent).translate(words.SUPERSCRIPT)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _scene(of: str, stack: Stack, *slugs: str) -> Gradients:
    return Gradients(tuple(CATALOGUE[slug] for slug in slugs), of, stack)


SCENES = (
    _scene("activations", Stack(), *_DEFAULT),
    _scene("weights", Stack(), "relu", "tanh"),
    _scene("activations", Stack(20, 1.0, 0.2, -0.5), "sigmoid", "tanh", "relu"),
)
