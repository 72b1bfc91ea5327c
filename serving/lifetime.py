"""From the start of the server to its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit import config

from serving import address
from serving.logs import LOG
from serving.readiness import READINESS


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncGenerator[None, None]:
    """What Streamlit's server does beside serving."""
    # The first run imports what every page needs, so that the first reader need not wait for it.
    READINESS.begin()
    if config._server_mode == "starlette-app":  # Started by `streamlit run`, which would tell more than one line.
        host = config.get_option("server.address")
        known = host if host not in (None, "0.0.0.0", "::") else "localhost"
        LOG.info("The guide is served at http://%s:%s%s", known, config.get_option("server.port"), address.base())
    yield
