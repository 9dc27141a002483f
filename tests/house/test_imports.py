"""Laws about imports that the contracts in pyproject.toml cannot see: they take every file by its name."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.rooms import APPLICATION, ROOT, SHELL, TOUCHES_THE_WORLD, application_files, pure_files, shown
from tests.house.source import imports, parsed

WORLDLY_LIBRARIES = {
    "alembic", "docx", "flask", "flask_login", "flask_migrate", "flask_sqlalchemy", "flask_wtf", "jinja2", "psycopg",
    "reportlab", "requests", "smtplib", "socket", "sqlalchemy", "sqlite3", "urllib.request", "werkzeug",
    "wtforms",
}  # fmt: skip
WORLDLY_PARTS = {"audit_app.app", "audit_app.cli", "audit_app.clock", "audit_app.db", "config"}
# Functions that load a large library, or a part of ours that stands on one, when they are first called.
LATE = {
    "audit_app/__init__.py": 1,
    "audit_app/cases/writing.py": 1,
    "audit_app/improvement/writing.py": 1,
    "audit_app/notices/operations/notifiers.py": 1,
    "audit_app/reporting/docx/__init__.py": 1,
    "audit_app/reporting/pdf/__init__.py": 1,
    "audit_app/reporting/sheet.py": 1,
    "audit_app/sampling/allocation.py": 1,
}


def is_within(module: str, parents: set[str]) -> bool:
    """Whether a module is one of these or lies inside one of them."""
    return any(module == parent or module.startswith(f"{parent}.") for parent in parents)


def is_worldly(module: str) -> bool:
    """Whether a module is the web, the database or a file format, or a part of ours that touches them."""
    if is_within(module, WORLDLY_LIBRARIES | WORLDLY_PARTS):
        return True
    parts = module.split(".")
    if parts[0] != "audit_app" or len(parts) < 3:
        return False
    file = APPLICATION.joinpath(parts[1], f"{parts[2]}.py")
    if parts[1] in SHELL and file.exists():  # the shell's files are named for what they do: look inside
        return worldly_imports(parsed(file)) != []
    return parts[1] in SHELL or parts[2] in TOUCHES_THE_WORLD


def worldly_imports(tree: ast.Module) -> list[str]:
    """What a file takes in that a pure file may not; the type checker's imports do not count."""
    return sorted({one.module for one in imports(tree) if not one.for_types_only and is_worldly(one.module)})


def imports_in_functions(tree: ast.Module) -> list[int]:
    """The lines at which a file imports inside a function."""
    return sorted({one.line for one in imports(tree) if one.within_function})


def test_every_file_is_pure_unless_its_name_says_otherwise() -> None:
    breaches = {shown(file): found for file in pure_files() if (found := worldly_imports(parsed(file)))}
    assert breaches == {}


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import select",
        "import flask",
        "from audit_app import db",
        "from audit_app.clock import now",
        "from audit_app.web.forms import Form",
        "from audit_app.auditing import operations",
        "from audit_app.identity.views.signing_in import enter",
        "def late():\n    import sqlalchemy.orm",
        "try:\n    import x\nexcept ImportError:\n    from reportlab.lib import colors",
    ],
)
def test_the_law_of_purity_catches_a_planted_breach(source: str) -> None:
    assert worldly_imports(ast.parse(source)) != []


def test_the_law_of_purity_lets_the_type_checker_look() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from flask import Flask\nimport datetime"
    assert worldly_imports(ast.parse(source)) == []


def test_imports_stand_at_the_top_except_at_the_doors_to_what_is_large_and_seldom_needed() -> None:
    files = (*application_files(), ROOT / "config.py")
    assert {shown(file): len(lines) for file in files if (lines := imports_in_functions(parsed(file)))} == LATE


def test_the_law_of_imports_at_the_top_catches_a_planted_breach() -> None:
    assert imports_in_functions(ast.parse("class A:\n    def b(self):\n        if True:\n            import os")) == [4]


def test_every_folder_of_the_application_with_python_in_it_is_a_room() -> None:
    folders = {file.parent for file in application_files() if file.parent != APPLICATION}
    without_door = sorted(shown(folder) for folder in folders if not (folder / "__init__.py").exists())
    assert without_door == []


def test_every_room_stands_in_the_order_of_the_house() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    ranked = {word.strip(" ()") for layer in contracts[0]["layers"] for word in layer.split("|")}
    found = {file.stem for file in APPLICATION.glob("*.py")} | {file.parent.name for file in APPLICATION.glob("*/*.py")}
    assert found - {"__init__", APPLICATION.name} <= ranked


def third_party(files: list[Path]) -> set[str]:
    """The libraries, by their top names, that files take in."""
    own = {"audit_app", "config", "tests", "tools", "benchmarks"}
    names = {one.module.split(".")[0] for file in files for one in imports(parsed(file))}
    return {name for name in names if name and name not in own and name not in sys.stdlib_module_names}


def test_what_the_application_imports_is_among_the_running_requirements() -> None:
    distributions = {
        "yaml": "pyyaml",
        "PIL": "pillow",
        "docx": "python-docx",
        "argon2": "argon2-cffi",
        "werkzeug": "flask",
        "jinja2": "flask",
        "click": "flask",
        "requests": "notifications-python-client",
    }
    distributions |= {"markupsafe": "flask", "blinker": "flask", "itsdangerous": "flask"}
    stated = (ROOT / "requirements.in").read_text().lower()
    lines = {line.partition("==")[0].partition("[")[0] for line in stated.splitlines() if "==" in line}
    needed = {distributions.get(name, name).replace("_", "-").lower() for name in third_party(application_files())}
    assert needed <= lines
