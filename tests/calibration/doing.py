"""Calibrations to test with, made through the room's own operations."""

import datetime as dt
from collections.abc import Mapping, Sequence

from audit_app.access.table import Role
from audit_app.calibration import operations
from audit_app.calibration.model import Calibration, Rater, Vignette
from audit_app.calibration.operations import Terms
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from tests import make

WEEK = dt.timedelta(days=7)


def terms(name: str = "Autumn calibration", *, panel: str = "Two service managers") -> Terms:
    """Terms that open today and run for a week."""
    return Terms(name, today(), today() + WEEK, 80, panel)


def graded_keys(made: make.Authority) -> list[str]:
    """The first two graded sections of the tool that are not the overall judgement."""
    found = [s.key for s in made.tool.tool.sections_for("child_in_need") if s.graded and not s.overall]
    return found[:2]


def prepared(made: make.Authority, *, vignettes: int = 1, reference: str = "good", name: str = "Autumn") -> Calibration:
    """A calibration with all that it needs but people."""
    by = made.officer.id
    kept = operations.make(made.root, made.tool, terms(f"{name} calibration"), by=by)
    for number in range(1, vignettes + 1):
        one = operations.add_vignette(kept, f"Vignette {number}", "child_in_need", by=by)
        words = dict.fromkeys(graded_keys(made), "The record shows regular visits, and little change for the child.")
        operations.write(one, words, one.version_id, checked=True, by=by)
        refer(one, reference, by=by)
    db.session.commit()
    return kept


def refer(vignette: Vignette, grade: str, *, by: int) -> None:
    """Give every section one reference grade."""
    grades = {s.key: {"grade": grade, "reason": "Visits were regular."} for s in vignette.sections}
    operations.refer(vignette, grades, vignette.version_id, by=by)


def started(
    made: make.Authority, people: Sequence[Person], *, vignettes: int = 1, reference: str = "good", name: str = "Autumn"
) -> Calibration:
    """A calibration that these people can grade today."""
    kept = prepared(made, vignettes=vignettes, reference=reference, name=name)
    operations.choose_raters(kept, people, by=made.officer.id)
    operations.start(kept, kept.version_id, by=made.officer.id)
    db.session.commit()
    return kept


def rater_of(calibration: Calibration, person: Person) -> Rater:
    """Somebody's part."""
    return next(one for one in calibration.raters if one.person_id == person.id)


def graded(calibration: Calibration, person: Person, grade: str = "good", *, only: Vignette | None = None) -> None:
    """Grade and commit every section of every vignette (or only of one) alike."""
    rater = rater_of(calibration, person)
    for vignette in [only] if only is not None else calibration.vignettes:
        for section in vignette.sections:
            operations.save(rater, vignette, section, (grade, "Visits were regular."), 0)
        operations.commit(rater, vignette, by=make.actor(person))
    db.session.commit()


def closed(calibration: Calibration, made: make.Authority) -> None:
    """Open the results."""
    operations.close(calibration, calibration.version_id, by=made.officer.id)
    db.session.commit()


def crowd(made: make.Authority, number: int) -> list[Person]:
    """That many more team managers."""
    team = made.teams[0]
    return [make.person(f"Manager Crowd {n}", Role.TEAM_MANAGER, team, team=team) for n in range(number)]


def authority_again(people: Mapping[str, Person]) -> make.Authority:
    """The one authority of a prepared database, as the builders of this file ask for it."""
    root = db.session.scalars(db.select(Unit).filter_by(kind="authority")).one()
    teams = list(db.session.scalars(db.select(Unit).filter_by(kind="team").order_by(Unit.id)))
    tool = db.session.scalars(db.select(ToolVersion).filter_by(key="case-file")).first()
    assert tool is not None
    return make.Authority(root, [], teams, dict(people), tool)
