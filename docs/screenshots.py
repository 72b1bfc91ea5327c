"""Take the README's pictures and its film anew from the running app, sliders in mid-drag: ``make screenshots``.

The phone is read in Chinese: the machine needs a font that has it (Debian: ``fonts-wqy-microhei``)."""

from __future__ import annotations

import io
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.servers import OURS, serving  # noqa: E402  the path has to be set first

MOST = 150_000  # bytes of one picture
LONGEST = 1_500_000  # bytes of the film
FRAMES, PAUSE = 72, 90  # of the film, and milliseconds between two of them
DESK, SLIDE, PHONE = (1280, 720), (1280, 720), (390, 912)
DRAWN = ".js-plotly-plot .scatterlayer path.js-line"
PATIENCE = 120_000  # milliseconds: other work may keep the machine busy
CALM = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN_ANEW = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, {}))))"


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
    Shot("vanishing", "vanishing?lang=en&predict=0&f=sigmoid&f=tanh&f=relu", "depth", 0.7, scheme="dark"),
    Shot("phone", "gelu?lang=zh&predict=0", "x0", 0.35, PHONE),
    Shot("home", "?lang=en", "layers", 0.35),
    Shot("slide", "swish?lang=en&present=1", "x0", 0.35, SLIDE),
)
FILM = Shot("drag", "elu?lang=en&predict=0", "alpha", 0.02, (1120, 640))


def main() -> None:
    """Start the app, picture each page in the middle of a drag, stop the app."""
    with serving(OURS) as server, sync_playwright() as play:
        system = Path("/usr/bin/chromium")
        path = str(system) if system.exists() else None
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            size = take(browser, f"{server.base}/{shot.address}", shot)
            print(f"{shot.name}.png: {size / 1e3:.0f} KB")
        print(f"{FILM.name}.webp: {film(browser, f'{server.base}/{FILM.address}') / 1e3:.0f} KB")
        browser.close()


def take(browser: Browser, address: str, shot: Shot) -> int:
    """One picture; its bytes."""
    page = opened(browser, address, shot)
    hold(page, shot)
    size = save(page.screenshot(), HERE / f"{shot.name}.png")
    page.context.close()
    return size


def film(browser: Browser, address: str) -> int:
    """The slider of the film drawn to and fro, as an animated picture that begins where it ends; its bytes."""
    page = opened(browser, address, FILM)
    left, width, y = hold(page, FILM)
    frames = []
    for k in range(FRAMES):
        share = 0.5 - 0.48 * math.cos(2 * math.pi * k / FRAMES)
        page.mouse.move(left + share * width, y)
        page.evaluate(DRAWN_ANEW.format(30))
        frames.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    page.context.close()
    path = HERE / f"{FILM.name}.webp"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=PAUSE, loop=0, quality=70, method=6)
    return checked(path, LONGEST)


def opened(browser: Browser, address: str, shot: Shot) -> Page:
    """The page of a shot, at rest."""
    width, height = shot.window
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.scheme).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.locator(DRAWN).first.wait_for(state="attached")
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the script has rested for a while: it runs again once the browser has reported that it draws."""
    calm = 0
    for _ in range(200):
        calm = calm + 1 if page.locator(CALM).count() else 0
        if calm == 8:
            return
        page.wait_for_timeout(150)
    raise RuntimeError(f"{page.url} never came to rest")


def hold(page: Page, shot: Shot) -> tuple[float, float, float]:
    """Drag the slider and keep holding it; where its track begins, its width and its height on the screen.

    The page scrolls only where the slider would be out of sight.
    """
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
    page.evaluate(DRAWN_ANEW.format(400))
    if block.locator("input[type=range]").input_value() == before:
        raise RuntimeError(f"{shot.name}: the slider {shot.slider} did not move")
    return track["x"], track["width"], y


def save(png: bytes, path: Path) -> int:
    """Write the picture with a palette of its own colours; its bytes, which must be few."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    return checked(path, MOST)


def checked(path: Path, most: int) -> int:
    """The bytes of a file, which must not be more than ``most``."""
    size = path.stat().st_size
    if size > most:
        raise RuntimeError(f"{path.name} has {size} bytes")
    return size


if __name__ == "__main__":
    main()
