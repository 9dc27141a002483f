"""Many people at once, teams that move, counts that are made anew and checked meanwhile: nothing is lost or doubled."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from functools import partial
from random import Random
from threading import Event

from flask import Flask
from sqlalchemy import update

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import Stage
from audit_app.db import db, reading
from audit_app.escalation.model import ReAudit
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.measures import operations
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.moderation.queries import find_moderation
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from audit_app.programmes.months import month_after
from audit_app.work.progress import Progress
from tests import make
from tests.measures import world
from tests.measures.test_tallies import GRADES, differences, everywhere

PEOPLE, LIVES = 2, 2  # how many work at once, and how many audits each takes through a whole life


def whole_life(made: make.Authority, chance: Random) -> None:
    """One audit's life: overridden, the override overridden, both done again, in the end open, void or followed."""
    audit = world.handed_in(made, chance.choice(GRADES), team=made.teams[chance.choice((1, 3))])
    db.session.commit()
    judged(made, audit, "senior", made.senior, chance)
    reopened(made, audit, "senior")
    judged(made, audit, "senior", None, chance)
    if chance.random() < 0.7:
        judged(made, audit, "external", made.external, chance)
        reopened(made, audit, "external")
        judged(made, audit, "external", None, chance)
    end = chance.choice(("void", "reopen", "send back", "follow", "leave"))
    if end == "reopen":
        reopened(made, audit, "external" if audit.at is Stage.VALIDATED else "senior")
    elif end == "void":
        other = world.handed_in(made, chance.choice(GRADES), team=made.teams[1])
        auditing.void(other, "Audited twice.", made.senior, by=make.actor(made.head))
    elif end == "send back":
        other = world.handed_in(made, chance.choice(GRADES), team=made.teams[3])
        auditing.send_back(other, "Add what the child said.", by=made.officer.id)
    elif end == "follow":
        db.session.execute(
            update(ReAudit).where(ReAudit.audit_id == audit.id).values(month=month_after(made.round.month, -2))
        )
        later = world.handed_in(made, "good", team=made.teams[1])
        later.follows_id = audit.id
        db.session.commit()
        auditing.void(later, "Audited twice.", made.senior, by=make.actor(made.head))
    db.session.commit()


def judged(made: make.Authority, audit: Audit, tier: str, who: Person | None, chance: Random) -> None:
    """One tier gives an overall grade at random; nobody: whoever has it, once more."""
    overall = made.tool.tool.overall_section
    route = chance.choice((Route.RANDOM, Route.RANDOM, Route.BY_HAND))
    draw = chance.choice((0.2, 0.3, 1.0))
    kept = find_moderation(audit, tier) if who is None else world.given(audit, who, tier, route=route, chance=draw)
    assert overall is not None
    assert kept is not None
    world.finished(kept, {overall.key: chance.choice(GRADES)})
    db.session.commit()


def reopened(made: make.Authority, audit: Audit, tier: str) -> None:
    """A head of service opens a finished opinion again."""
    kept = find_moderation(audit, tier)
    assert kept is not None
    moderation.reopen(kept, "The wrong section was judged.", by=make.actor(made.head))
    db.session.commit()


def kept_apart(made: make.Authority) -> Callable[[], make.Authority]:
    """The same authority, as somebody else's session has it."""
    root, services, teams = made.root.id, [one.id for one in made.services], [one.id for one in made.teams]
    people = {name: one.id for name, one in made.people.items()}
    tool, round_ = made.tool.id, made.round.id

    def again() -> make.Authority:
        get = db.session.get_one
        units = ([get(Unit, one) for one in services], [get(Unit, one) for one in teams])
        everybody = {name: get(Person, one) for name, one in people.items()}
        return make.Authority(get(Unit, root), *units, everybody, get(ToolVersion, tool), get(Round, round_))

    return again


def life_of(again: Callable[[], make.Authority], chance: Random) -> None:
    """One audit's life, in a session of its own."""
    whole_life(again(), chance)


def made_anew() -> None:
    """Somebody makes the counts anew, and takes two changes in."""
    operations.rebuild(Progress())
    operations.fold(2)
    db.session.commit()


def checked() -> None:
    """Somebody checks the counts, in the middle of everything."""
    with reading():
        found = differences()
        db.session.rollback()
    assert found == []


def test_counts_stay_right_while_teams_move_and_counts_are_made_anew_and_checked(either_app: Flask) -> None:
    made = make.authority()
    for team in (1, 3):
        world.handed_in(made, team=made.teams[team])
    db.session.commit()
    again = kept_apart(made)
    db.session.remove()
    over = Event()

    def move() -> None:
        for home in (1, 0):  # away and back within the month
            mine = again()
            organisation.move(mine.teams[1], mine.services[home], by=mine.admin.id)
            db.session.commit()

    def apart(work: Callable[[], None], times: Iterable[int]) -> None:
        with either_app.app_context():
            for _ in times:
                work()
            db.session.remove()

    with ThreadPoolExecutor(PEOPLE + 3) as people:
        chances = [Random(seed) for seed in range(PEOPLE)]
        works = [people.submit(apart, partial(life_of, again, chance), range(LIVES)) for chance in chances]
        works.append(people.submit(apart, move, range(1)))
        others = [people.submit(apart, work, iter(lambda: int(over.is_set()), 1)) for work in (made_anew, checked)]
        wait(works, return_when=FIRST_EXCEPTION)
        over.set()
        for one in (*works, *others):
            one.result()
    assert everywhere(again())
    operations.fold_all()
    assert differences() == []
    assert everywhere(again())
