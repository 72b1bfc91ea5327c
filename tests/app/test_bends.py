"""What the page about sums of units draws, prints and tells, against NumPy's least squares and sums written out."""

import math
import re

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import sums
from pages.register import BY_PATH
from pages.shared import words as shared_words
from pages.topics.bends import Fit, Hand
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.tab_page import drawn, labels
from tests.oracle.visitor import Visit

X = np.arange(-63, 64, 2) / 16
TRUE = {
    "sine": np.sin,
    "square": lambda x: x**2 / 4,
    "abs": np.abs,
    "step": lambda x: np.heaviside(x, 1.0),
    "bumps": lambda x: np.exp(-((x + 2) ** 2)) + 0.6 * np.exp(-2 * (x - 1.5) ** 2),
}
HELD = (-4, -2.6, -1.4, 0, 1.4, 2.6, 0.6, -2, 3.4, -0.6, -3.4, 2)
PLACES = {f"k{j}": place for j, place in enumerate(HELD, start=1)}
BOUNDED = ("tanh", "sigmoid", "binary_step", "gaussian", "sine", "hard_tanh")
ONE_KINK = ("relu", "leaky_relu", "prelu", "rrelu", "threshold", "binary_step", "identity")  # and straight beside it
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def part(language):
    return library.parts(language, "topics/bends")


def opened(language="en", **query):
    return Visit().go("bends", {"lang": language, **{name: str(value) for name, value in query.items()}})


def spread(slug, n):
    return [-4 + 8 * (j + (0.5 if slug in BOUNDED else 0)) / n for j in range(n)]


class Best:
    """The sum of units at these places with the weights of NumPy's least squares."""

    def __init__(self, slug, target, w, places):
        self.f, self.w, self.places = CATALOGUE[slug], w, list(places)
        columns = np.column_stack([np.ones(len(X)), *(self.f(w * (X - k)) for k in self.places)])
        self.weights, _, self.rank, _ = np.linalg.lstsq(columns, TRUE[target](X), rcond=1e-9)
        self.error = math.sqrt(np.mean((columns @ self.weights - TRUE[target](X)) ** 2))

    def shares(self, x):
        return [v * self.f(self.w * (x - k)) for v, k in zip(self.weights[1:], self.places, strict=True)]

    def __call__(self, x):
        return self.weights[0] + sum(self.shares(x))


def said(text):
    """The number that a printed text spells, and how far it may be from the truth."""
    spelled = text.replace("·10", "e").replace("−", "-").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    value = float(spelled)
    return value, 0.0051 * abs(value)


def assert_said(text, true, rounding=1e-6):
    value, near = said(text)
    assert abs(value - true) <= near + rounding, f"{text} stands for {true}"


def line(page, name):
    """Where a line is drawn, without its gaps."""
    found = drawn(page)
    x, y = found[f"{name}.x"], found[f"{name}.y"]
    there = np.isfinite(x + y)
    return x[there], y[there]


FITS = [
    ("relu", "sine", "outside", 12, 1.0, "en"),
    ("tanh", "square", "inside", 5, 1.5, "zh"),
    ("binary_step", "bumps", "outside", 7, 1.0, "zh"),
    ("gelu", "abs", "inside", 1, 2.0, "en"),
]


