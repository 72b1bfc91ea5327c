"""A figure in words: what each trace shows, in which panel, under which heading and axis titles, in what look.

``python -m tests.scenes.describe`` writes the tables in ``tests/scenes/figures`` anew, one file a page. They are what a
figure should be, not what it happens to be: read the difference before it is committed.
"""

import re
from functools import lru_cache
from pathlib import Path

from activations import CATALOGUE
from pages.register import PAGES
from pages.shared import figures, words

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


def title(page, scene):
    """The line over the table of a scene: its key and the choices that make it what it is."""
    if page.path in CATALOGUE:
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
    """The lines that describe the figure of a scene at its defaults in a language, the same in every language."""
    words.speak(code)
    values = {param.name: default_of(param) for param in scene.params}
    shown = scene.at(values)
    spec = scene.figure(shown.arrays, shown.texts, False).to_dict()
    known = _labels(scene.words_of, code)
    panels = [axis for axis in sorted(spec["layout"]) if axis.startswith("yaxis")]
    panels.sort(key=lambda axis: -spec["layout"][axis].get("domain", (0, 1))[1])
    # The panels of functions are as high as their ranges; which is above which is the same for all.
    lines = [_panel(spec["layout"], axis, known, page.path not in CATALOGUE) for axis in panels]
    # By where they stand, which is the same in every language.
    notes = sorted(spec["layout"].get("annotations", []), key=lambda note: (_place(note), note["x"], note["y"]))
    lines += [f"note {_word(note['text'], known)} at {_place(note)}" for note in notes]
    own = NAMED.get(getattr(getattr(scene, "activation", None), "slug", ""), "")
    lines += [_trace(trace, shown.texts, known, own) for trace in spec["data"]]
    return lines


def default_of(param):
    """The default of a slider as a state has it."""
    default = param.default
    return float(param.options.index(default)) if hasattr(param, "options") else float(default)


def _panel(layout, axis, known, placed):
    number = axis.removeprefix("yaxis")
    across = layout.get(f"xaxis{number}", {}) or layout["xaxis"]
    titled = {name: each["title"]["text"] for name, each in (("x", across), ("y", layout[axis])) if "title" in each}
    titles = [f"{name} {_word(text, known)}" for name, text in titled.items()]
    low, high = layout[axis].get("domain", (0, 1))
    ends = f" from {low:.2f} to {high:.2f}" if placed else ""
    return f"panel {number or 1}{ends} {' '.join(titles)}".strip()


def _place(note):
    return f"{note.get('xref', '')} {note.get('yref', '')}".replace(" domain", "")


def _trace(trace, texts, known, own):
    kind = [trace["type"] if trace["type"] != "scatter" else trace.get("mode", "")]
    if "fill" in trace:
        kind.append(f"filled {_colour(trace.get('fillcolor'), own)}")
    line, marker = trace.get("line", {}), trace.get("marker", {})
    if "lines" in kind[0]:
        kind.append(f"{_colour(line.get('color'), own)} {line.get('dash', 'solid')}")
    if "markers" in kind[0]:
        kind.append(f"{_colour(marker.get('color'), own)} {_each(marker.get('symbol', 'circle'))}")
    if "text" in kind[0]:
        labels = [_word(label, known) for label in _list(trace.get("text", ""))]
        label = "its text" if f"{trace['name']}.text" in texts else _each(labels)
        kind.append(f"{_colour(trace.get('textfont', {}).get('color'), own)} {label}")
    panel = f"{trace.get('xaxis', 'x')}{trace.get('yaxis', 'y')}"
    hidden = "" if trace.get("visible", True) is True else ", unseen"
    return f"{trace['name']}: {panel}, {', '.join(kind)}{hidden}"


def _list(value):
    return list(value) if isinstance(value, list | tuple) else [value]


def _each(values):
    return "+".join(dict.fromkeys(map(str, _list(values))))


def _colour(colour, own):
    """The name of a colour: of a function by its slug, ``own`` for that of the scene, with the opacity in per cent."""
    if isinstance(colour, list | tuple):
        return _each([_colour(each, own) for each in colour])
    found = re.fullmatch(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)", str(colour))
    opacity = f" {round(100 * float(found[4]))}%" if found else ""
    base = "#{:02x}{:02x}{:02x}".format(*map(int, found.groups()[:3])) if found else str(colour)
    if own and base.lower() == own.lower():
        return f"own{opacity}"
    return next((name for name, each in NAMED.items() if each.lower() == base.lower()), base) + opacity


@lru_cache
def _labels(words_of, code):
    """The ids of words by their pattern in a language: those of the page, titles of functions, labels."""
    page = words.page(words_of, code)
    found = {f"{part}": text for part, text in page.items()}
    found |= {f"title:{slug}": words.page(f"functions/{slug}", code)["title"] for slug in CATALOGUE}
    found |= {f"ui:{label}": words.label_in(code, label) for label in words.labels()}
    return [(name, _pattern(text)) for name, text in found.items() if text and len(text) < 200]


def _pattern(text):
    plain = re.sub(r"\*\*|</?b>", "", text)
    return re.compile(
        "".join("(.+)" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", plain))
    )


def _word(text, known):
    """The ids of all words that a text may be; the text itself where it is no word of any language."""
    plain = re.sub(r"\*\*|</?b>", "", str(text)).strip()
    if not plain:
        return "nothing"
    # A label that is nothing but places for values fits every text.
    ids = [name for name, pattern in known if pattern.pattern.strip("(.+)\\ ") and pattern.fullmatch(plain)]
    return "|".join(ids) or plain.replace(" ", "_").replace(",", ";").replace("+", "plus")


def merged(one, other):
    """The description that two languages agree on: of several ids for one text, those that fit both."""
    lines = []
    for a, b in zip(one, other, strict=True):
        one_by_one = zip(re.split("([ ,+])", a), re.split("([ ,+])", b), strict=False)
        lines.append(a if a == b else "".join(_common(x, y) for x, y in one_by_one))
    return lines


def _common(one, other):
    if one == other:
        return one
    both = [name for name in one.split("|") if name in other.split("|")]
    return "|".join(both) or f"{one}≠{other}"


def tables():
    """By file the text of each table."""
    found = {}
    for page, scene in SCENES:
        lines = merged(*(described(page, scene, code) for code in ("en", "zh")))
        table = found.setdefault(file_of(page), {})
        if page.path in CATALOGUE:
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
