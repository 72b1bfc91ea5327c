"""Functions laid over each other: lines, dots and numbers are true at rest, and in a drag what rest shows there."""

import itertools

import numpy as np
import plotly.graph_objects as go
import pytest
from comparing import LANGUAGES, ORDERS, SIX, at_rest, breaks, each_language, opened, reach, text, title, true

from activations import CATALOGUE
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.printed import exactly, number

CASES = {
    "as it opens": (("relu", "elu", "gelu", "swish"), "value", "nothing", {}),
    "slopes": (SIX, "slope", "nothing", {"elu.alpha": "2.5", "threshold.threshold": "-0.5", "x0": "0.35"}),
    "bends": (("hard_shrink", "sine", "snake", "celu"), "bend", "nothing", {"hard_shrink.lam": "0.75", "x0": "2"}),
    "less a parameter": (("elu", "celu", "selu"), "value", "elu", {"elu.alpha": "1.5", "celu.alpha": "0.5"}),
    "less at a jump": (("binary_step", "threshold", "soft_shrink"), "value", "threshold", {"threshold.threshold": "0"}),
    "less by little": (("gelu", "gelu_tanh", "gelu_sigmoid"), "slope", "gelu", {"x0": "1"}),
    "wide": (("relu6", "exponential", "prelu"), "value", "nothing", {}),
}
over_cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def open_case(case, **moved):
    slugs, order, less, query = case
    return opened(*slugs, **{"order": order, "less": less, **query, **moved})


def height(case, slug, stand, x):
    _, order, less, _ = case
    away = 0 if less == "nothing" else true(less, stand, ORDERS.index(order), x)
    return float(true(slug, stand, ORDERS.index(order), x) - away)


@over_cases
def test_lines_and_dots_are_the_functions(case):
    page = open_case(case)
    picture, stand, less = at_rest(page), page.values, case[2]
    for slug in case[0]:
        kinks = breaks(slug, stand) + ([] if less == "nothing" else breaks(less, stand))
        x, y = picture[f"{slug}.x"], picture[f"{slug}.y"]
        for k in range(0, len(x), 7):
            if all(abs(x[k] - kink) > 1e-3 for kink in kinks):
                assert y[k] == pytest.approx(height(case, slug, stand, float(x[k])), rel=2e-6, abs=2e-6), (slug, x[k])
        assert picture[f"{slug}_dot.x"] == pytest.approx([stand["x0"]])
        assert picture[f"{slug}_dot.y"] == pytest.approx([height(case, slug, stand, stand["x0"])], rel=1e-6, abs=1e-6)
        jumps = {
            kink
            for kink in kinks
            if abs(np.subtract(*(height(case, slug, stand, kink + e) for e in (-1e-9, 1e-9)))) > 1e-6
        }
        assert [float(f"{at:.4f}") for at in x[np.isnan(y)]] == sorted(jumps), "a jump is drawn once"
    assert picture["hair.x"] == pytest.approx([stand["x0"]] * 2)


@over_cases
def test_the_table_and_the_description_tell_what_is_true_at_the_probe(case):
    page = open_case(case)
    slugs, order, less, _ = case
    now, stand = page.blob.now, page.values
    number(now["x0"], stand["x0"], 2)
    read = range(3) if less == "nothing" else [ORDERS.index(order)]
    for slug, k in itertools.product(slugs, read):
        exactly(now[f"{slug}_{k}"], true(slug, stand, k, stand["x0"]))
    for slug in slugs if less != "nothing" else ():
        number(now[f"{slug}_less"], height(case, slug, stand, stand["x0"]), 4)
    for slug in slugs:
        cells = [now[f"{slug}_{k}"] for k in read] + ([] if less == "nothing" else [now[f"{slug}_less"]])
        assert f"| {title(slug, 'en')} | {' | '.join(cells)} |" in page.text
        shown = now[f"{slug}_{ORDERS.index(order) if less == 'nothing' else 'less'}"]
        assert f"{title(slug, 'en')} {shown}" in plain(page.alt)


@each_language
@pytest.mark.parametrize("less", ["nothing", "swish"])
def test_title_table_and_description_are_in_the_language_of_the_reader(language, less):
    page, part = opened("tanh", "swish", language=language, order="slope", less=less, x0="1"), text(language)
    named = {"shown": "f′(x)", "name": title("swish", language)}
    shown = "f′(x)" if less == "nothing" else library.filled(part["title-less"], named)
    (note,) = page.spec["layout"]["annotations"]
    assert note["text"] == f"<b>{shown}</b>"
    joint = part["joint"].removeprefix("{before}").removesuffix("{after}")
    now, key = page.blob.now, "1" if less == "nothing" else "less"
    names = [title(slug, language) for slug in ("tanh", "swish")]
    values = [f"{name} {now[f'{slug}_{key}']}" for name, slug in zip(names, ("tanh", "swish"), strict=True)]
    texts = {"shown": shown, "names": joint.join(names), "x0": "1.00", "values": joint.join(values)}
    assert plain(page.alt) == library.filled(part["alt"], texts)
    head = [
        library.filled(part["at"], {"x0": "1.00"}),
        *(["f", "f′", "f″"] if less == "nothing" else ["f′", part["difference"]]),
    ]
    assert f"| {' | '.join(head)} |" in page.text


