"""Audits, drafts and the ledger of judgements as they are stored."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.auditing.drafts import Draft
from audit_app.auditing.visibility import Facts, Holding
from audit_app.auditing.workflow import Stage
from audit_app.cases.model import CaseRecord
from audit_app.db import Model
from audit_app.frameworks.content import Section, Tool
from audit_app.frameworks.going_back import going_back
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round

TIERS = ("auditor", "senior", "external")
STAGES = ", ".join(f"'{stage.value}'" for stage in Stage)


class Audit(Model):
    """One audit of one case by one auditor; it pins the tool, the unit, the category and the period as they were."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    tool_version_id: Mapped[int] = mapped_column(ForeignKey("tool_version.id"))
    auditor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # access follows where it stands
    unit_path: Mapped[str] = mapped_column(index=True)  # figures stay where it stood
    category: Mapped[str]
    period: Mapped[dt.date] = mapped_column(index=True)  # the month of its round
    stage: Mapped[str] = mapped_column(default=Stage.ALLOCATED.value)
    due_on: Mapped[dt.date]
    inclusion_probability: Mapped[float | None]
    allocated_at: Mapped[dt.datetime]
    first_handed_in_at: Mapped[dt.datetime | None]
    handed_in_at: Mapped[dt.datetime | None]
    sent_back_because: Mapped[str | None]
    handed_back_at: Mapped[dt.datetime | None]  # not started, and given back to whoever gives audits out
    handed_back_because: Mapped[str | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("audit.id"), index=True)  # the audit it goes back to
    handed_in_without: Mapped[str | None]  # why it went on without what some agencies were to contribute
    moderation_asked_because: Mapped[str | None]  # why its auditor asked to have it moderated, if they did
    practitioner_involved: Mapped[bool | None]  # as first handed in
    feedback_obtained: Mapped[bool | None]
    version_id: Mapped[int] = mapped_column()
    round: Mapped[Round] = relationship()
    case: Mapped[CaseRecord] = relationship()
    tool_version: Mapped[ToolVersion] = relationship()
    auditor: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="audit", order_by="Assignment.id")
    follows: Mapped["Audit | None"] = relationship(remote_side="Audit.id")
    __table_args__ = (
        UniqueConstraint("round_id", "case_id"),
        UniqueConstraint("id", "auditor_id"),  # so that a moderation can be refused to its own auditor by the database
        Index(None, "auditor_id", "stage"),
        Index(None, "period", "id"),
        CheckConstraint(f"stage in ({STAGES})", name="stage"),
        CheckConstraint(
            "(first_handed_in_at is null) = (stage in ('allocated', 'in_progress', 'withdrawn'))", name="handed_in"
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def at(self) -> Stage:
        """Where it stands."""
        return Stage(self.stage)

    @property
    def tool(self) -> Tool:
        """The tool it is made with; one that goes back to an earlier audit also asks what became of each concern."""
        tool = self.tool_version.tool
        return tool if self.follows_id is None else going_back(tool)

    @property
    def subject(self) -> str:
        """How the history names it."""
        return f"audit:{self.id}"

    @property
    def facts(self) -> Facts:
        """What the rule of visibility needs to know."""
        holdings = tuple(Holding(a.person_id, a.tier, a.hidden) for a in self.assignments if a.ended_at is None)
        return Facts(self.auditor_id, self.unit.path, self.at, holdings, self.handed_back_at is not None)


class Assignment(Model):
    """That somebody was given an audit to judge in a later tier; hidden while they judge it blind."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    tier: Mapped[str]
    hidden: Mapped[bool]
    given_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]  # taken from them again
    audit: Mapped[Audit] = relationship(back_populates="assignments")
    person: Mapped[Person] = relationship()
    __table_args__ = (
        Index(None, "person_id", "hidden", "audit_id"),
        UniqueConstraint("id", "audit_id", "tier", "person_id"),  # a challenge refers to whose judgement it is
        CheckConstraint("tier in ('senior', 'external')", name="tier"),
    )


class Contribution(Model):
    """That somebody of an agency was asked to write that agency's part of an audit, until a day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    agency: Mapped[str]
    asks: Mapped[str] = mapped_column(default="")  # what they are asked beside what the sections ask
    until: Mapped[dt.date]  # the day by which it is wanted
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[dt.datetime]
    begun_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    shared_at: Mapped[dt.datetime | None]  # since when they read what the other agencies have finished
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_because: Mapped[str | None]
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    passages: Mapped[list["Passage"]] = relationship(back_populates="contribution", order_by="Passage.id")

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of their agency that are asked of this case."""
        return self.audit.tool.agency_sections(self.audit.category, self.agency)

    @property
    def agency_name(self) -> str:
        """The agency as people call it."""
        return self.audit.tool.agency(self.agency).name

    @property
    def drafts(self) -> dict[str, Draft]:
        """What they wrote, by section."""
        return {passage.section: passage.draft for passage in self.passages}

    __table_args__ = (
        Index(
            "uq_contribution_running",
            "audit_id",
            "person_id",
            "agency",
            unique=True,
            sqlite_where=text("withdrawn_at is null"),
            postgresql_where=text("withdrawn_at is null"),
        ),
        CheckConstraint("done_at is null or withdrawn_at is null", name="done_stays"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_because is null)", name="withdrawn_says_why"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class Passage(Model):
    """What a contributor wrote for one section; never a grade."""

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    section: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    strengths: Mapped[str] = mapped_column(default="")
    improvements: Mapped[str] = mapped_column(default="")
    questions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[dt.datetime]
    version_id: Mapped[int] = mapped_column()
    contribution: Mapped[Contribution] = relationship(back_populates="passages")
    __table_args__ = (UniqueConstraint("contribution_id", "section"),)
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def draft(self) -> Draft:
        """What was written, as a draft without a grade."""
        return Draft(
            evidence=self.evidence,
            strengths=self.strengths,
            improvements=self.improvements,
            questions=self.questions,
        )


class Answer(Model):
    """The draft of one section of an audit; nothing counts from it until hand-in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    section: Mapped[str]
    grade: Mapped[str | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    not_applicable_because: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")  # for a section of words only: the words
    strengths: Mapped[str] = mapped_column(default="")
    improvements: Mapped[str] = mapped_column(default="")
    questions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # compliance: question -> yes, no or na
    particulars: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # feedback and reflection: obtained, how
    limits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # limiting rule -> why it is overridden
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    __table_args__ = (UniqueConstraint("audit_id", "section"),)
    __mapper_args__ = {"version_id_col": version_id}


class Judgement(Model):
    """One grade by one tier on one section: the ledger. Rows are never changed; a later one supersedes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    section: Mapped[str]
    overall: Mapped[bool]
    tier: Mapped[str]
    phase: Mapped[str]
    grade: Mapped[str | None]
    not_applicable: Mapped[bool]
    evidence: Mapped[str] = mapped_column(default="")
    strengths: Mapped[str] = mapped_column(default="")
    improvements: Mapped[str] = mapped_column(default="")
    decision: Mapped[str | None]
    reason_code: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    evidence_supports: Mapped[bool | None]  # the moderator's view: does the auditor's evidence support the grade?
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[dt.datetime]
    __table_args__ = (
        Index(None, "audit_id", "section", "tier", "id"),
        Index(None, "overall", "audit_id"),
        CheckConstraint("tier in ('auditor', 'senior', 'external')", name="tier"),
        CheckConstraint("phase in ('submitted', 'blind', 'settled', 'resolved')", name="phase"),
        CheckConstraint("(phase = 'submitted') = (tier = 'auditor') or phase = 'resolved'", name="phase_of_tier"),
        CheckConstraint("(grade is null) = not_applicable", name="graded_or_not_applicable"),
        CheckConstraint("decision is null or decision in ('agree', 'override')", name="decision"),
        CheckConstraint("decision is null or decision <> 'override' or length(reason) > 0", name="override_says_why"),
    )


class Retraction(Model):
    """That a settled or resolved judgement no longer stands, because its moderation was reopened or taken away."""

    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"), primary_key=True)
    because: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[dt.datetime]


class RiskAlert(Model):
    """That a child may be at risk now: who saw it, what was seen, and whom they told, when."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    raised_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[dt.datetime]
    concern: Mapped[str]
    told: Mapped[str] = mapped_column(default="")  # the name and role of the person told
    told_at: Mapped[dt.datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship()
    raiser: Mapped[Person] = relationship(foreign_keys=[raised_by])
    __table_args__ = (
        Index(None, "closed_at"),
        CheckConstraint("(told_at is null) = (told = '')", name="told_whom_and_when"),
        CheckConstraint("length(concern) > 0", name="says_what"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class Reply(Model):
    """What the auditor says to the outcome of a moderation."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    tier: Mapped[str]  # the tier whose outcome it answers
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[dt.datetime]
    author: Mapped[Person] = relationship()
    __table_args__ = (CheckConstraint("length(words) > 0", name="says_something"),)
