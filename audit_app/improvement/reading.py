"""Reading a plan from the sheets of its import file, noting every cell that cannot be (pure)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from audit_app.cases.caselist import Problem
from audit_app.improvement import layout
from audit_app.improvement.layout import HEAD_ROWS, one_of
from audit_app.improvement.lines import EARLIEST, LATEST, Line, Rows, Sheets
from audit_app.improvement.positions import Milestone, Operator, refusal_of_targets
from audit_app.improvement.scales import Scales, scales
from audit_app.improvement.wording import Amount, Unit, number_of
from audit_app.improvement.written import (
    Action,
    Advice,
    Finding,
    Head,
    Measure,
    Start,
    Stated,
    Target,
    Update,
    WrittenPlan,
)

WithRef = TypeVar("WithRef", Advice, Measure, Action)
MOST_PERCENT = 100


def plan_in(given: Mapping[str, Rows]) -> tuple[WrittenPlan | None, list[Problem]]:
    """The plan that a file holds, or every problem in it."""
    sheets = Sheets(given)
    head = _head(sheets)
    advice = tuple(_each_once(sheets, layout.RECOMMENDATIONS, _advice))
    refs = {one.ref for one in advice}
    measures = list(_each_once(sheets, layout.INDICATORS, lambda line: _measure(line, refs)))
    actions = list(_each_once(sheets, layout.ACTIONS, lambda line: _action(line, refs)))
    measures = _with_targets(sheets, measures)
    measures = _with_findings(sheets, measures)
    actions = _with_updates(sheets, actions, scales(head.scales_key or "" if head else ""))
    if not advice and not sheets.problems:
        sheets.problems.append(Problem(layout.RECOMMENDATIONS, 2, "Ref", "", "at least one recommendation"))
    if sheets.problems or head is None:
        return None, sheets.problems
    return WrittenPlan(head, advice, tuple(measures), tuple(actions)), []


def _head(sheets: Sheets) -> Head | None:
    found: dict[str, str] = {}
    chosen: str | None = None
    days: dict[str, dt.date | None] = {}
    for line in sheets.lines(layout.PLAN):
        row = HEAD_ROWS.get(line.get("What"))
        if row is None:
            line.wrong("What", one_of(HEAD_ROWS))
            continue
        found[row[0]] = line.get("Answer")
        if row[1] == layout.DAY:
            days[row[0]] = line.day("Answer")
        elif row[0] == "scales_key":
            chosen = line.choice("Answer", layout.SCALES, None)
    for what, (name, expected, needed) in HEAD_ROWS.items():
        if needed and not found.get(name):
            sheets.problems.append(Problem(layout.PLAN, 0, what, "", expected))
    first, last = days.get("starts_on"), days.get("ends_on")
    if first is None or last is None or not found.get("name"):
        return None
    if last < first:
        sheets.problems.append(Problem(layout.PLAN, 0, "Last day", last.isoformat(), "a day after the first"))
    texts = {name: found.get(name, "") for name in ("name", "about", "source", "themes_called")}
    return Head(texts["name"], first, last, texts["about"], texts["source"], texts["themes_called"], chosen)


def _each_once(sheets: Sheets, sheet: str, made: Callable[[Line], WithRef]) -> Iterator[WithRef]:
    seen: set[str] = set()
    for line in sheets.lines(sheet):
        one = made(line)
        if one.ref in seen:
            line.wrong("Ref", "each ref once")
        seen.add(one.ref)
        yield one


def _advice(line: Line) -> Advice:
    return Advice(
        line.get("Ref"),
        line.get("Recommendation"),
        line.get("Theme"),
        line.get("Source"),
        line.get("What inspectors found"),
    )


def _known(line: Line, heading: str, refs: Collection[str]) -> str:
    ref = line.get(heading)
    if ref and ref not in refs:
        line.wrong(heading, "a ref that this file has")
    return ref


def _measure(line: Line, refs: Collection[str]) -> Measure:
    unit = line.choice("Counted in", layout.UNITS, Unit.WORDS)
    start = Start(
        line.get("Baseline"),
        _fitting(line, "Baseline figure", line.amount("Baseline figure"), unit),
        line.get("Baseline period"),
        line.day("Baseline day"),
        line.get("Note on the baseline"),
    )
    recommendation = _known(line, "Recommendation", refs)
    rows_called = line.get("Rows are called")
    return Measure(line.get("Ref"), recommendation, line.get("Indicator"), unit.value, rows_called, start)


def _fitting(line: Line, heading: str, amount: Amount, unit: Unit) -> Amount:
    """A number, if it can be one of its unit; a plain number of a count is a count."""
    exact = amount.exact
    if exact is None:
        return amount
    if unit is Unit.WORDS:
        line.wrong(heading, "nothing here: this indicator is counted in words")
    elif unit is Unit.PERCENT and exact > MOST_PERCENT:
        line.wrong(heading, "a share of at most 100 per cent")
    elif unit is Unit.COUNT and amount.total is not None:
        line.wrong(heading, "a number on its own: this indicator counts")
    return amount


def _action(line: Line, refs: Collection[str]) -> Action:
    recommendation = _known(line, "Recommendation", refs)
    return Action(
        line.get("Ref"), recommendation, line.get("What we will do"), line.get("Lead person"), line.due("Complete by")
    )


def _with_targets(sheets: Sheets, measures: list[Measure]) -> list[Measure]:
    found: dict[str, list[Target]] = defaultdict(list)
    last: dict[str, Line] = {}
    units = {one.ref: Unit(one.counted_in) for one in measures}
    for line in sheets.lines(layout.TARGETS):
        ref = _known(line, "Indicator", units)
        target = _target(line, units.get(ref, Unit.WORDS))
        if target is not None:
            found[ref].append(target)
            last[ref] = line
    for ref, targets in found.items():
        refusal = refusal_of_targets([milestone_of(one) for one in targets])
        if refusal:
            last[ref].wrong("By", refusal)
    return [replace(one, targets=tuple(found[one.ref])) for one in measures]


def milestone_of(target: Target) -> Milestone:
    """A target as the rules see it."""
    amount = Fraction(target.amount) if target.amount is not None else None
    return Milestone(target.due.on or LATEST, Operator(target.operator), amount)


def _target(line: Line, unit: Unit) -> Target | None:
    due, number, words = line.due("By"), line.get("Target"), line.get("In words")
    operator = line.choice("How", layout.OPERATORS, Operator.AT_LEAST)
    amount = number_of(number) if number else None
    if due.on is None or not EARLIEST < due.on < LATEST:
        line.wrong("By", layout.BY)
        return None
    if number and amount is None:
        line.wrong("Target", "a number such as 80 or 12.5")
    elif amount is not None:
        _fitting(line, "Target", Amount(amount), unit)
    elif not words:
        line.wrong("In words", "the target in words, or a number under Target")
    return Target(due, operator.value, amount, words)


def _with_findings(sheets: Sheets, measures: list[Measure]) -> list[Measure]:
    by_ref = {one.ref: one for one in measures}
    found: dict[tuple[str, dt.date], Finding] = {}
    for line in sheets.lines(layout.READINGS):
        ref, day = _known(line, "Indicator", by_ref), line.day("Day")
        if day is None or ref not in by_ref:
            continue
        measure = by_ref[ref]
        amount = _fitting(line, "Figure", line.amount("Figure"), Unit(measure.counted_in))
        before = found.get((ref, day))
        if row := line.get("Row"):
            if amount.exact is None:
                line.wrong("Figure", layout.NUMBER)
            kept = before or Finding(day, source=line.get("Where from"))
            if row in dict(kept.rows):
                line.wrong("Row", "each row of a reading once")
            found[ref, day] = replace(kept, rows=(*kept.rows, (row, amount)))
        elif before is not None and (before.amount.exact is not None or before.words or before.judged):
            line.wrong("Day", "one reading of an indicator a day")
        else:
            rows = before.rows if before else ()
            found[ref, day] = _finding(line, day, amount, rows, measure)
    return [replace(one, findings=tuple(found[key] for key in sorted(found) if key[0] == one.ref)) for one in measures]


def _finding(
    line: Line, day: dt.date, amount: Amount, rows: tuple[tuple[str, Amount], ...], measure: Measure
) -> Finding:
    judged = line.choice("Judged as", {**layout.JUDGED, "": None}, None) if line.get("Judged as") else None
    words = line.get("In words")
    if amount.exact is None and not words and not rows:
        line.wrong("In words", "the position in words, or a figure")
    if amount.exact is not None and judged is not None:
        line.wrong("Judged as", "nothing here: the figure is held against the targets")
    stated = (
        _stated(line, {milestone_of(one).due_on for one in measure.targets}) if line.get("Stated instead") else None
    )
    return Finding(day, amount, words, judged.value if judged else "", line.get("Where from"), rows, stated)


def _stated(line: Line, days: Collection[dt.date]) -> Stated:
    state = line.choice("Stated instead", layout.STATED, layout.STATED["below"])
    due = line.due("For the target of")
    if line.get("For the target of") and due.on not in days:
        line.wrong("For the target of", "the day or month of one of its targets")
    if not line.get("Reason"):
        line.wrong("Reason", "why it is stated instead")
    return Stated(state.value, due.on, line.get("Reason"))


def _with_updates(sheets: Sheets, actions: list[Action], chosen: Scales) -> list[Action]:
    levels = {one.name.lower(): one.key for one in chosen.delivery}
    refs = {one.ref for one in actions}
    found: dict[str, list[Update]] = defaultdict(list)
    for line in sheets.lines(layout.UPDATES):
        ref, day = _known(line, "Action", refs), line.day("Day")
        delivery = line.choice("Delivery", levels, chosen.delivery[0].key)
        if day is not None:
            found[ref].append(Update(day, line.get("Progress to date"), line.get("Evidence"), delivery))
    return [replace(one, updates=tuple(sorted(found[one.ref], key=lambda u: u.told_on))) for one in actions]
