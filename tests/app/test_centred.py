"""What the page about zero-centred inputs draws, prints and tells is true: descent anew, example by example."""

import math
import re

import numpy as np
import pytest

from activations.experiments import centring
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.drawing import held
from tests.oracle.tab_page import drawn, labels
from tests.oracle.visitor import Visit

FUNCTIONS = {
    "identity": lambda z: z + 2,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
}
each_language = pytest.mark.parametrize("language", ["en", "zh"])
STANDS = [
    ("identity", "all", {}),
    ("identity", "all", {"c": 2.0, "t": 1}),
    ("identity", "all", {"r": 1.3, "t": 12}),
    ("identity", "all", {"r": 1.3, "t": 5}),
    ("sigmoid", "one", {"c": 0.25, "t": 17}),
    ("tanh", "all", {"c": 1.4, "r": 0.5}),
    ("relu", "one", {"c": 0.0, "r": 0.1, "t": 30}),
    ("tanh", "one", {"r": 1.2, "t": 3}),
]
each_stand = pytest.mark.parametrize(("function", "by", "sliders"), STANDS)


class Truth:
    """Descent of two weights in plain numbers."""

    def __init__(self, function, by, c=0.0, r=1.0, t=30):
        self.x = [[FUNCTIONS[function](z) - c for z in point] for point in centring.PRE_ACTIVATIONS.tolist()]
        square = sum(a * a + b * b for a, b in self.x) / 16
        p, q, s = (sum(x[i] * x[j] for x in self.x) / 16 for i, j in ((0, 0), (0, 1), (1, 1)))
        root = math.hypot((p - s) / 2, q)
        self.diagonal, self.low, self.high = (p, s), (p + s) / 2 - root, (p + s) / 2 + root
        self.eta = r * (2 if by == "all" else 1) / square
        self.path, w = [(0.0, 0.0)], (0.0, 0.0)
        for step in range(30):
            seen = self.x if by == "all" else [self.x[step % 16]]
            errors = [w[0] * a + w[1] * b - (1.5 * a - 0.5 * b) for a, b in seen]
            w = tuple(
                w[k] - self.eta * sum(e * x[k] for e, x in zip(errors, seen, strict=True)) / len(seen) for k in (0, 1)
            )
            self.path.append(w)
        self.losses = [self.loss(w) for w in self.path]
        self.mean = [sum(x[k] for x in self.x) / 16 for k in (0, 1)]
        above = [k for k, loss in enumerate(self.losses) if loss > 0.01 * self.losses[0]]
        self.goal = above[-1] + 1 if above[-1] < 30 else None
        self.t = t

    def loss(self, w):
        return sum(((w[0] - 1.5) * a + (w[1] + 0.5) * b) ** 2 for a, b in self.x) / 32

    @property
    def kappa(self):
        return self.high / self.low

    def apart(self, steps):
        moves = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(self.path[:steps], self.path[1:], strict=False)]
        return sum(one * other < 0 for one, other in moves)


def size(text):
    """The number that a text of three digits spells."""
    return float(text.replace("·10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")))


def opened(function, by, sliders, language="en"):
    query = {"f": function, "by": by, "lang": language, **{name: str(value) for name, value in sliders.items()}}
    return Visit().go("centred", query)


@each_stand
def test_what_is_printed_is_computed(function, by, sliders):
    page, true = opened(function, by, sliders), Truth(function, by, **sliders)
    now, words = page.blob.now, library.parts("en", "topics/centred")
    for name, value in {"low": true.low, "high": true.high, "kappa": true.kappa, "eta": true.eta}.items():
        assert size(now[name]) == pytest.approx(value, rel=0.0051), name
    assert size(now["limit"]) == pytest.approx(2 / true.high, rel=0.0051)
    assert size(now["loss"]) == pytest.approx(true.losses[true.t], rel=0.0051)
    for k in (0, 1):
        assert size(now[f"m{k + 1}"]) == pytest.approx(true.mean[k], abs=0.0051)
        assert size(now[f"w{k + 1}"]) == pytest.approx(true.path[true.t][k], rel=1e-9, abs=0.0051)
    assert now["opposite"] == str(true.apart(true.t))
    assert now["t"] == str(true.t)
    inputs = [each for x in true.x for each in x]
    sign = "positive" if min(inputs) >= 0 else "negative" if max(inputs) <= 0 else "mixed"
    assert now["signs"] == words[f"signs-{sign}"]
    outside = max(abs(true.path[true.t][0] - 1.5), abs(true.path[true.t][1] + 0.5)) > 2.1
    assert now["away"] == (words["away"] if outside else "")
    grows = true.losses[-1] > true.losses[0]
    fate = "grows" if grows else "later" if true.goal is None else "reached"
    assert now["fate"] == library.filled(words[f"fate-{fate}"], {"steps": str(true.goal)})


