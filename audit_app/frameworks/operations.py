"""What is done with frameworks and tools: versions are added, and never changed."""

from typing import TypeVar

from sqlalchemy import select

from audit_app.clock import now
from audit_app.db import db
from audit_app.frameworks.content import Framework, Tool, content_hash, framework_as_data, tool_as_data
from audit_app.frameworks.model import FrameworkVersion, ToolVersion
from audit_app.frameworks.reading import SHIPPED, library
from audit_app.history.operations import record
from audit_app.refusal import Refusal, Refused

Version = TypeVar("Version", FrameworkVersion, ToolVersion)


def add_framework(framework: Framework, *, by: int | None) -> FrameworkVersion:
    """Keep a version of a framework; the same content twice is one version."""
    content = framework_as_data(framework)
    present = db.session.execute(
        select(FrameworkVersion).filter_by(key=framework.key, version=framework.version)
    ).scalar_one_or_none()
    if present is not None:
        return _same(present, content_hash(content))
    added = FrameworkVersion(
        key=framework.key,
        version=framework.version,
        name=framework.name,
        effective_from=framework.effective_from,
        effective_to=framework.effective_to,
        content=content,
        content_hash=content_hash(content),
        added_at=now(),
    )
    db.session.add(added)
    record("framework.added", body={"key": added.key, "version": added.version, "hash": added.content_hash}, by=by)
    return added


def add_tool(tool: Tool, *, by: int | None) -> ToolVersion:
    """Keep a version of a tool; the same content twice is one version, other content needs a new version."""
    content = tool_as_data(tool)
    present = db.session.execute(select(ToolVersion).filter_by(key=tool.key, version=tool.version)).scalar_one_or_none()
    if present is not None:
        return _same(present, content_hash(content))
    added = ToolVersion(
        key=tool.key,
        version=tool.version,
        name=tool.name,
        kind=tool.kind,
        content=content,
        content_hash=content_hash(content),
        added_at=now(),
        added_by=by,
    )
    db.session.add(added)
    db.session.flush()
    record(
        "tool.added",
        body={"tool": added.id, "key": tool.key, "version": tool.version, "hash": added.content_hash},
        by=by,
    )
    return added


def _same(present: Version, wanted: str) -> Version:
    if present.content_hash != wanted:
        reason = f"Version {present.version} of {present.name} exists with other content. Give the file a new version."
        raise Refused(Refusal(reason))
    return present


def retire(tool: ToolVersion, *, by: int) -> None:
    """Offer a version of a tool to new rounds no longer; audits made with it keep it."""
    tool.retired_at = now()
    record("tool.retired", body={"tool": tool.id}, by=by)


def load_shipped(*, by: int | None = None) -> list[ToolVersion]:
    """Keep everything of the shipped library that is not here yet."""
    shipped = library(SHIPPED)
    for framework in shipped.frameworks:
        add_framework(framework, by=by)
    return [add_tool(tool, by=by) for tool in shipped.tools]
