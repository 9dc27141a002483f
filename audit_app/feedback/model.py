"""Released outcomes, what was replied to them, and the themes of audits and feedback, as they are stored."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.auditing.model import Audit
from audit_app.db import Model
from audit_app.feedback.rules import How
from audit_app.identity.model import Person

HOW = ", ".join(f"'{one.value}'" for one in How)


class Release(Model):
    """That an audit's outcome is shown to the case's practitioner and its team manager; never deleted, taken back."""

    __tablename__ = "outcome_release"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # the case's worker then
    how: Mapped[str]
    released_at: Mapped[dt.datetime]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retracted_at: Mapped[dt.datetime | None]
    retracted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retracted_because: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship()
    practitioner: Mapped[Person | None] = relationship(foreign_keys=[practitioner_id])
    replies: Mapped[list["OutcomeReply"]] = relationship(back_populates="release", order_by="OutcomeReply.id")
    __table_args__ = (
        Index(
            "uq_outcome_release_running",
            "audit_id",
            unique=True,
            sqlite_where=text("retracted_at is null"),
            postgresql_where=text("retracted_at is null"),
        ),
        CheckConstraint(f"how in ({HOW})", name="how"),
        CheckConstraint("(released_by is null) = (how = 'policy')", name="released_by_somebody"),
        CheckConstraint("(retracted_at is null) = (retracted_because = '')", name="retracted_says_why"),
        CheckConstraint("(retracted_at is null) = (retracted_by is null)", name="retracted_by_somebody"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def retracted(self) -> bool:
        """Whether it was taken back."""
        return self.retracted_at is not None


class OutcomeReply(Model):
    """What a practitioner or team manager says to a released outcome; read by the auditor and the officer."""

    __tablename__ = "outcome_reply"
    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("outcome_release.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str]
    at: Mapped[dt.datetime]
    release: Mapped[Release] = relationship(back_populates="replies")
    author: Mapped[Person] = relationship()
    __table_args__ = (CheckConstraint("length(words) > 0", name="says_something"),)


class Coding(Model):
    """Which themes an audit brings up: said by the child and family, by the practitioner, and found by the audit."""

    __tablename__ = "theme_coding"
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    family: Mapped[list[str]] = mapped_column(JSON, default=list)
    practitioner: Mapped[list[str]] = mapped_column(JSON, default=list)
    audit_found: Mapped[list[str]] = mapped_column(JSON, default=list)
    coded_at: Mapped[dt.datetime]
    coded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship()
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def codes(self) -> dict[str, list[str]]:
        """By voice, the keys of themes."""
        return {"family": self.family, "practitioner": self.practitioner, "audit": self.audit_found}
