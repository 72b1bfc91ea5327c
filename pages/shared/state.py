"""The values that a visit saves: the sliders of each page keep theirs, and all functions share the probe's."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from activations import Param
from pages.shared import words
from pages.shared.lesson import LONGEST

_ENTERED, _SAVED, _WITHHELD, _RELEASED = "entered", "saved_values", "withheld", "released"
_DEFAULTS, _ROUNDED, _FORMULAS, _FIRST = "defaults", "rounded", "formulas", "first_page"
SHARED_KEYS = ("x0", "code")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,30}")


def enter(path: str, params: Iterable[Param], answer_sliders: Collection[str] = ()) -> None:
    """On arrival, set each slider to its value in the address, else to its saved value, else to its default.

    Pages use the same short names (``alpha``) for parameters of different functions. Without this, one page would open
    at another page's value, or fail because its slider does not reach that far. Where the reader is asked first, each
    of ``answer_sliders`` is set to its default, and its value in the address is withheld until the answer.
    """
    params = tuple(params)
    st.session_state.setdefault(_FIRST, path)
    if st.session_state.get(_ENTERED) == (path, asks_first()):
        # Streamlit forgets the value of a slider that the last run did not draw.
        for param in params:
            if param.name not in st.session_state:
                st.session_state[param.name] = param.settle(remembered(param.name))
        return
    st.session_state[_ENTERED] = (path, asks_first())
    withheld: dict[str, float] = {}
    st.session_state[_WITHHELD], st.session_state[_RELEASED] = withheld, set()
    st.session_state[_DEFAULTS] = {param.name: param.default for param in params}
    st.session_state[_ROUNDED] = rounded = {}
    for param in params:
        # If the address has a parameter twice, the first counts, as it does for a reader of the address.
        asked = next(iter(st.query_params.get_all(param.name)), None)
        if asks_first() and param.name in answer_sliders:
            if asked is not None:
                withheld[param.name] = param.settle(asked)
            st.session_state[param.name] = param.settle(param.default)
            continue
        settled = param.settle(remembered(param.name) if asked is None else asked)
        st.session_state[param.name] = settled
        if asked is not None and (number := _number(asked)) not in (None, settled):
            rounded[param.name] = (number, settled)


def defaults() -> dict[str, float]:
    """The default of each slider of this page, by name."""
    return dict(st.session_state.get(_DEFAULTS, {}))


def rounded() -> dict[str, tuple[float, float]]:
    """By slider, a number in the address that is none of its positions, and the position that was taken instead."""
    return dict(st.session_state.get(_ROUNDED, {}))


def remember(name: str, value: object) -> None:
    """Save the value of a slider or of a choice of this page."""
    _saved_values()[_owner(name)] = value


def remembered(name: str) -> object:
    """The saved value of a slider or of a choice of this page, None if it has none in this visit."""
    return _saved_values().get(_owner(name))


def write_formula(slug: str) -> None:
    """Save the slug of the formula that this visit wrote last; pages offer it among the functions."""
    st.session_state[_FORMULAS] = [slug]


def formulas() -> list[str]:
    """The slugs of the formulas that this visit has written."""
    return list(st.session_state.get(_FORMULAS, []))


def page_path() -> str:
    """The path of the page that is open."""
    return str(st.session_state.get(_ENTERED, ("",))[0])


def first_page() -> str:
    """The path of the page at which this visit began."""
    return str(st.session_state.get(_FIRST, ""))


def address(path: str, /, **asked: Any) -> str:
    """The link to a page, relative to any other page, in the reader's language and mode."""
    return f"{path or './'}?{query(**asked)}"


def query(**asked: Any) -> str:
    """The query of such a link; the same for every page."""
    values = {
        "lang": words.language(),
        "present": 1 if presenting() else None,
        "predict": 0 if questions_off() else 1 if asks_first() else None,
        "key": 1 if shows_key() else None,
        "frame": 1 if framed() else None,
        "hide": kept_from_reader("hide") or None,
        "lock": kept_from_reader("lock") or None,
        **asked,
    }
    return urlencode({k: v for k, v in values.items() if v is not None}, doseq=True)


def entry(names: Collection[str]) -> str:
    """The one of these entries of a page that the address asks for (``?q=<name>``), "" if it asks for none of them."""
    asked = st.query_params.get("q", "")
    return asked if asked in names else ""


def presenting() -> bool:
    """Whether the page is shown as a slide (``?present=1``)."""
    return st.query_params.get("present") == "1"


def questions_off() -> bool:
    """Whether no question is asked (``?predict=0``)."""
    return st.query_params.get("predict") == "0"


def asks_first() -> bool:
    """Whether the reader is asked before the answer is shown (``?predict=1``)."""
    return st.query_params.get("predict") == "1"


def shows_key() -> bool:
    """Whether the question is shown with its answer and the reason for each choice (``?key=1``)."""
    return st.query_params.get("key") == "1"


def framed() -> bool:
    """Whether the page stands in a frame of another site (``?frame=1`` or ``?embed=true``)."""
    return st.query_params.get("frame") == "1" or bool(st.context.is_embedded)


def kept_from_reader(how: str) -> list[str]:
    """The names of the controls that the address hides or locks (``?hide=w&lock=depth``); ``how`` is which of both."""
    return [name for name in dict.fromkeys(st.query_params.get_all(how)) if _NAME.fullmatch(name)]


def movable(settings: Mapping[str, Any]) -> dict[str, Any]:
    """As many of these settings as the address neither hides nor locks."""
    held = {*kept_from_reader("hide"), *kept_from_reader("lock")}
    return {name: value for name, value in settings.items() if name not in held}


def lesson() -> str:
    """The code of the lesson that is given (``?lesson=sigmoids``), "" if none is."""
    return str(st.query_params.get("lesson", ""))[:LONGEST]


def lesson_place() -> int:
    """The number of the lesson's step that is open (``?place=2``), from 1."""
    return max(1, int(_number(str(st.query_params.get("place", ""))) or 1))


def withheld() -> Mapping[str, float]:
    """The values in the address of the sliders that show the answer, on a page that asks first."""
    return st.session_state.get(_WITHHELD, {})  # type: ignore[no-any-return]


def is_withheld(name: str) -> bool:
    """Whether a slider is still at its default because its value in the address is withheld until the answer."""
    return name in withheld() and name not in st.session_state[_RELEASED]


def release(name: str) -> None:
    """Withhold the value of a slider no longer, because it has been moved."""
    st.session_state[_RELEASED].add(name)


def _saved_values() -> dict[tuple[str, str], object]:
    return st.session_state.setdefault(_SAVED, {})  # type: ignore[no-any-return]


def _owner(name: str) -> tuple[str, str]:
    return ("" if name in SHARED_KEYS else page_path(), name)


def _number(text: str) -> float | None:
    """The finite number that a text spells."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
