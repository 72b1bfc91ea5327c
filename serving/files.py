"""Streamlit's files and ours, compressed at the first request and cached: stock Streamlit sends 8.2 MB at first."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from pages.shared import development
from serving import address, caching, encodings, search, shell

_TEXTS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
_KINDS = {**_TEXTS, ".woff2": "font/woff2"}  # fonts come compressed
# The bundle's names carry a hash of what is in them.
_FOREVER = "public, immutable, max-age=31536000"


@dataclass(frozen=True)
class Answer:
    """A file in one coding; its headers with the body, and those of a 304 to a browser that has it."""

    body: bytes
    tag: str
    headers: list[tuple[bytes, bytes]]
    not_modified: list[tuple[bytes, bytes]]


def bundle() -> frozenset[str]:
    """Every file of Streamlit's bundle as it is asked for, e.g. "static/js/index.DormvYxC.js"."""
    folder = Path(file_util.get_static_dir())
    return frozenset(path.relative_to(folder).as_posix() for path in (folder / "static").rglob("*"))


def made() -> dict[str, bytes]:
    """Files that lie in no folder, by address below the guide's own path; the name changes with the content."""
    ours = {shell.address(): shell.script(), shell.printed(): shell.print_style()}
    return {**{address: text.encode() for address, text in ours.items()}, **search.made()}


class Files:
    """Answers for the texts and fonts in ``folder`` and for those ``made``; every other request is left to ``app``.

    A new visitor asks for a hundred of them, so each answer is prepared once. A part of one of Streamlit's
    files is left to ``app`` as well; of a file made here all is sent.
    """

    def __init__(self, app: ASGIApp, folder: Path | None = None) -> None:
        self.app = app
        folder = folder or Path(file_util.get_static_dir())
        found = (path for path in (folder / "static").rglob("*") if path.suffix in _KINDS)
        streamlits = {path.relative_to(folder).as_posix(): path for path in found}
        self.paths = {f"{address.base()}/{name}": path for name, path in streamlits.items()}
        self.answers: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._make()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file."""
        place = scope["path"] if scope["type"] == "http" else ""
        if development.ON and place not in self.paths:
            development.forget_outdated()
            self._make()
        ours = place in self.made
        if not (ours or place in self.paths) or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        asked = dict(reversed(scope["headers"]))
        is_text = Path(place).suffix in _TEXTS
        coding = encodings.best(asked.get(b"accept-encoding", b"").decode("latin-1")) if is_text else ""
        if not ours and (b"range" in asked or (is_text and not coding)):
            return await self.app(scope, receive, _varying(send))
        answer = await self._answer(place, coding)
        await _send(answer, asked.get(b"if-none-match", b"").decode("latin-1"), scope["method"], send)

    def _make(self) -> None:
        self.made = {f"{address.base()}/{name}": text for name, text in made().items()}

    async def _answer(self, name: str, coding: str) -> Answer:
        place = name, coding
        if place not in self.answers:
            self.answers[place] = asyncio.create_task(asyncio.to_thread(self._prepare, name, coding))
        task = self.answers[place]
        try:
            # A visitor who leaves must not take the work away from those who wait for it too.
            return task.result() if task.done() else await asyncio.shield(task)
        except OSError:
            # Of all who waited for it, the first to hear takes it away; others may already wait for the next.
            if self.answers.get(place) is task:
                del self.answers[place]
            raise

    def _prepare(self, name: str, coding: str) -> Answer:
        raw = self.made[name] if name in self.made else self.paths[name].read_bytes()
        body = encodings.compress(raw, coding)
        tag = f'"{hashlib.sha256(raw).hexdigest()[:16]}-{coding}"'
        headers = {
            "etag": tag,
            "cache-control": _FOREVER,
            "vary": "Accept-Encoding",
            "x-content-type-options": "nosniff",
        }
        about = {"content-type": _KINDS[Path(name).suffix], "content-length": str(len(body))}
        about |= {"content-encoding": coding} if coding else {}
        not_modified, more = (
            [(key.encode(), text.encode()) for key, text in part.items()] for part in (headers, about)
        )
        return Answer(body, tag, [*more, *not_modified], not_modified)


async def _send(answer: Answer, known: str, method: str, send: Send) -> None:
    fresh = caching.has(known, answer.tag)
    headers = answer.not_modified if fresh else answer.headers
    await send({"type": "http.response.start", "status": 304 if fresh else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if fresh or method == "HEAD" else answer.body})


def _varying(send: Send) -> Send:
    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return tell
