"""What a class of readers costs the server: sessions over Streamlit's own WebSocket protocol, without browsers.

A session opens the page and then moves one of its sliders now and then, as a browser would on release. Without a
browser Nonlinear never hears that charts are redrawn there, so each of its reruns is a full one: the dearest case it
has. In a browser it reruns only the fragment around the sliders.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.servers import Server

READERS = 40
_PAUSE = 4.0  # mean seconds between two moves of one reader
_PATIENCE = 60.0  # seconds for one rerun
_RAMP = 8  # first runs at a time
_SOAKERS = 4


class Session:
    """One reader: the sliders the server has shown, and where they stand."""

    def __init__(self, socket: ClientConnection, page: str, seed: int) -> None:
        self._socket, self._page, self._hash = socket, page, ""
        self._sliders: dict[str, Any] = {}
        self._values: dict[str, float] = {}
        self._random = random.Random(seed)

    async def move(self) -> float:
        """Put one slider somewhere else; seconds until the rerun has finished."""
        slider = self._random.choice(list(self._sliders.values()))
        steps = round((slider.max - slider.min) / slider.step)
        self._values[slider.id] = slider.min + self._random.randint(0, steps) * slider.step
        return await self.run()

    async def run(self) -> float:
        """Ask for a rerun; seconds until it has finished."""
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.page_script_hash = self._page, self._hash
        for name, value in self._values.items():
            state.widget_states.widgets.add(id=name).double_array_value.data.append(value)
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while not self._take(await self._socket.recv()):
                pass
        return time.perf_counter() - start

    def _take(self, raw: str | bytes) -> bool:
        """Learn from one message of the server; True for the last one of a rerun."""
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider":
                self._sliders[element.slider.id] = element.slider
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(f"the page failed: {element.exception.message}")
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


async def visit(server: Server) -> None:
    """A few reruns by two visitors, so that what follows does not pay for imports and caches."""
    async with AsyncExitStack() as stack:
        await _warm(server, stack)


async def load(server: Server, seconds: float) -> dict[str, float]:
    """Many readers at once: CPU ms per rerun and the 95th percentile of its duration, and memory per session.

    The first runs are over before the clock starts. Memory is the peak while all are connected, less what the server
    held when it had served its first visitors and nobody else.
    """
    async with AsyncExitStack() as stack:
        await _warm(server, stack)
        before = server.rss()
        sessions = await _open(server, stack, READERS)
        cpu, end = server.cpu(), time.perf_counter() + seconds
        readers = asyncio.gather(*(_read(session, end, seed) for seed, session in enumerate(sessions)))
        peak = server.rss()
        while not readers.done():
            await asyncio.sleep(0.25)
            peak = max(peak, server.rss())
        durations = sorted(duration for reader in await readers for duration in reader)
        spent = server.cpu() - cpu
    return {
        "reruns": len(durations), "cpu_ms": spent / len(durations) * 1e3,
        "p95_ms": durations[int(len(durations) * 0.95)] * 1e3, "session_mib": (peak - before) / READERS,
    }  # fmt: skip


async def soak(server: Server, reruns: int, limit: float) -> dict[str, float]:
    """A few sessions that rerun without pause: resident memory before and after each quarter of the reruns.

    Stops after ``limit`` seconds if the reruns are not done by then; the quarters are of those that were.
    """
    async with AsyncExitStack() as stack:
        await _warm(server, stack)
        sessions = await _open(server, stack, _SOAKERS)
        memory, end = [server.rss()], time.perf_counter() + limit

        async def toil(session: Session) -> None:
            while len(memory) <= reruns and time.perf_counter() < end:
                await session.move()
                memory.append(server.rss())

        await asyncio.gather(*map(toil, sessions))
    done = len(memory) - 1
    return {"soak_reruns": done, **{f"soak_{quarter}": memory[done * quarter // 4] for quarter in range(5)}}


async def _open(server: Server, stack: AsyncExitStack, count: int) -> list[Session]:
    gate = asyncio.Semaphore(_RAMP)

    async def start(seed: int) -> Session:
        # Pings would be answered late while this process is busy reading, and cut the connection.
        socket = await stack.enter_async_context(
            connect(server.stream, subprotocols=["streamlit"], max_size=None, ping_interval=None)  # type: ignore[list-item]
        )
        session = Session(socket, server.subject.page, seed)
        async with gate:
            await session.run()
        return session

    return list(await asyncio.gather(*map(start, range(count))))


async def _warm(server: Server, stack: AsyncExitStack) -> None:
    # Imports and caches are the server's, not a session's.
    for session in await _open(server, stack, 2):
        for _ in range(5):
            await session.move()


async def _read(session: Session, end: float, seed: int) -> list[float]:
    pause, durations = random.Random(seed), []
    while (wait := pause.expovariate(1 / _PAUSE)) < end - time.perf_counter():
        await asyncio.sleep(wait)
        durations.append(await session.move())
    return durations
