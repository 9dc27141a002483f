"""Tests of the check itself: everything that somebody could falsify is found, and nothing else."""

import json
import tracemalloc
from dataclasses import replace

import pytest

from audit_app.history.chain import ERASED, Happening, Sealed, happening, seal
from audit_app.history.checkpoint import take
from audit_app.history.verification import LISTED, verify
from tests.history.samples import (
    FOUND_ALONE,
    FOUND_OUTSIDE,
    NEVER_FOUND,
    START,
    Mutation,
    chain,
    checkpoints,
    head_of,
    places,
    root_of,
)

SIZE = 40
TRUE = chain(SIZE)
KEPT_OUTSIDE = checkpoints(TRUE, 0, 10, 25, SIZE)


def problems(entries: list[Sealed], head: tuple[int, str] | None, outside: bool = False) -> list[str]:
    """What the check says of a history."""
    return verify(entries, head=head, checkpoints=KEPT_OUTSIDE if outside else ()).problems


def erased(entries: list[Sealed], *indices: int, says: object = None) -> list[Sealed]:
    """The history after those payloads were erased, with the entry that says so (or says something else)."""
    gone = [entry._replace(salt=None, body=None) if entry.idx in indices else entry for entry in entries]
    body = {"indices": list(indices) if says is None else says, "reason": "retention"}
    return gone + seal([happening(ERASED, None, body, 1, START)], *head_of(entries), lambda: "e" * 64)


def test_a_true_history_has_no_problems() -> None:
    findings = verify(TRUE, head=head_of(TRUE), checkpoints=KEPT_OUTSIDE)
    assert findings.problems == []
    assert (findings.entries, findings.payloads, findings.erased, findings.checkpoints) == (SIZE, SIZE, 0, 4)
    assert findings.root == root_of(TRUE)


def test_an_empty_history_has_no_problems() -> None:
    assert verify([], head=(0, ""), checkpoints=checkpoints([], 0)).problems == []


@pytest.mark.parametrize("mutation", FOUND_ALONE.values(), ids=FOUND_ALONE)
def test_a_change_that_leaves_the_chain_broken_is_always_found(mutation: Mutation) -> None:
    for index in places(100, SIZE, "alone"):
        entries, head = mutation(TRUE, index)
        assert problems(entries, head)
        assert problems(entries, head, outside=True)


@pytest.mark.parametrize("mutation", FOUND_OUTSIDE.values(), ids=FOUND_OUTSIDE)
def test_a_change_that_mends_the_chain_is_found_from_outside_only(mutation: Mutation) -> None:
    for index in places(100, SIZE, "outside"):
        entries, head = mutation(TRUE, index)
        assert problems(entries, head) == []
        assert problems(entries, head, outside=True)


@pytest.mark.parametrize("mutation", NEVER_FOUND.values(), ids=NEVER_FOUND)
def test_an_entry_made_with_the_services_own_rights_is_no_change(mutation: Mutation) -> None:
    entries, head = mutation(TRUE, 3)
    assert problems(entries, head, outside=True) == []


def test_the_first_entry_and_every_other_are_guarded_alike() -> None:
    for index in range(SIZE):
        entries, head = FOUND_ALONE["edit actor"](TRUE, index)
        assert problems(entries, head) == [f"entry {index} was changed: its contents do not give its hash"]


def test_missing_entries_are_named() -> None:
    assert "entry 7 is missing" in problems([*TRUE[:7], *TRUE[8:]], head_of(TRUE))
    assert "entries 7 to 9 are missing" in problems([*TRUE[:7], *TRUE[10:]], head_of(TRUE))
    assert "entry 6 stands where entry 8 should" in problems([*TRUE[:8], TRUE[6], *TRUE[8:]], head_of(TRUE))


def test_a_leap_in_the_numbers_costs_no_memory() -> None:
    far = TRUE[:1] + [entry._replace(idx=entry.idx + 2**60) for entry in TRUE[1:]]
    tracemalloc.start()
    found = problems(far, (2**60 + SIZE, TRUE[-1].hash))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert f"entries 1 to {2**60} are missing" in found
    assert peak < 1_000_000


def test_an_erasure_that_is_history_is_no_problem() -> None:
    entries = erased(TRUE, 5, 6, 30)
    findings = verify(entries, head=head_of(entries), checkpoints=KEPT_OUTSIDE)
    assert findings.problems == []
    assert (findings.payloads, findings.erased) == (SIZE - 3 + 1, 3)


