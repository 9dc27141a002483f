"""Which validation exercises have a report for whom, and what it is made from."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import EXTERNAL
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.measures import album
from audit_app.measures import queries as measures
from audit_app.measures.album import Material
from audit_app.measures.counts import count
from audit_app.measures.queries import Filters, chosen
from audit_app.measures.sums import sums_of
from audit_app.moderation.model import Exercise, Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.reporting.contents.findings import Observations
from audit_app.reporting.contents.validation import Observed, ValidationMaterial
from audit_app.reporting.model import Findings, FindingsCopy
from audit_app.reporting.queries.rounds import reader_of


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """An exercise with how many of its audits are finished, of those that somebody's reports count."""

    exercise: Exercise
    finished: int


def exercises_with_reports(actor: Actor) -> list[ExerciseLine]:
    """The exercises in which an external auditor finished something that this person's reports count, newest first."""
    counted = chosen(Filters(), reader_of(actor)).where(Audit.stage.in_([stage.value for stage in COUNTED]))
    rows = select(Moderation.exercise_id, func.count()).where(
        Moderation.tier == EXTERNAL, Moderation.phase == Phase.DONE.value, Moderation.audit_id.in_(counted)
    )
    rows = rows.where(Moderation.exercise_id.is_not(None)).group_by(Moderation.exercise_id)
    found = {number: finished for number, finished in db.session.execute(rows) if number is not None}
    exercises = db.session.execute(select(Exercise).where(Exercise.id.in_(found)).order_by(Exercise.id.desc()))
    return [ExerciseLine(one, found[one.id]) for one in exercises.scalars()]


def exercise_or_404(exercise_id: int, actor: Actor) -> Exercise:
    """An exercise of units in which this person reads reports; any other does not exist."""
    found = db.session.get(Exercise, exercise_id)
    if found is None:
        abort(404)
    unit = db.session.get_one(Unit, found.unit_id)
    mine = actor.paths(Permission.READ_REPORTS)
    if not any(unit.path.startswith(path) or path.startswith(unit.path) for path in mine):
        abort(404)
    return found


def material_of(exercise: Exercise, actor: Actor) -> ValidationMaterial:
    """Everything that this person's report of an exercise is made from."""
    reader, filters = reader_of(actor), Filters(exercise=exercise.id, every_section=True)
    audits = measures.population(filters, reader)
    became, evidence = measures.became(filters, reader), measures.evidence_views(filters, reader)
    units = tree(reader.paths(Permission.SEE_FIGURES))
    names = _sections([one.id for one in audits])
    given = select(Moderation).where(Moderation.exercise_id == exercise.id, Moderation.tier == EXTERNAL)
    in_reach = given.where(Moderation.audit_id.in_(chosen(filters, reader)))
    moderations = list(db.session.execute(in_reach.order_by(Moderation.id)).scalars())
    people = {one.moderator_id for one in moderations if one.at is Phase.DONE}
    drawn = Material(sums_of(audits), every_section=True, tier=EXTERNAL, sections=dict(names))
    left_out = given.where(Moderation.audit_id.in_(hidden_from(actor))).with_only_columns(func.count())
    return ValidationMaterial(
        exercise=exercise.name,
        unit=db.session.get_one(Unit, exercise.unit_id).name,
        auditors=_names(people),
        audits=audits,
        counts=count(audits, became, evidence),
        sections=count(audits, became, evidence, every_section=True),
        names=names,
        order=[unit.id for unit in units],
        observed=_observed(exercise, {one.audit_id for one in moderations if one.at is Phase.DONE}),
        unfinished=sum(one.at is not Phase.DONE for one in moderations),
        left_out=db.session.execute(left_out).scalar_one(),
        pictures=album.pictures(album.SECTIONS, drawn),
    )


def _sections(audits: list[int]) -> list[tuple[str, str]]:
    """The graded sections of the tools that were used, in their order."""
    used = select(Audit.tool_version_id).where(Audit.id.in_(audits))
    tools = db.session.execute(select(ToolVersion).where(ToolVersion.id.in_(used)).order_by(ToolVersion.id)).scalars()
    return list({section.key: section.name for one in tools for section in one.tool.graded_sections}.items())


def _names(people: set[int]) -> list[str]:
    return list(db.session.execute(select(Person.name).where(Person.id.in_(people)).order_by(Person.id)).scalars())


def _observed(exercise: Exercise, in_reach: set[int]) -> list[Observed]:
    """What each external auditor wrote in their latest finished copy that is of no audit beyond the reader's reach."""
    rows = select(FindingsCopy).join(FindingsCopy.findings).where(Findings.exercise_id == exercise.id)
    latest: dict[int, FindingsCopy] = {}
    for copy in db.session.execute(rows.order_by(FindingsCopy.number)).scalars():
        if set(copy.audit_ids) <= in_reach:
            latest[copy.findings.person_id] = copy
    return [
        Observed(
            copy.findings.person.name,
            copy.number,
            day_of(copy.finished_at),
            Observations(copy.strong, copy.improve, copy.recommend),
        )
        for _, copy in sorted(latest.items())
    ]
