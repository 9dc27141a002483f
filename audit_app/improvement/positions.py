"""Where an indicator stands towards its dated targets, worked out as councils' papers do it (pure).

The rules, and why, are in docs/adr/0033: the highest target met is the one that is named; a target whose day is past
must be met; "on track" means at least the straight line from the baseline to the next target.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Operator(StrEnum):
    """How a reading is held against a target."""

    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    BY_COUNT = "by_count"  # so many more by its day, on top of the targets before it

    @property
    def words(self) -> str:
        """As a target says it."""
        return self.value.replace("_", " ").capitalize()


class State(StrEnum):
    """Where an indicator stands, from the least to the most."""

    UNAVAILABLE = "unavailable"
    BELOW = "below"
    ON_TRACK = "on_track"
    MIXED = "mixed"
    MIXED_ABOVE = "mixed_above"
    ACHIEVED = "achieved"
    ABOVE = "above"


class Judged(StrEnum):
    """What somebody says of a reading in words, which no number can be held against."""

    BELOW = "below"
    ON_TRACK = "on_track"
    ACHIEVED = "achieved"  # the target that comes next
    ACHIEVED_ALL = "achieved_all"  # the target as a whole, whatever its day


@dataclass(frozen=True, slots=True)
class Milestone:
    """A target with its day; without an amount it is a target in words."""

    due_on: dt.date
    operator: Operator = Operator.AT_LEAST
    amount: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where it stood at first, and on which day, as far as that is known as a number."""

    on: dt.date
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Measured:
    """A reading: a number, the numbers of its rows, or what somebody says of words."""

    amount: Fraction | None = None
    rows: tuple[Fraction, ...] = ()
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an indicator stands on a day, towards one of its targets or all of them."""

    state: State
    stated_on: dt.date
    milestone: dt.date | None = None


def share_of(count: int, total: int) -> Fraction:
    """So many out of so many, in per cent and exact."""
    return Fraction(100 * count, total)


def thresholds(milestones: Sequence[Milestone]) -> list[Milestone]:
    """Targets in order of their days, those by count added up: 5 by September and 5 more by March are 5 and 10."""
    found, so_far = [], Fraction(0)
    for one in sorted(milestones, key=lambda m: m.due_on):
        if one.operator is Operator.BY_COUNT and one.amount is not None:
            so_far += one.amount
            found.append(Milestone(one.due_on, one.operator, so_far))
        else:
            found.append(one)
    return found


def meets(amount: Fraction, target: Milestone) -> bool:
    """Whether a number meets a target: "over" leaves the target itself out."""
    if target.amount is None:
        return False
    if target.operator is Operator.OVER:
        return amount > target.amount
    if target.operator is Operator.AT_MOST:
        return amount <= target.amount
    return amount >= target.amount


def position(
    measured: Measured | None, milestones: Sequence[Milestone], today: dt.date, baseline: Baseline | None = None
) -> Position:
    """Where an indicator stands on a day."""
    if measured is None or not milestones:
        return Position(State.UNAVAILABLE, today)
    targets = thresholds(milestones)
    if measured.judged is not None:
        return _judged(measured.judged, targets, today)
    if measured.rows:
        return _of_rows(measured.rows, targets, today, baseline)
    if measured.amount is None:
        return Position(State.UNAVAILABLE, today)
    return _of_number(measured.amount, targets, today, baseline)


def _next(targets: Sequence[Milestone], today: dt.date) -> Milestone:
    """The target that comes next; the last one, when all are past."""
    return next((one for one in targets if one.due_on >= today), targets[-1])


def _judged(judged: Judged, targets: Sequence[Milestone], today: dt.date) -> Position:
    coming = _next(targets, today).due_on
    if judged is Judged.ACHIEVED_ALL:
        return Position(State.ACHIEVED, today)
    if judged is Judged.ACHIEVED:
        return Position(State.ACHIEVED, today, coming)
    return Position(State.ON_TRACK if judged is Judged.ON_TRACK else State.BELOW, today, coming)


def _of_number(amount: Fraction, targets: Sequence[Milestone], today: dt.date, baseline: Baseline | None) -> Position:
    counted = [one for one in targets if one.amount is not None]
    if not counted:
        return Position(State.UNAVAILABLE, today)
    past = [one for one in counted if one.due_on < today]
    if past and not meets(amount, past[-1]):
        return Position(State.BELOW, today, past[-1].due_on)
    met = [one for one in counted if meets(amount, one)]
    if met:
        highest = met[-1]
        return Position(State.ACHIEVED if amount == highest.amount else State.ABOVE, today, highest.due_on)
    coming = _next(counted, today)
    state = State.ON_TRACK if _keeps_pace(amount, coming, today, baseline) else State.BELOW
    return Position(state, today, coming.due_on)


def _keeps_pace(amount: Fraction, target: Milestone, today: dt.date, baseline: Baseline | None) -> bool:
    """Whether it is better than at first, and at least on the straight line from there to the target."""
    if baseline is None or target.amount is None or not baseline.on < today <= target.due_on:
        return False
    way, gone = target.amount - baseline.amount, amount - baseline.amount
    if target.operator is Operator.AT_MOST:
        way, gone = -way, -gone
    if way <= 0 or gone <= 0:
        return False
    return gone >= way * Fraction((today - baseline.on).days, (target.due_on - baseline.on).days)


def _of_rows(
    rows: Sequence[Fraction], targets: Sequence[Milestone], today: dt.date, baseline: Baseline | None
) -> Position:
    counted = [one for one in targets if one.amount is not None]
    if not counted:
        return Position(State.UNAVAILABLE, today)
    coming = _next(counted, today)
    at_most = coming.operator is Operator.AT_MOST
    weakest = _of_number(max(rows) if at_most else min(rows), targets, today, baseline)
    met = [amount for amount in rows if meets(amount, coming)]
    # Where every row has met the target that was due, one that is ahead of the others takes nothing away.
    if weakest.state not in (State.ACHIEVED, State.ABOVE) and met:
        above = any(amount != coming.amount for amount in met)
        return Position(State.MIXED_ABOVE if above else State.MIXED, today, coming.due_on)
    return weakest


def sides(
    rows: Sequence[tuple[str, Fraction]], milestones: Sequence[Milestone], read_on: dt.date
) -> list[tuple[Position, list[str]]]:
    """Which rows stand above the target that comes next, which just meet it, and which are below it, by name."""
    counted = [one for one in thresholds(milestones) if one.amount is not None]
    if not counted:
        return []
    coming = _next(counted, read_on)
    names: dict[State, list[str]] = {State.ABOVE: [], State.ACHIEVED: [], State.BELOW: []}
    for name, amount in rows:
        met = State.ACHIEVED if amount == coming.amount else State.ABOVE
        names[met if meets(amount, coming) else State.BELOW].append(name)
    return [(Position(state, read_on, coming.due_on), found) for state, found in names.items() if found]


def month_beside(day: dt.date, stated_on: dt.date) -> str:
    """A target's month as a paper of a day says it: with its year, unless it is the same year."""
    return f"{day:%B}" if day.year == stated_on.year else f"{day:%B %Y}"


def overtaken(read_on: dt.date, milestones: Sequence[Milestone], today: dt.date) -> list[dt.date]:
    """The days of targets that have come since the latest reading, which therefore says nothing of them."""
    return sorted(one.due_on for one in milestones if read_on <= one.due_on < today)


def refusal_of_targets(milestones: Sequence[Milestone]) -> str:
    """Why some targets cannot stand together; empty where they can."""
    days = [one.due_on for one in milestones]
    if len(set(days)) != len(days):
        return "Two targets of an indicator cannot have the same day."
    kinds = {one.operator for one in milestones if one.amount is not None}
    if len(kinds) > 1 and kinds & {Operator.AT_MOST, Operator.BY_COUNT}:
        return "Targets “at most” or “by count” cannot stand beside other targets of the same indicator."
    return ""
