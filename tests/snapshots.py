"""Everything that pages send to a browser, at many addresses, saved before a change and compared after it.

``python -m tests.snapshots save FILE`` opens every page at its defaults and at other settings, in both languages, and
saves each text, each chart and the decoded sweep of every slider. ``python -m tests.snapshots compare FILE`` opens the
same addresses again and prints what differs. ``--only elu,vanishing`` limits both to some pages, by path.
"""

import argparse
import json
import pickle
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path.cwd()))
from tests.oracle.visitor import Visit

FUNCTIONS = ("elu", "relu", "snake", "threshold", "xielu", "sigmoid", "prelu", "hard_tanh", "rrelu", "softplus")
# Queries by path; every page is opened at its defaults in both languages besides.
SETTINGS = {
    "": ["layers=1", "layers=20", "present=1"],
    "basics": ["f=tanh&pass=backward", "neuron=h2&x1=-1.5", "neuron=out&x2=2", "f=sigmoid&neuron=h3&pass=backward"],
    "neuron": ["act=learn", "act=learn&task=or&start=b&t=17", "w1=-3&w2=2.5&b=1", "task=or&w1=0"],
    "collapse": [
        "f=tanh&depth=4&w=1.5",
        "f=relu&depth=0",
        "act=xor&f=relu",
        "act=spirals&f=tanh&hidden=2&t=20",
        "act=xor&rate=10&f=sine&seed=2",
    ],
    "bends": ["show=hand&f=gelu&k3=0.4", "show=train&units=12&t=30", "f=tanh&target=step&view=outside&n=9"],
    "vanishing": [
        "w=4",
        "f=sigmoid&f=tanh&f=relu&f=gelu&depth=50",
        "of=weights&w=2&f=sigmoid&f=relu",
        "depth=20&w=0",
        "f=relu&input=-0.5&b=0.2",
        "depth=50&w=8&b=-4&rate=1&ledger=relu",
        "f=selu&f=sine&present=1",
    ],
    "exploding": ["f=tanh&g=1.5", "f=selu", "clip=on&g=2.5", "depth=20&chain=100", "f=sigmoid"],
    "normalise": [
        "layer=before&norm=layer",
        "f=relu&layer=skip&gain=0.5",
        "f=binary_step&layer=pre&depth=20",
        "show=layers&at_layer=20",
    ],
    "centred": ["c=2", "f=sigmoid&by=one&t=7", "f=relu&r=1.3", "f=tanh&c=1&r=0.5&by=one"],
    "dying": [
        "act=zone&b=-2",
        "act=layer",
        "act=layer&rate=0.1&seed=2&t=20",
        "t=30&step=2",
        "act=step&leak=0.2&floor=0.5&t=9",
    ],
    "gate": ["show=wander", "show=masks", "seed=2&x0=0.5", "show=dropout", "p=0.7&q=0.2"],
    "approximations": ["format=bfloat16", "x0=2.5", "format=float32&x0=-4"],
    "rounding": ["pair=tanh&format=float32", "pair=gelu", "x=5&format=float64", "pair=softplus&x=-20"],
    "softmax": ["show=pair", "show=log", "show=pair&T=0.5", "z1=3&T=2", "show=log&z1=-2"],
    "gated": ["show=maxout", "show=geglu", "show=glu&u=2", "show=reglu&g=-1"],
    "race": ["task=friedman&t=49", "show=layers&of=relu", "show=rates&of=relu_squared&t=30"],
    "cost": ["view=writing", "n=5", "view=writing&n=6.5"],
    "choose": ["by=range", "layers=20", "role=gate", "by=name"],
    "myths": ["card=softmax", "card=relu", "card=depth"],
    "compare": [
        "f=relu&f=elu&elu.alpha=2",
        "f=gelu&f=swish&order=slope",
        "f=tanh&f=sigmoid&less=tanh",
        "by=bounded&last=true",
        "order=bend",
    ],
    "questions": ["q=which-function"],
    "glossary": ["q=gradient"],
    "prelu": ["show=training", "show=training&t=20&target=b"],
}


def addresses(paths, params):
    """Each path with the queries at which it is opened."""
    for path in paths:
        for language in ("en", "zh"):
            yield path, {"lang": language}
        for query in SETTINGS.get(path, []):
            pairs = [part.split("=") for part in query.split("&")]
            yield path, {name: [v for k, v in pairs if k == name] for name, _ in pairs} | {"lang": ["en"]}
        yield path, {"lang": "en", "predict": "1"}
        if path in FUNCTIONS:
            for share in (0.0, 0.31, 1.0):
                at = {p.name: [str(p.grid[int(share * (len(p.grid) - 1))])] for p in params[path]}
                yield path, {"lang": "zh" if share == 1 else "en", "second": "true", **at}


def spoken(value):
    """A text without the numbering of marks, the version of the scripts and what differs from visit to visit."""
    value = re.sub("\u2063[\u2061\u2062\u2064]{4}([^\u2063]*)\u2063", r"⟦\1⟧", value)
    return value


