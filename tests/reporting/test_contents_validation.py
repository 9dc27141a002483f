"""The report of a validation exercise, as contents."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit_app.measures import sentences
from audit_app.measures.counts import count
from audit_app.measures.population import Counted, Round
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.findings import Observations
from audit_app.reporting.contents.validation import Observed, ValidationMaterial, validation_report
from audit_app.reporting.document import Callout, Document, Grid, Heading, Table
from tests.measures.stories import Event, Story, opinion
from tests.reporting.papers import MOMENT
from tests.reporting.rounds import TEAMS, words_of

WRITTEN = Observed("External One", 2, dt.date(2026, 6, 30), Observations("Good plans.", "Chronologies.", "Train."))


def validated(number: int, first: str, later: str | None, team: int = 1) -> Counted:
    """An audit with the auditor's overall grade, and perhaps the external auditor's."""
    events = [Event("hand in", "auditor", {"overall": first})]
    if later is not None:
        events.append(Event("settle", "external", {"overall": later}))
    told = Story(number, tuple(events), (opinion("external", done=later is not None),))
    return replace(told.counted, unit_id=team, unit_name=TEAMS[team - 1])


def material(audits: Sequence[Counted], **changes: object) -> ValidationMaterial:
    became = Round(len(audits), len(audits))
    made = ValidationMaterial(
        "Summer validation",
        "Northmere",
        ("External One",),
        audits,
        count(audits, became, []),
        count(audits, became, [], every_section=True),
        (("overall", "Overall"),),
        (1, 2, 3, 4),
        (WRITTEN,),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(found: ValidationMaterial, audience: Audience = Audience.COLLEAGUES) -> Document:
    return validation_report(found, audience, council="Northmere Council", produced_at=MOMENT, receipt=None)


def lively() -> ValidationMaterial:
    """Twenty-four validated audits in two teams, three of them graded lower by the external auditor."""
    audits = [validated(n, "good", "good", 1 + n % 2) for n in range(21)]
    return material([*audits, *(validated(n, "good", "requires_improvement", 1) for n in range(21, 24))])


def table(document: Document, caption: str) -> Table:
    return next(one for one in document.tables() if one.caption.startswith(caption))


def test_the_sentence_and_the_rate_are_those_of_the_measures_page() -> None:
    made = lively()
    document = report(made)
    assert sentences.agreement_sentence(made.counts.random[1], graders=sentences.BOTH) in "\n".join(
        item for part in document.parts for item in getattr(part, "items", ())
    )
    assert table(document, "Overall grades: what stood").rows[0][:4] == ("Same grade", 21, 24, "87.5%")
    assert any(isinstance(part, Grid) for part in document.parts)
    assert document.status == "FINAL"


def test_colleagues_read_what_the_external_auditor_wrote_and_teams_in_the_order_of_the_structure() -> None:
    document = report(lively())
    assert "Copy 2, finished on 30 June 2026" in words_of(document)
    assert "Train." in words_of(document)
    assert [row[:4] for row in table(document, "Agreement by team").rows] == [
        (TEAMS[0], 11, 14, "78.6%"),
        (TEAMS[1], 10, 10, "100.0%"),
    ]


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_a_published_report_leaves_out_words_people_and_small_numbers(audience: Audience) -> None:
    document = report(lively(), audience)
    assert document.marking == audience.marking
    said = words_of(document)
    for words in ("Train.", "External One"):
        assert words not in said
    assert [row[3] for row in table(document, "Agreement by team").rows] == ["c", "c"]  # three of one team differ
    assert "87.5%" not in said  # three of them were graded lower
    assert "is not published" in said
    few = report(material([validated(n, "good", "good") for n in range(4)]), audience)
    assert "so its figures are not published" in words_of(few)
    assert few.tables() == ()


def test_an_audit_that_is_still_with_an_external_auditor_makes_it_a_draft() -> None:
    document = report(replace(lively(), unfinished=2, left_out=1))
    told = next(part for part in document.parts if isinstance(part, Callout)).text
    assert told.startswith(
        "2 audits are with an external auditor.\n\n1 audit that you judge blind just now is left out"
    )
    assert document.status == "DRAFT"


def test_an_exercise_in_which_nothing_is_finished_has_no_figures_yet() -> None:
    document = report(material([validated(1, "good", None)], unfinished=1, observed=()))
    assert "Figures appear here with the first audit that an external auditor finishes." in words_of(document)
    assert [part.text for part in document.parts if isinstance(part, Heading)] == ["What was validated"]
