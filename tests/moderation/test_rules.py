"""Who may moderate what, what a decision must hold, and when a moderation is complete: every refusal."""

from dataclasses import replace

import pytest

from audit_app.access.actor import Actor
from audit_app.access.table import Role
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import TABLE, Stage
from audit_app.moderation.rules import (
    GIVING,
    WITH_MODERATOR,
    BlindGrade,
    Decision,
    is_judged,
    missing_quality,
    refusal_to_agree_with_rest,
    refusal_to_commit,
    refusal_to_decide,
    refusal_to_finish,
    refusal_to_give,
    refusal_to_go_on,
    refusal_to_grade,
    refusal_to_reopen,
    refusal_to_send_back,
    refusal_to_settle_instead,
    refusal_to_take_back,
    refusal_to_work,
    undecided,
    unjudged,
)
from audit_app.refusal import Refusal
from tests.moderation.samples import AUDITOR, GRADED, OTHER_TEAM, SAFETY, TEAM, TOOL, VOICE, actor, facts

OVERRIDE = Decision("override", "fair", False, "evidence", "The record says otherwise.", False)


def words(refusal: Refusal | None) -> str:
    """What a refusal says; nothing when there is none."""
    return refusal.reason if refusal else ""


def give(about: Facts, moderator: Actor, tier: str = "senior", **options: object) -> str:
    """Why an audit may not be given, with what is usual."""
    usual: dict[str, object] = {"blind": False, "random": False, "earlier": frozenset(), "has_opened": False}
    return words(refusal_to_give(about, moderator, tier, **{**usual, **options}))  # type: ignore[arg-type]


def test_whoever_worked_on_a_case_does_not_moderate_its_audit() -> None:
    assert "worked on this case" in give(facts(), actor(), connected=True)


def test_whoever_signed_an_audit_off_does_not_moderate_it() -> None:
    assert "signed this audit off" in give(facts(), actor(Role.HEAD_OF_SERVICE), signed_off=True)


@pytest.mark.parametrize("tier", ["senior", "external"])
@pytest.mark.parametrize("stage", Stage)
def test_whoever_is_connected_with_the_case_since_goes_on_nowhere(stage: Stage, tier: str) -> None:
    who = actor(Role.SENIOR_MANAGER if tier == "senior" else Role.EXTERNAL_AUDITOR)
    wanted = frozenset({"deciding"})
    found = words(refusal_to_work(facts(stage), who.id, tier, "deciding", wanted, who, connected=True))
    assert "is connected with it" in found and "gives the audit to somebody else" in found
    free = refusal_to_work(facts(stage), who.id, tier, "deciding", wanted, who, connected=False)
    assert (free is None) == (stage is WITH_MODERATOR[tier])


def test_whoever_works_in_the_team_since_does_not_go_on() -> None:
    assert "own team now" in work(facts(Stage.WITH_SENIOR), actor(unit=TEAM))


def test_an_audit_can_be_given_to_a_senior_who_has_nothing_to_do_with_it() -> None:
    assert give(facts(), actor()) == ""


@pytest.mark.parametrize(
    ("moderator", "tier", "reason"),
    [
        (actor(Role.TEAM_MANAGER), "senior", "is not a senior moderator"),
        (actor(None), "senior", "is not a senior moderator"),
        (actor(Role.SENIOR_MANAGER), "external", "is not an external auditor"),
        (actor(Role.EXTERNAL_AUDITOR), "senior", "is not a senior moderator"),
        (actor(key=AUDITOR), "senior", "Nobody moderates their own audit."),
        (actor(unit=TEAM), "senior", "works in the case's own team"),
        (actor(path=TEAM), "senior", "works in the case's own team"),
    ],
)
def test_an_audit_is_given_to_no_one_who_may_not_judge_it(moderator: Actor, tier: str, reason: str) -> None:
    assert reason in give(facts(), moderator, tier)


def test_somebody_of_another_team_may_moderate() -> None:
    assert give(facts(), actor(unit=OTHER_TEAM)) == ""


