"""The door answers its own addresses and no others; search engines find every room."""

import gzip
import xml.etree.ElementTree as ET

import pytest
from asking import HOST, ask, behind
from streamlit import config

from door.routes import Pages
from pages.parts import words
from pages.rooms import ROOMS

APP = Pages(behind)
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("path", ["/nowhere", "/elu/", "/elu/deeper", "/_stcore/health", "/static/js/a.js", "//elu"])
def test_what_is_no_room_is_left_to_streamlit(path):
    assert ask(APP, path).body == b"Streamlit's own answer"


def test_robots_are_welcome_and_told_where_the_list_is():
    answer = ask(APP, "/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: http://{HOST}/sitemap.xml" in answer.body.decode().splitlines()
    assert "Disallow" not in answer.body.decode()


def test_the_sitemap_lists_every_room_in_every_language():
    answer = ask(APP, "/sitemap.xml", x_forwarded_proto="https")
    assert answer.headers["content-type"].startswith("application/xml")
    entries = ET.fromstring(answer.body).findall("s:url", SPACES)
    found = [entry.findtext("s:loc", namespaces=SPACES) for entry in entries]
    assert found == [f"https://{HOST}/{room.path}?lang={code}" for room in ROOMS for code in words.LANGUAGES]
    for entry in entries:
        others = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", SPACES)}
        assert entry.findtext("s:loc", namespaces=SPACES) in others.values()
        assert set(others) == {"x-default", *words.TAGS.values()}


@pytest.mark.parametrize(("path", "kind"), [("/favicon.png", "image/png"), ("/mark.svg", "image/svg+xml")])
def test_the_icons_are_ours(path, kind):
    answer = ask(APP, path)
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, kind)
    assert answer.body


def test_pages_are_small_and_sent_only_when_they_changed():
    plain, small = ask(APP, "/elu"), ask(APP, "/elu", accept_encoding="gzip")
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < 16_000, "with the styles and scripts of all pages"
    again = ask(APP, "/elu", accept_encoding="gzip", if_none_match=small.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert {"Accept-Encoding", "Accept-Language"} < set(small.headers["vary"].split(", "))
    assert ask(APP, "/elu", "HEAD").headers == plain.headers


def test_the_guide_may_live_under_a_path():
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "guide")
    try:
        below = Pages(behind)
        page = ask(below, "/guide/elu").body.decode()
        assert f'content="http://{HOST}/guide/cards/elu.png"' in page
        assert f"http://{HOST}/guide/elu?lang=zh" in ask(below, "/guide/sitemap.xml").body.decode()
        assert ask(below, "/elu").body == b"Streamlit's own answer"
    finally:
        config.set_option("server.baseUrlPath", before)
