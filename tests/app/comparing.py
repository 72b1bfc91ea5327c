"""The page of comparison as a reader meets it, and the matrix read back from its markup."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from mpmath import mpf

from activations import CATALOGUE
from tests.oracle import exact, library
from tests.oracle.drawing import Drawing
from tests.oracle.visitor import Visit

LANGUAGES = ("en", "zh")
COLUMNS = ("smooth", "kinks", "monotone", "odd", "centred", "saturates", "dies", "range", "minimum", "steepest", "mean")
ORDERS = ("value", "slope", "bend")
SIX = ("elu", "swish", "softplus", "threshold", "isru", "leaky_relu")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def text(language):
    return library.parts(language, "tools/compare")


def title(slug, language):
    return library.parts(language, f"functions/{slug}")["title"]


def opened(*slugs, language="en", **query):
    asked = {name.replace("__", "."): value for name, value in query.items()}
    return Visit().go("compare", {"lang": language, "f": list(slugs), **asked})


def true(slug, stand, order, x):
    """f, f' or f'' by mpmath where the sliders stand."""
    settings = {p.name: stand[f"{slug}.{p.name}"] for p in CATALOGUE[slug].params}
    return exact.of(slug, **settings).jet(mpf(x))[order]


def breaks(slug, stand):
    """Where it breaks, by mpmath."""
    settings = {p.name: stand[f"{slug}.{p.name}"] for p in CATALOGUE[slug].params}
    return [float(x) for x in exact.of(slug, **settings).breaks]


def at_rest(page):
    """Each array of the chart by name."""
    drawing = Drawing(page.spec)
    return {f"{name}.{axis}": drawing.xy(name)["xy".index(axis)] for name in drawing.traces for axis in "xy"}


def reach(page, rows):
    """``rows``, clipped where they lie far outside the panel, because no difference is seen there."""
    low, high = page.spec["layout"]["yaxis"]["range"]
    return np.clip(rows, 2 * low - high, 2 * high - low)


def matrix(page):
    """(head, rows, explanations); of a row the cells' texts, first the name with its link as (text, path, query)."""
    body = matrix_body(page)
    meant = {unescape(name): unescape(why) for why, name in re.findall(r"<abbr title='(.*?)'>(.*?)</abbr>", body)}
    rows = []
    for row in re.findall(r"<tr>(<th scope='row'>.*?)</tr>", body):
        (link, name), *cells = re.findall(r"<a(?: href='([^']*)'| data-why='\d+')(?: class='\w+')?>(.*?)</a>", row)
        parts = urlsplit(unescape(link))
        rows.append([(unescape(name), parts.path, parse_qs(parts.query)), *(unescape(shown) for _, shown in cells)])
    return re.findall(r"<p>(.*?)</p>", body)[0], rows, meant


def matrix_body(page):
    """Its markup."""
    return next(html.proto.body for html in page.at.main.get("html") if "nl-matrix" in html.proto.body)
