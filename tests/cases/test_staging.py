"""Lists that were read and wait for a yes: shown whole, loaded all or nothing, erased without a trace."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.cases import operations, queries
from audit_app.cases.mapping import Mapping
from audit_app.cases.model import CaseList, CaseRecord, StagedList
from audit_app.cases.operations import naming, taking
from audit_app.cases.packing import unpack, unpack_json
from audit_app.cases.ways import Way
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.model import Entry
from audit_app.refusal import Refused, Stale
from audit_app.work.progress import Cancelled, Progress
from tests import make
from tests.cases.books import LIST_6, line_6, xlsx
from tests.cases.loading import DAY, MEGABYTE, book, generated, lines, loaded

LATER = DAY + dt.timedelta(days=30)
OURS = b"Ref No;Kind;Hub;Practitioner;Kin;Complaint open?;Hold;Child forename\n"
MEANS = Mapping(
    (
        ("Ref No", "reference"),
        ("Kind", "category"),
        ("Hub", "team"),
        ("Practitioner", "worker"),
        ("Kin", "family"),
        ("Complaint open?", "complaint"),
        ("Hold", "legal_hold"),
    )
)


def staged(
    made: make.Authority, content: bytes, place: Path, name: str = "list.xlsx", day: dt.date = DAY
) -> StagedList:
    """A file that was read and waits."""
    file = place / "upload"
    file.write_bytes(content)
    remembered = queries.remembered_mappings(made.root.id)
    grid = operations.take_grid(file, name, day, most_bytes=20 * MEGABYTE, remembered=remembered)
    one = operations.stage(grid, operations.understand(grid, remembered, day), day, made.root, by=made.officer.id)
    db.session.commit()
    return one


def yes(one: StagedList, made: make.Authority, progress: Progress | None = None) -> CaseList | None:
    """The yes of who looked at it just now."""
    kept, _ = operations.confirm(one, one.version_id, by=made.officer.id, progress=progress)
    db.session.commit()
    return kept


def count(table: type[Any]) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def ours(made: make.Authority, *rows: str) -> bytes:
    team = made.teams[0].name
    return OURS + "".join(row.replace("TEAM", team) + "\n" for row in rows).encode()


def test_nothing_is_stored_as_a_case_until_somebody_says_yes(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    one = staged(made, generated(made, size=60, dirty=True), tmp_path)
    assert (count(CaseList), count(CaseRecord)) == (0, 0)
    shown = dict(one.preview or {})
    kept = yes(one, made)
    assert kept is not None
    assert (kept.read, kept.held, kept.refused) == (shown["read"], shown["held"], shown["refused"])
    assert count(CaseRecord) == kept.read > 0
    assert count(StagedList) == 0


def test_the_preview_says_what_loading_then_says(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    loaded(made, generated(made, size=80, seed=1))
    one = staged(made, generated(made, size=90, seed=2, day=LATER, dirty=True), tmp_path, day=LATER)
    shown, details = dict(one.preview or {}), unpack_json(one.details or b"")
    kept = yes(one, made)
    assert kept is not None
    assert kept.summary["difference"] == shown["difference"]
    assert kept.summary["left_out"] == shown["left_out"]
    assert kept.summary["warnings"] == shown["warnings"]
    problems = [[row.outcome, row.sheet, row.row, row.column, row.value, row.expected] for row in _problems(kept)]
    assert problems == details["problems"]
    assert {kind: len(found) for kind, found in details["differences"].items()} == {
        kind: shown["difference"][kind] for kind in ("new", "changed", "closed", "gone")
    }


def _problems(kept: CaseList) -> list[Any]:
    return queries.all_problems(kept)


def test_no_name_birthday_or_private_number_waits_with_a_list(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    headings = (*LIST_6, "Child Forename", "NHS Number", "Home address")
    row = (*line_6("1", Allocated_Team=made.teams[0].name, Date_of_Birth="04/03/2012"), "Jayden", "943 476 5919", "X")
    one = staged(made, xlsx(headings, row), tmp_path)
    whole = repr(
        [
            [list(sheet.rows) for sheet in unpack(one.grid)],
            one.tables,
            one.preview,
            unpack_json(one.details or b""),
        ]
    )
    for private in ("Jayden", "943 476", "2012", "04/03"):
        assert private not in whole
    assert "10 to 15" in whole


def test_a_list_is_erased_when_it_is_cancelled_and_when_its_day_is_over(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    first, second = (staged(made, book(*lines(made, ref)), tmp_path) for ref in ("1", "2"))
    operations.erase(first)
    db.session.commit()
    assert queries.staged_of(made.officer.id, [made.root.path]) == [second]
    second.expires_at = now()
    db.session.commit()
    assert queries.find_staged(second.id, made.officer.id, [made.root.path]) is None
    assert operations.sweep_staged() == 1
    assert count(StagedList) == 0


def test_what_somebody_else_loaded_meanwhile_is_said_before_anything_is_loaded(
    either_app: Flask, tmp_path: Path
) -> None:
    made = make.authority()
    one = staged(made, book(*lines(made, "1", "2")), tmp_path, day=LATER)
    loaded(made, book(*lines(made, "1")), "colleague.xlsx")
    assert yes(one, made) is None
    assert count(CaseList) == 1
    assert "The list “colleague.xlsx”, taken on 1 June 2026, was loaded" in one.changed[0]
    assert (one.preview or {})["difference"]["new"] == 1
    kept = yes(one, made)
    assert kept is not None
    assert kept.summary["difference"]["new"] == 1


def test_a_team_that_was_named_meanwhile_is_said_too(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    first = loaded(made, book(line_6("1", Allocated_Team="Hub")))
    one = staged(made, book(line_6("2", Allocated_Team="Hub")), tmp_path, day=LATER)
    assert (one.preview or {})["unknown_teams"] == [["Hub", 1]]
    naming.name_teams(first, {"hub": made.teams[1]}, by=made.officer.id)
    db.session.commit()
    assert yes(one, made) is None
    assert one.changed == ["Somebody changed a unit, or said which unit a team name means."]
    assert (one.preview or {})["read"] == 1


def test_a_yes_to_an_older_preview_is_not_a_yes_to_this_one(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    one = staged(made, book(*lines(made, "1")), tmp_path)
    version = one.version_id
    operations.read_again(one, Way(), version)
    db.session.commit()
    with pytest.raises(Stale):
        operations.confirm(one, version, by=made.officer.id)
    db.session.rollback()
    assert count(CaseList) == 0


def test_loading_that_is_cancelled_half_way_leaves_nothing(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    one = staged(made, generated(made, size=1200), tmp_path)

    def why() -> type[Cancelled] | None:
        return Cancelled if progress.position.doing == "cases loaded" else None

    progress = Progress(why_to_end=why, clock=iter(range(10_000)).__next__)
    with pytest.raises(Cancelled):
        operations.confirm(one, one.version_id, by=made.officer.id, progress=progress)
    db.session.rollback()
    assert (count(CaseList), count(CaseRecord), count(StagedList)) == (0, 0, 1)
    kept = yes(one, made)
    assert kept is not None
    assert count(CaseRecord) == 1200


def test_the_same_file_read_in_the_same_way_changes_nothing(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    content = book(*lines(made, "1", "2"))
    first = yes(staged(made, content, tmp_path), made)
    again = staged(made, content, tmp_path, "renamed.xlsx")
    assert first is not None
    assert (again.preview or {})["present"] == first.id
    entries = count(Entry)
    kept, is_new = operations.confirm(again, again.version_id, by=made.officer.id)
    db.session.commit()
    assert (kept, is_new, count(CaseList), count(Entry)) == (first, False, 1, entries)


def test_columns_that_nobody_knows_are_asked_once_and_then_remembered(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    content = ours(made, "00123;CIN;TEAM;Worker A11;F7;Yes;No;Jayden", "00124;CP;TEAM;Worker A12;F7;;yes;Priya")
    one = staged(made, content, tmp_path, "June.csv")
    assert one.preview is None
    (table,) = one.tables
    assert [column["heading"] for column in table["columns"] if column["kind"]] == ["Child forename"]
    way = Way(table["sheet"], MEANS, "Our report")
    operations.remember(made.root, "Our report", way, [c["heading"] for c in table["columns"]], by=made.officer.id)
    operations.read_again(one, way, one.version_id)
    kept = yes(one, made)
    assert kept is not None
    found = {case.reference: case.attributes for case in db.session.execute(select(CaseRecord)).scalars()}
    assert found == {
        "00123": {"family": "F7", "complaint": "yes"},
        "00124": {"family": "F7", "legal_hold": "yes"},
    }
    july = staged(made, ours(made, "00125;CIN;TEAM;Worker A11;;;;Kofi"), tmp_path, "July.csv", LATER)
    assert (july.preview or {})["read"] == 1
    assert (july.way or {})["name"] == "Our report"


def test_a_column_that_is_new_in_a_later_list_is_pointed_out(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    one = staged(made, ours(made, "1;CIN;TEAM;W;;;;A"), tmp_path, "June.csv")
    headings = [column["heading"] for column in one.tables[0]["columns"]]
    operations.remember(made.root, "Our report", Way("list", MEANS), headings, by=made.officer.id)
    db.session.commit()
    more = ours(made, "1;CIN;TEAM;W;;;;A;North").replace(b"Child forename\n", b"Child forename;Area\n")
    july = staged(made, more, tmp_path, "July.csv", LATER)
    assert (july.way or {})["added"] == ["Area"]
    assert (july.preview or {})["read"] == 1


def test_what_one_authority_remembers_is_nothing_to_another(either_app: Flask, tmp_path: Path) -> None:
    made, other = make.authority(), make.authority()
    operations.remember(other.root, "Their report", Way("list", MEANS), ["Ref No"], by=other.officer.id)
    db.session.commit()
    assert staged(made, ours(made, "1;CIN;TEAM;W;;;;A"), tmp_path, "June.csv").preview is None


def test_another_meaning_of_the_same_file_is_another_list(either_app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    content = book(*lines(made, "1"))
    first = yes(staged(made, content, tmp_path), made)
    one = staged(made, content, tmp_path)
    said = Mapping((("Child Unique ID", "reference"), ("Case status", "category"), ("Allocated Team", "team")))
    operations.read_again(one, Way("List_6", said, "Short"), one.version_id)
    assert (one.preview or {})["present"] is None
    second = yes(one, made)
    assert first is not None
    assert second is not None
    assert second.id != first.id


def test_naming_columns_is_history(either_app: Flask) -> None:
    made = make.authority()
    operations.remember(made.root, "Our report", Way("list", MEANS), ["Ref No"], by=made.officer.id)
    db.session.commit()
    kinds = db.session.execute(select(Entry.kind)).scalars().all()
    assert "case_list.columns_named" in kinds


def test_a_file_without_any_table_is_refused(app: Flask, tmp_path: Path) -> None:
    made = make.authority()
    with pytest.raises(Refused, match="no table with a row of headings"):
        staged(made, b"hello\n", tmp_path, "a.csv")


def test_a_file_that_waits_for_the_worker_is_private_and_gone_once_it_was_read(tmp_path: Path) -> None:
    with (tmp_path / "list.csv").open("w+b") as source:
        source.write(b"1,2,3")
        source.seek(0)
        name = taking.put_aside(source, tmp_path)
    file = tmp_path / taking.UPLOADS / name
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    with taking.put_aside_before(name, tmp_path) as found:
        assert found.read_bytes() == b"1,2,3"
    assert not file.exists()
    with pytest.raises(Refused, match="deleted as soon as it was read"), taking.put_aside_before(name, tmp_path):
        pass


def test_files_that_no_worker_came_for_are_swept(tmp_path: Path) -> None:
    with (tmp_path / "list.csv").open("w+b") as source:
        old, young = (taking.put_aside(source, tmp_path) for _ in range(2))
    folder = tmp_path / taking.UPLOADS
    os.utime(folder / old, (0, 0))
    assert taking.sweep_uploads(tmp_path) == 1
    assert [file.name for file in folder.iterdir()] == [young]
