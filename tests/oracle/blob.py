"""What the browser is sent for a drag, unpacked by a reader that shares no code with its writer."""

import json
import re
import struct
import zlib
from functools import cached_property

import numpy as np

MARKED = re.compile("\u2063([\u2061\u2062\u2064]{4})([^\u2063]*)\u2063")
_DIGITS = "\u2061\u2062\u2064"
_HEAD = {
    "version",
    "chart",
    "page",
    "session",
    "names",
    "texts",
    "layout",
    "traces",
    "sliders",
    "unmoved",
    "plays",
    "exporting",
    "handles",
    "defaults",
    "typing",
    "rounded",
}


def place(code):
    """The number that a mark spells, least digit first, in base three."""
    return sum(_DIGITS.index(digit) * 3**k for k, digit in enumerate(code))


def plain(text):
    """A text without its marks."""
    return re.sub("[\u2061-\u2064]", "", text)


class Blob:
    """The head as it is, and the sliders by key."""

    def __init__(self, data):
        (size,) = struct.unpack_from("<I", data)
        self.head, self.body = json.loads(zlib.decompress(data[4 : 4 + size])), data[4 + size :]
        assert set(self.head) == _HEAD, "a part of the message that nothing reads here"
        self.now = dict(zip(self.head["names"], self.head["texts"], strict=True))

    @cached_property
    def sliders(self):
        return {slider["key"]: Moved(slider, self.body) for slider in self.head["sliders"]}

    @cached_property
    def unmoved(self):
        """What no slider moves: one row by name, and one text by name."""
        rows, texts = {}, {}
        for sweep in self.head["unmoved"]:
            one, other = _unpacked(sweep, _inflated(sweep, self.body))
            rows |= one
            texts |= other
        return {name: row[0] for name, row in rows.items()} | {name: text[0] for name, text in texts.items()}


class Moved:
    """What one slider moves: ``rows`` by name, of shape (positions, points), and ``texts``, one a position."""

    def __init__(self, slider, body):
        assert set(slider) == {"key", "low", "step", "value", "sweeps"}
        self.low, self.step, self.value = slider["low"], slider["step"], slider["value"]
        self.rows, self.texts = {}, {}
        for sweep in slider["sweeps"]:
            rows, texts = _unpacked(sweep, _inflated(sweep, body))
            assert rows.keys().isdisjoint(self.rows), "a track is sent twice"
            assert texts.keys().isdisjoint(self.texts), "a text is sent twice"
            self.rows |= rows
            self.texts |= texts

    @property
    def positions(self):
        """How many positions the slider has, by what it moves."""
        (count,) = {*map(len, self.rows.values()), *map(len, self.texts.values())}
        return count


def _inflated(sweep, body):
    assert set(sweep) == {"start", "size", "positions", "tracks", "texts"}
    return zlib.decompress(body[sweep["start"] : sweep["start"] + sweep["size"]])


def _unpacked(sweep, raw):
    """The rows of each track and the texts, by name.

    Of 16 bits each is how much more a point moves from one position to the next than the point before it does, in
    ZigZag; the low bytes of all stand before the high ones.
    """
    count = sweep["positions"]
    size = count * sum(width for _, width, _, _ in sweep["tracks"])
    planes = np.frombuffer(raw, np.uint8, 2 * size).reshape(2, -1).astype(np.int64)
    zigzag = (planes[0] + 256 * planes[1]).reshape(-1, count)
    residuals = np.where(zigzag % 2, -(zigzag + 1) // 2, zigzag // 2)
    rows, at = {}, 0
    for name, width, low, unit in sweep["tracks"]:
        steps = residuals[at : at + width].cumsum(axis=0).cumsum(axis=1).astype(np.int16).T
        rows[name], at = np.where(steps == -32768, np.nan, low + unit * steps), at + width
    lines = raw[2 * size :].decode().split("\n") if sweep["texts"] else []
    assert len(lines) == count * len(sweep["texts"]), "each text has one line a position"
    return rows, {name: lines[k * count : (k + 1) * count] for k, name in enumerate(sweep["texts"])}
