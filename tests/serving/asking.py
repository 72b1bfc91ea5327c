"""Ask an ASGI application as a browser would, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving import settings
from serving.settings import Settings

HOST = "guide.example"


def set_to(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """Have the server set so until the test ends, and at its defaults else."""
    monkeypatch.setattr(settings, "current", lambda: Settings(**fields))


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for Streamlit: says so to every request."""
    await PlainTextResponse("Streamlit's own answer")(scope, receive, send)


def ask(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request; underscores in the names of headers stand for hyphens."""
    return asyncio.run(request(app, path, method, **headers))


async def request(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Answer:
    """The same inside a running loop."""
    answer = Answer()

    async def receive() -> Message:
        await asyncio.Event().wait()  # a browser that stays on the line
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], Headers(raw=message["headers"])
        answer.body += message.get("body", b"")

    await app(_scope(path, method, {"host": HOST, **headers}), receive, send)
    return answer


@asynccontextmanager
async def started(app: ASGIApp) -> AsyncIterator[None]:
    """The application between its start and its end, as a server leads it through both."""
    asked: asyncio.Queue[Message] = asyncio.Queue()
    told: asyncio.Queue[Message] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "state": {}}, asked.get, told.put))  # type: ignore[arg-type]

    async def step(name: str) -> None:
        await asked.put({"type": f"lifespan.{name}"})
        assert (await told.get())["type"] == f"lifespan.{name}.complete"

    await step("startup")
    try:
        yield
    finally:
        await step("shutdown")
        await task


def _scope(path: str, method: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    raw = [(name.replace("_", "-").encode(), text.encode("latin-1")) for name, text in headers.items()]
    kind = {"type": "http", "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 8501)}
    place = {"path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": ""}
    return {**kind, **place, "method": method, "headers": raw, "client": ("127.0.0.1", 1)}
