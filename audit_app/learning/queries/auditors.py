"""What moderators said to one auditor, and who may read it."""

from collections import defaultdict
from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import RANK
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from, within
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.learning.lessons import Opinion
from audit_app.learning.queries.opinions import SEES, opinions_of
from audit_app.learning.rules import learns_of
from audit_app.learning.thresholds import thresholds
from audit_app.moderation.model import Moderation, Phase
from audit_app.organisation.model import Unit


@dataclass(frozen=True, slots=True)
class Lesson:
    """One moderated audit of somebody, with every opinion that was given on it."""

    audit: Audit
    opinions: tuple[Opinion, ...]


def lessons_of(auditor_id: int, reader: Actor) -> list[Lesson]:
    """Somebody's last moderated audits that a reader may open, the latest moderated first."""
    done = select(Moderation.audit_id, func.max(Moderation.done_at).label("done_at"))
    latest = done.where(Moderation.phase == Phase.DONE.value).group_by(Moderation.audit_id).subquery()
    rows = select(Audit).join(latest, latest.c.audit_id == Audit.id).join(Audit.unit)
    rows = rows.where(
        Audit.auditor_id == auditor_id,
        Audit.stage.in_([stage.value for stage in COUNTED]),
        Audit.id.not_in(hidden_from(reader)),
    )
    if auditor_id != reader.id:
        rows = rows.where(within(reader.paths(Permission.READ_AUDITS), Unit.path))
    rows = rows.options(joinedload(Audit.case), joinedload(Audit.tool_version), contains_eager(Audit.unit))
    rows = rows.order_by(latest.c.done_at.desc(), Audit.id.desc()).limit(thresholds().last_audits)
    audits = list(db.session.execute(rows).scalars())
    opinions: dict[int, list[Opinion]] = defaultdict(list)
    for one in opinions_of(select(Audit.id).where(Audit.id.in_([audit.id for audit in audits])), words=True):
        opinions[one.audit_id].append(one)
    return [Lesson(audit, tuple(sorted(opinions[audit.id], key=lambda one: RANK[one.tier]))) for audit in audits]


def has_lessons(auditor_id: int) -> bool:
    """Whether an audit of somebody has been moderated."""
    rows = select(Moderation.id).where(Moderation.auditor_id == auditor_id, Moderation.phase == Phase.DONE.value)
    return db.session.execute(rows.limit(1)).first() is not None


def auditors_of(reader: Actor) -> list[Person]:
    """The auditors whose moderated audits somebody may read as their line or as quality assurance, by name."""
    people = {one.id: one for path in reader.paths(SEES) for one in people_of_unit(path)}
    rows = select(Moderation.auditor_id).where(Moderation.phase == Phase.DONE.value, Moderation.auditor_id.in_(people))
    taught = set(db.session.execute(rows.distinct()).scalars()) - {reader.id}
    mine = (one for key, one in people.items() if key in taught and learns_of(reader, one.actor(today())))
    return sorted(mine, key=lambda one: (one.name, one.id))


def auditor_or_404(person_id: int, reader: Actor) -> Person:
    """An auditor of one's line or quality assurance, or oneself; a peer does not exist."""
    found = db.session.get(Person, person_id)
    if found is None or not learns_of(reader, found.actor(today())):
        abort(404)
    return found
