"""Judging blind page by page, and that no page of it tells what others entered."""

import re

import pytest
from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.ledger import standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import judgements_of, lines_of
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries import sections_of
from tests import make
from tests.moderation.doing import committed, finished, given, graded, override
from tests.moderation.visiting import Visitor, home, openings, rated

OVERRIDE = {
    "decision": "override",
    "grade": "inadequate",
    "reason_code": "safeguarding_missed",
    "reason": "The strategy discussion was late.",
    "evidence_supports": "no",
}


CANARY = "canary"


def test_a_blind_moderation_is_graded_committed_settled_and_finished(world: make.Authority, senior: Visitor) -> None:
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer, blind=True)
    keys = [section.key for section in sections_of(audit)]
    page = senior.get(home(moderation))
    assert page.has("You judge this case blind.", f"0 of {len(keys)} sections graded")
    page = senior.get(home(moderation, f"/sections/{keys[0]}"))
    for key in keys:
        assert page.path.endswith(f"/sections/{key}")
        mine = "inadequate" if key in ("safety", "voice") else "good"
        page = senior.send(page, f"/sections/{key}/grade", {"grade": mine, "reason": f"Seen: {key}."})
    assert page.path == home(moderation, "/check")
    assert page.has("cannot be changed afterwards", "Committing cannot be undone.", "Seen: safety.")
    assert openings(audit) == 0
    page = senior.send(page, "/commit")
    assert page.has(f"{len(keys) - 2} are the same as the grades that stand; 2 differ.", "Differs: to settle")
    assert openings(audit) == 1
    page = senior.get(home(moderation, "/sections/safety"))
    assert page.has("≠ Differs from the grade that stands", "Seen: safety.", "The record shows it")
    assert dict(page.filled("/decide"))["grade"] == "inadequate"
    page = senior.send(page, "/decide", OVERRIDE)
    assert page.path.endswith("/sections/voice")
    page = senior.send(page, "/decide", {"decision": "agree"})
    quality = senior.get(page.links()["Say how good the audit is"])
    page = senior.send(quality, "/rate", rated(quality))
    check = senior.get(page.links()["Check and finish"])
    assert check.has("You judged it blind: Inadequate.")
    senior.send(check, "/finish")
    stands = standing(lines_of(audit))
    assert (stands["safety"].grade, stands["voice"].grade) == ("inadequate", "good")


def test_a_section_with_the_same_grade_says_so(world: make.Authority, senior: Visitor) -> None:
    moderation = committed(given(make.handed_in(world), world.senior, world.officer, blind=True))
    page = senior.get(home(moderation, "/sections/safety"))
    assert page.has("= The same as the grade that stands", "Agreed: same grade")


def test_committing_needs_every_grade_and_what_was_checked(world: make.Authority, senior: Visitor) -> None:
    moderation = graded(given(make.handed_in(world), world.senior, world.officer, blind=True))
    check = senior.get(home(moderation, "/check"))
    page = senior.get(home(moderation, "/sections/safety"))
    senior.send(page, "/grade", {"grade": "outstanding", "reason": "Changed."})
    senior.send(check, "/commit", code=409)
    senior.send(senior.get(home(moderation, "/sections/safety")), "/grade", {"reason": ""})
    fields = {**dict(check.filled("/commit")), "version": str(moderation.edition)}
    answer = senior.client.post(home(moderation, "/commit"), data=fields)
    assert answer.status_code == 422
    assert "1 section needs your grade and reason" in answer.text
    assert all(judgement.tier == "auditor" for judgement in judgements_of(moderation.audit))


def with_canaries(world: make.Authority, grade: str, words: str) -> Audit:
    """An audit in which everything that can be entered was entered, each time with the same words."""
    audit = make.audit(world)
    by = make.actor(world.manager)
    for number, section in enumerate(audit.tool.sections_for(audit.category)):
        off = section.may_be_not_applicable and number % 2 == (grade == "good")
        draft = Draft(
            grade=grade if section.graded and not off else None,
            not_applicable=off,
            not_applicable_because=f"{words} does not apply" if off else "",
            evidence=f"{words} evidence {section.key}",
            strengths=f"{words} strengths",
            improvements=f"{words} improvements",
            questions={q.key: "no" if grade == "good" else "yes" for q in section.questions},
            particulars={"obtained": "yes", "involved": "no", "how": f"{words} how"}
            if section.kind in ("feedback", "reflection")
            else {},
            limits={rule.key: f"{words} limit" for rule in audit.tool.limiting} if section.overall else {},
        )
        auditing.save(audit, section.key, draft, 0, by=by)
    auditing.raise_risk(audit, f"{words} concern", f"{words} told", now(), by=by)
    auditing.hand_in(audit, audit.version_id, by=by)
    db.session.commit()
    return audit


def blind_pages(visitor: Visitor, moderation: Moderation) -> list[str]:
    """Every page of a moderation that can be opened, in the words in which it comes, without what names it."""
    audit = moderation.audit
    addresses = [home(moderation, more) for more in ("", "/check", "/quality", "/send-back")]
    addresses += [home(moderation, f"/sections/{section.key}") for section in audit.tool.sections_for(audit.category)]
    addresses += [f"/audits/{audit.id}", f"/audits/{audit.id}/risk"]
    found = []
    for address in addresses:
        answer = visitor.client.get(address, follow_redirects=True)
        html = answer.text.replace(audit.case.reference, "REFERENCE")
        html = re.sub(r'name="csrf_token" value="[^"]+"', "", html)
        html = re.sub(rf"/moderations/{moderation.id}\b", "/moderations/ID", html)
        html = re.sub(rf"/audits/{audit.id}\b", "/audits/ID", html)
        found.append(f"{answer.status_code} {answer.headers['Content-Type']} {html}")
    return found


@pytest.mark.parametrize("tier", ["senior", "external"])
def test_no_page_of_a_blind_moderation_tells_anything_that_others_entered(
    app: Flask, world: make.Authority, tier: str
) -> None:
    one, two = with_canaries(world, "good", CANARY), with_canaries(world, "inadequate", f"{CANARY} and much longer")
    who = world.senior if tier == "senior" else world.external
    if tier == "external":  # nor is there a trace of the senior
        finished(given(two, world.other_senior, world.officer), {"safety": override("good", f"{CANARY} senior")})
    first, second = (blind_pages(Visitor(app, who), given(a, who, world.officer, tier, blind=True)) for a in (one, two))
    assert len(first) > 20
    for before, after in zip(first, second, strict=True):
        assert CANARY not in before
        assert "Manager One" not in before
        assert "Senior Two" not in after
        assert before == after


def test_blind_moderation_writes_no_opening(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer, blind=True)
    before = len(entries_of(moderation.audit.subject))
    blind_pages(senior, moderation)
    assert len(entries_of(moderation.audit.subject)) == before


def test_once_committed_the_canaries_are_seen(world: make.Authority, senior: Visitor) -> None:
    audit = with_canaries(world, "good", CANARY)
    moderation = committed(given(audit, world.senior, world.officer, blind=True))
    assert senior.get(home(moderation, "/sections/safety")).has(f"{CANARY} evidence safety")
