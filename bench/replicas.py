"""Print what readers lose when one of two replicas dies behind each proxy, as Markdown.

Two hundred readers without affinity. Some move sliders, some answer on /myths. After 22 seconds one replica is killed
(SIGKILL), or with ``--stop`` asked to stop (SIGTERM), and is not started again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bench import load
from bench.proxies import NAMES, Proxy, Site, proxying
from bench.servers import OURS, Server, serving
from bench.sessions import Session
from bench.tables import markdown
from bench.views import View, view
from pages.shared import words
from pages.topics.myths.cards import CARDS

READERS = 200
_KILL_AT, _END = 22.0, 45.0  # seconds after the last reader's first page
_PAUSE = 8.0  # mean seconds between two moves of one reader
_RAMP = 8  # first pages at a time
_BACK = 0.3  # of the moves, how many ask for the whole page again, as who comes back to it does
_PLACES = 5  # of each slider, so that most pictures have been seen before
_PAGES = ("elu", "vanishing", "celu", "swish")  # of every five readers; the fifth reads /myths
MYTHS = View("myths", words.page("topics/myths", "en")["title"], "lang=en")  # with its questions


@dataclass
class Result:
    """What was lost behind one proxy."""

    dropped: int = 0
    recovered: list[float] = field(default_factory=list)  # seconds from the kill to the whole page
    pictures: dict[Any, bytes] = field(default_factory=dict)  # of every setting, as they were first seen
    compared: int = 0
    same: int = 0
    values: int = 0
    values_lost: int = 0
    answers: int = 0
    answers_lost: int = 0
    moves: int = 0
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0  # of the proxy, in ms
    rss: float = 0.0

    def cells(self, name: str) -> tuple[str, ...]:
        """The row of the table."""
        waits = sorted(self.recovered)
        median, p95 = (waits[int(len(waits) * share)] if waits else float("nan") for share in (0.5, 0.95))
        return (
            name,
            f"{len(waits)} of {self.dropped}",
            f"{self.same} of {self.compared}",
            f"{self.values_lost} of {self.values}",
            f"{self.answers_lost} of {self.answers}",
            f"{median:.1f} / {p95:.1f} s",
            str(len(self.errors)),
            f"{self.moves} in {_END:.0f} s",
            f"{self.cpu / _END / 10:.1f} % of a core, {self.rss:.0f} MiB",
        )


HEAD = ("Proxy", "recovered", "pictures the same", "values lost", "answers lost", "until recovered, median / p95",
        "errors", "moves", "the proxy took")  # fmt: skip


class Reader(Session):
    """A reader whose browser connects again, as Streamlit's does, and keeps answers, as ``assets/question.js`` does."""

    def __init__(self, stream: str, seen: View, seed: int) -> None:
        self._stream = stream
        self._answers: tuple[str, str] | None = None  # the component that keeps answers, and whom it speaks to
        self._told: str | None = None  # what the browser has handed back
        self._pressed = ""
        self._buttons: list[str] = []
        self.kept: dict[str, bool] = {}
        self.given: dict[str, bool] = {}
        super().__init__(None, seen, seed)  # type: ignore[arg-type]

    @property
    def socket(self) -> ClientConnection:
        """The connection."""
        return self._socket

    async def connect(self) -> None:
        """Connect, for the first time or again, and get the whole page."""
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([self.id] if self.id else [])]
        self._socket = await connect(self._stream, subprotocols=protocols, max_size=None, ping_interval=None)  # type: ignore[arg-type]
        await self.arrive()

    async def tell(self) -> None:
        """Say to a new session that this browser draws, and what it has kept."""
        if self.alive != self.id and not self._answers:
            await self.report()
        if self._answers and self.kept != self.given:
            self._told = json.dumps({"session": self._answers[1], "given": self.kept, "at": time.time()})
            await self.arrive()

    async def connect_again(self) -> None:
        """Wait as long as Streamlit's browser half does, and connect; TimeoutError if nobody answers for a minute."""
        async with asyncio.timeout(60):
            for attempt in range(100):
                longest = min(4.0, 0.5 * 2**attempt)
                await asyncio.sleep(self._random.uniform(longest / 2, longest))
                with suppress(OSError, ConnectionClosed, InvalidHandshake):
                    return await self.connect()

    async def answer(self) -> None:
        """Say of the next card whether it is true, and see that the answer has been noted."""
        card = next((card.name for card in CARDS if card.name not in self.kept), None)
        if card is None:
            return
        await self.ask(View("myths", MYTHS.title, f"{MYTHS.query}&card={card}"))
        choice = self._random.choice((True, False))
        self._pressed = next(button for button in self._buttons if button.endswith(f"-{card}.{choice}"))
        try:
            await self.arrive()
        finally:
            self._pressed = ""
        if self.given.get(card) != choice:
            raise RuntimeError(f"the answer to {card} was not noted")
        self.kept |= self.given

    def setting(self) -> tuple[Any, ...]:
        """What the picture on the page depends on."""
        return self.view, tuple(sorted(self._values.items())), tuple(sorted(self.given.items())), self.whole

    def values(self) -> dict[str, float]:
        """Where the reader has put the sliders."""
        return dict(self._values)

    def shown(self) -> dict[str, float]:
        """Where the server has put those sliders on which it insisted in the last run."""
        return {name: slider.value[0] for name, (slider, _) in self._sliders.items() if slider.set_value}

    def _request(self, fragment: str) -> BackMsg:
        self._buttons = []
        message = super()._request(fragment)
        state = message.rerun_script
        # The browser writes every slider into the address.
        for name, value in self._values.items():
            state.query_string += f"&{self._sliders[name][0].query_param_key}={value:.10g}"
        if self._answers and self._told:
            state.widget_states.widgets.add(id=self._answers[0], json_value=json.dumps({"kept": self._told}))
        if self._pressed:
            state.widget_states.widgets.add(id=self._pressed, trigger_value=True)
        return message

    def _see(self, message: ForwardMsg) -> None:
        super()._see(message)
        element = message.delta.new_element
        if element.WhichOneof("type") == "button":
            self._buttons.append(element.button.id)
        elif element.bidi_component.component_name == "answers":
            data = json.loads(element.bidi_component.json)
            self._answers, self.given = (element.bidi_component.id, data["session"]), data["given"]


