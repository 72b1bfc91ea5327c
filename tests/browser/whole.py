"""What every page has to be wherever it is met: whole, tagged, no wider than the window, open to all."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from visit import LANGUAGES, Visit, title

from pages.register import Page

RULES = {"resultTypes": ["violations"]}
WIDE = "(css) => { const e = document.querySelector(css); return e.scrollWidth - innerWidth; }"


def assert_whole(reader: Visit, entry: Page, code: str) -> None:
    """That page, in that language, with a picture, without an error, not to be scrolled sideways."""
    seen = reader.view()
    assert reader.failed() == 0
    assert reader.path == entry.path
    assert reader.heading == title(entry, code)
    assert reader.page.evaluate("document.documentElement.lang") == LANGUAGES[code]
    assert reader.page.title().startswith(reader.heading)
    assert reader.page.locator("[role=figure]").count() == 1
    assert len(seen.label) > 40
    assert len(seen.parts) >= 2
    assert re.findall(r"\{\w*\}", seen.label + seen.text) == [], "a name stands where its value should"
    assert_no_wider(reader)


def assert_no_wider(reader: Visit) -> None:
    """Nothing has to be scrolled sideways."""
    for place in ("html", "[data-testid=stMain]"):
        assert reader.page.evaluate(WIDE, place) <= 0, place


def assert_open_to_all(reader: Visit, looked_at_before: str) -> None:
    """Nothing that axe finds, outside of what was ``looked_at_before``."""
    context = {"exclude": [[looked_at_before]]} if looked_at_before else None
    results = Axe().run(reader.page, context, RULES)
    assert results.response["passes"], "axe checked nothing"
    assert results.violations_count == 0, "\n".join(map(_violation_text, results.response["violations"]))


def _violation_text(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    where = "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in nodes[:4])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}, {len(nodes)} places\n{where}"
