"""The page of a reader's own network, from top to bottom: the network, its layers, and the lines that record one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext
from functools import lru_cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

from activations.experiments import recorded
from activations.experiments.recorded import LAYER, LONGEST, MOST_BINS, MOST_LAYERS, RecordError
from pages.shared import controls, explanation, layout, live, words
from pages.shared.prediction import Prediction, curtain
from pages.tools.inspect_network import findings
from pages.tools.inspect_network.scene import FILE, Inspection, Own

ANSWER_STATE: Mapping[str, float | str] = MappingProxyType({"net": "dead", LAYER.name: 4})
OWN, LIBRARIES = "own", ("pytorch", "keras", "jax")
CHOICES = {
    "net": controls.offer((*recorded.NETWORKS, OWN), recorded.NETWORKS[0]),
    "code": controls.offer(LIBRARIES),
}
CODE = Path(__file__).parents[3] / "assets" / "code" / "inspect"
_PASTED, _FIELD = "inspect.pasted", "inspect.field"
_LINKS: Mapping[str, Mapping[str, Any]] = MappingProxyType({"dying": {}, "normalise": {}})


def render() -> None:
    """Draw the page."""
    text = words.page(FILE)
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, above = layout.control_containers()
            with above:
                scene = _chosen(text)
            if scene:
                with drag:
                    live.section(lambda: _controls(scene))
                st.markdown(_seen(scene, text))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            if scene:
                scene.draw()
            else:
                _code(text)
    with curtain("text"):
        if scene:
            _code(text)
        explanation.close(text, _LINKS)


def _chosen(text: words.Words) -> Inspection | None:
    """The network that is looked into; None if what was pasted is none, which is said."""
    labels = {net: text[f"net-{net}"] for net in (*recorded.NETWORKS, OWN)}
    net = controls.choice("net", labels, recorded.NETWORKS[0], text["net"])
    scene = _pasted(text) if net == OWN else Inspection(net)
    if scene and scene.params:
        # A slider of another network may have gone further.
        (param,) = scene.params
        st.session_state[LAYER.name] = int(min(controls.value(param), param.grid[-1]))
    return scene


def _pasted(text: words.Words) -> Own | None:
    """The network in the field, whose text this visit keeps."""
    st.session_state[_FIELD] = pasted = str(st.session_state.get(_PASTED, ""))

    def keep() -> None:
        # So much that it is seen to be too long.
        st.session_state[_PASTED] = st.session_state[_FIELD][: LONGEST + 1]

    st.text_area(text["paste"], key=_FIELD, on_change=keep, height=96)
    try:
        network = recorded.parse(pasted)
    except RecordError as wrong:
        if wrong.kind == "empty":
            st.markdown(text["private"])
        else:
            st.html(f"<div class='nl-mistake' role='alert'><p>{escape(_mistake(wrong, text))}</p></div>")
        return None
    if network.skipped:
        st.markdown(_small(words.format(text["skipped"], count=str(network.skipped))))
    return Own(OWN, network)


def _mistake(wrong: RecordError, text: words.Words) -> str:
    """One sentence about what is wrong, with the number of its line."""
    sentence = words.format(
        text[f"mistake-{wrong.kind}"], key=wrong.key, word=wrong.word, longest=f"{LONGEST // 1000}",
        layers=str(MOST_LAYERS), bins=str(MOST_BINS),
    )  # fmt: skip
    return words.format(text["mistake-line"], line=str(wrong.line), mistake=sentence) if wrong.line else sentence


def _controls(scene: Inspection) -> None:
    with st.container(key="topic-drag"), curtain("sliders") if scene.params else nullcontext():
        for param in scene.params:
            controls.draw(param, scene.label(param))
    with st.container(key="topic-read"):
        st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


def _seen(scene: Inspection, text: words.Words) -> str:
    """What is seen in the whole network, with links to what explains it."""
    return "\n".join([f"**{text['found']}**", "", *(f"- {line}" for line in findings.sentences(scene.network, text))])


def _code(text: words.Words) -> None:
    """The lines to copy, in the reader's library."""
    st.markdown(text["record"])
    library = controls.library(LIBRARIES, LIBRARIES[0]) or LIBRARIES[0]
    st.code(lines(library), language="python")
    st.markdown(_small(words.format(text["ran"], **ran()[library])))


def _small(text: str) -> str:
    """A text in small letters, as Markdown."""
    return f":small[{text}]"


@lru_cache
def lines(library: str) -> str:
    """What is copied: the function that prints a line about a layer, and what calls it in this library."""
    return "\n\n\n".join((CODE / f"{part}.py").read_text(encoding="utf-8").strip() for part in ("summary", library))


@lru_cache
def ran() -> Mapping[str, Mapping[str, str]]:
    """By library its name and the version that ``make frameworks`` last ran these lines with."""
    versions = json.loads((CODE / "ran.json").read_text(encoding="utf-8"))["versions"]
    names = {"pytorch": "PyTorch", "keras": "Keras", "jax": "JAX"}
    return {library: {"library": name, "version": versions[library]} for library, name in names.items()}
