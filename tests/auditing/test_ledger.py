"""Reading the ledger: what stands, and the pairs that figures count."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from audit_app.auditing.ledger import (
    AUDITOR,
    EXTERNAL,
    INTERNAL,
    SENIOR,
    STANDING_PHASES,
    Line,
    Pair,
    as_audited,
    pairs,
    standing,
)

Written = tuple[str, str, str | None]
START = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
NONE: Mapping[int, float] = {}


def minute(number: float) -> dt.datetime:
    """A moment so many minutes after the start; the line with a number is written in the minute of that number."""
    return START + dt.timedelta(minutes=number)


def line(number: int, section: str, tier: str, phase: str, grade: str | None, gone: float | None = None) -> Line:
    """One line; gone is the minute in which it was retracted."""
    return Line(number, section, tier, phase, grade, minute(number), None if gone is None else minute(gone))


def ledger(*written: Written, retracted: Mapping[int, float] = NONE) -> list[Line]:
    """Lines on the overall judgement in the order in which they were written, numbered from 1."""
    return [line(n, "overall", *one, retracted.get(n)) for n, one in enumerate(written, start=1)]


def stands(lines: Iterable[Line]) -> str | None:
    """The grade that stands overall."""
    return standing(lines)["overall"].grade


HANDED_IN: Written = (AUDITOR, "submitted", "good")


def test_the_auditors_grade_stands_until_somebody_else_judges() -> None:
    assert stands(ledger(HANDED_IN)) == "good"


def test_the_highest_tier_stands_whoever_wrote_last() -> None:
    both = ledger(HANDED_IN, (EXTERNAL, "settled", "inadequate"), (SENIOR, "settled", "outstanding"))
    assert stands(both) == "inadequate"
    assert stands(both[:1] + both[2:]) == "outstanding"


def test_a_blind_grade_never_stands() -> None:
    assert stands(ledger(HANDED_IN, (SENIOR, "blind", "inadequate"))) == "good"
    settled = ledger(HANDED_IN, (SENIOR, "blind", "inadequate"), (SENIOR, "settled", "good"))
    assert stands(settled) == "good"


def test_a_resolution_stands_above_what_it_resolves_and_below_the_next_tier() -> None:
    resolved = ledger(HANDED_IN, (SENIOR, "settled", "inadequate"), (SENIOR, "resolved", "requires_improvement"))
    assert stands(resolved) == "requires_improvement"
    validated = [*resolved, line(9, "overall", EXTERNAL, "settled", "good")]
    assert stands(validated) == "good"


def test_a_reopened_moderation_no_longer_stands_and_a_new_one_does() -> None:
    reopened = ledger(HANDED_IN, (SENIOR, "settled", "inadequate"), retracted={2: 2.5})
    assert stands(reopened) == "good"
    again = [*reopened, line(3, "overall", SENIOR, "settled", "requires_improvement")]
    assert stands(again) == "requires_improvement"


def test_not_applicable_stands_like_any_other_judgement() -> None:
    assert stands(ledger(HANDED_IN, (SENIOR, "settled", None))) is None


def test_as_audited_is_the_first_hand_in_even_when_an_audit_came_again() -> None:
    again = ledger(HANDED_IN, (AUDITOR, "submitted", "good"), (SENIOR, "settled", "inadequate"))
    assert as_audited(again)["overall"].id == 1


def test_an_open_pair_takes_what_the_moderator_settled() -> None:
    lines = ledger(HANDED_IN, (SENIOR, "settled", "requires_improvement"))
    assert pairs(lines, AUDITOR, SENIOR) == (Pair("overall", "good", "requires_improvement"),)


def test_a_blind_pair_holds_the_blind_grade_whatever_was_settled() -> None:
    lines = ledger(HANDED_IN, (SENIOR, "blind", "inadequate"), (SENIOR, "settled", "good"))
    assert pairs(lines, AUDITOR, SENIOR) == (Pair("overall", "good", "inadequate"),)
    assert stands(lines) == "good"


def test_a_blind_pair_counts_from_its_commitment() -> None:
    assert pairs(ledger(HANDED_IN, (SENIOR, "blind", "inadequate")), AUDITOR, SENIOR) == (
        Pair("overall", "good", "inadequate"),
    )


def test_reopening_takes_an_open_pair_out_until_it_is_redone() -> None:
    lines = ledger(HANDED_IN, (SENIOR, "settled", "inadequate"), retracted={2: 2.5})
    assert pairs(lines, AUDITOR, SENIOR) == ()
    again = [*lines, line(3, "overall", SENIOR, "settled", "good")]
    assert pairs(again, AUDITOR, SENIOR) == (Pair("overall", "good", "good"),)


def test_a_blind_pair_stays_for_good_even_when_reopened() -> None:
    lines = ledger(HANDED_IN, (SENIOR, "blind", "inadequate"), (SENIOR, "settled", "good"), retracted={3: 3.5})
    assert pairs(lines, AUDITOR, SENIOR) == (Pair("overall", "good", "inadequate"),)


def test_a_resolution_changes_no_pair() -> None:
    lines = ledger(HANDED_IN, (SENIOR, "settled", "inadequate"), (SENIOR, "resolved", "good"))
    assert pairs(lines, AUDITOR, SENIOR) == (Pair("overall", "good", "inadequate"),)


def test_the_internal_pair_takes_what_stood_when_the_external_committed() -> None:
    lines = ledger(HANDED_IN, (SENIOR, "settled", "inadequate"), (EXTERNAL, "settled", "good"))
    assert pairs(lines, INTERNAL, EXTERNAL) == (Pair("overall", "inadequate", "good"),)
    assert pairs(lines, AUDITOR, EXTERNAL) == (Pair("overall", "good", "good"),)
    later = [*lines, line(4, "overall", SENIOR, "resolved", "outstanding")]
    assert pairs(later, INTERNAL, EXTERNAL) == (Pair("overall", "inadequate", "good"),)


def test_without_a_senior_the_internal_pair_is_the_auditors() -> None:
    lines = ledger(HANDED_IN, (EXTERNAL, "blind", "inadequate"), (EXTERNAL, "settled", "good"))
    assert pairs(lines, INTERNAL, EXTERNAL) == (Pair("overall", "good", "inadequate"),)


def test_a_resolution_before_the_external_committed_is_what_stood() -> None:
    lines = ledger(
        HANDED_IN, (SENIOR, "settled", "inadequate"), (SENIOR, "resolved", "good"), (EXTERNAL, "blind", "good")
    )
    assert pairs(lines, INTERNAL, EXTERNAL) == (Pair("overall", "good", "good"),)


def test_not_applicable_on_either_side_is_kept_for_whoever_counts() -> None:
    lines = ledger((AUDITOR, "submitted", None), (SENIOR, "settled", "good"))
    assert pairs(lines, AUDITOR, SENIOR) == (Pair("overall", None, "good"),)


def test_each_section_makes_its_own_pair() -> None:
    lines = [
        line(1, "safety", AUDITOR, "submitted", "good"),
        line(2, "overall", AUDITOR, "submitted", "good"),
        line(3, "safety", SENIOR, "settled", "inadequate"),
        line(4, "overall", SENIOR, "settled", "good"),
    ]
    assert pairs(lines, AUDITOR, SENIOR) == (Pair("safety", "good", "inadequate"), Pair("overall", "good", "good"))


def test_what_stood_is_not_changed_by_a_later_reopening_but_by_an_earlier_one() -> None:
    written = (HANDED_IN, (SENIOR, "settled", "inadequate"), (EXTERNAL, "settled", "good"))
    assert pairs(ledger(*written, retracted={2: 3.5}), INTERNAL, EXTERNAL) == (Pair("overall", "inadequate", "good"),)
    assert pairs(ledger(*written, retracted={2: 2.5}), INTERNAL, EXTERNAL) == (Pair("overall", "good", "good"),)


TIER_AND_PHASE = st.sampled_from(
    [(AUDITOR, "submitted"), *((tier, phase) for tier in (SENIOR, EXTERNAL) for phase in ("settled", "resolved"))]
)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["safety", "overall"]), TIER_AND_PHASE, st.sampled_from([None, "poor", "good"]), st.booleans()
    ),
    max_size=12,
).map(
    lambda drawn: [
        line(n, section, tier, phase, grade, n + 0.5 if gone and phase == "settled" else None)
        for n, (section, (tier, phase), grade, gone) in enumerate(drawn, start=1)
    ]
)


@given(LINES)
def test_what_stands_is_always_a_line_that_can_stand(lines: list[Line]) -> None:
    for section, found in standing(lines).items():
        assert found.section == section
        assert found.phase in STANDING_PHASES
        assert not found.retracted


@given(LINES, st.integers(0, 1000))
def test_the_order_in_which_lines_are_read_does_not_matter(lines: list[Line], seed: int) -> None:
    again = list(lines)
    random.Random(seed).shuffle(again)
    assert standing(again) == standing(lines)
    for earlier, later in ((AUDITOR, SENIOR), (AUDITOR, EXTERNAL), (INTERNAL, EXTERNAL)):
        assert set(pairs(again, earlier, later)) == set(pairs(lines, earlier, later))


@given(LINES)
def test_a_pair_needs_both_tiers_on_the_same_section(lines: list[Line]) -> None:
    for pair in pairs(lines, AUDITOR, SENIOR):
        tiers = {one.tier for one in lines if one.section == pair.section}
        assert {AUDITOR, SENIOR} <= tiers
