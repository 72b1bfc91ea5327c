"""Who may use the guide, and how it is cited: the same in every place that says so."""

import hashlib
import re
import tomllib

from tests.oracle.source import ROOT

# Of the text in caniuse-lite 1.0.30001828, whose words are those in choosealicense.com's list, too.
LEGAL_CODE = "fd3a263fe19ed8faa9068b43abaebafc02c77897b0c6fc09abc04bb592e5f16e"
CITED = (ROOT / "assets" / "citation.bib").read_text(encoding="utf-8")
ABOUT = (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def cited(field):
    """The value of a field."""
    return re.search(rf"^  {field} += (.*?),?$", CITED, re.M)[1].strip("{}")


def said(key):
    """The value of a key in CITATION.cff."""
    return re.search(rf'^(?:  - )?{key}: "?(.*?)"?$', ABOUT, re.M)[1]


def test_the_legal_code_of_the_words_is_whole():
    text = (ROOT / "LICENSE-CONTENT").read_text(encoding="utf-8")
    ours, legal = text[: (begin := text.index("Attribution 4.0 International\n"))], text[begin:]
    assert hashlib.sha256(legal.encode()).hexdigest() == LEGAL_CODE
    assert re.findall(r"^Section (\d)", legal, re.M) == list("12345678")
    assert "https://creativecommons.org/licenses/by/4.0/" in ours
    for folder in re.findall(r"\b(?:assets/\w+|docs)\b", ours):
        assert (ROOT / folder).is_dir()


def test_each_licence_is_named_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "Words and pictures: [CC BY 4.0](LICENSE-CONTENT)" in readme
    assert "Code: [MIT](LICENSE)" in readme
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def test_one_version_title_year_and_author_are_cited_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited("version") == said("version") == project["version"]
    assert cited("title") == said("title")
    assert cited("author") == said("name")
    assert f"Copyright (c) {cited('year')} {cited('author')}" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert f"Copyright (c) {cited('year')} {cited('author')}" in (ROOT / "LICENSE-CONTENT").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"```bibtex\n{CITED.replace('{address}', 'https://…')}```" in readme
