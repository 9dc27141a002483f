"""The sheets of a plan's import file: which columns each has, and what is to stand in them (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from audit_app.improvement.positions import Judged, Operator, State
from audit_app.improvement.scales import every_scales
from audit_app.improvement.wording import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what is expected in it, and whether it must be filled in."""

    heading: str
    expected: str
    needed: bool = False
    width: int = 20


DAY, BY = "a day, such as 31 August 2021", "a day or a month, such as September 2021"
NUMBER = "a number such as 86, 70.2 or 12, or a count such as 10/11"
UNITS: Final = {"per cent": Unit.PERCENT, "number": Unit.COUNT, "words": Unit.WORDS}
OPERATORS: Final = {
    "at least": Operator.AT_LEAST,
    "over": Operator.OVER,
    "at most": Operator.AT_MOST,
    "more": Operator.BY_COUNT,
}
JUDGED: Final = {
    "below": Judged.BELOW,
    "on track": Judged.ON_TRACK,
    "achieved": Judged.ACHIEVED,
    "achieved as a whole": Judged.ACHIEVED_ALL,
}
STATED: Final = {
    "below": State.BELOW,
    "on track": State.ON_TRACK,
    "achieved": State.ACHIEVED,
    "achieved above": State.ABOVE,
}


def one_of(words: Mapping[str, object]) -> str:
    """What may be chosen, in a sentence."""
    *first, last = words
    return f"{', '.join(first)} or {last}"


SCALES: Final = {one.name.lower(): one.key or None for one in every_scales()}  # as a file names them
PLAN, RECOMMENDATIONS, INDICATORS, TARGETS = "Plan", "Recommendations", "Indicators", "Targets"
READINGS, ACTIONS, UPDATES = "Readings", "Actions", "Updates"
HEAD_ROWS: Final = {
    "Name": ("name", "the plan’s name", True),
    "About": ("about", "what the plan is about, in a few sentences", False),
    "Source": ("source", "the inspection or review that it answers", False),
    "First day": ("starts_on", DAY, True),
    "Last day": ("ends_on", DAY, True),
    "Themes are called": ("themes_called", "Objectives, Priorities … where recommendations are grouped", False),
    "Scales": ("scales_key", f"{one_of(SCALES)}; nothing for the first of them", False),
}
SHEETS: Final[dict[str, tuple[Column, ...]]] = {
    PLAN: (Column("What", "one of the lines of this sheet", True, 20), Column("Answer", "the answer", False, 80)),
    RECOMMENDATIONS: (
        Column("Ref", "a short number or letter, each once", True, 8),
        Column("Theme", "the objective or priority it belongs to", False, 24),
        Column("Recommendation", "what is to improve", True, 60),
        Column("Source", "the inspection that recommended it", False, 30),
        Column("What inspectors found", "what was found, in a few sentences", False, 60),
    ),
    INDICATORS: (
        Column("Ref", "a short number or letter, each once", True, 8),
        Column("Recommendation", "the ref of a recommendation", True, 16),
        Column("Indicator", "what is counted, such as Audited cases that are good or better", True, 50),
        Column("Counted in", one_of(UNITS), True, 12),
        Column("Rows are called", "teams, localities … where readings have rows", False, 16),
        Column("Baseline", "where it stood at first, in words", False, 40),
        Column("Baseline figure", NUMBER, False, 16),
        Column("Baseline period", "when that was, in the paper’s words", False, 20),
        Column("Baseline day", DAY, False, 18),
        Column("Note on the baseline", "where it comes from, or what to mind", False, 40),
    ),
    TARGETS: (
        Column("Indicator", "the ref of an indicator", True, 12),
        Column("By", BY, True, 20),
        Column("How", one_of(OPERATORS), False, 12),
        Column("Target", "a number such as 80 or 12.5; leave it empty for a target in words", False, 12),
        Column("In words", "the target in words, where it has no number", False, 60),
    ),
    READINGS: (
        Column("Indicator", "the ref of an indicator", True, 12),
        Column("Day", DAY, True, 20),
        Column("Row", "the team or locality; leave it empty for the whole", False, 24),
        Column("Figure", NUMBER, False, 12),
        Column("In words", "the position in words", False, 60),
        Column("Judged as", one_of(JUDGED) + ", where there is no figure", False, 18),
        Column("Where from", "the source of the reading", False, 30),
        Column("Stated instead", one_of(STATED), False, 16),
        Column("For the target of", BY, False, 18),
        Column("Reason", "why it is stated instead", False, 40),
    ),
    ACTIONS: (
        Column("Ref", "such as 1a, each once", True, 8),
        Column("Recommendation", "the ref of a recommendation", True, 16),
        Column("What we will do", "what will be done", True, 60),
        Column("Lead person", "an address for e-mail of somebody here, or a name or job title", False, 30),
        Column("Complete by", "a day, a month, or words such as Throughout the year", False, 22),
    ),
    UPDATES: (
        Column("Action", "the ref of an action", True, 10),
        Column("Day", DAY, True, 20),
        Column("Progress to date", "what was done, and what came of it", True, 70),
        Column("Evidence", "where that can be seen", False, 40),
        Column("Delivery", "a level of delivery, such as Under way", True, 16),
    ),
}
