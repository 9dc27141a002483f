"""Reading a scale, a framework or a tool from a file, and the whole shipped library from its folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audit_app.frameworks.block import Block
from audit_app.frameworks.framework import Framework
from audit_app.frameworks.problem import Problem, Unreadable, by_line
from audit_app.frameworks.reading_framework import framework
from audit_app.frameworks.reading_scale import scale
from audit_app.frameworks.reading_tool import FrameworkKey, tool
from audit_app.frameworks.scale import Scale
from audit_app.frameworks.tool import Tool
from audit_app.frameworks.written import Fields, Words, within, written

__all__ = ["SHIPPED", "Library", "Problem", "Unreadable", "library", "read_file"]

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "library"
FILES: Final = ("scale", "framework", "tool")


@dataclass(frozen=True, slots=True)
class Library:
    """The scales, frameworks and tools of a folder, in the order of their keys and versions."""

    scales: tuple[Scale, ...]
    frameworks: tuple[Framework, ...]
    tools: tuple[Tool, ...]

    def scale(self, key: str) -> Scale:
        """The scale with this key."""
        return {scale.key: scale for scale in self.scales}[key]

    def framework(self, key: str, version: str) -> Framework:
        """The version of a framework."""
        return {(framework.key, framework.version): framework for framework in self.frameworks}[key, version]

    def tool(self, key: str, version: str) -> Tool:
        """The version of a tool."""
        return {(tool.key, tool.version): tool for tool in self.tools}[key, version]


def read_file(
    text: str, *, scales: Iterable[Scale] = (), frameworks: Iterable[Framework] = ()
) -> Scale | Framework | Tool:
    """The scale, framework or tool in a file, given those it may refer to; raises `Unreadable` with every problem."""
    return _read(
        *written(text),
        {scale.key: scale for scale in scales},
        {(framework.key, framework.version): framework for framework in frameworks},
    )


def library(path: Path) -> Library:
    """Everything in a folder and the folders inside it; raises `Unreadable` with every problem of every file."""
    scales: dict[str, Scale] = {}
    frameworks: dict[FrameworkKey, Framework] = {}
    tools: dict[FrameworkKey, Tool] = {}
    problems: list[Problem] = []
    files: list[tuple[int, str, Fields, list[Problem]]] = []
    for file in sorted(path.rglob("*.yaml")):
        name = file.relative_to(path).as_posix()
        try:
            fields, twice = written(file.read_text(encoding="utf-8"))
            files.append((_place(fields), name, fields, twice))
        except Unreadable as refusal:
            problems.extend(_in_file(name, refusal.problems))
    for _, name, fields, twice in sorted(files, key=lambda file: file[:2]):
        try:
            read = _read(fields, twice, scales, frameworks)
            known = _keep(read, scales, frameworks, tools)
        except Unreadable as refusal:
            problems.extend(_in_file(name, refusal.problems))
        else:
            if known:
                problems.append(Problem(fields.line, name, "Another file already has this key and version."))
    if problems:
        raise Unreadable(problems)
    return Library(tuple(scales.values()), tuple(frameworks.values()), tuple(tools.values()))


def _read(
    fields: Fields,
    twice: Iterable[Problem],
    scales: Mapping[str, Scale],
    frameworks: Mapping[FrameworkKey, Framework],
) -> Scale | Framework | Tool:
    """What a file's block describes, or every problem in it."""
    problems = list(twice)
    block = Block(fields, "", problems)
    what = block.one_of("file", FILES)
    read: Scale | Framework | Tool | None = None
    if what == "scale":
        read = scale(block)
    elif what == "framework":
        read = framework(block, scales)
    elif what == "tool":
        read = tool(block, scales, frameworks)
    if problems or read is None:
        raise Unreadable(by_line(problems))
    return read


def _keep(
    read: Scale | Framework | Tool,
    scales: dict[str, Scale],
    frameworks: dict[FrameworkKey, Framework],
    tools: dict[FrameworkKey, Tool],
) -> bool:
    """Keep what was read with its like; whether its place was taken already."""
    if isinstance(read, Scale):
        return scales.setdefault(read.key, read) is not read
    if isinstance(read, Framework):
        return frameworks.setdefault((read.key, read.version), read) is not read
    return tools.setdefault((read.key, read.version), read) is not read


def _place(fields: Fields) -> int:
    """Scales are read before frameworks and frameworks before tools, since each may refer to the ones before."""
    value = fields.items.get("file", (0, None))[1]
    text = value.text.strip() if isinstance(value, Words) else ""
    return FILES.index(text) if text in FILES else len(FILES)


def _in_file(name: str, problems: Iterable[Problem]) -> list[Problem]:
    """A file's problems, each with the file's name."""
    return [Problem(problem.line, within(name, problem.where), problem.message) for problem in problems]
