"""Pages take a formula as they take any function: what they show of it is true, and no address breaks them."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from mpmath import mpf

from activations import CATALOGUE, find
from activations.experiments import chain
from pages.shared import figures, words
from tests.oracle import library
from tests.oracle.formula import derivatives, function
from tests.oracle.tab_page import drawn, labels
from tests.oracle.visitor import Visit

OWN = "=x*sigmoid(1.7*x)"
TEXT = OWN[1:]
HOSTILE = ("=", "=evil(x)", "==x", "=" + "x" * 5000, "=(" * 200, "=<script>", "=a", "evil", "=x;import os")


def open_(path, *slugs, **more):
    return Visit().go(path, {"lang": "en", "f": list(slugs), **{name: str(value) for name, value in more.items()}})


def test_compare_draws_and_reads_a_formula():
    page = open_("compare", OWN, "relu", x0=0.75)
    lines, key = drawn(page), find(OWN).key
    true = [float(each) for each in derivatives(TEXT, 0.75)]
    assert lines[f"{key}_dot.y"][0] == pytest.approx(true[0], abs=1e-6)
    for x, y in zip(lines[f"{key}.x"][::16].tolist(), lines[f"{key}.y"][::16].tolist(), strict=True):
        assert y == pytest.approx(float(function(TEXT)(mpf(x))), abs=1e-6)
    assert [page.blob.now[f"{key}_{order}"] for order in range(3)] == [f"{each:.4f}".replace("-", "−") for each in true]
    assert labels(page)[f"{key}_end.text"] == "x·sigmoid(1.7·x)"
    (row,) = (line for line in page.text.split("\n") if line.startswith("| x·sigmoid(1.7·x) |"))
    assert row.count("|") == 5


def test_compare_subtracts_a_formula_and_shows_one_with_gaps():
    page = open_("compare", OWN, "swish", less=OWN, x0=2)
    gap = float(CATALOGUE["swish"](2.0)) - float(function(TEXT)(mpf(2)))
    assert page.blob.now["swish_less"] == f"{gap:.4f}".replace("-", "−")
    page = open_("compare", "=log(x)", "=1/(x-1.03)", "relu", x0=-2)
    key, pole = find("=log(x)").key, find("=1/(x-1.03)").key
    assert page.blob.now[f"{key}_0"] == "–"
    lines = drawn(page)
    assert np.isnan(lines[f"{key}.y"][lines[f"{key}.x"] < 0]).all()
    assert np.isnan(lines[f"{pole}.y"][np.isclose(lines[f"{pole}.x"], 1.03)]).any()
    assert all(np.isfinite(y).all() for name, y in lines.items() if name.endswith("_end.y"))
    assert not {"nan", "inf"} & set(re.findall(r"\w+", page.text + page.alt))
    for nothing in ("=log(-1-x**2)", "=1/0*x"):
        assert open_("compare", nothing).at.multiselect[0].value == [nothing]


def test_vanishing_multiplies_the_slopes_of_a_formula():
    page = open_("vanishing", OWN, "relu", depth=12, w=1.5, b=0.2, input=0.8)
    a, product = mpf("0.8"), mpf(1)
    for _ in range(12):
        z = mpf(1.5) * a + mpf(0.2)
        a, slope, _ = derivatives(TEXT, z)
        product *= mpf(1.5) * slope
    digits, _, power = page.blob.now[f"left_{find(OWN).key}"].partition("·10")
    shown = float(digits) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)
    assert shown == pytest.approx(abs(float(product)), rel=0.006)
    page.set("depth", 50)
    assert page.at.multiselect[0].value == [OWN, "relu"]


@pytest.mark.parametrize("slug", ["=sqrt(x)", "=1/(x-1)", "=x**2", "=exp(x)", "=log(x)", "=x**3", "=1e6*x"])
def test_a_stack_takes_no_formula_that_ends_or_is_too_steep(slug):
    assert not chain.computable(find(slug))
    vanishing, collapse = open_("vanishing", slug, "relu"), open_("collapse", slug, act="xor")
    assert slug not in vanishing.at.multiselect[0].value
    assert collapse.at.selectbox[0].value == "identity"
    told = library.labels("en")["unfit"].format(name=words.title(find(slug).slug))
    assert vanishing.text.count(told) == collapse.text.count(told) == 1
    assert told not in open_("vanishing", OWN, "relu").text


@pytest.mark.parametrize(
    "slug", [OWN, "=sqrt(1+x**2)-1", "=where(x>0,x,2*(exp(0.5*x)-1))", "=0*x", "=1000*x", "=sin(3*x)"]
)
def test_a_stack_of_any_other_formula_is_finite_at_every_setting(slug):
    assert chain.computable(find(slug))
    for w in (-8, 8):
        page = open_("vanishing", slug, depth=50, w=w, b=8, input=-6)
        assert page.at.multiselect[0].value == [slug]
        assert not {"nan", "inf"} & set(re.findall(r"\w+", page.text + page.alt))


def test_a_network_learns_xor_with_a_formula():
    page = open_("collapse", "=abs(x)", act="xor")
    assert page.at.selectbox[0].value == "=abs(x)"
    assert "abs(x)" in page.alt
    assert open_("collapse", "=abs(x)", act="stack").at.selectbox[0].value == "=abs(x)"


def best(text, w, places):
    """The weights of least squares for sin x in [-4, 4], and the error; each formula computed with mpmath."""
    x = np.arange(-63, 64, 2) / 16
    units = [[float(function(text)(mpf(w) * (mpf(at) - mpf(place)))) for at in x.tolist()] for place in places]
    columns = np.column_stack([np.ones(len(x)), *units])
    weights, *_ = np.linalg.lstsq(columns, np.sin(x), rcond=1e-9)
    return weights, float(np.sqrt(np.mean((columns @ weights - np.sin(x)) ** 2)))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (TEXT, [-4 + 8 * k / 5 for k in range(5)]),
        ("where(x>0,x,0.1*x)", [-4 + 8 * k / 5 for k in range(5)]),
        ("x/(1+x**2)", [-4 + 8 * (k + 0.5) / 5 for k in range(5)]),  # A bounded function has its units in the middle.
        ("where(x>0,1,0)", [-4 + 8 * (k + 0.5) / 5 for k in range(5)]),
    ],
)
def test_a_sum_of_units_is_one_of_a_formula(text, places):
    page = open_("bends", f"={text}", n=5, w=1.5, view="outside")
    assert page.at.selectbox[0].value == f"={text}"
    (c, *v), error = best(text, 1.5, places)
    now = page.blob.now
    assert float(now["error"]) == pytest.approx(error, rel=0.006)

    def true(at):
        return c + sum(w * float(function(text)(mpf(1.5) * (mpf(at) - mpf(k)))) for w, k in zip(v, places, strict=True))

    assert float(now["far"].replace("−", "-")) == pytest.approx(true(10.0), rel=0.006, abs=1e-6)
    lines = drawn(page)
    x, y = lines["sum.x"], lines["sum.y"]
    for at, height in zip(x[::7].tolist(), y[::7].tolist(), strict=True):
        if not np.isnan(height) and abs(height) < 8:
            assert min(abs(height - true(at - 1e-5)), abs(height - true(at + 1e-5))) < 2e-3
    # Straight pieces are drawn from kink to kink.
    assert (len(x) < 40) == ("where" in text)
    for more in ({"show": "hand", "n": 12}, {"show": "train", "t": 48, "units": 12}):
        page = open_("bends", f"={text}", **more)
        assert np.isfinite(drawn(page)["sum.y"]).any()
        assert len(page.at.get("bidi_component")[0].proto.bytes) < 58_000


def test_a_kink_of_a_formula_that_is_not_known_is_not_drawn_past():
    lines = drawn(open_("bends", "=relu(x-7)+relu(x)", w=4, view="outside"))
    assert len(lines["sum.x"]) > 100


@pytest.mark.parametrize(
    "text",
    [
        "where(x>1,1,where(x>0,0.5,where(x>-1,-0.5,-1)))",
        "where(x>2,3,where(x>1,x,where(x>0,-x,where(x>-1,2*x,where(x>-2,1,where(x>-3,x,-1))))))",
        "max(min(x,1),-1)+where(x>2,1,0)+where(x<-2,-1,0)",
        "abs(abs(abs(x)-2)-1)",
        "exp(-20*x**2)",
        "sin(3*x)",
    ],
)
def test_a_picture_of_a_formula_with_many_kinks_weighs_little(text):
    for more in ({"target": "step"}, {"w": 4}, {"n": 6, "target": "bumps", "w": 0.5}):
        page = open_("bends", f"={text}", **{"show": "hand", "n": 12, **more})
        assert page.at.selectbox[0].value == f"={text}".replace(" ", "")
        assert len(page.at.get("bidi_component")[0].proto.bytes) < 58_000


@pytest.mark.parametrize(("text", "note"), [("0*x", "constant"), ("3", "constant"), ("2*x+1", "dependent")])
def test_a_sum_of_a_constant_or_a_line_says_so(text, note):
    page = open_("bends", f"={text}")
    assert page.blob.now["note"] == library.parts("en", "topics/bends")[f"note-{note}"]
    expected = best(text, 1.0, [-4 + 8 * k / 6 for k in range(6)])[1]
    assert float(page.blob.now["error"]) == pytest.approx(expected, rel=0.006)


@pytest.mark.parametrize("slug", ["=log(x)", "=1/(x-1.03)", "=sqrt(abs(x))", "=exp(x**2)", "=1/0*x", "=sin(20*x)"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_says_that_it_does_not_take_a_formula(slug, language):
    page = Visit().go("bends", {"lang": language, "f": slug})
    told = library.labels(language)["unfit"].format(name=words.title(slug))
    for _ in range(2):  # The address forgets it at once, the page does not.
        assert page.text.count(told) == 1
        assert page.at.selectbox[0].value == "relu"
        page.run()
    page.at.selectbox[0].set_value("tanh")
    page.run()
    assert told not in page.text


def test_a_training_that_is_not_finite_says_so():
    page = open_("bends", "=sqrt(68.5+x)", show="train", target="abs")
    notes = [library.parts("en", "topics/bends")[f"note-{name}"] for name in ("trained", "diverged")]
    moved = page.blob.sliders["t"]
    assert moved.texts["note"] == [notes[0]] * 33 + [notes[1]] * 6
    assert moved.texts["error"][32:] == [moved.texts["error"][32], *["–"] * 6]
    assert moved.texts["far"][33:] == ["–"] * 6
    page.set("t", 38)
    assert notes[1] in page.text
    assert np.isnan(drawn(page)["sum.y"]).all()
    assert np.isfinite(drawn(page)["error.y"]).sum() == 33


SWISH = "x*sigmoid(1.7*x)"


def own_network(seed, scale, depth):
    """‖gradient at the input‖ and the ratio of weight gradients of a network of SiLUs with 1.7, by backpropagation."""

    def f(z):
        return z / (1 + np.exp(-1.7 * z))

    def slope(z):
        s = 1 / (1 + np.exp(-1.7 * z))
        return s + 1.7 * z * s * (1 - s)

    random = np.random.default_rng([2010, seed])
    a, back = random.standard_normal(64), random.standard_normal(64)
    weights = scale * random.standard_normal((50, 64, 64)) / 8
    a /= np.sqrt(np.mean(a**2))
    back /= np.linalg.norm(back)
    given, slopes = [], []
    for weight in weights[:depth]:
        given.append(np.linalg.norm(a))
        z = weight @ a
        a = f(z)
        slopes.append(slope(z))
    sizes = []
    for weight, steep, norm in zip(weights[:depth][::-1], slopes[::-1], given[::-1], strict=True):
        delta = steep * back
        sizes.append(norm * np.linalg.norm(delta))
        back = weight.T @ delta
    return np.linalg.norm(back), sizes[-1] / sizes[0]


def spelled(text):
    digits, _, power = text.partition("·10")
    return float(digits) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


@pytest.mark.parametrize(("gain", "depth"), [(0.5, 50), (-0.3, 12), (1.0, 1)])
def test_gradients_go_through_random_networks_of_a_formula(gain, depth):
    page = open_("exploding", f"={SWISH}", gain=gain, depth=depth)
    assert page.at.selectbox[0].value == f"={SWISH}"
    left, ratio = np.median([own_network(seed, 2**gain, depth) for seed in range(3)], axis=0)
    now = page.blob.now
    assert spelled(now["left"]) == pytest.approx(left, rel=0.006)
    assert spelled(now["ratio"]) == pytest.approx(ratio, rel=0.006)
    assert float(now["deviation"]) == pytest.approx(2**gain / 8, abs=6e-5)
    assert library.parts("en", "topics/exploding")["reading-own"] in page.text
    moved = page.blob.sliders["depth"]
    assert spelled(moved.texts["left"][depth - 1]) == pytest.approx(left, rel=0.006)


def logistic(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


@pytest.mark.parametrize(
    ("text", "critical", "f", "slope"),
    [
        (
            "where(x>0,x,0.1*x)",
            (2 / 1.01) ** 0.5,
            lambda z: np.where(z > 0, z, z / 10),
            lambda z: np.where(z > 0, 1, 0.1),
        ),
        ("abs(x)", 1.0, np.abs, np.sign),
        ("2*tanh(x)", 0.5, lambda z: 2 * np.tanh(z), lambda z: 2 - 2 * np.tanh(z) ** 2),
        ("0.5*x+100", 2.0, lambda z: z / 2 + 100, lambda z: 0 * z + 0.5),
        (
            SWISH,
            None,
            lambda z: z * logistic(1.7 * z),
            lambda z: logistic(1.7 * z) * (1 + 1.7 * z * logistic(-1.7 * z)),
        ),
    ],
)
def test_the_critical_gain_of_a_formula(text, critical, f, slope):
    page = open_("exploding", f"={text}")
    found = 2 ** float(drawn(page)["critical.x"][0])
    assert f"{found:.3f}" in page.alt
    assert critical is None or found == pytest.approx(critical, rel=1e-5)
    # A wide layer deep inside multiplies a gradient by more than 1 above it, and by less below it.
    x, w = np.polynomial.hermite_e.hermegauss(120)
    for gain, sides in ((found * 1.03, 1), (found / 1.03, -1)):
        q = gain**2
        for _ in range(3000):
            q = np.clip(gain**2 * float(w @ f(np.sqrt(q) * x) ** 2 / w.sum()), 1e-12, 1e12)
        factor = gain * np.sqrt(w @ slope(np.sqrt(q) * x) ** 2 / w.sum())
        assert (factor - 1) * sides > 0


@pytest.mark.parametrize("text", ["0*x", "3", "where(x>0,1,0)"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_networks_of_a_function_without_a_slope_pass_nothing_back(text, language):
    page = Visit().go("exploding", {"lang": language, "f": f"={text}", "depth": "7", "clip": "on"})
    now = page.blob.now
    assert [now[name] for name in ("left", "ratio", "factor")] == ["0", "0/0", "0"]
    assert library.parts(language, "topics/exploding")["alt-none"] in page.alt
    assert np.isnan(drawn(page)["critical.x"]).all()
    assert not {"nan", "inf"} & set(re.findall(r"\w+", page.text + page.alt))


@pytest.mark.parametrize("slug", ["=x**2", "=sqrt(abs(x))", "=1/x", "=1e-6*x", "=exp(x)"])
def test_random_networks_take_no_formula_that_overflows(slug):
    page = open_("exploding", slug)
    assert page.at.selectbox[0].value == "relu"
    assert library.labels("en")["unfit"].format(name=words.title(find(slug).slug)) in page.text


@pytest.mark.parametrize("path", ["compare", "vanishing", "collapse", "bends", "exploding"])
def test_hostile_formulas_fall_back(path):
    default = Visit().go(path, {"lang": "en"})
    for slug in HOSTILE if path == "compare" else HOSTILE[:4]:
        page = open_(path, slug)
        # The formula "a" is read as the number that a begins at.
        assert slug == "=a" or page.alt == default.alt, slug


def test_the_written_formula_is_offered_elsewhere_with_its_numbers():
    visit = Visit().go("formula", {"lang": "en", "formula": "x*sigmoid(a*x)", "a": "1.7"})
    (line,) = (element.value for element in visit.at.markdown if element.value.startswith("Use it in:"))
    links = re.findall(r"\]\(([^)]*)\)", line.replace("%29", "%29"))
    assert [urlsplit(link).path for link in links] == ["compare", "bends", "exploding", "vanishing", "collapse"]
    assert all(parse_qs(urlsplit(link).query)["f"][0] == OWN for link in links)
    assert "x·sigmoid(1.7·x)" in visit.go("vanishing", {"lang": "en"}).at.multiselect[0].options
    pole = Visit().go("formula", {"lang": "en", "formula": "1/x"})
    (line,) = (element.value for element in pole.at.markdown if element.value.startswith("Use it in:"))
    assert "vanishing" not in line


def test_a_formula_has_a_key_a_name_and_a_colour_of_its_own():
    keys = {find(f"={k}*x").key for k in range(300)}
    assert len(keys) == 300
    assert all(re.fullmatch("own[a-z]{7}", key) for key in keys)
    assert CATALOGUE["elu"].key == "elu"
    assert words.title("=where(x<0,x**2,-x)*1000000000000000000000") == "where(x＜0,x^2,−x)·100000000…"
    assert not set("*<>_`$|[]\\") & set(words.title("=where(x<0,x**2,-x)"))
    assert figures.colour(OWN) == figures.colour("=x*sigmoid(a*x)") in figures.FORMULAS
    same = figures.colours(["relu", OWN, "=x*sigmoid(x)", "=x*sigmoid(3*x)"])
    assert same["relu"] == figures.COLOURS["relu"]
    assert same[OWN] == figures.colour(OWN)
    assert len(set(same.values())) == 4
    assert find("=x * sigmoid( 1.7*x )") is find(OWN)
    assert find("nobody") is None
