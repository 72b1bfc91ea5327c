"""What is printed about the timings: quotes for sentences, the code that was timed, and what was measured here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from activations.experiments import cost, sparsity
from activations.experiments.cost import BACK, BACKWARD, FORWARD, LINES, LIVE, Timings
from pages.shared import words
from pages.topics.cost import picture
from pages.topics.cost.picture import FUNCTIONS, Seen, digits, mark, times

SIZES = {"k": 3.0, "m": 6.0, "t": 7.0}  # a thousand values, a million, ten million


@lru_cache(maxsize=1)
def quoted() -> dict[str, str]:
    """Recorded costs that do not follow the slider, by name: ``m_gelu`` nanoseconds, ``mx_gelu`` times ReLU's."""
    kept = cost.recorded()
    told = {"passes": str(kept.passes), **(kept.about or {})}
    for letter, size in SIZES.items():
        for line in LINES:
            told[f"{letter}_{mark(line)}"] = digits(kept.at(line, size))
            told[f"{letter}x_{mark(line)}"] = times(kept.ratio(line, size))
    for line, to in _PAIRS:
        told[f"m_{line}_to_{to}"] = times(kept.ratio(line, SIZES["m"], to))
    return told


_PAIRS = (
    ("cube_power", "cube_product"),
    ("gelu_tanh_power", "gelu_tanh_product"),
    ("gelu", "gelu_tanh_product"),
    ("sigmoid", "sigmoid_exp"),
)


def alt(text: words.Words, seen: Seen, marks: Mapping[str, str]) -> str:
    """The picture in words: every cost that is drawn."""
    said, template = [], text["alt-row" if seen.view == FUNCTIONS else "alt-writing"]
    for row in picture.rows(seen.view, seen.language):
        costs = {"name": row.name, "forward": marks[f"ns_{mark(row.line)}"]}
        if seen.view == FUNCTIONS:
            costs["backward"] = marks[f"ns_{mark(row.line + BACK)}"]
        said.append(words.format(template, **costs))
    return f"{words.format(text['alt'], **marks)} {'; '.join(said)}"


def code(text: words.Words, marks: Mapping[str, str]) -> str:
    """The lines that were timed, each with its cost at the size where the slider stands, and what their names mean."""
    head = [text[f"code-{column}"] for column in ("function", "forward", "ns", "backward", "ns")]
    rows = [head, ["---", "---", "--:", "---", "--:"]]
    for row in picture.rows(FUNCTIONS, words.language()):
        costs = [marks[f"ns_{mark(line)}"] for line in (row.line, row.line + BACK)]
        rows.append([row.name, f"`{FORWARD[row.line]}`", costs[0], f"`{BACKWARD[row.line]}`", costs[1]])
    table = "\n".join(_row(*cells) for cells in rows)
    return f"{words.format(text['code'], **marks)}\n\n{table}"


def beside(text: words.Words, here: Timings) -> str:
    """What was measured here, and what was recorded in brackets: a row a function, a column a size."""
    kept = cost.recorded()
    head = [text["code-function"], *(f"10{str(round(size)).translate(words.SUPERSCRIPT)}" for size in LIVE)]
    rows = [head, ["---", *["--:"] * len(LIVE)]]
    for row in picture.rows(FUNCTIONS, words.language()):
        pairs = [(here.at(row.line, size), kept.at(row.line, size)) for size in LIVE]
        rows.append([row.name, *(f"**{_known(mine)}** ({digits(theirs)})" for mine, theirs in pairs)])
    return "\n".join(_row(*cells) for cells in rows)


def zeros(text: words.Words) -> str:
    """Whether the zeros of a ReLU save time, as it was measured."""
    found = sparsity.found()
    rows = zip(found.zeros, found.dense, found.compressed, strict=True)
    lines = [f"| {100 * share:g} % | {dense:.1f} | {compressed:.1f} |" for share, dense, compressed in rows]
    table = "\n".join([text["zeros-columns"], "|--:|--:|--:|", *lines])
    return f"{text['zeros']}\n\n{table}\n\n:small[{words.format(text['zeros-where'], where=found.where)}]"


def result(text: words.Words, here: Timings, age: float) -> str:
    """How long ago something was measured here, with how much work, and what came out."""
    size = max([size for size in LIVE if np.isfinite(here.ratio("gelu", size))], default=LIVE[0])
    long = text["age-minutes" if age >= 60 else "age-seconds"]
    said = {"age": words.format(long, age=f"{age / 60 if age >= 60 else age:.0f}"), "spent": f"{here.spent:.1f}"}
    said |= {"passes": str(here.passes), "n": f"10{str(round(size)).translate(words.SUPERSCRIPT)}"}
    said |= {"gelu": times(here.ratio("gelu", size)), "recorded": times(cost.recorded().ratio("gelu", size))}
    return words.format(text["result" if here.passes else "result-stopped"], **said)


def _known(value: float) -> str:
    return digits(value) if np.isfinite(value) else "–"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
