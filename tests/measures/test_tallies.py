"""The tallies say at every moment what a recount from the ledger says, whatever happens and in whichever order."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import Stage
from audit_app.db import db, reading
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.measures import operations, queries
from audit_app.measures.counts import count
from audit_app.measures.from_cells import counts_of
from audit_app.measures.keys import Kind
from audit_app.measures.model import Delta, Tallied, Tally
from audit_app.measures.queries import Filters
from audit_app.measures.queries.facts import unfolded
from audit_app.measures.queries.tallied import MONTHS, SECTIONS, TEAMS, sums
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries import find_moderation
from audit_app.organisation import operations as organisation
from audit_app.work.progress import Progress
from tests import make
from tests.measures import world
from tests.measures.test_from_cells import close
from tests.statements import statements

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")


def differences() -> list[operations.Difference]:
    """What the tallies say otherwise than the ledger."""
    return list(operations.verify(Progress()))


def rows() -> dict[tuple[str, ...], str]:
    """Every row of the tallies."""
    every = db.session.execute(select(Tally)).scalars()
    return {(row.kind, row.section, row.of, row.month, row.category): row.cells for row in every}


def same(who: Person, filters: Filters, *ways: str) -> bool:
    """Whether tallies and ledger give somebody the same figures, read by months and in other ways."""
    actor = make.actor(who)
    audits = queries.population(filters, actor)
    views, deeds = queries.evidence_views(filters, actor), queries.deeds(filters, actor)
    became, loops, every = queries.became(filters, actor), queries.loops(filters, actor), filters.every_section
    expected = count(audits, became, views, loops=loops, deeds=deeds, every_section=every)
    for by in (MONTHS, *ways):
        found = sums(filters, actor, by=by)
        made = counts_of(found.totals, every_section=every)
        assert close((expected.shares, expected.random, expected.other), (made.shares, made.random, made.other)), by
        if by == TEAMS:
            assert set(found.by_team(())) == {audit.unit_id for audit in audits}
        elif by == MONTHS:
            assert set(found.by_month()) == {audit.period for audit in audits}
    db.session.rollback()
    return True


def everywhere(made: make.Authority) -> bool:
    """Whether they are the same for everybody who sees figures, of all, of a part and of every section."""
    every = (
        Filters(),
        Filters(every_section=True),
        Filters(first=made.round.month, last=made.round.month),
        Filters(path=made.services[1].path),
        Filters(path=made.teams[3].path, programme=made.round.programme_id, every_section=True),
        Filters(first=made.round.month, category="child_in_need", tool=made.tool.key, section="plan"),
        Filters(path=made.services[0].path, also=made.teams[1].path, category="none"),
        Filters(round=made.round.id),
    )
    people = (made.manager, made.far_manager, made.senior, made.external)
    for_others = all(same(who, filters) for who in people for filters in every[:5])
    return for_others and all(same(made.head, filters, TEAMS, SECTIONS) for filters in every)


def storm(made: make.Authority, chance: Random, deeds: int) -> None:
    """Many deeds at random, each through the product's own operations, and now and then some are taken in."""
    audits: list[Audit] = []
    for _ in range(deeds):
        deed = chance.choice(("hand in", "senior", "senior", "external", "reopen", "void", "send back", "fold"))
        overall = made.tool.tool.overall_section
        grades = {overall.key: chance.choice(GRADES)} if overall else {}
        ready = [one for one in audits if one.at is Stage.SUBMITTED]
        moderated = [one for one in audits if one.at is Stage.MODERATED]
        if deed == "hand in" or len(audits) < 3:
            team = made.teams[chance.choice((1, 3))]
            audits.append(world.handed_in(made, chance.choice(GRADES), team=team))
        elif deed == "senior" and ready:
            held = world.given(chance.choice(ready), made.senior, chance=chance.choice((0.2, 0.5, 1.0)), blind=True)
            world.committed(held, grades, chance.choice(GRADES))
            if chance.random() < 0.7:
                world.finished(held, grades, supports=chance.choice((True, None)))
        elif deed == "external" and moderated:
            world.finished(world.given(chance.choice(moderated), made.external, "external"), grades)
        elif deed == "reopen" and moderated:
            opinion = find_moderation(chance.choice(moderated), "senior")
            assert opinion is not None
            moderation.reopen(opinion, "The wrong section was judged.", by=make.actor(made.head))
        elif deed == "void" and ready:
            auditing.void(chance.choice(ready), "Audited twice.", made.senior, by=make.actor(made.head))
        elif deed == "send back" and ready:
            auditing.send_back(chance.choice(ready), "Add what the child said.", by=made.officer.id)
        elif deed == "fold":
            operations.fold(at_most=chance.randint(1, 4))
        db.session.commit()


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_tallies_and_ledger_say_the_same(either_app: Flask, seed: int) -> None:
    made = make.authority()
    storm(made, Random(seed), 30)
    assert everywhere(made)  # some of it is not taken in yet
    operations.fold_all()
    assert differences() == []
    assert unfolded() == []
    assert everywhere(made)


