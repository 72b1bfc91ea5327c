"""The page on basics: what is drawn and printed of its network is true, at rest and while a slider is held."""

import re

import numpy as np
import pytest

from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.drawing import decoded
from tests.oracle.net import DEFAULTS, Net
from tests.oracle.printed import number
from tests.oracle.visitor import Visit

BACK = {"pass": "backward"}
STANDS = [
    ("en", {}, {}),
    ("zh", {**BACK, "neuron": "h3"}, {}),
    ("en", {**BACK, "f": "sigmoid", "neuron": "out"}, {"v1": -1.3, "x1": 1.7}),
    ("zh", {"f": "tanh", "neuron": "out"}, {"v2": -2}),
    ("en", {**BACK, "f": "gelu", "neuron": "h2"}, {"x1": 2, "w21": 2, "b2": 2, "x2": -0.7}),
    ("zh", {"f": "identity"}, {"x2": 1.4, "w12": 1.9}),
]
each_stand = pytest.mark.parametrize(("language", "chosen", "stand"), STANDS, ids=str)
each_language = pytest.mark.parametrize("language", ["en", "zh"])
SHOWN = {"h1": ["w11", "w12", "b1"], "h2": ["w21", "w22", "b2"], "h3": ["w31", "w32", "b3"]}
SHOWN["out"] = ["v1", "v2", "v3", "c"]


def opened(language="en", chosen=(), stand=()):
    query = {"lang": language, **dict(chosen), **{name: str(value) for name, value in dict(stand).items()}}
    return Visit().go("basics", query)


def drawn(page):
    return {f"{t['name']}.{axis}": decoded(t[axis]) for t in page.spec["data"] for axis in "xy"}


def labels(page):
    return {f"{t['name']}.text": t["text"][0] for t in page.spec["data"] if t.get("mode") == "text"}


@each_stand
def test_what_is_printed_is_true(language, chosen, stand):
    page, net = opened(language, chosen, stand), Net(chosen.get("f", "relu"), stand)
    words, now, there = library.parts(language, "topics/basics"), page.blob.now, labels(page)
    backward, neuron = chosen.get("pass") == "backward", chosen.get("neuron", "h1")
    assert set(page.sliders) == set(DEFAULTS)
    true = {"output": (net.output(), 2), "error": (net.output() - 1, 2), "loss": (net.loss(), 3)}
    true |= {f"x{k}": (net.at[f"x{k}"], 1) for k in (1, 2)}
    for j in (1, 2, 3):
        true |= {f"z{j}": (net.z(j), 2), f"a{j}": (net.a(j), 2)}
        if backward:
            true |= {f"slope{j}": (net.derivative(j), 2), f"dz{j}": (net.gradient(f"b{j}"), 2)}
    true |= {f"edge{k}": (signal, 2) for k, signal in enumerate(net.signals(backward), 1)}
    *weights, bias = SHOWN[neuron]
    inputs = [net.a(j) for j in (1, 2, 3)] if neuron == "out" else [net.at["x1"], net.at["x2"]]
    true |= {f"weight{k}": (net.at[name], 1) for k, name in enumerate(weights, 1)} | {"bias": (net.at[bias], 1)}
    true |= {f"in{k}": (value, 2 if neuron == "out" else 1) for k, value in enumerate(inputs, 1)}
    true |= {f"dw{k}": (net.gradient(name), 3) for k, name in enumerate(weights, 1)}
    true["errorin"] = (net.output() - 1, 3)
    if neuron != "out":
        j = int(neuron[1])
        true |= {"z": (net.z(j), 2), "zin": (net.z(j), 2), "a": (net.a(j), 2), "v": (net.at[f"v{j}"], 1)}
        true |= {"slope": (net.derivative(j), 3)} | dict.fromkeys(("dz", "dzin"), (net.gradient(bias), 3))
    assert set(now) == set(true)
    for name, (value, decimals) in true.items():
        printed = now[name].strip("()")
        assert ("(" in now[name]) == (printed.startswith("−") and name.rstrip("123") in BRACKETED), name
        number(printed, value, decimals)
    kind = "out" if neuron == "out" else "hidden"
    way = "backward" if backward else "forward"
    placeholders = page.blob.head["names"]
    f = words[f"f-{chosen.get('f', 'relu')}"]
    beside = next(e.value for e in page.at.markdown if "\u2063" in e.value)
    names = {"j": "₁₂₃"[int(neuron[1]) - 1] if kind == "hidden" else "", "y": "1"}
    quoted = library.quoted(library.filled(words[f"read-{kind}-{way}"], names), beside, placeholders)
    quoted += library.quoted(library.filled(words[f"alt-{way}"], {"f": f}), page.alt, placeholders)
    assert quoted
    assert all(text == now[name] for name, text in quoted)
    assert there["result.text"] == now["output"]
    assert [there[f"edge_{k}.text"] for k in range(1, 10)] == [now[f"edge{k}"] for k in range(1, 10)]
    for j in (1, 2, 3):
        names = {"slope": now[f"slope{j}"], "dz": now[f"dz{j}"]} if backward else {"z": now[f"z{j}"], "a": now[f"a{j}"]}
        assert there[f"state_{j}.text"] == library.filled(words[f"state-{way}"], names)


BRACKETED = {"weight", "in", "bias", "zin", "v", "errorin", "slope", "dzin"}


