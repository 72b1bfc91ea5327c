"""A reader without a browser: Streamlit's own WebSocket protocol, spoken as its browser half speaks it.

A reader who has reported alive, as ``assets/live.js`` does once it draws, reruns on release only the fragment around
the slider; one who has not reruns the whole page. Every answer is held against what was asked for: the title of the
page, and whether the whole page ran or the fragment.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.servers import Server
from bench.views import View

_PATIENCE = 60.0  # seconds for one rerun
_RAMP = 8  # first runs at a time
_KEPT = 2  # runs for which a browser keeps a large message that it need not be sent again


class Session:
    """One reader of one page: the sliders the server has shown, and where they stand."""

    def __init__(self, socket: ClientConnection, view: View, seed: int) -> None:
        self._socket, self._view, self._random = socket, view, random.Random(seed)
        self._hash, self._title, self._runs = "", "", 0
        self._live: tuple[str, str] | None = None  # the component that draws, and the fragment it lies in
        self._sliders: dict[str, tuple[Any, str]] = {}  # with the fragment each lies in
        self._values: dict[str, float] = {}
        self._large: dict[str, int] = {}  # messages kept, and the run that used them last
        self.alive, self.received = False, 0

    @property
    def releases(self) -> bool:
        """Whether letting go of any slider makes the server run."""
        return any(not slider.ignore_rerun for slider, _ in self._sliders.values())

    async def report(self) -> None:
        """Say that this browser draws by itself; nothing happens on a page that does not ask."""
        if self._live:
            self.alive = True
            await self._run(self._live[1])

    async def move(self) -> float:
        """Put a slider somewhere else; seconds until the rerun has finished."""
        able = [pair for pair in self._sliders.values() if not pair[0].ignore_rerun]
        slider, fragment = self._random.choice(able)
        steps = round((slider.max - slider.min) / slider.step)
        self._values[slider.id] = slider.min + self._random.randint(0, steps) * slider.step
        return await self._run(fragment if self.alive else "")

    async def arrive(self) -> float:
        """Ask for the page."""
        return await self._run("")

    async def ask(self, view: View) -> float:
        """Ask for the page at another setting."""
        self._view = view
        return await self._run("")

    async def _run(self, fragment: str) -> float:
        self._runs, self._title = self._runs + 1, ""
        message = self._request(fragment)
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while (ended := self._take(await self._socket.recv())) is None:
                pass
        seconds = time.perf_counter() - start
        meant = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY if fragment else ForwardMsg.FINISHED_SUCCESSFULLY
        if ended != meant:
            raise RuntimeError(f"{self._view.name}: a run meant to end with {meant} ended with {ended}")
        if self._title != ("" if fragment else self._view.title):
            raise RuntimeError(f"{self._view.name} was answered under the title {self._title!r}")
        return seconds

    def _request(self, fragment: str) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self._view.query, self._view.path, self._hash
        state.fragment_id, state.context_info.locale = fragment, "en-US"
        for name, value in self._values.items():
            state.widget_states.widgets.add(id=name).double_array_value.data.append(value)
        if self.alive and self._live:
            state.widget_states.widgets.add(id=self._live[0], json_value=json.dumps({"alive": "bench"}))
        state.cached_message_hashes.extend(h for h, run in self._large.items() if self._runs - run <= _KEPT)
        return message

    def _take(self, raw: str | bytes) -> int | None:
        """Learn from one message of the server; how a run ended if it did."""
        message = ForwardMsg()
        message.ParseFromString(raw)
        self.received += len(raw)
        kind = message.WhichOneof("type")
        if kind == "ref_hash" or message.metadata.cacheable:
            self._large[message.ref_hash or message.hash] = self._runs
        if kind == "navigation":
            # The hash in new_session is that of the main script: sent back, it would get the reader to home.
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._check(parse_qs(message.page_info_changed.query_string))
        elif kind == "delta":
            self._see(message.delta)
        ended = kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return message.script_finished if ended else None

    def _check(self, kept: Mapping[str, list[str]]) -> None:
        """Streamlit strikes out of the address what the page cannot be set to."""
        asked = parse_qs(self._view.query)
        if self._runs == 1 and (struck := asked.keys() - kept.keys()):
            raise RuntimeError(f"{self._view.name} was not set as asked: {', '.join(sorted(struck))}")

    def _see(self, delta: Any) -> None:
        element, fragment = delta.new_element, delta.fragment_id
        kind = element.WhichOneof("type")
        if kind == "slider" and element.slider.type == element.slider.SLIDER:
            self._sliders[element.slider.id] = element.slider, fragment
        elif kind == "heading" and element.heading.tag == "h1":
            self._title = element.heading.body
        elif kind == "bidi_component":
            self._live = element.bidi_component.id, fragment
        elif kind == "exception":
            raise RuntimeError(f"{self._view.name} failed: {element.exception.message}")


async def open_session(server: Server, stack: AsyncExitStack, view: View, seed: int = 0) -> Session:
    """A connected reader who has not asked for anything yet."""
    # Pings would be answered late while this process is busy reading, and cut the connection.
    socket = await stack.enter_async_context(
        connect(server.stream, subprotocols=["streamlit"], max_size=None, ping_interval=None)  # type: ignore[list-item]
    )
    return Session(socket, view, seed)


async def readers(server: Server, stack: AsyncExitStack, view: View, count: int, alive: bool = False) -> list[Session]:
    """Readers who have got the page, and where ``alive`` have reported that their browser draws."""
    gate = asyncio.Semaphore(_RAMP)

    async def start(seed: int) -> Session:
        session = await open_session(server, stack, view, seed)
        async with gate:
            await session.arrive()
            if alive:
                await session.report()
        return session

    return list(await asyncio.gather(*map(start, range(count))))
