"""What an account holds, in words, and what of it keeps the account from ending."""

import datetime as dt

from audit_app.handover.holdings import WORDS, Held, Work, open_work, words_of
from audit_app.identity.rules import refusal_to_end

DAY = dt.date(2026, 6, 22)


def held(*kinds: Work) -> list[Held]:
    """Pieces of work of some kinds."""
    return [Held(kind, number, "/1/", "Case 1", "", DAY, number) for number, kind in enumerate(kinds)]


def test_every_kind_of_work_has_its_words() -> None:
    assert set(WORDS) == set(Work)
    assert [words_of(Work.AUDIT, 1), words_of(Work.AUDIT, 2)] == ["1 audit to write", "2 audits to write"]


def test_an_account_with_work_ends_only_with_a_reason() -> None:
    found = open_work(held(Work.MODERATION, Work.AUDIT, Work.AUDIT))
    refused = refusal_to_end("Manager One", found, "  ")
    assert refused is not None
    assert "Manager One still has 2 audits to write, 1 moderation or validation." in refused.reason
    assert refusal_to_end("Manager One", found, "Dismissed today") is None
    assert refusal_to_end("Manager One", [], "") is None


def test_a_calibration_keeps_no_account_from_ending() -> None:
    assert open_work(held(Work.CALIBRATION)) == []
