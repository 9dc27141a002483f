"""Fields that people fill in as GOV.UK asks for them."""

import datetime as dt
import re
from typing import Any, Final, NoReturn

from wtforms import Field
from wtforms.validators import StopValidation

PARTS: Final = ("day", "month", "year")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class DatePartsField(Field):
    """A date typed as day, month and year: three boxes of one name, sent in that order.

    `subject` is what the date is called in an error, such as "The date of the visit"; by default the label.
    """

    parts: Final = PARTS

    def __init__(
        self, label: str | None = None, validators: list[Any] | None = None, *, subject: str = "", **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.subject = subject or self.label.text
        self.typed: dict[str, str] = dict.fromkeys(PARTS, "")
        self.faults: tuple[str, ...] = ()

    @property
    def first_fault_id(self) -> str:
        """The id of the box that an error should lead to."""
        return f"{self.id}-{(self.faults or PARTS)[0]}"

    def _value(self) -> str:
        return " ".join(part for part in self.typed.values() if part)

    def process_data(self, value: Any) -> None:
        """Show a date that is already known."""
        self.data = value
        if isinstance(value, dt.date):
            self.typed = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was sent, however much or little of it there is."""
        if not valuelist:
            return
        texts = [value.strip() if isinstance(value, str) else "" for value in valuelist]
        padded = (*texts, "", "", "")[:3]
        self.typed = dict(zip(PARTS, padded, strict=True))
        self.data = None
        # One text for the three, so that the usual validators see whether anything was typed at all.
        self.raw_data = [" ".join(text for text in texts if text)]
        if not self.raw_data[0]:
            return
        if len(texts) != len(PARTS):
            self._refuse("must be a real date", *PARTS)
        missing = [part for part in PARTS if not self.typed[part]]
        if missing:
            self._refuse(f"must include a {' and '.join(missing)}", *missing)
        self.data = self._date()

    def pre_validate(self, form: Any) -> None:
        """Keep "must be a real date" from being overwritten by "enter a date"."""
        if self.process_errors:
            raise StopValidation

    def _date(self) -> dt.date:
        day, year = (self._number(part, most) for part, most in (("day", 2), ("year", 4)))
        month = _month(self.typed["month"])
        wrong = [p for p, value in (("day", day), ("month", month), ("year", year)) if value is None]
        if day is None or month is None or year is None:
            self._refuse("must be a real date", *wrong)
        if not 1 <= month <= 12:
            self._refuse("must be a real date", "month")
        if year < 1000:
            self._refuse("must have a year of 4 numbers", "year")
        try:
            return dt.date(year, month, day)
        except ValueError:
            self._refuse("must be a real date", "day")

    def _number(self, part: str, most: int) -> int | None:
        text = self.typed[part]
        return int(text) if re.fullmatch(rf"[0-9]{{1,{most}}}", text) else None

    def _refuse(self, words: str, *faults: str) -> NoReturn:
        self.faults = faults
        raise ValueError(f"{self.subject} {words}")


def _month(text: str) -> int | None:
    """A month written as a number or a name."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    name = text.lower().rstrip(".")
    for names in (_MONTHS, _FULL_MONTHS):
        if name in names:
            return names.index(name) + 1
    return None
