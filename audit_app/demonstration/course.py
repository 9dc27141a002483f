"""The course of eighteen months: how large each round was, how much of it was moderated, and what is open today."""

from dataclasses import dataclass

from audit_app.demonstration.dates import LIST_EVERY, ROUNDS
from audit_app.demonstration.drift import Month

NOW = ROUNDS - 1
PINNED_COVERAGE = 0  # the first round: 7 of its 50 audits were moderated, as in the source papers
FEW_MODERATED = 7
PINNED_SIZE = 50
VALIDATED = (8, 9)  # the rounds that the finished validation exercise drew from
VALIDATED_IN = 10  # the round in whose month it was carried out
VALIDATED_SIZE, TOO_HIGH = 50, 7  # 43 of 50 agreed, 86.0%; what stood was higher 7 times, never lower
VALIDATING = (NOW - 3, NOW - 2)  # the rounds that the exercise of today draws from
VALIDATING_SIZE = 10
BLIND = frozenset({7, 9, 11, 13, 14, 15, 16, 17})
SIZES = (50, 49, 51, 48, 52, 50, 47, 51, 50, 50, 49, 52, 48, 51, 50, 49, 51, 50)
ALERTS_IN = (2, 7, 11, 14)  # rounds in which a child may have been at risk; another alert is open today
WITHDRAWN = frozenset({3, 6, 11, 15})  # rounds in which one audit was taken out before it was handed in
GRADES_MODERATED_FROM = 4  # since then every inadequate audit has gone to a head of service
ESCALATED_FROM = NOW - 4  # since then a head of service signs off what is inadequate overall
HARM_SEEN = ("safety", "management_oversight")  # what the moderator of one audit of today found inadequate, and overall
FLAGGED = {5: 1, 10: 1, 12: 2, 16: 3}  # by round: how many audits were moderated because somebody flagged them
NEW_AUDITOR = {2: 2, 11: 1}


@dataclass(frozen=True, slots=True)
class Course:
    """One monthly round."""

    place: int
    size: int
    drawn: int  # how many of its audits are drawn at random for moderation
    blind: bool

    @property
    def month(self) -> Month:
        """How far the authority had come."""
        return Month(self.place / NOW)

    @property
    def has_list(self) -> bool:
        """Whether a fresh case list was taken for it: for the first, and then once a quarter up to the present one."""
        return self.place == 0 or (NOW - self.place) % LIST_EVERY == 0

    @property
    def before_last(self) -> bool:
        """Whether it is the month before the present one, of which some moderations still wait."""
        return self.place == NOW - 1


def _course(place: int) -> Course:
    month = Month(place / NOW)
    drawn = FEW_MODERATED if place == PINNED_COVERAGE else round(SIZES[place] * month.coverage)
    return Course(place, SIZES[place], drawn, place in BLIND)


MONTHLY = tuple(_course(place) for place in range(ROUNDS))

THEMATIC_SIZE = 8
THEMATIC = tuple(range(NOW - 10, NOW + 1, 2))  # every second month, up to the present one
THEMATIC_MODERATED = 2

# Today's round: the first audit of each auditor is not begun, the second is half written, the others are handed in.
DRAWN_TODAY = 6
UNFINISHED_BEFORE = 4  # of the month before: blind moderations that still wait, the last ones given
