"""The table and the CSV of a picture hold the points that are drawn and nothing else: labels are no rows of it.

The script runs in the Node that comes with Playwright, without a browser.
"""

import json
import math
import shutil
import subprocess
from collections import Counter

import numpy as np
import pytest
from playwright._impl._driver import compute_driver_executable

from tests.oracle.drawing import decoded
from tests.oracle.source import ROOT
from tests.scenes import describe

WORDS = {"what": "what", "axis": "{axis} axis", "of": "{scale} of {title}"}
RUN = """
import { readFileSync } from "node:fs";
import { drawnRows } from "./rows.js";
const { plots, words } = JSON.parse(readFileSync(0, "utf-8"));
const read = (values) => values.map((value) => (Array.isArray(value) ? read(value) : value ?? NaN));
const answer = plots.map(({ traces, layout }) => {
  for (const trace of traces) for (const axis of ["x", "y", "z"]) if (trace[axis]) trace[axis] = read(trace[axis]);
  const plot = { _fullData: traces, _fullLayout: layout, layout };
  return drawnRows({ flush: () => plot, sliders: [], frame: {} }, words);
});
console.log(JSON.stringify(answer));
"""


def array(trace, axis):
    """The numbers of a trace along an axis, of a heat map's z in rows."""
    if axis == "z":
        return decoded({key: trace["z"][key] for key in ("dtype", "bdata")}).reshape(len(array(trace, "y")), -1)
    return np.asarray(decoded(trace[axis]), dtype=float)


def plain(values):
    """Nested lists of numbers for JSON, which has no NaN."""
    if isinstance(values, np.ndarray):
        values = values.tolist()
    return [plain(v) if isinstance(v, list) else v if math.isfinite(v) else None for v in values]


def plot(spec):
    """A figure as Plotly has drawn it, as far as the script reads it."""
    traces = []
    for trace in spec["data"]:
        numbers = {axis: plain(array(trace, axis)) for axis in "xyz" if axis in trace}
        attributes = {key: trace[key] for key in ("name", "meta", "type", "mode") if key in trace}
        axes = {axis: trace.get(axis, axis[0]) for axis in ("xaxis", "yaxis")}
        traces.append({"visible": trace.get("visible", True), **attributes, **axes, **numbers})
    layout = json.loads(json.dumps(spec["layout"], default=str))
    for name, axis in layout.items():
        if name[1:5] == "axis":
            axis |= {"_name": name}
            axis["title"] = axis.get("title") if isinstance(axis.get("title"), dict) else {"text": axis.get("title")}
    return {"traces": traces, "layout": layout}


def points(spec):
    """How many points are drawn in each trace that is no label, by what the reader calls it."""
    found = Counter()
    for trace in spec["data"]:
        hidden = trace["name"].startswith("guess_") and trace.get("visible", True) is not True
        if trace.get("mode") == "text" or hidden or trace["name"].endswith("_lead"):
            continue
        x, y = array(trace, "x"), array(trace, "y")
        drawn = len(x) * len(y) if "z" in trace else int(np.isfinite(x + y).sum())
        found[trace["meta"]] += drawn
    return +found


@pytest.fixture(scope="module")
def pictures():
    """Each figure with its page."""
    describe.words.speak("en")
    found = []
    for page, scene in describe.SCENES:
        shown = scene.at({param.name: describe.default_of(param) for param in scene.params})
        found.append((page, scene.figure(shown.arrays, shown.texts, False).to_dict()))
    return found


@pytest.fixture(scope="module")
def tables(pictures, tmp_path_factory):
    """The rows of each figure."""
    folder = tmp_path_factory.mktemp("rows")
    for name in ("rows.js", "plotly_internals.js"):
        shutil.copy(ROOT / "assets" / name, folder / name)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "run.js").write_text(RUN, encoding="utf-8")
    node, _ = compute_driver_executable()
    stdin = json.dumps({"plots": [plot(spec) for _, spec in pictures], "words": WORDS})
    done = subprocess.run([node, "run.js"], cwd=folder, input=stdin, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_each_drawn_point_is_a_row_and_no_label_is(pictures, tables):
    for (page, spec), (_, *rows) in zip(pictures, tables, strict=True):
        assert Counter(row[0] for row in rows) == points(spec), page.path


def test_all_but_the_first_column_and_those_of_axes_are_numbers(pictures, tables):
    for (page, spec), (head, *rows) in zip(pictures, tables, strict=True):
        width = 4 if any("z" in trace for trace in spec["data"]) else 3
        assert all(len(row) == len(head) for row in rows), page.path
        cells = {cell if isinstance(cell, str) or cell is None else "" for row in rows for cell in row[1:width]}
        assert cells == {""}, page.path
        assert all(isinstance(cell, str) for row in rows for cell in (row[0], *row[width:])), page.path
