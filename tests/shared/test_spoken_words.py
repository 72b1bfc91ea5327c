"""Words stand in the files of words, and nothing that people read names one machine."""

import ast
import re

from tests.oracle.source import CODE, ROOT, TESTS, each, literals, module, nodes, tree

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
READ_BY_PEOPLE = [path for path in READ_BY_PEOPLE if path.is_file() and path.suffix not in (".png", ".jpg", ".webp")]


@each(CODE)
def test_no_chinese_stands_in_code(path):
    found = {node.value for node in literals(tree(path)) if CHINESE.search(node.value)}
    # A language is named in itself, so that whoever needs it can read it.
    allowed = {"简体中文"} if module(path) == "pages.shared.words" else set()
    assert found <= allowed


@each(CODE)
def test_no_english_sentence_is_spoken_from_code(path):
    spoken = []
    for node in nodes(path):
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
