"""Who may import whom, how long things may be, and where words may stand: read from the source, not from intent."""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = [
    ROOT / "app.py",
    *(path for name in ("door", "pages", "activations") for path in sorted((ROOT / name).rglob("*.py"))),
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PAGE = {"activations", "pages.parts", "streamlit"}
# What a module may import beside the standard library; the longest name that fits counts. A new part of the house may
# import nothing until it gets a line here.
MAY_IMPORT = {
    "app": {"streamlit", "starlette", "door"},
    "door": {"door", "streamlit", "starlette", "brotli", "pages.rooms", "pages.parts.words"},
    "pages": set(),
    "pages.start": PAGE,
    "pages.topics": PAGE,
    "pages.functions": PAGE,
    "pages.parts": set(),
    "pages.parts.figures": {"numpy", "plotly"},
    "pages.parts.words": {"streamlit"},
    "pages.parts.live": {"streamlit", "numpy"},
    "pages.parts.controls": PAGE,
    "pages.parts.tables": {"activations", "pages.parts"},
    "activations": {"activations", "numpy", "scipy"},
    "activations.spec": {"numpy"},
}
SPEAKS = {
    "title",
    "markdown",
    "caption",
    "subheader",
    "header",
    "write",
    "button",
    "slider",
    "expander",
    "toggle",
}
CHINESE = re.compile(r"[\u3400-\u9fff]")
MACHINE = re.compile(r"(?<![\w.\-/])/(?:work|root|home)(?:/|\b)")
READ_BY_PEOPLE = [ROOT / "Makefile", *(ROOT / ".ci").glob("*"), *(ROOT / ".streamlit").glob("*")]
READ_BY_PEOPLE += [path for end in ("*.md", "*.toml", "*.txt") for path in ROOT.glob(end)]
READ_BY_PEOPLE += [path for folder in ("assets", "docs") for path in (ROOT / folder).rglob("*.*")]
READ_BY_PEOPLE = [path for path in READ_BY_PEOPLE if path.is_file() and path.suffix not in (".png", ".jpg", ".gif")]


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(ROOT)) for path in paths])


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def module(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def within(name, package):
    return name == package or name.startswith(f"{package}.")


def is_ours(name):
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def imports(path):
    """Full names of imported modules; ``from a import b`` is a.b where that is a module of ours."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} line {node.lineno}: a relative import hides whom it asks"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if is_ours(name) else node.module for name in inner}
    return found


def docstrings(root):
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(root)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


def literals(root):
    """Every string in code that is not a docstring."""
    silent = docstrings(root)
    for node in ast.walk(root):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node


@each(CODE)
def test_a_module_imports_only_what_its_place_allows(path):
    rule = max((name for name in MAY_IMPORT if within(module(path), name)), key=len)
    strangers = {
        name
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(within(name, allowed) for allowed in MAY_IMPORT[rule])
    }
    assert not strangers, f"{module(path)} falls under {rule} and may not import {strangers}"


@each([*CODE, *TESTS])
def test_nobody_imports_the_front_door(path):
    assert "app" not in imports(path)


@each(CODE)
def test_no_page_imports_a_page(path):
    rooms = {module(other) for other in CODE if module(other).startswith("pages.")}
    rooms -= {name for name in rooms if within(name, "pages.parts")}
    allowed = {"pages.rooms"} if within(module(path), "door") else set()
    assert not imports(path) & (rooms - allowed)


@each([path for path in CODE if module(path).startswith("activations")])
def test_mathematics_knows_no_streamlit(path):
    assert not any(within(name, "streamlit") or within(name, "pages") for name in imports(path))


@each([*CODE, *TESTS])
def test_a_function_has_at_most_25_lines(path):
    functions = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {f"{node.name}:{node.lineno}": node.end_lineno - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > 25} == {}


def most_lines(path):
    if path.parent.name == "topics":
        return 80
    return {"app.py": 60, "live.js": 150}.get(path.name, 200)


@each([*CODE, *TESTS, ROOT / "assets" / "live.js"])
def test_a_file_keeps_its_budget(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most_lines(path)


def test_no_script_lies_directly_among_the_pages():
    # A script there would be opened without the front door by the first visitor with a deep link.
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_no_folder_beside_the_app_is_called_pages():
    # Streamlit finds such a folder by its name and answers the first deep link with "Page not found".
    assert not (ROOT / "pages").exists()


def test_there_is_one_script_for_the_browser():
    assert [path.name for path in (ROOT / "assets").rglob("*.js")] == ["live.js"]


@each(CODE)
def test_no_chinese_stands_in_code(path):
    found = {node.value for node in literals(tree(path)) if CHINESE.search(node.value)}
    # A language is named in itself, so that whoever needs it can read it.
    allowed = {"简体中文"} if module(path) == "pages.parts.words" else set()
    assert found <= allowed


@each(CODE)
def test_no_english_sentence_is_spoken_from_code(path):
    spoken = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in SPEAKS and node.args:
            first = node.args[0]
            pieces = first.values if isinstance(first, ast.JoinedStr) else [first]
            texts = [piece.value for piece in pieces if isinstance(piece, ast.Constant)]
            spoken += [text for text in texts if isinstance(text, str) and re.search(r"[A-Za-z]{2}", text)]
    assert spoken == []


@each([*CODE, *TESTS, *READ_BY_PEOPLE])
def test_nothing_names_a_folder_of_one_machine(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if MACHINE.search(line)] == []
