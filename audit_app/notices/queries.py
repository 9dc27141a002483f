"""What is asked of notices: what somebody was told, what is waited for, who leads whom, and letters that wait."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from flask import abort
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Permission, Role, may
from audit_app.actions.model import ActionStep, ChildAction
from audit_app.actions.queries import chasable
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.queries import hidden_from
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.identity.model import Person, RoleGrant
from audit_app.improvement.model import Board, Meeting
from audit_app.learning.model import PublishedBriefing
from audit_app.notices.kinds import COMES_BEFORE_BLINDNESS, SAID_BY_THE_WORK, Choice, How, Kind, Matter
from audit_app.notices.model import Mail, MatterPreference, Notice, Preference, State
from audit_app.notices.rules import TO_HAND_IN, ToDo, Waiting, Wanted
from audit_app.programmes.chasing import LINE
from audit_app.programmes.model import Round
from audit_app.programmes.queries import exempt_in_month
from audit_app.web.paging import Page, page

AHEAD = dt.timedelta(days=100)  # more than the earliest reminder that a policy can ask for
WRITING = tuple(stage.value for stage in TO_HAND_IN)


def _told(actor: Actor) -> Select[Notice]:
    """What somebody was told, without any audit that they judge blind just now."""
    anyway = [kind.value for kind in COMES_BEFORE_BLINDNESS]
    open_to_them = or_(Notice.audit_id.is_(None), Notice.audit_id.not_in(hidden_from(actor)), Notice.kind.in_(anyway))
    return select(Notice).where(Notice.person_id == actor.id, open_to_them)


def _new(actor: Actor) -> Select[Notice]:
    return _told(actor).where(Notice.read_at.is_(None), Notice.ended_at.is_(None))


def notices_page(actor: Actor, *, after: str, before: str) -> Page[Notice]:
    """A page of what somebody was told, the newest first."""
    rows = _told(actor)
    total = db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    key = (Notice.id,)
    return page(_whole(rows), key, lambda one: (one.id,), total=total, after=after, before=before, falling=True)


def _whole(rows: Select[Notice]) -> Select[Notice]:
    audit = joinedload(Notice.audit)
    others = [joinedload(one) for one in (Notice.contribution, Notice.action, Notice.about, Notice.release)]
    others.append(joinedload(Notice.meeting).joinedload(Meeting.board))
    others.append(joinedload(Notice.briefing).joinedload(PublishedBriefing.briefing))
    return rows.options(audit.joinedload(Audit.case), audit.joinedload(Audit.auditor), *others)


def new_notices(actor: Actor, most: int) -> list[Notice]:
    """The newest of what somebody was told and has not marked as read, without what their list of work says."""
    rows = _whole(_new(actor)).where(Notice.kind.not_in([kind.value for kind in SAID_BY_THE_WORK]))
    return list(db.session.execute(rows.order_by(Notice.id.desc()).limit(most)).scalars())


def count_new(actor: Actor) -> int:
    """How many things somebody was told and has not marked as read."""
    return db.session.execute(_new(actor).with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()


def notice_or_404(notice_id: int, actor: Actor) -> Notice:
    """Something that somebody was told themselves; anything else does not exist."""
    found = db.session.execute(_told(actor).where(Notice.id == notice_id)).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def choices_of(people: Iterable[int]) -> dict[int, Choice]:
    """How some people wish to be told; who said nothing is told by e-mail, at once."""
    ids = set(people)
    rows = select(Preference).where(Preference.person_id.in_(ids))
    general = {one.person_id: How(one.how) for one in db.session.execute(rows).scalars()}
    otherwise: dict[int, dict[Matter, How]] = defaultdict(dict)
    others = select(MatterPreference).where(MatterPreference.person_id.in_(ids))
    for one in db.session.execute(others).scalars():
        otherwise[one.person_id][Matter(one.matter)] = How(one.how)
    return {one: Choice(general.get(one, How.AT_ONCE), otherwise.get(one, {})) for one in ids}


def choice_of(person_id: int) -> Choice:
    """How somebody wishes to be told."""
    return choices_of([person_id])[person_id]


def told_daily() -> set[int]:
    """Those who wish for one letter a day, of everything or of some matter."""
    rows = select(Preference.person_id).where(Preference.how == How.DAILY.value)
    others = select(MatterPreference.person_id).where(MatterPreference.how == How.DAILY.value)
    return set(db.session.execute(rows).scalars()) | set(db.session.execute(others).scalars())


def said_before(pairs: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Which of some things (to whom, on what occasion) were said before."""
    people, keys = {person for person, _ in pairs}, {key for _, key in pairs}
    rows = select(Notice.person_id, Notice.key).where(Notice.person_id.in_(people), Notice.key.in_(keys))
    return {(row.person_id, row.key) for row in db.session.execute(rows)} & set(pairs)


