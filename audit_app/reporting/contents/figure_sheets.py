"""Every table of the measures pages as sheets to reckon with: one value a cell, shares as numbers (pure)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from audit_app.measures.beyond_chance import coefficients
from audit_app.measures.comparing import Compared
from audit_app.measures.counts import Counts
from audit_app.measures.definitions import DEFINITIONS, PAIRING_WORDS, POINTS, SHARE, STEPS, definition
from audit_app.measures.figures import Figure, PairFigures, Row
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.statistics import Estimate
from audit_app.reporting.document import Column, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import Points, Share, plural

FIRST = 2.2  # the names of rows are longer than their numbers
SURE = "95% interval"
FACT = "complete count: no interval"
UNITS = {SHARE: "share (1 is all)", POINTS: "percentage points", STEPS: "grade steps"}
IN_ROWS = ("Good or better as audited", "Good or better as it stands", "Moderated", "Agreed")
# What stands in the sheets besides figures, as the sheet of definitions explains it.
MEANINGS: tuple[tuple[str, str], ...] = (
    ("Share", "A part of 1, so that 0.86 is 86%. Excel shows it as a percentage; the other forms hold the number."),
    ("Month", "The first day of the month."),
    ("Count, Out of", "Plain counts. A weighted value may differ a little from their ratio."),
    (
        "Likely from, Likely to",
        "The 95% interval: were the draw repeated many times, about 19 in 20 such intervals would hold the true "
        "figure. Empty where there is none; the column How sure says why.",
    ),
    *((one.name, f"{one.counts} {one.mind}".strip()) for one in DEFINITIONS),
)


def figures_sheet(caption: str, figures: Iterable[Figure], *, ending: str = "") -> Table:
    """Some figures, a row each, every number in a cell of its own."""
    names = ("Figure", "Count", "Out of", "Value", "Likely from", "Likely to", "Unit", "Audits", "How sure")
    rows = tuple(_row(one, ending) for one in figures)
    return Table(caption, _columns(names, words=("Figure", "Unit", "How sure")), rows, row_headers=True)


def counts_sheets(counts: Counts) -> list[Table]:
    """The shares, each pairing and its coefficients, and what came by other routes."""
    found = [figures_sheet("Shares", counts.shares)]
    for pair, other, words in zip(counts.random, counts.other, PAIRING_WORDS, strict=True):
        if pair.exact.total:
            found.append(figures_sheet(words.name, pair.figures))
        if other.exact.total:
            found.append(figures_sheet(f"Other routes: {words.earlier} and {words.later}", other.figures))
        if pair.exact.total and pair.matrix:
            found.append(_coefficients(f"Beyond chance: {words.earlier} and {words.later}", pair))
    return found


def rows_sheet(caption: str, first: str, rows: Sequence[tuple[Cell, Row]]) -> Table:
    """The figures of months or teams, a row each."""
    names = [first, "Audits"]
    for name in IN_ROWS:
        names += [f"{name}: count", f"{name}: out of", f"{name}: share"]
    table = tuple(
        (head, row.audits, *(part for one in (row.as_audited, row.as_stands, row.coverage, row.agreed)
                             for part in (one.count, one.total, _number(one.value, SHARE))))
        for head, row in rows
    )  # fmt: skip
    return Table(caption, _columns(names, words=(first,)), table, row_headers=True)


def compared_sheet(rows: Sequence[Compared], names: tuple[str, str]) -> Table:
    """Two populations side by side, figure by figure."""
    columns = ["Figure"]
    for name in ("First", "Second"):
        columns += [f"{name}: count", f"{name}: out of", f"{name}: share"]
    columns += ["Difference in points", "Likely from", "Likely to", "In words"]
    table = tuple(
        (
            compared_name(row.first.key),
            *_plain(row.first),
            *_plain(row.second),
            *(None if one is None else Points(one * 100) for one in _bounds(row.difference)),
            row.said,
        )
        for row in rows
    )
    note = f"First: {names[0]}. Second: {names[1]}. The interval is Newcombe’s for two independent shares."
    return Table("Compared", _columns(columns, words=("Figure", "In words")), table, row_headers=True, note=note)


def compared_name(key: str) -> str:
    """What a compared figure is called: over- and under-grading say whose."""
    tier = "validation" if key.endswith("external") else "moderation"
    return f"{definition(key).name} ({tier})" if key.startswith(("over", "under")) else definition(key).name


def picture_sheet(picture: Picture) -> Table:
    """The numbers of a picture; the first column heads its rows."""
    columns = tuple(
        Column(name or "What", "left" if at == 0 else "right", FIRST if at == 0 else 1)
        for at, name in enumerate(picture.columns)
    )
    return Table(picture.name, columns, picture.rows, row_headers=True, note=picture.note)


def _row(figure: Figure, ending: str) -> tuple[Cell, ...]:
    about = definition(figure.key)
    has = figure.low is not None and figure.high is not None
    why = figure.why or ("" if figure.value is None else SURE if has else FACT)
    count = None if about.unit in (POINTS, STEPS) else figure.count
    numbers = (_number(one, about.unit) for one in (figure.value, figure.low, figure.high))
    return f"{about.name}{ending}", count, figure.total, *numbers, UNITS[about.unit], figure.audits or None, why


def _number(value: float | None, unit: str) -> float | None:
    if value is None:
        return None
    return Share(value) if unit == SHARE else Points(value * 100) if unit == POINTS else value


def _plain(figure: Figure) -> tuple[Cell, ...]:
    return figure.count, figure.total, Share(figure.count / figure.total) if figure.total else None


def _bounds(one: Estimate) -> tuple[float | None, float | None, float | None]:
    return one.value, one.low, one.high


def _coefficients(caption: str, pair: PairFigures) -> Table:
    names = ("Coefficient", "Value", "Likely from", "Likely to", "Why none")
    found = coefficients(pair.matrix or (), together=pair.every_section)
    rows = tuple((name, *_bounds(one), one.why if one.value is None else "") for name, one in found)
    return Table(caption, _columns(names, words=("Coefficient", "Why none")), rows, row_headers=True)


def _columns(names: Sequence[str], *, words: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(name, "left" if name in words else "right") for name in names)


def about_figures(
    title: str,
    chosen: Iterable[tuple[str, str]],
    *,
    council: str,
    produced_at: dt.datetime,
    receipt: str,
    left_out: int,
) -> tuple[tuple[str, Cell], ...]:
    """What a workbook of figures is: what was chosen, when it was made, what is left out."""
    facts: list[tuple[str, Cell]] = [
        ("What", title),
        ("Council", council),
        ("Marking", "OFFICIAL-SENSITIVE"),
        ("Produced", produced_at),
        *chosen,
        ("History receipt", receipt),
    ]
    if left_out:
        verb = "is" if left_out == 1 else "are"
        facts.append(("Left out", f"{plural(left_out, 'audit')} that you judge blind just now {verb} not in it."))
    return tuple(facts)
