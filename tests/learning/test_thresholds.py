"""The thresholds of what moderation teaches are data that can be raised, and never fall below their floors."""

import pytest

from audit_app.frameworks.problem import Unreadable
from audit_app.learning.thresholds import SHIPPED, Thresholds, thresholds, thresholds_in

TEXT = SHIPPED.read_text(encoding="utf-8")


def test_the_shipped_thresholds_are_those_of_the_guide() -> None:
    assert thresholds() == Thresholds(12, 3, 2, 5, 3)


def test_a_threshold_can_be_raised_in_the_file() -> None:
    assert thresholds_in(TEXT.replace("last_audits: 12", "last_audits: 24")).last_audits == 24


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("more_audits_than: 5", "more_audits_than: 4", "from 5 to 1,000"),
        ("auditors: 3", "auditors: 2", "from 3 to 1,000"),
        ("pattern_audits: 3", "pattern_audits: 1", "from 2 to 1,000"),
        ("last_audits: 12", "last_audits: a dozen", "from 1 to 1,000"),
        ("last_audits: 12", "latest_audits: 12", "last_audits"),
    ],
)
def test_what_would_tell_of_somebody_or_cannot_be_read_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        thresholds_in(TEXT.replace(old, new, 1))
