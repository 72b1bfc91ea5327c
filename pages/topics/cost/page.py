"""What does an activation cost? The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import streamlit as st

from activations.experiments import cost, sparsity
from activations.experiments.cost import BACK, BACKWARD, FORWARD, LINES, LIVE, SIZE, Timings
from pages.shared import controls, explanation, layout, live, words
from pages.shared.prediction import Prediction, curtain
from pages.shared.words import table
from pages.topics.cost.measurement import SHARED, Result
from pages.topics.cost.scene import FUNCTIONS, PARAMS, VIEWS, Costs, digits, name, rows_of, times
from serving import settings

__all__ = ["ANSWER_STATE", "PARAMS", "render"]
ANSWER_STATE: Mapping[str, float | str] = {"view": FUNCTIONS, SIZE.name: 3.0}  # the thousand values of the question
CHOICES = {"view": controls.offer(VIEWS, FUNCTIONS)}
SIZES = {"k": 3.0, "m": 6.0, "t": 7.0}  # a thousand values, a million, ten million
_PAIRS = (
    ("cube_power", "cube_product"),
    ("gelu_tanh_power", "gelu_tanh_product"),
    ("gelu", "gelu_tanh_product"),
    ("sigmoid", "sigmoid_exp"),
)


def render() -> None:
    """Draw the page: picture and slider, the question, the button that measures, the code, and why it is so."""
    text = words.page("topics/cost")
    # The last result is read once, so that the whole page shows the same.
    measured = SHARED.last
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, choices = layout.control_containers()
            with choices:
                view = controls.choice("view", {view: text[f"view-{view}"] for view in VIEWS}, FUNCTIONS)
            scene = Costs(view, measured.timings if measured else None)
            with drag:
                live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
            st.fragment(_measure)(text, measured)
        with picture_side:
            scene.draw()
    with curtain("text"):
        st.markdown(comparison(text, measured.timings) if measured else "")
        for head, body in (("code-head", code(text, scene.chart.marks)), ("zeros-head", zeros(text))):
            with st.expander(text[head]):
                st.markdown(body)
        explanation.close(text, {"approximations": {}, "choose": {}}, quoted())


def _controls(scene: Costs) -> None:
    with curtain("sliders"):
        controls.slider(SIZE, scene.text["size"])
    st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


def _measure(text: words.Words, measured: Result | None) -> None:
    """The button, unless the operator took it away, the progress of a measurement, and the result of this page."""
    with st.container(key="measuring"):
        if settings.current().cost and st.button(text["measure"], key="measure"):
            bar = st.progress(0.0, text["measuring"])
            SHARED.request(lambda share: bar.progress(share, text["measuring"]))
            st.rerun()
        nothing = text["never" if settings.current().cost else "off"]
        found = result(text, measured.timings, SHARED.age(measured)) if measured else nothing
        st.markdown(f"{found}\n\n{words.format(text['recorded'], **quoted())}")


def result(text: words.Words, measured: Timings, age: float) -> str:
    """How long ago it was measured on this server, with how much work, and the result."""
    size = max([size for size in LIVE if np.isfinite(measured.ratio("gelu", size))], default=LIVE[0])
    long = text["age-minutes" if age >= 60 else "age-seconds"]
    values = {"age": words.format(long, age=f"{age / 60 if age >= 60 else age:.0f}"), "spent": f"{measured.spent:.1f}"}
    values |= {"passes": str(measured.passes), "n": _ten(size)}
    values |= {"gelu": times(measured.ratio("gelu", size)), "recorded": times(cost.recorded().ratio("gelu", size))}
    return words.format(text["result" if measured.passes else "result-stopped"], **values)


def comparison(text: words.Words, measured: Timings) -> str:
    """The measured costs with the recorded ones in brackets: a row for each function, a column for each size."""
    record = cost.recorded()
    cells = []
    for row in rows_of(FUNCTIONS):
        pairs = [(measured.at(row.line, size), record.at(row.line, size)) for size in LIVE]
        found = (f"**{digits(mine) if np.isfinite(mine) else '–'}** ({digits(recorded)})" for mine, recorded in pairs)
        cells.append([words.title(row.line), *found])
    intro = words.format(text["beside"], versions=cost.versions())
    return f"{intro}\n\n{table([text['code-function'], *map(_ten, LIVE)], *cells)}"


def code(text: words.Words, marks: Mapping[str, str]) -> str:
    """The lines that were timed, each with its cost at the size of the slider, and what their names mean."""
    cells = [[text[f"code-{column}"] for column in ("function", "forward", "ns", "backward", "ns")]]
    for row in rows_of(FUNCTIONS):
        costs = [marks[f"ns_{name(line)}"] for line in (row.line, row.line + BACK)]
        cells.append([words.title(row.line), f"`{FORWARD[row.line]}`", costs[0], f"`{BACKWARD[row.line]}`", costs[1]])
    return f"{words.format(text['code'], **marks)}\n\n{table(*cells, left=(0, 1, 3))}"


def zeros(text: words.Words) -> str:
    """Whether the zeros of a ReLU save time, as it was measured."""
    found = sparsity.found()
    rows = zip(found.zeros, found.dense, found.compressed, strict=True)
    lines = [f"| {100 * share:g} % | {dense:.1f} | {compressed:.1f} |" for share, dense, compressed in rows]
    measured = "\n".join([text["zeros-columns"], "|--:|--:|--:|", *lines])
    return f"{text['zeros']}\n\n{measured}\n\n:small[{words.format(text['zeros-where'], where=found.where)}]"


@lru_cache(maxsize=1)
def quoted() -> dict[str, str]:
    """Recorded costs that do not follow the slider, by name: ``m_gelu`` nanoseconds, ``mx_gelu`` times ReLU's."""
    record = cost.recorded()
    values = {"passes": str(record.passes), **(record.about or {})}
    for letter, size in SIZES.items():
        for line in LINES:
            values[f"{letter}_{name(line)}"] = digits(record.at(line, size))
            values[f"{letter}x_{name(line)}"] = times(record.ratio(line, size))
    for line, to in _PAIRS:
        values[f"m_{line}_to_{to}"] = times(record.ratio(line, SIZES["m"], to))
    return values


def _ten(size: float) -> str:
    return f"10{str(round(size)).translate(words.SUPERSCRIPT)}"
