"""Which outcomes are released, to whom, what was replied, and who a case's practitioner is."""

from collections.abc import Iterable

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role
from audit_app.actions.model import ChildAction
from audit_app.actions.workflow import State
from audit_app.auditing.model import Assignment, Audit
from audit_app.auditing.queries import WHOLE, hidden_from, within
from audit_app.auditing.workflow import BEFORE_HAND_IN
from audit_app.clock import today
from audit_app.db import db
from audit_app.feedback.model import OutcomeReply, Release
from audit_app.feedback.rules import SETTLED, Standing, case_worker, reads_outcome
from audit_app.identity.model import Person, RoleGrant
from audit_app.identity.queries import people_of_unit
from audit_app.moderation.model import Challenge
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of
from audit_app.programmes.model import Round
from audit_app.sampling.queries.connections import names_of_workers
from audit_app.sampling.rules import folded
from audit_app.web.paging import Page, page

AUDIT = joinedload(Release.audit)
LISTED = (
    AUDIT.joinedload(Audit.case),
    AUDIT.joinedload(Audit.unit),
    AUDIT.joinedload(Audit.auditor),
    AUDIT.joinedload(Audit.tool_version),
    AUDIT.selectinload(Audit.assignments),
    joinedload(Release.practitioner),
    selectinload(Release.replies).joinedload(OutcomeReply.author),
)


def find_running(audit_id: int) -> Release | None:
    """The release of an audit's outcome, unless it was taken back."""
    rows = select(Release).where(Release.audit_id == audit_id, Release.retracted_at.is_(None))
    return db.session.execute(rows).scalar_one_or_none()


def standing_of(audit_ids: Iterable[int]) -> dict[int, Standing]:
    """By audit: whether its outcome is released now, and whether it is challenged."""
    ids = list(audit_ids)
    running = select(Release.audit_id).where(Release.audit_id.in_(ids), Release.retracted_at.is_(None))
    released = set(db.session.execute(running).scalars())
    open_ = select(Challenge.audit_id).where(Challenge.audit_id.in_(ids), Challenge.ended_at.is_(None))
    challenged = set(db.session.execute(open_).scalars())
    return {one: Standing(one in released, one in challenged) for one in ids}


def release_or_404(release_id: int, actor: Actor, *, to_write: bool = False) -> Release:
    """A released outcome that somebody reads; for everybody else it does not exist."""
    rows = select(Release).where(Release.id == release_id).options(*LISTED)
    if to_write:
        rows = rows.with_for_update(of=Release)
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None or not reads_outcome(found.audit.facts, found.practitioner_id, actor):
        abort(404)
    if found.retracted and not actor.reaches(Permission.RELEASE, found.audit.unit.path):
        abort(404)
    return found


def _told(actor: Actor) -> ColumnElement[bool]:
    """That an outcome is released to somebody: the rule `is_told` as a condition (joins Audit.unit)."""
    if not actor.may(Permission.READ_OUTCOMES):
        return false()
    teams = [grant.path for grant in actor.grants if grant.role is Role.TEAM_MANAGER]
    own = and_(Release.practitioner_id == actor.id, within(actor.paths(Permission.READ_OUTCOMES), Unit.path))
    return or_(own, within(teams, Unit.path))


def _rows(actor: Actor, condition: ColumnElement[bool]) -> Select[Release]:
    rows = select(Release).join(Release.audit).join(Audit.unit).where(Release.retracted_at.is_(None), condition)
    return rows.where(Audit.id.not_in(hidden_from(actor)))


def _readable(actor: Actor) -> ColumnElement[bool]:
    return or_(_told(actor), within(actor.paths(Permission.RELEASE), Unit.path))


def released_page(actor: Actor, *, after: str, before: str) -> Page[Release]:
    """A page of the outcomes that are released to somebody, or in their units, the newest first."""
    rows = _rows(actor, _readable(actor))
    total = db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    rows = rows.options(*LISTED)
    return page(rows, (Release.id,), lambda one: (one.id,), total=total, after=after, before=before, falling=True)


def told_lately(actor: Actor, most: int) -> list[Release]:
    """The outcomes released to somebody to which they have not replied, the newest first."""
    answered = select(OutcomeReply.release_id).where(OutcomeReply.by_id == actor.id)
    rows = _rows(actor, _told(actor)).where(Release.id.not_in(answered)).options(*LISTED)
    return list(db.session.execute(rows.order_by(Release.id.desc()).limit(most)).scalars())


