"""Words of a page in the reader's language; a missing word falls back to another language, never breaks."""

from __future__ import annotations

import math
import re
import threading
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGES = {"en": "English", "zh": "简体中文"}
TAGS = {"en": "en", "zh": "zh-CN"}
_TEXT = Path(__file__).parents[2] / "assets" / "text"
_counts: dict[str, int] = {}  # numbers that titles and claims may name
_spoken = threading.local()  # asked for a hundred times a run, and a thread that runs scripts serves one visitor
_MARK = re.compile(r"^<!-- ([\w-]+) -->\s*$", re.MULTILINE)
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def settle_language() -> str:
    """The language of the link, else the one chosen before, else the browser's; remembered for this session."""
    asked = st.query_params.get("lang")
    # The locale is only the first of the languages that the header lists.
    browser = preferred_language(st.context.headers.get("Accept-Language") or st.context.locale or "")
    chosen = asked if asked in LANGUAGES else st.session_state.get("language", browser)
    st.session_state["language"] = chosen
    _spoken.code = str(chosen)
    return str(chosen)


def preferred_language(accepted: str) -> str:
    """The code of the language that an ``Accept-Language`` header prefers among ours; English if it has none of them.

    Of languages with the same quality the first counts, as browsers list the best first.
    """
    qualities: dict[str, float] = {}
    for item in accepted.replace(" ", "").lower().split(","):
        tag, _, quality = item.partition(";q=")
        code = tag.partition("-")[0]
        try:
            known = float(quality or 1)
        except ValueError:
            continue
        if code in LANGUAGES and known > 0:
            qualities[code] = max(known, qualities.get(code, 0.0))
    return max(qualities, key=qualities.__getitem__, default="en")


def speak(code: str) -> None:
    """Use a language in this thread, where there is no visit that would say it: in tests and commands."""
    _spoken.code = code


def language() -> str:
    """The code of the reader's language."""
    found = getattr(_spoken, "code", None) or str(st.session_state.get("language", "en"))
    if get_script_run_ctx(suppress_warning=True):
        _spoken.code = found
    return found


def ui(label: str, /, **values: object) -> str:
    """A label in the reader's language."""
    return label_in(language(), label, **values)


def label_in(code: str, label: str, /, **values: object) -> str:
    """A label in a language."""
    for each in (code, *LANGUAGES):
        if label in _labels(each):
            return format(_labels(each)[label], **values)
    return label.rsplit(".", 1)[-1].replace("_", " ")


def labels() -> list[str]:
    """The names of all labels."""
    return list(_labels("en"))


def has(label: str) -> bool:
    """Whether there is such a label, in whatever language."""
    return any(label in _labels(code) for code in LANGUAGES)


def group(prefix: str) -> dict[str, str]:
    """All labels ``prefix.*`` by what follows the dot."""
    return {name.partition(".")[2]: ui(name) for name in _labels("en") if name.startswith(f"{prefix}.")}


class Words(Mapping[str, str]):
    """The parts of one page by id: in the reader's language, else in another one, else empty."""

    def __init__(self, name: str, code: str) -> None:
        self._parts: dict[str, str] = {}
        for language_code in (*reversed(LANGUAGES), code):
            self._parts |= _cut(language_code, name)
        self._parts |= {
            part: format(self._parts[part], **_counts) for part in ("title", "claim") if part in self._parts
        }

    def __getitem__(self, part: str) -> str:
        return self._parts.get(part, "")

    def __contains__(self, part: object) -> bool:
        # Asked for, an unknown part is empty; it is not there for that.
        return part in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def page(name: str, code: str | None = None) -> Words:
    """The words of a page, e.g. ``functions/elu``, in the reader's language or in the one given."""
    return _page(name, code or language())


def title(slug: str, longest: int = 28) -> str:
    """What a function is called in the reader's language; a formula, after an equals sign, is called by itself.

    It is cut after ``longest`` characters, and has none that Markdown or HTML would read otherwise.
    """
    if not slug.startswith("="):
        return page(f"functions/{slug}")["title"]
    spelled = slug[1:].replace("**", "^").replace("*", "·").replace("-", "−").replace("<", "＜").replace(">", "＞")
    return spelled if len(spelled) <= longest else f"{spelled[: longest - 1]}…"