def seen(visit):
    """All elements in their order, by name."""
    found = {}
    texts = [("markdown", spoken(element.value)) for element in visit.at.markdown]
    texts += [("title", element.value) for element in visit.at.title]
    texts += [("html", spoken(element.proto.body)) for element in visit.at.get("html")]
    texts += [("code", element.value) for element in visit.at.code]
    texts += [("expander", element.label) for element in visit.at.expander]
    for kind in (
        "slider",
        "select_slider",
        "selectbox",
        "multiselect",
        "toggle",
        "button",
        "button_group",
        "text_area",
    ):
        for element in visit.at.get(kind):
            texts.append((kind, f"{getattr(element, 'label', '')}|{element.key}|{getattr(element, 'value', '')}"))
    found["texts"] = texts
    charts = []
    for chart in visit.at.get("plotly_chart"):
        charts.append((chart.proto.id.rsplit("-", 1)[-1], json.loads(chart.proto.spec), spoken(chart.proto.alt)))
    found["charts"] = charts
    sweeps = []
    from tests.oracle.blob import Blob

    for part in visit.at.get("bidi_component"):
        if part.proto.component_name != "live":
            continue
        blob = Blob(part.proto.bytes)
        head = {
            k: v
            for k, v in blob.head.items()
            if k
            not in (
                "version",
                "session",
                "sliders",
                "exporting",
                "typing",
                "rounded",
                "keeps",
                "typed",
                "said",
                "now",
                "names",
                "texts",
                "room",
                "page",
            )
        }
        texts_at_rest = blob.now
        sliders = {
            key: {
                "low": s.low,
                "step": s.step,
                "value": s.value,
                "rows": {k: np.float32(v) for k, v in s.rows.items()},
                "texts": s.texts,
            }
            for key, s in blob.sliders.items()
        }
        sweeps.append({"head": head, "now": texts_at_rest, "sliders": sliders})
    found["sweeps"] = sweeps
    return found


def is_constant(rows):
    """Whether all rows of an array, or all texts of a list, are the same."""
    if isinstance(rows, np.ndarray):
        return rows.ndim == 2 and all(np.array_equal(row, rows[0], equal_nan=True) for row in rows)
    return isinstance(rows, list) and all(isinstance(text, str) and text == rows[0] for text in rows)


def differences(before, after, path="", quantum=None):
    """Where two values differ, as lines."""
    if isinstance(before, np.ndarray) or isinstance(after, np.ndarray):
        if np.shape(before) != np.shape(after):
            yield f"{path}: shape {np.shape(before)} -> {np.shape(after)}"
        elif not np.allclose(before, after, rtol=1e-6, atol=1e-9, equal_nan=True):
            off = np.nanmax(np.abs(np.float64(before) - np.float64(after)))
            yield f"{path}: values differ by up to {off:.3g} of a span of {np.nanmax(before) - np.nanmin(before):.3g}"
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(k for k in after if k not in before)]:
            if key not in after and is_constant(before[key]):
                continue  # a sweep may leave out what its slider does not move
            if key not in after or key not in before:
                yield f"{path}.{key}: only {'before' if key in before else 'after'}"
            else:
                yield from differences(before[key], after[key], f"{path}.{key}")
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        if len(before) != len(after):
            yield f"{path}: {len(before)} -> {len(after)} entries"
        for k, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from differences(one, other, f"{path}[{k}]")
    elif before != after and not (before != before and after != after):
        yield f"{path}: {str(before)[:300]!r} -> {str(after)[:300]!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["save", "compare"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--most", type=int, default=12, help="lines printed per address")
    chosen = parser.parse_args()
    pages, params = registered()
    only = chosen.only.split(",") if chosen.only else pages
    only = ["" if path == "home" else path for path in only]
    saved = pickle.loads(chosen.file.read_bytes()) if chosen.what == "compare" else {}
    wrong = 0
    for path, query in addresses(only, params):
        name = f"/{path}?" + "&".join(f"{k}={','.join(v) if isinstance(v, list) else v}" for k, v in query.items())
        visit = Visit()
        try:
            found = seen(visit.ask(path, query))
        except Exception as error:
            found = {"error": repr(error)[:500]}
            print(name, found)
        if chosen.what == "save":
            saved[name] = found
            if "error" in found:
                print(name, found)
            continue
        lines = list(differences(saved[name], found))
        wrong += bool(lines)
        for line in lines[: chosen.most]:
            print(f"{name} {line}")
        if len(lines) > chosen.most:
            print(f"{name} … {len(lines)} in all")
    if chosen.what == "save":
        chosen.file.write_bytes(pickle.dumps(saved))
    print(f"{len(saved)} addresses saved, {wrong} differ")
    sys.exit(bool(wrong))


def registered():
    """The paths of all pages, and the sliders of each."""
    try:
        from pages.register import PAGES as pages
    except ImportError:
        from pages.rooms import ROOMS as pages
    return [page.path for page in pages], {page.path: (*page.params, *page.later) for page in pages}


if __name__ == "__main__":
    main()
