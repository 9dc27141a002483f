"""Plans, their recommendations and actions, and the words that each had before."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.improvement.scales import Delivery, Scales, scales
from audit_app.improvement.wording import Due, Precision
from audit_app.organisation.model import Unit

if TYPE_CHECKING:
    from audit_app.improvement.model.boards import Board
    from audit_app.improvement.model.indicators import Indicator


class Plan(Model):
    """An improvement plan of a unit, and the board that it goes to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"), index=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  # the inspection, or whatever else it answers
    themes_called: Mapped[str] = mapped_column(default="")  # objectives, priorities … empty: the plan has no themes
    scales_key: Mapped[str | None]  # which words and colours delivery and impact have; nothing: the usual ones
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    board: Mapped["Board | None"] = relationship(back_populates="plans")
    recommendations: Mapped[list["Recommendation"]] = relationship(
        back_populates="plan", order_by="Recommendation.place"
    )
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("ends_on >= starts_on", name="in_order"),
        CheckConstraint("length(name) > 0", name="named"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def subject(self) -> str:
        """How history refers to it."""
        return f"plan:{self.id}"

    @property
    def scales(self) -> Scales:
        """The words and colours of its delivery and its impact."""
        return scales(self.scales_key or "")


class Recommendation(Model):
    """One thing to improve: what was recommended, by which inspection, and what inspectors found."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    place: Mapped[int]
    ref: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    wording: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    found: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column()
    plan: Mapped[Plan] = relationship(back_populates="recommendations")
    indicators: Mapped[list["Indicator"]] = relationship(back_populates="recommendation", order_by="Indicator.place")
    actions: Mapped[list["PlanAction"]] = relationship(back_populates="recommendation", order_by="PlanAction.place")
    __table_args__ = (UniqueConstraint("plan_id", "ref"),)
    __mapper_args__ = {"version_id_col": version_id}


class PlanAction(Model):
    """What will be done, who leads, and by when: a day, a month, or words."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    place: Mapped[int]
    ref: Mapped[str]
    wording: Mapped[str]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    lead_words: Mapped[str] = mapped_column(default="")
    due_on: Mapped[dt.date | None]
    due_precision: Mapped[str] = mapped_column(default=Precision.WORDS.value)
    due_words: Mapped[str] = mapped_column(default="")
    version_id: Mapped[int] = mapped_column()
    plan: Mapped[Plan] = relationship()
    recommendation: Mapped[Recommendation] = relationship(back_populates="actions")
    lead: Mapped[Person | None] = relationship(foreign_keys=[lead_id])
    updates: Mapped[list["ActionUpdate"]] = relationship(
        back_populates="action", order_by="(ActionUpdate.told_on, ActionUpdate.id)"
    )
    __table_args__ = (
        UniqueConstraint("plan_id", "ref"),
        CheckConstraint("due_precision in ('day', 'month', 'words')", name="due_precision"),
        CheckConstraint("(due_precision = 'words') = (due_on is null)", name="due_on"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def due(self) -> Due:
        """By when."""
        return Due(self.due_on, Precision(self.due_precision), self.due_words)

    @property
    def lead_said(self) -> str:
        """Who leads, as a plan prints it."""
        if self.lead is None:
            return self.lead_words or "Nobody yet"
        return f"{self.lead.name}, {self.lead.job_title}" if self.lead.job_title else self.lead.name

    @property
    def latest(self) -> "ActionUpdate | None":
        """The latest that was said of its progress."""
        return self.updates[-1] if self.updates else None

    @property
    def delivery(self) -> Delivery:
        """How far it is, as the latest update says."""
        return self.plan.scales.level(self.latest.delivery if self.latest else "")

    def overdue(self, today: dt.date) -> bool:
        """Whether its time is over and it is not finished."""
        return not self.delivery.finished and self.due.late(today)


class ActionUpdate(Model):
    """What was said of an action's progress on a day; never changed, only followed by another."""

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    told_on: Mapped[dt.date]
    words: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    delivery: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[PlanAction] = relationship(back_populates="updates")
    author: Mapped[Person | None] = relationship()


class Former(Model):
    """The words of a part of a plan as they were before a change."""

    __tablename__ = "plan_former"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    thing: Mapped[str]  # such as plan_action:12
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    until: Mapped[dt.datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship()
