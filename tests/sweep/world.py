"""Two authorities with every kind of thing in them, and everybody who could ask for it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.operations import contributions
from audit_app.cases import operations as cases
from audit_app.cases.model import CaseList, CaseListEntry, StagedList
from audit_app.cases.operations.taking import Grid
from audit_app.cases.packing import pack
from audit_app.cases.stripping import stripped
from audit_app.cases.workbook import Row, Sheet
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.escalation.queries import find_running, reaudit_of
from audit_app.feedback import operations as feedback
from audit_app.feedback.model import Release
from audit_app.frameworks.model import FrameworkVersion
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.identity.model import Person
from audit_app.moderation import operations as moderation
from audit_app.moderation.adding import Addition
from audit_app.moderation.model import Challenge, Exercise, Moderation, Route
from audit_app.moderation.rules import Decision
from audit_app.notices.kinds import Kind
from audit_app.notices.operations import Telling, make_feed, tell
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import PaperLook
from audit_app.programmes import operations as programmes
from audit_app.reporting import operations as reporting
from audit_app.reporting.contents.findings import Observations
from audit_app.reporting.model import FindingsCopy
from audit_app.reporting.queries.findings import work_or_404
from audit_app.sampling import operations as sampling
from audit_app.sampling.model import Sample
from audit_app.sampling.terms import DrawTerms
from audit_app.work.model import Job
from tests import make
from tests.actions import doing as acting
from tests.calibration import doing as calibrating
from tests.evaluation import doing as evaluating
from tests.improvement import doing as planning
from tests.learning import briefing
from tests.organisation.pictures import logo
from tests.packs import doing as packing
from tests.past import importing
from tests.reporting import committee

CANARY = "Canary-words-of-the-auditor"
NOTHING_SAID = {"recognised": [], "left_out": [], "warnings": [], "more_warnings": 0, "notes": [], "joined": 0}


@dataclass
class Place:
    """One authority and its things, by what they are."""

    made: make.Authority
    things: dict[str, Any] = field(default_factory=dict)


def furnished() -> Place:
    """An authority with one of everything."""
    made = make.authority()
    made.people["practitioner"] = make.person("Practitioner One", Role.PRACTITIONER, made.teams[1], team=made.teams[1])
    made.people["contributor"] = make.person("Nurse One", Role.CONTRIBUTOR, made.root)
    expired = make.person("External Two", Role.EXTERNAL_AUDITOR, made.root)
    expired.grants[0].until = today() - dt.timedelta(days=1)
    made.people["expired"] = expired
    made.people["leaver"] = make.person("Manager Four", Role.TEAM_MANAGER, made.teams[2], team=made.teams[2])
    place = Place(made)
    things = place.things
    things["look"] = _look(made)
    things["draft"] = make.written(made)
    things["fresh"] = make.audit(made)
    things["asked"] = _asked(made)
    things["handed_in"] = make.handed_in(made)
    things["alert"] = auditing.raise_risk(things["draft"], CANARY, "", None, by=make.actor(made.manager))
    things["open"] = _given(made, make.handed_in(made), made.senior, "senior", blind=False)
    things["blind"] = _given(made, make.handed_in(made), made.other_senior, "senior", blind=True)
    things["external_open"] = _given(made, make.handed_in(made), made.external, "external", blind=False)
    moderation.add_section(things["external_open"], Addition(None, CANARY), by=make.actor(made.external))
    things["done"] = _finished(_given(made, make.handed_in(made), made.senior, "senior", blind=False), made.senior)
    things["challenged"] = _challenged(made)
    things["exercise"], things["findings_copy"] = _validated(made)
    things["list"] = _case_list(made, things["handed_in"])
    things["waiting"] = _waiting_list(made)
    things["past_import"], things["past_waiting"] = importing.imported_and_waiting(made)
    things["sample"] = _sample(made)
    things["exemption"] = programmes.exempt(
        made.round.programme, made.manager, today(), today(), "Covers two teams", made.head, by=made.officer.id
    )
    later = today() + dt.timedelta(days=60)
    things["absence"] = identity.record_away(made.manager, Away(later, later), by=made.officer.id)
    things["name"] = sampling.name_worker(made.manager, made.root.id, "One, Manager", by=made.officer.id)
    things["connection"] = sampling.connect(made.manager, things["handed_in"].case, by=made.officer.id)
    things["framework"] = db.session.execute(db.select(FrameworkVersion)).scalars().first()
    things["escalation"] = find_running(make.handed_in(made, grade="inadequate").id)
    things["re_audit"] = reaudit_of(things["escalation"].audit_id)
    things["release"] = _released(made)
    things["calibration"] = calibrating.started(made, [made.manager, made.senior])
    things["calibration_closed"] = calibrating.started(made, [made.manager], name="Spring")
    calibrating.graded(things["calibration_closed"], made.manager)
    calibrating.closed(things["calibration_closed"], made)
    things["plan"] = planning.plan(made)
    things["meeting"] = planning.meeting(made, things["plan"])
    things["evaluation"] = evaluating.published(made, things["plan"])
    things["committee"] = committee.final(made, things["plan"])
    committee.draft(made, things["meeting"])
    things["plan_file"] = planning.sent_in(made)
    things["plan_readings"] = planning.readings_sent_in(made, things["plan"])
    things["briefing"] = briefing.published(made)
    things["pack"] = packing.kept(f"round:{made.round.id}", made.officer, (things["handed_in"].id,))
    things["feed"] = make_feed(by=make.actor(made.manager))
    things["link"] = identity.make_link(made.board, "reset", by=made.admin.id)
    things["action"] = acting.given(made, made.practitioner, what=CANARY)
    things["job"] = Job(
        kind="work.none", title="Load a list", given={}, back="/", owner_id=made.officer.id, asked_at=now()
    )
    db.session.add(things["job"])
    asked = Telling(made.manager.id, Kind.DUE_SOON, f"due soon {made.root.id}", audit_id=things["draft"].id)
    (things["notice"],) = tell([asked])
    db.session.commit()
    return place


def _look(made: make.Authority) -> PaperLook:
    """A colour and a logo for papers, in use."""
    one = organisation.draft_look(made.root, 0, "#0f5f6d", logo(), by=made.admin.id)
    organisation.use_look(made.root, 1, by=made.admin.id)
    return one


def _asked(made: make.Authority) -> Contribution:
    """What somebody of another agency is asked to contribute to an audit that is being written."""
    audit, lead = make.agencies_audit(made), make.actor(made.manager)
    one = contributions.ask(audit, made.people["contributor"], "health", today(), CANARY, by=lead)
    contributions.contribute(one, "health", Draft(evidence=CANARY), 0, by=make.actor(one.person))
    db.session.commit()
    return one


def _given(made: make.Authority, audit: Audit, to: Person, tier: str, *, blind: bool) -> Moderation:
    given = moderation.give(
        audit,
        to,
        tier,
        route=Route.RANDOM if blind else Route.BY_HAND,
        blind=blind,
        due_on=today() + dt.timedelta(days=10),
        by=made.officer.id,
        inclusion_probability=0.5 if blind else None,
    )
    db.session.commit()
    return given


def _finished(one: Moderation, by: Person) -> Moderation:
    who, tool = make.actor(by), one.audit.tool
    for section in moderation.sections_of(one.audit):
        moderation.decide(one, section.key, Decision("agree", evidence_supports=True), 0, by=who)
    ratings = {criterion.key: tool.quality.scale.keys[-1] for criterion in tool.quality.criteria}
    moderation.rate(one, ratings, "A good audit.", False, one.version_id, by=who)
    moderation.finish(one, one.version_id, by=who)
    db.session.commit()
    return one


def _released(made: make.Authority) -> Release:
    """An outcome that is released to the case's practitioner, who replied, and whose themes were chosen."""
    audit = make.handed_in(made)
    released = feedback.release(audit, made.practitioner.id, by=make.actor(made.officer))
    feedback.reply(released, CANARY, by=make.actor(made.practitioner))
    feedback.code(audit, {"family": ["drift"], "practitioner": [], "audit": []}, 0, by=make.actor(made.manager))
    db.session.commit()
    return released


