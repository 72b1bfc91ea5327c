"""What the page of a reader's own network draws, prints and tells is what the lines say, and a mistake is explained."""

import json
import math
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from mpmath import mp, mpf

from pages.register import BY_PATH
from pages.shared import scene
from pages.tools.inspect_network import named
from pages.tools.inspect_network.page import CODE, LIBRARIES, lines
from tests.experiments.test_recorded import EVERYTHING, GOOD, MISTAKES, PRINTED, but
from tests.oracle import library
from tests.oracle.fading import spelt
from tests.oracle.tab_page import drawn, labels
from tests.oracle.visitor import Visit

ROOT = Path(__file__).parents[2]
NETS = ("healthy", "dead", "saturated")
RECORDS = {
    net: [
        json.loads(line)
        for line in (ROOT / f"activations/experiments/recorded_{net}.jsonl").read_text("utf-8").splitlines()
    ]
    for net in NETS
}
each_language = pytest.mark.parametrize("language", ["en", "zh"])
each_layer = pytest.mark.parametrize(("net", "layer"), [(net, layer) for net in NETS for layer in range(1, 7)])
F = {"relu": lambda z: max(z, mpf(0)), "tanh": mp.tanh, "gelu": lambda z: z * mp.ncdf(z)}


def opened(net, layer=1, language="en"):
    return Visit().go("inspect", {"lang": language, "net": net, "at": str(layer)})


def pasted(text, language="en"):
    return Visit().go("inspect", {"lang": language, "net": "own"}).set("inspect.field", text)


def near(text, true, digits=3):
    """Whether a printed number is ``true``, rounded."""
    value, error = spelt(text)
    return abs(float(value) - true) <= max(float(error), abs(true) * 0.6 * 10.0 ** (1 - digits))


@each_layer
def test_each_number_that_is_printed_of_a_layer_is_in_its_line(net, layer):
    now, record = opened(net, layer).blob.now, RECORDS[net][layer - 1]
    where = re.fullmatch(r"Layer (\d) of 6 \((\w+)\): (ReLU|Tanh|tanh), (\d+) units, (\d+) inputs", now["where"])
    assert where.groups()[:2] == (str(layer), record["layer"])
    assert [int(each) for each in where.groups()[3:]] == [record["units"], record["inputs"]]
    off, saturated = re.fullmatch(
        r"f′ = 0 for ([\d.]+)\u00a0% of the pre-activations; f′ not 0 but \|f′\| < 0.01 for ([\d.]+)\u00a0%",
        now["slopes"],
    ).groups()
    assert float(off) == pytest.approx(100 * record["off"], abs=0.0501)
    assert float(saturated) == pytest.approx(100 * record["saturated"], abs=0.0501)
    dead = record["dead"]
    listed = ", ".join(map(str, dead[:12])) + (" …" if len(dead) > 12 else "")
    assert now["dead"] == {
        0: "Dead units: none", 32: "Dead units: all 32"
    }.get(len(dead), f"Dead units: {len(dead)} of 32 (no. {listed})")  # fmt: skip
    largest, times = re.fullmatch(
        r"Largest pre-activation: (\S+), which is (\S+) times the median of \|z\|", now["largest"]
    ).groups()
    assert near(largest, record["largest"])
    assert near(times, abs(record["largest"]) / record["median"])
    gradient = now["gradient"].rpartition(": ")[2]
    assert near(gradient, record["gradient_rms"])
    assert (gradient == "0") == (record["gradient_rms"] == 0)


@each_layer
def test_the_picture_is_the_histogram_over_the_function_and_its_derivative(net, layer):
    page = opened(net, layer)
    arrays, record, texts = drawn(page), RECORDS[net][layer - 1], labels(page)
    f = F["tanh" if net == "saturated" else "relu"]
    scale, height = (float(texts[name].replace("−", "-")) for name in ("place_4.text", "height_2.text"))
    assert [float(texts[f"place_{k}.text"].replace("−", "-")) for k in range(5)] == pytest.approx(
        [-scale, -scale / 2, 0, scale / 2, scale], rel=6e-3
    )
    compared = 0
    for x, y, slope in zip(arrays["value.x"], arrays["value.y"], arrays["slope.y"], strict=True):
        z = mpf(x) * scale
        if not math.isnan(y) and abs(z) > 1e-5:
            assert y * height == pytest.approx(float(f(z)), abs=2e-6 * height)
            assert slope == pytest.approx(float(mp.diff(f, z)), abs=1e-5)
            compared += 1
    assert compared > 150
    assert sum(np.isnan(arrays["slope.y"])) == (net != "saturated")
    # The bars are as high as the counts, end where the line says, and are red where the slope is small.
    edges = np.linspace(*record["edges"], 41)
    assert arrays["counts.x"] * scale == pytest.approx(np.repeat(edges, 2), abs=1e-5 * scale)
    heights = arrays["lively.y"] + arrays["flat.y"]
    assert heights[1:-1:2] == pytest.approx(0.9 * np.array(record["counts"]) / max(record["counts"]), abs=1e-6)
    lifted = arrays["counts.y"] - arrays["counts.y"][0]
    assert lifted / lifted.max() == pytest.approx(heights / 0.9, abs=1e-6)
    for middle, red in zip((edges[1:] + edges[:-1]) / 2, arrays["flat.y"][1:-1:2], strict=True):
        assert (red == 0) == (abs(float(mp.diff(f, mpf(middle)))) >= 0.01) or abs(red) < 1e-9


