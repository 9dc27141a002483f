"""A plan as its import file, and the empty file to fill in (pure)."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from audit_app.improvement import layout
from audit_app.improvement.layout import SHEETS
from audit_app.improvement.positions import Operator, State
from audit_app.improvement.scales import Scales, every_scales, scales
from audit_app.improvement.wording import Precision, Unit, typed
from audit_app.improvement.written import Finding, Measure, WrittenPlan
from audit_app.web.formats import day, month

if TYPE_CHECKING:
    import xlsxwriter

Word = TypeVar("Word")
NOTES: Final = "How to fill this in"
MADE: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that the same plan gives the same file
INTRODUCTION: Final = (
    "One plan in one workbook: each sheet below is one kind of thing, each row is one of them.",
    "Send it in under Improvement plan. You see what would become of it before anything is kept.",
    "All of it is taken, or nothing. Sending the same file again changes nothing; what is not in the file stays.",
    "Write no child’s name and no case reference.",
)


def template() -> bytes:
    """The empty file, with a sheet that says what is to stand where."""
    return _workbook({name: [] for name in SHEETS} | {layout.PLAN: [[what, ""] for what in layout.HEAD_ROWS]})


def plan_file(plan: WrittenPlan) -> bytes:
    """A plan as the file that would make it; the same plan gives the same bytes."""
    chosen = scales(plan.head.scales_key or "")
    return _workbook(
        {
            layout.PLAN: _head(plan),
            layout.RECOMMENDATIONS: [[a.ref, a.theme, a.wording, a.source, a.found] for a in plan.advice],
            layout.INDICATORS: [_measure(one) for one in plan.measures],
            layout.TARGETS: [row for one in plan.measures for row in _targets(one)],
            layout.READINGS: [row for one in plan.measures for reading in one.findings for row in _rows(one, reading)],
            layout.ACTIONS: [[a.ref, a.recommendation, a.wording, a.lead, a.due.said] for a in plan.actions],
            layout.UPDATES: [
                [a.ref, day(u.told_on), u.words, u.evidence, chosen.level(u.delivery).name]
                for a in plan.actions
                for u in a.updates
            ],
        }
    )


def _head(plan: WrittenPlan) -> list[list[str]]:
    found = []
    for what, (name, _, _) in layout.HEAD_ROWS.items():
        value = getattr(plan.head, name)
        if name == "scales_key":
            value = scales(value).name if value else ""
        found.append([what, day(value) if isinstance(value, dt.date) else value])
    return found


def _measure(one: Measure) -> list[str]:
    start = one.start
    unit = _word(layout.UNITS, Unit(one.counted_in))
    return [
        one.ref,
        one.recommendation,
        one.name,
        unit,
        one.rows_called,
        start.words,
        typed(start.amount),
        start.period,
        day(start.on),
        start.note,
    ]


def _targets(one: Measure) -> Iterator[list[str]]:
    for target in one.targets:
        amount = "" if target.amount is None else f"{target.amount.normalize():f}"
        how = _word(layout.OPERATORS, Operator(target.operator))
        yield [one.ref, target.due.said, how, amount, target.words]


def _rows(one: Measure, reading: Finding) -> Iterator[list[str]]:
    said = bool(reading.amount.exact is not None or reading.words or reading.judged or reading.stated)
    if said or not reading.rows:
        judged = next((word for word, key in layout.JUDGED.items() if key.value == reading.judged), "")
        stated = reading.stated
        instead = ["", "", ""]
        if stated is not None:
            instead = [_word(layout.STATED, State(stated.state)), _when(one, stated.milestone_on), stated.reason]
        yield [
            one.ref,
            day(reading.read_on),
            "",
            typed(reading.amount),
            reading.words,
            judged,
            reading.source,
            *instead,
        ]
    for name, amount in reading.rows:
        yield [one.ref, day(reading.read_on), name, typed(amount), "", "", reading.source, "", "", ""]


def _when(one: Measure, on: dt.date | None) -> str:
    if on is None:
        return ""
    precision = next((t.due.precision for t in one.targets if t.due.on == on), Precision.DAY)
    return month(on) if precision is Precision.MONTH else day(on)


def _word(words: Mapping[str, Word], meant: Word) -> str:
    return next(word for word, key in words.items() if key == meant)


def _workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": MADE, "title": "Improvement plan"})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        # Everything is text: a spreadsheet would turn March 2022 into a day, and 10/11 into another.
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        _note(book, bold, text)
        for name, columns in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.set_column(place, place, column.width, text)
                sheet.write_string(0, place, column.heading, bold)
            for number, row in enumerate(sheets[name], start=1):
                for place, value in enumerate(row):
                    sheet.write_string(number, place, value, text)
    return out.getvalue()


def _note(book: "xlsxwriter.Workbook", bold: object, text: object) -> None:
    sheet = book.add_worksheet(NOTES)
    for place, width in enumerate((22, 24, 70, 10)):
        sheet.set_column(place, place, width, text)
    number = 0
    for line in INTRODUCTION:
        sheet.write_string(number, 0, line)
        number += 1
    for row in _explained():
        number += 1
        for place, value in enumerate(row):
            sheet.write_string(number, place, value, bold if row == HEADINGS else text)


HEADINGS: Final = ("Sheet", "Column", "What stands in it", "Needed")


def _explained() -> Iterable[tuple[str, ...]]:
    yield HEADINGS
    for what, (_, expected, needed) in layout.HEAD_ROWS.items():
        yield (layout.PLAN, what, expected, "yes" if needed else "")
    levels = one_of_levels()
    for name, columns in SHEETS.items():
        for column in columns if name != layout.PLAN else ():
            expected = levels if column.heading == "Delivery" else column.expected
            yield (name, column.heading, expected, "yes" if column.needed else "")


def one_of_levels() -> str:
    """The levels of delivery that may be chosen, by the scales of the plan."""
    return "; ".join(_levels(one) for one in every_scales())


def _levels(chosen: Scales) -> str:
    *first, last = (one.name for one in chosen.delivery)
    levels = f"{', '.join(first)} or {last}"
    return f"where its scales are {chosen.name}: {levels}" if chosen.key else levels
