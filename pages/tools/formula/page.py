"""The page of a formula, from top to bottom: the line to write it in, its picture, what is measured of it, its code."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from html import escape
from types import MappingProxyType
from typing import Any

import streamlit as st

from activations import Activation, formulas
from activations.experiments import chain, exploding, sums
from activations.formulas import Expression, FormulaError, code, parse
from activations.formulas.parsing import HIGHEST_POWER, LONGEST, MOST_NODES
from pages.shared import controls, explanation, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.tools.formula import findings
from pages.tools.formula.scene import FILE, FIRST, Formula

NAME, _KEY, _EXAMPLE = "formula", "choice.formula", "formula.example"
SECOND = "second"
ANSWER_STATE: Mapping[str, float | str] = MappingProxyType({NAME: FIRST, "a": 2.0, "b": 0.5})
# By name of its words a formula and the settings that it is shown with.
EXAMPLES: Mapping[str, tuple[str, Mapping[str, float]]] = MappingProxyType(
    {
        "elu": (FIRST, {"a": 1.0, "b": 1.0}),
        "swish": ("x*sigmoid(a*x)", {"a": 1.0}),
        "mish": ("x*tanh(softplus(x))", {}),
        "clip": ("max(-a, min(x, b))", {"a": 1.0, "b": 2.0}),
        "ripple": ("x + a*sin(b*x)**2", {"a": 0.5, "b": 2.0}),
        "pole": ("1/(x - a)", {"a": 1.0}),
    }
)
_LINKS: Mapping[str, Mapping[str, Any]] = MappingProxyType({"derivative": {}, "squareplus": {"b": 4}})
# Pages that take a formula as they take any function: which formulas, what else their addresses say, and beside which
# functions they show it.
_ALSO: Mapping[str, tuple[Callable[[Activation], bool], Mapping[str, Any], tuple[str, ...]]] = MappingProxyType(
    {
        "compare": (lambda formula: True, {}, ("relu", "swish")),
        "bends": (sums.computable, {"n": 12}, ()),
        "exploding": (exploding.computable, {}, ()),
        "vanishing": (chain.computable, {}, ("relu",)),
        "collapse": (chain.computable, {"act": "xor"}, ()),
    }
)
_LIBRARIES = ("numpy", "pytorch")
CHOICES = {NAME: controls.offer((), FIRST), SECOND: controls.SWITCH, "code": controls.offer(_LIBRARIES)}
_SHOWN = 46  # characters of a long line on each side of what is wrong in it


def render() -> None:
    """Draw the page."""
    text = words.page(FILE)
    typed = _line(text)
    try:
        expression = parse(typed)
    except FormulaError as wrong:
        st.html(_mistake(typed, wrong, text))
        explanation.close(text, _LINKS)
        return
    with layout.stage() as (picture_side, control_side):
        st.toggle(words.ui("show_bend"), key=SECOND, bind="query-params")
    scene = Formula(expression, 3 if st.session_state.get(SECOND) else 2)
    with picture_side:
        scene.draw()
    marks = scene.chart.marks
    with curtain("text"):
        facts, lines = st.columns(2, gap="large")
        facts.markdown(_measured(text, marks))
        with lines:
            st.markdown(f"## {words.ui('code.head')}")
            library, copied = controls.library(_LIBRARIES), st.empty()
        explanation.close(text, _LINKS)
    with control_side:
        live.section(lambda: _controls(scene, library, copied))
        Prediction(text, ANSWER_STATE).ask({})


def _line(text: words.Words) -> str:
    """The line in which the formula is written, with examples beside it; the address keeps what is written."""
    asked = str(st.query_params.get(NAME, state.remembered(NAME) or FIRST))
    if st.session_state.get(_KEY) != asked[:LONGEST]:
        st.session_state[_KEY] = asked[:LONGEST]

    def write() -> None:
        st.query_params[NAME] = st.session_state[_KEY]

    def take() -> None:
        formula, settings = EXAMPLES.get(st.session_state[_EXAMPLE], (FIRST, {}))
        st.query_params[NAME], st.session_state[_EXAMPLE] = formula, None
        st.session_state.update(settings)

    with st.container(key="comparison"):
        written, examples = st.columns([0.52, 0.48], gap="medium")
    with written:
        st.text_input(text["line"], key=_KEY, max_chars=LONGEST, on_change=write)
    with examples:
        labels = {name: text[f"example-{name}"] for name in EXAMPLES}
        st.pills(
            text["examples"], list(labels), format_func=labels.__getitem__, key=_EXAMPLE, on_change=take, wrap=True
        )
    if st.query_params.get(NAME, FIRST) != asked:
        st.query_params[NAME] = asked
    state.remember(NAME, asked)
    return asked


def _mistake(typed: str, wrong: FormulaError, text: words.Words) -> str:
    """The line with a caret under what is wrong, and one sentence about it."""
    line = typed.strip()[:LONGEST]
    start = max(0, wrong.place - _SHOWN)
    shown = line[start : wrong.place + _SHOWN]
    before, after = "…" if start else "", "…" if start + len(shown) < len(line) else ""
    place = wrong.place - start
    blank = " " * len(before) + "".join("\u3000" if _is_wide(letter) else " " for letter in shown[:place])
    end = place + (len(wrong.word) if wrong.word and shown.startswith(wrong.word, place) else 1)
    here = f"<mark>{escape(shown[place:end] or ' ')}</mark>"
    pointed = f"{before}{escape(shown[:place])}{here}{escape(shown[end:])}{after}\n{blank}^"
    sentence = words.format(
        text[f"mistake-{wrong.kind}"], word=wrong.word, longest=LONGEST, nodes=MOST_NODES, power=HIGHEST_POWER
    )
    return f"<div class='nl-mistake' role='alert'><pre>{pointed}</pre><p>{escape(sentence)}</p></div>"


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _measured(text: words.Words, marks: Mapping[str, str]) -> str:
    rows = [[words.format(text[f"row-{name}"]), marks[name]] for name in findings.CELLS]
    table = words.table([text["measured-on"], text["measured"]], *rows, left=(0, 1))
    return f"## {text['measured-head']}\n\n{table}\n\n:small[{text['measured-how']}]"


def _controls(scene: Formula, library: str | None, copied: Any) -> None:
    sliders, (probe_row,) = scene.rows[:-1], scene.rows[-1:]
    with st.container(key="topic-drag"):
        with curtain("sliders") if sliders else nullcontext():
            _row(scene, sliders)
        _row(scene, [probe_row])
    with st.container(key="reading"):
        st.markdown(scene.reading(scene.chart.marks))
    st.markdown(_elsewhere(scene))
    scene.follow()
    if library:
        copied.code(_code(scene.expression, library, scene.state), language="python")


def _elsewhere(scene: Formula) -> str:
    """Links to the pages that take this formula, with the numbers of its sliders in place of a and b."""
    slug = formulas.slug(scene.expression, **{name: scene.state[name] for name in scene.expression.parameters})
    state.write_formula(slug)
    written = formulas.named(slug)
    ways = [path for path, (fits, *_) in _ALSO.items() if written and fits(written)]
    links = [f"[{scene.text[f'to-{path}']}]({_address(path, slug)})" for path in ways]
    return f"{scene.text['elsewhere']} {' · '.join(links)}"


def _address(path: str, slug: str) -> str:
    _, asked, others = _ALSO[path]
    return state.address(path, f=[slug, *others], **asked)


def _row(scene: Formula, rows: Any) -> None:
    for row in rows:
        for param, column in zip(row, st.columns(len(row), gap="small"), strict=True):
            with column:
                controls.draw(param, scene.label(param))


def _code(expression: Expression, library: str, values: Mapping[str, float]) -> str:
    chosen = {name: values[name] for name in expression.parameters}
    return code.numpy(expression, **chosen) if library == "numpy" else code.torch(expression, **chosen)
