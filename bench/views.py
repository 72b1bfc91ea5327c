"""The pages under test: where they are, and the title they must be served under to be measured at all."""

from __future__ import annotations

from dataclasses import dataclass

from activations import CATALOGUE
from pages.register import PAGES, Page
from pages.shared import words


@dataclass(frozen=True)
class View:
    """A page at a setting, as its address says it."""

    path: str
    title: str
    query: str = ""

    @property
    def name(self) -> str:
        """How a table names it."""
        return f"/{self.path}{f'?{self.query}' if self.query else ''}"


STOCK = View("", "ELU")
_SIX = "f=elu&f=sine&f=snake&f=celu&f=squareplus&f=swish"
# Settings that send more than a page as it opens: every panel drawn, as many functions and layers as there may be.
_FULLEST = {
    "functions": "second=true",
    "compare": f"less=elu&{_SIX}",
    "vanishing": "f=sigmoid&f=tanh&f=gelu&f=mish&depth=50",
}

# Settings of which each makes the server compute what it has not computed for anybody before.
_UNSEEN = {
    "neuron": ("task=or", "unit=sigmoid"),
    "collapse": ("f=mish", "act=xor", "act=spirals&f=gelu&hidden=2&seed=3", "act=spirals&f=mish&hidden=2&seed=2"),
    "vanishing": ("f=sigmoid&f=tanh&f=gelu&f=mish&depth=50",),
    "exploding": ("f=sigmoid", "f=gelu&clip=on"),
    "dying": ("act=step", "act=layer", "act=layer&rate=20&seed=2"),
    "gate": ("seed=2", "show=masks&seed=3"),
    "approximations": ("format=float16", "format=bfloat16"),
    "choose": ("by=left",),
    "compare": ("f=mish&f=gelu&f=tanh&f=sigmoid&f=relu&f=softplus", "order=bend", f"less=elu&{_SIX}", _SIX),
    "elu": ("second=true",),
}
# By path, settings that draw sliders which the page does not open with, and their keys.
_LATER = {
    "rounding": {"show=eight": ("point", "largest")},
    "neuron": {"act=learn": ("t",)},
    "collapse": {"act=xor": ("t",)},
    "dying": {"act=step": ("t", "step", "leak", "alpha"), "act=layer": ("t",)},
    "gate": {"": ("draws",), "show=masks": ("repeats",)},
    "output": {"show=one": ("k", "z"), "show=real": ("y", "u"), "show=train": ("w0", "t")},
    "softmax": {"show=pair": ("z", "others"), "show=log": ("gap", "raised")},
    "gated": {
        "show=maxout": ("x", "w1"),
        "show=clamped": ("up", "gate", "limit"),
        "show=sparsity": ("threshold", "mean"),
    },
    "compare": {_SIX: ("sine.omega", "snake.alpha")},
}


def view(path: str, query: str = "", language: str = "en") -> View:
    """The page at ``path`` with all its controls."""
    page = next(page for page in PAGES if page.path == path)
    asked = "&".join(filter(None, [query, f"lang={language}", "predict=0"]))
    return View(path, words.page(page.words, language)["title"], asked)


def everything() -> list[View]:
    """Every page in every language, and at its fullest setting."""
    views = [view(page.path, language=code) for code in words.LANGUAGES for page in PAGES]
    full = [(page.path, _FULLEST.get(page.path, _FULLEST.get(page.kind, ""))) for page in PAGES]
    return [*views, *(view(path, query) for path, query in full if query)]


def unseen() -> dict[str, list[View]]:
    """By path, settings of a page that are new to a server that has just started."""
    return {path: [view(path, query) for query in queries] for path, queries in _UNSEEN.items()}


def each_slider() -> list[tuple[View, str]]:
    """The page and the key of every slider: of all pages but the functions, and of one function of each kind."""
    alike = {seen.path for seen in kinds()}
    pages = [page for page in PAGES if page.path not in CATALOGUE or page.path in alike]
    first = [(view(page.path), param.name) for page in pages for param in page.params]
    settings = [(view(path, query), keys) for path, asked in _LATER.items() for query, keys in asked.items()]
    return [*first, *((page, key) for page, keys in settings for key in keys)]


def kinds() -> list[View]:
    """One page with a chart of each kind: the same kind and number of sliders make the same layout."""
    found: dict[tuple[str, int], Page] = {}
    for page in (page for page in PAGES if page.pictured):
        found.setdefault((page.kind, len(page.params)), page)
    return [view(page.path) for page in found.values()]
