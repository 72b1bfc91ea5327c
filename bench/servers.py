"""The servers under test: started fresh for each measurement, watched through /proc, stopped by their handle."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_START_LIMIT = 40.0
# The only flags, the same for all: quiet, and reachable from this machine alone.
_FLAGS = ("--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1")


@dataclass(frozen=True)
class Subject:
    """An app to measure."""

    name: str
    script: Path
    folder: Path | None  # where the server starts, which decides the config.toml it reads; None is an empty folder
    pages: str = ""  # how many


OURS = Subject("Nonlinear", ROOT / "app.py", ROOT)
STOCK = Subject("stock", ROOT / "bench" / "stock.py", None)
FEW, MANY = (Subject(f"{count} pages", ROOT / "bench" / "crowd.py", ROOT, count) for count in ("13", "57"))


@dataclass(frozen=True)
class Process:
    """What Linux says about a process and those that it started."""

    pid: int

    def rss(self) -> float:
        """Resident memory in MiB."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self._pids())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def cpu(self) -> float:
        """Milliseconds of processor time since the start, user and system, all threads."""
        # The clock that clock_getcpuclockid(3) names: /proc tells the same in ticks of 10 ms.
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self._pids()) * 1e3

    def _pids(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]


@dataclass(frozen=True)
class Server(Process):
    """A running Streamlit."""

    subject: Subject
    port: int

    @property
    def base(self) -> str:
        """The address of home."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def stream(self) -> str:
        """The address of Streamlit's WebSocket."""
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"


@contextmanager
def serving(subject: Subject, port: int = 0, prefix: str = "") -> Iterator[Server]:
    """Serve ``subject`` below ``prefix`` on that loopback port, or on a free one, until the block ends."""
    with tempfile.TemporaryDirectory() as empty:
        port = port or free_port()
        flags = [*_FLAGS, "--server.port", str(port), *(("--server.baseUrlPath", prefix) if prefix else ())]
        command = [sys.executable, "-m", "streamlit", "run", str(subject.script), *flags]
        process = subprocess.Popen(
            command, cwd=subject.folder or empty, env={**_environment(empty), "PAGES": subject.pages},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _await_health(process, f"http://127.0.0.1:{port}{prefix}/_stcore/health")
            yield Server(process.pid, subject, port)
        except Exception as error:
            # A server that is being shut down closes its connections first and ends a moment later.
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(3)
                error.add_note(f"the {subject.name} server ended during the measurement (exit code {code})")
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _environment(home: str) -> dict[str, str]:
    # Neither the user's own ~/.streamlit nor STREAMLIT_* variables may tune a server.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    return {**inherited, "HOME": home}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_health(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} was not served (exit code {process.poll()})")
