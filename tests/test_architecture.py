"""Who may import whom: read from the source, not from intent."""

import re
import sys

from tests.oracle.source import CODE, ROOT, TESTS, each, imports, module, within

PAGE = {"activations", "pages.shared", "streamlit", "numpy"}
# What a module may import beside the standard library and, for a page, what lies beside it; the longest name that fits
# counts. A new part of the guide may import nothing until it gets a line here.
MAY_IMPORT = {
    "app": {"serving", "streamlit", "starlette"},
    "serving": {
        "serving",
        "starlette",
        "streamlit",
        "pages.shared.words",
        "pages.shared.development",
        "pages.shared.page",
        "pages.shared.version",
        "pages.register",
        "brotli",
        "latex2mathml",
        "segno",
        "ifaddr",
        "uvicorn",
    },
    # A leaf, so that a page that an operator can restrict may ask it.
    "serving.settings": set(),
    "pages": set(),
    "pages.main": {"pages", "streamlit"},
    "pages.register": {"pages", "activations"},
    "pages.start": PAGE,
    "pages.topics": PAGE,
    "pages.tools": PAGE,
    "pages.functions": PAGE,
    "pages.topics.cost": {*PAGE, "serving.settings"},
    "pages.tools.privacy": {"streamlit", "pages.shared", "serving.settings"},
    "pages.shared": set(),
    "pages.shared.controls": {"activations", "pages.shared", "streamlit", "numpy"},
    "pages.shared.trace_names": {"activations", "pages.shared.words"},
    "pages.shared.figures": {"pages.shared.trace_names", "numpy", "plotly"},
    "pages.shared.layout": {"activations", "pages.shared", "streamlit"},
    "pages.shared.glyphs": {"activations", "pages.shared.figures", "numpy"},
    "pages.shared.live": {"pages.shared.version", "pages.shared.state", "pages.shared.words", "streamlit", "numpy"},
    "pages.shared.explanation": {"pages.shared", "streamlit"},
    "pages.shared.glossary": {"activations", "pages.shared.state", "pages.shared.words"},
    "pages.shared.prediction": {"pages.shared", "streamlit", "numpy"},
    "pages.shared.page": {"activations", "pages.shared.controls", "pages.shared.scene"},
    "pages.shared.addressed": {"pages.shared", "streamlit"},
    "pages.shared.version": set(),
    "pages.shared.development": set(),
    "pages.shared.scene": PAGE,
    "pages.shared.curves": {"activations", "numpy"},
    "pages.shared.panels": {"pages.shared.curves", "pages.shared.figures", "pages.shared.words"},
    "pages.shared.probe": {"activations", "pages.shared", "numpy"},
    "pages.shared.topic": PAGE,
    "pages.shared.crosshair": PAGE,
    "pages.shared.state": {"activations", "pages.shared.lesson", "pages.shared.words", "streamlit"},
    "pages.shared.lesson": set(),
    "pages.shared.words": {"streamlit"},
    "activations": {"activations", "numpy", "scipy"},
    "activations.functions": {"activations.spec", "activations.functions", "numpy", "scipy"},
    "activations.experiments": {"activations.spec", "activations.experiments", "numpy", "scipy"},
    "activations.spec": {"activations.applied", "numpy"},
    "activations.applied": {"numpy"},
    "frameworks": {"frameworks", "activations", "pages.shared.code", "numpy"},
    "frameworks.answers": {"torch"},
    "frameworks.formulas": {"activations", "numpy", "torch"},
    "frameworks.hooks": {"activations", "numpy", "torch", "jax", "tensorflow", "keras"},
    "frameworks.libraries": {"numpy", "torch", "jax", "tensorflow", "keras"},
}
PAGES = ("pages.start", "pages.topics", "pages.tools", "pages.functions")


def folder_of_page(name):
    """The folder of a page with what lies beside it: pages.start, pages.topics.vanishing; None elsewhere."""
    family = next((family for family in PAGES if within(name, family)), None)
    if family not in ("pages.topics", "pages.tools"):
        return family
    return ".".join(name.split(".")[:3])


@each(CODE)
def test_a_module_imports_only_what_its_place_allows(path):
    name = module(path)
    rule = max((allowed for allowed in MAY_IMPORT if within(name, allowed)), key=len)
    allowed = {*MAY_IMPORT[rule], *filter(None, [folder_of_page(name)])}
    strangers = {
        other
        for other in imports(path)
        if other.split(".")[0] not in sys.stdlib_module_names and not any(within(other, each) for each in allowed)
    }
    assert not strangers, f"{name} falls under {rule} and may not import {strangers}"


@each([*CODE, *TESTS])
def test_nobody_imports_the_main_script(path):
    assert not {"app", "pages.main"} & imports(path)


@each([*CODE, *TESTS])
def test_only_the_package_of_the_frameworks_asks_for_them(path):
    # They are not installed where the guide runs.
    assert module(path).startswith("frameworks") or not any(within(name, "frameworks") for name in imports(path))


@each(CODE)
def test_no_page_imports_another_page(path):
    name = module(path)
    others = {folder_of_page(other) for other in imports(path)} - {None, folder_of_page(name)}
    # A family that is named as a whole holds no page.
    assert name == "pages.register" or not others


def test_every_rule_has_its_module():
    there = {module(path) for path in CODE}
    assert [rule for rule in MAY_IMPORT if not any(within(name, rule) for name in there)] == []


@each([path for path in CODE if module(path).startswith("activations")])
def test_mathematics_knows_no_streamlit(path):
    assert not any(within(name, "streamlit") or within(name, "pages") for name in imports(path))


def test_only_the_main_script_and_the_register_lie_flat_among_the_pages():
    # A folder called pages beside the script of the app would be opened as pages of their own; this one is not beside
    # it, it holds it.
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == {"__init__.py", "main.py", "register.py"}
    assert not (ROOT / "pages" / "pages").exists()


@each(sorted((ROOT / "assets").glob("*.css")))
def test_no_style_of_all_depends_on_what_is_somewhere_in_it(path):
    # Where :has() asks the root for something below, each change of the page has all of it styled anew; not on paper.
    screen = re.sub(r"@media print \{.*?\n\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"(?:html|body|:root|\.stApp)[^\s,{>]*:has\(", screen) == []
