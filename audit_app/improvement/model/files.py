"""Files that plans came in by, kept until somebody has looked at what would become of them."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.improvement.model.plans import Plan
from audit_app.organisation.model import Unit


class PlanFile(Model):
    """A file with a plan, as it was sent in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))  # the plan that it became
    filename: Mapped[str]
    file_hash: Mapped[str]
    rows: Mapped[dict[str, Any]] = mapped_column(JSON)  # sheet -> numbered rows of cells as text
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[dt.datetime | None]
    unit: Mapped[Unit] = relationship()
    plan: Mapped[Plan | None] = relationship()


class ReadingsFile(Model):
    """A file with readings of a plan's indicators that was read and waits for a yes: for a day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    filename: Mapped[str]
    file_hash: Mapped[str]
    sent_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    grid: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    way: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: its columns are not known yet
    version_id: Mapped[int] = mapped_column()
    plan: Mapped[Plan] = relationship()
    __mapper_args__ = {"version_id_col": version_id}


class ReadingColumns(Model):
    """A remembered mapping: what the columns of a unit's own files of readings hold."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    headings: Mapped[list[str]] = mapped_column(JSON)
    remembered_at: Mapped[dt.datetime]
    remembered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
