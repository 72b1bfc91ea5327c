r"""Questions in Moodle's GIFT format: HTML with formulas between \( and \), which Moodle's MathJax filter reads.

What Moodle does with each sign is in ``question/format/gift/format.php`` of its source.
"""

from __future__ import annotations

from collections.abc import Sequence

from pages.shared import words
from serving.course.questions import Choice, Question, html, see, tex

# A backslash comes first, as those that are put before the other signs must stay single.
_SIGNS = "\\~=#{}:"


def write(questions: Sequence[Question], code: str) -> bytes:
    """The file: the questions of each group in a category of its own."""
    parts, group = [f"// {words.name(code)}: {words.label_in(code, 'course.licence')}"], ""
    for question in questions:
        if question.group != group:
            group = question.group
            parts.append(f"$CATEGORY: $course$/top/{_category(words.name(code))}/{_category(group)}")
        parts.append(_question(question, code))
    return "\n\n".join(parts).encode() + b"\n"


def _question(question: Question, code: str) -> str:
    lines = [
        f"// [id:{question.id}]",
        f"::{_escaped(question.title)}::[html]{_text(question.text)}{{",
        *(_judged(question.choices) if question.judged else map(_choice, question.choices)),
    ]
    link = see(question, code)
    return "\n".join([*lines, *([f"####{_escaped(link)}"] if link else []), "}"])


def _choice(choice: Choice) -> str:
    return f"{'=' if choice.right else '~'}{_text(choice.text)}#{_text(choice.reason)}"


def _judged(choices: Sequence[Choice]) -> list[str]:
    """Whether the sentence is true, as the first of the two choices says; the reason of the wrong one comes first."""
    wrong, right = sorted(choices, key=lambda choice: choice.right)
    return [f"{'TRUE' if choices[0].right else 'FALSE'}#{_text(wrong.reason)}#{_text(right.reason)}"]


def _text(text: str) -> str:
    return _escaped(html(text, tex))


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)


def _category(name: str) -> str:
    return _escaped(name.replace("/", "//"))
