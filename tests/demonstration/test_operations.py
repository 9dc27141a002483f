"""Tests of the loaded demonstration: its known figures, what waits for whom, and that it is never loaded twice."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR
from audit_app.auditing.model import Audit, Judgement, RiskAlert
from audit_app.auditing.workflow import Stage
from audit_app.cases.model import CaseList, CaseRecord
from audit_app.clock import LONDON, now, today
from audit_app.db import db
from audit_app.demonstration import operations
from audit_app.demonstration.course import VALIDATED_SIZE
from audit_app.demonstration.dates import ROUNDS, month_after, months
from audit_app.history.model import Entry
from audit_app.history.operations import verify
from audit_app.identity.model import Person
from audit_app.measures import figures, queries
from audit_app.measures.population import Counted
from audit_app.measures.queries import Filters
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries import find_moderation
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from audit_app.refusal import Refused
from tests import make
from tests.demonstration.asking import audits, director, exercise, monthly_rounds
from tests.demonstration.test_consistency import check_order, check_story


def test_the_finished_validation_agreed_with_43_of_50_judgements(demonstration: Flask) -> None:
    pair = figures.pair_figures(exercise(0), INTERNAL, EXTERNAL)
    assert (pair.exact.count, pair.exact.total, pair.exact.value) == (43, 50, 0.86)
    assert (pair.over.count, pair.under.count) == (7, 0)
    assert pair.within_one.count == 50
    assert pair.matrix is not None
    assert sum(map(sum, pair.matrix)) == VALIDATED_SIZE


def test_the_validation_under_way_is_in_no_figure_yet(demonstration: Flask) -> None:
    everything = queries.population(Filters(), director())
    pair = figures.pair_figures(everything, INTERNAL, EXTERNAL)
    assert (pair.exact.count, pair.exact.total) == (43, 50)
    open_ones = (
        select(func.count()).select_from(Moderation).where(Moderation.tier == EXTERNAL, Moderation.phase != "done")
    )
    assert db.session.execute(open_ones).scalar_one() == 10


def test_seven_of_the_fifty_audits_of_the_first_round_were_moderated(demonstration: Flask) -> None:
    covered = figures.coverage(queries.population(Filters(round=monthly_rounds()[0].id), director()))
    assert (covered.count, covered.total, covered.value) == (7, 50, 0.14)


def test_coverage_habits_and_honesty_have_improved(demonstration: Flask) -> None:
    found = months(today())

    def of(first: int, last: int) -> list[Counted]:
        return queries.population(Filters(first=found[first], last=found[last]), director())

    early, late = of(0, 5), of(ROUNDS - 7, ROUNDS - 2)
    for measure in (figures.coverage, figures.on_time, figures.practitioner_involved, figures.feedback_obtained):
        before, after = measure(early).value, measure(late).value
        assert before is not None
        assert after is not None
        assert after > before + 0.05, measure.__name__
    agreed = [figures.pair_figures(part, AUDITOR, SENIOR).exact.value for part in (early, late)]
    assert agreed[0] is not None
    assert agreed[1] is not None
    assert agreed[1] > agreed[0] + 0.1
    share = figures.coverage(of(ROUNDS - 4, ROUNDS - 3)).value
    assert share is not None
    assert 0.25 < share < 0.4


def test_eighteen_monthly_rounds_hold_about_fifty_audits_each(demonstration: Flask) -> None:
    rounds = monthly_rounds()
    assert [one.month for one in rounds] == list(months(today()))
    counts = Counter(db.session.execute(select(Audit.round_id)).scalars())
    assert all(45 <= counts[one.id] <= 55 for one in rounds)
    thematic = select(func.count()).select_from(Round).join(Round.programme)
    thematic = thematic.where(Programme.name == operations.THEMATIC_NAME)
    assert db.session.execute(thematic).scalar_one() == 6


def test_case_lists_were_read_through_the_products_own_gate(demonstration: Flask) -> None:
    lists = db.session.execute(select(CaseList).order_by(CaseList.taken_on)).scalars().all()
    assert [(one.read, one.held, one.refused) for one in lists] == [(1500, 0, 0)] * 6 + [(1494, 6, 0)]
    assert all(one.taken_on <= one.loaded_at.date() <= today() for one in lists)
    assert db.session.execute(select(func.count()).select_from(CaseRecord)).scalar_one() > 2000


def test_every_way_of_being_moderated_and_every_stage_is_there(demonstration: Flask) -> None:
    routes = set(db.session.execute(select(Moderation.route)).scalars())
    assert {"random", "flagged", "new_auditor", "by_hand"} <= routes
    phases = set(db.session.execute(select(Moderation.phase)).scalars())
    assert phases == {"deciding", "judging_blind", "settling", "done"}
    stages = {audit.at for audit in audits()}
    assert stages == set(Stage) - {Stage.VOID}


def test_one_alert_is_open_and_the_others_were_answered(demonstration: Flask) -> None:
    alerts = db.session.execute(select(RiskAlert)).scalars().all()
    assert sum(alert.closed_at is None for alert in alerts) == 1
    assert len(alerts) >= 4
    assert all(alert.told for alert in alerts)


def test_the_history_is_whole_and_claims_no_past(demonstration: Flask) -> None:
    assert verify() == []
    subjects = set(db.session.execute(select(Entry.subject).filter_by(kind="audit.loaded")).scalars())
    assert subjects == {audit.subject for audit in audits()}
    assert db.session.execute(select(func.count()).where(Entry.kind == "demonstration.loaded")).scalar_one() == 1
    since = (now() - dt.timedelta(hours=6)).isoformat()
    assert db.session.execute(select(func.min(Entry.at))).scalar_one() > since
    assert db.session.execute(select(func.count()).where(Entry.kind == "audit.submit")).scalar_one() == 0


def test_loading_again_changes_nothing(demonstration: Flask) -> None:
    def counted() -> dict[str, int]:
        tables = db.metadata.tables.values()
        return {t.name: db.session.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}

    before = counted()
    assert operations.load(today()) is False
    db.session.commit()
    assert counted() == before


def test_a_database_that_is_in_use_is_left_alone(app: Flask) -> None:
    make.authority()
    with pytest.raises(Refused, match="an authority of its own"):
        operations.load(today())


def test_the_same_seed_gives_the_same_authority(demonstration: Flask, postgres_app: Flask) -> None:
    with demonstration.app_context():
        first = fingerprint()
    with postgres_app.app_context():
        assert operations.load(today()) is True
        db.session.commit()
        assert fingerprint() == first
        pair = figures.pair_figures(exercise(0), INTERNAL, EXTERNAL)
        assert (pair.exact.count, pair.exact.total) == (43, 50)
        assert verify() == []


def fingerprint() -> dict[str, list[tuple[object, ...]]]:
    """What makes one authority the same as another, whatever the database."""
    people = {one.id: one.name for one in db.session.execute(select(Person)).scalars()}
    cases = {one.id: one.reference for one in db.session.execute(select(CaseRecord)).scalars()}
    units = {one.id: one.name for one in db.session.execute(select(Unit)).scalars()}
    found: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for audit in audits():
        key = (audit.period, cases[audit.case_id])
        found["audits"].append((*key, units[audit.unit_id], people[audit.auditor_id], audit.stage, audit.handed_in_at))
    rows = select(Judgement).order_by(Judgement.id)
    for line in db.session.execute(rows).scalars():
        found["lines"].append((line.section, line.tier, line.phase, line.grade, line.evidence, line.reason, line.at))
    return found


def test_somebody_has_work_whoever_signs_in(demonstration: Flask) -> None:
    check_work()


def check_work() -> None:
    """Everybody who audits or moderates has something to do, and one audit came back."""
    managers = select(Person).where(Person.name.startswith("Team Manager"))
    waiting = Counter(a.auditor_id for a in audits() if a.at in (Stage.ALLOCATED, Stage.IN_PROGRESS, Stage.SENT_BACK))
    assert all(waiting[person.id] for person in db.session.execute(managers).scalars())
    unfinished = Counter(
        db.session.execute(select(Moderation.moderator_id).where(Moderation.phase != "done")).scalars()
    )
    for role in ("Senior Manager", "Head of Service", "Director", "External Auditor"):
        for person in db.session.execute(select(Person).where(Person.name.startswith(role))).scalars():
            assert unfinished[person.id], person.name
    back = next(audit for audit in audits() if audit.at is Stage.SENT_BACK)
    assert back.auditor.name == "Team Manager Ash"
    assert find_moderation(back, SENIOR) is not None


@pytest.mark.soak
@pytest.mark.parametrize("ahead", range(7))
def test_the_known_figures_hold_whichever_month_it_is(app: Flask, ahead: int) -> None:
    first = month_after(today().replace(day=1), ahead)
    with time_machine.travel(dt.datetime.combine(first, dt.time(9), LONDON)):
        check_known_figures(first)


def check_known_figures(day: dt.date) -> None:
    assert operations.load(day) is True
    db.session.commit()
    pair = figures.pair_figures(exercise(0), INTERNAL, EXTERNAL)
    assert (pair.exact.count, pair.exact.total, pair.over.count, pair.under.count) == (43, 50, 7, 0)
    covered = figures.coverage(queries.population(Filters(round=monthly_rounds()[0].id), director()))
    assert (covered.count, covered.total) == (7, 50)
    check_work()
    check_story()
    check_order()
