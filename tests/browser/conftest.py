"""A real server, a real browser, and a fresh visitor for each test."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright
from server import serve

pytest.register_assert_rewrite("look", "fit", "whole", "walking", "hand", "sent")

from visit import Visit  # noqa: E402
from walking import Walk  # noqa: E402

QUIETLY = ("background-networking", "component-update", "sync")
# Hardly a page of the tests lives long enough for its code to be worth optimising; those that do have another browser.
FRUGALLY = "--js-flags=--no-opt --no-maglev --single-threaded-gc"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", FRUGALLY, *(f"--disable-{noise}" for noise in QUIETLY)]
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "locale": "en-US"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
    "device_scale_factor": 2, "locale": "en-US",
}  # fmt: skip
Arrive = Callable[..., Visit]
Profiles = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server all tests share but those about a server's first visitor."""
    with serve(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Playwright's Chromium where it is installed, else the system's; without one the suite fails, it never skips."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright.chromium), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def quick_browser(browser: Browser) -> Iterator[Browser]:
    """A browser that takes the time to optimise the code of its pages."""
    quick = browser.browser_type.launch(
        executable_path=find_chromium(browser.browser_type), args=[each for each in ARGUMENTS if each != FRUGALLY]
    )
    yield quick
    quick.close()


def find_chromium(kind: BrowserType) -> str:
    """The path of Playwright's Chromium where it is installed, else of the system's."""
    own = kind.executable_path
    path = f"/usr/bin{os.pathsep}{os.environ['PATH']}"
    system = (shutil.which(name, path=path) for name in ("chromium-headless-shell", "chromium"))
    found = own if Path(own).exists() else next(filter(None, system), None)
    if found is None:
        pytest.fail("no browser: run `playwright install chromium` or install the package chromium", pytrace=False)
    return found


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Profiles:
    """One profile for all who come with the same options: each page is a session, and the cache spares slow cores."""
    profiles: dict[str, BrowserContext] = {}

    def find(of: str = "", **options: Any) -> BrowserContext:
        name = of + json.dumps({**DESK, **options}, sort_keys=True)
        if name not in profiles:
            profiles[name] = browser.new_context(**{**DESK, **options})
        return profiles[name]

    return find


@dataclass
class Tabs:
    """Tabs that are lent from test to test: their process has the app's scripts compiled."""

    profile: Profiles
    idle: dict[str, list[Page]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def lend(self, of: str = "", **options: Any) -> Iterator[Page]:
        """An empty tab in a profile for these options; ``of`` tells apart those that have the same."""
        idle = self.idle[of + json.dumps(options, sort_keys=True)]
        page = idle.pop() if idle else self.profile(of, **options).new_page()
        yield page
        if not page.is_closed():
            page.mouse.up()
            page.goto("about:blank")
            page.emulate_media(color_scheme="null")
            idle.append(page)


@pytest.fixture(scope="session")
def tabs(profile: Profiles) -> Tabs:
    """All that are open."""
    return Tabs(profile)


@pytest.fixture
def arrive(browser: Browser, profile: Profiles, server: str, tabs: Tabs) -> Iterator[Arrive]:
    """A new visitor; keywords are those of ``Browser.new_context``, ``script`` runs before any of the page's.

    Who brings a script has a tab of their own. Of a ``newcomer`` nothing is remembered but the scripts of the page,
    which are slow to compile; one who comes ``cold`` has not even those.
    """
    with ExitStack() as stack:

        def come(
            base: str = server, script: str = "", newcomer: bool = False, cold: bool = False, **options: Any
        ) -> Visit:
            if script or cold:
                home = stack.enter_context(browser.new_context(**{**DESK, **options})) if cold else profile(**options)
                page = stack.enter_context(closing(home.new_page()))
                page.add_init_script(script)
                return Visit(page, base)
            page = stack.enter_context(tabs.lend("newcomer" if newcomer else "", **options))
            if newcomer:
                page.context.clear_cookies()
                page.goto(f"{base}/_stcore/health")
                page.evaluate("() => (localStorage.clear(), sessionStorage.clear())")
            return Visit(page, base)

        yield come


@pytest.fixture(scope="session")
def stranger(browser: Browser, server: str) -> Iterator[Visit]:
    """Someone else's browser at a desk: opens the links readers hand out, always in a new session."""
    # A window of its own: Chromium hands out no frames to a tab behind another.
    context = browser.new_context(**DESK)
    yield Visit(context.new_page(), server)
    context.close()


@pytest.fixture(scope="module")
def walk(profile: Profiles, server: str) -> Iterator[Walk]:
    """One session, beginning on the page of a function."""
    page = profile().new_page()
    yield Walk(Visit(page, server).open("elu?lang=en"), "en")
    page.close()
