"""The single numbers of a grid or of reasons, as figures that lead to their audits."""

import pytest

from audit_app.measures.sentences import said
from audit_app.measures.single_counts import counted_in


@pytest.mark.parametrize(
    ("audits", "count", "words"),
    [
        ((4,), 1, "1 audit"),
        ((4, 7), 2, "2 audits"),
        ((4, 7), 3, "3 grades in 2 audits"),
        ((4,), 2, "2 grades in 1 audit"),
    ],
)
def test_a_number_says_whether_it_counts_audits_or_grades(audits: tuple[int, ...], count: int, words: str) -> None:
    assert said(counted_in("reason_other", audits, count)) == words
