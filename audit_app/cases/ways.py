"""The way in which a file is read: as Annex A, or as somebody said what its columns mean."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.caselist import CaseList
from audit_app.cases.codes import folded
from audit_app.cases.columns import REASONS
from audit_app.cases.headings import USED, has_reference
from audit_app.cases.mapping import CASE_LIST, Mapping, Wanted, apply_mapping, guess_mapping, headings_of
from audit_app.cases.stripping import examples_of
from audit_app.cases.tables import tables_of
from audit_app.cases.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping that was said before, under its name, with all the headings that there were then."""

    name: str
    mapping: Mapping
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How one file is read: which sheet by which mapping, or the whole as Annex A."""

    sheet: str = ""
    mapping: Mapping | None = None
    name: str = ""  # of the remembered mapping, where it was said before
    added: tuple[str, ...] = ()  # headings that the file has now and had not when the mapping was said

    def stored(self) -> dict[str, Any]:
        """It as JSON can hold it."""
        said = None if self.mapping is None else self.mapping.stored()
        return {"sheet": self.sheet, "mapping": said, "name": self.name, "added": list(self.added)}

    @staticmethod
    def restored(stored: dict[str, Any]) -> "Way":
        """It again."""
        said = stored["mapping"]
        mapping = None if said is None else Mapping.restored(said)
        return Way(stored["sheet"], mapping, stored["name"], tuple(stored["added"]))


def way_of(sheets: Sequence[Sheet], remembered: Iterable[Remembered]) -> Way | None:
    """How to read a file; nothing where somebody must say first what its columns mean.

    What was said of these very headings wins, then Annex A, then what was said of fewer headings.
    """
    known = tuple(remembered)
    tables, _ = tables_of(sheets)
    lists = [table for table in tables if table.number in USED]
    if len(lists) < 2 and (way := _said_before(sheets, known, exactly=True)):
        return way
    if any(table.number in (6, 9) for table in lists):
        return Way()
    return _said_before(sheets, known, exactly=False)


def said_before(sheets: Sequence[Sheet], remembered: Iterable[Remembered]) -> Way | None:
    """How files of these headings were said to be read before: of these very headings, or else of fewer."""
    known = tuple(remembered)
    return _said_before(sheets, known, exactly=True) or _said_before(sheets, known, exactly=False)


def _said_before(sheets: Sequence[Sheet], known: Sequence[Remembered], *, exactly: bool) -> Way | None:
    """The remembered mapping that fits best: all that it names is there, and the most of the rest."""
    best: tuple[int, Way] | None = None
    for sheet in sheets:
        headings = headings_of(sheet)
        if headings is None:
            continue
        here = {folded(heading) for heading in headings.headings if heading}
        for one in known:
            then = {folded(heading) for heading in one.headings}
            named = {folded(heading) for heading, _ in (*one.mapping.columns, *one.mapping.extras)}
            if not named <= here or (exactly and then != here):
                continue
            added = tuple(heading for heading in headings.headings if heading and folded(heading) not in then)
            if best is None or len(named) * 1000 - len(added) > best[0]:
                best = len(named) * 1000 - len(added), Way(sheet.name, one.mapping, one.name, added)
    return best[1] if best else None


def needed(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with the rows that a reading can need: of a whole Annex A, those of the lists that make cases."""
    tables, _ = tables_of(sheets)
    used = {table.sheet.name for table in tables}
    if len(used) < 2 or not any(table.number in (6, 9) for table in tables):
        return list(sheets)
    return [sheet if sheet.name in used else Sheet(sheet.name, tuple(islice(sheet.rows, 1))) for sheet in sheets]


def read_by(sheets: Sequence[Sheet], way: Way, *, taken_on: dt.date) -> CaseList:
    """The case list that a file gives when read in a way."""
    if way.mapping is None:
        return read_case_list(sheets, taken_on=taken_on)
    found = next((sheet for sheet in sheets if sheet.name == way.sheet), None)
    if found is None:
        return CaseList(taken_on, notes=(f"There is no sheet “{way.sheet}” any more.",))
    return apply_mapping(found, way.mapping, taken_on=taken_on)


def hash_of(file_hash: str, way: Way) -> str:
    """What makes two loads one: the file, and what its columns were said to mean."""
    if way.mapping is None:
        return file_hash
    said = json.dumps([way.sheet, way.mapping.stored()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{file_hash}\n{said}".encode()).hexdigest()


def tables_seen(sheets: Iterable[Sheet], rows: Sequence[int], wanted: Wanted = CASE_LIST) -> list[dict[str, Any]]:
    """Each sheet that has headings, as the page shows it that asks what the columns mean."""
    seen: list[dict[str, Any]] = []
    for sheet, count in zip(sheets, rows, strict=True):
        headings = headings_of(sheet)
        if headings is None:
            continue
        guessed = dict(guess_mapping(headings.headings, wanted).columns)
        examples = examples_of(sheet, headings)
        keys = [folded(heading) for heading in headings.headings]
        columns = [
            {
                "heading": heading,
                "examples": examples[place],
                "why": REASONS[sheet.emptied[place]] if place in sheet.emptied else "",
                "kind": sheet.emptied.get(place, ""),
                "guess": guessed.get(heading, ""),
            }
            for place, heading in enumerate(headings.headings)
            if heading and keys.index(keys[place]) == place
        ]
        likely = set(wanted.needed) <= set(guessed.values()) or (
            wanted is CASE_LIST and has_reference(headings.headings)
        )
        seen.append({"sheet": sheet.name, "rows": count - 1, "columns": columns, "likely": likely})
    return seen
