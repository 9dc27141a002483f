"""Which grades changed, as evidence: what stood, what came in its place, and what may be told."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from audit_app.packs.grades import NOT_ASKED, Given, changes_in, changes_part, ledger_part, stands, told
from audit_app.reporting.document import Table, Text

START = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


def one(number: int, tier: str, phase: str, grade: str, **more: object) -> Given:
    """A grade given so many hours after the start."""
    at = START + dt.timedelta(hours=number)
    return Given(number, "Safety", tier, phase, grade, f"Person {tier}", at, **more)  # type: ignore[arg-type]


AUDITOR = one(1, "auditor", "submitted", "Good")


def test_an_agreement_changes_nothing() -> None:
    assert changes_in("1", [AUDITOR, one(2, "senior", "settled", "Good", decision="agree")]) == ()


def test_a_change_says_what_stood_before_and_who_changed_it_and_why() -> None:
    later = one(2, "senior", "settled", "Requires improvement", decision="override", reason="Evidence", words="Thin.")
    (change,) = changes_in("1", [AUDITOR, later])
    assert (change.before, change.given.grade, change.given.who) == ("Good", "Requires improvement", "Person senior")
    assert change.given.why == "Evidence: Thin."


def test_an_external_change_is_against_what_the_senior_settled() -> None:
    senior, external = one(2, "senior", "settled", "Inadequate"), one(3, "external", "settled", "Good")
    assert [one.before for one in changes_in("1", [AUDITOR, senior, external])] == ["Good", "Inadequate"]


def test_what_was_taken_back_before_is_not_what_stood() -> None:
    gone = one(
        2, "senior", "settled", "Inadequate", taken_back_at=START + dt.timedelta(hours=3), taken_back_because="Slip"
    )
    again = one(4, "senior", "settled", "Requires improvement")
    found = changes_in("1", [AUDITOR, gone, again])
    assert [change.before for change in found] == ["Good", "Good"]
    assert "Taken back 1 June 2026 at 1:00pm: Slip" in found[0].given.why
    assert stands([AUDITOR, gone]) == "Good"


def test_a_section_that_was_added_was_not_asked_before() -> None:
    assert changes_in("1", [one(2, "external", "settled", "Good")])[0].before == NOT_ASKED


def test_a_blind_grade_is_told_only_once_its_tier_has_settled_and_never_stands() -> None:
    blind, settled = one(2, "senior", "blind", "Inadequate"), one(3, "senior", "settled", "Good")
    assert told([AUDITOR, blind]) == (AUDITOR,)
    assert told([settled, blind, AUDITOR]) == (AUDITOR, blind, settled)
    assert stands([AUDITOR, blind]) == "Good"
    assert changes_in("1", [AUDITOR, blind, settled]) == ()


@given(st.lists(st.tuples(st.sampled_from(["senior", "external"]), st.sampled_from("ABC")), max_size=6))
def test_the_changes_lead_from_the_first_grade_to_the_one_that_stands(steps: list[tuple[str, str]]) -> None:
    order = sorted(steps, key=lambda step: step[0], reverse=True)  # a lower tier never judges after a higher one
    rows = [one(1, "auditor", "submitted", "A"), *(one(n, t, "settled", g) for n, (t, g) in enumerate(order, 2))]
    changes = changes_in("1", rows)
    last = changes[-1].given.grade if changes else "A"
    assert last == stands(rows)
    assert all(change.before != change.given.grade for change in changes)


def test_without_grades_the_evidence_says_so() -> None:
    assert isinstance(changes_part((), named=True), Text)
    assert isinstance(ledger_part(()), Text)
    table = changes_part(changes_in("0042", [one(2, "external", "settled", "Good")]), named=True)
    assert isinstance(table, Table)
    assert table.rows[0][0] == "0042"
