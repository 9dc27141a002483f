"""Plans as they are taken, changed and read."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.model import Entry
from audit_app.improvement import operations, queries
from audit_app.improvement.model import Former
from audit_app.improvement.operations.figures import Bound, figures_of
from audit_app.improvement.positions import State
from audit_app.improvement.queries.figures import address_of
from audit_app.improvement.queries.standing import standing_of, standings_of
from audit_app.improvement.reading import plan_in
from audit_app.improvement.wording import Amount, Due, Precision
from audit_app.improvement.written import Advice, Finding, Stated, Target, Update
from audit_app.refusal import Refused, Stale
from tests import make
from tests.actions import doing as acting
from tests.improvement import doing

# What the paper prints of each measure; those marked are a person's own view, and what comes out stands beside it.
PRINTED = {
    "1.1": "Below target",
    "2.1": "On track to achieve target for September",
    "2.2": "Achieved above target for March 2022",
    "2.3": "Some teams are achieving above target and some are below target",
    "2.4": "Performance not yet available",
    "2.5": "Achieved above target for September",
    "3.1": "On track to achieve target for September",
    "4.1": "Achieved target",
    "4.2": "On track to achieve target",
    "5.1": "Achieved above target for September",
    "5.2": "Below target",
    "5.3": "Achieved above target for September",
    "5.4": "Achieved target for September",
}
OVERRIDDEN = {"2.1": "Below target", "4.2": "Below target"}
FIGURES = {"2.1": "70.2%", "2.2": "91%", "2.5": "86%", "4.2": "60%", "5.1": "6", "5.3": "97%"}


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority."""
    return make.authority()


def test_the_published_plan_prints_every_status_that_is_legible(made: make.Authority) -> None:
    written, _ = plan_in(doing.published())
    assert written is not None
    with time_machine.travel(dt.datetime(2021, 8, 31, 12, tzinfo=dt.UTC), tick=False):
        plan = operations.take(written, made.root, by=made.officer.id)
        stands = {one.indicator.ref: one for one in standings_of(plan, (), today()).values()}
    assert {ref: stands[ref].words for ref in PRINTED} == PRINTED
    assert {ref: one.computed_words for ref, one in stands.items() if one.own} == OVERRIDDEN
    assert {ref: stands[ref].figure for ref in FIGURES} == FIGURES
    assert stands["4.3"].reading is None
    aims = [
        [(m.operator, int(m.amount or 0)) for m in stands[ref].indicator.milestones] for ref in ("5.1", "5.2", "5.3")
    ]
    assert aims == [
        [("by_count", 5), ("by_count", 5)],
        [("over", 50), ("over", 80)],
        [("at_least", 90), ("at_least", 99)],
    ]
    assert "Crewe, cared for plans" in [row.name for row in stands["2.3"].reading.rows]  # type: ignore[union-attr]


def test_taking_the_same_plan_again_changes_nothing(made: make.Authority) -> None:
    plan = doing.plan(made)
    db.session.commit()
    before = db.session.query(Entry).count()
    again = doing.plan(made)
    db.session.commit()
    assert again.id == plan.id
    assert queries.written_of(again) == doing.written(made.manager.email)
    assert db.session.query(Entry).count() == before
    assert db.session.query(Former).count() == 0


def test_a_changed_file_keeps_what_was_said_before(made: make.Authority) -> None:
    plan = doing.plan(made)
    written = queries.written_of(plan)
    measure = written.measures[0]
    first = replace(measure.targets[0], amount=Decimal(85))
    corrected = replace(measure.findings[0], amount=Amount(Decimal("71.5")), stated=None)
    changed = replace(
        written,
        advice=(replace(written.advice[0], wording="Plans are very good"), written.advice[1]),
        measures=(replace(measure, targets=(first, measure.targets[1]), findings=(corrected,)), *written.measures[1:]),
    )
    operations.take(changed, made.root, by=made.officer.id)
    assert db.session.query(Former).one().words == {"wording": "Plans are good"}
    kept = doing.indicator(plan, "1.1")
    assert [one.amount for one in kept.every_milestone if one.replaced_at] == [80]
    assert [one.amount for one in kept.milestones] == [85, 90]
    assert [one.value for one in kept.every_reading] == [Decimal("70.2"), Decimal("71.5")]
    assert [one.value for one in kept.readings] == [Decimal("71.5")]


