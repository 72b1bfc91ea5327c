"""Three ways to write GELU: how far they are apart, what a number format does to each, and code to copy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from activations.experiments import approximations, libraries
from activations.experiments.approximations import ENDS, FORMATS, FORMS
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.curves import PROBE
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Part, Scene, State, Texts, rows
from pages.shared.words import power, table

PARAMS = (PROBE,)
ANSWER_STATE: dict[str, float | str] = {"format": "float16", PROBE.name: -4.0}
CHOICES = {"format": controls.offer(FORMATS, FORMATS[0])}
# Where the question is about, and how far from GELU the erf form is there by each wrong answer.
ASKED, GUESSES = -4.0, {f"{GUESS}1": 0.0, f"{GUESS}3": 8.5e-4}
FLOOR, TOP = -6.5, 0.0  # decades of the errors that are drawn; what is below lies on the floor
HEIGHT = (-0.6, 3.2)  # of the functions
ERRORS = ("f", "df")  # of f and of f'
COLOURS = {"erf": figures.colour("gelu"), "tanh": figures.colour("tanh"), "sigmoid": figures.colour("sigmoid")}
_STYLES = {"erf": (6.0, "solid"), "tanh": (3.4, "10px,8px"), "sigmoid": (2.6, "2px,5px")}
_PANELS = {"f": ("2", (0.335, 0.6)), "df": ("3", (0.0, 0.265))}  # axis and height of the panel of each error
_MARGIN = {"l": 46, "r": 14, "t": 24, "b": 32}
_X = np.linspace(*ENDS, 481)
_SLUGS = {"erf": "gelu", "tanh": "gelu_tanh", "sigmoid": "gelu_sigmoid"}
_LIBRARIES = ("pytorch", "keras", "jax")


def render() -> None:
    """Draw the page: curves and errors, the question, the largest errors, code, and what was used."""
    text = words.page("topics/approximations")
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, choices = layout.control_containers()
            names = {number_format: text[f"format-{number_format}"] for number_format in FORMATS}
            with choices, curtain("choices"):
                scene = Forms(controls.choice("format", names, FORMATS[0], text["format"]))
            with drag:
                live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        st.markdown(worst(text, scene.number_format))
        explanation.close(text, {"gate": {}, "cost": {}}, measured(text))


def _controls(scene: Forms) -> None:
    with curtain("sliders"):
        controls.slider(PROBE, words.ui("probe"), alone=True)
    with st.container(key="forms-read"):
        st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


@dataclass(frozen=True)
class Lines(Part):
    """The three forms as a number format computes them, and the errors of their values and derivatives."""

    number_format: str
    words_of = "topics/approximations"
    params = ()

    def arrays(self, state: State) -> Arrays:
        """Each form and both of its errors at every x."""
        drawn: Arrays = {}
        for form in FORMS:
            y, *errors = approximations.judged(form, _X, self.number_format)
            drawn |= {f"{form}.x": _X[None], f"{form}.y": y[None]}
            for name, error in zip(ERRORS, errors, strict=True):
                drawn |= {f"{form}_{name}.x": _X[None], f"{form}_{name}.y": _decades(error)[None]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """None."""
        return {}


@dataclass(frozen=True)
class Forms(Scene):
    """The three forms above each other, and on logarithmic axes how far each and its derivative are from GELU's."""

    number_format: str
    page, words_of, key = "approximations", "topics/approximations", "forms"
    params = PARAMS
    handles = (
        live.Handle(
            [*(f"{form}{part}_dot" for form in FORMS for part in ("", "_f", "_df")), "hair", "hair_f", "hair_df"],
            PROBE.name,
        ),
    )

    @property
    def variant(self) -> str:
        """The number format, in which other things move."""
        return self.number_format

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the probe moves, and the lines, which it does not."""
        return (Lines(self.number_format), self)

    def arrays(self, state: State) -> Arrays:
        """A hairline in each panel, and a dot on each line."""
        x0 = state[PROBE.name]
        column = x0[:, None]
        tall = {"hair": HEIGHT, **dict.fromkeys((f"hair_{name}" for name in ERRORS), (FLOOR, TOP))}
        drawn = {f"{name}.x": np.hstack([column, column]) for name in tall}
        drawn |= {f"{name}.y": rows(ends, len(x0)) for name, ends in tall.items()}
        for form in FORMS:
            value, *errors = approximations.judged(form, x0, self.number_format)
            drawn |= {f"{form}_dot.x": column, f"{form}_dot.y": value[:, None]}
            for name, error in zip(ERRORS, errors, strict=True):
                drawn |= {f"{form}_{name}_dot.x": column, f"{form}_{name}_dot.y": _decades(error)[:, None]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """The probe itself and as the format holds it; value and both errors of each form."""
        x0 = state[PROBE.name]
        held = approximations.rounded(x0, self.number_format).tolist()
        texts = {"x": words.numbers(x0, 2), "held": [f"{number:.7g}".replace("-", "−") for number in held]}
        for form in FORMS:
            value, *errors = approximations.judged(form, x0, self.number_format)
            texts[form] = words.numbers(value, 4)
            for name, error in zip(ERRORS, errors, strict=True):
                texts[f"{form}_{name}"] = [power(size) for size in error.tolist()]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        size = 18 if large else 13
        traces = self._functions(arrays, size)
        traces += [trace for name in ERRORS for trace in _errors(arrays, name)]
        traces += [trace for name in GUESSES for trace in _guess(name, size)]
        numbers = {"functions": "", "f": "2", "df": "3"}
        margin = {side: edge * (1.3 if large else 1) for side, edge in _MARGIN.items()}
        headings = [
            figures.heading(f"<b>{self.text[f'panel-{name}']}</b>", number, size, paper=True)
            for name, number in numbers.items()
        ]
        return figures.figure(traces, _axes(), self.meta, large, annotations=headings, margin=margin)

    def _functions(self, arrays: Picture, size: float) -> list[Spec]:
        """The three on top of each other: a line that lies on another one lets it through."""
        traces = [_hair(arrays, "hair")]
        for place, form in enumerate(FORMS):
            width, dash = _STYLES[form]
            traces.append(figures.line(arrays, form, COLOURS[form], width, line={"dash": dash}))
            named = {form: (self.text[f"key-{form}"], COLOURS[form])}
            traces += figures.keys(named, (-5.8, 2.7 - 0.72 * place), 0.0, size)
        return [*traces, *(figures.dots(arrays, f"{form}_dot", COLOURS[form], 8) for form in FORMS)]

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        return words.format(self.text["alt"], **marks, format=self.text[f"format-{self.number_format}"])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What of the probe the format holds; value and errors of each form there."""
        text = self.text
        cells = [
            [text[f"name-{form}"], *(f"**{marks[name]}**" for name in (form, f"{form}_f", f"{form}_df"))]
            for form in FORMS
        ]
        head = [text["head-form"], "f(x₀)", text["head-f"], text["head-df"]]
        held = "" if self.number_format == "exact" else words.format(text["held"], **marks) + "\n\n"
        return held + table(head, *cells)


