"""What is done with calibrations: prepared, started, graded blind, closed, and certified."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.calibration import queries
from audit_app.calibration.model import Calibration, Grading, Rater, Verdict, Vignette
from audit_app.calibration.results import compared
from audit_app.calibration.rules import (
    earns_certificate,
    missing_to_start,
    refusal_to_change,
    refusal_to_close,
    refusal_to_commit,
    refusal_to_grade,
    refusal_to_prepare,
    refusal_to_start,
    refusal_to_take_part,
)
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.frameworks.model import ToolVersion
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from audit_app.web.formats import day


@dataclass(frozen=True, slots=True)
class Terms:
    """How a calibration is run, as far as it can be changed until it closes."""

    name: str
    opens_on: dt.date
    closes_on: dt.date
    share_needed: int = 80
    panel: str = ""


def _refuse_terms(terms: Terms, taken: set[str]) -> None:
    if terms.name.lower() in taken:
        raise Refused(Refusal(f"This unit already has a calibration called “{terms.name}”. Choose another name."))
    if terms.closes_on < terms.opens_on:
        raise Refused(Refusal("The last day to grade cannot come before the first."))


def make(unit: Unit, tool: ToolVersion, terms: Terms, *, by: int | None) -> Calibration:
    """A new calibration of a unit, for one version of a tool; both stay with it."""
    _refuse_terms(terms, queries.names_beside(unit.id))
    made = Calibration(unit=unit, tool_version=tool, made_at=now(), made_by=by, **asdict(terms))
    db.session.add(made)
    db.session.flush()
    body = {"unit": unit.id, "tool": tool.id, **_said(asdict(terms))}
    record("calibration.made", subject=made.subject, body=body, by=by)
    return made


def change(calibration: Calibration, terms: Terms, version: int, *, by: int) -> None:
    """Change the days and the terms; a later last day lets people go on."""
    _fresh(calibration, version)
    refuse_if(refusal_to_change(calibration.at(today())))
    _refuse_terms(terms, queries.names_beside(calibration.unit_id, without=calibration.id))
    changed = {name: value for name, value in asdict(terms).items() if getattr(calibration, name) != value}
    if calibration.started_at is not None and {"opens_on", "share_needed"} & set(changed):
        raise Refused(Refusal("The first day and the share for a certificate stay as they were when it started."))
    for name, value in changed.items():
        setattr(calibration, name, value)
    if changed:
        db.session.flush()
        record("calibration.changed", subject=calibration.subject, body=_said(changed), by=by)


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _fresh(calibration: Calibration, version: int) -> None:
    if calibration.version_id != version:
        raise Stale("this calibration")


def add_vignette(
    calibration: Calibration, title: str, category: str, copied: Audit | None = None, *, by: int | None
) -> Vignette:
    """A new vignette, empty or with the words of an earlier audit, which somebody must then read for names."""
    refuse_if(refusal_to_prepare(calibration.at(today())))
    if title.lower() in {one.title.lower() for one in calibration.vignettes}:
        raise Refused(Refusal(f"This calibration already has a vignette called “{title}”. Choose another title."))
    made = Vignette(
        calibration=calibration,
        place=max((one.place for one in calibration.vignettes), default=0) + 1,
        title=title,
        category=copied.category if copied else category,
        words=queries.words_of(copied) if copied else {},
        copied_from=copied.id if copied else None,
    )
    db.session.add(made)
    db.session.flush()
    body = {"vignette": made.id, "copied_from": made.copied_from}
    record("calibration.vignette_added", subject=calibration.subject, body=body, by=by)
    return made


def write(vignette: Vignette, words: Mapping[str, str], version: int, *, checked: bool, by: int | None) -> None:
    """Write what the record shows, by section; checked says that somebody read it for names and references."""
    _fresh_vignette(vignette, version)
    kept = {key: text for key, text in words.items() if text}
    vignette.words = kept
    # A check holds for the words that were read, so it is said anew with every save.
    vignette.checked_at, vignette.checked_by = (now(), by) if checked else (None, None)
    db.session.flush()
    body = {"vignette": vignette.id, "sections": sorted(kept), "checked": checked}
    record("calibration.vignette_written", subject=vignette.calibration.subject, body=body, by=by)


def refer(vignette: Vignette, grades: Mapping[str, Mapping[str, str]], version: int, *, by: int | None) -> None:
    """Set the panel's grades and reasons; history says that they were set, not what they are, so they stay hidden."""
    _fresh_vignette(vignette, version)
    asked = {section.key for section in vignette.sections}
    vignette.reference = {key: dict(one) for key, one in grades.items() if key in asked and any(one.values())}
    db.session.flush()
    body = {"vignette": vignette.id, "sections": sorted(vignette.reference)}
    record("calibration.reference_set", subject=vignette.calibration.subject, body=body, by=by)


def _fresh_vignette(vignette: Vignette, version: int) -> None:
    if vignette.version_id != version:
        raise Stale("this vignette")
    refuse_if(refusal_to_prepare(vignette.calibration.at(today())))


def remove_vignette(vignette: Vignette, *, by: int) -> None:
    """Take a vignette away while the calibration is being prepared."""
    calibration = vignette.calibration
    refuse_if(refusal_to_prepare(calibration.at(today())))
    record("calibration.vignette_removed", subject=calibration.subject, body={"vignette": vignette.id}, by=by)
    calibration.vignettes.remove(vignette)
    db.session.delete(vignette)
    db.session.flush()


