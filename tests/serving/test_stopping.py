"""A server that is to stop says so, lets its readers connect elsewhere at once, and waits for nobody for long."""

import asyncio
import signal
import socket
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
import streamlit
from asking import request, started
from process import STREAMLIT, UVICORN, serve
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from serving.readiness import READINESS
from tests.browser.wire import call

COMMANDS = {"streamlit": STREAMLIT, "uvicorn": UVICORN}
LARGEST = max((Path(streamlit.__file__).parent / "static/static/js").glob("PlotlyChart.*.js"))


def slow(url):
    """A reader who takes the first bytes of a large file and then no more."""
    host, port = url.removeprefix("http://").split(":")
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((host, int(port)))
    line.sendall(f"GET /static/js/{LARGEST.name} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert line.recv(12) == b"HTTP/1.1 200"
    return line


def closed(line):
    """The code with which a WebSocket is closed."""
    try:
        while True:
            line.recv(timeout=60)
    except ConnectionClosed as ended:
        return ended.rcvd.code


@pytest.mark.parametrize("command", COMMANDS)
def test_on_sigterm_every_socket_is_told_to_connect_anew_and_the_process_ends(tmp_path, command):
    with serve(tmp_path, command=COMMANDS[command]) as server, ExitStack() as stack:
        stream = f"{server.url.replace('http', 'ws')}/_stcore/stream"
        lines = [stack.enter_context(connect(stream, max_size=None)) for _ in range(10)]
        with call(server.url, "elu", "") as reader, slow(server.url):
            reader.open()
            server.process.terminate()
            assert {closed(line) for line in lines} == {1012}, "going away, to come back"
            with pytest.raises(OSError, match="refused"):
                server.get("/readyz")
            assert server.process.wait(60) == -signal.SIGTERM
        assert "timeout graceful shutdown exceeded" in server.log.read_text()


@pytest.fixture
def told():
    """The signals that reached who had asked for them before; what was there is put back."""
    signals = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: signals.append(number))
    yield signals
    signal.signal(signal.SIGTERM, before)


def test_while_it_stops_a_server_is_not_ready(imported, told):
    async def stop():
        app = imported()
        async with started(app):
            await READINESS.begin()
            before = await request(app, "/readyz")
            signal.raise_signal(signal.SIGTERM)
            return before.status, await request(app, "/readyz"), await request(app, "/healthz")

    before, ready, alive = asyncio.run(stop())
    assert before == 200
    assert (ready.status, ready.body) == (503, b"stopping")
    assert alive.status == 200, "who kills what is not alive need not hurry it"
    assert told == [signal.SIGTERM], "the server hears it too"
    signal.raise_signal(signal.SIGTERM)
    assert told == [signal.SIGTERM] * 2
    assert not READINESS.stopping, "afterwards it is as it was"


def test_in_another_thread_signals_are_left_alone(imported, told):
    async def live():
        async with started(imported()):
            await READINESS.begin()  # No run goes on when the test is over.

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    thread.join()
    signal.raise_signal(signal.SIGTERM)
    assert told == [signal.SIGTERM]
    assert not READINESS.stopping
