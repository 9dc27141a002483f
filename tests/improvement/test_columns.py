"""The columns of a file of readings are guessed by their headings; what may name a child is emptied."""

from audit_app.cases.mapping import Mapping, guess_mapping
from audit_app.cases.workbook import Row, Sheet
from audit_app.improvement.columns import NO_POSITION, READINGS, fault_of, kept_of


def test_councils_own_headings_are_guessed() -> None:
    headings = ("KPI Ref", "Period", "Locality", "Actual", "Numerator", "Denominator", "Commentary")
    assert dict(guess_mapping(headings, READINGS).columns) == dict(
        zip(headings, ("indicator", "day", "row", "figure", "count", "total", "words"), strict=True)
    )


def test_a_file_must_say_where_an_indicator_stands() -> None:
    assert fault_of(Mapping((("Ref", "indicator"), ("Month", "day")))) == NO_POSITION
    assert fault_of(Mapping((("Ref", "indicator"), ("Month", "day"), ("Actual", "figure")))) == ""


def test_columns_that_may_name_a_child_are_emptied_and_what_is_ours_is_kept() -> None:
    words = "Most plans were written in time, and those that were not waited for a health assessment."
    rows = [Row(2, ("Ref", "Month", "Actual", "Child", "Commentary"))]
    rows += [Row(n, ("1.1", "August 2026", 80.0, "Somebody", words)) for n in range(3, 7)]
    kept = kept_of(Sheet("Report", (Row(1, ("Report",)), *rows)))
    assert dict(kept.emptied) == {3: "name"}
    assert [row.cells for row in kept.rows][1] == ("1.1", "August 2026", 80.0, None, words)
    assert kept_of(Sheet("Notes", (Row(1, ("Only this",)),))).rows == ()
