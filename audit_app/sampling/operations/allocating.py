"""Cases are given to auditors, and audits that were not started to others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from audit_app.sampling.allocation import Allocation, Auditor, CaseToAllocate, allocate, refusal_to_allocate
from audit_app.sampling.draws import ALGORITHM, seed_problem
from audit_app.sampling.fingerprint import fingerprint_of_allocation
from audit_app.sampling.model import SampledCase
from audit_app.sampling.obstacles import having
from audit_app.sampling.operations.holding import hold
from audit_app.sampling.queries import auditors as people
from audit_app.sampling.queries import samples
from audit_app.sampling.rules import refusal_to_choose, refusal_to_reallocate

NONE_WAITS = "Every case that was drawn for this round has been given to an auditor."


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
