"""The measurements of a server for its visitors: one at a time, whose result all get who ask meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from activations.experiments import cost
from activations.experiments.cost import Timings

REST = 20.0  # seconds for which a result is new enough not to be measured again
_PATIENCE = 15.0  # seconds that anybody waits for a measurement of somebody else
_LOOK = 0.1  # seconds between two looks at how far that is


@dataclass(frozen=True)
class Result:
    """What was measured, and when by the desk's clock on the wall."""

    timings: Timings
    at: float


@dataclass
class Desk:
    """The lock and the last result. ``clock`` counts this thread's time at work, ``now`` is the clock on the wall."""

    clock: Callable[[], float] = time.thread_time
    now: Callable[[], float] = time.monotonic
    rest: Callable[[float], None] = time.sleep
    last: Result | None = None
    share: float = 0.0
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def age(self, result: Result) -> float:
        """Seconds since a result came."""
        return self.now() - result.at

    def ask(self, tell: Callable[[float], object]) -> None:
        """See to it that there is a new ``last`` result; ``tell`` hears what share of the time has passed.

        Nothing is measured if the last one is younger than ``REST``, or while somebody else has it measured: then that
        is waited for.
        """
        if not self._busy.acquire(blocking=False):
            self._wait(tell)
            return
        try:
            if self.last is None or self.age(self.last) > REST:
                self._measure(tell)
        finally:
            self.share = 0.0
            self._busy.release()

    def _measure(self, tell: Callable[[float], object]) -> None:
        for timings in cost.measure(self.clock):
            self.share = min(1.0, timings.spent / cost.BUDGET)
            tell(self.share)
        self.last = Result(timings, self.now())

    def _wait(self, tell: Callable[[float], object]) -> None:
        until = self.now() + _PATIENCE
        while self._busy.locked() and self.now() < until:
            tell(self.share)
            self.rest(_LOOK)


DESK = Desk()
