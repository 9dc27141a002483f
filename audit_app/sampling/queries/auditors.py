"""Who may audit in a round, what they have in hand, and why not each case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.table import Permission, Role, may
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import BEING_WRITTEN, ENDED
from audit_app.cases.model import CaseRecord
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person, RoleGrant
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from audit_app.sampling.allocation import Auditor, CaseToAllocate, refusal_to_allocate
from audit_app.sampling.model import SampledCase
from audit_app.sampling.queries.frames import entries_of
from audit_app.sampling.queries.samples import find_waiting
from audit_app.sampling.rules import folded, may_audit_in, own_teams
from audit_app.web.paging import Page, page

AUDITS = tuple(role.value for role in Role if may(role, Permission.AUDIT))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may audit in a round: their audits in it, and all that they have still to write."""

    person: Person
    manages_team: bool
    in_round: int
    to_do: int

    def auditor(self, teams: Mapping[str, str]) -> Auditor:
        """Them as the rules of allocation see them; teams are those of the cases, with their paths."""
        return Auditor(
            key=str(self.person.id),
            teams=own_teams(self.person.actor(today()), teams),
            workers=frozenset({folded(self.person.name)}),
            in_hand=self.in_round,
            name=self.person.name,
        )


def candidates(round_: Round) -> list[Candidate]:
    """Everybody who may audit somewhere in a round's unit, by name; team managers first."""
    path = round_.programme.unit.path
    above = [int(part) for part in path.strip("/").split("/")]
    units = select(Unit.id).where(or_(Unit.id.in_(above), Unit.path.startswith(path, autoescape=True)))
    held = select(RoleGrant.person_id).where(
        RoleGrant.ended_at.is_(None), RoleGrant.role.in_(AUDITS), RoleGrant.unit_id.in_(units)
    )
    rows = select(Person).where(Person.id.in_(held), Person.ended_at.is_(None))
    rows = rows.options(joinedload(Person.unit), selectinload(Person.grants)).order_by(Person.name, Person.id)
    people = [one for one in db.session.execute(rows).scalars() if may_audit_in(one.actor(today()), path)]
    ended, writing = [stage.value for stage in ENDED], [stage.value for stage in BEING_WRITTEN]
    here = _counts(Audit.round_id == round_.id, Audit.stage.not_in(ended))
    to_do = _counts(Audit.stage.in_(writing))
    found = [
        Candidate(one, one.actor(today()).has(Role.TEAM_MANAGER), here.get(one.id, 0), to_do.get(one.id, 0))
        for one in people
    ]
    return sorted(found, key=lambda one: not one.manages_team)


def _counts(*conditions: ColumnElement[bool]) -> dict[int, int]:
    rows = select(Audit.auditor_id, func.count()).where(*conditions).group_by(Audit.auditor_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def teams_of(cases: Iterable[CaseRecord]) -> dict[str, str]:
    """The units of some cases, by key, with their paths."""
    return {str(case.unit_id): case.unit.path for case in cases}


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
    teams = teams_of(cases)
    auditors = [(one, one.auditor(teams)) for one in people]
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