def test_whoever_judged_in_another_tier_may_not_judge_again() -> None:
    assert "another tier" in give(facts(), actor(), earlier=frozenset({actor().id}))


def test_only_random_draws_may_be_blind() -> None:
    assert "drawn at random" in give(facts(), actor(), blind=True)
    assert give(facts(), actor(), blind=True, random=True) == ""


def test_whoever_opened_an_audit_cannot_judge_it_blind_but_can_judge_it_open() -> None:
    assert "has opened this audit" in give(facts(), actor(), blind=True, random=True, has_opened=True)
    assert give(facts(), actor(), has_opened=True) == ""


@pytest.mark.parametrize("tier", ["senior", "external"])
@pytest.mark.parametrize("stage", Stage)
def test_an_audit_can_be_given_exactly_where_the_workflow_says(stage: Stage, tier: str) -> None:
    moderator = actor(Role.SENIOR_MANAGER if tier == "senior" else Role.EXTERNAL_AUDITOR)
    assert (give(facts(stage), moderator, tier) == "") == ((stage, GIVING[tier]) in TABLE)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (Decision(), "Choose agree or override."),
        (Decision("perhaps"), "Choose agree or override."),
        (Decision("override"), "Choose the grade that you would give."),
        (replace(OVERRIDE, grade="excellent"), "one of the grades"),
        (replace(OVERRIDE, grade=None, not_applicable=True), "applies to every case"),
        (replace(OVERRIDE, grade="good"), "choose a different grade"),
        (replace(OVERRIDE, reason_code=None), "Choose the reason"),
        (replace(OVERRIDE, reason_code="mood"), "Choose the reason"),
        (replace(OVERRIDE, reason=" \n"), "Explain your override"),
        (replace(OVERRIDE, evidence_supports=None), "evidence supports"),
    ],
)
def test_a_decision_that_lacks_something_is_not_complete(decision: Decision, reason: str) -> None:
    assert reason in words(refusal_to_decide(TOOL, SAFETY, "good", decision))


@pytest.mark.parametrize("decision", [Decision("agree"), Decision("agree", reason="Well seen."), OVERRIDE])
def test_a_decision_is_complete_when_it_agrees_or_overrides_with_everything(decision: Decision) -> None:
    assert refusal_to_decide(TOOL, SAFETY, "good", decision) is None


def test_not_applicable_can_be_overridden_with_a_grade_and_a_grade_with_not_applicable() -> None:
    to_none = replace(OVERRIDE, grade=None, not_applicable=True)
    assert refusal_to_decide(TOOL, VOICE, "good", to_none) is None
    assert refusal_to_decide(TOOL, VOICE, None, OVERRIDE) is None
    assert "different grade" in words(refusal_to_decide(TOOL, VOICE, None, to_none))


@pytest.mark.parametrize(
    ("grade", "not_applicable", "reason"),
    [("good", False, ""), (None, False, ""), ("A", False, "one of the grades"), (None, True, "applies to every case")],
)
def test_a_grade_must_be_one_that_the_section_can_have(grade: str | None, not_applicable: bool, reason: str) -> None:
    found = words(refusal_to_grade(TOOL, SAFETY, grade, not_applicable))
    assert reason in found
    assert bool(reason) == bool(found)


def test_what_is_undecided_is_listed_in_the_order_of_the_tool() -> None:
    standing = {"safety": "good", "voice": "good", "overall": "good"}
    decided = {"overall": Decision("agree"), "voice": replace(OVERRIDE, reason="")}
    assert undecided(TOOL, GRADED, standing, decided) == ("safety", "voice")
    assert undecided(TOOL, GRADED, standing, dict.fromkeys(standing, Decision("agree"))) == ()


