"""A programme's policies as data: usual values, what is refused, and what a sample is made from."""

import json
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from audit_app.db import db
from audit_app.programmes.model import Programme
from audit_app.programmes.policies import AUDITING, CHECKS, MODERATING, Policies, policies_problems
from tests import make

WORDS = st.text("abcdefghij _", min_size=1, max_size=12).filter(lambda words: bool(words.strip()))
THOUSANDTHS = st.integers(1, 1_000_000).map(lambda number: str(Decimal(number) / 1000))
POLICIES = st.builds(
    Policies,
    method=st.sampled_from(["simple", "proportional", "minimum"]),
    size=st.none() | st.integers(1, 1_000_000),
    strata=st.lists(WORDS, min_size=1, unique=True).map(tuple),
    minimum=st.integers(1, 1000),
    weights=st.dictionaries(WORDS, st.dictionaries(WORDS, THOUSANDTHS, min_size=1, max_size=3), max_size=3),
    months_since_audit=st.integers(0, 60),
    categories=st.lists(st.sampled_from(["child_in_need", "looked_after"]), unique=True).map(tuple),
    auditors=st.lists(st.sampled_from(AUDITING), min_size=1, unique=True).map(tuple),
    shares=st.fixed_dictionaries({"senior": st.integers(0, 100), "external": st.integers(0, 100)}),
    always=st.dictionaries(
        st.sampled_from(["senior", "external"]), st.lists(WORDS, min_size=1, unique=True).map(tuple)
    ),
    always_by=st.sampled_from(MODERATING),
    blind=st.fixed_dictionaries({"senior": st.booleans(), "external": st.booleans()}),
)


def test_no_data_gives_the_usual_policies() -> None:
    assert Policies.from_data({}) == Policies()
    assert policies_problems({}) == ()
    assert policies_problems(Policies().to_data()) == ()


def test_every_policy_is_checked() -> None:
    assert set(CHECKS) == set(Policies.__slots__)


@given(POLICIES)
def test_policies_come_back_from_data_as_they_went(policies: Policies) -> None:
    assert Policies.from_data(json.loads(json.dumps(policies.to_data()))) == policies


def test_a_tier_that_is_not_named_keeps_its_usual_share() -> None:
    policies = Policies.from_data({"shares": {"external": 5}, "blind": {"external": True}})
    assert (policies.shares, policies.blind) == ({"senior": 20, "external": 5}, {"senior": False, "external": True})


def test_a_tier_without_grades_has_none_that_are_always_moderated() -> None:
    assert Policies.from_data({"always": {"senior": []}}).always == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "names with values"),
        ({"sample": 1}, "no policy “sample”"),
        ({"method": "lucky"}, "Choose how the sample is drawn"),
        ({"method": ["simple"]}, "Choose how the sample is drawn"),
        ({"sized_by": "guess"}, "Choose how large"),
        ({"size": 0}, "size of the sample"),
        ({"size": True}, "size of the sample"),
        ({"size": "20"}, "size of the sample"),
        ({"share": "0"}, "share of the list"),
        ({"share": "1.01"}, "share of the list"),
        ({"share": 0.1}, "share of the list"),
        ({"share": "NaN"}, "share of the list"),
        ({"share": "ten"}, "share of the list"),
        ({"sized_by": "share"}, "Say what share"),
        ({"sized_by": "per_auditor"}, "Say how many audits"),
        ({"per_auditor": 51}, "Audits for each auditor"),
        ({"per_auditor": 3, "cap": 2}, "cannot be less"),
        ({"strata": []}, "at least one thing to group"),
        ({"strata": ["team", "team"]}, "grouped by once"),
        ({"strata": [" "]}, "grouped by once"),
        ({"strata": "team"}, "grouped by once"),
        ({"minimum": 0}, "fewest cases"),
        ({"minimum": None}, "fewest cases"),
        ({"method": "weighted"}, "at least one weight"),
        ({"weights": []}, "Each weight"),
        ({"weights": {"team": {}}}, "Each weight"),
        ({"weights": {"team": {"North": "0"}}}, "Each weight"),
        ({"weights": {"team": {"North": 2}}}, "Each weight"),
        ({"weights": {"team": {"North": "1.0005"}}}, "Each weight"),
        ({"months_since_audit": -1}, "Months since"),
        ({"weeks_open": 521}, "Weeks that a case"),
        ({"leave_out_complaints": "yes"}, "yes or no"),
        ({"categories": ["pets"]}, "category"),
        ({"auditors": []}, "at least one role that audits"),
        ({"auditors": ["administrator"]}, "at least one role that audits"),
        ({"shares": {"junior": 10}}, "senior and the external tier"),
        ({"shares": {"senior": 101}}, "share to moderate"),
        ({"shares": 20}, "senior and the external tier"),
        ({"share_of": "some"}, "of all audits or of each"),
        ({"always": {"senior": "inadequate"}}, "always moderated"),
        ({"always_by": "team_manager"}, "role that moderates"),
        ({"blind": {"senior": 1}}, "Blind moderation"),
        ({"chasing": []}, "chased"),
    ],
)
def test_what_cannot_be_a_policy_is_refused_in_words(data: object, words: str) -> None:
    problems = policies_problems(data)
    assert any(words in problem for problem in problems), problems
    if isinstance(data, dict):
        with pytest.raises(ValueError, match=r"\w"):
            Policies.from_data(data)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(CHECKS)) | st.text(max_size=5), JSONS, max_size=6))
def test_whatever_data_there_is_is_read_or_refused(data: dict[str, object]) -> None:
    if policies_problems(data) == ():
        assert policies_problems(Policies.from_data(data).to_data()) == ()


def test_a_sample_is_made_from_what_applies() -> None:
    assert Policies().sample(4) == {"method": "minimum", "strata": ["team"], "minimum": 1}
    assert Policies(method="simple", size=12).sample(4) == {"method": "simple", "size": 12}
    three_each = Policies(method="proportional", sized_by="per_auditor", per_auditor=3)
    assert three_each.sample(4) == {"method": "proportional", "size": 12, "strata": ["team"]}
    assert three_each.sample(0)["size"] == 1
    weighted = Policies(method="weighted", sized_by="share", share="0.1", weights={"team": {"North": "2"}})
    assert weighted.sample(4) == {"method": "weighted", "share": "0.1", "weights": {"team": {"North": "2"}}}


def test_a_programme_keeps_its_policies_and_its_columns_in_step(either_app: Flask) -> None:
    made = make.authority()
    one = Programme(unit=made.root, name="Dip sample", tool_key=made.tool.key, moderation_percent=35)
    db.session.add(one)
    db.session.flush()
    assert one.policy == Policies(shares={"senior": 35, "external": 0})
    one.policy = Policies(per_auditor=3, shares={"senior": 50, "external": 10}, blind={"senior": True})
    db.session.commit()
    db.session.expire_all()
    assert (one.moderation_percent, one.blind, one.policy.per_auditor) == (50, True, 3)
    assert one.policy.blind == {"senior": True, "external": False}
