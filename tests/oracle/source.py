"""The source of the guide, as a test reads it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = [
    ROOT / "app.py",
    *(
        path
        for name in ("serving", "pages", "activations", "frameworks")
        for path in sorted((ROOT / name).rglob("*.py"))
    ),
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def each(paths):
    """Hold every file against one rule, in one test: a thousand tests of a millisecond cost more than what they do."""

    def held(rule):
        def every():
            broken = [broken for broken in (_broken(rule, path) for path in paths) if broken]
            assert not broken, "\n".join(broken)

        every.__name__, every.__module__ = rule.__name__, rule.__module__
        return every

    return held


def _broken(rule, path):
    try:
        rule(path)
    except AssertionError as error:
        return f"{path.relative_to(ROOT)}: {error}"
    return ""


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


@cache
def nodes(path):
    """Every node of a file."""
    return list(ast.walk(tree(path)))


@cache
def imports(path):
    """Full names of imported modules; ``from a import b`` is a.b where that is a module of ours."""
    found = set()
    for node in nodes(path):
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
