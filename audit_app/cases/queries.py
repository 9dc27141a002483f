"""What is asked of case lists: which there are, what was read from one, and what stands in its way."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import abort
from sqlalchemy import ColumnElement, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from audit_app.cases.listed import Placed
from audit_app.cases.mapping import Mapping
from audit_app.cases.model import (
    CaseList,
    CaseListEntry,
    CaseRecord,
    ColumnMapping,
    ProblemRow,
    StagedList,
    TeamName,
)
from audit_app.cases.teams import folded_label
from audit_app.cases.ways import Remembered
from audit_app.clock import now
from audit_app.db import db
from audit_app.organisation.model import Kind, Unit
from audit_app.organisation.queries import tree
from audit_app.web.paging import Page, page


def authorities(paths: Iterable[str]) -> list[Unit]:
    """The authorities at or below some roots, whose case lists somebody may load."""
    return [unit for unit in tree(paths) if unit.kind == Kind.AUTHORITY and unit.active]


def units_for_cases(authority: Unit) -> list[Unit]:
    """The units of an authority that may hold cases, in the tree's order."""
    return [unit for unit in tree([authority.path]) if unit.active and unit.kind in (Kind.SERVICE, Kind.TEAM)]


def _within(paths: Iterable[str]) -> ColumnElement[bool]:
    """That a list's authority lies at or below some roots (joins CaseList.authority)."""
    return or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths))


def lists_page(paths: Sequence[str], *, after: str, before: str) -> Page[CaseList]:
    """A page of case lists, the last loaded first."""
    rows = select(CaseList).join(CaseList.authority).options(contains_eager(CaseList.authority)).where(_within(paths))
    count = select(func.count()).select_from(CaseList).join(CaseList.authority).where(_within(paths))
    total = db.session.execute(count).scalar_one()
    return page(rows, (CaseList.id,), lambda one: (one.id,), total=total, after=after, before=before, falling=True)


def list_or_404(list_id: int, paths: Sequence[str], *, to_write: bool = False) -> CaseList:
    """A case list of an authority at or below some roots; any other does not exist."""
    rows = select(CaseList).join(CaseList.authority).options(contains_eager(CaseList.authority))
    rows = rows.where(CaseList.id == list_id, _within(paths))
    if to_write:
        rows = rows.with_for_update(of=CaseList)
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def find_list_of_file(authority_id: int, file_hash: str) -> CaseList | None:
    """The list that this very file was loaded as before."""
    return db.session.execute(
        select(CaseList).filter_by(authority_id=authority_id, file_hash=file_hash)
    ).scalar_one_or_none()


def lists_around(path: str) -> list[CaseList]:
    """The case lists that a round in a unit may draw from: those of its authority, the latest taken first."""
    above = [int(part) for part in path.strip("/").split("/")]
    rows = select(CaseList).join(CaseList.authority).options(contains_eager(CaseList.authority))
    rows = rows.where(or_(CaseList.authority_id.in_(above), Unit.path.startswith(path, autoescape=True)))
    return list(db.session.execute(rows.order_by(CaseList.taken_on.desc(), CaseList.id.desc()).limit(50)).scalars())


def list_before(one: CaseList) -> CaseList | None:
    """The list of the same authority that was taken last before this one."""
    rows = select(CaseList).where(CaseList.authority_id == one.authority_id)
    rows = rows.where(tuple_(CaseList.taken_on, CaseList.id) < tuple_(one.taken_on, one.id))
    rows = rows.order_by(CaseList.taken_on.desc(), CaseList.id.desc()).limit(1)
    return db.session.execute(rows).scalar_one_or_none()


def list_by_day(authority_id: int, day: dt.date) -> CaseList | None:
    """The list of an authority that was taken last by a day."""
    rows = select(CaseList).where(CaseList.authority_id == authority_id, CaseList.taken_on <= day)
    rows = rows.order_by(CaseList.taken_on.desc(), CaseList.id.desc()).limit(1)
    return db.session.execute(rows).scalar_one_or_none()


