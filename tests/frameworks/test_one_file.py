"""A file of the service's own data is read whole, and says everything that is wrong with it at once."""

import pytest

from audit_app.frameworks.one_file import one_file
from audit_app.frameworks.problem import Unreadable


def test_a_file_gives_its_entries() -> None:
    with one_file("file: days\nleast: 3\nname: Usual days\n", "days") as block:
        found = block.words("name"), block.whole("least", 1, 10)
    assert found == ("Usual days", 3)


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_its_lines() -> None:
    with pytest.raises(Unreadable) as told, one_file("file: weeks\nleast: soon\nmost: 11\nextra: x\n", "days") as block:
        assert (block.whole("least", 1, 10), block.whole("most", 1, 10)) == (1, 1)
    problems = told.value.problems
    assert [(one.line, one.where) for one in problems] == [(1, "file"), (2, "least"), (3, "most"), (4, "extra")]
    assert all("whole number from 1 to 10" in one.message for one in problems[1:3])
