"""Sliders from Params, presets, a picker of functions, and links that keep the reader's language and mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from activations import CATALOGUE, Activation, Param
from pages.parts import figures, live, words

MOST_FUNCTIONS = 4


def slider(param: Param, label: str, alone: bool = False) -> float:
    """A slider for ``param``, its key and its place in the URL being the parameter's name.

    A slider that is ``alone`` on its page needs no rerun at all once the browser draws.
    """
    whole = isinstance(param.low, int)
    return float(
        st.slider(
            label,
            param.low,
            param.high,
            param.default,
            param.step,
            format="%d" if whole else "%.2f" if param.step < 0.1 else "%.1f",
            key=param.name,
            bind="query-params",
            on_change="ignore" if alone and live.alive() else "rerun",
        )
    )


def stand(params: Sequence[Param]) -> dict[str, Any]:
    """Where the sliders of ``params`` stand now; whole numbers as int."""
    return {p.name: type(p.low)(st.session_state.get(p.name, p.default)) for p in params}


def presets(prefix: str, settings: Mapping[str, Mapping[str, Any]]) -> None:
    """A row of buttons, each setting some sliders at once; the wording is ``<prefix>.<name>`` among the labels."""
    with st.container(horizontal=True, gap="small"):
        for name, values in settings.items():
            st.button(words.ui(f"{prefix}.{name}"), key=f"{prefix}-{name}", on_click=_set, args=(dict(values),))


def _set(values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        st.session_state[key] = value


def functions(label: str, default: list[str]) -> list[Activation]:
    """Up to four functions of the catalogue, by slug, shared through the URL as ``f``; never none."""
    slugs = st.pills(
        label, list(CATALOGUE), selection_mode="multi", default=default, key="f", bind="query-params", on_change=_few
    )
    return [CATALOGUE[slug] for slug in (slugs or default)[:MOST_FUNCTIONS]]


def _few() -> None:
    # The latest choice counts: it takes the place of the earliest.
    st.session_state["f"] = st.session_state["f"][-MOST_FUNCTIONS:]


def colour(act: Activation) -> str:
    """The colour of a function on every page: its place in the catalogue is its place in the palette."""
    return figures.PALETTE[list(CATALOGUE).index(act.slug) % len(figures.PALETTE)]


def presenting() -> bool:
    """Whether the page is shown by a projector (``?present=1``)."""
    return st.query_params.get("present") == "1"


def remember_rooms(rooms: Mapping[str, Any]) -> None:
    """Keep the pages that links may lead to, by URL path."""
    st.session_state["rooms"] = dict(rooms)


def link(path: str, label: str, icon: str | None = None, **params: Any) -> None:
    """A link to the page at ``path``; without such a page (a page under test) just its label."""
    room = st.session_state.get("rooms", {}).get(path)
    if room is None:
        st.markdown(label)
        return
    kept: dict[str, Any] = {"lang": words.language(), **({"present": "1"} if presenting() else {}), **params}
    st.page_link(room, label=label, icon=icon, query_params=kept)


def settle_link() -> None:
    """Put the language into the address, so that whoever is handed it reads the same words."""
    if st.query_params.get("lang") != words.language():
        st.query_params["lang"] = words.language()


def map_of_rooms(map_: Mapping[str, Mapping[str, Any]]) -> None:
    """The rooms under their headings."""
    for heading, rooms in map_.items():
        st.markdown(f"**{words.ui(f'map.{heading}')}**")
        with st.container(gap="xxsmall"):
            for path, room in rooms.items():
                link(path, room.title)


def language_switch() -> None:
    """The reader's language; the sliders stay where they are."""
    st.segmented_control(
        words.ui("language"), list(words.LANGUAGES), default=words.language(), format_func=words.LANGUAGES.__getitem__,
        required=True, key="language_choice", on_change=_speak,
    )  # fmt: skip


def _speak() -> None:
    st.session_state["language"] = st.session_state["language_choice"]
    st.query_params["lang"] = st.session_state["language_choice"]


def present_switch() -> None:
    """The same page, as it stands, with or without the projector's look."""
    label = words.ui("leave_present" if presenting() else "present")
    st.button(label, key="present_switch", icon=":material/slideshow:", on_click=_present)


def _present() -> None:
    if presenting():
        del st.query_params["present"]
    else:
        st.query_params["present"] = "1"


def enlarge() -> None:
    """Type that the last row can read; everything on the page is sized in rem."""
    st.html("<style>html { font-size: 21px !important; }</style>")
