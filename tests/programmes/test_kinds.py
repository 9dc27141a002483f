"""The kinds of programme, as they are shipped and as a file can say them."""

import pytest

from audit_app.frameworks.problem import Unreadable
from audit_app.frameworks.reading import SHIPPED, library
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.kinds import OTHER, kinds, kinds_in
from audit_app.programmes.policies import Policies

WHOLE = """
file: kinds
kinds:
  - key: dip
    name: Dip sample
    summary: A look.
    frequency: monthly
    due_working_days: 20
    policies:
      method: weighted
      sized_by: share
      share: 0.05
      weights:
        team:
          North: 2
      leave_out_complaints: no
      always:
        senior: [inadequate]
"""


def test_every_kind_that_the_trade_names_is_there() -> None:
    assert set(kinds()) == {
        "case-file",
        "dip-sample",
        "pre-proceedings",
        "private-fostering",
        "homeless-16-17",
        "supervision",
        "multi-agency",
        "closure",
        "re-audit",
        OTHER,
    }


def test_every_kind_has_a_tool_that_comes_with_the_service_and_grades_of_its_scale() -> None:
    tools = {tool.key: tool for tool in library(SHIPPED).tools}
    for kind in kinds().values():
        if kind.key == OTHER:
            continue
        assert kind.tool_key in tools, kind.key
        for grades in kind.policies.always.values():
            assert set(grades) <= set(tools[kind.tool_key].scale.keys), kind.key


def test_senior_managers_read_three_files_each_every_month() -> None:
    dip = kinds()["dip-sample"]
    assert (dip.frequency, dip.policies.per_auditor, dip.policies.auditors) == (
        Frequency.MONTHLY,
        3,
        ("senior_manager",),
    )


def test_pre_proceedings_are_audited_every_two_months() -> None:
    assert kinds()["pre-proceedings"].frequency is Frequency.TWO_MONTHLY


def test_a_kind_says_its_policies_as_people_write_them() -> None:
    (kind,) = kinds_in(WHOLE)
    assert kind.tool_key == ""
    assert kind.policies == Policies(
        method="weighted",
        sized_by="share",
        share="0.05",
        weights={"team": {"North": "2"}},
        leave_out_complaints=False,
        always={"senior": ("inadequate",)},
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("file: kinds", "file: tool", "not known here"),
        ("frequency: monthly", "frequency: fortnightly", "not known here"),
        ("due_working_days: 20", "due_working_days: 0", "from 1 to 120"),
        ("due_working_days: 20", "due_working_days: soon", "from 1 to 120"),
        ("share: 0.05", "share: 5", "share of the list"),
        ("method: weighted", "method: lucky", "how the sample is drawn"),
        ("    summary: A look.\n", "", "“summary” is missing"),
        ("    summary: A look.\n", "    summary: A look.\n    colour: red\n", "“colour” is not known here"),
        ("leave_out_complaints: no", "complaints: no", "no policy “complaints”"),
        ("      always:", "      always: never\n      more:", "senior and the external tier"),
    ],
)
def test_a_file_with_faults_says_them_with_their_line(old: str, new: str, words: str) -> None:
    assert old in WHOLE
    with pytest.raises(Unreadable) as caught:
        kinds_in(WHOLE.replace(old, new))
    assert words in str(caught.value)


def test_two_kinds_do_not_share_a_key() -> None:
    twice = WHOLE + WHOLE.split("kinds:\n", 1)[1]
    with pytest.raises(Unreadable, match="already a kind"):
        kinds_in(twice)
