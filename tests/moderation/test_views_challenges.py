"""The pages of challenges: raising, naming, resolving, and what becomes of words when somebody else was first."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from audit_app.clock import today
from audit_app.db import db
from audit_app.moderation import operations
from audit_app.moderation.challenge import ChallengePhase, Ruling
from audit_app.moderation.model import Challenge, Moderation
from audit_app.notices.model import Notice
from audit_app.programmes.working_days import working_days_after
from tests import make
from tests.browsing import token_of
from tests.moderation.doing import given
from tests.moderation.test_challenges import FOUND, WHY, named, outcome, raised, resolved, ruled, stands
from tests.moderation.visiting import Visitor


@pytest.fixture
def auditor(app: Flask, world: make.Authority) -> Visitor:
    """The auditor, signed in."""
    return Visitor(app, world.manager)


@pytest.fixture
def head(app: Flask, world: make.Authority) -> Visitor:
    """The head of service, who is named to resolve."""
    return Visitor(app, world.head)


@pytest.fixture
def about(world: make.Authority) -> Moderation:
    """An outcome with one judgement overridden."""
    return outcome(world)


@pytest.fixture
def one(world: make.Authority, about: Moderation) -> Challenge:
    """A challenge that the head of service is to resolve."""
    return named(world, raised(world, about))


def address(one: Challenge, more: str = "") -> str:
    """The address of a challenge, or of one of its pages."""
    return f"/challenges/{one.id}{more}"


def challenging(about: Moderation) -> str:
    """Where an outcome is challenged."""
    return f"/audits/{about.audit_id}/moderation/senior/challenge"


def notices(who: int) -> list[tuple[str, bool]]:
    """What somebody was told, and whether it is over."""
    rows = db.session.execute(db.select(Notice).filter_by(person_id=who).order_by(Notice.id)).scalars()
    return [
        (one.kind, one.ended_at is not None) for one in rows if one.kind in ("challenged", "to_resolve", "resolved")
    ]


def test_the_auditor_challenges_from_the_outcome_and_everybody_is_told(
    world: make.Authority, about: Moderation, auditor: Visitor, officer: Visitor, head: Visitor
) -> None:
    page = auditor.get(f"/audits/{about.audit_id}/moderation/senior")
    page = auditor.get(page.links()["Challenge a judgement"])
    assert page.has("You judged it good. ", "overrode it: inadequate", "Their decision is final.")
    assert set(page.choices("sections")) == {"safety", "overall"}
    page = auditor.send(page, "/challenge", {"sections": "safety", "words-safety": WHY})
    assert page.has("Waits for a resolver", WHY, "Withdraw the challenge")
    assert notices(world.senior.id) == [("challenged", False)]
    found = officer.get("/").links()["1 challenge"]
    page = officer.get(found)
    assert page.has("Open challenges, the oldest first", about.audit.case.reference, "Waits for a resolver", "Today")
    page = officer.get(next(href for words, href in page.links().items() if words.startswith("Name a resolver")))
    assert page.has("Not listed: Manager One and Senior One")
    page = officer.send(page, "/name", {"resolver": str(world.head.id)})
    assert page.has("With its resolver", "Head")
    assert notices(world.head.id) == [("to_resolve", False)]
    assert head.get("/").has("To resolve", "challenges 1 judgement by Senior One")


def test_a_challenge_needs_a_judgement_and_a_reason_and_keeps_what_was_typed(
    about: Moderation, auditor: Visitor
) -> None:
    page = auditor.get(challenging(about))
    page = auditor.send(page, "/challenge", {"words-overall": "I typed this."}, 422)
    assert page.has("Choose at least one judgement that you challenge")
    assert "I typed this." in page.html
    page = auditor.send(
        page, "/challenge", {"sections": ["safety", "overall"], "words-safety": WHY, "words-overall": ""}, 422
    )
    assert page.has("Say why another grade is right")
    assert WHY in page.html


def test_others_are_told_why_they_cannot_challenge(about: Moderation, head: Visitor) -> None:
    assert head.get(challenging(about)).has("Only the auditor can challenge an outcome.")


def test_a_challenge_that_comes_too_late_keeps_its_words_and_the_head_can_allow_it(
    app: Flask, world: make.Authority, about: Moderation
) -> None:
    late = working_days_after(today(), 11)
    with time_machine.travel(dt.datetime.combine(late, dt.time(12), dt.UTC)):
        auditor, head = Visitor(app, world.manager), Visitor(app, world.head)
        page = auditor.get(challenging(about))
        assert page.has("The time to challenge this outcome ended", "A head of service can allow a late one.")
        data = {**_token(auditor), "sections": "safety", "words-safety": WHY, "words-overall": ""}
        sent = auditor.client.post(challenging(about), data=data)
        assert sent.status_code == 422
        assert WHY in sent.text
        page = head.get(head.get(f"/audits/{about.audit_id}/moderation/senior").links()["Allow a late challenge"])
        page = head.send(page, "/allow-challenge", {"reason": "They were ill."})
        assert "can challenge this outcome until" in page.html
        page = auditor.send(auditor.get(challenging(about)), "/challenge", {"sections": "safety", "words-safety": WHY})
        assert page.has("Waits for a resolver")


def _token(who: Visitor) -> dict[str, str]:
    return {"csrf_token": token_of(who.client.get("/").text)}


def test_the_resolver_sees_both_sides_finds_and_resolves(
    world: make.Authority, one: Challenge, head: Visitor, auditor: Visitor
) -> None:
    page = head.get(address(one))
    assert page.has("You decide which grade stands", "The record shows drift.", WHY, "Not started")
    page = head.get(page.links()["Safety"] if "Safety" in page.links() else address(one, "/sections/safety"))
    assert page.has("Both sides", "The auditor’s challenge", "What stands")
    page = head.send(page, "/rule", {"grade": "requires_improvement", "reason": ""})
    assert page.has("This is saved, but not complete.", "Say why this grade stands")
    page = head.send(page, "/rule", {"grade": "requires_improvement", "reason": FOUND})
    assert page.heading.endswith("Check and resolve the challenge")
    page = head.send(page, "/resolve")
    assert page.has("The challenge is resolved.") or "The challenge is resolved." in page.html
    assert page.has("resolved it on", "This grade stands.", FOUND)
    assert stands(one.audit) == "requires_improvement"
    assert notices(world.manager.id) == [("resolved", False)]
    assert notices(world.senior.id) == [("challenged", False), ("resolved", False)]
    assert notices(world.head.id) == [("to_resolve", True)]
    page = auditor.get(f"/audits/{one.audit_id}")
    assert page.has("Resolver", "Resolves the auditor’s challenge.", FOUND, "Resolved the challenge")
    page = auditor.get(f"/audits/{one.audit_id}/moderation/senior")
    assert page.has("Resolved", "The resolution is final")
    paper = auditor.get(auditor.get(f"/audits/{one.audit_id}").links()["Print"])
    assert all(words in paper.html for words in ("Challenges", WHY, FOUND, "Resolver, of the senior moderator"))


def test_what_the_script_saves_is_kept_with_its_version(one: Challenge, head: Visitor) -> None:
    page = head.get(address(one, "/sections/safety"))
    answer = head.autosave(page, "/rule", {"grade": "good", "reason": FOUND})
    assert answer.status_code == 200
    assert answer.get_json()["version"] == 2
    again = head.autosave(page, "/rule", {"grade": "good", "reason": "Older."})
    assert again.status_code == 409


def test_two_tabs_of_a_resolver_lose_neither_version(one: Challenge, head: Visitor) -> None:
    first = head.get(address(one, "/sections/safety"))
    second = head.get(address(one, "/sections/safety"))
    head.send(first, "/rule", {"grade": "good", "reason": "The first tab."})
    page = head.send(second, "/rule", {"grade": "inadequate", "reason": "The second tab."}, 409)
    assert page.has("What is stored now", "The first tab.")
    assert "The second tab." in page.html
    page = head.send(page, "/rule", {"grade": "inadequate", "reason": "Both tabs."})
    assert page.heading.endswith("Check and resolve the challenge")


def test_a_resolver_who_was_replaced_while_typing_keeps_their_words_and_sees_why(
    world: make.Authority, one: Challenge, head: Visitor
) -> None:
    page = head.get(address(one, "/sections/safety"))
    by = make.actor(world.officer)
    operations.name_resolver(one, world.other_senior, "The head is on leave.", one.version_id, by=by)
    db.session.commit()
    page = head.send(page, "/rule", {"grade": "good", "reason": "An hour of work."}, 409)
    assert page.has("Senior Two was named to resolve this challenge in your place.", "An hour of work.", "Good")
    assert one.points[0].ruling == Ruling()


def test_a_resolver_whose_challenge_was_withdrawn_keeps_their_words_and_sees_why(
    world: make.Authority, one: Challenge, head: Visitor
) -> None:
    page = head.get(address(one, "/sections/safety"))
    operations.withdraw_challenge(one, "", one.version_id, by=make.actor(world.manager))
    db.session.commit()
    page = head.send(page, "/rule", {"grade": "good", "reason": "An hour of work."}, 409)
    assert page.has("This challenge was withdrawn", "An hour of work.")


def test_what_changed_since_it_was_checked_is_checked_again(
    world: make.Authority, one: Challenge, head: Visitor
) -> None:
    ruled(world, one)
    page = head.get(address(one, "/check"))
    section = head.get(address(one, "/sections/safety"))
    head.send(section, "/rule", {"grade": "good", "reason": "I read it again."})
    page = head.send(page, "/resolve", code=409)
    assert page.has("Something was saved in another tab", "I read it again.")
    head.send(page, "/resolve")
    assert stands(one.audit) == "good"


def test_two_officers_who_name_at_once_do_not_overwrite_each_other(
    world: make.Authority, about: Moderation, officer: Visitor, head: Visitor
) -> None:
    one = raised(world, about)
    page = officer.get(address(one, "/name"))
    named(world, one)
    page = officer.send(page, "/name", {"resolver": str(world.other_senior.id)}, 409)
    assert page.has("Somebody changed this challenge after you opened it", "Head")
    page = officer.send(page, "/name", {"resolver": str(world.other_senior.id)}, 422)
    assert page.has("Say why somebody else is to resolve it.")
    page = officer.send(page, "/name", {"resolver": str(world.other_senior.id), "reason": "The head is away."})
    assert page.has("Senior Two")


def test_the_auditor_withdraws(one: Challenge, auditor: Visitor) -> None:
    page = auditor.get(auditor.get(address(one)).links()["Withdraw the challenge"])
    page = auditor.send(page, "/withdraw", {"reason": "We talked it over."})
    assert page.has("withdrew it on", "We talked it over.")
    assert one.at is ChallengePhase.WITHDRAWN


def test_the_resolver_declines_with_a_reason(world: make.Authority, one: Challenge, head: Visitor) -> None:
    page = head.get(address(one, "/decline"))
    page = head.send(page, "/decline", {"reason": ""}, 422)
    assert page.has("Say why you decline")
    page = head.send(page, "/decline", {"reason": "I know the family."})
    assert page.has("Waits for a resolver")
    assert notices(world.head.id) == [("to_resolve", True)]


def test_only_the_resolver_comes_to_the_pages_of_resolving(
    world: make.Authority, one: Challenge, officer: Visitor, auditor: Visitor
) -> None:
    for who in (officer, auditor):
        assert who.get(address(one, "/sections/safety")).path == address(one)
        assert who.get(address(one, "/check")).path == address(one)
    sent = officer.client.post(address(one, "/resolve"), data={**_token(officer), "version": str(one.edition)})
    assert sent.status_code == 422
    sent = officer.client.post(
        address(one, "/sections/safety/rule"),
        data={**_token(officer), "version": "1", "grade": "good", "reason": FOUND},
    )
    assert sent.status_code == 422
    assert one.at is ChallengePhase.WITH_RESOLVER


def test_the_list_says_what_ended_and_how(world: make.Authority, one: Challenge, officer: Visitor) -> None:
    assert officer.get("/challenges").has("With its resolver")
    resolved_ = ruled(world, one)
    operations.resolve(resolved_, resolved_.edition, by=make.actor(world.head))
    db.session.commit()
    assert officer.get("/challenges").has("No challenge is open.", "Ended, the latest first", "Resolved")


def test_whoever_judges_the_audit_blind_sees_nothing_of_a_challenge(
    app: Flask, world: make.Authority, about: Moderation
) -> None:
    one = resolved(world, raised(world, about))
    given(about.audit, world.external, world.officer, "external", blind=True)
    external = Visitor(app, world.external)
    external.get(address(one), 404)
    external.get(f"/audits/{about.audit_id}/moderation/senior", 404)
    page = external.get(f"/audits/{about.audit_id}")
    assert not page.has("hallenge")
