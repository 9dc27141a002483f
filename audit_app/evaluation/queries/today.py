"""What evidence says today, for somebody: figures as the measures pages count them, readings, rounds, actions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.evaluation.said import Kind, Said
from audit_app.feedback.model import Coding
from audit_app.feedback.queries import themes_heard
from audit_app.feedback.themes import themes
from audit_app.improvement.model import Indicator, PlanAction, Reading
from audit_app.improvement.operations.figures import Bound, counts_of, filters_of, name_of
from audit_app.improvement.queries import sealed_from
from audit_app.improvement.queries.figures import narrowing
from audit_app.improvement.queries.standing import figure_said, standing_of
from audit_app.improvement.wording import Unit as Counted
from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure
from audit_app.measures.from_cells import counts_of as counts_from
from audit_app.measures.queries import Filters, chosen, sums
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from audit_app.web.formats import month

HEADLINE = "good_as_stands"  # what a round is cited for
NO_THEMES = "no audit has themes"


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of evidence: what it is called, what it says, the audits it counts, and the unit that it is of."""

    label: str
    said: Said
    audits: tuple[int, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Now:
    """What a piece of evidence says today, and the unit that it is of."""

    said: Said
    path: str


class Today:
    """What evidence says on a day for one person; each population is read once, however often it is cited."""

    def __init__(self, actor: Actor, day: dt.date) -> None:
        self.actor, self.day = actor, day
        self.sealed = sealed_from(actor)
        self._counts: dict[tuple[Filters, bool], Counts] = {}

    def now(self, kind: Kind, what: Mapping[str, Any]) -> Now | None:
        """What a piece of evidence says today, read from the tallies where they know it; None where it is gone."""
        if kind is not Kind.FIGURE:
            found = self.find(kind, what)
            return Now(found.said, found.path) if found is not None else None
        bound = Bound.of(what)
        filters, unit = filters_of(bound, self.day)
        figure = self._counted(bound.key, filters, each_audit=False)
        return Now(Said.of(figure), unit.path) if figure is not None else None

    def find(self, kind: Kind, what: Mapping[str, Any]) -> Found | None:
        """A piece of evidence as it is cited today, with the audits that it counts; None where it is gone."""
        match kind:
            case Kind.FIGURE:
                return self._figure(what)
            case Kind.READING:
                return self._reading(what)
            case Kind.ROUND:
                return self._round(what)
            case Kind.THEME:
                return self._theme(what)
            case Kind.ACTION:
                return self._action(what)

    def sees_today(self, kind: Kind, what: Mapping[str, Any]) -> bool:
        """Whether they may count the same audits as whoever cited it: figures of a whole unit need the whole unit."""
        path = _path_of(kind, what)
        return path is None or self.actor.reaches(Permission.SEE_FIGURES, path)

    def _counted(self, key: str, filters: Filters, *, each_audit: bool = True) -> Figure | None:
        by_audit = each_audit or filters.bounded  # what tallies do not know apart is few
        if (filters, by_audit) not in self._counts:
            self._counts[filters, by_audit] = (counts_of if by_audit else _from_tallies)(filters, self.actor)
        return self._counts[filters, by_audit].figure(key)

    def _figure(self, what: Mapping[str, Any]) -> Found | None:
        bound = Bound.of(what)
        filters, unit = filters_of(bound, self.day)
        figure = self._counted(bound.key, filters)
        if figure is None:
            return None
        label = ", ".join((name_of(bound.key), unit.name, *narrowing(what)))
        return Found(label, Said.of(figure), tuple(sorted(set(figure.counted))), unit.path)

    def _round(self, what: Mapping[str, Any]) -> Found | None:
        found = db.session.get(Round, what["round"])
        figure = self._counted(HEADLINE, Filters(round=what["round"]))
        if found is None or figure is None:
            return None
        state = "Closed" if found.closed_at is not None and day_of(found.closed_at) <= self.day else "Open"
        label = f"{found.programme.name}, {month(found.month)}: {name_of(HEADLINE)}"
        return Found(label, Said.of(figure, state=state), tuple(sorted(figure.counted)), found.programme.unit.path)

    def _theme(self, what: Mapping[str, Any]) -> Found | None:
        theme = next((one for one in themes() if one.key == what["theme"]), None)
        if theme is None:
            return None
        filters, unit = filters_of(Bound("", what["unit"], what["months"]), self.day)
        counted = chosen(filters, self.actor).where(Audit.stage.in_([stage.value for stage in COUNTED]))
        coded = tuple(sorted(db.session.execute(select(Coding.audit_id).where(Coding.audit_id.in_(counted))).scalars()))
        heard = next((one.audits for one in themes_heard(counted) if one.theme.key == theme.key), ())
        label = f"“{theme.name}” in audits with themes, {unit.name}"
        if not coded:
            return Found(label, Said(why=NO_THEMES), (), unit.path)
        share = len(heard) / len(coded)
        return Found(label, Said(count=len(heard), total=len(coded), value=share), coded, unit.path)

    def _reading(self, what: Mapping[str, Any]) -> Found | None:
        indicator = db.session.get(Indicator, what["indicator"])
        if indicator is None:
            return None
        standing = standing_of(indicator, self.sealed, self.day)
        if standing.reading is None:
            return None
        plan = indicator.recommendation.plan
        label = f"{indicator.name} ({plan.name}, {indicator.ref})"
        return Found(label, _read(standing.reading, standing.words), tuple(standing.reading.audits), plan.unit.path)

    def _action(self, what: Mapping[str, Any]) -> Found | None:
        action = db.session.get(PlanAction, what["action"])
        if action is None:
            return None
        state = action.delivery.name + (", overdue" if action.overdue(self.day) else "")
        due = f"Complete by {action.due.said}" if action.due.said else ""
        label = f"{action.wording} ({action.plan.name}, {action.ref})"
        return Found(label, Said(text=due, state=state), (), action.plan.unit.path)


def _from_tallies(filters: Filters, actor: Actor) -> Counts:
    return counts_from(sums(filters, actor).totals, every_section=filters.every_section)


def _read(reading: Reading, stands: str) -> Said:
    """An indicator's reading; rows of teams are left to the plan's own page."""
    amount, low, high = reading.amount, reading.figure.get("low"), reading.figure.get("high")
    exact, day = amount.exact, reading.read_on.isoformat()
    if reading.indicator.unit is Counted.PERCENT and amount.total and amount.count is not None and exact is not None:
        why, weighted = reading.figure.get("why", ""), amount.value is not None
        share = float(exact) / 100
        return Said(reading.words, amount.count, amount.total, share, low, high, why, stands, day, weighted)
    text = ". ".join(part for part in (figure_said(reading), reading.words) if part)
    return Said(text=text, state=stands, read_on=day)


def _path_of(kind: Kind, what: Mapping[str, Any]) -> str | None:
    """The path of the unit whose audits a piece of evidence counts today; None where it counts none."""
    if kind is Kind.ROUND:
        found = db.session.get(Round, what["round"])
        return found.programme.unit.path if found is not None else None
    return db.session.get_one(Unit, what["unit"]).path if kind in (Kind.FIGURE, Kind.THEME) else None


def span_of(kind: Kind, what: Mapping[str, Any], day: dt.date) -> str:
    """Which months a piece of evidence counts on a day, in words."""
    if kind not in (Kind.FIGURE, Kind.THEME):
        return ""
    first, last = months_of(what, day)
    return month(first) if first == last else f"{month(first)} to {month(last)}"


def months_of(what: Mapping[str, Any], day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last month that a figure counts on a day."""
    filters, _ = filters_of(Bound("", what["unit"], what["months"]), day)
    return filters.first or day, filters.last or day
