"""What a page says where no live connection comes about: its question, the answers and the reasons, in plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from pages.shared import words

_SIGNS = {
    "alpha": "α", "beta": "β", "eta": "η", "theta": "θ", "lambda": "λ", "pi": "π", "sigma": "σ", "omega": "ω",
    "Phi": "Φ", "partial": "∂", "le": " ≤ ", "ge": " ≥ ", "ne": " ≠ ", "cdot": " · ", "times": " × ",
    "pm": " ± ", "to": " → ", "infty": "∞",
}  # fmt: skip
_RAISED = str.maketrans("0123456789-−+nx", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺ⁿˣ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_GROUP = r"\{([^{}]*)\}"
_TEX = (
    (re.compile(r"\\(?:mathrm|operatorname|text|mathbb)" + _GROUP), lambda found: found[1]),
    (re.compile(r"\\([A-Za-z]+)(?![A-Za-z]|\{)\s*"), lambda found: _named(found[1])),
    (re.compile(r"\\[,;:! ]|~"), lambda _: ""),
    (re.compile(r"\\[td]?frac" + f"{_GROUP}{_GROUP}"), lambda found: f"{_whole(found[1])}/{_whole(found[2])}"),
    (re.compile(r"\\[td]?frac(\w)" + _GROUP), lambda found: f"{found[1]}/{_whole(found[2])}"),
    (re.compile(r"\\[td]?frac(\w)(\w)"), lambda found: f"{found[1]}/{found[2]}"),
    (re.compile(rf"\\sqrt(?:{_GROUP}|\s*(\w))"), lambda found: f"√{_whole(found[1] or found[2])}"),
    (re.compile(r"\^(?:" + _GROUP + r"|(.))"), lambda found: _raised(found[1] or found[2])),
    (re.compile(r"_(?:" + _GROUP + r"|(.))"), lambda found: (found[1] or found[2]).translate(_LOWERED)),
    (re.compile(r"\s*([<>])\s*"), lambda found: f" {found[1]} "),
    (re.compile(r"-"), lambda _: "−"),
    (re.compile(r"''"), lambda _: "″"),
    (re.compile(r"'"), lambda _: "′"),
)
_MARKDOWN = (
    (re.compile(r":[\w-]+\[([^\]]*)\]"), r"\1"),  # Streamlit's :small[…]
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*|(?<!\*)\*(?=\w)|(?<=\w)\*(?!\*)|`"), ""),
    (re.compile(r"\s+"), " "),
)
_MARK = re.compile(r"\{[a-z]\w+\}")
_WHOLE = re.compile(r"(?<=[.?!])(?=\s+[^\W\d_a-z])|(?<=[。？！])")  # not after "et al."
_SENTENCE = re.compile(r"(?<=[.?!])(?=\s)|(?<=[。？！])")


def block(text: Mapping[str, str], code: str, card: str) -> str:
    """The HTML below title and claim: why there is no more, the picture, the question, and the answer when opened."""
    asked = [number for number in "1234" if f"choice-{number}" in text]
    off, blocked = (escape(words.label_in(code, f"blocked.{why}")) for why in ("script", "connection"))
    parts = [f"<p><noscript>{off}</noscript><i>{blocked}</i></p>", f'<img src="{escape(card)}" alt="" loading="lazy">']
    if asked:
        reveal = escape(words.label_in(code, "answer"))
        choices = "".join(f"<li>{_plain(text[f'choice-{number}'])}" for number in asked)
        reasons = "".join(f"<li>{'✓' if number == text['right'] else '✗'} {_reason(text, number)}" for number in asked)
        parts.append(f"<p>{_plain(text['question'])}</p><ol>{choices}</ol>")
        parts.append(f"<details><summary>{reveal}</summary><ol>{reasons}</ol></details>")
    return f'<div class="cut">{"".join(parts)}</div>'


def readable(text: str) -> str:
    """Markdown and LaTeX as text that can be read."""
    pieces = re.split(r"\$+", text)
    pieces[1::2] = map(_formula, pieces[1::2])
    text = "".join(pieces)
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return text.strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text as they can be read, without those that quote what only the live page has measured."""
    quotable = (each for each in _WHOLE.split(text) if not _MARK.search(each.replace("^{", "")))
    return [sentence for each in quotable if (sentence := readable(each))]


def without_marks(text: str) -> str:
    """A text without the sentences that quote what only the live page has measured."""
    return "".join(each for each in _SENTENCE.split(text) if not _MARK.search(each.replace("^{", "")))


def _plain(text: str) -> str:
    return escape(readable(text), quote=False)


def _reason(text: Mapping[str, str], number: str) -> str:
    return _plain(without_marks(text[f"why-{number}"]))


def _formula(tex: str) -> str:
    for pattern, change in _TEX:
        tex = pattern.sub(change, tex)
    return tex.replace("{", "").replace("}", "")


def _named(name: str) -> str:
    if name in ("frac", "tfrac", "dfrac", "sqrt"):
        return f"\\{name}"
    return _SIGNS.get(name, name if len(name) > 3 else f"{name} ")


def _whole(part: str) -> str:
    return part if len(part) == 1 or part.isdecimal() else f"({part})"


def _raised(power: str) -> str:
    raised = power.translate(_RAISED)
    return raised if not set(power) & set(raised) else f"^{_whole(_formula(power))}"
