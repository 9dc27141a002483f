"""The pages on which the officer sees coverage grow, gives what waits, and completes a quarter."""

import re

from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.moderation import queries
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries.arrivals import quarter_of
from audit_app.programmes.months import month_after
from audit_app.programmes.policies import Policies
from tests import make
from tests.moderation.doing import finished
from tests.moderation.visiting import Visitor


def place(**policies: object) -> make.Authority:
    """An authority whose programme draws audits as they come in."""
    world = make.authority()
    world.round.programme.policy = Policies(as_they_come=True, **policies)  # type: ignore[arg-type]
    db.session.commit()
    return world


def all_away(world: make.Authority) -> None:
    """Every senior moderator is away."""
    for one in (world.senior, world.other_senior, world.head):
        identity.record_away(one, Away(today(), today()), by=world.officer.id)
    db.session.commit()


def test_the_officer_sees_what_waits_and_why_and_gives_it_once_somebody_can(app: Flask) -> None:
    world = place(shares={"senior": 100, "external": 0})
    all_away(world)
    audit = make.handed_in(world)
    officer, address = Visitor(app, world.officer), f"/rounds/{world.round.id}/moderation"
    page = officer.get(address)
    assert page.has("Waiting for a moderator", audit.case.reference, "3 are away today", "Drawn at random")
    again = officer.send(page, "/give-waiting")
    assert again.has("1 audit still waits: the list says why.") or "1 audit still waits" in again.html
    make.person("Senior Four", Role.SENIOR_MANAGER, world.root)
    db.session.commit()
    after = officer.send(again, "/give-waiting")
    assert "1 audit given to senior moderators." in after.html
    assert "Why it waits" not in after.words
    assert after.has("Senior Four", "Chosen in full", "Senior moderators’ queues")


def test_the_page_of_a_programme_says_who_is_covered(app: Flask) -> None:
    world = place(shares={"senior": 100, "external": 0}, blind={"senior": False})
    finished(db.session.query(Moderation).filter_by(audit_id=make.handed_in(world).id).one())
    make.handed_in(world, auditor=world.far_manager)
    page = Visitor(app, world.officer).get(f"/programmes/{world.round.programme_id}/moderation")
    assert page.has("Against the target", "100%, which is 2 of 2", "1 (50%)", "By how they were chosen")
    said = re.sub(r"\s+", " ", page.words)
    assert "Manager One 1 1 0 0 Covered" in said
    assert "Manager Three 1 0 1 0 With a moderator" in said
    assert "Manager Two 0 0 0 0 Nothing handed in" in said


def test_a_quarter_that_is_over_is_completed_from_the_page(app: Flask) -> None:
    world = place(shares={"senior": 1, "external": 0}, share_of="each_auditor")
    world.round.month = month_after(quarter_of(today())[0], -1)
    for who in (world.manager, world.far_manager):
        make.handed_in(world, auditor=who)
    officer, address = Visitor(app, world.officer), f"/programmes/{world.round.programme_id}/moderation"
    assert "/complete" not in officer.get(address).html
    page = officer.get(f"{address}?quarter={quarter_of(world.round.month)[0]:%Y-%m}")
    assert page.has("Not covered yet")
    done = officer.send(page, "/complete")
    assert "one of each auditor who was not covered." in done.html
    assert not done.has("Not covered yet")
    assert db.session.query(Moderation).count() == 2


def test_a_quarter_whose_last_month_has_not_begun_cannot_be_completed(app: Flask) -> None:
    world = place(shares={"senior": 1, "external": 0}, share_of="each_auditor")
    world.round.month = month_after(quarter_of(today())[0], -1)
    make.handed_in(world)
    officer, address = Visitor(app, world.officer), f"/programmes/{world.round.programme_id}/moderation"
    page = officer.get(f"{address}?quarter={quarter_of(world.round.month)[0]:%Y-%m}")
    world.round.programme.policy = Policies(as_they_come=True, share_of="all")
    db.session.commit()
    assert "cannot be completed" in officer.send(page, "/complete").html
    assert db.session.query(Moderation).count() == 0


def test_auditors_ask_for_moderation_as_they_hand_in_and_say_why(app: Flask) -> None:
    world = place(shares={"senior": 0, "external": 0})
    audit = make.written(world)
    manager = Visitor(app, world.manager)
    page = manager.get(f"/audits/{audit.id}/hand-in")
    refused = manager.send(page, "/hand-in", {"moderate": "y"}, 422)
    assert "Say why you ask to have this audit moderated" in refused.html
    done = manager.send(refused, "/hand-in", {"moderate": "y", "moderate_because": "I am unsure of one grade."})
    assert done.has("Its auditor asked to have it moderated", "I am unsure of one grade.")
    kept = queries.find_moderation(db.session.get_one(Audit, audit.id), "senior")
    assert kept is not None and kept.route == "flagged"


def test_nothing_of_an_audit_that_the_officer_judges_blind_shows_on_these_pages(app: Flask) -> None:
    world = place(shares={"senior": 100, "external": 100}, blind={"senior": True})
    identity.grant(world.officer, Role.SENIOR_MANAGER, world.root, None, by=None)
    all_away(world)
    audit = make.handed_in(world, grade="inadequate")
    mine = queries.find_moderation(audit, "senior")
    assert mine is not None and mine.moderator_id == world.officer.id and mine.blind
    officer = Visitor(app, world.officer)
    page = officer.get(f"/rounds/{world.round.id}/moderation")
    assert not page.has("Why it waits")
    shown = re.sub(r"\s+", " ", officer.get(f"/programmes/{world.round.programme_id}/moderation").words)
    assert "100%, which is 0 of 0" in shown
    assert "Manager One 0 0 0 0 Nothing handed in" in shown
