"""A learning briefing on paper says what its page says, and nothing else."""

import datetime as dt

from audit_app.learning.briefing import Contents, Counts, Themes, Words
from audit_app.reporting.contents.briefing import briefing_paper
from audit_app.reporting.document import Bullets, Document, Table, Text
from audit_app.reporting.pdf import pdf
from tests.reporting.reading import flat, printed, said

JUNE = dt.date(2026, 6, 1)
AT = dt.datetime(2026, 7, 2, 9, tzinfo=dt.UTC)
WORDS = Words(
    "Ask what came of it.", "More telling than weighing.\nOften late.", "Short and exact.", "Ask why.\nRead on."
)


def paper(contents: Contents) -> Document:
    return briefing_paper(contents, council="Northmere", published_at=AT, number=2)


def test_figures_are_those_that_were_published() -> None:
    reasons, sections = Counts((("Misread", 41),)), Counts((), ("Plan",))
    found = paper(Contents("Service One", JUNE, JUNE, WORDS, "Moderators changed 41.", reasons, sections))
    (table,) = [part for part in found.parts if isinstance(part, Table)]
    assert table.rows == (("Misread", 41),)
    texts = [part.text for part in found.parts if isinstance(part, Text)]
    assert "More telling than weighing.\n\nOften late." in texts, "a line is a paragraph, as on the page"
    assert any(text.startswith("Named without numbers: plan. Numbers from 1 to 5") for text in texts)
    assert [part.items for part in found.parts if isinstance(part, Bullets)] == [("Ask why.", "Read on.")]
    assert (found.marking, found.status, found.version, found.produced_at) == ("OFFICIAL", "FINAL", "2", AT)


def test_one_briefing_is_one_file_byte_for_byte() -> None:
    document = paper(Contents("Service One", JUNE, JUNE, WORDS, "Too few."))
    assert pdf(document) == printed(document)
    assert "Ask what came of it. What moderators changed most often" in flat(said(document))


def test_themes_stand_in_the_paper_of_a_briefing_that_was_published_with_them() -> None:
    before = Contents("Service One", JUNE, JUNE, WORDS, "Too few.")
    assert "Themes that came up" not in flat(said(paper(before)))
    themes = Themes("In 12 audits these came up.", Counts((("Drift and delay", 9),), ("Identity",)))
    found = paper(Contents("Service One", JUNE, JUNE, WORDS, "Too few.", themes=themes))
    (table,) = [part for part in found.parts if isinstance(part, Table)]
    assert (table.rows, [column.name for column in table.columns]) == ((("Drift and delay", 9),), ["Theme", "Audits"])
    assert "Besides: identity." in table.note
