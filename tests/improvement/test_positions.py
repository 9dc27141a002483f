"""Where an indicator stands towards its targets: the rules, and every status that can be read in the published plan."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.improvement.positions import (
    Baseline,
    Judged,
    Measured,
    Milestone,
    Operator,
    Position,
    State,
    meets,
    overtaken,
    position,
    refusal_of_targets,
    share_of,
    sides,
    thresholds,
)
from audit_app.improvement.scales import scales

AUGUST = dt.date(2021, 8, 31)
SEPTEMBER, MARCH = dt.date(2021, 9, 30), dt.date(2022, 3, 31)
START = dt.date(2021, 3, 31)
RANK = {state: place for place, state in enumerate(State)}


def targets(first: int, second: int, operator: Operator = Operator.AT_LEAST) -> list[Milestone]:
    """Two targets, for September and for March."""
    return [Milestone(SEPTEMBER, operator, Fraction(first)), Milestone(MARCH, operator, Fraction(second))]


IN_WORDS = [Milestone(SEPTEMBER), Milestone(MARCH)]
# Each status that can be read in the published plan. Overridden: what the paper says instead of what comes out.
PUBLISHED = [
    ("audited cases good or better", targets(80, 90), Measured(Fraction(50)), None, "Below target", ""),
    (
        "assessments in 45 days",
        targets(80, 90),
        Measured(Fraction("70.2")),
        Baseline(START, Fraction(74)),
        "Below target",
        "On track to achieve target for September",
    ),
    (
        "assessment in the last 12 months",
        targets(80, 90),
        Measured(Fraction(91)),
        Baseline(START, Fraction(65)),
        "Achieved above target for March 2022",
        "",
    ),
    (
        "plans in timescale",
        targets(80, 90, Operator.OVER),
        Measured(rows=(Fraction(85), Fraction(82), Fraction(62))),
        Baseline(START, Fraction(72)),
        "Some teams are achieving above target and some are below target",
        "",
    ),
    ("good management oversight", targets(80, 90), None, None, "Performance not yet available", ""),
    (
        "judgements agreed by the external auditor",
        targets(80, 90),
        Measured(Fraction(86)),
        None,
        "Achieved above target for September",
        "",
    ),
    (
        "oversight before proceedings",
        targets(80, 90),
        Measured(judged=Judged.ON_TRACK),
        None,
        "On track to achieve target for September",
        "",
    ),
    ("young people feel safe", IN_WORDS, Measured(judged=Judged.ACHIEVED_ALL), None, "Achieved target", ""),
    (
        "private fostering good or better",
        targets(80, 90),
        Measured(Fraction(60)),
        None,
        "Below target",
        "On track to achieve target",
    ),
    (
        "new foster carers",
        targets(5, 5, Operator.BY_COUNT),
        Measured(Fraction(6)),
        None,
        "Achieved above target for September",
        "",
    ),
    (
        "assessments in 16 weeks",
        targets(50, 80, Operator.OVER),
        Measured(judged=Judged.BELOW),
        None,
        "Below target",
        "",
    ),
    ("reviews in timescale", targets(90, 99), Measured(Fraction(97)), None, "Achieved above target for September", ""),
    ("feedback of carers", IN_WORDS, Measured(judged=Judged.ACHIEVED), None, "Achieved target for September", ""),
]


@pytest.mark.parametrize(("name", "milestones", "measured", "baseline", "computed", "overridden"), PUBLISHED)
def test_every_status_of_the_published_plan_comes_out(
    name: str,
    milestones: list[Milestone],
    measured: Measured | None,
    baseline: Baseline | None,
    computed: str,
    overridden: str,
) -> None:
    found = scales().said(position(measured, milestones, AUGUST, baseline))
    assert found == computed, name
    assert found != overridden


def test_two_statuses_of_the_published_plan_were_a_persons_own() -> None:
    assert [name for name, *_, overridden in PUBLISHED if overridden] == [
        "assessments in 45 days",
        "private fostering good or better",
    ]
    own = [Position(State.ON_TRACK, AUGUST, SEPTEMBER), Position(State.ON_TRACK, AUGUST)]
    assert [scales().said(one) for one in own] == [overridden for *_, overridden in PUBLISHED if overridden]


def rank_of(found: Position) -> tuple[int, dt.date, int]:
    """A position's place from the least to the most: first whether a target is met, then which, then by how much."""
    reached = RANK[found.state] >= RANK[State.ACHIEVED]
    day = found.milestone if reached and found.milestone else dt.date.min
    return (RANK[State.ACHIEVED] if reached else RANK[found.state], day, RANK[found.state])


