"""What a page weighs until it is idle, and what a release does: every page, at its heaviest, languages in turn."""

from __future__ import annotations

import pytest
from visit import PAGES
from wire import call

from pages.register import BY_PATH, Page

PAGE = 150_000
RELEASE = 60_000
FOUR = "&".join(f"f={slug}" for slug in ("sigmoid", "mish", "selu", "gelu"))
SIX = "&".join(f"f={slug}" for slug in ("elu", "sine", "snake", "celu", "squareplus", "swish"))
HEAVY = {
    "compare": [SIX, f"less=elu&{SIX}", f"less=elu&order=bend&{SIX}"],
    "vanishing": [f"depth=50&{FOUR}", f"depth=50&w=4&b=-2&{FOUR}", f"depth=50&w=-2.2&{FOUR}"],
    "bends": ["show=hand&f=hard_shrink&n=12", "show=hand&f=xielu&target=bumps"],
    "elu": ["second=true"],
    "formula": ["formula=sin(3*a*x)*cos(b*x)", "second=true&formula=x*tanh(a*x)-b*relu(x-a)"],
}
CASES = [
    (("en", "zh")[place % 2], entry, query)
    for place, entry in enumerate(PAGES)
    for query in ("", *HEAVY.get(entry.path, []))
]


@pytest.mark.parametrize(
    ("code", "entry", "query"), CASES, ids=[f"{code}-{entry.path or 'home'}?{query}" for code, entry, query in CASES]
)
def test_page_and_release_are_light(server: str, entry: Page, query: str, code: str) -> None:
    with call(server, entry.path, f"lang={code}&predict=0&{query}".strip("&")) as line:
        weight = line.open()
        releases = {param.name: line.release(param.name, param.high) for param in entry.params}
    print(f"/{entry.path}?{query} in {code}: {weight} bytes, released {releases}")
    assert 5_000 < weight <= PAGE
    assert {name: size for name, size in releases.items() if size > RELEASE} == {}


def test_the_heaviest_are_pages() -> None:
    assert set(HEAVY) <= set(BY_PATH)