@pytest.mark.parametrize(
    ("grade", "judged"),
    [
        (None, False),
        (BlindGrade(), False),
        (BlindGrade("good"), False),
        (BlindGrade("good", reason="  "), False),
        (BlindGrade(reason="Seen."), False),
        (BlindGrade("good", reason="Seen."), True),
        (BlindGrade(not_applicable=True, reason="No sibling."), True),
    ],
)
def test_a_blind_grade_needs_a_reason(grade: BlindGrade | None, judged: bool) -> None:
    assert is_judged(grade) is judged
    assert unjudged(["safety"], {"safety": grade} if grade else {}) == (() if judged else ("safety",))


def test_every_question_on_the_quality_of_the_audit_needs_an_answer() -> None:
    assert missing_quality(TOOL, {}, None) == ("Evidence", "Analysis", "Whether you went through it with the auditor")
    assert missing_quality(TOOL, {"evidence": "met", "analysis": "good"}, with_auditor=True) == ("Analysis",)
    assert missing_quality(TOOL, {"evidence": "met", "analysis": "not_yet"}, with_auditor=False) == ()
    complete = {"evidence": "met", "analysis": "not_yet"}
    said = missing_quality(TOOL, complete, with_auditor=True, lacks_day=True)
    assert said == ("The day on which you went through it together",)


def work(about: Facts, who: Actor, *, tier: str = "senior", phase: str = "deciding") -> str:
    """Why somebody may not go on, when the deciding phase is wanted."""
    return words(refusal_to_work(about, actor().id, tier, phase, frozenset({"deciding"}), who))


def test_the_moderator_goes_on_while_the_audit_is_with_them() -> None:
    assert work(facts(Stage.WITH_SENIOR), actor()) == ""


@pytest.mark.parametrize(
    ("stage", "who", "phase", "reason"),
    [
        (Stage.WITH_SENIOR, actor(key=99), "deciding", "given to somebody else"),
        (Stage.WITH_SENIOR, actor(None), "deciding", "Your access as moderator has ended."),
        (Stage.WITH_SENIOR, actor(Role.EXTERNAL_AUDITOR), "deciding", "Your access as moderator has ended."),
        (Stage.WITH_SENIOR, actor(), "settling", "This step is over."),
        (Stage.SENT_BACK, actor(), "deciding", "sent back to its auditor"),
        (Stage.VOID, actor(), "deciding", "is void"),
        (Stage.WITH_EXTERNAL, actor(), "deciding", "is with external auditor"),
    ],
)
def test_nobody_goes_on_without_right_or_audit(stage: Stage, who: Actor, phase: str, reason: str) -> None:
    assert reason in work(facts(stage), who, phase=phase)


def test_not_even_a_moderation_given_by_mistake_lets_the_auditor_moderate() -> None:
    mine = replace(facts(Stage.WITH_SENIOR), auditor_id=actor().id)
    assert work(mine, actor()) == "Nobody moderates their own audit."


@pytest.mark.parametrize("tier", ["senior", "external"])
@pytest.mark.parametrize("stage", Stage)
def test_a_moderation_goes_on_only_while_its_audit_is_with_its_tier(stage: Stage, tier: str) -> None:
    assert (refusal_to_go_on(stage, tier) is None) == (stage is WITH_MODERATOR[tier])


def test_blind_grades_are_committed_all_together() -> None:
    assert words(refusal_to_commit(1)).startswith("1 section needs")
    assert words(refusal_to_commit(3)).startswith("3 sections need")
    assert refusal_to_commit(0) is None


def test_what_remains_is_agreed_with_only_once_everything_was_opened() -> None:
    assert "1 section yet" in words(refusal_to_agree_with_rest(1))
    assert "2 sections yet" in words(refusal_to_agree_with_rest(2))
    assert refusal_to_agree_with_rest(0) is None


def test_a_moderation_is_finished_when_all_is_decided_and_the_audit_rated() -> None:
    assert words(refusal_to_finish(1, 0)) == "1 section still needs a decision."
    assert words(refusal_to_finish(2, 0)) == "2 sections still need a decision."
    assert "how good the audit itself is" in words(refusal_to_finish(0, 1))
    assert refusal_to_finish(0, 0) is None


