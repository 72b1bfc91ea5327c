"""From page to page by the map, Back and Forward, from language to language, and to the slide: all is kept."""

from __future__ import annotations

from look import assert_same
from visit import BY_PATH, LANGUAGES, asked
from walking import Walk


def test_back_and_forward_go_one_page_at_a_press_and_find_it_as_it_was_left(walk: Walk) -> None:
    trail = [BY_PATH[path] for path in ("elu", "leaky_relu", "vanishing", "")]
    pictures = []
    for entry in trail:
        if walk.reader.path != entry.path:
            walk.to(entry)
        # Parameters of two functions may have the same name: each keeps its own.
        walk.to_an_end(entry, entry.params[0].name, "End")
        pictures.append(walk.reader.settle().view())
    for entry, picture in list(zip(trail, pictures, strict=True))[-2::-1]:
        walk.go(walk.back, entry)
        assert_same(walk.reader.view(), picture)
    walk.go(walk.forward, trail[1])
    assert_same(walk.reader.view(), pictures[1])


def test_language_and_slide_keep_everything(walk: Walk) -> None:
    reader, entry = walk.reader, BY_PATH["elu"]
    reader.walk("elu", walk.code)
    before, there = reader.view(), asked(reader.page.url)
    other = next(code for code in LANGUAGES if code != walk.code)
    reader.turn(walk.link(f".nl-switches a[lang='{LANGUAGES[other]}']"), entry, other)
    assert asked(reader.page.url) == {**there, "lang": [other]}
    assert [p.pieces[0].tolist() for p in reader.view().parts if p.kind == "line"]
    reader.turn(walk.link(f".nl-switches a[lang='{LANGUAGES[walk.code]}']"), entry, walk.code)
    assert_same(reader.view(), before)
    walk.go(walk.link(".nl-switches a[href*='present=1']"), entry)
    assert asked(reader.page.url) == {**there, "present": ["1"]}
    walk.go(walk.link(".nl-bar a.leave"), entry)
    assert asked(reader.page.url) == there
    assert_same(reader.view(), before)
