"""No accessibility violation in any room, light or dark, in either language."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESK
from playwright.sync_api import Browser
from visit import LANGUAGES, ROOMS, Visit

LOOKS = list(itertools.product(("light", "dark"), LANGUAGES))


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def walker(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """One session a look, walking from room to room by the map: fifty-six cold loads would cost minutes."""
    scheme, code = request.param
    context = browser.new_context(**{**DESK, "color_scheme": scheme, "locale": LANGUAGES[code]})
    yield Visit(context.new_page(), server).open(f"?lang={code}")
    context.close()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room or "home")
def test_no_violations(walker: Visit, room: str) -> None:
    walker.walk(room)
    results = Axe().run(walker.page)
    assert results.response["passes"], "axe checked nothing"
    assert results.violations_count == 0, "\n".join(map(_told, results.response["violations"]))


def _told(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    where = "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in nodes[:4])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}, {len(nodes)} places\n{where}"
