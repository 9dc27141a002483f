"""Counting what was changed: which way, why, where, and how sure a share is."""

import pytest

from audit_app.learning.lessons import Way, by_criterion, by_reason, by_section, share_changed, way_of
from audit_app.measures.statistics import wilson
from tests.learning.lessons import SCALE, VIEW, judged, many, opinion


@pytest.mark.parametrize(
    ("earlier", "later", "way"),
    [
        ("good", "good", Way.AGREED),
        (None, None, Way.AGREED),
        ("good", "weak", Way.LOWER),
        ("poor", "best", Way.HIGHER),
        ("good", None, Way.ASIDE),
        (None, "good", Way.ASIDE),
    ],
)
def test_a_judgement_goes_one_way(earlier: str | None, later: str | None, way: Way) -> None:
    assert way_of(SCALE, earlier, later) is way


def test_reasons_are_counted_by_judgement_and_name_each_audit_once() -> None:
    found = by_reason(
        [
            opinion(1, judged("plan", later="weak", reason="B"), judged("voice", later="weak", reason="B")),
            opinion(2, judged("plan", later="best", reason="A"), judged("voice")),
            opinion(3, judged("plan", later="weak", reason="A")),
            opinion(4, judged("plan", later="weak", reason="C")),
        ]
    )
    assert [(row.name, row.count, row.audits) for row in found] == [("A", 2, (2, 3)), ("B", 2, (1,)), ("C", 1, (4,))]


def test_a_section_says_which_way_and_whether_the_evidence_held_and_the_overall_stands_last() -> None:
    rows = by_section(
        [
            opinion(1, judged("overall", later="weak"), judged("plan", later="weak")),
            opinion(2, judged("overall"), judged("plan", later="best")),
            opinion(3, judged("overall"), judged("plan", later=None), random=False),
        ]
    )
    assert [row.key for row in rows] == ["plan", "overall"]
    plan = rows[0]
    assert (plan.changed, plan.judged, plan.lower, plan.higher, plan.supported, plan.said) == (3, 3, 1, 1, 0, 3)
    assert plan.audits == (1, 2, 3)
    assert (plan.random.count, plan.random.total) == (2, 2), "what was not drawn is in no share"


def test_one_judgement_an_audit_has_wilsons_interval_and_too_few_have_none() -> None:
    share = by_section(many(3, 12))[0].random
    expected = wilson(3, 12)
    assert (share.value, share.low, share.high) == (expected.value, expected.low, expected.high)
    few = by_section(many(3, 9))[0].random
    assert few.tentative
    assert few.low is None


def test_chances_that_differ_are_weighed() -> None:
    rare = [opinion(one.audit_id, *one.judged, chance=0.1) for one in many(6, 6)]
    often = [opinion(one.audit_id, *one.judged, chance=1.0) for one in many(0, 6, first=7)]
    share = by_section([*rare, *often])[0].random
    assert (share.count, share.total) == (6, 12)
    assert share.weighted
    assert share.value == pytest.approx(60 / 66)


def test_the_judgements_of_one_audit_go_together() -> None:
    # All changes in a few audits: far less sure than as many judgements that know nothing of each other.
    together = [opinion(n, *(judged(f"s{m}", later="weak" if n < 3 else "good") for m in range(5))) for n in range(12)]
    share = share_changed((one, one.judged) for one in together)
    alone = wilson(15, 60)
    assert (share.count, share.total, share.audits) == (15, 60, 12)
    assert share.low is not None and alone.low is not None
    assert share.low < alone.low


def test_nothing_drawn_at_random_gives_no_share() -> None:
    share = share_changed([(one, one.judged) for one in [opinion(1, judged("plan"), random=False)]])
    assert share.value is None
    assert share.why == "none was drawn at random"


def test_criteria_are_counted_best_first_and_only_where_all_tools_ask_the_same() -> None:
    found = by_criterion([opinion(1, judged("plan")), opinion(2, judged("plan"))])
    assert found is not None
    assert [(row.name, row.counts, row.total) for row in found[1]] == [
        ("Evidence", (0, 2, 0), 2),
        ("Analysis", (0, 0, 2), 2),
    ]
    other = type(VIEW)(VIEW.scale, VIEW.criteria[:1])
    assert by_criterion([opinion(1, judged("plan")), opinion(2, judged("plan"), view=other)]) is None
