"""The app as a process of its own, which a test can look at, load and stop."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import PATIENCE, ROOT, free_port

STREAMLIT = ("streamlit", "run", str(ROOT / "app.py"), "--server.address", "127.0.0.1", "--server.port")
UVICORN = ("uvicorn", "app:app", "--app-dir", str(ROOT), "--port")
# The guide with a page that raises what a reader wrote, in a run of the whole page.
BROKEN = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from pages.shared import layout
draw = layout.draw_foot
def draw_or_raise(page):
    if page.path == "elu":
        raise ValueError("a text that a reader wrote: " + st.query_params.get("formula", ""))
    draw(page)
layout.draw_foot = draw_or_raise
from app import app
"""


@dataclass
class Server:
    """Its address, its process, and the file that both of its streams are written to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of an answer; underscores in the names of headers stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"{self.url}{path}", method=method, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.headers.items()}
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(), {k.lower(): v for k, v in refused.headers.items()}


@contextmanager
def serve_broken(folder: Path, **variables: str) -> Iterator[Server]:
    """The same of the guide with a page that raises."""
    (folder / "broken.py").write_text(BROKEN, encoding="utf-8")
    command = ("uvicorn", "broken:app", "--app-dir", str(folder), "--port")
    with serve(folder, command=command, **variables) as server:
        yield server


@contextmanager
def serve(folder: Path, *options: str, command: tuple[str, ...] = STREAMLIT, **variables: str) -> Iterator[Server]:
    """Start a server with these environment variables, wait until a page can be had, stop it."""
    port = free_port()
    log = folder / f"log-{port}.txt"
    with log.open("w") as out:
        line = [sys.executable, "-m", *command, str(port), *options]
        process = subprocess.Popen(line, cwd=folder, env={**os.environ, **variables}, stdout=out, stderr=out)
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        eventually(lambda: process.poll() is not None or _answer(server) == 200)
        assert process.poll() is None, log.read_text()
        yield server
    finally:
        process.kill()
        process.wait()


def eventually(holds: object, patience: float = PATIENCE) -> None:
    """Wait until something holds; whether it does in the end is asserted."""
    deadline = time.monotonic() + patience
    while not (last := holds()) and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.05)
    assert last, "it did not come about"


def _answer(server: Server) -> int:
    try:
        return server.get("/readyz")[0]
    except OSError:
        return 0