@each_stand
def test_what_is_drawn_is_computed(function, by, sliders):
    page, true = opened(function, by, sliders), Truth(function, by, **sliders)
    lines = drawn(page)
    hold_path(lines, true)
    np.testing.assert_allclose(np.stack([lines["points.x"], lines["points.y"]], axis=1), true.x, atol=1e-6)
    np.testing.assert_allclose([lines["mean.x"][0], lines["mean.y"][0]], true.mean, atol=1e-6)
    for k, level in enumerate((1.0, 0.5, 0.2, 0.05, 0.01)):
        ring = zip(lines[f"level_{k}.x"][::11], lines[f"level_{k}.y"][::11], strict=True)
        assert [true.loss(w) / true.losses[0] for w in ring] == pytest.approx([level] * 7, rel=1e-4)
    if true.goal is not None:
        assert lines["goal.x"][0] == true.goal
    else:
        assert lines["goal.x"][0] > 31, "the mark lies outside its panel"
    assert labels(page)["goal_word.text"] == f"1 %: step {true.goal or '–'}"
    if by == "one":
        np.testing.assert_allclose([lines["example.x"][0], lines["example.y"][0]], true.x[true.t % 16], atol=1e-6)
        inputs = [each for x in true.x for each in x]
        corner = (lines["quadrants.x"][0], lines["quadrants.y"][0])
        assert corner == pytest.approx(true.path[true.t], abs=1e-6)
        alike = min(inputs) >= 0 or max(inputs) <= 0
        assert (np.ptp(lines["quadrants.x"]) > 1) == alike
        assert labels(page)["quadrants_key.text"] == ("▒ next step" if alike else "\u00a0")


def hold_path(lines, true, tolerance=1e-5):
    """The path to its first point beyond the picture, the part that has been walked, and the loss."""
    away = [math.hypot(w[0] - 1.5, w[1] + 0.5) > 10 for w in true.path]
    last = away.index(True) if any(away) else 30
    path = [true.path[min(step, last)] for step in range(31)]
    for name, steps in (("path", range(31)), ("walked", [min(step, true.t) for step in range(31)])):
        shown = np.stack([lines[f"{name}.x"], lines[f"{name}.y"]], axis=1)
        np.testing.assert_allclose(shown, [path[step] for step in steps], atol=tolerance)
    np.testing.assert_allclose([lines["now.x"][0], lines["now.y"][0]], path[true.t], atol=tolerance)
    decades = [min(max(math.log10(loss / true.losses[0]) if loss else -8, -8), 4) for loss in true.losses]
    near = [k for k in range(31) if decades[k] > -8]  # below that plain numbers have no digits left
    np.testing.assert_allclose(lines["loss.y"][near], np.array(decades)[near], atol=max(tolerance, 1e-3))
    assert lines["loss_now.x"][0] == pytest.approx(true.t, abs=max(tolerance, 1e-5) / 2)
    assert lines["loss_now.y"][0] == pytest.approx(lines["loss.y"][true.t], abs=tolerance)


