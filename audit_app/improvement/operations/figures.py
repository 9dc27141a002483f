"""Readings of live indicators: a figure of the measures pages, counted now and frozen with the audits behind it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from audit_app.access.actor import Actor
from audit_app.clock import month_of, today
from audit_app.db import db
from audit_app.improvement.model import Indicator, Reading
from audit_app.improvement.operations.telling import read
from audit_app.improvement.queries.figures import narrowing
from audit_app.improvement.wording import MOST_PLACES, Amount
from audit_app.improvement.written import Finding
from audit_app.measures import queries as measures
from audit_app.measures.counts import Counts, count
from audit_app.measures.definitions import DEFINITIONS, PAIRING_WORDS, SHARE, definition, pairing
from audit_app.measures.figure import Figure
from audit_app.measures.queries import Filters
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused
from audit_app.web.formats import month, plural


@dataclass(frozen=True, slots=True)
class Bound:
    """Which figure an indicator is bound to, with its filter."""

    key: str
    unit: int
    months: int
    programme: int | None = None
    exercise: int | None = None
    every_section: bool = False
    by_team: bool = False
    tool: str = ""
    category: str = ""
    section: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Bound":
        """As an indicator keeps it."""
        return cls(**kept)


def offered() -> list[tuple[str, str]]:
    """The figures that an indicator can be bound to: every share of the measures pages, by key and name."""
    found = []
    for one in DEFINITIONS:
        if one.unit != SHARE:
            continue
        if one.key in ("within_one", "over", "under"):
            found += [(one.key + words.ending, f"{one.name} ({words.name})") for words in PAIRING_WORDS]
        else:
            found.append((one.key, one.name))
    return found


def name_of(key: str) -> str:
    """A figure's name."""
    words = pairing(key)
    name = definition(key).name
    return f"{name} ({words.name})" if words and key not in dict(offered()) else dict(offered()).get(key, name)


def filters_of(bound: Bound, read_on: dt.date) -> tuple[Filters, Unit]:
    """The filter of a figure on a day: so many months, the day's own the last."""
    unit = db.session.get_one(Unit, bound.unit)
    last = month_of(read_on)
    months = last.year * 12 + last.month - 1 - (bound.months - 1)
    first = dt.date(months // 12, months % 12 + 1, 1)
    chosen = Filters(
        first,
        last,
        unit.path,
        bound.programme,
        exercise=bound.exercise,
        every_section=bound.every_section and not bound.section,
        tool=bound.tool,
        category=bound.category,
        section=bound.section,
    )
    return chosen, unit


def figures_of(bound: Bound, read_on: dt.date, actor: Actor) -> tuple[Figure, list[tuple[str, Figure]]]:
    """The figure as the measures pages count it for this person, and for each team if that was wished for."""
    filters, _ = filters_of(bound, read_on)
    audits = measures.population(filters, actor)
    rows = []
    if bound.by_team:
        paths = measures.unit_names({audit.unit_id for audit in audits})
        for name, path in sorted(paths.values(), key=lambda one: one[1]):
            rows.append((name, _figure(bound.key, replace(filters, path=path), actor)))
    return _figure(bound.key, filters, actor), rows


def counts_of(filters: Filters, actor: Actor) -> Counts:
    """Every figure that the measures pages count by some filters for this person."""
    audits = measures.population(filters, actor)
    views = measures.evidence_views(filters, actor)
    loops, deeds = measures.loops(filters, actor), measures.deeds(filters, actor)
    became = measures.became(filters, actor)
    return count(audits, became, views, loops=loops, deeds=deeds, every_section=filters.every_section)


def _figure(key: str, filters: Filters, actor: Actor) -> Figure:
    found = counts_of(filters, actor).figure(key)
    if found is None:
        raise Refused(Refusal("The measures pages have no such figure any more. Bind the indicator to another."))
    return found


def read_figure(indicator: Indicator, *, by: Actor) -> Reading:
    """Count the figure today, and keep it for good: its interval, its filter and the audits behind it."""
    if not indicator.figure:
        raise Refused(Refusal("This indicator is not bound to a figure."))
    if held := measures.held_blind(by):
        raise Refused(
            Refusal(
                f"You judge {plural(held, 'audit')} blind just now, so your figures leave them out. "
                "Take the reading once you have committed, or ask somebody who writes the plan with you."
            )
        )
    bound, read_on = Bound.of(indicator.figure), today()
    whole, rows = figures_of(bound, read_on, by)
    if whole.value is None:
        raise Refused(Refusal(f"There is nothing to count in these months: {whole.why}."))
    counted = [(name, amount_of(one)) for name, one in rows if one.value is not None]
    filters, unit = filters_of(bound, read_on)
    span = month(read_on) if bound.months == 1 else f"{month(filters.first or read_on)} to {month(read_on)}"
    source = ", ".join((name_of(bound.key), unit.name, *narrowing(indicator.figure), span))
    finding = Finding(read_on, amount_of(whole), source=source, rows=tuple(counted))
    kept = {
        **indicator.figure,
        "first": (filters.first or read_on).isoformat(),
        "last": month_of(read_on).isoformat(),
        "low": whole.low,
        "high": whole.high,
        "why": whole.why,
        "weighted": whole.weighted,
        "tentative": whole.tentative,
    }
    return read(indicator, finding, by=by.id, figure=kept, audits=sorted(set(whole.counted)))


def amount_of(figure: Figure) -> Amount:
    """A figure as a reading: the plain count, and the weighted share where it differs."""
    value = None
    if figure.weighted and figure.value is not None:
        value = Decimal(repr(figure.value * 100)).quantize(Decimal(1).scaleb(-MOST_PLACES))
    return Amount(value, figure.count, figure.total)
