"""Measurements that the visitors of a server share: one runs at a time, and all who ask meanwhile get its result."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from activations.experiments import cost
from activations.experiments.cost import Timings

REST = 20.0  # seconds for which a result is new enough not to be measured again
_PATIENCE = 15.0  # seconds that a visitor waits for a measurement of another
_LOOK = 0.1  # seconds between two looks at its progress


@dataclass(frozen=True)
class Result:
    """What was measured, and when by the clock on the wall."""

    timings: Timings
    at: float


@dataclass
class SharedMeasurement:
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

    def request(self, report: Callable[[float], object]) -> None:
        """Make sure that ``last`` is a new result; ``report`` is called with the share of the time that has passed.

        Nothing is measured if the last one is younger than ``REST``. While another visitor's measurement runs, its end
        is waited for.
        """
        if not self._busy.acquire(blocking=False):
            self._wait(report)
            return
        try:
            if self.last is None or self.age(self.last) > REST:
                self._measure(report)
        finally:
            self.share = 0.0
            self._busy.release()

    def _measure(self, report: Callable[[float], object]) -> None:
        for timings in cost.measure(self.clock):
            self.share = min(1.0, timings.spent / cost.BUDGET)
            report(self.share)
        self.last = Result(timings, self.now())

    def _wait(self, report: Callable[[float], object]) -> None:
        until = self.now() + _PATIENCE
        while self._busy.locked() and self.now() < until:
            report(self.share)
            self.rest(_LOOK)


SHARED = SharedMeasurement()
