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

from activations import CATALOGUE, Activation  # noqa: E402
from activations.experiments import chain, claims, composed, dying, exploding  # noqa: E402
from door import previews  # noqa: E402
from pages.parts import figures, words  # noqa: E402
from pages.rooms import ROOMS, Room  # noqa: E402

MARK = ROOT / "assets" / "mark.svg"
WIDTH, HEIGHT = previews.SIZE
UNIT = 118  # pixels to 1 on both axes, so that slopes do not lie
ORIGIN = (640, 430)
PAPER, INK, GRID, AXIS = "#ffffff", "#1c2733", "#e9edf1", "#b4bdc7"


def main() -> None:
    """Draw a card for each room, the icon from the mark."""
    previews.CARDS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        path = own if own.exists() else shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for room in ROOMS:
            _save(_shoot(browser, _card(room), WIDTH, HEIGHT), previews.card(room))
        _save(_shoot(browser, MARK.read_text(), 64, 64), ROOT / "assets" / "favicon.png")
        browser.close()


def _card(room: Room) -> str:
    name = CATALOGUE[room.path].name if room.path in CATALOGUE else ""
    picture = "".join(_function(CATALOGUE[room.path]) if name else PICTURES.get(room.path, _family)())
    mark = MARK.read_text().replace("<svg ", '<svg x="836" y="528" width="52" height="52" ')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" style="background:{PAPER}" '
        f'font-family="DejaVu Sans, Verdana, sans-serif" font-weight="700" fill="{INK}">{picture}'
        f'<g stroke="{PAPER}" stroke-width="14" stroke-linejoin="round" paint-order="stroke">'
        f'<text x="72" y="150" font-size="88">{name}</text>'
        f'<text x="902" y="568" font-size="38">{words.name("en")}</text></g>{mark}</svg>'
    )


def _function(act: Activation) -> Iterator[str]:
    """A function, and dashed its derivative."""
    yield from _axes()
    colour = figures.colour(act.slug)
    yield _curve(act.slope, act, colour, 7, 'stroke-dasharray="2 20" opacity="0.75"')
    yield _curve(act, act, colour, 15)


def _family() -> Iterator[str]:
    """All functions in their colours."""
    yield from _axes()
    for act in CATALOGUE.values():
        yield _curve(act, act, figures.colour(act.slug), 8)


def _fading() -> Iterator[str]:
    """The gradients of three chains, layer by layer, one decade a line of the grid."""
    for decade in range(0, 15, 2):
        yield f'<path d="M80 {70 + 30 * decade}H1200" stroke="{GRID}" stroke-width="3"/>'
    for slug in ("relu", "tanh", "sigmoid"):
        left = chain.run(CATALOGUE[slug], 22, 1.0, 0.0, 1.0).log_back
        points = [(80 + 46 * layer, 70 - 30 * log) for layer, log in enumerate(left)]
        colour = figures.colour(slug)
        yield _path(points, colour, 8)
        yield from (f'<circle cx="{x:.0f}" cy="{y:.0f}" r="11" fill="{colour}"/>' for x, y in points)


def _valley() -> Iterator[str]:
    """What is left of a gradient over depth at growing weight scales, from faded to exploded."""
    yield f'<path d="M80 315H1200" stroke="{AXIS}" stroke-width="5"/>'
    scales = [
        (-1.5, "#0b2a5b"),
        (-0.75, "#2464aa"),
        (0, "#6aa5d8"),
        (0.5, "#1c2733"),
        (1, "#ec8a4a"),
        (1.75, "#c9431a"),
    ]
    for power, colour in [*scales, (2.5, "#7a1203")]:
        left = exploding.load("relu").measured[round((power - exploding.GAIN.low) / exploding.GAIN.step)][:24]
        yield _path([(80, 315), *((80 + 46 * k, 315 - 30 * log) for k, log in enumerate(left, 1))], colour, 11)


def _bent() -> Iterator[str]:
    """A grid behind six layers with tanh between them, and behind the one map that comes nearest."""
    points, (w, v) = composed.grid(), (1.2, 1.1)
    found = composed.composed(CATALOGUE["tanh"], w, v, points.reshape(2, -1))
    one = composed.applied(found.matrix[-1], points.reshape(2, -1)) + found.shift[-1][:, None]
    for lines, colour, width in ((one, AXIS, 6), (found.output[-1], figures.colour("tanh"), 8)):
        for xs, ys in np.moveaxis(lines.reshape(points.shape), 0, 1):
            yield _path([(520 + 300 * x, 315 - 200 * y) for x, y in zip(xs, ys, strict=True)], colour, width)


def _thrown() -> Iterator[str]:
    """The largest pre-activation of a unit that one step throws below 0, and whether it returns."""
    yield f'<path d="M0 300H{WIDTH}V{HEIGHT}H0Z" fill="{GRID}"/>'
    yield f'<path d="M0 300H{WIDTH}" stroke="{AXIS}" stroke-width="5"/>'
    for slug, settings in (("gelu", {}), ("elu", {"alpha": 1.0}), ("leaky_relu", {"alpha": 0.1}), ("relu", {})):
        highest = dying.fall(CATALOGUE[slug], 2.0, **settings).z[0].max(axis=1)
        points = [(80 + 27 * k, 300 - 72 * z) for k, z in enumerate(highest.tolist())]
        yield _path(points, figures.colour(slug), 13)


def _doubted() -> Iterator[str]:
    """Dashed a formula for a derivative that is often printed, and the derivative."""
    yield f'<path d="M80 470H1200M640 60V540" stroke="{AXIS}" stroke-width="5"/>'
    found = claims.evidence("quarter", CATALOGUE)
    for line, colour, style in (
        (found.claimed, figures.GREY, 'stroke-dasharray="26 26"'),
        (found.true, figures.colour("sigmoid"), ""),
    ):
        yield _path([(640 + 92 * x, 470 - 390 * y) for x, y in zip(found.x, line, strict=True)], colour, 13, style)


PICTURES = {
    "": _family,
    "collapse": _bent,
    "vanishing": _fading,
    "exploding": _valley,
    "dying": _thrown,
    "myths": _doubted,
}


def _axes() -> Iterator[str]:
    across, down = ORIGIN
    for steps in range(-6 * UNIT, 7 * UNIT, UNIT):
        yield f'<path d="M{across + steps} 0V{HEIGHT}M0 {down + steps}H{WIDTH}" stroke="{GRID}" stroke-width="3"/>'
    yield f'<path d="M{across} 0V{HEIGHT}M0 {down}H{WIDTH}" stroke="{AXIS}" stroke-width="5"/>'


def _curve(line: object, act: Activation, colour: str, width: float, style: str = "") -> str:
    """``line`` over the whole card, in one stroke between each two jumps of the function."""
    x = np.linspace(-6, 5, 1101)
    y = np.asarray(line(x, **{param.name: param.default for param in act.params}))
    jumps = np.flatnonzero(np.abs(np.diff(y)) > 0.1) + 1
    pieces = zip(np.split(x, jumps), np.split(y, jumps), strict=True)
    across, down = ORIGIN
    return "".join(
        _path([(across + UNIT * a, down - UNIT * b) for a, b in zip(xs, ys, strict=True)], colour, width, style)
        for xs, ys in pieces
    )


def _path(points: list[tuple[float, float]], colour: str, width: float, style: str = "") -> str:
    route = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    stroke = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="M{route}" {stroke} {style}/>'


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
