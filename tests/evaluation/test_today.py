"""What evidence says today comes from the tallies: the same as from each audit, at a cost that does not grow."""

from dataclasses import asdict, replace

import pytest
import time_machine
from flask import Flask

from audit_app.clock import now, today
from audit_app.db import db
from audit_app.evaluation.model import Edition
from audit_app.evaluation.queries.overview import at_a_glance
from audit_app.evaluation.queries.today import Today
from audit_app.evaluation.said import Kind, Said
from audit_app.evaluation.staleness import HAIR
from audit_app.improvement.cycles import month_after
from audit_app.improvement.operations.figures import Bound, offered
from audit_app.measures import operations as measures
from audit_app.moderation.model import Route
from tests import make
from tests.evaluation import doing
from tests.improvement import doing as planning
from tests.measures import world
from tests.statements import statements

CITED = ("good_as_stands", "good_as_audited", "coverage", "exact_senior")


def alike(one: Said, other: Said) -> bool:
    numbers = [(getattr(one, name), getattr(other, name)) for name in ("value", "low", "high")]
    bare = [replace(each, value=None, low=None, high=None) for each in (one, other)]
    return bare[0] == bare[1] and all(a == b if None in (a, b) else a == pytest.approx(b, abs=HAIR) for a, b in numbers)


def audits(made: make.Authority, number: int) -> None:
    for place in range(number):
        audit = world.handed_in(made, ("good", "inadequate")[place % 2], team=made.teams[place % 3 + 1])
        world.moderated(audit, made.senior)
    db.session.commit()


def test_each_figure_says_the_same_from_the_tallies_as_from_the_audits_behind_it(either_app: Flask) -> None:
    made = make.authority()
    audits(made, 12)
    world.given(world.handed_in(made), made.head, blind=True, route=Route.RANDOM)
    wanted = [
        Bound(key, unit.id, 3, every_section=every, section=section)
        for key, _ in offered()
        for unit, every, section in (
            (made.root, False, ""), (made.services[0], True, ""), (made.root, False, "voice"),
        )
    ]  # fmt: skip
    for folded in (False, True):
        if folded:
            measures.fold_all()
        for who in (made.officer, made.head):
            seen = Today(make.actor(who), today())
            for bound in wanted:
                there, found = seen.now(Kind.FIGURE, asdict(bound)), seen.find(Kind.FIGURE, asdict(bound))
                assert there is not None and found is not None
                assert alike(there.said, found.said), (bound, there.said, found.said)
                assert there.path == found.path
        db.session.rollback()


def written(made: make.Authority) -> Edition:
    """An edition with figures of several units and months, a theme, and the figure of one round."""
    edition = doing.edition(made)
    said = doing.statement(made, edition)
    for key in CITED:
        doing.figure(made, said, key)
    doing.figure(made, said, CITED[0], months=12)
    doing.cited(made, said, Kind.FIGURE, asdict(Bound(CITED[0], made.services[0].id, 3)))
    doing.action(made, doing.statement(made, edition, "More.", area="impact_of_leaders"), planning.plan(made))
    db.session.commit()
    return edition


def test_an_edition_costs_as_many_statements_whatever_the_number_of_audits(app: Flask) -> None:
    made = make.authority()
    audits(made, 3)
    edition = written(made)
    home = f"/self-evaluation/{edition.id}"
    measures.fold_all()
    asked: dict[tuple[str, str], list[int]] = {}
    browsers = {who: make.client_of(app, getattr(made, who)) for who in ("officer", "senior")}
    for more in (0, 14):
        audits(made, more)
        measures.fold_all()
        for who, browser in browsers.items():
            for page in ("/self-evaluation", home, f"{home}/areas/{doing.AREA}", f"{home}/areas/impact_of_leaders"):
                browser.get(page)
                with statements() as said:
                    assert browser.get(page).status_code == 200
                asked.setdefault((who, page), []).append(len(said))
                assert not [one for one in said if " judgement" in one.lower()], page
    assert {page: few for page, (few, many) in asked.items() if few != many} == {}
    assert max(few for (_, page), (few, _) in asked.items() if page == "/self-evaluation") <= 8
    plain = asked["officer", f"{home}/areas/impact_of_leaders"][0]
    assert plain < asked["officer", home][0]  # an area counts nothing that it does not cite


def test_the_overview_does_not_look_up_what_is_stale_by_its_age(app: Flask) -> None:
    made = make.authority()
    audits(made, 2)
    edition, who = written(made), make.actor(made.officer)
    db.session.expire_all()
    with statements() as fresh:
        before = {one.area.key: (one.evidence, one.stale) for one in at_a_glance(edition, who, today())}
    assert (before[doing.AREA], before["impact_of_leaders"]) == ((6, 0), (1, 0))
    with time_machine.travel(now().replace(year=now().year + 2), tick=False):
        db.session.expire_all()
        with statements() as old:
            after = {one.area.key: (one.evidence, one.stale) for one in at_a_glance(edition, who, today())}
    assert (after[doing.AREA], after["impact_of_leaders"]) == ((6, 6), (1, 1))
    assert len(old) < len(fresh)
    assert not [one for one in old if "tally" in one]
    later = doing.edition(made, month_after(edition.first, 3))
    copied = {one.area.key: (one.answered, one.statements, one.stale) for one in at_a_glance(later, who, today())}
    assert copied[doing.AREA] == (1, 1, 6)  # to be confirmed
