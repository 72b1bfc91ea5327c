"""The page of the neuron as it is opened, and what a neuron really answers, computed here one float at a time."""

import math

from tests.oracle.blob import plain
from tests.oracle.drawing import Drawing
from tests.oracle.drawing import held as drawing_held
from tests.oracle.visitor import Visit

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
TRUTH = {"and": lambda x1, x2: x1 and x2, "or": lambda x1, x2: x1 or x2}
STARTS = {"a": (0.7, -0.4, 0.3), "b": (1.0, -1.0, 0.5)}
FUNCTIONS = {
    "binary_step": lambda z: float(z >= 0),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "relu": lambda z: max(z, 0.0),
}
SLOPES = {
    "binary_step": lambda z: 0.0,
    "sigmoid": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    "relu": lambda z: float(z > 0),
}
NAMES = {"en": ("step", "Sigmoid", "ReLU"), "zh": ("阶跃", "Sigmoid", "ReLU")}
_pages, _runs = {}, {}


def opened(**query):
    """The page at an address; it is only looked at, so each is opened once."""
    key = tuple(sorted(query.items()))
    if key not in _pages:
        _pages[key] = Visit().ask("neuron", query)
    return _pages[key]


def at_hand(w1, w2, b, task="and", lang="en"):
    stand = {"w1": str(w1), "w2": str(w2), "b": str(b)}
    return opened(lang=lang, predict="0", act="hand", task=task, **stand)


def learning(task, start, t=0, lang="en"):
    return opened(lang=lang, predict="0", act="learn", task=task, start=start, t=str(t))


def sums(weights):
    """z at each of the four inputs."""
    w1, w2, b = weights
    return [round(w1 * x1 + w2 * x2 + b, 12) for x1, x2 in CORNERS]


def outputs(slug, weights):
    return [FUNCTIONS[slug](z) for z in sums(weights)]


def trained(slug, task, start, moment):
    """The weights after the square of ``moment`` steps."""
    key = slug, task, start
    if key not in _runs:
        w, met = STARTS[start], [STARTS[start]]
        for _ in range(1600):
            w = _stepped(slug, task, w)
            met.append(w)
        _runs[key] = met
    return _runs[key][moment**2]


def _stepped(slug, task, weights):
    w1, w2, b = weights
    pushes = []
    for x1, x2 in CORNERS:
        z = w1 * x1 + w2 * x2 + b
        pushes.append(0.5 * (FUNCTIONS[slug](z) - TRUTH[task](x1, x2)) * SLOPES[slug](z))
    return (
        w1 - 0.5 * sum(push * x1 for push, (x1, _) in zip(pushes, CORNERS, strict=True)),
        w2 - 0.5 * sum(push * x2 for push, (_, x2) in zip(pushes, CORNERS, strict=True)),
        b - 0.5 * sum(pushes),
    )


def loss(slug, task, weights):
    pairs = zip(outputs(slug, weights), CORNERS, strict=True)
    return sum((a - TRUTH[task](*corner)) ** 2 for a, corner in pairs) / 4


def spelled(number, decimals):
    text = f"{number:.{decimals}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def answers(slug, task, weights):
    """What is printed of the four outputs, and how many are right."""
    texts, right = [], 0
    for a, corner in zip(outputs(slug, weights), CORNERS, strict=True):
        fine = (a > 0.5) == bool(TRUTH[task](*corner))
        right += fine
        texts.append(spelled(a, 0 if slug == "binary_step" else 2) + ("" if fine else "\u00a0✗"))
    return texts, str(right)


def drawing(page):
    return Drawing(page.spec)


def tables(page):
    """The cells of the first table."""
    (text,) = [plain(element.value) for element in page.at.markdown if "| ---" in element.value]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]


def held(page, key, position):
    """All that the browser draws and says while this slider is held there."""
    return list(drawing_held(page, key))[position]


def inside(x, y, point):
    """Whether a point lies in a convex polygon; None too near its edge to tell."""
    turns = []
    for k in range(len(x)):
        dx, dy = x[k] - x[k - 1], y[k] - y[k - 1]
        turns.append((dx * (point[1] - y[k - 1]) - dy * (point[0] - x[k - 1])) / math.hypot(dx, dy))
    if min(abs(turn) for turn in turns) < 0.01:
        return None
    return all(turn > 0 for turn in turns) or all(turn < 0 for turn in turns)
