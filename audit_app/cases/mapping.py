"""Case lists that are not Annex A: which column holds what, said once by a person and remembered."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Reading
from dataclasses import dataclass

from audit_app.cases.annex_a import FrameReader
from audit_app.cases.caselist import CaseList, Held
from audit_app.cases.codes import folded
from audit_app.cases.columns import kind_of_column, left_out
from audit_app.cases.headings import (
    EVERY_LIST,
    FEWEST_HEADINGS,
    HEADING_ROWS,
    OF_LIST,
    HeadingRow,
    heading_row,
    heading_text,
    keys_of,
)
from audit_app.cases.lines import ATTRIBUTES
from audit_app.cases.tables import Table, samples_of
from audit_app.cases.workbook import Row, Sheet

# What a column may be said to hold, in the order and the words of the mapping page.
FIELDS = {
    "reference": "Child’s reference",
    "category": "Case status",
    "team": "Team",
    "worker": "Worker",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "date_of_birth": "Date of birth (only the age band is kept)",
    "age": "Age in years",
    "disability": "Disability",
    "started_on": "Date the case started",
    "seen_on": "Date the child was last seen",
    "closed_on": "Date the case closed",
    "need": "Primary need",
    "closure": "Reason for closure",
    "abuse": "Category of abuse",
    "legal_status": "Legal status",
    "placement": "Placement type",
    "placement_location": "Placement location",
    "eligibility": "Care leaver’s eligibility",
    "accommodation": "Care leaver’s accommodation",
    "activity": "Care leaver’s activity",
    "uasc": "Unaccompanied asylum-seeking child",
    "family": "Family reference",
    "supervisor": "Worker’s supervisor",
    "complaint": "Open complaint (yes or no)",
    "legal_hold": "Legal hold (yes or no)",
}
STAFF_FIELDS = frozenset({"worker", "supervisor", "team"})  # names of staff and of teams are kept
RESERVED = {*FIELDS, *(name for name, _ in ATTRIBUTES.values()), "age_band", "care_leaver", "last_seen_on"}
OTHER_SPELLINGS: dict[str, tuple[str, ...]] = {
    "reference": (
        "ID",
        "Reference",
        "Ref",
        "Ref No",
        "Ref Number",
        "Case Ref",
        "Case No",
        "Case Number",
        "Client Number",
        "Person Reference",
        "PID",
    ),
    "category": ("Category", "Case Category", "Case Type", "Legal Category", "Plan Type", "Current Plan", "Cohort"),
    "team": (
        "Responsible Team",
        "Organisation",
        "Service Team",
        "Locality Team",
        "Hub",
        "Worker Team",
        "Case Team",
        "Lead Team",
        "Assigned Team",
        "Organisational Unit",
    ),
    "worker": (
        "Allocated To",
        "Responsible Worker",
        "SW",
        "Practitioner",
        "Case Holder",
        "Lead Worker",
        "Primary Worker",
        "Current Worker",
        "Assigned To",
        "Assigned Worker",
        "Caseworker",
    ),
    "started_on": (
        "Start Date",
        "Date Started",
        "Date Opened",
        "Referral Date",
        "Open Date",
        "Opened",
        "Opened On",
        "Opened Date",
        "Case Start Date",
        "Date of Referral",
    ),
    "seen_on": (
        "Last Visit",
        "Date of Last Visit",
        "Last Seen Date",
        "Last Visit Date",
        "Last Seen On",
        "Child Last Seen",
    ),
    "closed_on": ("End Date", "Date Closed", "Closed Date", "Closed On", "Case End Date"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the columns of one kind of file may hold: in words, in its spellings, what must be there, what is kept."""

    fields: Reading[str, str]
    spellings: Reading[str, tuple[str, ...]]
    needed: Reading[str, str]  # what to say where no column is said to hold it
    kept: frozenset[str]  # kept although the column may look like people's names


def _case_spellings() -> dict[str, tuple[str, ...]]:
    found = {}
    for field in FIELDS:
        of_lists = [spelling for fields in OF_LIST.values() for spelling in fields.get(field, ())]
        found[field] = (*EVERY_LIST.get(field, ()), *of_lists, *OTHER_SPELLINGS.get(field, ()))
    return found


