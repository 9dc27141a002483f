"""When evidence has gone stale: it moved, ended, was not confirmed, or is older than a cycle."""

import datetime as dt

import pytest

from audit_app.evaluation.said import Kind, Said
from audit_app.evaluation.staleness import (
    COPIED,
    GONE,
    MOVED,
    MOVED_AS_FACT,
    MOVED_WITHIN,
    NOTHING_NOW,
    signs_of,
    unseen,
)

DAY = dt.date(2026, 3, 31)
SURE = Said(count=30, total=40, value=0.75, low=0.6, high=0.86)
FACT = Said(count=30, total=40, value=0.75)


def signs(kind: Kind, cited: Said, now: Said | None, *, later: int = 0, copied: bool = False) -> list[str]:
    today = DAY + dt.timedelta(days=later)
    return [one.words for one in signs_of(kind, cited, now, cited_on=DAY, today=today, months=3, copied=copied)]


def test_evidence_that_says_the_same_within_a_cycle_has_no_sign_of_age() -> None:
    assert signs(Kind.FIGURE, SURE, SURE, later=91) == []
    assert signs(Kind.FIGURE, FACT, FACT) == []


@pytest.mark.parametrize("value", [0.6, 0.7, 0.86])
def test_a_figure_that_moved_within_its_interval_is_said_to_have_moved_and_is_not_stale(value: float) -> None:
    now = Said(count=28, total=40, value=value, low=0.5, high=0.8)
    (sign,) = signs_of(Kind.FIGURE, SURE, now, cited_on=DAY, today=DAY, months=3, copied=False)
    assert sign == MOVED_WITHIN
    assert not sign.stale


@pytest.mark.parametrize("value", [0.59, 0.861, 0.0, 1.0])
def test_a_figure_that_moved_beyond_its_interval_is_stale(value: float) -> None:
    assert signs(Kind.FIGURE, SURE, Said(count=1, total=40, value=value)) == [MOVED.words]


def test_a_complete_count_has_no_interval_so_any_move_is_stale() -> None:
    assert signs(Kind.ROUND, FACT, Said(count=31, total=41, value=31 / 41)) == [MOVED_AS_FACT.words]


def test_a_figure_with_nothing_to_count_any_more_is_stale() -> None:
    assert signs(Kind.FIGURE, SURE, Said(why="no audit is counted")) == [NOTHING_NOW.words]


def test_evidence_that_is_gone_is_stale() -> None:
    assert signs(Kind.THEME, FACT, None) == [GONE.words]


def test_an_action_that_was_done_says_what_it_was_and_what_it_is() -> None:
    told = signs(Kind.ACTION, Said(state="Under way"), Said(state="Completed"))
    assert told == ["The action was “Under way” when it was cited, and is “Completed” now."]


def test_a_newer_reading_that_says_the_same_is_told_and_is_not_stale() -> None:
    before, after = (Said(text="82%", state="On track", read_on=day) for day in ("2026-01-01", "2026-02-01"))
    (sign,) = signs_of(Kind.READING, before, after, cited_on=DAY, today=DAY, months=3, copied=False)
    assert not sign.stale
    assert signs(Kind.READING, before, Said(text="70%", state="On track", read_on="2026-01-01")) != []


@pytest.mark.parametrize(("later", "old"), [(0, False), (91, False), (92, True)])
def test_evidence_is_old_the_day_after_a_whole_cycle(later: int, old: bool) -> None:
    # Three months after 31 March is 30 June, 91 days later.
    assert bool(signs(Kind.FIGURE, FACT, FACT, later=later)) is old


def test_copied_evidence_is_to_be_confirmed_whether_or_not_it_can_be_seen_today() -> None:
    assert signs(Kind.FIGURE, FACT, FACT, copied=True) == [COPIED.words]
    assert unseen(cited_on=DAY, today=DAY, months=3, copied=True) == (COPIED,)
    assert unseen(cited_on=DAY, today=DAY, months=3, copied=False) == ()