def awaited(today: dt.date) -> list[Audit]:
    """The audits that may be asked for today: being written by somebody who is there, due soon or late."""
    rows = select(Audit).join(Audit.auditor).where(Audit.stage.in_(WRITING), Audit.due_on <= today + AHEAD)
    rows = rows.where(Audit.handed_back_at.is_(None), Person.ended_at.is_(None))
    rows = rows.options(
        joinedload(Audit.auditor).joinedload(Person.unit), joinedload(Audit.round).joinedload(Round.programme)
    )
    return list(db.session.execute(rows.order_by(Audit.id)).scalars())


def waitings(audits: Sequence[Audit]) -> list[Waiting]:
    """Some audits as the rules of reminding see them."""
    given = _last_told(audits, Kind.REALLOCATED)
    chased = _last_told(audits, Kind.CHASED)
    rounds = {audit.round_id: audit.round for audit in audits}
    exempt = {key: exempt_in_month(one.programme_id, one.month) for key, one in rounds.items()}
    return [
        Waiting(
            audit.id,
            audit.auditor_id,
            audit.at,
            audit.due_on,
            max(given.get((audit.id, audit.auditor_id), day_of(audit.allocated_at)), day_of(audit.allocated_at)),
            chased.get((audit.id, audit.auditor_id)),
            audit.auditor_id in exempt[audit.round_id],
        )
        for audit in audits
    ]


def awaited_contributions(today: dt.date) -> list[Contribution]:
    """The contributions that may be asked for today: not done, to an audit that is being written, due soon or late."""
    rows = select(Contribution).join(Contribution.audit).join(Contribution.person)
    rows = rows.where(Contribution.done_at.is_(None), Contribution.withdrawn_at.is_(None))
    rows = rows.where(Contribution.until <= today + AHEAD, Audit.stage.in_(WRITING), Person.ended_at.is_(None))
    rows = rows.where(Contribution.person_id != Audit.auditor_id)
    audit = joinedload(Contribution.audit)
    rows = rows.options(audit.joinedload(Audit.round).joinedload(Round.programme))
    return list(db.session.execute(rows.order_by(Contribution.id)).scalars())


def wanted(contributions: Sequence[Contribution]) -> list[Wanted]:
    """Some contributions as the rules of reminding see them."""
    kinds = [kind.value for kind in (Kind.CONTRIBUTION_ASKED, Kind.CONTRIBUTION_DAY)]
    rows = select(Notice.contribution_id, func.max(Notice.made_at)).where(Notice.kind.in_(kinds))
    rows = rows.where(Notice.contribution_id.in_([one.id for one in contributions])).group_by(Notice.contribution_id)
    heard = {one: day_of(at) for one, at in db.session.execute(rows)}
    return [
        Wanted(one.id, one.audit_id, one.person_id, one.until, heard.get(one.id, day_of(one.asked_at)))
        for one in contributions
    ]


def actions_to_ask_for(today: dt.date) -> list[ChildAction]:
    """The actions for children that may be asked for today, due soon or late."""
    return chasable(today + AHEAD)


def to_dos(actions: Sequence[ChildAction]) -> list[ToDo]:
    """Some actions as the rules of reminding see them; whoever said or was told something of one has heard of it."""
    rows = select(ActionStep.action_id, func.max(ActionStep.at)).where(
        ActionStep.action_id.in_([one.id for one in actions])
    )
    heard = {action_id: day_of(at) for action_id, at in db.session.execute(rows.group_by(ActionStep.action_id))}
    return [
        ToDo(
            one.id,
            one.audit_id,
            one.owner_id,
            one.due_on,
            day_of(one.owned_at),
            heard.get(one.id, day_of(one.owned_at)),
        )
        for one in actions
    ]


def _last_told(audits: Sequence[Audit], kind: Kind) -> dict[tuple[int | None, int], dt.date]:
    """The last day on which somebody was told something of an audit, by audit and person."""
    ids = [audit.id for audit in audits]
    rows = select(Notice.audit_id, Notice.person_id, func.max(Notice.made_at))
    rows = rows.where(Notice.audit_id.in_(ids), Notice.kind == kind.value)
    found = db.session.execute(rows.group_by(Notice.audit_id, Notice.person_id))
    return {(audit_id, person_id): day_of(at) for audit_id, person_id, at in found}


