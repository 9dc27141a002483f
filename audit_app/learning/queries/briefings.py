"""Which briefings are for whom, and what a briefing is made from."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from, within
from audit_app.cases.model import CaseRecord
from audit_app.clock import now
from audit_app.db import db
from audit_app.feedback.queries import themes_heard
from audit_app.identity.model import Person
from audit_app.learning.briefing import FEWEST_AUDITORS, Contents, contents_of, themes_of
from audit_app.learning.identifying import Known, tokens_in
from audit_app.learning.model import Briefing, PublishedBriefing
from audit_app.learning.queries.opinions import moderated, opinions_of, reader_of
from audit_app.learning.rules import READS_BRIEFINGS, reads_briefing
from audit_app.measures.queries import Filters
from audit_app.organisation.model import Unit

RUNS = Permission.RUN_ROUNDS
NEW_FOR = dt.timedelta(days=91)  # how long a briefing stands on Your work: a new one is due by then


def briefing_or_404(briefing_id: int, actor: Actor, *, to_write: bool = False) -> Briefing:
    """A briefing of the units for which somebody runs audits; any other does not exist."""
    rows = select(Briefing).join(Briefing.unit).options(contains_eager(Briefing.unit))
    rows = rows.where(Briefing.id == briefing_id, within(actor.paths(RUNS), Unit.path))
    found = db.session.execute(rows.with_for_update(of=Briefing) if to_write else rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def briefings_run_by(actor: Actor) -> list[Briefing]:
    """The briefings that somebody writes, the newest months first."""
    rows = select(Briefing).join(Briefing.unit).options(contains_eager(Briefing.unit), selectinload(Briefing.copies))
    rows = rows.where(within(actor.paths(RUNS), Unit.path))
    return list(db.session.execute(rows.order_by(Briefing.last.desc(), Briefing.id.desc())).scalars())


def briefings_open_to(actor: Actor) -> list[PublishedBriefing]:
    """The published briefings that are for somebody, as they are read today, the latest published first."""
    rows = select(Briefing).join(Briefing.unit).options(contains_eager(Briefing.unit), selectinload(Briefing.copies))
    found = db.session.execute(rows.where(Briefing.copies.any())).scalars()
    current = [one.current for one in found if reads_briefing(actor, one.unit.path)]
    return sorted((one for one in current if one is not None), key=lambda one: (one.published_at, one.id), reverse=True)


def latest_briefing(actor: Actor) -> PublishedBriefing | None:
    """The briefing that somebody may read and that was published last, for a quarter of a year."""
    if not any(actor.may(permission) for permission in READS_BRIEFINGS):
        return None
    since = now() - NEW_FOR
    return next((one for one in briefings_open_to(actor) if one.published_at > since), None)


def published_or_404(published_id: int, actor: Actor) -> PublishedBriefing:
    """A published briefing that is for somebody; what was taken back or replaced exists for its writers only."""
    found = db.session.get(PublishedBriefing, published_id)
    if found is None:
        abort(404)
    path = found.briefing.unit.path
    is_current = found.briefing.current is not None and found.briefing.current.id == found.id
    if not actor.reaches(RUNS, path) and not (is_current and reads_briefing(actor, path)):
        abort(404)
    return found


def is_closed_to(published: PublishedBriefing, actor: Actor) -> bool:
    """Whether somebody judges blind an audit that a briefing counts, and so may not open it yet."""
    held = set(db.session.execute(hidden_from(actor)).scalars())
    return not held.isdisjoint(published.audit_ids)


@dataclass(frozen=True, slots=True)
class Material:
    """What a briefing says as it would be published now, and which audits it counts."""

    contents: Contents
    audit_ids: tuple[int, ...]


def material_of(briefing: Briefing, actor: Actor) -> Material:
    """A briefing as it would be published now."""
    ids = moderated(Filters(first=briefing.first, last=briefing.last, path=briefing.unit.path), reader_of(actor))
    opinions = opinions_of(ids)
    moderated_ids = {one.audit_id for one in opinions}
    contents = contents_of(
        briefing.unit.name, briefing.first, briefing.last, briefing.words, opinions, _auditors_of(moderated_ids)
    )
    heard = themes_heard(ids)
    coded = {audit_id for one in heard for audit_id in one.audits}
    contents = replace(contents, themes=themes_of(heard, len(coded), _auditors_of(coded)))
    return Material(contents, tuple(sorted(moderated_ids | coded)))


def _auditors_of(audit_ids: Collection[int]) -> int:
    """How many people audited some audits."""
    people = select(func.count(func.distinct(Audit.auditor_id))).where(Audit.id.in_(audit_ids))
    return db.session.execute(people).scalar_one()


def known_in(texts: Iterable[str], unit: Unit) -> Known:
    """What of some texts could be a case, a person or a small team that the system knows."""
    tokens = tokens_in(texts)
    references = select(CaseRecord.reference).where(CaseRecord.reference.in_(tokens))
    workers = select(CaseRecord.worker).where(CaseRecord.worker != "").distinct()
    people = {*db.session.execute(select(Person.name)).scalars(), *db.session.execute(workers).scalars()}
    audited = select(Audit.unit_id).group_by(Audit.unit_id)
    enough = audited.having(func.count(func.distinct(Audit.auditor_id)) >= FEWEST_AUDITORS)
    small = select(Unit.name).where(Unit.path.startswith(unit.path), Unit.id != unit.id, Unit.kind == "team")
    small = small.where(Unit.id.not_in(enough))
    return Known(
        frozenset(db.session.execute(references).scalars()),
        frozenset(people),
        frozenset(db.session.execute(small).scalars()),
    )


def briefing_beside(unit_id: int, first: object, last: object) -> Briefing | None:
    """The briefing that a unit has for some months already, if it has one."""
    return db.session.execute(select(Briefing).filter_by(unit_id=unit_id, first=first, last=last)).scalar_one_or_none()
