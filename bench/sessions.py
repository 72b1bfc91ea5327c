"""A reader without a browser: Streamlit's own WebSocket protocol, spoken as its browser half speaks it.

A reader who has reported alive, as ``assets/live.js`` does once it draws, reruns on release only the fragment around
the slider; one who has not reruns the whole page. Every answer is held against what was asked for: the title of the
page, and whether the whole page ran or the fragment.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.proxies import Proxy
from bench.servers import Server
from bench.views import View

_PATIENCE = 60.0  # seconds for one rerun
_RAMP = 8  # first runs at a time
_KEPT = 2  # runs for which a browser keeps a large message that it need not be sent again


class Session:
    """One reader of one page: the sliders the server has shown, and where they stand."""

    def __init__(self, socket: ClientConnection, view: View, seed: int) -> None:
        self._socket, self.view, self._random = socket, view, random.Random(seed)
        self._hash, self._title, self._runs = "", "", 0
        self._live: tuple[str, str] | None = None  # the component that draws, and the fragment it lies in
        self._sliders: dict[str, tuple[Any, str]] = {}  # with the fragment each lies in
        self._values: dict[str, float] = {}
        self._large: dict[str, int] = {}  # messages kept, and the run that used them last
        self._charts: dict[str, bytes] = {}  # what is drawn by those of them that are charts
        self._drawn: dict[tuple[int, ...], bytes] = {}  # charts and texts of the last run, by their place
        self.alive, self.received, self.id, self.whole = "", 0, "", False

    @property
    def releases(self) -> bool:
        """Whether letting go of any slider makes the server run."""
        return any(not slider.ignore_rerun for slider, _ in self._sliders.values())

    async def report(self) -> None:
        """Say that this browser draws by itself; nothing happens on a page that does not ask."""
        if self._live:
            self.alive = self.id
            await self._run(self._live[1])

    async def move(self, places: int = 0) -> float:
        """Put a slider somewhere else, at one of so many places or anywhere; seconds until the rerun has finished."""
        able = [pair for pair in self._sliders.values() if not pair[0].ignore_rerun]
        slider, fragment = self._random.choice(able)
        steps = round((slider.max - slider.min) / slider.step)
        place = self._random.randint(0, steps)
        if places:
            place = round(place * places / steps) * steps // places
        self._values[slider.id] = round(slider.min + place * slider.step, 10)
        return await self._run(fragment if self.alive else "")

    def picture(self) -> bytes:
        """What the last run drew and printed, as a short digest."""
        return hashlib.sha256(repr(sorted(self._drawn.items())).encode()).digest()

    async def arrive(self) -> float:
        """Ask for the page."""
        return await self._run("")

    async def ask(self, view: View) -> float:
        """Ask for the page at another setting."""
        self.view = view
        return await self._run("")

    async def _run(self, fragment: str) -> float:
        self._runs, self._title, self.whole = self._runs + 1, "", not fragment
        message = self._request(fragment)
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while (ended := self._take(await self._socket.recv())) is None:
                pass
        seconds = time.perf_counter() - start
        meant = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY if fragment else ForwardMsg.FINISHED_SUCCESSFULLY
        if ended != meant:
            raise RuntimeError(f"{self.view.name}: a run meant to end with {meant} ended with {ended}")
        if self._title != ("" if fragment else self.view.title):
            raise RuntimeError(f"{self.view.name} was answered under the title {self._title!r}")
        return seconds

    def _request(self, fragment: str) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.view.query, self.view.path, self._hash
        state.fragment_id, state.context_info.locale = fragment, "en-US"
        for name, value in self._values.items():
            state.widget_states.widgets.add(id=name).double_array_value.data.append(value)
        if self.alive and self._live:
            state.widget_states.widgets.add(id=self._live[0], json_value=json.dumps({"alive": self.alive}))
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
        if kind == "ref_hash" and (chart := self._charts.get(message.ref_hash)):
            self._drawn[tuple(message.metadata.delta_path)] = chart
        elif kind == "new_session":
            # A run that was broken off begins anew.
            self.id, self._drawn = message.new_session.initialize.session_id or self.id, {}
        elif kind == "navigation":
            # The hash in new_session is that of the main script: sent back, it would get the reader to home.
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._check(parse_qs(message.page_info_changed.query_string))
        elif kind == "delta":
            self._see(message)
        ended = kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return message.script_finished if ended else None

    def _check(self, kept: Mapping[str, list[str]]) -> None:
        """Streamlit strikes out of the address what the page cannot be set to."""
        asked = parse_qs(self.view.query)
        if self._runs == 1 and (struck := asked.keys() - kept.keys()):
            raise RuntimeError(f"{self.view.name} was not set as asked: {', '.join(sorted(struck))}")

    def _see(self, message: ForwardMsg) -> None:
        element, fragment = message.delta.new_element, message.delta.fragment_id
        place = tuple(message.metadata.delta_path)
        kind = element.WhichOneof("type")
        if kind == "slider" and element.slider.type == element.slider.SLIDER:
            self._sliders[element.slider.id] = element.slider, fragment
        elif kind == "heading" and element.heading.tag == "h1":
            self._title = element.heading.body
        elif kind == "bidi_component" and element.bidi_component.component_name == "live":
            self._live = element.bidi_component.id, fragment
        elif kind == "plotly_chart":
            drawn = hashlib.sha256(element.plotly_chart.spec.encode()).digest()
            self._charts[message.hash] = self._drawn[place] = drawn
        elif kind == "markdown":
            self._drawn[place] = element.markdown.body.encode()
        elif kind == "exception":
            raise RuntimeError(f"{self.view.name} failed: {element.exception.message}")


async def open_session(server: Server | Proxy, stack: AsyncExitStack, view: View, seed: int = 0) -> Session:
    """A connected reader who has not asked for anything yet."""
    # Pings would be answered late while this process is busy reading, and cut the connection.
    socket = await stack.enter_async_context(
        connect(server.stream, subprotocols=["streamlit"], max_size=None, ping_interval=None)  # type: ignore[list-item]
    )
    return Session(socket, view, seed)


async def readers(
    server: Server | Proxy, stack: AsyncExitStack, views: Sequence[View], alive: bool = False
) -> list[Session]:
    """Readers who have got these pages, one each, and where ``alive`` have reported that their browser draws."""
    gate = asyncio.Semaphore(_RAMP)

    async def start(seed: int, view: View) -> Session:
        session = await open_session(server, stack, view, seed)
        async with gate:
            await session.arrive()
            if alive:
                await session.report()
        return session

    return list(await asyncio.gather(*(start(seed, view) for seed, view in enumerate(views))))