def test_whoever_has_two_services_and_chooses_one_reads_the_figures_of_that_one(either_app: Flask) -> None:
    made = make.authority()
    for team, grade in ((made.teams[1], "good"), (made.teams[3], "inadequate"), (made.teams[3], "good")):
        world.handed_in(made, grade, team=team)
    both = make.person("Senior Both", Role.SENIOR_MANAGER, made.services[0])
    identity.grant(both, Role.SENIOR_MANAGER, made.services[1], None, by=None)
    db.session.commit()
    operations.fold_all()
    for service, audits in zip(made.services, (1, 2), strict=True):
        assert same(both, Filters(path=service.path), TEAMS, SECTIONS)
        assert sums(Filters(path=service.path), make.actor(both)).audits == audits


def test_what_somebody_judges_blind_is_in_no_figure_of_theirs(either_app: Flask) -> None:
    made = make.authority()
    audits = [world.handed_in(made, grade) for grade in GRADES]
    operations.fold_all()
    world.given(audits[0], made.senior, blind=True)
    db.session.commit()
    for _ in range(2):
        assert sums(Filters(), make.actor(made.senior)).totals.cells["audits"] == 3
        assert sums(Filters(), make.actor(made.head)).totals.cells["audits"] == 4
        assert same(made.senior, Filters())
        operations.fold_all()


def test_figures_of_a_team_that_moves_stay_where_it_was(either_app: Flask) -> None:
    made = make.authority()
    world.handed_in(made, "good", team=made.teams[1])
    operations.fold_all()
    organisation.move(made.teams[1], made.services[1], by=made.admin.id)
    db.session.commit()
    world.handed_in(made, "inadequate", team=made.teams[1])
    db.session.commit()
    assert everywhere(made)
    operations.fold_all()
    assert everywhere(made)
    assert sums(Filters(path=made.services[0].path), make.actor(made.head)).totals.cells["audits"] == 1
    assert len(sums(Filters(), make.actor(made.head), by=TEAMS).by_team(())) == 1
    assert differences() == []


def test_a_change_is_noted_in_its_own_transaction_whoever_makes_it(either_app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made)
    db.session.commit()
    assert unfolded() == [audit.id]
    operations.fold_all()
    assert unfolded() == []
    db.session.execute(update(Audit).where(Audit.id == audit.id).values(sent_back_because="x"))
    assert unfolded() == []  # no figure counts that
    db.session.execute(update(Audit).where(Audit.id == audit.id).values(practitioner_involved=False))
    assert unfolded() == [audit.id]
    db.session.rollback()
    assert unfolded() == []


def test_folding_twice_or_in_any_parts_changes_nothing(either_app: Flask) -> None:
    made = make.authority()
    for grade in GRADES:
        world.handed_in(made, grade)
    db.session.commit()
    while operations.fold(at_most=1):
        db.session.commit()
    kept = rows()
    assert operations.fold() == 0
    db.session.execute(insert(Delta), [{"audit_id": key} for key in (1, 2, 1)])  # noted once more
    operations.fold_all()
    assert kept == rows()
    assert differences() == []


