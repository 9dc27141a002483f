"""The spreadsheet in which the fictional authority counted audits before this service (pure)."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

from audit_app.demonstration.dates import ROUNDS, month_after, months
from audit_app.demonstration.seeds import chance_of

FILENAME = "audit-tracker.csv"
CALLED = "Audit tracker"
MONTHS = 12
HEADINGS = ("Case ref", "Month", "Team", "Theme", "Audit grade", "Moderated grade")
COLUMNS = {
    "Case ref": "reference",
    "Month": "day",
    "Team": "team",
    "Theme": "tool",
    "Audit grade": "grade",
    "Moderated grade": "moderated",
}
# The words of the tracker, which are not quite those of the scale, from the best to the worst.
WORDS = ("Outstanding", "Good", "RI", "Inadequate")
NOT_MODERATED = "Not moderated"
EXPLAINED: dict[str, str | None] = {NOT_MODERATED: None}
AS_AUDITED = (0.10, 0.64, 0.22, 0.04)  # how often each was given: brighter than what moderation found later
MODERATED_SHARE, LOWERED_SHARE = 0.15, 0.35


def months_before(today: dt.date) -> tuple[dt.date, ...]:
    """The months of the tracker: those just before the first round."""
    first = months(today)[0]
    return tuple(month_after(first, count - MONTHS) for count in range(MONTHS))


def tracker(today: dt.date, seed: str, teams: Sequence[str]) -> bytes:
    """The tracker as a file, one row for each audit."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    number = 0
    for month in months_before(today):
        chance = chance_of(seed, "tracker", (month.year - today.year) * 12 + month.month - today.month + ROUNDS)
        for _ in range(chance.randrange(11, 19)):
            number += 1
            (grade,) = chance.choices(range(len(WORDS)), AS_AUDITED)
            moderated = chance.random() < MODERATED_SHARE
            lowered = moderated and chance.random() < LOWERED_SHARE
            later = WORDS[min(grade + lowered, len(WORDS) - 1)] if moderated else NOT_MODERATED
            row = (f"T{number:04}", f"{month:%b-%y}", chance.choice(list(teams)), "Case file", WORDS[grade], later)
            writer.writerow(row)
    return out.getvalue().encode()
