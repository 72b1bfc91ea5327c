"""Every paper that pages cite by its arXiv number is on the list, and the list holds no others, in both languages."""

import re
import tomllib

from pages.shared import words
from tests.all_cases import all_cases
from tests.oracle.source import ROOT

PAPERS = tomllib.loads((ROOT / "tests" / "golden" / "papers.toml").read_text(encoding="utf-8"))
NUMBER = re.compile(r"(?:arXiv:|arxiv\.org/\w+/)([\w.-]*\d)")
LINK = re.compile(r"\[arXiv:([\w.-]*\d)\]\(https://arxiv\.org/abs/([\w.-]*\d)\)")
BEFORE = 260  # characters before a number, in which its paper is named


def texts(code):
    for path in sorted((ROOT / "assets" / "text" / code).rglob("*.*")):
        yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


@all_cases("code", words.LANGUAGES)
def test_the_papers_that_pages_cite_are_those_of_the_list(code):
    assert {number for _, text in texts(code) for number in NUMBER.findall(text)} == set(PAPERS)


@all_cases("code", words.LANGUAGES)
def test_a_number_stands_behind_the_name_of_its_own_paper(code):
    wrong = []
    for path, text in texts(code):
        for found in NUMBER.finditer(text):
            paper = PAPERS.get(found[1], {"title": "", "authors": []})
            # A later number in the same sentence must not pass for an earlier one: only what stands between counts.
            before = text[max(0, found.start() - BEFORE) : found.start()]
            before = NUMBER.split(re.sub(rf"(?:arXiv:|arxiv\.org/\w+/){re.escape(found[1])}", "", before))[-1]
            titles = [paper["title"], paper["title"].partition(":")[0]]
            names = [paper["authors"][0] if paper["authors"] else "", *titles, *paper.get("also", [])]
            if not any(name and name.lower() in before.lower() for name in names):
                wrong.append(f"{path}: {found[1]} after …{before[-60:]!r}")
    assert not wrong, "\n".join(wrong)


@all_cases("code", words.LANGUAGES)
def test_a_link_leads_to_the_number_that_it_shows(code):
    assert [pair for _, text in texts(code) for pair in LINK.findall(text) if pair[0] != pair[1]] == []


@all_cases("number", PAPERS)
def test_a_paper_is_as_old_as_its_number(number):
    paper = PAPERS[number]
    assert paper["year"] == 2000 + int(number[:2])
    assert paper["title"].strip()
    assert all(author.strip() for author in paper["authors"])
    assert paper["authors"]
