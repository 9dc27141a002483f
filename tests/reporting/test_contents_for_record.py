"""The copy of an audit for the child's record."""

import datetime as dt
from dataclasses import replace

import pytest

from audit_app.auditing.workflow import Stage
from audit_app.reporting.contents.audit import Alert, AuditMaterial, Quality, Said
from audit_app.reporting.contents.for_record import ForRecord, record_copy, refusal_to_file
from audit_app.reporting.contents.judged import Judged, SectionJudged
from audit_app.reporting.contents.to_do import ToDo
from audit_app.reporting.document import Document, Facts, Table
from tests.moderation.samples import SAFETY
from tests.reporting.papers import MOMENT
from tests.reporting.reading import flat, said
from tests.reporting.test_contents_audit import AUDIT

ABOUT = ForRecord("Team manager", (("senior", dt.date(2026, 6, 14)),))


def copy_of(audit: AuditMaterial = AUDIT) -> Document:
    return record_copy(audit, ABOUT, council="Northmere", produced_at=MOMENT)


def test_it_gives_the_grade_that_stands_and_who_judged_it() -> None:
    (grades,) = [part for part in copy_of().parts if isinstance(part, Table)]
    assert grades.rows == (
        ("Safety", "Poor", "Senior moderator"),
        ("Voice", "Not applicable", "Senior moderator"),
        ("Overall", "Fair", "Senior moderator"),
    )


def test_it_says_what_works_and_what_needs_to_improve() -> None:
    words = flat(said(copy_of()))
    assert "Visits are kept." in words
    assert "Say what changed." in words


def test_a_later_judges_words_come_before_the_auditors() -> None:
    both = SectionJudged(
        SAFETY, (Judged("auditor", "fair", "", "Old words."), Judged("senior", "fair", "", "New words."))
    )
    words = said(copy_of(replace(AUDIT, sections=(both,))))
    assert "New words." in words
    assert "Old words." not in words


def test_it_says_what_the_auditor_is_and_when_each_judged_and_no_name() -> None:
    facts = dict(next(part for part in copy_of().parts if isinstance(part, Facts)).shown_rows)
    assert facts["Audited by"] == "Team manager"
    assert facts["Handed in"] == "3 June 2026"
    assert facts["Judged by the senior moderator"] == "14 June 2026"
    assert AUDIT.auditor not in said(copy_of())


def test_nothing_of_what_is_thought_of_the_audit_is_in_it() -> None:
    told = replace(
        AUDIT,
        quality=(Quality("Senior moderator", (("Evidence", "Not yet"),), "The audit is thin.", True),),
        replies=(Said("Sam Okafor", MOMENT, "I disagree."),),
    )
    words = said(copy_of(told))
    # the moderator's reasons and blind grade, and whether the evidence held, are in the audit's sections themselves
    for secret in (
        "The audit is thin.",
        "Not yet",
        "I disagree.",
        "Two visits were missed.",
        "supports",
        "without seeing",
    ):
        assert secret not in words
    assert copy_of(told) == copy_of()


def test_what_is_to_be_done_for_the_child_is_on_the_record_without_names() -> None:
    action = ToDo("See the child alone", dt.date(2026, 7, 1), "A visit in the record", "To do")
    about = replace(ABOUT, actions=(action,))
    words = flat(said(record_copy(AUDIT, about, council="Northmere", produced_at=MOMENT)))
    assert "See the child alone" in words
    assert "1 July 2026" in words
    assert "Nothing was given to anybody to do." in flat(said(copy_of()))


def test_a_risk_to_the_child_is_on_the_record_with_what_was_done() -> None:
    alert = Alert(MOMENT, "Nobody has seen the child.", "Kim Head", MOMENT, "Seen the same day.")
    words = flat(said(copy_of(replace(AUDIT, alerts=(alert,)))))
    assert "Nobody has seen the child." in words
    assert "What was done: Seen the same day." in words


@pytest.mark.parametrize("stage", Stage)
def test_only_a_finished_audit_is_filed(stage: Stage) -> None:
    refused = refusal_to_file(stage)
    assert (refused is None) == (stage in (Stage.SUBMITTED, Stage.MODERATED, Stage.VALIDATED))
    if refused is not None and stage is not Stage.VOID:
        assert stage.words.lower() in refused.reason.lower()
