"""Readings of many indicators read from the sheets of a file, noting every cell that cannot be (pure)."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from audit_app.cases.caselist import Problem
from audit_app.cases.codes import folded
from audit_app.cases.headings import HeadingRow
from audit_app.cases.mapping import Mapping as Columns
from audit_app.cases.mapping import headings_of
from audit_app.cases.workbook import Cell, Row, Sheet
from audit_app.improvement import layout
from audit_app.improvement.layout import one_of
from audit_app.improvement.lines import EARLIEST, LONGEST, text_of
from audit_app.improvement.wording import MOST_PLACES, Amount, Precision, Unit, amount_in, due_of, last_of_month
from audit_app.improvement.written import Finding
from audit_app.past.reading import month_in

WHEN = "a day, month or quarter that is over, such as 31 August 2026, August 2026 or Q2 2026/27"
WHOLE_NUMBER = "a whole number"
PER_CENT = "a number of per cent such as 86; where the cells are formatted as per cent, say that the column is a share"
QUARTER = re.compile(r"q(?:uarter)? ?([1-4])[ ,]*(\d{4}) ?[/-] ?(?:\d{2})?(\d{2})", re.IGNORECASE)
QUARTER_LAST = re.compile(r"(\d{4}) ?[/-] ?(?:\d{2})?(\d{2})[ ,]*q(?:uarter)? ?([1-4])", re.IGNORECASE)
MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator of the plan, as far as a file's rows must fit it."""

    ref: str
    name: str
    unit: Unit
    live: bool = False
    counted: frozenset[dt.date] = frozenset()  # days with a reading that was counted here, which stays as it is


@dataclass(slots=True)
class Found:
    """What a file of readings turned out to hold."""

    findings: dict[tuple[str, dt.date], Finding] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)  # rows of indicators that the plan has not, or counts itself
    rows: int = 0
    sheets: list[str] = field(default_factory=list)


def readings_in(sheets: Iterable[Sheet], columns: Columns, plan: Sequence[Known], *, today: dt.date) -> Found:
    """Every reading of every sheet that has the columns."""
    into = Found()
    names = _names(plan)
    for sheet in sheets:
        headings = headings_of(sheet)
        keys = [folded(heading) for heading in headings.headings] if headings else []
        places = {of: keys.index(folded(heading)) for heading, of in columns.columns if folded(heading) in keys}
        if headings is not None and len(places) == len(columns.columns):
            into.sheets.append(sheet.name)
            for row in sheet.rows:
                if row.number > headings.number:
                    _Line(into, sheet.name, headings, places, row, today).take(names)
    return into


def _names(plan: Sequence[Known]) -> dict[str, Known]:
    """Each indicator by the ways in which a file can name it; the ref wins."""
    found: dict[str, Known] = {}
    for said in (lambda one: one.ref, lambda one: f"{one.ref} {one.name}", lambda one: one.name):
        for one in plan:
            found.setdefault(_key(said(one)), one)
    return found


