"""A real server, a real browser, and a fresh visitor for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from serving import serve
from visit import Visit

QUIETLY = ("background-networking", "component-update", "sync")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", *(f"--disable-{noise}" for noise in QUIETLY)]
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "locale": "en-US"}
Arrive = Callable[..., Visit]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server all tests share but those about a server's first visitor."""
    with serve(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Playwright's Chromium where it is installed, else the system's; without one the suite fails, it never skips."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(playwright), args=ARGUMENTS)
        yield browser
        browser.close()


def _chromium(playwright: Playwright) -> str:
    own = playwright.chromium.executable_path
    found = own if Path(own).exists() else shutil.which("chromium", path=f"/usr/bin{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.fail("no browser: run `playwright install chromium` or install the package chromium", pytrace=False)
    return found


@pytest.fixture
def arrive(browser: Browser, server: str) -> Iterator[Arrive]:
    """A new visitor with a browser profile of their own; keywords are those of ``Browser.new_context``."""
    contexts = []

    def newcomer(base: str = server, script: str = "", **options: Any) -> Visit:
        context = browser.new_context(**{**DESK, **options})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        return Visit(context.new_page(), base)

    yield newcomer
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def stranger(browser: Browser, server: str) -> Iterator[Visit]:
    """Someone else's browser at a desk: opens the links readers hand out, always in a new session."""
    context = browser.new_context(**DESK)
    yield Visit(context.new_page(), server)
    context.close()
