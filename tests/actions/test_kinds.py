"""The kinds of actions are data."""

import pytest

from audit_app.actions.kinds import kind_of, kinds, kinds_in
from audit_app.frameworks.problem import Unreadable

ONE = """file: actions
kinds:
  - key: plan
    name: For the plan
    hint: A step.
    usual_working_days: 10
    at_once: no
"""


def test_the_kinds_that_come_with_the_service_can_be_read_and_one_is_seen_at_once() -> None:
    assert [kind.key for kind in kinds().values() if kind.at_once] == ["immediate"]
    assert {"immediate", "plan", "recording", "learning"} == set(kinds())


def test_a_file_of_ones_own_can_be_read() -> None:
    (kind,) = kinds_in(ONE)
    assert (kind.key, kind.usual_working_days, kind.at_once) == ("plan", 10, False)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("usual_working_days: 10", "usual_working_days: 0", "whole number"),
        ("usual_working_days: 10", "usual_working_days: soon", "whole number"),
        ("at_once: no", "at_once: perhaps", "yes or no"),
        ("    name: For the plan\n", "", "name"),
        ("file: actions", "file: kinds", "actions"),
        ("at_once: no", "at_once: no\n    colour: red", "colour"),
    ],
)
def test_what_is_wrong_is_said(before: str, after: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        kinds_in(ONE.replace(before, after))


def test_a_kind_that_is_gone_from_the_file_can_still_be_read() -> None:
    assert kind_of("old_kind").name == "Old kind"
