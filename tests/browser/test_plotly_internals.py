"""What the scripts take from inside Plotly is there in the version that Streamlit brings, and means what they think."""

from __future__ import annotations

import re

import pytest
from conftest import Arrive
from server import ROOT
from visit import Visit

from serving import modules

ASSETS = ROOT / "assets"
MODULE = "plotly_internals.js"
# Names inside Plotly, its classes of elements, and its functions that are not documented.
INSIDE = re.compile(r"\._[a-z]|__data__|\bl2p\b|\.uid\b|(?:scatter|heatmap|hover)layer|js-line|path\.point|Plotly\.Fx")
# What is known of each line trace in two ways: by the module, and by the elements that Plotly has drawn.
TRACES = """() => {
    const plot = document.querySelector('.js-plotly-plot'), box = plot.getBoundingClientRect();
    const lines = internals.drawnTraces(plot).filter(({ type, visible }) => type === 'scatter' && visible === true);
    return lines.map((trace) => {
        const [xs, ys] = [trace.x, trace.y].map((values) => [...internals.numbersOf(values)]);
        const axes = [trace.xaxis, trace.yaxis].map((id) => internals.axisOf(plot, id));
        const elements = internals.elementsOf(plot, trace);
        const inside = (x, y) => internals.isInPanel(axes[0], x) && internals.isInPanel(axes[1], y);
        const finite = xs.map((x, k) => [x, ys[k]]).filter(([x, y]) => Number.isFinite(x + y));
        const first = finite[0] ?? null, middle = (element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x + width / 2 - box.x, y + height / 2 - box.y];
        };
        return {
            name: trace.name, mode: trace.mode, fill: trace.fill, finite: finite.length,
            counts: Object.fromEntries(Object.entries(elements).map(([kind, found]) => [kind, found.length])),
            begins: elements.lines[0]?.getAttribute('d')?.match(/^M([-\\d.]+),([-\\d.]+)/)?.slice(1).map(Number),
            inPanel: first && first.map((value, k) => internals.panelPixel(axes[k], value)),
            dot: elements.points[0] && middle(elements.points[0]),
            inChart: first && first.map((value, k) => internals.chartPixel(axes[k], value)),
            ranges: axes.map((axis) => axis.range.map((end) => internals.chartPixel(axis, end))),
            inside: [inside(...axes.map((axis) => internals.chartPixel(axis, (axis.range[0] + axis.range[1]) / 2))),
                     inside(...axes.map((axis) => internals.chartPixel(axis, 2 * axis.range[1] - axis.range[0])))],
            named: axes.every((axis) => plot.layout[internals.axisName(axis)]),
            sent: plot.data.find(({ name }) => name === trace.name).x?.length ?? null,
        };
    });
}"""


@pytest.fixture
def reader(arrive: Arrive) -> Visit:
    """Someone in whose page the module can be called as ``internals``."""
    reader = arrive().open("elu")
    reader.page.evaluate(f"() => {{ window.internals = {modules.join(ASSETS, MODULE)}; }}")
    return reader


def test_plotly_is_the_version_that_was_looked_into(reader: Visit) -> None:
    assert reader.page.evaluate("[Plotly.version, internals.PLOTLY_VERSION]") == ["4.2.0", "4.2.0"], (
        f"look into the new version, then change the number in {MODULE}"
    )


def test_only_one_module_looks_inside() -> None:
    found = {
        path.name: INSIDE.findall(code)
        for path in ASSETS.glob("*.js")
        if INSIDE.search(code := re.sub(r"^\s*//.*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    }
    assert set(found) == {MODULE}


def test_every_drawn_trace_is_found_with_its_axes_numbers_and_elements(reader: Visit) -> None:
    traces = {trace["name"]: trace for trace in reader.page.evaluate(TRACES)}
    assert {"value", "slope", "probe_value"} <= set(traces)
    for trace in traces.values():
        counts = trace["counts"]
        assert trace["named"]
        assert trace["inside"] == [True, False]
        # Plotly draws no line of a trace without a finite point.
        assert (counts["lines"] > 0) == ("lines" in trace["mode"] and trace["finite"] > 0), trace["name"]
        assert (counts["fills"] > 0) == (trace["fill"] != "none"), trace["name"]
        if "markers" in trace["mode"]:
            assert counts["points"] == trace["finite"]
            assert trace["dot"] == pytest.approx(trace["inChart"], abs=0.6)
        if trace["begins"]:
            assert trace["begins"] == pytest.approx(trace["inPanel"], abs=0.6)
    assert any(trace["counts"]["points"] for trace in traces.values())
    assert any(trace["counts"]["texts"] for trace in traces.values())
    assert any(trace["begins"] for trace in traces.values())
    assert traces["value"]["finite"] > 200, "the numbers of an array that was sent packed"


def test_a_chart_names_the_page_it_was_drawn_for(reader: Visit) -> None:
    drawn = "internals.drawnMeta(document.querySelector('.js-plotly-plot'))"
    assert reader.page.evaluate(drawn) == "elu"
    assert reader.page.evaluate("internals.drawnMeta(document.body) ?? internals.drawnMeta(null) ?? null") is None


def test_what_stands_beside_the_pointer_is_taken_away(reader: Visit) -> None:
    x, y = reader.page.evaluate("""() => {
        const plot = document.querySelector('.js-plotly-plot'), box = plot.getBoundingClientRect();
        const trace = internals.drawnTraces(plot).find(({ name }) => name === 'value');
        const [xs, ys] = [trace.x, trace.y].map((values) => internals.numbersOf(values));
        const near = [...xs].findIndex((x) => x > -3.01);
        const pixel = (id, value) => internals.chartPixel(internals.axisOf(plot, id), value);
        return [box.x + pixel(trace.xaxis, xs[near]), box.y + pixel(trace.yaxis, ys[near])];
    }""")
    reader.page.mouse.move(x - 20, y)
    reader.page.mouse.move(x, y)
    reader.settle()
    shown = reader.page.locator(".hoverlayer > *")
    assert shown.count() > 0
    reader.page.evaluate("() => internals.hideHover(document.querySelector('.js-plotly-plot'))")
    assert shown.count() == 0


def test_the_image_of_a_heat_map_is_found(reader: Visit) -> None:
    reader.walk("exploding")
    images = reader.page.evaluate("""() => {
        const plot = document.querySelector('.js-plotly-plot');
        const traces = internals.drawnTraces(plot);
        return traces.map((trace) => [trace.type, internals.imageOf(plot, trace)?.nodeName ?? null]);
    }""")
    assert ["heatmap", "image"] in images
    assert {name for kind, name in images if kind != "heatmap"} == {None}


def test_all_that_the_module_exports_is_looked_at() -> None:
    text = (ASSETS / MODULE).read_text(encoding="utf-8")
    exported = set(re.findall(r"^export (?:const|function) (\w+)", text, re.MULTILINE))
    tests = (ROOT / "tests" / "browser" / "test_plotly_internals.py").read_text(encoding="utf-8")
    assert {name for name in exported if f"internals.{name}" not in tests} == set()
