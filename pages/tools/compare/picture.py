"""The picture by name: lines, dots at the probe, names at the lines' ends; at one setting and along each slider."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from activations import Activation
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.shared import figures, live, words
from pages.shared.curves import PROBE
from pages.tools.compare import lines
from pages.tools.compare.lines import Member
from pages.tools.compare.stand import GAP, Stand

LABEL = 0.062  # share of the panel's height that a name takes, on a phone as well
_FINE = 400  # steps that the panel's height is cut into
_FAR = 15_000  # steps from the middle of the panel beyond which nothing is told apart
Rows = dict[str, Array]
Members = Mapping[Activation, Member]


@lru_cache(maxsize=64)
def still(stand: Stand) -> tuple[Rows, dict[str, str]]:
    """Every array and every text where the controls stand."""
    members, x0 = stand.members(), np.array([[stand.x0]])
    less = members[stand.less] if stand.less else None
    drawn, told = {**_hair(x0), "hair.y": np.array([stand.panel]), **_ends(stand, members)}, _placed(x0)
    for activation, member in members.items():
        drawn |= _named(activation.slug, lines.line(stand.order, member, less, stand.window))
        drawn |= _dot(stand, activation, members, x0)
        told |= _told(stand, activation, members, x0)
    return {name: rows[0] for name, rows in drawn.items()}, {name: texts[0] for name, texts in told.items()}


def handle(stand: Stand) -> live.Handle:
    """What drags the probe: the dots on the curves, and the hairline."""
    return live.Handle([*(f"{activation.slug}_dot" for activation in stand.activations), "hair"], PROBE.name)


def along(stand: Stand) -> list[live.Slider]:
    """What each slider moves."""
    panel = stand.panel
    packs = [_hairs(panel)]
    packs += [
        _read(stand.only(activation, PROBE.name), activation, PROBE.name, panel) for activation in stand.activations
    ]
    found, values = [live.Slider.of(PROBE, stand.x0, packs)], dict(stand.settings)
    for mover in stand.activations:
        for param in mover.params:
            name = f"{mover.slug}.{param.name}"
            packs = [_packed(_ends(stand, stand.members(name)), {}, panel)]
            for activation in stand.activations if stand.less is mover else [mover]:
                alone = stand.only(activation, name)
                packs.append(_read(alone, activation, name, panel))
                # What is taken from itself is 0 throughout.
                if activation is not stand.less:
                    packs.append(_line(dataclasses.replace(alone, x0=0.0), activation, name, stand.window, panel))
            found.append(
                live.Slider(name, param.low, param.step, values[name], [each for each in packs if each.positions])
            )
    return found


@lru_cache(maxsize=64)
def _hairs(panel: tuple[float, float]) -> live.Pack:
    x0 = PROBE.grid[:, None]
    return _packed(_hair(x0), _placed(x0), panel)


@lru_cache(maxsize=512)
def _line(
    stand: Stand, activation: Activation, moved: str, window: tuple[float, float], panel: tuple[float, float]
) -> live.Pack:
    members = stand.members(moved)
    rows = lines.line(stand.order, members[activation], members[stand.less] if stand.less else None, window)
    return _packed(_named(activation.slug, rows), {}, panel)


@lru_cache(maxsize=512)
def _read(stand: Stand, activation: Activation, moved: str, panel: tuple[float, float]) -> live.Pack:
    """The dot on the line of ``activation``, and what is printed about it."""
    members = stand.members(moved)
    x0 = PROBE.grid[:, None] if moved == PROBE.name else np.array([[stand.x0]])
    return _packed(_dot(stand, activation, members, x0), _told(stand, activation, members, x0), panel)


def _packed(rows: Rows, told: dict[str, list[str]], panel: tuple[float, float]) -> live.Pack:
    """What of it moves."""
    moved = moving(rows)
    unit, middle = (panel[1] - panel[0]) / _FINE, sum(panel) / 2
    heights = {k: np.clip(v, middle - _FAR * unit, middle + _FAR * unit) for k, v in moved.items() if k[-1] == "y"}
    return live.pack({**moved, **heights}, varying(told), dict.fromkeys(heights, unit))


def _named(slug: str, rows: Rows) -> Rows:
    return {name.replace("line", slug, 1): array for name, array in rows.items()}


def _hair(x0: Array) -> Rows:
    return {"hair.x": np.hstack([x0, x0])}


def _placed(x0: Array) -> dict[str, list[str]]:
    return {"x0": words.numbers(x0[:, 0], 2)}


def _dot(stand: Stand, activation: Activation, members: Members, x0: Array) -> Rows:
    less = members[stand.less] if stand.less else None
    return {
        f"{activation.slug}_dot.x": x0,
        f"{activation.slug}_dot.y": lines.height(stand.order, members[activation], less, x0),
    }


def _ends(stand: Stand, members: Members) -> Rows:
    """Where the names of the lines stand, and for each a thin line from the end of its line to its name."""
    less, (low, high) = members[stand.less] if stand.less else None, stand.window
    ends = [lines.height(stand.order, member, less, np.array([[high]])) for member in members.values()]
    heights = np.hstack(np.broadcast_arrays(*ends))
    step = LABEL * (stand.panel[1] - stand.panel[0])
    placed = figures.apart(heights, np.zeros_like(heights), stand.panel, step)
    begun, across = np.clip(heights, *stand.panel), np.array([[high + GAP * (high - low)]])
    rows: Rows = {}
    for place, activation in enumerate(members):
        rows |= {f"{activation.slug}_end.x": across, f"{activation.slug}_end.y": placed[:, place, None]}
        rows[f"{activation.slug}_lead.x"] = np.array([[high, high + 0.9 * GAP * (high - low)]])
        rows[f"{activation.slug}_lead.y"] = np.column_stack([begun[:, place], placed[:, place]])
    return rows


def _told(stand: Stand, activation: Activation, members: Members, x0: Array) -> dict[str, list[str]]:
    """What is printed about ``activation`` at the probe, one text a position."""
    read = {
        f"{activation.slug}_{order}": words.exact(members[activation].at(order, x0)[:, 0], 4) for order in stand.read
    }
    if not stand.less:
        return read
    # Of a difference the last digits of both are left: near 0 it is not told from 0.
    less = lines.height(stand.order, members[activation], members[stand.less], x0)
    return {**read, f"{activation.slug}_less": words.numbers(less[:, 0], 4)}
