"""The question of a page as its HTML and Markdown hold it: read back without any code of the guide."""

import json
import re
from dataclasses import dataclass
from html import unescape

from tests.oracle.blob import plain


@dataclass(frozen=True)
class Asked:
    """What a page asks: ``facts`` are data attributes for the script, ``choices`` and ``reasons`` are by number."""

    facts: dict
    text: str
    choices: dict
    reasons: dict

    @property
    def answer_state(self):
        """The setting that shows the answer."""
        return json.loads(self.facts["answer-state"])


def asked(page):
    """The question of an opened page, None where it asks nothing."""
    found = re.search(r"<div class='nl-question' ([^>]*)>", page.html)
    if not found:
        return None
    facts = {name: unescape(text) for name, text in re.findall(r"data-([\w-]+)='([^']*)'", found[1])}
    (text,) = _block(page.at.main, "question").markdown
    _, question, *paragraphs = plain(text.value).split("\n\n")
    choices = dict(re.fullmatch(r"1\. \[(.*)\]\(#answer-(\d)\)", choice).groups()[::-1] for choice in paragraphs[::2])
    return Asked(facts, question, choices, dict(zip(choices, map(str.strip, paragraphs[1::2]), strict=True)))


def curtains(page):
    """What lies under a curtain: by the end of its key the label and the block of elements."""
    return {
        key: (unescape(re.search(r"<div class='nl-curtain'[^>]*><span>(.*?)</span>", _markup(block))[1]), block)
        for key, block in _blocks(page.at.main, "curtain-")
    }


def highlighted_preset(page, presets):
    """Which of the presets with this key is highlighted, counted from 1; 0 if none is."""
    ((key, _),) = _blocks(page.at.main, f"{presets}-highlight-")
    return int(key.rpartition("-")[2])


def _blocks(node, prefix):
    for child in node.children.values():
        key = getattr(getattr(child, "proto", None), "id", "").split("-", 2)[-1]
        if key.startswith(prefix):
            yield key, child
        elif hasattr(child, "children"):
            yield from _blocks(child, prefix)


def _markup(block):
    return "".join(html.proto.body for html in block.get("html"))


def _block(node, key):
    """The container with this key below a node."""
    for child in node.children.values():
        if getattr(getattr(child, "proto", None), "id", "").endswith(f"-{key}"):
            return child
        if hasattr(child, "children"):
            found = _block(child, key)
            if found is not None:
                return found
    return None