async def measure(proxy: Proxy, victim: Server, number: signal.Signals, readers: int = READERS) -> Result:
    """Let readers read behind ``proxy``, send the signal to ``victim`` meanwhile, and count."""
    result = Result()
    seen = [MYTHS if k % 5 == 4 else view(_PAGES[k % 5]) for k in range(readers)]
    people = [Reader(proxy.stream, page, seed) for seed, page in enumerate(seen)]
    gate = asyncio.Semaphore(_RAMP)

    async def start(reader: Reader) -> None:
        async with gate:
            await reader.connect()
            await reader.tell()

    await asyncio.gather(*map(start, people))
    began, spent = time.perf_counter(), proxy.cpu()
    reading = asyncio.gather(*(_read(reader, seed, began, result) for seed, reader in enumerate(people)))
    await asyncio.sleep(_KILL_AT)
    os.kill(victim.pid, number)
    await reading
    result.cpu, result.rss = proxy.cpu() - spent, proxy.rss()
    async with AsyncExitStack() as stack:
        for reader in people:
            stack.push_async_callback(reader.socket.close)
    return result


async def _read(reader: Reader, seed: int, began: float, result: Result) -> None:
    pause, end = random.Random(seed), began + _END
    try:
        while (wait := pause.expovariate(1 / _PAUSE)) < end - time.perf_counter():
            try:
                await _wait(reader, wait)
                await _act(reader, pause.random(), result)
            except ConnectionClosed:
                await _recover(reader, began + _KILL_AT, result)
            _compare(reader, result, time.perf_counter() > began + _KILL_AT)
    except Exception as error:
        result.errors.append(repr(error))


async def _wait(reader: Reader, seconds: float) -> None:
    """Wait, but not on a connection that is lost: a browser notices at once."""
    with suppress(TimeoutError):
        await asyncio.wait_for(reader.socket.wait_closed(), seconds)
        raise ConnectionClosed(None, None)


async def _act(reader: Reader, chance: float, result: Result) -> None:
    if reader.view.path == MYTHS.path:
        await reader.answer()
    elif chance < _BACK:
        await reader.arrive()
    else:
        await reader.move(_PLACES)
    result.moves += 1


async def _recover(reader: Reader, killed: float, result: Result) -> None:
    result.dropped += 1
    values, answers = reader.values(), dict(reader.kept)
    await reader.connect_again()
    result.recovered.append(time.perf_counter() - killed)
    _compare(reader, result, later=True)
    shown = reader.shown()
    await reader.tell()
    result.values += len(values)
    result.values_lost += sum(abs(shown.get(name, value) - value) > 1e-9 for name, value in values.items())
    result.answers += len(answers)
    result.answers_lost += sum(reader.given.get(card) != answer for card, answer in answers.items())


def _compare(reader: Reader, result: Result, later: bool) -> None:
    """Hold a picture of after the kill against the same of before."""
    known = result.pictures.get(reader.setting())
    if not later:
        result.pictures.setdefault(reader.setting(), reader.picture())
    elif known:
        result.compared += 1
        result.same += known == reader.picture()


def rows(number: signal.Signals) -> Iterator[tuple[str, ...]]:
    """One row for each proxy, each in front of two fresh replicas."""
    for name in NAMES:
        with ExitStack() as stack:
            servers = [stack.enter_context(serving(OURS)) for _ in range(2)]
            for server in servers:
                asyncio.run(load.warm(server, *map(view, _PAGES)))
            proxy = stack.enter_context(proxying(name, Site([server.port for server in servers])))
            result = asyncio.run(measure(proxy, servers[0], number))
        for error in result.errors:
            print(error)
        yield result.cells(name)


def main() -> None:
    """Measure, then print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.replicas", description=__doc__)
    parser.add_argument("--stop", action="store_true", help="ask the replica to stop instead of killing it")
    number = signal.SIGTERM if parser.parse_args().stop else signal.SIGKILL
    print(markdown(HEAD, rows(number)))


if __name__ == "__main__":
    main()
