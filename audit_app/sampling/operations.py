"""What is done in a round: samples drawn, drawn cases replaced, cases given to auditors, audits given to others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from audit_app.sampling.allocation import Allocation, Auditor, CaseToAllocate, allocate, refusal_to_allocate
from audit_app.sampling.draws import ALGORITHM, seed_problem
from audit_app.sampling.fingerprint import fingerprint_of_allocation
from audit_app.sampling.keeping import kept, kept_case
from audit_app.sampling.model import CaseReplacement, Sample, SampledCase
from audit_app.sampling.obstacles import having
from audit_app.sampling.queries import auditors as people
from audit_app.sampling.queries import frames, samples
from audit_app.sampling.rules import refusal_to_choose, refusal_to_reallocate, refusal_to_take_out
from audit_app.sampling.selection import Drawn, DrawnCase, replace
from audit_app.sampling.selection import draw as drawn_from
from audit_app.sampling.selection import refusal_to_draw as refusal_by_list
from audit_app.sampling.terms import DrawTerms, exclusions_of, refusal_to_follow

NO_LIST = "This round has no case list, so there is nothing to draw from."
NONE_WAITS = "Every case that was drawn for this round has been given to an auditor."


def hold(round_: Round) -> None:
    """Let one person at a time change what is in a round."""
    rows = select(Round).where(Round.id == round_.id).with_for_update(of=Round)
    db.session.execute(rows.execution_options(populate_existing=True)).scalar_one()


def plan_draw(round_: Round, terms: DrawTerms) -> Drawn:
    """What a draw would give now; nothing is kept."""
    refuse_if(refusal_to_add_cases(round_.closed_at is not None))
    if round_.case_list_id is None:
        raise Refused(Refusal(NO_LIST))
    refuse_if(refusal_to_follow(terms))
    cases = frames.listed(round_)
    exclusions = exclusions_of(terms, frames.known_of(round_, cases), today())
    refuse_if(refusal_by_list(cases.frame, terms.policy, terms.seed, exclusions))
    return drawn_from(cases.frame, terms.policy, terms.seed, exclusions)


def draw(round_: Round, terms: DrawTerms, fingerprint: str | None = None, *, by: int | None) -> Sample:
    """Draw a sample and keep it; a fingerprint is that of the draw which was looked at before."""
    hold(round_)
    drawn = plan_draw(round_, terms)
    columns = kept(drawn)
    if fingerprint is not None and fingerprint != columns["fingerprint"]:
        raise Stale("the case list or this round")
    sample = Sample(round_id=round_.id, case_list_id=round_.case_list_id, drawn_at=now(), drawn_by=by, **columns)
    db.session.add(sample)
    db.session.flush()
    ids = frames.ids_of(round_, drawn.references)
    db.session.add_all(SampledCase(sample_id=sample.id, **kept_case(one, ids[one.reference])) for one in drawn.cases)
    db.session.flush()
    body = {
        "sample": sample.id,
        "list": round_.case_list_id,
        "algorithm": drawn.algorithm,
        "seed": drawn.seed,
        "policy": drawn.policy.to_data(),
        "listed": len(drawn.frame.cases),
        "left_out": len(drawn.left_out),
        "drawn": len(drawn.cases),
        "fingerprint": sample.fingerprint,
    }
    record("sample.drawn", subject=f"round:{round_.id}", body=body, by=by)
    return sample


def replace_case(sample: Sample, case_id: int, reason: str, *, by: int) -> SampledCase | None:
    """Take a drawn case out and put the next reserve in; gives that reserve, or None where none is left.

    A reserve that has closed or come into the round since the draw comes in and goes out again at once, with that as
    its reason, so that the whole can be followed.
    """
    hold(sample.round)
    refuse_if(refusal_to_add_cases(sample.round.closed_at is not None))
    out = samples.find_sampled(sample, case_id)
    audit = samples.find_audit(sample.round_id, case_id)
    refuse_if(refusal_to_take_out(out is not None and not out.removed, audit.at if audit else None, reason))
    drawn, since = samples.redrawn(sample), _changes(sample)
    number = len(drawn.replacements)
    while out is not None:
        drawn, number = replace(drawn, out.case.reference, reason), number + 1
        out.removed = True
        added = next((one for one in drawn.cases if one.reference == drawn.replacements[-1].added), None)
        come = _come_in(sample, added) if added is not None else None
        db.session.add(
            CaseReplacement(
                sample_id=sample.id,
                number=number,
                removed_id=out.id,
                added_id=come.id if come else None,
                reason=reason,
                at=now(),
                by_id=by,
            )
        )
        db.session.flush()
        body = {"sample": sample.id, "out": out.case_id, "in": come.case_id if come else None, "reason": reason}
        record("sample.case_replaced", subject=f"round:{sample.round_id}", body=body, by=by)
        if come is None or added is None or added.reference not in since:
            return come
        out, reason = come, since[added.reference]
    return None


def _changes(sample: Sample) -> dict[str, str]:
    """The cases that can no longer come into a sample, each with why."""
    rows = select(CaseRecord.reference).where(CaseRecord.authority_id == sample.case_list.authority_id)
    shut = db.session.execute(rows.where(CaseRecord.closed)).scalars()
    here = db.session.execute(rows.where(CaseRecord.id.in_(frames.in_round(sample.round_id)))).scalars()
    return {
        **dict.fromkeys(shut, "It has closed since the draw."),
        **dict.fromkeys(here, "It is, or was, in this round already."),
    }


def _come_in(sample: Sample, one: DrawnCase) -> SampledCase:
    case_id = samples.find_case(sample, one.reference)
    if case_id is None:
        raise Refused(Refusal(f"Case {one.reference} was next, but it is not known any more."))
    come = SampledCase(sample_id=sample.id, **kept_case(one, case_id))
    db.session.add(come)
    db.session.flush()
    return come


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would get which case: of the cases that wait, the chosen auditors and the seed."""

    waiting: Mapping[str, SampledCase]
    auditors: Mapping[str, people.Candidate]
    found: Allocation
    fingerprint: str


