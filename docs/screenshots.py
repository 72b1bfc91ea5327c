"""Take the README's pictures anew from the running app: ``make screenshots``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
BASE = "http://127.0.0.1:8599"
SHOTS = {
    "drag": ("elu?lang=en", "alpha", 1280, 720, "light"),
    "vanishing": ("vanishing?lang=en&f=sigmoid&f=tanh&f=relu", "depth", 1280, 720, "dark"),
    "phone": ("gelu?lang=zh", "x0", 390, 844, "light"),
}


def main() -> None:
    """Start the app, picture each page in the middle of a drag, stop the app."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", BASE.rsplit(":", 1)[1]]
    server = subprocess.Popen(command, cwd=HERE.parent)
    try:
        _wait()
        with sync_playwright() as playwright:
            own = Path(playwright.chromium.executable_path)
            path = own if own.exists() else shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for name, (url, slider, width, height, scheme) in SHOTS.items():
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(f"{BASE}/{url}")
                _drag(page, slider)
                page.screenshot(path=HERE / f"{name}.png")
            browser.close()
    finally:
        server.terminate()


def _drag(page: Page, slider: str) -> None:
    thumb = page.locator(f".st-key-{slider} input[type=range]")
    thumb.wait_for(state="attached")
    page.wait_for_timeout(3000)
    track = page.locator(f".st-key-{slider} [data-testid=stSlider]").bounding_box()
    grip = thumb.locator("..").bounding_box()
    assert track
    assert grip
    y = grip["y"] + grip["height"] / 2
    page.mouse.move(grip["x"] + grip["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(track["x"] + 0.8 * track["width"], y, steps=20)
    page.wait_for_timeout(500)


def _wait() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{BASE}/_stcore/health")
            return
        except OSError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
