"""The list that a round's sample is drawn from, and what is known of its cases on the day of the draw."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, Text, case, cast, func, or_, select

from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import Stage
from audit_app.cases.model import CaseListEntry, CaseRecord
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import names_of
from audit_app.programmes.model import Programme, Round
from audit_app.sampling.describing import described, of_their_own, team_names
from audit_app.sampling.frame import Frame, FrameCase
from audit_app.sampling.model import Sample, SampledCase
from audit_app.sampling.terms import Known

COLUMNS_LOOKED_FOR = 2000  # rows in which an authority's own columns are looked for: one is filled in often, or useless


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to draw from, which case each of its references is, and what it says that leaves a case out."""

    frame: Frame
    ids: Mapping[str, int]
    closed: frozenset[str]
    known: Known


def entries_of(round_: Round) -> Select[int]:
    """The cases (their ids) that a round may draw: those of its list, in units under its programme's."""
    rows = select(CaseListEntry.case_id).join(CaseListEntry.unit).where(CaseListEntry.list_id == round_.case_list_id)
    return rows.where(Unit.path.startswith(round_.programme.unit.path, autoescape=True))


def size_of(round_: Round) -> tuple[int, int]:
    """How many cases a round's list has, and how many of them are closed."""
    shut = or_(CaseRecord.closed, CaseListEntry.category == "closed")
    rows = select(func.count(), func.count(case((shut, 1)))).join_from(CaseListEntry, CaseRecord)
    rows = rows.join(Unit, Unit.id == CaseListEntry.unit_id).where(CaseListEntry.list_id == round_.case_list_id)
    found = db.session.execute(rows.where(Unit.path.startswith(round_.programme.unit.path, autoescape=True))).one()
    return found[0], found[1]


def own_columns_of(round_: Round) -> tuple[str, ...]:
    """The columns of the authority's own that a round's list carries."""
    rows = select(CaseListEntry.attributes).where(CaseListEntry.list_id == round_.case_list_id)
    rows = rows.order_by(CaseListEntry.case_id).limit(COLUMNS_LOOKED_FOR)
    return of_their_own({name for said in db.session.execute(rows).scalars() for name in said})


def listed(round_: Round, also: Collection[str] = ()) -> Listed:
    """The list that a round's sample is drawn from, as it stands now; empty where the round has no list.

    What is always compared stands in it, and `also` what else a sample groups or weighs by.
    """
    rows = select(
        CaseRecord.id,
        CaseRecord.reference,
        CaseRecord.closed,
        CaseRecord.started_on,
        CaseListEntry.unit_id,
        CaseListEntry.worker,
        CaseListEntry.category,
        cast(CaseListEntry.attributes, Text),
    ).join_from(CaseListEntry, CaseRecord)
    rows = rows.join(Unit, Unit.id == CaseListEntry.unit_id).where(CaseListEntry.list_id == round_.case_list_id)
    rows = rows.where(Unit.path.startswith(round_.programme.unit.path, autoescape=True))
    found = db.session.execute(rows).all()
    teams = _called({row[4] for row in found})
    # Most cases of a long list say the same few things: each is read, put into words and kept once.
    said_by: dict[str, dict[str, Any]] = {}
    kinds: dict[tuple[int, str, str, str], dict[str, str]] = {}
    cases, ids, closed = [], {}, set()
    complaints, holds, opened, categories, families = set(), set(), {}, {}, {}
    for case_id, reference, shut, started_on, unit_id, worker, category, text in found:
        said = said_by.get(text)
        if said is None:
            said = said_by[text] = json.loads(text)
        kind = (unit_id, category, worker if "worker" in also else "", text)
        attributes = kinds.get(kind)
        if attributes is None:
            attributes = kinds[kind] = described(teams[unit_id], category, said, worker=worker, also=also)
        cases.append(FrameCase(reference, attributes))
        ids[reference] = case_id
        opened[reference] = started_on
        categories[reference] = category
        if shut or category == "closed":
            closed.add(reference)
        if said.get("complaint") == "yes":
            complaints.add(reference)
        if said.get("legal_hold") == "yes":
            holds.add(reference)
        if said.get("family"):
            families[reference] = str(said["family"])
    known = Known(
        closed=frozenset(closed),
        complaints=frozenset(complaints),
        legal_holds=frozenset(holds),
        opened=opened,
        categories=categories,
        families=families,
    )
    return Listed(Frame(tuple(cases)), ids, known.closed, known)


