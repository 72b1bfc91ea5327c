"""What our scripts draw while a thumb is held is what Plotly draws from the same numbers: every page, every slider.

One page without Streamlit holds two charts: ours, and one that Plotly draws from what Python unpacked. The same holds
for the texts between the marks and for the description of the chart.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from harness import record
from playwright.sync_api import Browser, Page, Route
from streamlit import file_util
from visit import PAGES

from pages import register
from serving import shell

ORIGIN = "http://harness"
SCRIPT = Path(__file__).with_name("harness.js")
STATIC = Path(file_util.get_static_dir(), "static", "js")
PAGE = """<!doctype html><meta charset="utf-8"><title>harness</title>
<style>.chart {{ width: 720px; height: 460px; }} body {{ margin: 0; }}</style>
<div id="root"><div data-testid="stApp" data-test-connection-state="CONNECTED" data-test-script-state="notRunning">
<div data-testid="stMain"></div></div></div>
<div class="chart" id="reference"></div>
<script src="harness.js"></script>
{guide}"""
# Choices whose pictures are other ones; sliders stand elsewhere besides.
OTHERS: dict[str, list[dict[str, Any]]] = {
    "elu": [{"second": "true"}],
    "collapse": [{"act": "xor"}, {"act": "spirals", "f": "relu_squared", "rate": "10"}],
    "neuron": [{"act": "learn"}],
    "bends": [
        {"show": "hand", "n": "12"},
        {"show": "hand", "view": "outside", "f": "threshold"},
        {"show": "train", "f": "gelu"},
        {"f": ["=x*sigmoid(1.7*x)"]},
    ],
    "dying": [{"act": "layer"}, {"act": "step"}],
    "exploding": [{"f": ["=x*sigmoid(1.7*x)"], "clip": "on"}],
    "gate": [{"show": "masks"}, {"show": "dropout"}],
    "normalise": [{"show": "layers", "f": "relu", "layer": "post", "gain": "3"}],
    "output": [{"show": "one"}, {"show": "positive"}, {"show": "train"}],
    "softmax": [{"show": "pair"}, {"show": "log"}],
    "rounding": [{"show": "eight"}],
    "gated": [{"show": "maxout"}, {"show": "clamped"}, {"show": "sparsity"}],
    "race": [{"show": "layers"}, {"show": "rates", "task": "friedman"}],
    "prelu": [{"show": "training"}],
    "vanishing": [{"f": ["sigmoid", "mish", "selu", "gelu"], "depth": "50"}, {"f": ["=x*sigmoid(1.7*x)", "relu"]}],
    "compare": [
        {"f": ["elu", "swish", "threshold"], "less": "elu", "order": "slope"},
        {"f": ["elu", "snake"], "order": "bend"},
        {"f": ["=x*sigmoid(1.7*x)", "elu", "=1/(x-1.03)"]},
    ],
    "inspect": [{"net": "dead"}, {"net": "saturated"}],
    "formula": [{"formula": "1/(x - a) + sqrt(x + b)", "second": "true"}],
}
# Functions share one page: each is opened once, in turn at its defaults and elsewhere.
SETTINGS = [
    (page, query)
    for place, page in enumerate(PAGES)
    for query in ({}, *OTHERS.get(page.path, [{"lang": "zh"}]))
    if page.kind != "functions" or page.path in OTHERS or query == ({}, {"lang": "zh"})[place % 2]
]


RELEASED = 0.1  # of the track, where every slider is released at last


def _chunk() -> str:
    """Streamlit's own Plotly, which is not the version that comes with plotly.py, with stubs for all beside it."""
    (path,) = STATIC.glob("PlotlyChart.*.js")
    source = path.read_text(encoding="utf-8")
    head = re.match(r'(?:import(?:\{[^}]*\}from)?"[^"]+";)+', source)
    assert head, "the chunk begins otherwise than with its imports"
    answers = ", ".join(f"{trap}: () => NOTHING" for trap in ("get", "apply", "construct", "getPrototypeOf"))
    stub = f"const NOTHING = new Proxy(function () {{}}, {{ {answers} }});"
    for names, module in re.findall(r'import(?:\{([^}]*)\}from)?"([^"]+)";', head[0]):
        if "rolldown-runtime" in module:
            stub += f'import{{{names}}}from"{module}";'
        else:
            stub += "".join(f"const {name.split(' as ')[-1]} = NOTHING;" for name in names.split(",") if name)
    return stub + source[head.end() :]


def _answer(route: Route) -> None:
    name = route.request.url.removeprefix(f"{ORIGIN}/")
    if name == "":
        # Our scripts as the guide's own page asks for them.
        (guide,) = re.findall(r'<script src="\./assets/guide[^>]*></script>', shell.dress({}))
        return route.fulfill(body=PAGE.format(guide=guide), content_type="text/html")
    sources = {
        "harness.js": lambda: SCRIPT.read_text(encoding="utf-8"), "plotly.js": _chunk, shell.address(): shell.script
    }  # fmt: skip
    source = sources[name]() if name in sources else (STATIC / name).read_text(encoding="utf-8")
    return route.fulfill(body=source, content_type="text/javascript")


@pytest.fixture(scope="module")
def harness(quick_browser: Browser) -> Page:
    """The page with Plotly, our scripts and nothing else."""
    page = quick_browser.new_page()
    page.route(f"{ORIGIN}/**", _answer)
    page.goto(f"{ORIGIN}/")
    assert page.evaluate("async () => (await import('./plotly.js'), window.Plotly.version)")
    return page


@pytest.mark.parametrize(
    ("page", "query"), SETTINGS, ids=[f"{page.path or 'home'}?{'&'.join(map(str, q.values()))}" for page, q in SETTINGS]
)
def test_a_held_thumb_shows_what_plotly_draws(harness: Page, page: register.Page, query: dict[str, Any]) -> None:
    opened, released = (_at(page, share) for share in (0.75, RELEASED))
    case = record(page.path, {"lang": "en", **(opened if query else {}), **query}, released)
    result = harness.evaluate("(given) => check(given)", case)
    assert result["found"] == []
    # Else two pictures of Plotly's have been compared. A run that diverges gains or loses its map at each of these
    # moves, which is Plotly's to draw.
    assert result["painted"] > 0 or not case["sliders"] or "rate" in query


def _at(page: register.Page, share: float) -> dict[str, str]:
    """All sliders of a page so far along their tracks."""
    return {p.name: f"{p.grid[round(share * (len(p.grid) - 1))]:g}" for p in page.params}
