"""Rooms as a server opens them, without a browser: through the front door, and on to the next in the same visit."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.oracle.blob import Blob, plain

DOOR = Path(__file__).parents[2] / "pages" / "front_door.py"


class Visit:
    """One visitor, who can go from room to room as a browser does: by an address, within one session."""

    def __init__(self, locale=None):
        self.at = AppTest.from_file(DOOR, default_timeout=30)
        self.at.context = {"locale": locale} if locale else {}

    def go(self, path, query=None):
        """Open the room at ``path``; the address says ``query`` and nothing of where the visitor was before."""
        self.at._page_hash = calc_hash(path)
        self.at.query_params.clear()
        self.at.query_params.update(query or {})
        return self.run()

    def follow(self, link):
        """Go where a link of the page leads."""
        asked = urlsplit(link)
        return self.go(asked.path.removeprefix("./"), parse_qs(asked.query))

    def run(self):
        self.at.run()
        assert not self.at.exception, [error.value for error in self.at.exception]
        assert not self.at.error, [error.value for error in self.at.error]
        assert not self.at.warning, [warning.value for warning in self.at.warning]
        return self

    def set(self, key, value):
        """Release a slider or a switch at ``value``."""
        self.at.get_by_key(key).set_value(value)
        return self.run()

    @property
    def title(self):
        (title,) = self.at.title
        return title.value

    @property
    def sliders(self):
        return {slider.key: slider for slider in self.at.slider}

    @property
    def stand(self):
        """Where each slider stands."""
        return {key: slider.value for key, slider in self.sliders.items()}

    @property
    def spec(self):
        (chart,) = self.at.get("plotly_chart")
        return json.loads(chart.proto.spec)

    @property
    def alt(self):
        (chart,) = self.at.get("plotly_chart")
        return chart.proto.alt

    @property
    def blob(self):
        (follower,) = self.at.get("bidi_component")
        return Blob(follower.proto.bytes)

    @property
    def html(self):
        """All markup of our own: the map or the bar, the heading."""
        return "".join(html.proto.body for html in self.at.get("html"))

    @property
    def text(self):
        """All prose, without marks."""
        return plain("\n".join(element.value for element in self.at.markdown))
