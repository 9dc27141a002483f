"""Figures of audits: each test names the line of measures.md that it proves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.auditing.earlier import Became
from audit_app.escalation.rules import Loop
from audit_app.measures import figures
from audit_app.measures.figures import Figure
from audit_app.measures.population import Round
from tests.measures import recount
from tests.measures.recount import Answer
from tests.measures.stories import LEVELS, Event, Story, opinion, populations


def audit(number: int, first: str | None, settled: str | None = None, **noted: bool | None) -> Story:
    """An audit with an overall grade as audited, and perhaps one that a senior moderator settled."""
    events = [Event("hand in", "auditor", {"overall": first})]
    if settled is not None:
        events.append(Event("settle", "senior", {"overall": settled}))
    drawn = (opinion("senior", done=True),) if settled is not None else ()
    return Story(number, tuple(events), drawn, **noted)  # type: ignore[arg-type]


def answer(figure: Figure) -> Answer:
    return figure.count, figure.total, figure.value, frozenset(figure.hits), frozenset(figure.counted)


@settings(max_examples=200, deadline=None)
@given(populations())
def test_shares_of_complete_counts_are_those_of_a_recount_by_hand(stories: list[Story]) -> None:
    audits = [story.counted for story in stories]
    for name in ("good_as_audited", "good_as_stands", "coverage", "on_time"):
        figure = getattr(figures, name)(audits)
        assert answer(figure) == getattr(recount, name)(stories)
        assert (figure.low, figure.high, figure.tentative) == (None, None, False)
        assert (figure.value is None) == bool(figure.why)
    involved = [story for story in stories if story.involved is not None]
    assert figures.practitioner_involved(audits).count == sum(bool(story.involved) for story in involved)
    assert figures.practitioner_involved(audits).total == len(involved)
    told = [story for story in stories if story.feedback is not None]
    assert answer(figures.feedback_obtained(audits))[:2] == (sum(bool(s.feedback) for s in told), len(told))


@settings(max_examples=200, deadline=None)
@given(populations())
def test_the_inflation_gap_is_that_of_a_recount_on_the_same_moderated_audits(stories: list[Story]) -> None:
    figure = figures.inflation_gap([story.counted for story in stories])
    number, gap = recount.inflation_gap(stories)
    assert figure.total == number
    assert figure.value == (pytest.approx(gap) if gap is not None else None)
    assert (figure.low is None) == (number < 10)
    assert figure.tentative == (0 < number < 10)


def test_good_or_better_as_audited_is_the_auditors_overall_as_first_handed_in() -> None:
    audits = [audit(1, "good", "inadequate"), audit(2, "inadequate", "good"), audit(3, "outstanding"), audit(4, None)]
    figure = figures.good_as_audited(one.counted for one in audits)
    assert (figure.count, figure.total, figure.hits, figure.counted) == (2, 3, (1, 3), (1, 2, 3))


def test_good_or_better_as_it_stands_takes_the_highest_tier() -> None:
    external = Event("settle", "external", {"overall": "good"})
    raised = Story(1, (*audit(1, "good", "inadequate").events, external), (opinion("external", done=True),))
    figure = figures.good_as_stands([raised.counted, audit(2, "good", "inadequate").counted])
    assert (figure.count, figure.total, figure.hits) == (1, 2, (1,))


def test_an_overall_grade_that_a_moderator_set_aside_as_not_applicable_leaves_the_denominator() -> None:
    without = (*audit(1, "good").events, Event("settle", "senior", {"overall": None}))
    audits = [Story(1, without, (opinion("senior", done=True),)).counted, audit(2, "good").counted]
    assert figures.good_as_stands(audits).total == 1
    assert figures.good_as_audited(audits).total == 2
    assert figures.inflation_gap(audits).value is None


def test_the_inflation_gap_takes_settled_grades_and_never_the_blind_ones() -> None:
    blind = Event("commit", "senior", {"overall": "inadequate"})
    events = [Event("hand in", "auditor", {"overall": "good"}), blind, Event("settle", "senior", {"overall": "good"})]
    settled = Story(1, tuple(events), (opinion("senior", done=True),))
    assert figures.inflation_gap([settled.counted]).value == 0


def test_the_inflation_gap_is_positive_where_auditors_graded_higher_and_leaves_the_unmoderated_out() -> None:
    audits = [audit(n, "good", "requires_improvement" if n <= 3 else "good").counted for n in range(1, 13)]
    figure = figures.inflation_gap([*audits, audit(99, "inadequate").counted])
    assert (figure.count, figure.total, figure.value) == (3, 12, 0.25)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 0.25 < figure.high
    assert 99 not in figure.counted


def test_coverage_counts_the_done_moderations_of_senior_managers_over_audits_handed_in() -> None:
    begun = Story(1, audit(1, "good").events, (opinion("senior", done=False),))
    by_hand = Story(2, audit(2, "good").events, (opinion("senior", done=True, route="by_hand"),))
    external = Story(3, audit(3, "good").events, (opinion("external", done=True),))
    figure = figures.coverage(one.counted for one in (begun, by_hand, external))
    assert (figure.count, figure.total, figure.hits) == (1, 3, (2,))
    assert figure.low is None


def test_seven_of_fifty_moderated_is_fourteen_per_cent() -> None:
    figure = figures.coverage(audit(n, "good", "good" if n <= 7 else None).counted for n in range(1, 51))
    assert (figure.count, figure.total, figure.value) == (7, 50, 0.14)


def test_completed_is_handed_in_of_allocated() -> None:
    figure = figures.completed(Round(4, 3, (1, 2, 3, 4), (1, 2, 4)))
    assert (figure.count, figure.total, figure.value, figure.hits, figure.counted) == (
        3, 4, 0.75, (1, 2, 4), (1, 2, 3, 4)
    )  # fmt: skip


def test_evidence_supports_is_counted_by_section_over_those_where_the_moderator_said() -> None:
    figure = figures.evidence_supports([(1, True), (1, True), (1, None), (2, False), (3, None), (4, True)])
    assert (figure.count, figure.total, figure.value, figure.audits) == (3, 4, 0.75, 3)
    assert (figure.hits, figure.counted) == ((1, 4), (1, 2, 4))
    assert figure.why == "moderators did not say on 2 more"
    assert figures.evidence_supports([(1, True)]).why == ""


def test_the_loop_is_closed_where_a_due_re_audit_found_every_concern_put_right() -> None:
    loops = [
        Loop(1, True, Became(2, 2, 0)),
        Loop(2, True, Became(2, 1, 1)),
        Loop(3, True, Became(1, 0, 0)),
        Loop(4, True, None),
        Loop(5, False, Became(1, 1, 0)),
        Loop(6, False, None),
    ]
    figure = figures.loop_closed(loops)
    assert (figure.count, figure.total, figure.hits, figure.counted) == (2, 5, (1, 5), (1, 2, 3, 4, 5))
    assert figure.why == "1 more put right in part, 1 not audited again yet"
    assert figures.loop_closed([Loop(6, False, None)]).value is None


def test_nothing_to_count_is_said_and_never_nought_per_cent() -> None:
    found = [
        figures.good_as_audited([]),
        figures.good_as_stands([]),
        figures.inflation_gap([]),
        figures.coverage([]),
        figures.on_time([]),
        figures.completed(Round(0, 0)),
        figures.evidence_supports([]),
        figures.loop_closed([]),
        figures.evidence_supports([(1, None)]),
        figures.practitioner_involved([]),
        figures.feedback_obtained([audit(1, "good").counted]),
        figures.inflation_gap([audit(1, "good").counted]),
    ]
    assert [figure.value for figure in found] == [None] * len(found)
    assert all("yet" in figure.why for figure in found)


@given(st.lists(st.sampled_from((*LEVELS, None)), max_size=20))
def test_the_distribution_counts_every_grade_once(given_grades: list[str | None]) -> None:
    audits = [audit(n, grade).counted for n, grade in enumerate(given_grades)]
    found = figures.distribution(audits, lambda one: one.overall_as_audited())
    assert found == {key: given_grades.count(key) for key in LEVELS if key in given_grades}


def test_a_row_is_the_figures_of_its_audits() -> None:
    audits = [audit(1, "good", "good").counted, audit(2, "inadequate").counted]
    row = figures.row("Team", audits, key="7")
    assert (row.name, row.key, row.audits) == ("Team", "7", 2)
    assert row.as_audited == figures.good_as_audited(audits)
    assert row.as_stands == figures.good_as_stands(audits)
    assert row.coverage == figures.coverage(audits)
    assert row.agreed == figures.pair_figures(audits, "auditor", "senior").exact
