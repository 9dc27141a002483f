"""Keeping frameworks and tools on both databases."""

import textwrap

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.db import db
from audit_app.frameworks import operations, queries
from audit_app.frameworks.content import Framework, Tool
from audit_app.frameworks.model import FrameworkVersion, ToolVersion
from audit_app.frameworks.problem import Unreadable
from audit_app.history.queries import entries_of
from audit_app.refusal import Refused
from tests import make
from tests.frameworks.samples import FRAMEWORK_FILE, SCALE_FILE, TOOL_FILE

INSIDE = textwrap.indent(SCALE_FILE.removeprefix("file: scale\n"), "  ")
WHOLE_FRAMEWORK = FRAMEWORK_FILE.replace("scale: two-level\n", f"scale:\n{INSIDE}")


def count(table: type) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def keep(text: str) -> FrameworkVersion | ToolVersion:
    found = operations.read(text)
    if isinstance(found, Tool):
        return operations.add_tool(found, by=None)
    return operations.add_framework(found, by=None)


def test_the_shipped_library_is_loaded_once(either_app: Flask) -> None:
    first = operations.load_shipped()
    again = operations.load_shipped()
    assert [tool.id for tool in first] == [tool.id for tool in again]
    assert {tool.key for tool in queries.tools()} == {
        "case-file",
        "pre-proceedings",
        "private-fostering",
        "homeless-16-17",
        "supervision",
        "multi-agency",
        "closure",
        "re-audit",
    }
    assert [one.version for one in queries.frameworks()] == ["2026-04", "2023-01"]


def test_a_framework_and_then_a_tool_that_refers_to_it_are_kept(either_app: Flask) -> None:
    framework = keep(WHOLE_FRAMEWORK)
    tool = keep(TOOL_FILE)
    db.session.commit()
    assert isinstance(tool, ToolVersion)
    assert tool.tool.section("safety").descriptors["met"] == "The child is safe."
    assert [entry.kind for entry in entries_of(f"framework:{framework.id}")] == ["framework.added"]
    assert [entry.kind for entry in entries_of(f"tool:{tool.id}")] == ["tool.added"]


def test_a_file_may_use_the_scales_of_what_is_kept(either_app: Flask) -> None:
    operations.load_shipped()
    found = operations.read(FRAMEWORK_FILE.replace("two-level", "ofsted-four-level").replace("not_met", "inadequate"))
    assert isinstance(found, Framework)
    assert {scale.key for scale in queries.kept_scales()} == {"ofsted-four-level", "audit-quality"}


def test_a_tool_that_refers_to_nothing_that_is_kept_is_refused_with_its_lines(app: Flask) -> None:
    with pytest.raises(Unreadable) as refused:
        operations.read(TOOL_FILE)
    assert {problem.line for problem in refused.value.problems} >= {8, 10}


def test_a_scale_alone_is_refused_with_what_to_do(app: Flask) -> None:
    with pytest.raises(Refused, match="scale alone"):
        operations.read(SCALE_FILE)


def test_the_same_version_with_other_words_is_refused(either_app: Flask) -> None:
    keep(WHOLE_FRAMEWORK)
    keep(TOOL_FILE)
    with pytest.raises(Refused, match="Give the file a new version"):
        operations.read(TOOL_FILE.replace("A short tool.", "Another."))
    with pytest.raises(Refused, match="Version 2026-04 of Local standards exists"):
        operations.read(WHOLE_FRAMEWORK.replace("Our own words.", "Theirs."))
    keep(TOOL_FILE)
    keep(TOOL_FILE.replace('version: "1"', 'version: "2"'))
    assert (count(ToolVersion), count(FrameworkVersion)) == (2, 1)


def test_a_version_is_retired_and_offered_again(either_app: Flask) -> None:
    made = make.authority()
    operations.retire(made.tool, by=made.officer.id)
    with pytest.raises(Refused, match="retired already"):
        operations.retire(made.tool, by=made.officer.id)
    assert queries.tools()[-1] is made.tool
    operations.offer_again(made.tool, by=made.officer.id)
    with pytest.raises(Refused, match="on offer"):
        operations.offer_again(made.tool, by=made.officer.id)
    db.session.commit()
    kinds = [entry.kind for entry in entries_of(f"tool:{made.tool.id}")]
    assert kinds == ["tool.offered_again", "tool.retired", "tool.added"]
