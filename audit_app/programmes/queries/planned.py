"""The calendar of programmes as it stands, and what is expected of people in its months."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from audit_app.clock import today
from audit_app.db import db
from audit_app.programmes.exempting import takes_part
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.model import Exemption, Programme, Round, Skip
from audit_app.programmes.planning import KeptRound, Plan, PlannedRound, State, calendar, window
from audit_app.programmes.queries.exemptions import holders

BUSIEST = 3  # as many people are named as the busiest of a month, and no more


def plan_of(programme: Programme) -> Plan:
    """What a programme's calendar is made from."""
    frequency = Frequency(programme.frequency)
    return Plan(frequency, programme.first_month, programme.due_working_days, programme.ended_at is not None)


def calendars_of(programmes: Sequence[Programme]) -> dict[int, list[PlannedRound]]:
    """The calendars of some programmes, by programme."""
    ids, (first, last) = [one.id for one in programmes], window(today())
    rounds: dict[int, dict[dt.date, KeptRound]] = defaultdict(dict)
    kept = select(Round.id, Round.programme_id, Round.month, Round.due_on, Round.closed_at)
    for row in db.session.execute(kept.where(Round.programme_id.in_(ids), Round.month.between(first, last))):
        rounds[row.programme_id][row.month] = KeptRound(row.id, row.due_on, row.closed_at is not None)
    skipped: dict[int, dict[dt.date, str]] = defaultdict(dict)
    skips = select(Skip).where(Skip.programme_id.in_(ids), Skip.month.between(first, last))
    for skip in db.session.execute(skips).scalars():
        skipped[skip.programme_id][skip.month] = skip.reason
    return {one.id: calendar(plan_of(one), rounds[one.id], skipped[one.id], today()) for one in programmes}


def calendar_of(programme: Programme) -> list[PlannedRound]:
    """The calendar of one programme."""
    return calendars_of([programme])[programme.id]


def find_skip(programme: Programme, month: dt.date) -> Skip | None:
    """A month of a programme that is skipped, if it is."""
    rows = select(Skip).where(Skip.programme_id == programme.id, Skip.month == month)
    return db.session.execute(rows).scalar_one_or_none()


def opening_themselves() -> list[Programme]:
    """The programmes whose rounds open by themselves, each held until the transaction ends."""
    rows = select(Programme).where(Programme.opens_itself, Programme.ended_at.is_(None))
    rows = rows.options(joinedload(Programme.unit, innerjoin=True)).order_by(Programme.id)
    return list(db.session.execute(rows.with_for_update(of=Programme)).scalars())


@dataclass(frozen=True, slots=True)
class Month:
    """A month of everybody's calendar: its rounds, and what is expected of people in them."""

    month: dt.date
    rounds: list[tuple[Programme, PlannedRound]]
    expected: int
    auditors: int
    most: int
    busiest: list[str]  # empty where too many have as much


def months_of(programmes: Sequence[Programme]) -> list[Month]:
    """The months of the calendar of some programmes, earliest first; months without a round are left out."""
    calendars = calendars_of(programmes)
    by_month: dict[dt.date, list[tuple[Programme, PlannedRound]]] = defaultdict(list)
    for programme in programmes:
        for one in calendars[programme.id]:
            by_month[one.month].append((programme, one))
    taking_part = _taking_part([one for one in programmes if one.policy.per_auditor is not None])
    exempt = _exempt([one.id for one in programmes])
    return [_month(month, by_month[month], taking_part, exempt) for month in sorted(by_month)]


Named = tuple[int, str]  # a person and their name


def _taking_part(programmes: Sequence[Programme]) -> dict[int, list[Named]]:
    """Who takes part in each of some programmes."""
    if not programmes:
        return {}
    roles = {role for one in programmes for role in one.policy.auditors}
    people = [(one, one.actor(today())) for one in holders(roles, {one.unit.path for one in programmes})]
    return {
        one.id: [(p.id, p.name) for p, who in people if takes_part(who, one.policy.auditors, one.unit.path)]
        for one in programmes
    }


def _exempt(programme_ids: Sequence[int]) -> list[Exemption]:
    first, last = window(today())
    rows = select(Exemption).where(Exemption.programme_id.in_(programme_ids))
    rows = rows.where(Exemption.from_month <= last, Exemption.to_month >= first)
    rows = rows.where(or_(Exemption.ended_from.is_(None), Exemption.ended_from > Exemption.from_month))
    return list(db.session.execute(rows).scalars())


def _month(
    month: dt.date,
    rounds: list[tuple[Programme, PlannedRound]],
    taking_part: dict[int, list[Named]],
    exempt: list[Exemption],
) -> Month:
    each: Counter[Named] = Counter()
    for programme, planned in rounds:
        if planned.state in (State.SKIPPED, State.MISSED):
            continue
        free = {one.person_id for one in exempt if one.programme_id == programme.id and one.holds(month)}
        for person in taking_part.get(programme.id, []):
            if person[0] not in free:
                each[person] += programme.policy.per_auditor or 0
    most = max(each.values(), default=0)
    busiest = sorted(name for (_, name), count in each.items() if count == most)
    return Month(month, rounds, each.total(), len(each), most, busiest if len(busiest) <= BUSIEST else [])