@pytest.mark.parametrize(("slug", "target", "view", "n", "w", "language"), FITS)
def test_an_even_fit_is_drawn_and_told(slug, target, view, n, w, language):
    page = opened(language, f=slug, target=target, view=view, n=n, w=w)
    best, now = Best(slug, target, w, spread(slug, n)), page.blob.now
    assert_said(now["error"], best.error)
    assert_said(now["far"], best(10.0), 1e-4)
    assert_said(now["true"], TRUE[target](10.0))
    assert (now["n"], now["independent"]) == (str(n), str(best.rank - 1))
    every = [Best(slug, target, w, spread(slug, m)).error for m in range(1, 13)]
    slope = np.polyfit(np.log10(np.arange(6, 13)), np.log10(every[5:]), 1)[0]
    assert float(now["slope"].replace("−", "-")) == pytest.approx(slope, abs=0.051)
    found = drawn(page)
    np.testing.assert_allclose(found["errors.y"], np.clip(np.log10(every), -4.4, 0.4), atol=1e-3)
    np.testing.assert_allclose([found["now.x"][0], found["now.y"][0]], np.log10([n, best.error]), atol=1e-3)
    np.testing.assert_allclose(found["places.x"][:n], spread(slug, n), atol=1e-6)
    # Beside a jump a line is drawn twice at one x; it is told by the values at its sides.
    x, y = line(page, "sum")
    sides = [best(x - 1e-5), best(x + 1e-5)]
    assert np.minimum(*(np.abs(y - side) for side in sides)).max() < 1e-3
    fine = np.linspace(-4, 4, 999) + 0.0003
    off = np.abs(np.interp(fine, x, y) - best(fine))
    # Beside a jump the drawn line is upright, so that but a few points are on its wrong side.
    assert (off < 2e-3).mean() > 0.99
    if view == "outside":
        assert labels(page)["far_word.text"] == now["far"]
        assert found["far.y"][0] == pytest.approx(best(10.0), abs=1e-3)
    note = "note-dependent" if best.rank <= n else "note-independent"
    assert now["note"] == part(language)[note]
    assert plain(page.alt) == library.filled(
        part(language)["alt-fit"],
        now | {"f": shared_title(language, slug), "target": part(language)[f"target-{target}"]},
    )


def shared_title(language, slug):
    return library.parts(language, f"functions/{slug}")["title"]


@pytest.mark.parametrize(
    ("slug", "n", "at"),
    [
        ("relu", 6, {}),
        ("hard_tanh", 6, {"k2": 0.6, "k5": 0.6, "w": 2}),
        ("gelu", 6, {"k1": -3.2}),
        ("relu", 12, {"k7": 0.2, "k12": 3}),
        ("leaky_relu", 3, {}),
        ("tanh", 9, {"w": 2}),
        ("swish", 5, {}),
    ],
)
def test_a_hand_moves_places_and_least_squares_follow(slug, n, at):
    stand = {**PLACES, "w": 1.0, **at}
    page = opened(f=slug, show="hand", n=n, **at)
    used = list(PLACES)[:n]
    places = [stand[name] for name in used]
    best, now, found = Best(slug, "sine", stand["w"], places), page.blob.now, drawn(page)
    assert_said(now["error"], best.error)
    # Evenly spread means on the nearest position of a slider each.
    even = [round(round((place + 4) / 0.2) * 0.2 - 4, 9) for place in spread(slug, n)]
    assert_said(now["even"], Best(slug, "sine", stand["w"], even).error)
    assert now["n"] == str(n)
    assert labels(page)["error_word.text"].endswith(f" {now['error']}")
    assert now["independent"] == str(best.rank - 1)
    assert set(page.sliders) == {"n", "w", *used}
    assert [handle["x"] for handle in page.blob.head["handles"]] == used
    assert [name for name, moved in page.blob.sliders.items() if moved.rows] == ["n", "w", *used]
    np.testing.assert_allclose([found[f"{name}.x"][0] for name in used], places, rtol=1e-6)
    assert all(np.isnan(found[f"{name}.{axis}"]).all() for name in list(PLACES)[n:] for axis in "xy")
    np.testing.assert_allclose(found["off.y"], best(found["off.x"]) - np.sin(found["off.x"]), atol=1e-3)
    drawn_shares = n if n <= 6 or slug in ONE_KINK else 0
    assert np.isfinite(found["shares.y"]).any() == (drawn_shares > 0)
    if slug != "hard_tanh":  # Two units in one place may share their weight in any way.
        lines = 12 if slug in ONE_KINK else 6
        x, y = np.split(found["shares.x"], lines), np.split(found["shares.y"], lines)
        assert all(np.isnan(share).all() for share in y[drawn_shares:])
        for k, share in enumerate(y[:drawn_shares]):
            seen = ~(np.abs(share) > 3)  # Far outside the panel a line is cut off.
            np.testing.assert_allclose(share[seen], best.shares(x[k])[k][seen], atol=2e-3)
            assert seen.sum() > 2
    # What is sent for a drag of one place is what least squares give there.
    moved = page.blob.sliders["k3"]
    for position in (1, 11, 40):
        places[2] = -4 + 0.2 * position
        there = Best(slug, "sine", stand["w"], places)
        assert_said(moved.texts["error"][position], there.error)
        assert moved.rows["k3.x"][position][0] == pytest.approx(places[2], abs=2e-3)
        y = moved.rows["sum.y"][position]
        x = moved.rows["sum.x"][position] if "sum.x" in moved.rows else np.linspace(-5, 5, len(y))
        # Outside the training range, the sum is not settled by it.
        inside = np.abs(x) <= 4
        np.testing.assert_allclose(y[inside], there(x[inside]), atol=0.03)


