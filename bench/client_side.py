"""The figures of the browser: the way to the first chart, what moves while the page settles, pictures under a thumb."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from playwright.async_api import Browser

from bench import browser, drags, load
from bench.browser import DESK, PHONE, Figures
from bench.servers import Server
from bench.tables import Row, worst
from bench.views import STOCK, View, view

THROTTLES = {1: "", 6: ", CPU throttled 6×"}
SHIFT = "Cumulative layout shift"


async def cold(chrome: Browser, ours: Server, stock: Server, paths: Sequence[str], visits: int) -> list[Row]:
    """Newcomers to each of the pages, by a fast line and by a slow one."""
    beside, files = await _newcomers(chrome, stock, STOCK, visits)
    late = await _slow(chrome, stock, STOCK)
    cost = load.files(stock, files, visits + 2)
    rows = []
    for page in map(view, paths):
        found, files = await _newcomers(chrome, ours, page, visits)
        where = f"{page.name}, {_window(DESK)}, empty cache"
        slow = await _slow(chrome, ours, page)
        rows += [
            Row("First chart (s)", where, found["first_s"], beside["first_s"], decimals=2),
            Row("First chart at 10 Mbit/s and 40 ms (s)", where, slow, late, decimals=2),
            Row("HTTP, as transferred (MB)", where, found["http_mb"], beside["http_mb"], 2.6, 2),
            Row("WebSocket until idle (KB)", where, found["socket_kb"], beside["socket_kb"], 150, 0),
            Row(SHIFT, where, found["shift"], beside["shift"], 0.1, 3),
            Row(f"Server CPU for its {len(files)} files (ms)", where, load.files(ours, files, visits + 2), cost, 20),
        ]
    return rows


async def shifts(chrome: Browser, ours: Server, pages: Iterable[View]) -> Row:
    """The page and window whose layout shifts most."""
    rows = []
    for page in pages:
        for window in (DESK, PHONE):
            async with browser.visiting(chrome, ours, page, window) as visit:
                shift = (await visit.first_chart())["shift"]
            rows.append(Row(SHIFT, f"{page.name}, {_window(window)}", shift, budget=0.1, decimals=3))
    return worst(rows)


async def hands(
    chrome: Browser, ours: Server, stock: Server, sliders: Sequence[tuple[str, str]], presses: int
) -> list[Row]:
    """Sliders under a thumb and under an arrow key."""
    beside = await _hand(chrome, stock, STOCK, "", presses)
    rows: list[Row] = []
    for path, key in sliders:
        page = view(path)
        found = await _hand(chrome, ours, page, key, presses)
        where = f"{page.name}, `{key}`, {_window(DESK)}"
        for rate, label in THROTTLES.items():
            rows += _dragged(found, beside, rate, f"{where}{label}")
        rows.append(Row("Arrow key to picture, median (ms)", where, found["key"], beside["key"], decimals=0))
        rows.append(Row("Script runs on release", where, found["1.release_runs"], beside["1.release_runs"], decimals=0))
    return rows


async def everywhere(chrome: Browser, ours: Server, sliders: Sequence[tuple[View, str]], presses: int) -> list[Row]:
    """The worst slider of all pages for each budget of a drag."""
    rows: list[Row] = []
    for page, key in sliders:
        where = f"{page.name}, `{key}`, {_window(DESK)}"
        try:
            found = await _hand(chrome, ours, page, key, presses)
        except TimeoutError:
            print(f"left out: no new picture followed in {where}", file=sys.stderr)
            continue
        if not found:
            continue
        for rate, label in THROTTLES.items():
            missed = 100 * (1 - min(found[f"{rate}.pictures"] / found[f"{rate}.positions"], 1))
            what = f"Slider positions held without a picture of their own{label} (%)"
            rows.append(Row(what, where, missed, budget=5 if rate == 1 else 50))
        rows.append(Row("Arrow key to picture, median (ms)", where, found["key"], decimals=0))
        rows.append(Row("Main thread a picture (ms)", where, found["1.thread_ms"], budget=15))
    return [worst(row for row in rows if row.what == what) for what in dict.fromkeys(row.what for row in rows)]


def _dragged(found: Figures, beside: Figures, rate: int, where: str) -> list[Row]:
    def row(what: str, key: str, budget: float | None = None, decimals: int = 1) -> Row:
        return Row(what, where, found[f"{rate}.{key}"], beside[f"{rate}.{key}"], budget, decimals)

    counts = found[f"{rate}.positions"], beside[f"{rate}.positions"]
    return [
        replace(row("Pictures while held, of slider positions passed", "pictures", decimals=0), of=counts),
        row("Pictures a second while held", "rate", decimals=0),
        row("Main thread a picture (ms)", "thread_ms", 15 if rate == 1 else None),
        row("… of it our own script (ms)", "own_ms"),
    ]


async def _hand(chrome: Browser, server: Server, page: View, key: str, presses: int) -> Figures:
    """What a drag of the slider and an arrow key on it cost; nothing where the page opens without the slider."""
    css = drags.slider(key)
    async with browser.visiting(chrome, server, page) as visit:
        await visit.first_chart()
        if not await visit.page.locator(css).first.is_visible():
            return {}
        found = {f"{rate}.{name}": x for rate in THROTTLES for name, x in (await drags.drag(visit, css, rate)).items()}
        return found | {"key": await drags.keys(visit, css, presses)}


async def _newcomers(chrome: Browser, server: Server, page: View, visits: int) -> tuple[Figures, list[str]]:
    """Medians over some visits, and the files that the last of them asked for."""
    found, files = [], []
    for _ in range(visits):
        async with browser.visiting(chrome, server, page) as visit:
            found.append(await visit.first_chart())
            files = visit.files
    return {name: median(one[name] for one in found) for name in found[0]}, files


async def _slow(chrome: Browser, server: Server, page: View) -> float:
    async with browser.visiting(chrome, server, page, slow=True) as visit:
        return (await visit.first_chart())["first_s"]


def _window(size: tuple[int, int]) -> str:
    return f"{size[0]}×{size[1]}"
