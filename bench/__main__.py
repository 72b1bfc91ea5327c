"""Print what Nonlinear and a stock Streamlit page cost and show, as Markdown. ``--quick`` is shorter and rougher."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar

from bench import browser, client_side, server_side
from bench.servers import OURS, STOCK, Server, serving
from bench.tables import HEAD, HEAD_WORST, Row, markdown
from bench.views import View, each_slider, kinds

Result = TypeVar("Result")


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    reruns: int  # of one reader
    sweep_reruns: int  # on each of all pages
    load_seconds: float
    soak_seconds: float
    visits: int  # with an empty cache
    cold: tuple[str, ...]  # pages that newcomers are timed on
    sliders: tuple[tuple[str, str], ...]  # path and key of those that are dragged
    presses: int  # of an arrow key
    every: list[tuple[View, str]]  # all those of which the worst is told
    shifts: list[View]  # pages whose layout shift is measured


SLIDERS = (("elu", "alpha"), ("gelu", "x0"), ("vanishing", "w"), ("vanishing", "depth"), ("", "layers"))
FULL = Plan(80, 12, 15, 40, 3, ("elu", "vanishing", ""), SLIDERS, 5, each_slider(), kinds())
QUICK = Plan(15, 0, 0, 0, 1, ("elu",), SLIDERS[::3], 1, [], [])


def measure(plan: Plan) -> tuple[list[Row], list[Row]]:
    """All figures, and the worst page of each budget."""
    with ExitStack() as stack:
        ours, stock = (stack.enter_context(serving(subject)) for subject in (OURS, STOCK))
        rows = _timed("one reader", lambda: server_side.alone(ours, stock, plan.reruns))
        rows += _timed("57 pages", lambda: server_side.many_pages(plan.reruns))
        worst = _timed("every page", lambda: server_side.sweep(ours, plan.sweep_reruns)) if plan.sweep_reruns else []
        worst += [_timed("new settings", server_side.settings)] if plan.sweep_reruns else []
        seen, worst_seen = _timed("browser", lambda: asyncio.run(_browse(plan, ours, stock)))
    if plan.load_seconds:
        rows += _timed("forty readers", lambda: server_side.crowds(plan.load_seconds))
    if plan.soak_seconds:
        rows += _timed("soak", lambda: server_side.soaked(plan.soak_seconds))
    return [*rows, *seen], [*worst, *worst_seen]


async def _browse(plan: Plan, ours: Server, stock: Server) -> tuple[list[Row], list[Row]]:
    async with browser.chromium() as chrome:
        rows = await client_side.cold(chrome, ours, stock, plan.cold, plan.visits)
        dragged = await client_side.hands(chrome, ours, stock, plan.sliders, plan.presses)
        slowest = await client_side.everywhere(chrome, ours, plan.every, plan.presses) if plan.every else []
        shift = [await client_side.shifts(chrome, ours, plan.shifts)] if plan.shifts else []
    return [*rows, *dragged], [*slowest, *shift]


def _timed(what: str, measured: Callable[[], Result]) -> Result:
    """The result, and on the side how long it took to get."""
    start = time.monotonic()
    found = measured()
    print(f"{what}: {time.monotonic() - start:.0f} s", file=sys.stderr)
    return found


def main() -> None:
    """Measure, then print the two tables."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="at most a minute and a half instead of about twenty-six")
    plan = QUICK if parser.parse_args().quick else FULL
    if not sys.platform.startswith("linux"):
        raise SystemExit("the benchmark reads /proc and so needs Linux")
    rows, worst = measure(plan)
    print(markdown(HEAD, (row.cells() for row in rows)))
    print()
    print(markdown(HEAD_WORST, (row.cells_worst() for row in worst)))


if __name__ == "__main__":
    main()
