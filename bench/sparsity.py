"""Measure anew whether zeros save time in a matrix product: ``python -m bench.sparsity``, about a minute."""

from __future__ import annotations

import datetime
import os
import platform
import time
from pathlib import Path

import numpy as np
import scipy

from activations.experiments import sparsity


def where() -> str:
    """The machine, the versions and the day."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    machine = f"{named[0] if named else platform.processor()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"
    return f"{machine}; {versions}; {datetime.datetime.now(datetime.UTC).date().isoformat()}"


if __name__ == "__main__":
    found = sparsity.measure(time.process_time, where())
    sparsity.store(found)
    print(found)
