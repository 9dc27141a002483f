"""Audits go from one auditor to another: one by one, several at once when somebody is off, or handed back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.auditing.rules import refusal_to_reallocate
from audit_app.auditing.workflow import Stage
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from audit_app.sampling.adjusting import Adjusted, adjusted
from audit_app.sampling.allocation import Allocation, allocate, refusal_to_allocate
from audit_app.sampling.draws import ALGORITHM, seed_problem
from audit_app.sampling.fingerprint import fingerprint_of_allocation
from audit_app.sampling.handing_back import Because, reason_of
from audit_app.sampling.operations.allocating import NOBODY_CHOSEN, as_rules_see, refusal_for
from audit_app.sampling.operations.connecting import connect
from audit_app.sampling.operations.holding import hold
from audit_app.sampling.queries import auditors as people
from audit_app.sampling.queries import connections

NOTHING_CHOSEN = "Choose at least one audit."


def reallocate(round_: Round, audit: Audit, person: Person, *, by: int, started_too: bool = False) -> None:
    """Give an audit to somebody else who may audit its case; what is written in a started one stays with it."""
    refuse_if(refusal_to_reallocate(audit.at, audit.auditor_id, person.id, started_too=started_too))
    able = {one.person.id: one for one in people.candidates(round_)}
    refuse_if(refusal_for(audit.case, able.get(person.id)))
    auditing.reallocate(audit, person, by=by, started_too=started_too)


def hand_back(audit: Audit, because: Because, words: str, version: int, *, by: Actor) -> None:
    """Hand an audit that was not started back; whoever knows the family is never given the case again."""
    if audit.version_id != version:
        raise Stale("this audit")
    auditing.hand_back(audit, reason_of(because, words), by=by)
    told = connections.find_connection(by.id, audit.case_id)
    if because is Because.CONNECTED and (told is None or told.taken_back_at is not None):
        connect(audit.auditor, audit.case, by=by.id)


def leave_with_auditor(round_: Round, audit: Audit, *, by: int) -> None:
    """Leave an audit that was handed back with its auditor, where the rules still let them have it."""
    able = {one.person.id: one for one in people.candidates(round_)}
    refuse_if(refusal_for(audit.case, able.get(audit.auditor_id)))
    auditing.leave_with_auditor(audit, by=by)


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """Who would get which of one round's audits: as proposed for those who remain, and as changed by hand."""

    round: Round
    audits: Mapping[str, Audit]
    able: Mapping[str, people.Candidate]
    choices: Mapping[str, Sequence[people.Candidate]]
    found: Allocation
    final: Adjusted
    fingerprint: str


Moves = Mapping[int, int | None]  # by audit, the person that it goes to instead, or nobody: it stays


def plan_reallocation(
    audits: Sequence[Audit], without: Collection[int], seed: str, moves: Moves | None = None, *, started_too: bool
) -> list[RoundPlan]:
    """Who would get some audits, round by round, the soonest due first; nothing is kept.

    Those who usually audit in each round take part, without the people named and without an audit's own auditor.
    What somebody gets in one round counts towards what they can take on in the next.
    """
    if not audits:
        raise Refused(Refusal(NOTHING_CHOSEN))
    if problem := seed_problem(seed):
        raise Refused(Refusal(problem))
    for audit in audits:
        refuse_if(refusal_to_reallocate(audit.at, audit.auditor_id, 0, started_too=started_too))
    of_round: dict[int, list[Audit]] = defaultdict(list)
    for audit in audits:
        of_round[audit.round_id].append(audit)
    more: Counter[int] = Counter()
    plans = []
    for _, group in sorted(of_round.items(), key=lambda item: (item[1][0].round.due_on, item[0])):
        plan = _plan_round(group, frozenset(without), seed, moves or {}, more)
        more.update(int(pair.auditor) for pair in plan.final.pairs)
        plans.append(plan)
    return plans


def _plan_round(
    audits: Sequence[Audit], without: frozenset[int], seed: str, moves: Moves, more: Mapping[int, int]
) -> RoundPlan:
    round_, named = audits[0].round, {audit.case.reference: audit for audit in audits}
    losing = without | {audit.auditor_id for audit in audits}
    everybody = [one.with_more(more.get(one.person.id, 0)) for one in people.candidates(round_)]
    able = {str(one.person.id): one for one in everybody if one.person.id not in losing}
    cap = round_.programme.policy.cap
    cases, seen = as_rules_see([audit.case for audit in audits], list(able.values()))
    taking_part = [one for one in seen if able[one.key].takes_part]
    found = allocate(cases, taking_part, seed, cap=cap)
    moved = {
        reference: None if moves[audit.id] is None else str(moves[audit.id])
        for reference, audit in named.items()
        if audit.id in moves
    }
    versions = ",".join(f"{audit.id}:{audit.version_id}" for audit in sorted(audits, key=lambda one: one.id))
    return RoundPlan(
        round_,
        named,
        able,
        {
            case.reference: [able[one.key] for one in seen if refusal_to_allocate(case, one, cap=cap) is None]
            for case in cases
        },
        found,
        adjusted(cases, seen, found, moved, cap=cap),
        fingerprint_of_allocation(cases, taking_part, f"{seed}\0{versions}", cap, found),
    )


def fingerprint_of(plans: Sequence[RoundPlan]) -> str:
    """The fingerprints of all rounds' plans together."""
    return "-".join(plan.fingerprint[:16] for plan in plans)


def reallocate_many(
    audits: Sequence[Audit],
    without: Collection[int],
    seed: str,
    fingerprint: str | None = None,
    moves: Moves | None = None,
    *,
    started_too: bool,
    by: int,
) -> list[Audit]:
    """Give several audits to others, evenly and at random, but for what was changed by hand.

    A fingerprint is of the proposal that was looked at: where it would be another one now, nothing changes hands.
    """
    for round_ in sorted({audit.round_id: audit.round for audit in audits}.values(), key=lambda one: one.id):
        hold(round_)
    for audit in sorted(audits, key=lambda one: one.id):
        db.session.refresh(audit, with_for_update=True)
    plans = plan_reallocation(audits, without, seed, moves, started_too=started_too)
    if fingerprint is not None and fingerprint != fingerprint_of(plans):
        raise Stale("these audits or the auditors")
    for plan in plans:
        for refused in plan.final.refusals.values():
            raise Refused(refused)
    if not any(plan.final.pairs for plan in plans):
        words = [words for plan in plans for words in plan.found.explanation]
        raise Refused(Refusal(words[0] if words else NOBODY_CHOSEN))
    moved: list[Audit] = []
    for plan in plans:
        moved += _issue(plan, seed, by)
    return moved


def _issue(plan: RoundPlan, seed: str, by: int) -> list[Audit]:
    moved, began = [], 0
    for pair in plan.final.pairs:
        audit = plan.audits[pair.reference]
        began += audit.at is Stage.IN_PROGRESS
        auditing.reallocate(audit, plan.able[pair.auditor].person, by=by, started_too=True)
        moved.append(audit)
    if moved:
        proposed = {pair.reference: pair.auditor for pair in plan.found.pairs}
        by_hand = [one.reference for one in plan.final.pairs if proposed.get(one.reference) != one.auditor]
        body = {
            "algorithm": ALGORITHM,
            "seed": seed,
            "audits": [audit.id for audit in moved],
            "started": began,
            "by_hand": sorted(plan.audits[reference].id for reference in by_hand),
            "stay": len(plan.final.unplaced),
            "fingerprint": plan.fingerprint,
        }
        record("round.reallocated", subject=f"round:{plan.round.id}", body=body, by=by)
    return moved
