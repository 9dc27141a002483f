"""Samples as they were drawn: found within reach, drawn again from what is kept, and what became of their cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from
from audit_app.auditing.workflow import ENDED
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.sampling.draws import ALGORITHM
from audit_app.sampling.keeping import made_again
from audit_app.sampling.model import CaseReplacement, Sample, SampledCase
from audit_app.sampling.selection import Drawn
from audit_app.web.paging import Page, page


class Unrepeatable(Exception):
    """A sample that was drawn by an algorithm this version does not know."""


def sample_or_404(sample_id: int, actor: Actor) -> Sample:
    """A sample of a round that this person runs; any other does not exist."""
    sample = db.session.get(Sample, sample_id, options=[joinedload(Sample.drawer), joinedload(Sample.case_list)])
    if sample is None:
        abort(404)
    round_or_404(sample.round_id, actor)
    return sample


def samples_of(round_: Round) -> list[Sample]:
    """The samples of a round, as they were drawn."""
    rows = select(Sample).where(Sample.round_id == round_.id).options(joinedload(Sample.drawer))
    return list(db.session.execute(rows.order_by(Sample.id)).scalars())


def last_size(round_: Round) -> int | None:
    """How many cases the programme's last sample was to have."""
    rows = select(Sample.policy).join(Sample.round).where(Round.programme_id == round_.programme_id)
    policy = db.session.execute(rows.order_by(Sample.id.desc()).limit(1)).scalar_one_or_none()
    return policy.get("size") if policy else None


def redrawn(sample: Sample) -> Drawn:
    """A sample drawn again from what is kept of it, with the replacements that followed, in their order."""
    if sample.algorithm != ALGORITHM:
        raise Unrepeatable(f"This sample was drawn by {sample.algorithm}.")
    replaced = [(one.removed.case.reference, one.reason) for one in _replacements(sample)]
    return made_again(sample.frame, sample.policy, sample.seed, sample.excluded, replaced)


def _replacements(sample: Sample) -> list[CaseReplacement]:
    rows = select(CaseReplacement).where(CaseReplacement.sample_id == sample.id)
    rows = rows.options(joinedload(CaseReplacement.removed).joinedload(SampledCase.case))
    return list(db.session.execute(rows.order_by(CaseReplacement.number)).scalars())


def replacements_of(sample: Sample) -> list[CaseReplacement]:
    """The replacements in a sample, with their cases and who made them."""
    rows = (
        select(CaseReplacement)
        .where(CaseReplacement.sample_id == sample.id)
        .options(
            joinedload(CaseReplacement.removed).joinedload(SampledCase.case),
            joinedload(CaseReplacement.added).joinedload(SampledCase.case),
            joinedload(CaseReplacement.person),
        )
    )
    return list(db.session.execute(rows.order_by(CaseReplacement.number)).scalars())


def references_of(sample: Sample) -> tuple[str, ...]:
    """The references of the cases that are in a sample, as they are stored, in the seeded order."""
    rows = select(CaseRecord.reference).join(SampledCase, SampledCase.case_id == CaseRecord.id)
    rows = rows.where(SampledCase.sample_id == sample.id, SampledCase.removed.is_(False))
    return tuple(db.session.execute(rows.order_by(SampledCase.position)).scalars())


def cases_page(sample: Sample, *, after: str, before: str) -> Page[SampledCase]:
    """A page of the cases that are in a sample, in the seeded order."""
    rows = select(SampledCase).where(SampledCase.sample_id == sample.id, SampledCase.removed.is_(False))
    rows = rows.options(joinedload(SampledCase.case).joinedload(CaseRecord.unit))
    key = (SampledCase.position,)
    return page(rows, key, lambda one: (one.position,), total=len(references_of(sample)), after=after, before=before)


def find_case(sample: Sample, reference: str) -> int | None:
    """The case with a reference, of the authority that a sample was drawn in."""
    rows = select(CaseRecord.id).where(CaseRecord.authority_id == sample.case_list.authority_id)
    return db.session.execute(rows.where(CaseRecord.reference == reference)).scalar_one_or_none()


def case_or_404(sample: Sample, case_id: int) -> CaseRecord:
    """A case of the authority that a sample was drawn in; any other does not exist."""
    case = db.session.get(CaseRecord, case_id)
    if case is None or case.authority_id != sample.case_list.authority_id:
        abort(404)
    return case


