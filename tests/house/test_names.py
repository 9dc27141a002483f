"""Laws about names, docstrings and size: what a newcomer reads first."""

import ast

import pytest

from tests.house.rooms import ROOT, application_files, python_files, shown, template_files
from tests.house.source import classes, functions, parsed

SAYS_NOTHING = ("Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Base", "Mixin", "Data")
FILES_THAT_SAY_NOTHING = {
    "base",
    "common",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "mixins",
    "util",
    "utils",
}
LONGEST_FILE = 400
PRETENCE = {"mock", "unittest.mock"}


def empty_names(tree: ast.Module) -> list[str]:
    """The classes whose name ends in a word that says nothing about the trade."""
    return [one.name for one in classes(tree) if one.name.endswith(SAYS_NOTHING)]


def mocks(tree: ast.Module) -> list[str]:
    """Where a test takes in a library that replaces our own code by pretence."""
    return [ast.unparse(node) for node in ast.walk(tree) if _is_mock(node)]


def _is_mock(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module in PRETENCE or any(f"{node.module}.{name.name}" in PRETENCE for name in node.names)
    return isinstance(node, ast.Import) and any(name.name in PRETENCE for name in node.names)


def test_every_module_says_what_it_is() -> None:
    silent = [shown(file) for file in python_files() if not (ast.get_docstring(parsed(file)) or "").strip()]
    assert silent == []


def test_every_public_class_and_function_of_the_application_says_what_it_is() -> None:
    silent = [
        f"{shown(file)}: {one.name}"
        for file in application_files()
        for one in parsed(file).body
        if isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not one.name.startswith("_")
        and not ast.get_docstring(one)
    ]
    assert silent == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    breaches = {shown(file): names for file in python_files() if (names := empty_names(parsed(file)))}
    assert breaches == {}


@pytest.mark.parametrize("name", ["AuditManager", "GradeData", "Base", "TimestampMixin", "PdfUtils"])
def test_the_law_of_names_catches_a_planted_breach(name: str) -> None:
    assert empty_names(ast.parse(f"class {name}: pass")) == [name]


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [shown(file) for file in python_files() if file.stem.strip("_") in FILES_THAT_SAY_NOTHING] == []


def test_no_file_is_too_long_to_be_about_one_thing() -> None:
    static = ROOT / "audit_app" / "static"
    own = [file for kind in ("*.js", "*.css") for file in static.rglob(kind) if "vendor" not in file.parts]
    files = [file for file in (*python_files(), *template_files(), *own) if "migrations" not in file.parts]
    lengths = {shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_the_names_of_tests_are_sentences() -> None:
    tests = [file for file in python_files() if file.name.startswith("test_")]
    terse = [
        f"{shown(file)}: {one.name}"
        for file in tests
        for one in functions(parsed(file))
        if one.name.startswith("test_") and len(one.name.split("_")) < 4
    ]
    assert terse == []


def test_no_test_pretends_that_our_own_code_is_something_else() -> None:
    breaches = {shown(file): found for file in python_files() if (found := mocks(parsed(file)))}
    assert breaches == {}


@pytest.mark.parametrize("source", ["from unittest import mock", "from unittest.mock import patch", "import mock"])
def test_the_law_against_pretence_catches_a_planted_breach(source: str) -> None:
    assert mocks(ast.parse(source)) == [source]