AMOUNTS = st.fractions(0, 120, max_denominator=50)
DAYS = st.dates(dt.date(2021, 4, 1), dt.date(2022, 6, 30))
UPWARD = st.sampled_from([Operator.AT_LEAST, Operator.OVER, Operator.BY_COUNT])
WAYS = st.one_of(UPWARD, st.just(Operator.AT_MOST))


@given(st.lists(AMOUNTS, min_size=1, max_size=4), AMOUNTS, AMOUNTS, AMOUNTS, WAYS, DAYS)
def test_a_better_reading_never_stands_worse(
    amounts: list[Fraction], one: Fraction, other: Fraction, began: Fraction, operator: Operator, today: dt.date
) -> None:
    milestones = [
        Milestone(SEPTEMBER + dt.timedelta(days=60 * number), operator, amount) for number, amount in enumerate(amounts)
    ]
    worse, better = sorted((one, other), reverse=operator is Operator.AT_MOST)
    baseline = Baseline(START, began)
    stands = [position(Measured(amount), milestones, today, baseline) for amount in (worse, better)]
    assert rank_of(stands[0]) <= rank_of(stands[1])


@given(st.lists(AMOUNTS, min_size=1, max_size=4), st.integers(0, 3), AMOUNTS, UPWARD, DAYS, AMOUNTS)
def test_a_better_row_never_makes_the_whole_stand_worse(
    rows: list[Fraction], which: int, more: Fraction, operator: Operator, today: dt.date, began: Fraction
) -> None:
    milestones, baseline = targets(40, 80, operator), Baseline(START, began)
    before = position(Measured(rows=tuple(rows)), milestones, today, baseline)
    rows[which % len(rows)] += more
    after = position(Measured(rows=tuple(rows)), milestones, today, baseline)
    # A row that comes to a target makes "all below" into "some", and the last one makes "some" into "achieved".
    assert rank_of(before) <= rank_of(after)


@given(AMOUNTS)
def test_at_the_very_target_at_least_is_met_and_over_is_not(amount: Fraction) -> None:
    at_least, over = (Milestone(SEPTEMBER, one, amount) for one in (Operator.AT_LEAST, Operator.OVER))
    least = Fraction(1, 10**9)
    assert meets(amount, at_least)
    assert not meets(amount, over)
    assert meets(amount + least, over)
    assert not meets(amount - least, at_least)
    assert position(Measured(amount), [at_least], AUGUST).state is State.ACHIEVED
    assert position(Measured(amount), [over], AUGUST).state is State.BELOW
    assert position(Measured(amount + least), [over], AUGUST).state is State.ABOVE


def test_at_most_is_met_at_the_target_and_below_it() -> None:
    target = [Milestone(SEPTEMBER, Operator.AT_MOST, Fraction(10))]
    states = [position(Measured(Fraction(n)), target, AUGUST).state for n in (11, 10, 9)]
    assert states == [State.BELOW, State.ACHIEVED, State.ABOVE]


def test_a_count_adds_up_over_the_targets() -> None:
    milestones = targets(5, 5, Operator.BY_COUNT)
    assert [one.amount for one in thresholds(milestones)] == [5, 10]
    assert position(Measured(Fraction(9)), milestones, AUGUST).milestone == SEPTEMBER
    assert position(Measured(Fraction(10)), milestones, AUGUST) == Position(State.ACHIEVED, AUGUST, MARCH)


def test_a_target_whose_day_is_past_must_be_met() -> None:
    later = dt.date(2022, 4, 1)
    assert position(Measured(Fraction(86)), targets(80, 90), later) == Position(State.BELOW, later, MARCH)
    between = dt.date(2021, 10, 31)
    assert position(Measured(Fraction(86)), targets(80, 90), between).state is State.ABOVE
    assert position(Measured(Fraction(86)), targets(80, 90), MARCH).milestone == SEPTEMBER


