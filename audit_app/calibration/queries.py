"""What is asked of calibrations: whose they are, who grades them, how their grades lie."""

from collections import defaultdict
from collections.abc import Iterable

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import answers_of, audits_open_to, hidden_from, within
from audit_app.calibration.model import Calibration, Grading, Rater, Verdict, Vignette
from audit_app.calibration.results import Agreement, Lie, agreement_on, lie_of
from audit_app.calibration.rules import Readiness, State, refusal_to_take_part
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.organisation.model import Unit

RUNS = Permission.RUN_ROUNDS
SEES = (Permission.SEE_CALIBRATIONS, Permission.RUN_ROUNDS)
COPIED_FROM = 40  # finished audits that are offered to copy from
TO_COPY = ("moderated", "with_external", "validated")


def calibration_or_404(calibration_id: int, actor: Actor, *, to_write: bool = False) -> Calibration:
    """A calibration that somebody runs; any other does not exist."""
    rows = select(Calibration).join(Calibration.unit).options(contains_eager(Calibration.unit))
    rows = rows.where(Calibration.id == calibration_id, within(actor.paths(RUNS), Unit.path))
    if to_write:
        rows = rows.with_for_update(of=Calibration)
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def rater_or_404(calibration_id: int, actor: Actor, *, to_write: bool = False) -> Rater:
    """Somebody's own part in a calibration that has opened; before that it does not exist for them."""
    rows = select(Rater).where(Rater.calibration_id == calibration_id, Rater.person_id == actor.id)
    found = db.session.execute(rows.with_for_update() if to_write else rows).scalar_one_or_none()
    if found is None or found.calibration.at(today()) in (State.PREPARING, State.WAITING):
        abort(404)
    return found


