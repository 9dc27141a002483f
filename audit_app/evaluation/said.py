"""What evidence says on a day: a share with its interval, or words, and whatever else must stay as it is (pure)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from audit_app.measures.figure import Figure
from audit_app.measures.suppression import HIDDEN, is_small
from audit_app.web.formats import percent


class Kind(StrEnum):
    """What a statement can cite."""

    FIGURE = "figure"
    READING = "reading"
    ROUND = "round"
    THEME = "theme"
    ACTION = "action"

    @property
    def words(self) -> str:
        """As people say it."""
        return WORDS[self]


WORDS = {
    Kind.FIGURE: "Figure",
    Kind.READING: "Indicator",
    Kind.ROUND: "Round of audits",
    Kind.THEME: "Theme",
    Kind.ACTION: "Action of a plan",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What evidence says: so many of a total (or a number alone), and how it stands in words."""

    text: str = ""  # as it is said where there is no share, or beside it
    count: int | None = None
    total: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""
    state: str = ""  # open or closed, how far an action is, where an indicator stands
    read_on: str = ""  # the day of a reading
    weighted: bool = False

    @classmethod
    def of(cls, figure: Figure, *, state: str = "") -> "Said":
        """A figure of the measures pages."""
        total = figure.total if figure.value is not None else None
        count = figure.count if figure.value is not None else None
        return cls("", count, total, figure.value, figure.low, figure.high, figure.why, state, weighted=figure.weighted)

    @classmethod
    def kept(cls, data: Mapping[str, Any]) -> "Said":
        """As it was kept."""
        return cls(**data)

    @property
    def as_kept(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def words(self) -> str:
        """All of it in one line."""
        parts = [self.share, self.sure, self.text, self.state]
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def share(self) -> str:
        """The share with its n, as the measures pages say it; why there is none."""
        if self.total is None or self.count is None:
            return "" if self.text else self.why[:1].upper() + self.why[1:]
        value = self.value if self.value is not None else self.count / self.total
        return f"{self.count:,} of {self.total:,} ({percent(value)}{' weighted' if self.weighted else ''})"

    @property
    def counted(self) -> str:
        """How many of how many, where it is a share."""
        return f"{self.count:,} of {self.total:,}" if self.count is not None and self.total is not None else ""

    @property
    def sure(self) -> str:
        """The interval, or why there is none."""
        if self.total is None:
            return ""
        if self.low is None or self.high is None:
            return self.why[:1].upper() + self.why[1:]
        return f"Likely between {percent(self.low)} and {percent(self.high)}"

    @property
    def read_day(self) -> dt.date | None:
        """The day of a reading."""
        return dt.date.fromisoformat(self.read_on) if self.read_on else None

    @property
    def is_small(self) -> bool:
        """Whether it is a share from which a small number of children could be read."""
        if self.total is None or self.count is None:
            return False
        return any(is_small(number) for number in (self.count, self.total - self.count, self.total))

    @property
    def published(self) -> str:
        """All of it in one line as a board reads it: a share of few is left out."""
        if not self.is_small:
            return self.words
        return ". ".join(part.rstrip(".") for part in (HIDDEN, self.state) if part)
