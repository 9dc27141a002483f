"""Pairs of judgements as rows: the very pairs that the figures count."""

import datetime as dt

from hypothesis import given, settings

from audit_app.measures.pairings import PAIRINGS, pair_figures
from audit_app.reporting.contents.pairs import (
    HEADER,
    MEANINGS,
    PAIRING,
    Particulars,
    about_pairs,
    pair_rows,
    pairs_table,
)
from audit_app.reporting.words import Cell
from tests.measures.stories import Event, Story, opinion, populations
from tests.reporting.papers import MOMENT

NAMES = {"plans": "Plans and reviews", "voice": "Voice", "overall": "Overall judgement"}


def rows_of(stories: list[Story], *, every: bool = False, blind: frozenset[str] = frozenset()) -> list[dict[str, Cell]]:
    """The pairs of some audits, each row by its headings."""
    audits = [story.counted for story in stories]
    about = {one.id: Particulars(f"C{one.id}", "Court", "Case file audit, version 1", NAMES, blind) for one in audits}
    words = {"random": "Random draw"}
    rows = pair_rows(audits, about, lambda route: words.get(route, "Another route"), every=every)
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


def test_a_pair_says_who_gave_which_grade_and_how_far_apart_they_are() -> None:
    events = (
        Event("hand in", "auditor", {"overall": "outstanding", "voice": "good"}),
        Event("settle", "senior", {"overall": "requires_improvement", "voice": "good"}),
    )
    found = rows_of([Story(1, events, (opinion("senior", done=True, chance=0.25),))], blind=frozenset({"senior"}))
    assert found == [
        {
            "Case reference": "C1",
            "Month": dt.date(2026, 6, 1),
            "Team": "Court",
            "Tool": "Case file audit, version 1",
            "Section": "Overall judgement",
            "Pairing": "Auditor – senior moderator",
            "Earlier grade": "Outstanding",
            "Later grade": "Requires_Improvement",
            "Difference in steps": 2,
            "Route": "Random draw",
            "Chance of being drawn": 0.25,
            "Blind": "Yes",
        }
    ]


def test_what_stood_internally_is_a_pairing_of_its_own() -> None:
    events = (
        Event("hand in", "auditor", {"overall": "good"}),
        Event("settle", "senior", {"overall": "inadequate"}),
        Event("settle", "external", {"overall": "inadequate"}),
    )
    drawn = (opinion("senior", done=True, route="by_hand"), opinion("external", done=True))
    found = rows_of([Story(1, events, drawn)])
    assert [(row["Pairing"], row["Difference in steps"], row["Route"]) for row in found] == [
        ("Auditor – senior moderator", 2, "Another route"),
        ("What stood internally – external auditor", 0, "Random draw"),
        ("Auditor – external auditor", 2, "Random draw"),
    ]
    assert [row["Chance of being drawn"] for row in found] == [None, 0.5, 0.5]


def test_a_section_that_one_of_the_two_marked_not_applicable_makes_no_pair() -> None:
    events = (
        Event("hand in", "auditor", {"overall": "good", "voice": None}),
        Event("settle", "senior", {"overall": "good", "voice": "good"}),
    )
    found = rows_of([Story(1, events, (opinion("senior", done=True),))], every=True)
    assert [row["Section"] for row in found] == ["Overall judgement"]


@settings(max_examples=150, deadline=None)
@given(populations(30))
def test_the_rows_are_the_pairs_that_the_figures_count(stories: list[Story]) -> None:
    audits = [story.counted for story in stories]
    for every in (False, True):
        found = rows_of(stories, every=every)
        for earlier, later in PAIRINGS:
            for random in (True, False):
                figure = pair_figures(audits, earlier, later, every_section=every, random=random)
                mine = [
                    int(str(row["Difference in steps"]))
                    for row in found
                    if row["Pairing"] == PAIRING[(earlier, later)] and (row["Route"] == "Random draw") == random
                ]
                assert len(mine) == figure.exact.total
                assert mine.count(0) == figure.exact.count
                assert sum(step > 0 for step in mine) == figure.over.count
                assert sum(step < 0 for step in mine) == figure.under.count


def test_every_column_has_a_meaning_and_none_without_a_column() -> None:
    assert tuple(column.name for column in pairs_table(()).columns) == tuple(name for name, _ in MEANINGS)
    assert all(len(meaning) > 20 for _, meaning in MEANINGS)


def test_a_workbook_of_pairs_says_what_was_chosen_and_what_is_left_out() -> None:
    said = dict(about_pairs([("Unit", "Court")], council="Northmere", produced_at=MOMENT, count=1, held_blind=2))
    assert said["What"] == "Pairs of judgements: 1 pair"
    assert said["Unit"] == "Court"
    assert said["Left out"] == "2 audits that you judge blind just now are not in it."
    assert "Left out" not in dict(about_pairs([], council="Northmere", produced_at=MOMENT, count=1, held_blind=0))
