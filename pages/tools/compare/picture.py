"""The picture by name: lines, dots at the probe, names at the lines' ends; at one setting and along each slider."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from activations import Activation
from activations.experiments import compared
from activations.experiments.compared import Member
from activations.experiments.curve import PROBE
from activations.spec import Array
from pages.parts import figures, live, words
from pages.tools.compare.stand import GAP, Stand

LABEL = 0.062  # share of the panel's height that a name takes, on a phone as well
_FINE = 400  # steps that the panel's height is cut into
_FAR = 15_000  # steps from the middle of the panel beyond which nothing is told apart
Rows = dict[str, Array]


def still(stand: Stand) -> tuple[Rows, dict[str, str]]:
    """Every array and every text where the controls stand."""
    members = stand.members()
    drawn: Rows = {}
    for act, member in members.items():
        less = members[stand.less] if stand.less else None
        drawn |= _named(act.slug, compared.line(stand.order, member, less, stand.window))
    drawn |= _beside(stand, members, np.array([[stand.x0]]))
    told = _told(stand, members, np.array([[stand.x0]]))
    return {name: rows[0] for name, rows in drawn.items()}, {name: texts[0] for name, texts in told.items()}


def along(stand: Stand) -> list[live.Slider]:
    """What each slider moves."""
    found = [live.Slider.of(PROBE, stand.x0, [_rest(stand, PROBE.name)])]
    values = dict(stand.settings)
    for act in stand.acts:
        for param in act.params:
            name = f"{act.slug}.{param.name}"
            packs = [_rest(stand, name), *_lines(stand, act, name)]
            found.append(live.Slider(name, param.low, param.step, values[name], packs))
    return found


def _lines(stand: Stand, mover: Activation, moved: str) -> list[live.Pack]:
    """The lines that move when a parameter of ``mover`` does: its own, or all if it is taken away from each."""
    acts = [act for act in stand.acts if act is not mover] if stand.less is mover else [mover]
    found = []
    for act in acts:
        slugs = {act.slug, stand.away}
        others = tuple((k, v) for k, v in stand.settings if k.partition(".")[0] in slugs and k != moved)
        found.append(_line(act, stand.less, stand.order, moved, others, stand.window, stand.panel))
    return found


@lru_cache(maxsize=256)
def _line(
    act: Activation, less: Activation | None, order: int, moved: str, others: tuple[tuple[str, float], ...],
    window: tuple[float, float], panel: tuple[float, float],
) -> live.Pack:  # fmt: skip
    acts = tuple(dict.fromkeys([act, less] if less else [act]))
    members = Stand(acts, order, less.slug if less else "", (*others, (moved, 0.0)), 0.0).members(moved)
    rows = compared.line(order, members[act], members[less] if less else None, window)
    return _packed(_named(act.slug, rows), {}, panel)


def _rest(stand: Stand, moved: str) -> live.Pack:
    members, grid = stand.members(moved), stand.grid(moved)
    x0 = np.full((1, 1), stand.x0) if moved != PROBE.name or grid is None else grid[:, None]
    return _packed(_beside(stand, members, x0), _told(stand, members, x0), stand.panel)


def _packed(rows: Rows, told: dict[str, list[str]], panel: tuple[float, float]) -> live.Pack:
    """What of it moves."""
    moving = {k: v for k, v in rows.items() if len(v) > 1 and not np.array_equal(v[1:], v[:-1], equal_nan=True)}
    unit, middle = (panel[1] - panel[0]) / _FINE, sum(panel) / 2
    heights = {k: np.clip(v, middle - _FAR * unit, middle + _FAR * unit) for k, v in moving.items() if k[-1] == "y"}
    return live.pack(
        {**moving, **heights}, {k: v for k, v in told.items() if len(set(v)) > 1}, dict.fromkeys(heights, unit)
    )


def _named(slug: str, rows: Rows) -> Rows:
    return {name.replace("line", slug, 1): array for name, array in rows.items()}


def _beside(stand: Stand, members: dict[Activation, Member], x0: Array) -> Rows:
    """The probe's line and dots, and where the names of the lines stand."""
    less = members[stand.less] if stand.less else None
    rows: Rows = {"hair.x": np.hstack([x0, x0]), "hair.y": np.array([stand.panel])}
    low, high = stand.window
    ends = []
    for act, member in members.items():
        rows |= {f"{act.slug}_dot.x": x0, f"{act.slug}_dot.y": compared.height(stand.order, member, less, x0)}
        ends.append(compared.height(stand.order, member, less, np.array([[high]])))
    heights = np.hstack(np.broadcast_arrays(*ends))
    step = LABEL * (stand.panel[1] - stand.panel[0])
    placed = figures.apart(heights, np.zeros_like(heights), stand.panel, step)
    for place, act in enumerate(members):
        rows[f"{act.slug}_end.x"] = np.array([[high + GAP * (high - low)]])
        rows[f"{act.slug}_end.y"] = placed[:, place, None]
    return rows


def _told(stand: Stand, members: dict[Activation, Member], x0: Array) -> dict[str, list[str]]:
    """What is printed about the probe, one text a position."""
    less = members[stand.less] if stand.less else None
    told = {"x0": words.numbers(x0[:, 0], 2)}
    for act, member in members.items():
        for order in stand.read:
            told[f"{act.slug}_{order}"] = words.numbers(member.at(order, x0)[:, 0], 4)
        if less:
            told[f"{act.slug}_less"] = words.numbers(compared.height(stand.order, member, less, x0)[:, 0], 4)
    return told
