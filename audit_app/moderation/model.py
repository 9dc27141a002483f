"""Moderations and their drafts as they are stored."""

import datetime as dt
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.auditing.model import Audit
from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.moderation.adding import Addition
from audit_app.moderation.challenge import ChallengePhase, Ruling
from audit_app.programmes.model import Round


class Phase(StrEnum):
    """Where a moderation stands."""

    DECIDING = "deciding"
    JUDGING_BLIND = "judging_blind"
    SETTLING = "settling"
    DONE = "done"


NOT_DONE = tuple(phase.value for phase in Phase if phase is not Phase.DONE)  # named, so that an index finds them


class Route(StrEnum):
    """How an audit came to be moderated; only random draws may be blind and make the headline rates."""

    RANDOM = "random"
    GRADE = "grade"
    FLAGGED = "flagged"
    NEW_AUDITOR = "new_auditor"
    BY_HAND = "by_hand"

    @property
    def words(self) -> str:
        """The route as people say it."""
        return WORDS[self]


WORDS = {
    Route.RANDOM: "Random draw",
    Route.GRADE: "For its grade",
    Route.FLAGGED: "Flagged",
    Route.NEW_AUDITOR: "New auditor",
    Route.BY_HAND: "By hand",
}


class Draw(Model):
    """A random draw of audits for moderation: its frame, seed and size, so that it can be repeated."""

    __tablename__ = "moderation_draw"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    tier: Mapped[str]
    seed: Mapped[str]
    algorithm: Mapped[str]
    frame: Mapped[list[int]] = mapped_column(JSON)  # ids of the audits that could be drawn, in order
    size: Mapped[int]
    drawn_at: Mapped[dt.datetime]
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    round: Mapped[Round] = relationship()


class Lottery(Model):
    """The seed from which a round's audits are drawn for a tier as they come in, kept before the first one comes."""

    __tablename__ = "moderation_lottery"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    tier: Mapped[str]
    seed: Mapped[str]
    algorithm: Mapped[str]
    made_at: Mapped[dt.datetime]
    round: Mapped[Round] = relationship()
    __table_args__ = (
        UniqueConstraint("round_id", "tier"),
        CheckConstraint("tier in ('senior', 'external')", name="tier"),
    )


class Lot(Model):
    """What became of one audit as it was first handed in: its chance, whether it was drawn, and its route if not."""

    __tablename__ = "moderation_lot"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    tier: Mapped[str]
    lottery_id: Mapped[int] = mapped_column(ForeignKey("moderation_lottery.id"), index=True)
    chance: Mapped[str]  # as a fraction: exact, so that the draw can be repeated
    before: Mapped[str | None]  # on an auditor's turn: the chances of their earlier audits of the quarter, added up
    drawn: Mapped[bool]
    otherwise: Mapped[str | None]  # the route by which it is moderated if it is not drawn
    at: Mapped[dt.datetime]
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_draw.id"))  # drawn later, to complete a quarter
    chance_in_all: Mapped[float | None]  # over both draws, where there was a later one
    waits_because: Mapped[str] = mapped_column(default="")  # why no moderator was found when it was last tried
    audit: Mapped[Audit] = relationship()
    draw: Mapped[Draw | None] = relationship()
    lottery: Mapped[Lottery] = relationship()
    __table_args__ = (
        UniqueConstraint("audit_id", "tier"),
        CheckConstraint("tier in ('senior', 'external')", name="tier"),
        CheckConstraint("otherwise is null or otherwise in ('grade', 'flagged', 'new_auditor')", name="otherwise"),
    )

    @property
    def route(self) -> Route | None:
        """Why it is to be moderated; None where it is not."""
        if self.fell:
            return Route.RANDOM
        return Route(self.otherwise) if self.otherwise else None

    @property
    def fell(self) -> bool:
        """Whether it was drawn at random: as it came in, or later to complete its auditor's quarter."""
        return self.drawn or self.draw_id is not None or self.draw is not None

    @property
    def probability(self) -> Fraction:
        """The chance that it had of being drawn as it came in."""
        return Fraction(self.chance)

    @property
    def overall(self) -> float:
        """The chance that it had of being drawn at all, as far as is known today."""
        return float(self.probability) if self.chance_in_all is None else self.chance_in_all


class Exercise(Model):
    """A validation exercise: a named piece of work by an external auditor, perhaps over several rounds."""

    __tablename__ = "validation_exercise"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (UniqueConstraint("unit_id", "name"),)


