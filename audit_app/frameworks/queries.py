"""What is asked of kept frameworks and tools."""

from flask import abort
from sqlalchemy import select

from audit_app.db import db
from audit_app.frameworks.content import Framework, Scale, framework_from_data, scale_from_data
from audit_app.frameworks.model import FrameworkVersion, ToolVersion


def tools() -> list[ToolVersion]:
    """Every version of every tool: those on offer first, then by name, the newest version first."""
    rows = select(ToolVersion).order_by(ToolVersion.name, ToolVersion.id.desc())
    return sorted(db.session.execute(rows).scalars(), key=lambda tool: tool.retired_at is not None)


def frameworks() -> list[FrameworkVersion]:
    """Every version of every framework, the last to come into force first."""
    rows = select(FrameworkVersion).order_by(FrameworkVersion.effective_from.desc(), FrameworkVersion.name)
    return list(db.session.execute(rows).scalars())


def tool_or_404(tool_id: int, *, to_write: bool = False) -> ToolVersion:
    """A version of a tool."""
    rows = select(ToolVersion).where(ToolVersion.id == tool_id)
    found = db.session.execute(rows.with_for_update() if to_write else rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def framework_or_404(framework_id: int) -> FrameworkVersion:
    """A version of a framework."""
    found = db.session.get(FrameworkVersion, framework_id)
    if found is None:
        abort(404)
    return found


def find_framework(key: str, version: str) -> FrameworkVersion | None:
    """A version of a framework by its key."""
    return db.session.execute(select(FrameworkVersion).filter_by(key=key, version=version)).scalar_one_or_none()


def find_tool(key: str, version: str) -> ToolVersion | None:
    """A version of a tool by its key."""
    return db.session.execute(select(ToolVersion).filter_by(key=key, version=version)).scalar_one_or_none()


def kept_frameworks() -> list[Framework]:
    """The frameworks that a file may refer to."""
    return [framework_from_data(kept) for kept in db.session.execute(select(FrameworkVersion.content)).scalars()]


def kept_scales() -> list[Scale]:
    """The scales that a file may refer to: those of the frameworks and tools that are kept."""
    found: dict[str, Scale] = {}
    for content in db.session.execute(select(FrameworkVersion.content)).scalars():
        found.setdefault(content["scale"]["key"], scale_from_data(content["scale"]))
    for content in db.session.execute(select(ToolVersion.content)).scalars():
        for scale in (content["scale"], content["quality"]["scale"]):
            found.setdefault(scale["key"], scale_from_data(scale))
    return list(found.values())


def practice_scales() -> list[Scale]:
    """The scales that practice is graded on, by name: those of frameworks and tools, not of the quality of audits."""
    columns = (FrameworkVersion.content, ToolVersion.content)
    contents = [content for column in columns for content in db.session.execute(select(column)).scalars()]
    found = {content["scale"]["key"]: scale_from_data(content["scale"]) for content in contents}
    return sorted(found.values(), key=lambda scale: (scale.name, scale.key))