def test_what_is_wrong_in_the_tallies_is_found_and_mended(either_app: Flask) -> None:
    made = make.authority()
    audits = [world.handed_in(made, grade) for grade in GRADES]
    operations.fold_all()
    db.session.execute(update(Tally).where(Tally.kind == "within", Tally.section == "").values(cells='{"audits":7}'))
    db.session.execute(delete(Tally).where(Tally.kind == "team"))
    db.session.execute(delete(Tallied).where(Tallied.audit_id == audits[0].id))
    db.session.commit()
    found = {one.where.split()[0] for one in differences()}
    assert {"audit", "within", "team"} <= found
    assert operations.rebuild(Progress()) == 1
    assert differences() == []
    assert everywhere(made)


def test_making_anew_what_is_right_writes_nothing_so_that_nobody_waits(either_app: Flask) -> None:
    made = make.authority()
    world.handed_in(made)
    operations.fold_all()
    with statements() as ran:
        assert operations.rebuild(Progress()) == 0
    assert [one for one in ran if one.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_the_commands_take_in_make_anew_and_check(either_app: Flask) -> None:
    made = make.authority()
    world.handed_in(made)
    db.session.commit()
    runner = either_app.test_cli_runner()
    assert "Not taken in yet: 1 audit." in runner.invoke(args=["measures", "verify"]).output
    assert "Taken in: 1 audit." in runner.invoke(args=["measures", "fold"]).output
    assert "No differences." in runner.invoke(args=["measures", "verify"]).output
    db.session.execute(delete(Tally))
    db.session.commit()
    wrong = runner.invoke(args=["measures", "verify"])
    assert (wrong.exit_code, "Difference: " in wrong.output, "more differences" in wrong.output) == (1, True, True)
    assert "Counted anew. 0 audits were counted otherwise" in runner.invoke(args=["measures", "rebuild"]).output
    assert runner.invoke(args=["measures", "verify"]).exit_code == 0


def test_an_upgrade_makes_sums_of_all_months_from_those_of_each_month(either_app: Flask) -> None:
    made = make.authority()
    storm(made, Random(3), 12)
    operations.fold_all()
    db.session.commit()
    flask_migrate.downgrade(revision="0004")
    assert not any(kind == Kind.WITHIN_EVER for kind, *_ in rows())
    db.session.commit()
    flask_migrate.upgrade()
    assert any(kind == Kind.WITHIN_EVER for kind, *_ in rows())
    assert differences() == []
    assert everywhere(made)


def test_reading_asks_as_much_of_many_audits_as_of_few(app: Flask) -> None:
    made = make.authority()
    asked = []
    for number in (1, 6):
        for _ in range(number):
            world.handed_in(made)
        operations.fold_all()
        with statements() as ran:
            sums(Filters(), make.actor(made.head))
        asked.append(len(ran))
    assert asked[0] == asked[1] <= 8


def test_many_at_once_leave_tallies_that_are_right(either_app: Flask) -> None:
    made = make.authority()
    held = [world.given(world.handed_in(made, grade), made.senior).id for grade in GRADES * 2]
    actor = make.actor(made.head)
    db.session.commit()
    db.session.remove()

    def finish(moderation_id: int) -> None:
        with either_app.app_context():
            world.finished(db.session.get_one(Moderation, moderation_id))
            db.session.commit()

    def take_in(at_most: int) -> None:
        with either_app.app_context():
            for _ in range(6):
                operations.fold(at_most)
                db.session.commit()
                with reading():
                    assert sums(Filters(), actor).totals.cells["audits"] == 8
                    db.session.rollback()

    with ThreadPoolExecutor(10) as people:
        for done in [people.submit(finish, one) for one in held] + [people.submit(take_in, size) for size in (2, 3)]:
            done.result()
    operations.fold_all()
    assert differences() == []
    whole = sums(Filters(), actor).totals.cells
    assert (whole["moderated"], whole["audits"]) == (8, 8)
    assert db.session.execute(select(func.count()).select_from(Delta)).scalar_one() == 0
