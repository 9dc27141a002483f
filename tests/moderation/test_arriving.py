"""Audits that go to a senior moderator as they are handed in."""

import threading
from collections.abc import Callable
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.identity.model import Person
from audit_app.moderation import operations, queries
from audit_app.moderation.arrival import Turn, falls
from audit_app.moderation.drawing import plan
from audit_app.moderation.model import Lot, Lottery, Moderation, Route
from audit_app.moderation.operations.giving import Terms
from audit_app.moderation.queries.arrivals import find_lottery, lot_of, quarter_of
from audit_app.moderation.queries.rounds import may_be_given
from audit_app.programmes import operations as programmes
from audit_app.programmes.months import month_after
from audit_app.programmes.policies import Policies
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refused
from audit_app.sampling.draws import ALGORITHM, is_drawn
from tests import make
from tests.moderation.doing import given

ALL = {"senior": 100, "external": 0}
NONE = {"senior": 0, "external": 0}


def place(**policies: object) -> make.Authority:
    """An authority whose programme draws audits as they come in."""
    world = make.authority()
    world.round.programme.policy = Policies(as_they_come=True, **policies)  # type: ignore[arg-type]
    db.session.commit()
    return world


def moderation_of(audit: Audit, tier: str = "senior") -> Moderation:
    """The moderation of an audit, which there is."""
    found = queries.find_moderation(audit, tier)
    assert found is not None
    return found


def lot(audit: Audit, tier: str = "senior") -> Lot:
    """What became of an audit, which came in."""
    found = lot_of(audit, tier)
    assert found is not None
    return found


def flagged(world: make.Authority, why: str = "I am unsure of the plan.") -> Audit:
    """An audit whose auditor asks for moderation as they hand it in."""
    audit = make.written(world)
    auditing.hand_in(audit, audit.version_id, by=make.actor(audit.auditor), moderate_because=why)
    db.session.commit()
    return audit


def test_what_is_drawn_goes_to_a_senior_moderator_at_once(either_app: Flask) -> None:
    world = place(shares=ALL)
    audit = make.handed_in(world)
    one = moderation_of(audit)
    assert audit.stage == "with_senior"
    assert (one.drawn, one.inclusion_probability, one.blind) == (Route.RANDOM, 1.0, False)
    assert one.due_on == working_days_after(today(), 10)
    assert one.moderator in (world.senior, world.other_senior, world.head)
    kinds = [entry.kind for entry in entries_of(audit.subject)]
    assert {"moderation.lot_drawn", "moderation.given", "audit.give_to_senior"} <= set(kinds)
    assert verify() == []


def test_what_is_not_drawn_stays_as_it_was_handed_in(app: Flask) -> None:
    audit = make.handed_in(place(shares=NONE))
    assert audit.stage == "submitted"
    assert (lot(audit).route, lot(audit).probability) == (None, Fraction(0))


def test_a_programme_that_draws_by_hand_draws_no_lots(app: Flask) -> None:
    audit = make.handed_in(make.authority())
    assert audit.stage == "submitted"
    assert db.session.query(Lot).count() == db.session.query(Lottery).count() == 0


def test_the_draw_can_be_repeated_from_what_is_recorded(app: Flask) -> None:
    world = place(shares={"senior": 40, "external": 0})
    audits = [make.handed_in(world) for _ in range(8)]
    lottery = find_lottery(world.round.id, "senior")
    assert lottery is not None
    (entry,) = entries_of(f"round:{world.round.id}", kinds=("moderation.seed_made",))
    assert entry.body is not None and entry.body["seed"] == lottery.seed
    for audit in audits:
        assert lot(audit).drawn == is_drawn(lottery.seed, str(audit.id), Fraction(40, 100))
        assert (queries.find_moderation(audit, "senior") is not None) == lot(audit).drawn


def test_the_seed_is_recorded_when_the_round_opens(app: Flask) -> None:
    world = place(shares=ALL)
    programme = world.round.programme
    opened = programmes.open_round(programme, month_after(world.round.month, 1), world.tool, None, by=None)
    assert find_lottery(opened.id, "senior") is not None
    assert find_lottery(opened.id, "external") is None


@pytest.mark.parametrize("blind", [False, True])
def test_only_what_was_drawn_is_blind_and_only_where_the_policies_say_so(app: Flask, blind: bool) -> None:
    world = place(shares=ALL, blind={"senior": blind, "external": False}, always={"senior": ("inadequate",)})
    assert moderation_of(make.handed_in(world)).blind is blind
    world.round.programme.policy = Policies(
        as_they_come=True, shares=NONE, blind={"senior": blind, "external": False}, always={"senior": ("inadequate",)}
    )
    assert moderation_of(make.handed_in(world, grade="inadequate")).blind is False


