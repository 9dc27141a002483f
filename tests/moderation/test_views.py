"""The pages on which somebody moderates: open, blind, settling, finishing, sending back, reopening."""

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.ledger import standing
from audit_app.auditing.queries import lines_of
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.moderation import operations
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.queries import sections_of
from tests import make
from tests.moderation.doing import decided, finished, given, override, version_of
from tests.moderation.visiting import Visitor, home, openings, rated

OVERRIDE = {
    "decision": "override",
    "grade": "inadequate",
    "reason_code": "safeguarding_missed",
    "reason": "The strategy discussion was late.",
    "evidence_supports": "no",
}


def test_an_open_moderation_is_carried_out_page_by_page(world: make.Authority, senior: Visitor) -> None:
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    keys = [section.key for section in sections_of(audit)]
    page = senior.get(home(moderation))
    assert page.has(f"0 of {len(keys)} sections decided", "Not opened", "Manager One")
    page = senior.get(home(moderation, f"/sections/{keys[0]}"))
    assert page.has("The record shows it, and it made a difference.", "Do you agree with “Good”?")
    for key in keys:
        assert page.path.endswith(f"/sections/{key}")
        page = senior.send(page, f"/sections/{key}/decide", OVERRIDE if key == "safety" else {"decision": "agree"})
    assert page.path == home(moderation)
    assert page.has(f"{len(keys)} of {len(keys)} sections decided", "Overridden", "Not answered yet")
    quality = senior.get(page.links()["Say how good the audit is"])
    page = senior.send(quality, "/rate", rated(quality))
    check = senior.get(page.links()["Check and finish"])
    assert check.has(f"{len(keys) - 1} agreed, 1 overridden.", "The strategy discussion was late.", "When you finish")
    done = senior.send(check, "/finish")
    assert done.has("is finished", "You finished this moderation on", "Clear and fair.", "≠ Overridden")
    assert audit.stage == "moderated"
    assert standing(lines_of(audit))["safety"].grade == "inadequate"


def test_opening_to_moderate_is_recorded_once_a_sitting(world: make.Authority, senior: Visitor) -> None:
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    for more in ("", "/sections/safety", "/sections/voice", "/quality", "/check"):
        senior.get(home(moderation, more))
    assert openings(audit) == 1
    entry = entries_of(audit.subject, kinds=("audit.opened",))[0]
    assert (entry.actor_id, entry.body) == (world.senior.id, {"moderation": moderation.id})


def test_what_remains_is_agreed_with_once_every_section_was_opened(world: make.Authority, senior: Visitor) -> None:
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    keys = [section.key for section in sections_of(audit)]
    assert senior.get(home(moderation)).has("once you have opened every section")
    for key in keys[:-1]:
        senior.get(home(moderation, f"/sections/{key}"))
    token = dict(senior.get(home(moderation, "/send-back")).filled("/send-back"))["csrf_token"]
    early = {"csrf_token": token, "version": str(moderation.version_id)}
    assert senior.client.post(home(moderation, "/agree-with-rest"), data=early).status_code == 422
    senior.get(home(moderation, f"/sections/{keys[-1]}"))
    page = senior.get(home(moderation))
    assert page.has("You have opened every section.")
    page = senior.send(page, "/agree-with-rest")
    assert page.has(f"You agree with {len(keys)} sections.", f"{len(keys)} of {len(keys)} sections decided")


