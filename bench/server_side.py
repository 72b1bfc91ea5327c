"""The figures of the server: a reader alone, forty readers, hours of readers, every page, and fifty-seven pages."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from bench import load
from bench.servers import FEW, MANY, OURS, STOCK, Server, serving
from bench.tables import Row, worst
from bench.views import STOCK as STOCK_VIEW
from bench.views import View, everything, unseen, view

ALONE, WHOLE, RELEASE = "one reader, no load", "CPU of a full rerun (ms)", "CPU of a release (ms)"
LIMITS = {"full_ms": 25.0, "release_ms": 12.0, "payload_kb": 150.0, "release_kb": 60.0}
LABELS = {
    "full_ms": WHOLE,
    "release_ms": RELEASE,
    "payload_kb": "Payload until idle (KB)",
    "release_kb": "Sent on a release, at most (KB)",
}


def pages() -> list[View]:
    """The pages that budgets are about."""
    return [view("elu"), view("vanishing")]


def alone(ours: Server, stock: Server, reruns: int) -> list[Row]:
    """What one reader costs, on the pages that budgets are about."""
    asyncio.run(load.warm(stock, STOCK_VIEW))
    beside = asyncio.run(load.alone(stock, STOCK_VIEW, reruns))
    rows = []
    for page in pages():
        asyncio.run(load.warm(ours, page))
        found = asyncio.run(load.alone(ours, page, reruns))
        rows += [
            Row(label, f"{page.name}, {ALONE}", found[key], beside[key], LIMITS[key]) for key, label in LABELS.items()
        ]
    return rows


def sweep(ours: Server, reruns: int) -> list[Row]:
    """The worst page of all for each budget."""
    found = {}
    for page in everything():
        try:
            found[page.name] = asyncio.run(load.alone(ours, page, reruns))
        except RuntimeError as error:
            print(f"left out: {error}", file=sys.stderr)
    return [
        worst(Row(label, name, figures[key], budget=LIMITS[key]) for name, figures in found.items())
        for key, label in LABELS.items()
    ]


def settings() -> Row:
    """The new setting that costs most, on a server of its own."""
    with serving(OURS) as server:
        found = {}
        for path, asked in unseen().items():
            found |= asyncio.run(load.fresh(server, view(path), asked))
    return worst(Row(f"{WHOLE} at a new setting", name, spent, budget=50.0) for name, spent in found.items())


def many_pages(reruns: int) -> list[Row]:
    """What a map of many pages adds to a full rerun and to what a page sends."""
    page, found = view("elu"), []
    for subject in (FEW, MANY):
        with serving(subject) as server:
            asyncio.run(load.warm(server, page))
            found.append(asyncio.run(load.alone(server, page, reruns)))
    few, many = found
    where = f"{page.name}, a map of {MANY.name}, {ALONE}"
    return [
        Row(f"{WHOLE}, more than with {FEW.name}", where, many["full_ms"] - few["full_ms"], budget=5.0),
        Row(LABELS["payload_kb"], where, many["payload_kb"], budget=LIMITS["payload_kb"]),
    ]


def crowds(seconds: float) -> list[Row]:
    """Forty readers at once, on fresh servers."""
    rows = []
    with serving(STOCK) as server:
        beside = asyncio.run(load.crowd(server, STOCK_VIEW, seconds, alive=False))
    for page in pages():
        for alive, kind in ((False, "full reruns"), (True, "releases")):
            with serving(OURS) as server:
                found = asyncio.run(load.crowd(server, page, seconds, alive))
            where = f"{page.name}, {load.READERS} readers, {kind}"
            rows.append(Row("Answer to a move, p95 (ms)", where, found["p95_ms"], beside["p95_ms"], 60.0, 0))
            rows.append(Row("CPU a move (ms)", where, found["cpu_ms"], beside["cpu_ms"]))
            rows.append(Row("Memory a reader (MiB)", where, found["session_mib"], beside["session_mib"], decimals=2))
    return rows


def soaked(seconds: float) -> list[Row]:
    """Memory while readers never rest."""
    with serving(OURS) as server:
        moves, *memory = asyncio.run(load.soak(server, pages(), seconds))
    where = f"/elu and /vanishing, full reruns and releases, {moves:.0f} in {seconds:.0f} s"
    return [Row(f"Server memory {when} (MiB)", where, held, decimals=0) for when, held in _quarters(memory)]


def _quarters(memory: Sequence[float]) -> list[tuple[str, float]]:
    return list(zip(("before", "after 1/4", "after 1/2", "after 3/4", "after"), memory, strict=True))
