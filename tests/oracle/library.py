"""The words as they lie in the files, and what a template says once it is filled; no code of the guide is used."""

import re
import tomllib
from functools import cache
from pathlib import Path

from tests.oracle import blob

TEXT = Path(__file__).parents[2] / "assets" / "text"


@cache
def labels(language):
    return _flat(tomllib.loads((TEXT / language / "ui.toml").read_text(encoding="utf-8")))


def _flat(table, prefix=""):
    flat = {}
    for name, entry in table.items():
        flat |= _flat(entry, f"{prefix}{name}.") if isinstance(entry, dict) else {prefix + name: entry}
    return flat


@cache
def parts(language, name):
    """The parts of one page by id."""
    pieces = re.split(
        r"^<!-- ([\w-]+) -->\s*$", (TEXT / language / f"{name}.md").read_text(encoding="utf-8"), flags=re.M
    )
    return {part: text.strip() for part, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def entitles(language, name, text):
    """Whether ``text`` is the title of that page, whatever numbers it counts."""
    return bool(re.fullmatch(_pattern(parts(language, name)["title"], r"\d+")[1], text))


def unexplained(text):
    """A text without the links that explain its terms."""
    return re.sub(r"\[([^\[\]]*)\]\([^()\s]*glossary\?[^()\s]* \"[^\"]*\"\)", r"\1", text)


def read(template, text):
    """What stands in ``text`` at each {name} of ``template``, in order, as pairs; AssertionError if they differ."""
    names, pattern = _pattern(template, "(.*?)")
    found = re.fullmatch(pattern, unexplained(text), re.S)
    assert found, f"{text!r} is not {template!r}"
    return list(zip(names, found.groups(), strict=True))


def quoted(template, text, placeholders):
    """What ``text`` quotes, as (name, text): each {name} of ``template`` must be under the mark of that name.

    The ``placeholders`` are in the order of the marks. Any other name in braces stands as it is, as {cases} in LaTeX.
    """
    names, pattern = _pattern(template, blob.MARKED.pattern, placeholders)
    found = re.fullmatch(pattern, unexplained(text), re.S)
    assert found, f"{text!r} is not {template!r}"
    codes, texts = found.groups()[::2], found.groups()[1::2]
    assert [placeholders[blob.place(code)] for code in codes] == names
    return list(zip(names, texts, strict=True))


def filled(template, texts):
    """The template with each {name} of ``texts`` replaced by its text."""
    return re.sub(r"\{([a-z_0-9.]+)\}", lambda mark: texts.get(mark[1], mark[0]), template)


def _pattern(template, mark, placeholders=None):
    names, pattern = [], ""
    for k, piece in enumerate(re.split(r"\{([a-z_0-9.]+)\}", template)):
        if k % 2 and (placeholders is None or piece in placeholders):
            names.append(piece)
            pattern += mark
        else:
            pattern += re.escape(f"{{{piece}}}" if k % 2 else piece)
    return names, pattern
