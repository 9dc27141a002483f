"""Calibrations as they are stored: vignettes with their reference grades, the people who grade them, their verdicts."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.calibration.rules import State, state_of
from audit_app.db import Model
from audit_app.frameworks.content import Section, Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit


class Calibration(Model):
    """One exercise: its vignettes, between which days they are graded, and what a certificate asks for."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    tool_version_id: Mapped[int] = mapped_column(ForeignKey("tool_version.id"))
    name: Mapped[str]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]  # the last day on which grades are taken
    share_needed: Mapped[int]  # percent of grades within one level of the reference, for a certificate
    panel: Mapped[str] = mapped_column(default="")  # who set the reference grades
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]  # when the results were opened
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    tool_version: Mapped[ToolVersion] = relationship()
    vignettes: Mapped[list["Vignette"]] = relationship(back_populates="calibration", order_by="Vignette.place")
    raters: Mapped[list["Rater"]] = relationship(back_populates="calibration", order_by="Rater.id")
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="in_order"),
        CheckConstraint("share_needed between 0 and 100", name="share_needed"),
        CheckConstraint("closed_at is null or started_at is not null", name="closed_once_started"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def tool(self) -> Tool:
        """The tool that its vignettes are graded with."""
        return self.tool_version.tool

    @property
    def subject(self) -> str:
        """How history refers to it."""
        return f"calibration:{self.id}"

    def at(self, today: dt.date) -> State:
        """Where it stands on a day."""
        return state_of(self.started_at is not None, self.closed_at is not None, self.opens_on, self.closes_on, today)


class Vignette(Model):
    """One anonymised case in frozen words, and what a panel says that its grades are."""

    id: Mapped[int] = mapped_column(primary_key=True)
    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibration.id"))
    place: Mapped[int]
    title: Mapped[str]
    category: Mapped[str]
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # section -> what the record shows
    reference: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # section -> grade and reason
    copied_from: Mapped[int | None] = mapped_column(ForeignKey("audit.id"))
    checked_at: Mapped[dt.datetime | None]  # when somebody read it for names and references, and found none
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    calibration: Mapped[Calibration] = relationship(back_populates="vignettes")
    __table_args__ = (UniqueConstraint("calibration_id", "place"),)
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that are graded: those that something is written of, and the overall judgement."""
        asked = (section for section in self.calibration.tool.sections_for(self.category) if section.graded)
        return tuple(section for section in asked if section.overall or self.words.get(section.key))


class Rater(Model):
    """Somebody who grades the vignettes of a calibration, and whether that earned a certificate."""

    __tablename__ = "calibration_rater"
    id: Mapped[int] = mapped_column(primary_key=True)
    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibration.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    given_at: Mapped[dt.datetime]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    counted: Mapped[int | None]  # grades compared with the reference when it closed
    within_one: Mapped[int | None]
    certified_on: Mapped[dt.date | None]
    calibration: Mapped[Calibration] = relationship(back_populates="raters")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    gradings: Mapped[list["Grading"]] = relationship(back_populates="rater")
    __table_args__ = (
        UniqueConstraint("calibration_id", "person_id"),
        CheckConstraint("(counted is null) = (within_one is null)", name="counted_together"),
        CheckConstraint("within_one is null or within_one <= counted", name="within_one"),
        CheckConstraint("certified_on is null or counted > 0", name="certified_for_something"),
    )

    def grading_of(self, vignette: Vignette) -> "Grading | None":
        """What they did with a vignette, once they began."""
        return next((one for one in self.gradings if one.vignette_id == vignette.id), None)


class Grading(Model):
    """One person's grades of one vignette: drafts until they are committed, and for good from then on."""

    __tablename__ = "calibration_grading"
    id: Mapped[int] = mapped_column(primary_key=True)
    rater_id: Mapped[int] = mapped_column(ForeignKey("calibration_rater.id"))
    vignette_id: Mapped[int] = mapped_column(ForeignKey("vignette.id"), index=True)
    committed_at: Mapped[dt.datetime | None]
    rater: Mapped[Rater] = relationship(back_populates="gradings")
    vignette: Mapped[Vignette] = relationship()
    verdicts: Mapped[list["Verdict"]] = relationship(back_populates="grading")
    __table_args__ = (UniqueConstraint("rater_id", "vignette_id"),)


class Verdict(Model):
    """One person's grade of one section of a vignette, and why."""

    __tablename__ = "calibration_verdict"
    id: Mapped[int] = mapped_column(primary_key=True)
    grading_id: Mapped[int] = mapped_column(ForeignKey("calibration_grading.id"))
    section: Mapped[str]
    grade: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[dt.datetime]
    version_id: Mapped[int] = mapped_column()
    grading: Mapped[Grading] = relationship(back_populates="verdicts")
    __table_args__ = (UniqueConstraint("grading_id", "section"),)
    __mapper_args__ = {"version_id_col": version_id}
