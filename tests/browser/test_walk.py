"""From room to room, by the map, Back and Forward: each whole and on one screen, and found again as it was left."""

from __future__ import annotations

from look import assert_same
from visit import BY_PATH, LANGUAGES, PAGES, asked
from walking import Walk


def test_other_rooms_remember_their_sliders(walk: Walk) -> None:
    # Each end in one language, as in the family; every room is found again as it was left, by Back in one language and
    # by the map in the other.
    others, key = [room for room in PAGES if room.kind != "functions"], "Home" if walk.code == "en" else "End"
    walk.reader.walk("elu", walk.code)
    left = []
    for room in others:
        walk.to(room)
        walk.look(room)
        walk.set_all(room, key)
        left.append(walk.reader.settle().view())
    for room, there in list(zip(others, left, strict=True))[-2::-1]:
        if walk.code == "en":
            walk.to(room)
        else:
            walk.go(walk.back, room)
        assert_same(walk.reader.view(), there)


def test_back_and_forward_go_one_page_at_a_press(walk: Walk) -> None:
    trail = [BY_PATH[path] for path in ("elu", "gelu", "leaky_relu", "vanishing", "", "swish")]
    walk.reader.walk("relu", walk.code)
    pictures = []
    for room in trail:
        walk.to(room)
        pictures.append(walk.reader.view())
    for room, picture in list(zip(trail, pictures, strict=True))[-2::-1]:
        walk.go(walk.back, room)
        assert_same(walk.reader.view(), picture)
    for room, picture in list(zip(trail, pictures, strict=True))[1:]:
        walk.go(walk.forward, room)
        assert_same(walk.reader.view(), picture)


def test_language_and_slide_keep_everything(walk: Walk) -> None:
    reader, room = walk.reader, BY_PATH["elu"]
    reader.walk("elu", walk.code)
    before, there = reader.view(), asked(reader.page.url)
    other = next(code for code in LANGUAGES if code != walk.code)
    reader.turn(walk.link(f".nl-switches a[lang='{LANGUAGES[other]}']"), room, other)
    assert asked(reader.page.url) == {**there, "lang": [other]}
    assert [p.pieces[0].tolist() for p in reader.view().parts if p.kind == "line"]
    reader.turn(walk.link(f".nl-switches a[lang='{LANGUAGES[walk.code]}']"), room, walk.code)
    assert_same(reader.view(), before)
    walk.go(walk.link(".nl-switches a[href*='present=1']"), room)
    assert asked(reader.page.url) == {**there, "present": ["1"]}
    walk.go(walk.link(".nl-bar a.leave"), room)
    assert asked(reader.page.url) == there
    assert_same(reader.view(), before)
