"""Frameworks and audit tools as they are stored: versions of validated data, frozen once an audit uses them."""

import datetime as dt
from functools import cache
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.db import Model, db
from audit_app.frameworks.content import Tool, tool_from_data


class FrameworkVersion(Model):
    """One version of an inspection framework."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    effective_from: Mapped[dt.date]
    effective_to: Mapped[dt.date | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str]
    added_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("key", "version"),)


class ToolVersion(Model):
    """One version of an audit tool."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    content_hash: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[dt.datetime | None]
    __table_args__ = (UniqueConstraint("key", "version"),)

    @property
    def tool(self) -> Tool:
        """The tool as a value; read once a process, since a version's content never changes."""
        return _tool(self.content_hash, self.id)


@cache
def _tool(content_hash: str, version_id: int) -> Tool:
    content = db.session.execute(db.select(ToolVersion.content).filter_by(id=version_id)).scalar_one()
    return tool_from_data(content)
