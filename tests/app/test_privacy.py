"""What the page about privacy says agrees with what the server and the scripts do."""

import inspect
import re

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from pages.shared import words
from serving import settings, shell
from serving.settings import Settings
from tests.oracle import library
from tests.oracle.source import ROOT
from tests.oracle.visitor import Visit

LANGUAGES = ("en", "zh")


def shown(language):
    visit = Visit().go("privacy", {"lang": language})
    return "\n".join(each.value for each in visit.at.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_that_a_script_stores_is_listed(language):
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "assets").glob("*.js")))
    stored = set(re.findall(r'"(nonlinear\.[a-z-]+)"', scripts))
    assert len(stored) > 3
    assert set(re.findall(r"`(nonlinear\.[a-z-]+)`", shown(language))) == stored


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_for_which_a_lost_visit_is_kept_is_that_of_streamlit(language):
    seconds = inspect.signature(MemorySessionStorage).parameters["ttl_seconds"].default
    after, unit = {"en": ("for ", " more minutes"), "zh": ("再保留 ", " 分钟")}[language]
    assert f"{after}{seconds // 60}{unit}" in shown(language)
    assert seconds % 60 == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("counts", [False, True])
def test_it_is_said_whether_this_server_counts(language, counts, monkeypatch):
    monkeypatch.setattr(settings, "current", lambda: Settings(metrics=counts))
    text, page = shown(language), library.parts(language, "tools/privacy")
    assert (page["counted"].strip() in text, page["not-counted"].strip() in text) == (counts, not counts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("readers", [0, 30])
def test_the_cookie_is_named_where_a_server_can_be_full(language, readers, monkeypatch):
    monkeypatch.setattr(settings, "current", lambda: Settings(readers=readers))
    source = shell.FULL.read_text(encoding="utf-8")
    names = re.findall(r'cookie = "([a-z-]+)=|setItem\("([a-z.-]+)"', source)
    page = library.parts(language, "tools/privacy")
    assert re.findall(r"`([a-z.-]+)`", page["cookie"]) == sorted(cookie or stored for cookie, stored in names)
    assert len(names) == source.count("cookie =") + source.count("setItem(") == 2
    assert [page[part].strip() in shown(language) for part in ("cookie", "no-cookie")] == [readers > 0, readers == 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_named_as_they_are_and_pages_linked(language):
    text, labels = shown(language), library.labels(language)
    assert labels["forget"] in text
    assert labels["ask_first"] in text
    assert "{" not in text
    assert re.findall(r"\]\((\w+)\?", text) == ["inspect", "tally", "myths"]
    for path in ("tools/inspect_network", "tools/tally", "topics/myths"):
        assert words.page(path, language)["title"] in text
