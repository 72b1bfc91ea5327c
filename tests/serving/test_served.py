"""The whole app as it is started: by Streamlit from any folder, or by any ASGI server."""

import asyncio
import gzip
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import streamlit
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

from serving import sessions

ROOT = Path(__file__).parents[2]
STREAMLIT = ["streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true", "--server.address", "127.0.0.1"]
COMMANDS = {
    "streamlit": [*STREAMLIT, "--server.port"],
    "uvicorn": ["uvicorn", "app:app", "--app-dir", str(ROOT), "--log-level", "warning", "--port"],
}


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(Stay)
PATIENCE = 60.0  # seconds until a server that does not answer counts as broken


@pytest.fixture(scope="module", params=COMMANDS)
def server(request, tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    elsewhere = tmp_path_factory.mktemp(request.param)
    with (elsewhere / "log.txt").open("w") as log:
        command = [sys.executable, "-m", *COMMANDS[request.param], port]
        process = subprocess.Popen(command, cwd=elsewhere, stdout=log, stderr=log)
        try:
            wait(f"http://127.0.0.1:{port}/_stcore/health", process, elsewhere / "log.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def wait(url, process, log):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


def fetch(url, method="GET", **headers):
    request = urllib.request.Request(url, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()


def test_a_deep_link_is_answered_with_its_own_page(server):
    headers, body = fetch(f"{server}/elu?lang=zh")
    assert '<html lang="zh-CN">' in body.decode()
    assert f'content="{server}/cards/elu.png"' in body.decode()
    assert "frame-ancestors *" in headers["content-security-policy"]


@pytest.mark.parametrize(("path", "method"), [("/elu", "POST"), ("/cards/nosuch.png", "GET")])
def test_what_cannot_be_had_is_refused_with_the_same_headers(server, path, method):
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{server}{path}", method)
    with refused.value as answer:
        assert answer.status == {"POST": 405, "GET": 404}[method]
        assert "frame-ancestors *" in answer.headers["content-security-policy"]


def test_its_settings_are_read_from_any_folder(server):
    async def greet():
        async with websockets.connect(f"{server.replace('http', 'ws')}/_stcore/stream") as socket:
            await socket.send(BackMsg(rerun_script=ClientState(query_string="")).SerializeToString())
            return ForwardMsg.FromString(await socket.recv())

    new_session = asyncio.run(greet()).new_session
    assert not new_session.config.gather_usage_stats
    assert new_session.custom_theme.light.primary_color == "#0b5fa5"


def test_nobody_fills_the_memory_with_one_message(server):
    async def shout():
        async with websockets.connect(f"{server.replace('http', 'ws')}/_stcore/stream") as socket:
            await socket.send(bytes(17_000_000))
            await socket.recv()

    with pytest.raises(websockets.ConnectionClosedError) as closed:
        asyncio.run(shout())
    assert closed.value.rcvd.code == 1009, "too big"


def test_no_session_watches_files_whoever_starts_it(imported):
    imported()
    assert AppSession.register_file_watchers is sessions._register_if_asked


@pytest.mark.parametrize("path", ["/nowhere", "/elu/deeper", "/static/js/old.js", "/index"])
def test_where_nothing_is_streamlits_page_never_stands_in(server, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        OPENER.open(f"{server}{path}")
    with refused.value as answer:
        assert answer.status == (301 if path == "/index" else 404)
        assert b"<title>Streamlit</title>" not in answer.read()
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_bundle_is_small_and_whole(server):
    name = next((Path(streamlit.__file__).parent / "static/static/js").glob("index.*.js"))
    url = f"{server}/static/js/{name.name}"
    headers, body = fetch(url, accept_encoding="gzip")
    assert (headers["content-encoding"], headers["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(body) == name.read_bytes() == fetch(url)[1]
    assert fetch(url, "HEAD", accept_encoding="gzip")[0]["content-length"] == str(len(body))
    assert fetch(url, range="bytes=0-9", accept_encoding="gzip")[1] == name.read_bytes()[:10]
