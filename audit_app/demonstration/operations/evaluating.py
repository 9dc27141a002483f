"""The demonstration's self-evaluation: published for its board, with evidence that has moved since it was cited."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.clock import today as clock_today
from audit_app.db import db
from audit_app.demonstration.dates import months, working_days_before
from audit_app.demonstration.evaluation_words import (
    BETTER,
    CLINICS,
    DRIFT,
    KNOWN,
    MODERATED,
    NEXT,
    TRUSTED,
    Told,
)
from audit_app.demonstration.improving_words import NAME
from audit_app.demonstration.operations.moderating import Bench
from audit_app.evaluation import operations
from audit_app.evaluation.model import Edition, Statement
from audit_app.evaluation.queries.contents import contents_of
from audit_app.evaluation.queries.today import Today
from audit_app.evaluation.said import Kind
from audit_app.improvement.model import Plan
from audit_app.improvement.operations.figures import Bound
from audit_app.improvement.snapshot import frozen, hash_of
from audit_app.programmes.model import Round

LONG_AGO = 50  # working days before today: a quarter's figure has moved since
QUARTER, YEAR = 3, 12


def evaluate(bench: Bench, today: dt.date) -> None:
    """An edition of this quarter, written and published by the audit officer."""
    northmere = bench.rounds.northmere
    who = next(one for one in northmere.people.values() if one.id == northmere.officer_id).actor(today)
    edition = operations.begin(northmere.root, months(today)[-2], QUARTER, by=who.id)
    plan = db.session.execute(select(Plan).where(Plan.name == NAME)).scalar_one()
    root = northmere.root.id
    moderated, better = _write(edition, MODERATED, who), _write(edition, BETTER, who)
    operations.cite(moderated, Kind.FIGURE, asdict(Bound("coverage", root, YEAR)), by=who)
    operations.cite(moderated, Kind.ACTION, _part(plan, "action", "2a"), by=who)
    _cited_then(better, asdict(Bound("good_as_stands", root, QUARTER)), working_days_before(today, LONG_AGO), who)
    operations.cite(better, Kind.READING, _part(plan, "indicator", "1.3"), by=who)
    operations.cite(_write(edition, DRIFT, who), Kind.THEME, {"theme": "drift", "unit": root, "months": YEAR}, by=who)
    clinics = _write(edition, CLINICS, who)
    for ref in ("1a", "1b"):
        operations.cite(clinics, Kind.ACTION, _part(plan, "action", ref), by=who)
    operations.cite(_write(edition, KNOWN, who), Kind.ROUND, {"round": _last_round(bench)}, by=who)
    trusted = _write(edition, TRUSTED, who)
    operations.cite(trusted, Kind.FIGURE, asdict(Bound("exact_senior", root, YEAR)), by=who)
    operations.cite(trusted, Kind.READING, _part(plan, "indicator", "2.1"), by=who)
    operations.cite(_write(edition, NEXT, who), Kind.READING, _part(plan, "indicator", "1.2"), by=who)
    db.session.refresh(edition, ["every_statement"])
    for one in edition.statements:
        db.session.refresh(one, ["every_citation"])
    seen = hash_of(frozen(contents_of(edition, who, clock_today())))
    operations.publish(edition, seen, edition.version_id, by=who)


def _write(edition: Edition, told: Told, who: Actor) -> Statement:
    return operations.write(edition, told.area, told.question, told.words, by=who.id)


def _cited_then(statement: Statement, what: Mapping[str, Any], day: dt.date, who: Actor) -> None:
    """A figure as it stood on an earlier day: what it counts today is later months."""
    made, then = operations.cite(statement, Kind.FIGURE, what, by=who), Today(who, day).find(Kind.FIGURE, what)
    if then is not None:
        made.cited_on, made.said, made.audits = day, then.said.as_kept, list(then.audits)
        db.session.flush()


def _part(plan: Plan, kind: str, ref: str) -> dict[str, Any]:
    parts = plan.recommendations
    found = [one for part in parts for one in (part.actions if kind == "action" else part.indicators)]
    return {"plan": plan.id, kind: next(one.id for one in found if one.ref == ref)}


def _last_round(bench: Bench) -> int:
    """The latest round that is closed, by now or soon: the one before this month's."""
    rows = (
        select(Round).where(Round.month < bench.rounds.last_day.replace(day=1)).order_by(Round.month.desc(), Round.id)
    )
    return db.session.execute(rows.limit(1)).scalar_one().id