def test_a_stale_change_is_refused_whatever_part_it_is_of(made: make.Authority) -> None:
    plan = doing.plan(made)
    part, act, kept = plan.recommendations[0], doing.action(plan, "1a"), doing.indicator(plan, "1.1")
    by = made.officer.id
    written = queries.written_of(plan)
    with pytest.raises(Stale):
        operations.change_recommendation(plan, part, Advice("1", "Other"), part.version_id - 1, by=by)
    with pytest.raises(Stale):
        operations.change_action(plan, act, {"ref": "1a"}, "1", act.version_id + 1, by=by)
    with pytest.raises(Stale):
        operations.change_indicator(plan, kept, written.measures[0], kept.version_id + 1, kind="entered", by=by)
    with pytest.raises(Stale):
        operations.set_targets(kept, [], kept.version_id + 1, by=by)
    with pytest.raises(Stale):
        operations.change_plan(plan, written.head, plan.version_id + 1, board_id=None, by=by)


def test_a_ref_and_a_plans_name_are_there_once(made: make.Authority) -> None:
    plan = doing.plan(made)
    with pytest.raises(Refused, match="already has “2”"):
        operations.change_recommendation(plan, None, Advice("2", "Again"), 0, by=None)
    with pytest.raises(Refused, match="already has a plan"):
        operations.make_plan(made.root, replace(queries.written_of(plan).head, name="OUR PLAN"), by=None)


def test_what_lies_ahead_cannot_have_been_read_or_done(made: make.Authority) -> None:
    plan = doing.plan(made)
    tomorrow = today() + dt.timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        operations.read(doing.indicator(plan, "1.1"), Finding(tomorrow, Amount(Decimal(1))), by=None)
    with pytest.raises(Refused, match="still to come"):
        operations.tell(doing.action(plan, "1a"), Update(tomorrow, "Done.", "", "completed"), by=None)


