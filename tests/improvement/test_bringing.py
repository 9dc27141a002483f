"""What a file of readings brings: new days, corrected ones, and nothing the second time."""

import datetime as dt
from decimal import Decimal

from audit_app.improvement.bringing import CORRECTS, NEW, Kept, brought, mark_of, merged, said
from audit_app.improvement.wording import Amount, Unit
from audit_app.improvement.written import Finding

DAY = dt.date(2026, 8, 31)
ROWS = (("Ash", Amount(Decimal(80))), ("Birch", Amount(Decimal(90))))
KEPT = Finding(DAY, Amount(None, 33, 47), "Better than June.", source="Case system", rows=ROWS)


def test_the_same_readings_again_bring_nothing() -> None:
    for again in (KEPT, Finding(DAY, rows=ROWS[:1]), Finding(DAY, Amount(None, 33, 47))):
        assert not brought({("1.1", DAY): again}, {("1.1", DAY): Kept(KEPT)})


def test_what_a_file_does_not_say_of_a_day_stays() -> None:
    rows = Finding(DAY, rows=(("Birch", Amount(Decimal(91))), ("Cypress", Amount(Decimal(70)))))
    assert merged(KEPT, rows) == Finding(
        DAY,
        KEPT.amount,
        KEPT.words,
        source="Case system",
        rows=(ROWS[0], ("Birch", Amount(Decimal(91))), ("Cypress", Amount(Decimal(70)))),
    )
    whole = Finding(DAY, Amount(Decimal(75)), source="Report")
    assert merged(KEPT, whole) == Finding(DAY, Amount(Decimal(75)), source="Report", rows=ROWS)
    words = Finding(DAY, words="Not so good.", judged="below")
    assert merged(Finding(DAY, words="Good.", judged="achieved"), words) == words


def test_what_a_file_brings_brings_nothing_once_it_is_there() -> None:
    for first in (KEPT, Finding(DAY, words="Good.", judged="achieved")):
        for file in (
            Finding(DAY, Amount(Decimal(75))),
            Finding(DAY, words="x", judged="below"),
            Finding(DAY, words="y"),
        ):
            (change,) = brought({("1.1", DAY): file}, {("1.1", DAY): Kept(first)})
            assert change.kind == CORRECTS
            assert not brought({("1.1", DAY): file}, {("1.1", DAY): Kept(change.finding)})


def test_a_new_day_is_new_and_a_preview_is_known_by_its_mark() -> None:
    (change,) = brought({("1.1", DAY): KEPT}, {})
    assert change.kind == NEW
    other = brought({("1.1", DAY): KEPT}, {("1.1", DAY): Kept(Finding(DAY, Amount(Decimal(1))), True)})
    assert mark_of([change]) != mark_of(other)
    assert said(KEPT, Unit.PERCENT) == "70.2% (33 of 47); Ash: 80%; Birch: 90%; Better than June."
