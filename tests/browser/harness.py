"""Pages recorded without a browser, and what has to be drawn and printed of them at some positions of each slider."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.oracle.blob import Moved
from tests.oracle.visitor import Visit

UNKNOWN = "…"  # stands for what two sliders move at once
State = dict[str, Any]  # arrays by "trace.x", texts by name


def record(path: str, query: dict[str, Any], elsewhere: dict[str, str]) -> dict[str, Any]:
    """What the harness needs of the page at that address, and of where its sliders are released ``elsewhere``."""
    visit, released = Visit().go(path, query), Visit().go(path, {**query, **elsewhere})
    head = visit.blob.head
    figure = _figure(visit)
    named = {trace["name"]: trace for trace in figure["data"]}
    # Of a slider that moves nothing there is nothing to compare.
    sliders = {key: moved for key, moved in visit.blob.sliders.items() if moved.rows or moved.texts}
    answered = next((name.split("_")[1] for name in named if name.startswith("guess_")), "")
    moves = [_move(*each, visit.blob.now, named, answered) for each in _moves(sliders)]
    scales = [
        {
            "key": key,
            "min": moved.low,
            "max": moved.low + moved.step * (moved.positions - 1),
            "step": moved.step,
            "value": moved.value,
        }
        for key, moved in sliders.items()
    ]
    shown = {"figure": figure, "chart": head["chart"], "alt": visit.alt, "answered": answered}
    shown |= {"texts": _texts(visit), "blob": _blob(visit), "sliders": scales, "moves": moves}
    # Of another picture Python sends the chart anew.
    if released.blob.head["page"] == head["page"] and released.blob.sliders.keys() == visit.blob.sliders.keys():
        values = {key: moved.value for key, moved in released.blob.sliders.items() if key in sliders}
        sent = {"figure": _figure(released), "alt": released.alt, "texts": _texts(released)}
        shown["released"] = sent | {"blob": _blob(released), "values": values}
    return shown


def _figure(visit: Visit) -> dict[str, Any]:
    """The figure that Python sends, with what it sends for the one that is there already."""
    figure, head = visit.spec, visit.blob.head
    figure["data"] = [trace | (head["traces"] or {}).get(trace["name"], {}) for trace in figure["data"]]
    for axis, changed in head["layout"].items():
        figure["layout"][axis] = figure["layout"].get(axis, {}) | changed
    figure["layout"] |= {"width": 720, "height": 460}
    return figure


def _texts(visit: Visit) -> list[str]:
    return [element.value for element in visit.at.markdown if "\u2063" in element.value]


def _blob(visit: Visit) -> str:
    (part,) = (part for part in visit.at.get("bidi_component") if part.proto.component_name == "live")
    return base64.b64encode(part.proto.bytes).decode()


def _moves(sliders: dict[str, Moved]) -> Iterator[tuple[str, dict[str, float], State, str]]:
    """Each slider held at five positions, at rest at the last; then two sliders away from where Python knows them."""
    for key, moved in sliders.items():
        own, last = round((moved.value - moved.low) / moved.step), moved.positions - 1
        # The first stroke of a hand is drawn by Plotly: it is not compared with itself.
        yield key, {key: moved.low + _away(moved) * moved.step}, {}, "no"
        for row in (last, 0, round(0.3 * last), round(0.6 * last), own):
            yield f"{key} at {row}", {key: moved.low + row * moved.step}, _at(moved, row), "held"
        yield f"{key} at rest", {}, _at(moved, own), "at rest"
    if len(sliders) > 1:
        (first, one), (second, other) = list(sliders.items())[:2]
        rows = [_away(moved) for moved in (one, other)]
        stands = {key: m.low + row * m.step for key, m, row in zip((first, second), (one, other), rows, strict=True)}
        yield f"{first} and {second}", stands, _both(one, other, *rows), "held"


def _away(moved: Moved) -> int:
    own = round((moved.value - moved.low) / moved.step)
    # A slider of two positions has only the other one.
    return next(row for row in (own + 2, own - 2, own + 1, own - 1) if 0 <= row < moved.positions)


def _at(moved: Moved, row: int) -> State:
    return {name: rows[row] for name, rows in moved.rows.items()} | {name: t[row] for name, t in moved.texts.items()}


def _both(one: Moved, other: Moved, row: int, place: int) -> State:
    """Where two sliders stand elsewhere: what both move is not known, and what one moves is as if it moved alone."""
    first, second = _at(one, row), _at(other, place)
    state = first | second
    for name in state:
        movers = [m for m in (one, other) if _varies(m, name)]
        if len(movers) == 1:
            state[name] = (first if movers[0] is one else second)[name]
        elif len(movers) == 2:
            state[name] = UNKNOWN if isinstance(state[name], str) else np.full_like(state[name], np.nan)
    return state


def _varies(moved: Moved, name: str) -> bool:
    if name in moved.texts:
        return len(set(moved.texts[name])) > 1
    rows = moved.rows.get(name)
    return rows is not None and not all(np.array_equal(row, rows[0], equal_nan=True) for row in rows)


def _move(
    name: str,
    stands: dict[str, float],
    state: State,
    compared: str,
    now: dict[str, str],
    named: dict[str, Any],
    answered: str,
) -> dict[str, Any]:
    patches: dict[str, Any] = {
        trace: {"visible": trace.split("_")[1] == answered} for trace in named if trace.startswith("guess_")
    }
    for part, value in state.items():
        trace, _, kind = part.partition(".")
        if kind in ("x", "y"):
            patches.setdefault(trace, {})[kind] = _sent(value)
        elif kind == "z":
            shape = _shape(named[trace]["z"])
            patches.setdefault(trace, {})["z"] = _sent(value) | {"shape": shape}
        elif kind == "text":
            patches.setdefault(trace, {})["text"] = [value]
        elif kind == "opacity":
            shades = named[trace]["marker"]["opacity"]
            patches.setdefault(trace, {})["marker"] = {
                "opacity": [float(v) for v in value[: len(shades)]] + [0.0] * (len(shades) - len(value))
            }
    quotes = [state.get(quoted, text) for quoted, text in now.items()]
    return {"name": name, "stands": stands, "patches": patches, "quotes": quotes, "compared": compared}


def _sent(values: Any) -> dict[str, str]:
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()}


def _shape(cells: Any) -> str:
    return str(cells["shape"]) if isinstance(cells, dict) else f"{len(cells)}, {len(cells[0])}"