def vignette_or_404(calibration: Calibration, vignette_id: int, *, to_write: bool = False) -> Vignette:
    """A vignette of a calibration."""
    rows = select(Vignette).where(Vignette.id == vignette_id, Vignette.calibration_id == calibration.id)
    found = db.session.execute(rows.with_for_update() if to_write else rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def results_or_404(calibration_id: int, actor: Actor) -> Calibration:
    """A closed calibration in which somebody graded, or whose outcome they may see."""
    found = db.session.get(Calibration, calibration_id)
    if found is None or found.closed_at is None:
        abort(404)
    took_part = select(Rater.id).where(Rater.calibration_id == found.id, Rater.person_id == actor.id)
    if db.session.execute(took_part).first() is None and not sees_outcome(found, actor):
        abort(404)
    return found


def sees_outcome(calibration: Calibration, actor: Actor) -> bool:
    """Whether somebody sees how a calibration came out without having graded in it."""
    return any(actor.reaches(permission, calibration.unit.path) for permission in SEES)


def run_by(actor: Actor) -> list[Calibration]:
    """The calibrations that somebody runs, the newest first."""
    return _of_units(actor.paths(RUNS), closed_only=False)


def outcomes_open_to(actor: Actor) -> list[Calibration]:
    """The closed calibrations whose outcome somebody sees by their role, the newest first."""
    return _of_units({path for one in SEES for path in actor.paths(one)}, closed_only=True)


def _of_units(paths: Iterable[str], *, closed_only: bool) -> list[Calibration]:
    rows = select(Calibration).join(Calibration.unit).options(contains_eager(Calibration.unit))
    rows = rows.where(within(paths, Unit.path)).order_by(Calibration.opens_on.desc(), Calibration.id.desc())
    if closed_only:
        rows = rows.where(Calibration.closed_at.is_not(None))
    return list(db.session.execute(rows).scalars())


def parts_of(actor: Actor) -> list[Rater]:
    """Somebody's own parts in calibrations that have opened, the newest first."""
    rows = select(Rater).join(Rater.calibration).options(contains_eager(Rater.calibration))
    rows = rows.where(Rater.person_id == actor.id, Calibration.started_at.is_not(None))
    rows = rows.where(Calibration.opens_on <= today())
    return list(db.session.execute(rows.order_by(Calibration.opens_on.desc(), Rater.id.desc())).scalars())


def vignettes_to_grade(actor: Actor) -> list[Vignette]:
    """The vignettes of open calibrations that somebody has not committed grades of."""
    found = []
    for rater in parts_of(actor):
        if rater.calibration.at(today()) is State.OPEN:
            done = {one.vignette_id for one in rater.gradings if one.committed_at is not None}
            found += [vignette for vignette in rater.calibration.vignettes if vignette.id not in done]
    return found


def certificate_of(person_id: int) -> Rater | None:
    """The latest certificate of somebody."""
    rows = select(Rater).where(Rater.person_id == person_id, Rater.certified_on.is_not(None))
    return db.session.execute(rows.order_by(Rater.certified_on.desc(), Rater.id.desc()).limit(1)).scalar_one_or_none()


def names_beside(unit_id: int, *, without: int = 0) -> set[str]:
    """The names of a unit's other calibrations, in lower case."""
    rows = select(Calibration.name).where(Calibration.unit_id == unit_id, Calibration.id != without)
    return {name.lower() for name in db.session.execute(rows).scalars()}


def tools_on_offer() -> list[ToolVersion]:
    """The tools that a calibration can use: on offer, and with something to grade."""
    rows = select(ToolVersion).where(ToolVersion.retired_at.is_(None)).order_by(ToolVersion.name, ToolVersion.id.desc())
    return [one for one in db.session.execute(rows).scalars() if one.tool.graded_sections]


def may_be_asked(calibration: Calibration) -> list[Person]:
    """The people who can be asked to grade: they audit or moderate here, and do not run calibrations here."""
    people = people_of_unit(calibration.unit.path)
    return [one for one in people if refusal_to_take_part(one.actor(today()), calibration.unit.path) is None]


def audits_to_copy(calibration: Calibration, actor: Actor) -> list[Audit]:
    """Finished audits with the same version of the tool, from whose words a vignette can be made."""
    rows = audits_open_to(actor).where(
        Audit.tool_version_id == calibration.tool_version_id,
        Audit.stage.in_(TO_COPY),
        Audit.id.not_in(hidden_from(actor)),
        within((calibration.unit.path,), Unit.path),
    )
    rows = rows.order_by(Audit.handed_in_at.desc(), Audit.id.desc()).limit(COPIED_FROM)
    return list(db.session.execute(rows).unique().scalars())


def words_of(audit: Audit) -> dict[str, str]:
    """What an auditor wrote on each graded section: evidence, what works well, what needs to improve."""
    answers = answers_of(audit)
    found = {}
    for section in audit.tool.sections_for(audit.category):
        answer = answers.get(section.key)
        if section.graded and answer is not None and not answer.not_applicable:
            parts = (answer.evidence, answer.strengths, answer.improvements)
            found[section.key] = "\n\n".join(part for part in parts if part)
    return {key: words for key, words in found.items() if words}


def readiness_of(vignette: Vignette) -> Readiness:
    """What a vignette lacks before it can be graded."""
    given = {key for key, one in vignette.reference.items() if one.get("grade") and one.get("reason")}
    ungraded = [section.name for section in vignette.sections if section.key not in given]
    return Readiness(vignette.title, len(vignette.words), ungraded, vignette.checked_at is not None)


def verdicts_of(grading: Grading | None) -> dict[str, Verdict]:
    """Somebody's verdicts on a vignette, by section."""
    return {verdict.section: verdict for verdict in grading.verdicts} if grading is not None else {}


def finished(grading: Grading | None, sections: Iterable[Section]) -> list[str]:
    """The names of sections that still lack a grade or a reason."""
    given = verdicts_of(grading)
    return [s.name for s in sections if not (s.key in given and given[s.key].grade and given[s.key].reason)]


def has_finished(rater: Rater) -> bool:
    """Whether somebody has committed grades of every vignette."""
    done = {one.vignette_id for one in rater.gradings if one.committed_at is not None}
    return all(vignette.id in done for vignette in rater.calibration.vignettes)


def committed_of(calibration: Calibration) -> dict[tuple[int, int], dict[str, str]]:
    """Every committed grade: (vignette, rater) -> section -> grade. Not for whoever still grades."""
    rows = (
        select(Grading.vignette_id, Grading.rater_id, Verdict.section, Verdict.grade)
        .join(Verdict.grading)
        .join(Grading.rater)
        .where(Rater.calibration_id == calibration.id, Grading.committed_at.is_not(None))
        .order_by(Grading.vignette_id, Grading.rater_id, Verdict.id)
    )
    found: defaultdict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for row in db.session.execute(rows):
        found[row.vignette_id, row.rater_id][row.section] = row.grade
    return dict(found)


def gradings_committed(calibration: Calibration) -> int:
    """How many times somebody committed grades of a vignette."""
    rows = select(func.count()).select_from(Grading).join(Grading.rater)
    rows = rows.where(Rater.calibration_id == calibration.id, Grading.committed_at.is_not(None))
    return db.session.execute(rows).scalar_one()


def raters_of(calibration: Calibration) -> list[Rater]:
    """Who grades, by name, with how far each is."""
    rows = select(Rater).join(Rater.person).options(contains_eager(Rater.person), selectinload(Rater.gradings))
    rows = rows.where(Rater.calibration_id == calibration.id).order_by(Person.name, Person.id)
    return list(db.session.execute(rows).scalars())


def lies_of(calibration: Calibration) -> dict[int, list[tuple[Section, Lie]]]:
    """How the grades of each section of each vignette lie, once the calibration is closed."""
    committed, scale = committed_of(calibration), calibration.tool.scale
    found = {}
    for vignette in calibration.vignettes:
        given = [grades for (of, _), grades in committed.items() if of == vignette.id]
        found[vignette.id] = [
            (
                section,
                lie_of([g[section.key] for g in given if section.key in g], reference_of(vignette, section), scale),
            )
            for section in vignette.sections
        ]
    return found


def reference_of(vignette: Vignette, section: Section) -> str:
    """The grade that the panel gave a section."""
    return str(vignette.reference[section.key]["grade"])


def agreements_of(calibration: Calibration) -> list[tuple[Section, Agreement]]:
    """How far people agree on each section that two or more vignettes have."""
    committed, tool = committed_of(calibration), calibration.tool
    found = []
    for section in tool.graded_sections:
        by_vignette = [
            {rater: grades[section.key] for (of, rater), grades in committed.items() if of == vignette.id}
            for vignette in calibration.vignettes
            if section in vignette.sections
        ]
        if len(by_vignette) > 1:
            found.append((section, agreement_on(section.key, by_vignette, tool.scale, seed=calibration.id)))
    return found
