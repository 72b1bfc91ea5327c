"""The unit for systemd: what systemd says of it, and its command line under its limits."""

import os
import re
import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from contextlib import ExitStack, contextmanager

import pytest
import websockets

from tests.browser.server import PATIENCE, ROOT, free_port
from tests.browser.wire import call

UNIT = ROOT / "deploy" / "systemd" / "nonlinear@.service"
INSTALLED = "/opt/nonlinear/current"
EXPOSED_AT_MOST = 1.5  # of 10; systemd calls what is below 2 "OK", and a service without any of these lines 9.6
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is of Linux")


def lines():
    """The values of each line of the unit, by name."""
    found = defaultdict(list)
    for name, value in re.findall(r"^(\w+)=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE):
        found[name].append(value)
    return found


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture
def installed(tmp_path):
    """The unit for where the project lies now."""
    unit = tmp_path / "nonlinear@8501.service"
    unit.write_text(UNIT.read_text(encoding="utf-8").replace(INSTALLED, str(ROOT)), encoding="utf-8")
    return unit


def test_systemd_has_nothing_to_say_against_the_unit(installed):
    said = analyze("verify", "--man=no", installed)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_the_service_is_exposed_to_little(installed):
    said = analyze("security", "--offline=true", "--no-pager", installed)
    found = re.search(r"exposure level for nonlinear@8501\.service: ([\d.]+)", said.stdout)
    assert found, said.stderr
    assert float(found[1]) <= EXPOSED_AT_MOST


def test_the_server_is_reached_through_the_proxy_only():
    (command,) = lines()["ExecStart"]
    assert command.endswith("streamlit run app.py --server.address 127.0.0.1 --server.port %i")


@contextmanager
def started(log, sockets):
    """The command of the unit, as the unit starts it: with its environment and limit, and with no file to write to."""
    unit, port = lines(), str(free_port())
    (command,), (folder,) = unit["ExecStart"], unit["WorkingDirectory"]
    command = command.replace(INSTALLED, str(ROOT)).replace("%i", port).split()
    environment = dict(each.split("=", 1) for each in unit["Environment"]) | {"PATH": os.environ["PATH"]}
    # A user namespace is what lets anybody, not only root, make the files of this one process read-only. The second one
    # gives it a user without a home and without a right, as DynamicUser does.
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    read_only = 'mount -o remount,bind,ro / && ! touch "$0/written" 2>/dev/null'
    unknown = 'exec unshare --user --map-user=63755 -- "$@"'
    with log.open("w") as out:
        process = subprocess.Popen(
            [*alone, f"{read_only} && {unknown}", ROOT, *command],
            cwd=folder.replace(INSTALLED, str(ROOT)),
            env=environment,
            stdout=out,
            stderr=out,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (sockets, sockets)),
        )
    address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
    try:
        while not answers(f"{address}/healthz"):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield address, process
    finally:
        process.terminate()
        process.wait()


def answers(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def reader(stack, server):
    line = stack.enter_context(call(server, "elu", "lang=en&predict=0"))
    line.open()
    return line


def test_its_command_serves_a_page_under_its_limits_and_ends_on_sigterm(tmp_path):
    (sockets,) = lines()["LimitNOFILE"]
    with started(tmp_path / "log.txt", int(sockets)) as (server, process):
        with ExitStack() as stack:
            assert "alpha" in reader(stack, server).sliders
        process.terminate()
        process.wait(float(lines()["TimeoutStopSec"][0]))


def test_where_the_sockets_end_newcomers_are_refused_and_readers_read_on(tmp_path):
    with started(tmp_path / "log.txt", 100) as (server, process):
        with ExitStack() as stack:
            readers = []
            while len(readers) < 100:
                try:
                    readers.append(reader(stack, server))
                except websockets.WebSocketException:
                    break
            # The guide for hosts says that a reader takes four.
            assert 18 <= len(readers) <= 25
            assert all(each.release("alpha", 1.5) for each in readers)
        with ExitStack() as stack:
            assert "alpha" in reader(stack, server).sliders, "when they have left, there is room again"
        assert process.poll() is None
        assert "Too many open files" in (tmp_path / "log.txt").read_text()
