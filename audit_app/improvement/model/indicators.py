"""Indicators with their targets, their readings, and a person's own view of where one stands."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.improvement.model.plans import Recommendation
from audit_app.improvement.positions import (
    Baseline,
    Judged,
    Measured,
    Milestone,
    Operator,
    Position,
    State,
    position,
)
from audit_app.improvement.wording import MOST_PLACES, Amount, Due, Precision, Unit

KINDS = ("live", "entered", "imported", "qualitative")


class Exact(TypeDecorator[Decimal]):
    """A number with up to four places, exact on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """As a whole number of ten-thousandths."""
        return None if value is None else int(value.scaleb(MOST_PLACES).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Back as it was."""
        return None if value is None else Decimal(value).scaleb(-MOST_PLACES)


class Indicator(Model):
    """What shows whether it got better: where it stood at first, its targets, and how its readings come in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    place: Mapped[int]
    ref: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    counted_in: Mapped[str]
    rows_called: Mapped[str] = mapped_column(default="")
    baseline_words: Mapped[str] = mapped_column(default="")
    baseline_value: Mapped[Decimal | None] = mapped_column(Exact)
    baseline_count: Mapped[int | None]
    baseline_total: Mapped[int | None]
    baseline_period: Mapped[str] = mapped_column(default="")
    baseline_on: Mapped[dt.date | None]
    baseline_note: Mapped[str] = mapped_column(default="")
    figure: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # which figure of the measures, where it is live
    version_id: Mapped[int] = mapped_column()
    recommendation: Mapped[Recommendation] = relationship(back_populates="indicators")
    every_milestone: Mapped[list["MilestoneRow"]] = relationship(
        back_populates="indicator", order_by="(MilestoneRow.due_on, MilestoneRow.id)"
    )
    every_reading: Mapped[list["Reading"]] = relationship(
        back_populates="indicator", order_by="(Reading.read_on, Reading.id)"
    )
    __table_args__ = (
        UniqueConstraint("plan_id", "ref"),
        CheckConstraint("kind in ('live', 'entered', 'imported', 'qualitative')", name="kind"),
        CheckConstraint("counted_in in ('percent', 'count', 'words')", name="counted_in"),
        CheckConstraint("(kind = 'qualitative') = (counted_in = 'words')", name="words_are_qualitative"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        return Unit(self.counted_in)

    @property
    def baseline_amount(self) -> Amount:
        """Where it stood at first, as a number."""
        return Amount(self.baseline_value, self.baseline_count, self.baseline_total)

    @property
    def baseline(self) -> Baseline | None:
        """Where it stood at first and when, where both are known."""
        exact = self.baseline_amount.exact
        return Baseline(self.baseline_on, exact) if self.baseline_on is not None and exact is not None else None

    @property
    def milestones(self) -> list["MilestoneRow"]:
        """Its targets as they are now."""
        return [one for one in self.every_milestone if one.replaced_at is None]

    @property
    def targets(self) -> list[Milestone]:
        """Its targets as the rules see them."""
        return [one.rule for one in self.milestones]

    @property
    def readings(self) -> list["Reading"]:
        """Its readings without those that were corrected."""
        corrected = {one.corrects_id for one in self.every_reading}
        return [one for one in self.every_reading if one.id not in corrected]

    @property
    def latest(self) -> "Reading | None":
        """The latest reading."""
        return self.readings[-1] if self.readings else None

    def position_of(self, reading: "Reading | None", today: dt.date) -> Position:
        """Where it stands, worked out: for the day of the reading, or of today where there is none."""
        if reading is None:
            return position(None, self.targets, today)
        return position(reading.measured, self.targets, reading.read_on, self.baseline)


class MilestoneRow(Model):
    """A target with its day; one that was replaced stays, and says when."""

    __tablename__ = "milestone"
    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    due_on: Mapped[dt.date]
    due_precision: Mapped[str] = mapped_column(default=Precision.MONTH.value)
    operator: Mapped[str]
    amount: Mapped[Decimal | None] = mapped_column(Exact)
    words: Mapped[str] = mapped_column(default="")
    set_at: Mapped[dt.datetime]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replaced_at: Mapped[dt.datetime | None]
    indicator: Mapped[Indicator] = relationship(back_populates="every_milestone")
    __table_args__ = (
        CheckConstraint("operator in ('at_least', 'over', 'at_most', 'by_count')", name="operator"),
        CheckConstraint("amount is not null or length(words) > 0", name="says_something"),
    )

    @property
    def due(self) -> Due:
        """By when."""
        return Due(self.due_on, Precision(self.due_precision))

    @property
    def rule(self) -> Milestone:
        """As the rules see it."""
        amount = Fraction(self.amount) if self.amount is not None else None
        return Milestone(self.due_on, Operator(self.operator), amount)


class Reading(Model):
    """What was found on a day: a number, a count out of a total, or words; never changed, only corrected by another."""

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    read_on: Mapped[dt.date]
    value: Mapped[Decimal | None] = mapped_column(Exact)
    count: Mapped[int | None]
    total: Mapped[int | None]
    words: Mapped[str] = mapped_column(default="")
    judged: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    figure: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # of a live one: interval, why, filters
    audits: Mapped[list[int]] = mapped_column(JSON, default=list)  # the audits that a live figure counted
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("reading.id"))
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    indicator: Mapped[Indicator] = relationship(back_populates="every_reading")
    author: Mapped[Person | None] = relationship()
    rows: Mapped[list["BreakdownRow"]] = relationship(back_populates="reading", order_by="BreakdownRow.place")
    overrides: Mapped[list["Override"]] = relationship(back_populates="reading", order_by="Override.id")
    __table_args__ = (
        CheckConstraint("judged in ('', 'below', 'on_track', 'achieved', 'achieved_all')", name="judged"),
        CheckConstraint("total is null or (count is not null and total > 0 and count <= total)", name="of_a_total"),
    )

    @property
    def amount(self) -> Amount:
        """Its number."""
        return Amount(self.value, self.count, self.total)

    @property
    def measured(self) -> Measured:
        """As the rules see it."""
        rows = [row.amount.exact for row in self.rows]
        known = tuple(one for one in rows if one is not None)
        return Measured(self.amount.exact, known, Judged(self.judged) if self.judged else None)

    @property
    def override(self) -> "Override | None":
        """What a person says instead, if somebody does."""
        latest = self.overrides[-1] if self.overrides else None
        return latest if latest is not None and latest.state else None


class BreakdownRow(Model):
    """One row of a reading, such as a team or a locality."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), index=True)
    place: Mapped[int]
    name: Mapped[str]
    value: Mapped[Decimal | None] = mapped_column(Exact)
    count: Mapped[int | None]
    total: Mapped[int | None]
    reading: Mapped[Reading] = relationship(back_populates="rows")

    @property
    def amount(self) -> Amount:
        """Its number."""
        return Amount(self.value, self.count, self.total)


class Override(Model):
    """A person's own view of where an indicator stands, with the reason; without a state it takes one back."""

    __tablename__ = "position_override"
    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), index=True)
    state: Mapped[str]
    milestone_on: Mapped[dt.date | None]
    reason: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reading: Mapped[Reading] = relationship(back_populates="overrides")
    author: Mapped[Person | None] = relationship()
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reasoned"),)

    @property
    def position(self) -> Position:
        """As the rules see it."""
        return Position(State(self.state), self.reading.read_on, self.milestone_on)