def plan_allocation(round_: Round, chosen: Collection[int], seed: str, cap: int | None = None) -> Plan:
    """What an allocation at random would give now; nothing is kept."""
    refuse_if(refusal_to_add_cases(round_.closed_at is not None))
    waiting = {one.case.reference: one for one in samples.without_audit(round_)}
    able = {str(one.person.id): one for one in people.candidates(round_) if one.person.id in chosen}
    if not waiting:
        raise Refused(Refusal(NONE_WAITS))
    if not able or len(able) < len(set(chosen)):
        raise Refused(Refusal("Choose auditors who may audit in this round."))
    if problem := seed_problem(seed):
        raise Refused(Refusal(problem))
    cases, auditors = _as_rules_see([one.case for one in waiting.values()], list(able.values()))
    found = allocate(cases, auditors, seed, cap=cap)
    return Plan(waiting, able, found, fingerprint_of_allocation(cases, auditors, seed, cap, found))


def _as_rules_see(
    cases: Sequence[CaseRecord], able: Sequence[people.Candidate]
) -> tuple[list[CaseToAllocate], list[Auditor]]:
    teams = people.teams_of(cases)
    return [people.to_allocate(case) for case in cases], [one.auditor(teams) for one in able]


def allocate_at_random(
    round_: Round,
    chosen: Collection[int],
    seed: str,
    cap: int | None = None,
    fingerprint: str | None = None,
    *,
    by: int | None,
) -> list[Audit]:
    """Give the cases that wait to the chosen auditors, evenly and at random; a fingerprint is of what was looked at."""
    hold(round_)
    plan = plan_allocation(round_, chosen, seed, cap)
    if fingerprint is not None and fingerprint != plan.fingerprint:
        raise Stale("the cases or the auditors of this round")
    if not plan.found.pairs:
        raise Refused(Refusal(plan.found.explanation[0]))
    given = [
        _give(round_, plan.waiting[pair.reference].case, plan.waiting[pair.reference], plan.auditors[pair.auditor], by)
        for pair in plan.found.pairs
    ]
    body = {
        "how": "at random",
        "algorithm": ALGORITHM,
        "seed": seed,
        "most_each": cap,
        "auditors": {key: one.in_round for key, one in sorted(plan.auditors.items())},
        "audits": [audit.id for audit in given],
        "left_over": len(plan.found.unplaced),
        "fingerprint": plan.fingerprint,
    }
    record("round.allocated", subject=f"round:{round_.id}", body=body, by=by)
    return given


def _give(
    round_: Round, case: CaseRecord, sampled: SampledCase | None, auditor: people.Candidate, by: int | None
) -> Audit:
    return auditing.allocate(
        round_,
        case.id,
        case.unit,
        case.category,
        auditor.person,
        inclusion_probability=sampled.inclusion_probability if sampled else None,
        by=by,
    )


def allocate_by_hand(round_: Round, chosen: Mapping[int, int], reason: str = "", *, by: int | None) -> list[Audit]:
    """Give cases (by id) to auditors (by id) as somebody chose; a case that was not drawn needs a reason."""
    hold(round_)
    refuse_if(refusal_to_add_cases(round_.closed_at is not None))
    if not chosen:
        raise Refused(Refusal("Choose an auditor for at least one case."))
    able = {one.person.id: one for one in people.candidates(round_)}
    cases = {case_id: people.case_or_404(round_, case_id) for case_id in chosen}
    refuse_if(_refusal_to_give_again(round_, [case for case, _ in cases.values()]))
    for case_id, person_id in chosen.items():
        case, sampled = cases[case_id]
        refuse_if(refusal_to_choose(reason, sampled is not None))
        refuse_if(refusal_for(case, able.get(person_id)))
    given = [_give(round_, *cases[case_id], able[person_id], by) for case_id, person_id in chosen.items()]
    body = {"how": "by hand", "audits": [audit.id for audit in given], "reason": reason}
    record("round.allocated", subject=f"round:{round_.id}", body=body, by=by)
    return given


def _refusal_to_give_again(round_: Round, cases: Sequence[CaseRecord]) -> Refusal | None:
    given = [case.reference for case in cases if samples.find_audit(round_.id, case.id) is not None]
    if not given:
        return None
    reason = f"{having(given)} an auditor in this round already. Nothing was given out a second time."
    return Refusal(reason)


def refusal_for(case: CaseRecord, auditor: people.Candidate | None) -> Refusal | None:
    """Why somebody may not be given a case: the rule of independence, by hand and at random alike."""
    if auditor is None:
        return Refusal(f"Choose somebody who may audit in this round for case {case.reference}.")
    (asked,), (seen,) = _as_rules_see([case], [auditor])
    return refusal_to_allocate(asked, seen)


def reallocate(round_: Round, audit: Audit, person: Person, *, by: int) -> None:
    """Give an audit that was not started to somebody else who may audit its case."""
    refuse_if(refusal_to_reallocate(audit.at, audit.auditor_id, person.id))
    able = {one.person.id: one for one in people.candidates(round_)}
    refuse_if(refusal_for(audit.case, able.get(person.id)))
    auditing.reallocate(audit, person, by=by)
    db.session.flush()
