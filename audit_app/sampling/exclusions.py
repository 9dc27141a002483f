"""Cases that are left out before the draw, each with its reason, which is kept with the sample."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from audit_app.refusal import Refusal
from audit_app.sampling.draws import Purpose, seeded_order


class ExclusionReason(StrEnum):
    """Why a case is left out of a draw."""

    CLOSED = "closed"
    IN_ROUND = "in_round"
    AUDITED = "audited"
    COMPLAINT = "complaint"
    LEGAL_HOLD = "legal_hold"
    NEW = "new"
    CATEGORY = "category"
    DRAWN_ELSEWHERE = "drawn_elsewhere"
    SIBLING = "sibling"
    BY_HAND = "by_hand"


REASON_WORDS = {
    ExclusionReason.CLOSED: "Closed",
    ExclusionReason.IN_ROUND: "Already in this round",
    ExclusionReason.AUDITED: "Audited recently",
    ExclusionReason.COMPLAINT: "Open complaint",
    ExclusionReason.LEGAL_HOLD: "Legal hold",
    ExclusionReason.NEW: "Open only a short time",
    ExclusionReason.CATEGORY: "Case status not audited here",
    ExclusionReason.DRAWN_ELSEWHERE: "Drawn in another round",
    ExclusionReason.SIBLING: "Sibling of a case that could be drawn",
    ExclusionReason.BY_HAND: "Left out by hand",
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One case left out, and why; a case left out for two reasons has two of these.

    Of brothers and sisters, `instead` is the one that was kept by the lottery.
    """

    reference: str
    reason: ExclusionReason
    words: str
    instead: str = ""


def months_before(today: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it is shorter."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def closed(references: Collection[str]) -> tuple[Exclusion, ...]:
    """Cases that are closed."""
    return tuple(Exclusion(reference, ExclusionReason.CLOSED, "It is closed.") for reference in sorted(set(references)))


def already_in_round(references: Collection[str]) -> tuple[Exclusion, ...]:
    """Cases that were drawn or given out in this round before."""
    words = "It is, or was, in this round already."
    return tuple(Exclusion(reference, ExclusionReason.IN_ROUND, words) for reference in sorted(set(references)))


def audited_recently(last_audited: Mapping[str, date | None], today: date, months: int) -> tuple[Exclusion, ...]:
    """Cases audited since this day so many months ago; one audited on that very day may be drawn again."""
    since = months_before(today, months)
    words = f"It was audited on {{}}, within the last {counted(months, 'month')}."
    return tuple(
        Exclusion(reference, ExclusionReason.AUDITED, words.format(day(audited)))
        for reference, audited in sorted(last_audited.items())
        if audited is not None and audited > since
    )


def under_complaint(references: Collection[str]) -> tuple[Exclusion, ...]:
    """Cases with an open complaint."""
    words = "A complaint about it is open."
    return tuple(Exclusion(reference, ExclusionReason.COMPLAINT, words) for reference in sorted(set(references)))


def under_legal_hold(references: Collection[str]) -> tuple[Exclusion, ...]:
    """Cases whose file is held for legal proceedings."""
    words = "Its file is under a legal hold."
    return tuple(Exclusion(reference, ExclusionReason.LEGAL_HOLD, words) for reference in sorted(set(references)))


def open_too_short(opened: Mapping[str, date | None], today: date, weeks: int) -> tuple[Exclusion, ...]:
    """Cases open for less than so many weeks; one whose opening day is not recorded stays in."""
    latest = today - timedelta(weeks=weeks)
    words = f"It was opened on {{}}, less than {counted(weeks, 'week')} ago."
    return tuple(
        Exclusion(reference, ExclusionReason.NEW, words.format(day(since)))
        for reference, since in sorted(opened.items())
        if since is not None and since > latest
    )


def of_other_category(
    categories: Mapping[str, str], wanted: Collection[str], names: Mapping[str, str]
) -> tuple[Exclusion, ...]:
    """Cases whose status is none of the wanted ones; names are the statuses in words."""
    words = "Its case status was {}, which was not to be drawn from."
    return tuple(
        Exclusion(reference, ExclusionReason.CATEGORY, words.format(names.get(category, category).lower()))
        for reference, category in sorted(categories.items())
        if category not in wanted
    )


def drawn_elsewhere(rounds: Mapping[str, str]) -> tuple[Exclusion, ...]:
    """Cases already drawn in another round, by the name of that round."""
    return tuple(
        Exclusion(reference, ExclusionReason.DRAWN_ELSEWHERE, f"It was already drawn in {name}.")
        for reference, name in sorted(rounds.items())
    )


def siblings(families: Mapping[str, str | None], seed: str, left_out: Collection[str] = ()) -> tuple[Exclusion, ...]:
    """All but one case of each family: the one kept is first in a seeded order, among those not left out already."""
    together: dict[str, list[str]] = defaultdict(list)
    for reference, family in families.items():
        if family and reference not in left_out:
            together[family].append(reference)
    excluded = []
    for members in together.values():
        kept, *others = seeded_order(members, seed, Purpose.SIBLING)
        chosen = f"kept at random from {counted(len(members), 'case')}"
        words = f"It has the same family reference as case {kept}, which was {chosen}."
        excluded += [Exclusion(reference, ExclusionReason.SIBLING, words, kept) for reference in others]
    return tuple(sorted(excluded, key=lambda exclusion: exclusion.reference))


def kept_by_lot(exclusions: Iterable[Exclusion]) -> dict[str, Fraction]:
    """The chance of each case that was kept out of its family to be the one kept: one in so many."""
    others = Counter(one.instead for one in exclusions if one.reason is ExclusionReason.SIBLING)
    return {reference: Fraction(1, number + 1) for reference, number in others.items()}


def refusal_to_exclude(reason: str) -> Refusal | None:
    """Why a case can't be left out by hand, or None."""
    return None if reason.strip() else Refusal("Say why the case is left out.")


def by_hand(reference: str, reason: str) -> Exclusion:
    """A case that somebody leaves out, in their own words."""
    refusal = refusal_to_exclude(reason)
    if refusal:
        raise ValueError(refusal.reason)
    return Exclusion(reference, ExclusionReason.BY_HAND, reason.strip())


def counted(number: int, noun: str) -> str:
    """A number and its noun: “1 month”, “6 months”."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(when: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{when.day} {when:%B %Y}"
