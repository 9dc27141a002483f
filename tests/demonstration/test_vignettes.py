"""The demonstration's calibrations: invented cases that name nobody, graded by eight, and one that is open."""

from flask import Flask

from audit_app.calibration import queries
from audit_app.calibration.model import Calibration
from audit_app.calibration.rules import State
from audit_app.cases.sensitive import warnings_in
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.demonstration.vignettes import DISTANCES, PRESENT, TOLD
from audit_app.frameworks.queries import find_tool


def test_no_vignette_names_anybody() -> None:
    for one in (*TOLD, PRESENT):
        assert not [w for words in one.words.values() for w in warnings_in(words)]


def test_every_vignette_is_graded_in_its_sections_by_the_scale_of_its_tool(demonstration: Flask) -> None:
    version = find_tool("case-file", "1")
    assert version is not None
    for one in (*TOLD, PRESENT):
        asked = {section.key for section in version.tool.sections_for(one.category) if section.graded}
        assert set(one.words) < asked and set(one.reference) == {*one.words, "overall"}
        assert {grade for grade, _ in one.reference.values()} <= set(version.tool.scale.keys)


def test_one_calibration_is_closed_with_eight_people_and_one_is_open(demonstration: Flask) -> None:
    past, present = db.session.execute(db.select(Calibration).order_by(Calibration.id)).scalars()
    assert past.at(today()) is State.CLOSED and present.at(today()) is State.OPEN
    assert len(past.raters) == len(DISTANCES) == len(present.raters)
    assert all(lie.shown for lies in queries.lies_of(past).values() for _, lie in lies)
    assert len(queries.agreements_of(past)) == 5
    certified = [rater for rater in past.raters if rater.certified_on]
    assert 0 < len(certified) < len(past.raters)
    assert not any(rater.gradings for rater in present.raters)


def test_everything_happened_in_its_order(demonstration: Flask) -> None:
    for one in db.session.execute(db.select(Calibration)).scalars():
        assert one.started_at is not None and one.made_at <= one.started_at <= now()
        for rater in one.raters:
            for grading in rater.gradings:
                assert one.closed_at is not None and grading.committed_at is not None
                assert one.started_at <= grading.committed_at <= one.closed_at
