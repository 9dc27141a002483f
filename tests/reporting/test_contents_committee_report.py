"""A report to a committee as contents, and the sections that it has as data."""

import pytest

from audit_app.reporting.committee import (
    SHIPPED,
    WrongSections,
    kept,
    refusal_to_finalise,
    sections,
    sections_in,
    sections_of,
)
from audit_app.reporting.contents.committee_report import Written, committee_report
from audit_app.reporting.document import Bullets, Callout, Document, Facts, Heading, Numbered, Table, Text
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from tests.reporting import plans
from tests.reporting.committee import words, written
from tests.reporting.papers import MOMENT


def report(of: Written, *, final: bool = True) -> Document:
    contents = plans.shown(plans.recommendation(plans.indicator(), actions=(plans.action(),)))
    return committee_report(
        of,
        sections(),
        contents,
        marking="OPEN",
        final=final,
        version=3,
        council="Northmere Council",
        produced_at=MOMENT,
        frozen=plans.HASH if final else "",
    )


def test_sections_stand_in_the_order_of_committee_papers_with_numbered_paragraphs() -> None:
    made = report(written(summary="One.\n\nTwo.", recommendations="Note the plan.\nScrutinise the figures."))
    heads = [part.text for part in made.headings() if part.level == 1]
    assert heads == [
        "Purpose of report",
        "Executive summary",
        "Recommendations",
        "Background",
        "Implications",
        "Access to information",
        "Appendix 1: Our plan",
    ]
    said = [part.text for part in made.parts if isinstance(part, Text)]
    assert said[:3] == ["1. Words of purpose.", "2. One.", "3. Two."]
    numbered = next(part for part in made.parts if isinstance(part, Numbered))
    assert numbered.items == ("Note the plan.", "Scrutinise the figures.")
    assert "There are no financial implications." in "\n".join(said)
    facts = next(part for part in made.parts if isinstance(part, Facts))
    assert facts.rows == (
        ("Report of", "Łukasz Nguyễn, Director"),
        ("Report reference", "CF/16"),
        ("Wards affected", "All wards"),
    )


def test_the_recommendations_begin_with_whom_they_are_for() -> None:
    made = report(written()).parts
    assert made[made.index(Heading(1, "Recommendations")) + 1] == Text("The committee is recommended to:")


def test_lines_that_begin_with_a_dash_are_a_list_between_counted_paragraphs() -> None:
    made = report(written(background="Inspectors look at:\r\n- help\r\n- care\r\nBoth are in the plan.")).parts
    at = made.index(Heading(1, "Background"))
    assert made[at + 1 : at + 4] == (
        Text("3. Inspectors look at:"), Bullets(("help", "care")), Text("4. Both are in the plan."),
    )  # fmt: skip


def test_access_to_information_is_a_short_list_that_counts_the_appendices() -> None:
    made = report(written(appendices="Our self-evaluation\n\nThe inspection’s letter")).parts
    assert made[made.index(Heading(1, "Access to information")) + 1] == Facts(
        (
            ("Contact officer", "Words of contact."),
            ("Appendices", "1. Our plan\n2. Our self-evaluation\n3. The inspection’s letter"),
            ("Background papers", "None."),
        )
    )


def test_a_final_report_can_be_read_by_the_sections_that_it_had() -> None:
    assert sections_of(kept(sections())) == sections()


def test_the_appendix_is_the_action_plan_as_it_is_printed_alone() -> None:
    made = report(written())
    alone = plans.paper(plans.shown(plans.recommendation(plans.indicator(), actions=(plans.action(),))))
    assert [part for part in made.parts if isinstance(part, Table)] == [
        part for part in alone.parts if isinstance(part, Table)
    ]
    assert made.receipt == alone.receipt
    assert Heading(2, "Recommendation 1: Improve plans") in made.parts


def test_a_draft_says_so_and_what_is_not_written_yet() -> None:
    made = report(Written("Title", "", "", "", {}), final=False)
    assert (made.status, made.version, made.marking) == ("DRAFT", "3", "OPEN")
    assert isinstance(made.parts[0], Callout)
    assert "1. Not written yet." in [part.text for part in made.parts if isinstance(part, Text)]
    assert report(written()).status == "FINAL"


def test_the_same_words_are_the_same_bytes() -> None:
    made = report(written())
    assert (pdf(made), docx(made)) == (pdf(made), docx(made))


def test_a_report_is_final_only_with_all_that_is_needed_and_with_a_frozen_appendix() -> None:
    assert refusal_to_finalise(words(), frozen=True) is None
    unfrozen = refusal_to_finalise(words(), frozen=False)
    assert unfrozen is not None
    assert "Freeze" in unfrozen.reason
    missing = refusal_to_finalise(words(purpose=" ", contact=""), frozen=True)
    assert missing is not None
    assert missing.reason == "Write these sections first: Purpose of report, Contact officer."


@pytest.mark.parametrize(
    "text",
    [
        "sections: []",
        "nothing: 1",
        "sections: [{key: a, heading: A, asks: x}, {key: a, heading: B, asks: y}]",
        "sections: [{key: 'a b', heading: A, asks: x}]",
        "sections: [{key: a, heading: A, asks: x, lines: anyhow}]",
        "sections: [",
    ],
)
def test_a_file_of_sections_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(WrongSections):
        sections_in(text)
    assert sections_in(SHIPPED.read_text(encoding="utf-8")) == sections()