def replies_to(actor: Actor, most: int) -> list[OutcomeReply]:
    """The latest replies to outcomes of somebody's own audits, and of those in the units where they release."""
    rows = select(OutcomeReply).join(OutcomeReply.release).join(Release.audit).join(Audit.unit)
    mine = Audit.auditor_id == actor.id if actor.may(Permission.AUDIT) else false()
    rows = rows.where(Release.retracted_at.is_(None), or_(mine, within(actor.paths(Permission.RELEASE), Unit.path)))
    rows = rows.where(Audit.id.not_in(hidden_from(actor)), OutcomeReply.by_id != actor.id)
    release = joinedload(OutcomeReply.release).joinedload(Release.audit).joinedload(Audit.case)
    rows = rows.options(release, joinedload(OutcomeReply.author))
    rows = rows.order_by(OutcomeReply.at.desc(), OutcomeReply.id.desc())
    return list(db.session.execute(rows.limit(most)).scalars())


def releases_in(round_: Round) -> dict[int, Release]:
    """By audit of a round: the release of its outcome, unless it was taken back."""
    rows = select(Release).join(Release.audit).where(Audit.round_id == round_.id, Release.retracted_at.is_(None))
    rows = rows.options(selectinload(Release.replies), joinedload(Release.practitioner))
    return {one.audit_id: one for one in db.session.execute(rows).scalars()}


def ready_in(round_: Round, actor: Actor) -> list[Audit]:
    """The handed-in audits of a round, without any that somebody judges blind just now."""
    before = [stage.value for stage in BEFORE_HAND_IN]
    rows = select(Audit).where(Audit.round_id == round_.id, Audit.stage.not_in(before)).options(*WHOLE)
    rows = rows.where(Audit.id.not_in(hidden_from(actor))).order_by(Audit.id)
    return list(db.session.execute(rows).unique().scalars())


def _practitioners(paths: Iterable[str]) -> list[Person]:
    """Everybody who is a practitioner today over all of these units, by name."""
    rows = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id)
    rows = rows.where(RoleGrant.role == Role.PRACTITIONER.value, RoleGrant.ended_at.is_(None))
    rows = rows.where(Person.ended_at.is_(None)).options(selectinload(Person.grants), joinedload(Person.unit))
    wanted = list(paths)
    every = db.session.execute(rows.distinct().order_by(Person.name, Person.id)).unique().scalars()
    return [one for one in every if _works_over(one, wanted)]


def _works_over(person: Person, paths: list[str]) -> bool:
    grants = [one for one in person.actor(today()).grants if one.role is Role.PRACTITIONER]
    return all(any(path.startswith(grant.path) for grant in grants) for path in paths)


def practitioners_for(audit: Audit) -> list[Person]:
    """The practitioners with an account over an audit's unit, by name."""
    return _practitioners([audit.unit.path])


def worker_of(audit: Audit) -> int | None:
    """Which of them the case's worker is, as the case lists call them; none where nobody or more than one is."""
    able = practitioners_for(audit)
    names = names_of_workers([one.id for one in able], authority_of(audit.unit).id)
    called = {one.id: {folded(one.name), *names.get(one.id, ())} for one in able}
    return case_worker(folded(audit.case.worker), called)


def to_release_by_day() -> list[Audit]:
    """The audits whose programmes release so many days after hand-in, and whose outcome never was released."""
    known = select(Release.audit_id)
    stages = [stage.value for stage in SETTLED]
    held = select(Assignment.audit_id).where(Assignment.hidden, Assignment.ended_at.is_(None))
    rows = select(Audit).where(Audit.stage.in_(stages), Audit.id.not_in(known), Audit.id.not_in(held))
    rows = rows.options(*WHOLE, joinedload(Audit.round).joinedload(Round.programme)).order_by(Audit.id)
    found = db.session.execute(rows).unique().scalars()
    return [one for one in found if one.round.programme.policy.release == "after_days"]


def actions_in(audit: Audit) -> list[ChildAction]:
    """The actions for the child that came out of an audit and were given, soonest due first; none withdrawn."""
    rows = select(ChildAction).where(ChildAction.audit_id == audit.id, ChildAction.given_at.is_not(None))
    rows = rows.where(ChildAction.state != State.WITHDRAWN.value).options(joinedload(ChildAction.owner))
    return list(db.session.execute(rows.order_by(ChildAction.due_on, ChildAction.id)).scalars())


def lookers(audit: Audit) -> list[Person]:
    """The team managers of an audit's own team today, to whom its outcome is released."""
    people = people_of_unit(authority_of(audit.unit).path)
    path = audit.unit.path
    return [
        one
        for one in people
        if any(g.role is Role.TEAM_MANAGER and path.startswith(g.path) for g in one.actor(today()).grants)
    ]
