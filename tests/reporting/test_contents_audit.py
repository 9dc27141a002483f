"""The paper of one audit, as contents."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from audit_app.auditing.workflow import Stage
from audit_app.frameworks.content import Question
from audit_app.reporting.contents.audit import Alert, AuditMaterial, Quality, Said, Written, audit_paper
from audit_app.reporting.contents.happened import Happening
from audit_app.reporting.contents.judged import Judged, SectionJudged
from audit_app.reporting.contents.to_do import ToDo
from audit_app.reporting.document import Callout, Document, Heading, Table
from audit_app.reporting.pdf import pdf
from audit_app.web.formats import day, london_day
from tests.moderation.samples import OVERALL, SAFETY, TOOL, VOICE, section
from tests.reporting.hostile import ALPHABET, HOSTILE
from tests.reporting.papers import MOMENT, ROOT
from tests.reporting.rounds import words_of

DONE = dt.datetime(2026, 6, 3, 10, tzinfo=dt.UTC)
STORY = section("synopsis", graded=False)
SAFE = Judged("auditor", "fair", "Seen weekly.", "Visits are kept.", "Say what changed.")
CHANGED = Judged(
    "senior",
    "poor",
    decision="override",
    reason="Evidence",
    words="Two visits were missed.",
    supports=False,
    first="Good",
)
AGREED = Judged("senior", None, decision="agree")
AUDIT = AuditMaterial(
    reference="0012345",
    tool=TOOL,
    category="child_in_need",
    month=dt.date(2026, 6, 1),
    team="Assessment North",
    auditor="Sam Okafor",
    stage=Stage.MODERATED,
    due_on=dt.date(2026, 6, 22),
    first_handed_in_at=DONE,
    sent_back_because="",
    sections=(
        SectionJudged(SAFETY, (SAFE, CHANGED)),
        SectionJudged(VOICE, (Judged("auditor", None, "The baby is six weeks old."), AGREED)),
        SectionJudged(OVERALL, (Judged("auditor", "fair"), Judged("senior", "fair", decision="agree"))),
    ),
    written=(
        Written(STORY, "A child who likes trains.", None, (), ()),
        Written(
            replace(section("feedback", graded=False), questions=(Question("seen", "Was the child seen?", ""),)),
            "",
            "Nobody answered.",
            (("obtained", "no"), ("how", "")),
            (("Was the child seen?", "na"),),
        ),
    ),
    alerts=(),
    quality=(Quality("Senior moderator", (("Evidence", "Met"),), "Clear throughout.", with_auditor=True),),
    replies=(Said("Sam Okafor", DONE, "I agree now."),),
    happenings=(
        Happening("audit.submit", DONE, "Sam Okafor", ""),
        Happening("audit.send_back", DONE + dt.timedelta(hours=1), "Kim Senior", "The voice is missing."),
        Happening("audit.allocated", DONE - dt.timedelta(days=9), "The service", ""),
        Happening("audit.opened", DONE + dt.timedelta(hours=2), "Kim Senior", ""),
        Happening("audit.downloaded", DONE + dt.timedelta(hours=3), "Kim Senior", ""),
        Happening("moderation.finished", DONE + dt.timedelta(hours=4), "Kim Senior", ""),
    ),
)


def paper(**changes: Any) -> Document:
    """The audit's paper, with some of it otherwise."""
    made = replace(AUDIT, **changes)
    return audit_paper(made, council="Northmere Council", produced_at=MOMENT, receipt=f"12 entries, root {ROOT}")


def headings(document: Document) -> list[str]:
    return [part.text for part in document.parts if isinstance(part, Heading) and part.level == 1]


def test_the_paper_is_marked_and_carries_the_receipt_of_the_history() -> None:
    document = paper()
    assert (document.marking, document.status) == ("OFFICIAL-SENSITIVE", "FINAL")
    assert document.title == "Audit of case 0012345"
    assert document.receipt == f"12 entries, root {ROOT}"


def test_it_says_what_was_audited_by_whom_and_where_it_stands() -> None:
    said = words_of(paper())
    for fact in (
        "Case reference | 0012345",
        "Kind of case | Child in need plan",
        "Audit tool | Small, version 1",
        "Round | June 2026",
        "Team | Assessment North",
        "Auditor | Sam Okafor",
        "Stage | Moderated",
        "Handed in | 3 June 2026 at 11:00am, on time",
        "Overall judgement | Fair",
    ):
        assert fact in said


def test_an_audit_handed_in_after_its_due_day_is_late() -> None:
    assert "at 11:00am, late" in words_of(paper(due_on=dt.date(2026, 6, 2)))


def test_every_section_stands_in_one_row_with_what_was_changed() -> None:
    table = paper().tables()[0]
    assert [column.name for column in table.columns] == ["Section", "Auditor", "Senior moderator", "Changed"]
    assert table.rows == (
        ("Safety", "Fair", "Poor", "Yes"),
        ("Voice", "Not applicable", "Not applicable", "No"),
        ("Overall", "Fair", "Fair", "No"),
    )


def test_a_tier_that_has_not_judged_has_no_column() -> None:
    alone = [SectionJudged(one.section, one.judged[:1]) for one in AUDIT.sections]
    table = paper(sections=alone).tables()[0]
    assert [column.name for column in table.columns] == ["Section", "Auditor"]


