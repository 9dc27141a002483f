"""The list that a round's sample is drawn from, and what is known of its cases on the day of the draw."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import Stage
from audit_app.cases.model import CaseListEntry, CaseRecord
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import names_of
from audit_app.programmes.model import Programme, Round
from audit_app.sampling.describing import described, team_names
from audit_app.sampling.frame import Frame, FrameCase
from audit_app.sampling.model import Sample, SampledCase
from audit_app.sampling.terms import Known


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to draw from, and which case each of its references is."""

    frame: Frame
    ids: Mapping[str, int]
    closed: frozenset[str]


def entries_of(round_: Round) -> Select[int]:
    """The cases (their ids) that a round may draw: those of its list, in units under its programme's."""
    rows = select(CaseListEntry.case_id).join(CaseListEntry.unit).where(CaseListEntry.list_id == round_.case_list_id)
    return rows.where(Unit.path.startswith(round_.programme.unit.path, autoescape=True))


def listed(round_: Round) -> Listed:
    """The list that a round's sample is drawn from, as it stands now; empty where the round has no list."""
    rows = (
        select(
            CaseRecord.id,
            CaseRecord.reference,
            CaseRecord.closed,
            CaseListEntry.category,
            CaseListEntry.attributes,
            Unit.id.label("unit_id"),
            Unit.name,
            Unit.parent_id,
        )
        .join(CaseRecord, CaseRecord.id == CaseListEntry.case_id)
        .join(Unit, Unit.id == CaseListEntry.unit_id)
        .where(CaseListEntry.list_id == round_.case_list_id)
        .where(Unit.path.startswith(round_.programme.unit.path, autoescape=True))
    )
    found = db.session.execute(rows).all()
    parents = {row.unit_id: row.parent_id for row in found if row.parent_id is not None}
    called = names_of(parents.values())
    teams = team_names(
        {row.unit_id: row.name for row in found}, {key: called[parent] for key, parent in parents.items()}
    )
    return Listed(
        Frame(
            tuple(
                FrameCase(row.reference, described(teams[row.unit_id], row.category, row.attributes)) for row in found
            )
        ),
        {row.reference: row.id for row in found},
        frozenset(row.reference for row in found if row.closed or row.category == "closed"),
    )


def ids_of(round_: Round, references: Collection[str]) -> dict[str, int]:
    """Which cases of a round's list some references are."""
    rows = select(CaseRecord.reference, CaseRecord.id).where(CaseRecord.id.in_(entries_of(round_)))
    rows = rows.where(CaseRecord.reference.in_(references))
    return {row.reference: row.id for row in db.session.execute(rows)}


def known_of(round_: Round, cases: Listed) -> Known:
    """What is known of a list's cases now: which are closed, in this round, in another, or audited, and when."""
    references = {case_id: reference for reference, case_id in cases.ids.items()}
    here = db.session.execute(in_round(round_.id)).scalars()
    return Known(
        closed=cases.closed,
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
