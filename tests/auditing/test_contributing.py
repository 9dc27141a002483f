"""What the rules of contributions allow, and what of several agencies is missing."""

import datetime as dt
from dataclasses import dataclass, field, replace

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.auditing.contributing import (
    agencies_missing,
    answered_by_agency,
    asks_for,
    contribution_gaps,
    refusal_to_ask,
    refusal_to_be_asked,
    refusal_to_contribute,
    refusal_to_finish,
    refusal_to_go_without,
    refusal_to_share,
    refusal_to_withdraw_contribution,
    state_of_contribution,
)
from audit_app.auditing.drafts import Draft
from audit_app.auditing.visibility import Facts, Holding
from audit_app.auditing.workflow import Stage
from audit_app.frameworks.reading import SHIPPED, library

TODAY = dt.date(2026, 6, 15)
NOW = dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC)
LAST = TODAY + dt.timedelta(days=30)
TOOL = library(SHIPPED).tool("multi-agency", "1")
TEAM = "/1/2/3/"


@dataclass
class One:
    """A contribution as the rules see it."""

    person_id: int = 7
    agency: str = "health"
    until: dt.date = TODAY
    begun_at: dt.datetime | None = None
    done_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    drafts: dict[str, Draft] = field(default_factory=dict)


def who(number: int, role: Role, path: str = "/1/", until: dt.date | None = None) -> Actor:
    return Actor(number, "Somebody", None, (Grant(role, path, until),))


LEAD, OFFICER = who(1, Role.TEAM_MANAGER, "/1/2/4/"), who(2, Role.AUDIT_OFFICER)
CONTRIBUTOR = who(7, Role.CONTRIBUTOR, until=LAST)
FACTS = Facts(1, TEAM, Stage.IN_PROGRESS, ())


def done(agency: str) -> One:
    return One(agency=agency, begun_at=NOW, done_at=NOW)


def missing(*asked: One, drafts: dict[str, Draft] | None = None) -> list[str]:
    return [agency.key for agency in agencies_missing(TOOL, "child_protection", drafts or {}, asked)]


def test_agencies_whose_sections_must_be_written_are_missing_until_one_of_their_people_is_done() -> None:
    assert missing() == ["social_care", "health", "police", "education"]
    assert missing(done("health"), One(agency="police")) == ["social_care", "police", "education"]


def test_an_agency_that_need_not_take_part_is_missing_only_once_it_was_asked() -> None:
    core = [done(key) for key in ("social_care", "health", "police", "education")]
    assert missing(*core) == []
    assert missing(*core, One(agency="housing")) == ["housing"]
    assert missing(*core, One(agency="housing", withdrawn_at=NOW)) == []


def test_an_agency_whose_section_does_not_apply_is_not_missing() -> None:
    core = [done(key) for key in ("social_care", "health", "police", "education")]
    apart = {"housing": Draft(not_applicable=True, not_applicable_because="No housing service is involved.")}
    assert missing(*core, One(agency="housing"), drafts=apart) == []


def test_a_tool_without_agencies_misses_none() -> None:
    assert agencies_missing(library(SHIPPED).tool("case-file", "1"), "looked_after", {}, ()) == ()


def test_whoever_hands_in_without_an_agency_says_why() -> None:
    absent = [TOOL.agency("health"), TOOL.agency("police"), TOOL.agency("education")]
    refused = refusal_to_go_without(absent, " ")
    assert refused is not None
    assert "Health, Police and Education" in refused.reason
    assert refusal_to_go_without(absent, "They could not be found in time.") is None
    assert refusal_to_go_without([], "") is None


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (One(until=TODAY), "Not started"),
        (One(begun_at=NOW), "In progress"),
        (One(until=TODAY - dt.timedelta(days=1), begun_at=NOW), "Late"),
        (One(until=TODAY - dt.timedelta(days=1), done_at=NOW), "Done"),
        (One(withdrawn_at=NOW), "Withdrawn"),
    ],
)
def test_a_contribution_says_how_far_it_is(one: One, words: str) -> None:
    assert state_of_contribution(one, TODAY).words == words


def test_only_the_lead_auditor_and_the_audit_officer_ask() -> None:
    assert asks_for(FACTS, LEAD)
    assert asks_for(FACTS, OFFICER)
    head = who(3, Role.HEAD_OF_SERVICE)
    assert refusal_to_ask(FACTS, head) is not None
    assert refusal_to_ask(replace(FACTS, stage=Stage.SUBMITTED), LEAD) is not None
    assert refusal_to_ask(replace(FACTS, handed_back=True), LEAD) is not None
    assert refusal_to_ask(FACTS, OFFICER) is None


