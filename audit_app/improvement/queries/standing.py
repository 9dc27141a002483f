"""Where indicators stand, as pages and papers print it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit_app.improvement.model import Indicator, Override, Plan, Reading
from audit_app.improvement.positions import Position, State, overtaken, sides
from audit_app.improvement.published import HIDDEN, hidden_rows, is_hidden
from audit_app.improvement.scales import Scales
from audit_app.improvement.wording import Due, Precision, amount_said, shown, target_said
from audit_app.measures.suppression import is_small


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator with the reading that somebody may see, what comes out of it, and what a person says instead."""

    indicator: Indicator
    reading: Reading | None
    computed: Position
    sealed: bool  # a newer reading counts audits that this person judges blind
    today: dt.date

    @property
    def own(self) -> Override | None:
        """What a person says instead."""
        return self.reading.override if self.reading else None

    @property
    def position(self) -> Position:
        """The position that is stated."""
        return self.own.position if self.own else self.computed

    @property
    def words(self) -> str:
        """The stated position in the papers' words."""
        return self._said(self.position)

    @property
    def computed_words(self) -> str:
        """What comes out, in the same words."""
        return self._said(self.computed)

    @property
    def _scales(self) -> Scales:
        return self.indicator.recommendation.plan.scales

    def _said(self, position: Position) -> str:
        return self._scales.said(position, self.indicator.rows_called)

    @property
    def tone(self) -> str:
        """The colour of the stated position."""
        return self._scales.tone(self.position)

    @property
    def figure(self) -> str:
        """The reading's number."""
        return figure_said(self.reading) if self.reading else ""

    @property
    def sides(self) -> list[tuple[str, str]]:
        """Where rows stand on both sides of the target: which are above it, which meet it, and which are below."""
        if self.reading is None or self.computed.state not in (State.MIXED, State.MIXED_ABOVE):
            return []
        rows = [(row.name, row.amount.exact) for row in self.reading.rows]
        return self._sides([(name, amount) for name, amount in rows if amount is not None])

    @property
    def published_sides(self) -> list[tuple[str, str]]:
        """The same as a board reads it: of a row whose number is left out, nothing is said."""
        if not self.sides or self.reading is None:
            return []
        gone = hidden_rows([row.amount for row in self.reading.rows])
        rows = [(row.name, row.amount.exact) for at, row in enumerate(self.reading.rows) if at not in gone]
        return self._sides([(name, amount) for name, amount in rows if amount is not None])

    def _sides(self, known: list[tuple[str, Fraction]]) -> list[tuple[str, str]]:
        if self.reading is None:
            return []
        found = sides(known, self.indicator.targets, self.reading.read_on)
        return [(self._said(position), listed(names)) for position, names in found]

    @property
    def missed(self) -> list[str]:
        """The targets whose day came after the reading, in words."""
        if self.reading is None:
            return []
        days = overtaken(self.reading.read_on, self.indicator.targets, self.today)
        known = {one.due_on: one.due for one in self.indicator.milestones}
        return [known.get(day, Due(day, Precision.DAY)).said for day in days]


def listed(names: Sequence[str]) -> str:
    """Names in one line, told apart also where a name has a comma of its own."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def figure_said(reading: Reading) -> str:
    """A reading's number as a page prints it."""
    return shown(reading.amount, reading.indicator.unit, reading.indicator.targets)


def rows_said(reading: Reading) -> list[tuple[str, str]]:
    """The rows of a reading as a page prints them."""
    indicator = reading.indicator
    return [(row.name, shown(row.amount, indicator.unit, indicator.targets)) for row in reading.rows]


def targets_said(indicator: Indicator) -> list[str]:
    """An indicator's targets, each in a line."""
    return [target_said(m.rule.operator, m.amount, m.words, indicator.unit, m.due) for m in indicator.milestones]


def milestones_said(indicator: Indicator) -> list[list[str]]:
    """An indicator's targets for a table with a column a day: the day, the day in words, and the target without it."""
    return [
        [m.due_on.isoformat(), m.due.said, amount_said(m.rule.operator, m.amount, m.words, indicator.unit)]
        for m in indicator.milestones
    ]


def published_figure(reading: Reading) -> str:
    """A reading's number as a board reads it."""
    return HIDDEN if is_kept_back(reading) else figure_said(reading)


def is_kept_back(reading: Reading) -> bool:
    """Whether a reading's number is of so few, judgements or audits, that a board does not read it."""
    return is_hidden(reading.amount) or bool(reading.figure and is_small(len(reading.audits)))


def published_rows(reading: Reading) -> list[list[str]]:
    """The rows of a reading as a board reads them."""
    gone = hidden_rows([row.amount for row in reading.rows])
    return [[name, HIDDEN if at in gone else value] for at, (name, value) in enumerate(rows_said(reading))]


def published_baseline(indicator: Indicator) -> str:
    """Where it stood at first, as a board reads it."""
    counted = not indicator.baseline_words and is_hidden(indicator.baseline_amount)
    return HIDDEN if counted else baseline_said(indicator)


def why_of(reading: Reading) -> str:
    """Why a live figure has no interval, as a board reads it: without the numbers that stand beside a count."""
    why = str(reading.figure.get("why", "")) if reading.figure and not is_kept_back(reading) else ""
    return "" if any(sign.isdigit() for sign in why) else why


def interval_of(reading: Reading) -> list[float | None]:
    """How sure a live figure is, where it is shown."""
    if not reading.figure or is_kept_back(reading):
        return []
    return [reading.figure.get("low"), reading.figure.get("high")]


def baseline_said(indicator: Indicator) -> str:
    """Where it stood at first, in one line."""
    words = indicator.baseline_words or shown(indicator.baseline_amount, indicator.unit)
    return f"{words} ({indicator.baseline_period})" if words and indicator.baseline_period else words


def may_see(reading: Reading, sealed: Collection[int]) -> bool:
    """Whether a reading counts none of the audits that somebody judges blind."""
    return not set(sealed).intersection(reading.audits)


def standing_of(indicator: Indicator, sealed: Collection[int], today: dt.date) -> Standing:
    """Where an indicator stands for somebody who judges some audits blind."""
    readings = indicator.readings
    seen = [one for one in readings if may_see(one, sealed)]
    reading = seen[-1] if seen else None
    newer = bool(readings) and readings[-1] is not reading
    return Standing(indicator, reading, indicator.position_of(reading, today), newer, today)


def standing_at(reading: Reading, today: dt.date) -> Standing:
    """Where an indicator stood by one of its readings."""
    indicator = reading.indicator
    return Standing(indicator, reading, indicator.position_of(reading, today), False, today)


def standings_of(plan: Plan, sealed: Collection[int], today: dt.date) -> dict[int, Standing]:
    """Where every indicator of a plan stands, by its number."""
    return {one.id: standing_of(one, sealed, today) for part in plan.recommendations for one in part.indicators}