def test_an_erasure_that_nobody_recorded_is_found() -> None:
    silent = erased(TRUE, 5, 6, says=[5])
    assert problems(silent, head_of(silent)) == ["payload 6 is missing and no entry says that it was erased"]


def test_a_payload_that_came_back_after_its_erasure_is_found() -> None:
    back = erased(TRUE, 5)
    back[5] = TRUE[5]
    entry = f"entry {SIZE} says that it was erased"
    assert problems(back, head_of(back)) == [f"payload 5 is still there, though {entry}"]


def test_an_erasure_speaks_of_entries_before_it_only() -> None:
    early = erased(TRUE, 5, says=[5, SIZE, SIZE + 1, -1])
    assert problems(early, head_of(early)) == [
        f"entry {SIZE} says that payload {index} was erased, but there was no such entry"
        for index in (SIZE, SIZE + 1, -1)
    ]


@pytest.mark.parametrize("says", [{}, "5", ["5"], [5.0], [True], [[5]], 5])
def test_an_erasure_that_does_not_say_what_is_a_problem(says: object) -> None:
    vague = erased(TRUE, 5, says=says)
    assert problems(vague, head_of(vague)) == [
        f"entry {SIZE} says that payloads were erased, but not which",
        "payload 5 is missing and no entry says that it was erased",
    ]


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", "[" * 100_000, '{"indices": Infinity}'])
def test_the_check_is_not_stopped_by_what_an_erasure_says(body: str) -> None:
    entries = TRUE + seal([Happening(ERASED, None, None, "x", body)], *head_of(TRUE), lambda: "e" * 64)
    assert problems(entries, head_of(entries)) == [f"entry {SIZE} says that payloads were erased, but not which"]


def test_a_changed_erasure_erases_nothing() -> None:
    entries = erased(TRUE, 5)
    entries[-1] = entries[-1]._replace(body=json.dumps({"indices": [5, 6], "reason": "x"}))
    entries[6] = entries[6]._replace(salt=None, body=None)
    found = problems(entries, head_of(entries))
    assert f"payload {SIZE} was changed: it is not what its entry commits to" in found
    assert "payload 6 is missing and no entry says that it was erased" in found


@pytest.mark.parametrize("head", [None, (SIZE - 1, TRUE[-2].hash), (SIZE, ""), (0, "")])
def test_a_wrong_head_is_found(head: tuple[int, str] | None) -> None:
    assert len(problems(TRUE, head)) == 1


def test_payloads_that_belong_to_no_entry_are_found() -> None:
    assert verify(TRUE, head=head_of(TRUE), orphans=[77]).problems == ["payload 77 belongs to no entry"]


@pytest.mark.parametrize("column", ["subject", "kind", "at", "commitment", "prev", "hash", "salt", "body"])
def test_the_check_is_not_stopped_by_bytes_where_text_belongs(column: str) -> None:
    odd = [*TRUE[:3], TRUE[3]._replace(**{column: b"\xff"}), *TRUE[4:]]  # type: ignore[arg-type]
    assert problems(odd, head_of(TRUE))


def test_a_restored_old_copy_is_found_by_a_newer_checkpoint() -> None:
    old = TRUE[:30]
    assert problems(old, head_of(old), outside=True) == [
        f"a checkpoint of size {SIZE} was taken, but the history has 30 entries"
    ]


def test_checkpoints_that_contradict_one_another_are_found() -> None:
    one = KEPT_OUTSIDE[1]
    other = replace(one, root="0" * 64)
    assert verify(TRUE, head=head_of(TRUE), checkpoints=[one, other]).problems == ["two checkpoints of size 10 differ"]
    strange = take("elsewhere", 25, KEPT_OUTSIDE[2].root, START)
    assert verify(TRUE, head=head_of(TRUE), checkpoints=[one, strange]).problems == [
        "checkpoints of two histories: tests and elsewhere"
    ]


def test_only_a_thousand_problems_are_listed_and_the_others_counted() -> None:
    findings = verify((entry._replace(prev="0" * 64) for entry in chain(700)), head=None)
    assert len(findings.problems) == LISTED
    assert findings.unlisted == 401
