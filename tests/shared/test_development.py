"""While developing, a sentence that is saved is read again; where the guide is served, it is read once."""

import os

import pytest

from pages.shared import development, words


@pytest.fixture
def sentence(tmp_path, monkeypatch):
    """A function that saves a sentence as the claim of a page of its own, and one that reads it as a run does."""
    monkeypatch.setattr(words, "_TEXT", tmp_path)
    path = tmp_path / "en" / "topics" / "saved.md"
    path.parent.mkdir(parents=True)
    clock = iter(range(1, 9))

    def save(text):
        path.write_text(f"<!-- claim -->\n{text}\n", encoding="utf-8")
        os.utime(path, ns=(0, next(clock)))

    def read():
        development.forget_outdated(tmp_path)
        return words.page("topics/saved", "en")["claim"]

    yield save, read
    words._page.cache_clear()
    words._cut.cache_clear()


@pytest.mark.parametrize(("developing", "second"), [(True, "Two."), (False, "One.")])
def test_a_saved_sentence_is_read_again_only_while_developing(sentence, monkeypatch, developing, second):
    monkeypatch.setattr(development, "ON", developing)
    save, read = sentence
    save("One.")
    assert read() == "One."
    save("Two.")
    assert read() == second


def test_caches_stay_while_nothing_is_saved(sentence, monkeypatch):
    monkeypatch.setattr(development, "ON", True)
    save, read = sentence
    save("One.")
    read()
    cached = words.page("topics/saved", "en")
    read()
    assert words.page("topics/saved", "en") is cached
