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
class Server:
    """A running Streamlit and what Linux says about its process."""

    subject: Subject
    port: int
    pid: int

    @property
    def base(self) -> str:
        """The address of home."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def stream(self) -> str:
        """The address of Streamlit's WebSocket."""
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def rss(self) -> float:
        """Resident memory in MiB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def cpu(self) -> float:
        """Milliseconds of processor time since the start, user and system, all threads."""
        # The clock that clock_getcpuclockid(3) names: /proc tells the same in ticks of 10 ms.
        return time.clock_gettime((~self.pid << 3) | 2) * 1e3


@contextmanager
def serving(subject: Subject) -> Iterator[Server]:
    """Serve ``subject`` on a free loopback port until the block ends."""
    with tempfile.TemporaryDirectory() as empty:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(subject.script), *_FLAGS, "--server.port", str(port)]
        process = subprocess.Popen(
            command, cwd=subject.folder or empty, env={**_environment(empty), "PAGES": subject.pages},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _await_health(process, port)
            yield Server(subject, port, process.pid)
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_health(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server on port {port} did not start (exit code {process.poll()})")
