"""From the start of the server to its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import streamlit as st

from serving.readiness import READINESS


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncGenerator[None, None]:
    """What Streamlit's server does beside serving."""
    # The first run imports what every page needs, so that the first reader need not wait for it.
    READINESS.begin()
    yield
