"""Actions for the child and the trail of what was said of them, as they are stored."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.actions.kinds import Kind, kind_of
from audit_app.actions.rules import Matter
from audit_app.actions.workflow import State, Step
from audit_app.auditing.model import TIERS, Audit
from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit

STATES = ", ".join(f"'{one.value}'" for one in State)
STEPS = ", ".join(f"'{one.value}'" for one in Step)
OF_TIERS = ", ".join(f"'{tier}'" for tier in TIERS)


class ChildAction(Model):
    """Something that is to be done for a child: why, by whom and when, what will show it, and where it stands."""

    __tablename__ = "child_action"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # the child's team; it follows the case
    worker: Mapped[str] = mapped_column(default="")  # what the case list called the child's worker
    tier: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    section: Mapped[str | None]
    kind: Mapped[str]
    what: Mapped[str]
    why: Mapped[str]
    shows: Mapped[str]  # what will show that it is done
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[dt.date]
    first_due_on: Mapped[dt.date]  # before any more time was granted
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    asked_for: Mapped[dt.date | None]  # the day that its owner asks for
    written_at: Mapped[dt.datetime]
    given_at: Mapped[dt.datetime | None]
    owned_at: Mapped[dt.datetime]  # since when it is this owner's
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[dt.datetime | None]
    version_id: Mapped[int] = mapped_column()
    audit: Mapped[Audit] = relationship()
    unit: Mapped[Unit] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    steps: Mapped[list["ActionStep"]] = relationship(back_populates="action", order_by="ActionStep.id")
    __table_args__ = (
        Index(None, "owner_id", "state"),
        Index(None, "state", "due_on"),
        CheckConstraint(f"state in ({STATES})", name="state"),
        CheckConstraint(f"tier in ({OF_TIERS})", name="tier"),
        CheckConstraint("length(what) > 0 and length(why) > 0 and length(shows) > 0", name="says_what"),
        CheckConstraint("given_at is not null or state in ('draft', 'withdrawn')", name="given"),
        CheckConstraint("state <> 'draft' or given_at is null", name="drafts_are_not_given"),
        CheckConstraint("(done_at is null) = (done_by is null)", name="done_by_somebody"),
        CheckConstraint("state not in ('said_done', 'verified') or done_at is not null", name="done_when"),
        CheckConstraint("state not in ('open', 'time_asked') or done_at is null", name="not_done_yet"),
        CheckConstraint("(asked_for is null) = (state <> 'time_asked')", name="asked_for_a_day"),
        CheckConstraint("(ended_at is null) = (state not in ('verified', 'withdrawn'))", name="ended"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def at(self) -> State:
        """Where it stands."""
        return State(self.state)

    @property
    def of(self) -> Kind:
        """What kind of action it is."""
        return kind_of(self.kind)

    @property
    def matter(self) -> Matter:
        """What the rules need to know of it."""
        return Matter(
            self.audit.facts,
            self.at,
            self.unit.path,
            self.tier,
            self.author_id,
            self.owner_id,
            self.done_by,
            self.given_at is not None,
            self.due_on,
        )


class ActionStep(Model):
    """One thing that was done to an action and said of it; rows are only ever added."""

    __tablename__ = "child_action_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("child_action.id"), index=True)
    step: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    day: Mapped[dt.date | None]  # the day that was asked for or granted
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # to whom it went
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: the service
    at: Mapped[dt.datetime]
    action: Mapped[ChildAction] = relationship(back_populates="steps")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    __table_args__ = (CheckConstraint(f"step in ({STEPS})", name="step"),)

    @property
    def of(self) -> Step:
        """What was done."""
        return Step(self.step)
