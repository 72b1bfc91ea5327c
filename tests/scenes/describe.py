"""A figure in words: each axis with its place, ends, numbers and title, each heading, frame and trace with its look.

``python -m tests.scenes.describe`` writes the tables in ``tests/scenes/figures`` anew, one file a page. They are what a
figure should be, not what it happens to be: read the difference before it is committed.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np

from activations import CATALOGUE
from pages.register import PAGES
from pages.shared import figures, words
from tests.oracle.drawing import decoded

TABLES = Path(__file__).with_name("figures")
NAMED = {
    **figures.COLOURS,
    "grey": figures.GREY,
    "probe": figures.PROBE,
    "vector": figures.VECTOR,
    "ink": "#15181d",
    "paper": "#ffffff",
}
SCENES = [(page, scene) for page in PAGES for scene in page.scenes]


def file_of(page):
    """The table of a page; all functions share one."""
    return TABLES / f"{'functions' if page.path in CATALOGUE else page.path or 'home'}.txt"


def of_function(page, scene):
    """Whether a scene is the curve of a function, drawn for all functions by the same lines."""
    return page.path in CATALOGUE and scene.key == "curve"


def title(page, scene):
    """The line over the table of a scene: its key and the choices that make it what it is."""
    if of_function(page, scene):
        return f"[{scene.key}]"
    fields = {name: getattr(scene, name) for name in getattr(scene, "__dataclass_fields__", {})}
    return f"[{' '.join([scene.key, *(f'{name}={_short(value)}' for name, value in fields.items())])}]"


def _short(value):
    if isinstance(value, tuple | list):
        return "+".join(map(_short, value))
    if isinstance(value, float):
        return f"{value:.4g}"
    return getattr(value, "slug", None) or re.sub(r"\s+", "", str(value))[:40]


def described(page, scene, code):
    """The lines that describe the figure of a scene at its defaults in a language; ``merged`` makes one of two."""
    words.speak(code)
    values = {param.name: default_of(param) for param in scene.params}
    shown = scene.at(values)
    spec = scene.figure(shown.arrays, shown.texts, False).to_dict()
    layout, book = spec["layout"], (scene.words_of, code)
    own = NAMED.get(getattr(getattr(scene, "activation", None), "slug", ""), "")
    # Functions share a table, in which there is no number that each has its own.
    placed = not of_function(page, scene)
    axes = sorted((name for name in layout if re.fullmatch(r"[xy]axis\d*", name)), key=lambda name: (name[5:], name))
    # By where they stand, which is the same in every language.
    notes = sorted(layout.get("annotations", []), key=lambda note: (_place(note), note["x"], note["y"]))
    return [
        *(_axis(name, layout[name], book, placed) for name in axes),
        *(_note(note, book, own, placed) for note in notes),
        *(_shape(shape, own) for shape in layout.get("shapes", [])),
        *(_trace(trace, shown.texts, book, own, placed) for trace in spec["data"]),
    ]


def default_of(param):
    """The default of a slider as a state has it."""
    default = param.default
    return float(param.options.index(default)) if hasattr(param, "options") else float(default)


def _axis(name, axis, book, placed):
    """An axis: where it lies, from which number to which, what is written along it, and its title."""
    parts = [name]
    if placed:
        parts.append("in " + _numbers(axis.get("domain", (0, 1))))
        parts.append("from " + _numbers(axis["range"], " to ") if "range" in axis else "fitted")
    parts += [axis["side"]] if "side" in axis else []
    if "ticktext" in axis and placed:
        marks = zip(axis["tickvals"], axis["ticktext"], strict=True)
        parts.append("marked " + "+".join(f"{_number(at)}:{_word(text, book)}" for at, text in marks))
    parts += ["unmarked"] if not axis.get("showticklabels", True) or not axis.get("visible", True) else []
    parts += [f"titled {_word(axis['title']['text'], book)}"] if "title" in axis else []
    return " ".join(parts)


def _note(note, book, own, placed):
    at = f" {_number(note['x'])} {_number(note['y'])} {note.get('xanchor', '')}" if placed else ""
    return f"note {_word(note['text'], book)} at {_place(note)}{at}, {_colour(note['font'].get('color'), own)}"


def _place(note):
    return f"{note.get('xref', '')} {note.get('yref', '')}".replace(" domain", "")


def _shape(shape, own):
    corners = _numbers([shape[corner] for corner in ("x0", "y0", "x1", "y1") if corner in shape])
    line = shape.get("line", {})
    colours = f"{_colour(line.get('color'), own)} filled {_colour(shape.get('fillcolor'), own)}"
    return f"{shape['type']} {corners}, {colours}, {_number(line.get('width', 0))} wide"


def _trace(trace, texts, book, own, placed):
    kind = [trace["type"] if trace["type"] != "scatter" else trace.get("mode", "")]
    if "fill" in trace:
        kind.append(f"filled {_colour(trace.get('fillcolor'), own)}")
    line, marker = trace.get("line", {}), trace.get("marker", {})
    if "lines" in kind[0]:
        dash = line.get("dash", "solid").replace(",", " ")
        kind.append(f"{_colour(line.get('color'), own)} {dash} {_number(line.get('width', 2))} wide")
    if "markers" in kind[0]:
        # The colour of an open marker and of a thin one is that of its edge.
        edge = marker.get("line", {}).get("color", marker.get("color"))
        edged = f" edged {_colour(edge, own)}" if edge != marker.get("color") else ""
        kind.append(f"{_colour(marker.get('color'), own)} {_each(marker.get('symbol', 'circle'))}{edged}")
        kind.append(f"{_each(map(_number, _list(marker.get('size', 6))))} wide")
    if "text" in kind[0]:
        labels = [_word(label, book) for label in _list(trace.get("text", ""))]
        label = "its text" if f"{trace['name']}.text" in texts else _each(labels)
        places = _each(each.replace(" ", "-") for each in _list(trace.get("textposition", "middle center")))
        kind.append(f"{_colour(trace.get('textfont', {}).get('color'), own)} {label} {places}")
    if "colorscale" in trace:
        ends = zip(("least", "most"), (trace["zmin"], trace["zmax"]), strict=True)
        scale = "+".join(f"{_number(share)}:{_colour(colour, own)}" for share, colour in trace["colorscale"])
        kind.append(f"{scale} {' '.join(f'{name} {_number(end)}' for name, end in ends)}")
    kind += [f"{_number(100 * trace['opacity'])}% seen"] if "opacity" in trace else []
    kind += [f"tells {_word(trace['hovertemplate'], book)}"] if "hovertemplate" in trace and not _mute(trace) else []
    kind += [_course(trace)] if placed else []
    panel = f"{trace.get('xaxis', 'x')}{trace.get('yaxis', 'y')}"
    hidden = "" if trace.get("visible", True) is True else ", unseen"
    return f"{trace['name']}: {panel}, {', '.join(kind)}{hidden}"


def _mute(trace):
    return trace.get("hoverinfo") == "skip"


# Logarithms of errors by rounding, whose digits differ between processors: NumPy computes exp by other instructions.
ROUNDED = ("right_error", "single_error", "mean_error")


def _course(trace):
    """Where a trace begins, stands in its middle and ends, so that one of another array is another one."""
    arrays = [decoded({key: trace[axis][key] for key in ("dtype", "bdata")}) for axis in "xyz" if axis in trace]
    if "z" in trace:
        return "of " + _numbers(arrays[2][[0, len(arrays[2]) // 3, len(arrays[2]) // 2, -1]])
    x, y = arrays
    there = np.flatnonzero(np.isfinite(x + y))
    if not there.size:
        return "of nothing"
    at = dict.fromkeys((there[0], there[len(there) // 3], there[-1]))
    height = np.round(y) if trace["name"] in ROUNDED else y
    return "of " + " ".join(f"({_number(x[k])} {_number(height[k])})" for k in at)


def _numbers(values, between=" "):
    return between.join(map(_number, values))


def _number(value):
    """Three digits, and 0 for what is nothing but rounding."""
    return str(value) if isinstance(value, str) else f"{0.0 if abs(value) < 1e-7 else float(value):.3g}"


def _list(value):
    return list(value) if isinstance(value, list | tuple) else [value]


def _each(values):
    """All values where they differ, of equal ones one."""
    found = list(map(str, _list(values) if not hasattr(values, "__next__") else values))
    return found[0] if len(set(found)) == 1 else "+".join(found)


def _colour(colour, own):
    """The name of a colour: of a function by its slug, ``own`` for that of the scene, with the opacity in per cent."""
    if isinstance(colour, list | tuple):
        return _each([_colour(each, own) for each in colour])
    found = re.fullmatch(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)", str(colour))
    opacity = f" {round(100 * float(found[4]))}%" if found else ""
    if not colour:
        return "default"
    base = "#{:02x}{:02x}{:02x}".format(*map(int, found.groups()[:3])) if found else str(colour)
    if own and base.lower() == own.lower():
        return f"own{opacity}"
    return next((name for name, each in NAMED.items() if each.lower() == base.lower()), base) + opacity


@cache
def _patterns(words_of, code):
    """The ids of words by their pattern in a language: those of the page, then titles of functions, then labels."""
    page = words.page(words_of, code)
    titles = {f"title:{slug}": words.page(f"functions/{slug}", code)["title"] for slug in CATALOGUE}
    labels = {f"ui:{label}": words.label_in(code, label) for label in words.labels()}
    return [
        [(name, _pattern(text)) for name, text in found.items() if len(text) < 200 and _letters(text)]
        for found in (page, titles, labels)
    ]


def _letters(text):
    """What of a text is neither a place for a value nor a number nor a mark."""
    return re.sub(r"\{\w+\}|[\W\d_]", "", text)


@cache
def _pattern(text):
    plain = re.sub(r"\*\*|</?b>", "", text)
    return re.compile(
        "".join("(.+)" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", plain))
    )


_OPEN, _CLOSE = "⟦", "⟧"  # around the ids of words until two languages are merged


@cache
def _word(text, book):
    """The ids of all words of ``book``, a file and a language, that a text may be; the text itself if it is none."""
    plain = re.sub(r"\*\*|</?b>", "", str(text)).strip()
    bare = re.sub(r"\s+", "_", plain) or "nothing"
    if not _letters(plain):
        return bare
    ids = []
    for kind in _patterns(*book):
        found = [(name, pattern.fullmatch(plain)) for name, pattern in kind]
        ids += [name + _names(match.groups(), book) for name, match in found if match]
    # What is no word may be one with a number or with what Plotly fills in after it.
    if not ids and (parts := re.fullmatch(r"(.+?) (\d+|\(?%\{.*)", plain)):
        return f"{_word(parts[1], book)}_{re.sub(' ', '_', parts[2])}"
    return f"{_OPEN}{'|'.join(ids) or bare}{_CLOSE}"


def _names(values, book):
    """In brackets the functions and the number formats that a text names, and what it leaves to Plotly to fill in."""
    titles = {value: [name for name, pattern in _patterns(*book)[1] if pattern.fullmatch(value)] for value in values}
    found = [[*titles[value], value][0] for value in values if titles[value] or re.search(r"%\{|^b?float\d+$", value)]
    return f"({' '.join(found)})" if found else ""


def merged(one, other):
    """The lines of two languages as one: of the ids of a text those that fit both, and of these the nearest."""
    return [_common(a, b) for a, b in zip(one, other, strict=True)]


def _common(one, other):
    parts = [re.split(f"[{_OPEN}{_CLOSE}]", line) for line in (one, other)]
    if len(parts[0]) != len(parts[1]):
        return f"{one} ≠ {other}"
    line = ""
    for k, (a, b) in enumerate(zip(*parts, strict=True)):
        shared = [name for name in a.split("|") if name in b.split("|")]
        # Of words that say the same those of the page, else titles, else labels.
        nearest = [name for name in shared if name.partition(":")[0] == shared[0].partition(":")[0]] or shared
        nearest = [name for name in shared if ":" not in name] or nearest
        line += ("|".join(nearest) or f"{a}≠{b}") if k % 2 else a if a == b else f"{a}≠{b}"
    return line


def differences(lines, expected):
    """The lines that are not as expected, numbers within a hundredth, beside those that are missing."""
    if len(lines) != len(expected):
        return [line for line in lines if line not in expected], [line for line in expected if line not in lines]
    pairs = [(one, other) for one, other in zip(lines, expected, strict=True) if not _same(one, other)]
    return [one for one, _ in pairs], [other for _, other in pairs]


_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]\d+)?(?![\w.])")


def _same(one, other):
    if one == other:
        return True
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    numbers = [list(map(float, _NUMBER.findall(line))) for line in (one, other)]
    return np.allclose(*numbers, rtol=0.01, atol=0.001)


def tables():
    """By file the text of each table."""
    found = {}
    for page, scene in SCENES:
        lines = merged(*(described(page, scene, code) for code in ("en", "zh")))
        table = found.setdefault(file_of(page), {})
        if of_function(page, scene):
            known = table.setdefault(title(page, scene), [])
            known += [line for line in lines if line not in known]
        else:
            table[title(page, scene)] = lines
    return found


if __name__ == "__main__":
    TABLES.mkdir(exist_ok=True)
    for path, scenes in tables().items():
        path.write_text(
            "\n\n".join("\n".join([name, *lines]) for name, lines in scenes.items()) + "\n", encoding="utf-8"
        )
