"""Which findings of external auditors are open to whom, and what their paper is made from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import EXTERNAL, Line, stood_below
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import hidden_from, within
from audit_app.auditing.workflow import COUNTED, ENDED
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.identity.model import Person
from audit_app.measures.population import Counted
from audit_app.measures.queries import population_of
from audit_app.moderation.model import Exercise, Moderation, Phase
from audit_app.moderation.queries.unfinished import last_day_of
from audit_app.organisation.model import Unit
from audit_app.reporting.contents.findings import (
    NOT_GRADED,
    OWN,
    FindingsMaterial,
    Found,
    LeftOut,
    Observations,
    Together,
)
from audit_app.reporting.model import Findings, FindingsCopy


def _mine(actor: Actor) -> ColumnElement[bool]:
    return Moderation.moderator_id == actor.id if actor.may(Permission.VALIDATE) else false()


def _led(actor: Actor) -> ColumnElement[bool]:
    """That a leader may open an audit's judgements, and does not judge it blind themselves."""
    reached = within(actor.paths(Permission.EXPORT_PAIRS), Unit.path)
    return and_(reached, Moderation.audit_id.not_in(hidden_from(actor)))


def _in_exercises() -> Select[Moderation]:
    rows = select(Moderation).join(Audit, Audit.id == Moderation.audit_id).join(Audit.unit)
    return rows.where(Moderation.tier == EXTERNAL, Moderation.exercise_id.is_not(None)).options(
        joinedload(Moderation.exercise), joinedload(Moderation.moderator)
    )


@dataclass(frozen=True, slots=True)
class Work:
    """One external auditor's work in one exercise, as far as its reader may open it."""

    exercise: Exercise
    person: Person
    moderations: tuple[Moderation, ...]
    last_day: dt.date | None
    own: bool

    @property
    def done(self) -> int:
        """How many audits are finished."""
        return sum(one.at is Phase.DONE for one in self.moderations)


def works_open_to(actor: Actor) -> list[Work]:
    """Every external auditor's work in every exercise that somebody may open, newest exercise first."""
    rows = _in_exercises().where(or_(_mine(actor), _led(actor)))
    found: dict[tuple[int, int], list[Moderation]] = defaultdict(list)
    ordered = rows.order_by(Moderation.exercise_id.desc(), Moderation.moderator_id, Moderation.id)
    for one in db.session.execute(ordered).unique().scalars():
        found[one.exercise_id or 0, one.moderator_id].append(one)
    return [_work(theirs, actor) for theirs in found.values()]


def _work(moderations: Sequence[Moderation], actor: Actor) -> Work:
    first, exercise = moderations[0], db.session.get_one(Exercise, moderations[0].exercise_id)
    own = first.moderator_id == actor.id and actor.may(Permission.VALIDATE)
    return Work(exercise, first.moderator, tuple(moderations), last_day_of(first.moderator), own)


def work_or_404(exercise_id: int, person_id: int, actor: Actor, *, own: bool = False) -> Work:
    """An external auditor's work in an exercise: one's own, or in the units that one leads; else it does not exist."""
    allowed = _mine(actor) if own else or_(_mine(actor), _led(actor))
    rows = _in_exercises().where(Moderation.exercise_id == exercise_id, Moderation.moderator_id == person_id, allowed)
    found = list(db.session.execute(rows.order_by(Moderation.id)).unique().scalars())
    if not found:
        abort(404)
    return _work(found, actor)


def find_findings(work: Work, *, to_write: bool = False) -> Findings | None:
    """What an external auditor wrote of an exercise; to write, the exercise is held so that nobody else begins it."""
    if to_write:
        db.session.execute(select(Exercise.id).where(Exercise.id == work.exercise.id).with_for_update())
    rows = select(Findings).filter_by(exercise_id=work.exercise.id, person_id=work.person.id)
    return db.session.execute(rows.execution_options(populate_existing=to_write)).scalar_one_or_none()


def copies_of(work: Work) -> list[FindingsCopy]:
    """The finished copies of somebody's findings that the reader may open, newest first: of no audit hidden to them."""
    findings = find_findings(work)
    return [one for one in reversed(findings.copies) if _is_open(one, work)] if findings else []


def _is_open(copy: FindingsCopy, work: Work) -> bool:
    # One that was reopened since stays readable: its auditor and its leaders saw it finished.
    return set(copy.audit_ids) <= {one.audit_id for one in work.moderations if one.at is not Phase.JUDGING_BLIND}


def copy_or_404(copy_id: int, actor: Actor) -> tuple[FindingsCopy, Work]:
    """A finished copy with the work that it is about; it exists for whoever may open every audit in it."""
    copy = db.session.get(FindingsCopy, copy_id)
    if copy is None:
        abort(404)
    work = work_or_404(copy.findings.exercise_id, copy.findings.person_id, actor)
    if not _is_open(copy, work):
        abort(404)
    return copy, work


def observations_of(work: Work) -> Observations:
    """What a reader may read of the observations: one's own as they are now, another's as they were last finished."""
    findings = find_findings(work)
    if findings is None:
        return Observations()
    if work.own:
        return findings.observations
    copies = copies_of(work)
    return copies[0].observations if copies else Observations()


