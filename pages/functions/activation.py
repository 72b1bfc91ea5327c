"""The page every activation has: bend it, read it, know it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import curve
from activations.experiments.portrait import portrait
from pages.parts import controls, figures, live, tables, words

READINGS = (("value", "4"), ("slope", "4"))
BEND = "second"  # the switch that adds f''


def render(act: Activation) -> None:
    """Draw the page of ``act``."""
    text = words.page(f"functions/{act.slug}")
    _heading(act, text)
    picture_side, control_side = st.columns([0.64, 0.36], gap="medium")
    st.toggle(words.ui("show_bend"), key=BEND, bind="query-params")
    st.markdown(words.ui("legend"))
    story_side, fact_side = st.columns(2, gap="large")
    with fact_side:
        facts = st.empty()
    with story_side:
        story = st.empty()
        with st.expander(words.ui("answer")):
            answer = st.empty()
    with control_side:
        live.section(_controls)(act, text, (facts, story, answer))
    with picture_side:
        _chart(act, text)
    _sources(text, act)


def _heading(act: Activation, text: words.Page) -> None:
    slugs = list(CATALOGUE)
    place = slugs.index(act.slug)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.title(text["title"], anchor=False, width="content")
        with st.container(horizontal=True, width="content", gap="medium"):
            for step, arrow in ((-1, "‹ {}"), (1, "{} ›")):
                if 0 <= place + step < len(slugs):
                    other = slugs[place + step]
                    controls.link(other, arrow.format(words.page(f"functions/{other}")["title"]))
    st.markdown(text["claim"])


def _settings(act: Activation) -> dict[str, float]:
    return {p.name: float(st.session_state.get(p.name, p.default)) for p in act.params}


def _controls(act: Activation, text: words.Page, places: tuple[Any, Any, Any]) -> None:
    for param in act.params:
        controls.slider(param, words.ui(f"param.{act.slug}"))
        controls.presets(f"preset.{act.slug}", {name: {param.name: v} for name, v in param.presets.items()})
    x0 = controls.slider(curve.PROBE, words.ui("probe"), alone=not act.params)
    settings = _settings(act)
    picture = curve.still(act, x0, **settings)
    readings = [*READINGS, *((p.name, "2") for p in act.params)]
    shown = [words.number(float(picture[f"reading.{name}"][0]), form) for name, form in readings]
    with st.container(key="curve-reading", gap="small"):
        st.markdown(words.ui("reading", value=shown[0], slope=shown[1]))
        for param, value in zip(act.params, shown[2:], strict=True):
            st.markdown(words.ui("with_param", symbol=f"${param.symbol}$", value=value))
    for formula in (act.latex.value, act.latex.slope):
        st.markdown(tables.formula(formula))
    sweeps = {p.name: _visible(curve.along_param(act, p.name, x0)) for p in act.params}
    sweeps[curve.PROBE.name] = _visible(curve.along_probe(act, **settings))
    live.follow("curve", picture, sweeps, readings, _takeaway(act, text, ["{0}", "{1}"]))
    _tell(act, text, places)


def _tell(act: Activation, text: words.Page, places: tuple[Any, Any, Any]) -> None:
    settings = _settings(act)
    measured = portrait(act, **settings)
    facts, story, answer = places
    facts.markdown(tables.traits(act, measured, settings))
    quoted = tables.values(measured)
    parts = [f"**{words.ui(part)}**  \n{words.fill(text[part], **quoted)}" for part in ("notice", "try")]
    story.markdown("\n\n".join(parts))
    answer.markdown(words.fill(text["answer"], **quoted))


def _visible(sweep: dict[str, Any]) -> dict[str, Any]:
    shown = st.session_state.get(BEND)
    return sweep if shown else {name: track for name, track in sweep.items() if "bend" not in name}


def _takeaway(act: Activation, text: words.Page, readings: list[str]) -> str:
    measured = portrait(act, **_settings(act))
    quoted = {"range": tables.span(measured), "steep": words.number(measured.max_slope, "4")}
    return words.ui("alt.curve", name=text["title"], value=readings[0], slope=readings[1], **quoted)


def _chart(act: Activation, text: words.Page) -> None:
    settings, x0 = _settings(act), float(st.session_state[curve.PROBE.name])
    picture = curve.still(act, x0, **settings)
    kinds = ("value", "slope", "bend")[: 3 if st.session_state.get(BEND) else 2]
    figure = figures.curve(
        picture,
        [curve.axis(act, order) for order in range(len(kinds))],
        [words.ui(f"panel.{kind}") for kind in kinds],
        controls.colour(act),
        large=controls.presenting(),
    )
    readings = [words.number(float(picture[f"reading.{name}"][0]), form) for name, form in READINGS]
    st.plotly_chart(figure, key="curve", config=figures.CONFIG, alt=_takeaway(act, text, readings))


def _sources(text: words.Page, act: Activation) -> None:
    quoted = tables.values(portrait(act, **_settings(act)))
    for left, right in (("strengths", "weaknesses"), ("used", "paper")):
        for side, part in zip(st.columns(2, gap="large"), (left, right), strict=True):
            with side:
                st.header(words.ui(part), anchor=False)
                st.markdown(words.fill(text[part], **quoted))
    st.header(words.ui("defaults"), anchor=False)
    st.markdown(text["defaults"])
    others = ["sigmoid", act.slug] if act.slug != "sigmoid" else ["sigmoid", "relu"]
    controls.link("vanishing", words.ui("to_vanishing", name=text["title"]), f=others)
