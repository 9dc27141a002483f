"""Boards, their meetings with what each was shown, and what was decided there."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.improvement.model.plans import Plan, PlanAction
from audit_app.organisation.model import Unit


class Board(Model):
    """Who looks at plans, and how often."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    every_months: Mapped[int]
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    plans: Mapped[list[Plan]] = relationship(back_populates="board", order_by="Plan.id")
    meetings: Mapped[list["Meeting"]] = relationship(back_populates="board", order_by="Meeting.held_on")
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("every_months between 1 and 12", name="every_months"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def subject(self) -> str:
        """How history refers to it."""
        return f"board:{self.id}"


class Meeting(Model):
    """One meeting: until when updates are asked for, and what it was shown, frozen."""

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    held_on: Mapped[dt.date]
    updates_by: Mapped[dt.date]
    contents: Mapped[str] = mapped_column(default="")  # what was shown, as it was frozen; never written again
    contents_hash: Mapped[str] = mapped_column(default="")
    frozen_at: Mapped[dt.datetime | None]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    board: Mapped[Board] = relationship(back_populates="meetings")
    decisions: Mapped[list["Decision"]] = relationship(back_populates="meeting", order_by="Decision.id")
    __table_args__ = (
        UniqueConstraint("board_id", "held_on"),
        CheckConstraint("updates_by <= held_on", name="in_order"),
        CheckConstraint("(frozen_at is null) = (contents = '')", name="frozen_whole"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class Decision(Model):
    """What a meeting decided, and the action that it became."""

    __tablename__ = "board_decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    words: Mapped[str]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("plan_action.id"))
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    action: Mapped[PlanAction | None] = relationship()
