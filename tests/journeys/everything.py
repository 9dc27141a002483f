"""What else must exist for every page of the service to have something to show."""

import datetime as dt
import io

from sqlalchemy import select

from audit_app.actions import operations as actions
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit
from audit_app.auditing.operations import contributions
from audit_app.calibration import operations as calibration
from audit_app.cases import operations as cases
from audit_app.cases.generating import TeamHolds, generate_rows
from audit_app.cases.operations.taking import Grid, take
from audit_app.cases.packing import pack
from audit_app.cases.stripping import stripped
from audit_app.cases.workbook import Sheet
from audit_app.cases.writing import annex_a_workbook
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.feedback import operations as feedback
from audit_app.identity.model import Person
from audit_app.improvement import operations as improvement
from audit_app.moderation import operations as moderation
from audit_app.moderation.adding import Addition
from audit_app.moderation.challenge import Ruling
from audit_app.moderation.queries import find_moderation
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of
from audit_app.past import operations as past
from audit_app.programmes import operations as programmes
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.months import month_after
from audit_app.reporting import operations as reporting
from audit_app.reporting.contents.findings import Observations
from audit_app.reporting.queries.findings import work_or_404
from audit_app.sampling import operations as sampling
from audit_app.sampling.terms import DrawTerms
from audit_app.wording import queries as wording
from audit_app.wording.operations import edit
from audit_app.work.model import Job
from tests import make
from tests.actions import doing as acting
from tests.calibration import doing as calibrating
from tests.cases import books
from tests.evaluation import doing as evaluating
from tests.improvement import doing as planning
from tests.journeys.world import World, decided, moderated
from tests.learning import briefing
from tests.packs import doing as packing
from tests.past import sheets as trackers
from tests.past.importing import imported_and_waiting
from tests.reporting import committee

CATEGORIES = ("looked_after", "child_protection", "child_in_need", "closed", "care_leaver")


def prepare(world: World) -> None:
    """What the stories do not need, of each kind one: a sample that waits, a closed round, a challenge, long work …"""
    officer = _person(world, "officer")
    running = db.session.scalars(select(Round).join(Programme).where(Programme.name == "Private fostering")).one()
    _load_a_list(running, officer)
    sampling.draw(running, DrawTerms("simple", 4, "every page"), by=officer.id)
    earlier = (running.month - dt.timedelta(days=1)).replace(day=1)
    programmes.close_round(make.open_round(running.programme, running.tool_version, earlier), by=officer.id)
    overdue = db.session.get_one(Audit, world.audits["overdue"])
    manager = make.actor(_person(world, "manager"))
    auditing.raise_risk(overdue, "Nobody has seen the child for a month.", "", None, by=manager)
    made = calibrating.authority_again({who: _person(world, who) for who in world.people})
    _calibrate(made)
    _brief(made, running)
    _wait_for_a_yes(made)
    _improve(made)
    _plan(overdue.round.programme, made)
    _close_the_loop(made)
    letter = wording.offered()["letter-allocated"]
    own = {**letter.usual(), "one": "A case is yours to audit, by {due}."}
    edit(letter, own, 0, by=officer.id)
    packing.kept(f"round:{running.id}", officer)
    _import_past_audits(made)
    _contribute(db.session.get_one(Audit, world.audits["agencies"]), made)
    _challenge(world)
    _act(world, made)
    _judge(running, made)
    handed_back = make.audit(make.Authority(made.root, [], made.teams, made.people, made.tool, overdue.round))
    auditing.hand_back(handed_back, "They are my neighbours.", by=manager)
    db.session.add(
        Job(kind="work.none", title="Load a list", given={}, back="/", owner_id=made.officer.id, asked_at=now())
    )