@pytest.mark.parametrize("net", NETS)
def test_all_layers_stand_beside_it(net):
    arrays, records = drawn(opened(net, 3)), RECORDS[net]
    tops = {name: np.nan_to_num(arrays[f"{name}.y"].reshape(-1, 5)[:, 1]) for name in ("off", "saturated")}
    assert tops["off"] == pytest.approx([r["off"] for r in records], abs=1e-6)
    both = [r["off"] + r["saturated"] if r["saturated"] else 0 for r in records]
    assert tops["saturated"] == pytest.approx(both, abs=1e-6)
    dead = [len(r["dead"]) / 32 if r["dead"] else math.nan for r in records]
    assert arrays["dead.y"] == pytest.approx(dead, nan_ok=True)
    sizes = [math.log10(r["gradient_rms"]) if r["gradient_rms"] else math.nan for r in records]
    assert arrays["gradient.y"] == pytest.approx(sizes, abs=1e-5, nan_ok=True)
    assert np.isfinite(arrays["zero.y"]).tolist() == [r["gradient_rms"] == 0 for r in records]
    assert [arrays[f"{name}.x"][0] for name in ("now_share", "now_gradient", "hair_share")] == [3, 3, 3]
    chosen = records[2]
    assert arrays["now_share.y"][0] == pytest.approx(chosen["off"] + chosen["saturated"])


def bullets(page):
    """What is said of the whole network."""
    (text,) = (part.value for part in page.at.markdown if part.value.startswith("**In the whole network**"))
    return re.findall(r"^- (.*)$", text, re.MULTILINE)


def test_what_is_said_of_the_recorded_networks_is_true():
    healthy, steady = bullets(opened("healthy"))
    assert healthy.startswith("No unit is dead, no layer has 25 % or more saturated")
    factor = (RECORDS["healthy"][0]["gradient_rms"] / RECORDS["healthy"][-1]["gradient_rms"]) ** 0.2
    assert f"multiplied by {factor:.2f}, on average. Between 0.8 and 1.25 this is counted as steady." in steady
    assert not any(record["dead"] for record in RECORDS["healthy"])
    dead, zero = bullets(opened("dead"))
    count = sum(len(record["dead"]) for record in RECORDS["dead"])
    assert dead.startswith(
        f"In layers 2–6 there are dead units: {count} of 192 in the network. [How a ReLU dies](dying?"
    )
    assert [bool(record["dead"]) for record in RECORDS["dead"]] == [False, *[True] * 5]
    assert zero.startswith("In layers 1–4 the gradient is exactly 0, so the weights there get no gradient. [Vanishing")
    assert [record["gradient_rms"] == 0 for record in RECORDS["dead"]] == [*[True] * 4, False, False]
    saturated, grows = bullets(opened("saturated"))
    assert saturated.startswith("In layers 1–6 at least 25 % of the pre-activations are saturated.")
    assert all(record["saturated"] >= 0.25 for record in RECORDS["saturated"])
    gradients = [record["gradient_rms"] for record in RECORDS["saturated"]]
    factor = math.exp((math.log(gradients[0]) - math.log(gradients[-1])) / 5)
    assert f"multiplied by {factor:.2f}, on average: it grows towards the input. [Exploding" in grows