def test_every_audit_of_such_a_grade_goes_to_a_head_of_service(app: Flask) -> None:
    world = place(shares=NONE, always={"senior": ("inadequate",)})
    one = moderation_of(make.handed_in(world, grade="inadequate"))
    assert (one.drawn, one.inclusion_probability, one.moderator) == (Route.GRADE, None, world.head)
    assert queries.find_moderation(make.handed_in(world), "senior") is None


def test_a_random_draw_of_such_a_grade_goes_to_a_head_of_service_unless_it_is_blind(app: Flask) -> None:
    world = place(shares=ALL, always={"senior": ("inadequate",)})
    openly = [moderation_of(make.handed_in(world, grade="inadequate")) for _ in range(3)]
    assert {(one.drawn, one.moderator_id) for one in openly} == {(Route.RANDOM, world.head.id)}
    world.round.programme.policy = Policies(
        as_they_come=True, shares=ALL, blind={"senior": True}, always={"senior": ("inadequate",)}
    )
    blind = [moderation_of(make.handed_in(world, grade="inadequate")) for _ in range(3)]
    assert {one.moderator_id for one in blind} & {world.senior.id, world.other_senior.id}


def test_whoever_asks_for_moderation_gets_it_with_the_reason_kept(app: Flask) -> None:
    audit = flagged(place(shares=NONE))
    assert moderation_of(audit).drawn is Route.FLAGGED
    assert audit.moderation_asked_because == "I am unsure of the plan."
    (entry,) = entries_of(audit.subject, kinds=("audit.submit",))
    assert entry.body is not None and entry.body["moderate_because"] == "I am unsure of the plan."


def test_the_first_audits_of_a_new_auditor_are_moderated(app: Flask) -> None:
    world = place(shares=NONE, first_of_new_auditor=2)
    found = [queries.find_moderation(make.handed_in(world), "senior") for _ in range(3)]
    assert [one and one.drawn for one in found] == [Route.NEW_AUDITOR, Route.NEW_AUDITOR, None]


def test_the_queues_of_senior_moderators_fill_evenly(app: Flask) -> None:
    world = place(shares=ALL)
    given_to = [moderation_of(make.handed_in(world)).moderator_id for _ in range(6)]
    assert sorted(map(given_to.count, set(given_to))) == [2, 2, 2]


def test_nobody_gets_their_own_audit_or_their_own_teams_or_a_case_that_they_audited(app: Flask) -> None:
    world = place(shares=NONE)
    team_senior = make.person("Senior Three", Role.SENIOR_MANAGER, world.root, team=world.teams[1])
    audit = make.audit(world)
    auditing.reallocate(audit, world.other_manager, by=world.officer.id)
    before = make.audit(world, auditor=world.manager)
    identity.grant(world.manager, Role.SENIOR_MANAGER, world.root, None, by=None)
    db.session.commit()
    refused = operations.refusal_for(before, world.manager, "senior", blind=False, random=False)
    assert refused is not None and "their own" in refused.reason
    passed = operations.refusal_for(audit, world.manager, "senior", blind=False, random=False)
    assert passed is not None and "was given it to audit" in passed.reason
    team = operations.refusal_for(audit, team_senior, "senior", blind=False, random=False)
    assert team is not None and "own team" in team.reason


def test_somebody_who_is_away_is_given_nothing(app: Flask) -> None:
    world = place(shares=ALL)
    for one in (world.senior, world.head):
        identity.record_away(one, Away(today(), today()), by=world.officer.id)
    db.session.commit()
    assert {moderation_of(make.handed_in(world)).moderator_id for _ in range(3)} == {world.other_senior.id}


def all_away(world: make.Authority) -> None:
    """Every senior moderator is away."""
    for one in (world.senior, world.other_senior, world.head):
        identity.record_away(one, Away(today(), today()), by=world.officer.id)
    db.session.commit()