def list_after_day(authority_id: int, day: dt.date) -> CaseList | None:
    """The first list of an authority that was taken after a day."""
    rows = select(CaseList).where(CaseList.authority_id == authority_id, CaseList.taken_on > day)
    return db.session.execute(rows.order_by(CaseList.taken_on, CaseList.id).limit(1)).scalar_one_or_none()


def find_staged(staged_id: int, owner_id: int, paths: Sequence[str], *, to_write: bool = False) -> StagedList | None:
    """A staged list of one's own, in an authority at or below some roots, whose day is not over."""
    rows = select(StagedList).join(StagedList.authority).options(contains_eager(StagedList.authority))
    rows = rows.where(StagedList.id == staged_id, StagedList.owner_id == owner_id, StagedList.expires_at > now())
    rows = rows.where(_within(paths))
    if to_write:
        rows = rows.with_for_update(of=StagedList)
    return db.session.execute(rows).scalar_one_or_none()


def was_staged(staged_id: int, owner_id: int) -> bool:
    """Whether somebody had read this list, whose day is over and which is erased soon."""
    rows = select(StagedList.id).where(StagedList.id == staged_id, StagedList.owner_id == owner_id)
    return db.session.execute(rows.where(StagedList.expires_at <= now())).scalar_one_or_none() is not None


def staged_of(owner_id: int, paths: Sequence[str]) -> list[StagedList]:
    """The lists that somebody had read and has neither loaded nor cancelled, the latest first."""
    rows = select(StagedList).join(StagedList.authority).options(contains_eager(StagedList.authority))
    rows = rows.where(StagedList.owner_id == owner_id, StagedList.expires_at > now(), _within(paths))
    return list(db.session.execute(rows.order_by(StagedList.id.desc()).limit(20)).scalars())


def mappings_of(authority_id: int) -> list[ColumnMapping]:
    """The remembered mappings of an authority, the last said first."""
    rows = select(ColumnMapping).where(ColumnMapping.authority_id == authority_id)
    return list(db.session.execute(rows.order_by(ColumnMapping.remembered_at.desc(), ColumnMapping.id)).scalars())


def remembered_mappings(authority_id: int) -> list[Remembered]:
    """Them, as files are read by them."""
    return [
        Remembered(one.name, Mapping.restored(one.mapping), tuple(one.headings)) for one in mappings_of(authority_id)
    ]


def places_of(authority_id: int) -> dict[int, tuple[dt.date, int]]:
    """Where each list of an authority stands in time, by list: the later wins."""
    rows = select(CaseList.id, CaseList.taken_on).where(CaseList.authority_id == authority_id)
    return {row.id: (row.taken_on, row.id) for row in db.session.execute(rows)}


def placed_on(list_id: int) -> list[Placed]:
    """The cases of a list with their units, to compare lists by."""
    rows = select(
        CaseRecord.reference,
        CaseListEntry.unit_id,
        CaseListEntry.category,
        CaseListEntry.worker,
        CaseListEntry.attributes,
    ).join(CaseRecord, CaseRecord.id == CaseListEntry.case_id)
    return [Placed(*row) for row in db.session.execute(rows.where(CaseListEntry.list_id == list_id))]


def _standing(list_id: int, outcome: str) -> ColumnElement[bool]:
    return and_(ProblemRow.list_id == list_id, ProblemRow.outcome == outcome, ProblemRow.settled_at.is_(None))


def held_of(one: CaseList) -> list[ProblemRow]:
    """The problems that still hold rows of a list."""
    return list(db.session.execute(select(ProblemRow).where(_standing(one.id, "held"))).scalars())


