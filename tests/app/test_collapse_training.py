"""A network that is taught: dragged or opened at a moment, the page shows and says how far it has come."""

import math

import numpy as np
import plotly.graph_objects as go
import pytest

from activations import CATALOGUE
from activations.experiments import classification, descent, network
from activations.experiments.descent import Descent
from activations.experiments.network import Network
from tests.oracle import library
from tests.oracle.drawing import Drawing, held, shown
from tests.oracle.fading import spelt
from tests.oracle.visitor import Visit

SIDE = np.linspace(-2.2, 2.2, 26)
CASES = [("relu", "xor", 1, "0.5", 1), ("tanh", "spirals", 2, "0.1", 3), ("gelu", "spirals", 0, "0.5", 1)]
CASES += [("identity", "xor", 1, "10", 2), ("relu", "xor", 1, "10", 1), ("binary_step", "spirals", 1, "0.5", 2)]
over_cases = pytest.mark.parametrize("case", CASES, ids=str)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def opened(case, moment=0, language="en"):
    slug, task, hidden, rate, seed = case
    asked = {"act": task, "hidden": str(hidden), "rate": rate, "seed": str(seed), "t": str(moment)}
    return Visit().go("collapse", {"lang": language, "f": slug, **asked})


class Trained:
    """The run, and what its network says: the layers written out here."""

    def __init__(self, case):
        slug, task, hidden, rate, seed = case
        self.act, (self.x, self.y) = CATALOGUE[slug], classification.examples(task)
        self.units = {"xor": 8, "spirals": 12}[task] if hidden else 0
        self.widths = (2, *[self.units // hidden for _ in range(hidden)], 1)
        self.steps = classification.moments()
        net = Network.fresh(self.act, self.widths, "he", seed)
        how = Descent(float(rate), 0.9)
        self.run = network.train(net, self.x, self.y, descent.logistic, how, self.steps.tolist())

    def lost(self, moment):
        return self.run.diverged is not None and self.steps[moment] >= self.run.diverged

    def says(self, moment, points):
        """The logit at each point, and the pre-activations of the hidden units."""
        met = []
        *hidden, (weight, bias) = Network(self.act, self.widths, self.run.networks.theta[moment]).layers
        for w, b in hidden:
            met.append(points @ w + b)
            points = self.act(met[-1])
        return (points @ weight + bias)[:, 0], met

    def right(self, moment):
        return int(np.sum((self.says(moment, self.x)[0] > 0) == (self.y[:, 0] == 1)))

    def stuck(self, moment):
        return sum(int((self.act.derivative(z) == 0).all(axis=0).sum()) for z in self.says(moment, self.x)[1])


def assert_texts(texts, truth, moment, parts):
    step = int(truth.steps[moment])
    assert texts["step"] == str(step)
    if truth.lost(moment):
        assert (texts["loss"], texts["right"], texts["stuck"]) == (parts["no-number"], "—", "—")
        expected = parts["diverged"].replace("{step}", str(truth.run.diverged))
    else:
        value, error = spelt(texts["loss"])
        assert value == pytest.approx(truth.run.loss[step], abs=float(error) * 1.01)
        assert (texts["right"], texts["stuck"]) == (str(truth.right(moment)), str(truth.stuck(moment)))
        dead = truth.units and truth.stuck(moment) == truth.units
        expected = parts["all-stuck"].replace("{units}", str(truth.units)) if dead else ""
    assert texts["state.text"] == expected
    return expected


def assert_seen(rows, truth, moment):
    field = rows["field.z"].reshape(26, 26)
    if truth.lost(moment):
        assert np.isnan(field).all()
        assert np.isnan(rows["boundary.x"]).all()
    else:
        places = [(0, 0), (4, 21), (13, 12), (25, 3)]
        logits, _ = truth.says(moment, np.array([(SIDE[column], SIDE[row]) for row, column in places]))
        probabilities = [field[place] for place in places]
        np.testing.assert_allclose(probabilities, 1 / (1 + np.exp(-np.clip(logits, -50, 50))), atol=0.51 / 64)
    seen = np.log10(np.maximum(truth.run.loss, 1e-6))
    last = min(truth.steps[moment], 200 if truth.run.diverged is None else truth.run.diverged - 1)
    np.testing.assert_allclose(rows["loss.y"][: last + 1], seen[: last + 1], atol=2e-3)
    assert np.isnan(rows["loss.y"][last + 1 :]).all()
    assert (rows["now.x"][0], rows["now.y"][0]) == pytest.approx((last, seen[last]), abs=0.03)


@over_cases
def test_every_moment_is_what_the_network_says_then(case):
    truth, parts = Trained(case), library.parts("en", "topics/collapse")
    page = opened(case)
    assert page.blob.sliders["t"].positions == 40
    for moment, (rows, texts) in enumerate(held(page, "t")):
        assert_texts(texts, truth, moment, parts)
        assert_seen(rows, truth, moment)


@over_cases
@pytest.mark.parametrize("moment", [0, 25, 39])
def test_opened_at_a_moment_the_page_draws_what_the_browser_would(case, moment):
    page = opened(case, moment)
    (field,) = [trace for trace in page.spec["data"] if trace["type"] == "heatmap"]
    assert field["z"]["shape"] == "26, 26"
    rows, texts = shown(page)
    held_rows, held_texts = list(held(opened(case), "t"))[moment]
    assert held_texts == texts
    for name, row in rows.items():
        off = {"field.z": 0.51 / 64, "now.x": 200 / 8192}.get(name, 0.51 * 4.4 / 400)
        np.testing.assert_allclose(held_rows[name], row, atol=off, err_msg=name)
    assert page.blob.head["plays"]["key"] == "t"
    go.Figure({**page.spec, "data": [{k: v for k, v in t.items() if k != "z"} for t in page.spec["data"]]})


@each_language
@over_cases
def test_what_is_printed_and_described_is_true(case, language):
    truth, parts = Trained(case), library.parts(language, "topics/collapse")
    page = opened(case, 39, language)
    assert_texts(shown(page)[1], truth, 39, parts)
    texts = {**page.blob.now, "points": "64", "units": str(truth.units)}
    for part in ("progress", *(["hidden-stuck"] if truth.units else [])):
        expected = parts[part]
        for name, text in texts.items():
            expected = expected.replace(f"{{{name}}}", text)
        plain = page.text.replace("\u2063", "")
        assert expected in plain
        assert expected.replace("**", "") in "".join(c for c in page.alt if c not in "\u2061\u2062\u2063\u2064")
    assert bool(truth.units) == (parts["hidden-stuck"].split("{")[0].strip(" *") in page.text)
    assert library.parts(language, f"functions/{case[0]}")["title"] in page.alt


@over_cases
def test_the_examples_and_the_best_line_are_drawn_where_they_are(case):
    page = opened(case, 39)
    drawn = Drawing({**page.spec, "data": [t for t in page.spec["data"] if t["type"] == "scatter"]})
    x, y = classification.examples(case[1])
    looks = set()
    for kind in (0, 1):
        points = np.stack(drawn.xy(f"class{kind}"), axis=1)
        np.testing.assert_allclose(points, x[y[:, 0] == kind], atol=1e-6)
        marker = drawn.traces[f"class{kind}"]["marker"]
        looks |= {marker["symbol"], marker["color"]}
    assert len(looks) == 4, "told apart by shape as well as by colour"
    np.testing.assert_allclose(drawn.xy("line")[1], math.log10(classification.linear_loss(case[1])), atol=1e-6)
    low, high = page.spec["layout"]["yaxis2"]["range"]
    everything = drawn.xy("all")[1]
    assert low < np.nanmin(everything)
    assert np.nanmax(everything) < high
    assert 2 <= len(page.spec["layout"]["yaxis2"]["tickvals"]) <= 7
    above = everything[np.isfinite(everything)][-1] > drawn.xy("line")[1][0] + 0.01
    assert drawn.traces["word"]["textposition"] == ("bottom left" if above else "top left"), "clear of the run's end"


def test_a_slider_that_another_act_took_away_comes_back_where_it_stood():
    page = Visit().go("collapse", {"act": "stack", "w": "0.3", "depth": "5"})
    acts = next(group for group in page.at.button_group if group.key == "choice.act")
    acts.set_value("xor")
    page.run()
    assert set(page.sliders) == {"t"}
    page.set("t", 12)
    acts = next(group for group in page.at.button_group if group.key == "choice.act")
    acts.set_value("stack")
    page.run()
    assert (page.values["w"], page.values["depth"]) == (0.3, 5)
    acts = next(group for group in page.at.button_group if group.key == "choice.act")
    acts.set_value("spirals")
    page.run()
    assert page.values == {"t": 12}