@pytest.mark.parametrize("case", [CASES[name] for name in ("slopes", "less a parameter")])
def test_every_slider_draws_in_a_drag_what_the_page_draws_at_rest(case):
    page, there = open_case(case), open_case(case)
    still, panel = at_rest(page), page.spec["layout"]["yaxis"]["range"]
    fine = (panel[1] - panel[0]) / 800 + 1e-6
    assert set(page.blob.sliders) == set(page.sliders)
    for key, moved in page.blob.sliders.items():
        slider = page.sliders[key]
        positions = round((slider.max - slider.min) / slider.step) + 1
        # A parameter may change nothing of what is shown.
        assert positions == (moved.positions if moved.rows or moved.texts else positions)
        assert set(moved.rows) <= set(still), "something is sent that is not in the picture"
        for k in (0, positions // 3, positions - 1):
            rest = at_rest(there.set(key, round(slider.min + k * slider.step, 6)))
            assert {**page.blob.now, **{n: lines[k] for n, lines in moved.texts.items()}} == there.blob.now
            held = {**still, **{name: rows[k] for name, rows in moved.rows.items()}}
            for name, row in rest.items():
                named = name.endswith(("_end.y", "_lead.y"))
                if name == "hair.y" or (named and panel != there.spec["layout"]["yaxis"]["range"]):
                    continue
                a, b = (reach(page, part) if name.endswith("y") else part for part in (held[name], row))
                np.testing.assert_allclose(a, b, atol=fine if name.endswith("y") else 1e-3, err_msg=f"{name} {key} {k}")
        there.set(key, slider.value)


@over_cases
def test_names_at_the_ends_are_apart_and_inside_at_every_position(case):
    page = open_case(case)
    low, high = page.spec["layout"]["yaxis"]["range"]
    names, still = [f"{slug}_end.y" for slug in case[0]], at_rest(page)
    for moved in page.blob.sliders.values():
        for k in range(0, len(next(iter(moved.rows.values()), [])), 10):
            at = sorted(float(moved.rows[n][k][0] if n in moved.rows else still[n][0]) for n in names)
            assert low < at[0] < at[-1] < high
            assert np.diff(at).min(initial=1) >= 0.058 * (high - low)
    assert still[f"{case[0][0]}_end.x"][0] < page.spec["layout"]["xaxis"]["range"][1]
    for slug in case[0]:
        (begin, end), (x, y) = zip(*(still[f"{slug}_lead.{axis}"] for axis in "xy"), strict=True), begun(still, slug)
        assert begin == pytest.approx((x, np.clip(y, low, high)), abs=1e-5), (
            "the line to a name begins where its own ends"
        )
        assert end[0] < still[f"{slug}_end.x"][0]
        assert end[1] == still[f"{slug}_end.y"][0]


def begun(still, slug):
    """Where a line ends on the right."""
    there = np.isfinite(still[f"{slug}.y"])
    return still[f"{slug}.x"][there][-1], still[f"{slug}.y"][there][-1]


def test_an_address_names_functions_and_their_parameters_apart():
    page = opened("celu", "elu", "leaky_relu", elu__alpha="2", celu__alpha="0.5", leaky_relu__alpha="0.3")
    assert page.values == {"x0": -1.2, "celu.alpha": 0.5, "elu.alpha": 2.0, "leaky_relu.alpha": 0.3}
    page.set("elu.alpha", 3.0)
    assert page.values == {"x0": -1.2, "celu.alpha": 0.5, "elu.alpha": 3.0, "leaky_relu.alpha": 0.3}
    page.set("compared", ["celu", "tanh"])
    assert page.at.query_params["f"] == ["celu", "tanh"]
    assert page.values == {"x0": -1.2, "celu.alpha": 0.5}
    page.set("compared", ["celu", "tanh", "elu"])
    assert page.values["elu.alpha"] == 3.0, "what was taken out and put back stands where it was left"


def test_of_many_functions_six_are_drawn_and_strangers_are_passed_over():
    page = opened("evil", *CATALOGUE, *CATALOGUE)
    assert [name for name in at_rest(page) if name.endswith("_dot.x")] == [f"{slug}_dot.x" for slug in [*CATALOGUE][:6]]
    page = opened("tanh", less="evil", order="evil")
    assert page.spec["layout"]["annotations"][0]["text"] == "<b>f(x)</b>"
    assert set(at_rest(opened("evil"))) >= {"relu.y", "elu.y", "gelu.y", "swish.y"}


@pytest.mark.parametrize("less", ["nothing", "elu"])
@pytest.mark.parametrize("order", ORDERS)
def test_six_functions_with_parameters_weigh_little_and_plotly_accepts_them(less, order):
    for six in (SIX, ("elu", "sine", "snake", "celu", "squareplus", "swish")):
        page = opened(*six, order=order, less=less)
        assert go.Figure(page.spec).layout.meta.split()[0] == "compare"
        follower, chart = page.at.get("bidi_component")[0].proto.bytes, page.at.get("plotly_chart")[0].proto.spec
        assert len(follower) <= 37_000
        assert len(follower) + len(chart) <= 58_000
        assert len({trace["line"]["dash"] for trace in page.spec["data"] if trace["name"] in six}) == 6


def test_labels_have_room_beside_the_panel():
    for language in LANGUAGES:
        margin = opened("gelu_sigmoid", "relu", language=language).spec["layout"]["margin"]["r"]
        assert margin > 7 * len(title("gelu_sigmoid", language))
