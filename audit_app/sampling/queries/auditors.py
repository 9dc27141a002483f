"""Who may audit in a round, what they have in hand, and why not each case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import abort
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.table import Permission, Role, may
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import BEING_WRITTEN, ENDED
from audit_app.cases.model import CaseListEntry, CaseRecord
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.absences import Away, days_away
from audit_app.identity.model import Person, RoleGrant
from audit_app.identity.queries import away_between, capacities_of
from audit_app.organisation.model import Unit
from audit_app.programmes.exempting import takes_part
from audit_app.programmes.model import Round
from audit_app.programmes.queries import exempt_in
from audit_app.sampling.allocation import Auditor, CaseToAllocate, refusal_to_allocate
from audit_app.sampling.leave import leave_words, on_leave
from audit_app.sampling.model import SampledCase
from audit_app.sampling.queries.connections import (
    connected_cases,
    contributed_cases,
    names_of_workers,
    recent_workers_of,
)
from audit_app.sampling.queries.frames import entries_of
from audit_app.sampling.queries.samples import find_waiting
from audit_app.sampling.rules import folded, may_audit_in, own_teams
from audit_app.web.paging import Page, page

AUDITS = tuple(role.value for role in Role if may(role, Permission.AUDIT))


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rules ask of some cases: their teams with the paths of these, and who worked on each before."""

    teams: Mapping[str, str]
    workers_before: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may audit in a round: what they have in hand, and what keeps cases from them."""

    person: Person
    in_round: int
    to_do: int
    in_month: int = 0
    takes_part: bool = True
    exempt: bool = False
    away: tuple[Away, ...] = ()
    on_leave: bool = False
    at_once: int | None = None
    a_month: int | None = None
    names: frozenset[str] = frozenset()
    connected: frozenset[str] = frozenset()
    contributed: frozenset[str] = frozenset()
    recent_workers: frozenset[str] = frozenset()

    @property
    def room(self) -> int | None:
        """How many more audits they are to be given, by their capacity; None where nothing limits them."""
        rooms = [limit - held for limit, held in ((self.at_once, self.to_do), (self.a_month, self.in_month)) if limit]
        return max(0, min(rooms)) if rooms else None

    @property
    def keeps_out(self) -> str:
        """What keeps them from more audits, in words; empty where nothing does."""
        said = [leave_words(self.away, too_much=self.on_leave), "Exempt in this round" if self.exempt else ""]
        if self.room is not None:
            said.append(f"Room for {self.room:,} more" if self.room else "No room for more")
        return ". ".join(part for part in said if part)

    def with_more(self, audits: int) -> "Candidate":
        """Them with so many more audits to write, of this month, in another round."""
        return replace(self, to_do=self.to_do + audits, in_month=self.in_month + audits)

    def auditor(self, ground: Ground) -> Auditor:
        """Them as the rules of allocation see them, on the ground of some cases."""
        worked_on = {reference for reference, names in ground.workers_before.items() if names & self.names}
        return Auditor(
            key=str(self.person.id),
            teams=own_teams(self.person.actor(today()), ground.teams),
            workers=self.names,
            cases=self.connected | worked_on,
            contributed=self.contributed,
            capacity=None if self.room is None else self.in_round + self.room,
            on_leave=self.on_leave,
            away=days_away(self.away),
            in_hand=self.in_round,
            recent_workers=self.recent_workers,
            name=self.person.name,
        )


def candidates(round_: Round) -> list[Candidate]:
    """Everybody who may audit somewhere in a round's unit, by name; those who usually take part first."""
    path = round_.programme.unit.path
    above = [int(part) for part in path.strip("/").split("/")]
    units = select(Unit.id).where(or_(Unit.id.in_(above), Unit.path.startswith(path, autoescape=True)))
    held = select(RoleGrant.person_id).where(
        RoleGrant.ended_at.is_(None), RoleGrant.role.in_(AUDITS), RoleGrant.unit_id.in_(units)
    )
    rows = select(Person).where(Person.id.in_(held), Person.ended_at.is_(None))
    rows = rows.options(joinedload(Person.unit), selectinload(Person.grants)).order_by(Person.name, Person.id)
    people = [one for one in db.session.execute(rows).scalars() if may_audit_in(one.actor(today()), path)]
    found = _with_facts(round_, people)
    return sorted(found, key=lambda one: not one.takes_part)


