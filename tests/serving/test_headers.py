"""Every answer carries the headers; one setting narrows who may frame the guide."""

import pytest
from asking import ask, behind, set_to

from serving.headers import SafeHeaders


def rules(answer):
    return dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))


@pytest.fixture
def answer(monkeypatch):
    set_to(monkeypatch)
    return ask(SafeHeaders(behind), "/elu")


def test_no_type_is_guessed_no_path_sent_and_no_device_switched_on(answer):
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.body == b"Streamlit's own answer"


def test_no_foreign_and_no_unknown_script_runs(answer):
    allowed = rules(answer)["script-src"].split()
    harmless = {"'self'", "blob:", "'wasm-unsafe-eval'"}
    assert harmless < set(allowed)
    assert all(source in harmless or source.startswith("'sha256-") for source in allowed)
    assert rules(answer)["default-src"] == "'self'"
    assert rules(answer)["object-src"] == "'none'"


def test_teachers_may_embed_pages_unless_told_otherwise(answer, monkeypatch):
    assert rules(answer)["frame-ancestors"] == "*"
    set_to(monkeypatch, frame_ancestors="'self' https://school.example")
    narrowed = ask(SafeHeaders(behind), "/elu")
    assert rules(narrowed) == {**rules(answer), "frame-ancestors": "'self' https://school.example"}
