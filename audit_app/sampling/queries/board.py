"""A round's board: who has what, late first, and what somebody may see of it."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, and_, case, cast, false, func, or_, select

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import WHOLE, hidden_from, open_to
from audit_app.auditing.workflow import BEFORE_HAND_IN, ENDED, Stage
from audit_app.clock import day_of, end_of
from audit_app.db import db
from audit_app.history.queries import EntryWithBody, entries_of
from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.programmes.queries import exempt_in, expected_of
from audit_app.sampling.model import Sample, SampledCase
from audit_app.sampling.progress import Completion, Load, Standing, Work, completion, loads_of, standing_of
from audit_app.web.paging import Page, page

LAST = 12
CHASED, CHASES = "round.chased", 100  # the latest; of who was chased before them nothing is said


@dataclass(frozen=True, slots=True)
class Held:
    """One auditor of a round: what they have in it, what is expected of them, and when they were last chased."""

    person_id: int
    name: str
    load: Load
    expected: int
    exempt: bool
    chased_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How a round stands: what each auditor has, all together, the cases that wait, and audits one judges blind."""

    held: list[Held]
    whole: Load
    waiting: int
    audits: int
    blind: int
    handed_back: int
    completion: Completion | None

    @property
    def expected(self) -> int:
        """How many audits there are to be: those given out, and one for each case that waits."""
        return self.whole.given + self.waiting

    @property
    def late(self) -> int:
        """How many auditors have late audits."""
        return sum(one.load.late > 0 for one in self.held)


def totals(round_: Round, actor: Actor, today: dt.date) -> Totals:
    """How a round stands; audits that the actor judges blind just now are left out, and counted as such."""
    hidden, late = Audit.id.in_(hidden_from(actor)).label("hidden"), _handed_in_late(round_).label("late")
    each = select(Audit.auditor_id, Audit.stage, Audit.due_on, late, hidden, Audit.handed_back_at)
    one = each.where(Audit.round_id == round_.id).subquery().c
    alike = (one.auditor_id, one.stage, one.due_on, one.late, one.hidden)
    rows = select(*alike, func.count(), func.count(one.handed_back_at)).group_by(*alike)
    works, blind, handed_back = list[Work](), 0, 0
    for auditor_id, stage, due_on, was_late, is_hidden, count, back in db.session.execute(rows):
        if is_hidden:
            blind += count
            continue
        first = None if Stage(stage) in BEFORE_HAND_IN else due_on + dt.timedelta(days=1) if was_late else due_on
        works.append(Work(auditor_id, Stage(stage), due_on, first, count))
        handed_back += back if Stage(stage) not in ENDED else 0
    loads, whole = loads_of(works, today)
    expected, exempt, chased = expected_of(round_), exempt_in(round_), chased_in(round_)
    people = select(Person.id, Person.name).where(Person.id.in_({*loads, *expected, *exempt}))
    held = [
        Held(key, name, loads.get(key, Load()), expected.get(key, 0), key in exempt, chased.get(key))
        for key, name in db.session.execute(people.order_by(Person.name, Person.id))
    ]
    audits = sum(work.count for work in works)
    return Totals(held, whole, _waiting(round_), audits, blind, handed_back, completion(loads, expected))


def _handed_in_late(round_: Round) -> ColumnElement[bool]:
    """That an audit was first handed in after its due day was over in London."""
    days = db.session.execute(select(Audit.due_on).where(Audit.round_id == round_.id).distinct()).scalars()
    parts = [and_(Audit.due_on == day, Audit.first_handed_in_at >= end_of(day)) for day in days]
    return func.coalesce(or_(false(), *parts), false())


def chased_in(round_: Round) -> dict[int, dt.date]:
    """When the auditors of a round were last chased, as its record says."""
    found: dict[int, dt.date] = {}
    for entry in entries_of(f"round:{round_.id}", kinds=(CHASED,), limit=CHASES):
        for key in (entry.body or {}).get("auditors", {}):
            found.setdefault(int(key), day_of(entry.at))
    return found


def _waiting(round_: Round) -> int:
    given = select(Audit.case_id).where(Audit.round_id == round_.id)
    rows = select(func.count(func.distinct(SampledCase.case_id))).join(SampledCase.sample)
    rows = rows.where(Sample.round_id == round_.id, SampledCase.removed.is_(False))
    return db.session.execute(rows.where(SampledCase.case_id.not_in(given))).scalar_one()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which audits of a round somebody looks for."""

    auditor_id: int | None = None
    standing: Standing | None = None


def audits_page(round_: Round, wanted: Wanted, actor: Actor, today: dt.date, *, after: str, before: str) -> Page[Audit]:
    """A page of a round's audits, late ones first, then by due day; none that the actor may not see or judges blind."""
    standing = _standing(today)
    rows = select(Audit).join(Audit.unit).where(Audit.round_id == round_.id, open_to(actor))
    rows = rows.where(Audit.id.not_in(hidden_from(actor))).options(*WHOLE[:3])
    if wanted.auditor_id is not None:
        rows = rows.where(Audit.auditor_id == wanted.auditor_id)
    if wanted.standing is not None:
        rows = rows.where(standing == wanted.standing.value)
    total = db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    return page(
        rows,
        (standing, Audit.due_on, Audit.id),
        lambda audit: (standing_of(audit.at, audit.due_on, today).value, audit.due_on.isoformat(), audit.id),
        total=total,
        after=after,
        before=before,
        parse=(int, dt.date.fromisoformat, int),
    )


def _standing(today: dt.date) -> ColumnElement[int]:
    """The standing of an audit, as the database orders by it: the same as `standing_of`."""
    before = [stage.value for stage in BEFORE_HAND_IN - ENDED]
    found = case(
        (Audit.stage.in_([stage.value for stage in ENDED]), Standing.ENDED.value),
        (Audit.stage.not_in(before), Standing.HANDED_IN.value),
        (Audit.due_on < today, Standing.LATE.value),
        else_=Standing.TO_DO.value,
    )
    return cast(found, Integer)


def happenings(round_: Round) -> list[EntryWithBody]:
    """The last things that were done with a round."""
    return entries_of(f"round:{round_.id}", limit=LAST)


def names_in(round_: Round) -> list[tuple[int, str]]:
    """The auditors of a round, by name."""
    auditors = select(Audit.auditor_id).where(Audit.round_id == round_.id)
    rows = select(Person.id, Person.name).where(Person.id.in_(auditors)).order_by(Person.name, Person.id)
    return [(row.id, row.name) for row in db.session.execute(rows)]
