"""The life of a challenge: every pair of phase and step, who may raise, give and resolve one, and until when."""

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from audit_app.access.actor import Actor
from audit_app.access.table import Role
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import Stage
from audit_app.moderation.challenge import (
    JUDGED,
    OPEN,
    TABLE,
    ChallengePhase,
    ChallengeStep,
    Outcome,
    Parties,
    Ruling,
    can_be_challenged,
    challenge_lacks,
    last_day,
    refusal_to_allow_late,
    refusal_to_be_resolver,
    refusal_to_challenge,
    refusal_to_close,
    refusal_to_name,
    refusal_to_resolve,
    refusal_to_step,
    refusal_to_withdraw_challenge,
    ruling_lacks,
)
from audit_app.refusal import Refusal
from tests.moderation.samples import AUDITOR, GRADED, MODERATOR, OTHER_TEAM, SAFETY, TEAM, TOOL, VOICE, actor, facts

P, S = ChallengePhase, ChallengeStep
TODAY = dt.date(2026, 6, 15)  # a Monday
LAST = dt.date(2026, 6, 26)
OUTCOME = Outcome("senior", done=True, last_day=LAST)
DONE = facts(Stage.MODERATED)
PARTIES = Parties(
    AUDITOR,
    MODERATOR,
    frozenset({MODERATOR, 21}),
    frozenset({22}),
    frozenset({23}),
    frozenset({"worker, pat"}),
    frozenset({24}),
)
RESOLVER = actor(Role.HEAD_OF_SERVICE, key=30)
OFFICER = actor(Role.AUDIT_OFFICER, key=40)
AUTHOR = actor(Role.TEAM_MANAGER, key=AUDITOR, unit=OTHER_TEAM, path=OTHER_TEAM)


def words(refusal: Refusal | None) -> str:
    """What a refusal says; nothing when there is none."""
    return refusal.reason if refusal else ""


# The table

ALLOWED = {
    "raised": {"name": "with_resolver", "withdraw": "withdrawn", "overtake": "overtaken"},
    "with_resolver": {
        "change": "with_resolver",
        "decline": "raised",
        "rule": "with_resolver",
        "resolve": "resolved",
        "withdraw": "withdrawn",
        "overtake": "overtaken",
    },
    "resolved": {},
    "withdrawn": {},
    "overtaken": {},
}


@pytest.mark.parametrize(("phase", "step"), list(product(P, S)))
def test_every_step_leads_where_it_should_or_is_refused_with_words(phase: ChallengePhase, step: ChallengeStep) -> None:
    after = ALLOWED[phase.value].get(step.value)
    refused = refusal_to_step(phase, step)
    if after is None:
        assert (phase, step) not in TABLE
        assert words(refused).endswith(".")
    else:
        assert refused is None
        assert TABLE[phase, step].value == after


def test_a_challenge_is_open_until_it_ends_and_every_phase_has_words() -> None:
    assert frozenset({P.RAISED, P.WITH_RESOLVER}) == OPEN
    assert all(phase.words for phase in P)


# Raising


def challenge(about: Facts = DONE, who: Actor = AUTHOR, today: dt.date = TODAY, **changes: object) -> str:
    """Why an outcome may not be challenged, with what is usual."""
    return words(refusal_to_challenge(about, who, replace(OUTCOME, **changes), today))  # type: ignore[arg-type]


def test_the_auditor_challenges_until_the_last_day() -> None:
    assert challenge() == ""
    assert challenge(today=LAST) == ""
    assert "ended on 26 June 2026" in challenge(today=LAST + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (actor(), "Only the auditor"),
        (RESOLVER, "Only the auditor"),
        (actor(None, key=AUDITOR), "role as auditor has ended"),
    ],
)
def test_nobody_else_challenges(who: Actor, reason: str) -> None:
    assert reason in challenge(who=who)


@pytest.mark.parametrize(("tier", "stage"), list(product(JUDGED, Stage)))
def test_an_outcome_is_challenged_only_while_it_is_the_last_word(tier: str, stage: Stage) -> None:
    found = challenge(facts(stage), tier=tier)
    if JUDGED[tier] is stage:
        assert found == ""
    elif tier == "senior" and stage in (Stage.WITH_EXTERNAL, Stage.VALIDATED):
        assert "gone on to an external auditor" in found
    else:
        assert "there is no outcome to challenge now" in found