def test_the_number_of_units_by_hand_is_a_slider():
    page = opened(f="relu", show="hand", k3=-1.2)
    moved = page.blob.sliders["n"]
    for position, n in ((0, 1), (6, 7), (11, 12)):
        places = [{**PLACES, "k3": -1.2}[name] for name in list(PLACES)[:n]]
        assert_said(moved.texts["error"][position], Best("relu", "sine", 1.0, places).error)
        assert [
            name for name in PLACES if np.isfinite(moved.rows.get(f"{name}.x", np.zeros((12, 1)))[position][0])
        ] == [f"k{j}" for j in range(1, n + 1)]
    # A place that is not in use is kept.
    page.set("n", 12)
    page.set("k9", -0.2)
    page.set("n", 2)
    assert set(page.sliders) == {"n", "w", "k1", "k2"}
    page.set("n", 9)
    assert page.values["k9"] == -0.2
    assert page.values["k3"] == -1.2
    places = [{**PLACES, "k3": -1.2, "k9": -0.2}[name] for name in list(PLACES)[:9]]
    assert_said(page.blob.now["error"], Best("relu", "sine", 1.0, places).error)


@pytest.mark.parametrize(("slug", "n"), [("relu", 6), ("relu", 9), ("tanh", 12), ("sigmoid", 1)])
def test_presets_spread_as_many_units_as_are_chosen(slug, n):
    page = opened(f=slug, show="hand", n=n)
    (presets,) = (group for group in page.at.button_group if group.key == "bends.hand")
    presets.set_value(part("en")["hand-even"])
    page.run()
    cell = 8 / n
    for j in range(n):
        true = -4 + cell * (j + (0.5 if slug in BOUNDED else 0))
        assert abs(page.values[f"k{j + 1}"] - true) <= 0.1 + 1e-9
    assert page.blob.now["error"] == page.blob.now["even"]
    (presets,) = (group for group in page.at.button_group if group.key == "bends.hand")
    presets.set_value(part("en")["hand-good"])
    page.run()
    assert page.values["n"] == 6
    assert [page.values[f"k{j}"] for j in range(1, 7)] == [-4, -2, -1, 0.8, 1.4, 2.2]


def test_a_training_is_drawn_and_told_at_each_moment():
    page = opened(show="train", f="tanh", target="bumps", units=3, t=30, view="outside")
    run, now, found = sums.train(CATALOGUE["tanh"], "bumps", 3), page.blob.now, drawn(page)
    at = sums.STEPS.tolist().index(int(now["steps"]))
    assert at == 30
    w, b, v, c = run.w[at], run.b[at], run.v[at], run.c[at]

    def trained(x):
        return c + sum(v[j] * math.tanh(w[j] * x + b[j]) for j in range(3))

    off = [trained(x) - float(TRUE["bumps"](x)) for x in X.tolist()]
    assert_said(now["error"], math.sqrt(np.mean(np.square(off))))
    assert_said(now["even"], Best("tanh", "bumps", 1.0, spread("tanh", 3)).error)
    assert_said(now["far"], trained(10.0))
    x, y = line(page, "sum")
    np.testing.assert_allclose(y, [trained(at) for at in x.tolist()], atol=1e-3)
    np.testing.assert_allclose(found["places.x"], np.where(np.abs(b / w) <= 13, -b / w, np.nan), rtol=1e-5)
    np.testing.assert_allclose(found["whole.y"], np.clip(np.log10(run.error), -4.4, 0.4), atol=1e-4)
    assert np.isfinite(found["error.y"]).sum() == 31
    moved = page.blob.sliders["t"]
    assert moved.texts["steps"] == [str(steps) for steps in sums.STEPS.tolist()]
    assert_said(moved.texts["error"][-1], run.error[-1])