def _called(units: Collection[int]) -> dict[int, str]:
    """What the teams of a list are called, no two the same."""
    rows = select(Unit.id, Unit.name, Unit.parent_id).where(Unit.id.in_(units))
    found = db.session.execute(rows).all()
    parents = {row.id: row.parent_id for row in found if row.parent_id is not None}
    called = names_of(parents.values())
    return team_names({row.id: row.name for row in found}, {key: called[parent] for key, parent in parents.items()})


def ids_of(round_: Round, references: Collection[str]) -> dict[str, int]:
    """Which cases of a round's list some references are."""
    rows = select(CaseRecord.reference, CaseRecord.id).where(CaseRecord.id.in_(entries_of(round_)))
    rows = rows.where(CaseRecord.reference.in_(references))
    return {row.reference: row.id for row in db.session.execute(rows)}


def known_of(round_: Round, cases: Listed) -> Known:
    """What is known of a list's cases now: what the list says, and which are in this round, in another, or audited."""
    references = {case_id: reference for reference, case_id in cases.ids.items()}
    here = db.session.execute(in_round(round_.id)).scalars()
    return replace(
        cases.known,
        in_round=frozenset(references[case_id] for case_id in here if case_id in references),
        last_audited={references[key]: day for key, day in _last_audited(round_).items()},
        elsewhere={references[key]: name for key, name in _elsewhere(round_).items()},
    )


def in_round(round_id: int) -> Select[int]:
    """The cases that are, or were, in a round: drawn, replaced again, or given out."""
    drawn = select(SampledCase.case_id).join(SampledCase.sample).where(Sample.round_id == round_id)
    given = select(Audit.case_id).where(Audit.round_id == round_id)
    return select(drawn.union(given).subquery().c.case_id)


def _last_audited(round_: Round) -> dict[int, dt.date]:
    last = func.max(Audit.first_handed_in_at)
    rows = select(Audit.case_id, last).where(Audit.case_id.in_(entries_of(round_)), Audit.stage != Stage.VOID.value)
    rows = rows.group_by(Audit.case_id).having(last.is_not(None))
    return {case_id: day_of(moment) for case_id, moment in db.session.execute(rows) if moment}


def _elsewhere(round_: Round) -> dict[int, str]:
    """The cases that wait to be audited in another round, with the name of that round."""
    mine = entries_of(round_)
    before = (Stage.ALLOCATED.value, Stage.IN_PROGRESS.value)
    given = select(Audit.case_id, Audit.round_id).where(Audit.round_id != round_.id, Audit.stage.in_(before))
    drawn = select(SampledCase.case_id, Sample.round_id).join(SampledCase.sample).join(Sample.round)
    drawn = drawn.where(Sample.round_id != round_.id, Round.closed_at.is_(None), SampledCase.removed.is_(False))
    # What was drawn there and given out counts as long as it is not handed in.
    out = select(Audit.id).where(Audit.round_id == Sample.round_id, Audit.case_id == SampledCase.case_id).exists()
    pairs = given.where(Audit.case_id.in_(mine)).union(drawn.where(SampledCase.case_id.in_(mine), ~out)).subquery()
    rows = select(pairs.c.case_id, Programme.name, Round.month).join(Round, Round.id == pairs.c.round_id)
    rows = rows.join(Programme, Programme.id == Round.programme_id).order_by(pairs.c.case_id, Round.month)
    return {case_id: f"{name}, {month:%B %Y}" for case_id, name, month in db.session.execute(rows)}