def _close_the_loop(made: make.Authority) -> None:
    """A case that is audited again, and an outcome that is released, replied to and coded."""
    month = month_after(today().replace(day=1), 3)
    again = make.Authority(made.root, [], made.teams, made.people, made.tool, None)  # type: ignore[arg-type]
    programme = Programme(unit=made.root, name="Twice", tool_key=made.tool.key)
    again.round = make.open_round(programme, made.tool, today().replace(day=1))
    earlier, out = make.handed_in(again, grade="inadequate"), make.handed_in(again)
    later = make.open_round(programme, made.tool, month)
    auditing.allocate(
        later, earlier.case_id, earlier.unit, earlier.category, made.manager, inclusion_probability=None, by=None
    )
    officer = make.actor(made.officer)
    released = feedback.release(out, made.practitioner.id, by=officer)
    feedback.reply(released, "We have begun.", by=make.actor(made.practitioner))
    feedback.code(out, {"family": ["drift"], "practitioner": [], "audit": []}, 0, by=officer)


def _import_past_audits(made: make.Authority) -> None:
    """A spreadsheet of past audits that was imported, one with a strange grade, and one with two tables."""
    imported_and_waiting(made)
    rows = [trackers.sheet(trackers.line("5"), name=name) for name in ("This year", "Last year")]
    past.stage(trackers.grid(*rows, file_hash="two tables"), made.root, made.tool.tool.scale, by=made.officer.id)


def _improve(made: make.Authority) -> None:
    """A plan with a live figure that was read, a self-evaluation that cites it, and a file that waits for a yes."""
    plan = planning.plan(made)
    improvement.read_figure(planning.live(made, plan), by=make.actor(made.officer))
    planning.frozen(made, plan)
    evaluating.published(made, plan)
    committee.draft(made, planning.meeting(made, plan, in_days=20))
    planning.sent_in(made)
    planning.readings_sent_in(made, plan)


def _act(world: World, made: make.Authority) -> None:
    """Actions for children: one to do, one said to be done, one for which more time is asked, and a draft."""
    audit, owner = db.session.get_one(Audit, world.audits["outcome"]), make.actor(made.other_manager)
    acting.given(made, made.other_manager, audit)
    acting.said_done(made, made.other_manager, audit)
    asked = acting.given(made, made.other_manager, audit, what="Hold the meeting.")
    later = asked.due_on + dt.timedelta(days=7)
    actions.ask_time(asked, later, "The school is closed.", asked.version_id, by=owner)
    acting.given(made, made.other_manager, db.session.get_one(Audit, world.audits["overdue"]))


def _wait_for_a_yes(made: make.Authority) -> None:
    """A list with rows that would be held, refused and new, and a workbook of which nobody has said what it holds."""
    rows = [books.LIST_6, books.line_6("9001", Allocated_Team=made.teams[0].name)]
    rows += [books.line_6("9002", Allocated_Team="North Hub"), books.line_6(None)]
    whose = (("Ref", "Held by"), ("9003", made.teams[0].name))
    for name, sheets in (
        ("annex-a.xlsx", [books.sheet("List 6", *rows)]),
        ("ours.xlsx", [books.sheet("Open", *whose), books.sheet("Closed", *whose)]),
    ):
        grid = _grid(name, sheets)
        cases.stage(grid, cases.understand(grid, (), today()), today(), made.root, by=made.officer.id)


def _grid(name: str, sheets: list[Sheet]) -> Grid:
    return Grid(name, f"hash of {name}", pack(stripped(sheets, taken_on=today())))


def _plan(programme: Programme, made: make.Authority) -> None:
    """A programme with a calendar, and somebody who is exempt from it."""
    programme.frequency, programme.first_month = "monthly", today().replace(day=1)
    programmes.exempt(
        programme, made.other_manager, today(), today(), "Covers two teams.", made.head, by=made.officer.id
    )


