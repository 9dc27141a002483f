"""A briefing says nothing that could tell of somebody: small numbers, few audits, few auditors."""

import datetime as dt
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from audit_app.feedback.themes import Heard, heard, themes
from audit_app.learning.briefing import (
    FEW_THEMES,
    TOO_FEW,
    Contents,
    Counts,
    Themes,
    Words,
    contents_of,
    from_data,
    themes_of,
)
from audit_app.learning.lessons import Opinion
from tests.learning.lessons import judged, many, opinion

JUNE, JULY = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
WORDS = Words("Say what came of it.", "More telling than weighing.", "Short and exact.", "- Ask why.\n\n• Read on.")


def of(*opinions: Opinion, auditors: int = 5) -> Contents:
    return contents_of("Service One", JUNE, JULY, WORDS, opinions, auditors)


def test_few_audits_or_few_auditors_give_no_figure_at_all() -> None:
    for found in (of(), of(*many(2, 5)), of(*many(8, 30), auditors=2)):
        assert found.figures == TOO_FEW
        assert found.reasons == found.sections == Counts()


def test_a_change_that_few_judgements_saw_is_not_counted() -> None:
    assert of(*many(3, 30)).figures == (
        "Moderators looked at 30 judgements in 30 audits and changed very few of them: "
        "the number is too small to publish."
    )
    assert "nearly all" in of(*many(28, 30)).figures
    assert of(*many(0, 30)).figures == "Moderators looked at 30 judgements in 30 audits and changed none of them."


def test_numbers_are_published_the_most_frequent_first() -> None:
    found = of(*many(8, 20, "plan", "Misread"), *many(12, 20, "voice", "Impact", first=100))
    assert found.figures == "Moderators looked at 40 judgements in 40 audits, and changed 20 of them."
    assert found.reasons == Counts((("Impact", 12), ("Misread", 8)))
    assert found.sections == Counts((("Voice", 12), ("Plan", 8)))
    assert found.reasons.beside == ""


def test_a_small_number_is_named_without_it_and_hides_the_next_that_would_give_it_away() -> None:
    found = of(
        *many(9, 20, "plan", "Misread"), *many(2, 20, "voice", "Impact", first=100), *many(30, 30, "risk", first=200)
    )
    assert found.sections.shown == (("Risk", 30),), "41 less 30 is 11: nine would tell of two"
    assert found.sections.hidden == ("Plan", "Voice")
    assert found.sections.beside.startswith("Besides: plan; voice. Numbers from 1 to 5")


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_no_shown_number_is_small_and_none_that_is_hidden_can_be_worked_out(rows: list[tuple[int, int]]) -> None:
    opinions = [
        opinion(100 * place + n, judged(f"s{place}", later="weak" if n < changed else "good"))
        for place, (changed, agreed) in enumerate(rows)
        for n in range(changed + agreed)
    ]
    found = of(*opinions)
    assert all(count > 5 for _, count in found.sections.shown)
    if found.sections.hidden:
        left = sum(changed for changed, _ in rows) - sum(count for _, count in found.sections.shown)
        assert left - (len(found.sections.hidden) - 1) > 5 or not found.sections.shown


def test_what_is_kept_reads_the_same_again_and_has_the_same_mark() -> None:
    found = of(*many(9, 20, "plan"), *many(2, 20, "voice", first=100), *many(30, 30, "risk", first=200))
    again = from_data(json.loads(json.dumps(found.as_data())))
    assert again == found
    assert again.digest == found.digest
    assert contents_of("Service One", JUNE, JULY, Words("Else"), (), 5).digest != found.digest


def test_points_are_lines_and_months_a_span() -> None:
    assert of().points == ("Ask why.", "Read on.")
    assert of().period == "June 2026 to July 2026"
    assert Words("Only this").missing == (
        "What moderators changed most often, and why",
        "What good evidence looked like",
        "What to do differently",
    )


def came_up(**counts: int) -> tuple[Heard, ...]:
    return heard(((n, {"family": [key]}) for key, many in counts.items() for n in range(many)), themes())


def test_themes_are_counted_by_audits_and_small_numbers_are_left_out() -> None:
    found = themes_of(came_up(drift=9, relationship=12, identity=5, fathers=1), 12, 4)
    assert found.said.startswith("In 12 audits the child, the family")
    assert found.audits.shown == (("A steady relationship", 12), ("Drift and delay", 9))
    assert found.audits.hidden == ("Fathers and others who matter", "Identity, culture and disability")


def test_themes_of_few_audits_or_of_few_people_have_no_number() -> None:
    assert themes_of(came_up(drift=5), 5, 5) == themes_of(came_up(drift=30), 30, 2) == Themes(FEW_THEMES)
    assert themes_of((), 0, 0).said == "No themes are chosen for audits of these months."


def test_a_briefing_from_before_themes_reads_as_it_was_and_keeps_its_mark() -> None:
    before = of(*many(9, 20, "plan"))
    assert "themes" not in before.as_data()
    assert from_data(json.loads(json.dumps(before.as_data()))) == before
    after = replace(before, themes=themes_of(came_up(drift=9), 9, 3))
    again = from_data(json.loads(json.dumps(after.as_data())))
    assert again == after
    assert again.digest == after.digest != before.digest
