"""What a student hands in: one line of text, which a browser makes and a teacher pastes.

It is JSON after a mark: ``nonlinear1 {"n": name, "l": lesson, "a": {page: choice}, "s": sentences, "u": address}``. In
what was typed the browser spells quotes, braces, ``<`` and ``>`` as ``\\u0022``. So whatever mail programs make
of quotes belongs to the JSON and can be mended, and nobody can type a mark. Nothing of it is stored on the server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

MARK = "nonlinear1"
NAME, SENTENCES, ADDRESS = 60, 600, 1500
"""The longest name, sentences and address, in characters."""
LONGEST, MOST = 300_000, 400  # characters of all lines, and lines
SHOWN = "shown"
"""The answer of a browser that showed the answer before one was chosen."""
CHOICES = ("1", "2", "3", "4")
_BEGINS = re.compile(rf"{MARK}\s*\{{", re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)  # by mail programs
_BREAK = re.compile(r"[ \t]*\r?[\n\r][ \t]*")
_CODE_IN_TWO = re.compile(r"(?<!\\)((?:\\\\)*\\(?:u[0-9a-f]{0,3})?) ")  # by a line break within \u0022
_CURLED = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"') | dict.fromkeys("\u200b\ufeff\u2060") | {"\xa0": " "})
_FORMULA = "=+-@\t\r＝＋－＠"
_LESSON, _PATH = 1500, 60


@dataclass(frozen=True)
class HandIn:
    """A line as it was read; ``answers`` are by page ("home" for the first) a number of ``CHOICES`` or ``SHOWN``."""

    line: int
    name: str
    lesson: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sentences: str = ""
    address: str = ""


@dataclass(frozen=True)
class Problem:
    """What is said of a line: ``kind`` names the sentence, ``name`` is that of the student if it is about one."""

    line: int
    kind: str
    name: str = ""


@dataclass(frozen=True)
class Read:
    """The lines of a class that count, in the order in which they were pasted, and what is said of others."""

    found: tuple[HandIn, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(text: str) -> Read:
    """All lines in a text, whatever stands around them. Of one name the last line counts; without a name each does."""
    if len(text) > LONGEST:
        return Read((), (Problem(0, "long"),))
    text = _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    begins = list(_BEGINS.finditer(text))
    problems = [Problem(0, "many")] if len(begins) > MOST else []
    if text.strip() and not begins:
        problems.append(Problem(0, "none"))
    found: dict[str, HandIn] = {}
    ends = [*(match.start() for match in begins), len(text)][1:]
    for match, end in list(zip(begins, ends, strict=True))[:MOST]:
        line = text.count("\n", 0, match.start()) + 1
        hand = _hand_in(text[match.end() - 1 : end], line)
        if hand is None:
            problems.append(Problem(line, "broken"))
            continue
        key = hand.name.casefold() or f"\n{line}.{match.start()}"
        if key in found:
            problems.append(Problem(found.pop(key).line, "twice", hand.name))
        if not hand.name:
            problems.append(Problem(line, "nameless"))
        found[key] = hand
    return Read(tuple(found.values()), tuple(problems))


def _hand_in(text: str, line: int) -> HandIn | None:
    """What a text begins with; None if that is no JSON of this form."""
    joined = _CODE_IN_TWO.sub(r"\1", _BREAK.sub(_joint, text).translate(_CURLED))
    try:
        said, _ = json.JSONDecoder().raw_decode(joined)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    said = {_bare(name, _PATH): part for name, part in said.items()}
    if not isinstance(said.get("n"), str) or not isinstance(said.get("a", {}), dict):
        return None
    pairs = [(_bare(page, _PATH), _bare(answer, _PATH)) for page, answer in list(said.get("a", {}).items())[:100]]
    answers = {page: answer for page, answer in pairs if answer in (*CHOICES, SHOWN)}
    return HandIn(
        line, _plain(said.get("n"), NAME), _bare(said.get("l"), _LESSON), MappingProxyType(answers),
        _plain(said.get("s"), SENTENCES), _bare(said.get("u"), ADDRESS),
    )  # fmt: skip


def _joint(wrapped: re.Match[str]) -> str:
    """What a line break stands for that a mail program put in: a space, but none within Chinese."""
    text, (start, end) = wrapped.string, wrapped.span()
    around = text[start - 1 : start] + text[end : end + 1]
    return "" if len(around) == 2 and all("\u2e80" <= letter <= "\uffef" for letter in around) else " "


def _plain(said: Any, longest: int) -> str:
    """A text on one line, cut, without characters that cannot be printed."""
    text = "".join(letter if letter.isprintable() else " " for letter in said) if isinstance(said, str) else ""
    return " ".join(text.split())[:longest].strip()


def _bare(said: Any, longest: int) -> str:
    """A code or an address, in which no space can be: one that is there has been put in."""
    return _plain(said, longest).replace(" ", "")


def counts(found: Iterable[HandIn], page: str) -> dict[str, int]:
    """How many have each answer on a page: one of ``CHOICES``, or ``SHOWN``."""
    given = [hand.answers.get(page) for hand in found]
    return {answer: given.count(answer) for answer in (*CHOICES, SHOWN)}


def csv(rows: Iterable[Sequence[str]]) -> str:
    """A table for a spreadsheet: every cell between quotes, and none that begins as a formula does."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(text: str) -> str:
    safe = f"'{text}" if text.lstrip()[:1] and text.lstrip()[0] in _FORMULA else text
    return '"{}"'.format(safe.replace('"', '""'))
