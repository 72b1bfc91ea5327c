"""Our ES modules as one script.

Served one by one they would be as many requests, each made only when the module that needs it has come. Here each
becomes a function with a scope of its own, and the functions stand in one file. Of the language of modules only what
our scripts use is read, a line each: at the top ``import "./name.js";`` and ``import { one, two } from "./name.js";``,
then ``export`` before a function, a class or a const. Any other line that begins with import or export is an error.
Lines that are nothing but a comment, a fifth of the bytes that a visitor would wait for, are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(r'import (?:\{ (?P<names>\w+(?:, \w+)*) \} from )?"\./(?P<file>\w+\.js)";')
_EXPORT = re.compile(r"export (?P<body>(?:(?:async )?function\*? |class |const )(?P<name>\w+)\b.*)")


@dataclass(frozen=True)
class _Module:
    imports: dict[str, tuple[str, ...]]  # names by file
    exports: tuple[str, ...]
    body: str


def join(folder: Path, entry: str) -> str:
    """The module ``entry`` and all it imports, as one expression whose value is what the entry exports.

    ValueError if a line cannot be read, a name or file is not there, or modules import each other in a circle.
    """
    modules: dict[str, _Module] = {}
    _collect(folder, entry, (), modules)
    parts = [_function(name, module) for name, module in modules.items()]
    return "\n".join(['(() => {\n"use strict";\nconst modules = {};', *parts, f'return modules["{entry}"];\n}})()'])


def files(folder: Path, entry: str) -> set[str]:
    """The files that are joined."""
    modules: dict[str, _Module] = {}
    _collect(folder, entry, (), modules)
    return set(modules)


def _collect(folder: Path, name: str, importing: tuple[str, ...], modules: dict[str, _Module]) -> None:
    """Add a module to ``modules`` after those that it imports."""
    if name in importing:
        raise ValueError(f"modules import each other: {' -> '.join([*importing, name])}")
    if name in modules:
        return
    if not (folder / name).is_file():
        raise ValueError(f"{importing[-1] if importing else 'nothing'} imports {name}, which is not there")
    module = _read(name, (folder / name).read_text(encoding="utf-8"))
    for file, wanted in module.imports.items():
        _collect(folder, file, (*importing, name), modules)
        if missing := set(wanted) - set(modules[file].exports):
            raise ValueError(f"{name} imports {', '.join(sorted(missing))}, which {file} does not export")
    modules[name] = module


def _read(name: str, text: str) -> _Module:
    imports: dict[str, tuple[str, ...]] = {}
    exports: list[str] = []
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{name}, line {number}: {line}"
        if re.match(r"import\b", line):
            found = _IMPORT.fullmatch(line)
            if not found or found["file"] in imports:
                raise ValueError(f"no import that can be joined in {where}")
            if any(lines):
                raise ValueError(f"an import below other code in {where}")
            imports[found["file"]] = tuple(found["names"].split(", ")) if found["names"] else ()
        elif re.match(r"export\b", line):
            if not (found := _EXPORT.fullmatch(line)):
                raise ValueError(f"no export that can be joined in {where}")
            exports.append(found["name"])
            lines.append(found["body"])
        elif not line.lstrip().startswith("//"):
            lines.append(line)
    return _Module(imports, tuple(exports), "\n".join(lines).strip())


def _function(name: str, module: _Module) -> str:
    imports = [
        f'const {{ {", ".join(names)} }} = modules["{file}"];' for file, names in module.imports.items() if names
    ]
    returned = f"return {{ {', '.join(module.exports)} }};"
    return "\n".join([f'// {name}\nmodules["{name}"] = (() => {{', *imports, module.body, returned, "})();"])
