"""Programmes, rounds, months that are skipped and exemptions, as they are stored."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.cases.model import CaseList
from audit_app.db import Model
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.programmes.months import month_after
from audit_app.programmes.policies import Policies


class Programme(Model):
    """A standing kind of audit: which tool, for whom, due in how many working days, moderated how."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    tool_key: Mapped[str]
    due_working_days: Mapped[int] = mapped_column(default=15)
    blind: Mapped[bool] = mapped_column(default=False)  # moderation of random draws is blind unless said otherwise
    moderation_percent: Mapped[int] = mapped_column(default=20)  # the coverage aimed at
    kind: Mapped[
        str | None
    ]  # one of the kinds in frameworks/kinds.yaml; none for a programme of before there were kinds
    frequency: Mapped[str] = mapped_column(default="as_needed", server_default="as_needed")
    first_month: Mapped[dt.date | None]  # the month of the first round that is planned
    opens_itself: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    policies: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    ended_at: Mapped[dt.datetime | None]
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("due_working_days between 1 and 120", name="due"),
        CheckConstraint("moderation_percent between 0 and 100", name="share"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def policy(self) -> Policies:
        """How it draws, audits and moderates; the senior tier's share and blindness stand in columns of their own."""
        kept = Policies.from_data(self.policies or {})
        return replace(
            kept,
            shares={**kept.shares, "senior": self.moderation_percent},
            blind={**kept.blind, "senior": self.blind},
        )

    @policy.setter
    def policy(self, policy: Policies) -> None:
        """Keep policies, with the columns in step."""
        self.policies = policy.to_data()
        self.moderation_percent, self.blind = policy.shares["senior"], policy.blind["senior"]


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


class Skip(Model):
    """A planned month of a programme in which no round is to be opened, and why."""

    __tablename__ = "skipped_month"
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[dt.date]
    reason: Mapped[str]
    skipped_at: Mapped[dt.datetime]
    skipped_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        UniqueConstraint("programme_id", "month"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )


class Exemption(Model):
    """Somebody who need not audit in a programme from a month to a month; another person approved it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_month: Mapped[dt.date]
    to_month: Mapped[dt.date]  # its last month
    reason: Mapped[str]
    approver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[dt.datetime | None]
    ended_from: Mapped[dt.date | None]  # the month from which it no longer holds; its first month: it never held
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    programme: Mapped[Programme] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    approver: Mapped[Person] = relationship(foreign_keys=[approver_id])
    __table_args__ = (
        CheckConstraint("to_month >= from_month", name="months"),
        CheckConstraint("approver_id <> person_id", name="approved_by_another"),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("(ended_at is null) = (ended_from is null)", name="ended"),
        CheckConstraint("ended_from is null or ended_from between from_month and to_month", name="ended_from"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def last_month(self) -> dt.date | None:
        """The last month in which it holds; none where it never held."""
        last = self.to_month if self.ended_from is None else month_after(self.ended_from, -1)
        return last if last >= self.from_month else None

    def holds(self, month: dt.date) -> bool:
        """Whether they are exempt in a month."""
        last = self.last_month
        return last is not None and self.from_month <= month <= last
