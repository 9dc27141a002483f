"""What is written for papers: external auditors' findings with their copies, and reports to committees."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.improvement.model import Meeting
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


class CommitteeReport(Model):
    """The report to a committee for a board's meeting: a draft until it is final, then never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    title: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    report_of: Mapped[str] = mapped_column(default="")
    wards: Mapped[str] = mapped_column(default="")
    marking: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # by the key of a section
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # as they are when it becomes final
    council: Mapped[str] = mapped_column(default="")  # as it is called when the report becomes final
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finalised_at: Mapped[dt.datetime | None]
    finalised_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    meeting: Mapped[Meeting] = relationship()
    formers: Mapped[list["CommitteeReportFormer"]] = relationship(
        back_populates="report", order_by="CommitteeReportFormer.number.desc()"
    )
    __table_args__ = (
        CheckConstraint("marking in ('OPEN', 'OFFICIAL', 'OFFICIAL-SENSITIVE')", name="marking"),
        CheckConstraint("length(title) > 0", name="titled"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class CommitteeReportFormer(Model):
    """What a report said before it was saved anew: its version, whole."""

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("committee_report.id"))
    number: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    until: Mapped[dt.datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    report: Mapped[CommitteeReport] = relationship(back_populates="formers")
    person: Mapped[Person | None] = relationship()
    __table_args__ = (UniqueConstraint("report_id", "number"),)
