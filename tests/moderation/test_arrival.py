"""What becomes of an audit that is handed in: the draw is honest, repeatable, and asks nothing of its auditor."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.identity.absences import Away
from audit_app.moderation.arrival import (
    FLAGGED,
    GRADE,
    NEW_AUDITOR,
    RANDOM,
    Arrived,
    Turn,
    absent,
    arrive,
    chance_after,
    chance_of_turn,
    chance_with_one_more,
    falls,
    lightest,
    why_nobody,
)
from audit_app.programmes.policies import Policies

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
POLICIES = Policies(
    shares={"senior": 20, "external": 5},
    always={"senior": ("inadequate",), "external": ("outstanding",)},
    first_of_new_auditor=2,
    as_they_come=True,
)
SEEDS = st.text("0123456789abcdef", min_size=8, max_size=32)
PLAIN = Arrived(1, frozenset({"good"}), flagged=False, earlier=5)


def drawn(seed: str, audit: int, **about: object) -> bool:
    """Whether the lot of an audit falls."""
    return arrive(replace(PLAIN, audit_id=audit, **about), POLICIES, "senior", seed).drawn  # type: ignore[arg-type]


def test_about_the_share_is_drawn() -> None:
    found = sum(drawn("a seed", audit) for audit in range(20_000))
    assert abs(found - 4000) < 4 * (20_000 * 0.2 * 0.8) ** 0.5


@given(SEEDS, st.integers(1, 10**6), st.sampled_from(GRADES), st.booleans(), st.integers(0, 5))
def test_the_draw_asks_nothing_that_the_auditor_entered(
    seed: str, audit: int, grade: str, flagged: bool, earlier: int
) -> None:
    plain = drawn(seed, audit)
    assert drawn(seed, audit, grades=frozenset({grade}), flagged=flagged, earlier=earlier) == plain


@given(SEEDS, st.permutations(range(1, 30)))
def test_the_order_in_which_audits_come_changes_nothing(seed: str, order: list[int]) -> None:
    assert {a for a in order if drawn(seed, a)} == {a for a in range(1, 30) if drawn(seed, a)}


@given(SEEDS, st.integers(1, 1000), st.integers(0, 100), st.integers(0, 100))
def test_what_a_small_share_draws_a_larger_one_draws_too(seed: str, audit: int, one: int, other: int) -> None:
    small, large = sorted((one, other))
    lots = [
        arrive(replace(PLAIN, audit_id=audit), replace(POLICIES, shares={"senior": s}), "senior", seed)
        for s in (small, large)
    ]
    assert lots[0].drawn <= lots[1].drawn
    assert [lot.chance for lot in lots] == [Fraction(small, 100), Fraction(large, 100)]


@pytest.mark.parametrize(
    ("about", "tier", "route"),
    [
        ({}, "senior", None),
        ({"grades": frozenset({"inadequate"})}, "senior", GRADE),
        ({"flagged": True}, "senior", FLAGGED),
        ({"earlier": 1}, "senior", NEW_AUDITOR),
        ({"earlier": 2}, "senior", None),
        ({"grades": frozenset({"inadequate"}), "flagged": True, "earlier": 0}, "senior", GRADE),
        ({"flagged": True, "earlier": 0}, "senior", FLAGGED),
        ({"flagged": True, "earlier": 0}, "external", None),
        ({"grades": frozenset({"outstanding"})}, "external", GRADE),
    ],
)
def test_what_is_not_drawn_may_be_moderated_all_the_same(
    about: dict[str, object], tier: str, route: str | None
) -> None:
    none_at_random = replace(POLICIES, shares={"senior": 0, "external": 0})
    assert arrive(replace(PLAIN, **about), none_at_random, tier, "seed").route == route  # type: ignore[arg-type]
    all_at_random = replace(POLICIES, shares={"senior": 100, "external": 100})
    lot = arrive(replace(PLAIN, **about), all_at_random, tier, "seed")  # type: ignore[arg-type]
    assert (lot.route, lot.otherwise, lot.chance) == (RANDOM, route, Fraction(1))


def test_a_flag_asks_nothing_where_the_policies_do_not_heed_it() -> None:
    deaf = replace(POLICIES, shares={"senior": 0}, flagged=False)
    assert arrive(replace(PLAIN, flagged=True), deaf, "senior", "seed").route is None


def quarter(seed: str, auditor: int, chances: list[Fraction]) -> list[bool]:
    """Which of an auditor's audits of a quarter are drawn, in the order in which they come."""
    before, found = Fraction(0), []
    for chance in chances:
        found.append(falls(Turn(seed, auditor, "2026-10-01", before, None), chance))
        before += chance
    return found


