"""Our ES modules are joined as they are written; whatever the joiner does not understand is an error."""

import re
from pathlib import Path

import pytest

from serving import modules, shell

ASSETS = Path(shell.__file__).parents[1] / "assets"


@pytest.fixture
def written(tmp_path):
    """Writes modules by name into a folder."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_every_script_of_the_guide_is_joined():
    assert modules.files(ASSETS, "guide.js") == {path.name for path in ASSETS.glob("*.js")}


def test_what_is_joined_is_the_text_of_every_module_without_import_export_and_comments():
    joined = shell.script()
    for path in ASSETS.glob("*.js"):
        lines = path.read_text(encoding="utf-8").splitlines()
        code = [line for line in lines if not re.match(r"import |\s*//", line)]
        body = [re.sub(r"^export ", "", line) for line in code]
        assert "\n".join(body).strip() in joined, path.name
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)


def test_a_module_comes_after_those_it_imports_and_once(written):
    folder = written(
        main='import { two } from "./two.js";\nimport "./one.js";\n',
        two='// Twice one.\n\nimport { one } from "./one.js";\n\nexport const two = 2 * one;\n',
        one="export const one = 1;\n",
    )
    joined = modules.join(folder, "main.js")
    assert re.findall(r"^// (\w+\.js)$", joined, re.MULTILINE) == ["one.js", "two.js", "main.js"]


@pytest.mark.parametrize(
    "line",
    [
        'import one from "./one.js";',
        'import * as all from "./one.js";',
        'import { one as two } from "./one.js";',
        'import { one } from "one.js";',
        "import { one } from './one.js';",
        'import { one } from "./one.js"',
        "import {",
        'import("./one.js");',
        "export default 1;",
        "export { one };",
        "export let one = 1;",
        "export const { one } = { one: 1 };",
        'export * from "./one.js";',
    ],
)
def test_a_line_that_cannot_be_joined_is_refused_with_its_place(written, line):
    folder = written(main=f"// A module.\n{line}\n", one="export const one = 1;\n")
    with pytest.raises(ValueError, match=r"main\.js, line 2"):
        modules.join(folder, "main.js")


@pytest.mark.parametrize(
    ("main", "complaint"),
    [
        ('import { two } from "./one.js";', r"main\.js imports two, which one\.js does not export"),
        ('import "./none.js";', r"main\.js imports none\.js, which is not there"),
        ('import { one } from "./one.js";\nimport { one } from "./one.js";', r"main\.js, line 2"),
        ('const two = 2;\nimport { one } from "./one.js";', r"below other code in main\.js, line 2"),
        ('import "./circle.js";', r"each other: main\.js -> circle\.js -> main\.js"),
    ],
)
def test_what_no_browser_would_run_is_refused(written, main, complaint):
    folder = written(main=main, one="export const one = 1;\n", circle='import "./main.js";\n')
    with pytest.raises(ValueError, match=complaint):
        modules.join(folder, "main.js")
