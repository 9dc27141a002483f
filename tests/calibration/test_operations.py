"""What is done with calibrations, on both databases."""

import datetime as dt
import threading

import pytest
import time_machine
from flask import Flask

from audit_app.access.table import Role
from audit_app.calibration import operations, queries
from audit_app.calibration.model import Calibration
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.model import PAYLOADS, Entry
from audit_app.identity import operations as identity
from audit_app.refusal import Refused, Stale
from tests import make
from tests.calibration import doing


def kinds() -> list[str]:
    return list(db.session.execute(db.select(Entry.kind).order_by(Entry.idx)).scalars())


def test_a_calibration_goes_from_the_first_word_to_certificates(either_app: Flask) -> None:
    made = make.authority()
    near, far = doing.crowd(made, 5), made.manager
    kept = doing.started(made, [*near, far], vignettes=2)
    for one in near:
        doing.graded(kept, one, "outstanding")
    doing.graded(kept, far, "inadequate")
    doing.closed(kept, made)
    assert all(doing.rater_of(kept, one).certified_on == today() for one in near)
    lost = doing.rater_of(kept, far)
    assert lost.certified_on is None and (lost.counted, lost.within_one) == (6, 0)
    lies = queries.lies_of(kept)[kept.vignettes[0].id]
    assert all(lie.counts == (1, 0, 0, 5) for _, lie in lies)
    assert {section.key for section, _ in queries.agreements_of(kept)} == {s.key for s, _ in lies}
    found = kinds()
    assert found.count("calibration.committed") == 12
    assert found.count("calibration.certified") == 5
    assert found[-1] == "calibration.closed"
    certificate = queries.certificate_of(near[0].id)
    assert certificate is not None and certificate.calibration_id == kept.id


def test_history_never_says_a_grade(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager], reference="outstanding")
    doing.graded(kept, made.manager, "outstanding")
    bodies = [str(body) for body in db.session.execute(db.select(PAYLOADS.c.body)).scalars()]
    assert len(bodies) > 5 and not any("outstanding" in body for body in bodies)


def test_somebody_with_a_gap_counts_but_earns_no_certificate(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager, made.senior], vignettes=2)
    doing.graded(kept, made.manager, only=kept.vignettes[0])
    doing.graded(kept, made.senior)
    kept.closes_on = kept.opens_on = today() - dt.timedelta(days=1)
    db.session.commit()
    doing.closed(kept, made)
    part = doing.rater_of(kept, made.manager)
    assert part.counted == 3 and part.certified_on is None
    assert doing.rater_of(kept, made.senior).certified_on is not None


def test_drafts_that_were_never_committed_count_nowhere(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager, made.senior])
    vignette = kept.vignettes[0]
    rater = doing.rater_of(kept, made.manager)
    for section in vignette.sections:
        operations.save(rater, vignette, section, ("inadequate", "Nothing changed."), 0)
    doing.graded(kept, made.senior)
    assert [len(grades) for grades in queries.committed_of(kept).values()] == [3]
    kept.closes_on = kept.opens_on = today() - dt.timedelta(days=1)
    db.session.commit()
    doing.closed(kept, made)
    assert rater.counted is None


def test_vignettes_and_references_are_frozen_once_it_started(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager])
    one = kept.vignettes[0]
    with pytest.raises(Refused):
        operations.write(one, {}, one.version_id, checked=True, by=None)
    with pytest.raises(Refused):
        doing.refer(one, "inadequate", by=made.officer.id)
    with pytest.raises(Refused):
        operations.add_vignette(kept, "Another", "child_in_need", by=None)
    with pytest.raises(Refused):
        operations.remove_vignette(one, by=made.officer.id)
    changed = operations.Terms(kept.name, kept.opens_on, kept.closes_on, 10, kept.panel)
    with pytest.raises(Refused):
        operations.change(kept, changed, kept.version_id, by=made.officer.id)


def test_a_later_last_day_lets_people_go_on(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager])
    rater, vignette = doing.rater_of(kept, made.manager), kept.vignettes[0]
    section = vignette.sections[0]
    with time_machine.travel(now() + dt.timedelta(days=9), tick=False):
        with pytest.raises(Refused, match="The last day to grade was"):
            operations.save(rater, vignette, section, ("good", "Because."), 0)
        later = operations.Terms(kept.name, kept.opens_on, today() + dt.timedelta(days=2), 80, kept.panel)
        operations.change(kept, later, kept.version_id, by=made.officer.id)
        assert operations.save(rater, vignette, section, ("good", "Because."), 0).grade == "good"


