"""A plan as it is written down: what the import file holds, and what a stored plan amounts to (pure)."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from audit_app.improvement.wording import Amount, Due


@dataclass(frozen=True, slots=True)
class Update:
    """What was said of an action on a day."""

    told_on: dt.date
    words: str
    evidence: str
    delivery: str


@dataclass(frozen=True, slots=True)
class Action:
    """What will be done; lead is a person's address for e-mail, or words."""

    ref: str
    recommendation: str
    wording: str
    lead: str
    due: Due
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A target with its day."""

    due: Due
    operator: str
    amount: Decimal | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says instead of what comes out, for one target or as a whole."""

    state: str
    milestone_on: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A reading on a day, with its rows."""

    read_on: dt.date
    amount: Amount = field(default_factory=Amount)
    words: str = ""
    judged: str = ""
    source: str = ""
    rows: tuple[tuple[str, Amount], ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where an indicator stood at first."""

    words: str = ""
    amount: Amount = field(default_factory=Amount)
    period: str = ""
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with its targets and readings."""

    ref: str
    recommendation: str
    name: str
    counted_in: str
    rows_called: str = ""
    start: Start = field(default_factory=Start)
    targets: tuple[Target, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation."""

    ref: str
    wording: str
    theme: str = ""
    source: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a plan says of itself."""

    name: str
    starts_on: dt.date
    ends_on: dt.date
    about: str = ""
    source: str = ""
    themes_called: str = ""
    scales_key: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A whole plan."""

    head: Head
    advice: tuple[Advice, ...] = ()
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
