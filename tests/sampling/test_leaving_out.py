"""What keeps a case of a list out of a draw, as the list and the database know it, and how it is counted."""

import datetime as dt
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.cases.model import CaseListEntry, CaseRecord
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.programmes.operations import exempt
from audit_app.programmes.policies import Policies
from audit_app.refusal import Refused
from audit_app.sampling import operations
from audit_app.sampling.exclusions import ExclusionReason
from audit_app.sampling.explanation import explain
from audit_app.sampling.queries import frames, samples
from audit_app.sampling.queries.taking_part import taking_part
from audit_app.sampling.terms import DrawTerms
from tests import make
from tests.make import Authority
from tests.sampling import listing


def entries() -> list[CaseListEntry]:
    """The rows of the list, in the order in which they were made."""
    return list(db.session.execute(select(CaseListEntry).order_by(CaseListEntry.case_id)).scalars())


def say(entry: CaseListEntry, **said: str) -> str:
    """Let the list say more of a case; gives its reference."""
    entry.attributes = {**entry.attributes, **said}
    return entry.case.reference


@pytest.fixture
def made(either_app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


def reasons(made: Authority, **options: object) -> dict[str, set[str]]:
    """The reasons for which each case is left out."""
    found: dict[str, set[str]] = {}
    for one in operations.plan_draw(made.round, listing.terms(**options)).exclusions:  # type: ignore[arg-type]
        found.setdefault(one.reference, set()).add(one.reason.value)
    return found


def test_what_the_list_marks_is_left_out_unless_the_terms_say_otherwise(made: Authority) -> None:
    rows = entries()
    complaint, hold, both = say(rows[0], complaint="yes"), say(rows[6], legal_hold="yes"), rows[12]
    twice = say(both, complaint="yes", legal_hold="yes")
    say(rows[13], complaint="no", legal_hold="")
    db.session.commit()
    assert reasons(made) == {complaint: {"complaint"}, hold: {"legal_hold"}, twice: {"complaint", "legal_hold"}}
    assert reasons(made, complaints=False) == {hold: {"legal_hold"}, twice: {"legal_hold"}}
    assert reasons(made, complaints=False, legal_hold=False) == {}


def test_a_case_open_for_a_short_time_is_left_out_and_one_without_an_opening_day_is_counted(made: Authority) -> None:
    rows = entries()
    rows[0].case.started_on = today() - dt.timedelta(weeks=3)
    rows[1].case.started_on = today() - dt.timedelta(weeks=5)
    db.session.commit()
    look = operations.look(made.round, listing.terms(weeks=4))
    assert [(one.reference, one.reason) for one in look.drawn.exclusions] == [
        (rows[0].case.reference, ExclusionReason.NEW)
    ]
    assert look.without_start == 18
    assert operations.look(made.round, listing.terms()).without_start == 0


def test_only_the_wanted_statuses_are_drawn_from_and_closed_ones_when_they_are_wanted(app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=4, closed=2)
    drawn = operations.plan_draw(made.round, listing.terms(4, categories=("child_protection",)))
    assert {case.attributes["category"] for case in drawn.frame.cases if case.reference in drawn.references} == {
        "Child protection plan"
    }
    counts = Counter(one.reason for one in drawn.exclusions)
    assert counts == {ExclusionReason.CLOSED: 8, ExclusionReason.CATEGORY: 20}
    closed = operations.plan_draw(made.round, listing.terms(4, categories=("closed",)))
    assert set(closed.references) <= {
        one.reference for one in db.session.execute(select(CaseRecord).where(CaseRecord.closed)).scalars()
    }
    assert ExclusionReason.CLOSED not in {one.reason for one in closed.exclusions}


def test_one_of_each_family_is_kept_and_the_sample_is_explained_from_what_is_kept_of_it(made: Authority) -> None:
    rows = entries()
    family = [say(one, family="F-17") for one in (rows[0], rows[1], rows[7])]
    db.session.commit()
    sample = operations.draw(made.round, listing.terms(19), by=made.officer.id)
    db.session.commit()
    db.session.expire_all()
    drawn = samples.redrawn(sample)
    (kept,) = set(family) - drawn.left_out
    stored = {one.case.reference: one.inclusion_probability for one in sample.cases}
    assert kept in stored and stored[kept] == pytest.approx(float(drawn.lots[kept] * 1), abs=0.2)
    assert stored == {one.reference: float(one.inclusion_probability) for one in drawn.cases}
    assert all("family reference as case" in " ".join(explain(drawn, one)) for one in family)
    assert "family" not in str([case.attributes for case in drawn.frame.cases])
    assert len(operations.plan_draw(made.round, listing.terms(19, family=False, seed="b")).exclusions) == 18


def test_a_list_can_be_grouped_by_practitioner_and_by_a_column_of_its_own(made: Authority) -> None:
    for place, entry in enumerate(entries()):
        say(entry, School="North" if place % 2 else "South", complaint="", legal_status="C2")
    db.session.commit()
    assert frames.own_columns_of(made.round) == ("School",)
    drawn = operations.plan_draw(made.round, DrawTerms("minimum", 6, "s", ("School",), 1))
    assert {one.key for one in drawn.strata} == {("North",), ("South",)}
    by_worker = operations.plan_draw(made.round, DrawTerms("minimum", 9, "s", ("worker",), 1))
    assert len(by_worker.strata) == 8
    kept = {name for case in operations.plan_draw(made.round, listing.terms()).frame.cases for name in case.attributes}
    assert not kept & {"worker", "School", "legal_status", "complaint"}


def test_a_size_for_each_auditor_counts_those_whose_role_takes_part(made: Authority) -> None:
    made.round.programme.policies = Policies(
        sized_by="per_auditor", per_auditor=2, auditors=("senior_manager",)
    ).to_data()
    db.session.commit()
    people = taking_part(made.round)
    assert {one.id for one in people} == {made.senior.id, made.other_senior.id}
    terms = operations.usual_terms(made.round, "a seed")
    sample = operations.draw(made.round, terms, by=made.officer.id)
    assert (len(sample.cases), sample.terms["per_auditor"], sample.terms["auditors"]) == (4, 2, 2)
    assert sample.terms["departures"] == []


def test_a_size_for_each_auditor_leaves_out_who_is_exempt(made: Authority) -> None:
    made.round.programme.policies = Policies(sized_by="per_auditor", per_auditor=1).to_data()
    before = len(taking_part(made.round))
    month = made.round.month
    exempt(made.round.programme, made.manager, month, month, "Away", made.head, by=made.officer.id)
    db.session.commit()
    assert len(taking_part(made.round)) == before - 1
    assert made.manager.id not in {one.id for one in taking_part(made.round)}


def test_a_share_of_the_list_is_of_all_of_it_and_of_no_more_than_can_be_audited(made: Authority) -> None:
    drawn = operations.plan_draw(made.round, DrawTerms("simple", None, "s", sized_by="share", share="0.21"))
    assert len(drawn.cases) == 5


def test_departures_from_the_policy_are_kept_with_the_sample_and_in_the_history(made: Authority) -> None:
    made.round.programme.policies = Policies(size=10).to_data()
    db.session.commit()
    sample = operations.draw(made.round, listing.terms(8, months=3), by=made.officer.id)
    departed = [
        {"about": "How many cases", "here": "8 cases", "policy": "10 cases"},
        {"about": "Left out if audited in the last", "here": "3 months", "policy": "12 months"},
    ]
    db.session.commit()
    assert sample.terms["departures"] == departed
    (entry,) = entries_of(f"round:{made.round.id}")
    assert entry.body is not None and entry.body["departures"] == departed


def test_a_round_whose_programme_sets_no_size_starts_from_the_last_one(made: Authority) -> None:
    assert operations.usual_terms(made.round, "s").size is None
    with pytest.raises(Refused, match="how many cases"):
        operations.plan_draw(made.round, operations.usual_terms(made.round, "s"))
    operations.draw(made.round, listing.terms(7), by=None)
    assert operations.usual_terms(made.round, "s").size == 7


@pytest.mark.parametrize("method", ["simple", "proportional", "minimum", "weighted"])
def test_replacing_works_and_can_be_drawn_again_after_every_method(made: Authority, method: str) -> None:
    weights = {"category": {"Child protection plan": "3"}}
    sample = operations.draw(made.round, DrawTerms(method, 6, "s", ("team",), 1, weights=weights), by=None)
    (first, *_) = sample.cases
    before = samples.redrawn(sample)
    (key,) = {one.stratum for one in before.cases if one.reference == first.case.reference}
    come = operations.replace_case(sample, first.case_id, "Moved away", by=made.officer.id)
    db.session.commit()
    db.session.expire_all()
    assert come is not None and come.case.reference == before.reserves[key][0]
    again = samples.redrawn(sample)
    assert again.references == samples.references_of(sample)
    said = " ".join(explain(again, come.case.reference))
    assert f"It took the place of case {first.case.reference}." in said and "Moved away." in said