@given(SEEDS, st.integers(1, 1000), st.integers(1, 12), st.integers(1, 100))
def test_every_auditor_of_whom_enough_came_is_drawn_in_every_quarter(
    seed: str, auditor: int, expected: int, share: int
) -> None:
    chance = chance_of_turn(Fraction(share, 100), expected)
    assert any(quarter(seed, auditor, [chance] * expected))


@given(SEEDS, st.integers(1, 1000), st.lists(st.fractions(0, 1, max_denominator=50), max_size=30))
def test_a_turn_draws_as_many_as_its_chances_add_up_to(seed: str, auditor: int, chances: list[Fraction]) -> None:
    total, found = sum(chances), sum(quarter(seed, auditor, chances))
    assert total - 1 < found < total + 1


def test_on_a_turn_each_place_has_exactly_its_chance() -> None:
    chances = [Fraction(1, 3), Fraction(1, 5), Fraction(1, 3), Fraction(1, 2)]
    counts: Counter[int] = Counter()
    for auditor in range(6000):
        counts.update(place for place, yes in enumerate(quarter("seed", auditor, chances)) if yes)
    for place, chance in enumerate(chances):
        assert abs(counts[place] / 6000 - chance) < 4 * (float(chance * (1 - chance)) / 6000) ** 0.5


def test_a_turn_asks_only_for_its_auditor_and_quarter() -> None:
    turn = Turn("seed", 7, "2026-10-01", Fraction(1, 2), 4)
    lots = {arrive(replace(PLAIN, audit_id=audit), POLICIES, "senior", "other", turn) for audit in range(50)}
    assert len(lots) == 1
    assert lots.pop().chance == Fraction(1, 4)


def test_no_share_draws_nobody_even_by_turns() -> None:
    none = replace(POLICIES, shares={"senior": 0})
    lot = arrive(PLAIN, none, "senior", "seed", Turn("seed", 7, "2026-10-01", Fraction(0), 1))
    assert (lot.chance, lot.drawn) == (Fraction(0), False)


def test_the_fewest_in_hand_is_next_and_the_seed_decides_among_equals() -> None:
    assert lightest({1: 3, 2: 1, 3: 2}, "seed", 9) == 2
    assert lightest({}, "seed", 9) is None
    firsts = Counter(lightest({1: 0, 2: 0}, "seed", audit) for audit in range(1000))
    assert 400 < firsts[1] < 600
    assert lightest({1: 0, 2: 0}, "seed", 9) == lightest({2: 0, 1: 0}, "seed", 9)


def test_why_nobody_can_moderate_is_said_once_each() -> None:
    assert why_nobody("a senior moderator", [], 0) == "Nobody is a senior moderator today."
    assert why_nobody("a senior moderator", ["One.", "One.", "Two."], 1).startswith("One. Two. 1 is away")


def test_chances_of_draws_one_after_the_other_add_up_to_the_chance_of_any() -> None:
    assert chance_after([0.2, 0.25]) == pytest.approx(0.4)
    assert chance_after([]) == 0
    assert chance_after([1.0, 0.5]) == 1


@given(st.integers(1, 10), st.integers(11, 40))
def test_one_more_of_an_auditor_of_whom_none_was_drawn_gives_each_audit_the_same_chance(came: int, tenth: int) -> None:
    each = Fraction(1, tenth)
    assert chance_with_one_more(each, each * came, came) == pytest.approx(1 / came)


def test_whoever_is_away_today_or_on_the_day_it_is_due_is_absent() -> None:
    day, due = dt.date(2026, 6, 1), dt.date(2026, 6, 15)
    between = Away(dt.date(2026, 6, 2), dt.date(2026, 6, 14))
    days = {1: [Away(day, day)], 2: [Away(due, dt.date(2026, 6, 20))], 3: [between], 4: []}
    assert absent(days, day, due) == {1, 2}
