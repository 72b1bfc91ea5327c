"""Take the README's pictures anew from the running app, sliders in mid-drag: ``make screenshots``.

The phone is read in Chinese: the machine needs a font that has it (Debian: ``fonts-wqy-microhei``)."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.servers import OURS, serving  # noqa: E402  the path has to be set first

MOST = 150_000  # bytes of one picture
DESK, SLIDE, PHONE = (1280, 720), (1280, 720), (390, 912)
DRAWN = ".js-plotly-plot .scatterlayer path.js-line"
CALM = "[data-testid=stApp][data-test-script-state=notRunning]"
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 400))))"


@dataclass(frozen=True)
class Shot:
    """A page, the slider that is held, how far along its track, and how it is looked at."""

    name: str
    address: str
    slider: str
    share: float
    window: tuple[int, int] = DESK
    scheme: str = "light"


SHOTS = (
    Shot("drag", "elu?lang=en&predict=0", "alpha", 0.75),
    Shot("vanishing", "vanishing?lang=en&predict=0&f=sigmoid&f=tanh&f=relu", "depth", 0.7, scheme="dark"),
    Shot("phone", "gelu?lang=zh&predict=0", "x0", 0.35, PHONE),
    Shot("home", "?lang=en", "layers", 0.35),
    Shot("slide", "swish?lang=en&present=1&predict=0", "x0", 0.35, SLIDE),
)


def main() -> None:
    """Start the app, picture each page in the middle of a drag, stop the app."""
    with serving(OURS) as server, sync_playwright() as play:
        system = Path("/usr/bin/chromium")
        path = str(system) if system.exists() else None
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            size = take(browser, f"{server.base}/{shot.address}", shot)
            print(f"{shot.name}.png: {size / 1e3:.0f} KB")
        browser.close()


def take(browser: Browser, address: str, shot: Shot) -> int:
    """One picture; its bytes."""
    width, height = shot.window
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.scheme)
    page = context.new_page()
    page.goto(address)
    page.locator(DRAWN).first.wait_for(state="attached")
    settle(page)
    hold(page, shot)
    size = save(page.screenshot(), HERE / f"{shot.name}.png")
    context.close()
    return size


def settle(page: Page) -> None:
    """Wait until the script has rested for a while: it runs again once the browser has reported that it draws."""
    calm = 0
    for _ in range(200):
        calm = calm + 1 if page.locator(CALM).count() else 0
        if calm == 8:
            return
        page.wait_for_timeout(150)
    raise RuntimeError(f"{page.url} never came to rest")


def hold(page: Page, shot: Shot) -> None:
    """Drag the slider and keep holding it; the page scrolls only where the slider would be out of sight."""
    block = page.locator(f".st-key-{shot.slider} [data-testid=stSlider]")
    block.scroll_into_view_if_needed()
    track = block.locator("[role=group] > div").bounding_box()
    thumb = block.locator("div:has(> div > input[type=range])").bounding_box()
    assert track
    assert thumb
    before = block.locator("input[type=range]").input_value()
    y = thumb["y"] + thumb["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(track["x"] + shot.share * track["width"], y, steps=20)
    page.evaluate(FRAMES)
    if block.locator("input[type=range]").input_value() == before:
        raise RuntimeError(f"{shot.name}: the slider {shot.slider} did not move")


def save(png: bytes, path: Path) -> int:
    """Write the picture with a palette of its own colours; its bytes, which must be few."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > MOST:
        raise RuntimeError(f"{path.name} has {size} bytes")
    return size


if __name__ == "__main__":
    main()