def test_nobody_is_asked_who_could_not_or_should_not_contribute() -> None:
    def refused(person: Actor, until: dt.date = TODAY, facts: Facts = FACTS) -> str:
        found = refusal_to_be_asked(facts, person, until, TODAY)
        return found.reason if found else ""

    assert refused(CONTRIBUTOR) == ""
    assert "their own audit" in refused(LEAD)
    assert "no role" in refused(who(8, Role.BOARD_MEMBER))
    assert "no role" in refused(who(8, Role.TEAM_MANAGER, "/1/2/9/"))
    assert refused(who(8, Role.TEAM_MANAGER, TEAM)) == ""
    assert "today or later" in refused(CONTRIBUTOR, TODAY - dt.timedelta(days=1))
    assert "ends on 15 July 2026" in refused(CONTRIBUTOR, LAST + dt.timedelta(days=1))
    judged = replace(FACTS, holdings=(Holding(7, "senior", False),))
    assert "judges this audit" in refused(CONTRIBUTOR, facts=judged)


def test_a_contributor_writes_only_what_they_were_asked_and_only_while_the_audit_is_written() -> None:
    def refused(one: One | None = None, facts: Facts = FACTS, by: Actor = CONTRIBUTOR) -> bool:
        return refusal_to_contribute(facts, one or One(), by) is not None

    assert not refused()
    assert not refused(One(until=TODAY - dt.timedelta(days=9)))  # late words are better than none
    assert refused(by=who(8, Role.CONTRIBUTOR, until=LAST))
    assert refused(by=who(7, Role.BOARD_MEMBER))
    assert refused(One(withdrawn_at=NOW))
    assert refused(One(done_at=NOW))
    assert refusal_to_contribute(FACTS, One(done_at=NOW), CONTRIBUTOR, changing=False) is None
    for stage in (Stage.SUBMITTED, Stage.WITH_SENIOR, Stage.VALIDATED, Stage.WITHDRAWN, Stage.VOID):
        assert refused(facts=replace(FACTS, stage=stage)), stage
    assert refused(facts=replace(FACTS, auditor_id=7))
    assert not refused(facts=replace(FACTS, stage=Stage.SENT_BACK))


def test_a_contribution_is_done_when_every_section_is_written_and_answered() -> None:
    sections = TOOL.agency_sections("child_protection", "health")
    questions = {q.key: "yes" for q in sections[0].questions}
    assert [gap.place for gap in contribution_gaps(sections, {})] == ["evidence", "question-adults_known"]
    assert contribution_gaps(sections, {"health": Draft(evidence="We know the child.", questions=questions)}) == ()
    assert refusal_to_finish(FACTS, One(), CONTRIBUTOR, 2) is not None
    assert refusal_to_finish(FACTS, One(), CONTRIBUTOR, 0) is None
    assert refusal_to_finish(FACTS, One(done_at=NOW), CONTRIBUTOR, 0) is not None


def test_what_is_done_is_not_withdrawn_and_what_is_withdrawn_says_why() -> None:
    def refused(one: One, reason: str = "They left.", by: Actor = LEAD) -> bool:
        return refusal_to_withdraw_contribution(FACTS, one, by, reason) is not None

    assert not refused(One())
    assert not refused(One(begun_at=NOW), by=OFFICER)
    assert refused(One(), " ")
    assert refused(One(done_at=NOW))
    assert refused(One(withdrawn_at=NOW))
    assert refused(One(), by=CONTRIBUTOR)


def test_only_the_lead_auditor_shares() -> None:
    assert refusal_to_share(FACTS, One(), LEAD) is None
    assert refusal_to_share(FACTS, One(), OFFICER) is not None
    assert refusal_to_share(FACTS, One(withdrawn_at=NOW), LEAD) is not None


def test_the_answers_of_the_first_who_finished_go_first() -> None:
    first = One(done_at=NOW, drafts={"health": Draft(questions={"flagged": "yes"})})
    second = One(done_at=NOW, drafts={"health": Draft(questions={"flagged": "no", "attended": "no"})})
    writing = One(drafts={"health": Draft(questions={"supervised": "yes"})})
    assert answered_by_agency([first, second, writing], "health") == {"flagged": "yes", "attended": "no"}
