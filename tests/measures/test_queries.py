"""Which audits are counted for whom, on both databases."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.measures import queries
from audit_app.measures.figures import pair_figures
from audit_app.measures.population import Counted
from audit_app.measures.queries import Filters
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.moderation.queries import sections_of
from audit_app.organisation import operations as organisation
from audit_app.programmes.model import Programme
from tests import make
from tests.measures import world
from tests.statements import statements

ALL = Filters()
WIDE = Filters(every_section=True)


def seen(who: Person, filters: Filters = ALL) -> set[int]:
    """The audits that somebody's figures count."""
    return {audit.id for audit in queries.population(filters, make.actor(who))}


def one(who: Person, filters: Filters = WIDE) -> Counted:
    found = queries.population(filters, make.actor(who))
    assert len(found) == 1
    return found[0]


def test_audits_count_from_first_hand_in_unless_sent_back_now_withdrawn_or_void(either_app: Flask) -> None:
    made = make.authority()
    make.audit(made)
    withdrawn = make.audit(made)
    auditing.withdraw(withdrawn, "Wrong case.", by=made.officer.id)
    handed_in, with_senior, moderated, sent_back, again, void = (world.handed_in(made) for _ in range(6))
    world.given(with_senior, made.senior)
    world.moderated(moderated, made.senior)
    for audit in (sent_back, again):
        auditing.send_back(audit, "Add what the child said.", by=made.officer.id)
    auditing.hand_in(again, again.version_id, by=make.actor(made.manager))
    auditing.void(void, "Audited twice.", made.senior, by=make.actor(made.head))
    db.session.commit()
    assert seen(made.head) == {handed_in.id, with_senior.id, moderated.id, again.id}
    became = queries.became(ALL, make.actor(made.head))
    assert (became.allocated, became.handed_in) == (6, 5)
    assert set(became.allocated_ids) - set(became.handed_in_ids) == {1}
    assert sent_back.id in became.handed_in_ids


def test_figures_are_of_the_units_in_which_somebody_may_see_them(app: Flask) -> None:
    made = make.authority()
    near, far = world.handed_in(made), world.handed_in(made, team=made.teams[3])
    both = {near.id, far.id}
    assert [seen(who) for who in (made.head, made.officer, made.senior, made.board)] == [both] * 4
    assert seen(made.other_manager) == {near.id}
    assert seen(made.far_manager) == {far.id}
    assert seen(made.manager) == set()  # they audited it, but it is of another team
    assert seen(made.admin) == seen(made.external) == set()
    ended = make.person("Gone One", Role.HEAD_OF_SERVICE, made.root)
    assert queries.population(ALL, ended.actor(today())) != []
    ended.grants[0].until = today() - dt.timedelta(days=1)
    assert seen(ended) == set()


def test_figures_stay_where_an_audit_was_pinned_when_its_team_moves(either_app: Flask) -> None:
    made = make.authority()
    old, new = (make.person(f"Senior {n}", Role.SENIOR_MANAGER, unit) for n, unit in enumerate(made.services))
    before = world.handed_in(made)
    organisation.move(made.teams[1], made.services[1], by=made.admin.id)
    after = world.handed_in(made, auditor=made.manager)
    db.session.commit()
    assert seen(old) == {before.id}
    assert seen(new) == {after.id}
    assert seen(made.other_manager) == seen(made.head) == {before.id, after.id}
    of_team = {unit.id: Filters(path=unit.path) for unit in (*made.services, made.teams[1], made.teams[0])}
    assert seen(made.head, of_team[made.services[0].id]) == {before.id}
    assert seen(made.head, of_team[made.services[1].id]) == {after.id}
    assert seen(made.head, of_team[made.teams[1].id]) == {before.id, after.id}
    assert seen(made.head, of_team[made.teams[0].id]) == set()


def test_an_authority_keeps_its_figures_when_a_region_is_put_above_it(app: Flask) -> None:
    made = make.authority()
    before = world.handed_in(made)
    region = organisation.add("North", "region", None, by=made.admin.id)
    organisation.move(made.root, region, by=made.admin.id)
    db.session.commit()
    assert seen(made.head) == seen(made.other_manager) == {before.id}
    assert list(queries.offered(make.actor(made.head)).months) == [made.round.month]