def test_on_track_is_at_least_the_straight_line_from_the_baseline_to_the_next_target() -> None:
    half_way = START + (SEPTEMBER - START) / 2
    days = Fraction((half_way - START).days, (SEPTEMBER - START).days)
    needed = 60 + 20 * days
    baseline = Baseline(START, Fraction(60))
    stands = [position(Measured(needed + more), targets(80, 90), half_way, baseline).state for more in (0, -1)]
    assert stands == [State.ON_TRACK, State.BELOW]
    assert position(Measured(needed), targets(80, 90), half_way).state is State.BELOW


def test_below_the_baseline_is_never_on_track() -> None:
    baseline = Baseline(START, Fraction(85))
    assert position(Measured(Fraction(79)), targets(80, 90), AUGUST, baseline).state is State.BELOW
    assert position(Measured(Fraction(70)), targets(80, 90), START, Baseline(START, Fraction(70))).state is State.BELOW


def test_rows_that_are_all_on_one_side_stand_as_the_weakest_of_them() -> None:
    all_met = position(Measured(rows=(Fraction(95), Fraction(80))), targets(80, 90), AUGUST)
    assert all_met == Position(State.ACHIEVED, AUGUST, SEPTEMBER)
    assert position(Measured(rows=(Fraction(79), Fraction(10))), targets(80, 90), AUGUST).state is State.BELOW
    exactly = position(Measured(rows=(Fraction(80), Fraction(10))), targets(80, 90), AUGUST)
    assert scales().said(exactly, "localities") == "Some localities are achieving target and some are below target"


def test_nothing_to_hold_against_anything_is_not_available() -> None:
    for measured, milestones in (
        (Measured(Fraction(5)), []),
        (Measured(Fraction(5)), IN_WORDS),
        (Measured(), IN_WORDS),
    ):
        assert position(measured, milestones, AUGUST).state is State.UNAVAILABLE
    assert position(Measured(rows=(Fraction(1),)), IN_WORDS, AUGUST).state is State.UNAVAILABLE


def test_a_share_is_exact() -> None:
    assert meets(share_of(9, 10), Milestone(SEPTEMBER, Operator.AT_LEAST, Fraction(90)))
    assert not meets(share_of(8999, 10_000), Milestone(SEPTEMBER, Operator.AT_LEAST, Fraction(90)))


def test_targets_that_came_since_the_latest_reading_are_named() -> None:
    assert overtaken(AUGUST, targets(80, 90), dt.date(2021, 10, 1)) == [SEPTEMBER]
    assert overtaken(AUGUST, targets(80, 90), SEPTEMBER) == []


def test_targets_that_cannot_stand_together_are_refused() -> None:
    same_day = [Milestone(MARCH, Operator.AT_LEAST, Fraction(1)), Milestone(MARCH, Operator.AT_LEAST, Fraction(2))]
    assert "same day" in refusal_of_targets(same_day)
    both_ways = [Milestone(MARCH, Operator.AT_MOST, Fraction(1)), Milestone(SEPTEMBER, Operator.OVER, Fraction(2))]
    assert "at most" in refusal_of_targets(both_ways)
    assert refusal_of_targets(targets(1, 2)) == ""


def test_rows_on_both_sides_are_told_apart_by_name() -> None:
    rows = [("Ash", Fraction(85)), ("Birch", Fraction(80)), ("Cypress", Fraction(62))]
    at_least = [Milestone(SEPTEMBER, amount=Fraction(80)), Milestone(MARCH, amount=Fraction(90))]
    told = [(position.state, position.milestone, names) for position, names in sides(rows, at_least, AUGUST)]
    assert told == [
        (State.ABOVE, SEPTEMBER, ["Ash"]),
        (State.ACHIEVED, SEPTEMBER, ["Birch"]),
        (State.BELOW, SEPTEMBER, ["Cypress"]),
    ]
    over = [Milestone(SEPTEMBER, Operator.OVER, Fraction(80))]
    assert [names for _, names in sides(rows, over, AUGUST)] == [["Ash"], ["Birch", "Cypress"]]
    at_most = [Milestone(SEPTEMBER, Operator.AT_MOST, Fraction(70))]
    assert [names for _, names in sides(rows, at_most, AUGUST)] == [["Cypress"], ["Ash", "Birch"]]
    assert sides(rows, [], AUGUST) == []
