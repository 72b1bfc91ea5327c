"""The log says what operators need, in the format that is set, and nothing of a reader: read from real servers."""

import json
import logging
import re
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
import streamlit.logger
from process import ROOT, serve, serve_broken
from websockets.sync.client import connect

from pages.shared import development
from serving.logs import trace
from tests.browser.wire import call

SECRET = "tell_nobody"  # what a reader writes
FIELDS = {"time", "level", "logger", "message"}


def visit(server):
    """What readers do, and what they must not."""
    server.get(f"/elu?formula={SECRET}", x_forwarded_for="203.0.113.7", user_agent=SECRET)
    server.get(f"/nowhere-{SECRET}?{SECRET}")
    server.get(f"/elu?{SECRET}", "POST")
    server.get(f"/oauth2callback?error={SECRET}&error_description={SECRET}")
    server.get(f"/auth/login?provider={SECRET}")
    server.get(f"/component/{SECRET}/x.js")
    server.get(f"/media/{SECRET}.png")
    with call(server.url, "gelu", f"?formula={SECRET}") as line:
        line.open()
    with connect(f"{server.url.replace('http', 'ws')}/_stcore/stream?{SECRET}") as socket:
        socket.send(f"no message {SECRET}".encode())
        with pytest.raises(Exception, match="1002"):
            socket.recv()
    with pytest.raises(Exception, match="403"):
        connect(f"{server.url.replace('http', 'ws')}/_stcore/stream?{SECRET}", origin="https://school.example")


@pytest.fixture(scope="module", params=["streamlit-json", "uvicorn-json", "uvicorn-plain"])
def log(request, tmp_path_factory):
    """How a server was started, its format, its address, and all that it wrote; with uvicorn a page fails."""
    command, form = request.param.split("-")
    start = {"streamlit": serve, "uvicorn": serve_broken}[command]
    with start(tmp_path_factory.mktemp(request.param), NONLINEAR_LOG=form) as server:
        visit(server)
        with call(server.url, "elu", f"?formula={SECRET}") as line, suppress(AssertionError):
            line.open()
        server.process.terminate()
        server.process.wait()
        return command, form, server.url, server.log.read_text(encoding="utf-8")


def test_neither_an_address_nor_a_query_of_a_reader_is_logged(log):
    *_, url, text = log
    assert "Started server process" in text
    assert "Error deserializing back message" in text, "what went wrong is"
    assert SECRET not in text
    assert "203.0.113.7" not in text
    # The server itself may name where it listens, nothing else may be an address.
    assert set(re.findall(r"\d+\.\d+\.\d+\.\d+(?::\d+)?", text)) <= {url.removeprefix("http://")}
    assert "connection open" not in text


def test_as_json_each_line_is_an_object(log):
    _, form, url, text = log
    if form == "plain":
        assert re.search(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} Started server process", text, re.MULTILINE)
        return
    lines = list(map(json.loads, text.splitlines()))
    assert all(line.keys() >= FIELDS for line in lines)
    assert all(datetime.fromisoformat(line["time"]).utcoffset().seconds == 0 for line in lines)
    assert {line["level"] for line in lines} <= {"info", "warning", "error"}
    assert {"uvicorn.error", "streamlit.web.server.starlette.starlette_websocket"} <= {line["logger"] for line in lines}
    assert sum(url in line["message"] for line in lines) == 1, "by uvicorn, or by the guide"


def test_an_exception_in_a_run_is_logged_once_with_its_page_and_without_its_message(log):
    command, form, _, text = log
    assert text.count("A run of the page /elu failed") == (command == "uvicorn")
    if command == "uvicorn" and form == "json":
        (failed,) = (line for line in map(json.loads, text.splitlines()) if line["level"] == "error")
        assert failed["page"] == "/elu"
        assert failed["traceback"].endswith("ValueError")
        assert "draw_or_raise" in failed["traceback"]
    elif command == "uvicorn":
        assert re.search(r"^\d{4}[-\d:. ]+ A run of the page /elu failed\nTraceback .*?^ValueError$", text, re.M | re.S)


def test_what_nobody_caught_is_one_line_too(tmp_path):
    code = f"""
import os, threading, warnings
os.environ["NONLINEAR_LOG"] = "json"
import app
def fail():
    raise ValueError({SECRET!r}.upper())
thread = threading.Thread(target=fail)
thread.start()
thread.join()
warnings.warn("of a warning")
fail()
"""
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["level"] for line in lines] == ["critical", "warning", "critical"]
    assert "of a warning" in lines[1]["message"]
    assert all(line["traceback"].endswith("ValueError") for line in lines[::2])
    assert SECRET.upper() not in ended.stderr
    assert ended.returncode == 1


@pytest.mark.parametrize(("developing", "last"), [(False, "ValueError"), (True, f"ValueError: {SECRET}")])
def test_only_a_developer_reads_the_message(monkeypatch, developing, last):
    monkeypatch.setattr(development, "ON", developing)
    assert trace(ValueError(SECRET)).splitlines()[-1] == last


def test_a_chain_of_exceptions_is_told_from_the_first_to_the_last_without_their_words():
    try:
        try:
            Path(f"/nowhere/{SECRET}").read_text(encoding="utf-8")
        except OSError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        told = trace(error)
    assert re.findall(r"^(\w+(?:Error)): ?(.*)$|^(\w+Error)$", told, re.MULTILINE) == [
        ("FileNotFoundError", "No such file or directory", ""),
        ("", "", "ValueError"),
    ]
    assert SECRET not in told.replace('open(f"/nowhere/{SECRET}"', "")


def test_a_logger_that_streamlit_makes_later_is_written_by_the_same_handler(imported):
    imported()
    for name in ("streamlit.runtime.app_session", "streamlit.made_by_a_test"):
        logger = streamlit.logger.get_logger(name)
        streamlit.logger.update_formatter()
        assert (logger.handlers, logger.propagate) == ([], True)
    assert not logging.getLogger("uvicorn.access").hasHandlers()
