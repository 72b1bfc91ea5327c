"""What the page of a function is made of, and the settings at which it is opened."""

from functools import cache

from activations import CATALOGUE
from pages.functions.rivals import rivals
from tests.oracle import library
from tests.oracle.visitor import Visit

ROWS = ("range", "minimum", "monotone", "smooth", "odd", "centred", "saturates", "steepest", "dies")


def settings(activation):
    """(settings, probe) worth a page: the defaults, every slider's ends, its presets, two places just beside one of
    these, where a kink has not quite closed, and one odd place between."""
    found = [(activation.defaults, -1.2), (activation.defaults, 0.0 if activation.kinks_at() else 6.0)]
    for k, param in enumerate(activation.params):
        grid = param.grid.tolist()
        beside = {grid[-2], grid[grid.index(param.default) - 1]}
        places = sorted({param.low, param.high, *param.presets.values(), *beside, grid[len(grid) // 3]})
        found += [
            ({**activation.defaults, param.name: v}, (-2.35, 0.4, 5.05)[(k + j) % 3]) for j, v in enumerate(places)
        ]
    return found


# The languages take turns: both read every page, and each setting is read in one of them.
CASES = [
    (slug, language, tuple(at.items()), x0)
    for slug, activation in CATALOGUE.items()
    for k, (at, x0) in enumerate(settings(activation))
    for language in ("en", "zh")[k % 2 :][:1]
]
NAMES = [" ".join(map(str, (slug, language, *dict(at).values(), x0))) for slug, language, at, x0 in CASES]


def opened(slug, language, at=(), x0=-1.2, **query):
    """The page of a function for a new visitor who follows a link, with its question."""
    asked = {"lang": language, "x0": str(x0), **{name: str(value) for name, value in dict(at).items()}, **query}
    return Visit().ask(slug, asked)


@cache
def seen(slug, language, at=(), x0=-1.2, **query):
    """The same to look at only: it is not opened twice."""
    return opened(slug, language, at, x0, **query)


def asking(part, ui):
    """The Markdown of the question, its choices and the reason of each."""
    numbers = [name.removeprefix("choice-") for name in part if name.startswith("choice-")]
    choices = [f"1. [{part[f'choice-{n}']}](#answer-{n})\n\n    {part[f'why-{n}']}" for n in numbers]
    return "\n\n".join([f":small[{ui['question.invitation']}]", f"**{part['question']}**", *choices])


def comparing(slug, language, ui):
    """The Markdown of the links that compare a function with others."""
    titles = {rival: library.parts(language, f"functions/{rival}")["title"] for rival in rivals(slug)}
    links = [f"[{title}](compare?lang={language}&f={slug}&f={rival})" for rival, title in titles.items()]
    return f"**{ui['short.compare']}** {' · '.join(links)}"


def place_onward(slug):
    """The index, from the end, of the links that lead on among the texts of a page: PReLU's training follows them."""
    return -2 if slug == "prelu" else -1


def templates(slug, language, texts):
    """What the Markdown of the page is made of, in its order."""
    ui, part = library.labels(language), library.parts(language, f"functions/{slug}")
    latex = CATALOGUE[slug].latex
    rows = [f"| {ui[f'trait.{name}']} | {{{'range' if name == 'range' else f'cell.{name}'}}} |" for name in ROWS]
    kinks = sum(name.startswith("kink_at.") for name in texts)
    rows += [f"| {ui['trait.kink'].replace('{at}', f'{{kink_at.{k}}}')} | {{kink.{k}}} |" for k in range(kinks)]

    def chapters(*names):
        return "\n\n".join(f"## {ui[name]}\n\n{part[name]}" for name in names)

    formulas = f"$\\displaystyle {latex.value}$\n\n$\\displaystyle {latex.derivative}$"
    table = "\n".join([f"| {ui['trait.head']} | {ui['trait.value']} |", "|---|---|", *rows])
    return [
        f"**{ui['short.head']}** {part['short']}",
        comparing(slug, language, ui),
        ui["reading"],
        asking(part, ui),
        f"**{ui['notice']}** {part['notice']}\n\n{formulas}\n\n{chapters('strengths', 'weaknesses')}",
        f"{table}\n\n{chapters('used', 'paper', 'defaults')}\n\n{ui['versions']}",
        f"## {ui['code.head']}",
    ]