def test_an_outcome_has_one_open_challenge_and_a_resolution_is_final() -> None:
    assert "challenged already" in challenge(is_challenged=True)
    assert "resolution is final" in challenge(is_resolved=True)
    assert "no outcome" in challenge(done=False)


def test_only_overridden_judgements_and_the_overall_one_can_be_challenged() -> None:
    found = can_be_challenged(GRADED, {"safety": "override", "voice": "agree", "overall": "agree"})
    assert [section.key for section in found] == ["safety", "overall"]


def test_a_challenge_says_why_for_each_judgement() -> None:
    offered = ["safety", "overall"]
    assert challenge_lacks(offered, {"safety": "The record shows it."}) == ()
    assert challenge_lacks(offered, {}) != ()
    assert challenge_lacks(offered, {"safety": "  "}) != ()
    assert challenge_lacks(offered, {"voice": "It was agreed."}) != ()


def test_the_time_runs_in_working_days_and_can_be_longer_where_allowed() -> None:
    friday = dt.date(2026, 6, 12)
    assert last_day(friday, 10) == dt.date(2026, 6, 26)
    assert last_day(friday, 10, dt.date(2026, 7, 3)) == dt.date(2026, 7, 3)
    assert last_day(friday, 10, dt.date(2026, 6, 15)) == dt.date(2026, 6, 26)


# Late ones


def allow(who: Actor = RESOLVER, until: dt.date = dt.date(2026, 7, 3), reason: str = "Leave", **changes: object) -> str:
    """Why a late challenge may not be allowed, with what is usual."""
    outcome = replace(OUTCOME, **changes)  # type: ignore[arg-type]
    return words(refusal_to_allow_late(DONE, MODERATOR, who, outcome, until, reason, TODAY))


def test_a_head_of_service_with_no_part_in_it_allows_a_late_challenge() -> None:
    assert allow() == ""
    assert "Only a head of service" in allow(OFFICER)
    assert "your own work" in allow(actor(Role.HEAD_OF_SERVICE, key=AUDITOR))
    assert "your own work" in allow(actor(Role.HEAD_OF_SERVICE, key=MODERATOR))
    assert "Say why" in allow(reason=" ")
    assert "still to come" in allow(until=LAST)
    assert "still to come" in allow(until=TODAY - dt.timedelta(days=1), last_day=dt.date(2026, 1, 5))
    assert "within the next 20" in allow(until=dt.date(2026, 9, 1))
    assert "resolution is final" in allow(is_resolved=True)


# Naming


def name(resolver: Actor = RESOLVER, by: Actor = OFFICER, phase: ChallengePhase = P.RAISED, **options: object) -> str:
    """Why somebody may not be named, with what is usual."""
    return words(refusal_to_name(DONE, PARTIES, phase, resolver, by, **options))  # type: ignore[arg-type]


def test_officer_and_head_name_somebody_who_had_no_part_in_it() -> None:
    assert name() == ""
    assert name(by=actor(Role.HEAD_OF_SERVICE, key=41)) == ""
    assert "Only the audit officer" in name(by=actor(Role.SENIOR_MANAGER, key=42))
    assert "Only the audit officer" in name(by=actor(Role.AUDIT_OFFICER, key=43, path="/2/"))


def test_whoever_is_a_side_does_not_choose_the_resolver() -> None:
    assert "your own work" in name(by=actor(Role.HEAD_OF_SERVICE, key=MODERATOR))
    assert "your own work" in name(by=actor(Role.HEAD_OF_SERVICE, key=AUDITOR))