def records_of(**columns):
    """Lines of which these keys differ."""
    return "\n".join(but(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            records_of(gradient_rms=[1e-6, 1e-3]),
            "multiplied by 0.00, on average: it shrinks towards the input. [Vanish",
        ),
        (records_of(gradient_rms=[0.07, 0.1]), "multiplied by 0.70, on average: it shrinks"),
        (records_of(gradient_rms=[0.13, 0.1]), "multiplied by 1.30, on average: it grows"),
        (records_of(above=[0, 3, 2, 0, 1]), "In layers 2–3, 5 there are outliers, more than 30 times"),
        (records_of(dead=[[0], [], [1, 2]]), "In layers 1, 3 there are dead units: 3 of 12"),
        (records_of(gradient_rms=[math.nan, 1]), "In layer 1 the gradient is not a finite number. [Exploding"),
        (but(function="Foo(7)"), "In layer 1 no curve is drawn, because"),
        (records_of(not_finite=[0, 7]), "In layer 2 some pre-activations are NaN or infinite. [Exploding"),
    ],
)
def test_what_is_said_of_a_pasted_network(text, said):
    assert any(said in line for line in bullets(pasted(text)))


def test_nothing_is_said_of_a_gradient_that_was_not_recorded():
    (line,) = bullets(pasted(records_of(gradient_rms=[None, None], above=[0, 0], dead=[[], []])))
    assert line.startswith("No unit is dead")
    assert "gradient" not in line


@pytest.mark.parametrize("name", LIBRARIES)
def test_what_a_library_printed_is_drawn(name):
    page = pasted(PRINTED[name])
    record = json.loads(PRINTED[name].splitlines()[0])
    assert page.sliders["at"].max == 5
    assert page.blob.now["dead"] == "Dead units: 2 of 12 (no. 3, 8)"
    assert "outliers beyond 30 times the median: 400" in page.blob.now["largest"]
    assert record["below"] == 400
    titles = [
        library.parts("en", f"functions/{slug}")["title"] for slug in ("relu", "gelu", "swish", "tanh", "sigmoid")
    ]
    lines_ = page.blob.sliders["at"].texts["where"]
    assert [re.search(r"\): ([^,]+),", line)[1] for line in lines_] == titles
    fourth = page.set("at", 4).blob.now
    assert fourth["dead"] == "Dead units: none; saturated for every input: 1 of 12 (no. 5)"


def test_the_layers_stay_in_the_visit_and_nowhere_else():
    page = pasted(PRINTED["jax"])
    cached = scene._snapshot.cache_info(), scene._cached_sweep.cache_info()
    assert "hidden" not in json.dumps(dict(page.at.query_params))
    page.set("at", 3)
    assert (scene._snapshot.cache_info().misses, scene._cached_sweep.cache_info().misses) == tuple(
        each.misses for each in cached
    )
    assert page.set("choice.net", "healthy").sliders["at"].max == 6
    page.set("at", 6)
    slider = page.set("choice.net", "own").sliders["at"]
    assert (slider.max, slider.value) == (5, 5)
    assert "hidden" in page.go("relu").go("inspect", {"net": "own", "lang": "en"}).text
    assert not Visit().go("inspect", {"net": "own"}).at.get("plotly_chart")
    # A recorded one is computed once for all.
    opened("dead", 2)
    misses = scene._snapshot.cache_info().misses
    opened("dead", 2)
    assert scene._snapshot.cache_info().misses == misses


SHOWN = [(text, ("en", "zh")[place % 2]) for place, text in enumerate(text for text in MISTAKES if text.strip())]


@pytest.mark.parametrize(("text", "language"), SHOWN, ids=lambda value: value[:30])
def test_a_mistake_is_explained_in_one_sentence_with_its_line(text, language):
    page, (kind, line, key) = pasted(text, language), MISTAKES[text]
    assert not page.at.get("plotly_chart"), "a picture of nothing"
    (sentence,) = (
        unescape(each) for each in re.findall(r"<div class='nl-mistake' role='alert'><p>(.*?)</p>", page.html)
    )
    words = library.parts(language, "tools/inspect_network")
    template = words[f"mistake-{kind}"]
    if line:
        template = words["mistake-line"].replace("{line}", str(line)).replace("{mistake}", template)
    pattern = re.sub(r"\\\{\w+\\\}", ".*", re.escape(template.replace("{key}", key)))
    assert re.fullmatch(pattern, sentence), sentence
    assert not re.search(r"\{[a-z]+\}", sentence)


def test_every_kind_of_mistake_has_its_sentence():
    kinds = {kind for kind, _, _ in MISTAKES.values()} - {"empty"}
    for language in ("en", "zh"):
        words = library.parts(language, "tools/inspect_network")
        assert {part[8:] for part in words if part.startswith("mistake-")} - {"line"} == kinds


