"""Every room on a phone by night, in one session a language, by the map: whole, still at its defaults, open to all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import PHONE, Profiles
from fit import assert_chart_and_slider
from visit import TOUR, Visit
from whole import assert_open_to_all, assert_whole

from pages.register import Page

Sessions = Callable[[str], Visit]


@pytest.fixture(scope="module")
def session(profile: Profiles, server: str) -> Iterator[Sessions]:
    """One session for all rooms of a tour: a cold load of each would cost minutes, and hide what a visit remembers."""
    readers: dict[str, Visit] = {}

    def of(code: str) -> Visit:
        if code not in readers:
            page = profile(viewport=PHONE["viewport"], color_scheme="dark").new_page()
            readers[code] = Visit(page, server).open(f"?lang={code}&predict=0")
        return readers[code]

    yield of
    for reader in readers.values():
        reader.page.close()


# Not as the parameter of a fixture: tests would be put in an order of their own, and the sessions be opened ever anew.
@pytest.mark.parametrize(("code", "room"), TOUR, ids=[f"{code}-{room.path or 'home'}" for code, room in TOUR])
def test_room(session: Sessions, code: str, room: Page) -> None:
    reader = session(code)
    reader.complaints.clear()
    reader.walk(room.path, code)
    assert_whole(reader, room, code)
    # Parameters of different functions have the same short names.
    assert reader.values(room) == {param.name: param.default for param in room.params}
    if room.params:
        assert_chart_and_slider(reader, room)
    # English rooms are looked at by day on the walk. The map is the same in every room, and put away on a phone.
    if code == "zh":
        assert_open_to_all(reader, ".nl-map")
    assert reader.complaints == []
