"""How a round's audits stand, counted without a database."""

from datetime import date

import pytest

from audit_app.auditing.workflow import Stage
from audit_app.sampling.progress import Load, Standing, Work, due_words, loads_of, standing_of

TODAY = date(2026, 6, 17)  # a Wednesday
BEFORE, AFTER = date(2026, 6, 16), date(2026, 6, 18)


@pytest.mark.parametrize(
    ("stage", "due_on", "standing"),
    [
        (Stage.ALLOCATED, BEFORE, Standing.LATE),
        (Stage.IN_PROGRESS, BEFORE, Standing.LATE),
        (Stage.ALLOCATED, TODAY, Standing.TO_DO),
        (Stage.IN_PROGRESS, AFTER, Standing.TO_DO),
        (Stage.SENT_BACK, BEFORE, Standing.HANDED_IN),
        (Stage.VALIDATED, BEFORE, Standing.HANDED_IN),
        (Stage.WITHDRAWN, BEFORE, Standing.ENDED),
        (Stage.VOID, BEFORE, Standing.ENDED),
    ],
)
def test_an_audit_is_late_only_while_it_was_never_handed_in(stage: Stage, due_on: date, standing: Standing) -> None:
    assert standing_of(stage, due_on, TODAY) is standing


def test_loads_leave_out_what_was_withdrawn_and_add_up() -> None:
    works = [
        Work(1, Stage.ALLOCATED, BEFORE, None),
        Work(1, Stage.SENT_BACK, BEFORE, TODAY),
        Work(2, Stage.MODERATED, AFTER, TODAY),
        Work(2, Stage.WITHDRAWN, BEFORE, None),
        Work(3, Stage.WITHDRAWN, BEFORE, None),
    ]
    loads, whole = loads_of(works, TODAY)
    assert loads == {
        1: Load(given=2, not_started=1, handed_in=1, sent_back=1, late=1, handed_in_late=1),
        2: Load(given=1, handed_in=1),
    }
    assert whole == Load(given=3, not_started=1, handed_in=2, sent_back=1, late=1, handed_in_late=1)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (TODAY, "today"),
        (AFTER, "1 working day left"),
        (date(2026, 6, 24), "5 working days left"),
        (date(2026, 6, 12), "3 working days ago"),
    ],
)
def test_due_days_are_said_in_working_days(due_on: date, words: str) -> None:
    assert due_words(due_on, TODAY) == words