def test_filters_choose_by_month_unit_programme_round_and_exercise(app: Flask) -> None:
    made = make.authority()
    month = made.round.month
    earlier = make.open_round(made.round.programme, made.tool, (month - dt.timedelta(days=1)).replace(day=1))
    other = make.open_round(Programme(unit=made.root, name="Thematic", tool_key="case-file"), made.tool, month)
    first, second, third = (world.handed_in(made, into=into) for into in (earlier, made.round, other))
    exercise = moderation.make_exercise(made.root.id, "Spring", by=made.officer.id)
    world.given(second, made.external, "external", exercise=exercise)
    world.given(third, made.external, "external")
    db.session.commit()
    assert seen(made.head, Filters(first=month)) == {second.id, third.id}
    assert seen(made.head, Filters(last=earlier.month)) == {first.id}
    assert seen(made.head, Filters(first=month, last=earlier.month)) == set()
    assert seen(made.head, Filters(programme=other.programme_id)) == {third.id}
    assert seen(made.head, Filters(round=made.round.id)) == {second.id}
    assert seen(made.head, Filters(exercise=exercise.id)) == {second.id}
    assert seen(made.head, Filters(path=made.teams[1].path)) == {first.id, second.id, third.id}
    assert seen(made.head, Filters(path=made.teams[2].path, programme=other.programme_id)) == set()
    assert seen(made.other_manager, Filters(path=made.root.path)) == {first.id, second.id, third.id}
    assert seen(made.far_manager, Filters(path=made.teams[1].path)) == set()


def test_what_somebody_judges_blind_is_in_none_of_their_figures_until_they_commit(either_app: Flask) -> None:
    made = make.authority()
    blind, plain = world.handed_in(made), world.handed_in(made)
    held = world.given(blind, made.senior, blind=True)
    db.session.commit()
    who = make.actor(made.senior)
    assert seen(made.senior) == {plain.id}
    assert seen(made.head) == {plain.id, blind.id}
    assert queries.held_blind(who) == 1
    assert queries.held_blind(make.actor(made.head)) == 0
    assert queries.became(ALL, who).allocated_ids == (plain.id,)
    behind = queries.behind((plain.id, blind.id), ALL, who, after="", before="")
    assert [audit.id for audit in behind.page.items] == [plain.id]
    world.committed(held, {})
    db.session.commit()
    assert seen(made.senior) == {plain.id, blind.id}
    assert queries.held_blind(who) == 0


@pytest.mark.parametrize(
    ("moment", "on_time"),
    [
        (dt.datetime(2026, 6, 30, 22, 59, tzinfo=dt.UTC), True),  # 11:59pm in London, in summer
        (dt.datetime(2026, 6, 30, 23, 1, tzinfo=dt.UTC), False),  # the next day in London
    ],
)
def test_on_time_is_first_handed_in_by_the_end_of_the_due_day_in_london(
    app: Flask, moment: dt.datetime, on_time: bool
) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC), tick=False) as clock:
        made = make.authority()
        made.round.due_on = dt.date(2026, 6, 30)
        clock.move_to(moment)
        audit = world.handed_in(made)
        assert one(made.head).on_time is on_time
        clock.move_to(dt.datetime(2026, 7, 20, 9, tzinfo=dt.UTC))
        auditing.send_back(audit, "Add what the child said.", by=made.officer.id)
        auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
        assert one(made.head).on_time is on_time


def test_an_audit_is_counted_with_its_grades_its_opinions_and_what_else_was_noted(either_app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made, "good", {"overall": "outstanding"})
    overall = audit.tool.overall_section
    assert overall is not None
    world.moderated(audit, made.senior, "requires_improvement", chance=0.25)
    db.session.commit()
    found = one(made.head)
    assert (found.period, found.unit_id, found.unit_name) == (made.round.month, audit.unit_id, audit.unit.name)
    assert (found.overall, found.scale) == (overall.key, audit.tool.scale)
    assert (found.practitioner_involved, found.feedback_obtained) == (True, True)
    assert [(o.tier, o.route, o.inclusion_probability, o.done) for o in found.opinions] == [
        ("senior", "random", 0.25, True)
    ]
    assert found.overall_as_it_stands() == found.overall_settled("senior") == "requires_improvement"
    narrow = one(made.head, ALL)
    assert {line.section for line in narrow.lines} == {overall.key}
    assert {line.section for line in found.lines} == {section.key for section in sections_of(audit)}


def test_pairs_follow_the_ledger_through_blind_grades_reopening_and_validation(either_app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made)
    overall = audit.tool.overall_section
    assert overall is not None

    def pairs(earlier: str, later: str) -> list[tuple[str | None, str | None]]:
        found = one(made.head).pairs(earlier, later, every_section=False)
        return [(pair.earlier, pair.later) for pair in found]

    senior = world.given(audit, made.senior, blind=True)
    assert pairs("auditor", "senior") == []
    world.committed(senior, {overall.key: "inadequate"})
    assert pairs("auditor", "senior") == [("good", "inadequate")]
    world.finished(senior, {overall.key: "requires_improvement"})
    db.session.commit()
    assert pairs("auditor", "senior") == [("good", "inadequate")]
    moderation.reopen(senior, "New information.", by=make.actor(made.head))
    db.session.commit()
    assert one(made.head).overall_as_it_stands() == "good"
    assert pairs("auditor", "senior") == [("good", "inadequate")]
    figures = pair_figures([one(made.head)], "auditor", "senior")
    assert (figures.over.count, figures.exact.total) == (1, 1)
    world.finished(senior, {overall.key: "requires_improvement"})
    external = world.finished(world.given(audit, made.external, "external"), {overall.key: "good"})
    db.session.commit()
    assert pairs("internal", "external") == [("requires_improvement", "good")]
    assert pairs("auditor", "external") == [("good", "good")]
    moderation.reopen(external, "A mistake.", by=make.actor(made.head))
    db.session.commit()
    assert pairs("internal", "external") == pairs("auditor", "external") == []


