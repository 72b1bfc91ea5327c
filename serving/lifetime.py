"""From the start of the server to its end."""

from __future__ import annotations

import signal
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType

import streamlit as st
import uvicorn
from streamlit import config

from serving import address
from serving.logs import LOG
from serving.readiness import READINESS

LAST = 3
"""Seconds for which a server that is to stop waits for answers that are still being sent."""


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncGenerator[None, None]:
    """What Streamlit's server does beside serving."""
    # The first run imports what every page needs, so that the first reader need not wait for it.
    READINESS.begin()
    if config._server_mode == "starlette-app":  # Started by `streamlit run`, which would tell more than one line.
        host = config.get_option("server.address")
        known = host if host not in (None, "0.0.0.0", "::") else "localhost"
        LOG.info("The guide is served at http://%s:%s%s", known, config.get_option("server.port"), address.base())
    with _stop():
        yield


@contextmanager
def _stop() -> Iterator[None]:
    """Bound the time that stopping takes, and have /readyz say at once that it has begun.

    uvicorn answers SIGTERM by itself: it listens no more, closes each WebSocket with 1012, on which a browser connects
    anew, and ends. But it waits for ever for a reader who takes the rest of a file slowly, unless it is told how long;
    `streamlit run` does not tell it. Its server is found as the object whose method handles the signal.
    """
    handle = signal.getsignal(signal.SIGTERM)
    if not callable(handle) or threading.current_thread() is not threading.main_thread():
        yield  # Nobody waits for the signal, or it cannot be asked for here.
        return

    def begin(number: int, frame: FrameType | None) -> None:
        READINESS.stopping = True
        handle(number, frame)

    server = getattr(handle, "__self__", None)
    if isinstance(server, uvicorn.Server):
        server.config.timeout_graceful_shutdown = server.config.timeout_graceful_shutdown or LAST
    signal.signal(signal.SIGTERM, begin)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handle)
        READINESS.stopping = False
