"""Two populations side by side."""

from audit_app.measures.comparing import compared, refusal_to_compare, verdict
from audit_app.measures.from_cells import Totals
from audit_app.measures.sums import sums_of
from tests.measures.stories import LEVELS, OVERALL, Event, Story


def audits(first: int, good: int, of: int) -> Totals:
    """Audits graded good or requires improvement, numbered from one on."""
    grades = [LEVELS[2]] * good + [LEVELS[1]] * (of - good)
    stories = [
        Story(first + at, (Event("hand in", "auditor", {OVERALL: grade}),), ()) for at, grade in enumerate(grades)
    ]
    return sums_of(one.counted for one in stories).totals


def test_sets_that_share_an_audit_are_refused_with_how_many() -> None:
    refusal = refusal_to_compare(3)
    assert refusal is not None
    assert "3 audits are in both" in refusal.reason
    assert refusal_to_compare(0) is None


def test_a_difference_beyond_chance_is_told_from_one_within_it() -> None:
    far, near = (compared(audits(1, 36, 40), audits(101, good, 40))[0] for good in (10, 34))
    assert far.said.startswith("65.0 points higher, likely between +")
    assert far.said.endswith("more than chance would make it")
    assert near.said.endswith("chance alone could make it")


def test_too_few_and_nothing_are_said_and_not_reckoned() -> None:
    rows = compared(audits(1, 2, 4), audits(11, 3, 4))
    assert rows[0].said == "Too few to compare"
    assert next(row for row in rows if row.first.key == "exact_senior").said == "Nothing to compare"
    assert verdict(rows, "One", "other") == "One beside other: too few are counted to compare any figure."


def test_the_verdict_counts_what_differs_by_more_than_chance() -> None:
    far, alike = compared(audits(1, 36, 40), audits(101, 10, 40)), compared(audits(1, 20, 40), audits(101, 20, 40))
    assert "2 of 4 figures differ by more than chance" in verdict(far, "This year", "last year")
    assert "no figure differs by more than chance" in verdict(alike, "This year", "last year")


def test_the_difference_agrees_with_the_shares_beside_it() -> None:
    row = compared(audits(1, 217, 290), audits(401, 202, 299))[0]
    assert row.shown == ("74.83% (217 of 290)", "67.56% (202 of 299)")
    assert row.said.startswith("7.27 points higher")
    none = next(row for row in compared(audits(1, 2, 4), audits(11, 3, 4)) if row.first.key == "exact_senior")
    assert none.shown == ("None yet", "None yet")