@pytest.mark.parametrize(("slug", "target"), [("sine", "sine"), ("relu", "abs")])
def test_an_exact_fit_is_called_so_and_has_no_slope(slug, target):
    now = opened(f=slug, target=target, n=12).blob.now
    assert now["error"] == "< 10⁻⁷"
    assert now["slope"] == "–"
    assert Best(slug, target, 1.0, spread(slug, 12)).error < 1e-12


@each_language
def test_a_sum_of_identities_is_called_a_line(language):
    now = opened(language, f="identity", n=9).blob.now
    assert now["note"] == part(language)["note-line"]
    assert now["independent"] == "1"
    assert opened(language, f="binary_step", show="train").blob.now["note"] == part(language)["note-stuck"]
    flat = [slug for slug, f in CATALOGUE.items() if not np.any(f.derivative(np.linspace(-9, 9, 999)))]
    assert flat == ["binary_step"]


@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_function_can_be_drawn_at_every_end(slug):
    shared_words.speak("en")
    try:
        for scene in (Fit(slug, "square", "outside"), Hand(slug, "bumps")):
            for ends in ("low", "high"):
                shown = scene.at({param.name: float(getattr(param, ends)) for param in scene.params})
                for name, array in shown.arrays.items():
                    assert not np.isinf(array).any()
                    absent = ("slope.y", "slope_word.y")  # An exact fit has no slope.
                    if ends == "low":
                        absent = (*absent, *(f"k{j}.{axis}" for j in range(2, 13) for axis in "xy"))
                    elif scene.kind == "hand" and slug not in ONE_KINK:
                        absent = (*absent, "shares.y")
                    assert np.isfinite(array).any() != (name in absent) or "slope" in name
                for name in ("error", "far", "true"):
                    assert shown.texts[name] == "< 10⁻⁷" or math.isfinite(said(shown.texts[name])[0])
    finally:
        vars(shared_words._spoken).pop("code", None)


@each_language
def test_the_question_and_its_answers_are_true(language):
    words, twelve = part(language), Best("relu", "sine", 1.0, spread("relu", 12))
    assert words["right"] == "3"
    page = BY_PATH["bends"]
    state = {name: str(value) for name, value in page.answer_state.items()}
    assert state == {"show": "fit", "f": "relu", "target": "sine", "view": "outside", "n": "12.0", "w": "1.0"}
    assert re.findall(r"0\.\d+", words["question"]) == [f"{twelve.error:.4f}", f"{-math.sin(10):.2f}"]
    assert [re.search(r"−[\d.]+", words[f"choice-{k}"])[0] for k in (1, 2, 3)] == ["−0.5", "−0.8", "−6"]
    assert round(math.sin(10), 1) == -0.5
    assert round(math.sin(4), 1) == round(twelve(4.0), 1) == -0.8
    assert round(twelve(10.0)) == -6
    numbers = re.findall(r"−?\d+\.\d+", words["why-3"])
    slope = twelve(11.0) - twelve(10.0)
    assert numbers == [f"−{-twelve(10.0):.2f}", f"{max(twelve.places):.2f}", f"−{-slope:.2f}"]
    assert twelve(5.0) - twelve(4.0) == pytest.approx(slope)
    assert Best("tanh", "sine", 1.0, spread("tanh", 12))(30.0) == pytest.approx(
        Best("tanh", "sine", 1.0, spread("tanh", 12))(20.0), abs=1e-9
    )
    shown = Visit().go("bends", {"lang": language, **state})
    assert_said(shown.blob.now["far"], twelve(10.0))
    guessed = {name: value for name, value in drawn(shown).items() if name.startswith("guess_")}
    assert guessed["guess_1.y"][0] == pytest.approx(math.sin(10))
    assert guessed["guess_2.y"][0] == pytest.approx(math.sin(4))


