"""What each part of the tests costs: CPU seconds of all its processes, browsers included, and wall time.

``make test-cost`` runs the parts of ``make test``, two at a time as that does, and prints a line for each. To compare
suites, name them and run one at a time: ``python -m tests.cost --jobs 1 unit-rest unit-experiments``.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

_SET_CHILD_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER in <linux/prctl.h>


def measure(command: Sequence[str]) -> tuple[float, float, int]:
    """CPU seconds of ``command`` and of every process it started, wall seconds, and its exit code.

    The calling process must have no children of its own. On Linux it adopts the orphans of ``command``, such as the
    processes of a browser, and waits for them, because only the process that waits for another learns its time.
    Elsewhere an orphan's time is lost.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begun = time.monotonic()
    code = -1
    process = subprocess.Popen(command)
    while True:
        try:
            pid, status = os.waitpid(-1, 0)
        except ChildProcessError:  # All have ended.
            break
        if pid == process.pid:
            process.returncode = code = os.waitstatus_to_exitcode(status)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, time.monotonic() - begun, code


def _part(name: str) -> tuple[float, bool]:
    """Run one part of the Makefile in a process of its own and print its line; its output too if it fails."""
    with tempfile.TemporaryFile("w+") as output:
        command = [sys.executable, "-m", "tests.cost", "--measure", name]
        line = subprocess.run(command, stdout=subprocess.PIPE, stderr=output, text=True, check=True).stdout
        cpu, wall, code = line.split()
        print(f"{name:20}{float(cpu):9.1f}{float(wall):9.1f}{'' if code == '0' else '   failed'}", flush=True)
        if code != "0":
            output.seek(0)
            print(output.read(), flush=True)
    return float(cpu), code == "0"


def main() -> None:
    """Measure the parts that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="+", help="targets of the Makefile")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        # The one line that is read is written to the standard output; what the part prints goes to the standard error.
        stdout = os.dup(1)
        os.dup2(2, 1)
        cpu, wall, code = measure(["make", "--no-print-directory", *asked.parts])
        os.write(stdout, f"{cpu} {wall} {code}".encode())
        return
    print(f"{'':20}{'CPU s':>9}{'wall s':>9}", flush=True)
    begun = time.monotonic()
    with ThreadPoolExecutor(asked.jobs) as pool:
        measured = list(pool.map(_part, asked.parts))
    print(f"{'together':20}{sum(cpu for cpu, _ in measured):9.1f}{time.monotonic() - begun:9.1f}")
    sys.exit(not all(passed for _, passed in measured))


if __name__ == "__main__":
    main()
