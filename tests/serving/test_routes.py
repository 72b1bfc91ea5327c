"""The server answers its own addresses and no others; search engines find every page."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import brotli
import pytest
from asking import HOST, ask, behind
from streamlit import config, file_util

from pages.register import PAGES
from pages.shared import words
from serving import encodings
from serving.headers import SafeHeaders
from serving.routes import Pages

APP = Pages(behind)
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


INDEX = next((Path(file_util.get_static_dir()) / "static" / "js").glob("index.*.js"))


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/stream", "/media/a.png", f"/static/js/{INDEX.name}"])
def test_streamlits_own_routes_and_files_are_left_to_it(path):
    assert ask(APP, path).body == b"Streamlit's own answer"


def test_robots_are_welcome_and_told_where_the_list_is():
    answer = ask(APP, "/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: http://{HOST}/sitemap.xml" in answer.body.decode().splitlines()
    assert "Disallow" not in answer.body.decode()


def test_the_sitemap_lists_every_page_in_every_language():
    answer = ask(APP, "/sitemap.xml", x_forwarded_proto="https")
    assert answer.headers["content-type"].startswith("application/xml")
    entries = ET.fromstring(answer.body).findall("s:url", SPACES)
    found = [entry.findtext("s:loc", namespaces=SPACES) for entry in entries]
    asked = [(page.path, entry) for page in PAGES for entry in ("", *(f"q={name}&" for name in page.entries))]
    assert found == [f"https://{HOST}/{path}?{entry}lang={code}" for path, entry in asked for code in words.LANGUAGES]
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
    # It carries the styles of all pages (8 KB), so that its first words never wait for a second answer.
    assert len(small.body) < 14_000
    assert {"Accept-Encoding", "Accept-Language"} < set(small.headers["vary"].split(", "))
    assert ask(APP, "/elu", "HEAD").headers == plain.headers


@pytest.mark.parametrize("path", ["/elu", "/sitemap.xml", "/robots.txt"])
def test_a_page_is_asked_for_each_time_and_sent_when_it_changed(path):
    codings = ("br", "gzip", "")
    answers = {coding: ask(APP, path, accept_encoding=coding) for coding in codings}
    tags = [answers[coding].headers["etag"] for coding in codings]
    assert len(set(tags)) == len(codings), "no coding passes for another"
    assert {answer.headers["cache-control"] for answer in answers.values()} == {"no-cache"}
    tag = tags[1]
    for known in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other",W/{tag}', "*"):
        again = ask(APP, path, accept_encoding="gzip", if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag), known
        assert again.headers["vary"] == answers["gzip"].headers["vary"]
    for known in (tags[0], tags[2], '"other"', tag.strip('"'), ""):
        assert ask(APP, path, accept_encoding="gzip", if_none_match=known).status == 200, known


def test_a_made_up_host_takes_no_other_pages_place(monkeypatch):
    done = []
    real = encodings.compress
    monkeypatch.setattr(encodings, "compress", lambda text, coding: (done.append(text), real(text, coding))[1])
    brotli_only = {"accept_encoding": "br"}
    ask(APP, "/tanh", **brotli_only)
    for number in range(300):
        ask(APP, "/robots.txt", host=f"h{number}.example", **brotli_only)
    before = len(done)
    answer = ask(APP, "/tanh", **brotli_only)
    assert len(done) == before
    assert f"http://{HOST}/tanh" in brotli.decompress(answer.body).decode()
    other = ask(APP, "/tanh", host="other.example", **brotli_only)
    assert "http://other.example/tanh" in brotli.decompress(other.body).decode()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/cards/nosuch.png", "GET", 404),
        ("/cards/../routes.py", "GET", 404),
        ("/cards/elu.png", "POST", 405),
        ("/elu", "POST", 405),
        ("/elu", "OPTIONS", 405),
        ("/favicon.png", "DELETE", 405),
        ("/_stcore/upload_file/session/file", "PUT", 404),
        ("/_stcore/upload_file/session/file", "OPTIONS", 404),
    ],
)
def test_what_cannot_be_had_has_its_status_and_is_no_error(path, method, status):
    answer = ask(SafeHeaders(APP), path, method)
    assert answer.status == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"Traceback" not in answer.body


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
