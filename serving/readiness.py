"""Whether a reader who comes now gets a page: the first page is run every few seconds while somebody asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from streamlit.runtime import Runtime

FRESH = 10.0
"""Seconds for which a result is told without another run."""
_STALE = 60.0  # seconds after which a result is told no more: who asks waits for the next
Run = Callable[[], Awaitable[tuple[bool, str]]]


class Readiness:
    """The last result, and the run that is under way.

    A run takes as long as a reader's page does: on a busy server longer than a probe waits. Who asks is therefore told
    the last result at once, while the next is found out.
    """

    def __init__(self, run: Run, now: Callable[[], float] = time.monotonic) -> None:
        self.stopping = False
        self._run, self._now = run, now
        self._reason, self._at = "starting", -_STALE
        self._task: asyncio.Task[None] | None = None

    async def reason(self) -> str:
        """Why no page can be had, in a word: starting, stopping, error, timeout; "" if one can."""
        age = self._now() - self._at
        if not self.stopping and age >= FRESH:
            task = self.begin()
            if age >= _STALE and self._reason != "starting":
                await asyncio.shield(task)
        return "stopping" if self.stopping else self._reason

    def begin(self) -> asyncio.Task[None]:
        """Find the next result, unless that is under way."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._find())
        return self._task

    async def _find(self) -> None:
        try:
            runs, why = await self._run()
        except Exception as error:
            runs, why = False, type(error).__name__
        self._reason, self._at = "" if runs else why, self._now()


async def run_first_page() -> tuple[bool, str]:
    """Whether the first page runs to its end without an exception, and why not.

    Streamlit runs it in a session of its own, which it keeps in no list and shuts down at once: no reader is counted.
    """
    return await Runtime.instance().does_script_run_without_error()


READINESS = Readiness(run_first_page)