HOSTILE = [
    but(layer="<script>alert(1)</script>", function="<b>x</b>"),
    but(layer="**x** [a](javascript:1) $x^2$ `c` :red[x] _y_", function="$$"),
    but(layer="", function=""),
    but(layer="激活 層 é ‮ \\u202e", function="ReLU(inplace=True"),
    but(counts=[0], edges=[-1e30, 1e30], largest=-1e30, median=1e-300, gradient_rms=1e30),
    but(counts=[0] * 512, edges=[5, 5.1], median=0, gradient_rms=5e-324),
    but(counts=[1], edges=[-1e-299, 1e-299], function="exponential"),
    but(function="exp", edges=[-1e30, 1e30]),
    but(function="Exponential", edges=[-800, 800]),
    but(function="relu_squared", edges=[-1e30, 3]),
    but(function="tan", units=1000000, inputs=10**12),
    but(gradient_rms=math.nan),
    but(off=1e-9, saturated=0.9999999),
    but(dead=[0, 1, 2, 3], off=1),
    '{"layer": 1, "function": "relu", "inputs": 1, "units": 1, "not_finite": 1}',
    "\n".join(['{"layer": 1, "function": "relu", "inputs": 1, "units": 1, "not_finite": 1}'] * 3),
    "\n".join([but(counts=list(range(41)) * 6, function=slug) for slug in ("sine", "softplus", "x", "mish")] * 25),
    "\n".join([EVERYTHING, but(gradient_rms=None), but(gradient_rms=0)]),
    "\n".join([but(gradient_rms=None)] * 2),
]


@each_language
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:60])
def test_a_strange_network_is_drawn_without_markup_and_false_numbers(text, language):
    page = pasted(text, language)
    arrays = drawn(page)
    for name, array in arrays.items():
        assert not np.isinf(array).any(), name
    told = " ".join([page.text, page.alt, *labels(page).get("x", "")])
    assert not {"nan", "inf", "None"} & set(re.findall(r"\w+", told.replace("NaN", "")))
    assert not re.search(r"<script|<b>|javascript:|\$|`|\{\w+\}", " ".join(map(str, page.blob.now.values())))
    count = text.count('"layer"')
    assert set(page.sliders) == ({"at"} if count > 1 else set())
    for name, rows in (page.blob.sliders["at"].rows if count > 1 else {}).items():
        assert len(rows) == count, name


def test_a_hundred_layers_are_light():
    rng, rows = np.random.default_rng(0), []
    for k in range(100):
        z = rng.normal(size=4000) * rng.uniform(0.2, 5) + rng.normal()
        counts, edges = np.histogram(z, 60)
        function = ("ReLU()", "GELU(approximate='none')", "SiLU()", "Tanh()")[k % 4]
        shown = {"edges": edges[[0, -1]].tolist(), "counts": counts.tolist(), "largest": float(abs(z).max())}
        rows.append(but(layer=f"blocks.{k}.mlp.act", function=function, inputs=1000, **shown))
    page = pasted("\n".join(rows))
    (follower,) = (part for part in page.at.get("bidi_component") if part.proto.component_name == "live")
    assert len(follower.proto.bytes) < 60_000
    (chart,) = page.at.get("plotly_chart")
    assert len(follower.proto.bytes) + len(chart.proto.spec) < 100_000
    assert page.set("at", 100).blob.now["where"].startswith("Layer 100 of 100 (blocks.99.mlp.act): ")


def test_a_layer_that_is_broken_says_so_and_shows_nothing_else():
    text = '{"layer": "a", "function": "relu", "inputs": 10, "units": 4, "not_finite": 3}'
    page = pasted(f"{EVERYTHING}\n{text}").set("at", 2)
    now = page.blob.now
    assert now["slopes"] == "3 of 40 pre-activations are NaN or infinite, so nothing else can be computed."
    assert [now[name] for name in ("dead", "largest", "gradient")] == ["", "", ""]
    whole = pasted(text)
    assert np.isnan(drawn(whole)["counts.y"]).all()
    assert set(labels(whole).values()) == {"", "gradient not recorded"}


