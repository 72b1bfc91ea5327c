"""Pages as a server opens them, without a browser: through the main script, and on to the next in the same visit."""

import functools
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.oracle.blob import Blob, plain
from tests.oracle.library import unexplained

# For each simulated visitor Streamlit reads the metadata of every installed package, which takes longer than a page.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)

MAIN = Path(__file__).parents[2] / "pages" / "main.py"


class Visit:
    """One visitor, who can go from page to page as a browser does: by an address, within one session."""

    def __init__(self, locale=None):
        self.at = AppTest.from_file(MAIN, default_timeout=30)
        self.at.context = {"locale": locale} if locale else {}

    def go(self, path, query=None):
        """Open the page at ``path`` with nothing to be answered first; the address says ``query`` beside that."""
        return self.ask(path, {"predict": "0", **(query or {})})

    def ask(self, path, query=None):
        """Open the page at ``path``; the address says ``query`` and nothing of where the visitor was before."""
        self.at._page_hash = calc_hash(path)
        self.at.query_params.clear()
        self.at.query_params.update(query or {})
        return self.run()

    def follow(self, link):
        """Go where a link of the page leads."""
        asked = urlsplit(link)
        return self.go(asked.path.removeprefix("./"), parse_qs(asked.query))

    def switch(self, mark):
        """Follow the link of this very page whose tag holds ``mark``; what else the address says is kept."""
        link = next(link for tag, link in self._tags() if mark in tag)
        asked, address = urlsplit(link), dict(self.at.query_params)
        settings = {name: value for name, value in address.items() if name not in ("lang", "present")}
        return self.go(asked.path.removeprefix("./"), {**settings, **parse_qs(asked.query)})

    @property
    def links(self):
        """Where the map, or the bar, and the neighbours lead, without links to other sites."""
        return [link for _, link in self._tags() if "://" not in link]

    @property
    def map(self):
        """Where the list of all pages leads, by path."""
        links = [unescape(link) for link in re.findall(r"<li><a href='([^']*)'", self.html)]
        return {urlsplit(link).path.removeprefix("./"): link for link in links}

    def _tags(self):
        tags = re.findall(r"(<a[^>]*href='([^']*)'[^>]*>)", self.html)
        return [(unescape(tag), unescape(link)) for tag, link in tags]

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
    def values(self):
        """The value of each slider by key."""
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
        (follower,) = (part for part in self.at.get("bidi_component") if part.proto.component_name == "live")
        return Blob(follower.proto.bytes)

    @property
    def html(self):
        """All markup of our own: the map or the bar, the heading."""
        return "".join(html.proto.body for html in self.at.get("html"))

    @property
    def text(self):
        """All prose, without marks, and without what explains a term in it."""
        return unexplained(plain("\n".join(element.value for element in self.at.markdown)))


def settled(param, value):
    """The value that a slider should take for ``value`` in the address: the nearest position, or its default."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return param.default
    if not param.low <= number <= param.high:
        return param.default
    count = round((param.high - param.low) / param.step)
    places = [round(param.low + k * param.step, 10) for k in range(count + 1)]
    near = min(places, key=lambda place: abs(place - number))
    return int(near) if param.whole else near
