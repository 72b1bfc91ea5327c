"""What a server counts of its readers, as a program that reads the format finds it, and that it names none of them."""

import asyncio
import re
from contextlib import nullcontext

import pytest
from asking import ask, behind, set_to
from process import eventually, serve, serve_broken
from prometheus_client.parser import text_string_to_metric_families
from streamlit.runtime.scriptrunner import script_runner
from websockets.sync.client import connect

from pages.register import PAGES
from serving import runs
from serving.counters import Counters
from serving.readers import READERS, Sockets
from serving.routes import Pages
from tests.browser.wire import call

SAID = "?alpha=0.3&formula=secret"
BROWSER = "Mozilla/5.0 (a browser of its own)"


def read(text):
    """Every sample by its name and labels; the parser refuses a text that is not in the format."""
    families = list(text_string_to_metric_families(text))
    assert len({family.name for family in families}) == len(families)
    assert all(family.documentation and family.type != "unknown" for family in families)
    samples = [sample for family in families for sample in family.samples]
    found = {(sample.name, *sorted(sample.labels.items())): sample.value for sample in samples}
    assert len(found) == len(samples)
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("counted"), NONLINEAR_METRICS="1") as found:
        yield found


def counted(server):
    status, text, headers = server.get("/metrics")
    assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    return read(text)


def test_nothing_is_counted_before_a_reader_comes(server):
    found = counted(server)
    assert found["nonlinear_readers",] == found["nonlinear_sockets_total",] == 0
    assert found["nonlinear_run_seconds_count",] == 0, "the run of /readyz is nobody's"
    assert found["process_resident_memory_bytes",] > 5e7
    assert found["process_cpu_seconds_total",] > 0


def test_a_visit_is_counted_by_its_page_and_by_nothing_else(server):
    before = counted(server)
    assert server.get(f"/elu{SAID}", user_agent=BROWSER)[0] == 200
    assert server.get("/elu", "HEAD")[0] == 200
    with call(server.url, "elu", SAID) as line:
        line.open()
        line.release("alpha", 0.5)
        during = counted(server)
    eventually(lambda: counted(server)["nonlinear_readers",] == 0)
    after = counted(server)
    assert (before["nonlinear_readers",], during["nonlinear_readers",]) == (0, 1)
    grown = {name: value - before.get(name, 0) for name, value in after.items() if name[0].startswith("nonlinear")}
    grown = {name: by for name, by in grown.items() if by and not name[0].startswith("nonlinear_slow")}
    seconds = grown.pop(("nonlinear_run_seconds_sum",))
    runs = grown.pop(("nonlinear_runs_total", ("page", "/elu")))
    assert seconds > 0
    assert runs == grown.pop(("nonlinear_run_seconds_count",)) >= 3
    assert grown.pop(("nonlinear_run_seconds_bucket", ("le", "+Inf"))) == runs
    assert grown.pop(("nonlinear_pages_total", ("method", "GET"), ("page", "/elu"))) == 1
    assert grown.pop(("nonlinear_pages_total", ("method", "HEAD"), ("page", "/elu"))) == 1
    assert grown.pop(("nonlinear_sockets_total",)) == 1
    assert {name[0] for name in grown} <= {"nonlinear_run_seconds_bucket"}


def test_no_label_holds_what_a_reader_sent(server):
    for path in ("/nowhere-secret", f"/elu{SAID}", "/elu/secret", "/swish?q=secret"):
        server.get(path, user_agent=BROWSER, accept_language="xx-secret")
    text = server.get("/metrics")[1]
    assert "secret" not in text
    assert "127.0.0.1" not in text
    assert "Mozilla" not in text
    allowed = {f"/{page.path}" for page in PAGES} | {runs.OTHER, "GET", "HEAD"}
    labels = {value for name, value in re.findall(r'(\w+)="([^"]*)"', text) if name != "le"}
    assert labels <= allowed


def test_an_exception_in_a_run_is_counted_once_with_its_page(tmp_path):
    with serve_broken(tmp_path, NONLINEAR_METRICS="1") as server:
        for path, raises in (("gelu", False), ("elu", True)):
            with call(server.url, path, SAID) as line, pytest.raises(AssertionError) if raises else nullcontext():
                line.open()
        found = counted(server)
    errors = {name: value for name, value in found.items() if name[0] == "nonlinear_run_errors_total"}
    assert errors == {("nonlinear_run_errors_total", ("page", "/elu")): 1}


def test_a_socket_of_a_foreign_site_is_counted_as_refused(server):
    before = counted(server)["nonlinear_sockets_refused_total",]
    with pytest.raises(Exception, match="403"):
        connect(f"{server.url.replace('http', 'ws')}/_stcore/stream", origin="https://evil.example")
    eventually(lambda: counted(server)["nonlinear_sockets_refused_total",] == before + 1)


def test_unless_it_is_set_there_are_no_counters_to_see(monkeypatch):
    set_to(monkeypatch)
    assert ask(Pages(behind), "/metrics").status == 404
    set_to(monkeypatch, metrics=True)
    assert ask(Pages(behind), "/metrics").status == 200


def test_slow_runs_are_those_above_the_limit():
    found = Counters()
    for seconds in (0.01, 0.05, 0.3, 1.0, 1.001, 30):
        found.run("/elu", seconds)
    samples = read(found.text(readers=7))
    assert samples["nonlinear_slow_runs_total", ("page", "/elu")] == 2
    bounds = {float(key[1][1]): int(value) for key, value in samples.items() if key[0].endswith("_bucket")}
    assert bounds == {0.05: 2, 0.1: 2, 0.25: 2, 0.5: 3, 1: 4, 2.5: 5, 5: 5, float("inf"): 6}
    assert samples["nonlinear_run_seconds_sum",] == pytest.approx(32.361)
    assert samples["nonlinear_readers",] == 7


def test_a_socket_that_breaks_is_counted_no_longer():
    async def breaks(scope, receive, send):
        await send({"type": "websocket.accept"})
        assert READERS.open == before + 1
        raise RuntimeError

    async def send(message):
        pass

    before = READERS.open
    with pytest.raises(RuntimeError):
        asyncio.run(Sockets(breaks)({"type": "websocket", "path": "/_stcore/stream", "headers": []}, None, send))
    assert READERS.open == before


def test_streamlit_still_carries_out_each_run_by_the_one_function(monkeypatch):
    monkeypatch.setattr(script_runner, "exec_func_with_error_handling", script_runner.exec_func_with_error_handling)
    runs.count()
    assert script_runner.ScriptRunner._run_script.__globals__["exec_func_with_error_handling"] is runs._counted
    assert "exec_func_with_error_handling" in script_runner.ScriptRunner._run_script.__code__.co_names
