"""Learning briefings as they are stored: an officer's draft for a unit and some months, and what was published."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.learning.briefing import Contents, Words, from_data, period_words
from audit_app.organisation.model import Unit


class Briefing(Model):
    """What moderation teaches all auditors of a unit about some months: the officer's words, a draft at any time."""

    __tablename__ = "learning_briefing"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    first: Mapped[dt.date]  # the first day of its first month
    last: Mapped[dt.date]  # the first day of its last month
    headline: Mapped[str] = mapped_column(default="")
    changed: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    differently: Mapped[str] = mapped_column(default="")  # one point in a line
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[dt.datetime]
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    copies: Mapped[list["PublishedBriefing"]] = relationship(
        back_populates="briefing", order_by="PublishedBriefing.number"
    )
    __table_args__ = (
        UniqueConstraint("unit_id", "first", "last"),
        CheckConstraint("first <= last", name="months_in_order"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def words(self) -> Words:
        """What is written so far."""
        return Words(self.headline, self.changed, self.evidence, self.differently)

    @property
    def period(self) -> str:
        """The months it is about."""
        return period_words(self.first, self.last)

    @property
    def subject(self) -> str:
        """How the history names it."""
        return f"briefing:{self.id}"

    @property
    def current(self) -> "PublishedBriefing | None":
        """What all may read: the last that was published, unless it was taken back."""
        last = self.copies[-1] if self.copies else None
        return last if last is not None and last.withdrawn_at is None else None


class PublishedBriefing(Model):
    """One briefing as it was published: it never changes, and can only be taken back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    briefing_id: Mapped[int] = mapped_column(ForeignKey("learning_briefing.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    audit_ids: Mapped[list[int]] = mapped_column(JSON)  # whoever judges one of these blind may not open it until then
    sha256: Mapped[str]
    published_at: Mapped[dt.datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_because: Mapped[str | None]
    briefing: Mapped[Briefing] = relationship(back_populates="copies")
    __table_args__ = (
        UniqueConstraint("briefing_id", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("length(sha256) = 64", name="whole_hash"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_because is null)", name="withdrawn_says_why"),
    )

    @property
    def contents(self) -> Contents:
        """What it says."""
        return from_data(self.data)