def test_where_nobody_may_moderate_the_audit_waits_with_why_and_is_given_when_asked_again(either_app: Flask) -> None:
    world = place(shares=ALL)
    all_away(world)
    audit = make.handed_in(world)
    assert audit.stage == "submitted"
    assert lot(audit).waits_because == "3 are away today or on the day it would be due."
    assert operations.place_waiting(world.round, by=world.officer.id) == (0, 1)
    late = make.person("Senior Four", Role.SENIOR_MANAGER, world.root)
    assert operations.place_waiting(world.round, by=world.officer.id) == (1, 0)
    assert (moderation_of(audit).moderator_id, lot(audit).waits_because) == (late.id, "")
    assert operations.place_waiting(world.round, by=world.officer.id) == (0, 0)


def test_what_was_drawn_and_waits_keeps_its_route_when_it_is_given_by_hand(app: Flask) -> None:
    world = place(shares=ALL)
    all_away(world)
    one = given(make.handed_in(world), world.senior, world.officer)
    assert (one.drawn, one.inclusion_probability) == (Route.RANDOM, 1.0)


def test_an_audit_that_is_handed_in_again_is_not_drawn_again(either_app: Flask) -> None:
    world = place(shares=ALL)
    audit = make.handed_in(world)
    one = moderation_of(audit)
    operations.send_back(one, "Add the evidence.", one.version_id, by=make.actor(one.moderator))
    db.session.commit()
    auditing.hand_in(audit, audit.version_id, by=make.actor(audit.auditor))
    db.session.commit()
    assert (audit.stage, db.session.query(Lot).count(), db.session.query(Moderation).count()) == ("with_senior", 1, 1)


def test_what_is_taken_back_waits_again(app: Flask) -> None:
    world = place(shares=ALL)
    audit = make.handed_in(world)
    operations.take_back(moderation_of(audit), "On leave.", by=world.officer.id)
    assert operations.place_waiting(world.round, by=world.officer.id) == (1, 0)
    assert moderation_of(audit).drawn is Route.RANDOM


def test_external_auditors_are_given_nothing_by_itself_but_what_was_drawn_waits(app: Flask) -> None:
    world = place(shares={"senior": 0, "external": 100})
    audit = make.handed_in(world)
    assert (lot(audit, "external").route, audit.stage) == (Route.RANDOM, "submitted")
    one = given(audit, world.external, world.officer, "external")
    assert (one.drawn, one.inclusion_probability) == (Route.RANDOM, 1.0)


def test_by_turns_every_auditor_is_covered_when_what_is_expected_has_come(app: Flask) -> None:
    world = place(shares={"senior": 10, "external": 0}, share_of="each_auditor", per_auditor=3)
    audits = [make.handed_in(world, auditor=who) for who in (world.manager, world.far_manager) for _ in range(3)]
    assert {lot(audit).probability for audit in audits} == {Fraction(1, 3)}
    covered = [audit.auditor_id for audit in audits if lot(audit).drawn]
    assert sorted(covered) == sorted([world.manager.id, world.far_manager.id])
    assert [lot(audit).before for audit in audits[:3]] == ["0", "1/3", "2/3"]


def test_a_later_draw_by_hand_keeps_the_chances_of_both_true(app: Flask) -> None:
    world = place(shares={"senior": 50, "external": 0})
    audits = [make.handed_in(world) for _ in range(10)]
    first = [audit for audit in audits if lot(audit).drawn]
    left = {audit.id: audit for audit in may_be_given(world.round, "senior")}
    assert first and left
    made = plan({key: {} for key in left}, frozenset({world.senior.id}), "again", 1)
    terms = Terms("senior", False, today())
    operations.draw(world.round, made, left, {world.senior.id: world.senior}, terms, by=world.officer.id)
    expected = 0.5 + 0.5 / len(left)
    kept = db.session.query(Moderation).all()
    assert len(kept) == len(first) + 1
    assert {round(one.inclusion_probability or 0, 9) for one in kept} == {round(expected, 9)}
    assert {one.version_id for one in kept if one.audit_id in {a.id for a in first}} == {1}


