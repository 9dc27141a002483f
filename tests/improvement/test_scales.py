"""The two scales as data."""

import pytest

from audit_app.improvement.scales import SHIPPED, WrongScale, every_scales, refusal_to_change, scales, scales_in

TEXT = SHIPPED.read_text(encoding="utf-8")


def test_the_shipped_scales_can_be_read_and_are_two() -> None:
    found = scales()
    assert [one.finished for one in found.delivery].count(True) == 2
    assert not {one.tone for one in found.delivery} - {"grey"} & {one.tone for one in found.impact}


def test_a_level_that_is_gone_reads_as_the_first() -> None:
    assert scales().level("of another file") is scales().delivery[0]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("key: below", "key: under", "each state once"),
        ("finished: yes", "finished: no", "finished"),
        ("tone: orange", "tone: red-amber", "no tone"),
        ("key: delayed", "key: under_way", "same key"),
        ("delivery:", "deliveries:", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_is_refused(before: str, after: str, complaint: str) -> None:
    assert before in TEXT
    with pytest.raises(WrongScale, match=complaint):
        scales_in(TEXT.replace(before, after))


def test_every_further_set_can_be_chosen_and_has_the_keys_of_the_usual_one() -> None:
    usual, *further = every_scales()
    assert (usual.key, usual.name) == ("", "The usual words")
    assert further
    for one in further:
        assert scales(one.key) is one
        assert {level.key for level in usual.delivery} <= {level.key for level in one.delivery}
    assert scales("of a file that is gone") is usual
    assert scales() is usual


def test_a_plan_cannot_go_over_to_words_that_have_no_level_for_what_was_said() -> None:
    usual, other, *_ = every_scales()
    assert refusal_to_change([], other) == ""
    assert refusal_to_change(["completed", "under_way"], other) == ""
    assert "“The usual words” does not have" in refusal_to_change(["completed", "at_risk"], usual)
