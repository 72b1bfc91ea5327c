"""Print how many readers one process serves, as Markdown: who explores, a class that moves at once, one that arrives.

The readers and the process share this machine; how busy the readers were is printed too, as they can be what saturates.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bench import browser, load
from bench.cost import about
from bench.servers import OURS, Server, serving
from bench.sessions import Session, open_session, readers
from bench.tables import markdown
from bench.views import view

PAGES = ("elu", "vanishing", "sigmoid", "exploding", "compare", "dying", "swish", "softmax")
CLASS_PAGE = "vanishing"
EXPLORERS = (25, 50, 100, 200, 400, 600)
CLASSES = (15, 30, 60, 120, 240)
_PAUSE = 8.0  # mean seconds between two acts of one who explores
_WALKS = 0.2  # of these acts, how many ask for a whole page; the others let go of a slider
_SECONDS = 40.0  # for which they explore
_MOVE_WITHIN = 1.0  # seconds in which a class moves a slider when its teacher says so
_ARRIVE_WITHIN = 5.0  # seconds in which a class follows a link
HEAD = (
    "Readers", "answers a second", "median (s)", "95 % within (s)", "last (s)", "processor of the guide",
    "of the readers", "memory (MiB)",
)  # fmt: skip


@dataclass
class Meter:
    """What a server and this process spend while something is measured."""

    server: Server

    def start(self) -> None:
        """Begin."""
        self._server, self._own, self._at = self.server.cpu(), time.process_time(), time.perf_counter()

    def row(self, count: int, waits: Sequence[float]) -> tuple[str, ...]:
        """The line of a table: what these waits, in seconds, were like, and what was spent since the start."""
        took, ordered = time.perf_counter() - self._at, sorted(waits)
        spent, own = (self.server.cpu() - self._server) / 1e3, time.process_time() - self._own
        shares = [ordered[min(int(len(ordered) * share), len(ordered) - 1)] for share in (0.5, 0.95, 1.0)]
        return (
            str(count), f"{len(ordered) / took:.1f}", *(f"{wait:.2f}" for wait in shares),
            f"{100 * spent / took:.0f} % of a core", f"{100 * own / took:.0f} %", f"{self.server.rss():.0f}",
        )  # fmt: skip


async def explore(server: Server, count: int) -> tuple[str, ...]:
    """Readers spread over some pages, each of whom moves a slider now and then, or asks for the page."""
    async with AsyncExitStack() as stack:
        sessions = await readers(server, stack, [view(PAGES[k % len(PAGES)]) for k in range(count)], alive=True)
        meter = Meter(server)
        meter.start()
        end = time.perf_counter() + _SECONDS

        async def read(session: Session, chance: random.Random) -> list[float]:
            waits = []
            while (wait := chance.expovariate(1 / _PAUSE)) < end - time.perf_counter():
                await asyncio.sleep(wait)
                walks = not session.releases or chance.random() < _WALKS
                waits.append(await (session.arrive() if walks else session.move()))
            return waits

        found = await asyncio.gather(*(read(session, random.Random(seed)) for seed, session in enumerate(sessions)))
        return meter.row(count, [wait for waits in found for wait in waits])


async def move_at_once(server: Server, count: int) -> tuple[str, ...]:
    """A class on one page, all of whom let go of a slider within a second."""
    async with AsyncExitStack() as stack:
        sessions = await readers(server, stack, [view(CLASS_PAGE)] * count, alive=True)
        meter = Meter(server)
        meter.start()
        return meter.row(count, await _together(_MOVE_WITHIN, [session.move for session in sessions]))


async def arrive_at_once(server: Server, files: Sequence[str], count: int) -> tuple[str, ...]:
    """A class that follows a link within five seconds, with empty caches: the files, then the page itself."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(count) as threads:
        async with AsyncExitStack() as stack:

            async def arrive(seed: int) -> None:
                await loop.run_in_executor(threads, _fetch, server, files)
                session = await open_session(server, stack, view(CLASS_PAGE), seed)
                await session.arrive()
                await session.report()

            meter = Meter(server)
            meter.start()
            waits = await _together(_ARRIVE_WITHIN, [lambda seed=seed: arrive(seed) for seed in range(count)])
            return meter.row(count, waits)


async def _together(within: float, acts: Sequence[Callable[[], Awaitable[object]]]) -> list[float]:
    """Seconds that each act took, all of them begun within so many seconds."""

    async def after(wait: float, act: Callable[[], Awaitable[object]]) -> float:
        await asyncio.sleep(wait)
        start = time.perf_counter()
        await act()
        return time.perf_counter() - start

    return list(await asyncio.gather(*(after(within * k / len(acts), act) for k, act in enumerate(acts))))


def _fetch(server: Server, files: Sequence[str]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    for address in files:
        line.request("GET", address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
        line.getresponse().read()
    line.close()


async def _files(server: Server) -> list[str]:
    """What a browser with an empty cache asks for."""
    async with browser.chromium() as chrome, browser.visiting(chrome, server, view(CLASS_PAGE)) as visit:
        await visit.first_chart()
        return list(visit.files)


def _table(title: str, rows: list[tuple[str, ...]]) -> None:
    print(f"\n{title}\n\n{markdown(HEAD, rows)}", flush=True)


def main() -> None:
    """Measure, then print a table for each kind of crowd."""
    parser = argparse.ArgumentParser(prog="python -m bench.capacity", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest crowds only")
    few = slice(1 if parser.parse_args().quick else None)
    if not sys.platform.startswith("linux"):
        raise SystemExit("the benchmark reads /proc and so needs Linux")
    print(f"{about()['machine']}, {about()['date']}")
    with serving(OURS) as server:
        before = server.cpu(), server.rss()
        print(f"\nStarted: {before[1]:.0f} MiB, {before[0] / 1e3:.1f} s of processor time.")
        asyncio.run(load.warm(server, *map(view, PAGES)))
        print(f"First readers of {len(PAGES)} pages: {server.rss():.0f} MiB, {(server.cpu() - before[0]) / 1e3:.1f} s.")
        where = ", ".join(f"/{path}" for path in PAGES)
        _table(
            f"Exploring: every {_PAUSE:.0f} s in the mean, each reader moves a slider or, {_WALKS:.0%} of the "
            f"time, asks for a whole page; on {where}; {_SECONDS:.0f} s.",
            [asyncio.run(explore(server, count)) for count in EXPLORERS[few]],
        )
        _table(
            f"A class moves at once: each moves a slider of /{CLASS_PAGE} within {_MOVE_WITHIN:.0f} s.",
            [asyncio.run(move_at_once(server, count)) for count in CLASSES[few]],
        )
        files = asyncio.run(_files(server))
        _table(
            f"A class arrives at once: each follows a link to /{CLASS_PAGE} within {_ARRIVE_WITHIN:.0f} s, with an "
            f"empty cache ({len(files)} files).",
            [asyncio.run(arrive_at_once(server, files, count)) for count in CLASSES[few]],
        )


if __name__ == "__main__":
    main()
