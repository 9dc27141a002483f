"""The pages of calibrations, as people walk through them."""

import datetime as dt

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from audit_app.calibration import operations
from audit_app.calibration.model import Calibration, Rater, Verdict
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.web.errors import AUTOSAVE
from tests import make
from tests.calibration import doing

FEW = 5


def days_of(day: dt.date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority whose forms need no token; that they do is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    """The audit officer's browser."""
    return make.client_of(app, made.officer)


def test_an_officer_makes_and_starts_one_and_a_manager_grades_it(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    terms = {
        "name": "Autumn",
        "opens_on": days_of(today()),
        "closes_on": days_of(today() + dt.timedelta(days=7)),
        "share_needed": "80",
        "panel": "Two service managers",
    }
    asked = officer.post("/calibrations/new", data=terms | {"unit": made.root.id, "tool_version": made.tool.id})
    assert asked.status_code == 302, asked.text
    home = asked.location
    assert "Add a vignette." in officer.get(home).text
    added = officer.post(
        f"{home}/vignettes/new", data={"title": "A cold house", "category": "child_in_need", "copied": "0"}
    )
    written = officer.get(added.location).text
    assert "This looks like" not in written
    first, second = doing.graded_keys(made)
    kept = db.session.execute(db.select(Calibration)).scalar_one()
    vignette = kept.vignettes[0]
    words = {f"words-{s.key}": "" for s in made.tool.tool.sections_for("child_in_need") if s.graded}
    words |= {f"words-{first}": "Seen by Mrs Hawthorne twice.", f"words-{second}": "Nothing came of it."}
    saved = officer.post(added.location, data=words | {"version": vignette.version_id})
    assert saved.status_code == 302
    again = officer.get(added.location).text
    assert "Does this tell who somebody is?" in again and "Mrs Hawthorne" in again
    words[f"words-{first}"] = "Seen by her worker twice."
    db.session.expire_all()
    officer.post(added.location, data=words | {"version": vignette.version_id, "checked": "y"})
    place = f"{home}/vignettes/{vignette.id}"
    db.session.expire_all()
    grades = {f"grade-{key}": "good" for key in (first, second, "overall")}
    grades |= {f"reason-{key}": "It is kept." for key in (first, second, "overall")}
    assert officer.post(f"{place}/reference", data=grades | {"version": vignette.version_id}).status_code == 302
    assert "Choose who grades." in officer.get(home).text
    assert officer.post(f"{home}/raters", data={"roles": ["team_manager"]}).status_code == 302
    page = officer.get(f"{home}/start").text
    assert "3 people see" in page
    db.session.expire_all()
    assert officer.post(f"{home}/start", data={"version": kept.version_id}).status_code == 302

    manager = make.client_of(app, made.manager)
    assert "A cold house" in manager.get("/").text
    yours = manager.get(f"{home}/yours").text
    assert "0 of 3 sections graded" in yours
    following = f"{place}/sections/{first}"
    while "/sections/" in following:
        assert manager.get(following).status_code == 200
        sent = manager.post(f"{following}/grade", data={"version": "0", "grade": "good", "reason": "Kept."})
        assert sent.status_code == 302, sent.text
        following = sent.location
    assert following.endswith("/commit")
    assert "Committing cannot be undone" in manager.get(following).text
    assert manager.post(following).status_code == 302
    assert "Committed" in manager.get(f"{home}/yours").text
    late = manager.post(f"{place}/sections/{first}/grade", data={"version": "1", "grade": "good", "reason": "More."})
    assert late.status_code == 422 and "More." in late.text and "so they stay as they are" in late.text


def test_nobody_sees_results_or_reference_grades_before_it_is_closed(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    kept = doing.started(made, [made.manager, made.senior])
    place = f"/calibrations/{kept.id}"
    for who in (made.manager, made.senior, made.head, made.officer):
        assert make.client_of(app, who).get(f"{place}/results").status_code == 404
    assert make.client_of(app, made.manager).get(f"{place}/vignettes/1/reference").status_code == 403
    assert officer.get(f"{place}/vignettes/1/reference").status_code == 200


def test_results_show_the_distribution_to_all_and_names_to_the_officer_alone(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    people = doing.crowd(made, 5)
    kept = doing.started(made, [*people, made.manager], vignettes=2)
    for one in people:
        doing.graded(kept, one, "outstanding")
    doing.graded(kept, made.manager, "inadequate")
    doing.closed(kept, made)
    place = f"/calibrations/{kept.id}/results"
    own = make.client_of(app, made.manager).get(place).text
    assert "5 Outstanding" in own and "1 Inadequate" in own
    assert "0 of your 6 grades came within one level" in own
    for page in (own, make.client_of(app, made.head).get(place).text):
        assert not any(one.name in page for one in people)
        assert "Gwet" in page
    assert all(one.name in officer.get(place).text for one in people)
    assert "Your grade" not in make.client_of(app, made.head).get(place).text
    assert make.client_of(app, made.far_manager).get(place).status_code == 404
    assert make.client_of(app, made.board).get(place).status_code == 403


def test_grades_of_fewer_than_five_are_not_shown(app: Flask, made: make.Authority) -> None:
    people = doing.crowd(made, FEW - 1)
    kept = doing.started(made, people)
    for one in people:
        doing.graded(kept, one, "outstanding")
    doing.closed(kept, made)
    for who in (people[0], made.head, made.officer):
        page = make.client_of(app, who).get(f"/calibrations/{kept.id}/results").text
        assert "4 people: too few to show" in page
        assert "Outstanding</li>" not in page and "Difference</th>" not in page


def test_autosave_keeps_a_draft_and_two_tabs_lose_nothing(app: Flask, made: make.Authority) -> None:
    kept = doing.started(made, [made.manager])
    section = kept.vignettes[0].sections[0].key
    manager = make.client_of(app, made.manager)
    url = f"/calibrations/{kept.id}/vignettes/{kept.vignettes[0].id}/sections/{section}/grade"
    script = {"X-Requested-With": AUTOSAVE}
    first = manager.post(url, data={"version": "0", "reason": "The first tab."}, headers=script)
    assert first.status_code == 200 and first.json is not None and first.json["version"] == 1
    assert manager.post(url, data={"version": "0", "reason": "x"}, headers=script).status_code == 409
    both = manager.post(url, data={"version": "0", "grade": "good", "reason": "The second tab."})
    assert both.status_code == 409
    assert "The first tab." in both.text and "The second tab." in both.text
    assert manager.post(url, data={"version": "1", "grade": "good", "reason": "Both."}).status_code == 302


def test_who_comes_late_is_told_so_and_keeps_what_they_typed(app: Flask, made: make.Authority) -> None:
    kept = doing.started(made, [made.manager])
    section = kept.vignettes[0].sections[0].key
    url = f"/calibrations/{kept.id}/vignettes/{kept.vignettes[0].id}/sections/{section}"
    with time_machine.travel(now() + dt.timedelta(days=8), tick=False):
        manager = make.client_of(app, made.manager)
        late = manager.post(f"{url}/grade", data={"version": "0", "grade": "good", "reason": "A day too late."})
        assert late.status_code == 422
        assert "The last day to grade was" in late.text and "A day too late." in late.text
        assert "The last day to grade was" in manager.get(url).text
    assert not db.session.execute(db.select(Verdict)).scalars().all()


def test_before_its_first_day_it_does_not_exist_for_those_who_are_to_grade(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    kept = doing.prepared(made)
    later = operations.Terms(kept.name, today() + dt.timedelta(days=2), today() + dt.timedelta(days=9), 80, "A panel")
    operations.change(kept, later, kept.version_id, by=made.officer.id)
    operations.choose_raters(kept, [made.manager], by=made.officer.id)
    operations.start(kept, kept.version_id, by=made.officer.id)
    manager = make.client_of(app, made.manager)
    assert manager.get(f"/calibrations/{kept.id}/yours").status_code == 404
    assert kept.name not in manager.get("/calibrations").text
    assert "Opens soon" in officer.get("/calibrations").text


def test_two_officers_who_write_one_vignette_see_both_versions(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    kept = doing.prepared(made)
    vignette, (first, second) = kept.vignettes[0], doing.graded_keys(made)
    url = f"/calibrations/{kept.id}/vignettes/{vignette.id}"
    words = {f"words-{s.key}": "" for s in made.tool.tool.sections_for("child_in_need") if s.graded}
    late = words | {f"words-{first}": "Mine.", f"words-{second}": "Mine as well.", "version": "1"}
    answer = officer.post(f"{url}/write", data=late)
    assert answer.status_code == 409
    assert "Mine as well." in answer.text and "regular visits" in answer.text
    grades = {f"grade-{first}": "inadequate", f"reason-{first}": "Another view.", "version": "1"}
    answer = officer.post(f"{url}/reference", data=grades)
    assert answer.status_code == 409
    assert "Another view." in answer.text and "Visits were regular." in answer.text


def test_two_officers_who_change_the_terms_see_what_differs(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    kept = doing.prepared(made)
    version = kept.version_id
    renamed = operations.Terms("Winter", kept.opens_on, kept.closes_on, 80, kept.panel)
    operations.change(kept, renamed, version, by=made.officer.id)
    data = {
        "name": "Summer",
        "opens_on": days_of(kept.opens_on),
        "closes_on": days_of(kept.closes_on),
        "share_needed": "80",
        "panel": kept.panel,
        "version": version,
    }
    answer = officer.post(f"/calibrations/{kept.id}/change", data=data)
    assert answer.status_code == 409 and "Winter" in answer.text and "Summer" in answer.text


def test_closing_names_who_has_not_finished_and_waits_for_them(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    kept = doing.started(made, [made.manager, made.senior])
    doing.graded(kept, made.manager)
    url = f"/calibrations/{kept.id}/close"
    page = officer.get(url).text
    assert "Senior One" in page and "People are still grading" in page
    assert officer.post(url, data={"version": kept.version_id}).status_code == 422
    with time_machine.travel(now() + dt.timedelta(days=8), tick=False):
        officer = make.client_of(app, made.officer)
        assert officer.post(url, data={"version": kept.version_id}).status_code == 302
    db.session.expire_all()
    certified = db.session.execute(db.select(Rater.person_id).where(Rater.certified_on.is_not(None))).scalars().all()
    assert certified == [made.manager.id]


def test_a_vignette_is_removed_after_it_was_said_what_that_means(made: make.Authority, officer: FlaskClient) -> None:
    kept = doing.prepared(made, vignettes=2)
    url = f"/calibrations/{kept.id}/vignettes/{kept.vignettes[0].id}/remove"
    assert "This cannot be undone" in officer.get(url).text
    assert officer.post(url).status_code == 302
    db.session.expire_all()
    assert [one.title for one in kept.vignettes] == ["Vignette 2"]


def test_an_officer_who_is_to_grade_elsewhere_cannot_read_those_reference_grades(
    app: Flask, made: make.Authority
) -> None:
    kept = doing.started(made, [made.manager])
    rater = doing.rater_of(kept, made.manager)
    rater.person_id = made.officer.id  # as when somebody who grades is made an officer later
    db.session.commit()
    url = f"/calibrations/{kept.id}/vignettes/{kept.vignettes[0].id}/reference"
    assert make.client_of(app, made.officer).get(url).status_code == 404


def test_the_list_tells_of_a_certificate_and_of_nothing_to_do(app: Flask, made: make.Authority) -> None:
    manager = make.client_of(app, made.manager)
    assert "Nothing to grade now." in manager.get("/calibrations").text
    kept = doing.started(made, [made.manager])
    assert "To grade" in manager.get("/calibrations").text
    doing.graded(kept, made.manager)
    assert "You have finished" in manager.get("/calibrations").text
    doing.closed(kept, made)
    assert "You have a calibration certificate" in manager.get("/calibrations").text
