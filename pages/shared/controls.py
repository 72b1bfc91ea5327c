"""The controls of a page: sliders of Params, presets, choices, a picker of functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, Protocol

import numpy as np
import streamlit as st

from activations import CATALOGUE, Activation, Param, find
from activations.experiments import chain
from activations.formulas.record import MARK, named
from activations.spec import Array
from pages.shared import live, state, words

MOST_FUNCTIONS = 4
_LIBRARY = "code"
_NAMED = "formula in the address"


class Slider(Protocol):
    """What has positions to choose from: a ``Param`` or ``Options``."""

    @property
    def name(self) -> str: ...

    @property
    def low(self) -> float: ...

    @property
    def step(self) -> float: ...

    @property
    def grid(self) -> Array: ...


@dataclass(frozen=True)
class Options:
    """A slider over listed ``options``; its positions, and its values in a state, are their indices 0, 1, 2 …"""

    name: str
    options: tuple[Any, ...]
    default: Any
    low = 0.0
    step = 1.0

    @cached_property
    def grid(self) -> Array:
        """Every index."""
        return np.arange(len(self.options), dtype=np.float64)


@dataclass(frozen=True)
class Choice:
    """What a name in the address chooses among ``options``, and which of them are shown at first.

    Without ``options`` any text can be written.
    """

    options: tuple[str, ...]
    defaults: tuple[str, ...]


def offer(options: Iterable[Any], *defaults: Any) -> Choice:
    """The choice among these ``options``, of which the ``defaults`` are shown at first."""
    return Choice(tuple(map(str, options)), tuple(map(str, defaults)))


SWITCH = offer(("true", "false"), "false")
"""A toggle."""


def value(param: Slider) -> float:
    """The value of a slider in this visit, drawn in this run or not; of ``Options`` the index."""
    if isinstance(param, Options):
        # Before it is first drawn the session has no value, and Streamlit will take the one in the address.
        asked = {str(option): option for option in param.options}.get(st.query_params.get(param.name, ""))
        chosen = st.session_state.get(param.name, asked)
        return float(param.options.index(chosen if chosen in param.options else param.default))
    # Streamlit forgets the value of a slider that the last run of a fragment did not draw.
    if param.name not in st.session_state and isinstance(param, Param):
        st.session_state[param.name] = param.settle(state.remembered(param.name))
    return float(st.session_state[param.name])


def first(param: Slider) -> float | None:
    """The index of the default of ``Options``; the register has the default of a ``Param``."""
    return float(param.options.index(param.default)) if isinstance(param, Options) else None


def select(param: Options, label: str, shown: Callable[[Any], Any] = str) -> Any:
    """A slider over options, kept in the address; the option that is chosen."""
    return st.select_slider(label, param.options, param.default, shown, key=param.name, bind="query-params")


def draw(param: Slider, label: str, alone: bool = False) -> None:
    """Draw a slider, of whichever kind it is; ``alone`` as for ``slider``."""
    if isinstance(param, Options):
        select(param, label)
    elif isinstance(param, Param):
        slider(param, label, alone)


def slider(param: Param, label: str, alone: bool = False) -> float:
    """A slider for ``param``, its key and its place in the URL being the parameter's name.

    A slider that is ``alone`` on its page needs no rerun at all once the browser draws. One whose value in the address
    is withheld is bound to the address only after it has been moved: bound, it would take that value at once.
    """
    is_withheld = state.is_withheld(param.name)
    number = int if param.whole else float
    low, high, default, step = map(number, (param.low, param.high, param.default, param.step))
    value = float(
        st.slider(
            label, low, high, default, step,
            format="%d" if param.whole else "%.2f" if param.step < 0.1 else "%.1f",
            key=param.name, bind=None if is_withheld else "query-params",
            on_change=(
                partial(state.release, param.name) if is_withheld else
                "ignore" if alone and live.alive() else "rerun"
            ),
        )
    )  # fmt: skip
    state.remember(param.name, value)
    return value


def presets(prefix: str, settings: Mapping[str, Mapping[str, Any]], highlight: bool = False) -> None:
    """A row of choices, each setting some sliders and perhaps the functions ``f``; worded as ``<prefix>.<name>``.

    ``highlight`` marks the preset whose values the sliders have, where a release of a slider draws the row again.
    """
    if not settings:
        return
    key = f"{prefix}.preset"

    def choose() -> None:
        chosen = state.movable(settings.get(st.session_state[key], {}))
        if "f" in chosen:
            st.query_params["f"] = chosen.pop("f")
        st.session_state.update(chosen)
        st.session_state[key] = None

    # The style sheet highlights it. Were it chosen in the widget, a browser that had lost its connection would send it
    # again beside sliders that were moved meanwhile, as if it had been pressed.
    met = next((k for k, setting in enumerate(settings.values(), 1) if highlight and _met(setting)), 0)
    labels = {name: words.ui(f"{prefix}.{name}") for name in settings}
    with st.container(key=f"{key}-highlight-{met}"):
        st.pills(
            words.ui("presets"), list(settings), format_func=labels.__getitem__, key=key, on_change=choose,
            label_visibility="collapsed", wrap=True,
        )  # fmt: skip


def _met(setting: Mapping[str, float]) -> bool:
    """Whether the sliders have the values of a preset."""
    return all(abs(float(st.session_state.get(name, math.nan)) - value) < 1e-9 for name, value in setting.items())


def choice(name: str, options: Mapping[str, str], default: str, label: str = "", visible: bool = True) -> str:
    """One of ``options`` (their words by id), kept in the address as ``name``; always one of them.

    A ``label`` that is not ``visible`` is read aloud only.
    """
    asked = str(st.query_params.get(name, state.remembered(name)))
    key = f"choice.{name}"
    # The address, not the widget, is what counts: Streamlit would keep the displayed words there.
    st.session_state[key] = shown = asked if asked in options else default

    def choose() -> None:
        st.query_params[name] = st.session_state[key]

    st.pills(
        label or name, list(options), format_func=options.__getitem__, key=key, required=True, on_change=choose,
        label_visibility="visible" if label and visible else "collapsed", wrap=True,
    )  # fmt: skip
    if st.query_params.get(name, default) != shown:
        st.query_params[name] = shown
    state.remember(name, shown)
    return shown


def library(offered: Sequence[str], default: str | None = None) -> str | None:
    """The library whose lines are shown, kept in the address as ``code`` for all pages once one is chosen.

    Until then it is ``default``, on this page only.
    """
    asked = str(st.query_params.get(_LIBRARY, state.remembered(_LIBRARY)))
    key = f"choice.{_LIBRARY}"
    chosen = asked if asked in offered else None
    st.session_state[key] = chosen or default

    def keep() -> None:
        state.remember(_LIBRARY, st.session_state[key])
        st.query_params.pop(_LIBRARY, None)

    names = {library: words.ui(f"code.{library}") for library in offered}
    st.pills(
        words.ui("code.ask"), list(names), format_func=names.__getitem__, key=key, on_change=keep,
        label_visibility="collapsed", wrap=True,
    )  # fmt: skip
    if chosen:
        state.remember(_LIBRARY, chosen)
        if st.query_params.get(_LIBRARY) != chosen:
            st.query_params[_LIBRARY] = chosen
    return chosen or default


def function(
    label: str,
    default: str,
    offered: Sequence[str] = tuple(CATALOGUE),
    fits: Callable[[Activation], bool] | None = None,
) -> Activation:
    """One function, chosen by name and kept in the address by slug as ``f``: of the catalogue, or a formula.

    Formulas that the address or this visit names are offered if the page ``fits`` them; of any other it is said that
    it is not. Without ``fits`` there are no formulas.
    """
    asked = _canonical(str(st.query_params.get("f", state.remembered("f"))))
    if named(asked):  # The address forgets one that is not offered.
        state.remember(_NAMED, asked)
    known = list(dict.fromkeys([str(state.remembered(_NAMED)), *state.formulas()])) if fits else []
    offered = [*offered, *_formulas(known, fits or (lambda formula: False))]
    st.session_state["function"] = shown = asked if asked in offered else default

    def choose() -> None:
        st.query_params["f"] = st.session_state["function"]
        if not named(st.session_state["function"]):
            state.remember(_NAMED, None)

    names = {slug: words.title(slug) for slug in offered}
    st.selectbox(label, offered, key="function", on_change=choose, format_func=names.__getitem__)
    _explain_unfit(known, offered)
    if st.query_params.get("f", default) != shown:
        st.query_params["f"] = shown
    state.remember("f", shown)
    return find(shown) or CATALOGUE[default]


def play(key: str) -> dict[str, str]:
    """For ``Chart.follow``: the slider of time that a button moves, and what the button says."""
    return {"key": key, "play": words.ui("play"), "pause": words.ui("pause")}


@lru_cache
def stackable() -> tuple[str, ...]:
    """The functions of which a stack can be computed, by slug."""
    return tuple(slug for slug, activation in CATALOGUE.items() if chain.stackable(activation))


def functions(
    label: str,
    default: list[str],
    most: int = MOST_FUNCTIONS,
    offered: Sequence[str] = (),
    key: str = "functions",
    fits: Callable[[Activation], bool] = chain.computable,
) -> list[Activation]:
    """Up to ``most`` functions, chosen by name and kept in the address by slug as ``f``; never none.

    ``offered`` are their slugs: where none are given, those of the functions that can be stacked. Formulas that the
    address or this visit names are offered as well if the page ``fits`` them. ``key`` names the picker.
    """
    # Streamlit would keep the displayed names, which differ between the languages: the address is kept here instead.
    addressed = f"{key}.addressed"
    written = [slug for slug in st.query_params.get_all("f") if slug.startswith(MARK)]
    slugs = [*(offered or stackable()), *_formulas([*written, *state.formulas()], fits)]
    asked = dict.fromkeys(slug for slug in map(_canonical, st.query_params.get_all("f")) if slug in slugs)
    shown = list(asked)[:most] or default
    # In another language the browser still holds the names of the last one, which are no function's.
    expected = [words.language(), *shown]
    if st.session_state.get(addressed) != expected or not st.session_state.get(key):
        st.session_state[addressed], st.session_state[key] = expected, shown

    def choose() -> None:
        st.query_params["f"] = st.session_state[key] or default

    st.multiselect(label, slugs, key=key, on_change=choose, max_selections=most, format_func=words.title)
    _explain_unfit(map(_canonical, written), slugs)
    return [found for found in map(find, st.session_state[key]) if found]


def _explain_unfit(asked: Iterable[str], offered: Sequence[str]) -> None:
    """Say of each formula that is asked for but not offered that it is not."""
    for slug in dict.fromkeys(asked):
        if named(slug) and slug not in offered:
            st.markdown(words.ui("unfit", name=words.title(slug)))


def _formulas(slugs: Sequence[str], fits: Callable[[Activation], bool]) -> list[str]:
    """The slugs of the formulas among these that fit, each once and in one spelling."""
    found = [formula for formula in map(named, slugs) if formula and fits(formula)]
    return list(dict.fromkeys(formula.slug for formula in found))


def _canonical(slug: str) -> str:
    """A slug, that of a formula in its one spelling."""
    formula = named(slug)
    return formula.slug if formula else slug
