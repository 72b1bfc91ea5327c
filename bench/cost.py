"""Takes the recorded timings of NumPy lines anew: ``python -m bench.cost`` (some minutes; leave the machine alone)."""

from __future__ import annotations

import datetime
import os
import platform
import sys
import time
from pathlib import Path

from activations.experiments import cost

PASSES = 12


def about() -> dict[str, str]:
    """The machine, the versions and the day."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "versions": cost.versions(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown processor"


def main() -> None:
    """Measure and store."""
    for timings in cost.measure(time.thread_time, cost.SIZE.grid, budget=float("inf"), passes=PASSES):
        print(f"\r{timings.passes} of {PASSES} passes, {timings.spent:.0f} s", end="", file=sys.stderr)
    cost.store(timings, about())
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
