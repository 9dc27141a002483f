"""The themes, and how often each came up."""

import pytest

from audit_app.feedback.themes import VOICES, heard, themes, themes_in
from audit_app.frameworks.named import Named
from audit_app.frameworks.problem import Unreadable

KNOWN = (Named("drift", "Drift"), Named("safety", "Safety"))


def test_the_themes_that_come_with_the_service_read_and_each_says_what_it_means() -> None:
    assert len(themes()) >= 10
    assert all(one.hint.endswith(".") for one in themes())
    assert len({one.name for one in themes()}) == len(themes())


def test_an_audit_counts_once_for_each_voice_and_once_in_all() -> None:
    (one,) = heard([(1, {"family": ["drift", "drift"], "audit": ["drift"]})], KNOWN)
    assert one.counts == {"family": 1, "practitioner": 0, "audit": 1}
    assert one.audits == (1,)


def test_what_comes_up_most_stands_first_and_ties_stand_in_the_order_of_the_list() -> None:
    codes = [(1, {"family": ["safety"]}), (2, {"practitioner": ["safety", "drift"]}), (3, {"audit": ["drift"]})]
    assert [one.theme.key for one in heard(codes, KNOWN)] == ["drift", "safety"]
    assert [one.theme.key for one in heard([*codes, (4, {"family": ["safety"]})], KNOWN)] == ["safety", "drift"]


def test_a_theme_that_is_no_longer_known_is_still_counted() -> None:
    (one,) = heard([(1, {"family": ["former"]})], KNOWN)
    assert (one.theme.name, one.audits) == ("former", (1,))


def test_nothing_chosen_is_nothing_heard() -> None:
    assert heard([(1, {voice: [] for voice in VOICES})], KNOWN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "file: themes\n",
        "file: other\nthemes:\n  - {key: a, name: A}\n",
        "file: themes\nthemes:\n  - {key: a, name: A}\n  - {key: a, name: B}\n",
        "file: themes\nthemes:\n  - {key: a, name: A, colour: red}\n",
    ],
)
def test_a_file_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        themes_in(text)
