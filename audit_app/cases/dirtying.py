"""Gives tidy lists the faults that authorities' own workbooks have, and says which rows were given which."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from audit_app.cases.codes import ETHNICITIES
from audit_app.cases.grids import Grid
from audit_app.cases.values import EXCEL_EPOCH
from audit_app.cases.workbook import Cell

NAMES = {6: "List 6 - CIN", 7: "list7", 8: "LIST_8 ", 9: "Care leavers", 3: "List 3", 10: "List_10 (2)"}
ABOVE: dict[int, tuple[tuple[Cell, ...], ...]] = {
    6: (("Annex A", None), (), ("List 6: Children in need", None, "Run on", dt.date(2024, 7, 31))),
    7: (),
    8: (("List 8: Children in care",), ("OFFICIAL-SENSITIVE",)),
    9: (("List 9",),),
}
HEADINGS = {
    "Child Unique ID": "Child Unique ID ",
    "Age of Child (Years)": "Age",
    "Case status": "CASE STATUS",
    "Allocated Team": "Allocated\u00a0Team",
    "Date Child Was Last Seen": "DateChildLastSeen",
    "Does the Child have a Disability": " Does the child  have a disability?",
    "Child's Legal Status": "Child’s Legal Status",
    "LA In Touch ": "LAInTouch",
    "Type of Accommodation": "Type of\nAccommodation",
}
PRIVATE = ("Child Forename", "NHS Number", "Home Postcode")
LATER = ("UASC", "Allocated Personal Advisor", "Latest Pathway Plan", "Latest Contact")
EACH = 4  # rows of list 6 given each fault

Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that was spoilt: what was done, in which sheet and row, to whose row."""

    kind: str
    sheet: str
    row: int
    reference: str


@dataclass(frozen=True, slots=True)
class Dirtied:
    """Spoilt grids and the faults that stop a row from being read as it was."""

    grids: list[Grid]
    faults: tuple[Fault, ...]

    def references(self, *kinds: str) -> set[str]:
        """The children whose rows were given one of these faults."""
        return {fault.reference for fault in self.faults if fault.kind in kinds}


def dirtied(grids: Iterable[Grid], *, seed: int) -> Dirtied:
    """The same lists as an authority might send them. Rows without a fault still say the same."""
    chance = random.Random(seed)  # noqa: S311 - test data, not a secret
    spoilt: list[Grid] = []
    faults: list[Fault] = []
    for grid in grids:
        untidy = _untidy(grid, chance)
        if grid.number == 6:
            untidy, found = _faulty(untidy, chance)
            faults.extend(found)
        spoilt.append(untidy)
    return Dirtied(spoilt, tuple(faults))


def _untidy(grid: Grid, chance: random.Random) -> Grid:
    """Other names, titles, headings, spellings and kinds of cell, which change nothing that is said."""
    rows = [
        [_respelt(heading, cell, chance) for heading, cell in zip(grid.headings, row, strict=True)] for row in grid.rows
    ]
    headings = [HEADINGS.get(heading, heading) for heading in grid.headings]
    extra = PRIVATE if grid.number == 6 else LATER if grid.number == 9 else ()
    for place, row in enumerate(rows):
        row.extend(_extra(heading, place) for heading in extra)
    return replace(
        grid,
        name=NAMES.get(grid.number, grid.name),
        above=ABOVE.get(grid.number, grid.above),
        headings=(*headings, *extra),
        rows=tuple(map(tuple, rows)),
    )


def _respelt(heading: str, cell: Cell, chance: random.Random) -> Cell:
    """A cell that says the same in another way."""
    if isinstance(cell, dt.date):
        return chance.choice(
            (cell, cell.strftime("%d/%m/%Y"), float((cell - EXCEL_EPOCH).days), f"{cell:%Y-%m-%d} 00:00:00")
        )
    if not isinstance(cell, str):
        return cell
    if heading == "Child Unique ID":
        return float(cell) if not cell.startswith("0") and chance.random() < 0.1 else cell
    if heading in ("Allocated Worker", "Allocated Team"):
        return chance.choice((cell, cell.replace(" ", "\u00a0"), f" {cell} "))
    if heading == "Ethnicity":
        code = cell[-4:]
        return chance.choice((cell, code, f" {code.lower()}", ETHNICITIES[code]))
    if cell[1:3] == ") ":
        return chance.choice((cell, cell[3:], cell[3:].upper(), f"{cell[0].upper()}){cell[3:]}"))
    return chance.choice((cell, f"{cell} "))


def _extra(heading: str, place: int) -> Cell:
    """What stands in a column that the official template does not have."""
    return {
        "Child Forename": "Forename",
        "NHS Number": "999 123 4560" if place % 2 else None,
        "Home Postcode": "ZZ99 3WZ",
        "UASC": "b) No",
        "Allocated Personal Advisor": "Adviser P11",
        "Latest Pathway Plan": "01/05/2024",
    }.get(heading)


def _faulty(grid: Grid, chance: random.Random) -> tuple[Grid, list[Fault]]:
    """List 6 with some rows that must be held or refused, a repeated row of headings and blank rows."""
    rows = [list(row) for row in grid.rows]
    where = {heading.strip(): place for place, heading in enumerate(grid.headings)}
    identity, team, status = where["Child Unique ID"], where["Allocated\u00a0Team"], where["CASE STATUS"]
    spoils: tuple[tuple[str, Callable[[Row], None]], ...] = (
        ("no team", lambda row: row.__setitem__(team, None)),
        ("team is an error", lambda row: row.__setitem__(team, "#N/A")),
        ("no status", lambda row: row.__setitem__(status, "\u00a0")),
        ("unknown status", lambda row: row.__setitem__(status, "z) Pending")),
        ("no reference", lambda row: row.__setitem__(identity, None)),
        ("a name for a reference", lambda row: row.__setitem__(identity, "Forename Surname")),
    )
    chosen = chance.sample(range(len(rows)), min(len(rows), EACH * (len(spoils) + 1)))
    kinds: dict[int, tuple[str, str]] = {}
    for kind, spoil in spoils:
        for place in [chosen.pop() for _ in range(min(EACH, len(chosen)))]:
            kinds[place] = (kind, _text(rows[place][identity]))
            spoil(rows[place])
    repeated = [(place, list(rows[place])) for place in chosen]
    lost: Row = [*[None] * identity, "1.2E+07", *[None] * (len(grid.headings) - identity - 1)]
    return _laid_out(grid, rows, kinds, repeated, lost, identity)


def _laid_out(
    grid: Grid,
    rows: list[Row],
    kinds: dict[int, tuple[str, str]],
    repeated: list[tuple[int, Row]],
    shortened: Row,
    identity: int,
) -> tuple[Grid, list[Fault]]:
    """The rows in their places, with each fault's row number as Excel will show it."""
    first = len(grid.above) + 2
    out: list[tuple[Cell, ...]] = []
    faults: list[Fault] = []
    for place, row in enumerate(rows):
        if place == len(rows) // 2:
            out.extend([tuple(grid.headings), (), (None,)])
        if place in kinds:
            kind, reference = kinds[place]
            faults.append(Fault(kind, grid.name, first + len(out), reference))
        out.append(tuple(row))
    for _, row in repeated:
        faults.append(Fault("a second row", grid.name, first + len(out), _text(row[identity])))
        out.append(tuple(row))
    faults.append(Fault("a shortened reference", grid.name, first + len(out), "1.2E+07"))
    out.append(tuple(shortened))
    return replace(grid, rows=tuple(out)), faults


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)
