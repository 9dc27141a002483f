"""Calibrations of the demonstration: one that eight people finished, and one that is open today."""

import datetime as dt
from collections.abc import Sequence

from audit_app.calibration import operations
from audit_app.calibration.model import Calibration, Grading, Rater, Verdict, Vignette
from audit_app.clock import now
from audit_app.db import db
from audit_app.demonstration.dates import moment, working_days_before
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.vignettes import DISTANCES, PRESENT, REASONS, TOLD, Told
from audit_app.frameworks.content import Scale
from audit_app.identity.model import Person

PANEL = "The director of practice and two heads of service, who did not grade"
CLOSED_BEFORE, TOOK, STAYS = 30, 12, 14  # working days before today, working days, days


def calibrate(bench: Bench, today: dt.date) -> None:
    """Both calibrations."""
    people = _people(bench)
    last = working_days_before(today, CLOSED_BEFORE)
    first = working_days_before(last, TOOK)
    past = _prepared(bench, "First calibration", TOLD, (first, last))
    _asked(past, people)
    past.started_at = moment(first, bench.chance("started", past.name), (8, 9))
    for rater, distances in zip(past.raters, DISTANCES, strict=True):
        _grade(bench, rater, distances, last)
    db.session.flush()
    operations.close(past, past.version_id, by=bench.rounds.northmere.officer_id)
    past.closed_at = moment(last, bench.chance("closed", past.name), (17, 18))
    for rater in past.raters:
        rater.certified_on = last if rater.certified_on else None
    present = _prepared(bench, "Second calibration", (PRESENT,), (today, today + dt.timedelta(days=STAYS)))
    _asked(present, people)
    operations.start(present, present.version_id, by=bench.rounds.northmere.officer_id)


def _people(bench: Bench) -> list[Person]:
    """Six team managers and two senior managers, one after the other."""
    northmere = bench.rounds.northmere
    seniors = [one for one in northmere.people.values() if one.id in northmere.seniors]
    return [*northmere.auditors[:6], *seniors[:2]]


def _prepared(bench: Bench, name: str, told: Sequence[Told], days: tuple[dt.date, dt.date]) -> Calibration:
    northmere = bench.rounds.northmere
    terms = operations.Terms(name, *days, 80, PANEL)
    made = operations.make(northmere.root, northmere.tools["case-file"], terms, by=northmere.officer_id)
    for one in told:
        vignette = operations.add_vignette(made, one.title, one.category, by=northmere.officer_id)
        operations.write(vignette, one.words, vignette.version_id, checked=True, by=northmere.officer_id)
        grades = {key: {"grade": grade, "reason": why} for key, (grade, why) in one.reference.items()}
        operations.refer(vignette, grades, vignette.version_id, by=northmere.officer_id)
    made.made_at = min(now(), moment(working_days_before(days[0], 5), bench.chance("made", name)))
    return made


def _asked(calibration: Calibration, people: Sequence[Person]) -> None:
    operations.choose_raters(calibration, people, by=calibration.made_by)
    for rater in calibration.raters:
        rater.given_at = calibration.made_at


def _grade(bench: Bench, rater: Rater, distances: Sequence[int], last: dt.date) -> None:
    """Somebody's grades of every vignette, so far from the panel's; the sixth left the second one out."""
    calibration = rater.calibration
    vignettes = calibration.vignettes[:1] if distances == DISTANCES[5] else calibration.vignettes
    for vignette in vignettes:
        chance = bench.chance("graded", rater.person_id, vignette.title)
        day = working_days_before(last, chance.randint(1, TOOK - 2))
        at = moment(day, chance)
        grading = Grading(rater=rater, vignette=vignette, committed_at=at)
        db.session.add(grading)
        for section, distance in zip(vignette.sections, distances, strict=True):
            grade = _away(calibration.tool.scale, _panel(vignette, section.key), distance)
            said = chance.choice(REASONS)
            db.session.add(Verdict(grading=grading, section=section.key, grade=grade, reason=said, saved_at=at))


def _panel(vignette: Vignette, section: str) -> str:
    return str(vignette.reference[section]["grade"])


def _away(scale: Scale, grade: str, distance: int) -> str:
    return scale.keys[max(0, min(len(scale.keys) - 1, scale.index(grade) + distance))]