@each_stand
def test_what_is_drawn_is_true(language, chosen, stand):
    page, net = opened(language, chosen, stand), Net(chosen.get("f", "relu"), stand)
    found, backward = drawn(page), chosen.get("pass") == "backward"
    for k in (1, 2):
        assert found[f"input_{k}.y"] == pytest.approx([float(net.at[f"x{k}"])])
    for j in (1, 2, 3):
        z = min(max(net.z(j), -5), 5)
        np.testing.assert_allclose(
            [found[f"neuron_{j}.{axis}"][0] for axis in "xy"], [float(z), float(net.f(z))], atol=1e-5
        )
        x, y = found[f"curve_{j}.x"], found[f"curve_{j}.y"]
        np.testing.assert_allclose(y[::10], [float(net.f(v)) for v in x[::10].tolist()], atol=1e-5)
        if backward and z == net.z(j):
            rise = np.diff(found[f"tangent_{j}.y"]) / np.diff(found[f"tangent_{j}.x"])
            assert rise == pytest.approx(float(net.derivative(j)), abs=1e-5)
    wide = {name: widths(found, name) for name in ("positive", "negative")}
    carried = np.array([float(signal) for signal in net.signals(backward)])
    signs = wide["positive"] - wide["negative"]
    assert (np.minimum(wide["positive"], wide["negative"]) < 1e-6).all(), "an edge is drawn in one colour"
    np.testing.assert_allclose(signs, np.clip(carried, -2, 2) * 0.022, atol=1e-5)
    starts = found["edges.y"].reshape(9, 3)[:6, 0]
    low, high = [0.62, 0.14], [0.84, 0.36]
    at = [float(net.at["x1"] + 2) / 4, float(net.at["x2"] + 2) / 4]
    np.testing.assert_allclose(starts, [low[k] + at[k] * (high[k] - low[k]) for k in (0, 1)] * 3, atol=1e-5)


def widths(found, name):
    """How wide the nine ribbons are, as shares of the height of a picture 1.15 times as wide."""
    x, y = (found[f"{name}.{axis}"].reshape(9, 5) for axis in "xy")
    return np.hypot(1.15 * (x[:, 0] - x[:, 3]), y[:, 0] - y[:, 3])


@pytest.mark.parametrize(("language", "chosen", "stand"), STANDS[:3], ids=str)
def test_what_is_sent_for_a_drag_is_what_the_page_shows_there(language, chosen, stand):
    page, there = opened(language, chosen, stand), opened(language, chosen, stand)
    still, texts = drawn(page), page.blob.now | labels(page)
    neuron = chosen.get("neuron", "h1")
    assert set(page.blob.sliders) == {"x1", "x2", "b1", "b2", "b3", *SHOWN[neuron]}
    for key, moved in page.blob.sliders.items():
        value = page.sliders[key].value
        assert moved.positions == 41
        assert set(moved.rows) <= set(still), "something is sent that is not in the picture"
        for k in (0, 13, 40):
            there.set(key, round(-2 + 0.1 * k, 6))
            for name, row in drawn(there).items():
                held = moved.rows[name][k] if name in moved.rows else still[name]
                fine = 0.00026 if name.split(".")[0] in ("edges", "positive", "negative") else 1e-6 + 12 / 8000
                np.testing.assert_allclose(
                    held, row, atol=fine if name in moved.rows else 1e-6, err_msg=f"{name} {key} {k}"
                )
            now = {name: moved.texts[name][k] if name in moved.texts else text for name, text in texts.items()}
            assert now == there.blob.now | labels(there)
        there.set(key, value)
    sent = len(page.at.get("bidi_component")[0].proto.bytes) + len(page.at.get("plotly_chart")[0].proto.spec)
    print(chosen, sent)
    assert sent < 65_000


@each_language
def test_the_question_and_its_answer_are_true(language):
    words, answer_state = library.parts(language, "topics/basics"), BY_PATH["basics"].answer_state
    before, after = Net("relu"), Net("relu", {"b2": answer_state["b2"]})
    assert answer_state == {"pass": "forward", "f": "relu", "neuron": "h2", "b2": 0.9}
    assert float(after.at["b2"] - before.at["b2"]) == pytest.approx(0.5)
    assert re.findall(r"−?\d\.\d", words["question"]) == ["−0.9", "0.5"]
    assert before.z(2) == pytest.approx(-0.9)
    assert after.z(2) == pytest.approx(-0.4)
    assert before.output() == after.output()
    assert words["right"] == "3"
    assert words["choice-1"].count("0.5") == words["choice-2"].count("0.5") == 1
    assert "0.5 · 1.2 = 0.6" in words["why-2"]
    assert Net("identity", {"b2": 0.9}).output() - Net("identity").output() == pytest.approx(0.6)
    page = opened(language, answer_state)
    assert page.blob.now["output"] == opened(language).blob.now["output"]
    assert "−0.40" in plain(labels(page)["state_2.text"])


def test_without_a_function_the_network_is_one_weighted_sum():
    """As the essay says, and with a function it is none."""
    for slug, straight in (("identity", True), ("tanh", False)):
        left, middle, right = (Net(slug, {"x1": x}).output() for x in (-2, 0, 2))
        assert (abs(left + right - 2 * middle) < 1e-30) == straight


def test_the_sliders_of_another_neuron_keep_their_place():
    page = opened("en", {"neuron": "h2"}).set("w21", 1.5)
    page.at.get_by_key("choice.neuron").set_value("out")
    page.run()
    assert page.blob.now["z2"] == "1.50"
    assert page.values == {name: float(value) for name, value in DEFAULTS.items()} | {"w21": 1.5}
