"""Files that plans and readings came in by, kept until somebody has looked at what would become of them."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.improvement.model.plans import Plan
from audit_app.organisation.model import Unit


class PlanFile(Model):
    """A file with a plan or with readings, as it was sent in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))  # whose readings it holds; none for a whole plan
    filename: Mapped[str]
    file_hash: Mapped[str]
    rows: Mapped[dict[str, Any]] = mapped_column(JSON)  # sheet -> numbered rows of cells as text
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # of readings: field -> heading
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[dt.datetime | None]
    unit: Mapped[Unit] = relationship()
    plan: Mapped[Plan | None] = relationship()


class ReadingColumns(Model):
    """Which columns of a file of readings hold what, remembered for a plan by the file's headings."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    headings_hash: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[Plan] = relationship()
    __table_args__ = (UniqueConstraint("plan_id", "headings_hash"),)
