"""Programmes and rounds as they are stored."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.cases.model import CaseList
from audit_app.db import Model
from audit_app.frameworks.model import ToolVersion
from audit_app.organisation.model import Unit


class Programme(Model):
    """A standing kind of audit: which tool, for whom, due in how many working days, moderated how."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    tool_key: Mapped[str]
    due_working_days: Mapped[int] = mapped_column(default=15)
    blind: Mapped[bool] = mapped_column(default=False)  # moderation of random draws is blind unless said otherwise
    moderation_percent: Mapped[int] = mapped_column(default=20)  # the coverage aimed at
    ended_at: Mapped[dt.datetime | None]
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("due_working_days between 1 and 120", name="due"),
        CheckConstraint("moderation_percent between 0 and 100", name="share"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class Round(Model):
    """One month's run of a programme; its month is the period of every audit in it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    tool_version_id: Mapped[int] = mapped_column(ForeignKey("tool_version.id"))
    case_list_id: Mapped[int | None] = mapped_column(ForeignKey("case_list.id"))
    month: Mapped[dt.date]
    due_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    version_id: Mapped[int] = mapped_column()
    programme: Mapped[Programme] = relationship()
    tool_version: Mapped[ToolVersion] = relationship()
    case_list: Mapped[CaseList | None] = relationship()
    __table_args__ = (UniqueConstraint("programme_id", "month"),)
    __mapper_args__ = {"version_id_col": version_id}
