"""The areas and questions of a self-evaluation, as their file has them."""

import pytest

from audit_app.evaluation.areas import SHIPPED, WHOLE, areas, areas_in, areas_with
from audit_app.frameworks.problem import Unreadable


def test_each_area_is_asked_the_same_four_questions_and_the_whole_its_three() -> None:
    *parts, whole = areas()
    assert {tuple(one.key for one in part.questions) for part in parts} == {
        ("delivered", "challenges", "difference", "still_to_do")
    }
    assert (whole.key, len(whole.questions)) == (WHOLE, 3)


def test_what_was_said_to_a_question_that_is_no_longer_asked_is_still_shown() -> None:
    found = {one.key: [q.key for q in one.questions] for one in areas_with({("leaders", "old"), ("gone", "what")})}
    assert "old" in found["leaders"]
    assert found["gone"] == ["what"]


def test_a_file_with_a_mistake_says_where_it_is() -> None:
    broken = SHIPPED.read_text(encoding="utf-8").replace("key: delivered", "key: challenges")
    with pytest.raises(Unreadable, match="challenges"):
        areas_in(broken)
