"""The HTML of every page, in both languages, says what the page is; nothing hostile gets into it."""

import re
from html.parser import HTMLParser

import pytest
from asking import HOST, ask, behind, set_to
from PIL import Image

from pages.register import PAGES
from pages.shared import words
from serving import blocked, previews, shell
from serving.routes import Pages
from tests.all_cases import all_cases

APP = Pages(behind)


@pytest.fixture(autouse=True)
def no_address_is_set(monkeypatch):
    set_to(monkeypatch)


EVERY = all_cases("page", PAGES, ids=[page.path or "home" for page in PAGES])
BOTH = all_cases("code", words.LANGUAGES)
HOSTILE = '"><script>alert(1)</script>'


class Reader(HTMLParser):
    """Tags by name, the text in each, and the metadata by its name."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.meta, self.links, self.open = {}, {}, {}, {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.setdefault(tag, []).append(attributes)
        self.open.append(tag)
        if tag == "meta":
            self.meta[attributes.get("name") or attributes.get("property")] = attributes.get("content")
        if tag == "link":
            self.links[attributes["rel"], attributes.get("hreflang")] = attributes["href"]

    def handle_endtag(self, tag):
        self.open = self.open[: self.open.index(tag)] if tag in self.open else self.open

    def handle_data(self, text):
        for tag in {tag for tag in self.open if tag not in ("meta", "link")}:
            self.text[tag] = self.text.get(tag, "") + text


def read(path, **headers):
    answer = ask(APP, path, **headers)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return Reader(answer.body.decode())


@EVERY
@BOTH
def test_a_link_shows_what_it_leads_to(page, code):
    answer = read(f"/{page.path}?lang={code}")
    text = words.page(page.words, code)
    title, claim, url = previews.plain(text["title"]), previews.plain(text["claim"]), f"http://{HOST}/{page.path}"
    assert answer.tags["html"] == [{"lang": words.TAGS[code]}]
    assert answer.text["title"].startswith(title.rstrip(".。"))
    assert answer.text["title"].endswith(words.name(code))
    for name in ("og:title", "twitter:title"):
        assert answer.meta[name] == answer.text["title"]
    for name in ("description", "og:description", "twitter:description"):
        assert answer.meta[name] == claim
    assert answer.meta["og:image"] == answer.meta["twitter:image"] == f"http://{HOST}/cards/{previews.card(page).name}"
    assert answer.meta["og:url"] == answer.links["canonical", None] == f"{url}?lang={code}"
    assert answer.links["alternate", "zh-CN"] == f"{url}?lang=zh"
    assert answer.links["alternate", "en"] == f"{url}?lang=en"
    assert answer.links["alternate", "x-default"] == url


@EVERY
@BOTH
def test_no_markup_and_no_placeholder_is_left_in_title_and_claim(page, code):
    answer = read(f"/{page.path}?lang={code}")
    for text in (answer.text["title"], answer.meta["description"]):
        assert len(text) > 3
        assert not set(text) & set("{}$\\*`_<>")


@BOTH
def test_an_entry_of_a_page_has_a_preview_of_its_own(code):
    (page,) = (page for page in PAGES if page.path == "questions")
    text = words.page(page.words, code)
    for entry in page.entries:
        answer = read(f"/questions?q={entry}&lang={code}")
        assert answer.text["title"].startswith(text[f"q-{entry}"].rstrip(".。"))
        description = answer.meta["description"]
        assert blocked.readable(text[f"a-{entry}"]).startswith(description)
        assert description[-1] in ".?!。？！；：)）", description
        assert 20 <= len(description) <= 300
        url = f"http://{HOST}/questions?q={entry}"
        assert answer.meta["og:url"] == answer.links["canonical", None] == f"{url}&lang={code}"
        assert answer.links["alternate", "x-default"] == url


def test_an_unknown_entry_has_the_preview_of_its_page():
    assert read(f"/questions?q={HOSTILE}&lang=en").meta == read("/questions?lang=en").meta


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("**Bold** and `code` with a [link](https://a.example)", "Bold and code with a link"),
        (":small[Quiet] $f(x) = \\alpha\\,e^{x}$", "Quiet f(x) = ex"),
        ("two\n  lines", "two lines"),
    ],
)
def test_markdown_and_latex_become_bare_words(marked, bare):
    assert previews.plain(marked) == bare


@EVERY
def test_every_page_has_a_card_small_enough_to_be_fetched(page):
    path = previews.card(page)
    with Image.open(path) as card:
        assert card.size == previews.SIZE
    assert path.stat().st_size <= 40_000
    served = ask(APP, f"/cards/{path.name}")
    assert served.headers["content-type"] == "image/png"
    assert served.body == path.read_bytes()


def test_no_card_is_left_of_a_page_that_is_gone():
    assert set(previews.CARDS.iterdir()) == {previews.card(page) for page in PAGES}


def test_streamlits_page_still_has_every_place_we_fill():
    assert shell.missing() == set()
    html = shell.dress({})
    assert html.count("PlotlyChart") == 1
    assert html.count("window.__streamlit") == 1


def test_the_browsers_frame_has_the_colour_of_the_page():
    style = shell.dress({}).partition("<style>")[2].partition("</style>")[0]
    themes = [tag["content"] for tag in read("/elu").tags["meta"] if tag.get("name") == "theme-color"]
    assert re.findall(r"background: (#\w+)", style) == ["#fff", themes[1]]
    assert themes[0] == "#ffffff"


@pytest.mark.parametrize(
    ("query", "accepted", "tag"),
    [
        ("", "", "en"),
        ("", "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("", "ZH-hant-TW", "zh-CN"),
        ("", "en-GB,en;q=0.9,zh-CN;q=0.8", "en"),
        ("", "en;q=0.5, zh;q=0.9", "zh-CN"),
        ("", "zh;q=0.5, en;q=0.9", "en"),
        ("", "zh;q=0, en;q=0.1", "en"),
        ("", "zh, en", "zh-CN"),
        ("", "xx, zh;q=0.9", "zh-CN"),
        ("", "xx, zh-TW;q=0.8, en;q=0.7", "zh-CN"),
        ("", "xx, en;q=0.8, zh;q=0.7", "en"),
        ("", "zh-HK;q=0.5, en;q=0.7, zh;q=0.9", "zh-CN"),
        ("", "zha", "en"),
        ("", "zh;q=much", "en"),
        ("", "*", "en"),
        ("", "xx-XX,xx", "en"),
        ("?lang=en", "zh-CN", "en"),
        ("?lang=zh", "en", "zh-CN"),
        (f"?lang={HOSTILE}", "", "en"),
        ("?lang=", "", "en"),
    ],
)
def test_the_link_decides_the_language_then_the_browser(query, accepted, tag):
    page = read(f"/elu{query}", accept_language=accepted)
    assert page.tags["html"] == [{"lang": tag}]
    assert HOSTILE not in ask(APP, f"/elu{query}").body.decode()


def test_without_a_language_the_page_stands_for_all_of_them():
    assert read("/elu").links["canonical", None] == f"http://{HOST}/elu"


@pytest.mark.parametrize(
    ("headers", "root"),
    [
        ({}, f"http://{HOST}"),
        ({"x_forwarded_proto": "https"}, f"https://{HOST}"),
        ({"x_forwarded_proto": "https, http", "x_forwarded_host": "a.example:8443, b"}, "https://a.example:8443"),
        ({"host": "[::1]:8501"}, "http://[::1]:8501"),
        ({"x_forwarded_proto": "javascript"}, f"http://{HOST}"),
        ({"x_forwarded_host": HOSTILE}, f"http://{HOST}"),
        ({"host": HOSTILE}, "http://127.0.0.1:8501"),
        ({"host": "user@evil.example/path"}, "http://127.0.0.1:8501"),
        ({"host": ""}, "http://127.0.0.1:8501"),
    ],
)
def test_addresses_are_those_the_visitor_used(headers, root):
    page = read("/elu", **headers)
    assert page.meta["og:image"] == f"{root}/cards/elu.png"
    assert page.links["canonical", None] == f"{root}/elu"
    assert len(page.tags["script"]) == len(read("/elu").tags["script"])


@pytest.mark.parametrize(
    ("setting", "root"),
    [
        ("https://guide.example/path", "https://guide.example/path"),
        ("https://guide.example:8443/~/+", "https://guide.example:8443/~/+"),
        ("", f"http://{HOST}"),
    ],
)
def test_the_address_that_was_set_outranks_every_header(monkeypatch, setting, root):
    set_to(monkeypatch, public_address=setting)
    forged = {"x_forwarded_host": "evil.example", "x_forwarded_proto": "https"} if setting else {}
    page = read("/elu?lang=zh", **forged)
    assert page.meta["og:image"] == page.meta["twitter:image"] == f"{root}/cards/elu.png"
    assert page.meta["og:url"] == page.links["canonical", None] == f"{root}/elu?lang=zh"
    assert page.links["alternate", "x-default"] == f"{root}/elu"
    assert f"Sitemap: {root}/sitemap.xml" in ask(APP, "/robots.txt", **forged).body.decode()
    listed = ask(APP, "/sitemap.xml", **forged).body.decode()
    assert f"<loc>{root}/elu?lang=zh</loc>" in listed
    assert "evil.example" not in listed
