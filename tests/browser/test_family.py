"""From function to function, by next or previous: each whole and on one screen, each slider at an end and back."""

from __future__ import annotations

from itertools import pairwise

from conftest import Arrive
from visit import BY_PATH, FUNCTIONS
from walking import Walk


# Each end in one language: a session that has been at one is no other visitor at the other.
def test_the_family_with_every_slider_at_an_end(walk: Walk) -> None:
    walk.check(FUNCTIONS[0])
    key, link, rooms = ("Home", "next", FUNCTIONS) if walk.code == "en" else ("End", "previous", FUNCTIONS[::-1])
    if walk.reader.path != rooms[0].path:
        walk.to(rooms[0])
    walk.to_an_end(rooms[0], "x0", key)
    walk.reader.settle()
    for room, following in pairwise(rooms):
        walk.look(room)
        walk.set_all(room, key)
        walk.go(walk.link(f".nl-head a.{link}"), following)
    walk.look(rooms[-1])
    walk.set_all(rooms[-1], key)
    # What was set is found again, and the other end as well.
    for room in rooms[-3::-1][:4]:
        walk.to(room)
        walk.set_all(room, {"Home": "End", "End": "Home"}[key])


def test_parameters_of_the_same_name_are_each_rooms_own(arrive: Arrive) -> None:
    reader = arrive().open("elu?alpha=0.3&lang=en")
    neighbour = BY_PATH["leaky_relu"]
    reader.walk("leaky_relu")
    assert reader.values(neighbour)["alpha"] == next(p.default for p in neighbour.params if p.name == "alpha")
    reader.press("alpha", "End")
    reader.settle()
    reader.walk("elu")
    assert reader.values(BY_PATH["elu"])["alpha"] == 0.3
