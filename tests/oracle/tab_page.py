"""A page with several tabs as a reader meets it."""

from tests.oracle import library
from tests.oracle.drawing import decoded


def drawn(page):
    """Each array of the chart by name; a heat map lies end to end."""
    found = {}
    for trace in page.spec["data"]:
        for axis in ("x", "y", "z") if "z" in trace else ("x", "y"):
            given = {key: value for key, value in trace[axis].items() if key != "shape"}
            found[f"{trace['name']}.{axis}"] = decoded(given)
    return found


def labels(page):
    return {f"{trace['name']}.text": trace["text"][0] for trace in page.spec["data"] if trace.get("mode") == "text"}


def quoted(page, sentences, alt):
    """What the sentences and the alt text quote, by name; each of them is where its words say."""
    now, names = page.blob.now, page.blob.head["names"]
    beside = next(element.value for element in page.at.markdown if "\u2063" in element.value).split("\n\n")[0]
    found = library.quoted("  \n".join(sentences), beside, names) + library.quoted(alt, page.alt, names)
    assert all(text == now[name] for name, text in found)
    return now