@pytest.mark.parametrize(
    ("stage", "who", "tier", "reason", "refused"),
    [
        (Stage.MODERATED, actor(Role.HEAD_OF_SERVICE), "senior", "A new fact", ""),
        (Stage.VALIDATED, actor(Role.HEAD_OF_SERVICE), "external", "A new fact", ""),
        (Stage.MODERATED, actor(Role.HEAD_OF_SERVICE), "external", "A new fact", "cannot be done"),
        (Stage.VALIDATED, actor(Role.HEAD_OF_SERVICE), "senior", "A new fact", "cannot be done"),
        (Stage.WITH_SENIOR, actor(Role.HEAD_OF_SERVICE), "senior", "A new fact", "cannot be done"),
        (Stage.MODERATED, actor(Role.HEAD_OF_SERVICE), "senior", " ", "Say why it is reopened."),
        (Stage.MODERATED, actor(Role.SENIOR_MANAGER), "senior", "A new fact", "Only a head of service"),
        (Stage.MODERATED, actor(Role.HEAD_OF_SERVICE, path=OTHER_TEAM), "senior", "A new fact", "of this unit"),
        (Stage.MODERATED, actor(Role.HEAD_OF_SERVICE, key=AUDITOR), "senior", "A new fact", "their own audit"),
    ],
)
def test_a_moderation_is_reopened_by_a_head_of_service_with_a_reason(
    stage: Stage, who: Actor, tier: str, reason: str, refused: str
) -> None:
    found = words(refusal_to_reopen(facts(stage), who, tier, reason))
    assert refused in found
    assert bool(refused) == bool(found)


@pytest.mark.parametrize(
    ("stage", "phase", "committed", "reason", "refused"),
    [
        (Stage.WITH_SENIOR, "deciding", False, "On leave", ""),
        (Stage.WITH_SENIOR, "judging_blind", False, "On leave", ""),
        (Stage.MODERATED, "done", False, "On leave", "finished"),
        (Stage.WITH_SENIOR, "settling", True, "On leave", "committed blind grades"),
        (Stage.WITH_SENIOR, "deciding", True, "On leave", "committed blind grades"),
        (Stage.SENT_BACK, "deciding", False, "On leave", "is sent back"),
        (Stage.WITH_SENIOR, "deciding", False, "", "Say why"),
    ],
)
def test_only_an_uncommitted_moderation_is_taken_back(
    stage: Stage, phase: str, committed: bool, reason: str, refused: str
) -> None:
    found = words(refusal_to_take_back(stage, "senior", phase, committed, reason))
    assert refused in found
    assert bool(refused) == bool(found)


@pytest.mark.parametrize("phase", ["judging_blind", "settling", "deciding", "done"])
@pytest.mark.parametrize("stage", Stage)
def test_a_moderation_is_taken_back_before_and_settled_instead_after_it_is_committed(stage: Stage, phase: str) -> None:
    committed = phase != "judging_blind"
    back = refusal_to_take_back(stage, "senior", phase, committed, "They left.")
    instead = refusal_to_settle_instead(stage, "senior", phase, committed, "They left.")
    movable = stage is Stage.WITH_SENIOR and phase != "done"
    assert (back is None) == (movable and not committed)
    assert (instead is None) == (movable and committed)
    assert refusal_to_settle_instead(stage, "senior", phase, committed, " ") is not None


@pytest.mark.parametrize(
    ("stage", "blind", "reason", "refused"),
    [
        (Stage.WITH_SENIOR, False, "No plan attached", ""),
        (Stage.WITH_EXTERNAL, False, "No plan attached", ""),
        (Stage.WITH_SENIOR, True, "No plan attached", "Commit your own grades first."),
        (Stage.WITH_SENIOR, False, "  ", "Say what is missing"),
        (Stage.MODERATED, False, "No plan attached", "cannot be done"),
    ],
)
def test_an_audit_is_sent_back_for_what_is_missing(stage: Stage, blind: bool, reason: str, refused: str) -> None:
    found = words(refusal_to_send_back(stage, blind, reason))
    assert refused in found
    assert bool(refused) == bool(found)