def find_sampled(sample: Sample, case_id: int) -> SampledCase | None:
    """A case's place in a sample, if it is or was in it."""
    rows = select(SampledCase).where(SampledCase.sample_id == sample.id, SampledCase.case_id == case_id)
    return db.session.execute(rows.options(joinedload(SampledCase.case))).scalar_one_or_none()


def without_audit(round_: Round) -> list[SampledCase]:
    """The sampled cases of a round that nobody was given yet, in the order of the draw."""
    rows = _waiting(round_.id).options(joinedload(SampledCase.case).joinedload(CaseRecord.unit))
    return list(db.session.execute(rows.order_by(SampledCase.sample_id, SampledCase.position)).scalars())


def _waiting(round_id: int) -> Select[SampledCase]:
    given = select(Audit.case_id).where(Audit.round_id == round_id)
    rows = select(SampledCase).join(SampledCase.sample).where(Sample.round_id == round_id)
    return rows.where(SampledCase.removed.is_(False), SampledCase.case_id.not_in(given))


def find_waiting(round_: Round, case_id: int) -> SampledCase | None:
    """A sampled case of a round that nobody was given yet."""
    rows = _waiting(round_.id).where(SampledCase.case_id == case_id).limit(1)
    return db.session.execute(rows).scalar_one_or_none()


def audits_of(round_: Round, case_ids: Iterable[int], actor: Actor) -> Mapping[int, Audit]:
    """The audits of some cases in a round, by case, without those that the actor judges blind just now."""
    rows = select(Audit).where(Audit.round_id == round_.id, Audit.case_id.in_(list(case_ids)))
    rows = rows.where(Audit.id.not_in(hidden_from(actor))).options(joinedload(Audit.auditor))
    return {audit.case_id: audit for audit in db.session.execute(rows).scalars()}


def find_audit(round_id: int, case_id: int) -> Audit | None:
    """The audit of a case in a round, whatever became of it."""
    rows = select(Audit).where(Audit.round_id == round_id, Audit.case_id == case_id)
    return db.session.execute(rows).scalar_one_or_none()


def given_in(round_: Round, case_ids: Iterable[int]) -> frozenset[int]:
    """Which of some cases were given out in a round, whatever became of the audit."""
    rows = select(Audit.case_id).where(Audit.round_id == round_.id, Audit.case_id.in_(list(case_ids)))
    return frozenset(db.session.execute(rows).scalars())


def drawn_in(round_: Round, case_ids: Iterable[int]) -> frozenset[int]:
    """Which of some cases are in a sample of a round."""
    rows = select(SampledCase.case_id).join(SampledCase.sample).where(Sample.round_id == round_.id)
    rows = rows.where(SampledCase.removed.is_(False), SampledCase.case_id.in_(list(case_ids)))
    return frozenset(db.session.execute(rows).scalars())


@dataclass(frozen=True, slots=True)
class Audited:
    """The cases of a sample, by reference, that were audited; and how many audits somebody judges blind just now."""

    references: frozenset[str]
    blind: int


def audited_in(sample: Sample, actor: Actor) -> Audited:
    """Which cases of a sample were audited in its round: handed in, and neither withdrawn nor void."""
    rows = select(CaseRecord.reference, Audit.id.in_(hidden_from(actor))).join(Audit, Audit.case_id == CaseRecord.id)
    rows = rows.join(SampledCase, SampledCase.case_id == CaseRecord.id)
    rows = rows.where(SampledCase.sample_id == sample.id, SampledCase.removed.is_(False))
    rows = rows.where(Audit.round_id == sample.round_id, Audit.first_handed_in_at.is_not(None))
    found = db.session.execute(rows.where(Audit.stage.not_in([stage.value for stage in ENDED]))).all()
    return Audited(
        frozenset(reference for reference, hidden in found if not hidden), sum(bool(hidden) for _, hidden in found)
    )


def ids_on_list(sample: Sample, references: Iterable[str]) -> dict[str, int]:
    """Which cases some references are, of the authority that a sample was drawn in."""
    rows = select(CaseRecord.reference, CaseRecord.id).where(CaseRecord.authority_id == sample.case_list.authority_id)
    found = db.session.execute(rows.where(CaseRecord.reference.in_(list(references))))
    return {row.reference: row.id for row in found}
