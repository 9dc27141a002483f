"""Cases are given to auditors: evenly and at random, changed by hand where that is wished, or one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.history.operations import record
from audit_app.programmes.model import Round
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from audit_app.sampling.adjusting import Adjusted, adjusted
from audit_app.sampling.allocation import Allocation, Auditor, CaseToAllocate, allocate, refusal_to_allocate
from audit_app.sampling.draws import ALGORITHM, seed_problem
from audit_app.sampling.fingerprint import fingerprint_of_allocation
from audit_app.sampling.model import SampledCase
from audit_app.sampling.obstacles import having
from audit_app.sampling.operations.holding import hold
from audit_app.sampling.queries import auditors as people
from audit_app.sampling.queries import samples
from audit_app.sampling.rules import refusal_to_choose

Moves = Mapping[int, int | None]  # by case, the person that it goes to instead, or nobody
NOBODY_CHOSEN = "Choose an auditor for at least one case."
NONE_WAITS = "Every case that was drawn for this round has been given to an auditor."


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would get which case: as proposed for the chosen auditors and the seed, and as changed by hand after that."""

    waiting: Mapping[str, SampledCase]
    auditors: Mapping[str, people.Candidate]
    able: Mapping[str, people.Candidate]
    choices: Mapping[str, Sequence[people.Candidate]]
    found: Allocation
    final: Adjusted
    fingerprint: str


def plan_allocation(
    round_: Round, chosen: Collection[int], seed: str, cap: int | None = None, moves: Moves | None = None
) -> Plan:
    """What an allocation at random would give now, with the changes made by hand; nothing is kept."""
    refuse_if(refusal_to_add_cases(round_.closed_at is not None))
    waiting = {one.case.reference: one for one in samples.without_audit(round_)}
    able = {str(one.person.id): one for one in people.candidates(round_)}
    auditors = {key: one for key, one in able.items() if one.person.id in chosen}
    if not waiting:
        raise Refused(Refusal(NONE_WAITS))
    if not auditors or len(auditors) < len(set(chosen)):
        raise Refused(Refusal("Choose auditors who may audit in this round."))
    if problem := seed_problem(seed):
        raise Refused(Refusal(problem))
    cases, seen = as_rules_see([one.case for one in waiting.values()], list(able.values()))
    taking_part = [one for one in seen if one.key in auditors]
    found = allocate(cases, taking_part, seed, cap=cap)
    by_id = {one.case_id: reference for reference, one in waiting.items()}
    moved = {by_id[case_id]: _key(to) for case_id, to in (moves or {}).items() if case_id in by_id}
    return Plan(
        waiting,
        auditors,
        able,
        {
            case.reference: [able[one.key] for one in seen if refusal_to_allocate(case, one, cap=cap) is None]
            for case in cases
        },
        found,
        adjusted(cases, seen, found, moved, cap=cap),
        fingerprint_of_allocation(cases, taking_part, seed, cap, found),
    )


def _key(person_id: int | None) -> str | None:
    return None if person_id is None else str(person_id)


def as_rules_see(
    cases: Sequence[CaseRecord], able: Sequence[people.Candidate]
) -> tuple[list[CaseToAllocate], list[Auditor]]:
    """Cases and people as the rules of allocation see them."""
    ground = people.ground_of(cases)
    return [people.to_allocate(case) for case in cases], [one.auditor(ground) for one in able]


def allocate_at_random(
    round_: Round,
    chosen: Collection[int],
    seed: str,
    cap: int | None = None,
    fingerprint: str | None = None,
    moves: Moves | None = None,
    *,
    by: int | None,
) -> list[Audit]:
    """Give the cases that wait to the chosen auditors, evenly and at random, but for what was changed by hand.

    A fingerprint is of the proposal that was looked at: where it would be another one now, nothing is given out.
    """
    hold(round_)
    plan = plan_allocation(round_, chosen, seed, cap, moves)
    if fingerprint is not None and fingerprint != plan.fingerprint:
        raise Stale("the cases or the auditors of this round")
    for refused in plan.final.refusals.values():
        raise Refused(refused)
    if not plan.final.pairs:
        raise Refused(Refusal(plan.found.explanation[0] if plan.found.explanation else NOBODY_CHOSEN))
    given = [
        _give(round_, plan.waiting[pair.reference].case, plan.waiting[pair.reference], plan.able[pair.auditor], by)
        for pair in plan.final.pairs
    ]
    proposed = {pair.reference: pair.auditor for pair in plan.found.pairs}
    changed = {
        pair.reference: pair.auditor for pair in plan.final.pairs if proposed.get(pair.reference) != pair.auditor
    }
    held_over = [reference for reference in plan.final.unplaced if reference in proposed]
    body = {
        "how": "at random",
        "algorithm": ALGORITHM,
        "seed": seed,
        "most_each": cap,
        "auditors": {key: one.in_round for key, one in sorted(plan.auditors.items())},
        "audits": [audit.id for audit in given],
        "left_over": len(plan.final.unplaced),
        "by_hand": {str(plan.waiting[reference].case_id): int(key) for reference, key in sorted(changed.items())},
        "held_over": sorted(plan.waiting[reference].case_id for reference in held_over),
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
        raise Refused(Refusal(NOBODY_CHOSEN))
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
    (asked,), (seen,) = as_rules_see([case], [auditor])
    return refusal_to_allocate(asked, seen)