def _challenged(made: make.Authority) -> Challenge:
    """An outcome that its auditor challenges; the head of service is to resolve it."""
    done = _finished(_given(made, make.handed_in(made), made.senior, "senior", blind=False), made.senior)
    one = moderation.challenge(done, {"overall": CANARY}, by=make.actor(made.manager))
    moderation.name_resolver(one, made.head, "", one.version_id, by=make.actor(made.officer))
    db.session.commit()
    return one


def _validated(made: make.Authority) -> tuple[Exercise, FindingsCopy]:
    """An exercise in which the external auditor finished one audit, and a copy of their findings."""
    exercise = moderation.make_exercise(made.root.id, "Validation", by=made.officer.id)
    one = _given(made, make.handed_in(made), made.external, "external", blind=False)
    one.exercise = exercise
    _finished(one, made.external)
    work = work_or_404(exercise.id, made.external.id, make.actor(made.external))
    findings = reporting.write_observations(work, Observations(CANARY, CANARY, CANARY), 0)
    return exercise, reporting.finish_findings(findings, [one.audit_id], b"%PDF", by=made.external.id)


def _case_list(made: make.Authority, audit: Audit) -> CaseList:
    kept = CaseList(
        authority_id=made.root.id,
        filename="list.xlsx",
        file_hash=f"hash {made.root.id}",
        taken_on=today(),
        loaded_at=now(),
        loaded_by=made.officer.id,
        summary=NOTHING_SAID,
        read=1,
        held=0,
        refused=0,
    )
    db.session.add(kept)
    db.session.flush()
    made.round.case_list_id = kept.id
    audit.case.last_list_id = kept.id
    return kept


def _waiting_list(made: make.Authority) -> StagedList:
    rows = (("Child Unique ID", "Case Status", "Allocated Team"), ("9001", "Child in need plan", made.teams[0].name))
    sheet = Sheet("list", tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)))
    grid = Grid("waiting.csv", f"waiting {made.root.id}", pack(stripped([sheet], taken_on=today())))
    return cases.stage(grid, cases.understand(grid, (), today()), today(), made.root, by=made.officer.id)


def _sample(made: make.Authority) -> Sample:
    case = make.case(made, made.teams[3])
    entry = CaseListEntry(
        list_id=made.round.case_list_id,
        case_id=case.id,
        unit_id=case.unit_id,
        worker=case.worker,
        category=case.category,
        attributes={},
    )
    db.session.add(entry)
    db.session.flush()
    return sampling.draw(made.round, DrawTerms("simple", 1, "a seed"), by=made.officer.id)
