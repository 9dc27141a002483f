"""What was committed blind is settled by somebody else: those grades stay, and what stands is the other's."""

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing.ledger import AUDITOR, SENIOR, pairs, standing
from audit_app.auditing.queries import judgements_of, lines_of
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import last_of
from audit_app.moderation import operations, queries
from audit_app.moderation.model import Moderation
from audit_app.refusal import Refused
from tests import make
from tests.moderation.doing import committed, decided, finished, given, override
from tests.moderation.visiting import Visitor, home


def left(world: make.Authority) -> Moderation:
    """A moderation that was committed blind with one difference, and partly decided, by somebody who leaves."""
    one = committed(given(make.handed_in(world), world.senior, world.officer, blind=True), {"safety": "inadequate"})
    return decided(one, {"safety": override("inadequate", "Theirs, not passed on.")})


def settled_by(world: make.Authority, one: Moderation) -> Moderation:
    """The other senior settles it instead."""
    operations.settle_instead(one, world.other_senior, "They left.", by=world.officer.id)
    db.session.commit()
    return one


def test_blind_grades_stay_and_pair_while_another_settles_what_stands(either_app: Flask) -> None:
    world = make.authority()
    one = left(world)
    chance = one.inclusion_probability
    settled_by(world, one)
    audit, mine = one.audit, make.actor(world.other_senior)
    assert (one.moderator, one.phase, one.route, one.inclusion_probability) == (
        world.other_senior, "settling", "random", chance,
    )  # fmt: skip
    assert sight_of(audit.facts, mine) is Sight.FULL
    assert [o.section for o in one.opinions if o.decision is None] == ["safety"]  # the rest was the same
    assert (one.quality, one.with_auditor) == ({}, None)
    told = last_of(audit.subject, "moderation.taken_back")
    assert told is not None and told.body is not None and told.body["drafts"]["safety"]["grade"] == "inadequate"
    finished(one, {"safety": override("requires_improvement")})
    lines = judgements_of(audit)
    by = {(line.phase, line.by_id) for line in lines if line.tier == SENIOR}
    assert by == {("blind", world.senior.id), ("settled", world.other_senior.id)}
    assert standing(lines_of(audit))["safety"].grade == "requires_improvement"
    pair = {one.section: one.later for one in pairs(lines_of(audit), AUDITOR, SENIOR)}
    assert pair["safety"] == "inadequate"
    assert verify() == []


def test_one_that_was_reopened_goes_to_another_as_well(app: Flask) -> None:
    world = make.authority()
    one = finished(left(world))
    operations.reopen(one, "New facts.", by=make.actor(world.head))
    settled_by(world, one)
    assert (one.phase, one.moderator) == ("deciding", world.other_senior)
    finished(one, {"safety": override("inadequate")})
    assert standing(lines_of(one.audit))["safety"].grade == "inadequate"


@pytest.mark.parametrize("whom", ["senior", "manager", "external", "team_senior"])
def test_nobody_settles_who_may_not_judge_the_audit(app: Flask, whom: str) -> None:
    world = make.authority()
    one = left(world)
    world.people["team_senior"] = make.person("Senior Three", Role.SENIOR_MANAGER, one.audit.unit)
    assert world.people[whom] not in operations.could_settle(one)
    with pytest.raises(Refused):
        operations.settle_instead(one, world.people[whom], "They left.", by=world.officer.id)


def test_the_officer_chooses_who_settles_and_they_see_whose_grades_they_settle(
    app: Flask, world: make.Authority, officer: Visitor
) -> None:
    one = left(world)
    reference, rounds = one.audit.case.reference, f"/rounds/{one.audit.round_id}/moderation"
    assert "Let somebody else settle" in officer.get(rounds).html
    page = officer.get(f"{rounds}/{one.id}/take-back")
    assert page.heading == f"Let somebody else settle case {reference}"
    assert officer.send(page, "/take-back", code=422).has("Choose who settles it", "Say why somebody else settles it")
    chosen = {"whom": str(world.other_senior.id), "reason": "They left."}
    assert officer.send(page, "/take-back", chosen).has(f"{world.other_senior.name} settles")
    Visitor(app, world.senior).get(home(one), 404)
    other = Visitor(app, world.other_senior)
    assert other.get(home(one)).has(f"{world.senior.name} judged this audit blind")
    assert other.get(home(one, "/sections/safety")).has(f"{world.senior.name}, judging blind")
    operations.settle_instead(one, world.senior, "They are back.", by=world.officer.id)
    db.session.commit()
    assert queries.judged_blind_by(one) == ""
