"""Who audits which case: never against the rules, as even as can be, and plain about what can't be done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.allocation import (
    Allocation,
    Auditor,
    CaseToAllocate,
    allocate,
    refusal_to_allocate,
    room_of,
)
from audit_app.sampling.draws import Purpose, key_of
from tests.sampling import make

AUTHORITIES = 1_000


def case(reference: str, team: str = "Ash", worker: str = "") -> CaseToAllocate:
    """A case of a team."""
    return CaseToAllocate(reference, team, worker)


def auditor(key: str, *teams: str, **more: int) -> Auditor:
    """An auditor of some teams."""
    return Auditor(key, frozenset(teams), capacity=more.get("capacity"), in_hand=more.get("in_hand", 0))


def held_by(allocation: Allocation) -> dict[str, str]:
    """Which auditor each placed case went to."""
    return {pair.reference: pair.auditor for pair in allocation.pairs}


def repeats(cases: Sequence[CaseToAllocate], auditors: Sequence[Auditor], placed: dict[str, str]) -> int:
    """How often an auditor meets a practitioner again: once for a second case, twice more for a third, and so on."""
    worker = {one.reference: one.worker for one in cases}
    met = Counter((key, worker[reference]) for reference, key in placed.items() if worker[reference])
    recent = {(one.key, name) for one in auditors for name in one.recent_workers}
    return sum(times * (times - 1) // 2 + times * (pair in recent) for pair, times in met.items())


def squares(auditors: Sequence[Auditor], placed: dict[str, str]) -> int:
    """How uneven loads are: the sum of their squares."""
    new = Counter(placed.values())
    return sum((one.in_hand + new[one.key]) ** 2 for one in auditors)


# Authorities made up at random


def authority(chance: Random) -> tuple[list[CaseToAllocate], list[Auditor], int | None]:
    """An authority with teams, practitioners, auditors who manage some teams, and a sample to give out."""
    teams = [f"team {number}" for number in range(chance.randint(2, 6))]
    workers = {team: [f"{team} worker {number}" for number in range(chance.randint(1, 3))] for team in teams}
    cases = []
    for number in range(chance.randint(1, 14)):
        team = chance.choice(teams)
        cases.append(case(f"{number:03}", "" if chance.random() < 0.02 else team, chance.choice([*workers[team], ""])))
    everyone = [worker for names in workers.values() for worker in names]
    auditors = [
        Auditor(
            key=f"auditor {number}",
            teams=frozenset(chance.sample(teams, chance.choice([1, 1, 1, 2]))),
            workers=frozenset(chance.sample(everyone, chance.choice([0, 0, 1]))),
            cases=frozenset(one.reference for one in cases if chance.random() < 0.03),
            capacity=chance.choice([None, 1, 2, 3, 5]),
            on_leave=chance.random() < 0.1,
            in_hand=chance.choice([0, 0, 0, 1, 2]),
            recent_workers=frozenset(chance.sample(everyone, chance.choice([0, 1]))),
        )
        for number in range(chance.randint(1, 6))
    ]
    return cases, auditors, chance.choice([None, None, 2, 3])


def most_that_can_be_placed(cases: Sequence[CaseToAllocate], auditors: Sequence[Auditor], cap: int | None) -> int:
    """How many cases could be given out at most, by augmenting paths (a second, simple way)."""
    held: dict[str, list[CaseToAllocate]] = {one.key: [] for one in auditors}

    def give(one: CaseToAllocate, tried: set[str]) -> bool:
        for person in auditors:
            room = room_of(person, cap)
            if person.key in tried or refusal_to_allocate(one, person, cap=cap):
                continue
            tried.add(person.key)
            if room is None or len(held[person.key]) < room:
                held[person.key].append(one)
                return True
            for other in held[person.key]:
                if give(other, tried):
                    held[person.key].remove(other)
                    held[person.key].append(one)
                    return True
        return False

    return sum(give(one, set()) for one in cases)


def test_a_thousand_authorities_never_see_a_rule_broken_and_hear_when_it_can_not_be_done() -> None:
    chance = Random(2026)
    short = 0
    for number in range(AUTHORITIES):
        cases, auditors, cap = authority(chance)
        allocation = allocate(cases, auditors, f"round {number}", cap=cap)
        placed = held_by(allocation)
        people, files = {one.key: one for one in auditors}, {one.reference: one for one in cases}
        assert len(placed) == len(allocation.pairs)
        assert sorted([*placed, *allocation.unplaced]) == sorted(files)
        new = Counter(placed.values())
        for reference, key in placed.items():
            person, file = people[key], files[reference]
            assert file.team
            assert file.team not in person.teams
            assert not file.worker or file.worker not in person.workers
            assert reference not in person.cases
            assert not person.on_leave
        for key, times in new.items():
            limits = [limit for limit in (people[key].capacity, cap) if limit is not None]
            assert not limits or people[key].in_hand + times <= min(limits)
        assert allocation.loads == {one.key: one.in_hand + new[one.key] for one in auditors}
        assert len(placed) == most_that_can_be_placed(cases, auditors, cap)
        assert bool(allocation.explanation) == bool(allocation.unplaced)
        short += bool(allocation.unplaced)
    assert AUTHORITIES // 10 < short < AUTHORITIES * 9 // 10


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False), seed=make.seeds)
def test_a_small_allocation_is_the_best_there_is(chance: Random, seed: str) -> None:
    cases, auditors, cap = authority(chance)
    cases, auditors = cases[:5], auditors[:3]
    best: tuple[int, int, int, int] | None = None
    for choice in product([None, *auditors], repeat=len(cases)):
        given_out = [(one, person) for one, person in zip(cases, choice, strict=True) if person]
        new = Counter(person.key for _, person in given_out)
        rooms = {one.key: room_of(one, cap) for one in auditors}
        if any(refusal_to_allocate(one, person, cap=cap) for one, person in given_out):
            continue
        if any((room := rooms[key]) is not None and times > room for key, times in new.items()):
            continue
        placed = {one.reference: person.key for one, person in given_out}
        lots = sum(
            int.from_bytes(key_of(seed, Purpose.ALLOCATION, f"{one.reference}\0{person.key if person else ''}")[:8])
            for one, person in zip(cases, choice, strict=True)
        )
        cost = (len(cases) - len(placed), squares(auditors, placed), repeats(cases, auditors, placed), lots)
        if best is None or cost < best:
            best, expected = cost, placed
    assert held_by(allocate(cases, auditors, seed, cap=cap)) == expected


@settings(deadline=None)
@given(chance=st.randoms(use_true_random=False), seed=make.seeds)
def test_the_order_of_cases_and_auditors_is_irrelevant(chance: Random, seed: str) -> None:
    cases, auditors, cap = authority(chance)
    first = allocate(cases, auditors, seed, cap=cap)
    chance.shuffle(cases)
    chance.shuffle(auditors)
    assert allocate(cases, auditors, seed, cap=cap) == first


# Fairness


def test_loads_are_even_where_the_rules_allow_it() -> None:
    cases = [case(f"{number:02}", "Ash") for number in range(11)]
    auditors = [auditor(name, "Birch") for name in "abcd"]
    assert sorted(allocate(cases, auditors, "seed").loads.values()) == [2, 3, 3, 3]


def test_audits_in_hand_count_towards_an_even_load() -> None:
    cases = [case(f"{number:02}", "Ash") for number in range(4)]
    allocation = allocate(cases, [auditor("a", "Birch", in_hand=3), auditor("b", "Birch", in_hand=1)], "seed")
    assert allocation.loads == {"a": 4, "b": 4}


def test_a_heavily_laden_auditor_does_not_keep_others_from_an_even_load() -> None:
    cases = [case(f"{number:02}", "Ash" if number < 12 else "Birch") for number in range(16)]
    auditors = [auditor("a", "Birch"), auditor("b", "Ash"), auditor("c", "Ash"), auditor("d", "Cedar", capacity=1)]
    assert allocate(cases, auditors, "seed").loads == {"a": 11, "b": 2, "c": 2, "d": 1}


def test_auditors_meet_a_variety_of_practitioners() -> None:
    cases = [case(f"{worker}{number}", "Ash", worker) for worker in "uvw" for number in range(3)]
    allocation = allocate(cases, [auditor(name, "Birch") for name in "abc"], "seed")
    for name in "abc":
        assert sorted(reference[0] for reference, key in held_by(allocation).items() if key == name) == ["u", "v", "w"]


def test_auditors_do_not_meet_the_practitioner_of_their_last_audits_again_where_others_can() -> None:
    auditors = [replace(auditor("a", "Birch"), recent_workers=frozenset({"u"})), auditor("b", "Birch")]
    for number in range(20):
        allocation = allocate([case("1", "Ash", "u"), case("2", "Ash", "v")], auditors, f"seed {number}")
        assert held_by(allocation) == {"1": "b", "2": "a"}


def test_each_way_of_giving_cases_out_comes_about_as_often() -> None:
    cases = [case(reference) for reference in "123"]
    auditors = [auditor(name, "Birch") for name in "abc"]
    seen = Counter(
        tuple(held_by(allocate(cases, auditors, f"seed {number}"))[one] for one in "123") for number in range(600)
    )
    assert set(seen) == set(permutations("abc"))
    assert all(65 <= times <= 135 for times in seen.values())


# The rule for one case and one auditor


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Auditor("a", frozenset({"Ash"})), "a can't audit case 1: it belongs to their own team or one they supervise."),
        (
            Auditor("a", frozenset({"Birch"}), workers=frozenset({"u"}), name="Jo March"),
            "Jo March can't audit case 1: they are, or supervised, its practitioner.",
        ),
        (Auditor("a", frozenset(), cases=frozenset({"1"})), "a can't audit case 1: they worked on it."),
        (Auditor("a", frozenset(), on_leave=True), "a is on leave."),
        (Auditor("a", frozenset(), capacity=2, in_hand=2), "a has no room for another audit in this round."),
        (Auditor("a", frozenset(), in_hand=4), "a has no room for another audit in this round."),
        (Auditor("a", frozenset({"Birch"}), capacity=2, in_hand=1), None),
    ],
)
def test_an_auditor_who_may_not_have_a_case_is_refused_with_why(person: Auditor, words: str | None) -> None:
    refusal = refusal_to_allocate(case("1", "Ash", "u"), person, cap=4)
    assert (refusal.reason if refusal else None) == words


def test_a_case_without_a_team_goes_to_nobody() -> None:
    refusal = refusal_to_allocate(case("1", ""), auditor("a", "Ash"))
    assert refusal is not None
    assert refusal.reason == "Case 1 has no team, so nobody can be shown to be independent of it."


def test_a_practitioner_who_is_not_recorded_keeps_nobody_from_a_case() -> None:
    assert refusal_to_allocate(case("1", "Ash"), Auditor("a", frozenset(), workers=frozenset({""}))) is None


# Saying why


def test_cases_that_compete_for_the_same_auditors_are_named_with_them() -> None:
    cases = [case(f"{number}", "Ash") for number in range(5)] + [case("9", "Birch")]
    auditors = [auditor("a", "Birch", capacity=1), auditor("b", "Birch", capacity=2), auditor("c", "Ash")]
    allocation = allocate(cases, auditors, "seed")
    assert len(allocation.unplaced) == 2
    assert allocation.explanation == (
        "5 cases (0, 1, 2, 3, 4) can only go to a and b, who have room for 3 between them: 2 are left over.",
    )


def test_separate_shortages_are_told_apart() -> None:
    cases = [case("1", "Ash"), case("2", "Ash"), case("3", "Birch"), case("4", "Birch")]
    auditors = [auditor("a", "Birch", capacity=1), auditor("b", "Ash", capacity=1)]
    assert allocate(cases, auditors, "seed").explanation == (
        "2 cases (1, 2) can only go to a, who has room for 1: 1 is left over.",
        "2 cases (3, 4) can only go to b, who has room for 1: 1 is left over.",
    )


def test_a_case_that_everybody_is_too_close_to_says_so() -> None:
    allocation = allocate([case("1", "Ash")], [auditor("a", "Ash"), auditor("b", "Ash")], "seed")
    assert allocation.explanation == (
        "1 case (1) has nobody to go to: every auditor belongs to or supervises the team, supervised the practitioner "
        "or worked on the case. Add an auditor from elsewhere.",
    )


def test_a_case_whose_only_auditors_are_away_or_full_says_so() -> None:
    auditors = [replace(auditor("a", "Birch"), on_leave=True, name="Jo March"), auditor("b", "Birch", capacity=0)]
    assert allocate([case("1"), case("2")], [*auditors, auditor("c", "Ash")], "seed").explanation == (
        "2 cases (1, 2) have nobody free to go to: Jo March and b are on leave or have no room.",
    )


def test_a_case_without_a_team_is_left_over_with_why() -> None:
    assert allocate([case("1", "")], [auditor("a", "Ash")], "seed").explanation == (
        "1 case (1) has no team, so nobody can be shown to be independent. Map the team first.",
    )


def test_without_auditors_nothing_is_given_out() -> None:
    allocation = allocate([case("1")], [], "seed")
    assert (allocation.pairs, allocation.unplaced) == ((), ("1",))
    assert allocation.explanation == ("There are no auditors to give cases to.",)


def test_without_cases_there_is_nothing_to_explain() -> None:
    assert allocate([], [auditor("a", "Ash")], "seed") == Allocation((), (), (), {"a": 0})


def test_a_long_list_of_cases_is_cut_short() -> None:
    cases = [case(f"{number:02}", "Ash") for number in range(9)]
    words = allocate(cases, [auditor("a", "Birch", capacity=1)], "seed").explanation[0]
    assert words.startswith("9 cases (00, 01, 02, 03, 04, 05 and 3 more) can only go to a")


@pytest.mark.parametrize(
    ("cases", "auditors", "words"),
    [
        ([case("1"), case("1")], [auditor("a", "Birch")], "Case 1 is listed twice."),
        ([case("1")], [auditor("a", "Birch"), auditor("a", "Ash")], "Auditor a is listed twice."),
    ],
)
def test_a_case_or_auditor_listed_twice_stops_the_allocation(
    cases: list[CaseToAllocate], auditors: list[Auditor], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        allocate(cases, auditors, "seed")
