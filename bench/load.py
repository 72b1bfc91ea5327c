"""What readers cost the server: processor time, waiting, bytes and memory, on pages that are named."""

from __future__ import annotations

import asyncio
import http.client
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

from bench.servers import Server
from bench.sessions import Session, open_session, readers
from bench.views import View

READERS = 40
_PAUSE = 4.0  # mean seconds between two moves of one reader
_REST = 0.06  # seconds after the last answer, in which the server may still be tidying up
_WARM = 5
_SOAKERS = 4

Figures = dict[str, float]


async def alone(server: Server, view: View, reruns: int) -> Figures:
    """One reader and nobody else: ms of CPU and bytes for a whole rerun and for a release, bytes until all is quiet.

    What has no slider that makes the server run has nothing to be measured there: zeros.
    """
    async with AsyncExitStack() as stack:
        whole, part = [await open_session(server, stack, view, seed) for seed in range(2)]
        await whole.arrive()
        found = {"full_ms": (await _moves(server, whole, reruns))[0] if whole.releases else 0.0}
        await part.arrive()
        await part.report()
        found["payload_kb"] = part.received / 1e3
        release = await _moves(server, part, reruns) if part.releases else (0.0, 0.0)
        return found | dict(zip(("release_ms", "release_kb"), release, strict=True))


async def fresh(server: Server, view: View, settings: Sequence[View]) -> dict[str, float]:
    """Ms of CPU for the page at each of these settings, that nobody has asked for yet, by its name."""
    found = {}
    async with AsyncExitStack() as stack:
        session = await open_session(server, stack, view)
        for _ in range(_WARM):
            await session.arrive()
        for setting in settings:
            await asyncio.sleep(_REST)
            before = server.cpu()
            await session.ask(setting)
            await asyncio.sleep(_REST)
            found[setting.name] = server.cpu() - before
    return found


async def _moves(server: Server, session: Session, count: int) -> tuple[float, float]:
    """Mean ms of CPU of a move, and the most KB that one sent."""
    sizes = []
    for _ in range(_WARM):
        await session.move()
    await asyncio.sleep(_REST)
    before = server.cpu()
    for _ in range(count):
        received = session.received
        await session.move()
        sizes.append(session.received - received)
    await asyncio.sleep(_REST)
    return (server.cpu() - before) / count, max(sizes) / 1e3


async def warm(server: Server, *views: View) -> None:
    """A few moves on each page: imports and caches are the server's, not a reader's."""
    for view in views:
        async with AsyncExitStack() as stack:
            for alive in (False, True):
                for session in await readers(server, stack, [view], alive):
                    for _ in range(_WARM if session.releases else 0):
                        await session.move()


async def crowd(server: Server, view: View, seconds: float, alive: bool) -> Figures:
    """Many readers at once: CPU ms a move, 95th percentile of the time until it is answered, memory a session.

    The first runs are over before the clock starts. Memory is the peak while all are connected, less what the server
    held when it had served its first visitors and nobody else.
    """
    await warm(server, view)
    before = server.rss()
    async with AsyncExitStack() as stack:
        sessions = await readers(server, stack, [view] * READERS, alive)
        spent, end = server.cpu(), time.perf_counter() + seconds
        reading = asyncio.gather(*(_read(session, end, seed) for seed, session in enumerate(sessions)))
        peak = server.rss()
        while not reading.done():
            await asyncio.sleep(0.25)
            peak = max(peak, server.rss())
        durations = sorted(duration for reader in await reading for duration in reader)
        spent = server.cpu() - spent
    p95 = durations[int(len(durations) * 0.95)] * 1e3
    return {"cpu_ms": spent / len(durations), "p95_ms": p95, "session_mib": (peak - before) / READERS}


async def _read(session: Session, end: float, seed: int) -> list[float]:
    pause, durations = random.Random(seed), []
    while (wait := pause.expovariate(1 / _PAUSE)) < end - time.perf_counter():
        await asyncio.sleep(wait)
        durations.append(await session.move())
    return durations


async def soak(server: Server, views: Sequence[View], seconds: float) -> list[float]:
    """Readers who rerun without pause, whole pages and releases: how many thousand moves, then memory in MiB before
    and after each quarter of the time.
    """
    await warm(server, *views)
    moves, memory = 0, [server.rss()]
    async with AsyncExitStack() as stack:
        sessions = [
            session
            for view in views
            for alive in (False, True)
            for session in await readers(server, stack, [view] * (_SOAKERS // 2), alive)
        ]
        for _ in range(4):
            end = time.perf_counter() + seconds / 4
            moves += sum(await asyncio.gather(*(_toil(session, end) for session in sessions)))
            memory.append(server.rss())
    return [moves, *memory]


async def _toil(session: Session, end: float) -> int:
    moves = 0
    while time.perf_counter() < end:
        await session.move()
        moves += 1
    return moves


def files(server: Server, addresses: Sequence[str], visitors: int) -> float:
    """CPU ms for the files that a cold visitor asked for, asked for again by others after a first one."""
    for count in (1, visitors):
        before = server.cpu()
        for _ in range(count):
            line = http.client.HTTPConnection("127.0.0.1", server.port)
            for address in addresses:
                line.request("GET", address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
                line.getresponse().read()
            line.close()
        spent = (server.cpu() - before) / count
    return spent