@each_language
def test_the_numbers_of_the_essay_are_true(language):
    essay = part(language)["why"]
    relu = CATALOGUE["relu"]
    trained = {n: sums.train(relu, "sine", n).error[-1] for n in (6, 12)}
    even = {n: Best("relu", "sine", 1.0, spread("relu", n)).error for n in (6, 12)}
    by_hand = [Best("relu", "sine", 1.0, places).error for places in (HELD[:6], (-4, -2, -1, 0.8, 1.4, 2.2))]
    told = re.findall(r"\b0\.\d{3,4}\b", essay)
    errors = [f"{error:.3f}" for error in (*by_hand, trained[6], even[6], trained[12])]
    assert told == [*errors, f"{even[12]:.4f}"]
    assert trained[6] < even[6] / 2
    assert trained[12] > even[12]
    for target, slope in (("square", -2.0), ("step", -0.5)):
        errors = [Best("relu", target, 1.0, spread("relu", n)).error for n in range(6, 13)]
        found = np.polyfit(np.log10(np.arange(6, 13)), np.log10(errors), 1)[0]
        assert f"−{abs(slope)}" in essay
        assert found == pytest.approx(slope, abs=0.05)
    for slug, w in (("sine", 1.0), ("snake", 0.5)):
        best = Best(slug, "sine", w, spread(slug, 6))
        assert best.error < 1e-9
        assert best(10.0) == pytest.approx(math.sin(10), abs=1e-6)
    # A kink changes the slope of the sum by v |w|, whichever side of it the unit is on.
    for w in (1.5, -0.5):
        jump = 2.0 * (relu(w * 0.1) - 2 * relu(0.0) + relu(-w * 0.1)) / 0.1
        assert jump == pytest.approx(2.0 * abs(w))
    details = part(language)["fold-details"]
    assert {"64", "400", "0.05"} <= set(re.findall(r"\d+\.?\d*", details))
    assert len(sums.X) == 64


@pytest.mark.parametrize("tab", ["fit", "hand", "train"])
def test_what_nobody_could_choose_is_not_chosen(tab):
    strange = {"f": "evil", "target": "x" * 5000, "view": "9", "units": "7", "n": "1e99", "w": "nan", "k1": "inf"}
    page = opened(show=tab, t="-4", **strange)
    assert page.blob.head["page"].startswith("bends relu sine inside")
    assert all(value == page.sliders[name].min or math.isfinite(value) for name, value in page.values.items())
    page = opened(show=["hand", "evil"], f=["tanh", "relu"], units="½")
    assert len(page.alt) > 40


def test_a_choice_is_kept_in_the_address_and_from_tab_to_tab():
    page = opened(target="bumps", view="outside", f="elu")
    next(group for group in page.at.button_group if group.key == "choice.show").set_value(part("en")["show-hand"])
    page.run()
    assert page.blob.head["page"] == "bends elu bumps outside"
    assert set(page.sliders) == {*list(PLACES)[:6], "n", "w"}
    next(group for group in page.at.button_group if group.key == "choice.target").set_value(part("en")["target-step"])
    page.run()
    assert page.blob.head["page"] == "bends elu step outside"
    assert page.at.query_params["target"] in ("step", ["step"])


@pytest.mark.parametrize(
    "query",
    [
        {"show": "hand", "f": "gelu"},
        {"show": "hand", "f": "sine", "w": 4},
        {"show": "hand", "f": "hard_shrink"},
        {"show": "hand", "f": "hard_shrink", "n": 12},
        {"show": "hand", "f": "gaussian", "n": 12, "w": 4},
        {"show": "hand", "f": "relu", "n": 12, "view": "outside"},
        {"show": "hand", "f": "xielu", "target": "bumps"},
        {"show": "train", "f": "gelu", "units": 12},
        {"f": "softplus", "n": 12},
    ],
)
def test_a_picture_weighs_little(query):
    page = opened("zh", **query)
    follower, chart = page.at.get("bidi_component")[0].proto.bytes, page.at.get("plotly_chart")[0].proto.spec
    print(query, len(follower), len(chart))
    assert len(follower) < 58_000
    assert len(follower) + len(chart) < 80_000
