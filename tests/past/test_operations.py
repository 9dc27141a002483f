"""Importing past audits: all or nothing, once, remembered, and taken back whole."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.past import operations, queries
from audit_app.past.model import PastAudit, StagedPast
from audit_app.refusal import Refused, Stale
from tests import make
from tests.past.importing import imported, staged
from tests.past.sheets import grid, line, sheet


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


def staged_one(made: make.Authority, file_hash: str = "a hash") -> StagedPast:
    """A file with two audits, one of a team that nobody knows."""
    return staged(made, *lines_of(made), file_hash=file_hash)


def lines_of(made: make.Authority) -> tuple[tuple[object, ...], ...]:
    return line("1", team=made.teams[0].name), line("2", "April 2026", "RI", "I", team="Hub")


def rows() -> list[PastAudit]:
    return list(db.session.execute(select(PastAudit).order_by(PastAudit.id)).scalars())


def waiting() -> int:
    return db.session.execute(select(func.count()).select_from(StagedPast)).scalar_one()


def test_rows_become_past_audits_of_their_units_with_the_file_and_who_and_when(made: make.Authority) -> None:
    kept = imported(made, *lines_of(made))
    first, second = rows()
    assert (first.unit_id, second.unit_id) == (made.teams[0].id, made.root.id)
    assert (first.unit_path, second.unit_path) == (made.teams[0].path, made.root.path)
    assert (second.team, second.grade, second.stands) == ("Hub", "requires_improvement", "inadequate")
    assert (kept.file_hash, kept.rows, kept.imported_by) == ("a hash", 2, made.officer.id)
    assert kept.scale == made.tool.tool.scale
    assert waiting() == 0
    db.session.commit()
    (entry,) = entries_of(f"past_import:{kept.id}")
    assert (entry.kind, (entry.body or {})["rows"]) == ("past.imported", 2)


def test_the_same_file_twice_changes_nothing(made: make.Authority) -> None:
    kept = imported(made, *lines_of(made))
    one = staged_one(made)
    assert one.preview is not None
    assert one.preview["present"] == kept.id
    assert operations.confirm(one, one.version_id, by=made.officer.id) == (kept, False)
    assert len(rows()) == 2
    assert waiting() == 0


def test_a_later_file_brings_only_what_is_new(made: make.Authority) -> None:
    imported(made, line("1"), line("2"))
    kept = imported(made, line("1"), line("2"), line("3"), file_hash="another")
    assert kept.rows == 1
    assert [row.reference for row in rows()] == ["1", "2", "3"]


def test_what_the_columns_hold_is_remembered(made: make.Authority) -> None:
    imported(made, *lines_of(made))
    one = operations.stage(
        grid(sheet(line("9")), file_hash="next"), made.root, made.tool.tool.scale, by=made.officer.id
    )
    assert one.preview is not None
    assert one.way is not None
    assert one.way["name"] == "Tracker"


def test_words_for_grades_and_teams_are_remembered_for_the_authority(made: make.Authority) -> None:
    one = staged(made, line("1", grade="Goodish", team="Hub"))
    assert one.preview is not None
    assert (one.preview["rows"], one.preview["unknown_words"]) == (0, [["Goodish", 1]])
    operations.explain(one, {"Goodish": "good"}, {"Hub": made.teams[1]}, one.version_id, by=made.officer.id)
    assert one.preview["rows"] == 1
    again = staged(made, line("2", grade="GOODISH", team="hub"), file_hash="next")
    operations.confirm(again, again.version_id, by=made.officer.id)
    (row,) = rows()
    assert (row.grade, row.unit_id) == ("good", made.teams[1].id)


def test_what_a_word_was_said_to_mean_can_be_changed(made: make.Authority) -> None:
    one = staged(made, line("1", grade="Goodish"), line("2"))
    operations.explain(one, {"Goodish": "outstanding"}, {}, one.version_id, by=made.officer.id)
    assert one.preview is not None
    assert (one.preview["unknown_words"], one.preview["words"]) == ([], [["Goodish", 1]])
    operations.explain(one, {"Goodish": None}, {}, one.version_id, by=made.officer.id)
    assert one.preview["refused"] == 1


def test_a_level_that_the_scale_does_not_have_is_refused(made: make.Authority) -> None:
    one = staged(made, line(grade="Goodish"))
    with pytest.raises(Refused, match="level of the scale"):
        operations.explain(one, {"Goodish": "splendid"}, {}, one.version_id, by=made.officer.id)


def test_what_changed_since_the_preview_is_shown_before_anything_is_imported(made: make.Authority) -> None:
    one = staged(made, line("1"), line("2"))
    imported(made, line("1"), file_hash="another")
    assert operations.confirm(one, one.version_id, by=made.officer.id) == (None, False)
    assert one.preview is not None
    assert (one.preview["rows"], one.preview["known"]) == (1, 1)
    kept, _ = operations.confirm(one, one.version_id, by=made.officer.id)
    assert kept is not None
    assert kept.rows == 1


def test_a_yes_to_an_older_preview_is_stale(made: make.Authority) -> None:
    one = staged_one(made)
    with pytest.raises(Stale):
        operations.confirm(one, one.version_id - 1, by=made.officer.id)


def test_nothing_is_imported_from_a_file_without_a_row_that_can_be(made: make.Authority) -> None:
    one = staged(made, line(month="soon"))
    with pytest.raises(Refused, match="No row"):
        operations.confirm(one, one.version_id, by=made.officer.id)
    assert rows() == []


def test_an_import_is_taken_back_whole_and_its_file_may_come_again(made: make.Authority) -> None:
    kept = imported(made, *lines_of(made))
    other = imported(made, line("7"), file_hash="another")
    operations.take_back(kept, kept.version_id, by=made.officer.id)
    assert [row.import_id for row in rows()] == [other.id]
    assert (kept.taken_back_by, kept.rows) == (made.officer.id, 2)
    db.session.commit()
    assert entries_of(f"past_import:{kept.id}", limit=1)[0].kind == "past.taken_back"
    with pytest.raises(Refused, match="already"):
        operations.take_back(kept, kept.version_id, by=made.officer.id)
    assert imported(made, *lines_of(made)).id != kept.id


def test_a_preview_is_erased_after_a_day(made: make.Authority) -> None:
    one = staged_one(made)
    one.expires_at = now() - dt.timedelta(seconds=1)
    db.session.flush()
    assert queries.find_staged(one.id, made.officer.id, [made.root.path]) is None
    assert operations.sweep_staged() == 1
    assert waiting() == 0


def test_figures_count_what_stood_in_the_units_asked_for(made: make.Authority) -> None:
    imported(made, *lines_of(made))
    whole = queries.counted([made.root.path])
    assert [(one.month.month, one.grade, one.stands) for one in whole] == [
        (4, "requires_improvement", "inadequate"),
        (5, "good", "good"),
    ]
    assert [one.month.month for one in queries.counted([made.teams[0].path])] == [5]
    assert queries.counted([made.root.path], path=made.teams[1].path) == []
    assert [one.month.month for one in queries.counted([made.root.path], last=dt.date(2026, 4, 1))] == [4]
    assert queries.counted([]) == []
