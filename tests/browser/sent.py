"""What Python sends for an address, and whether a page that a hand has led there shows the same."""

from __future__ import annotations

import base64
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from numpy.typing import NDArray
from visit import Visit

from tests.oracle import visitor

NEAR = 1.0  # pixels
SHADE = 0.02  # of a scale of colours, or of full opacity
# The page's description, marked texts, prose, sliders, and of each trace its axes and numbers.
SHOWN = """() => {
    const main = document.querySelector('[data-testid=stMain]'), marked = {}, prose = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const mark = /\\u2063([\\u2061\\u2062\\u2064]{4})([^\\u2063]*)\\u2063/g;
    const unread = '.katex, pre, label, button, [data-testid=stTable]';
    while (walker.nextNode()) {
        const text = walker.currentNode.nodeValue, of = walker.currentNode.parentElement;
        if (of.closest('style, script, .js-plotly-plot, [aria-live]')) continue;
        for (const [, code, quote] of text.matchAll(mark)) (marked[code] ??= []).push(quote);
        if (of.closest('[data-testid=stMarkdown]') && !of.closest(unread)) prose.push(text);
    }
    const plot = document.querySelector('.js-plotly-plot');
    const axis = (id) => plot._fullLayout[id.replace(/^[xy]/, '$&axis')];
    const number = (value) => (Number.isFinite(value) ? value : null);
    const list = (values) => values && Array.from(values._inputArray ?? values, number);
    const numbers = (trace) => ['x', 'y'].map((name) => {
        const { _length, range } = axis(trace[`${name}axis`]);
        return [list(trace[name]), _length, range];
    });
    return {
        marked, prose,
        label: document.querySelector('[role=figure]').getAttribute('aria-label'),
        sliders: [...main.querySelectorAll('input[type=range]')].map((input) =>
            [input.closest('[class*=st-key-]').className.match(/st-key-(\\S+)/)[1], Number(input.value)]),
        traces: plot._fullData.map((trace) => ({
            name: trace.name,
            axes: trace.type === 'heatmap' ? [] : numbers(trace),
            text: trace.text && [trace.text].flat(),
            opacity: trace.marker && [trace.marker.opacity].flat(),
            z: trace.z && Array.from(trace.z, (row) => Array.from(row, number)).flat(),
        })),
    };
}"""


def assert_sent(reader: Visit) -> None:
    """The page at rest shows what Python sends to whoever opens its address."""
    shown = reader.page.evaluate(SHOWN)
    address = urlsplit(reader.page.url)
    sent = visitor.Visit().ask(reader.path, parse_qs(address.query))
    assert shown["label"] == sent.alt
    markup = "\n".join([*(element.value for element in sent.at.markdown), sent.html])
    for code, texts in shown["marked"].items():
        expected = set(re.findall(f"\u2063{re.escape(code)}([^\u2063]*)\u2063", markup))
        assert {*texts} == expected or not expected
    values = {key.replace(".", "-"): float(value) for key, value in sent.values.items()}
    # In a closed fold there may be none yet; those of words are no numbers.
    assert {key: value for key, value in shown["sliders"] if values.get(key, value) != value} == {}
    one, other = _words(" ".join(shown["prose"])), _words(_plain("\n".join(e.value for e in sent.at.main.markdown)))
    assert (one - other, other - one) == (Counter(), Counter())
    _assert_traces(shown["traces"], sent.spec)


def _assert_traces(shown: list[dict[str, Any]], figure: dict[str, Any]) -> None:
    assert [trace["name"] for trace in shown] == [trace["name"] for trace in figure["data"]]
    for drawn, trace in zip(shown, figure["data"], strict=True):
        name = trace["name"]
        # Plotly reads nothing of a trace that is hidden.
        if "text" in trace and drawn["text"] is not None:
            assert drawn["text"] == _list(trace["text"]), name
        if isinstance(trace.get("marker", {}).get("opacity"), list):
            np.testing.assert_allclose(drawn["opacity"], trace["marker"]["opacity"], atol=SHADE, err_msg=name)
        if "z" in trace:
            cells, sent = (np.array(values, dtype=float).ravel() for values in (drawn["z"], decoded(trace["z"])))
            np.testing.assert_allclose(cells, sent, rtol=0, atol=SHADE * (trace["zmax"] - trace["zmin"]), err_msg=name)
        for along, (values, length, (low, high)) in zip("xy", drawn["axes"], strict=False):
            if values is None or along not in trace:
                continue
            axis = figure["layout"].get(trace.get(f"{along}axis", along).replace(along, f"{along}axis"), {})
            assert [low, high] == pytest.approx(axis.get("range", [low, high])), name
            pixels = [
                np.clip((given - low) / (high - low) * length, -9, length + 9)
                for given in (np.array(values, dtype=float), decoded(trace[along]))
            ]
            assert pixels[0].shape == pixels[1].shape, name
            np.testing.assert_allclose(*pixels, rtol=0, atol=NEAR, err_msg=f"{name}.{along}")


def _list(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | tuple) else [given]


def decoded(array: Any) -> NDArray[np.float64]:
    """The numbers of a trace as Plotly is sent them."""
    if isinstance(array, dict):
        return np.frombuffer(base64.b64decode(array["bdata"]), np.dtype(array["dtype"])).astype(float)
    return np.array(array, dtype=float)


def _plain(markdown: str) -> str:
    """What is read of a Markdown text besides formulas."""
    text = re.sub(r"```.*?```", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$", " ", text, flags=re.DOTALL)
    text = re.sub(r"\$[^$\n]*\$", " ", text)
    text = re.sub(r"</?[a-z][^>]*>|:[a-z-]+(?=\[)", " ", text)
    # The explanation of a term, which is the title of its link, may have brackets.
    return re.sub(r'\]\((?:[^()"]|"[^"]*")*\)', "] ", text)


def _words(text: str) -> Counter[str]:
    """Words, Chinese characters and decimal numbers, but for those of arXiv, which the page makes links of."""
    return Counter(re.findall(r"[A-Za-z]{2,}|[一-鿿]|\d+\.\d+", re.sub(r"\d{4}\.\d{4,5}", "", text)))