def set_counts(**counts: int) -> None:
    """Give the numbers that the title and the claim of a page may name, as in "{functions} functions"."""
    _counts.update(counts)
    _page.cache_clear()


@lru_cache(maxsize=256)
def _page(name: str, code: str) -> Words:
    return Words(name, code)


def name(code: str) -> str:
    """What the guide is called in a language."""
    return label_in(code, "name")


def format(text: str, /, **values: object) -> str:
    """Put values into {name} marks; braces that name no value, as in LaTeX, stay."""
    return re.sub(r"\{(\w+)\}", lambda mark: str(values.get(mark[1], mark[0])), text) if values else text


def number(value: float, form: str) -> str:
    """A number as it is printed; the browser prints the same while a slider moves.

    ``form`` is "count", a number of decimals, or "power": ``value`` is then log10 of the magnitude to print.
    """
    if form == "count":
        return str(round(value))
    if form != "power":
        text = f"{value:.{int(form)}f}"
        return text.replace("-", "" if float(text) == 0 else "−")
    if value == -math.inf:
        return "0"
    if -3 <= value < 2.99:
        return f"{10**value:#.3g}".rstrip(".")
    exponent = math.floor(value)
    digits = f"{10 ** (value - exponent):.2f}"
    if digits == "10.00":
        digits, exponent = "1.00", exponent + 1
    return digits + _times_ten(exponent)


@lru_cache(maxsize=1024)
def _times_ten(exponent: int) -> str:
    return f"·10{str(exponent).translate(SUPERSCRIPT)}"


def power(size: float) -> str:
    """A magnitude with three digits, as a power of ten where it is large or small; 0 is exactly 0."""
    return number(math.log10(size) if size else -math.inf, "power")


def table(*rows: Sequence[str], left: Collection[int] = (0,)) -> str:
    """A table of Markdown; the first row is its head, and all columns but those of these indices are aligned right."""
    lines = [rows[0], ["---" if k in left else "--:" for k in range(len(rows[0]))], *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def numbers(values: Iterable[float], decimals: int) -> list[str]:
    """Many numbers as ``number`` prints them with that many decimals, at a tenth of the time."""
    listed = tuple(values)
    text = (f"%.{decimals}f\n" * len(listed)) % listed
    zero = f"{0:.{decimals}f}\n"
    return text.replace(f"-{zero}", zero).replace("-", "−").splitlines()


def exact(values: Iterable[float], decimals: int) -> list[str]:
    """The same, but 0 only for 0: a number that would round to 0 is printed as a power of ten."""
    listed, least = list(values), 0.5 * 10.0**-decimals
    pairs = zip(listed, numbers(listed, decimals), strict=True)
    return [_tiny(value) if abs(value) < least else text for value, text in pairs]


def _tiny(value: float) -> str:
    size = number(math.log10(abs(value)) if value else -math.inf, "power")
    return f"−{size}" if value < 0 else size


def whole(value: float) -> bool:
    """Whether a number is whole but for its last digits: a limit beside a jump is read at the neighbouring float."""
    return math.isclose(value, round(value), rel_tol=1e-12, abs_tol=1e-12)


def short(value: float) -> str:
    """A number with four decimals, a whole one without, infinity as its sign."""
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    return number(value, "0" if whole(value) else "4")


def interval(low: float, high: float, closed_low: bool, closed_high: bool) -> str:
    """An interval with its ends printed, e.g. [−0.1700, ∞)."""
    return f"{'[' if closed_low else '('}{short(low)}, {short(high)}{']' if closed_high else ')'}"


@lru_cache
def _labels(code: str) -> Mapping[str, str]:
    path = _TEXT / code / "ui.toml"
    return _flat(tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, entry in table.items():
        flat |= _flat(entry, f"{prefix}{name}.") if isinstance(entry, dict) else {prefix + name: entry}
    return flat


@lru_cache
def _cut(code: str, name: str) -> Mapping[str, str]:
    path = _TEXT / code / f"{name}.md"
    pieces = _MARK.split(path.read_text(encoding="utf-8")) if path.is_file() else []
    return {part: text.strip() for part, text in zip(pieces[1::2], pieces[2::2], strict=True)}
