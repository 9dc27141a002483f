"""An external auditor's findings as they are stored: what they write of an exercise, and the copies they finished."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.moderation.model import Exercise
from audit_app.reporting.contents.findings import Observations


class Findings(Model):
    """What an external auditor observes of a whole validation exercise: a draft until a copy is finished."""

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("validation_exercise.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    strong: Mapped[str] = mapped_column(default="")
    improve: Mapped[str] = mapped_column(default="")
    recommend: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[dt.datetime]
    version_id: Mapped[int] = mapped_column()
    exercise: Mapped[Exercise] = relationship()
    person: Mapped[Person] = relationship()
    copies: Mapped[list["FindingsCopy"]] = relationship(back_populates="findings", order_by="FindingsCopy.number")
    __table_args__ = (UniqueConstraint("exercise_id", "person_id"),)
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def observations(self) -> Observations:
        """What is written, as the paper takes it."""
        return Observations(self.strong, self.improve, self.recommend)


class FindingsCopy(Model):
    """One finished copy of an external auditor's findings, byte for byte; it is never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    findings_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    number: Mapped[int]
    strong: Mapped[str]
    improve: Mapped[str]
    recommend: Mapped[str]
    audit_ids: Mapped[list[int]] = mapped_column(JSON)  # whoever opens it must be allowed to open each of these
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    finished_at: Mapped[dt.datetime]
    findings: Mapped[Findings] = relationship(back_populates="copies")
    __table_args__ = (
        UniqueConstraint("findings_id", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("length(sha256) = 64", name="whole_hash"),
    )

    @property
    def observations(self) -> Observations:
        """What was written when it was finished."""
        return Observations(self.strong, self.improve, self.recommend)