def test_each_judgement_stands_with_its_evidence_decision_and_reason() -> None:
    said = words_of(paper())
    for fact in (
        "Auditor | Fair\nEvidence | Seen weekly.\nWhat is working well | Visits are kept.\n"
        "What needs to improve | Say what changed.",
        "Senior moderator | Changed to: Poor\nJudged first, without seeing any other grade | Good\nReason | Evidence\n"
        "In their words | Two visits were missed.\nAuditor’s evidence supports the grade | No",
        "Auditor | Not applicable\nWhy it does not apply | The baby is six weeks old.",
        "Senior moderator | Agreed: Not applicable",
    ):
        assert fact in said


def test_what_else_was_written_is_there_with_the_facts_of_the_record() -> None:
    said = words_of(paper())
    assert "A child who likes trains." in said
    assert "Feedback obtained | No" in said
    assert "Not applicable. Nobody answered." in said
    assert "Was the child seen? | Not applicable" in said


def test_the_quality_of_the_audit_stands_apart_from_the_grades() -> None:
    assert headings(paper()) == [
        "Judgements at a glance",
        "Judgements in full",
        "What else was written",
        "Facts of the record",
        "How good this audit is",
        "Replies",
        "What happened",
    ]
    assert "Evidence | Met\nClear throughout.\nThe moderation was carried out together with the auditor." in words_of(
        paper()
    )


def test_the_history_tells_steps_in_order_and_readings_apart() -> None:
    steps, readings = paper().tables()[-2:]
    assert [row[1:] for row in steps.rows] == [
        ("Allocated", "The service", ""),
        ("Handed in", "Sam Okafor", ""),
        ("Sent back", "Kim Senior", "The voice is missing."),
    ]
    assert readings.rows == (("Kim Senior", 1, 1, "3 June 2026 at 2:00pm"),)


@pytest.mark.parametrize(
    ("stage", "status", "title"),
    [
        (Stage.IN_PROGRESS, "DRAFT", "This audit has not been handed in"),
        (Stage.SENT_BACK, "DRAFT", "This audit is sent back to its auditor"),
        (Stage.WITH_SENIOR, "DRAFT", "This audit is being moderated"),
        (Stage.WITH_EXTERNAL, "DRAFT", "This audit is being moderated"),
        (Stage.VOID, "FINAL", "This audit is void"),
    ],
)
def test_a_paper_that_may_not_be_relied_on_says_so_first(stage: Stage, status: str, title: str) -> None:
    document = paper(stage=stage, sent_back_because="The voice is missing.")
    first = document.parts[0]
    assert isinstance(first, Callout)
    assert (document.status, first.title) == (status, title)


def test_a_child_who_may_be_at_risk_is_told_of_at_the_top() -> None:
    told = Alert(DONE, "Bruises that nobody explained.", "Duty manager", DONE, "A strategy discussion was held.")
    untold = Alert(DONE, "Not seen for a month.", "", None, "")
    first, second = paper(alerts=(told, untold)).parts[:2]
    assert isinstance(first, Callout)
    assert isinstance(second, Callout)
    assert "Bruises that nobody explained.\n\nTold: Duty manager, 3 June 2026 at 11:00am." in first.text
    assert "What was done: A strategy discussion was held." in first.text
    assert "Nobody is recorded as told." in second.text


def test_a_draft_says_that_nothing_is_handed_in() -> None:
    drafts = [SectionJudged(SAFETY, (SAFE,), draft=True), SectionJudged(VOICE, (), draft=True)]
    said = words_of(paper(stage=Stage.IN_PROGRESS, sections=drafts, first_handed_in_at=None, happenings=()))
    assert "Auditor, not handed in | Fair" in said
    assert "Nothing is judged here yet." in said
    assert "Handed in |" not in said


@pytest.mark.parametrize("words", [*HOSTILE, ALPHABET, "word " * 5000, "x" * 20_000])
def test_whatever_people_wrote_makes_a_paper(words: str) -> None:
    judged = Judged("auditor", "fair", words, words, words)
    written = Written(STORY, words, None, (("how", words),), ((words, words),))
    reply = Said(words, DONE, words)
    event = Happening("audit.void", DONE, words, words)
    document = paper(
        sections=[SectionJudged(SAFETY, (judged,))], written=[written], replies=[reply], happenings=[event]
    )
    assert pdf(document).startswith(b"%PDF")


def test_actions_stand_in_the_paper_as_they_are_on_its_day() -> None:
    assert "Actions for the child" not in headings(paper())
    actions = (ToDo("See the child alone", dt.date(2026, 7, 1), "A visit in the record", "More time asked"),)
    made = paper(actions=actions)
    assert "Actions for the child" in headings(made)
    heading = next(at for at, part in enumerate(made.parts) if getattr(part, "text", "") == "Actions for the child")
    table = made.parts[heading + 1]
    assert isinstance(table, Table)
    assert table.rows == (("See the child alone", dt.date(2026, 7, 1), "A visit in the record", "More time asked"),)
    assert table.note == f"As they stand on {day(london_day(MOMENT))}."