@pytest.mark.parametrize(
    ("ref", "finding", "why"),
    [
        ("1.1", Finding(dt.date(2026, 1, 1)), "Enter a figure"),
        ("1.1", Finding(dt.date(2026, 1, 1), Amount(Decimal(101))), "100 per cent"),
        ("1.1", Finding(dt.date(2026, 1, 1), Amount(Decimal(10)), judged="below"), "held against"),
        ("2.2", Finding(dt.date(2026, 1, 1), Amount(Decimal(10))), "told in words"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(made: make.Authority, ref: str, finding: Finding, why: str) -> None:
    plan = doing.plan(made)
    with pytest.raises(Refused, match=why):
        operations.read(doing.indicator(plan, ref), finding, by=None)


def test_an_override_shows_both_and_can_be_taken_back(made: make.Authority) -> None:
    plan = doing.plan(made)
    kept = doing.indicator(plan, "1.1")
    stands = standing_of(kept, (), today())
    assert (stands.words, stands.computed_words) != (stands.computed_words, stands.words)
    assert stands.computed.state is State.BELOW
    assert stands.position.state is State.ON_TRACK
    reading = kept.latest
    assert reading is not None
    operations.take_back_override(reading, "It was too hopeful.", by=made.officer.id)
    assert standing_of(kept, (), today()).position.state is State.BELOW
    assert [one.state for one in reading.overrides] == ["on_track", ""]
    with pytest.raises(Refused, match="Nobody"):
        operations.take_back_override(reading, "Again.", by=None)
    with pytest.raises(Refused, match="reason"):
        operations.override(reading, Stated("above", None, ""), by=None)


def test_a_live_reading_is_the_measures_figure_frozen_with_its_audits(made: make.Authority) -> None:
    good, poor = make.handed_in(made), make.handed_in(made, grade="inadequate")
    plan = doing.plan(made)
    kept = doing.live(made, plan)
    reading = operations.read_figure(kept, by=make.actor(made.officer))
    assert (reading.count, reading.total, reading.audits) == (1, 2, sorted([good.id, poor.id]))
    assert [(row.name, row.count, row.total) for row in reading.rows] == [(made.teams[1].name, 1, 2)]
    make.handed_in(made)
    db.session.expire_all()
    assert (reading.count, reading.total) == (1, 2)
    assert Bound.of(kept.figure).by_team


def test_whoever_judges_blind_takes_no_reading_and_sees_none_that_counts_the_audit(made: make.Authority) -> None:
    from tests.sweep.world import _given

    audit = make.handed_in(made)
    plan = doing.plan(made)
    kept = doing.live(made, plan)
    operations.read_figure(kept, by=make.actor(made.officer))
    _given(made, audit, made.head, "senior", blind=True)
    sealed = queries.sealed_from(make.actor(made.head))
    assert sealed == {audit.id}
    stands = standing_of(kept, sealed, today())
    assert stands.sealed
    assert stands.figure == "70.2%"
    assert standing_of(kept, queries.sealed_from(make.actor(made.officer)), today()).figure.startswith("100%")
    with pytest.raises(Refused, match="blind"):
        operations.read_figure(kept, by=make.actor(made.head))


def test_a_live_figure_is_narrowed_by_the_filters_of_the_measures_pages(made: make.Authority) -> None:
    make.handed_in(made, {"safety": "good"}, grade="inadequate")
    make.handed_in(made, grade="inadequate")
    plan = doing.plan(made)
    kept = doing.live(made, plan)
    tool = made.tool.key
    for narrowed, counted in (
        ({"section": "safety", "tool": tool}, (1, 2)),
        ({"category": "no such category"}, None),
        ({"tool": "another"}, None),
    ):
        operations.bind(plan, kept, kept.figure | narrowed, kept.version_id, by=None)
        if counted is None:
            with pytest.raises(Refused, match="nothing to count"):
                operations.read_figure(kept, by=make.actor(made.officer))
            continue
        reading = operations.read_figure(kept, by=make.actor(made.officer))
        assert (reading.count, reading.total) == counted
        assert "section “" in reading.source
        asked = address_of(reading.figure)
        assert (asked["section"], asked["tool"], asked["unit"]) == ("safety", tool, made.root.id)
        assert "counting" not in asked
    assert address_of({"every_section": True, "unit": 3, "section": ""}) == {"counting": "section", "unit": 3}


def test_actions_for_children_are_counted_as_the_measures_pages_count_them(made: make.Authority) -> None:
    acting.given(made, made.other_manager)
    bound = Bound("actions_on_time", made.root.id, 12)
    with time_machine.travel(now() + dt.timedelta(days=90), tick=False):
        whole, _ = figures_of(bound, today(), make.actor(made.officer))
    assert (whole.count, whole.total) == (0, 1)


def test_nothing_to_count_is_no_reading(made: make.Authority) -> None:
    plan = doing.plan(made)
    doing.live(made, plan)
    with pytest.raises(Refused, match="nothing to count"):
        operations.read_figure(doing.indicator(plan, "1.1"), by=make.actor(made.officer))
    assert [one.figure for one in doing.indicator(plan, "1.1").every_reading] == [{}]


def test_only_a_share_can_be_live(made: make.Authority) -> None:
    plan = doing.plan(made)
    kept = doing.indicator(plan, "2.1")
    with pytest.raises(Refused, match="per cent"):
        operations.bind(plan, kept, {"key": "coverage", "unit": 1, "months": 1}, kept.version_id, by=None)


def test_targets_that_cannot_stand_together_are_refused(made: make.Authority) -> None:
    kept = doing.indicator(doing.plan(made), "1.1")
    due = Due(today(), Precision.DAY)
    twice = [Target(due, "at_least", Decimal(1)), Target(due, "at_least", Decimal(2))]
    with pytest.raises(Refused, match="same day"):
        operations.set_targets(kept, twice, kept.version_id, by=None)


def test_a_lead_finds_what_is_theirs_until_it_is_finished(made: make.Authority) -> None:
    plan = doing.plan(made)
    lead = make.actor(made.manager)
    assert [one.ref for one in queries.actions_led_by(lead)] == ["1a"]
    act = doing.action(plan, "1a")
    assert act.overdue(today())
    operations.tell(act, Update(today(), "All are read.", "Notes", "completed"), by=lead.id)
    assert queries.actions_led_by(lead) == []
    assert [one.delivery for one in act.updates] == ["under_way", "completed"]
    assert not act.overdue(today())