@pytest.mark.parametrize(("function", "by"), [("identity", "all"), ("relu", "one")])
def test_a_drag_shows_the_path_of_every_position(function, by):
    at = {"c": 0.4, "r": 0.9, "t": 12}
    page = opened(function, by, at)
    for param in (centring.SHIFT, centring.RATE, centring.TIME):
        rows = [*held(page, param.name)]
        assert len(rows) == len(param.grid)
        for k in (0, len(rows) // 3, len(rows) - 1):
            value = int(param.grid[k]) if param is centring.TIME else float(param.grid[k])
            true = Truth(function, by, **{**at, param.name: value})
            hold_path(rows[k][0], true, 0.011)
            assert size(rows[k][1]["kappa"]) == pytest.approx(true.kappa, rel=0.0051)
            assert rows[k][1]["opposite"] == str(true.apart(true.t))


@each_language
def test_the_answers_and_their_numbers_are_true(language):
    words = library.parts(language, "topics/centred")
    before, after = Truth("identity", "all"), Truth("identity", "all", c=2.0)
    assert (before.goal, after.goal) == (14, 2)
    assert [int(re.search(r"\d+", words[f"choice-{k}"])[0]) for k in (1, 2, 3)] == [14, 7, 2]
    assert words["right"] == "3"
    assert re.findall(r"\d+", words["question"])[:4] == ["2", "0", *(["1", "14"] if language == "en" else ["14", "1"])]
    shrink = [f"{(each.kappa - 1) / (each.kappa + 1):.2f}" for each in (before, after)]
    assert shrink == ["0.84", "0.20"] == re.findall(r"0\.\d\d", words["why-3"])
    assert [f"{before.kappa:.1f}", f"{after.kappa:.2f}"] == re.findall(r"\d+\.\d+", words["why-2"])
    assert [f"{before.high:.2f}", f"{after.high:.2f}"] == re.findall(r"\d+\.\d+", words["why-1"])
    asked = {"f": "identity", "by": "all", "c": 2.0, "r": 1.0, "t": 30}
    assert BY_PATH["centred"].answer_state == asked
    page = Visit().go("centred", {name: str(value) for name, value in asked.items()})
    assert page.blob.now["fate"] == library.filled(
        library.parts("en", "topics/centred")["fate-reached"], {"steps": "2"}
    )


def biased(c):
    """The condition number with a bias: its input is always 1."""
    x = np.array([[*each, 1.0] for each in Truth("identity", "all", c=c).x])
    low, *_, high = np.linalg.svd(x, compute_uv=False)[::-1] ** 2
    return high / low


@each_language
def test_the_numbers_of_the_essay_are_true(language):
    words = library.parts(language, "topics/centred")
    why, fold = words["why"], words["fold-bias"]
    plain, centred = Truth("identity", "all"), Truth("identity", "all", c=2.0)
    assert plain.mean == pytest.approx([2, 2])
    for value in (centred.high, plain.high, plain.low):
        assert f"{value:.2f}" in why
    assert plain.low == pytest.approx(centred.low)
    half = Truth("identity", "all", r=0.5)
    assert (half.goal, half.apart(30)) == (20, 29)
    assert all(str(number) in why for number in (20, 29, 30, 14))
    # Nothing overshoots: along both directions the error keeps its sign.
    assert half.eta * half.high < 1
    assert plain.eta * plain.high > 1
    sigmoid, relu = Truth("sigmoid", "all"), Truth("relu", "all")
    assert min(min(x) for x in sigmoid.x) > 0
    assert min(min(x) for x in relu.x) == 0
    assert sigmoid.mean == pytest.approx([0.5, 0.5])
    assert Truth("tanh", "all").mean == pytest.approx([0, 0], abs=1e-12)
    kappas = [f"{sigmoid.kappa:.1f}", f"{Truth('sigmoid', 'all', c=0.5).kappa:.2f}"]
    kappas += [f"{Truth('tanh', 'all').kappa:.2f}", f"{relu.kappa:.2f}"]
    listed = "".join(line for line in why.splitlines() if line.startswith("- "))
    assert [number for number in re.findall(r"\d+\.\d+", listed) if number != "0.5"] == kappas
    assert plain.diagonal == pytest.approx((5, 5))
    assert re.findall(r"\d+\.\d+", fold)[:3] == [f"{biased(0):.1f}", f"{biased(2):.2f}", "5.0"]


def test_subtracting_the_mean_makes_the_valley_about_as_round_as_it_gets():
    for function in FUNCTIONS:
        kappas = {c: Truth(function, "all", c=c).kappa for c in centring.SHIFT.grid.tolist()}
        mean = sum(Truth(function, "all").mean) / 2
        assert kappas[centring.SHIFT.settle(mean)] < 1.05 * min(kappas.values())


def test_presets_choose_the_mean_of_each_kind_of_input():
    for function, centre in {"identity": 2.0, "sigmoid": 0.5, "relu": 0.45, "tanh": None}.items():
        (scene,) = (one for one in BY_PATH["centred"].scenes if (one.function, one.by) == (function, "all"))
        assert scene.presets.get("centred", {"c": None}) == {"c": centre}
        assert all(scene.text[f"path-{name}"] for name in scene.presets)


@pytest.mark.parametrize(
    "query", [{"f": "gelu", "by": "none"}, {"f": "relu/one"}, {"c": "nan", "r": "1e99", "t": "-1"}]
)
def test_what_nobody_could_choose_is_not_chosen(query):
    page = Visit().go("centred", query)
    assert page.values == {"c": 0.0, "r": 1.0, "t": 30}
    assert page.blob.now["kappa"] == "11.5"