def test_nothing_starts_with_something_missing(app: Flask) -> None:
    made = make.authority()
    kept = operations.make(made.root, made.tool, doing.terms(panel=""), by=made.officer.id)
    one = operations.add_vignette(kept, "A", "child_in_need", by=made.officer.id)
    assert len(operations.missing_of(kept)) == 5
    operations.write(one, {doing.graded_keys(made)[0]: "Words."}, one.version_id, checked=True, by=made.officer.id)
    with pytest.raises(Refused):
        operations.start(kept, kept.version_id, by=made.officer.id)
    operations.write(one, {doing.graded_keys(made)[0]: "Other words."}, one.version_id, checked=False, by=None)
    assert any("confirm" in words for words in operations.missing_of(kept))  # a check holds for what was read


def test_only_people_who_may_grade_are_asked_and_whoever_began_stays(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager, made.senior])
    assert {made.manager.id, made.external.id, made.head.id} <= {one.id for one in queries.may_be_asked(kept)}
    assert not {made.officer.id, made.board.id, made.admin.id} & {one.id for one in queries.may_be_asked(kept)}
    with pytest.raises(Refused):
        operations.choose_raters(kept, [made.manager, made.officer], by=made.officer.id)
    operations.save(
        doing.rater_of(kept, made.manager), kept.vignettes[0], kept.vignettes[0].sections[0], (None, "A"), 0
    )
    with pytest.raises(Refused, match="Manager One has begun"):
        operations.choose_raters(kept, [made.senior], by=made.officer.id)
    operations.choose_raters(kept, [made.manager, made.head], by=made.officer.id)
    assert {one.person_id for one in kept.raters} == {made.manager.id, made.head.id}


def test_an_officer_who_also_audits_does_not_grade_what_they_run(app: Flask) -> None:
    made = make.authority()
    both = make.person("Somebody Both", Role.TEAM_MANAGER, made.teams[0])
    identity.grant(both, Role.AUDIT_OFFICER, made.root, None, by=None)
    kept = doing.prepared(made)
    with pytest.raises(Refused, match="can see the reference grades"):
        operations.choose_raters(kept, [both], by=made.officer.id)


def test_two_tabs_do_not_overwrite_each_other(app: Flask) -> None:
    made = make.authority()
    kept = doing.started(made, [made.manager])
    rater, vignette = doing.rater_of(kept, made.manager), kept.vignettes[0]
    section = vignette.sections[0]
    first = operations.save(rater, vignette, section, ("good", "The first tab."), 0)
    with pytest.raises(Stale):
        operations.save(rater, vignette, section, ("inadequate", "The second tab."), 0)
    assert operations.save(rater, vignette, section, ("good", "Both."), first.version_id).reason == "Both."


def test_an_audit_is_copied_without_its_grades_people_and_reference(app: Flask) -> None:
    made = make.authority()
    audit = make.handed_in(made)
    audit.stage = "moderated"
    db.session.commit()
    kept = operations.make(made.root, made.tool, doing.terms(), by=made.officer.id)
    assert audit in queries.audits_to_copy(kept, make.actor(made.officer))
    copied = operations.add_vignette(kept, "From an audit", "closed", audit, by=made.officer.id)
    assert copied.category == audit.category and copied.checked_at is None and copied.reference == {}
    assert copied.words and audit.case.reference not in str(copied.words)
    assert all(words.startswith("The record shows it") for words in copied.words.values())


def test_closing_and_committing_at_once_leave_nothing_half_counted(either_app: Flask) -> None:
    made = make.authority()
    people = doing.crowd(made, 4)
    kept = doing.started(made, people)
    for one in people[1:]:
        doing.graded(kept, one)
    vignette, last = kept.vignettes[0], doing.rater_of(kept, people[0])
    for section in vignette.sections:
        operations.save(last, vignette, section, ("good", "Because."), 0)
    kept.closes_on = today()
    db.session.commit()
    calibration_id, officer, who = kept.id, made.officer.id, make.actor(people[0])
    db.session.remove()
    gate, said = threading.Barrier(2), []

    def commit() -> None:
        with either_app.app_context():
            gate.wait()
            rater = queries.rater_or_404(calibration_id, who, to_write=True)
            try:
                operations.commit(rater, rater.calibration.vignettes[0], by=who)
                db.session.commit()
                said.append("committed")
            except Refused:
                db.session.rollback()
            db.session.remove()

    def close() -> None:
        with either_app.app_context():
            gate.wait()
            one = db.session.execute(db.select(Calibration).filter_by(id=calibration_id).with_for_update()).scalar_one()
            try:
                operations.close(one, one.version_id, by=officer)
                db.session.commit()
                said.append("closed")
            except Refused:
                db.session.rollback()
            db.session.remove()

    threads = [threading.Thread(target=work) for work in (commit, close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = db.session.get(Calibration, calibration_id)
    assert after is not None
    committed = queries.gradings_committed(after)
    # Closing before everybody has finished is refused, so the last commit is never lost, and never counted halfway.
    assert "committed" in said and committed == 4
    assert sum(rater.counted is not None for rater in after.raters) == (4 if "closed" in said else 0)
