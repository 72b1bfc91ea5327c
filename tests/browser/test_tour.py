"""Four tours, each in one session by the map: every room is whole, tagged, still at its defaults, open to all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE, Profiles
from fit import assert_chart_and_slider, assert_inside
from visit import LANGUAGES, TOUR, Visit, title

from pages.rooms import Room

# The map is the same in every room; home's tour looks at it, elsewhere its sixty links would be looked at sixty times.
RULES = {"resultTypes": ["violations"]}
WIDE = "(css) => { const e = document.querySelector(css); return e.scrollWidth - innerWidth; }"
DAY, NIGHT = "desk by day", "phone by night"
LOOKS = {DAY: {}, NIGHT: {"viewport": PHONE["viewport"], "color_scheme": "dark"}}
# Chinese functions by day are met on the walk from room to room.
TOURS = [
    (code, look, room)
    for code, look in product(LANGUAGES, LOOKS)
    for side, room in TOUR
    if side == code and (room.kind != "functions" or look == NIGHT or code == "en")
]
Sessions = Callable[[str, str], Visit]


@pytest.fixture(scope="module")
def session(profile: Profiles, server: str) -> Iterator[Sessions]:
    """One session for all rooms of a tour: a cold load of each would cost minutes, and hide what a visit remembers."""
    readers: dict[tuple[str, str], Visit] = {}

    def of(code: str, look: str) -> Visit:
        if (code, look) not in readers:
            page = profile(**LOOKS[look]).new_page()
            readers[code, look] = Visit(page, server).open(f"?lang={code}&predict=0")
        return readers[code, look]

    yield of
    for reader in readers.values():
        reader.page.close()


# Not as the parameter of a fixture: tests would be put in an order of their own, and the sessions be opened ever anew.
@pytest.mark.parametrize(
    ("code", "look", "room"), TOURS, ids=[f"{code}, {look}-{room.path or 'home'}" for code, look, room in TOURS]
)
def test_room(session: Sessions, code: str, look: str, room: Room) -> None:
    reader = session(code, look)
    reader.complaints.clear()
    reader.walk(room.path, code)
    _assert_whole(reader, room, code)
    _assert_fits(reader)
    if look == DAY:
        assert_inside(reader, room, "h1", ".js-plotly-plot")
    elif room.params:
        assert_chart_and_slider(reader, room)
    # Functions share all but their words: English ones are looked at by day, Chinese ones by night.
    if room.kind != "functions" or (code == "en") == (look == DAY):
        _assert_open_to_all(reader, ".nl-map" if room.path or look == NIGHT else "")
    assert reader.complaints == []


def _assert_whole(reader: Visit, room: Room, code: str) -> None:
    seen = reader.view()
    assert reader.failed() == 0
    assert reader.path == room.path
    assert reader.heading == title(room, code)
    assert reader.page.evaluate("document.documentElement.lang") == LANGUAGES[code]
    assert reader.page.title().startswith(reader.heading)
    assert reader.page.locator("[role=figure]").count() == 1
    assert len(seen.label) > 40
    assert len(seen.parts) >= 3
    assert re.findall(r"\{\w*\}", seen.label + seen.text) == [], "a name stands where its value should"
    # Parameters of different functions have the same short names.
    assert reader.values(room) == {param.name: param.default for param in room.params}


def _assert_fits(reader: Visit) -> None:
    for place in ("html", "[data-testid=stMain]"):
        assert reader.page.evaluate(WIDE, place) <= 0, place


def _assert_open_to_all(reader: Visit, looked_at_before: str) -> None:
    context = {"exclude": [[looked_at_before]]} if looked_at_before else None
    results = Axe().run(reader.page, context, RULES)
    assert results.response["passes"], "axe checked nothing"
    assert results.violations_count == 0, "\n".join(map(_told, results.response["violations"]))


def _told(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    where = "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in nodes[:4])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}, {len(nodes)} places\n{where}"
