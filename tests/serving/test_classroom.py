"""A room without internet is told by which address and which code its computer serves it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import ifaddr
import pytest
import segno
from streamlit import config

from serving import classroom
from tests.oracle.source import ROOT

LONG, PATIENCE = "192.168.178.123", 60.0
BLOCKS = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}


def adapter(name, *addresses):
    """An interface as the library lists it: of version 4 an address is a text, of version 6 a triple."""
    return ifaddr.Adapter(name, name, [ifaddr.IP(each, 24, name) for each in addresses])


@pytest.fixture
def interfaces(monkeypatch):
    """Sets the interfaces of this computer, and by which of their addresses it reaches the internet."""

    def have(*adapters, outward=""):
        monkeypatch.setattr(ifaddr, "get_adapters", lambda: list(adapters))
        monkeypatch.setattr(classroom, "_outward", lambda: outward)

    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return have


LOOP = adapter("lo", "127.0.0.1", ("::1", 0, 0))


def test_each_network_is_named_and_neither_the_computer_itself_nor_what_nobody_reaches(interfaces):
    wifi = adapter("wlan0", LONG, ("fe80::1", 0, 2))
    interfaces(LOOP, wifi, adapter("eth0", "10.1.2.3", "10.1.2.4"), adapter("eth1", "169.254.7.7"))
    assert list(classroom.networks()) == [("10.1.2.3", "eth0"), ("10.1.2.4", "eth0"), (LONG, "wlan0")]


def test_the_network_towards_the_internet_comes_last_where_it_is_seen(interfaces):
    interfaces(adapter("eth0", "10.1.2.3"), adapter("docker0", "172.17.0.1"), outward="10.1.2.3")
    assert [place for place, _ in classroom.networks()] == ["172.17.0.1", "10.1.2.3"]
    notice = classroom.notice("8501", colours=False)
    assert notice.index("http://172.17.0.1:8501  (docker0)") < notice.index("http://10.1.2.3:8501  (eth0)")
    assert "Try the last address first." in notice


def test_this_computer_is_in_the_networks_that_its_name_or_its_routes_tell():
    known = {place for place, _ in classroom.networks()}
    outward = classroom._outward()
    assert not outward or outward.startswith("127.") or outward in known


def test_where_there_is_one_network_nothing_is_to_be_chosen(interfaces):
    interfaces(LOOP, adapter("wlan0", LONG))
    notice = classroom.notice("8600", colours=False)
    assert notice.startswith("Students who are in the same network open this address")
    assert re.findall(r"http\S+", notice) == [f"http://{LONG}:8600"]
    assert "Try the last" not in notice
    assert notice.endswith("Ctrl+C stops the server.")


def test_where_there_is_no_network_it_says_so_and_draws_no_code(interfaces):
    interfaces(LOOP)
    notice = classroom.notice("8501", colours=False)
    assert "in no network" in notice
    assert re.findall(r"http\S+", notice) == ["http://localhost:8501"]
    assert not set(notice) & set(BLOCKS) - {" "}


@pytest.mark.parametrize(
    ("spoken", "begins"),
    [("zh_CN.UTF-8", "在同一网络中"), ("C.UTF-8", "Students"), ("", "Students"), ("fr_FR", "Students")],
)
def test_it_speaks_the_language_of_the_terminal(interfaces, monkeypatch, spoken, begins):
    interfaces(adapter("wlan0", LONG))
    monkeypatch.setenv("LANG", spoken)
    assert classroom.notice("8501", colours=False).startswith(begins)


def test_the_path_that_the_guide_is_served_under_is_part_of_the_address(interfaces):
    interfaces(adapter("wlan0", LONG))
    config.set_option("server.baseUrlPath", "guide")
    try:
        assert f"http://{LONG}:8501/guide  (wlan0)" in classroom.notice("8501", colours=False)
    finally:
        config.set_option("server.baseUrlPath", "")


@pytest.mark.parametrize("colours", [True, False])
def test_the_code_is_that_of_the_link_with_a_white_border_in_every_terminal(colours):
    link = f"http://{LONG}:8501"
    lines = classroom.qr(link, colours).split("\n")
    if colours:
        assert all(line.startswith("\033[97;40m") and line.endswith("\033[0m") for line in lines)
        lines = [line.removeprefix("\033[97;40m").removesuffix("\033[0m") for line in lines]
    assert len(lines) <= 18, "with its address it fits a terminal of 24 lines"
    # A block is white, and white is a light square.
    drawn = [[BLOCKS[sign][half] for sign in line] for line in lines for half in (0, 1)]
    wanted = [[1 - square for square in row] for row in segno.make_qr(link).matrix]
    size = len(wanted)
    assert [row[2 : 2 + size] for row in drawn[2 : 2 + size]] == wanted
    border = [*drawn[0], *drawn[1], *drawn[2 + size], *(row[k] for row in drawn[: size + 4] for k in (0, 1, -1, -2))]
    assert set(border) == {1}


def test_the_room_is_served_by_every_address_of_the_computer_and_nobody_outside_is_asked(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with (tmp_path / "log.txt").open("w") as log:
        command = [sys.executable, "-m", "serving.classroom", port]
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
    try:
        # Every address in 127.0.0.0/8 is this computer's; a server of localhost alone would not answer here.
        assert answered(f"http://127.0.0.2:{port}/elu", process) == 200
    finally:
        os.killpg(process.pid, signal.SIGINT)  # As Ctrl+C does, to the command and to the server that it started.
        process.wait()
    assert process.returncode == 0
    said = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert f":{port}" in said
    # Streamlit would print it, and ask a server on the internet for it.
    assert "External URL" not in said
    assert "You can now view" not in said
    assert "Traceback" not in said


def answered(url, process):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.status
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    return None
