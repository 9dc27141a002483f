"""Where a draw departs from its programme's policy, and the terms that a policy gives."""

import pytest

from audit_app.programmes.policies import Policies
from audit_app.sampling.departing import departures_data, departures_of
from audit_app.sampling.terms import DrawTerms, refusal_of_size, refusal_to_follow

POLICIES = Policies(size=50, strata=("team", "category"), categories=("child_in_need", "looked_after"))


def test_the_terms_of_a_policy_depart_from_it_in_nothing() -> None:
    for policies in (
        Policies(),
        POLICIES,
        Policies(sized_by="share", share="0.1"),
        Policies(sized_by="per_auditor", per_auditor=3),
        Policies(method="weighted", size=5, weights={"category": {"Child in need plan": "2"}}),
    ):
        assert departures_of(DrawTerms.from_policies(policies, "a seed", 4), policies) == ()


def test_a_size_departs_only_from_a_policy_that_has_one() -> None:
    assert departures_of(DrawTerms.from_policies(Policies(size=8), "s"), Policies()) == ()
    (one,) = departures_of(DrawTerms.from_policies(Policies(size=8), "s"), Policies(size=9))
    assert (one.about, one.here, one.policy) == ("How many cases", "8 cases", "9 cases")


def test_the_order_in_which_things_were_ticked_is_no_departure() -> None:
    turned = Policies(size=50, strata=("category", "team"), categories=("looked_after", "child_in_need"))
    assert departures_of(DrawTerms.from_policies(turned, "s"), POLICIES) == ()


def test_every_departure_is_said_in_words() -> None:
    terms = DrawTerms(
        "weighted",
        None,
        "s",
        sized_by="share",
        share="0.125",
        months=6,
        weeks=4,
        complaints=False,
        legal_hold=False,
        elsewhere=False,
        family=False,
        weights={"category": {"Child protection plan": "2", "Care leaver": "0.5", "Closed episode": "1"}},
    )
    said = {one["about"]: (one["here"], one["policy"]) for one in departures_data(departures_of(terms, POLICIES))}
    assert said == {
        "How the cases are drawn": ("By weight", "In proportion, with a least number from each group"),
        "Grouped by": ("nothing", "case status and team"),
        "Least from each group": ("not used", "1"),
        "Weights": ("Care leaver: half as likely; Child protection plan: twice as likely", "not used"),
        "How many cases": ("12.5% of the list", "50 cases"),
        "Left out if audited in the last": ("6 months", "12 months"),
        "Left out if open for less than": ("4 weeks", "not left out"),
        "Cases with an open complaint": ("not left out", "left out"),
        "Cases under a legal hold": ("not left out", "left out"),
        "Cases that wait in another round": ("not left out", "left out"),
        "Brothers and sisters": ("all can be drawn", "one of each family"),
        "Case statuses": ("all", "child in need plan and looked after child"),
    }


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (DrawTerms("simple", None, "s"), "Enter how many cases to draw"),
        (DrawTerms("simple", None, "s", sized_by="per_auditor", per_auditor=2), "Nobody takes part"),
        (DrawTerms("simple", None, "s", sized_by="per_auditor", auditors=2), "for each auditor"),
        (DrawTerms("weighted", 5, "s"), "Give at least one weight"),
    ],
)
def test_a_draw_without_a_size_or_weights_is_refused(terms: DrawTerms, words: str) -> None:
    refusal = refusal_to_follow(terms)
    assert refusal is not None and words in refusal.reason


def test_a_share_that_comes_to_too_many_cases_is_refused() -> None:
    assert refusal_of_size(1000) is None
    refusal = refusal_of_size(10_000)
    assert refusal is not None and "10,000 cases" in refusal.reason