def occasions_of(audits: Sequence[Audit]) -> set[str]:
    """The occasions on which something was said of some audits."""
    rows = select(Notice.key).where(Notice.audit_id.in_([audit.id for audit in audits]))
    return set(db.session.execute(rows).scalars())


def leaders(today: dt.date, line: Sequence[Role] = LINE) -> list[tuple[int, Grant]]:
    """Everybody with an account who leads somewhere, with their grants that run."""
    rows = select(RoleGrant).join(RoleGrant.person)
    rows = rows.where(RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
    rows = rows.where(RoleGrant.role.in_([role.value for role in line]))
    found = db.session.execute(rows).scalars()
    return [(one.person_id, one.value) for one in found if one.value.runs(today)]


def officers_over(path: str | None, today: dt.date) -> list[int]:
    """The audit officers who run rounds for the people of a unit (of any, for somebody without a unit)."""
    held = [(person, grant) for person, grant in leaders(today) if grant.role is Role.AUDIT_OFFICER]
    return sorted({person for person, grant in held if path is None or path.startswith(grant.path)})


def people_who_may(permission: Permission, path: str, today: dt.date) -> list[int]:
    """Everybody with an account who may do something in the unit of a path, by a grant that runs."""
    rows = select(RoleGrant).join(RoleGrant.person).where(RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
    rows = rows.where(RoleGrant.role.in_([role.value for role in Role if may(role, permission)]))
    held = [(one.person_id, one.value) for one in db.session.execute(rows).scalars()]
    return sorted({person for person, grant in held if grant.runs(today) and path.startswith(grant.path)})


def late_in(round_: Round, actor: Actor, today: dt.date) -> dict[int, list[Audit]]:
    """The late audits of a round by who is to write them, by name; none that the actor judges blind."""
    rows = select(Audit).join(Audit.auditor).options(joinedload(Audit.auditor))
    rows = rows.where(Audit.round_id == round_.id, Audit.stage.in_(WRITING), Audit.due_on < today)
    rows = rows.where(Audit.handed_back_at.is_(None), Person.ended_at.is_(None), Audit.id.not_in(hidden_from(actor)))
    found: dict[int, list[Audit]] = defaultdict(list)
    for audit in db.session.execute(rows.order_by(Person.name, Person.id, Audit.due_on, Audit.id)).scalars():
        found[audit.auditor_id].append(audit)
    return dict(found)


def chased_in(round_: Round) -> dict[int, dt.date]:
    """When each auditor of a round was last chased in it."""
    rows = select(Notice.person_id, func.max(Notice.made_at)).join(Notice.audit)
    rows = rows.where(Audit.round_id == round_.id, Notice.kind == Kind.CHASED.value).group_by(Notice.person_id)
    return {person_id: day_of(at) for person_id, at in db.session.execute(rows)}


def counts_of_letters() -> dict[State, int]:
    """How many letters stand where."""
    rows = select(Mail.state, func.count()).group_by(Mail.state)
    return {State(state): count for state, count in db.session.execute(rows)}


def oldest_waiting() -> Mail | None:
    """The letter that has waited longest."""
    rows = select(Mail).where(Mail.state == State.WAITING.value).order_by(Mail.made_at, Mail.id).limit(1)
    return db.session.execute(rows).scalar_one_or_none()


def meetings_asking(person_id: int) -> list[Meeting]:
    """The meetings that wait for updates from somebody and for which they were asked, the soonest first."""
    asked = select(Notice.meeting_id).where(Notice.person_id == person_id, Notice.ended_at.is_(None))
    rows = select(Meeting).where(Meeting.id.in_(asked)).options(joinedload(Meeting.board).joinedload(Board.unit))
    return list(db.session.execute(rows.order_by(Meeting.updates_by, Meeting.id)).scalars())


def unreached(people: Iterable[int]) -> set[int]:
    """Those whose last letter could not be delivered."""
    last = select(func.max(Mail.id)).where(Mail.person_id.in_(set(people)), Mail.state != State.NOT_NEEDED.value)
    rows = select(Mail.person_id).where(Mail.id.in_(last.group_by(Mail.person_id)))
    return set(db.session.execute(rows.where(Mail.state.in_([State.REFUSED.value, State.GIVEN_UP.value]))).scalars())
