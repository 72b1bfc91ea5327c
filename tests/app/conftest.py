"""Pages as a server runs them, without a browser: one visit each."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
DOOR = ROOT / "app.py"
VANISHING = "pages/topics/vanishing.py"


def _function_page(slug, language):
    # AppTest sends only the source of this function to the script: everything it needs is imported inside.
    import streamlit as st

    from activations import CATALOGUE
    from pages.functions.activation import render

    st.session_state.setdefault("language", language)
    render(CATALOGUE[slug])


class Visit:
    """One visitor on one page."""

    def __init__(self, at):
        self.at = at

    def check(self):
        """Nothing went wrong and the chart is there, readable and described; returns its specification."""
        assert not self.at.exception, [error.value for error in self.at.exception]
        assert not self.at.error, [error.value for error in self.at.error]
        (chart,) = self.at.get("plotly_chart")
        assert len(chart.proto.alt) > 40
        assert "{" not in chart.proto.alt
        assert "nan" not in chart.proto.alt
        return json.loads(chart.proto.spec)

    @property
    def sliders(self):
        return {slider.key: slider for slider in self.at.slider}

    @property
    def blob(self):
        (follower,) = self.at.get("bidi_component")
        return follower.proto.bytes

    def text(self):
        """All prose on the page."""
        return "\n".join(element.value for element in [*self.at.title, *self.at.markdown, *self.at.caption])


def _seeded(at, query, locale):
    at.query_params.update(query or {})
    if locale:
        at.context = {"locale": locale}
    return at


@pytest.fixture
def visit():
    """``visit(place, query, locale)`` with a place of "home", "vanishing" or a slug of the catalogue."""

    def go(place, query=None, locale=None, language="en"):
        if place not in ("home", "vanishing"):
            at = AppTest.from_function(_function_page, args=(place, language), default_timeout=30)
            return Visit(_seeded(at, query, locale).run())
        at = AppTest.from_file(DOOR, default_timeout=30)
        # Not by way of home: a deep link is a visitor's first page.
        at = at.switch_page(VANISHING) if place == "vanishing" else at
        return Visit(_seeded(at, query, locale).run())

    return go