def _axes() -> dict[str, Spec]:
    axes: dict[str, Spec] = {
        "xaxis": {"range": list(ENDS), "anchor": "y3", "dtick": 1},
        "yaxis": {"range": list(HEIGHT), "domain": (0.67, 1), "dtick": 1},
    }
    ticks = [FLOOR, -4, -2, 0]
    powers = ["≈ 0", *(f"10{str(power).translate(words.SUPERSCRIPT)}" for power in ticks[1:-1]), "1"]
    for number, domain in _PANELS.values():
        axes[f"yaxis{number}"] = {
            "range": [FLOOR - 0.1, TOP], "domain": domain, "tickvals": ticks, "ticktext": powers
        }  # fmt: skip
    return axes


def _hair(arrays: Picture, name: str) -> Spec:
    return figures.line(arrays, name, figures.PROBE, 1.4, opacity=0.7, **NO_HOVER)


def _errors(arrays: Picture, name: str) -> list[Spec]:
    traces = [_hair(arrays, f"hair_{name}")]
    traces += [figures.line(arrays, f"{form}_{name}", COLOURS[form], 2.0, **NO_HOVER) for form in reversed(FORMS)]
    traces += [figures.dots(arrays, f"{form}_{name}_dot", COLOURS[form], 8) for form in FORMS]
    return [{**trace, "yaxis": f"y{_PANELS[name][0]}"} for trace in traces]


def _guess(name: str, size: float) -> list[Spec]:
    """The error that a reader may have expected of the erf form where the question is about."""
    height = math.log10(GUESSES[name]) if GUESSES[name] else FLOOR
    at = {f"{name}.x": np.array([ASKED]), f"{name}.y": np.array([height])}
    label = {f"{name}_word.x": at[f"{name}.x"], f"{name}_word.y": at[f"{name}.y"] + 0.08}
    yours = words.ui("question.note_yours")
    drawn = [
        figures.dots(at, name, GREY, 11, "diamond-open"),
        figures.label(label, f"{name}_word", yours, GREY, size, "top left"),
    ]
    return [{**trace, "yaxis": "y2", "visible": False} for trace in drawn]


def _decades(error: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(error), FLOOR)


def worst(text: words.Words, number_format: str) -> str:
    """The largest error of f and of f' of each form in this format, where, and from where on f is exactly 0."""
    cells = []
    for form in FORMS:
        found = approximations.worst(form, number_format)
        flat = text["never"] if found.flat is None else words.format(text["flat"], x=words.number(found.flat, "2"))
        largest = [(found.value, found.at), (found.slope, found.slope_at)]
        cells.append([text[f"name-{form}"], *(_located(text, number_format, *each) for each in largest), flat])
    head = [text["head-form"], text["worst-f"], text["worst-df"], text["worst-flat"]]
    intro = words.format(text["worst"], format=text[f"format-{number_format}"])
    return f"{intro}\n\n{table(head, *cells)}\n\n{text[f'worst-note-{number_format}']}"


def _located(text: words.Words, number_format: str, error: float, at: float) -> str:
    if not error:
        return text["none"]
    # Without rounding the error is the same on both sides of 0.
    x = f"±{words.number(at, '2')}" if number_format == "exact" else words.number(at, "2")
    return words.format(text["located"], size=power(error), x=x)


def measured(text: words.Words) -> dict[str, str]:
    """What the libraries gave when they were run: the day, how far, and each form's largest error in each of them."""
    cells = []
    for form, slug in _SLUGS.items():
        found = (libraries.agreement(slug, library).value for library in _LIBRARIES)
        cells.append([text[f"name-{form}"], *(", ".join(map(power, errors)) for errors in found)])
    about = libraries.about()
    agreement = table([text["head-form"], *map(libraries.versions, _LIBRARIES)], *cells)
    return {"date": about["date"], "reach": str(about["reach"]), "agreement": agreement}


SCENES = tuple(Forms(number_format) for number_format in FORMATS)