class Moderation(Model):
    """One tier's opinion of one audit: who gives it, how it was drawn, blind or open, and where it stands."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column()
    auditor_id: Mapped[int] = mapped_column()
    tier: Mapped[str]
    moderator_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    route: Mapped[str]
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_draw.id"))
    exercise_id: Mapped[int | None] = mapped_column(ForeignKey("validation_exercise.id"), index=True)
    inclusion_probability: Mapped[float | None]
    blind: Mapped[bool]
    phase: Mapped[str]
    given_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    committed_at: Mapped[dt.datetime | None]  # when the blind grades were committed
    done_at: Mapped[dt.datetime | None]
    with_auditor: Mapped[bool | None]  # whether it was carried out together with the auditor
    together_on: Mapped[dt.date | None]  # the day on which it was
    present: Mapped[str] = mapped_column(default="", server_default="")  # who else was there, by role
    quality: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # view of the AUDIT: criterion -> level
    quality_words: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship(foreign_keys=[audit_id, auditor_id])
    moderator: Mapped[Person] = relationship(foreign_keys=[moderator_id])
    exercise: Mapped[Exercise | None] = relationship()
    draw: Mapped[Draw | None] = relationship()
    opinions: Mapped[list["Opinion"]] = relationship(back_populates="moderation", order_by="Opinion.id")
    additions: Mapped[list["AddedSection"]] = relationship(back_populates="moderation", order_by="AddedSection.id")
    __table_args__ = (
        ForeignKeyConstraint(["audit_id", "auditor_id"], ["audit.id", "audit.auditor_id"], onupdate="CASCADE"),
        UniqueConstraint("audit_id", "tier"),
        Index(None, "phase", "moderator_id"),
        Index(None, "auditor_id", "phase"),
        CheckConstraint("moderator_id <> auditor_id", name="nobody_moderates_their_own"),
        CheckConstraint("tier in ('senior', 'external')", name="tier"),
        CheckConstraint("phase in ('deciding', 'judging_blind', 'settling', 'done')", name="phase"),
        CheckConstraint("blind or phase in ('deciding', 'done')", name="only_blind_ones_are_settled"),
        CheckConstraint("not blind or route = 'random'", name="only_random_draws_are_blind"),
        CheckConstraint("route in ('random', 'grade', 'flagged', 'new_auditor', 'by_hand')", name="route"),
        CheckConstraint(
            "route <> 'random' or "
            "(inclusion_probability is not null and inclusion_probability > 0 and inclusion_probability <= 1)",
            name="random_draws_know_their_chance",
        ),
        CheckConstraint("exercise_id is null or tier = 'external'", name="exercises_are_external"),
        CheckConstraint("blind or committed_at is null", name="only_blind_ones_are_committed"),
        CheckConstraint("phase <> 'judging_blind' or committed_at is null", name="committed_once_judged"),
        CheckConstraint("phase <> 'settling' or committed_at is not null", name="settled_once_committed"),
        CheckConstraint("(phase = 'done') = (done_at is not null)", name="done_when"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def at(self) -> Phase:
        """Where it stands."""
        return Phase(self.phase)

    @property
    def drawn(self) -> Route:
        """How it came to be moderated."""
        return Route(self.route)

    @property
    def lacks_day(self) -> bool:
        """Whether an external auditor has not said yet on which day they went through it with the auditor."""
        return self.tier == "external" and bool(self.with_auditor) and self.together_on is None

    @property
    def edition(self) -> int:
        """A number that grows with every change to it or to one of its sections: what was checked is what is kept."""
        own = sum(one.version_id for one in self.opinions)
        return self.version_id + own + sum(one.version_id for one in self.additions)

    @property
    def added(self) -> list["AddedSection"]:
        """The sections that its external auditor added and did not remove."""
        return [one for one in self.additions if one.removed_at is None]


class Opinion(Model):
    """The draft of a moderator's view on one section; nothing counts from it until it is committed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    moderation_id: Mapped[int] = mapped_column(ForeignKey("moderation.id"))
    section: Mapped[str]
    blind_grade: Mapped[str | None]  # their own grade, while judging blind
    blind_not_applicable: Mapped[bool] = mapped_column(default=False)
    blind_reason: Mapped[str] = mapped_column(default="")
    decision: Mapped[str | None]
    grade: Mapped[str | None]  # the grade they override with
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason_code: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    evidence_supports: Mapped[bool | None]
    opened_at: Mapped[dt.datetime | None]  # when the moderator first saw what was judged here before
    saved_at: Mapped[dt.datetime | None]  # when the moderator last wrote here
    version_id: Mapped[int] = mapped_column()
    moderation: Mapped[Moderation] = relationship(back_populates="opinions")
    __table_args__ = (
        UniqueConstraint("moderation_id", "section"),
        CheckConstraint("decision is null or decision in ('agree', 'override')", name="decision"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class AddedSection(Model):
    """A section that an external auditor added: of the tool, or under a heading of their own; removed ones are kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    moderation_id: Mapped[int] = mapped_column(ForeignKey("moderation.id"), index=True)
    section: Mapped[str | None]  # of the tool
    heading: Mapped[str] = mapped_column(default="")
    grade: Mapped[str | None]
    words: Mapped[str] = mapped_column(default="")
    added_at: Mapped[dt.datetime]
    saved_at: Mapped[dt.datetime | None]
    removed_at: Mapped[dt.datetime | None]
    version_id: Mapped[int] = mapped_column()
    moderation: Mapped[Moderation] = relationship(back_populates="additions")
    __table_args__ = (
        UniqueConstraint("moderation_id", "section"),
        CheckConstraint("(section is null) = (length(heading) > 0)", name="of_the_tool_or_own"),
        CheckConstraint("section is not null or grade is null", name="own_sections_have_no_grade"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def addition(self) -> Addition:
        """What was written so far."""
        return Addition(self.section, self.heading, self.grade, self.words)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.moderation.audit.tool.section(self.section).name if self.section else self.heading


class Challenge(Model):
    """That an auditor challenges the outcome of one tier, who resolves it, and where it stands."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column()
    auditor_id: Mapped[int] = mapped_column()
    tier: Mapped[str]
    assignment_id: Mapped[int] = mapped_column()  # under which the challenged judgement was given
    moderator_id: Mapped[int] = mapped_column()
    phase: Mapped[str]
    raised_at: Mapped[dt.datetime]
    resolver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    named_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship(foreign_keys=[audit_id, auditor_id])
    moderator: Mapped[Person] = relationship(
        primaryjoin="Challenge.moderator_id == Person.id", foreign_keys=[moderator_id], viewonly=True
    )
    resolver: Mapped[Person | None] = relationship(foreign_keys=[resolver_id])
    points: Mapped[list["Point"]] = relationship(back_populates="challenge", order_by="Point.id")
    __table_args__ = (
        ForeignKeyConstraint(["audit_id", "auditor_id"], ["audit.id", "audit.auditor_id"], onupdate="CASCADE"),
        ForeignKeyConstraint(
            ["assignment_id", "audit_id", "tier", "moderator_id"],
            ["assignment.id", "assignment.audit_id", "assignment.tier", "assignment.person_id"],
        ),
        Index(None, "audit_id", "tier"),
        Index(
            "uq_challenge_open",
            "audit_id",
            "tier",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        CheckConstraint("tier in ('senior', 'external')", name="tier"),
        CheckConstraint("phase in ('raised', 'with_resolver', 'resolved', 'withdrawn', 'overtaken')", name="phase"),
        CheckConstraint("moderator_id <> auditor_id", name="two_parties"),
        CheckConstraint(
            "resolver_id is null or (resolver_id <> auditor_id and resolver_id <> moderator_id)",
            name="resolved_by_neither",
        ),
        CheckConstraint("(ended_at is null) = (phase in ('raised', 'with_resolver'))", name="ended"),
        CheckConstraint("(resolver_id is null) = (named_at is null)", name="named_when"),
        CheckConstraint(
            "(phase <> 'raised' or resolver_id is null) and "
            "(phase not in ('with_resolver', 'resolved') or resolver_id is not null)",
            name="resolver_of_phase",
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def at(self) -> ChallengePhase:
        """Where it stands."""
        return ChallengePhase(self.phase)

    @property
    def edition(self) -> int:
        """A number that grows with every change to it or to one of its points: what was checked is what is kept."""
        return self.version_id + sum(point.version_id for point in self.points)


class Point(Model):
    """One judgement that is challenged: what the auditor says to it, and the draft of what its resolver finds."""

    __tablename__ = "challenged_judgement"
    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    section: Mapped[str]
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"))  # the settled line that is challenged
    words: Mapped[str]
    grade: Mapped[str | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[dt.datetime | None]
    version_id: Mapped[int] = mapped_column()
    challenge: Mapped[Challenge] = relationship(back_populates="points")
    __table_args__ = (
        UniqueConstraint("challenge_id", "section"),
        CheckConstraint("length(words) > 0", name="says_why"),
        CheckConstraint("grade is null or not not_applicable", name="one_grade"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def ruling(self) -> Ruling:
        """What its resolver has written so far."""
        return Ruling(self.grade, self.not_applicable, self.reason)


class LateChallenge(Model):
    """That a head of service allows an outcome to be challenged after its time, until a day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    tier: Mapped[str]
    until: Mapped[dt.date]
    reason: Mapped[str]
    allowed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    allowed_at: Mapped[dt.datetime]
    __table_args__ = (
        CheckConstraint("tier in ('senior', 'external')", name="tier"),
        CheckConstraint("length(reason) > 0", name="says_why"),
    )