CASE_LIST = Wanted(
    FIELDS, _case_spellings(), {"reference": "Say which column holds the child’s reference."}, STAFF_FIELDS
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which heading holds which field, and which headings are kept under a name of their own."""

    columns: tuple[tuple[str, str], ...]
    extras: tuple[tuple[str, str], ...] = ()

    def stored(self) -> dict[str, dict[str, str]]:
        """The mapping as it is remembered."""
        return {"columns": dict(self.columns), "extras": dict(self.extras)}

    @staticmethod
    def restored(stored: dict[str, dict[str, str]]) -> "Mapping":
        """A mapping as it was remembered."""
        return Mapping(tuple(stored.get("columns", {}).items()), tuple(stored.get("extras", {}).items()))


def headings_of(sheet: Sheet) -> HeadingRow | None:
    """The row of headings of any table: one with known headings, or else the first row that is wide and all words."""
    known = heading_row(sheet.rows)
    if known is not None:
        return known
    return next((found for row in _first(sheet.rows) if (found := _all_words(row)) is not None), None)


def _first(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        if row.number > HEADING_ROWS:
            return
        yield row


def _all_words(row: Row) -> HeadingRow | None:
    some = [cell for cell in row.cells if cell is not None]
    if len(some) < FEWEST_HEADINGS - 1 or not all(isinstance(cell, str) for cell in some):
        return None
    return HeadingRow(row.number, tuple(heading_text(cell) for cell in row.cells))


def guess_mapping(headings: Sequence[str], wanted: Wanted = CASE_LIST) -> Mapping:
    """The likeliest field of each heading, each field once; a person confirms it."""
    spellings: dict[str, str] = {}
    for field, written in wanted.spellings.items():
        for spelling in written:
            spellings.setdefault(folded(spelling), field)
    chosen: dict[str, str] = {}
    for heading in headings:
        field_found = next((spellings[key] for key in keys_of(heading) if key in spellings), None)
        if field_found and field_found not in chosen.values():
            chosen[heading] = field_found
    return Mapping(tuple(chosen.items()))


def problems_with(mapping: Mapping, sheet: Sheet, headings: HeadingRow) -> tuple[str, ...]:
    """Why a mapping cannot be used on a sheet, in words for the person who made it."""
    samples = samples_of(sheet, headings)
    kinds = {
        headings.headings[place]: sheet.emptied.get(place) or kind_of_column(headings.headings[place], samples[place])
        for place in _places(headings).values()
    }
    return faults_of(mapping, kinds)


def faults_of(mapping: Mapping, kinds: Reading[str, str], wanted: Wanted = CASE_LIST) -> tuple[str, ...]:
    """Why a mapping cannot be used on columns of these headings, each with why it must not be kept, if it must not."""
    found: list[str] = []
    fields = Counter(field for _, field in mapping.columns)
    names = Counter(name for _, name in mapping.extras)
    found += [words for field, words in wanted.needed.items() if not fields[field]]
    twice = [field for field, n in fields.items() if n > 1 and field in wanted.fields]
    found += [f"Two columns are said to hold “{wanted.fields[field]}”. Choose one." for field in twice]
    found += [f"“{field}” is not something a column can hold." for field in fields if field not in wanted.fields]
    found += [f"“{name}” is a name already in use. Choose another." for name in names if name in RESERVED]
    found += [f"Two columns are kept under “{name}”. Choose another name." for name, n in names.items() if n > 1]
    by_key = {folded(heading): kind for heading, kind in kinds.items()}
    for heading, field in (*mapping.columns, *mapping.extras):
        kind = by_key.get(folded(heading))
        if kind is None:
            found.append(f"The sheet has no column “{heading}”.")
        elif kind not in ("", "not_used", field) and not (kind == "name" and field in wanted.kept):
            found.append(f"The column “{heading}” cannot be taken in. {left_out('', heading, kind).reason}")
    return tuple(found)


def apply_mapping(sheet: Sheet, mapping: Mapping, *, taken_on: dt.date) -> CaseList:
    """The cases of any table whose columns somebody has named; refuses nothing that `problems_with` lets through."""
    headings = headings_of(sheet)
    if headings is None:
        return CaseList(taken_on, notes=(f"Sheet “{sheet.name}” has no row of headings, so it was not read.",))
    problems = problems_with(mapping, sheet, headings)
    if problems:
        return CaseList(taken_on, notes=problems)
    frame = FrameReader(taken_on)
    table = _table(sheet, mapping, headings)
    entries = frame.entries([table])
    return CaseList(
        taken_on=taken_on,
        rows=tuple(entry.row for entry in entries.values() if not entry.problems),
        held=tuple(Held(entry.row, entry.problems) for entry in entries.values() if entry.problems),
        refused=tuple(frame.refused),
        recognised=tuple(frame.recognised),
        left_out=table.left_out,
        warnings=frame.warnings.all(),
        notes=tuple(frame.notes),
    )


def _places(headings: HeadingRow) -> dict[str, int]:
    """Where each heading stands, by its letters and digits."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings.headings):
        places.setdefault(folded(heading), place)
    return places


def _table(sheet: Sheet, mapping: Mapping, headings: HeadingRow) -> Table:
    """The sheet as a table with the columns that the mapping names."""
    places = _places(headings)
    columns = {field: (places[folded(heading)], heading) for heading, field in mapping.columns}
    extras = {name: (places[folded(heading)], heading) for heading, name in mapping.extras}
    samples = samples_of(sheet, headings)
    kept = {place for field, (place, _) in (columns | extras).items() if field != "date_of_birth"}
    born = columns.get("date_of_birth", (-1, ""))[0]
    out = [
        left_out(
            sheet.name,
            heading,
            "date_of_birth" if place == born else sheet.emptied.get(place) or kind_of_column(heading, samples[place]),
        )
        for place, heading in enumerate(headings.headings)
        if heading and place not in kept
    ]
    return Table(None, sheet, headings, columns, tuple(out), "mapping", extras)