def _contribute(audit: Audit, made: make.Authority) -> None:
    """One agency that is writing, and one that has finished and reads what the others did."""
    lead, nurse = make.actor(audit.auditor), made.people["contributor"]
    writing = contributions.ask(audit, nurse, "health", today(), "Since the spring.", by=lead)
    contributions.contribute(writing, "health", Draft(evidence="The clinic saw it."), 0, by=make.actor(nurse))
    finished = contributions.ask(audit, nurse, "police", today(), "", by=lead)
    for section in finished.sections:
        contributions.contribute(finished, section.key, make.draft(section), 0, by=make.actor(nurse))
    contributions.finish(finished, finished.version_id, by=make.actor(nurse))
    contributions.share(finished, True, by=lead)


def _judge(running: Round, made: make.Authority) -> None:
    """An inadequate audit, an outcome to challenge, a challenge without a resolver, and findings that are finished."""
    here = make.Authority(made.root, [], made.teams, made.people, running.tool_version, running)
    make.handed_in(here, grade="inadequate")
    moderated(here, make.handed_in(here), {})
    waiting = decided(here, make.handed_in(here), made.senior, {})
    moderation.finish(waiting, waiting.version_id, by=make.actor(made.senior))
    moderation.challenge(waiting, {"overall": "The record shows more."}, by=make.actor(made.manager))
    found = decided(here, make.handed_in(here), made.external, {}, "external")
    moderation.finish(found, found.version_id, by=make.actor(made.external))
    deciding = decided(here, make.handed_in(here), made.external, {}, "external")
    moderation.add_section(deciding, Addition(None, "The wider family"), by=make.actor(made.external))
    assert found.exercise_id is not None
    work = work_or_404(found.exercise_id, made.external.id, make.actor(made.external))
    findings = reporting.write_observations(work, Observations("Clear plans.", "Few visits.", "Visit more."), 0)
    reporting.finish_findings(findings, [found.audit_id], b"%PDF", by=made.external.id)


def _calibrate(made: make.Authority) -> None:
    """A calibration that is being prepared, one to grade, and one that is closed."""
    ready = calibrating.prepared(made, name="Winter")
    calibration.choose_raters(ready, [made.manager], by=made.officer.id)
    running = calibrating.started(made, [made.manager, made.senior], vignettes=2, name="Autumn")
    calibrating.graded(running, made.manager, only=running.vignettes[0])
    closed = calibrating.started(made, [made.manager], name="Spring")
    calibrating.graded(closed, made.manager)
    calibrating.closed(closed, made)


def _brief(made: make.Authority, running: Round) -> None:
    """A briefing that all may read, and one that is being written."""
    services = list(db.session.scalars(select(Unit).where(Unit.kind == "service").order_by(Unit.id)))
    here = make.Authority(made.root, services, made.teams, made.people, made.tool, running)
    briefing.published(here)
    briefing.written(here, unit=services[0])


def _challenge(world: World) -> None:
    """A challenge whose resolver has found what stands, and has not resolved it yet."""
    manager, officer, head = (make.actor(_person(world, who)) for who in ("manager", "officer", "head"))
    about = find_moderation(db.session.get_one(Audit, world.audits["outcome"]), "senior")
    if about is None:
        raise LookupError("the outcome is not there")
    one = moderation.challenge(about, {"assessment": "The record says more."}, by=manager)
    moderation.name_resolver(one, _person(world, "head"), "", one.version_id, by=officer)
    ruling = Ruling("good", reason="Both visits are in the record.")
    moderation.rule(one, one.points[0], ruling, one.points[0].version_id, by=head)


def _person(world: World, who: str) -> Person:
    return db.session.scalars(select(Person).filter_by(email=world.people[who][1])).one()


def _load_a_list(running: Round, officer: Person) -> None:
    children = generate_rows(
        [TeamHolds(name, CATEGORIES) for name in ("Team 11", "Team 12", "Duty and advice")],
        seed=3,
        today=today(),
        size=90,
    )
    book = io.BytesIO(annex_a_workbook(children, taken_on=today(), dirty=True))
    taken = take(book, "annex-a.xlsx", today(), most_bytes=1 << 24)
    kept, _ = cases.load(taken, authority_of(running.programme.unit), by=officer.id)
    programmes.change_round(running, kept, running.due_on, running.version_id, by=officer.id)