def _key(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def day_in(cell: Cell) -> dt.date | None:
    """The day that a cell names; of a month or a quarter of a financial year, the last."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.split())
    if quarter := _quarter(text):
        return quarter
    due = due_of(text)
    if due.precision is not Precision.WORDS:
        return due.on
    month = month_in(text)
    if month is None:
        return None
    return month[1] or last_of_month(month[0])


def _quarter(text: str) -> dt.date | None:
    if found := QUARTER.fullmatch(text):
        number, first, second = int(found[1]), int(found[2]), int(found[3])
    elif found := QUARTER_LAST.fullmatch(text):
        number, first, second = int(found[3]), int(found[1]), int(found[2])
    else:
        return None
    if (first + 1) % 100 != second:
        return None
    month = number * 3 + 3
    return last_of_month(dt.date(first + (month > 12), (month - 1) % 12 + 1, 1))


@dataclass(frozen=True, slots=True)
class _Line:
    into: Found
    sheet: str
    headings: HeadingRow
    places: Mapping[str, int]
    row: Row
    today: dt.date

    def _cell(self, of: str) -> Cell:
        place = self.places.get(of)
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else None

    def _text(self, of: str) -> str:
        return text_of(self._cell(of))

    def wrong(self, of: str, expected: str) -> None:
        """Note that a cell cannot be."""
        place = self.places.get(of)
        heading = self.headings.headings[place] if place is not None else ""
        self.into.problems.append(Problem(self.sheet, self.row.number, heading, self._text(of)[:200], expected))

    def take(self, names: Mapping[str, Known]) -> None:
        """Take the row as a reading of an indicator, or a row of one."""
        said = {of: self._text(of) for of in self.places}
        if not any(said.values()) or all(text == self.headings.headings[self.places[of]] for of, text in said.items()):
            return
        self.into.rows += 1
        if not said["indicator"]:
            self.wrong("indicator", "the ref or the name of an indicator of this plan")
            return
        known = names.get(_key(said["indicator"]))
        if known is None:
            self.into.others[" ".join(said["indicator"].split())[:80]] += 1
        elif known.live:
            self.into.others[f"{known.ref}, counted here"] += 1
        else:
            self._keep(known)

    def _keep(self, known: Known) -> None:
        before = len(self.into.problems)
        day, amount, words, judged = self._day(known), self._amount(known), self._words(), self._judged()
        name = self._text("row")
        if amount.exact is None and (name or not words) and len(self.into.problems) == before:
            self.wrong(self._saying, "a figure" if name or known.unit is not Unit.WORDS else "the position in words")
        if amount.exact is not None and judged:
            self.wrong("judged", "nothing here: the figure is held against the targets")
        if day is None or len(self.into.problems) > before:
            return
        found = self.into.findings.get((known.ref, day))
        kept = found or Finding(day, source=self._text("source")[:LONGEST])
        if name:
            if name in dict(kept.rows):
                self.wrong("row", "each row of a reading once")
            kept = replace(kept, rows=(*kept.rows, (name, amount)))
        elif kept.amount.exact is not None or kept.words:
            self.wrong("day", "one reading of an indicator a day")
        else:
            kept = replace(kept, amount=amount, words=words, judged=judged, source=self._text("source") or kept.source)
        self.into.findings[known.ref, day] = kept

    @property
    def _saying(self) -> str:
        return next((of for of in ("figure", "share", "count", "words") if of in self.places), "indicator")

    def _day(self, known: Known) -> dt.date | None:
        day = day_in(self._cell("day"))
        if day is None or not EARLIEST < day <= self.today:
            self.wrong("day", WHEN)
            return None
        if day in known.counted:
            self.wrong("day", "a day whose reading was not counted here")
        return day

    def _words(self) -> str:
        text = self._text("words")
        if len(text) > LONGEST:
            self.wrong("words", f"at most {LONGEST:,} characters")
        return text

    def _judged(self) -> str:
        text = " ".join(self._text("judged").lower().split())
        if text and text not in layout.JUDGED:
            self.wrong("judged", one_of(layout.JUDGED) + ", or nothing")
        return layout.JUDGED[text].value if text in layout.JUDGED else ""

    def _amount(self, known: Known) -> Amount:
        of, amount = self._number(known.unit)
        counted = self._counted(known.unit)
        if amount.exact is not None and counted.exact is not None and known.unit is Unit.PERCENT:
            if not _same(amount.exact, counted.exact):
                self.wrong(of, f"what its count gives, {float(counted.exact):.1f}%")
            amount = counted
        elif amount.exact is None:
            amount = counted
        exact = amount.exact
        if exact is not None and known.unit is Unit.WORDS:
            self.wrong(of, "nothing here: this indicator is told in words")
        elif exact is not None and known.unit is Unit.PERCENT and exact > MOST_PERCENT:
            self.wrong(of, "a share of at most 100 per cent")
        elif known.unit is Unit.COUNT and amount.total is not None:
            self.wrong(of, "a number on its own: this indicator counts")
        return amount

    def _number(self, unit: Unit) -> tuple[str, Amount]:
        """What stands as a figure or as a share, and in which column."""
        figure, share = self._cell("figure"), self._cell("share")
        if text_of(share):
            value = _decimal(share)
            if value is None or not 0 <= value <= 1:
                self.wrong("share", "a share from 0 to 1")
                return "share", Amount()
            return "share", Amount((value * 100).quantize(Decimal(1).scaleb(-MOST_PLACES)).normalize() + 0)
        if not text_of(figure):
            return self._saying, Amount()
        amount = None if isinstance(figure, bool) else amount_in(text_of(figure))
        if amount is None:
            self.wrong("figure", layout.NUMBER)
            return "figure", Amount()
        bare = not isinstance(figure, str) or "%" not in figure
        if unit is Unit.PERCENT and bare and amount.value is not None and 0 < amount.value < 1:
            self.wrong("figure", PER_CENT)
            return "figure", Amount()
        return "figure", amount

    def _counted(self, unit: Unit) -> Amount:
        """A count, with its total where the indicator is a share."""
        found: dict[str, int | None] = {}
        for of in ("count", "total"):
            text = self._text(of).replace(",", "")
            found[of] = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
            if text and found[of] is None:
                self.wrong(of, WHOLE_NUMBER)
                return Amount()
        count, total = found["count"], found["total"]
        if count is None:
            if total is not None and "count" in self.places:
                self.wrong("count", WHOLE_NUMBER)
            return Amount()
        if unit is not Unit.PERCENT:
            return Amount(None, count, None)
        if total is None:
            if self._text("figure") or self._text("share"):
                return Amount()
            self.wrong("total" if "total" in self.places else "count", "out of how many")
        elif total == 0 or count > total:
            self.wrong("count" if total else "total", "a count of at most its total, out of at least 1")
        else:
            return Amount(None, count, total)
        return Amount()


def _decimal(cell: Cell) -> Decimal | None:
    text = text_of(cell)
    return Decimal(text) if not isinstance(cell, bool) and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", text) else None


def _same(figure: Fraction, counted: Fraction) -> bool:
    """Whether a printed share is its count, rounded to the places that it is printed with."""
    places = next((n for n in range(MOST_PLACES) if (figure * 10**n).denominator == 1), MOST_PLACES)
    return abs(figure - counted) <= Fraction(1, 2 * 10**places)
