"""The server asks nobody in the internet, neither at its start nor when a socket comes from another site."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.server import PATIENCE, serve


def test_the_server_asks_nobody(tmp_path: Path) -> None:
    """All that the process would ask goes to a proxy of ours, which notes it."""
    asked: list[bytes] = []

    def note(proxy: socket.socket) -> None:
        while True:
            try:
                line, _ = proxy.accept()
            except OSError:
                return
            with line:
                asked.append(line.recv(200))

    with socket.create_server(("127.0.0.1", 0)) as proxy:
        threading.Thread(target=note, args=(proxy,), daemon=True).start()
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        environment = {"http_proxy": address, "https_proxy": address, "no_proxy": ""}
        # Only a server that listens everywhere prints all its addresses.
        with serve(tmp_path / "server.log", listen="0.0.0.0", environment=environment) as base:
            stream = f"{base.replace('http', 'ws')}/_stcore/stream"
            with pytest.raises(InvalidStatus) as refused:
                connect(stream, origin="https://elsewhere.example", open_timeout=PATIENCE, proxy=None)
            assert refused.value.response.status_code == 403
    assert asked == []
