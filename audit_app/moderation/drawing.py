"""Drawing audits for moderation at random, and sharing them evenly among moderators (pure)."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from audit_app.refusal import Refusal
from audit_app.sampling.allocation import Auditor, CaseToAllocate, allocate
from audit_app.sampling.draws import ALGORITHM, random_share, seed_problem

Refusals = Mapping[int, Mapping[int, str]]  # audit -> moderator -> why that one may not judge it


@dataclass(frozen=True, slots=True)
class Share:
    """One drawn audit and who is to moderate it."""

    audit_id: int
    moderator_id: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An audit that could not be drawn, because none of the chosen moderators may judge it, with why of each."""

    audit_id: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a draw would do: all of it follows from the frame, the moderators, the seed and the size."""

    seed: str
    frame: tuple[int, ...]
    shares: tuple[Share, ...]
    left_out: tuple[LeftOut, ...]
    algorithm: str = ALGORITHM

    @property
    def size(self) -> int:
        """How many audits are drawn."""
        return len(self.shares)

    @property
    def inclusion_probability(self) -> float:
        """The chance that every audit of the frame had of being drawn."""
        return self.size / len(self.frame)

    @property
    def loads(self) -> Mapping[int, int]:
        """How many audits each moderator gets."""
        return Counter(share.moderator_id for share in self.shares)

    @property
    def digest(self) -> str:
        """What this plan hashes to, so that what was looked at is what is done."""
        said = [self.algorithm, self.seed, self.frame, [[s.audit_id, s.moderator_id] for s in self.shares]]
        return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def refusal_to_draw(refusals: Refusals, moderators: frozenset[int], seed: str, count: int) -> Refusal | None:
    """Why a draw cannot be made."""
    if problem := seed_problem(seed):
        return Refusal(problem)
    if not moderators:
        return Refusal("Choose who is to moderate.")
    if not refusals:
        return Refusal("No audit can be drawn: every audit that was handed in has been given in this tier already.")
    if not _frame(refusals, moderators):
        return Refusal("No audit can be drawn: none of the chosen moderators may judge any of them.")
    if count < 1:
        return Refusal("Draw at least one audit.")
    return None


def refusal_to_share(chosen: int, away: int) -> Refusal | None:
    """Why nothing can be shared among those who were chosen: all of them are away."""
    if not chosen or away < chosen:
        return None
    who = "The person whom you chose is" if chosen == 1 else "Everybody whom you chose is"
    return Refusal(f"{who} away today or on the day it is due. Choose somebody else, or another day.")


def plan(refusals: Refusals, moderators: frozenset[int], seed: str, count: int) -> Plan:
    """Draw so many audits (or all there are) and share them evenly; ask `refusal_to_draw` first."""
    frame = _frame(refusals, moderators)
    drawn = random_share([str(audit) for audit in frame], seed, count=min(count, len(frame)))
    files = [CaseToAllocate(one.reference, team="drawn") for one in drawn]
    people = [
        Auditor(
            str(key),
            frozenset(),
            cases=frozenset(one.reference for one in drawn if key in refusals[int(one.reference)]),
        )
        for key in sorted(moderators)
    ]
    shared = allocate(files, people, seed)
    given = {pair.reference: int(pair.auditor) for pair in shared.pairs}
    left_out = tuple(
        LeftOut(audit, tuple(dict.fromkeys(refusals[audit][key] for key in sorted(moderators))))
        for audit in sorted(refusals)
        if audit not in frame
    )
    shares = tuple(Share(int(one.reference), given[one.reference]) for one in drawn)
    return Plan(seed, frame, shares, left_out)


def _frame(refusals: Refusals, moderators: frozenset[int]) -> tuple[int, ...]:
    """The audits that at least one of the moderators may judge."""
    return tuple(audit for audit in sorted(refusals) if moderators - refusals[audit].keys())


def share_of(percent: int, frame: int) -> int:
    """How many audits a percentage of a frame is, rounded up."""
    return -(-percent * frame // 100)