def test_an_unfinished_decision_is_kept_and_says_what_it_lacks(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    page = senior.get(home(moderation, "/sections/safety"))
    again = senior.send(page, "/decide", {"decision": "override", "grade": "inadequate"})
    assert again.path.endswith("/sections/safety")
    assert again.has("not complete", "Choose the reason for your override.")
    assert "good" not in again.choices("grade")  # what stands is no grade to override with
    assert dict(again.filled("/decide"))["grade"] == "inadequate"
    assert senior.get(home(moderation, "/check")).has("Decision not complete", "Before you can finish")


def test_work_is_saved_while_somebody_writes(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    page = senior.get(home(moderation, "/sections/safety"))
    first = senior.autosave(page, "/decide", {"reason": "Half a sen"})
    assert first.status_code == 200
    assert first.json is not None
    assert first.json["saved_at"]
    again = senior.autosave(page, "/decide", {"reason": "Half a sentence", "version": str(first.json["version"])})
    assert again.status_code == 200
    stale = senior.autosave(page, "/decide", {"reason": "From another tab"})
    assert (stale.status_code, stale.json) == (409, {"reason": "This section was saved in another tab."})
    quality = senior.get(home(moderation, "/quality"))
    assert senior.autosave(quality, "/rate", {"words": "So far"}).status_code == 200
    assert senior.get(home(moderation, "/quality")).has("So far")


@pytest.mark.parametrize("blind", [False, True])
def test_the_second_of_two_tabs_sees_both_versions_and_loses_neither(
    world: make.Authority, senior: Visitor, blind: bool
) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer, blind=blind)
    action, first, second = "/grade" if blind else "/decide", "Written in the first tab.", "Written in the second."
    one = senior.get(home(moderation, "/sections/safety"))
    two = senior.get(home(moderation, "/sections/safety"))
    senior.send(one, action, {"reason": first})
    both = senior.send(two, action, {"reason": second}, code=409)
    assert both.has(first, second, "Nothing is lost")
    senior.send(both, action, {"reason": f"{first} {second}"})
    assert senior.get(home(moderation, "/sections/safety")).has(f"{first} {second}")


def test_quality_saved_in_two_tabs_is_shown_twice(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    one, two = (senior.get(home(moderation, "/quality")) for _ in range(2))
    senior.send(one, "/rate", {"words": "First."})
    both = senior.send(two, "/rate", {"words": "Second."}, code=409)
    assert both.has("First.", "Second.", "Nothing is lost")
    senior.send(both, "/rate", {"words": "Second."})
    assert senior.get(home(moderation, "/quality")).has("Second.")


def test_what_was_checked_is_what_is_finished(world: make.Authority, senior: Visitor) -> None:
    moderation = decided(given(make.handed_in(world), world.senior, world.officer))
    check = senior.get(home(moderation, "/check"))
    by, version = make.actor(world.senior), version_of(moderation, "safety")
    operations.decide(moderation, "safety", override("inadequate"), version, by=by)
    db.session.commit()
    senior.send(check, "/finish", code=409)
    assert moderation.audit.stage == "with_senior"
    senior.send(senior.get(home(moderation, "/check")), "/finish")
    assert moderation.audit.stage == "moderated"


def test_a_moderation_that_is_not_complete_is_not_finished(world: make.Authority, senior: Visitor) -> None:
    moderation = decided(given(make.handed_in(world), world.senior, world.officer))
    check = senior.get(home(moderation, "/check"))
    fields = {**dict(check.filled("/finish"))}
    operations.rate(moderation, {}, "", None, moderation.version_id, by=make.actor(world.senior))
    db.session.commit()
    fields["version"] = str(moderation.edition)
    answer = senior.client.post(home(moderation, "/finish"), data=fields)
    assert answer.status_code == 422
    assert "How good the audit is" in answer.text


def test_a_name_in_ones_words_is_pointed_out_and_kept(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    page = senior.get(home(moderation, "/sections/safety"))
    words = "Mrs Thompson was not told, born 3 May 2014."
    page = senior.send(page, "/decide", {"decision": "agree", "reason": words})
    assert page.has("Does this tell who somebody is?", words)
    assert standing_decision(moderation) == ("agree", words)


def standing_decision(moderation: Moderation) -> tuple[str | None, str]:
    opinion = next(one for one in moderation.opinions if one.section == "safety")
    return opinion.decision, opinion.reason


def test_an_external_sees_what_stood_internally(app: Flask, world: make.Authority) -> None:
    audit = make.handed_in(world)
    finished(given(audit, world.senior, world.officer), {"safety": override("inadequate", "Nobody spoke to school.")})
    moderation = given(audit, world.external, world.officer, "external")
    page = Visitor(app, world.external).get(home(moderation, "/sections/safety"))
    assert page.has("Senior moderator", "Nobody spoke to school.", "Do you agree with “Inadequate”?")


MODERATOR_PAGES = ["", "/sections/safety", "/check", "/quality", "/send-back"]


@pytest.mark.parametrize(
    ("who", "code"),
    [("other_senior", 404), ("external", 404), ("head", 404), ("manager", 403), ("officer", 403), ("admin", 403)],
)
@pytest.mark.parametrize("more", MODERATOR_PAGES)
def test_a_moderation_is_its_moderators_alone(
    app: Flask, world: make.Authority, who: str, code: int, more: str
) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    Visitor(app, world.people[who]).get(home(moderation, more), code)


@pytest.mark.parametrize("section", ["synopsis", "nothing", "pathway_plan"])
def test_only_graded_sections_that_apply_are_moderated(world: make.Authority, senior: Visitor, section: str) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    senior.get(home(moderation, f"/sections/{section}"), 404)


def test_an_audit_is_sent_back_after_a_second_look_and_comes_again(
    app: Flask, world: make.Authority, senior: Visitor
) -> None:
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    page = senior.get(home(moderation, "/send-back"))
    assert senior.send(page, "/send-back", code=422).has("Say what is missing")
    second = senior.send(page, "/send-back", {"reason": "The plan\nof May is missing."})
    assert second.has("Check before you send back", "it comes straight back to you", "The plan of May is missing.")
    assert audit.stage == "with_senior"
    waiting = senior.send(second, "/send-back")
    assert waiting.has("is sent back to its auditor", "The plan of May is missing.")
    assert audit.stage == "sent_back"
    assert audit.sent_back_because == "The plan\nof May is missing."
    for more in MODERATOR_PAGES:
        assert "The record shows it" not in senior.get(home(moderation, more)).words
    auditing.hand_in(audit, audit.version_id, by=make.actor(world.manager))
    db.session.commit()
    assert senior.get(home(moderation)).has("sections decided")


def test_words_typed_into_a_step_that_is_over_are_not_lost(world: make.Authority, senior: Visitor) -> None:
    moderation = decided(given(make.handed_in(world), world.senior, world.officer))
    page = senior.get(home(moderation, "/sections/safety"))
    operations.finish(moderation, moderation.version_id, by=make.actor(world.senior))
    late = senior.send(page, "/decide", {"reason": "A long thought that came late."}, code=422)
    assert late.has("This step is over", "A long thought that came late.")


def test_what_the_moderator_said_of_a_child_at_risk_stays_in_their_sight(
    world: make.Authority, senior: Visitor
) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer, blind=True)
    auditing.raise_risk(moderation.audit, "Home alone at night.", "", None, by=make.actor(world.senior))
    db.session.commit()
    assert senior.get(home(moderation)).has("Home alone at night.", "say whom you told, and when")


def test_the_auditor_reads_what_was_said_of_their_audit(app: Flask, world: make.Authority) -> None:
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    manager, address = Visitor(app, world.manager), f"/audits/{audit.id}/moderation/senior"
    manager.get(address, 404)  # not before it is finished
    finished(moderation, {"safety": override("inadequate")})
    link = "What the senior moderator says of the audit itself"
    page = manager.get(manager.get(f"/audits/{audit.id}").links()[link])
    assert page.path == address
    assert page.has("Senior One agreed with", "and overrode 1:", "Response to risk and safety", "Well seen.")
    assert "Reopen" not in page.words
    head = Visitor(app, world.head).get(address)
    assert head.links()["Reopen the moderation"].endswith("/senior/reopen")


def test_the_outcome_of_a_senior_is_hidden_from_an_external_who_judges_blind(app: Flask, world: make.Authority) -> None:
    audit = make.handed_in(world)
    finished(given(audit, world.senior, world.officer))
    given(audit, world.external, world.officer, "external", blind=True)
    Visitor(app, world.external).get(f"/audits/{audit.id}/moderation/senior", 404)
    Visitor(app, world.other_manager).get(f"/audits/{audit.id}/moderation/senior")
    Visitor(app, world.far_manager).get(f"/audits/{audit.id}/moderation/senior", 404)
    Visitor(app, world.board).get(f"/audits/{audit.id}/moderation/senior", 403)


def test_a_head_of_service_reopens_a_moderation_with_a_reason(app: Flask, world: make.Authority) -> None:
    audit = make.handed_in(world)
    moderation = finished(given(audit, world.senior, world.officer))
    head, address = Visitor(app, world.head), f"/audits/{audit.id}/moderation/senior/reopen"
    page = head.get(address)
    assert page.has("Senior One can change the decisions and must finish again")
    assert head.send(page, "/reopen", code=422).has("Say why it is reopened")
    assert head.send(page, "/reopen", {"reason": "A new report came."}).has("is open again, with Senior One")
    assert moderation.at is Phase.DECIDING
    again = Visitor(app, world.senior).get(home(moderation))
    assert again.has("This moderation was reopened.", "A new report came.")
    assert head.get(address).has("cannot be done to it now")
    assert head.send(page, "/reopen", {"reason": "Once more."}, code=422).has("cannot be done to it now")


def test_reopening_is_for_a_head_of_service_who_reaches_the_audit(app: Flask, world: make.Authority) -> None:
    audit = make.handed_in(world)
    finished(given(audit, world.senior, world.officer))
    far = make.person("Far Head", Role.HEAD_OF_SERVICE, world.services[1])
    address = f"/audits/{audit.id}/moderation/senior/reopen"
    for who, code in ((world.senior, 403), (world.officer, 403), (world.manager, 403), (far, 404)):
        Visitor(app, who).get(address, code)
    head = Visitor(app, world.head)
    head.get(f"/audits/{audit.id}/moderation/external/reopen", 404)
    head.get(f"/audits/{audit.id}/moderation/auditor/reopen", 404)


def test_pages_never_show_more_than_the_case_reference(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    case = db.session.get_one(CaseRecord, moderation.audit.case_id)
    page = senior.get(home(moderation))
    assert case.reference in page.words
    assert case.worker not in page.words