def all_problems(one: CaseList) -> list[ProblemRow]:
    """Every problem of a list that stands, in the order of the file."""
    rows = select(ProblemRow).where(ProblemRow.list_id == one.id, ProblemRow.settled_at.is_(None))
    return list(db.session.execute(rows.order_by(ProblemRow.id)).scalars())


def problems_page(one: CaseList, outcome: str, *, after: str, before: str) -> Page[ProblemRow]:
    """A page of the problems of rows that are held, or that were refused, in the order of the file."""
    rows = select(ProblemRow).where(_standing(one.id, outcome))
    total = db.session.execute(select(func.count()).where(_standing(one.id, outcome))).scalar_one()
    return page(rows, (ProblemRow.id,), lambda row: (row.id,), total=total, after=after, before=before)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for which rows are held or were refused, and how many."""

    column: str
    expected: str
    rows: int


def reasons_of(one: CaseList, outcome: str, most: int = 20) -> list[Why]:
    """Why rows of a list are held or were refused, the commonest reason first."""
    rows = select(ProblemRow.column, ProblemRow.expected, func.count()).where(_standing(one.id, outcome))
    counts: Counter[tuple[str, str]] = Counter()
    for column, expected, count in db.session.execute(rows.group_by(ProblemRow.column, ProblemRow.expected)):
        counts[column, expected.split(": row ")[0]] += count  # which row it is about is said beside the row itself
    found = sorted(counts.items(), key=lambda reason: (-reason[1], reason[0]))
    return [Why(column, expected, count) for (column, expected), count in found[:most]]


def cases_by_team_and_category(one: CaseList) -> dict[int, dict[str, int]]:
    """How many cases of a list each unit holds, by category."""
    rows = select(CaseListEntry.unit_id, CaseListEntry.category, func.count()).where(CaseListEntry.list_id == one.id)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, category, count in db.session.execute(rows.group_by(CaseListEntry.unit_id, CaseListEntry.category)):
        found[unit_id][category] = count
    return found


def remembered_teams(authority_id: int) -> dict[str, int]:
    """The unit that each team name was said to mean, by the name as it is remembered."""
    rows = select(TeamName.label, TeamName.unit_id).where(TeamName.authority_id == authority_id)
    return {row.label: row.unit_id for row in db.session.execute(rows)}


@dataclass(frozen=True, slots=True)
class Team:
    """What a list calls a team: how many of its cases are read and how many held, and the unit that it means."""

    key: str
    label: str
    cases: int
    held: int
    unit_id: int | None


def teams_of(one: CaseList) -> list[Team]:
    """What a list calls its teams; those whose unit is not known yet come first."""
    of_list = CaseListEntry.list_id == one.id
    read = select(CaseListEntry.team_label, CaseListEntry.unit_id, func.count()).where(of_list)
    held = select(ProblemRow.team_label, func.count()).where(_standing(one.id, "held"))
    found: dict[str, Team] = {}
    for label, unit_id, count in db.session.execute(read.group_by(CaseListEntry.team_label, CaseListEntry.unit_id)):
        team = found.get(folded_label(label)) or Team(folded_label(label), label, 0, 0, unit_id)
        found[team.key] = replace(team, cases=team.cases + count)
    for named, count in db.session.execute(held.group_by(ProblemRow.team_label)):
        if named is not None:
            team = found.get(folded_label(named)) or Team(folded_label(named), named, 0, 0, None)
            found[team.key] = replace(team, held=team.held + count)
    return sorted(found.values(), key=lambda team: (not team.held, team.key))


def labels_of(one: CaseList) -> frozenset[str]:
    """Everything that a list ever called a team, folded, settled or not: what its form may be sent with."""
    entries = select(CaseListEntry.team_label).where(CaseListEntry.list_id == one.id)
    problems = select(ProblemRow.team_label).where(ProblemRow.list_id == one.id, ProblemRow.team_label.is_not(None))
    return frozenset(folded_label(label) for label in db.session.execute(entries.union(problems)).scalars())
