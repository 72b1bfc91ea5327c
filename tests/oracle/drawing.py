"""A chart read back from its specification."""

import base64
import math

import numpy as np

COORDINATES = {"x", "y"}
KINDS = ("value", "slope", "bend")
WORDS = {f"word_{kind}_{side}" for kind in ("value", "slope") for side in ("left", "right")}
TEXTS = {"rise_label", "stem_label", "one_label", *WORDS}


class Drawing:
    """Traces by name, with ``x`` and ``y`` as numbers; axes by their names in the layout."""

    def __init__(self, spec):
        self.layout = spec["layout"]
        self.traces = {trace["name"]: trace for trace in spec["data"]}
        assert len(self.traces) == len(spec["data"]), "the browser finds a trace by its name"
        self.order = [trace["name"] for trace in spec["data"]]

    def xy(self, name):
        return tuple(decoded(self.traces[name][axis]) for axis in "xy")

    def axis(self, name):
        """The vertical axis of a trace."""
        return self.layout[self.traces[name]["yaxis"].replace("y", "yaxis")]

    @property
    def window(self):
        return self.layout["xaxis"]["range"]

    @property
    def kinds(self):
        return [kind for kind in KINDS if kind in self.traces]


def decoded(array):
    """Single precision, base64: what the browser is sent for a dragged picture too."""
    assert set(array) == {"dtype", "bdata"}
    assert array["dtype"] == "f4"
    return np.frombuffer(base64.b64decode(array["bdata"]), "<f4").astype(float)


def shown(page):
    """All that a page shows at rest, as the browser names it: rows ``trace.x``, and texts of marks and of labels."""
    rows, texts = {}, dict(page.blob.now)
    for trace in page.spec["data"]:
        for axis in "xyz" if "z" in trace else "xy":
            rows[f"{trace['name']}.{axis}"] = decoded({k: v for k, v in trace[axis].items() if k != "shape"})
        if trace.get("mode") == "text":
            texts[f"{trace['name']}.text"] = trace["text"][0]
    return rows, texts


def held(page, key):
    """What the browser shows while this slider is held at each of its positions: what it does not move stays."""
    (rows, texts), moved = shown(page), page.blob.sliders[key]
    for k in range(moved.positions):
        moving = ({name: each[k] for name, each in of.items()} for of in (moved.rows, moved.texts))
        yield tuple(still | there for still, there in zip((rows, texts), moving, strict=True))


def near(one, other, span=1.0):
    """Equal as far as single precision tells."""
    return math.isclose(one, float(other), rel_tol=2e-6, abs_tol=2e-6 * span)


def shaded(exact, window):
    """Where the two tails end in which |f'| stays below 5 % of its maximum on the window and below 0.2: (left, right).

    What oscillates for ever has no tails.
    """
    low, high = window
    x = np.unique([*np.linspace(low, high, 361), *(float(b) + e for b in exact.breaks for e in (-1e-9, 1e-9))])
    x = x[(x >= low) & (x <= high)]
    steep = np.array([abs(float(exact.jet(float(p))[1])) for p in x])
    limit = 0 if exact.oscillates(1) else min(0.05 * steep.max(), 0.2)
    lively = np.flatnonzero((steep > 0) & (steep >= limit))
    if not lively.size:
        return high, high
    return tuple(
        _crossing(exact, float(x[max(k - step, 0) if step == 1 else min(k + 1, len(x) - 1)]), float(x[k]), limit)
        for k, step in ((lively[0], 1), (lively[-1], -1))
    )


def _crossing(exact, below, above, limit):
    for _ in range(30):
        middle = (below + above) / 2
        if abs(float(exact.jet(middle)[1])) >= limit:
            above = middle
        else:
            below = middle
    return above
