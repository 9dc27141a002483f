"""Drawing audits for moderation, and sharing them evenly."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.moderation.drawing import LeftOut, plan, refusal_to_draw, refusal_to_share, share_of

SENIORS = frozenset({1, 2, 3})


def open_to_all(count: int) -> dict[int, dict[int, str]]:
    """So many audits that anybody may judge."""
    return {audit: {} for audit in range(101, 101 + count)}


def test_the_same_seed_gives_the_same_draw_and_another_another() -> None:
    first = plan(open_to_all(40), SENIORS, "november", 12)
    assert first == plan(open_to_all(40), SENIORS, "november", 12)
    assert first.digest == plan(open_to_all(40), SENIORS, "november", 12).digest
    assert first.shares != plan(open_to_all(40), SENIORS, "december", 12).shares


def test_the_draw_is_pinned() -> None:
    found = plan(open_to_all(6), frozenset({1, 2}), "pinned", 3)
    assert [(share.audit_id, share.moderator_id) for share in found.shares] == [(103, 2), (102, 2), (104, 1)]


def test_shares_are_even_and_the_chance_is_size_over_frame() -> None:
    found = plan(open_to_all(40), SENIORS, "seed", 13)
    assert sorted(found.loads.values()) == [4, 4, 5]
    assert found.inclusion_probability == 13 / 40
    assert found.frame == tuple(range(101, 141))


def test_nobody_gets_what_they_may_not_judge_and_shares_stay_as_even_as_that_allows() -> None:
    refusals = {audit: {1: "Own team."} if audit < 111 else {} for audit in range(101, 113)}
    found = plan(refusals, frozenset({1, 2}), "seed", 12)
    assert found.loads == {1: 2, 2: 10}
    assert all(share.audit_id >= 111 for share in found.shares if share.moderator_id == 1)


def test_an_audit_that_none_of_them_may_judge_is_left_out_with_why() -> None:
    refusals = {101: {1: "Own team.", 2: "Has opened it."}, 102: {1: "Own team."}, 103: {2: "Own audit."}}
    found = plan(refusals, frozenset({1, 2}), "seed", 3)
    assert found.left_out == (LeftOut(101, ("Own team.", "Has opened it.")),)
    assert (found.frame, found.size, found.inclusion_probability) == ((102, 103), 2, 1.0)


def test_no_more_is_drawn_than_there_is() -> None:
    assert plan(open_to_all(4), SENIORS, "seed", 50).size == 4


@pytest.mark.parametrize(
    ("refusals", "moderators", "seed", "count", "reason"),
    [
        (open_to_all(3), SENIORS, "", 1, "seed"),
        (open_to_all(3), frozenset[int](), "seed", 1, "Choose who is to moderate."),
        ({}, SENIORS, "seed", 1, "every audit that was handed in has been given"),
        ({101: {1: "Own team."}}, frozenset({1}), "seed", 1, "none of the chosen moderators"),
        (open_to_all(3), SENIORS, "seed", 0, "at least one"),
    ],
)
def test_a_draw_that_cannot_be_made_says_why(
    refusals: dict[int, dict[int, str]], moderators: frozenset[int], seed: str, count: int, reason: str
) -> None:
    refused = refusal_to_draw(refusals, moderators, seed, count)
    assert refused is not None
    assert reason in refused.reason


def test_a_draw_that_can_be_made_is_not_refused() -> None:
    assert refusal_to_draw(open_to_all(3), SENIORS, "seed", 1) is None


@pytest.mark.parametrize(("percent", "frame", "count"), [(20, 50, 10), (20, 51, 11), (1, 3, 1), (100, 7, 7), (5, 0, 0)])
def test_a_share_is_rounded_up_to_whole_audits(percent: int, frame: int, count: int) -> None:
    assert share_of(percent, frame) == count


def test_every_audit_has_the_same_chance() -> None:
    drawn = Counter(
        share.audit_id for seed in range(400) for share in plan(open_to_all(5), frozenset({1}), str(seed), 2).shares
    )
    assert sum(drawn.values()) == 800
    assert all(120 < times < 200 for times in drawn.values())  # 160 expected; four standard deviations are 39


@given(
    st.dictionaries(
        st.integers(1, 60), st.dictionaries(st.integers(1, 4), st.just("May not.")), min_size=1, max_size=20
    ),
    st.frozensets(st.integers(1, 4), min_size=1),
    st.integers(1, 25),
)
def test_whatever_is_drawn_goes_to_somebody_who_may_judge_it(
    refusals: dict[int, dict[int, str]], moderators: frozenset[int], count: int
) -> None:
    if refusal_to_draw(refusals, moderators, "seed", count) is not None:
        return
    found = plan(refusals, moderators, "seed", count)
    assert found.size == min(count, len(found.frame))
    assert len({share.audit_id for share in found.shares}) == found.size
    assert all(
        share.moderator_id in moderators and share.moderator_id not in refusals[share.audit_id]
        for share in found.shares
    )
    assert {one.audit_id for one in found.left_out} | set(found.frame) == set(refusals)


@pytest.mark.parametrize(("chosen", "away", "said"), [(1, 1, "The person whom you chose"), (3, 3, "Everybody whom")])
def test_nothing_is_shared_where_everybody_chosen_is_away(chosen: int, away: int, said: str) -> None:
    refused = refusal_to_share(chosen, away)
    assert refused is not None
    assert refused.reason.startswith(said)


@pytest.mark.parametrize(("chosen", "away"), [(3, 2), (1, 0), (0, 0)])
def test_where_somebody_chosen_is_there_it_can_be_shared(chosen: int, away: int) -> None:
    assert refusal_to_share(chosen, away) is None
