"""Fingerprints of a draw and of an allocation: what was looked at is what is done, and what history vouches for."""

import json
from collections.abc import Iterable
from hashlib import sha256

from audit_app.sampling.allocation import Allocation, Auditor, CaseToAllocate
from audit_app.sampling.draws import ALGORITHM
from audit_app.sampling.selection import Drawn


def fingerprint_of_draw(drawn: Drawn) -> str:
    """Of the list, the policy, the seed, what was left out with why, and the cases drawn (SHA-256)."""
    return _hashed(
        [
            drawn.algorithm,
            drawn.frame_hash,
            drawn.policy.to_data(),
            drawn.seed,
            [[one.reference, one.reason, one.words] for one in drawn.exclusions],
            drawn.references,
        ]
    )


def fingerprint_of_allocation(
    cases: Iterable[CaseToAllocate], auditors: Iterable[Auditor], seed: str, cap: int | None, found: Allocation
) -> str:
    """Of the cases, the auditors with all that the rules ask of them, the seed, the cap, and who got what (SHA-256)."""
    return _hashed(
        [
            ALGORITHM,
            seed,
            cap,
            sorted([case.reference, case.team, case.worker] for case in cases),
            sorted(map(_auditor, auditors)),
            sorted([pair.reference, pair.auditor] for pair in found.pairs),
        ]
    )


def _auditor(one: Auditor) -> list[object]:
    cases = one.cases | one.contributed
    kept_from = [sorted(one.teams), sorted(one.workers), sorted(cases), sorted(one.recent_workers)]
    return [one.key, one.in_hand, one.capacity if one.capacity is not None else -1, one.on_leave, *kept_from]


def _hashed(said: object) -> str:
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
