"""A paper of nothing but examples, to see a colour and a logo on before papers carry them (pure)."""

import datetime as dt

from audit_app.organisation.looks import Look
from audit_app.reporting.document import Bullets, Callout, Column, Document, Facts, Heading, Table, Text

TABLE = Table(
    "An example of a table",
    (Column("Measure", width_share=3), Column("Target"), Column("Position")),
    (("Audits handed in on time", "90%", "93%"), ("Audits with a second opinion", "40%", "38%")),
    row_headers=True,
)


def look_sample(look: Look | None, *, council: str, unit: str, produced_at: dt.datetime) -> Document:
    """What a paper of a unit looks like."""
    return Document(
        title="How your papers look",
        subtitle=f"{unit}: an example to look at",
        marking="OFFICIAL",
        status="DRAFT",
        council=council,
        version="",
        produced_at=produced_at,
        parts=(
            Heading(1, "A heading that opens a section"),
            Text(
                "Words stand in black. The colour is for the title, for headings such as the one above, and for rules."
            ),
            Facts((("Programme", "Monthly case-file audit"), ("Month", "June 2026"))),
            Heading(2, "A heading within a section"),
            Bullets(("Every figure in this paper is made up.", "Nothing in it is about a child.")),
            TABLE,
            Callout("Words that must not be missed", "They stand apart from the rest."),
        ),
        look=look,
    )