def choose_raters(calibration: Calibration, people: Iterable[Person], *, by: int | None) -> None:
    """Say who grades; whoever has begun stays."""
    refuse_if(refusal_to_change(calibration.at(today())))
    chosen, there = {one.id: one for one in people}, {one.person_id: one for one in calibration.raters}
    for new in chosen.keys() - there.keys():
        refuse_if(refusal_to_take_part(chosen[new].actor(today()), calibration.unit.path))
    for gone in there.keys() - chosen.keys():
        if there[gone].gradings:
            name = there[gone].person.name
            raise Refused(Refusal(f"{name} has begun to grade, so they stay. What they do not commit does not count."))
    added, left = sorted(chosen.keys() - there.keys()), sorted(there.keys() - chosen.keys())
    db.session.execute(delete(Rater).where(Rater.calibration_id == calibration.id, Rater.person_id.in_(left)))
    moment = now()
    for person_id in added:
        db.session.add(Rater(calibration_id=calibration.id, person_id=person_id, given_at=moment, given_by=by))
    db.session.flush()
    db.session.expire(calibration, ["raters"])
    if added or left:
        body = {"added": added, "removed": left}
        record("calibration.raters_chosen", subject=calibration.subject, body=body, by=by)


def missing_of(calibration: Calibration) -> tuple[str, ...]:
    """Everything that a calibration lacks before it can start."""
    vignettes = [queries.readiness_of(vignette) for vignette in calibration.vignettes]
    return missing_to_start(vignettes, len(calibration.raters), calibration.panel)


def start(calibration: Calibration, version: int, *, by: int | None) -> None:
    """Freeze the vignettes and let people grade from the first day on."""
    _fresh(calibration, version)
    refuse_if(refusal_to_start(calibration.at(today()), missing_of(calibration), calibration.closes_on, today()))
    calibration.started_at = now()
    db.session.flush()
    record("calibration.started", subject=calibration.subject, by=by)


def save(rater: Rater, vignette: Vignette, section: Section, given: tuple[str | None, str], version: int) -> Verdict:
    """Keep the draft of a grade and its reason; writes no history."""
    grading = _at_work(rater, vignette)
    if grading is None:
        grading = Grading(rater=rater, vignette=vignette)
        db.session.add(grading)
        db.session.flush()
    verdict = queries.verdicts_of(grading).get(section.key)
    if (verdict.version_id if verdict else 0) != version:
        raise Stale("this section")
    if verdict is None:
        verdict = Verdict(grading=grading, section=section.key)
        db.session.add(verdict)
    verdict.grade, verdict.reason = given
    verdict.saved_at = now()
    db.session.flush()
    return verdict


def _at_work(rater: Rater, vignette: Vignette) -> Grading | None:
    calibration, grading = rater.calibration, rater.grading_of(vignette)
    committed = grading is not None and grading.committed_at is not None
    refuse_if(refusal_to_grade(calibration.at(today()), committed, day(calibration.closes_on)))
    return grading


def commit(rater: Rater, vignette: Vignette, *, by: Actor) -> None:
    """Commit one's grades of a vignette for good."""
    # Locked, so that closing and committing cannot pass each other.
    db.session.refresh(rater.calibration, with_for_update=True)
    grading = _at_work(rater, vignette)
    refuse_if(refusal_to_commit(queries.finished(grading, vignette.sections)))
    if grading is None:
        raise Refused(Refusal("There is nothing to commit yet."))
    grading.committed_at = now()
    db.session.flush()
    record("calibration.committed", subject=rater.calibration.subject, body={"vignette": vignette.id}, by=by.id)


def close(calibration: Calibration, version: int, *, by: int | None) -> None:
    """Open the results to those who graded, and certify whoever came close enough to the reference."""
    _fresh(calibration, version)
    committed = queries.gradings_committed(calibration)
    expected = len(calibration.raters) * len(calibration.vignettes)
    refuse_if(refusal_to_close(calibration.at(today()), committed, expected))
    calibration.closed_at = now()
    grades, references = queries.committed_of(calibration), _references(calibration)
    certified = 0
    for rater in calibration.raters:
        pairs = [
            compared(own, references[of], calibration.tool.scale)
            for (of, who), own in grades.items()
            if who == rater.id
        ]
        if not pairs:
            continue
        rater.counted, rater.within_one = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        finished = queries.has_finished(rater)
        if earns_certificate(rater.counted, rater.within_one, finished=finished, share_needed=calibration.share_needed):
            certified += 1
            rater.certified_on = today()
            body = {"calibration": calibration.id, "share_needed": calibration.share_needed}
            record("calibration.certified", subject=f"person:{rater.person_id}", body=body, by=by)
    db.session.flush()
    body = {"committed": committed, "expected": expected, "certified": certified}
    record("calibration.closed", subject=calibration.subject, body=body, by=by)


def _references(calibration: Calibration) -> dict[int, dict[str, str]]:
    return {
        vignette.id: {key: str(one["grade"]) for key, one in vignette.reference.items()}
        for vignette in calibration.vignettes
    }
