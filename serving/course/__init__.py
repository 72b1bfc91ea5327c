"""The guide's questions as files for a course site: one for each format and language, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pages.shared import words
from serving import settings
from serving.course import anki, gift, qti
from serving.course.questions import Question, collect

ZIP = "application/zip"
"""The media type of what is compressed already."""
_FORMATS: Mapping[str, tuple[Callable[[Sequence[Question], str], bytes], str]] = {
    "gift.txt": (gift.write, "text/plain"),
    "qti.zip": (qti.write, ZIP),
    "anki.txt": (anki.write, "text/plain"),
}
FILES = {f"nonlinear-{code}.{form}": (code, form) for form in _FORMATS for code in words.LANGUAGES}
"""Language and format by the name of the file."""


# In each are all questions of a language, with links to the guide as this visitor found it.
@lru_cache(maxsize=16)
def file(name: str, root: str) -> bytes:
    """The file of this name; its links lead to the guide at ``root``, and without one there are none."""
    code, form = FILES[name]
    return _FORMATS[form][0](collect(code, root), code)


def kind(name: str) -> str:
    """The media type of a file."""
    return _FORMATS[FILES[name][1]][1]


def save(folder: Path) -> None:
    """Write all files into a folder; links lead to the public address, if it is set."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_bytes(file(name, settings.current().public_address))
        print(folder / name)
