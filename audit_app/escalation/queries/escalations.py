"""What is asked of escalations: which are open to whom, and who could sign off."""

from collections.abc import Iterable

from flask import abort
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role
from audit_app.auditing.ledger import Line, standing
from audit_app.auditing.model import Assignment, Audit
from audit_app.auditing.queries import hidden_from, lines_of, open_to, within
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation.model import Escalation
from audit_app.escalation.rules import Head, Matter, refusal_to_name
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person, RoleGrant
from audit_app.identity.queries import away_between, people_of_unit
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of
from audit_app.web.paging import Page, page

NAMED = "challenge.resolver_named"  # what happens in rooms above is read from the record
SEEN_BY = Permission.SEE_ESCALATIONS
WHOLE = (
    joinedload(Escalation.audit).joinedload(Audit.case),
    joinedload(Escalation.audit).joinedload(Audit.unit),
    joinedload(Escalation.audit).joinedload(Audit.auditor),
    joinedload(Escalation.audit).joinedload(Audit.tool_version),
    joinedload(Escalation.audit).selectinload(Audit.assignments),
    joinedload(Escalation.head),
)


def _open_to(actor: Actor) -> Select[Escalation]:
    """The escalations in somebody's units, without any audit that they judge blind just now."""
    rows = select(Escalation).join(Escalation.audit).join(Audit.unit)
    return rows.where(within(actor.paths(SEEN_BY), Unit.path), Audit.id.not_in(hidden_from(actor)))


def escalation_or_404(escalation_id: int, actor: Actor, *, to_write: bool = False) -> Escalation:
    """An escalation of an audit that this person may read whole; any other does not exist."""
    rows = _open_to(actor).where(Escalation.id == escalation_id).options(*WHOLE)
    if to_write:  # the audit is held too, so that nobody is given it to judge meanwhile
        rows = rows.with_for_update(of=(Escalation, Audit))
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None or sight_of(found.audit.facts, actor) is not Sight.FULL:
        abort(404)
    return found


def open_escalations(actor: Actor) -> list[Escalation]:
    """What is still to be signed off in somebody's units, the oldest first."""
    rows = _open_to(actor).where(Escalation.signed_at.is_(None), Escalation.closed_at.is_(None))
    found = db.session.execute(rows.options(*WHOLE).order_by(Escalation.raised_at, Escalation.id))
    return list(found.unique().scalars())


def ended_page(actor: Actor, *, after: str, before: str) -> Page[Escalation]:
    """A page of what was signed off or closed in somebody's units, the newest first."""
    rows = _open_to(actor).where((Escalation.signed_at.is_not(None)) | (Escalation.closed_at.is_not(None)))
    total = db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    rows = rows.options(*WHOLE)
    return page(rows, (Escalation.id,), lambda one: (one.id,), total=total, after=after, before=before, falling=True)


def escalations_to_sign_off(actor: Actor) -> list[Escalation]:
    """What this person is named to sign off, the oldest first."""
    return [one for one in open_escalations(actor) if one.head_id == actor.id] if actor.may(SEEN_BY) else []


# Asked whenever an audit is handed in or judged, so they are made once.
_RUNNING = select(Escalation).where(Escalation.audit_id == bindparam("audit_id"), Escalation.closed_at.is_(None))
_OF_AUDIT = select(Escalation).where(Escalation.audit_id == bindparam("audit_id"))


def find_running(audit_id: int) -> Escalation | None:
    """An audit's escalation that was not closed."""
    return db.session.execute(_RUNNING, {"audit_id": audit_id}).scalar_one_or_none()


def escalated_before(audit_id: int) -> tuple[Escalation | None, frozenset[int]]:
    """An audit's escalation that was not closed, and the judgements whose escalation was closed as a mistake."""
    every = db.session.execute(_OF_AUDIT, {"audit_id": audit_id}).scalars().all()
    running = next((one for one in every if one.closed_at is None), None)
    return running, frozenset(one.judgement_id for one in every if one.closed_at is not None)


def was_named(audit_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """By audit: who was named to sign it off, and so knows how it was graded."""
    rows = select(Escalation.audit_id, Escalation.head_id).where(
        Escalation.audit_id.in_(list(audit_ids)), Escalation.head_id.is_not(None)
    )
    found: dict[int, set[int]] = {}
    for audit_id, head_id in db.session.execute(rows):
        if head_id is not None:
            found.setdefault(audit_id, set()).add(head_id)
    return {audit_id: frozenset(heads) for audit_id, heads in found.items()}


def signed_off_by(audit_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """By audit: the heads of service who signed it off, or closed it as no matter for that: they took a side."""
    rows = select(Escalation.audit_id, Escalation.signed_at, Escalation.head_id, Escalation.closed_by).where(
        Escalation.audit_id.in_(list(audit_ids)),
        (Escalation.signed_at.is_not(None)) | (Escalation.closed_by.is_not(None)),
    )
    found: dict[int, set[int]] = {}
    for audit_id, signed_at, head_id, closed_by in db.session.execute(rows):
        sides = {closed_by, head_id if signed_at is not None else None}
        found.setdefault(audit_id, set()).update(one for one in sides if one is not None)
    return {audit_id: frozenset(heads) for audit_id, heads in found.items()}


def overall_of(audit: Audit) -> Line | None:
    """The overall judgement of an audit that stands."""
    overall = audit.tool.overall_section
    return standing(lines_of(audit)).get(overall.key) if overall is not None else None


def judges_of(audit: Audit) -> frozenset[int]:
    """Everybody who was given an audit to judge in a later tier, or a challenge of it to resolve, now or before."""
    rows = select(Assignment.person_id).where(Assignment.audit_id == audit.id)
    named = (entry.body["person"] for entry in entries_of(audit.subject, kinds=(NAMED,)) if entry.body is not None)
    return frozenset(db.session.execute(rows).scalars()) | {one for one in named if isinstance(one, int)}


def matter_of(escalation: Escalation) -> Matter:
    """What the rules need to know of an escalation."""
    return Matter(escalation.state, escalation.head_id, judges_of(escalation.audit))


def heads_of_service() -> list[Head]:
    """Everybody who is a head of service today, by the unit that they are head of."""
    rows = select(RoleGrant).join(RoleGrant.person).where(RoleGrant.role == Role.HEAD_OF_SERVICE.value)
    rows = rows.where(RoleGrant.ended_at.is_(None), Person.ended_at.is_(None)).options(joinedload(RoleGrant.unit))
    held = [one for one in db.session.execute(rows).scalars() if one.value.runs(today())]
    away = away_between({one.person_id for one in held}, today(), today())
    return [Head(one.person_id, one.unit.path, bool(away.get(one.person_id))) for one in held]


def could_sign_off(escalation: Escalation, by: Actor) -> list[Person]:
    """Whom this person could name to sign an audit off, by name."""
    audit, matter = escalation.audit, matter_of(escalation)
    people = people_of_unit(authority_of(audit.unit).path)
    return [one for one in people if refusal_to_name(audit.facts, matter, one.actor(today()), by) is None]


def open_among(audit_ids: Iterable[int], actor: Actor) -> frozenset[int]:
    """Those of some audits that this person may see."""
    rows = select(Audit.id).join(Audit.unit).where(Audit.id.in_(list(audit_ids)), open_to(actor))
    return frozenset(db.session.execute(rows).scalars())
