"""What becomes of an audit that is handed in: drawn at random or not, and if not, moderated all the same or not (pure).

The random draw comes first and asks nothing that the auditor entered, so that what it draws stays an honest sample.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from audit_app.identity.absences import Away
from audit_app.programmes.policies import Policies
from audit_app.sampling.draws import KEY_SPACE, Purpose, is_drawn, key_of, number_of

RANDOM, GRADE, FLAGGED, NEW_AUDITOR = "random", "grade", "flagged", "new_auditor"
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An audit that was just handed in: what the policies ask of it beside the random draw."""

    audit_id: int
    grades: frozenset[str]  # its overall judgement, or where its tool has none those of its sections
    flagged: bool
    earlier: int  # audits that its auditor handed in before, in any programme


@dataclass(frozen=True, slots=True)
class Turn:
    """An auditor's place in a quarter: where the share is of each auditor's audits, not of all."""

    seed: str
    auditor_id: int
    quarter: str
    before: Fraction  # the chances of the auditor's audits that came earlier in the quarter, added up
    expected: int | None  # audits expected of the auditor in the quarter


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the lot of an audit was: the chance it had, whether it was drawn, and its route if it was not."""

    chance: Fraction
    drawn: bool
    otherwise: str | None

    @property
    def route(self) -> str | None:
        """Why it is to be moderated in this tier; None where it is not."""
        return RANDOM if self.drawn else self.otherwise


def arrive(arrived: Arrived, policies: Policies, tier: str, seed: str, turn: Turn | None = None) -> Drawn:
    """What becomes of an audit in a tier; with a turn, the share is of each auditor's audits."""
    share = Fraction(policies.shares.get(tier, 0), 100)
    if turn is None or not share:
        chance, drawn = share, is_drawn(seed, str(arrived.audit_id), share)
    else:
        chance = chance_of_turn(share, turn.expected)
        drawn = falls(turn, chance)
    return Drawn(chance, drawn, asked_otherwise(arrived, policies, tier))


def asked_otherwise(arrived: Arrived, policies: Policies, tier: str) -> str | None:
    """The route by which an audit that is not drawn is moderated all the same; None where it is not."""
    if arrived.grades & set(policies.always.get(tier, ())):
        return GRADE
    if tier != "senior":
        return None
    if arrived.flagged and policies.flagged:
        return FLAGGED
    if arrived.earlier < policies.first_of_new_auditor:
        return NEW_AUDITOR
    return None


def chance_of_turn(share: Fraction, expected: int | None) -> Fraction:
    """The chance of each of an auditor's audits: the share, or more where few are expected, so that one is drawn."""
    return min(WHOLE, max(share, Fraction(1, expected))) if expected else share


def falls(turn: Turn, chance: Fraction) -> bool:
    """Whether an audit is drawn on its auditor's turn: a systematic draw from a random start.

    Chances are laid end to end from the start, and an audit is drawn where a whole number falls into its stretch. Each
    has exactly its chance, and as soon as the chances of a quarter add up to one, at least one was drawn.
    """
    start = Fraction(number_of(turn.seed, Purpose.START, f"{turn.quarter}:{turn.auditor_id}"), KEY_SPACE)
    return floor(start + turn.before + chance) > floor(start + turn.before)


def lightest(loads: Mapping[int, int], seed: str, audit_id: int) -> int | None:
    """Who has the fewest moderations in hand; among equals the seed decides."""
    ordered = sorted(loads, key=lambda one: (loads[one], key_of(seed, Purpose.ALLOCATION, f"{audit_id}:{one}")))
    return ordered[0] if ordered else None


def absent(away: Mapping[int, Iterable[Away]], today: dt.date, due_on: dt.date) -> frozenset[int]:
    """Who is away today or on the day that a moderation would be due, and so is given none."""
    return frozenset(key for key, days in away.items() if any(one.on(today) or one.on(due_on) for one in days))


def why_nobody(called: str, refusals: Iterable[str], away: int) -> str:
    """Why an audit that is to be moderated has no moderator, in words."""
    reasons = list(dict.fromkeys(refusals))
    if away:
        reasons.append(f"{away} {'is' if away == 1 else 'are'} away today or on the day it would be due.")
    return " ".join(reasons) or f"Nobody is {called} today."


def chance_after(chances: Iterable[float]) -> float:
    """The chance of being drawn at least once in draws of which each was made from what the ones before left."""
    missed = 1.0
    for chance in chances:
        missed *= 1.0 - chance
    return min(1.0, 1.0 - missed)


def chance_with_one_more(share_before: Fraction, total_before: Fraction, left: int) -> float:
    """The chance of one audit of an auditor of whom none was drawn as they came, and then one of those left is.

    A systematic draw of chances that add up to less than one draws one audit or none; drawing one of those left where
    there was none gives each its own chance, and its part of the chance that there was none.
    """
    none = max(Fraction(0), WHOLE - total_before)
    return float(min(WHOLE, share_before + none / left))
