"""What a hand gets: a slider pressed and dragged at a steady pace, whether or not the browser keeps up with it."""

from __future__ import annotations

import asyncio
import re
from statistics import median
from typing import Any

from bench.browser import PICTURE, Figures, Visit

_MOVES, _PACE = 90, 0.016  # of the mouse in one drag, seconds between two
_DWELL = 4  # moves at one position at most: a hand that rests has Plotly told what the picture shows
_MARGIN = 0.04  # of the track at each end
_MAIN_THREAD = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")

# Remembers, from now on: distinct pictures in frames, distinct positions the slider took, ms from a key to a picture.
_WATCH = """(css) => {
  const picture = PICTURE, first = picture(), slider = () => document.querySelector(css + ' input[type=range]');
  const watch = { pictures: new Set(), positions: new Set(), pressed: null, latency: null };
  const begin = slider().value, stand = () => slider().value !== begin && watch.positions.add(slider().value);
  window.bench?.stop();
  window.bench = watch;
  addEventListener('keydown', (event) => { watch.pressed = event.timeStamp; }, { once: true, capture: true });
  const eye = new MutationObserver(stand);
  eye.observe(document.querySelector(css), { attributes: true, subtree: true });
  const tick = () => {
    const now = picture();
    if (now && now !== first) {
      if (watch.pressed !== null) watch.latency ??= performance.now() - watch.pressed;
      watch.pictures.add(now);
    }
    watch.frame = requestAnimationFrame(tick);
  };
  watch.stop = () => { cancelAnimationFrame(watch.frame); eye.disconnect(); };
  tick();
  slider().focus();
}""".replace("PICTURE", PICTURE)
# Only counts the frames in which the slider stands elsewhere than in the one before, so that it takes no time itself.
_COUNT = """(css) => {
  const slider = document.querySelector(css + ' input[type=range]');
  window.bench?.stop();
  let last = slider.value;
  const watch = (window.bench = { frames: 0, own: window.own });
  const tick = () => {
    if (slider.value !== last) watch.frames++;
    last = slider.value;
    watch.frame = requestAnimationFrame(tick);
  };
  watch.stop = () => cancelAnimationFrame(watch.frame);
  tick();
}"""
_ENDS = "(css) => ((slider) => slider.value === slider.max)(document.querySelector(css + ' input[type=range]'))"
_PLACE = """(css) => {
  const block = document.querySelector(css);
  block.scrollIntoView({ block: 'center' });
  const track = block.querySelector('[role=group] > div').getBoundingClientRect();
  const thumb = block.querySelector('div:has(> div > input[type=range])').getBoundingClientRect();
  const { min, max, step } = block.querySelector('input[type=range]');
  return [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2, track.x, track.width, 1 + (max - min) / step];
}"""


def slider(key: str) -> str:
    """Where the slider with this key is; without one, the first of the page."""
    # As Streamlit names the class of an element.
    named = re.sub(r"[^\w-]", "-", key)
    return f"{f'.st-key-{named} ' if key else ''}[data-testid=stSlider]"


async def keys(visit: Visit, css: str, presses: int) -> float:
    """Median ms from the time stamp of an arrow key to the first frame with a new picture."""
    taken, strokes = [], ["ArrowRight", "ArrowLeft"]
    # From its end a slider goes nowhere but back.
    if await visit.page.evaluate(_ENDS, css):
        strokes.reverse()
    for press in range(presses):
        await visit.page.evaluate(_WATCH, css)
        await visit.page.keyboard.press(strokes[press % 2])
        await visit.until("window.bench.latency !== null")
        taken.append(float(await visit.page.evaluate("window.bench.latency")))
        await visit.settle()
    return median(taken)


async def drag(visit: Visit, css: str, throttle: int = 1) -> Figures:
    """Take the thumb to the far end and back, holding it: pictures and positions on the way there, ms a picture back.

    ``throttle`` makes the browser that many times slower, as a cheap phone is.
    """
    x, y, left, width, places = await visit.page.evaluate(_PLACE, css)
    moves = min(_MOVES, round(_DWELL * places))
    near, far = left + _MARGIN * width, left + (1 - _MARGIN) * width
    start, end = (near, far) if far - x > x - near else (far, near)
    await visit.network.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    await _mouse(visit, "mousePressed", x, y)
    await _mouse(visit, "mouseMoved", start, y)
    await visit.page.evaluate(_WATCH, css)
    before = visit.runs
    seconds = await _glide(visit, start, end, y, moves)
    seen, stood = await visit.page.evaluate("[window.bench.pictures.size, window.bench.positions.size]")
    cost = await _cost(visit, css, end, start, y, moves)
    held = visit.runs - before
    await _mouse(visit, "mouseReleased", start, y)
    await visit.page.evaluate("window.bench.stop()")
    await visit.network.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    await visit.settle()
    released = visit.runs - before - held
    shown = {"pictures": seen, "positions": stood, "rate": seen / seconds}
    return {**shown, **cost, "held_runs": held, "release_runs": released}


async def _cost(visit: Visit, css: str, start: float, end: float, y: float, moves: int) -> Figures:
    """Ms of the main thread, and of the page's own script in it, for each frame in which the slider had moved."""
    await visit.page.evaluate(_COUNT, css)
    await visit.network.send("Performance.enable")
    before = await _spent(visit)
    await _glide(visit, start, end, y, moves)
    spent = await _spent(visit) - before
    frames, own = await visit.page.evaluate("[window.bench.frames, window.own - window.bench.own]")
    await visit.network.send("Performance.disable")
    return {"thread_ms": spent / frames * 1e3, "own_ms": own / frames}


async def _spent(visit: Visit) -> float:
    metrics = await visit.network.send("Performance.getMetrics")
    return sum(metric["value"] for metric in metrics["metrics"] if metric["name"] in _MAIN_THREAD)


async def _glide(visit: Visit, start: float, end: float, y: float, count: int) -> float:
    """Move the pressed mouse without waiting for the browser to have followed; seconds until it has."""
    clock = asyncio.get_running_loop().time
    began, moves = clock(), []
    for step in range(1, count + 1):
        moves.append(asyncio.create_task(_mouse(visit, "mouseMoved", start + (end - start) * step / count, y)))
        await asyncio.sleep(max(0.0, began + step * _PACE - clock()))
    await asyncio.gather(*moves)
    await visit.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return clock() - began


async def _mouse(visit: Visit, kind: str, x: float, y: float) -> Any:
    about = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 0 if kind == "mouseReleased" else 1}
    return await visit.network.send("Input.dispatchMouseEvent", {**about, "clickCount": 1})
