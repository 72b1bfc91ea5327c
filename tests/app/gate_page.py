"""The page of the gate as a reader meets it, and what is drawn and printed there."""

import base64

import numpy as np

from activations.experiments import gate
from tests.oracle import library
from tests.oracle.visitor import Visit

TABS = {"gate": "draws", "masks": "repeats"}
X, TIMES = gate.X.grid, np.arange(61)


def opened(tab="gate", language="en", **query):
    return Visit().go("gate", {"lang": language, "show": tab, "predict": "0", **{k: str(v) for k, v in query.items()}})


def drawn(page):
    """Each array of the chart by name."""
    given = {f"{trace['name']}.{axis}": trace[axis]["bdata"] for trace in page.spec["data"] for axis in "xy"}
    return {name: np.frombuffer(base64.b64decode(data), "<f4").astype(float) for name, data in given.items()}


def labels(page):
    return {f"{trace['name']}.text": trace["text"][0] for trace in page.spec["data"] if "text" in trace}


def number(value, digits):
    text = f"{value:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def quoted(page, tab, language):
    """What the sentences beside the sliders and the description quote, each name once and always the same."""
    words, names = library.parts(language, "topics/gate"), page.blob.head["names"]
    beside = next(element.value for element in page.at.markdown if "\u2063" in element.value)
    found = library.quoted(words[f"read-{tab}"], beside, names) + library.quoted(words[f"alt-{tab}"], page.alt, names)
    values = {name: {text for other, text in found if other == name} for name, _ in found}
    assert all(len(texts) == 1 for texts in values.values())
    return {name: texts.pop() for name, texts in values.items()}
