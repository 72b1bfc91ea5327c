"""The picture of an address as a QR code."""

import re

import numpy as np
import pytest
import zxingcpp
from asking import ask, behind

from serving.routes import Pages

APP = Pages(behind)
PIXELS = 6  # a side of a module


def drawn(svg: str) -> np.ndarray:
    """The modules of a code as the picture draws them: horizontal strokes, relative to where the last one ended."""
    size = int(re.search(r'fill="#fff" d="M0 0h(\d+)v', svg)[1])
    modules = np.full((size, size), 255, np.uint8)
    x = y = 0.0
    for kind, first, second in re.findall(
        r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    ):
        if kind == "h":
            modules[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
        else:
            x, y = (float(first), float(second)) if kind == "M" else (x + float(first), y + float(second))
    return np.kron(modules, np.ones((PIXELS, PIXELS), np.uint8))


@pytest.mark.parametrize(
    "link", ["https://guide.example/elu?alpha=0.3&lang=zh", "http://192.168.0.7:8501/" + "a" * 900]
)
def test_a_reader_of_codes_reads_the_address(link):
    answer = ask(APP, f"/qr.svg?to={link.replace('&', '%26')}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert [code.text for code in zxingcpp.read_barcodes(drawn(answer.body.decode()))] == [link]


@pytest.mark.parametrize("to", ["", "javascript:alert(1)", "http://a/" + "x" * 1200])
def test_nothing_but_an_address_becomes_a_code(to):
    answer = ask(APP, f"/qr.svg?to={to}")
    assert answer.status == 400
    assert b"script" not in answer.body