def _with_facts(round_: Round, people: Sequence[Person]) -> list[Candidate]:
    ended, writing = [stage.value for stage in ENDED], [stage.value for stage in BEING_WRITTEN]
    ids = [one.id for one in people]
    mine = Audit.auditor_id.in_(ids)
    here = _counts(mine, Audit.round_id == round_.id, Audit.stage.not_in(ended))
    to_do = _counts(mine, Audit.stage.in_(writing), Audit.handed_back_at.is_(None))
    in_month = _counts(mine, Audit.period == round_.month, Audit.stage.not_in(ended))
    away = away_between(ids, today(), max(today(), round_.due_on))
    limits, exempt = capacities_of(ids), exempt_in(round_)
    authority_id = round_.case_list.authority_id if round_.case_list else None
    names, connected = names_of_workers(ids, authority_id), connected_cases(ids, authority_id)
    contributed = contributed_cases(ids, authority_id)
    recent = recent_workers_of(ids, today())
    roles = frozenset(round_.programme.policy.auditors)
    found = []
    for one in people:
        days, limit = away.get(one.id, ()), limits.get(one.id)
        leave = on_leave(days, today(), round_.due_on)
        usual = takes_part(one.actor(today()), roles, round_.programme.unit.path)
        found.append(
            Candidate(
                one,
                here.get(one.id, 0),
                to_do.get(one.id, 0),
                in_month.get(one.id, 0),
                takes_part=usual and not leave and one.id not in exempt,
                exempt=one.id in exempt,
                away=days,
                on_leave=leave,
                at_once=limit.at_once if limit else None,
                a_month=limit.a_month if limit else None,
                names=names.get(one.id, frozenset()) | {folded(one.name)},
                connected=connected.get(one.id, frozenset()),
                contributed=contributed.get(one.id, frozenset()),
                recent_workers=recent.get(one.id, frozenset()),
            )
        )
    return found


def _counts(*conditions: ColumnElement[bool]) -> dict[int, int]:
    rows = select(Audit.auditor_id, func.count()).where(*conditions).group_by(Audit.auditor_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def ground_of(cases: Sequence[CaseRecord]) -> Ground:
    """What the rules ask of some cases."""
    by_id = {case.id: case.reference for case in cases}
    before: dict[str, set[str]] = defaultdict(set)
    rows = select(CaseListEntry.case_id, CaseListEntry.worker).distinct()
    rows = rows.where(CaseListEntry.case_id.in_(by_id), CaseListEntry.worker != "")
    for case_id, worker in db.session.execute(rows):
        before[by_id[case_id]].add(folded(worker))
    return Ground(
        {str(case.unit_id): case.unit.path for case in cases},
        {reference: frozenset(names) for reference, names in before.items()},
    )


def to_allocate(case: CaseRecord) -> CaseToAllocate:
    """A case as the rules of allocation see it."""
    return CaseToAllocate(case.reference, str(case.unit_id), folded(case.worker))


@dataclass(frozen=True, slots=True)
class Choice:
    """One case with those who may audit it, and why the others may not."""

    case: CaseRecord
    may: Sequence[Candidate]
    may_not: Sequence[str]


def choices_of(cases: Sequence[CaseRecord], people: Sequence[Candidate]) -> list[Choice]:
    """For each case those who may audit it, and why the others may not."""
    ground = ground_of(cases)
    auditors = [(one, one.auditor(ground)) for one in people]
    found = []
    for case in cases:
        asked = to_allocate(case)
        refusals = [(one, refusal_to_allocate(asked, auditor)) for one, auditor in auditors]
        found.append(
            Choice(
                case,
                [one for one, refusal in refusals if refusal is None],
                [refusal.reason for _, refusal in refusals if refusal is not None],
            )
        )
    return found


def search(round_: Round, reference: str, *, after: str, before: str) -> Page[CaseRecord]:
    """The cases of a round's list whose reference begins like this, by reference."""
    wanted = CaseRecord.reference.startswith(reference, autoescape=True)
    rows = select(CaseRecord).where(CaseRecord.id.in_(entries_of(round_)), wanted)
    rows = rows.options(joinedload(CaseRecord.unit))
    total = db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    key = (CaseRecord.reference, CaseRecord.id)
    return page(rows, key, lambda c: (c.reference, c.id), total=total, after=after, before=before, parse=(str, int))


def case_or_404(round_: Round, case_id: int) -> tuple[CaseRecord, SampledCase | None]:
    """A case that a round may give out: one of its list, or one drawn for it and waiting; no other exists."""
    waiting = find_waiting(round_, case_id)
    rows = select(CaseRecord).where(CaseRecord.id == case_id).options(joinedload(CaseRecord.unit))
    if waiting is None:
        rows = rows.where(CaseRecord.id.in_(entries_of(round_)))
    case = db.session.execute(rows).scalar_one_or_none()
    if case is None:
        abort(404)
    return case, waiting
