"""Joined modules run as they would one by one: each has a scope of its own, and hands on only what it exports."""

from __future__ import annotations

from pathlib import Path

from conftest import Profiles

from serving import modules

TEXTS = {
    "first": (
        "const shared = 1;\nfunction twice(number) {\n  return 2 * number;\n}\n"
        "export const first = () => twice(shared);\n"
    ),
    "second": (
        'import { first } from "./first.js";\n\nconst shared = 10;\nconst twice = "twice";\n'
        "export class Second {\n  sum = shared + first();\n}\nexport async function later() {\n  return twice;\n}\n"
        "export function* counted() {\n  yield* [1, 2];\n}\n"
    ),
    "main": (
        'import { counted, later, Second } from "./second.js";\nimport { first } from "./first.js";\n\n'
        "const shared = 100;\n"
        "export const all = async () => [shared, first(), new Second().sum, await later(), ...counted()];\n"
    ),
}


def test_the_same_name_in_two_modules_is_two_things(profile: Profiles, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
    page = profile().new_page()
    run = "(source) => new Function(`return ${source}`)().all()"
    assert page.evaluate(run, modules.join(tmp_path, "main.js")) == [100, 2, 12, "twice", 1, 2]
    assert page.evaluate("() => ['shared', 'twice', 'modules'].filter((name) => name in window)") == []
    page.close()
