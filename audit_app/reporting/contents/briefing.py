"""A learning briefing as a paper: the words and figures that were published, and nothing reckoned anew (pure)."""

import datetime as dt

from audit_app.learning.briefing import Contents, Counts
from audit_app.reporting.document import Bullets, Column, Document, Heading, Part, Table, Text


def briefing_paper(contents: Contents, *, council: str, published_at: dt.datetime, number: int) -> Document:
    """The published briefing of a unit and some months."""
    return Document(
        title="Learning briefing",
        subtitle=f"{contents.unit}, {contents.period}",
        marking="OFFICIAL",
        status="FINAL",
        council=council,
        version=str(number),
        produced_at=published_at,
        parts=_parts(contents),
    )


def _parts(contents: Contents) -> tuple[Part, ...]:
    words = contents.words
    points: Part = Bullets(contents.points) if len(contents.points) > 1 else _said(words.differently)
    return (
        Text(words.headline, "lead"),
        Heading(1, "What moderators changed most often, and why"),
        Text(contents.figures),
        _said(words.changed),
        *_counts("Reasons for changing a grade", ("Reason", "Grades changed"), contents.reasons),
        *_counts("Sections in which grades were changed", ("Section", "Grades changed"), contents.sections),
        Heading(1, "What good evidence looked like"),
        _said(words.evidence),
        Heading(1, "What to do differently"),
        points,
        *_themes(contents),
    )


def _said(words: str) -> Text:
    """What the officer wrote, each line a paragraph as on the page."""
    return Text("\n\n".join(line.strip() for line in words.splitlines() if line.strip()))


def _themes(contents: Contents) -> tuple[Part, ...]:
    """What came up, where the briefing was published with it."""
    if contents.themes is None:
        return ()
    counts = _counts("Themes by audits", ("Theme", "Audits"), contents.themes.audits)
    return (Heading(1, "Themes that came up"), Text(contents.themes.said), *counts)


def _counts(caption: str, names: tuple[str, str], counts: Counts) -> tuple[Part, ...]:
    columns = (Column(names[0], width_share=4), Column(names[1], "right"))
    if counts.shown:
        return (Table(caption, columns, counts.shown, row_headers=True, note=counts.beside),)
    return (Heading(2, caption), Text(counts.beside)) if counts.beside else ()
