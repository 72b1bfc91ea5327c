"""A link that sets one slider shows, in a real browser, what a hand that moves it there sees."""

from __future__ import annotations

import pytest
from conftest import Arrive
from look import assert_same
from visit import BY_PATH, Visit

ENDS = {"Home": "low", "End": "high"}


@pytest.mark.parametrize(("path", "key"), [("elu", "alpha")])
def test_a_link_to_a_place_shows_what_moving_there_shows(arrive: Arrive, stranger: Visit, path: str, key: str) -> None:
    (param,) = [param for param in BY_PATH[path].params if param.name == key]
    # With the question, whose lock once took the slider away where the link gave its default.
    reader = arrive(newcomer=True).open(f"{path}?lang=en&predict=")
    assert_same(reader.view(), stranger.look(f"{path}?lang=en&predict=&{key}={param.default:g}"))
    for stroke, end in ENDS.items():
        before = reader.sent
        reader.press(key, stroke)
        # The one slider of home asks nothing of the server.
        reader.settle(before if key == "layers" else before + 1)
        assert reader.values(BY_PATH[path])[key] == getattr(param, end)
        assert_same(reader.view(), stranger.look(f"{path}?lang=en&predict=&{key}={getattr(param, end):g}"))
    assert reader.complaints == []
