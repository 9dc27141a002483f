"""A proposal changed by hand: the rules hold for each change, and nothing else moves."""

from collections import Counter
from random import Random

from audit_app.sampling.adjusting import UNKNOWN, adjusted
from audit_app.sampling.allocation import allocate, refusal_to_allocate, room_of
from tests.sampling.test_allocation import AUTHORITIES, auditor, authority, case


def test_a_case_goes_to_the_auditor_chosen_and_the_rest_stays() -> None:
    cases = [case(reference) for reference in "1234"]
    people = [auditor("a", "Birch"), auditor("b", "Birch")]
    found = allocate(cases, people, "seed")
    moved, other = found.pairs[0], "b" if found.pairs[0].auditor == "a" else "a"
    after = adjusted(cases, people, found, {moved.reference: other})
    assert {(one.reference, one.auditor) for one in after.pairs} - {
        (one.reference, one.auditor) for one in found.pairs
    } == {(moved.reference, other)}
    assert after.loads[other] == 3 and not after.refusals and not after.unplaced


def test_a_choice_against_a_rule_is_refused_in_the_words_of_the_rule() -> None:
    cases, people = [case("1", "Ash"), case("2", "Ash")], [auditor("a", "Birch"), auditor("b", "Ash")]
    found = allocate(cases, people, "seed")
    after = adjusted(cases, people, found, {"1": "b"})
    assert "own team" in after.refusals["1"].reason
    assert [one.reference for one in after.pairs] == ["2"] and after.unplaced == ()


def test_a_choice_beyond_somebodys_room_is_refused() -> None:
    cases = [case(reference) for reference in "123"]
    people = [auditor("a", "Birch"), auditor("b", "Birch", capacity=1)]
    found = allocate(cases, people, "seed")
    mine = next(one.reference for one in found.pairs if one.auditor == "a")
    assert "no room" in adjusted(cases, people, found, {mine: "b"}).refusals[mine].reason


def test_two_auditors_without_room_exchange_cases() -> None:
    cases = [case("1"), case("2")]
    people = [auditor("a", "Birch", capacity=1), auditor("b", "Birch", capacity=1)]
    found = allocate(cases, people, "seed")
    held = {one.reference: one.auditor for one in found.pairs}
    after = adjusted(cases, people, found, {"1": held["2"], "2": held["1"]})
    assert not after.refusals and {one.reference: one.auditor for one in after.pairs} == {
        "1": held["2"],
        "2": held["1"],
    }


def test_a_case_can_be_left_with_nobody_and_one_left_over_can_be_given_out() -> None:
    cases, people = [case("1"), case("2")], [auditor("a", "Birch", capacity=1), auditor("b", "Birch")]
    found = allocate(cases, people[:1], "seed")
    (left,) = found.unplaced
    after = adjusted(cases, people, found, {left: "b", found.pairs[0].reference: None})
    assert [(one.reference, one.auditor) for one in after.pairs] == [(left, "b")]
    assert after.unplaced == (found.pairs[0].reference,)


def test_an_auditor_whom_nobody_knows_is_refused_and_a_case_that_is_gone_is_passed_over() -> None:
    cases, people = [case("1")], [auditor("a", "Birch")]
    found = allocate(cases, people, "seed")
    after = adjusted(cases, people, found, {"1": "x", "gone": "a"})
    assert after.refusals["1"].reason == UNKNOWN and list(after.refusals) == ["1"]


def test_a_thousand_authorities_changed_by_hand_never_see_a_rule_broken() -> None:
    chance, refused = Random(2027), 0
    for number in range(AUTHORITIES):
        cases, people, cap = authority(chance)
        found = allocate(cases, people, f"round {number}", cap=cap)
        moves = {
            one.reference: chance.choice([None, *(person.key for person in people)])
            for one in chance.sample(cases, chance.randint(0, min(4, len(cases))))
        }
        after = adjusted(cases, people, found, moves, cap=cap)
        before, placed = ({one.reference: one.auditor for one in pairs} for pairs in (found.pairs, after.pairs))
        assert {key: to for key, to in placed.items() if key not in moves} == {
            key: to for key, to in before.items() if key not in moves
        }
        assert sorted([*placed, *after.unplaced, *after.refusals]) == sorted(one.reference for one in cases)
        assert all(moves[key] == to for key, to in placed.items() if key in moves)
        files, by_key, new = (
            {one.reference: one for one in cases},
            {one.key: one for one in people},
            Counter(placed.values()),
        )
        for reference, key in placed.items():
            assert refusal_to_allocate(files[reference], by_key[key], cap=cap) is None
        for key, times in new.items():
            room = room_of(by_key[key], cap)
            assert room is None or times <= room
        assert after.loads == {one.key: one.in_hand + new[one.key] for one in people}
        refused += len(after.refusals)
    assert refused > AUTHORITIES // 10