@pytest.mark.parametrize(
    ("resolver", "reason"),
    [
        (actor(Role.HEAD_OF_SERVICE, key=AUDITOR), "The auditor cannot resolve their own challenge."),
        (actor(Role.HEAD_OF_SERVICE, key=MODERATOR), "gave the judgement that is challenged"),
        (actor(Role.HEAD_OF_SERVICE, key=21), "judged this audit, or was given it"),
        (actor(Role.HEAD_OF_SERVICE, key=22), "contributed to this audit"),
        (actor(Role.HEAD_OF_SERVICE, key=30, unit=TEAM), "case's own team"),
        (actor(Role.TEAM_MANAGER, key=30, path=TEAM), "case's own team"),
        (actor(Role.TEAM_MANAGER, key=30, path=OTHER_TEAM), "may not read audits"),
        (actor(Role.EXTERNAL_AUDITOR, key=30), "may not read audits"),
        (actor(None, key=30), "may not read audits"),
    ],
)
def test_nobody_resolves_who_had_a_part_in_it_or_may_not_read_it(resolver: Actor, reason: str) -> None:
    assert reason in words(refusal_to_be_resolver(TEAM, PARTIES, resolver))
    assert reason in name(resolver)
    assert reason in words(refusal_to_resolve(DONE, PARTIES, "senior", P.WITH_RESOLVER, resolver.id, resolver))


def test_another_resolver_is_named_only_with_a_reason() -> None:
    assert name(phase=P.WITH_RESOLVER, before=31, reason="They are on leave.") == ""
    assert "Say why" in name(phase=P.WITH_RESOLVER, before=31)
    assert "named already" in name(phase=P.WITH_RESOLVER, before=30, reason="Again.")
    assert "is resolved" in name(phase=P.RESOLVED, before=31, reason="Too late.")


# Resolving


@pytest.mark.parametrize(("tier", "stage"), list(product(JUDGED, Stage)))
def test_a_challenge_is_resolved_only_while_the_outcome_stands(tier: str, stage: Stage) -> None:
    found = words(refusal_to_resolve(facts(stage), PARTIES, tier, P.WITH_RESOLVER, RESOLVER.id, RESOLVER))
    assert (found == "") is (JUDGED[tier] is stage)


def test_only_whoever_is_named_resolves_or_declines() -> None:
    other = actor(Role.HEAD_OF_SERVICE, key=31)
    for step in (S.RULE, S.RESOLVE, S.DECLINE):
        assert words(refusal_to_resolve(DONE, PARTIES, "senior", P.WITH_RESOLVER, RESOLVER.id, RESOLVER, step)) == ""
        found = words(refusal_to_resolve(DONE, PARTIES, "senior", P.WITH_RESOLVER, RESOLVER.id, other, step))
        assert "Somebody else was named" in found


def test_only_the_auditor_withdraws() -> None:
    assert refusal_to_withdraw_challenge(DONE, P.RAISED, AUTHOR) is None
    assert "Only the auditor" in words(refusal_to_withdraw_challenge(DONE, P.RAISED, OFFICER))


@pytest.mark.parametrize(
    ("ruling", "lacks"),
    [
        (Ruling("good", reason="The plan changed."), 0),
        (Ruling(None, reason="The plan changed."), 1),
        (Ruling("good"), 1),
        (Ruling(), 2),
        (Ruling("splendid", reason="So."), 1),
        (Ruling(None, not_applicable=True, reason="There is no such plan."), 1),
    ],
)
def test_a_ruling_needs_a_grade_of_the_scale_and_a_reason(ruling: Ruling, lacks: int) -> None:
    assert len(ruling_lacks(TOOL, SAFETY, ruling)) == lacks


def test_a_section_that_may_be_not_applicable_can_be_found_so() -> None:
    assert ruling_lacks(TOOL, VOICE, Ruling(None, not_applicable=True, reason="A baby of two days.")) == ()


def test_a_challenge_is_closed_when_everything_is_found() -> None:
    assert refusal_to_close(0) is None
    assert words(refusal_to_close(1)).startswith("1 judgement still needs")
    assert words(refusal_to_close(2)).startswith("2 judgements still need")


@pytest.mark.parametrize("resolver", [actor(Role.HEAD_OF_SERVICE, key=23), replace(RESOLVER, name="Worker,  Pat")])
def test_whoever_worked_on_a_case_does_not_resolve_a_challenge_of_its_audit(resolver: Actor) -> None:
    assert "worked on this case" in words(refusal_to_be_resolver(TEAM, PARTIES, resolver))


def test_whoever_signed_the_audit_off_does_not_resolve_a_challenge_of_it() -> None:
    head = actor(Role.HEAD_OF_SERVICE, key=24)
    assert "signed this audit off" in words(refusal_to_be_resolver(TEAM, PARTIES, head))
    assert "signed this audit off" in name(head)
