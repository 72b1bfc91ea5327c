"""What a visit remembers: a page's sliders keep their values while the visit lasts, and the probe travels along."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from activations import Param
from pages.shared import words

_ENTERED, _STOOD, _AWAITED, _PLACED = "entered", "stood", "awaited", "placed"
_DEFAULTS, _ASKED = "defaults", "asked"
TRAVELS = ("x0", "code")


def enter(path: str, params: Iterable[Param], decisive: Collection[str] = ()) -> None:
    """On arrival, put each slider where the address says, else where it was left in this visit, else at its default.

    Pages use the same short names (``alpha``) for parameters of different functions; without this one page would open
    at another's value, or fail because its slider does not reach that far. Where the reader is asked first, a slider
    that is ``decisive`` stands at its default: what the address says of it waits for the answer.
    """
    params = tuple(params)
    if st.session_state.get(_ENTERED) == (path, asks_first()):
        # Streamlit forgets where a slider stood that the last run did not draw.
        for param in params:
            if param.name not in st.session_state:
                st.session_state[param.name] = param.settle(remembered(param.name))
        return
    st.session_state[_ENTERED] = (path, asks_first())
    awaited: dict[str, float] = {}
    st.session_state[_AWAITED], st.session_state[_PLACED] = awaited, set()
    st.session_state[_DEFAULTS] = {param.name: param.default for param in params}
    st.session_state[_ASKED] = rounded = {}
    for param in params:
        # Of a parameter that is there twice the first counts, as it does for whoever reads the address.
        asked = next(iter(st.query_params.get_all(param.name)), None)
        if asks_first() and param.name in decisive:
            if asked is not None:
                awaited[param.name] = param.settle(asked)
            st.session_state[param.name] = param.settle(param.default)
            continue
        settled = param.settle(remembered(param.name) if asked is None else asked)
        st.session_state[param.name] = settled
        if asked is not None and (number := _number(asked)) not in (None, settled):
            rounded[param.name] = (number, settled)


def defaults() -> dict[str, float]:
    """Where the sliders of this page stand by default, by name."""
    return dict(st.session_state.get(_DEFAULTS, {}))


def asked() -> dict[str, tuple[float, float]]:
    """By slider, the number in the address that is none of its positions, and where it was put for it."""
    return dict(st.session_state.get(_ASKED, {}))


def remember(name: str, value: object) -> None:
    """Note where a slider or a choice of this page stands."""
    _stood()[_owner(name)] = value


def remembered(name: str) -> object:
    """Where a slider or a choice of this page stood last in this visit, None if it was not moved."""
    return _stood().get(_owner(name))


def here() -> str:
    """The path of the page."""
    return str(st.session_state.get(_ENTERED, ("",))[0])


def address(path: str, **asked: Any) -> str:
    """The link to a page, relative to any other, in the reader's language and mode."""
    return f"{path or './'}?{query(**asked)}"


def query(**asked: Any) -> str:
    """What such a link says after its question mark; the same for every page."""
    kept = {
        "lang": words.language(),
        "present": 1 if presenting() else None,
        "predict": 0 if questions_off() else 1 if asks_first() else None,
        **asked,
    }
    return urlencode({k: v for k, v in kept.items() if v is not None}, doseq=True)


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


def awaited() -> Mapping[str, float]:
    """The decisive sliders that the address of a page that asks first sets, with their values there."""
    return st.session_state.get(_AWAITED, {})  # type: ignore[no-any-return]


def awaits(name: str) -> bool:
    """Whether a slider still stands at its default because the value in the address waits for the answer."""
    return name in awaited() and name not in st.session_state[_PLACED]


def place(name: str) -> None:
    """Note that a slider has been moved: the value in the address waits no longer."""
    st.session_state[_PLACED].add(name)


def _stood() -> dict[tuple[str, str], object]:
    return st.session_state.setdefault(_STOOD, {})  # type: ignore[no-any-return]


def _owner(name: str) -> tuple[str, str]:
    return ("" if name in TRAVELS else here(), name)


def _number(text: str) -> float | None:
    """The finite number that a text spells."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
