"""Streamlit's own files, compressed when first asked for and kept: stock Streamlit sends 8.2 MB to each newcomer."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from door import address, encodings

_KINDS = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
# The bundle's names carry a hash of what is in them.
_FOREVER = "public, immutable, max-age=31536000"


@dataclass(frozen=True)
class Answer:
    """A file in one coding, with everything said about it."""

    body: bytes
    headers: Mapping[str, str]


class Files:
    """Answers for the text files in ``folder``; whatever else is asked, and a part of a file, is left to ``app``."""

    def __init__(self, app: ASGIApp, folder: Path | None = None) -> None:
        self.app = app
        folder = folder or Path(file_util.get_static_dir())
        texts = (path for path in (folder / "static").rglob("*") if path.suffix in _KINDS)
        self.paths = {f"{address.base()}/{path.relative_to(folder).as_posix()}": path for path in texts}
        self.answers: dict[tuple[Path, str], asyncio.Task[Answer]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file."""
        path = self.paths.get(scope["path"]) if scope["type"] == "http" else None
        if path is None or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        coding = encodings.best(headers)
        if not coding or "range" in headers:
            return await self.app(scope, receive, _varying(send))
        answer = await self._answer(path, coding)
        await _send(answer, headers.get("if-none-match", ""), scope["method"], send)

    async def _answer(self, path: Path, coding: str) -> Answer:
        place = path, coding
        if place not in self.answers:
            self.answers[place] = asyncio.create_task(asyncio.to_thread(_prepare, path, coding))
        try:
            # A visitor who leaves must not take the work away from those who wait for it too.
            return await asyncio.shield(self.answers[place])
        except OSError:
            del self.answers[place]
            raise


def _prepare(path: Path, coding: str) -> Answer:
    text = path.read_bytes()
    body = encodings.compress(text, coding)
    headers = {
        "content-type": f"{_KINDS[path.suffix]}; charset=utf-8",
        "content-encoding": coding,
        "content-length": str(len(body)),
        "etag": f'"{hashlib.sha256(text).hexdigest()[:16]}-{coding}"',
        "cache-control": _FOREVER,
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
    }
    return Answer(body, headers)


async def _send(answer: Answer, known: str, method: str, send: Send) -> None:
    fresh = known.strip() == "*" or answer.headers["etag"] in (
        tag.strip().removeprefix("W/") for tag in known.split(",")
    )
    kept = {name: text for name, text in answer.headers.items() if not (fresh and name.startswith("content-"))}
    raw = [(name.encode(), text.encode()) for name, text in kept.items()]
    await send({"type": "http.response.start", "status": 304 if fresh else 200, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if fresh or method == "HEAD" else answer.body})


def _varying(send: Send) -> Send:
    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return tell
