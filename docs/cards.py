"""Draw the pictures that links to the guide are shown with, and its small icon: ``make cards``.

A card carries mathematics and names, no sentence: title and claim stand beside it in the language of the link.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import scenes  # noqa: E402  beside this file
from scenes import AXIS, GRID, path  # noqa: E402

from activations import CATALOGUE, Activation  # noqa: E402
from pages.register import PAGES, Page  # noqa: E402
from pages.shared import figures, words  # noqa: E402
from serving import previews  # noqa: E402

MARK = ROOT / "assets" / "mark.svg"
WIDTH, HEIGHT = previews.SIZE
UNIT = 118  # pixels to 1 on both axes, so that slopes do not lie
ORIGIN = (640, 430)
PAPER, INK = "#ffffff", "#1c2733"


def main() -> None:
    """Draw a card for each page, the icon from the mark."""
    previews.CARDS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        path = own if own.exists() else shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for page in PAGES:
            _save(_shoot(browser, _card(page), WIDTH, HEIGHT), previews.card(page))
        _save(_shoot(browser, MARK.read_text(), 64, 64), ROOT / "assets" / "favicon.png")
        browser.close()


def _card(page: Page) -> str:
    name = CATALOGUE[page.path].name if page.path in CATALOGUE else ""
    picture = "".join(_function(CATALOGUE[page.path]) if name else scenes.PICTURES.get(page.path, _family)())
    mark = MARK.read_text().replace("<svg ", '<svg x="836" y="528" width="52" height="52" ')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" style="background:{PAPER}" '
        f'font-family="DejaVu Sans, Verdana, sans-serif" font-weight="700" fill="{INK}">{picture}'
        f'<g stroke="{PAPER}" stroke-width="14" stroke-linejoin="round" paint-order="stroke">'
        f'<text x="72" y="150" font-size="88">{name}</text>'
        f'<text x="902" y="568" font-size="38">{words.name("en")}</text></g>{mark}</svg>'
    )


def _function(activation: Activation) -> Iterator[str]:
    """A function, and dashed its derivative."""
    yield from _axes()
    colour = figures.colour(activation.slug)
    yield _curve(activation.derivative, activation, colour, 7, 'stroke-dasharray="2 20" opacity="0.75"')
    yield _curve(activation, activation, colour, 15)


def _family() -> Iterator[str]:
    """All functions in their colours."""
    yield from _axes()
    for activation in CATALOGUE.values():
        yield _curve(activation, activation, figures.colour(activation.slug), 8)


def _axes() -> Iterator[str]:
    across, down = ORIGIN
    for steps in range(-6 * UNIT, 7 * UNIT, UNIT):
        yield f'<path d="M{across + steps} 0V{HEIGHT}M0 {down + steps}H{WIDTH}" stroke="{GRID}" stroke-width="3"/>'
    yield f'<path d="M{across} 0V{HEIGHT}M0 {down}H{WIDTH}" stroke="{AXIS}" stroke-width="5"/>'


def _curve(line: object, activation: Activation, colour: str, width: float, style: str = "") -> str:
    """``line`` over the whole card, in one stroke between each two jumps of the function."""
    x = np.linspace(-6, 5, 1101)
    y = np.asarray(line(x, **{param.name: param.default for param in activation.params}))
    jumps = np.flatnonzero(np.abs(np.diff(y)) > 0.1) + 1
    pieces = zip(np.split(x, jumps), np.split(y, jumps), strict=True)
    across, down = ORIGIN
    return "".join(
        path([(across + UNIT * a, down - UNIT * b) for a, b in zip(xs, ys, strict=True)], colour, width, style)
        for xs, ys in pieces
    )


def _shoot(browser: Browser, svg: str, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


def _save(picture: bytes, path: Path) -> None:
    """Few colours take few bytes, and nobody sees the difference in line art."""
    image = Image.open(io.BytesIO(picture))
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
