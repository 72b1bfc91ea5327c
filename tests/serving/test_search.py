"""What the search looks through: every page and every question in both languages, small enough, and kept for good."""

import gzip
import json
import re

import brotli
from asking import ask, behind

from pages.register import PAGES
from pages.shared import words
from serving import search, shell
from serving.files import Files

WIRE = 75_000 * len(words.LANGUAGES)  # bytes of library and documents, compressed


def documents():
    return json.loads(search.made()[search.address()])["documents"]


def test_library_and_documents_are_small_over_the_wire():
    for compress in (lambda text: brotli.compress(text, quality=9), lambda text: gzip.compress(text, 9)):
        sizes = [len(compress(text)) for text in search.made().values()]
        assert len(sizes) == 2
        assert sum(sizes) <= WIRE, sizes


def test_every_page_and_entry_is_there_in_both_languages():
    found = [(each["lang"], each["path"], each.get("entry", "")) for each in documents()]
    assert len(set(found)) == len(found)
    assert set(found) == {
        (code, page.path, entry) for code in words.LANGUAGES for page in PAGES for entry in ("", *page.entries)
    }
    for each in documents():
        assert each["title"]
        assert each["lines"]
        assert words.has(f"search.{each['kind']}")


def test_lines_are_sentences_without_marks_and_formulas():
    for each in documents():
        for line in (each["title"], *each["heads"], *each["lines"]):
            assert not re.search(r"\\[a-z]|\$|\{\w+\}|\*\*|\]\(", line), (each["path"], line)


def test_both_are_served_to_be_kept_and_named_by_what_is_in_them():
    app, page = Files(behind), shell.dress({})
    for address, text in search.made().items():
        assert f'="./{address}"' in page
        answer = ask(app, f"/{address}", accept_encoding="br")
        assert answer.status == 200
        assert brotli.decompress(answer.body) == text
        assert "immutable" in answer.headers["cache-control"]
    assert re.fullmatch(r"assets/minisearch-\d+\.\d+\.\d+\.js", search.library())
    assert re.fullmatch(r"assets/search\.[0-9a-f]{12}\.json", search.address())


def test_the_library_comes_with_its_licence():
    library = search.VENDOR / search.library().removeprefix("assets/")
    assert "Permission is hereby granted" in library.with_suffix(".LICENSE.txt").read_text(encoding="utf-8")
