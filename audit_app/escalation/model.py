"""Escalations and the re-audits that follow from them, as they are stored."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.auditing.model import Audit
from audit_app.db import Model
from audit_app.escalation.rules import State
from audit_app.identity.model import Person
from audit_app.programmes.model import Programme


class Escalation(Model):
    """That an audit was graded so low that a head of service signs it off: who, by when, and what they said."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column()
    auditor_id: Mapped[int] = mapped_column()
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"))  # the line that was graded so
    grade: Mapped[str]
    grade_now: Mapped[str | None]  # what stands today; the escalation stays when it was changed since
    raised_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    named_at: Mapped[dt.datetime | None]
    done: Mapped[str] = mapped_column(default="")
    child_safe: Mapped[bool | None]
    safety: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None]
    signed_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_because: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship(foreign_keys=[audit_id, auditor_id])
    head: Mapped[Person | None] = relationship(foreign_keys=[head_id])
    __table_args__ = (
        ForeignKeyConstraint(["audit_id", "auditor_id"], ["audit.id", "audit.auditor_id"], onupdate="CASCADE"),
        Index(
            "uq_escalation_running",
            "audit_id",
            unique=True,
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
        Index(None, "audit_id"),
        CheckConstraint("head_id is null or head_id <> auditor_id", name="nobody_signs_their_own"),
        CheckConstraint("(head_id is null) = (named_at is null)", name="named_when"),
        CheckConstraint("signed_at is null or (head_id is not null and child_safe)", name="signed_by_somebody"),
        CheckConstraint("signed_at is null or length(done) > 0", name="signed_says_what"),
        CheckConstraint("signed_at is null or closed_at is null", name="signed_stays"),
        CheckConstraint("(closed_at is null) = (closed_because = '')", name="closed_says_why"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.closed_at is not None:
            return State.CLOSED
        if self.signed_at is not None:
            return State.SIGNED_OFF
        if self.head_id is None:
            return State.UNNAMED
        return State.NOT_SAFE if self.child_safe is False else State.WAITING

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.signed_at is None and self.closed_at is None


class ReAudit(Model):
    """That a case is to be audited again, in which programme and month; ended when it need not be after all."""

    __tablename__ = "re_audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[dt.date]
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column(server_default="1")
    audit: Mapped[Audit] = relationship()
    programme: Mapped[Programme] = relationship()
    __table_args__ = (
        Index(None, "programme_id", "month"),
        CheckConstraint("(ended_at is null) = (ended_because = '')", name="ended_says_why"),
    )
    __mapper_args__ = {"version_id_col": version_id}
