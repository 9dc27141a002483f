"""The day's reminders: what is due soon, what is overdue, and who else hears of it."""

import datetime as dt
from collections import Counter
from functools import cache

from sqlalchemy import select

from audit_app.actions.model import ChildAction
from audit_app.auditing.model import Audit
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.identity.queries import away_between
from audit_app.notices import queries
from audit_app.notices.kinds import How, Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.hearing_boards import ask_for_updates
from audit_app.notices.operations.telling import Telling, tell, write
from audit_app.notices.operations.writing import post_of, words
from audit_app.notices.rules import (
    Chasing,
    Due,
    chasing_from,
    due_messages,
    due_of_actions,
    due_of_contributions,
    leads,
)
from audit_app.programmes.chasing import LINE_OF_ACTIONS, chasing_problems
from audit_app.programmes.model import Programme, Round

DIGEST_OF = dt.timedelta(days=7)  # what is older was overtaken


def remind() -> Counter[Kind]:
    """Say what is to be said today; when it is run again, or late, nothing is said twice."""
    day = today()
    audits, contributions = queries.awaited(day), queries.awaited_contributions(day)
    actions = queries.actions_to_ask_for(day)
    contributed_to = [one.audit for one in contributions]
    acted_on = [one.audit for one in actions]
    _one_at_a_time([*audits, *contributed_to, *acted_on])
    by_id = {audit.id: audit for audit in [*audits, *contributed_to]}
    held = queries.leaders(day)
    people = {audit.auditor_id: audit.auditor for audit in audits}
    asked = {
        *people,
        *(one.owner_id for one in actions),
        *(one.person_id for one in contributions),
        *(person for person, _ in held),
    }
    away = set(away_between(asked, day, day))

    @cache
    def chasing_of(programme: Programme) -> Chasing:
        own = programme.policy.chasing
        return words().chasing if chasing_problems(own) else chasing_from(own, words().chasing)

    def escalate_to(auditor_id: int, role: str) -> tuple[int, ...]:
        return leads(role, _place_of(people[auditor_id], day), held, without={auditor_id, *away})

    def programmes_chasing(audit_id: int) -> Chasing:
        return chasing_of(by_id[audit_id].round.programme)

    found = due_messages(
        queries.waitings(audits),
        queries.occasions_of(audits),
        day,
        programmes_chasing,
        away=away,
        escalate_to=escalate_to,
    )
    said = queries.occasions_of(contributed_to)
    found += due_of_contributions(queries.wanted(contributions), said, day, programmes_chasing, away=away)
    found += _of_actions(actions, day, away)
    made = tell(
        Telling(
            due.person_id,
            due.kind,
            due.key,
            audit_id=due.audit_id,
            contribution_id=due.contribution_id,
            action_id=due.action_id,
        )
        for due in found
    )
    asked_for = ask_for_updates(day)
    if made or asked_for:
        body = {kind.value: sorted({due.audit_id for due in found if due.kind is kind}) for kind in _kinds(made)}
        body |= {kind.value: sorted({one.meeting_id or 0 for one in asked_for}) for kind in _kinds(asked_for)}
        record("notices.reminded", body=body)
    _write_digests()
    return Counter(one.of for one in (*made, *asked_for))


def _of_actions(actions: list[ChildAction], day: dt.date, away: set[int]) -> list[Due]:
    """What is to be said of actions for children; what is late goes to whoever leads the child's team."""
    held, by_id = queries.leaders(day, LINE_OF_ACTIONS), {one.id: one for one in actions}

    def escalate_to(action_id: int, role: str) -> tuple[int, ...]:
        one = by_id[action_id]
        return leads(role, one.unit.path, held, without={one.owner_id, *away}, line=LINE_OF_ACTIONS)

    said = queries.occasions_of([one.audit for one in actions])
    return due_of_actions(queries.to_dos(actions), said, day, words().actions, away=away, escalate_to=escalate_to)


def _kinds(made: list[Notice]) -> list[Kind]:
    return sorted({one.of for one in made})


def _one_at_a_time(audits: list[Audit]) -> None:
    """Two runs at once would say everything twice: the second one waits, and then sees what was said."""
    rounds = sorted({audit.round_id for audit in audits})
    db.session.execute(select(Round.id).where(Round.id.in_(rounds)).order_by(Round.id).with_for_update())


def _place_of(person: Person, day: dt.date) -> str:
    """Where somebody stands in the tree: the unit they work in, else the one they hold a role in."""
    if person.unit is not None:
        return person.unit.path
    return max((grant.path for grant in person.actor(day).grants), key=len, default="")


def _write_digests() -> None:
    """Put what is new since yesterday into one letter for each who wishes for one a day."""
    if post_of() is None:
        return
    choices = queries.choices_of(queries.told_daily())
    rows = select(Notice).where(Notice.person_id.in_(choices), Notice.mail_id.is_(None), Notice.read_at.is_(None))
    rows = rows.where(Notice.ended_at.is_(None), Notice.made_at > now() - DIGEST_OF)
    found = db.session.execute(rows.order_by(Notice.id)).scalars()
    write(one for one in found if choices[one.person_id].of(one.of) is How.DAILY)
    db.session.flush()
