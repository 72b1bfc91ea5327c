"""Whether a page can be had is found by running one, seldom, and by a session that nobody counts and nothing keeps."""

import asyncio
import gc

import pytest
import streamlit as st
from asking import ask, behind, request, started
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import RuntimeState

from serving import readiness, routes
from serving.readiness import FRESH, Readiness
from serving.routes import Pages


class Page:
    """A page that runs as a test says, and a clock that it sets."""

    def __init__(self, *results):
        self.results, self.runs, self.time, self.go = list(results), 0, 1000.0, asyncio.Event()
        self.go.set()

    async def run(self):
        self.runs += 1
        await self.go.wait()
        result = self.results[min(self.runs, len(self.results)) - 1]
        if isinstance(result, Exception):
            raise result
        return result

    def now(self):
        return self.time


async def settled(ready):
    await ready.begin()
    return await ready.reason()


def test_before_the_first_success_no_page_can_be_had():
    async def probe():
        page = Page((True, "ok"))
        page.go.clear()
        ready = Readiness(page.run, page.now)
        told = [await ready.reason(), await ready.reason()]
        page.go.set()
        told.append(await settled(ready))
        return told, page.runs

    assert asyncio.run(probe()) == (["starting", "starting", ""], 1)


def test_many_probes_cost_one_run_and_none_waits_for_it():
    async def probe():
        page = Page((True, "ok"), (False, "error"))
        ready = Readiness(page.run, page.now)
        await settled(ready)
        page.time += FRESH - 1
        told = [await ready.reason() for _ in range(200)]
        await asyncio.sleep(0)  # A run that was begun would now have been counted.
        assert page.runs == 1
        page.time += 1
        page.go.clear()
        told += await asyncio.gather(*(ready.reason() for _ in range(200)))
        page.go.set()
        return set(told), await settled(ready), page.runs

    assert asyncio.run(probe()) == ({""}, "error", 2)


def test_a_result_that_is_old_is_not_told():
    async def probe():
        page = Page((True, "ok"), (False, "timeout"), (True, "ok"))
        ready = Readiness(page.run, page.now)
        told = [await settled(ready)]
        for _ in range(2):
            page.time += 3600
            told.append(await ready.reason())
        return told

    assert asyncio.run(probe()) == ["", "timeout", ""]


def test_a_run_that_cannot_begin_is_told_by_the_name_of_its_error():
    async def probe():
        page = Page(RuntimeError("a text that a reader wrote"))
        return await settled(Readiness(page.run, page.now))

    assert asyncio.run(probe()) == "RuntimeError"


def test_a_server_that_stops_says_so_at_once():
    async def probe():
        page = Page((True, "ok"))
        ready = Readiness(page.run, page.now)
        await settled(ready)
        ready.stopping = True
        return await ready.reason()

    assert asyncio.run(probe()) == "stopping"


@pytest.mark.parametrize(("reason", "status"), [("", 200), ("error", 503)])
@pytest.mark.parametrize("base", ["", "/guide"])
def test_both_answer_below_the_base_path_and_without_it(monkeypatch, reason, status, base):
    async def run():
        return not reason, reason

    ready = Readiness(run)
    monkeypatch.setattr(routes, "READINESS", ready)
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", base)
    try:
        app = Pages(behind)
    finally:
        config.set_option("server.baseUrlPath", before)

    async def probe():
        await ready.begin()
        return [await request(app, place) for place in (f"{base}/readyz", "/readyz", f"{base}/healthz", "/healthz")]

    answers = asyncio.run(probe())
    assert [(each.status, each.body) for each in answers[:2]] == [(status, (reason or "ok").encode())] * 2
    assert [(each.status, each.body) for each in answers[2:]] == [(200, b"ok")] * 2
    assert {each.headers["cache-control"] for each in answers} == {"no-store"}


def test_streamlits_own_counters_are_shown_to_nobody():
    assert ask(Pages(behind), "/_stcore/metrics").status == 404
    assert ask(Pages(behind), "/_stcore/health").body == b"Streamlit's own answer"


def sessions():
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, AppSession)]


def test_the_first_page_is_run_in_sessions_that_leave_nothing_behind(imported):
    async def probe():
        app = imported()
        async with started(app):
            await readiness.READINESS.begin()
            asked = [await request(app, "/readyz") for _ in range(200)]
            assert {(each.status, each.body) for each in asked} == {(200, b"ok")}
            before = len(sessions())
            assert [await readiness.run_first_page() for _ in range(5)] == [(True, "ok")] * 5
            assert Runtime.instance().state == RuntimeState.NO_SESSIONS_CONNECTED
            assert Runtime.instance()._session_mgr.list_sessions() == []
            return len(sessions()) - before

    assert asyncio.run(probe()) <= 0


def test_a_page_that_raises_is_not_ready(imported, tmp_path):
    (tmp_path / "broken.py").write_text("1 / 0", encoding="utf-8")

    async def probe():
        async with started(st.App(tmp_path / "broken.py")):
            return await readiness.run_first_page()

    assert asyncio.run(probe()) == (False, "error")