def material_of(work: Work) -> FindingsMaterial:
    """Everything that an external auditor's paper is made from, as far as its reader may open it."""
    counted, ended = [s.value for s in COUNTED], [s.value for s in ENDED]
    rows = select(Moderation).where(Moderation.id.in_([one.id for one in work.moderations]))
    audit = joinedload(Moderation.audit)
    rows = rows.options(
        selectinload(Moderation.additions), audit.joinedload(Audit.case), audit.joinedload(Audit.tool_version)
    )
    every = list(db.session.execute(rows.order_by(Moderation.id)).unique().scalars())
    live = [one for one in every if one.audit.stage not in ended]
    done = [one for one in live if one.at is Phase.DONE and one.audit.stage in counted]
    ids = [one.audit_id for one in done]
    audits = population_of(select(Audit.id).where(Audit.id.in_(ids)), every_section=True)
    blind = sum(one.at is Phase.JUDGING_BLIND for one in live)
    return FindingsMaterial(
        exercise=work.exercise.name,
        unit=_unit_of(work.exercise),
        auditor=work.person.name,
        audits=audits,
        sections=_sections(done),
        found=_found(done, audits),
        quality=_quality(done),
        together=[Together(one.audit.case.reference, one.together_on, one.present) for one in done if one.with_auditor],
        left_out=LeftOut(
            blind=blind,
            unfinished=len(live) - len(done) - blind,
            void=len(every) - len(live),
            elsewhere=_all_of(work) - len(every),
        ),
        observations=observations_of(work),
    )


def _unit_of(exercise: Exercise) -> str:
    return db.session.execute(select(Unit.name).where(Unit.id == exercise.unit_id)).scalar_one()


def _all_of(work: Work) -> int:
    rows = select(func.count()).select_from(Moderation)
    rows = rows.where(Moderation.exercise_id == work.exercise.id, Moderation.moderator_id == work.person.id)
    return db.session.execute(rows.where(Moderation.tier == EXTERNAL)).scalar_one()


def _sections(done: Iterable[Moderation]) -> list[tuple[str, str]]:
    """The graded sections of the tools that were used, in their order; a key that two tools share is one section."""
    return list({s.key: s.name for one in done for s in one.audit.tool.graded_sections}.items())


def _quality(done: Sequence[Moderation]) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    """How many audits were given each level on each criterion; none where the tools do not share them."""
    views = {one.audit.tool.quality for one in done}
    if len(views) != 1:
        return []
    (view,) = views
    return [
        (
            criterion.name,
            tuple(
                (level.name, sum(one.quality.get(criterion.key) == level.key for one in done))
                for level in reversed(view.scale.levels)
            ),
        )
        for criterion in view.criteria
    ]


def _found(done: Sequence[Moderation], audits: Sequence[Counted]) -> list[Found]:
    ledgers = {audit.id: audit.lines for audit in audits}
    rows = select(Judgement).where(
        Judgement.audit_id.in_(ledgers),
        Judgement.tier == EXTERNAL,
        Judgement.phase.in_(("blind", "settled")),
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    kept: dict[int, dict[tuple[str, str], Judgement]] = defaultdict(dict)
    for line in db.session.execute(rows.order_by(Judgement.id)).scalars():
        kept[line.audit_id][line.phase, line.section] = line
    return [one for moderation in done for one in _of_audit(moderation, kept[moderation.audit_id], ledgers)]


def _of_audit(
    moderation: Moderation, lines: dict[tuple[str, str], Judgement], ledgers: dict[int, tuple[Line, ...]]
) -> Iterable[Found]:
    audit, tool = moderation.audit, moderation.audit.tool
    ledger = ledgers[audit.id]
    reasons = {reason.key: reason.name for reason in tool.reasons}
    committed = [line.id for (phase, _), line in lines.items() if phase == "blind"] or [
        line.id for line in lines.values()
    ]
    before = stood_below(ledger, next(line for line in ledger if line.id == min(committed))) if committed else {}
    for section in tool.graded_sections:
        settled, blind = lines.get(("settled", section.key)), lines.get(("blind", section.key))
        if settled is None:
            continue
        yield Found(
            reference=audit.case.reference,
            month=audit.period,
            tool=f"{tool.name}, version {tool.version}",
            section=section.name,
            before=_grade(tool.scale, before[section.key].grade) if section.key in before else "",
            blind=_grade(tool.scale, blind.grade) if blind else "",
            blind_reason=blind.evidence if blind else "",
            decision=settled.decision or "",
            grade=_grade(tool.scale, settled.grade),
            reason=reasons.get(settled.reason_code or "", ""),
            words=settled.reason,
            supports=settled.evidence_supports,
        )
    for own in moderation.added:
        if own.section is None:
            yield Found(
                reference=audit.case.reference,
                month=audit.period,
                tool=f"{tool.name}, version {tool.version}",
                section=own.heading,
                before="",
                blind="",
                blind_reason="",
                decision="",
                grade=OWN,
                reason="",
                words=own.words,
                supports=None,
            )


def _grade(scale: Scale, grade: str | None) -> str:
    return scale.level(grade).name if grade else NOT_GRADED
