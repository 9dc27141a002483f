"""Python source as the laws read it: what it imports, what it calls, what it names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Import:
    """One module taken in, and whether that happens inside a function or for the type checker only."""

    module: str
    line: int
    within_function: bool
    for_types_only: bool


@cache
def parsed(file: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imports(tree: ast.Module) -> Iterator[Import]:
    """Every import of a file; `from a import b` gives both a and a.b, since b may be a module."""
    yield from _imports(tree.body, within_function=False, for_types_only=False)


def _imports(nodes: list[ast.stmt], within_function: bool, for_types_only: bool) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(name.name, node.lineno, within_function, for_types_only)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield Import(module, node.lineno, within_function, for_types_only)
            for name in node.names:
                yield Import(f"{module}.{name.name}", node.lineno, within_function, for_types_only)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _imports(node.body, within_function, for_types_only=True)
            yield from _imports(node.orelse, within_function, for_types_only)
        else:
            yield from _imports(_within(node), within_function or isinstance(node, Function), for_types_only)


def _within(node: ast.stmt) -> list[ast.stmt]:
    """The statements directly within a statement, in any of its branches."""
    found: list[ast.stmt] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            found.append(child)
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            found.extend(child.body)
    return found


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def classes(tree: ast.AST) -> list[ast.ClassDef]:
    """Every class that a file defines."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def functions(tree: ast.AST) -> list[Function]:
    """Every function and method that a file defines."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]
