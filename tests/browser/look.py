"""What can be read and seen on a page: its text, the chart's description, and the picture by its coordinates."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Marks around printed numbers are invisible, but they are characters.
CLEAN = "((text) => text.replace(/[\\u2061-\\u2064]/g, ''))"
LABEL = f"{CLEAN}(document.querySelector('[role=figure]').getAttribute('aria-label'))"
# What is looked up in a long computation does not follow a held thumb; the style sheet hides it meanwhile.
SLOW = ".st-key-book, .st-key-found"
READ = """((css, outside) => {
    const walker = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
    const texts = [];
    let last = null;
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement, code = parent.closest('pre');
        if (parent.closest('style, script, annotation, .js-plotly-plot, [aria-live], .nl-keep')) continue;
        if (Boolean(parent.closest(css)) === outside) continue;
        // Code is one text, before and after its words are coloured.
        if (code && code === last) texts[texts.length - 1] += walker.currentNode.nodeValue;
        else texts.push(walker.currentNode.nodeValue);
        last = code;
    }
    return texts.join('|').replace(/[\\u2061-\\u2064]/g, '');
})"""
TEXT = f"{READ}('{SLOW}', true)"
HIDDEN = f"{READ}('{SLOW}', false)"
# Of every part of every trace: the trace's name, what it is, its text or a dot's opacity, the panel's size, its place.
PICTURE = """(() => {
    const plot = document.querySelector('.js-plotly-plot'), from = plot.getBoundingClientRect(), parts = [];
    for (const trace of plot._fullData) {
        const group = plot.querySelector(`.scatterlayer .trace${trace.uid}`);
        const size = ['xaxis', 'yaxis'].map((axis) => plot._fullLayout[trace[axis].replace(/^[xy]/, '$&axis')]._length);
        const add = (css, kind, read) => {
            for (const e of group?.querySelectorAll(css) ?? []) parts.push([trace.name, kind, ...read(e), size]);
        };
        const path = (e) => ['', e.getAttribute('d')];
        const middle = (e) => {
            const box = e.getBoundingClientRect();
            // Plotly keeps a word without a place and does not draw it.
            return box.width ? [box.x + box.width / 2 - from.x, box.y + box.height / 2 - from.y] : [-1, -1];
        };
        add('path.js-line', 'line', path);
        add('.fills path', 'fill', path);
        add('path.point', 'point', (e) => [Number(e.style.opacity || 1).toFixed(2), middle(e).join(',')]);
        add('.textpoint text', 'text', (e) => [e.textContent.trim(), middle(e).join(',')]);
    }
    return parts;
})()"""
RAW = """[...document.querySelectorAll('.js-plotly-plot .scatterlayer '
    + ':is(path.js-line, path.js-fill, .fills path, .points path, .textpoint, .textpoint text)'
    + ', .js-plotly-plot .heatmaplayer image')]
    .map((e) => ['d', 'transform', 'x', 'y', 'href'].map((name) => e.getAttribute(name)).join(' ')).join('|')"""
VIEW = f"() => [{TEXT}, {HIDDEN}, {LABEL}, {PICTURE}]"
WATCH = f"""(key) => {{
    window.keptChart = document.querySelector('.js-plotly-plot');
    window.seen = {{ pictures: new Set(), texts: new Set(), labels: new Set(), places: new Set(), anew: new Set() }};
    // How often Plotly draws the chart anew.
    const react = Plotly.react.counted ?? Plotly.react;
    const count = (...given) => (seen.anew.add(performance.now()), react(...given));
    Plotly.react = Object.assign(count, {{ counted: react }});
    const look = () => {{
        seen.pictures.add({RAW});
        seen.texts.add({TEXT});
        seen.labels.add({LABEL});
        seen.places.add(document.querySelector(`.st-key-${{key}} input[type=range]`).value);
        window.watching = requestAnimationFrame(look);
    }};
    if (window.watching) cancelAnimationFrame(window.watching);
    look();
}}"""
# Two frames: the script under test reads the slider in one, at the latest in the next the sampler has seen the picture.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Nothing has changed, nor faded in or out, for more frames than the script under test waits before it tells Plotly.
STILL = """() => new Promise((done) => {
    let [quiet, left] = [0, 1200];
    const watch = new MutationObserver(() => (quiet = 0));
    watch.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    const count = () => {
        if (document.getAnimations().some((one) => one.effect.getComputedTiming().endTime < 1e4)) quiet = 0;
        if (++quiet < 11 && --left) return requestAnimationFrame(count);
        watch.disconnect();
        done();
    };
    requestAnimationFrame(count);
})"""
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """A line, fill, dot or word of the chart and the pieces it is drawn in, in pixels."""

    name: str
    kind: str
    text: str
    pieces: tuple[Points, ...]
    size: tuple[float, float]

    @classmethod
    def of(cls, name: str, kind: str, text: str, drawn: str, size: list[float]) -> Part:
        """From what the page reports."""
        strokes = [stroke.rstrip("Z").replace("L", ",").split(",") for stroke in (drawn or "").split("M") if stroke]
        pieces = [np.array([float(number) for number in stroke]).reshape(-1, 2) for stroke in strokes]
        kept = [piece for piece in pieces if len(piece) > 1 or kind in ("point", "text")]
        return cls(name, kind, text, tuple(kept), (size[0], size[1]))


@dataclass(frozen=True)
class View:
    """The text of a page, the text hidden while a thumb is held, the description of its chart, and the picture."""

    text: str
    slow: str
    label: str
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, read: list[Any]) -> View:
        """From what the page tells."""
        text, slow, label, given = read
        parts: dict[Any, Part] = {}
        for place, part in enumerate(Part.of(*one) for one in given):
            # A broken line is one path or several.
            key = (part.name, part.kind, 0 if part.kind in ("line", "fill") else place)
            parts[key] = replace(part, pieces=parts[key].pieces + part.pieces) if key in parts else part
        return cls(text, slow, label, tuple(part for part in parts.values() if part.pieces))


def assert_same_words(one: View, other: View) -> None:
    """All that follows a thumb in words and numbers is identical."""
    assert one.text.split("|") == other.text.split("|")
    assert one.label == other.label


def assert_same_picture(one: View, other: View, pixels: float = 1.0) -> None:
    """The same is drawn, and lies within ``pixels``."""
    assert [(p.name, p.kind, p.text) for p in one.parts] == [(p.name, p.kind, p.text) for p in other.parts]
    off = {f"{a.name} ({a.kind})": apart(a, b) for a, b in zip(one.parts, other.parts, strict=True)}
    assert {name: far for name, far in off.items() if far > pixels} == {}


def assert_same(one: View, other: View) -> None:
    """Two pages at rest cannot be told apart."""
    assert one.slow.split("|") == other.slow.split("|")
    assert_same_words(one, other)
    assert_same_picture(one, other)


def apart(one: Part, other: Part) -> float:
    """The furthest that anything of a part within the panel lies from the other one, in pixels."""
    if one.kind in ("point", "text"):
        return float(np.abs(np.concatenate(one.pieces) - np.concatenate(other.pieces)).max())
    return max(_outside(one, other), _outside(other, one))


def _outside(one: Part, other: Part) -> float:
    """The furthest that a vertex of ``one`` within the panel lies from the strokes of ``other``."""
    corners = np.concatenate(one.pieces) if one.pieces else np.empty((0, 2))
    corners = corners[((corners >= -1) & (corners <= np.add(one.size, 1))).all(axis=1)]
    if not len(corners):
        return 0.0
    far = np.full(len(corners), math.inf)
    for piece in other.pieces:
        far = np.minimum(far, _distances(corners, piece))
    return float(far.max())


def _distances(corners: Points, piece: Points) -> NDArray[np.float64]:
    """How far each corner lies from the nearest place of a piece."""
    start, way = piece[:-1], np.diff(piece, axis=0)
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    reach = corners[:, None] - start
    share = np.clip((reach * way).sum(axis=2) / length, 0, 1)
    return np.asarray(np.sqrt(((share[..., None] * way - reach) ** 2).sum(axis=2)).min(axis=1))
