"""What has happened since the server started, in numbers, and the text in which Prometheus reads them.

A label is the address of a page of the register or the method of a request, never what a reader sent.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

SLOW = 1.0
"""Seconds from which a run counts as slow."""
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

PAGES_SENT = "nonlinear_pages_total"
RUNS = "nonlinear_runs_total"
SLOW_RUNS = "nonlinear_slow_runs_total"
ERRORS = "nonlinear_run_errors_total"
SOCKETS = "nonlinear_sockets_total"
SOCKETS_REFUSED = "nonlinear_sockets_refused_total"
PAGES_REFUSED = "nonlinear_pages_refused_total"
_RUN_SECONDS = "nonlinear_run_seconds"
_BOUNDS = (0.05, 0.1, 0.25, 0.5, SLOW, 2.5, 5.0)
_HELP = {
    PAGES_SENT: "Requests for a page that were answered with it.",
    RUNS: "Runs of a page, as a whole or of the part that a slider moves.",
    SLOW_RUNS: f"Runs that took longer than {SLOW:g} s.",
    ERRORS: "Exceptions that a page did not catch.",
    SOCKETS: "WebSockets that were accepted: a reader opens one a visit, and one after each loss of the connection.",
    SOCKETS_REFUSED: "WebSockets that were not accepted.",
    PAGES_REFUSED: "Requests for a page that were answered with the page which says that the guide is full.",
}
_STARTED = time.time()
_Labels = tuple[tuple[str, str], ...]


class Counters:
    """Counts by name and labels; threads of runs and the one that serves may count at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, _Labels]] = Counter()
        self._seconds, self._within = 0.0, [0] * len(_BOUNDS)

    def count(self, name: str, **labels: str) -> None:
        """One more of these."""
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += 1

    def run(self, page: str, seconds: float) -> None:
        """A run of a page took so long."""
        self.count(RUNS, page=page)
        if seconds > SLOW:
            self.count(SLOW_RUNS, page=page)
        with self._lock:
            self._seconds += seconds
            self._within = [count + (seconds <= bound) for count, bound in zip(self._within, _BOUNDS, strict=True)]

    def text(self, readers: int) -> str:
        """All of them in the text format of Prometheus, with the readers of this moment and what the process uses."""
        with self._lock:
            counts, seconds, within = self._counts.copy(), self._seconds, list(self._within)
        lines = [*_family("nonlinear_readers", "gauge", "WebSockets that are open now.", {"": readers})]
        found: dict[str, float]
        for name, said in _HELP.items():
            found = {_labels(labels): count for (each, labels), count in counts.items() if each == name}
            # What has no label is told as 0 from the start; a page is told when it has been asked for.
            bare = name in (SOCKETS, SOCKETS_REFUSED, PAGES_REFUSED)
            lines += _family(name, "counter", said, {"": 0, **found} if bare else found)
        total = sum(count for (name, _), count in counts.items() if name == RUNS)
        buckets: dict[str, float] = {
            f'_bucket{{le="{bound:g}"}}': count for bound, count in zip(_BOUNDS, within, strict=True)
        }
        buckets |= {'_bucket{le="+Inf"}': total, "_sum": seconds, "_count": total}
        lines += _family(_RUN_SECONDS, "histogram", "Seconds that a run took.", buckets)
        for name, kind, said, value in _process():
            lines += _family(name, kind, said, {"": value})
        return "\n".join([*lines, ""])


def _family(name: str, kind: str, said: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} {kind}"
    yield from (f"{name}{suffix} {value:.16g}" for suffix, value in values.items())


def _labels(labels: _Labels) -> str:
    told = ",".join(f'{name}="{value}"' for name, value in labels)
    return f"{{{told}}}" if told else ""


def _process() -> Iterator[tuple[str, str, str, float]]:
    """Name, kind, meaning and value of what the process uses, under the names that Prometheus gives them elsewhere."""
    yield "process_start_time_seconds", "gauge", "When the process started, in Unix time.", _STARTED
    yield "process_cpu_seconds_total", "counter", "Processor time in user and system mode.", time.process_time()
    memory = Path("/proc/self/statm")
    if memory.exists():  # only where the kernel is Linux
        pages = int(memory.read_text(encoding="ascii").split()[1])
        yield "process_resident_memory_bytes", "gauge", "Resident memory.", float(pages * os.sysconf("SC_PAGE_SIZE"))


COUNTERS = Counters()
"""Those of this process."""
