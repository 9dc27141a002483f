"""A moderator in hand is stopped by what is told since: a connection with the case, or their own team."""

from flask import Flask

from audit_app.db import db
from audit_app.moderation import operations
from audit_app.moderation.model import Opinion
from audit_app.sampling import operations as sampling
from tests import make
from tests.moderation.doing import decided, given
from tests.moderation.visiting import Visitor, home


def test_whoever_is_connected_with_the_case_since_keeps_what_they_wrote_and_goes_on_nowhere(either_app: Flask) -> None:
    world = make.authority()
    one = decided(given(make.handed_in(world), world.senior, world.officer))
    senior = Visitor(either_app, world.senior)
    section, check = senior.get(home(one, "/sections/safety")), senior.get(home(one, "/check"))
    told = sampling.connect(world.senior, one.audit.case, by=world.officer.id)
    db.session.commit()
    refused = senior.send(section, "/decide", {"decision": "agree", "reason": "Typed just now."}, code=422)
    assert refused.has("is connected with it", "Typed just now.")
    assert senior.send(check, "/finish", code=422).has("is connected with it")
    assert one.audit.stage == "with_senior" and db.session.query(Opinion).count() == len(one.opinions)
    assert senior.get(home(one)).has("You cannot go on with this moderation", "Is that wrong?")
    assert senior.get(home(one, "/sections/safety")).path == home(one)
    rounds = Visitor(either_app, world.officer).get(f"/rounds/{one.audit.round_id}/moderation")
    assert rounds.has("Cannot go on:", "is connected with it.", "Take back")
    sampling.take_back_connection(told, by=world.officer.id)
    db.session.commit()
    assert senior.send(senior.get(home(one, "/check")), "/finish").has("You finished this moderation")


def test_whoever_works_in_the_case_s_team_since_does_not_go_on(app: Flask, world: make.Authority) -> None:
    one = decided(given(make.handed_in(world), world.senior, world.officer))
    world.senior.unit = one.audit.unit
    db.session.commit()
    assert Visitor(app, world.senior).get(home(one)).has("works in the case's own team now")
    (passing,) = operations.plan_passing_on(world.senior, by=make.actor(world.officer))
    assert passing.to not in (None, world.senior)
