"""A sampling policy that can't be followed is refused with why; one that can is kept as data."""

import json

import pytest
from hypothesis import given, settings

from audit_app.sampling.frame import Frame, frame_bytes, frame_from
from audit_app.sampling.policy import Policy, policy_problems
from audit_app.sampling.selection import (
    draw,
)
from tests.sampling import make
from tests.sampling.make import drawable


@settings(deadline=None)
@given(frame=make.frames(), policy=make.policies(), seed=make.seeds)
def test_a_stored_list_and_policy_draw_the_same_sample(frame: Frame, policy: Policy, seed: str) -> None:
    drawn = drawable(frame, policy, seed)
    data = json.loads(json.dumps(policy.to_data()))
    again = draw(frame_from(frame_bytes(frame)), Policy.from_data(data), seed)
    assert again.cases == drawn.cases
    assert again.frame_hash == drawn.frame_hash


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "Choose how the sample is drawn: simple, proportional, minimum or weighted."),
        ({"method": "simple"}, "Say how many cases to draw, or what share of the list: one of the two."),
        ({"method": "simple", "size": 5, "share": "0.1"}, "Say how many cases to draw, or what share"),
        ({"method": "simple", "size": True}, "The size of the sample must be a whole number"),
        ({"method": "simple", "size": 0}, "The size of the sample must be a whole number"),
        ({"method": "simple", "share": "1.5"}, "The share must be more than 0 and at most 1."),
        ({"method": "simple", "share": "NaN"}, "The share must be more than 0 and at most 1."),
        ({"method": "simple", "size": 5, "strata": ["team"]}, "A simple sample is not grouped by any attribute."),
        ({"method": "simple", "size": 5, "minimum": 2}, "Only a sample with a minimum has a minimum"),
        ({"method": "simple", "size": 5, "weights": {"team": {"A": 2}}}, "Only a weighted sample has weights."),
        ({"method": "simple", "size": 5, "colour": "red"}, "A sampling policy has no “colour”."),
        ({"method": "proportional", "size": 5}, "Name at least one attribute to group the list by."),
        ({"method": "proportional", "size": 5, "strata": "team"}, "Strata must be a list of attributes."),
        ({"method": "proportional", "size": 5, "strata": ["team", "team"]}, "Name each stratum attribute once."),
        ({"method": "minimum", "size": 5, "strata": ["team"]}, "The minimum for each stratum must be a whole number"),
        ({"method": "weighted", "size": 5}, "Give at least one weight."),
        ({"method": "weighted", "size": 5, "weights": {"team": 3}}, "Give weights as attribute, value and number."),
        ({"method": "weighted", "size": 5, "weights": {"team": {"A": "0"}}}, "The weight of team “A” must be from"),
        ({"method": "weighted", "size": 5, "weights": {"team": {"A": "2.0001"}}}, "The weight of team “A” must be"),
    ],
)
def test_a_policy_that_can_not_be_followed_is_refused_with_why(data: dict[str, object], problem: str) -> None:
    assert any(found.startswith(problem) for found in policy_problems(data))
    with pytest.raises(ValueError, match=r".+"):
        Policy.from_data(data)


def test_a_share_is_of_the_whole_list_and_rounds_up() -> None:
    policy = Policy.from_data({"method": "simple", "share": 0.05})
    assert [policy.asked(listed) for listed in (1, 20, 21, 100, 0)] == [1, 1, 2, 5, 0]