def in_threads(app: Flask, deeds: list[Callable[[], None]]) -> list[str]:
    """What became of deeds that are done at once."""
    db.session.remove()
    barrier, outcomes = threading.Barrier(len(deeds)), list[str]()

    def run(deed: Callable[[], None]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                deed()
                db.session.commit()
                outcomes.append("done")
            except (Refused, StaleDataError, IntegrityError) as fault:
                db.session.rollback()
                outcomes.append(type(fault).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def handing_in(audit_id: int) -> Callable[[], None]:
    """Hand an audit in."""

    def deed() -> None:
        audit = db.session.get_one(Audit, audit_id)
        auditing.hand_in(audit, audit.version_id, by=make.actor(audit.auditor))

    return deed


@pytest.mark.parametrize("share_of", ["all", "each_auditor"])
def test_audits_that_come_at_once_have_one_seed_and_a_lot_each(either_app: Flask, share_of: str) -> None:
    world = place(shares={"senior": 25, "external": 25}, share_of=share_of, per_auditor=4)
    ids = [make.written(world).id for _ in range(6)]
    outcomes = in_threads(either_app, [handing_in(key) for key in ids])
    assert outcomes == ["done"] * 6
    assert (db.session.query(Lottery).count(), db.session.query(Lot).count()) == (2, 12)
    if share_of == "each_auditor":
        befores = sorted(Fraction(one.before or 0) for one in db.session.query(Lot).filter_by(tier="senior"))
        assert befores == [Fraction(place, 4) for place in range(6)]
        assert 1 <= db.session.query(Moderation).count() <= 2
    assert verify() == []


def test_one_audit_handed_in_by_eight_at_once_is_drawn_once(either_app: Flask) -> None:
    audit_id = make.written(place(shares=ALL)).id
    outcomes = in_threads(either_app, [handing_in(audit_id)] * 8)
    assert outcomes.count("done") == 1
    assert (db.session.query(Lot).count(), db.session.query(Moderation).count()) == (1, 1)
    assert verify() == []


def test_what_waits_and_is_asked_for_by_many_at_once_is_given_once(either_app: Flask) -> None:
    world = place(shares=ALL)
    all_away(world)
    make.handed_in(world)
    make.person("Senior Four", Role.SENIOR_MANAGER, world.root)
    db.session.commit()
    round_id, officer = world.round.id, world.officer.id

    def ask() -> None:
        operations.place_waiting(db.session.get_one(type(world.round), round_id), by=officer)

    in_threads(either_app, [ask] * 6)
    assert db.session.query(Moderation).count() == 1
    assert verify() == []


def turns(world: make.Authority, share: int = 10) -> None:
    """Draw by turns, with nothing expected of anybody: so few audits that some auditors are not covered."""
    world.round.programme.policy = Policies(
        as_they_come=True, shares={"senior": share, "external": 0}, share_of="each_auditor"
    )
    db.session.commit()


def spare(world: make.Authority, auditor: Person) -> None:
    """Keep a seed with which the first audit of an auditor is not drawn on their turn."""
    quarter = quarter_of(world.round.month)[0].isoformat()
    turns_of = (Turn(f"seed {number}", auditor.id, quarter, Fraction(0), None) for number in range(1000))
    seed = next(turn.seed for turn in turns_of if not falls(turn, Fraction(1, 10)))
    db.session.add(Lottery(round=world.round, tier="senior", seed=seed, algorithm=ALGORITHM, made_at=now()))
    db.session.commit()


def test_a_quarter_is_completed_by_one_audit_of_each_auditor_of_whom_none_was_drawn(either_app: Flask) -> None:
    world = place()
    turns(world)
    auditors = (world.manager, world.far_manager, world.senior)
    audits = [make.handed_in(world, auditor=who) for who in auditors for _ in range(2)]
    early = {audit.auditor_id for audit in audits if lot(audit).drawn}
    programme, month = world.round.programme, world.round.month
    given_now, waiting = operations.complete_quarter(programme, month, by=world.officer.id)
    assert (given_now, waiting) == (3 - len(early), 0)
    kept = db.session.query(Moderation).all()
    assert {one.auditor_id for one in kept} == {one.id for one in auditors}
    assert {(one.drawn, one.inclusion_probability) for one in kept} == {(Route.RANDOM, 0.5)}
    assert all(one.draw is not None for one in kept if one.auditor_id not in early)
    assert operations.complete_quarter(programme, month, by=world.officer.id) == (0, 0)
    assert verify() == []


def test_what_completes_a_quarter_waits_where_nobody_may_moderate_it(app: Flask) -> None:
    world = place()
    turns(world, 1)
    spare(world, world.manager)
    audit = make.handed_in(world)
    all_away(world)
    assert operations.complete_quarter(world.round.programme, world.round.month, by=world.officer.id) == (0, 1)
    assert (lot(audit).route, lot(audit).drawn, lot(audit).overall) == (Route.RANDOM, False, 1.0)
    assert operations.complete_quarter(world.round.programme, world.round.month, by=world.officer.id) == (0, 0)
    one = given(audit, world.senior, world.officer)
    assert (one.drawn, one.draw, one.inclusion_probability) == (Route.RANDOM, lot(audit).draw, 1.0)
