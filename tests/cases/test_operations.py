"""Loading case lists and naming their teams, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from audit_app.cases import operations, queries
from audit_app.cases.container import Unreadable
from audit_app.cases.model import CaseList, CaseListEntry, CaseRecord, ProblemRow, TeamName
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.organisation import operations as organisation
from audit_app.refusal import Refused
from tests.cases.books import HOSTILE, LIST_6, line_6, xlsx
from tests.cases.loading import DAY, book, generated, lines, loaded, taken
from tests.make import authority

LATER = DAY + timedelta(days=30)


def count(table: type) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def record_of(reference: str) -> CaseRecord:
    return db.session.execute(select(CaseRecord).filter_by(reference=reference)).scalar_one()


def test_a_generated_list_of_1500_rows_is_loaded_whole(either_app: Flask) -> None:
    made = authority()
    kept = loaded(made, generated(made, size=1500))
    assert (kept.read, kept.held, kept.refused) == (1500, 0, 0)
    assert count(CaseRecord) == count(CaseListEntry) == 1500
    assert count(ProblemRow) == 0
    assert {record.unit_id for record in db.session.execute(select(CaseRecord)).scalars()} == {t.id for t in made.teams}
    assert kept.summary["difference"] is None


def test_a_dirty_list_says_of_every_row_what_became_of_it(either_app: Flask) -> None:
    made = authority()
    kept = loaded(made, generated(made, dirty=True))
    frame = sum(sheet["rows"] for sheet in kept.summary["recognised"] if sheet["number"] in (6, 9))
    assert kept.read + kept.held + kept.refused + kept.summary["joined"] == frame
    assert kept.held > 0
    assert kept.refused > 0
    assert count(CaseListEntry) == kept.read


def test_the_very_same_file_twice_is_one_list_and_changes_nothing(either_app: Flask) -> None:
    made = authority()
    content = generated(made, size=30)
    first = loaded(made, content)
    entries = len(entries_of(f"case_list:{first.id}"))
    again, is_new = operations.load(taken(content, "another name.xlsx"), made.root, by=made.officer.id)
    db.session.commit()
    assert (again.id, is_new) == (first.id, False)
    assert count(CaseList) == 1
    assert count(CaseListEntry) == 30
    assert len(entries_of(f"case_list:{first.id}")) == entries


def test_a_reference_stays_text_with_its_zeros(either_app: Flask) -> None:
    made = authority()
    loaded(made, book(*lines(made, "00123", "A-7")))
    assert sorted(db.session.execute(select(CaseRecord.reference)).scalars()) == ["00123", "A-7"]


def test_no_date_of_birth_and_no_name_is_kept(either_app: Flask) -> None:
    made = authority()
    team = made.teams[0].name
    headings = (*LIST_6, "Child Forename")
    line = (*line_6("1", Allocated_Team=team, Date_of_Birth=date(2015, 3, 2)), "Someone")
    kept = loaded(made, xlsx(headings, line))
    record = record_of("1")
    assert record.attributes == {"age_band": "10_to_15"}
    assert {one["kind"] for one in kept.summary["left_out"]} >= {"name", "date_of_birth"}
    assert "Someone" not in str(kept.summary)


def test_a_second_list_changes_cases_and_says_what_is_different(either_app: Flask) -> None:
    made = authority()
    first = loaded(made, book(*lines(made, "1", "2", "3", "4")))
    second = loaded(
        made,
        book(
            *lines(made, "1"),
            line_6("2", Allocated_Team=made.teams[1].name),
            line_6("3", Allocated_Team=made.teams[0].name, Case_status="e) Closed episode"),
            *lines(made, "5"),
        ),
        day=LATER,
    )
    difference = second.summary["difference"]
    assert difference["list"] == first.id
    assert {k: difference[k] for k in ("new", "changed", "closed", "gone", "unchanged")} == {
        "new": 1, "changed": 1, "closed": 1, "gone": 1, "unchanged": 1,
    }  # fmt: skip
    assert difference["kinds"] == {"Team": 1}
    assert record_of("2").unit_id == made.teams[1].id
    assert record_of("3").closed
    assert record_of("4").last_list_id == first.id
    assert record_of("1").last_list_id == second.id
    assert {case.reference: case.unit_id for case in queries.placed_on(first.id)}["2"] == made.teams[0].id


def test_a_list_that_was_taken_earlier_does_not_overwrite_a_later_one(either_app: Flask) -> None:
    made = authority()
    later = loaded(made, book(*lines(made, "1", team=1)), day=LATER)
    earlier = loaded(made, book(*lines(made, "1", team=0), *lines(made, "2")))
    assert record_of("1").unit_id == made.teams[1].id
    assert record_of("1").last_list_id == later.id
    assert record_of("2").last_list_id == earlier.id
    assert earlier.read == 2
    assert earlier.summary["difference"] is None


def test_a_case_that_did_not_change_keeps_its_version(either_app: Flask) -> None:
    made = authority()
    loaded(made, book(*lines(made, "1", "2")))
    version = record_of("1").version_id
    loaded(made, book(*lines(made, "1"), *lines(made, "2", team=1)), day=LATER)
    assert record_of("1").version_id == version
    assert record_of("2").version_id == version + 1


def test_rows_of_an_unknown_team_are_held_until_it_is_named(either_app: Flask) -> None:
    made = authority()
    kept = loaded(
        made, book(*lines(made, "1"), line_6("2", Allocated_Team="North Hub"), line_6("3", Allocated_Team="NORTH  hub"))
    )
    assert (kept.read, kept.held) == (1, 2)
    held = queries.held_of(kept)
    assert {row.value for row in held} == {"North Hub", "NORTH hub"}
    assert {row.column for row in held} == {"Allocated Team"}
    assert operations.name_teams(kept, {"north hub": made.teams[2]}, by=made.officer.id) == (2, 0)
    db.session.commit()
    assert (kept.read, kept.held) == (3, 0)
    assert record_of("2").unit_id == record_of("3").unit_id == made.teams[2].id
    assert all(
        row.settled_at is not None and row.known == {} for row in db.session.execute(select(ProblemRow)).scalars()
    )


def test_a_team_name_is_remembered_for_the_next_list(either_app: Flask) -> None:
    made = authority()
    first = loaded(made, book(line_6("1", Allocated_Team="North Hub")))
    operations.name_teams(first, {"north hub": made.teams[2]}, by=made.officer.id)
    second = loaded(
        made, book(line_6("1", Allocated_Team=" north hub"), line_6("2", Allocated_Team="North Hub")), day=LATER
    )
    assert (second.read, second.held) == (2, 0)
    assert second.summary["difference"]["unchanged"] == 1


def test_a_team_that_was_named_wrongly_is_set_right(either_app: Flask) -> None:
    made = authority()
    first = loaded(made, book(line_6("1", Allocated_Team="North Hub")))
    operations.name_teams(first, {"north hub": made.teams[2]}, by=made.officer.id)
    second = loaded(made, book(line_6("1", Allocated_Team="North Hub"), *lines(made, "9")), day=LATER)
    assert operations.name_teams(second, {"north hub": made.teams[0]}, by=made.officer.id) == (0, 1)
    db.session.commit()
    assert record_of("1").unit_id == made.teams[0].id
    assert second.summary["difference"]["kinds"] == {"Team": 1}
    assert db.session.execute(select(TeamName.unit_id)).scalars().all() == [made.teams[0].id]
    assert queries.placed_on(first.id)[0].unit_id == made.teams[2].id


def test_naming_the_teams_of_an_old_list_leaves_later_lists_alone(either_app: Flask) -> None:
    made = authority()
    old = loaded(made, book(line_6("1", Allocated_Team="Hub"), line_6("2", Allocated_Team="Hub")))
    loaded(made, book(*lines(made, "1", team=1)), day=LATER)
    operations.name_teams(old, {"hub": made.teams[3]}, by=made.officer.id)
    db.session.commit()
    assert record_of("1").unit_id == made.teams[1].id
    assert record_of("2").unit_id == made.teams[3].id
    assert len(queries.placed_on(old.id)) == 2


def test_rows_without_a_team_are_settled_for_this_list_only(either_app: Flask) -> None:
    made = authority()
    kept = loaded(made, book(line_6("1", Allocated_Team=None), *lines(made, "2")))
    assert (kept.read, kept.held) == (1, 1)
    assert operations.name_teams(kept, {"": made.teams[0]}, by=made.officer.id) == (1, 0)
    assert count(TeamName) == 0
    assert (kept.read, kept.held) == (2, 0)


def test_a_row_that_lacks_more_than_its_team_stays_held(either_app: Flask) -> None:
    made = authority()
    kept = loaded(
        made,
        book(line_6("1", Allocated_Team="Hub", Case_status=None), line_6("2", Allocated_Team=None, Case_status=None)),
    )
    assert (kept.read, kept.held) == (0, 2)
    assert count(ProblemRow) == 4
    assert operations.name_teams(kept, {"hub": made.teams[0], "": made.teams[0]}, by=made.officer.id) == (0, 0)
    assert kept.held == 2


def test_a_case_that_is_held_is_not_gone(either_app: Flask) -> None:
    made = authority()
    loaded(made, book(*lines(made, "1", "2")))
    second = loaded(made, book(*lines(made, "1"), line_6("2", Allocated_Team="Hub")), day=LATER)
    assert second.summary["difference"]["gone"] == 0
    assert record_of("2").unit_id == made.teams[0].id


def test_a_name_that_two_units_share_is_not_guessed(either_app: Flask) -> None:
    made = authority()
    for service in made.services:
        organisation.add("Duty", "team", service, by=None)
    kept = loaded(made, book(line_6("1", Allocated_Team="Duty")))
    assert (kept.read, kept.held) == (0, 1)


def test_a_closed_unit_gets_no_cases(either_app: Flask) -> None:
    made = authority()
    made.teams[3].active = False
    kept = loaded(made, book(*lines(made, "1", team=3)))
    assert (kept.read, kept.held) == (0, 1)
    with pytest.raises(Refused, match="open"):
        operations.name_teams(kept, {made.teams[3].name.lower(): made.teams[3]}, by=made.officer.id)


def test_a_team_of_another_authority_is_refused(either_app: Flask) -> None:
    made = authority()
    other = organisation.add("Southmere", "authority", None, by=None)
    team = organisation.add("Far team", "team", organisation.add("Far", "service", other, by=None), by=None)
    kept = loaded(made, book(line_6("1", Allocated_Team="Hub")))
    with pytest.raises(Refused, match="of this authority"):
        operations.name_teams(kept, {"hub": team}, by=made.officer.id)


def test_two_authorities_may_use_the_same_references(either_app: Flask) -> None:
    made, other = authority(), authority()
    content = book(*lines(made, "1"))
    loaded(made, content)
    loaded(other, content)
    assert count(CaseRecord) == count(CaseList) == 2


def test_a_child_of_both_lists_is_one_case_with_a_care_leavers_mark(either_app: Flask) -> None:
    made = authority()
    read = taken(generated(made, size=400)).read
    assert read.joined > 0
    kept = loaded(made, generated(made, size=400))
    assert kept.summary["joined"] == read.joined
    both = [row for row in read.rows if row.care_leaver and row.category == "closed"]
    assert record_of(both[0].reference).attributes["care_leaver"] == "yes"


def test_a_list_so_sparse_that_every_row_is_held_is_loaded(either_app: Flask) -> None:
    made = authority()
    kept = loaded(made, xlsx(LIST_6, *((number,) for number in range(1, 8))))
    assert (kept.read, kept.held, kept.refused) == (0, 7, 0)
    assert [(why.column, why.rows) for why in queries.reasons_of(kept, "held")] == [
        ("Allocated Team", 7),
        ("Case status", 7),
    ]
    assert "Every row is held" in kept.summary["notes"][0]


def test_loading_and_naming_are_history(either_app: Flask) -> None:
    made = authority()
    kept = loaded(made, book(line_6("1", Allocated_Team="Hub")))
    operations.name_teams(kept, {"hub": made.teams[0]}, by=made.officer.id)
    db.session.commit()
    named, first = entries_of(f"case_list:{kept.id}")
    assert (first.kind, first.actor_id) == ("case_list.loaded", made.officer.id)
    assert first.body is not None
    assert first.body["held"] == 1
    assert named.kind == "case_list.teams_named"
    assert named.body == {"teams": {"hub": made.teams[0].id}, "settled": 1, "moved": 0}


def test_a_list_that_fails_half_way_leaves_nothing(either_app: Flask) -> None:
    made = authority()
    ready = taken(book(*lines(made, "1", "2")))
    first, second = ready.read.rows
    broken = replace(ready, read=replace(ready.read, rows=(first, replace(second, reference=""))))
    with pytest.raises(IntegrityError, match="referenced"):
        operations.load(broken, made.root, by=made.officer.id)
    db.session.rollback()
    assert count(CaseList) == count(CaseRecord) == count(CaseListEntry) == 0


@pytest.mark.parametrize("case", ["billion laughs", "a password", "truncated", "an empty file", "two far cells"])
def test_a_hostile_file_is_refused_before_the_database_is_asked(case: str, app: Flask) -> None:
    name, content, reason = HOSTILE[case]
    with pytest.raises(Unreadable) as refused:
        taken(content(), name)
    assert reason.lower() in refused.value.reason.lower()
    assert count(CaseList) == 0


def test_a_workbook_without_any_case_is_refused_with_the_reason(app: Flask) -> None:
    with pytest.raises(Refused, match="no list 6"):
        taken(xlsx(("A", "B"), (1, 2), name="Sheet1"))
    with pytest.raises(Refused, match="no cases"):
        taken(book())


def test_the_name_of_a_file_is_kept_without_its_folders(app: Flask) -> None:
    made = authority()
    assert taken(book(*lines(made, "1")), "C:\\Lists\\June\u0007 2026.xlsx").filename == "June 2026.xlsx"
    assert taken(book(*lines(made, "1")), "../../etc/list.xlsx").filename == "list.xlsx"


def test_the_file_is_not_there_any_more_once_it_is_read(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = authority()
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    taken(book(*lines(made, "1")))
    assert list(folder.iterdir()) == []