def test_views_on_the_evidence_are_those_of_seniors_whose_moderation_is_done(app: Flask) -> None:
    made = make.authority()
    audit, reopened, validated = (world.handed_in(made) for _ in range(3))
    key = audit.tool.graded_sections[0].key
    world.finished(world.given(audit, made.senior), {key: "inadequate"}, supports=True)
    again = world.finished(world.given(reopened, made.senior), supports=True)
    world.finished(world.given(validated, made.external, "external"), supports=True)
    moderation.reopen(again, "New information.", by=make.actor(made.head))
    db.session.commit()
    views = queries.evidence_views(ALL, make.actor(made.head))
    assert {number for number, _ in views} == {audit.id}
    assert [view for _, view in views].count(False) == 1
    assert len(views) == len(sections_of(audit))


def test_behind_a_figure_stand_the_audits_that_one_may_open_and_how_many_more(app: Flask) -> None:
    made = make.authority()
    near, far = world.handed_in(made), world.handed_in(made, team=made.teams[3])
    db.session.commit()

    def behind(who: Person, *ids: int) -> tuple[list[int], int, int]:
        found = queries.behind(ids, ALL, make.actor(who), after="", before="")
        return [audit.id for audit in found.page.items], found.page.total, found.more

    assert behind(made.head, near.id, far.id) == ([far.id, near.id], 2, 0)
    assert behind(made.board, near.id, far.id) == ([], 0, 2)
    assert behind(made.other_manager, near.id) == ([near.id], 1, 0)
    # What was never chosen for somebody is not shown to them, whatever is asked.
    assert behind(made.other_manager, near.id, far.id) == ([near.id], 1, 1)


def test_the_audits_behind_a_figure_come_page_by_page_newest_first(app: Flask) -> None:
    made = make.authority()
    ids = [world.handed_in(made).id for _ in range(28)]
    db.session.commit()
    who = make.actor(made.head)
    first = queries.behind(ids, ALL, who, after="", before="").page
    assert [a.id for a in first.items] == ids[:2:-1]
    assert (first.total, first.newer, first.older) == (28, None, str(ids[3]))
    last = queries.behind(ids, ALL, who, after=first.older or "", before="").page
    assert ([a.id for a in last.items], last.newer, last.older) == (ids[2::-1], str(ids[2]), None)
    back = queries.behind(ids, ALL, who, after="", before=last.newer or "").page
    assert back == first
    for garbage in ("x", "-1", "9" * 5000, "٣²"):
        assert queries.behind(ids, ALL, who, after=garbage, before=garbage).page.total == 28


def test_what_can_be_chosen_is_what_one_may_see(app: Flask) -> None:
    made = make.authority()
    elsewhere = organisation.add("Southmere", "authority", None, by=None)
    db.session.add(Programme(unit=elsewhere, name="Theirs", tool_key="case-file"))
    moderation.make_exercise(elsewhere.id, "Theirs", by=made.officer.id)
    mine = moderation.make_exercise(made.root.id, "Ours", by=made.officer.id)
    world.handed_in(made)
    db.session.commit()
    for who in (made.head, made.other_manager):
        assert [p.name for p in queries.runs(make.actor(who))[0]] == ["Monthly case-file audit"]
        assert [one.id for one in queries.runs(make.actor(who))[1]] == [mine.id]
        assert list(queries.offered(make.actor(who)).months) == [made.round.month]
    assert queries.offered(make.actor(made.far_manager)).months == ()
    assert queries.runs(make.actor(made.admin)) == ([], [])


def test_a_population_takes_three_statements_whatever_its_size(either_app: Flask) -> None:
    made = make.authority()
    asked = []
    for number in (2, 20):
        for _ in range(number):
            world.moderated(world.handed_in(made), made.senior)
        db.session.commit()
        queries.population(WIDE, make.actor(made.head))  # the tool is read once a process
        db.session.commit()
        who = make.actor(made.head)
        with statements() as said:
            queries.population(WIDE, who)
        asked.append(len(said))
    assert asked == [3, 3]


def test_audits_of_several_routes_keep_theirs(app: Flask) -> None:
    made = make.authority()
    drawn, chosen = world.handed_in(made), world.handed_in(made)
    world.moderated(drawn, made.senior)
    world.finished(world.given(chosen, made.senior, route=Route.GRADE))
    db.session.commit()
    audits = queries.population(ALL, make.actor(made.head))
    assert pair_figures(audits, "auditor", "senior").exact.counted == (drawn.id,)
    assert pair_figures(audits, "auditor", "senior", random=False).exact.counted == (chosen.id,)
