"""What is done with frameworks and tools: versions are added, and never changed."""

from typing import TypeVar

from audit_app.clock import now
from audit_app.db import db
from audit_app.frameworks import queries
from audit_app.frameworks.content import Framework, Scale, Tool, content_hash, framework_as_data, tool_as_data
from audit_app.frameworks.model import FrameworkVersion, ToolVersion
from audit_app.frameworks.reading import SHIPPED, library, read_file
from audit_app.history.operations import record
from audit_app.refusal import Refusal, Refused, refuse_if

Version = TypeVar("Version", FrameworkVersion, ToolVersion)


def add_framework(framework: Framework, *, by: int | None) -> FrameworkVersion:
    """Keep a version of a framework; the same content twice is one version."""
    content = framework_as_data(framework)
    present = queries.find_framework(framework.key, framework.version)
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
    db.session.flush()
    body = {"framework": added.id, "key": added.key, "version": added.version, "hash": added.content_hash}
    record("framework.added", subject=f"framework:{added.id}", body=body, by=by)
    return added


def add_tool(tool: Tool, *, by: int | None) -> ToolVersion:
    """Keep a version of a tool; the same content twice is one version, other content needs a new version."""
    content = tool_as_data(tool)
    present = queries.find_tool(tool.key, tool.version)
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
    body = {"tool": added.id, "key": tool.key, "version": tool.version, "hash": added.content_hash}
    record("tool.added", subject=f"tool:{added.id}", body=body, by=by)
    return added


def _same(present: Version, wanted: str) -> Version:
    refuse_if(refusal_to_replace(present, wanted))
    return present


def refusal_to_replace(present: FrameworkVersion | ToolVersion, wanted: str) -> Refusal | None:
    """Why content with this hash may not be kept under a version that there is already."""
    if present.content_hash == wanted:
        return None
    return Refusal(
        f"Version {present.version} of {present.name} exists with other content. Give the file a new version."
    )


def read(text: str) -> Framework | Tool:
    """The framework or tool in a file, which may refer to what is kept; raises `Unreadable` with every problem."""
    found = read_file(text, scales=queries.kept_scales(), frameworks=queries.kept_frameworks())
    if isinstance(found, Scale):
        reason = "This file holds a scale alone. Put the scale into the file of the framework or tool that uses it."
        raise Refused(Refusal(reason))
    present: FrameworkVersion | ToolVersion | None
    if isinstance(found, Tool):
        present, content = queries.find_tool(found.key, found.version), tool_as_data(found)
    else:
        present, content = queries.find_framework(found.key, found.version), framework_as_data(found)
    if present is not None:
        refuse_if(refusal_to_replace(present, content_hash(content)))
    return found


def retire(tool: ToolVersion, *, by: int) -> None:
    """Offer a version of a tool to new rounds no longer; audits made with it keep it."""
    if tool.retired_at is not None:
        raise Refused(Refusal("This version is retired already."))
    tool.retired_at = now()
    db.session.flush()
    record("tool.retired", subject=f"tool:{tool.id}", body={"tool": tool.id}, by=by)


def offer_again(tool: ToolVersion, *, by: int) -> None:
    """Offer a retired version of a tool to new rounds again."""
    if tool.retired_at is None:
        raise Refused(Refusal("This version is on offer."))
    tool.retired_at = None
    db.session.flush()
    record("tool.offered_again", subject=f"tool:{tool.id}", body={"tool": tool.id}, by=by)


def load_shipped(*, by: int | None = None) -> list[ToolVersion]:
    """Keep everything of the shipped library that is not here yet."""
    shipped = library(SHIPPED)
    for framework in shipped.frameworks:
        add_framework(framework, by=by)
    return [add_tool(tool, by=by) for tool in shipped.tools]