def test_a_function_is_known_by_the_names_of_the_libraries():
    known = {
        "ReLU()": ("relu", {}),
        "ReLU(inplace=True)": ("relu", {}),
        "LeakyReLU(negative_slope=0.2)": ("leaky_relu", {"alpha": 0.2}),
        "LeakyReLU(negative_slope=0.01, inplace=True)": ("leaky_relu", {"alpha": 0.01}),
        "ELU(alpha=0.5)": ("elu", {"alpha": 0.5}),
        "GELU(approximate='none')": ("gelu", {}),
        "GELU(approximate='tanh')": ("gelu_tanh", {}),
        "SiLU()": ("swish", {"beta": 1.0}),
        "silu": ("swish", {"beta": 1.0}),
        "hard_silu": ("hard_swish", {}),
        "Softplus(beta=2.0, threshold=20.0)": ("softplus", {"beta": 2.0}),
        "Hardtanh(min_val=-1.0, max_val=1.0)": ("hard_tanh", {}),
        "torch.nn.Tanh()": ("tanh", {}),
        "Softshrink(0.3)": ("soft_shrink", {"lam": 0.3}),
        "log_sigmoid": ("log_sigmoid", {}),
        "exp": ("exponential", {}),
    }
    for written, (slug, values) in known.items():
        found, parameters = named.activation(written)
        assert (found.slug, dict(parameters)) == (slug, values), written
    for written in ("Hardtanh(min_val=-2.0, max_val=2.0)", "PReLU(num_parameters=1)", "ELU(alpha=nan)", "", "(", "x y"):
        assert named.activation(written) is None, written


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_lines_that_are_shown_are_those_that_were_run(name):
    page = Visit().go("inspect", {"lang": "en", "code": name})
    (shown,) = page.at.code
    assert shown.value == lines(name)
    assert shown.value.startswith("import json")
    summary, own = ((CODE / f"{part}.py").read_text("utf-8").strip() for part in ("summary", name))
    assert summary in shown.value
    assert own in shown.value
    versions = json.loads((CODE / "ran.json").read_text("utf-8"))["versions"]
    assert any(f"{versions[name]}.]" in part.value for part in page.at.markdown)
    compile(shown.value, name, "exec")


def test_a_library_is_shown_until_one_is_chosen_but_not_taken_for_chosen():
    page = Visit().go("inspect", {"lang": "en"})
    assert page.at.get_by_key("choice.code").value == "pytorch"
    assert "code" not in page.at.query_params
    assert not page.go("relu", {"lang": "en"}).at.code
    assert page.go("relu", {"lang": "en", "code": "numpy"}).at.code
    assert page.go("inspect", {"lang": "en"}).at.get_by_key("choice.code").value == "pytorch"
    assert page.go("relu", {"lang": "en"}).at.get_by_key("choice.code").value == "numpy"
    assert page.go("inspect", {"lang": "en"}).set("choice.code", "jax").at.query_params["code"] in ("jax", ["jax"])
    assert page.go("relu", {"lang": "en"}).at.get_by_key("choice.code").value == "jax"


@each_language
def test_the_words_are_true(language):
    words = library.parts(language, "tools/inspect_network")
    assert BY_PATH["inspect"].answer_state == {"net": "dead", "at": 4}
    # The question: all units of the fourth of six layers, and no gradient in it and before it.
    records = RECORDS["dead"]
    assert len(records) == 6
    assert [len(record["dead"]) == record["units"] for record in records] == [False, False, False, True, False, False]
    assert [record["gradient_rms"] == 0 for record in records] == [True] * 4 + [False] * 2
    assert words["right"] == "2"
    assert re.findall(r"\d", words["choice-2"]) == ["1", "4"]
    why = words["why"]
    assert float(mp.atanh(mp.sqrt(mpf("0.99")))) == pytest.approx(2.99, abs=0.005)
    assert "2.99" in why
    assert round(127 / 30) == 4
    assert "127" in why
    # In single precision the slope of tanh is 0 from 9.02 on at the latest: there tanh itself is 1.
    assert float(1 - mp.tanh(9.02)) < 2.0**-25 < float(1 - mp.tanh(7.5))
    # The weights begin with the standard deviation of He's initialisation.
    assert math.sqrt(2 / 32) == 0.25
    dead = json.loads((CODE / "ran.json").read_text("utf-8"))["dead"]
    assert dead == {"1": 44, "40": 142}
    assert sum(len(record["dead"]) for record in records) == 142
    (told,) = re.findall(r"- \*\*(?:Dead|死亡)\*\*[:：](.*)", why)
    assert set(re.findall(r"[\d.]*\d", told)) == {"0.1", "0.25", "44", "192", "40", "142"}
    for record in RECORDS["healthy"]:
        assert 0.35 < record["off"] < 0.55
        assert (record["units"], record["inputs"]) == (32, 1000)
    for record in RECORDS["saturated"]:
        assert 0.45 < record["off"] + record["saturated"] < 0.65
    for key in (*GOOD, "not_finite"):
        assert f"`{key}`" in words["fold-format"], key
    for number in ("100", "200,000", "512"):
        assert number in words["fold-format"]
