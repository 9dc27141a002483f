"""What somebody is told of a plan's numbers: colleagues everything, a board what is published of it."""

from dataclasses import dataclass, replace

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.improvement.model import Indicator, Reading
from audit_app.improvement.published import HIDDEN, hidden_rows, is_hidden
from audit_app.improvement.queries.standing import (
    Standing,
    baseline_said,
    figure_said,
    interval_of,
    published_baseline,
    published_figure,
    published_rows,
    rows_said,
    why_of,
)
from audit_app.improvement.wording import Amount
from audit_app.improvement.written import Finding, Measure, WrittenPlan


@dataclass(frozen=True, slots=True)
class Told:
    """How numbers are said to somebody: as they are, or without small ones and what would give these away."""

    published: bool

    def figure(self, reading: Reading) -> str:
        """A reading's number."""
        return published_figure(reading) if self.published else figure_said(reading)

    def rows(self, reading: Reading) -> list[tuple[str, str]]:
        """The rows of a reading."""
        return [(name, value) for name, value in published_rows(reading)] if self.published else rows_said(reading)

    def baseline(self, indicator: Indicator) -> str:
        """Where an indicator stood at first."""
        return published_baseline(indicator) if self.published else baseline_said(indicator)

    def sureness(self, reading: Reading) -> bool:
        """Whether it is said how sure a live figure is, and how many audits it counts."""
        return not self.published or bool(interval_of(reading))

    def why(self, reading: Reading) -> str:
        """Why a live figure has no interval."""
        return why_of(reading) if self.published else str((reading.figure or {}).get("why") or "")

    def sides(self, standing: Standing) -> list[tuple[str, str]]:
        """Which rows are above, at and below the target, unless a row is not shown."""
        few = self.published and standing.reading and hidden_rows([row.amount for row in standing.reading.rows])
        return [] if few else standing.sides

    def written(self, plan: WrittenPlan) -> WrittenPlan:
        """A plan as its file would say it."""
        return replace(plan, measures=tuple(map(_published, plan.measures))) if self.published else plan


def told_to(actor: Actor) -> Told:
    """How numbers are said to somebody: whoever may open no case, as a board member, reads what is published."""
    return Told(not actor.may(Permission.READ_AUDITS))


def _published(measure: Measure) -> Measure:
    start = measure.start
    if not start.words and is_hidden(start.amount):
        start = replace(start, words=HIDDEN, amount=Amount())
    return replace(measure, start=start, findings=tuple(map(_finding, measure.findings)))


def _finding(one: Finding) -> Finding:
    gone = hidden_rows([amount for _, amount in one.rows])
    rows = tuple((name, Amount() if at in gone else amount) for at, (name, amount) in enumerate(one.rows))
    if not is_hidden(one.amount):
        return replace(one, rows=rows)
    return replace(one, rows=rows, amount=Amount(), words=one.words or HIDDEN)
